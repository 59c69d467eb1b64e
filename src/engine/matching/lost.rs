//! Leads without an address whose create may have been done: by exact name, made since, once the index can know.

use std::collections::HashMap;

use jiff::Timestamp;

use super::ask::{Answered, find_all};
use super::choose::{CLOCK_SKEW, made_since};
use super::{Converted, PersonFound, PersonQuery, end_at, follow, unanswered};
use crate::domain::ids::LeadId;
use crate::engine::session::Session;
use crate::store::LostCreate;
use crate::vendors::{KeyKind, RemoteId, RemoteRecord};

/// Looks for what lost creates may have made, in the object each was meant for.
pub(super) async fn find(
    session: &Session,
    queries: Vec<PersonQuery>,
) -> Vec<(usize, PersonFound)> {
    let mut found = Vec::new();
    let mut rest = queries;
    for object in session.persons.clone() {
        let (of_object, others): (Vec<_>, Vec<_>) = rest
            .into_iter()
            .partition(|query| query.doubt.is_some_and(|doubt| doubt.object == object));
        rest = others;
        found.extend(find_in(session, object, of_object).await);
    }
    // An object that is no longer one of the plan's: nothing there would be written anyway.
    found.extend(
        rest.into_iter()
            .map(|query| (query.index, PersonFound::None)),
    );
    found
}

async fn find_in(
    session: &Session,
    object: &'static str,
    queries: Vec<PersonQuery>,
) -> Vec<(usize, PersonFound)> {
    if queries.is_empty() {
        return Vec::new();
    }
    let lag = session.lag(object, KeyKind::Name);
    let now = session.clock.now();
    let mut found = Vec::new();
    let mut asking = Vec::new();
    for query in queries {
        let lost = query
            .doubt
            .map_or_else(|| LostCreate::sent(now), |doubt| doubt.lost);
        let (sent, visible) = (lost.sent, lost.visible(lag));
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
    let mut converted = Vec::new();
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
                    1 if fitting[0].instead.is_some() => {
                        converted.extend(Converted::new(query, KeyKind::Name, fitting));
                        continue;
                    }
                    1 => {
                        let record = fitting.swap_remove(0);
                        let mut end = end_at(session, record, KeyKind::Name, None, call);
                        if let PersonFound::Record { lost_create, .. } = &mut end {
                            *lost_create = true;
                        }
                        end
                    }
                    _ => lost_for_good(sent, fitting.into_iter().map(|record| record.id).collect()),
                }
            }
            Some(Err(end)) => end,
            None => unanswered(object, KeyKind::Name),
        };
        found.push((query.index, end));
    }
    for (query, end) in follow(session, converted).await {
        found.push((query.index, end.unwrap_or(PersonFound::None)));
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
        .file
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
