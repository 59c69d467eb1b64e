//! Finding leads and companies by a filter of up to 300 values.
//!
//! Values stand in one list with commas between them, and there is no way to write a comma within a value: an address that
//! has one is none, and a company's name that has one is asked for without its legal form. How Marketo compares text is not
//! documented, so what a record means is decided here, key by key.

use std::collections::HashMap;

use serde_json::Value;

use super::api::{field, is_id, moment, text_of, values_of};
use super::client::{Marketo, ROWS};
use super::plan::company_id;
use super::{COMPANY, COMPANY_ID, CREATED, EMAIL, errors};
use crate::domain::category::Category;
use crate::domain::company::{name_key, website_host};
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Find, FindAnswer, Found, KeyKind, RemoteId, RemoteRecord,
};

impl Marketo {
    /// Answers a question in as few requests as its keys allow.
    pub(super) async fn find_records(&self, find: &Find) -> Result<FindAnswer, CallError> {
        let mut found: HashMap<String, Vec<RemoteRecord>> = HashMap::new();
        let mut call = CallTrace::default();
        // Where the CRM has the companies, nobody is put into one by us.
        let asked = !(find.object == COMPANY && self.crm_has_companies());
        let mut values: Vec<String> = find
            .keys
            .iter()
            .filter(|_| asked)
            .filter_map(|key| literal(find, key))
            .collect();
        values.sort_unstable();
        values.dedup();
        if !values.is_empty() {
            let fields = self.columns(find).await?;
            let mut todo: Vec<Vec<String>> = values.chunks(ROWS).rev().map(<[_]>::to_vec).collect();
            while let Some(mut values) = todo.pop() {
                match self
                    .filter(path(find), filter(find), &values, &fields)
                    .await
                {
                    Ok((records, last)) => {
                        call = last;
                        for record in &records {
                            take(find, record, &mut found);
                        }
                    }
                    Err(error) if is_of_crm(&error) && find.object == COMPANY => {
                        self.leave_companies_to_the_crm();
                        break;
                    }
                    Err(error) if finds_too_many(&error) && values.len() > 1 => {
                        let second = values.split_off(values.len() / 2);
                        todo.extend([second, values]);
                    }
                    Err(error) => {
                        self.forget(find.object);
                        return Err(error);
                    }
                }
            }
        }
        let found = find
            .keys
            .iter()
            .map(|key| Found {
                key: key.clone(),
                records: normal(find, key)
                    .and_then(|normal| found.get(&normal).cloned())
                    .map(oldest_first)
                    .unwrap_or_default(),
            })
            .collect();
        Ok(FindAnswer { found, call })
    }

    /// What is read of each record: what is asked for and there, and what tells records apart.
    async fn columns(&self, find: &Find) -> Result<Vec<String>, CallError> {
        let described = self.described(find.object).await?;
        let own: &[&str] = match find.object {
            COMPANY => &["id", COMPANY_ID, CREATED, "company", "website"],
            _ => &["id", EMAIL, CREATED],
        };
        let mut columns: Vec<String> = own.iter().map(|name| (*name).to_owned()).collect();
        for name in &find.fields {
            // A field that is gone would refuse the whole question; the write names it instead.
            if let Some(field) = field(&described, name)
                && !columns.contains(&field.name)
            {
                columns.push(field.name.clone());
            }
        }
        Ok(columns)
    }

    /// The companies leads belong to, in the order asked.
    pub(super) async fn companies_of(
        &self,
        persons: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let mut companies: HashMap<String, String> = HashMap::new();
        let ids: Vec<String> = persons.iter().filter(|id| is_id(id)).cloned().collect();
        let fields = ["id".to_owned(), COMPANY_ID.to_owned()];
        for ids in ids.chunks(ROWS) {
            let (records, _) = self.filter("leads.json", "id", ids, &fields).await?;
            companies.extend(
                records
                    .iter()
                    .map(|record| (text_of(&record["id"]), text_of(&record[COMPANY_ID]))),
            );
        }
        Ok(persons
            .iter()
            .map(|id| {
                let company = companies.get(id).filter(|id| !id.is_empty());
                company.cloned().into_iter().collect()
            })
            .collect())
    }
}

/// Whether a refusal says that companies are the CRM's.
pub(super) fn is_of_crm(error: &CallError) -> bool {
    matches!(&error.kind, CallErrorKind::Refused { failure, .. } if failure.code.as_deref() == Some("1018"))
}

/// "Too many results match the filter"
pub(super) fn finds_too_many(error: &CallError) -> bool {
    let too_large = error
        .call
        .as_ref()
        .is_some_and(|call| matches!(call.status, 413 | 414));
    let told = error
        .call
        .as_ref()
        .and_then(|call| errors::of_call(&call.body));
    too_large
        || told.is_some_and(|problem| {
            problem.is("1003") && problem.message.to_lowercase().contains("too many")
        })
}

fn path(find: &Find) -> &'static str {
    match find.object {
        COMPANY => "companies.json",
        _ => "leads.json",
    }
}

fn filter(find: &Find) -> &'static str {
    match (find.object, find.by) {
        (COMPANY, KeyKind::Name) => "company",
        (COMPANY, _) => COMPANY_ID,
        (_, KeyKind::Email) => EMAIL,
        _ => "id",
    }
}

/// What a key is asked for by; `None`: nothing can be found by it.
fn literal(find: &Find, key: &str) -> Option<String> {
    let text = match (find.object, find.by) {
        (COMPANY, KeyKind::Name) if key.contains(',') => name_key(key)?,
        (COMPANY, KeyKind::Name) => key.trim().to_owned(),
        (COMPANY, KeyKind::Domain) => company_id(Some(key), None)?,
        (COMPANY, KeyKind::Id) => key.to_owned(),
        (_, KeyKind::Email) => email::key(key)?,
        (_, KeyKind::Id) => Some(key.to_owned()).filter(|key| is_id(key))?,
        _ => return None,
    };
    (!text.is_empty() && !text.contains(',')).then_some(text)
}

/// What a key, and a record's value, are compared by.
fn normal(find: &Find, text: &str) -> Option<String> {
    match (find.object, find.by) {
        (COMPANY, KeyKind::Name) => name_key(text),
        (COMPANY, KeyKind::Domain) => {
            website_host(text).and_then(|host| company_id(Some(&host), None))
        }
        (COMPANY, _) => Some(text.to_lowercase()).filter(|text| !text.is_empty()),
        (_, KeyKind::Email) => email::key(text),
        _ => is_id(text).then(|| text.to_owned()),
    }
}

/// Puts a record under what it means.
fn take(find: &Find, value: &Value, found: &mut HashMap<String, Vec<RemoteRecord>>) {
    let Some(record) = record(find.object, value) else {
        return;
    };
    if let (Some(after), Some(created)) = (find.created_after, record.created)
        && created < after
    {
        return;
    }
    let key = match (find.object, find.by) {
        (COMPANY, KeyKind::Name) => name_key(&text_of(&value["company"])),
        (COMPANY, _) => Some(record.id.to_lowercase()),
        (_, KeyKind::Email) => email::key(&text_of(&value[EMAIL])),
        _ => Some(record.id.clone()),
    };
    if let Some(key) = key {
        let records = found.entry(key).or_default();
        if !records.iter().any(|known| known.id == record.id) {
            records.push(record);
        }
    }
}

/// A record out of an answer. A company is named by the id that leads point to; one without cannot be pointed to.
fn record(object: &'static str, value: &Value) -> Option<RemoteRecord> {
    let id = match object {
        COMPANY => Some(text_of(&value[COMPANY_ID])).filter(|id| !id.is_empty())?,
        _ => Some(text_of(&value["id"])).filter(|id| is_id(id))?,
    };
    Some(RemoteRecord {
        object,
        id,
        values: values_of(value).into_iter().collect(),
        created: moment(&value[CREATED]),
        instead: None,
    })
}

/// The oldest is taken, then the lowest id, so that every run chooses the same.
fn oldest_first(mut records: Vec<RemoteRecord>) -> Vec<RemoteRecord> {
    records.sort_by(|left, right| {
        left.created
            .cmp(&right.created)
            .then_with(|| left.id.len().cmp(&right.id.len()))
            .then_with(|| left.id.cmp(&right.id))
    });
    records
}

/// What is no question at all: there is no field of our own at Marketo.
pub(super) fn unasked(find: &Find) -> Option<CallError> {
    let known = match find.object {
        COMPANY => matches!(find.by, KeyKind::Id | KeyKind::Domain | KeyKind::Name),
        _ => matches!(find.by, KeyKind::Id | KeyKind::Email),
    };
    (!known).then(|| {
        CallError::new(CallErrorKind::NotAllowed(Failure::new(
            Category::Unexpected,
            format!("{} are not found by {:?} here", find.object, find.by),
        )))
    })
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
