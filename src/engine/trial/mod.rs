//! One disposable lead through the real mapping: what the vendor makes of every field.
//!
//! The lead is nobody's and no part of the file. Its records are made as a push would make them, the company first and the
//! person in it, read back, and removed again, whatever was refused on the way. **Nothing stays unnamed**: each record is
//! in the run before the next request leaves, and out of it only once it is gone; where even the answer to a create was
//! lost, the run tells what the record is called ([`crate::domain::trial`]).
//!
//! A call that failed as a whole (limit, outage, sign-in) ends the making, never the removing.

mod answer;
mod end;
mod fixes;
mod lead;
mod make;

use std::time::Duration;

use serde_json::{Value, json};

use super::set_up::ObjectFields;
use crate::clock::Clock;
use crate::domain::event::Event;
use crate::domain::hints::HintScope;
use crate::domain::ids::{AccountId, EventId, RunId};
use crate::domain::lead::Lead;
use crate::domain::mapping::{QualifierRule, Rule};
use crate::domain::rows::Rows;
use crate::store::{ChangeKind, RecordChange, Store, StoreError};
use crate::vendors::{CallError, CallErrorKind, LinkKind, RemoteId, Values, Vendor};

pub use lead::disposable;

/// Fields the vendor may refuse one by one before the record counts as refused.
const PATIENCE: usize = 12;
/// What is locked at the vendor is asked for again after so long.
const LOCKED: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];

/// What a trial runs through.
pub struct Trial<'a> {
    /// The vendor; it has described the objects itself.
    pub vendor: &'a dyn Vendor,
    /// The mapping.
    pub rules: &'a [Rule],
    /// Targets of qualifiers.
    pub qualifiers: &'a [QualifierRule],
    /// The vendor's fields, at least of [`Trial::records`].
    pub objects: &'a [ObjectFields],
    /// The event whose own rows count.
    pub event: Option<EventId>,
    /// Every event, for the names of rows of their own.
    pub events: &'a [Event],
    /// What commands that settle something must name.
    pub scope: HintScope<'a>,
}

/// What came of a trial.
#[derive(Debug, Default)]
pub struct Trialled {
    /// Record by record, the company first.
    pub records: Vec<Tried>,
    /// Whether the person came into its company; `None`: this vendor joins nobody here.
    pub link: Option<Joined>,
    /// Mapped objects of which no record is made here.
    pub untried: Vec<Untried>,
    /// The call that ended it early.
    pub stopped: Option<CallError>,
    /// Whether somebody ended it.
    pub interrupted: bool,
}

impl Trialled {
    /// Whether every field was taken as it was sent, the person is in its company, and nothing is left behind.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.stopped.is_none()
            && !self.interrupted
            && self.link.as_ref().is_none_or(|link| link.ok)
            && self.records.iter().all(Tried::is_fine)
    }
}

/// What became of one record.
#[derive(Debug, Clone, Default)]
pub struct Tried {
    /// The vendor's object.
    pub object: &'static str,
    /// The record, where one was made.
    pub id: Option<RemoteId>,
    /// Field by field.
    pub fields: Vec<TriedField>,
    /// What kept the whole record out, or keeps it there now; empty: all is well.
    pub problems: Vec<Problem>,
    /// What is worth a line and no fault.
    pub notes: Vec<String>,
    /// Whether it is gone again.
    pub removed: bool,
    /// Whether it may be there although no answer told its id.
    pub in_doubt: bool,
    /// Whether the vendor keeps records of this kind out by itself, as it would for every lead: no fault of the mapping.
    pub left_out: bool,
}

impl Tried {
    fn of(object: &'static str) -> Self {
        Self {
            object,
            ..Self::default()
        }
    }

    /// Whether it stands at the vendor now, or may.
    #[must_use]
    pub fn stays(&self) -> bool {
        self.in_doubt || (self.id.is_some() && !self.removed)
    }

    fn is_fine(&self) -> bool {
        let went = self.removed || (self.left_out && self.id.is_none());
        went && self.problems.is_empty() && self.fields.iter().all(|field| field.end.is_fine())
    }

    fn problem(&mut self, message: impl Into<String>, fix: Option<String>) {
        self.problems.push(Problem {
            message: message.into(),
            fix,
        });
    }
}

/// What is wrong with a whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A sentence without full stop.
    pub message: String,
    /// The command that settles it.
    pub fix: Option<String>,
}

/// What became of one field.
#[derive(Debug, Clone)]
pub struct TriedField {
    /// Our field, qualifier, `constant` or `template`; the vendor's own name where it made the value of others.
    pub ours: String,
    /// The vendor's field.
    pub remote: String,
    /// What the lead had.
    pub given: String,
    /// What was sent; null: nothing.
    pub sent: Value,
    /// What the vendor holds; `None`: it could not be read.
    pub taken: Option<Value>,
    /// How it ended.
    pub end: FieldEnd,
}

/// How a field ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldEnd {
    /// The vendor holds what was sent.
    Same,
    /// The vendor made something else of it.
    Differs,
    /// Not sent, for this reason, as it would not be for any lead.
    LeftOut(String),
    /// Refused, here or there.
    Refused {
        /// Why.
        why: String,
        /// The command that settles it.
        fix: Option<String>,
    },
    /// Sent, and not read back.
    Unread,
}

impl FieldEnd {
    /// The word for it in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::LeftOut(_) => "left-out",
            Self::Refused { .. } => "refused",
            Self::Unread => "unread",
        }
    }

    fn is_fine(&self) -> bool {
        matches!(self, Self::Same | Self::LeftOut(_))
    }
}

/// The person and its company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Whether they are joined, or are not to be.
    pub ok: bool,
    /// A sentence without full stop.
    pub message: String,
}

/// A mapped object of which no record is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untried {
    /// The vendor's object.
    pub object: String,
    /// Its rows.
    pub rows: usize,
    /// Why, as a sentence.
    pub why: String,
}

/// The run that a trial is kept as: each record from the moment it is known until it is gone.
pub struct Book<'a> {
    /// The file.
    pub store: &'a mut Store,
    /// The run.
    pub run: RunId,
    /// The account.
    pub account: AccountId,
    /// Time.
    pub clock: &'a dyn Clock,
}

impl Book<'_> {
    fn made(&mut self, object: &str, id: &str, values: &Values) -> Result<(), StoreError> {
        let change = RecordChange {
            object: object.to_owned(),
            remote_id: id.to_owned(),
            kind: ChangeKind::Created,
            before: None,
            after: json!(values),
        };
        let now = self.clock.now();
        self.store
            .keep_trial_record(self.run, self.account, &change, now)
    }

    fn gone(&mut self, object: &str, id: &str) -> Result<(), StoreError> {
        self.store.drop_trial_record(self.run, object, id)
    }
}

/// A trial under way.
struct Going<'a, 'b> {
    trial: &'a Trial<'a>,
    lead: &'a Lead,
    book: &'a mut Book<'b>,
    stopped: Option<CallError>,
    /// The file failed: what was made is removed all the same, then it is told.
    broken: Option<StoreError>,
}

impl Trial<'_> {
    /// The objects a new lead makes records of here, the company first.
    #[must_use]
    pub fn records(&self) -> Vec<&'static str> {
        let plan = self.vendor.plan();
        let person = self.vendor.makes_persons().then_some(plan.create_person);
        plan.create_company
            .into_iter()
            .chain(person)
            .filter(|object| self.rows(object) > 0)
            .collect()
    }

    /// Objects of [`Trial::records`] whose records stay: the vendor's API does not remove them, or not for whoever is
    /// signed in.
    ///
    /// # Errors
    /// As every call.
    pub async fn stay(&self) -> Result<Vec<&'static str>, CallError> {
        let mut stay = Vec::new();
        for object in self.records() {
            let documented = self.vendor.undoing().object(object).is_some();
            if !documented || !self.vendor.may_remove(object).await? {
                stay.push(object);
            }
        }
        Ok(stay)
    }

    /// Makes the records, reads them back and removes them, the person first. Once `interrupted` nothing more is made.
    ///
    /// # Errors
    /// Where the file fails; what was made is removed first, as far as it can be.
    pub async fn run(
        &self,
        lead: &Lead,
        book: &mut Book<'_>,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Trialled, StoreError> {
        let mut trialled = Trialled {
            untried: self.untried(),
            ..Trialled::default()
        };
        let mut going = Going {
            trial: self,
            lead,
            book,
            stopped: None,
            broken: None,
        };
        for object in self.records() {
            trialled.interrupted |= interrupted();
            if trialled.interrupted || going.is_over() {
                let mut tried = Tried::of(object);
                tried.problem("not tried: the trial ended before its turn", None);
                trialled.records.push(tried);
                continue;
            }
            let company = trialled.records.first().cloned();
            let tried = going.make(object, company.as_ref()).await;
            trialled.records.push(tried);
        }
        for record in &mut trialled.records {
            going.read_back(record).await;
        }
        trialled.link = going.link(&mut trialled.records).await;
        for record in trialled.records.iter_mut().rev() {
            going.remove(record).await;
        }
        trialled.interrupted |= interrupted();
        trialled.stopped = going.stopped;
        going.broken.map_or(Ok(trialled), Err)
    }

    fn schema(&self, object: &str) -> Option<&ObjectFields> {
        self.objects.iter().find(|known| known.info.key == object)
    }

    fn rows_here(&self) -> Rows<'_> {
        Rows {
            rules: self.rules,
            qualifiers: self.qualifiers,
            event: self.event,
        }
    }

    /// Rows of an object that count here.
    fn rows(&self, object: &str) -> usize {
        let counts = |event: Option<EventId>| event.is_none() || event == self.event;
        let rules = self.rules.iter();
        rules
            .filter(|rule| rule.object == object && counts(rule.event))
            .count()
    }

    /// What is mapped and not tried.
    fn untried(&self) -> Vec<Untried> {
        let (plan, tried) = (self.vendor.plan(), self.records());
        let objects = self.vendor.info().objects.iter().map(|object| object.key);
        objects
            .filter(|object| !tried.contains(object))
            .filter_map(|object| {
                let rows = self.rows(object);
                let looked_for = plan.person.iter().chain(&plan.company);
                let is_written = looked_for.into_iter().any(|step| step.object == object);
                let why = match is_written {
                    true => "this connection changes those that are there and makes none",
                    false => "this connection writes none",
                };
                (rows > 0).then(|| Untried {
                    object: object.to_owned(),
                    rows,
                    why: why.to_owned(),
                })
            })
            .collect()
    }

    /// The field of a new person that holds its company.
    fn link_field(&self, object: &str) -> Option<&'static str> {
        match self.vendor.plan().link {
            LinkKind::InPerson { object: of, field } if of == object => Some(field),
            _ => None,
        }
    }
}

impl Going<'_, '_> {
    fn is_over(&self) -> bool {
        self.stopped.is_some() || self.broken.is_some()
    }

    /// Takes note of what ends the whole trial; whether this does.
    fn stop(&mut self, error: &CallError) -> bool {
        let ends = matches!(
            error.kind,
            CallErrorKind::SignIn(_)
                | CallErrorKind::SignedOut { .. }
                | CallErrorKind::Wait { .. }
                | CallErrorKind::Unavailable { .. }
                | CallErrorKind::OutcomeUnknown { .. }
        );
        if ends && self.stopped.is_none() {
            self.stopped = Some(error.clone());
        }
        ends
    }

    fn keep(&mut self, kept: Result<(), StoreError>) {
        if let Err(error) = kept {
            self.broken.get_or_insert(error);
        }
    }

    async fn pause(&self, length: Duration) {
        self.book.clock.sleep(length).await;
    }
}
