//! One Pipedrive company account: everything the sandbox remembers.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::access::Access;
use super::field::{self, Choice, Field};
use super::limits::Limits;
use super::record::{Entity, Record, Table, Values};
use crate::sandbox::SandboxOptions;
use crate::sandbox::time::SandboxClock;

/// Where the documentation leaves the behaviour open, or an account is set up one way or the other.
pub(super) struct Settings {
    pub(super) contact_sync: bool,
    /// What reading or changing a deleted record gets: 404, 410, or 200 with `is_deleted` (reading only).
    pub(super) deleted_status: u16,
    /// Exact searches find a neighbour too that only contains the term.
    pub(super) sloppy_exact_match: bool,
    pub(super) open_deals: Option<usize>,
    pub(super) closed: bool,
}

pub(super) struct Company {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) domain: String,
    pub(super) api_domain: Option<String>,
}

/// Writes that fail for a reason outside the sandbox's rules.
pub(super) struct Refusal {
    pub(super) entity: Entity,
    pub(super) when: Values,
    pub(super) status: u16,
    pub(super) error: String,
    pub(super) code: String,
}

pub(super) struct Account {
    pub(super) options: SandboxOptions,
    pub(super) clock: Arc<SandboxClock>,
    random: fastrand::Rng,
    last_number: u64,
    pub(super) company: Company,
    pub(super) users: Vec<Value>,
    /// The user whom all calls are made as.
    pub(super) user_id: u64,
    tables: [Table; Entity::ALL.len()],
    fields: [Vec<Field>; 3],
    pub(super) filters: BTreeMap<u64, Value>,
    pub(super) lead_labels: Vec<Value>,
    pub(super) access: Access,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    pub(super) refusals: Vec<Refusal>,
    pub(super) last_request: Value,
}

impl Account {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let mut last_number = 9_000;
        let mut number = || {
            last_number += 1;
            last_number
        };
        let fields = [Entity::Person, Entity::Organization, Entity::Deal];
        let fields = fields.map(|entity| field::standard(entity, &mut number));
        let mut account = Self {
            random: fastrand::Rng::with_seed(options.seed),
            last_number,
            company: Company {
                id: options.portal_id,
                name: "Mobly rehearsal".to_owned(),
                domain: "mobly-sandbox".to_owned(),
                api_domain: None,
            },
            users: Vec::new(),
            user_id: 0,
            tables: Default::default(),
            fields,
            filters: BTreeMap::new(),
            lead_labels: Vec::new(),
            access: Access::new(&options.tokens),
            limits: Limits::new(options.rate, options.daily_limit),
            settings: Settings {
                contact_sync: false,
                deleted_status: 404,
                sloppy_exact_match: true,
                open_deals: None,
                closed: false,
            },
            refusals: Vec::new(),
            last_request: Value::Null,
            options,
            clock,
        };
        account.populate();
        account
    }

    fn populate(&mut self) {
        self.user_id = self.add_user("Olivia Stone", "olivia.stone@sandbox.example", true);
        self.add_user("Rafael Gomez", "rafael.gomez@sandbox.example", true);
        self.add_user("Former Colleague", "former@sandbox.example", false);
        for (name, color) in [("Hot", "red"), ("Cold", "blue"), ("Warm", "yellow")] {
            self.add_lead_label(name, color);
        }
    }

    pub(super) fn add_user(&mut self, name: &str, email: &str, active: bool) -> u64 {
        let id = self.new_number();
        let now = self.first_version_time(self.now());
        self.users.push(json!({
            "id": id,
            "name": name,
            "default_currency": "EUR",
            "locale": "en_GB",
            "lang": 1,
            "email": email,
            "phone": null,
            "activated": true,
            "last_login": now,
            "created": now,
            "modified": now,
            "has_created_company": id == self.user_id,
            "access": [{"app": "sales", "admin": active}],
            "active_flag": active,
            "timezone_name": "Europe/Berlin",
            "timezone_offset": "+01:00",
            "role_id": 1,
            "icon_url": null,
            "is_you": self.users.is_empty(),
            "is_deleted": false,
        }));
        id
    }

    pub(super) fn add_lead_label(&mut self, name: &str, color: &str) -> Value {
        let id = self.new_uuid(0);
        let now = self.lead_time(self.now());
        let label =
            json!({"id": id, "name": name, "color": color, "add_time": now, "update_time": now});
        self.lead_labels.push(label.clone());
        label
    }

    /// Only active users can own records.
    pub(super) fn is_user(&self, id: u64) -> bool {
        let mut users = self.users.iter();
        users.any(|user| user["id"] == id && user["active_flag"] == true)
    }

    pub(super) fn table(&self, entity: Entity) -> &Table {
        &self.tables[entity as usize]
    }

    pub(super) fn table_mut(&mut self, entity: Entity) -> &mut Table {
        &mut self.tables[entity as usize]
    }

    pub(super) fn live(&self, entity: Entity, id: u64) -> Option<&Record> {
        self.table(entity).live(id)
    }

    fn field_place(entity: Entity) -> usize {
        match entity {
            Entity::Person => 0,
            Entity::Organization => 1,
            _ => 2,
        }
    }

    /// All fields, also those of a contact sync that is not set up.
    pub(super) fn fields(&self, entity: Entity) -> &[Field] {
        &self.fields[Self::field_place(entity)]
    }

    pub(super) fn fields_mut(&mut self, entity: Entity) -> &mut Vec<Field> {
        &mut self.fields[Self::field_place(entity)]
    }

    pub(super) fn field(&self, entity: Entity, code: &str) -> Option<&Field> {
        let found = self.fields(entity).iter().find(|field| field.code == code);
        found.filter(|field| !field.contact_sync || self.settings.contact_sync)
    }

    pub(super) fn field_mut(&mut self, entity: Entity, code: &str) -> Option<&mut Field> {
        let fields = self.fields_mut(entity);
        fields.iter_mut().find(|field| field.code == code)
    }

    /// A custom field; gives its code.
    pub(super) fn add_field(
        &mut self,
        entity: Entity,
        name: &str,
        kind: &str,
        labels: &[String],
    ) -> String {
        let code = self.new_hash();
        let choices = labels.iter().map(|label| Choice {
            id: self.new_number(),
            label: label.clone(),
        });
        let choices: Vec<Choice> = choices.collect();
        let field = Field {
            id: self.new_number(),
            name: name.to_owned(),
            code: code.clone(),
            kind: kind.to_owned(),
            choices: matches!(kind, "enum" | "set").then_some(choices),
            custom: true,
            contact_sync: false,
        };
        self.fields_mut(entity).push(field);
        code
    }

    /// A number for users, fields, options and filters.
    pub(super) fn new_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    pub(super) fn new_id(&mut self, entity: Entity) -> u64 {
        let gap = self.random.u64(0..3);
        self.table_mut(entity).new_id(gap)
    }

    fn new_hash(&mut self) -> String {
        let (first, second) = (self.random.u128(..), self.random.u32(..));
        format!("{first:032x}{second:08x}")
    }

    pub(super) fn new_code(&mut self) -> String {
        self.new_hash()
    }

    pub(super) fn new_refresh_token(&mut self) -> String {
        let hash = self.new_hash();
        format!("{}:{}:{hash}", self.company.id, self.user_id)
    }

    /// Long, as they may be.
    pub(super) fn new_access_token(&mut self) -> String {
        let parts: Vec<String> = (0..12).map(|_| self.new_hash()).collect();
        format!("v1u:AQIBAHj+{}", parts.join("/"))
    }

    /// Ends with the number it stands for.
    pub(super) fn new_uuid(&mut self, number: u64) -> String {
        let (first, second) = (self.random.u32(..), self.random.u16(..));
        format!("{first:08x}-{second:04x}-11eb-879b-{number:012x}")
    }

    /// Seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.clock.now_milliseconds().div_euclid(1_000)
    }

    fn timestamp(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// `2026-09-01T08:00:00Z`
    pub(super) fn time(seconds: i64) -> String {
        Self::timestamp(seconds)
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string()
    }

    /// `2026-09-01 08:00:00`
    pub(super) fn first_version_time(&self, seconds: i64) -> String {
        Self::timestamp(seconds)
            .strftime("%Y-%m-%d %H:%M:%S")
            .to_string()
    }

    /// `2026-09-01T08:00:00.000Z`
    pub(super) fn lead_time(&self, seconds: i64) -> String {
        crate::sandbox::time::iso(seconds * 1_000)
    }

    /// Stores a new record.
    pub(super) fn add(&mut self, entity: Entity, values: Values) -> u64 {
        let id = self.new_id(entity);
        let (now, elapsed) = (self.now(), self.clock.elapsed());
        let mut record = Record::new(id, values, now);
        record.hide_at_first(elapsed);
        if entity == Entity::Lead {
            let uuid = self.new_uuid(id);
            record.values.insert("id".to_owned(), json!(uuid));
        }
        self.table_mut(entity).put(record);
        id
    }

    /// Gives a live record other values; `false` where nothing differs, and then its update time stays.
    pub(super) fn change(&mut self, entity: Entity, id: u64, values: Values) -> bool {
        let (now, elapsed) = (self.now(), self.clock.elapsed());
        let lag = self.options.search_lag;
        let Some(record) = self.table_mut(entity).any_mut(id) else {
            return false;
        };
        if record.values == values {
            return false;
        }
        record.remember(elapsed, lag);
        record.values = values;
        record.updated = now;
        true
    }

    pub(super) fn delete(&mut self, entity: Entity, id: u64) -> Option<()> {
        let (now, elapsed) = (self.now(), self.clock.elapsed());
        let lag = self.options.search_lag;
        let record = self.table_mut(entity).any_mut(id)?;
        record.remember(elapsed, lag);
        record.deleted = true;
        record.updated = now;
        Some(())
    }

    /// The refusal a write runs into, if any.
    pub(super) fn refusal(&self, entity: Entity, body: &Values) -> Option<&Refusal> {
        self.refusals.iter().find(|refusal| {
            let fits = |(name, value): (&String, &Value)| body.get(name) == Some(value);
            refusal.entity == entity && refusal.when.iter().all(fits)
        })
    }

    /// The live lead with this id.
    pub(super) fn lead(&self, uuid: &str) -> Option<&Record> {
        let (_, number) = uuid.rsplit_once('-')?;
        let id = u64::from_str_radix(number, 16).ok()?;
        let lead = self.live(Entity::Lead, id)?;
        (lead.text("id") == Some(uuid)).then_some(lead)
    }
}
