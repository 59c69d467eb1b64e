//! Sync Leads and Push Lead: rows that create or change leads (fact sheet, section 4).
//!
//! Two calls under way at the same time with the same new e-mail make two leads: a `createOrUpdate` looks for
//! leads as they were when it came, which differs from now only while the sandbox answers with latency.
//! Within one call, rows are worked off one after another.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::answers;
use super::errors::{ApiError, Reason};
use super::field::{Field, Owner};
use super::instance::Instance;
use super::leads::{Values, plain};
use super::parameters;
use crate::sandbox::wire::{Reply, Request};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    CreateOrUpdate,
    CreateOnly,
    UpdateOnly,
    CreateDuplicate,
}

/// How the rows of one call are worked off.
pub(super) struct Sync {
    action: Action,
    lookup: String,
    /// `partitionName`'s.
    partition: Option<u64>,
    /// Leads with this id or above came after the call did.
    seen_below: Option<u64>,
    made_here: HashSet<u64>,
}

/// `POST leads.json`.
pub(super) fn leads(instance: &mut Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let body = parameters::body(request)?;
    let action = match body.get("action").and_then(Value::as_str) {
        None | Some("createOrUpdate") => Action::CreateOrUpdate,
        Some("createOnly") => Action::CreateOnly,
        Some("updateOnly") => Action::UpdateOnly,
        Some("createDuplicate") => Action::CreateDuplicate,
        Some(other) => {
            return Err(ApiError::invalid_data(format!("Invalid action '{other}'")));
        }
    };
    let rows = parameters::input(&body)?;
    let mut sync = Sync::new(instance, request, &body, action)?;
    let (answers, written) = sync.work(instance, &rows);
    Ok(answers::written(instance, &answers, written))
}

/// `POST leads/push.json`: always an upsert, with one activity a lead.
pub(super) fn push(instance: &mut Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let body = parameters::body(request)?;
    let name = body.get("programName").and_then(Value::as_str);
    let name = name.ok_or_else(|| ApiError::missing("programName"))?;
    let program = instance.programs.by_name(name).map(|program| program.id);
    let program = program.ok_or_else(|| ApiError::not_found("Program"))?;
    let rows = parameters::input(&body)?;
    let mut sync = Sync::new(instance, request, &body, Action::CreateOrUpdate)?;
    let (answers, written) = sync.work(instance, &rows);
    let now = instance.now();
    for lead in answers.iter().filter_map(|answer| answer["id"].as_u64()) {
        let facts =
            json!({"program": program, "source": body.get("source"), "reason": body.get("reason")});
        instance.activities.push(lead, name, &facts, now);
    }
    Ok(answers::written(instance, &answers, written))
}

impl Sync {
    fn new(
        instance: &Instance,
        request: &Request,
        body: &Values,
        action: Action,
    ) -> Result<Self, Box<ApiError>> {
        let lookup = body.get("lookupField").and_then(Value::as_str);
        let lookup = lookup.unwrap_or("email").to_owned();
        check_lookup(instance, &lookup)?;
        if lookup == "id" && action != Action::UpdateOnly {
            let text = "Lookup field 'id' is allowed only with action 'updateOnly'";
            return Err(ApiError::invalid_data(text));
        }
        let partition = match body.get("partitionName").and_then(Value::as_str) {
            None => None,
            Some(_) if matches!(action, Action::UpdateOnly | Action::CreateDuplicate) => {
                let text = "partitionName is allowed only with createOnly and createOrUpdate";
                return Err(ApiError::invalid_data(text));
            }
            Some(name) => {
                let partition = instance.partition(name).filter(|found| !found.denied);
                let denied = || ApiError::new(1008, format!("Access denied to partition '{name}'"));
                Some(partition.ok_or_else(denied)?.id)
            }
        };
        Ok(Self {
            action,
            lookup,
            partition,
            seen_below: instance.limits.seen_from(request.number),
            made_here: HashSet::new(),
        })
    }

    /// As a bulk import does it: by one field, in one partition.
    pub(super) fn of_import(lookup: &str, partition: Option<u64>) -> Self {
        let action = if lookup == "id" {
            Action::UpdateOnly
        } else {
            Action::CreateOrUpdate
        };
        Self {
            action,
            lookup: lookup.to_owned(),
            partition,
            seen_below: None,
            made_here: HashSet::new(),
        }
    }

    fn work(&mut self, instance: &mut Instance, rows: &[&Values]) -> (Vec<Value>, usize) {
        let mut answers = Vec::with_capacity(rows.len());
        let mut written = 0;
        for row in rows {
            match self.row(instance, row) {
                Ok((id, status)) => {
                    written += 1;
                    answers.push(json!({"id": id, "status": status}));
                }
                Err(reason) => answers.push(reason.skipped()),
            }
        }
        (answers, written)
    }

    /// One row: the lead's id, and whether it was `created` or `updated`.
    pub(super) fn row(
        &mut self,
        instance: &mut Instance,
        row: &Values,
    ) -> Result<(u64, &'static str), Reason> {
        if let Some(reason) = instance.refusal("leads", row) {
            return Err(reason.clone());
        }
        let mut values = self.check_values(instance, row)?;
        let found = self.target(instance, row)?;
        let link = linked_company(instance, &mut values)?;
        let company = link.or_else(|| instance.leads.get(found?)?.company);
        let owned = |name: &String| {
            let field = instance.field(name);
            field.is_some_and(|field| field.owner == Owner::Company)
        };
        if company.is_some() && values.keys().any(owned) {
            return Err(Reason::new(1021, "Company update not allowed"));
        }
        let now = instance.now();
        let Some(mut lead) = found.and_then(|id| instance.leads.get(id).cloned()) else {
            values.retain(|_, value| !value.is_null());
            let partition = self.partition.unwrap_or(1);
            let id = instance.leads.add(values, company, partition, now);
            self.made_here.insert(id);
            return Ok((id, "created"));
        };
        if link.is_some() {
            lead.values.retain(|name, _| !owned(name));
        }
        lead.values.extend(values);
        lead.company = company;
        lead.updated_at = now;
        let id = lead.id;
        instance.leads.put(lead);
        Ok((id, "updated"))
    }

    fn check_values(&self, instance: &Instance, row: &Values) -> Result<Values, Reason> {
        let mut values = Values::new();
        for (name, given) in row {
            if name == "id" {
                // "when id is submitted for a lead with action designated as createOnly"
                if self.lookup != "id" {
                    return Err(Reason::new(1003, "Invalid data"));
                }
                continue;
            }
            let field = instance.field(name);
            let field = field.ok_or_else(|| Reason::field_not_found(name))?;
            if field.read_only {
                // Which code is not documented; 1003 is for data "not a valid type for the given … mode".
                let text = format!("Invalid data: field '{name}' is read only");
                return Err(Reason::new(1003, text));
            }
            let cuts = instance.settings.cuts_long_text;
            values.insert(name.clone(), field.take(given, cuts)?);
        }
        Ok(values)
    }

    /// The lead a row changes; `None` is a new one.
    fn target(&self, instance: &Instance, row: &Values) -> Result<Option<u64>, Reason> {
        if self.action == Action::CreateDuplicate {
            return Ok(None);
        }
        let wanted = row.get(&self.lookup).map(plain).unwrap_or_default();
        if wanted.is_empty() {
            return Err(Reason::missing(&self.lookup));
        }
        let mut found = instance.leads.find(&self.lookup, &wanted);
        // "This can be avoided either by using the createOnly, or updateOnly".
        if let (Action::CreateOrUpdate, Some(limit)) = (self.action, self.seen_below) {
            found.retain(|id| *id < limit || self.made_here.contains(id));
        }
        match (self.action, found.as_slice()) {
            (Action::UpdateOnly, []) => Err(Reason::lead_not_found()),
            (_, []) => Ok(None),
            (Action::CreateOnly, _) => Err(Reason::new(1005, "Lead already exists")),
            (_, [id]) => {
                self.check_partition(instance, *id)?;
                Ok(Some(*id))
            }
            _ => Err(Reason::new(1007, "Multiple lead match lookup criteria")),
        }
    }

    fn check_partition(&self, instance: &Instance, lead: u64) -> Result<(), Reason> {
        let place = instance.leads.get(lead).map(|lead| lead.partition);
        let denied = instance
            .partitions
            .iter()
            .find(|partition| Some(partition.id) == place && partition.denied);
        if let Some(partition) = denied {
            let text = format!("Access denied to partition '{}'", partition.name);
            return Err(Reason::new(1008, text));
        }
        if self.partition.is_some() && self.partition != place {
            return Err(Reason::new(1010, "Partition update not allowed"));
        }
        Ok(())
    }
}

/// "a custom string, email or integer field", or one of `searchableFields`.
pub(super) fn may_look_up(field: &Field) -> bool {
    let kind = matches!(field.kind.as_str(), "string" | "email" | "integer");
    field.searchable || field.custom && kind
}

pub(super) fn check_lookup(instance: &Instance, lookup: &str) -> Result<(), Box<ApiError>> {
    let Some(field) = instance.field(lookup) else {
        let text = format!("Lookup field '{lookup}' not found");
        return Err(ApiError::new(1006, text));
    };
    if !may_look_up(field) {
        return Err(ApiError::new(
            1011,
            format!("Field '{lookup}' not supported"),
        ));
    }
    Ok(())
}

/// The company named by `externalCompanyId`, which is taken out of the values. A lead can be moved, never
/// unlinked; the texts are made up.
fn linked_company(instance: &Instance, values: &mut Values) -> Result<Option<u64>, Reason> {
    let Some(key) = values.remove("externalCompanyId") else {
        return Ok(None);
    };
    let key = key
        .as_str()
        .ok_or_else(|| Reason::invalid_value("externalCompanyId"))?;
    let company = instance.companies.by_key(key);
    let company = company.ok_or_else(|| Reason::new(1013, "Company not found"))?;
    Ok(Some(company.id))
}
