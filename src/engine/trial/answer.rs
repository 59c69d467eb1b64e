//! What answers to a create mean for a trial.

use super::fixes::By;
use super::make::{Draft, names};
use super::{Going, Tried};
use crate::domain::failure::Failure;
use crate::domain::lead::Role;
use crate::engine::decide::FieldPlan;
use crate::engine::set_up::ObjectFields;
use crate::vendors::{CallError, CallErrorKind, Find, Guilty, KeyKind, Verdict};

/// Whether a record is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Over, one way or the other.
    Over,
    /// Again, with what is left of it.
    Again,
}

impl Going<'_, '_> {
    /// What an answer comes to.
    pub(super) async fn take(
        &mut self,
        tried: &mut Tried,
        draft: &mut Draft<'_>,
        plan: &FieldPlan,
        verdict: Option<Verdict>,
    ) -> Step {
        match verdict {
            Some(Verdict::Done { id, .. }) => {
                self.made(tried, draft, plan, id);
                Step::Over
            }
            Some(Verdict::Refused(failure)) => self.take_refusal(tried, draft, &failure),
            Some(Verdict::LinkGone) => self.go_alone(tried, draft, "its company is not there"),
            Some(Verdict::Exists { id }) => {
                let message =
                    format!("the vendor takes it for the record {id}, which is left alone");
                tried.problem(message, None);
                Step::Over
            }
            Some(Verdict::Overwrote { id }) => {
                let message = format!(
                    "the vendor changed the record {id} instead of making one: look at it there"
                );
                tried.problem(message, None);
                Step::Over
            }
            Some(Verdict::Later(_)) => {
                let message = "the vendor has it locked just now: try again in a while";
                tried.problem(message, None);
                Step::Over
            }
            Some(Verdict::Taken | Verdict::Silent | Verdict::Gone) | None => {
                let why = "the vendor's answer does not tell whether the record was made";
                self.look_for(tried, draft, plan, why).await;
                Step::Over
            }
        }
    }

    fn take_refusal(
        &mut self,
        tried: &mut Tried,
        draft: &mut Draft<'_>,
        failure: &Failure,
    ) -> Step {
        if self.trial.vendor.leaves_companies(failure) && self.is_company(tried.object) {
            let note = format!("none is made, and persons go without: {}", failure.message);
            tried.notes.push(note);
            tried.left_out = true;
            return Step::Over;
        }
        let joins = draft.joins
            && draft
                .under
                .as_ref()
                .is_some_and(|(field, _)| names(failure, field));
        if joins {
            return self.go_alone(tried, draft, &failure.message);
        }
        let blamed = draft
            .values
            .iter()
            .position(|value| names(failure, &value.remote));
        match blamed {
            Some(at) => {
                let value = draft.values.remove(at);
                tried
                    .fields
                    .push(self.refused(tried.object, &value, (failure, By::Vendor)));
                Step::Again
            }
            None => {
                let fix = self.fix(tried.object, failure, By::Vendor);
                tried.problem(failure.message.clone(), fix);
                Step::Over
            }
        }
    }

    /// Goes on without the company.
    fn go_alone(&mut self, tried: &mut Tried, draft: &mut Draft<'_>, why: &str) -> Step {
        if !draft.joins && draft.links.is_empty() {
            tried.problem(why, None);
            return Step::Over;
        }
        draft.joins = false;
        draft.under = None;
        draft.links.clear();
        tried
            .notes
            .push(format!("tried without its company: {why}"));
        Step::Again
    }

    /// A whole call failed: the verdict it comes to for this record, or none where it is over.
    pub(super) async fn of_error(
        &mut self,
        tried: &mut Tried,
        plan: &FieldPlan,
        error: CallError,
    ) -> Option<Verdict> {
        let refusal = match &error.kind {
            CallErrorKind::Refused { failure, guilty } => Some(blamed(failure, guilty, plan)),
            CallErrorKind::NotAllowed(failure) => Some(failure.clone()),
            CallErrorKind::OutcomeUnknown { .. } => {
                self.stop(&error);
                tried.notes.push(error.to_string());
                return Some(Verdict::Silent);
            }
            _ => None,
        };
        if refusal.is_some() {
            return refusal.map(Verdict::Refused);
        }
        self.stop(&error);
        tried.problem(error.to_string(), None);
        None
    }

    /// Nobody knows whether it was made: looked for once by what it is known by, else told so.
    async fn look_for(
        &mut self,
        tried: &mut Tried,
        draft: &Draft<'_>,
        plan: &FieldPlan,
        why: &str,
    ) {
        for (by, key) in self.keys(draft.described) {
            let find = Find {
                object: tried.object,
                by,
                keys: vec![key],
                fields: Vec::new(),
                created_after: None,
            };
            let Ok(answer) = self.trial.vendor.find(&find).await else {
                continue;
            };
            let mut records = answer.found.into_iter().flat_map(|found| found.records);
            if let Some(record) = records.next() {
                // Found after all: nothing is lost, and the trial goes on.
                self.stopped = None;
                self.made(tried, draft, plan, record.id);
                return;
            }
        }
        tried.in_doubt = true;
        let keys = self.keys(draft.described);
        let known_by = keys.first().map_or("", |(_, key)| key.as_str());
        tried.problem(
            format!("{why}: look for {known_by} there, and remove it"),
            None,
        );
    }

    /// What the lead's record of an object is found by.
    fn keys(&self, described: &ObjectFields) -> Vec<(KeyKind, String)> {
        let info = described.info;
        let key = |by: KeyKind| match (by, info.role) {
            (KeyKind::Email, Role::Persona) => self.lead.email_key.clone(),
            (KeyKind::Domain, Role::Company) => {
                self.lead.company_domain().map(|(domain, _)| domain)
            }
            (KeyKind::Name, Role::Company) => self.lead.field("companyName").map(str::to_owned),
            _ => None,
        };
        let lookups = info.lookups.iter();
        lookups
            .filter_map(|lookup| Some((lookup.by, key(lookup.by)?)))
            .collect()
    }
}

/// The refusal of a request that held one record: of the field it blames.
fn blamed(failure: &Failure, guilty: &[Guilty], plan: &FieldPlan) -> Failure {
    let holder = |value: &str| {
        let mut sent = plan.values.iter();
        let holds = sent.find(|(_, sent)| sent.as_str() == Some(value));
        holds.map(|(name, _)| name.clone())
    };
    let named = guilty.iter().find_map(|guilty| match guilty {
        Guilty::Field { field, failure } => Some((field.clone(), failure)),
        Guilty::Value {
            field,
            value,
            failure,
        } => Some((field.clone().or_else(|| holder(value))?, failure)),
        Guilty::Trace(_) => None,
    });
    match named {
        Some((field, failure)) => failure.clone().on_field(field),
        None => failure.clone(),
    }
}
