//! Asking the vendor for many keys in as few calls as it allows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::{PersonFound, PersonQuery, unanswered};
use crate::domain::category::Category;
use crate::engine::fault::Fault;
use crate::engine::session::Session;
use crate::vendors::{CallTrace, Find, FindAnswer, KeyKind, RemoteRecord, Step};

/// What one key found, or how asking for it ended.
pub(super) type Answered = Result<(Vec<RemoteRecord>, Arc<CallTrace>), PersonFound>;

/// Asks one step's question for everybody who has a key.
pub(super) async fn ask(
    session: &Session,
    step: Step,
    queries: Vec<PersonQuery>,
) -> Vec<(PersonQuery, Answered)> {
    let mut seen = HashSet::new();
    let keys: Vec<String> = queries
        .iter()
        .filter_map(|query| query.key(step))
        .filter(|key| seen.insert((*key).clone()))
        .cloned()
        .collect();
    let answers = find_all(session, step.object, step.by, keys, None).await;
    queries
        .into_iter()
        .map(|query| {
            let answer = query
                .key(step)
                .and_then(|key| answers.get(key).cloned())
                .unwrap_or_else(|| Err(unanswered(step.object, step.by)));
            (query, answer)
        })
        .collect()
}

/// Asks for many keys at once, cut to the lookup's size, all cuts at the same time.
pub(in crate::engine) async fn find_all(
    session: &Session,
    object: &'static str,
    by: KeyKind,
    keys: Vec<String>,
    created_after: Option<Timestamp>,
) -> HashMap<String, Answered> {
    let size = session.keys_at_once(object, by);
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
                Some(session.find(&find).await)
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
                    Fault::Refused(failure) => PersonFound::Refused {
                        object,
                        failure,
                        call,
                    },
                    Fault::Nobodys { category, message } => PersonFound::Nobodys {
                        object,
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
                    object,
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
