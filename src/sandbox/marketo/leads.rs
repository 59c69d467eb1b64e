//! The leads of an instance, found quickly by id and e-mail.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::field::seconds;

pub(super) type Values = Map<String, Value>;

#[derive(Clone, Debug)]
pub(super) struct Lead {
    pub(super) id: u64,
    /// Without empty values; without `id`, dates and what a company owns.
    pub(super) values: Values,
    /// The company's id.
    pub(super) company: Option<u64>,
    pub(super) partition: u64,
    /// Epoch milliseconds.
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
}

impl Lead {
    pub(super) fn email(&self) -> Option<String> {
        let email = self.values.get("email").and_then(Value::as_str);
        email.map(str::to_lowercase)
    }

    /// A field's value; `company` are the values of the company the lead belongs to.
    pub(super) fn value(&self, name: &str, company: Option<&Values>) -> Value {
        match name {
            "id" => json!(self.id),
            "createdAt" => json!(seconds(self.created_at)),
            "updatedAt" => json!(seconds(self.updated_at)),
            "leadPartitionId" => json!(self.partition),
            "isLead" => json!(true),
            "fullName" => {
                let part = |name| self.values.get(name).and_then(Value::as_str);
                let parts: Vec<&str> = ["firstName", "lastName"]
                    .into_iter()
                    .filter_map(part)
                    .collect();
                json!(parts.join(" "))
            }
            name => {
                let inherited = company.and_then(|company| company.get(name));
                let own = self.values.get(name);
                inherited.or(own).cloned().unwrap_or_default()
            }
        }
    }
}

#[derive(Default)]
pub(super) struct Leads {
    all: BTreeMap<u64, Lead>,
    by_email: HashMap<String, BTreeSet<u64>>,
    next_id: u64,
}

impl Leads {
    pub(super) fn new() -> Self {
        Self {
            next_id: 318_581,
            ..Self::default()
        }
    }

    pub(super) fn next_id(&self) -> u64 {
        self.next_id
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Lead> {
        self.all.values()
    }

    pub(super) fn get(&self, id: u64) -> Option<&Lead> {
        self.all.get(&id)
    }

    pub(super) fn add(
        &mut self,
        values: Values,
        company: Option<u64>,
        partition: u64,
        now: i64,
    ) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.put(Lead {
            id,
            values,
            company,
            partition,
            created_at: now,
            updated_at: now,
        });
        id
    }

    /// Replaces a lead or adds it.
    pub(super) fn put(&mut self, mut lead: Lead) {
        lead.values.retain(|_, value| !value.is_null());
        self.forget_email(lead.id);
        if let Some(email) = lead.email() {
            self.by_email.entry(email).or_default().insert(lead.id);
        }
        self.all.insert(lead.id, lead);
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<Lead> {
        self.forget_email(id);
        self.all.remove(&id)
    }

    fn forget_email(&mut self, id: u64) {
        let Some(email) = self.all.get(&id).and_then(Lead::email) else {
            return;
        };
        if let Some(ids) = self.by_email.get_mut(&email) {
            ids.remove(&id);
            if ids.is_empty() {
                self.by_email.remove(&email);
            }
        }
    }

    /// The ids of the leads whose field has this value, in order; e-mails and other texts in any case.
    pub(super) fn find(&self, field: &str, wanted: &str) -> Vec<u64> {
        match field {
            "id" => {
                let id = wanted.parse().ok();
                id.filter(|id| self.all.contains_key(id))
                    .into_iter()
                    .collect()
            }
            "email" => {
                let ids = self.by_email.get(&wanted.to_lowercase());
                ids.into_iter().flatten().copied().collect()
            }
            _ => {
                let wanted = wanted.to_lowercase();
                let fits = |lead: &&Lead| plain(&lead.value(field, None)) == wanted;
                self.iter().filter(fits).map(|lead| lead.id).collect()
            }
        }
    }

    /// Leads beyond the first of their e-mail.
    pub(super) fn duplicate_emails(&self) -> usize {
        self.by_email.values().map(|ids| ids.len() - 1).sum()
    }
}

/// A value as filters compare it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_lowercase(),
        other => other.to_string(),
    }
}
