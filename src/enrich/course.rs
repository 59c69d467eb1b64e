//! One provider in the course of a run: what it answered, and when it is left alone.

use std::collections::HashMap;

use jiff::Timestamp;

use super::asked::{self, Who};
use super::check::{Checked, check};
use super::provider::{Answer, ProviderError, Question};
use super::report::ProviderReport;
use crate::domain::ids::LeadId;
use crate::store::enrichments::{Answered, StepOutcome};

/// Failed batches in a row after which a provider is left alone for the run.
const FAILURES: u32 = 5;

/// A provider within a run.
#[derive(Debug, Default)]
pub(super) struct Course {
    pub(super) report: ProviderReport,
    pub(super) failures: u32,
    /// Stopped because it is not available: leads may wait for it.
    pub(super) away: Option<Option<Timestamp>>,
}

impl Course {
    /// Notes that a batch brought no answers, and whether there is any use in another.
    pub(super) fn failed(&mut self, error: &ProviderError, leads: usize) {
        self.report.skipped += leads as u64;
        match error {
            ProviderError::Unavailable { until, .. } | ProviderError::Limit { until } => {
                self.away = Some(*until);
            }
            ProviderError::Budget(_) | ProviderError::SignIn(_) => {}
            ProviderError::Other(why) => {
                self.failures += 1;
                self.report.note(why.clone(), leads);
                if self.failures < FAILURES {
                    return;
                }
            }
        }
        self.report.sign_in_refused |= matches!(error, ProviderError::SignIn(_));
        self.report.stopped.get_or_insert_with(|| error.to_string());
    }
}

/// Holds the answers of a batch against its questions.
pub(super) fn judge(
    batch: &[Question],
    answers: &[Answer],
    who: &HashMap<LeadId, Who>,
    report: &mut ProviderReport,
) -> Vec<Answered> {
    let mut answered = Vec::with_capacity(batch.len());
    for (question, answer) in batch.iter().zip(answers) {
        let checked = match answer {
            Answer::Found(found) => check(question, found),
            Answer::Unknown => Checked::default(),
            Answer::Skipped { why } => {
                report.skipped += 1;
                report.note(why.clone(), 1);
                continue;
            }
        };
        for note in &checked.notes {
            report.note(note.clone(), 1);
        }
        let outcome =
            if checked.another_person || checked.fields.is_empty() && !checked.notes.is_empty() {
                report.dropped += 1;
                StepOutcome::Dropped
            } else if checked.fields.is_empty() {
                report.unknown += 1;
                StepOutcome::Unknown
            } else {
                report.found += 1;
                StepOutcome::Found
            };
        answered.push(Answered {
            lead: question.lead,
            known: asked::written(who.get(&question.lead), question, &checked),
            outcome,
            note: (!checked.notes.is_empty()).then(|| checked.notes.join("; ")),
            fields: checked.fields,
        });
    }
    answered
}
