//! Which of the records that one key found is the person.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{PersonFound, PersonQuery, end_at};
use crate::domain::email;
use crate::engine::session::{Session, Settle};
use crate::vendors::{CallTrace, KeyKind, RemoteRecord, Step};

/// Clocks of two machines differ by less than this.
pub(in crate::engine) const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// What a step's records come to.
pub(super) enum Choice {
    /// The person, or a reason to look no further.
    End(PersonFound),
    /// Only records that others stand for now, the oldest first.
    Converted(Vec<RemoteRecord>),
    /// Nobody: the next step.
    Nobody,
}

/// Picks among the records one key found: the oldest, and one that another stands for only where there is no other.
pub(super) fn choose(
    session: &Session,
    query: &PersonQuery,
    step: Step,
    records: Vec<RemoteRecord>,
    call: Arc<CallTrace>,
) -> Choice {
    // A record that would not be written since it was converted is gone for us, and the way to the other one still.
    let mut fitting: Vec<RemoteRecord> = records
        .into_iter()
        .filter(|record| record.instead.is_some() || !query.is_gone(record.object, &record.id))
        .collect();
    let their_email = |record: &RemoteRecord| {
        record
            .values
            .get(session.plan.identity.email)
            .and_then(|value| value.as_str())
            .and_then(email::key)
    };
    match step.by {
        // A hint names neither object nor account for certain: it counts only where the address agrees or is empty.
        KeyKind::Id if query.is_hint_in(step.object) => {
            fitting.retain(|record| {
                their_email(record).is_none_or(|theirs| query.email.as_ref() == Some(&theirs))
            });
        }
        KeyKind::ExternalId => {
            let stranger = fitting.iter().any(|record| {
                query.email.is_some()
                    && their_email(record)
                        .is_some_and(|theirs| query.email.as_ref() != Some(&theirs))
            });
            if stranger {
                return Choice::End(PersonFound::Ambiguous {
                    candidates: fitting.into_iter().map(|record| record.id).collect(),
                    message: "the record that holds our unique value has another e-mail address"
                        .to_owned(),
                });
            }
        }
        _ => {}
    }
    // Somebody decided against what was there: only what the lost create may have made is the person.
    if session.settle == Some(Settle::Create)
        && let Some(doubt) = query.doubt
    {
        fitting.retain(|record| made_since(record, doubt.lost.sent));
    }
    let (converted, mut fitting): (Vec<_>, Vec<_>) = fitting
        .into_iter()
        .partition(|record| record.instead.is_some());
    if fitting.is_empty() {
        return match converted.is_empty() {
            true => Choice::Nobody,
            false => Choice::Converted(converted),
        };
    }
    let more = fitting.len() - 1;
    let record = fitting.swap_remove(0);
    let lost = query
        .doubt
        .is_some_and(|doubt| doubt.object == record.object && made_since(&record, doubt.lost.sent));
    let mut end = end_at(session, record, step.by, None, call);
    if let PersonFound::Record {
        others,
        lost_create,
        ..
    } = &mut end
    {
        *others = more;
        *lost_create = lost;
    }
    Choice::End(end)
}

/// Whether a record may be what a create sent then has made.
pub(super) fn made_since(record: &RemoteRecord, sent: Timestamp) -> bool {
    record
        .created
        .is_some_and(|created| created >= sent.checked_sub(CLOCK_SKEW).unwrap_or(sent))
}
