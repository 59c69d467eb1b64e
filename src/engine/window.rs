//! A window: some hundred leads taken through all phases together, so that they share requests.

use std::collections::HashSet;
use std::sync::Arc;

use super::activities;
use super::association;
use super::campaigns::{self, Placed};
use super::companies;
use super::decide::payload_hash;
use super::fault::Fault;
use super::in_person::Joins;
use super::persons;
use super::session::Session;
use super::work::{HASH, Work, refused};
use crate::domain::activity;
use crate::domain::campaign::{self, Wanted};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::LeadId;
use crate::domain::lead::Lead;
use crate::domain::mapping::{self, Mapped, OnInvalid, Outgoing, WriteBehaviour};
use crate::domain::remote::ObjectSchema;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::domain::sync_state::State;
use crate::store::activities::QueuedActivity;
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
    let fields = Fields::read(session).await;
    let mut activities = activities::load(session, &leads).await?;
    let mut commit = Commit::default();
    let mut works = Vec::with_capacity(leads.len());
    for queued in leads {
        let sending = Sending::of(session, &fields, &queued.lead);
        let activities = activities.remove(&queued.lead.id).unwrap_or_default();
        let hash = sending.hash(&activities);
        let Sending {
            persons,
            company,
            wanted,
            marks,
        } = sending;
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

/// The vendor's fields as far as they decide what leads send.
pub(super) struct Fields {
    /// By person object, in the order of the plan.
    pub(super) persons: Vec<(&'static str, Arc<ObjectSchema>)>,
    /// The company's object, where one is mapped.
    pub(super) company: Option<(&'static str, Arc<ObjectSchema>)>,
}

impl Fields {
    /// As they were read last ([`Session::read_metadata`]).
    pub(super) async fn read(session: &Session) -> Self {
        let mut persons = Vec::with_capacity(session.persons.len());
        for object in &session.persons {
            persons.push((*object, session.schema(object).await));
        }
        let company_object = session
            .plan
            .create_company
            .filter(|object| session.rules.iter().any(|rule| rule.object == *object));
        let company = match company_object {
            Some(object) => Some((object, session.schema(object).await)),
            None => None,
        };
        Self { persons, company }
    }
}

/// What one lead sends, before anything is known of its records.
pub(super) struct Sending {
    /// To each person object of the plan.
    pub(super) persons: Vec<(&'static str, Mapped)>,
    pub(super) company: Mapped,
    pub(super) wanted: Vec<Wanted>,
    pub(super) marks: Vec<Placed>,
}

impl Sending {
    /// Applies the mapping.
    pub(super) fn of(session: &Session, fields: &Fields, lead: &Lead) -> Self {
        let apply = |object: &str, schema| {
            let (rules, qualifiers) = (&session.rules, &session.qualifiers);
            mapping::apply(lead, object, rules, qualifiers, schema, session.frame.event)
        };
        let mut persons: Vec<(&'static str, Mapped)> = fields
            .persons
            .iter()
            .map(|(object, schema)| (*object, apply(object, schema)))
            .collect();
        let company = fields.company.as_ref();
        let company =
            company.map_or_else(Mapped::default, |(object, schema)| apply(object, schema));
        add_external_id(session, lead.id, &mut persons);
        let wanted = campaign::wanted(lead, session.campaigns.rules());
        let marks = session
            .campaigns
            .mark(lead, &wanted, &fields.persons, &mut persons);
        Self {
            persons,
            company,
            wanted,
            marks,
        }
    }

    /// What stands for all of it: nothing is sent twice that was sent before.
    pub(super) fn hash(&self, activities: &[QueuedActivity]) -> Vec<u8> {
        let parts: Vec<(&str, &[Outgoing])> = self
            .persons
            .iter()
            .map(|(object, mapped)| (*object, mapped.values.as_slice()))
            .chain([("company", self.company.values.as_slice())])
            .collect();
        let markers = activities.iter().map(|one| one.activity.marker.as_str());
        let hash = campaign::hash_with(payload_hash(&parts), &self.wanted);
        hash_of_lead(activity::hash_with(hash, markers), &self.company.values)
    }
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
pub(super) fn mapping_failure(
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
