//! An undo of an undo: records that were removed are made anew, under ids of their own.
//!
//! A create is never repeated blindly: whoever is there by the record's address or name already is adopted where one of our own
//! requests may have made it, and left alone otherwise.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::carry::{Carried, Kept, keep, not_written};
use super::decide::left;
use super::gather::Remake;
use crate::domain::failure::Phase;
use crate::domain::lead::Role;
use crate::domain::run::{PhaseAction, PhaseEntry, StopReason};
use crate::domain::write::is_blank;
use crate::engine::matching::{CLOCK_SKEW, find_all};
use crate::engine::send::{self, RowEnd, Sendable, Target};
use crate::engine::session::Session;
use crate::engine::work::written;
use crate::store::{ChangeKind, Commit, LostCreate, StoreError, Subject, UndoCommit, UndoneRun};
use crate::vendors::{Batching, Change, KeyKind, LinkKind, RemoteRecord, Row, Values, Verdict};

/// Records made again: the old id, and the new one.
pub(super) type Remade = HashMap<String, String>;

/// One record with what it is looked up by.
struct Case {
    step: Remake,
    values: Values,
    subject: Subject,
    key: Option<(KeyKind, String)>,
    lost: Option<LostCreate>,
    links: Vec<(&'static str, String)>,
}

/// Makes records again.
pub(super) async fn remake(
    session: &Session,
    of: &UndoneRun,
    steps: Vec<Remake>,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let mut objects: HashMap<&'static str, Vec<Remake>> = HashMap::new();
    for step in steps {
        objects.entry(step.info.key).or_default().push(step);
    }
    for (object, steps) in objects {
        if session.stopped() {
            return Ok(());
        }
        let cases = prepare(session, of, object, steps, carried).await?;
        let cases = look_up(session, of, object, cases, carried).await?;
        create(session, of, object, cases, carried).await?;
    }
    Ok(())
}

async fn prepare(
    session: &Session,
    of: &UndoneRun,
    object: &'static str,
    steps: Vec<Remake>,
    carried: &Carried,
) -> Result<Vec<Case>, StoreError> {
    let mut cases = Vec::with_capacity(steps.len());
    for step in steps {
        let before = step.item.change.before.clone().unwrap_or_default();
        let mut values: Values = before
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        // A company it stood under may itself have been made again.
        if let LinkKind::InPerson { field, .. } = session.plan.link
            && let Some(value) = values.get_mut(field)
        {
            follow(value, &carried.remade_as);
        }
        session.vendor.settle(object, None, &mut values);
        let (account, run, old) = (
            session.frame.account,
            of.run,
            step.item.change.remote_id.clone(),
        );
        let lead = step.item.leads.first().copied();
        let is_company = step.info.role == Role::Company;
        let company = session
            .plan
            .create_company
            .filter(|_| !is_company && matches!(session.plan.link, LinkKind::Association { .. }));
        let (subject, linked) = session
            .store
            .call(move |store| {
                let keys = store.undone_company_keys(run, &old)?;
                let subject = match (lead, keys.first()) {
                    (_, Some(key)) if is_company => Subject::company(key),
                    (Some(lead), _) if !is_company => Subject::lead(lead),
                    _ => Subject::putting_back(&old),
                };
                let links = match (lead, company) {
                    (Some(lead), Some(company)) => store
                        .remote_links(account, lead)?
                        .into_iter()
                        .filter(|link| link.object == company)
                        .map(|link| (company, link.remote_id))
                        .collect(),
                    _ => Vec::new(),
                };
                Ok((subject, links))
            })
            .await?;
        cases.push(Case {
            key: key(session, &step, &values),
            step,
            values,
            subject,
            lost: None,
            links: linked,
        });
    }
    let (account, subjects) = (
        session.frame.account,
        cases
            .iter()
            .map(|case| case.subject.clone())
            .collect::<Vec<_>>(),
    );
    let doubts = session
        .store
        .call(move |store| store.doubts(account, object, &subjects))
        .await?;
    for case in &mut cases {
        case.lost = doubts.get(&case.subject).copied();
    }
    Ok(cases)
}

/// The company a value names, by its new id where it was made again.
pub(super) fn follow(value: &mut Value, remade: &Remade) {
    let old = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    let Some(new) = remade.get(&old) else {
        return;
    };
    *value = match (&*value, new.parse::<i64>()) {
        (Value::Number(_), Ok(number)) => number.into(),
        _ => json!(new),
    };
}

/// What a record is found by: a person's address, a company's domain or name.
fn key(session: &Session, step: &Remake, values: &Values) -> Option<(KeyKind, String)> {
    let text = |name: &str| {
        let value = values.get(name).filter(|value| !is_blank(value))?;
        value.as_str().map(str::to_owned)
    };
    let keys = &session.plan.company_keys;
    let wanted = match step.info.role {
        Role::Company => {
            let host =
                text(keys.domain).and_then(|text| crate::domain::company::website_host(&text));
            [
                host.map(|host| (KeyKind::Domain, host)),
                text(keys.name).map(|name| (KeyKind::Name, name)),
            ]
        }
        Role::Persona => {
            let address = text(session.plan.identity.email);
            let address = address.and_then(|text| crate::domain::email::key(&text));
            [address.map(|address| (KeyKind::Email, address)), None]
        }
    };
    wanted.into_iter().flatten().find(|(by, _)| {
        let mut lookups = step.info.lookups.iter();
        lookups.any(|lookup| lookup.by == *by)
    })
}

/// Adopts what one of our own requests made, leaves what somebody else made; returns what surely is not there.
async fn look_up(
    session: &Session,
    of: &UndoneRun,
    object: &'static str,
    cases: Vec<Case>,
    carried: &mut Carried,
) -> Result<Vec<Case>, StoreError> {
    let mut found: HashMap<(KeyKind, String), Option<Vec<RemoteRecord>>> = HashMap::new();
    for by in [KeyKind::Email, KeyKind::Domain, KeyKind::Name] {
        let mut keys: Vec<String> = cases
            .iter()
            .filter_map(|case| case.key.clone())
            .filter(|(of, _)| *of == by)
            .map(|(_, key)| key)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.is_empty() {
            continue;
        }
        for (key, answer) in find_all(session, object, by, keys, None).await {
            found.insert((by, key), answer.ok().map(|(records, _)| records));
        }
    }
    let mut absent = Vec::new();
    let mut kept = Kept::default();
    for case in cases {
        let change = &case.step.item.change;
        let answer = match &case.key {
            Some(key) => found.get(key).cloned().flatten(),
            None => Some(Vec::new()),
        };
        let Some(records) = answer else {
            let why = "whether it is there could not be asked";
            carried.left.push(left(change, None, why, None));
            continue;
        };
        let made_by_us = |record: &&RemoteRecord| {
            case.lost.is_some_and(|lost| {
                let since = lost.sent.checked_sub(CLOCK_SKEW).unwrap_or(lost.sent);
                record.created.is_none_or(|created| created >= since)
            })
        };
        match records.iter().find(made_by_us).or(records.first()) {
            Some(record) if made_by_us(&record) => {
                let note = "made again by a request whose answer was lost".to_owned();
                let entry = PhaseEntry {
                    action: Some(PhaseAction::Match),
                    object: Some(object.to_owned()),
                    remote_id: Some(record.id.clone()),
                    ..PhaseEntry::local(phase(&case), true, Some(note))
                };
                made(
                    object,
                    &case,
                    &record.id.clone(),
                    &entry,
                    &mut kept,
                    carried,
                );
            }
            Some(record) => carried.left.push(left(
                change,
                None,
                format!(
                    "{} is there under the same key, and nobody is made twice",
                    record.id
                ),
                None,
            )),
            None => match open_until(session, object, &case) {
                Some(until) => {
                    session.stop(
                        StopReason::Outage,
                        Some(until),
                        "a record may still be made by a request whose answer was lost; it is looked up before it is made again"
                            .to_owned(),
                    );
                    carried
                        .left
                        .push(left(change, None, "its answer was lost a moment ago", None));
                }
                None => absent.push(case),
            },
        }
    }
    keep(session, of, kept, 0).await?;
    Ok(absent)
}

/// Until when finding nothing proves nothing.
fn open_until(session: &Session, object: &str, case: &Case) -> Option<jiff::Timestamp> {
    let lost = case.lost?;
    let lag = case.key.as_ref().map(|(by, _)| session.lag(object, *by));
    let until = lost.visible(lag.unwrap_or_default());
    (until > session.clock.now()).then_some(until)
}

fn phase(case: &Case) -> Phase {
    match case.step.info.role {
        Role::Company => Phase::Company,
        Role::Persona => Phase::Person,
    }
}

async fn create(
    session: &Session,
    of: &UndoneRun,
    object: &'static str,
    cases: Vec<Case>,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let Some(batching) = cases.first().and_then(|case| case.step.info.create) else {
        return Ok(());
    };
    let target = Target {
        phase: phase(&cases[0]),
        object,
        batching: Batching {
            bulk: None,
            ..batching
        },
    };
    let rows = cases
        .iter()
        .enumerate()
        .map(|(index, case)| {
            let row = Row {
                trace: format!("r{}-{index}", session.frame.run),
                change: Change::Create {
                    values: case.values.clone(),
                },
                links: case.links.clone(),
                despite_duplicates: false,
            };
            Sendable {
                index,
                parent: send::parent_of(Some(batching), &row, None),
                row,
                subject: case.subject.clone(),
            }
        })
        .collect();
    send::each(send::send(session, target, rows), async |batch| {
        let mut kept = Kept {
            commit: Commit {
                answered: batch.answered,
                ..Commit::default()
            },
            undo: UndoCommit::default(),
        };
        let count = batch.rows.len();
        for (row, end, call) in batch.rows {
            let case = &cases[row.index];
            let change = &case.step.item.change;
            match end {
                RowEnd::Answered(answer) => {
                    let id = match &answer.verdict {
                        Verdict::Done { id, .. } => Some(id.clone()),
                        // Out of the vendor's bin: it is the very record.
                        Verdict::Overwrote { id } if *id == change.remote_id => Some(id.clone()),
                        _ => None,
                    };
                    let Some(id) = id else {
                        if matches!(answer.verdict, Verdict::Silent | Verdict::Taken) {
                            let lost = LostCreate::sent(session.clock.now());
                            let doubt = (object.to_owned(), case.subject.clone(), lost);
                            kept.commit.doubts.push(doubt);
                        }
                        let end = RowEnd::Answered(answer);
                        carried
                            .left
                            .push(left(change, None, not_written(&end, object), None));
                        continue;
                    };
                    let entry = PhaseEntry {
                        note: Some(format!("made again; it was {}", change.remote_id)),
                        ..written(
                            target.phase,
                            PhaseAction::Create,
                            object,
                            Some(id.clone()),
                            &answer,
                            call.as_deref(),
                            true,
                        )
                    };
                    made(object, case, &id, &entry, &mut kept, carried);
                }
                RowEnd::Lost(lost) => {
                    let doubt = (object.to_owned(), case.subject.clone(), lost);
                    kept.commit.doubts.push(doubt);
                    session.stop(
                        StopReason::Outage,
                        None,
                        "an answer was lost; the same undo again looks up what it made".to_owned(),
                    );
                    carried
                        .left
                        .push(left(change, None, "its answer was lost", None));
                }
                end => carried
                    .left
                    .push(left(change, None, not_written(&end, object), None)),
            }
        }
        keep(session, of, kept, count).await
    })
    .await
}

fn made(
    object: &'static str,
    case: &Case,
    id: &str,
    entry: &PhaseEntry,
    kept: &mut Kept,
    carried: &mut Carried,
) {
    let change = &case.step.item.change;
    let old = change.remote_id.clone();
    carried.remade += 1;
    carried.remade_as.insert(old.clone(), id.to_owned());
    kept.done(carried, &case.step.item, entry);
    kept.undo
        .remade
        .push((object.to_owned(), old, id.to_owned()));
    kept.commit
        .settled
        .push((object.to_owned(), case.subject.clone()));
    let after: serde_json::Map<String, Value> = case
        .values
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    kept.changed(ChangeKind::Created, object, id, None, after.into());
}
