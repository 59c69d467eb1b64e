//! What an answer's row means for ours.

use std::time::Duration;

use serde_json::Value;

use super::api::{short_id, text_of};
use super::client::Salesforce;
use super::errors::{self, Candidate, Problem};
use super::write::{ACCOUNT_ID, SINGLES};
use super::{ACCOUNT, CONTACT, TASK, object_of};
use crate::domain::category::Category;
use crate::domain::company::fold;
use crate::domain::email;
use crate::vendors::{CallError, CallErrorKind, CallTrace, Row, Verdict};

impl Salesforce {
    /// What an answer says of the object's description: it is out of date.
    pub(super) fn learn(&self, object: &'static str, category: Category) {
        if matches!(
            category,
            Category::MissingRemoteField | Category::DataValueValidation
        ) {
            self.forget(object);
        }
    }

    /// One failing trigger fails all rows of its request, and so may one limit of the org's own code: then nothing was
    /// written, and smaller requests find the rows that are to blame. Likewise rows that a duplicate rule refuses again.
    pub(super) fn refused_as_one(
        &self,
        rows: &[Row],
        results: &[Value],
        call: &CallTrace,
    ) -> Result<(), CallError> {
        if rows.len() < 2 || results.len() != rows.len() {
            return Ok(());
        }
        let Some(problems) = results
            .iter()
            .map(|result| errors::first(result).filter(|_| result["success"] != Value::Bool(true)))
            .collect::<Option<Vec<Problem>>>()
        else {
            return Ok(());
        };
        let trigger = |problem: &Problem| {
            problem.code == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" && !is_lock(problem)
        };
        let again = rows.len() > SINGLES
            && problems.iter().all(is_unnamed_duplicate)
            && rows.iter().all(|row| self.is_one_by_one(&row.trace));
        if !again && !problems.iter().all(trigger) {
            return Ok(());
        }
        Err(CallError {
            kind: CallErrorKind::Refused {
                failure: errors::failure_of(&problems[0]),
                guilty: Vec::new(),
            },
            call: Some(Box::new(call.clone())),
        })
    }

    pub(super) fn verdict(&self, object: &'static str, row: &Row, result: &Value) -> Verdict {
        let id = text_of(&result["id"]);
        if result["success"] == Value::Bool(true) {
            return if id.is_empty() {
                Verdict::Silent
            } else {
                Verdict::Done { id, stored: None }
            };
        }
        let Some(problem) = errors::first(result) else {
            return Verdict::Silent;
        };
        let verdict = self.refusal(object, row, &problem);
        if let Verdict::Refused(failure) = &verdict {
            self.learn(object, failure.category);
        }
        verdict
    }

    fn refusal(&self, object: &'static str, row: &Row, problem: &Problem) -> Verdict {
        let refused = || Verdict::Refused(errors::failure_of(problem));
        let create = row.change.is_create();
        let names_account = problem.fields.iter().any(|field| field == ACCOUNT_ID);
        match problem.code.as_str() {
            _ if is_lock(problem) => Verdict::Later(None),
            code if errors::is_passing(code) => Verdict::Later(None),
            "CANNOT_UPDATE_CONVERTED_LEAD" if !create => Verdict::Gone,
            // The person of a task: converted, merged or deleted meanwhile.
            "CANNOT_UPDATE_CONVERTED_LEAD" if object == TASK => Verdict::LinkGone,
            "ENTITY_IS_DELETED" | "NOT_FOUND" | "INVALID_CROSS_REFERENCE_KEY" | "MALFORMED_ID" => {
                let names_none = problem.fields.is_empty();
                let names_own = problem.fields.iter().any(|field| field == "Id");
                let own = names_none || names_own;
                let of_account = joins_account(object, row) && (names_none || create && names_own);
                match () {
                    () if object == TASK => Verdict::LinkGone,
                    // A row that names an account may be refused for either, and nothing says which: both are looked for
                    // anew, and the person is gone only where that does not find it.
                    () if names_account || of_account => Verdict::LinkGone,
                    () if !create && own => Verdict::Gone,
                    () => refused(),
                }
            }
            "DUPLICATE_VALUE" => self.taken_value(row, problem),
            "DUPLICATES_DETECTED" if create => self.duplicate(object, row, problem),
            _ => refused(),
        }
    }

    /// A unique field holds the value on another record: of our own external id that record is ours.
    fn taken_value(&self, row: &Row, problem: &Problem) -> Verdict {
        let mut failure = errors::failure_of(problem);
        let holder = errors::holder_of_value(problem);
        let ours = self.settings.external_id.as_deref().is_some_and(|field| {
            failure
                .field
                .as_deref()
                .is_some_and(|named| named.eq_ignore_ascii_case(field))
        });
        match holder {
            Some(id) if ours && row.change.is_create() => Verdict::Exists { id },
            holder => {
                failure.candidates = holder.into_iter().collect();
                Verdict::Refused(failure)
            }
        }
    }

    /// A duplicate rule refuses a new record.
    fn duplicate(&self, object: &'static str, row: &Row, problem: &Problem) -> Verdict {
        let Some(result) = &problem.duplicates else {
            // Asked for singly, the answer names the records; told nothing then either, it is a refusal.
            if self.is_one_by_one(&row.trace) {
                self.forget_one_by_one(&row.trace);
                return Verdict::Refused(errors::failure_of(problem));
            }
            self.remember_one_by_one(&row.trace);
            return Verdict::Later(Some(Duration::ZERO));
        };
        let found = errors::candidates(result);
        if self.option("duplicates") == "use-match"
            && let [only] = &found[..]
            && object_of(&only.sobject) == Some(object)
            && is_same(row, only)
        {
            return Verdict::Exists {
                id: only.id.clone(),
            };
        }
        Verdict::Refused(errors::failure_of(problem))
    }
}

/// Whether the record a rule found is surely whom the row means. The address decides; where one of the two has none, an exact
/// rule and the names together. A likeness is no identity, and an exact rule may have matched by anything (a phone number).
fn is_same(row: &Row, found: &Candidate) -> bool {
    let ours = |field: &str| {
        let value = row.change.values().get(field);
        value.map(text_of).unwrap_or_default()
    };
    let theirs = |field: &str| text_of(&found.record[field]);
    if let (Some(ours), Some(theirs)) = (email::key(&ours("Email")), email::key(&theirs("Email"))) {
        return ours == theirs;
    }
    let agrees = |field: &str| {
        let (ours, theirs) = (fold(ours(field).trim()), fold(theirs(field).trim()));
        !ours.is_empty() && ours == theirs
    };
    let in_account = || {
        let link = row.links.iter().find(|(object, _)| *object == ACCOUNT);
        let account = link.map_or_else(|| ours(ACCOUNT_ID), |(_, id)| id.clone());
        !account.is_empty() && short_id(&account) == short_id(&theirs(ACCOUNT_ID))
    };
    !found.fuzzy && agrees("FirstName") && agrees("LastName") && (agrees("Company") || in_account())
}

fn joins_account(object: &'static str, row: &Row) -> bool {
    object == CONTACT
        && (row.change.values().contains_key(ACCOUNT_ID)
            || row.links.iter().any(|(object, _)| *object == ACCOUNT))
}

/// Locks pass; inside a trigger they look like the trigger's own failure.
pub(super) fn is_lock(problem: &Problem) -> bool {
    problem.code == "UNABLE_TO_LOCK_ROW"
        || problem.code == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
            && problem.message.contains("UNABLE_TO_LOCK_ROW")
}

fn is_unnamed_duplicate(problem: &Problem) -> bool {
    problem.code == "DUPLICATES_DETECTED" && problem.duplicates.is_none()
}
