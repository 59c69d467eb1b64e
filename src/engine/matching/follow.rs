//! Records that another stands for now: a lead converted to a contact, a contact merged into another.
//!
//! Such a record is never written (product.md 9: no new lead is made for an existing customer). The one in its stead is
//! read by id; where that is gone, the next converted hit is tried, and then the next step of the plan.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::ask::{Answered, find_all};
use super::{PersonFound, PersonQuery, end_at, unanswered};
use crate::engine::session::Session;
use crate::vendors::{KeyKind, RemoteId, RemoteRecord};

/// A merge of a merge of a merge; more is a circle.
const HOPS: usize = 3;

/// A person known only by converted records.
pub(super) struct Converted {
    query: PersonQuery,
    by: KeyKind,
    /// Further converted records of the same key.
    further: VecDeque<RemoteRecord>,
    from: (&'static str, RemoteId),
    target: (&'static str, RemoteId),
    hops: usize,
}

impl Converted {
    /// `None`: none of the records is converted.
    pub(super) fn new(query: PersonQuery, by: KeyKind, records: Vec<RemoteRecord>) -> Option<Self> {
        let mut further: VecDeque<RemoteRecord> = records
            .into_iter()
            .filter(|record| record.instead.is_some())
            .collect();
        let first = further.pop_front()?;
        let target = first.instead?;
        Some(Self {
            query,
            by,
            further,
            from: (first.object, first.id),
            target,
            hops: 0,
        })
    }

    /// The same with the next converted record of the key.
    fn next(self) -> Result<Self, PersonQuery> {
        let query = self.query.clone();
        Self::new(self.query, self.by, self.further.into()).ok_or(query)
    }
}

/// Reads the records in their stead; `None`: all of them are gone.
pub(super) async fn follow(
    session: &Session,
    converted: Vec<Converted>,
) -> Vec<(PersonQuery, Option<PersonFound>)> {
    let mut ended = Vec::with_capacity(converted.len());
    let mut open = converted;
    while !open.is_empty() {
        let answers = read(session, &open).await;
        let mut again = Vec::new();
        for case in open {
            let (object, id) = case.target.clone();
            let (records, call) = match answers.get(object).and_then(|answers| answers.get(&id)) {
                Some(Ok((records, call))) => (records, call),
                Some(Err(end)) => {
                    ended.push((case.query, Some(end.clone())));
                    continue;
                }
                None => {
                    ended.push((case.query, Some(unanswered(object, KeyKind::Id))));
                    continue;
                }
            };
            let record = records.first().filter(|record| {
                record.instead.is_some() || !case.query.is_gone(record.object, &record.id)
            });
            match record {
                Some(record) if record.instead.is_none() => {
                    let from = Some(case.from);
                    let end = end_at(
                        session,
                        record.clone(),
                        case.by,
                        from,
                        std::sync::Arc::clone(call),
                    );
                    ended.push((case.query, Some(end)));
                }
                Some(RemoteRecord {
                    instead: Some(next),
                    ..
                }) if case.hops < HOPS => again.push(Converted {
                    target: next.clone(),
                    hops: case.hops + 1,
                    ..case
                }),
                _ => match case.next() {
                    Ok(next) => again.push(next),
                    Err(query) => ended.push((query, None)),
                },
            }
        }
        open = again;
    }
    ended
}

async fn read(
    session: &Session,
    cases: &[Converted],
) -> HashMap<&'static str, HashMap<String, Answered>> {
    let mut wanted: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for case in cases {
        let (object, id) = &case.target;
        wanted.entry(object).or_default().push(id.clone());
    }
    let mut answers = HashMap::new();
    for (object, mut ids) in wanted {
        ids.sort_unstable();
        ids.dedup();
        answers.insert(
            object,
            find_all(session, object, KeyKind::Id, ids, None).await,
        );
    }
    answers
}
