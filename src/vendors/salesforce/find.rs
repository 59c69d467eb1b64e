//! Finding Salesforce's records: SOQL with `IN`, packed into Composites.
//!
//! SOQL compares text without regard to case, and a website is free text, so a query may bring more than was asked: what a
//! record means is decided here, key by key.

use std::collections::HashMap;

use serde_json::Value;

use super::api::{Describe, is_id, moment, quoted, short_id, text_of, time_of};
use super::client::Salesforce;
use super::{ACCOUNT, CONTACT, LEAD, PERSON_ACCOUNT, sobject};
use crate::domain::category::Category;
use crate::domain::company::{fold, name_key, website_host};
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::vendors::forms::websites;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Find, FindAnswer, Found, KeyKind, RemoteId, RemoteRecord,
    Values,
};

/// Most keys in one query: more make slow or too complicated ones.
const KEYS: usize = 500;
/// Most domains in one query, twelve spellings each.
const DOMAINS: usize = 100;
/// The longest list of literals: a statement holds 100,000 characters, and the rest of it needs some.
const LITERALS: usize = 90_000;

impl Salesforce {
    /// Answers a question in as few requests as its keys allow. A field that was hidden or removed since the object was
    /// described refuses the whole query: then the object is described anew, and the question asked without it.
    pub(super) async fn find_records(&self, find: &Find) -> Result<FindAnswer, CallError> {
        match self.find_as_described(find).await {
            Err(error) if names_lost_field(&error) => {
                self.forget(find.object);
                self.find_as_described(find).await
            }
            answer => answer,
        }
    }

    async fn find_as_described(&self, find: &Find) -> Result<FindAnswer, CallError> {
        let described = self.described(find.object).await?;
        let question = Question::of(self, find, &described)?;
        let mut found: HashMap<String, Vec<RemoteRecord>> = HashMap::new();
        let mut call = CallTrace::default();
        let mut todo = vec![question.pieces(&find.keys, KEYS)];
        while let Some(pieces) = todo.pop() {
            let queries: Vec<String> = pieces.iter().map(|piece| question.soql(piece)).collect();
            match self.ask(&queries).await {
                Ok((answers, last)) => {
                    call = last;
                    for record in answers.iter().flatten() {
                        question.take(record, &mut found);
                    }
                }
                // A smaller question where all at once took too long.
                Err(error) if is_too_much(&error) && pieces.iter().any(|piece| piece.len() > 1) => {
                    let smaller = pieces.iter().map(Vec::len).max().unwrap_or(1).div_ceil(2);
                    let keys: Vec<String> = pieces.into_iter().flatten().collect();
                    todo.push(question.pieces(&keys, smaller));
                }
                Err(error) => return Err(error),
            }
        }
        let found = find
            .keys
            .iter()
            .map(|key| Found {
                key: key.clone(),
                records: question
                    .normal(key)
                    .and_then(|normal| found.get(&normal).cloned())
                    .map(oldest_first)
                    .unwrap_or_default(),
            })
            .collect();
        Ok(FindAnswer { found, call })
    }

    /// The records that others were merged into, in the order asked: those lie in the recycle bin and name their master
    /// (SOAP API guide, "merge").
    pub(super) async fn masters_of(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        let queries: Vec<String> = ids
            .chunks(KEYS)
            .map(|ids| {
                let list: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
                format!(
                    "SELECT Id, MasterRecordId FROM {} WHERE Id IN ({})",
                    sobject(object),
                    list.join(",")
                )
            })
            .collect();
        let (answers, _) = self.ask_with_bin(&queries).await?;
        let masters: HashMap<String, String> = answers
            .iter()
            .flatten()
            .map(|record| {
                let id = text_of(&record["Id"]);
                (short_id(&id).to_owned(), text_of(&record["MasterRecordId"]))
            })
            .collect();
        Ok(ids
            .iter()
            .map(|id| {
                let master = masters.get(short_id(id)).filter(|id| !id.is_empty());
                master.cloned()
            })
            .collect())
    }

    /// The accounts of contacts, in the order asked.
    pub(super) async fn accounts_of(
        &self,
        persons: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let queries: Vec<String> = persons
            .chunks(KEYS)
            .map(|ids| {
                let list: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
                format!(
                    "SELECT Id, AccountId FROM Contact WHERE Id IN ({})",
                    list.join(",")
                )
            })
            .collect();
        let (answers, _) = self.ask(&queries).await?;
        let accounts: HashMap<String, String> = answers
            .iter()
            .flatten()
            .map(|record| {
                let id = text_of(&record["Id"]);
                (short_id(&id).to_owned(), text_of(&record["AccountId"]))
            })
            .collect();
        Ok(persons
            .iter()
            .map(|id| {
                let account = accounts.get(short_id(id)).filter(|id| !id.is_empty());
                account.cloned().into_iter().collect()
            })
            .collect())
    }
}

/// A query was refused for a field; what is found out without a call has no such answer.
fn names_lost_field(error: &CallError) -> bool {
    error.call.is_some()
        && matches!(&error.kind, CallErrorKind::Refused { failure, .. } if failure.category == Category::MissingRemoteField)
}

fn is_too_much(error: &CallError) -> bool {
    const CODES: [&str; 2] = ["QUERY_TOO_COMPLICATED", "QUERY_TIMEOUT"];
    error.call.as_ref().is_some_and(|call| {
        super::errors::problems(&call.body)
            .iter()
            .any(|problem| CODES.contains(&problem.code.as_str()))
    })
}

/// A question with what the org's own description makes of it.
struct Question<'a> {
    find: &'a Find,
    select: Vec<String>,
    /// The field the keys stand in; for people's names the last name's.
    field: String,
    conditions: String,
}

impl<'a> Question<'a> {
    fn of(
        salesforce: &Salesforce,
        find: &'a Find,
        described: &Describe,
    ) -> Result<Self, CallError> {
        let field = match find.by {
            KeyKind::Id => "Id",
            KeyKind::Email => "Email",
            KeyKind::Domain => "Website",
            KeyKind::Name if find.object == ACCOUNT => "Name",
            KeyKind::Name => "LastName",
            KeyKind::ExternalId => salesforce.settings.external_id.as_deref().unwrap_or("Id"),
        };
        let known = described
            .field(field)
            .filter(|_| is_name(field))
            .ok_or_else(|| missing(find.object, field))?;
        if known.filterable == Some(false) {
            return Err(encrypted(find.object, field));
        }
        // A field that is selected twice refuses the whole query (SOQL reference, "duplicate field selected").
        let mut select: Vec<String> = vec!["Id".into(), "CreatedDate".into()];
        if !select.contains(&known.name) {
            select.push(known.name.clone());
        }
        let extra: &[&str] = match find.object {
            LEAD => &["IsConverted", "ConvertedContactId", "ConvertedAccountId"],
            _ => &[PERSON_ACCOUNT],
        };
        let person_name: &[&str] = match (find.by, find.object) {
            (KeyKind::Name, LEAD | CONTACT) => &["FirstName"],
            _ => &[],
        };
        let wanted = find.fields.iter().map(String::as_str);
        for name in wanted
            .chain(extra.iter().copied())
            .chain(person_name.iter().copied())
        {
            // A field that is gone or hidden would refuse the whole query; the write names it instead.
            let Some(field) = described.field(name).filter(|_| is_name(name)) else {
                continue;
            };
            let whole = matches!(field.kind.as_str(), "address" | "location" | "base64");
            if !whole && !select.contains(&field.name) {
                select.push(field.name.clone());
            }
        }
        let mut conditions = String::new();
        if let Some(time) = find.created_after {
            conditions.push_str(&format!(" AND CreatedDate >= {}", moment(time)));
        }
        // The account of a person is that person, not a company.
        if find.object == ACCOUNT && described.field(PERSON_ACCOUNT).is_some() {
            conditions.push_str(&format!(" AND {PERSON_ACCOUNT} = false"));
        }
        Ok(Self {
            find,
            select,
            field: known.name.clone(),
            conditions,
        })
    }

    /// The literals one key is looked for by.
    fn literals(&self, key: &str) -> Vec<String> {
        match self.find.by {
            KeyKind::Id => vec![quoted(key)],
            KeyKind::Domain => websites(key).iter().map(|text| quoted(text)).collect(),
            KeyKind::Name if self.find.object == ACCOUNT => {
                let mut names = vec![key.trim().to_owned()];
                names.extend(name_key(key).filter(|bare| *bare != names[0].to_lowercase()));
                names.iter().map(|name| quoted(name)).collect()
            }
            KeyKind::Name => {
                let last = key.split_once('|').map_or(key, |(_, last)| last);
                vec![quoted(last.trim())]
            }
            KeyKind::Email | KeyKind::ExternalId => vec![quoted(key.trim())],
        }
    }

    /// Cuts keys into queries; keys that mean nothing here are found nowhere and not asked for.
    fn pieces(&self, keys: &[String], most: usize) -> Vec<Vec<String>> {
        let most = match self.find.by {
            KeyKind::Domain => most.min(DOMAINS),
            _ => most,
        };
        let mut pieces: Vec<Vec<String>> = Vec::new();
        let mut size = 0;
        for key in keys.iter().filter(|key| self.normal(key).is_some()) {
            let cost: usize = self
                .literals(key)
                .iter()
                .map(|literal| literal.chars().count() + 1)
                .sum();
            let full = pieces
                .last()
                .is_none_or(|piece| piece.len() >= most || size + cost > LITERALS);
            if full {
                pieces.push(Vec::new());
                size = 0;
            }
            size += cost;
            if let Some(piece) = pieces.last_mut() {
                piece.push(key.clone());
            }
        }
        pieces
    }

    fn soql(&self, keys: &[String]) -> String {
        let mut literals: Vec<String> = keys.iter().flat_map(|key| self.literals(key)).collect();
        literals.sort_unstable();
        literals.dedup();
        format!(
            "SELECT {} FROM {} WHERE {} IN ({}){} ORDER BY CreatedDate",
            self.select.join(", "),
            sobject(self.find.object),
            self.field,
            literals.join(","),
            self.conditions
        )
    }

    /// What a key, and a record's value, are compared by.
    fn normal(&self, text: &str) -> Option<String> {
        match self.find.by {
            KeyKind::Id => is_id(text).then(|| short_id(text).to_owned()),
            KeyKind::Email => email::key(text),
            KeyKind::Domain => website_host(text),
            KeyKind::Name if self.find.object == ACCOUNT => name_key(text),
            KeyKind::Name => {
                let (first, last) = text.split_once('|').unwrap_or(("", text));
                let last = fold(last.trim());
                (!last.is_empty()).then(|| format!("{}|{last}", fold(first.trim())))
            }
            KeyKind::ExternalId => {
                let lower = text.trim().to_lowercase();
                (!lower.is_empty()).then_some(lower)
            }
        }
    }

    /// Puts a record under what it means.
    fn take(&self, value: &Value, found: &mut HashMap<String, Vec<RemoteRecord>>) {
        let Some(record) = record(self.find.object, value) else {
            return;
        };
        let held = text_of(&value[&self.field]);
        let key = match (self.find.by, self.find.object) {
            (KeyKind::Id, _) => record.id.clone(),
            (KeyKind::Name, LEAD | CONTACT) => format!("{}|{held}", text_of(&value["FirstName"])),
            _ => held,
        };
        if let Some(normal) = self.normal(&key) {
            let records = found.entry(normal).or_default();
            if !records.iter().any(|known| known.id == record.id) {
                records.push(record);
            }
        }
    }
}

/// A record out of an answer. A converted lead stands for its contact; where that is gone, for nobody.
pub(super) fn record(object: &'static str, value: &Value) -> Option<RemoteRecord> {
    let id = Some(text_of(&value["Id"])).filter(|id| !id.is_empty())?;
    let values: Values = value
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "attributes" && *name != "Id")
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let instead = if object == LEAD && value["IsConverted"] == Value::Bool(true) {
        let contact = text_of(&value["ConvertedContactId"]);
        if contact.is_empty() {
            return None;
        }
        Some((CONTACT, contact))
    } else {
        None
    };
    Some(RemoteRecord {
        object,
        id,
        values,
        created: value["CreatedDate"].as_str().and_then(time_of),
        instead,
    })
}

/// The oldest is taken, then the lowest id, so that every run chooses the same; a lead that is still one comes before what
/// became a contact.
fn oldest_first(mut records: Vec<RemoteRecord>) -> Vec<RemoteRecord> {
    records.sort_by(|left, right| {
        let key = |record: &RemoteRecord| (record.instead.is_some(), record.created);
        key(left)
            .cmp(&key(right))
            .then_with(|| left.id.cmp(&right.id))
    });
    records
}

/// Names go into queries unquoted, so nothing but a name may pass.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn missing(object: &'static str, field: &str) -> CallError {
    let message = format!(
        "{} has no field {field:?}, or hides it from this user",
        sobject(object)
    );
    CallError::new(CallErrorKind::Refused {
        failure: Failure::new(Category::MissingRemoteField, message)
            .on_object(object)
            .on_field(field),
        guilty: Vec::new(),
    })
}

fn encrypted(object: &'static str, field: &str) -> CallError {
    let message = format!(
        "{}.{field} cannot be searched in this org (encrypted?), so nobody can be matched by it",
        sobject(object)
    );
    CallError::new(CallErrorKind::NotAllowed(
        Failure::new(Category::Connection, message)
            .on_object(object)
            .on_field(field),
    ))
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
