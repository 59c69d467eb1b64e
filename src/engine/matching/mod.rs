//! Finding the record of a person: the vendor's order of steps, a few keys a call.
//!
//! A step names one of the vendor's objects. An id is asked only in the object it is stored for; who is found leaves the
//! line and is written in the object the record is of. A record that stands for another now (a converted lead) is never
//! the end: the other one is read, and if that is gone too, the next step is asked.

mod ask;
mod choose;
mod follow;
mod lost;

use std::sync::Arc;

use jiff::Timestamp;

use super::session::Session;
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::ids::LeadId;
use crate::domain::lead::Role;
use crate::store::LostCreate;
use crate::vendors::{CallTrace, KeyKind, RemoteId, RemoteRecord, Step};
use ask::ask;
pub(super) use ask::find_all;
pub(super) use choose::CLOCK_SKEW;
use choose::{Choice, choose};
use follow::{Converted, follow};

/// What is known of a person before asking.
#[derive(Debug, Clone, Default)]
pub(super) struct PersonQuery {
    /// The caller's own index.
    pub(super) index: usize,
    /// The lead.
    pub(super) lead: Option<LeadId>,
    /// The records it had, by object.
    pub(super) stored: Vec<(String, RemoteId)>,
    /// A record that was named for it, by a person or by the vendor: it may be of any person object.
    pub(super) named: Option<RemoteId>,
    /// Whether a person named it: then objects that the plan does not write are asked too.
    pub(super) adopting: bool,
    /// An id from the source, to be believed only where the address agrees; it names no object.
    pub(super) hint: Option<RemoteId>,
    /// Our value of the unique field.
    pub(super) external: Option<String>,
    /// The address in key form.
    pub(super) email: Option<String>,
    /// `First|Last`, for a create whose answer was lost.
    pub(super) name: Option<String>,
    /// A create whose answer never came.
    pub(super) doubt: Option<Doubt>,
    /// Records already known to be gone.
    pub(super) gone: Vec<(&'static str, RemoteId)>,
}

/// A create whose answer never came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Doubt {
    /// What was to be made.
    pub(super) object: &'static str,
    /// When it was sent, and how long it may still be done.
    pub(super) lost: LostCreate,
}

impl Doubt {
    /// The same after another loss: the first may have made it, the last may still.
    pub(super) fn and_again(self, lost: LostCreate) -> Self {
        let open_until = self.lost.open_until.max(lost.open_until);
        Self {
            lost: LostCreate {
                open_until,
                ..self.lost
            },
            ..self
        }
    }
}

impl PersonQuery {
    fn stored_in(&self, object: &str) -> Option<&RemoteId> {
        let mut stored = self.stored.iter();
        stored.find(|(of, _)| of == object).map(|(_, id)| id)
    }

    fn is_gone(&self, object: &str, id: &str) -> bool {
        self.gone
            .iter()
            .any(|(of, gone)| *of == object && gone == id)
    }

    /// Whether an id asked in this object is but a hint.
    fn is_hint_in(&self, object: &str) -> bool {
        self.named.is_none() && self.stored_in(object).is_none()
    }

    fn key(&self, step: Step) -> Option<&RemoteId> {
        match step.by {
            KeyKind::Id => self
                .named
                .as_ref()
                .or_else(|| self.stored_in(step.object))
                .or(self.hint.as_ref())
                .filter(|id| !self.is_gone(step.object, id)),
            KeyKind::ExternalId => self.external.as_ref(),
            KeyKind::Email => self.email.as_ref(),
            KeyKind::Domain | KeyKind::Name => None,
        }
    }
}

/// What was found.
#[derive(Debug, Clone)]
pub(super) enum PersonFound {
    /// The record to update.
    Record {
        record: Box<RemoteRecord>,
        by: KeyKind,
        others: usize,
        lost_create: bool,
        /// The record it stands for now (a converted lead).
        instead_of: Option<(&'static str, RemoteId)>,
        call: Arc<CallTrace>,
    },
    /// There, but of an object that this connection does not write.
    Elsewhere {
        record: Box<RemoteRecord>,
        by: KeyKind,
        instead_of: Option<(&'static str, RemoteId)>,
        call: Arc<CallTrace>,
    },
    /// Surely none.
    None,
    /// Several fit.
    Ambiguous {
        candidates: Vec<RemoteId>,
        message: String,
    },
    /// Whether there is one cannot be known before then.
    NotBefore(Timestamp),
    /// The call that asked was refused.
    Refused {
        object: &'static str,
        failure: Failure,
        call: Option<Arc<CallTrace>>,
    },
    /// The call that asked failed.
    Nobodys {
        object: &'static str,
        category: Category,
        message: String,
        call: Option<Arc<CallTrace>>,
    },
}

/// Who was found, by the caller's index.
#[derive(Default)]
pub(super) struct Search {
    pub(super) found: Vec<(usize, PersonFound)>,
    /// Stored ids that lead nowhere: the caller's index, the object, the id.
    pub(super) stale: Vec<(usize, &'static str, RemoteId)>,
}

impl Search {
    fn nobody(&mut self, query: &PersonQuery, step: Step) {
        let stored = query.stored_in(step.object);
        if let Some(id) = stored.filter(|_| step.by == KeyKind::Id && query.named.is_none()) {
            self.stale.push((query.index, step.object, id.clone()));
        }
    }
}

/// Looks everybody up, step by step; whoever is found leaves the line.
pub(super) async fn find_persons(session: &Session, queries: Vec<PersonQuery>) -> Search {
    let mut open = queries;
    let mut search = Search::default();
    let steps = session.plan.person.iter().map(|step| (*step, false));
    let elsewhere = objects_elsewhere(session).map(|step| (step, true));
    for (step, for_adopting) in steps.chain(elsewhere) {
        if open.is_empty() {
            break;
        }
        let (asking, rest): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|query| (query.adopting || !for_adopting) && query.key(step).is_some());
        open = rest;
        let mut converted = Vec::new();
        for (query, answer) in ask(session, step, asking).await {
            match answer {
                Ok((records, call)) => match choose(session, &query, step, records, call) {
                    Choice::End(end) => search.found.push((query.index, end)),
                    Choice::Converted(records) => {
                        converted.extend(Converted::new(query, step.by, records));
                    }
                    Choice::Nobody => {
                        search.nobody(&query, step);
                        open.push(query);
                    }
                },
                Err(end) => search.found.push((query.index, end)),
            }
        }
        for (query, end) in follow(session, converted).await {
            match end {
                Some(end) => search.found.push((query.index, end)),
                None => {
                    search.nobody(&query, step);
                    open.push(query);
                }
            }
        }
    }
    let (doubtful, absent): (Vec<_>, Vec<_>) = open
        .into_iter()
        .partition(|query| query.doubt.is_some() && query.email.is_none());
    let now = session.clock.now();
    search.found.extend(absent.into_iter().map(|query| {
        // Found is found; not found means nothing while the vendor may still be at it.
        let open = query.doubt.map(|doubt| doubt.lost.open_until);
        let found = match open.filter(|until| now < *until) {
            Some(until) => PersonFound::NotBefore(until),
            None => PersonFound::None,
        };
        (query.index, found)
    }));
    search.found.extend(lost::find(session, doubtful).await);
    search
}

/// Person objects of the vendor that no step asks by id: a person may adopt a record there all the same.
fn objects_elsewhere(session: &Session) -> impl Iterator<Item = Step> + '_ {
    let steps = &session.plan.person;
    let objects = session.vendor.info().objects.iter();
    objects
        .filter(|object| {
            object.role == Role::Persona
                && object.lookups.iter().any(|lookup| lookup.by == KeyKind::Id)
        })
        .map(|object| Step {
            object: object.key,
            by: KeyKind::Id,
        })
        .filter(move |step| !steps.contains(step))
}

/// A record that was found, by whether this connection writes its kind.
fn end_at(
    session: &Session,
    record: RemoteRecord,
    by: KeyKind,
    instead_of: Option<(&'static str, RemoteId)>,
    call: Arc<CallTrace>,
) -> PersonFound {
    let record = Box::new(record);
    if session.writes(record.object) {
        PersonFound::Record {
            record,
            by,
            others: 0,
            lost_create: false,
            instead_of,
            call,
        }
    } else {
        PersonFound::Elsewhere {
            record,
            by,
            instead_of,
            call,
        }
    }
}

fn unanswered(object: &'static str, by: KeyKind) -> PersonFound {
    PersonFound::Refused {
        object,
        failure: Failure::new(
            Category::Unexpected,
            format!("the vendor's answer to a search by {by:?} left this lead out"),
        ),
        call: None,
    }
}
