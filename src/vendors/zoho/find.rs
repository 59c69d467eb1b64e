//! Finding Zoho's records: by id through Get Records, by anything else through COQL with `in`.
//!
//! How Zoho compares text is not documented for every kind of field, and a website is free text, so an answer may bring more
//! than was asked: what a record means is decided here, key by key.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::api::{Field, field, is_id, is_name, moment, quoted, text_of};
use super::client::{FEW_KEYS, LIST, Zoho, reading};
use super::records::{CONVERTED, CONVERTED_CONTACT, merge, oldest_first, record};
use super::{ACCOUNT, ACCOUNT_NAME, CONTACT, LEAD, errors, module};
use crate::domain::category::Category;
use crate::domain::company::{fold, name_key, website_host};
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::vendors::forms::websites;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Find, FindAnswer, Found, KeyKind, RemoteId, RemoteRecord,
};

/// Most ids in one Get Records.
const IDS: usize = 100;
/// Most columns of a question, beside the id (Get Records takes 50, and so did COQL).
const COLUMNS: usize = 48;

impl Zoho {
    /// Answers a question in as few requests as its keys allow.
    pub(super) async fn find_records(&self, find: &Find) -> Result<FindAnswer, CallError> {
        let described = self.described(module(find.object)).await?;
        let mut question = Question::of(self, find, &described)?;
        let mut found: HashMap<String, Vec<RemoteRecord>> = HashMap::new();
        let mut call = CallTrace::default();
        let keys: Vec<&String> = find
            .keys
            .iter()
            .filter(|key| question.normal(key).is_some())
            .collect();
        let mut at = 0;
        while at < keys.len() {
            let most = match find.by {
                KeyKind::Id => IDS,
                _ => self.keys(),
            };
            let (count, literals) = question.fitting(&keys[at..], most);
            match self.ask(&question, &literals).await {
                Ok((records, last)) => {
                    call = last;
                    for record in &records {
                        question.take(record, &mut found);
                    }
                    at += count;
                }
                Err(error) if is_too_long(&error, literals.len()) => {
                    self.take_fewer_keys(literals.len());
                }
                Err(error) => match question.extra_column(&error) {
                    Some(column) => {
                        self.leave_out(&column);
                        question.columns.retain(|name| *name != column);
                    }
                    None => return Err(error),
                },
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

    /// The records of some keys, with all columns.
    async fn ask(
        &self,
        question: &Question<'_>,
        literals: &[String],
    ) -> Result<(Vec<Value>, CallTrace), CallError> {
        let object = question.find.object;
        let mut records: BTreeMap<String, Value> = BTreeMap::new();
        let mut call = CallTrace::default();
        for (part, columns) in question.columns.chunks(COLUMNS).enumerate() {
            let (found, last) = if question.find.by == KeyKind::Id {
                self.by_ids(object, literals, columns).await?
            } else {
                let mut select = vec!["id".to_owned()];
                select.extend_from_slice(columns);
                let condition = question.condition(literals);
                self.query(&select, module(object), &condition).await?
            };
            call = last;
            merge(&mut records, found, part == 0);
        }
        let asked_elsewhere = question.find.by != KeyKind::Id
            && object == LEAD
            && [CONVERTED, CONVERTED_CONTACT]
                .iter()
                .any(|column| self.is_left_out(column));
        if asked_elsewhere {
            // Some organizations do not let COQL tell it, but their records do.
            let columns = [CONVERTED.to_owned(), CONVERTED_CONTACT.to_owned()];
            let ids: Vec<String> = records.keys().cloned().collect();
            for ids in ids.chunks(IDS) {
                let (found, _) = self.by_ids(object, ids, &columns).await?;
                merge(&mut records, found, false);
            }
        }
        Ok((records.into_values().collect(), call))
    }

    async fn by_ids(
        &self,
        object: &'static str,
        ids: &[String],
        columns: &[String],
    ) -> Result<(Vec<Value>, CallTrace), CallError> {
        let request = reading(module(object))
            .query("ids", ids.join(","))
            .query("fields", columns.join(","));
        // Without it, what was converted would look as if it had never been.
        let request = match object {
            LEAD => request.query("converted", "both"),
            _ => request,
        };
        self.list(&request, "data").await
    }

    /// The accounts of contacts, in the order asked.
    pub(super) async fn accounts_of(
        &self,
        persons: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let mut accounts: HashMap<String, String> = HashMap::new();
        let ids: Vec<String> = persons.iter().filter(|id| is_id(id)).cloned().collect();
        for ids in ids.chunks(IDS) {
            let columns = [ACCOUNT_NAME.to_owned()];
            let (records, _) = self.by_ids(CONTACT, ids, &columns).await?;
            accounts.extend(
                records
                    .iter()
                    .map(|record| (text_of(&record["id"]), text_of(&record[ACCOUNT_NAME]))),
            );
        }
        Ok(persons
            .iter()
            .map(|id| {
                let account = accounts.get(id).filter(|id| !id.is_empty());
                account.cloned().into_iter().collect()
            })
            .collect())
    }
}

/// Whether a query of so many keys was refused for its length, or for being two lists.
fn is_too_long(error: &CallError, keys: usize) -> bool {
    keys > FEW_KEYS
        && error.call.as_ref().is_some_and(|call| {
            errors::first(&call.body).is_some_and(|problem| {
                problem.code == "LIMIT_EXCEEDED"
                    || problem.code == "SYNTAX_ERROR" && keys > LIST
                    || problem.code == "INVALID_QUERY"
                        && problem.details["reason"]
                            .as_str()
                            .is_some_and(|reason| reason.to_lowercase().contains("limit"))
            })
        })
}

/// A question with what the organization's own metadata makes of it.
struct Question<'a> {
    find: &'a Find,
    columns: Vec<String>,
    /// The field the keys stand in; for people's names the last name's.
    field: String,
}

impl<'a> Question<'a> {
    fn of(zoho: &Zoho, find: &'a Find, described: &[Field]) -> Result<Self, CallError> {
        let by = match find.by {
            KeyKind::Id => "id",
            KeyKind::Email => "Email",
            KeyKind::Domain => "Website",
            KeyKind::Name if find.object == ACCOUNT => ACCOUNT_NAME,
            KeyKind::Name => "Last_Name",
            KeyKind::ExternalId => zoho.settings.external_id.as_deref().unwrap_or("id"),
        };
        let own = match find.by {
            KeyKind::Id => "id".to_owned(),
            _ => field(described, by)
                .filter(|field| is_name(&field.api_name))
                .map(|field| field.api_name.clone())
                .ok_or_else(|| missing(find.object, by))?,
        };
        let first_name = matches!((find.by, find.object), (KeyKind::Name, LEAD | CONTACT));
        let names = find
            .fields
            .iter()
            .map(String::as_str)
            .chain(["Created_Time", own.as_str()])
            .chain(first_name.then_some("First_Name"))
            .chain(
                [CONVERTED, CONVERTED_CONTACT]
                    .into_iter()
                    .filter(|name| find.object == LEAD && !zoho.is_left_out(name)),
            );
        let mut columns: Vec<String> = Vec::new();
        for name in names {
            // A field that is gone or hidden would refuse the whole query; the write names it instead.
            let Some(field) = field(described, name).filter(|field| is_name(&field.api_name))
            else {
                continue;
            };
            let table = matches!(field.data_type.as_str(), "subform" | "multiselectlookup");
            if !table && field.api_name != "id" && !columns.contains(&field.api_name) {
                columns.push(field.api_name.clone());
            }
        }
        if columns.is_empty() {
            columns.push("Created_Time".to_owned());
        }
        Ok(Self {
            find,
            columns,
            field: own,
        })
    }

    /// A column nobody mapped that the query was refused for.
    fn extra_column(&self, error: &CallError) -> Option<String> {
        let problem = errors::first(&error.call.as_ref()?.body)?;
        let named = problem
            .field()
            .filter(|_| problem.code == "INVALID_QUERY")?;
        let ours = [CONVERTED, CONVERTED_CONTACT].contains(&named);
        self.columns
            .iter()
            .find(|column| ours && *column == named)
            .cloned()
    }

    /// What one key is looked for by.
    fn literals(&self, key: &str) -> Vec<String> {
        match self.find.by {
            KeyKind::Id => vec![key.to_owned()],
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

    /// How many of the keys fit into one question, at least one, and what they are looked for by.
    fn fitting(&self, keys: &[&String], most: usize) -> (usize, Vec<String>) {
        let mut literals: Vec<String> = Vec::new();
        let mut count = 0;
        for key in keys {
            let more = self.literals(key);
            if count > 0 && literals.len() + more.len() > most {
                break;
            }
            literals.extend(more);
            count += 1;
        }
        literals.sort_unstable();
        literals.dedup();
        (count, literals)
    }

    fn condition(&self, literals: &[String]) -> String {
        let lists: Vec<String> = literals
            .chunks(LIST)
            .map(|literals| format!("{} in ({})", self.field, literals.join(",")))
            .collect();
        let condition = match &lists[..] {
            [one] => one.clone(),
            several => format!("({})", several.join(" or ")),
        };
        match self.find.created_after {
            Some(time) => format!("({condition} and Created_Time >= '{}')", moment(time)),
            None => condition,
        }
    }

    /// What a key, and a record's value, are compared by.
    fn normal(&self, text: &str) -> Option<String> {
        match self.find.by {
            KeyKind::Id => is_id(text).then(|| text.to_owned()),
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
        // Get Records knows no such condition.
        if let (Some(after), Some(created)) = (self.find.created_after, record.created)
            && created < after
        {
            return;
        }
        let held = text_of(&value[&self.field]);
        let key = match (self.find.by, self.find.object) {
            (KeyKind::Name, LEAD | CONTACT) => format!("{}|{held}", text_of(&value["First_Name"])),
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

fn missing(object: &'static str, field: &str) -> CallError {
    let message = format!(
        "{} have no field {field:?}, or hide it from this user",
        module(object)
    );
    CallError::new(CallErrorKind::Refused {
        failure: Failure::new(Category::MissingRemoteField, message)
            .on_object(object)
            .on_field(field),
        guilty: Vec::new(),
    })
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
