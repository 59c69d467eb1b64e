//! Companies (fact sheet, section 5): keyed by `externalCompanyId`, and read-only where a CRM owns them.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};

use super::answers::{self, Page};
use super::errors::{ApiError, Reason};
use super::field::seconds;
use super::instance::Instance;
use super::leads::{Values, plain};
use super::parameters::{self, Parameters};
use super::query;
use crate::sandbox::wire::{Reply, Request};

const SEARCHABLE: [&str; 3] = ["externalCompanyId", "id", "company"];
const DEFAULT_FIELDS: [&str; 5] = [
    "id",
    "externalCompanyId",
    "company",
    "updatedAt",
    "createdAt",
];

#[derive(Clone, Debug)]
pub(super) struct Company {
    pub(super) id: u64,
    /// Without empty values; `externalCompanyId` is one of them.
    pub(super) values: Values,
    /// Epoch milliseconds.
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
}

impl Company {
    pub(super) fn key(&self) -> Option<&str> {
        self.values.get("externalCompanyId").and_then(Value::as_str)
    }

    pub(super) fn value(&self, name: &str) -> Value {
        match name {
            "id" => json!(self.id),
            "createdAt" => json!(seconds(self.created_at)),
            "updatedAt" => json!(seconds(self.updated_at)),
            name => self.values.get(name).cloned().unwrap_or_default(),
        }
    }

    pub(super) fn show(&self) -> Values {
        let mut shown = self.values.clone();
        for name in ["id", "createdAt", "updatedAt"] {
            shown.insert(name.to_owned(), self.value(name));
        }
        shown
    }
}

pub(super) struct Companies {
    all: BTreeMap<u64, Company>,
    by_key: HashMap<String, u64>,
    next_id: u64,
}

impl Companies {
    pub(super) fn new() -> Self {
        Self {
            all: BTreeMap::new(),
            by_key: HashMap::new(),
            next_id: 3_433,
        }
    }

    pub(super) fn get(&self, id: u64) -> Option<&Company> {
        self.all.get(&id)
    }

    /// By `externalCompanyId`, in any case.
    pub(super) fn by_key(&self, key: &str) -> Option<&Company> {
        self.all.get(self.by_key.get(&key.to_lowercase())?)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Company> {
        self.all.values()
    }

    pub(super) fn add(&mut self, values: Values, now: i64) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.put(Company {
            id,
            values,
            created_at: now,
            updated_at: now,
        });
        id
    }

    pub(super) fn put(&mut self, mut company: Company) {
        company.values.retain(|_, value| !value.is_null());
        self.remove(company.id);
        if let Some(key) = company.key() {
            self.by_key.insert(key.to_lowercase(), company.id);
        }
        self.all.insert(company.id, company);
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<Company> {
        let company = self.all.remove(&id)?;
        if let Some(key) = company.key() {
            self.by_key.remove(&key.to_lowercase());
        }
        Some(company)
    }
}

pub(super) fn describe(instance: &Instance) -> Reply {
    let date = seconds(0);
    let fields = instance.company_fields.iter();
    let fields: Vec<Value> = fields
        .map(|field| field.describe_by_name(instance.native_crm))
        .collect();
    let row = json!({
        "name": "Company",
        "description": "Company object",
        "createdAt": date,
        "updatedAt": date,
        "idField": "id",
        "dedupeFields": ["externalCompanyId"],
        "searchableFields": SEARCHABLE.map(|name| [name]),
        "fields": fields,
    });
    answers::found(instance, &[row])
}

/// `GET companies.json`.
pub(super) fn many(instance: &Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let given = Parameters::of(request);
    let mut field = given.required("filterType")?;
    if field == "dedupeFields" {
        "externalCompanyId".clone_into(&mut field);
    }
    if !SEARCHABLE.contains(&field.as_str()) {
        return Err(ApiError::invalid_data(format!(
            "Invalid filterType '{field}'"
        )));
    }
    let wanted: HashSet<String> = query::filter_values(&given)?
        .iter()
        .map(|value| value.to_lowercase())
        .collect();
    let mut names = given.list("fields");
    let known = |name: &String| {
        instance
            .company_fields
            .iter()
            .any(|field| field.name == *name)
    };
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        return Err(ApiError::new(1006, format!("Field '{unknown}' not found")));
    }
    if names.is_empty() {
        names = DEFAULT_FIELDS.map(str::to_owned).to_vec();
    }
    let page = Page::of(instance, &given)?;
    let all = instance.companies.iter();
    let hits: Vec<&Company> = all
        .filter(|company| wanted.contains(&plain(&company.value(&field))))
        .collect();
    Ok(page.answer(instance, &hits, |place, company| {
        let mut row = json!({"seq": place, "id": company.id});
        for name in &names {
            let value = company.value(name);
            if !value.is_null() {
                row[name.as_str()] = value;
            }
        }
        row
    }))
}

/// `POST companies.json`.
pub(super) fn sync(instance: &mut Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    if instance.native_crm {
        return Err(ApiError::new(1018, "CRM Enabled"));
    }
    let body = parameters::body(request)?;
    let text = |name: &str, default: &str| {
        let given = body.get(name).and_then(Value::as_str);
        given.unwrap_or(default).to_owned()
    };
    let (action, by) = (
        text("action", "createOrUpdate"),
        text("dedupeBy", "dedupeFields"),
    );
    if !["createOrUpdate", "createOnly", "updateOnly"].contains(&action.as_str()) {
        return Err(ApiError::invalid_data(format!("Invalid action '{action}'")));
    }
    match by.as_str() {
        "dedupeFields" => {}
        "idField" if action == "updateOnly" => {}
        _ => return Err(ApiError::invalid_data(format!("Invalid dedupeBy '{by}'"))),
    }
    let key = if by == "idField" {
        "id"
    } else {
        "externalCompanyId"
    };
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    let mut written = 0;
    for (place, row) in parameters::input(&body)?.into_iter().enumerate() {
        let mut answer = match sync_row(instance, row, key, &action, &mut seen) {
            Ok((id, status)) => {
                written += 1;
                json!({"id": id, "status": status})
            }
            Err(reason) => reason.skipped(),
        };
        answer["seq"] = json!(place);
        rows.push(answer);
    }
    Ok(answers::written(instance, &rows, written))
}

fn sync_row(
    instance: &mut Instance,
    row: &Values,
    key: &str,
    action: &str,
    seen: &mut HashSet<String>,
) -> Result<(u64, &'static str), Reason> {
    if let Some(reason) = instance.refusal("companies", row) {
        return Err(reason.clone());
    }
    let wanted = row.get(key).map(plain).unwrap_or_default();
    if wanted.is_empty() {
        return Err(Reason::missing(key));
    }
    // Which of the two is skipped is not documented; the first one is served here.
    if !seen.insert(wanted) {
        return Err(Reason::new(1036, "Duplicate object found in input"));
    }
    let mut values = Values::new();
    for (name, given) in row {
        let field = instance
            .company_fields
            .iter()
            .find(|field| field.name == *name);
        let field = field.ok_or_else(|| Reason::field_not_found(name))?;
        let is_key = name == key || name == "externalCompanyId" && action != "updateOnly";
        if field.read_only && !is_key {
            let text = format!("Invalid data: field '{name}' is read only");
            return Err(Reason::new(1003, text));
        }
        let value = field.take(given, instance.settings.cuts_long_text)?;
        values.insert(name.clone(), value);
    }
    let company = match key {
        "id" => {
            let id = values.remove("id").and_then(|id| id.as_u64());
            id.and_then(|id| instance.companies.get(id))
        }
        _ => {
            let key = values.get(key).and_then(Value::as_str);
            key.and_then(|key| instance.companies.by_key(key))
        }
    };
    let now = instance.now();
    match (company.cloned(), action) {
        (Some(_), "createOnly") => Err(Reason::new(1017, "Object already exists")),
        (None, "updateOnly") => Err(Reason::new(1013, "Record not found")),
        (Some(mut company), _) => {
            // It found the company; "not updateable".
            values.remove("externalCompanyId");
            company.values.extend(values);
            company.updated_at = now;
            let id = company.id;
            instance.companies.put(company);
            Ok((id, "updated"))
        }
        (None, _) => Ok((instance.companies.add(values, now), "created")),
    }
}

/// `POST companies/delete.json`. A company that has leads stays: 1022.
pub(super) fn delete(instance: &mut Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    if instance.native_crm {
        return Err(ApiError::new(1018, "CRM Enabled"));
    }
    let body = parameters::body(request)?;
    let by_id = body.get("deleteBy").and_then(Value::as_str) == Some("idField");
    let mut rows = Vec::new();
    let mut written = 0;
    for (place, row) in parameters::input(&body)?.into_iter().enumerate() {
        let company = if by_id {
            let id = row.get("id").and_then(Value::as_u64);
            id.and_then(|id| instance.companies.get(id))
        } else {
            let key = row.get("externalCompanyId").and_then(Value::as_str);
            key.and_then(|key| instance.companies.by_key(key))
        };
        let id = company.map(|company| company.id);
        let in_use = id.is_some() && instance.leads.iter().any(|lead| lead.company == id);
        let mut answer = match id {
            None => Reason::new(1013, "Record not found").skipped(),
            Some(_) if in_use => Reason::new(1022, "Object in use").skipped(),
            Some(id) => {
                instance.companies.remove(id);
                written += 1;
                json!({"id": id, "status": "deleted"})
            }
        };
        answer["seq"] = json!(place);
        rows.push(answer);
    }
    Ok(answers::written(instance, &rows, written))
}
