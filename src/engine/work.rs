//! One lead on its way through a run.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::activities;
use super::campaigns;
use super::companies::{CompanyEnd, Flaw};
use super::in_person::Joins;
use super::session::Session;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::LeadId;
use crate::domain::mapping::{Mapped, Outgoing};
use crate::domain::run::{LoggedRequest, LoggedResponse, PhaseAction, PhaseEntry};
use crate::store::{AttemptEnd, Commit, LeadOutcome, QueuedLead, RemoteLink};
use crate::vendors::{CallTrace, RowAnswer};

/// Bytes that stand for all a lead sends; its company's part follows them.
pub(super) const HASH: usize = 16;

/// A claimed lead with what it shall send, and what became of it so far.
pub(super) struct Work {
    pub(super) queued: QueuedLead,
    pub(super) started: Timestamp,
    /// What the lead sends to each person object of the plan.
    pub(super) persons: Vec<(&'static str, Mapped)>,
    pub(super) company: Vec<Outgoing>,
    pub(super) hash: Vec<u8>,
    pub(super) phases: Vec<PhaseEntry>,
    pub(super) company_end: Option<Arc<CompanyEnd>>,
    /// The person's record, once it is known to be there.
    pub(super) record: Option<Place>,
    pub(super) created: bool,
    pub(super) changed: bool,
    /// The stored id turned out to be gone.
    pub(super) stored_gone: bool,
    /// The company joined in the same request.
    pub(super) linked: bool,
    /// What becomes of the person's company field, where it has one.
    pub(super) joins: Joins,
    /// How far it is with the campaigns of its events.
    pub(super) campaigns: campaigns::Progress,
    /// How far it is with its activities.
    pub(super) activities: activities::Progress,
    pub(super) closed: bool,
}

/// A record of a person: its object and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) object: &'static str,
    pub(super) id: String,
}

impl Work {
    /// What the lead sends to one object.
    pub(super) fn mapped(&self, object: &str) -> &[Outgoing] {
        let mut persons = self.persons.iter();
        persons
            .find(|(of, _)| *of == object)
            .map_or(&[], |(_, mapped)| &mapped.values)
    }

    /// Why the lead cannot be written to one object: an answer that is not mapped there.
    pub(super) fn mapping_failure(&self, object: &str) -> Option<&Failure> {
        let mut persons = self.persons.iter();
        let (_, mapped) = persons.find(|(of, _)| *of == object)?;
        mapped.failures.first()
    }

    /// Whether the lead says of its company what it has not said before.
    pub(super) fn says_of_company(&self) -> bool {
        let before = self.queued.payload_hash.as_ref();
        before.and_then(|hash| hash.get(HASH..)) != self.hash.get(HASH..)
    }

    pub(super) fn lead(&self) -> LeadId {
        self.queued.lead.id
    }

    /// The record of an object this lead is known to have.
    pub(super) fn known(&self, object: &str) -> Option<&RemoteLink> {
        self.queued.links.iter().find(|link| link.object == object)
    }

    /// The company's record, where it is there.
    pub(super) fn company_id(&self) -> Option<&str> {
        match self.company_end.as_deref() {
            Some(CompanyEnd::Ready { id, .. }) => Some(id),
            _ => None,
        }
    }

    /// What of this lead's own words on its company was refused.
    pub(super) fn company_flaw(&self) -> Option<Flaw> {
        match self.company_end.as_deref() {
            Some(CompanyEnd::Ready { said, .. }) => said.flaws_of(&self.company).next().cloned(),
            _ => None,
        }
    }

    /// Adds the company's step to the log once.
    pub(super) fn log_company(&mut self) {
        let entry = match self.company_end.as_deref() {
            Some(
                CompanyEnd::Ready { entry, .. }
                | CompanyEnd::Failed { entry, .. }
                | CompanyEnd::LeftOut { entry },
            ) => entry.clone(),
            _ => return,
        };
        if !self.phases.iter().any(|phase| phase.name == entry.name) {
            self.phases.push(entry);
        }
    }

    /// Ends the attempt with a refusal.
    pub(super) fn fail(
        &mut self,
        session: &Session,
        commit: &mut Commit,
        phase: Phase,
        failure: Failure,
    ) {
        self.log_company();
        // A record of an earlier attempt counts: the person is there, whatever this attempt met.
        let known = !self.stored_gone
            && session
                .persons
                .iter()
                .any(|object| self.known(object).is_some());
        let landed = self.record.is_some() || known;
        let made = self.created;
        let before = self.queued.standing.category;
        session.count(|tally| tally.fail(failure.category, before, landed, made));
        self.close(
            commit,
            AttemptEnd::Failed {
                failure,
                phase,
                landed,
            },
        );
    }

    /// Ends the attempt without a verdict: the lead stands as before.
    pub(super) fn interrupt(&mut self, commit: &mut Commit, category: Category, message: String) {
        self.log_company();
        self.close(
            commit,
            AttemptEnd::Interrupted {
                category,
                message,
                not_before: None,
            },
        );
    }

    /// Ends without an attempt: the CRM's own sync has to bring the person first.
    pub(super) fn leave_to_the_crm(&mut self, session: &Session, commit: &mut Commit) {
        session.count(|tally| tally.left_to_the_crm += 1);
        self.close(commit, AttemptEnd::LeftToTheCrm);
    }

    /// Ends without an attempt: what would be sent is what was last written there.
    pub(super) fn nothing_to_do(&mut self, session: &Session, commit: &mut Commit) {
        session.count(|tally| tally.nothing_to_do += 1);
        self.close(commit, AttemptEnd::NothingToDo);
    }

    /// Ends the attempt; the first end stands.
    pub(super) fn close(&mut self, commit: &mut Commit, end: AttemptEnd) {
        if self.closed {
            return;
        }
        self.closed = true;
        commit.outcomes.push(LeadOutcome {
            lead: self.lead(),
            revision: self.queued.lead.revision,
            started: self.started,
            end,
            phases: std::mem::take(&mut self.phases),
        });
    }
}

/// A step of the log for a row that was written.
pub(super) fn written(
    name: Phase,
    action: PhaseAction,
    object: &str,
    remote_id: Option<String>,
    answer: &RowAnswer,
    call: Option<&CallTrace>,
    ok: bool,
) -> PhaseEntry {
    PhaseEntry {
        name,
        action: Some(action),
        remote_id,
        request: call.map(|call| LoggedRequest {
            method: call.method.clone(),
            url: call.url.clone(),
            body: answer.sent.clone(),
        }),
        response: call.map(|call| LoggedResponse {
            status: call.status,
            body: answer.received.clone(),
        }),
        ok,
        note: None,
        object: Some(object.to_owned()),
    }
}

/// A step of the log for a request that failed as a whole: what this row sent, and the whole answer.
pub(super) fn refused(
    name: Phase,
    action: PhaseAction,
    object: &str,
    sent: Value,
    call: Option<&CallTrace>,
) -> PhaseEntry {
    PhaseEntry {
        name,
        action: Some(action),
        remote_id: None,
        request: call.map(|call| LoggedRequest {
            method: call.method.clone(),
            url: call.url.clone(),
            body: sent,
        }),
        response: call.map(|call| LoggedResponse {
            status: call.status,
            body: call.body.clone(),
        }),
        ok: false,
        note: None,
        object: Some(object.to_owned()),
    }
}

/// A step of the log for a record that was found and left as it is.
pub(super) fn found_right(
    name: Phase,
    object: &str,
    record: &crate::vendors::RemoteRecord,
    call: &CallTrace,
    note: &str,
) -> PhaseEntry {
    let mut body = json!({ "id": record.id, "values": record.values });
    // Told by our copy: no request was made for it.
    let is_call = !call.method.is_empty();
    if let (false, Some(told)) = (is_call, call.body.as_object()) {
        body.as_object_mut()
            .into_iter()
            .for_each(|body| body.extend(told.clone()));
    }
    PhaseEntry {
        name,
        action: Some(PhaseAction::Skip),
        remote_id: Some(record.id.clone()),
        request: is_call.then(|| LoggedRequest {
            method: call.method.clone(),
            url: call.url.clone(),
            body: Value::Null,
        }),
        response: Some(LoggedResponse {
            status: call.status,
            body,
        }),
        ok: true,
        note: Some(note.to_owned()),
        object: Some(object.to_owned()),
    }
}

impl Work {
    /// A lead whose mapping was never applied.
    pub(super) fn bare(queued: QueuedLead, started: Timestamp) -> Self {
        Self {
            queued,
            started,
            persons: Vec::new(),
            company: Vec::new(),
            hash: Vec::new(),
            phases: Vec::new(),
            company_end: None,
            record: None,
            created: false,
            changed: false,
            stored_gone: false,
            linked: false,
            joins: Joins::No,
            campaigns: campaigns::Progress::default(),
            activities: activities::Progress::default(),
            closed: false,
        }
    }
}
