//! Finding the record of a person: the vendor's order of steps, a few keys a call.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::session::{Fault, Session};
use crate::domain::category::Category;
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::domain::ids::LeadId;
use crate::vendors::{CallTrace, Find, FindAnswer, KeyKind, RemoteId, RemoteRecord, Step};

/// Clocks of two machines differ by less than this.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// What is known of a person before asking.
#[derive(Debug, Clone, Default)]
pub(super) struct PersonQuery {
    /// The caller's own index.
    pub(super) index: usize,
    /// The lead.
    pub(super) lead: Option<LeadId>,
    /// The record it had.
    pub(super) stored_id: Option<RemoteId>,
    /// An id from the source, to be believed only where the address agrees.
    pub(super) hint: Option<RemoteId>,
    /// Our value of the unique field.
    pub(super) external: Option<String>,
    /// The address in key form.
    pub(super) email: Option<String>,
    /// `First|Last`, for a create whose answer was lost.
    pub(super) name: Option<String>,
    /// When a create was sent whose answer never came.
    pub(super) doubt: Option<Timestamp>,
    /// Records already known to be gone.
    pub(super) gone: Vec<RemoteId>,
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
        failure: Failure,
        call: Option<Arc<CallTrace>>,
    },
    /// The call that asked failed.
    Nobodys {
        category: Category,
        message: String,
        call: Option<Arc<CallTrace>>,
    },
}

/// Looks everybody up, step by step; whoever is found leaves the line.
pub(super) async fn find_persons(
    session: &Session,
    queries: Vec<PersonQuery>,
) -> Vec<(usize, PersonFound)> {
    let mut open = queries;
    let mut found = Vec::with_capacity(open.len());
    for step in session.plan.person.clone() {
        if open.is_empty() {
            break;
        }
        let (asking, rest): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|query| key_of(query, step.by).is_some());
        open = rest;
        for (query, answer) in ask(session, step, asking).await {
            match answer {
                Ok((records, call)) => match choose(session, &query, step.by, records, call) {
                    Some(end) => found.push((query.index, end)),
                    None => open.push(query),
                },
                Err(end) => found.push((query.index, end)),
            }
        }
    }
    let (doubtful, absent): (Vec<_>, Vec<_>) = open
        .into_iter()
        .partition(|query| query.doubt.is_some() && query.email.is_none());
    found.extend(
        absent
            .into_iter()
            .map(|query| (query.index, PersonFound::None)),
    );
    found.extend(find_lost(session, doubtful).await);
    found
}

fn key_of(query: &PersonQuery, by: KeyKind) -> Option<&String> {
    match by {
        KeyKind::Id => query
            .stored_id
            .as_ref()
            .or(query.hint.as_ref())
            .filter(|id| !query.gone.contains(id)),
        KeyKind::ExternalId => query.external.as_ref(),
        KeyKind::Email => query.email.as_ref(),
        KeyKind::Domain | KeyKind::Name => None,
    }
}

type Answered = Result<(Vec<RemoteRecord>, Arc<CallTrace>), PersonFound>;

/// Asks one step's question for everybody who has a key, in as few calls as the vendor allows.
async fn ask(
    session: &Session,
    step: Step,
    queries: Vec<PersonQuery>,
) -> Vec<(PersonQuery, Answered)> {
    let mut seen = HashSet::new();
    let keys: Vec<String> = queries
        .iter()
        .filter_map(|query| key_of(query, step.by))
        .filter(|key| seen.insert((*key).clone()))
        .cloned()
        .collect();
    let answers = find_all(session, step.object, step.by, keys, None).await;
    queries
        .into_iter()
        .map(|query| {
            let answer = key_of(&query, step.by)
                .and_then(|key| answers.get(key).cloned())
                .unwrap_or_else(|| Err(unanswered(step.by)));
            (query, answer)
        })
        .collect()
}

fn unanswered(by: KeyKind) -> PersonFound {
    PersonFound::Refused {
        failure: Failure::new(
            Category::Unexpected,
            format!("the vendor's answer to a search by {by:?} left this lead out"),
        ),
        call: None,
    }
}

/// Asks for many keys at once, cut to the lookup's size, all cuts at the same time.
pub(super) async fn find_all(
    session: &Session,
    object: &'static str,
    by: KeyKind,
    keys: Vec<String>,
    created_after: Option<Timestamp>,
) -> HashMap<String, Answered> {
    let size = session
        .object(object)
        .and_then(|info| info.lookups.iter().find(|lookup| lookup.by == by))
        .map_or(100, |lookup| lookup.keys);
    let fields = session.fields_of(object);
    let asks = keys.chunks(size.max(1)).map(|chunk| {
        let find = Find {
            object,
            by,
            keys: chunk.to_vec(),
            fields: fields.clone(),
            created_after,
        };
        async move {
            let answer = if session.stopped() {
                None
            } else {
                Some(session.vendor.find(&find).await)
            };
            (find.keys, answer)
        }
    });
    let mut answers = HashMap::new();
    for (keys, answer) in futures_util::future::join_all(asks).await {
        match answer {
            Some(Ok(FindAnswer { found, call })) => {
                let call = Arc::new(call);
                answers.extend(
                    found
                        .into_iter()
                        .map(|found| (found.key, Ok((found.records, Arc::clone(&call))))),
                );
            }
            Some(Err(error)) => {
                let call = error.call.clone().map(|call| Arc::new(*call));
                let end = match session.fault(&error) {
                    Fault::Refused(failure) => PersonFound::Refused { failure, call },
                    Fault::Nobodys { category, message } => PersonFound::Nobodys {
                        category,
                        message,
                        call,
                    },
                };
                answers.extend(keys.into_iter().map(|key| (key, Err(end.clone()))));
            }
            None => {
                let message = "the run ended before its turn".to_owned();
                let end = PersonFound::Nobodys {
                    category: Category::Unexpected,
                    message,
                    call: None,
                };
                answers.extend(keys.into_iter().map(|key| (key, Err(end.clone()))));
            }
        }
    }
    answers
}

/// Picks among the records one key found; `None`: go on with the next step.
fn choose(
    session: &Session,
    query: &PersonQuery,
    by: KeyKind,
    records: Vec<RemoteRecord>,
    call: Arc<CallTrace>,
) -> Option<PersonFound> {
    let mut fitting: Vec<RemoteRecord> = records
        .into_iter()
        .filter(|record| !query.gone.contains(&record.id))
        .collect();
    let their_email = |record: &RemoteRecord| {
        record
            .values
            .get(session.plan.identity.email)
            .and_then(|value| value.as_str())
            .and_then(email::key)
    };
    match by {
        // A hint names neither object nor account for certain: it counts only where the address agrees or is empty.
        KeyKind::Id if query.stored_id.is_none() => {
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
                return Some(PersonFound::Ambiguous {
                    candidates: fitting.into_iter().map(|record| record.id).collect(),
                    message: "the record that holds our unique value has another e-mail address"
                        .to_owned(),
                });
            }
        }
        _ => {}
    }
    if fitting.is_empty() {
        return None;
    }
    let others = fitting.len() - 1;
    let record = fitting.swap_remove(0);
    let lost_create = query.doubt.is_some_and(|sent| made_since(&record, sent));
    Some(PersonFound::Record {
        record: Box::new(record),
        by,
        others,
        lost_create,
        call,
    })
}

fn made_since(record: &RemoteRecord, sent: Timestamp) -> bool {
    record
        .created
        .is_some_and(|created| created >= sent.checked_sub(CLOCK_SKEW).unwrap_or(sent))
}

/// Leads without an address whose create may have been done: by exact name, made since, once the index can know.
async fn find_lost(session: &Session, queries: Vec<PersonQuery>) -> Vec<(usize, PersonFound)> {
    if queries.is_empty() {
        return Vec::new();
    }
    let object = session.plan.create_person;
    let lag = session.lag(object, KeyKind::Name);
    let now = session.clock.now();
    let mut found = Vec::new();
    let mut asking = Vec::new();
    for query in queries {
        let sent = query.doubt.unwrap_or(now);
        let visible = sent.checked_add(lag).unwrap_or(sent);
        match &query.name {
            _ if now < visible => found.push((query.index, PersonFound::NotBefore(visible))),
            None => found.push((query.index, lost_for_good(sent, Vec::new()))),
            Some(_) => asking.push((query, sent)),
        }
    }
    let earliest = asking.iter().map(|(_, sent)| *sent).min().unwrap_or(now);
    let since = earliest.checked_sub(CLOCK_SKEW).unwrap_or(earliest);
    let mut keys: Vec<String> = asking
        .iter()
        .filter_map(|(query, _)| query.name.clone())
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let answers = find_all(session, object, KeyKind::Name, keys, Some(since)).await;
    let others = records_of_others(session, object, &answers).await;
    for (query, sent) in asking {
        let answer = query
            .name
            .as_ref()
            .and_then(|name| answers.get(name).cloned());
        let end = match answer {
            Some(Ok((records, call))) => {
                let mut fitting: Vec<RemoteRecord> = records
                    .into_iter()
                    .filter(|record| made_since(record, sent))
                    .filter(|record| !belongs_to_another(&others, query.lead, &record.id))
                    .collect();
                match fitting.len() {
                    0 => PersonFound::None,
                    1 => {
                        let record = Box::new(fitting.swap_remove(0));
                        PersonFound::Record {
                            record,
                            by: KeyKind::Name,
                            others: 0,
                            lost_create: true,
                            call,
                        }
                    }
                    _ => lost_for_good(sent, fitting.into_iter().map(|record| record.id).collect()),
                }
            }
            Some(Err(end)) => end,
            None => unanswered(KeyKind::Name),
        };
        found.push((query.index, end));
    }
    found
}

/// The leads that the records found are known to belong to already: two people may share a name.
async fn records_of_others(
    session: &Session,
    object: &'static str,
    answers: &HashMap<String, Answered>,
) -> HashMap<String, Vec<LeadId>> {
    let ids: Vec<String> = answers
        .values()
        .filter_map(|answer| answer.as_ref().ok())
        .flat_map(|(records, _)| records.iter().map(|record| record.id.clone()))
        .collect();
    let account = session.frame.account;
    session
        .store
        .call(move |store| store.leads_of_records(account, object, &ids))
        .await
        .unwrap_or_default()
}

fn belongs_to_another(
    others: &HashMap<String, Vec<LeadId>>,
    lead: Option<LeadId>,
    id: &str,
) -> bool {
    others
        .get(id)
        .is_some_and(|leads| leads.iter().any(|owner| Some(*owner) != lead))
}

fn lost_for_good(sent: Timestamp, candidates: Vec<RemoteId>) -> PersonFound {
    let message = format!(
        "may already be there: the answer to its creation was lost at {}",
        sent.strftime("%Y-%m-%d %H:%M UTC")
    );
    PersonFound::Ambiguous {
        candidates,
        message,
    }
}
