//! Carrying out: what was made last goes first, and each answer is kept with everything it means.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::again::{self, Remade};
use super::decide::left;
use super::gather::{Item, MemberStep, PutBack, Removal, UndoPlan, link_field};
use super::members::image;
use super::write::{Batch, Going, Gone, Way, answered, take_away};
use super::{Left, UndoSummary};
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::LeadId;
use crate::domain::lead::Role;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::fault::Fault;
use crate::engine::send::{self, RowEnd, Sendable, Target};
use crate::engine::session::Session;
use crate::engine::verdicts::no_verdict;
use crate::engine::work::{refused, written};
use crate::store::{
    ChangeKind, Commit, Membership, NewCall, RecordChange, StoreError, Subject, UndoCommit,
    UndoneRun,
};
use crate::vendors::{
    Batching, Change, LinkAnswer, LinkEnd, MemberEnd, MemberRow, RemoveEnd, Row, Verdict,
};

/// What was carried out.
#[derive(Debug, Default)]
pub(super) struct Carried {
    removed: u64,
    pub(super) remade: u64,
    memberships: u64,
    activities: u64,
    links: u64,
    leads: BTreeSet<LeadId>,
    by_field: BTreeMap<String, u64>,
    pub(super) left: Vec<Left>,
    /// Persons who are gone, or belong to their company no more: a company may go once all of its do.
    gone: HashSet<String>,
    /// Records made again, by their old ids.
    pub(super) remade_as: HashMap<String, String>,
}

impl Carried {
    /// Puts what was done in the place of what was meant.
    pub(super) fn tell(&self, summary: &mut UndoSummary) {
        summary.removed = self.removed;
        summary.remade = self.remade;
        summary.memberships = self.memberships;
        summary.activities = self.activities;
        summary.links = self.links;
        summary.leads = self.leads.len() as u64;
        summary.by_field.clone_from(&self.by_field);
        summary.restored = self.by_field.values().sum();
        summary.left.extend(self.left.iter().cloned());
        summary.left.sort();
    }
}

/// One answer on its way into the file.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) commit: Commit,
    pub(super) undo: UndoCommit,
}

impl Kept {
    /// What was done is as if it had never been, for everybody concerned.
    pub(super) fn done(&mut self, carried: &mut Carried, item: &Item, entry: &PhaseEntry) {
        self.mark(item);
        self.concerns(carried, item, entry);
    }

    pub(super) fn mark(&mut self, item: &Item) {
        let change = &item.change;
        self.undo
            .done
            .push((change.object.clone(), change.remote_id.clone(), change.kind));
    }

    pub(super) fn concerns(&mut self, carried: &mut Carried, item: &Item, entry: &PhaseEntry) {
        carried.leads.extend(item.leads.iter().copied());
        self.undo
            .leads
            .extend(item.leads.iter().map(|lead| (*lead, entry.clone())));
    }

    pub(super) fn changed(
        &mut self,
        kind: ChangeKind,
        object: &str,
        id: &str,
        before: Option<Value>,
        after: Value,
    ) {
        self.commit.changes.push(RecordChange {
            object: object.to_owned(),
            remote_id: id.to_owned(),
            kind,
            before,
            after,
        });
    }
}

pub(super) async fn keep(
    session: &Session,
    of: &UndoneRun,
    kept: Kept,
    steps: usize,
) -> Result<(), StoreError> {
    let (frame, of, now) = (session.frame, of.clone(), session.clock.now());
    session
        .store
        .call(move |store| store.commit_undo(&frame, &of, &kept.commit, &kept.undo, now))
        .await?;
    session.count(|tally| tally.cleared += steps as u64);
    session.show_progress();
    Ok(())
}

/// Carries a plan out.
pub(super) async fn carry_out(
    session: &Session,
    of: &UndoneRun,
    plan: UndoPlan,
) -> Result<Carried, StoreError> {
    let mut carried = Carried::default();
    let vendor = session.vendor.undoing();
    settle(session, of, &plan.settled, &mut carried).await?;
    let (joins, leaves): (Vec<MemberStep>, Vec<MemberStep>) = plan
        .members
        .into_iter()
        .partition(|step| step.item.change.kind == ChangeKind::Left);
    leave(session, of, leaves, &mut carried).await?;
    recall(session, of, &plan.recalls, vendor.activities, &mut carried).await?;
    unlink(session, of, &plan.unlinks, vendor.links, &mut carried).await?;
    // A person may be put back under a company that is made again.
    let companies = plan
        .remakes
        .iter()
        .filter(|step| step.info.role == Role::Company);
    again::remake(session, of, companies.cloned().collect(), &mut carried).await?;
    for role in [Role::Persona, Role::Company] {
        let removals: Vec<&Removal> = plan
            .removals
            .iter()
            .filter(|step| step.info.role == role)
            .collect();
        remove(session, of, removals, &mut carried).await?;
        let steps: Vec<PutBack> = plan
            .put_back
            .iter()
            .filter(|step| step.info.role == role)
            .map(|step| under_the_new(session, step, &carried.remade_as))
            .collect();
        put_back(session, of, steps, &mut carried).await?;
    }
    let persons = plan
        .remakes
        .iter()
        .filter(|step| step.info.role == Role::Persona);
    again::remake(session, of, persons.cloned().collect(), &mut carried).await?;
    link(session, of, &plan.links, vendor.links, &mut carried).await?;
    join(session, of, joins, &mut carried).await?;
    Ok(carried)
}

/// What was as before already. A request of ours whose answer was lost may have done it: then it is ours to remember.
async fn settle(
    session: &Session,
    of: &UndoneRun,
    items: &[Item],
    carried: &mut Carried,
) -> Result<(), StoreError> {
    for chunk in items.chunks(500) {
        let mut kept = Kept::default();
        for item in chunk {
            let change = &item.change;
            if item.sent {
                let (object, id) = (change.object.as_str(), change.remote_id.as_str());
                match change.kind {
                    ChangeKind::Updated => kept.changed(
                        ChangeKind::Updated,
                        object,
                        id,
                        Some(change.after.clone()),
                        change.before.clone().unwrap_or_default(),
                    ),
                    ChangeKind::Created if session.object(object).is_some() => {
                        carried.removed += 1;
                        carried.gone.insert(id.to_owned());
                        kept.changed(
                            ChangeKind::Removed,
                            object,
                            id,
                            Some(change.after.clone()),
                            json!({}),
                        );
                    }
                    ChangeKind::Joined => {
                        kept.changed(
                            ChangeKind::Left,
                            object,
                            id,
                            Some(change.after.clone()),
                            json!({}),
                        );
                    }
                    _ => {}
                }
            }
            if change.kind == ChangeKind::Created {
                kept.undo
                    .gone
                    .push((change.object.clone(), change.remote_id.clone()));
            }
            let note = "as it was before already".to_owned();
            let entry = PhaseEntry {
                object: Some(change.object.clone()),
                remote_id: Some(change.remote_id.clone()),
                action: Some(PhaseAction::Skip),
                ..PhaseEntry::local(phase_of(session, item), true, Some(note))
            };
            kept.done(carried, item, &entry);
        }
        keep(session, of, kept, 0).await?;
    }
    Ok(())
}

fn phase_of(session: &Session, item: &Item) -> Phase {
    match (item.change.kind, session.object(&item.change.object)) {
        (ChangeKind::Joined | ChangeKind::Left, _) => Phase::Campaign,
        (ChangeKind::Linked | ChangeKind::Unlinked, _) => Phase::Association,
        (_, Some(info)) if info.role == Role::Company => Phase::Company,
        (_, Some(_)) => Phase::Person,
        (_, None) => Phase::Activity,
    }
}

/// Why something was not taken away.
fn why(end: Option<&RemoveEnd>) -> String {
    match end {
        Some(RemoveEnd::Refused(failure)) => failure.message.clone(),
        Some(RemoveEnd::Later) => "it stayed locked at the vendor".to_owned(),
        Some(_) => "the vendor's answer does not mention it, so it counts as not done".to_owned(),
        None => "the run ended before its turn".to_owned(),
    }
}

fn is_gone(gone: &Gone) -> bool {
    matches!(gone.end, Some(RemoveEnd::Done | RemoveEnd::Gone))
}

fn opened(batch: &mut Batch) -> Kept {
    Kept {
        commit: Commit {
            answered: std::mem::take(&mut batch.answered),
            ..Commit::default()
        },
        undo: UndoCommit::default(),
    }
}

/// Memberships: those that end, and those that get an earlier status.
async fn leave(
    session: &Session,
    of: &UndoneRun,
    steps: Vec<MemberStep>,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let (ends, statuses): (Vec<MemberStep>, Vec<MemberStep>) =
        steps.into_iter().partition(|step| step.to.is_none());
    let size = session.vendor.undoing().members.unwrap_or(1);
    let mut groups: BTreeMap<(String, &'static str), Vec<MemberStep>> = BTreeMap::new();
    for step in ends {
        let key = (step.campaign.id.clone(), step.object);
        groups.entry(key).or_default().push(step);
    }
    for ((campaign, _), steps) in groups {
        let object = steps[0].item.change.object.clone();
        let way = Way::Leave {
            campaign: campaign.clone(),
            object,
        };
        let things = steps
            .iter()
            .enumerate()
            .map(|(index, step)| Going {
                index,
                id: step.person.clone(),
                other: step.member.as_ref().and_then(|member| member.id.clone()),
                object: step.object,
            })
            .collect();
        take_away(session, &way, things, size, async |mut batch: Batch| {
            let mut kept = opened(&mut batch);
            let count = batch.gone.len();
            for gone in batch.gone {
                let step = &steps[gone.going.index];
                let change = &step.item.change;
                if is_gone(&gone) {
                    carried.memberships += 1;
                    kept.done(carried, &step.item, &gone.entry);
                    kept.undo.left.push((campaign.clone(), step.person.clone()));
                    kept.changed(
                        ChangeKind::Left,
                        &change.object,
                        &change.remote_id,
                        Some(change.after.clone()),
                        json!({}),
                    );
                } else {
                    carried
                        .left
                        .push(left(change, None, why(gone.end.as_ref()), None));
                }
            }
            keep(session, of, kept, count).await
        })
        .await?;
    }
    write_members(session, of, statuses, carried).await
}

/// Members with another status, or made again.
async fn write_members(
    session: &Session,
    of: &UndoneRun,
    steps: Vec<MemberStep>,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let Some(info) = session.vendor.info().campaigns else {
        return Ok(());
    };
    let mut groups: BTreeMap<(String, &'static str, Option<String>), Vec<MemberStep>> =
        BTreeMap::new();
    for mut step in steps {
        if let Some(new) = carried.remade_as.get(&step.person) {
            step.person.clone_from(new);
        }
        let status = step.to.clone().flatten();
        groups
            .entry((step.campaign.id.clone(), step.object, status))
            .or_default()
            .push(step);
    }
    for steps in groups.into_values() {
        for chunk in steps.chunks(info.rows.max(1)) {
            if session.stopped() {
                return Ok(());
            }
            join_chunk(session, of, info.word, chunk, carried).await?;
        }
    }
    Ok(())
}

async fn join_chunk(
    session: &Session,
    of: &UndoneRun,
    word: &str,
    steps: &[MemberStep],
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let now = session.clock.now();
    let rows: Vec<MemberRow> = steps
        .iter()
        .enumerate()
        .map(|(index, step)| MemberRow {
            trace: index.to_string(),
            object: step.object,
            person: step.person.clone(),
            status: step.to.clone().flatten(),
            member: step.member.clone(),
            met: now,
        })
        .collect();
    let call = NewCall {
        run: session.frame.run,
        claim: session.claim,
        account: session.frame.account,
        phase: Phase::Campaign,
        operation: "join",
        object: word.to_owned(),
        // Members are read before anything is sent, so that a repetition finds what was done.
        repeatable: true,
        subjects: steps
            .iter()
            .map(|step| Subject::putting_back(&step.item.change.remote_id))
            .collect(),
    };
    let id = session
        .store
        .call(move |store| store.record_call(&call, now))
        .await?;
    let remote = &steps[0].campaign;
    let mut kept = Kept::default();
    match session.vendor.join_campaign(remote, &rows).await {
        Ok(answer) => {
            kept.commit.answered.push(answered(id, Some(&answer.call)));
            let mut ends: HashMap<String, (MemberEnd, Value, Value)> = answer
                .rows
                .into_iter()
                .map(|(trace, end, sent, received)| (trace, (end, sent, received)))
                .collect();
            for (index, step) in steps.iter().enumerate() {
                let told = ends.remove(&index.to_string());
                let (end, sent, received) =
                    told.unwrap_or((MemberEnd::Silent, Value::Null, Value::Null));
                let mut entry = refused(
                    Phase::Campaign,
                    PhaseAction::Update,
                    word,
                    sent,
                    Some(&answer.call),
                );
                if let Some(response) = &mut entry.response {
                    response.body = received;
                }
                match end {
                    MemberEnd::Done { id } => {
                        entry.ok = true;
                        entry.note = Some("put back".to_owned());
                        carried.memberships += 1;
                        joined(session, step, id, &entry, &mut kept, carried).await?;
                    }
                    MemberEnd::Exists => kept.done(carried, &step.item, &entry),
                    MemberEnd::Refused(failure) => {
                        carried
                            .left
                            .push(left(&step.item.change, None, failure.message, None));
                    }
                    _ => carried.left.push(left(
                        &step.item.change,
                        None,
                        "the vendor's answer does not say that it was done",
                        None,
                    )),
                }
            }
        }
        Err(error) => {
            kept.commit
                .answered
                .push(answered(id, error.call.as_deref()));
            let message = match session.fault(&error) {
                Fault::Refused(failure) => failure.message,
                Fault::Nobodys { message, .. } => message,
            };
            for step in steps {
                carried
                    .left
                    .push(left(&step.item.change, None, message.clone(), None));
            }
        }
    }
    keep(session, of, kept, steps.len()).await
}

/// A membership that has its earlier status, or is there again.
async fn joined(
    session: &Session,
    step: &MemberStep,
    id: Option<String>,
    entry: &PhaseEntry,
    kept: &mut Kept,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let change = &step.item.change;
    let status = step.to.clone().flatten();
    let key = format!("{}/{}", step.campaign.id, step.person);
    let member = id.or_else(|| step.member.as_ref().and_then(|member| member.id.clone()));
    let after = json!({
        "campaign": step.campaign.id, "object": step.object, "person": step.person, "status": status, "member": member,
    });
    let before = step
        .member
        .as_ref()
        .map(|member| json!({ "status": member.status }));
    kept.done(carried, &step.item, entry);
    if key != change.remote_id {
        // The person was made again: what the first run did is known under the new record.
        kept.undo
            .done
            .push((change.object.clone(), key.clone(), change.kind));
    }
    kept.changed(ChangeKind::Joined, &change.object, &key, before, after);
    let (account, remote) = (session.frame.account, step.campaign.id.clone());
    let campaign = session
        .store
        .call(move |store| store.campaign_of(account, &remote))
        .await?;
    let was = image(&step.item);
    if let Some(campaign) = campaign.filter(|_| was["person"].is_string()) {
        for lead in &step.item.leads {
            kept.commit.memberships.push((
                *lead,
                Membership {
                    campaign,
                    object: step.object.to_owned(),
                    person: step.person.clone(),
                    status: status.clone(),
                    remote_id: member.clone(),
                },
            ));
        }
    }
    Ok(())
}

async fn join(
    session: &Session,
    of: &UndoneRun,
    steps: Vec<MemberStep>,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    write_members(session, of, steps, carried).await
}

/// Activities.
async fn recall(
    session: &Session,
    of: &UndoneRun,
    items: &[Item],
    size: Option<usize>,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let (Some(info), Some(size)) = (session.vendor.info().activities, size) else {
        return Ok(());
    };
    let way = Way::Remove {
        phase: Phase::Activity,
        object: info.object,
    };
    take_away(
        session,
        &way,
        goings(items, info.object),
        size,
        async |mut batch: Batch| {
            let mut kept = opened(&mut batch);
            let count = batch.gone.len();
            for gone in batch.gone {
                let item = &items[gone.going.index];
                let change = &item.change;
                if !is_gone(&gone) {
                    carried
                        .left
                        .push(left(change, None, why(gone.end.as_ref()), None));
                    continue;
                }
                carried.activities += 1;
                kept.done(carried, item, &gone.entry);
                let marker = change.after["activity"].as_str();
                kept.undo.recalled.extend(marker.map(str::to_owned));
                kept.changed(
                    ChangeKind::Removed,
                    &change.object,
                    &change.remote_id,
                    Some(change.after.clone()),
                    json!({}),
                );
            }
            keep(session, of, kept, count).await
        },
    )
    .await
}

fn goings(items: &[Item], object: &'static str) -> Vec<Going> {
    items
        .iter()
        .enumerate()
        .map(|(index, item)| Going {
            index,
            id: item.change.remote_id.clone(),
            other: item.change.after["company"].as_str().map(str::to_owned),
            object,
        })
        .collect()
}

/// Persons and companies apart.
async fn unlink(
    session: &Session,
    of: &UndoneRun,
    items: &[Item],
    size: Option<usize>,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let (Some(first), Some(size)) = (items.first(), size) else {
        return Ok(());
    };
    let way = Way::Unlink {
        object: first.change.object.clone(),
    };
    take_away(
        session,
        &way,
        goings(items, session.plan.create_person),
        size,
        async |mut batch: Batch| {
            let mut kept = opened(&mut batch);
            let count = batch.gone.len();
            for gone in batch.gone {
                let item = &items[gone.going.index];
                let change = &item.change;
                if !is_gone(&gone) {
                    carried
                        .left
                        .push(left(change, None, why(gone.end.as_ref()), None));
                    continue;
                }
                carried.links += 1;
                carried.gone.insert(change.remote_id.clone());
                kept.done(carried, item, &gone.entry);
                kept.changed(
                    ChangeKind::Unlinked,
                    &change.object,
                    &change.remote_id,
                    Some(change.after.clone()),
                    json!({}),
                );
            }
            keep(session, of, kept, count).await
        },
    )
    .await
}

/// Records the run made.
async fn remove(
    session: &Session,
    of: &UndoneRun,
    steps: Vec<&Removal>,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let mut objects: BTreeMap<&'static str, Vec<&Removal>> = BTreeMap::new();
    for step in steps {
        // A company whose persons stayed after all stays too.
        if step
            .under
            .iter()
            .any(|person| !carried.gone.contains(person))
        {
            carried.left.push(left(
                &step.item.change,
                None,
                "a person who belongs to it stays",
                None,
            ));
            continue;
        }
        objects.entry(step.info.key).or_default().push(step);
    }
    for (object, steps) in objects {
        let Some(removable) = session.vendor.undoing().object(object) else {
            continue;
        };
        let company = steps[0].info.role == Role::Company;
        let phase = if company {
            Phase::Company
        } else {
            Phase::Person
        };
        let way = Way::Remove { phase, object };
        let items: Vec<Item> = steps.iter().map(|step| step.item.clone()).collect();
        take_away(
            session,
            &way,
            goings(&items, object),
            removable.rows,
            async |mut batch: Batch| {
                let mut kept = opened(&mut batch);
                let mut ids = Vec::new();
                let count = batch.gone.len();
                for gone in batch.gone {
                    let item = &items[gone.going.index];
                    let change = &item.change;
                    if !is_gone(&gone) {
                        carried
                            .left
                            .push(left(change, None, why(gone.end.as_ref()), None));
                        continue;
                    }
                    carried.removed += 1;
                    carried.gone.insert(change.remote_id.clone());
                    ids.push(change.remote_id.clone());
                    kept.done(carried, item, &gone.entry);
                    kept.undo
                        .gone
                        .push((object.to_owned(), change.remote_id.clone()));
                    kept.changed(
                        ChangeKind::Removed,
                        object,
                        &change.remote_id,
                        Some(change.after.clone()),
                        json!({}),
                    );
                }
                keep(session, of, kept, count).await?;
                session.removed(object, ids).await
            },
        )
        .await?;
    }
    Ok(())
}

/// A person goes back under a company that was made again by its new id.
fn under_the_new(session: &Session, step: &PutBack, remade: &Remade) -> PutBack {
    let mut step = step.clone();
    if let Some(field) = link_field(&session.plan.link) {
        if let Some(value) = step.values.get_mut(field) {
            again::follow(value, remade);
        }
        if let Some(value) = step.then.get_mut(field) {
            again::follow(value, remade);
        }
    }
    step
}

/// Fields of records that were there before.
async fn put_back(
    session: &Session,
    of: &UndoneRun,
    steps: Vec<PutBack>,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let mut objects: BTreeMap<&'static str, Vec<PutBack>> = BTreeMap::new();
    for step in steps {
        objects.entry(step.info.key).or_default().push(step);
    }
    for (object, steps) in objects {
        let Some(batching) = steps[0].info.update else {
            continue;
        };
        let company = steps[0].info.role == Role::Company;
        let target = Target {
            phase: if company {
                Phase::Company
            } else {
                Phase::Person
            },
            object,
            // A job may leave blanks as they are, and takes its time.
            batching: Batching {
                bulk: None,
                ..batching
            },
        };
        let rows = steps
            .iter()
            .enumerate()
            .map(|(index, step)| {
                let id = step.item.change.remote_id.clone();
                let row = Row {
                    trace: format!("u{}-{index}", session.frame.run),
                    change: Change::Update {
                        id: id.clone(),
                        values: step.values.clone(),
                    },
                    links: Vec::new(),
                    despite_duplicates: false,
                };
                Sendable {
                    index,
                    parent: send::parent_of(Some(batching), &row, None),
                    row,
                    subject: Subject::putting_back(&id),
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
                let step = &steps[row.index];
                match end {
                    RowEnd::Answered(answer) if matches!(answer.verdict, Verdict::Done { .. }) => {
                        let id = Some(step.item.change.remote_id.clone());
                        let entry = PhaseEntry {
                            note: Some("put back to what it held before".to_owned()),
                            ..written(
                                target.phase,
                                PhaseAction::Update,
                                object,
                                id,
                                &answer,
                                call.as_deref(),
                                true,
                            )
                        };
                        if let Some(field) = link_field(&session.plan.link)
                            && step.then.contains_key(field)
                        {
                            carried.gone.insert(step.item.change.remote_id.clone());
                        }
                        restored(object, step, &entry, company, &mut kept, carried);
                    }
                    end => carried.left.push(left(
                        &step.item.change,
                        None,
                        not_written(&end, object),
                        None,
                    )),
                }
            }
            keep(session, of, kept, count).await
        })
        .await?;
    }
    Ok(())
}

fn restored(
    object: &str,
    step: &PutBack,
    entry: &PhaseEntry,
    company: bool,
    kept: &mut Kept,
    carried: &mut Carried,
) {
    let change = &step.item.change;
    for field in step.then.keys() {
        *carried
            .by_field
            .entry(format!("{object}.{field}"))
            .or_default() += 1;
    }
    if step.whole {
        kept.mark(&step.item);
    }
    kept.concerns(carried, &step.item, entry);
    if company {
        kept.undo.put_back.push(change.remote_id.clone());
    }
    let map = |map: &Map<String, Value>| Value::Object(map.clone());
    kept.changed(
        ChangeKind::Updated,
        object,
        &change.remote_id,
        Some(map(&step.now)),
        map(&step.then),
    );
}

/// Why a row was not written.
pub(super) fn not_written(end: &RowEnd, object: &str) -> String {
    match end {
        RowEnd::Answered(answer) => no_verdict(&answer.verdict, object).message,
        RowEnd::Refused(Failure { message, .. }) | RowEnd::Nobodys { message, .. } => {
            message.clone()
        }
        RowEnd::Lost(_) => "its answer was lost".to_owned(),
        RowEnd::NotTried => "the run ended before its turn".to_owned(),
    }
}

/// Persons and companies together again.
async fn link(
    session: &Session,
    of: &UndoneRun,
    items: &[Item],
    size: Option<usize>,
    carried: &mut Carried,
) -> Result<(), StoreError> {
    let Some(size) = size else {
        return Ok(());
    };
    for chunk in items.chunks(size.max(1)) {
        if session.stopped() {
            return Ok(());
        }
        let current =
            |id: &str, made: &Remade| made.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let pairs: Vec<(String, String)> = chunk
            .iter()
            .map(|item| {
                let before = item.change.before.as_ref();
                let company = before.and_then(|before| before["company"].as_str());
                let person = current(&item.change.remote_id, &carried.remade_as);
                (
                    person,
                    current(company.unwrap_or_default(), &carried.remade_as),
                )
            })
            .collect();
        let call = NewCall {
            run: session.frame.run,
            claim: session.claim,
            account: session.frame.account,
            phase: Phase::Association,
            operation: "link",
            object: session.plan.create_person.to_owned(),
            repeatable: true,
            subjects: pairs
                .iter()
                .map(|(person, _)| Subject::putting_back(person))
                .collect(),
        };
        let now = session.clock.now();
        let id = session
            .store
            .call(move |store| store.record_call(&call, now))
            .await?;
        let mut kept = Kept::default();
        match session.vendor.link(&pairs).await {
            Ok(LinkAnswer { pairs: ends, call }) => {
                kept.commit.answered.push(answered(id, Some(&call)));
                for ((item, (person, company)), end) in chunk.iter().zip(&pairs).zip(ends) {
                    let change = &item.change;
                    match end {
                        LinkEnd::Done => {
                            carried.links += 1;
                            let note = Some("joined again".to_owned());
                            let entry = PhaseEntry {
                                action: Some(PhaseAction::Link),
                                remote_id: Some(company.clone()),
                                object: Some(change.object.clone()),
                                ..PhaseEntry::local(Phase::Association, true, note)
                            };
                            kept.done(carried, item, &entry);
                            kept.changed(
                                ChangeKind::Linked,
                                &change.object,
                                person,
                                None,
                                json!({ "company": company }),
                            );
                        }
                        LinkEnd::Gone(failure) | LinkEnd::Refused(failure) => {
                            carried.left.push(left(change, None, failure.message, None));
                        }
                    }
                }
            }
            Err(error) => {
                kept.commit
                    .answered
                    .push(answered(id, error.call.as_deref()));
                let message = match session.fault(&error) {
                    Fault::Refused(failure) => failure.message,
                    Fault::Nobodys { message, .. } => message,
                };
                for item in chunk {
                    carried
                        .left
                        .push(left(&item.change, None, message.clone(), None));
                }
            }
        }
        keep(session, of, kept, chunk.len()).await?;
    }
    Ok(())
}
