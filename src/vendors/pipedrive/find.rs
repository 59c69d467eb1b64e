//! Finding records without a copy of them: by id a hundred at a time, by address or name with one search each, and by
//! domain among all organizations, since no search looks into `website`.
//!
//! `exact_match` has brought other records than asked for (client-nodejs, issue 108): what a record means is decided here.

use std::collections::{BTreeMap, HashMap};

use reqwest::Method;

use super::api::{is_id, text_of, v2};
use super::client::{PAGE, Pipedrive};
use super::limits::{charged, cost, searched};
use super::records::{addresses, is_deleted, keys, oldest_first, record};
use super::removal::EXTRAS;
use super::{ORGANIZATION, collection};
use crate::domain::company::{fold, name_key};
use crate::domain::email;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallTrace, Find, FindAnswer, Found, KeyKind, RemoteId, RemoteRecord,
};

/// Most ids in one list (OpenAPI description, `ids`).
pub(super) const IDS: usize = 100;
/// Most codes of own fields that can be asked for; beyond, all of them come.
const OWN_FIELDS: usize = 15;

impl Pipedrive {
    pub(super) async fn find_records(&self, find: &Find) -> Result<FindAnswer, CallError> {
        let (mut found, call) = match find.by {
            KeyKind::Id => self.by_ids(find).await?,
            KeyKind::Email | KeyKind::Name => self.by_search(find).await?,
            KeyKind::Domain => self.by_domain(find).await?,
            KeyKind::ExternalId => return Err(CallError::unsupported("unique fields of our own")),
        };
        let is_young = |record: &RemoteRecord| {
            let after = find.created_after;
            after.is_none_or(|after| record.created.is_none_or(|created| created >= after))
        };
        let found = find
            .keys
            .iter()
            .map(|key| {
                let records = found.remove(key).unwrap_or_default();
                Found {
                    key: key.clone(),
                    records: oldest_first(records.into_iter().filter(is_young).collect()),
                }
            })
            .collect();
        Ok(FindAnswer { found, call })
    }

    async fn by_ids(&self, find: &Find) -> Result<Answer, CallError> {
        let (records, call) = self.read(find.object, &find.keys, &find.fields).await?;
        let found = records
            .into_iter()
            .map(|(id, record)| (id, vec![record]))
            .collect();
        Ok((found, call))
    }

    /// Records by their ids. Those that are gone, or that the user may not see, are not among them.
    pub(super) async fn read(
        &self,
        object: &'static str,
        ids: &[RemoteId],
        fields: &[String],
    ) -> Result<(BTreeMap<RemoteId, RemoteRecord>, CallTrace), CallError> {
        // What is no number is no id here, so no record has it.
        let ids: Vec<&str> = ids
            .iter()
            .map(String::as_str)
            .filter(|id| is_id(id))
            .collect();
        let mut records = BTreeMap::new();
        let mut call = CallTrace::default();
        for ids in ids.chunks(IDS) {
            let request = listing(object, fields)
                .query("ids", ids.join(","))
                .query("limit", IDS.to_string());
            let (found, last) = self.list(&request).await?;
            call = last;
            let kept = found.iter().filter(|value| !is_deleted(value));
            let kept = kept.filter_map(|value| record(object, value, Some(fields)));
            records.extend(kept.map(|record| (record.id.clone(), record)));
        }
        Ok((records, call))
    }

    /// A search that failed is an error for all: nobody counts as absent who was not looked for.
    async fn by_search(&self, find: &Find) -> Result<Answer, CallError> {
        let mut hits: HashMap<&String, Vec<RemoteId>> = HashMap::new();
        let mut call = CallTrace::default();
        for key in &find.keys {
            let Some(term) = term(find, key) else {
                continue;
            };
            let field = if find.by == KeyKind::Email {
                "email"
            } else {
                "name"
            };
            let path = v2(&format!("{}/search", collection(find.object)));
            let request = searched(ApiRequest::read(Method::GET, path))
                .query("term", term)
                .query("fields", field)
                .query("exact_match", "true")
                .query("limit", PAGE.to_string());
            let (items, last) = self.list(&request).await?;
            call = last;
            let ids = items.iter().map(|hit| text_of(&hit["item"]["id"]));
            hits.insert(key, ids.filter(|id| is_id(id)).collect());
        }
        let mut ids: Vec<RemoteId> = hits.values().flatten().cloned().collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok((HashMap::new(), call));
        }
        // Hits hold too little, and the index may be behind: the records themselves decide.
        let (records, call) = self.read(find.object, &ids, &find.fields).await?;
        let found = hits
            .into_iter()
            .map(|(key, ids)| {
                let meant = ids
                    .iter()
                    .filter_map(|id| records.get(id))
                    .filter(|record| is_meant(find, key, record));
                (key.clone(), meant.cloned().collect())
            })
            .collect();
        Ok((found, call))
    }

    async fn by_domain(&self, find: &Find) -> Result<Answer, CallError> {
        let request = listing(find.object, &find.fields).query("limit", PAGE.to_string());
        let (all, call) = self.list(&request).await?;
        let mut found: HashMap<String, Vec<RemoteRecord>> = HashMap::new();
        let records = all
            .iter()
            .filter(|value| !is_deleted(value))
            .filter_map(|value| record(find.object, value, Some(&find.fields)));
        for record in records {
            for (kind, host) in keys(&record) {
                if kind == KeyKind::Domain && find.keys.contains(&host) {
                    found.entry(host).or_default().push(record.clone());
                }
            }
        }
        Ok((found, call))
    }

    /// The organizations of persons, in the order asked.
    pub(super) async fn organizations_of(
        &self,
        persons: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let (records, _) = self.read(super::PERSON, persons, &[]).await?;
        let organization = |id: &RemoteId| {
            let of = records.get(id)?.values.get("org_id").map(text_of)?;
            Some(of).filter(|of| is_id(of))
        };
        Ok(persons
            .iter()
            .map(|id| organization(id).into_iter().collect())
            .collect())
    }
}

type Answer = (HashMap<String, Vec<RemoteRecord>>, CallTrace);

/// A list of an object's records. Of own fields only those wanted come, where so few are; what is counted comes where it is
/// asked for.
pub(super) fn listing(object: &str, fields: &[String]) -> ApiRequest {
    let request = ApiRequest::read(Method::GET, v2(collection(object)));
    let mut request = charged(request, cost::LIST);
    let wanted = |extra: &&&str| fields.iter().any(|field| field == **extra);
    let extras: Vec<&str> = EXTRAS.iter().filter(wanted).copied().collect();
    if !extras.is_empty() {
        request = request.query("include_fields", extras.join(","));
    }
    let own: Vec<&str> = fields
        .iter()
        .map(String::as_str)
        .filter(|name| super::api::is_hash(name))
        .collect();
    if own.is_empty() || own.len() > OWN_FIELDS {
        return request;
    }
    request.query("custom_fields", own.join(","))
}

/// What is searched for a key; a person's name is given in two parts.
fn term(find: &Find, key: &str) -> Option<String> {
    let term = match (find.by, find.object) {
        (KeyKind::Name, object) if object != ORGANIZATION => key.replace('|', " "),
        _ => key.to_owned(),
    };
    Some(term.trim().to_owned()).filter(|term| !term.is_empty())
}

fn is_meant(find: &Find, key: &str, record: &RemoteRecord) -> bool {
    let name = || record.values.get("name").map(text_of).unwrap_or_default();
    match (find.by, find.object) {
        (KeyKind::Email, _) => {
            let wanted = email::key(key).unwrap_or_else(|| key.trim().to_lowercase());
            addresses(&record.values).any(|address| {
                email::key(&address).unwrap_or_else(|| address.trim().to_lowercase()) == wanted
            })
        }
        (KeyKind::Name, ORGANIZATION) => name_key(&name()) == name_key(key),
        (KeyKind::Name, _) => {
            let plain = |name: &str| fold(&name.split_whitespace().collect::<Vec<_>>().join(" "));
            Some(plain(&name())) == term(find, key).map(|term| plain(&term))
        }
        _ => false,
    }
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
