//! Finding HubSpot's records: by id, by unique property, by search; and which company a contact belongs to.

use std::collections::HashMap;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::Value;

use super::api::{
    self, Associated, BatchAnswer, BatchRead, Filter, FilterGroup, Inputs, PageAnswer, Reference,
    Search, text_of,
};
use super::{CONTACT, HubSpot, limits, path_word};
use crate::domain::category::Category;
use crate::domain::company::website_host;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Find, FindAnswer, Found, KeyKind, RemoteId, RemoteRecord,
    Values,
};

/// The survivors of merges name the ids they swallowed here; an id that was merged away is answered under another.
const MERGED: &str = "hs_merged_object_ids";
/// Further addresses of a contact, any of which finds it.
const MORE_EMAILS: &str = "hs_additional_emails";
/// HubSpot's guide limits a search body to this many characters (its machine description limits only free text).
const SEARCH_BODY: usize = 3_000;
/// Search pages hold 200 records, and a search ends at 10,000 (HubSpot docs, "CRM search").
const PAGE: u32 = 200;
const PAGES: usize = 50;

/// Pages of one contact's associations before they are given up: ten thousand and more.
const ASSOCIATION_PAGES: usize = 20;

/// HubSpot's ids are numbers.
fn is_id(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
}

impl HubSpot {
    /// `batch/read` by id, e-mail or a unique property: up to 100 keys, absent ones named in `errors`.
    pub(super) async fn read_batch(&self, find: &Find) -> Result<FindAnswer, CallError> {
        // What is no id of HubSpot's (a source may tell anything) is nobody's, and would have all others refused with it.
        let (keys, odd): (Vec<String>, Vec<String>) = find
            .keys
            .iter()
            .cloned()
            .partition(|key| find.by != KeyKind::Id || is_id(key));
        let (mut found, call) = if keys.is_empty() {
            (HashMap::new(), CallTrace::default())
        } else {
            self.read_keys(find, &keys).await?
        };
        found.extend(odd.into_iter().map(|key| (key, Vec::new())));
        let unanswered: Vec<String> = keys
            .iter()
            .filter(|key| !found.contains_key(*key))
            .cloned()
            .collect();
        if !unanswered.is_empty() {
            if find.by == KeyKind::Email {
                // Safe to take for absent: an address is unique, and creating it twice is refused with the record's id.
                found.extend(unanswered.into_iter().map(|key| (key, Vec::new())));
            } else {
                // An id that is neither there nor reported missing was left out of the answer: asked once more. One left out
                // again stays unanswered, which fails the lead that asked and no other.
                let (again, _) = self.read_keys(find, &unanswered).await?;
                found.extend(again);
            }
        }
        let found = found
            .into_iter()
            .map(|(key, records)| Found { key, records })
            .collect();
        Ok(FindAnswer { found, call })
    }

    async fn read_keys(
        &self,
        find: &Find,
        keys: &[String],
    ) -> Result<(HashMap<String, Vec<RemoteRecord>>, CallTrace), CallError> {
        let mut properties = find.fields.clone();
        let id_property = match find.by {
            KeyKind::Email => Some("email"),
            KeyKind::ExternalId => self.settings.external_id.as_deref(),
            _ => None,
        };
        let extra = [MERGED, MORE_EMAILS]
            .into_iter()
            .chain(id_property)
            .filter(|name| *name != MORE_EMAILS || find.object == CONTACT);
        for name in extra {
            if !properties.iter().any(|known| known == name) {
                properties.push(name.to_owned());
            }
        }
        let body = BatchRead {
            id_property,
            properties: &properties,
            properties_with_history: [],
            inputs: keys.iter().map(|id| Reference { id: id.clone() }).collect(),
        };
        let request = json(
            self,
            ApiRequest::read(
                Method::POST,
                api::objects(path_word(find.object), "batch/read"),
            ),
            &body,
        )?
        .quota(limits::BURST, 1)
        .quota(limits::DAY, 1);
        let (value, call) = self.send(&request).await?;
        let answer: BatchAnswer =
            serde_json::from_value(value).map_err(|error| shape(&error, call.clone()))?;
        Ok((sort_answer(find, keys, id_property, &answer), call))
    }

    /// `search`: companies by domain or name, contacts by name. Visible only some seconds after they were made.
    pub(super) async fn search(&self, find: &Find) -> Result<FindAnswer, CallError> {
        let mut found: HashMap<String, Vec<RemoteRecord>> = HashMap::new();
        let mut call = CallTrace::default();
        let mut todo = pieces(find);
        while let Some(keys) = todo.pop() {
            match self.search_keys(find, &keys).await {
                Ok((records, last)) => {
                    call = last;
                    for key in keys {
                        let fitting = records
                            .iter()
                            .filter(|record| means(find, &key, record))
                            .cloned()
                            .collect();
                        found.insert(key, oldest_first(fitting));
                    }
                }
                // The doubtful limit on a search's body: half the keys fit where all did not.
                Err(error) if keys.len() > 1 && too_large(&error) => {
                    let (left, right) = keys.split_at(keys.len() / 2);
                    todo.extend([left.to_vec(), right.to_vec()]);
                }
                Err(error) => return Err(error),
            }
        }
        let found = found
            .into_iter()
            .map(|(key, records)| Found { key, records })
            .collect();
        Ok(FindAnswer { found, call })
    }

    async fn search_keys(
        &self,
        find: &Find,
        keys: &[String],
    ) -> Result<(Vec<RemoteRecord>, CallTrace), CallError> {
        let mut search = question(find, keys);
        let mut records = Vec::new();
        let mut trace = CallTrace::default();
        for _ in 0..PAGES {
            let request = json(
                self,
                ApiRequest::read(Method::POST, api::objects(path_word(find.object), "search")),
                &search,
            )?
            .quota(limits::SEARCH, 1)
            .quota(limits::DAY, 1);
            let (value, call) = self.send(&request).await?;
            let page: PageAnswer =
                serde_json::from_value(value).map_err(|error| shape(&error, call.clone()))?;
            search.after = page.next();
            records.extend(
                page.results
                    .iter()
                    .filter_map(|result| record(find.object, result)),
            );
            trace = call;
            if search.after.is_none() {
                break;
            }
        }
        Ok((records, trace))
    }

    /// The companies of up to 1,000 contacts (HubSpot docs, "Associations v4", batch read). Contacts without any are
    /// reported among the errors of a 207.
    /// The companies or notes of each contact, in the order asked, every page of them.
    pub(super) async fn read_associations(
        &self,
        to: &'static str,
        persons: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let mut linked: HashMap<String, Vec<RemoteId>> = HashMap::new();
        let first = persons.iter().map(|id| (id.clone(), None));
        let mut open: Vec<(RemoteId, Option<String>)> = first.collect();
        for page in 0.. {
            if open.is_empty() {
                break;
            }
            if page == ASSOCIATION_PAGES {
                return Err(CallError::new(CallErrorKind::NotAllowed(Failure::new(
                    Category::Unexpected,
                    format!(
                        "contact {} is associated with more records than can be read",
                        open[0].0
                    ),
                ))));
            }
            let inputs = std::mem::take(&mut open)
                .into_iter()
                .map(|(id, after)| Associated { id, after })
                .collect();
            let path = api::associations(path_word(to), "batch/read");
            let request = json(
                self,
                ApiRequest::read(Method::POST, path),
                &Inputs { inputs },
            )?
            .quota(limits::BURST, 1)
            .quota(limits::DAY, 1);
            let (value, call) = self.send(&request).await?;
            let answer: BatchAnswer =
                serde_json::from_value(value).map_err(|error| shape(&error, call))?;
            for result in &answer.results {
                let from = text_of(&result["from"]["id"]);
                let after = text_of(&result["paging"]["next"]["after"]);
                if !after.is_empty() {
                    open.push((from.clone(), Some(after)));
                }
                let ids = result["to"].as_array().into_iter().flatten().map(|to| {
                    let id = if to["toObjectId"].is_null() {
                        &to["id"]
                    } else {
                        &to["toObjectId"]
                    };
                    text_of(id)
                });
                linked
                    .entry(from)
                    .or_default()
                    .extend(ids.filter(|id| !id.is_empty()));
            }
        }
        Ok(persons
            .iter()
            .map(|person| linked.get(person).cloned().unwrap_or_default())
            .collect())
    }
}

/// Encodes a body; it is ours, so it always can be.
pub(super) fn json(
    _: &HubSpot,
    request: ApiRequest,
    body: &impl serde::Serialize,
) -> Result<ApiRequest, CallError> {
    request.json(body).map_err(|error| {
        CallError::new(CallErrorKind::Unavailable {
            retry_after: None,
            message: format!("the request cannot be encoded: {error}"),
        })
    })
}

/// An answer of another shape than documented: nobody's verdict.
pub(super) fn shape(error: &serde_json::Error, call: CallTrace) -> CallError {
    let message = format!("HubSpot's answer has an unexpected shape: {error}");
    CallError::unusable(message, call)
}

fn too_large(error: &CallError) -> bool {
    error.call.as_ref().is_some_and(|call| call.status == 400)
        && matches!(error.kind, CallErrorKind::Refused { .. })
}

/// A record out of an answer; one without an id is none.
pub(super) fn record(object: &'static str, value: &Value) -> Option<RemoteRecord> {
    let id = Some(text_of(&value["id"])).filter(|id| !id.is_empty())?;
    let values: Values = value["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let created = [&value["createdAt"], &value["properties"]["createdate"]]
        .into_iter()
        .find_map(|time| time.as_str()?.parse::<Timestamp>().ok());
    Some(RemoteRecord {
        object,
        id,
        values,
        created,
        instead: None,
    })
}

/// Gives every key its record: by the key itself, by a further address, by a swallowed id. Keys the answer reports missing
/// have none; keys it does not mention stay out.
fn sort_answer(
    find: &Find,
    keys: &[String],
    id_property: Option<&str>,
    answer: &BatchAnswer,
) -> HashMap<String, Vec<RemoteRecord>> {
    let records: Vec<RemoteRecord> = answer
        .results
        .iter()
        .filter_map(|result| record(find.object, result))
        .collect();
    let mut by_key: HashMap<String, &RemoteRecord> = HashMap::new();
    let mut further: HashMap<String, &RemoteRecord> = HashMap::new();
    for record in &records {
        let value = |name: &str| record.values.get(name).map(text_of).unwrap_or_default();
        match id_property {
            None => {
                by_key.insert(record.id.clone(), record);
                further.extend(list(&value(MERGED)).map(|id| (id, record)));
            }
            Some(property) => {
                by_key.insert(value(property).to_lowercase(), record);
                further.extend(list(&value(MORE_EMAILS)).map(|address| (address, record)));
            }
        }
    }
    let missing: Vec<String> = answer
        .errors
        .iter()
        .flat_map(|error| {
            error["context"]["ids"]
                .as_array()
                .into_iter()
                .flatten()
                .chain(std::iter::once(&error["id"]))
        })
        .map(text_of)
        .map(|id| id.to_lowercase())
        .collect();
    let mut found = HashMap::new();
    let mut open = Vec::new();
    for key in keys {
        let lower = key.to_lowercase();
        match by_key.get(&lower).or_else(|| further.get(&lower)) {
            Some(record) => {
                found.insert(key.clone(), vec![(*record).clone()]);
            }
            None if missing.contains(&lower) => {
                found.insert(key.clone(), Vec::new());
            }
            None => open.push(key),
        }
    }
    // One key left and one record left belong together: a secondary address the account does not show.
    let taken: Vec<String> = found
        .values()
        .flatten()
        .map(|record: &RemoteRecord| record.id.clone())
        .collect();
    let mut strangers = records.iter().filter(|record| !taken.contains(&record.id));
    if let ([key], Some(record), None) = (&open[..], strangers.next(), strangers.next()) {
        found.insert((*key).clone(), vec![record.clone()]);
    }
    found
}

fn list(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(';')
        .map(|part| part.trim().to_lowercase())
        .filter(|part| !part.is_empty())
}

/// Cuts the keys so that a body stays within HubSpot's doubtful limit.
fn pieces(find: &Find) -> Vec<Vec<String>> {
    let mut pieces: Vec<Vec<String>> = Vec::new();
    let frame = 300
        + find
            .fields
            .iter()
            .map(|field| field.len() + 3)
            .sum::<usize>();
    let mut size = frame;
    for key in &find.keys {
        let cost = if find.object == CONTACT {
            400 + key.len()
        } else {
            key.len() + 3
        };
        if pieces.is_empty() || size + cost > SEARCH_BODY {
            pieces.push(Vec::new());
            size = frame;
        }
        size += cost;
        if let Some(piece) = pieces.last_mut() {
            piece.push(key.clone());
        }
    }
    pieces
}

/// The question as HubSpot asks it: `IN` over lower-case values, or name by name.
fn question(find: &Find, keys: &[String]) -> Search {
    let filter = |property, operator, value: Option<String>, values| Filter {
        property,
        operator,
        value,
        values,
    };
    let groups = if find.object == CONTACT {
        let since = find.created_after.map(|time| {
            filter(
                "createdate",
                "GTE",
                Some(time.as_millisecond().to_string()),
                Vec::new(),
            )
        });
        keys.iter()
            .map(|key| {
                let (first, last) = key.split_once('|').unwrap_or(("", key));
                let names =
                    [("firstname", first), ("lastname", last)].map(|(property, name)| match name {
                        "" => filter(property, "NOT_HAS_PROPERTY", None, Vec::new()),
                        name => filter(property, "EQ", Some(name.to_owned()), Vec::new()),
                    });
                FilterGroup {
                    filters: names.into_iter().chain(since.clone()).collect(),
                }
            })
            .collect()
    } else {
        let property = if find.by == KeyKind::Domain {
            "domain"
        } else {
            "name"
        };
        let values = keys.iter().map(|key| key.trim().to_lowercase()).collect();
        vec![FilterGroup {
            filters: vec![filter(property, "IN", None, values)],
        }]
    };
    let mut properties = find.fields.clone();
    for name in ["domain", "name", "createdate"] {
        if find.object != CONTACT && !properties.iter().any(|known| known == name) {
            properties.push(name.to_owned());
        }
    }
    Search {
        groups,
        properties,
        sorts: ["createdate"],
        limit: PAGE,
        after: None,
    }
}

/// Whether a record found by a search of many keys is one of this key.
fn means(find: &Find, key: &str, record: &RemoteRecord) -> bool {
    let value = |name: &str| record.values.get(name).map(text_of).unwrap_or_default();
    let alike = |left: &str, right: &str| left.trim().to_lowercase() == right.trim().to_lowercase();
    match (find.object, find.by) {
        (CONTACT, _) => {
            let (first, last) = key.split_once('|').unwrap_or(("", key));
            alike(&value("firstname"), first) && alike(&value("lastname"), last)
        }
        (_, KeyKind::Domain) => {
            website_host(&value("domain")).is_some_and(|host| host == key.to_lowercase())
        }
        _ => alike(&value("name"), key),
    }
}

/// The oldest is taken, then the lowest id: every run chooses the same (HubSpot never merges companies by itself).
fn oldest_first(mut records: Vec<RemoteRecord>) -> Vec<RemoteRecord> {
    records.sort_by_key(|record| (record.created, record.id.parse::<u64>().unwrap_or(u64::MAX)));
    records
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
