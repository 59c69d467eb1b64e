//! One Zoho CRM account: everything the sandbox remembers.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Value, json};

use super::access::Access;
use super::errors::ApiError;
use super::limits::Limits;
use super::module::{Layout, Module, Record, Values};
use super::schema;
use crate::sandbox::SandboxOptions;
use crate::sandbox::time::SandboxClock;

/// Where the documentation leaves the behaviour open, or differs by the age of its pages.
pub(super) struct Settings {
    pub(super) picklists_enforced: bool,
    pub(super) mixed_status: u16,
    pub(super) all_failed_status: u16,
    pub(super) absent_status: u16,
    /// An upsert finds converted leads too, and fails.
    pub(super) matches_converted: bool,
    pub(super) coql_shows_converted: bool,
    pub(super) coql_values: usize,
    pub(super) coql_columns: usize,
    pub(super) old_limit_wording: bool,
}

pub(super) struct DataCentre {
    /// `us`, `eu`, …
    pub(super) location: String,
    pub(super) accounts_server: Option<String>,
    pub(super) api_domain: Option<String>,
}

/// Rows that fail for a reason outside the sandbox's rules: locked, in a blueprint, …
pub(super) struct Refusal {
    pub(super) module: String,
    pub(super) id: Option<String>,
    pub(super) when: Values,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) details: Value,
}

/// A lead's or contact's place in a campaign.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) module: String,
    pub(super) status: Option<String>,
}

pub(super) struct Org {
    pub(super) options: SandboxOptions,
    pub(super) clock: Arc<SandboxClock>,
    random: fastrand::Rng,
    next_number: u64,
    /// The user whom all calls are made as.
    pub(super) user_id: String,
    pub(super) facts: Value,
    pub(super) users: Vec<Value>,
    pub(super) data_centre: DataCentre,
    modules: Vec<Module>,
    pub(super) access: Access,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    pub(super) refusals: Vec<Refusal>,
    /// By campaign and person.
    pub(super) members: BTreeMap<(String, String), Member>,
    /// `None`: any text.
    pub(super) member_statuses: Option<Vec<String>>,
    pub(super) triggers: BTreeMap<String, u64>,
    pub(super) last_request: Value,
}

impl Org {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let mut org = Self {
            random: fastrand::Rng::with_seed(options.seed),
            next_number: 424_000,
            user_id: String::new(),
            facts: Value::Null,
            users: Vec::new(),
            data_centre: DataCentre {
                location: "us".to_owned(),
                accounts_server: None,
                api_domain: None,
            },
            modules: schema::standard_modules(),
            access: Access::new(&options.tokens),
            limits: Limits::new(options.rate, options.daily_limit),
            settings: Settings {
                picklists_enforced: true,
                mixed_status: 207,
                all_failed_status: 400,
                absent_status: 204,
                matches_converted: true,
                coql_shows_converted: false,
                coql_values: 100,
                coql_columns: 50,
                old_limit_wording: false,
            },
            refusals: Vec::new(),
            members: BTreeMap::new(),
            member_statuses: None,
            triggers: BTreeMap::new(),
            last_request: Value::Null,
            options,
            clock,
        };
        org.populate();
        org
    }

    fn populate(&mut self) {
        let people = [
            ("Olivia Stone", "active"),
            ("Marcus Reed", "active"),
            ("Ivan Gone", "inactive"),
        ];
        for (name, status) in people {
            let email = format!("{}@sandbox.example", name.to_lowercase().replace(' ', "."));
            let id = self.add_user(name, &email, status);
            if self.user_id.is_empty() {
                self.user_id = id;
            }
        }
        self.facts = json!({
            "id": self.new_id(),
            "zgid": self.options.portal_id.to_string(),
            "company_name": "Sandbox Example Inc.",
            "domain_name": format!("org{}", self.options.portal_id),
            "primary_email": "olivia.stone@sandbox.example",
            "type": "production",
            "country_code": "US",
            "iso_code": "USD",
            "time_zone": "Europe/Berlin",
            "license_details": {"paid": false, "paid_type": "free", "users_license_purchased": 3},
        });
        for place in 0..self.modules.len() {
            self.modules[place].id = self.new_id();
            let id = self.new_id();
            self.modules[place].layouts.push(Layout {
                id,
                name: "Standard".to_owned(),
                required: std::collections::BTreeSet::new(),
            });
            let fields: Vec<_> = self.modules[place].fields().cloned().collect();
            for mut field in fields {
                self.name_parts(&mut field);
                self.modules[place].put_field(field);
            }
        }
    }

    /// Gives a field and its options the ids they lack.
    pub(super) fn name_parts(&mut self, field: &mut super::field::Field) {
        if field.id.is_empty() {
            field.id = self.new_id();
        }
        for option in &mut field.options {
            if option.id.is_empty() {
                option.id = self.new_id();
            }
        }
    }

    pub(super) fn add_user(&mut self, name: &str, email: &str, status: &str) -> String {
        let id = self.new_id();
        let (first, last) = name.split_once(' ').unwrap_or(("", name));
        self.users.push(json!({
            "id": id, "full_name": name, "first_name": first, "last_name": last, "email": email,
            "status": status, "confirm": true, "locale": "en_US", "time_zone": "Europe/Berlin",
            "role": {"name": "CEO", "id": "724445000000000001"},
            "profile": {"name": "Administrator", "id": "724445000000000002"},
        }));
        id
    }

    pub(super) fn user(&self, id: &str) -> Option<&Value> {
        self.users.iter().find(|user| user["id"] == id)
    }

    /// `{"name","id"}` of a user.
    pub(super) fn user_reference(&self, id: &str) -> Value {
        let name = self.user(id).map(|user| user["full_name"].clone());
        json!({"name": name, "id": id})
    }

    pub(super) fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// Module names are compared without case.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.modules
            .iter()
            .position(|module| module.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn at(&self, place: usize) -> &Module {
        &self.modules[place]
    }

    pub(super) fn at_mut(&mut self, place: usize) -> &mut Module {
        &mut self.modules[place]
    }

    pub(super) fn module(&self, name: &str) -> Option<&Module> {
        self.place(name).map(|place| self.at(place))
    }

    /// A module this user may see; `path_index` is where the URL named it.
    pub(super) fn visible(&self, name: &str, path_index: usize) -> Result<usize, Box<ApiError>> {
        self.place(name)
            .filter(|place| !self.at(*place).hidden)
            .ok_or_else(|| ApiError::invalid_module(path_index))
    }

    pub(super) fn new_id(&mut self) -> String {
        // Gaps, as in a real account: nobody may count on consecutive ids.
        self.next_number += 1 + self.random.u64(0..9);
        format!("724445{:012}", self.next_number)
    }

    /// `1000.…`, the form of all of Zoho's secrets.
    pub(super) fn new_secret(&mut self) -> String {
        let (first, second) = (self.random.u128(..), self.random.u128(..));
        format!("1000.{first:032x}.{second:032x}")
    }

    /// The present in the account's time zone, in whole seconds.
    pub(super) fn timestamp(&self) -> String {
        let now = Timestamp::from_millisecond(self.clock.now_milliseconds());
        let zone = TimeZone::fixed(Offset::constant(2));
        let now = now.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone);
        now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// What every new record has before the request's values are put in.
    pub(super) fn initial_values(&self, place: usize) -> Values {
        let (now, user) = (json!(self.timestamp()), json!({"id": self.user_id}));
        let mut values = Values::new();
        for field in self.at(place).fields() {
            let value = match field.name.as_str() {
                "Created_Time" | "Modified_Time" | "Last_Activity_Time" => now.clone(),
                "Owner" | "Created_By" | "Modified_By" => user.clone(),
                _ if field.data_type == "boolean" => json!(false),
                _ => continue,
            };
            values.insert(field.name.clone(), value);
        }
        values
    }

    /// Puts a record in place; what is derived from its values is brought up to date.
    pub(super) fn store(&mut self, place: usize, mut record: Record) {
        record.values.insert("id".to_owned(), json!(record.id));
        if self.at(place).any_field("Full_Name").is_some() {
            let names = ["First_Name", "Last_Name"].map(|name| record.text(name));
            let names: Vec<&str> = names.into_iter().flatten().collect();
            let name = json!(names.join(" "));
            record.values.insert("Full_Name".to_owned(), name);
        }
        if self.at(place).name == "Notes" {
            self.note_activity(&record);
        }
        self.at_mut(place).store(record);
    }

    /// A note is an activity of its parent: the parent itself does not change.
    fn note_activity(&mut self, note: &Record) {
        let module = note.values.get("Parent_Id");
        let module = module.and_then(|parent| parent["module"]["api_name"].as_str());
        let (Some(place), Some(parent)) = (
            module.and_then(|module| self.place(module)),
            note.reference("Parent_Id"),
        ) else {
            return;
        };
        let now = json!(self.timestamp());
        let Some(mut record) = self.at(place).live_record(parent).cloned() else {
            return;
        };
        if self.at(place).any_field("Last_Activity_Time").is_some() {
            record.values.insert("Last_Activity_Time".to_owned(), now);
            self.at_mut(place).store(record);
        }
    }

    /// Stores a new record without any check.
    pub(super) fn seed(&mut self, module: &str, given: Values) -> Option<String> {
        let place = self.place(module)?;
        let id = match given.get("id").and_then(Value::as_str) {
            Some(id) => id.to_owned(),
            None => self.new_id(),
        };
        let mut values = self.initial_values(place);
        values.extend(given);
        let record = Record {
            id: id.clone(),
            values,
            deleted: false,
            made_at: self.clock.elapsed(),
        };
        self.store(place, record);
        Some(id)
    }

    /// The refusal a row runs into, if any.
    pub(super) fn refusal(
        &self,
        module: &str,
        id: Option<&str>,
        values: &Values,
    ) -> Option<Box<ApiError>> {
        let hit = self.refusals.iter().find(|refusal| {
            let same_id = refusal.id.is_none() || refusal.id.as_deref() == id;
            let fits = |(name, value): (&String, &Value)| values.get(name) == Some(value);
            refusal.module == module && same_id && refusal.when.iter().all(fits)
        })?;
        let details = hit.details.clone();
        Some(ApiError::new(400, &hit.code, hit.message.clone(), details))
    }
}
