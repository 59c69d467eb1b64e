//! An undo of an undo: records that were removed are made anew, under ids of their own.
//!
//! A create is never repeated blindly: whoever is there by the record's address or name already is adopted where one of our own
//! requests may have made it, and left alone otherwise.

mod look_up;
mod prepare;

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::plan::Remake;
use super::Carrying;
use super::carried::Kept;
use super::put_back::not_written;
use crate::domain::failure::Phase;
use crate::domain::lead::Role;
use crate::domain::run::{PhaseAction, PhaseEntry, StopReason};
use crate::engine::send::{self, BatchDone, RowEnd, Sendable, Target};
use crate::engine::work::written;
use crate::store::{ChangeKind, LostCreate, StoreError, Subject};
use crate::vendors::{Batching, Change, KeyKind, Row, RowAnswer, Values, Verdict};

/// One record with what it is looked up by.
struct Case {
    step: Remake,
    values: Values,
    subject: Subject,
    key: Option<(KeyKind, String)>,
    lost: Option<LostCreate>,
    links: Vec<(&'static str, String)>,
}

impl Case {
    /// What is sent, as it is remembered.
    fn image(&self) -> Value {
        let values = self.values.iter();
        let image: Map<String, Value> = values
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        image.into()
    }

    fn phase(&self) -> Phase {
        match self.step.info.role {
            Role::Company => Phase::Company,
            Role::Persona => Phase::Person,
        }
    }
}

impl Carrying<'_> {
    /// Makes records again, all of them persons or all of them companies.
    pub(super) async fn remake(&mut self, steps: Vec<Remake>) -> Result<(), StoreError> {
        let mut objects: HashMap<&'static str, Vec<Remake>> = HashMap::new();
        for step in steps {
            objects.entry(step.info.key).or_default().push(step);
        }
        for (object, steps) in objects {
            if self.session.stopped() {
                return Ok(());
            }
            let cases = self.prepare(object, steps).await?;
            let cases = self.look_up(object, cases).await?;
            self.create(object, cases).await?;
        }
        Ok(())
    }

    async fn create(&mut self, object: &'static str, cases: Vec<Case>) -> Result<(), StoreError> {
        let Some(batching) = cases.first().and_then(|case| case.step.info.create) else {
            return Ok(());
        };
        let target = Target {
            phase: cases[0].phase(),
            object,
            batching: Batching {
                bulk: None,
                ..batching
            },
        };
        let session = self.session;
        let rows = cases.iter().enumerate().map(|(index, case)| {
            let row = Row {
                trace: format!("r{}-{index}", session.frame.run),
                change: Change::Create {
                    values: case.values.clone(),
                },
                links: case.links.clone(),
                despite_duplicates: false,
            };
            Sendable {
                index,
                parent: send::parent_of(Some(batching), &row, None),
                row,
                subject: case.subject.clone(),
            }
        });
        send::each(send::send(session, target, rows.collect()), async |batch| {
            self.take_created(target, &cases, batch).await
        })
        .await
    }

    async fn take_created(
        &mut self,
        target: Target,
        cases: &[Case],
        batch: BatchDone,
    ) -> Result<(), StoreError> {
        let object = target.object;
        let mut kept = Kept::of(batch.answered);
        let count = batch.rows.len();
        for (row, end, call) in batch.rows {
            let case = &cases[row.index];
            let change = &case.step.item.change;
            match end {
                RowEnd::Answered(answer) => match made_as(case, &answer) {
                    Some(id) => {
                        let (create, place) = (PhaseAction::Create, Some(id.clone()));
                        let call = call.as_deref();
                        let entry = PhaseEntry {
                            note: Some(format!("made again; it was {}", change.remote_id)),
                            ..written(target.phase, create, object, place, &answer, call, true)
                        };
                        self.made(object, case, &id, &entry, &mut kept);
                    }
                    None => self.not_made(object, case, answer, &mut kept),
                },
                RowEnd::Lost(lost) => {
                    let doubt = (object.to_owned(), case.subject.clone(), lost);
                    kept.commit.doubts.push(doubt);
                    let why = "an answer was lost; the same undo again looks up what it made";
                    self.session.stop(StopReason::Outage, None, why.to_owned());
                    self.stays(change, "its answer was lost");
                }
                end => self.stays(change, not_written(&end, object)),
            }
        }
        self.keep(kept, count).await
    }

    fn not_made(&mut self, object: &'static str, case: &Case, answer: RowAnswer, kept: &mut Kept) {
        let why = match &answer.verdict {
            // Made by somebody after we had looked.
            Verdict::Overwrote { id } => {
                kept.changed(ChangeKind::Updated, object, id, None, case.image());
                format!(
                    "{id} came to be there meanwhile and was written over; what it held before is not known"
                )
            }
            Verdict::Silent | Verdict::Taken => {
                let lost = LostCreate::sent(self.session.clock.now());
                let doubt = (object.to_owned(), case.subject.clone(), lost);
                kept.commit.doubts.push(doubt);
                not_written(&RowEnd::Answered(answer), object)
            }
            _ => not_written(&RowEnd::Answered(answer), object),
        };
        self.stays(&case.step.item.change, why);
    }

    /// A record is there again: everything known of the old one is the new one's.
    fn made(
        &mut self,
        object: &'static str,
        case: &Case,
        id: &str,
        entry: &PhaseEntry,
        kept: &mut Kept,
    ) {
        let old = case.step.item.change.remote_id.clone();
        self.carried.made_again += 1;
        self.carried.remade.insert(object, &old, id);
        kept.done(&mut self.carried, &case.step.item, entry);
        let remade = (object.to_owned(), old, id.to_owned());
        kept.undo.remade.push(remade);
        let settled = (object.to_owned(), case.subject.clone());
        kept.commit.settled.push(settled);
        kept.changed(ChangeKind::Created, object, id, None, case.image());
    }
}

/// The id of a record that was made, or came out of the vendor's bin as the very record.
fn made_as(case: &Case, answer: &RowAnswer) -> Option<String> {
    match &answer.verdict {
        Verdict::Done { id, .. } => Some(id.clone()),
        Verdict::Overwrote { id } if *id == case.step.item.change.remote_id => Some(id.clone()),
        _ => None,
    }
}
