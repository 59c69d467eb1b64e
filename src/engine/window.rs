//! A window: some hundred leads taken through all phases together, so that they share requests.

use std::collections::HashSet;

use super::activities;
use super::association;
use super::campaigns;
use super::companies;
use super::decide::payload_hash;
use super::fault::Fault;
use super::in_person::Joins;
use super::persons;
use super::session::Session;
use super::work::{HASH, Work, refused};
use crate::domain::activity;
use crate::domain::campaign;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::LeadId;
use crate::domain::mapping::{self, Mapped, OnInvalid, Outgoing, WriteBehaviour};
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::domain::sync_state::State;
use crate::store::{Commit, QueuedLead, StoreError};
use crate::vendors::{CallError, CallErrorKind, KeyKind, LinkKind};

/// Leads whose first call is refused at the door (a dead sign-in) fail with it; the rest waits (product.md 8.4, 14).
const REFUSED_AT_THE_DOOR: usize = 100;

/// Takes claimed leads to their end. Leads left without one are given back as they were.
pub(super) async fn process(session: &Session, leads: Vec<QueuedLead>) -> Result<(), StoreError> {
    if let Err(error) = session.read_metadata().await {
        return at_the_door(session, leads, &error).await;
    }
    if session.stopped() {
        let ids: Vec<LeadId> = leads.iter().map(|queued| queued.lead.id).collect();
        let (account, claim) = (session.frame.account, session.claim);
        return session
            .store
            .call(move |store| store.release(account, claim, &ids))
            .await;
    }
    let mut works = prepare(session, leads).await?;
    while !works.is_empty() {
        let (mut wave, repeats) = session.addresses.take(works).await;
        take_through(session, &mut wave).await?;
        give_back(session, &wave).await?;
        session.addresses.free(&wave);
        works = repeats;
    }
    Ok(())
}

async fn take_through(session: &Session, wave: &mut [Work]) -> Result<(), StoreError> {
    if session.stopped() {
        return Ok(());
    }
    // Where the company stands in the person, it is looked for once it is known who needs one.
    if !matches!(session.plan.link, LinkKind::InPerson { .. }) {
        let all: Vec<usize> = (0..wave.len()).collect();
        companies::provide(session, wave, &all).await?;
    }
    persons::bring(session, wave).await?;
    association::join(session, wave).await?;
    campaigns::join(session, wave).await?;
    activities::send(session, wave).await
}

/// Applies the mapping; leads that need no call, or can make none, end here.
async fn prepare(session: &Session, leads: Vec<QueuedLead>) -> Result<Vec<Work>, StoreError> {
    let mut schemas = Vec::with_capacity(session.persons.len());
    for object in &session.persons {
        schemas.push((*object, session.schema(object).await));
    }
    let company_object = session
        .plan
        .create_company
        .filter(|object| session.rules.iter().any(|rule| rule.object == *object));
    let company_schema = match company_object {
        Some(object) => session.schema(object).await,
        None => std::sync::Arc::default(),
    };
    let mut activities = activities::load(session, &leads).await?;
    let mut commit = Commit::default();
    let mut works = Vec::with_capacity(leads.len());
    for queued in leads {
        let apply = |object: &str, schema| {
            mapping::apply(
                &queued.lead,
                object,
                &session.rules,
                &session.qualifiers,
                schema,
                session.frame.event,
            )
        };
        let mut persons: Vec<(&'static str, Mapped)> = schemas
            .iter()
            .map(|(object, schema)| (*object, apply(object, schema)))
            .collect();
        let company =
            company_object.map_or_else(Mapped::default, |object| apply(object, &company_schema));
        add_external_id(session, queued.lead.id, &mut persons);
        let wanted = campaign::wanted(&queued.lead, session.campaigns.rules());
        let marks = session
            .campaigns
            .mark(&queued.lead, &wanted, &schemas, &mut persons);
        let parts: Vec<(&str, &[Outgoing])> = persons
            .iter()
            .map(|(object, mapped)| (*object, mapped.values.as_slice()))
            .chain([("company", company.values.as_slice())])
            .collect();
        let activities = activities.remove(&queued.lead.id).unwrap_or_default();
        let markers = activities.iter().map(|one| one.activity.marker.as_str());
        let hash = campaign::hash_with(payload_hash(&parts), &wanted);
        let hash = hash_of_lead(activity::hash_with(hash, markers), &company.values);
        let notes = notes_of(&persons, &company);
        let failure = mapping_failure(session, &persons, &company);
        let mut work = Work {
            started: session.clock.now(),
            persons,
            company: company.values,
            hash,
            phases: Vec::new(),
            company_end: None,
            record: None,
            created: false,
            changed: false,
            stored_gone: false,
            linked: false,
            joins: Joins::No,
            campaigns: campaigns::Progress::new(wanted, marks),
            activities: activities::Progress::new(activities),
            closed: false,
            queued,
        };
        if !notes.is_empty() {
            work.phases.push(PhaseEntry::local(
                Phase::Prepare,
                true,
                Some(notes.join("; ")),
            ));
        }
        let sent_before = work.queued.payload_hash.as_ref() == Some(&work.hash);
        if let Some(failure) = failure {
            work.phases.push(PhaseEntry::local(
                Phase::Prepare,
                false,
                Some(failure.message.clone()),
            ));
            work.fail(session, &mut commit, Phase::Prepare, failure);
        } else if sent_before && work.queued.standing.state == State::Waiting && !session.again {
            work.nothing_to_do(session, &mut commit);
        } else {
            works.push(work);
        }
    }
    session.commit(commit).await?;
    Ok(works)
}

/// What a lead sends as a whole, and behind it what of that is its company's ([`Work::says_of_company`]).
fn hash_of_lead(mut whole: Vec<u8>, company: &[Outgoing]) -> Vec<u8> {
    whole.truncate(HASH);
    whole.extend(payload_hash(&[("company", company)]));
    whole
}

/// Our value of the vendor's unique field goes to every object that is asked for it.
fn add_external_id(session: &Session, lead: LeadId, persons: &mut [(&'static str, Mapped)]) {
    let Some((field, id)) = session
        .integration
        .settings
        .external_id
        .as_ref()
        .zip(session.external_id(lead))
    else {
        return;
    };
    for (object, mapped) in persons {
        let asked = session
            .plan
            .person
            .iter()
            .any(|step| step.object == *object && step.by == KeyKind::ExternalId);
        if asked {
            mapped.values.push(external_value(field, id.clone()));
        }
    }
}

/// Each note once, however many objects it is for.
fn notes_of(persons: &[(&'static str, Mapped)], company: &Mapped) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    let all = persons.iter().map(|(_, mapped)| mapped).chain([company]);
    for note in all.flat_map(|mapped| &mapped.notes) {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    notes
}

/// What keeps a lead out whichever object its person turns out to be of. An answer that is mapped for one object only
/// matters once it is known that the person is of another.
fn mapping_failure(
    session: &Session,
    persons: &[(&'static str, Mapped)],
    company: &Mapped,
) -> Option<Failure> {
    let all = persons
        .iter()
        .all(|(_, mapped)| !mapped.failures.is_empty());
    let made = persons
        .iter()
        .find(|(object, _)| *object == session.plan.create_person)
        .filter(|_| all)
        .and_then(|(_, mapped)| mapped.failures.first());
    made.or_else(|| company.failures.first()).cloned()
}

fn external_value(field: &str, id: String) -> Outgoing {
    Outgoing {
        remote: field.to_owned(),
        ours: "lead id".to_owned(),
        parts: vec![id],
        write: WriteBehaviour::IfBlank,
        truncate: false,
        on_invalid: OnInvalid::Fail,
        fallback_owner: None,
    }
}

/// Leads the end of the run found without a verdict go back as they were.
async fn give_back(session: &Session, wave: &[Work]) -> Result<(), StoreError> {
    let parked: HashSet<LeadId> = session.parked_leads();
    let open: Vec<LeadId> = wave
        .iter()
        .filter(|work| !work.closed && !parked.contains(&work.lead()))
        .map(Work::lead)
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    let (account, claim) = (session.frame.account, session.claim);
    session
        .store
        .call(move |store| store.release(account, claim, &open))
        .await
}

/// The vendor's fields could not be read for these leads.
async fn at_the_door(
    session: &Session,
    leads: Vec<QueuedLead>,
    error: &CallError,
) -> Result<(), StoreError> {
    let fault = session.fault(error);
    if !session.stopped() {
        // Not a sign-in and not an outage: no lead of this run can be pushed, and none is to blame.
        let failure = error.to_string();
        session.stop(
            crate::domain::run::StopReason::Outage,
            None,
            format!("the vendor's fields cannot be read: {failure}"),
        );
    }
    let to_blame = matches!(
        error.kind,
        CallErrorKind::SignIn(_) | CallErrorKind::NotAllowed(_)
    );
    let mut commit = Commit::default();
    let mut rest = Vec::new();
    for (index, queued) in leads.into_iter().enumerate() {
        let lead = queued.lead.id;
        if index >= REFUSED_AT_THE_DOOR {
            rest.push(lead);
            continue;
        }
        let mut work = Work::bare(queued, session.clock.now());
        let object = session.plan.create_person;
        work.phases.push(refused(
            Phase::Person,
            PhaseAction::Match,
            object,
            serde_json::Value::Null,
            error.call.as_deref(),
        ));
        match &fault {
            Fault::Refused(failure) if to_blame => {
                work.fail(session, &mut commit, Phase::Person, failure.clone());
            }
            Fault::Refused(failure) => {
                work.interrupt(&mut commit, Category::Unexpected, failure.message.clone());
            }
            Fault::Nobodys { category, message } => {
                work.interrupt(&mut commit, *category, message.clone());
            }
        }
    }
    session.commit(commit).await?;
    let (account, claim) = (session.frame.account, session.claim);
    session
        .store
        .call(move |store| store.release(account, claim, &rest))
        .await
}
