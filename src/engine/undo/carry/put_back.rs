//! Fields of records that were there before, put back to what they held.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::look::link_field;
use super::super::plan::PutBack;
use super::Carrying;
use super::carried::Kept;
use crate::domain::failure::{Failure, Phase};
use crate::domain::lead::Role;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::send::{self, BatchDone, RowEnd, Sendable, Target};
use crate::engine::verdicts::no_verdict;
use crate::engine::work::written;
use crate::store::{ChangeKind, StoreError, Subject};
use crate::vendors::{Batching, Change, Row, Verdict};

impl Carrying<'_> {
    /// Puts fields back, all of them persons' or all of them companies'.
    pub(super) async fn put_back(&mut self, steps: Vec<PutBack>) -> Result<(), StoreError> {
        let mut objects: BTreeMap<&'static str, Vec<PutBack>> = BTreeMap::new();
        for step in steps {
            objects.entry(step.info.key).or_default().push(step);
        }
        for (object, steps) in objects {
            let Some(batching) = steps[0].info.update else {
                continue;
            };
            let target = Target {
                phase: match steps[0].info.role {
                    Role::Company => Phase::Company,
                    Role::Persona => Phase::Person,
                },
                object,
                // A job may leave blanks as they are, and takes its time.
                batching: Batching {
                    bulk: None,
                    ..batching
                },
            };
            let session = self.session;
            let rows = self.rows(&steps, batching);
            send::each(send::send(session, target, rows), async |batch| {
                self.take_put_back(target, &steps, batch).await
            })
            .await?;
        }
        Ok(())
    }

    fn rows(&self, steps: &[PutBack], batching: Batching) -> Vec<Sendable> {
        let rows = steps.iter().enumerate().map(|(index, step)| {
            let id = step.item.change.remote_id.clone();
            let row = Row {
                trace: format!("u{}-{index}", self.session.frame.run),
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
        });
        rows.collect()
    }

    async fn take_put_back(
        &mut self,
        target: Target,
        steps: &[PutBack],
        batch: BatchDone,
    ) -> Result<(), StoreError> {
        let mut kept = Kept::of(batch.answered);
        let count = batch.rows.len();
        for (row, end, call) in batch.rows {
            let step = &steps[row.index];
            match end {
                RowEnd::Answered(answer) if matches!(answer.verdict, Verdict::Done { .. }) => {
                    let id = Some(step.item.change.remote_id.clone());
                    let (phase, object) = (target.phase, target.object);
                    let update = PhaseAction::Update;
                    let entry = PhaseEntry {
                        note: Some("put back to what it held before".to_owned()),
                        ..written(phase, update, object, id, &answer, call.as_deref(), true)
                    };
                    self.restored(step, &entry, &mut kept);
                }
                end => self.stays(&step.item.change, not_written(&end, target.object)),
            }
        }
        self.keep(kept, count).await
    }

    fn restored(&mut self, step: &PutBack, entry: &PhaseEntry, kept: &mut Kept) {
        let change = &step.item.change;
        let (object, id) = (step.info.key, &change.remote_id);
        for field in step.then.keys() {
            self.carried.put_back(object, field);
        }
        let field = link_field(&self.session.plan.link);
        if field.is_some_and(|field| step.then.contains_key(field)) {
            self.carried.leaving.gone(id);
        }
        if step.whole {
            kept.mark(&step.item);
        }
        kept.concerns(&mut self.carried, &step.item, entry);
        if step.info.role == Role::Company {
            kept.undo.put_back.push(id.clone());
        }
        let (now, then) = (step.now.clone(), step.then.clone());
        let (now, then) = (Value::Object(now), Value::Object(then));
        kept.changed(ChangeKind::Updated, object, id, Some(now), then);
    }
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
