//! A window: some hundred leads taken through all phases together, so that they share requests.

use std::collections::{BTreeMap, HashSet};

use super::association;
use super::companies::{self, CompanyEnd, Demand, merge_demand};
use super::decide::payload_hash;
use super::persons;
use super::session::{Fault, Session};
use super::work::{Work, refused};
use crate::domain::category::Category;
use crate::domain::company;
use crate::domain::failure::Phase;
use crate::domain::ids::LeadId;
use crate::domain::mapping::{self, Mapped, OnInvalid, Outgoing, WriteBehaviour};
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::domain::sync_state::State;
use crate::store::{Commit, QueuedLead, StoreError};
use crate::vendors::{CallError, CallErrorKind};

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
        let (mut wave, repeats) = one_of_each(works);
        take_through(session, &mut wave).await?;
        give_back(session, &wave).await?;
        works = repeats;
    }
    Ok(())
}

async fn take_through(session: &Session, wave: &mut [Work]) -> Result<(), StoreError> {
    if session.stopped() {
        return Ok(());
    }
    let demands = demands(wave);
    let mut ends = companies::resolve(session, demands.into_values().collect()).await?;
    let mut commit = Commit::default();
    for work in wave.iter_mut().filter(|work| !work.closed) {
        let Some(key) = company_key(work) else {
            continue;
        };
        let Some(end) = ends.get(&key).cloned() else {
            continue;
        };
        match &*end {
            CompanyEnd::NotBefore(until) => {
                session.park(work.lead(), *until);
                work.closed = true;
            }
            CompanyEnd::Nobodys { category, message } => {
                work.interrupt(&mut commit, *category, message.clone());
            }
            CompanyEnd::Failed { failure, phase, .. }
                if !session.plan.person_stands_alone
                    || matches!(failure.category, Category::Authentication) =>
            {
                work.company_end = Some(std::sync::Arc::clone(&end));
                let (phase, failure) = (*phase, failure.clone());
                work.fail(session, &mut commit, phase, failure);
            }
            _ => work.company_end = Some(end),
        }
    }
    ends.clear();
    session.commit(commit).await?;
    persons::bring(session, wave).await?;
    association::join(session, wave).await
}

/// Applies the mapping; leads that need no call, or can make none, end here.
async fn prepare(session: &Session, leads: Vec<QueuedLead>) -> Result<Vec<Work>, StoreError> {
    let person_object = session.plan.create_person;
    let person_schema = session.schema(person_object).await;
    let company_object = session
        .plan
        .create_company
        .filter(|object| session.rules.iter().any(|rule| rule.object == *object));
    let company_schema = match company_object {
        Some(object) => session.schema(object).await,
        None => std::sync::Arc::default(),
    };
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
        let mut person = apply(person_object, &person_schema);
        let company =
            company_object.map_or_else(Mapped::default, |object| apply(object, &company_schema));
        if let (Some(field), Some(id)) = (
            &session.integration.settings.external_id,
            session.external_id(queued.lead.id),
        ) {
            person.values.push(external_value(field, id));
        }
        let hash = payload_hash(&[
            (person_object, &person.values),
            ("company", &company.values),
        ]);
        let mut work = Work {
            started: session.clock.now(),
            person: person.values,
            company: company.values,
            hash,
            phases: Vec::new(),
            company_end: None,
            record: None,
            created: false,
            changed: false,
            stored_gone: false,
            linked: false,
            closed: false,
            queued,
        };
        let notes: Vec<String> = person.notes.into_iter().chain(company.notes).collect();
        if !notes.is_empty() {
            work.phases.push(PhaseEntry::local(
                Phase::Prepare,
                true,
                Some(notes.join("; ")),
            ));
        }
        let sent_before = work.queued.payload_hash.as_ref() == Some(&work.hash);
        if let Some(failure) = person.failures.into_iter().chain(company.failures).next() {
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

/// Two leads of one address must not be written at the same time: the second follows when the first is there.
fn one_of_each(works: Vec<Work>) -> (Vec<Work>, Vec<Work>) {
    let mut seen: HashSet<String> = HashSet::new();
    works
        .into_iter()
        .partition(|work| match &work.queued.lead.email_key {
            Some(email) => seen.insert(email.clone()),
            None => true,
        })
}

fn company_key(work: &Work) -> Option<String> {
    if work.company.is_empty() {
        return None;
    }
    let lead = &work.queued.lead;
    let domain = lead
        .company_domain()
        .map(|(domain, _)| format!("d:{domain}"));
    domain.or_else(|| {
        lead.field("companyName")
            .and_then(company::name_key)
            .map(|name| format!("n:{name}"))
    })
}

/// The companies a wave needs, each once; leads come oldest first, so the newest word on a field wins.
fn demands(wave: &[Work]) -> BTreeMap<String, Demand> {
    let mut demands = BTreeMap::new();
    for work in wave.iter().filter(|work| !work.closed) {
        let Some(key) = company_key(work) else {
            continue;
        };
        let lead = &work.queued.lead;
        let demand = Demand {
            key,
            name: lead.field("companyName").map(str::to_owned),
            domain: lead.company_domain().map(|(domain, _)| domain),
            domain_told: lead.company_domain().is_some_and(|(_, told)| told),
            mapped: work.company.clone(),
        };
        merge_demand(&mut demands, demand);
    }
    demands
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
