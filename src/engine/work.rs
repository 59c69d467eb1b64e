//! One lead on its way through a run.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::companies::CompanyEnd;
use super::session::Session;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::LeadId;
use crate::domain::mapping::Outgoing;
use crate::domain::run::{AttemptResult, LoggedRequest, LoggedResponse, PhaseAction, PhaseEntry};
use crate::store::{AttemptEnd, Commit, LeadOutcome, QueuedLead, RemoteLink};
use crate::vendors::{CallTrace, RowAnswer};

/// A claimed lead with what it shall send, and what became of it so far.
pub(super) struct Work {
    pub(super) queued: QueuedLead,
    pub(super) started: Timestamp,
    pub(super) person: Vec<Outgoing>,
    pub(super) company: Vec<Outgoing>,
    pub(super) hash: Vec<u8>,
    pub(super) phases: Vec<PhaseEntry>,
    pub(super) company_end: Option<Arc<CompanyEnd>>,
    /// The person's record, once it is known to be there.
    pub(super) record: Option<String>,
    pub(super) created: bool,
    pub(super) changed: bool,
    /// The stored id turned out to be gone.
    pub(super) stored_gone: bool,
    /// The company joined in the same request.
    pub(super) linked: bool,
    pub(super) closed: bool,
}

impl Work {
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

    /// Adds the company's step to the log once.
    pub(super) fn log_company(&mut self) {
        let entry = match self.company_end.as_deref() {
            Some(CompanyEnd::Ready { entry, .. } | CompanyEnd::Failed { entry, .. }) => {
                entry.clone()
            }
            _ => return,
        };
        if !self.phases.iter().any(|phase| phase.name == entry.name) {
            self.phases.push(entry);
        }
    }

    /// Ends the attempt with success, unless the company could not be written: then the person has landed, and the lead is
    /// Failed for the company.
    pub(super) fn finish(&mut self, session: &Session, commit: &mut Commit) {
        self.log_company();
        if let Some(CompanyEnd::Failed { failure, phase, .. }) = self.company_end.clone().as_deref()
        {
            self.fail(session, commit, *phase, failure.clone());
            return;
        }
        let wrote_company = matches!(
            self.company_end.as_deref(),
            Some(CompanyEnd::Ready { wrote: true, .. })
        );
        let result = match () {
            () if self.created => AttemptResult::Created,
            () if self.changed || wrote_company => AttemptResult::Updated,
            () => AttemptResult::Unchanged,
        };
        session.count(|tally| tally.clear(result));
        self.close(
            commit,
            AttemptEnd::Cleared {
                result,
                payload_hash: self.hash.clone(),
            },
        );
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
        let known = !self.stored_gone && self.known(session.plan.create_person).is_some();
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

    /// Ends without an attempt: what would be sent is what was last written there.
    pub(super) fn nothing_to_do(&mut self, session: &Session, commit: &mut Commit) {
        session.count(|tally| tally.nothing_to_do += 1);
        self.close(commit, AttemptEnd::NothingToDo);
    }

    fn close(&mut self, commit: &mut Commit, end: AttemptEnd) {
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
    PhaseEntry {
        name,
        action: Some(PhaseAction::Skip),
        remote_id: Some(record.id.clone()),
        request: Some(LoggedRequest {
            method: call.method.clone(),
            url: call.url.clone(),
            body: Value::Null,
        }),
        response: Some(LoggedResponse {
            status: call.status,
            body: json!({ "id": record.id, "values": record.values }),
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
            person: Vec::new(),
            company: Vec::new(),
            hash: Vec::new(),
            phases: Vec::new(),
            company_end: None,
            record: None,
            created: false,
            changed: false,
            stored_gone: false,
            linked: false,
            closed: false,
        }
    }
}
