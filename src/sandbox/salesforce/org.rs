//! One Salesforce org: everything the sandbox remembers.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::addresses::AddressPicklists;
use super::bulk::Jobs;
use super::errors::ApiError;
use super::ids;
use super::limits::Limits;
use super::locks::Locks;
use super::object::{Object, Record, Values};
use super::rules::Rules;
use super::schema;
use super::soql::Cursors;
use crate::sandbox::SandboxOptions;
use crate::sandbox::salesforce_login::Access;
use crate::sandbox::time::{SandboxClock, iso};

/// Where the documentation leaves the behaviour open, and how long things take.
pub(super) struct Settings {
    /// An unknown field in one record of many refuses the whole request.
    pub(super) unknown_field_refuses_request: bool,
    /// Results of Collections carry `duplicateResult`.
    pub(super) duplicate_result_in_collections: bool,
    /// Sandbox time a bulk job works.
    pub(super) bulk_time: Duration,
}

/// The org's active Lead assignment rule.
pub(super) struct AssignmentRule {
    pub(super) active: bool,
    pub(super) queue: String,
}

/// How Lead records were written, by the `Sforce-Auto-Assign` header.
#[derive(Default)]
pub(super) struct AutoAssignCounts {
    pub(super) off: u64,
    pub(super) absent: u64,
    pub(super) rule: u64,
}

/// A point to which changes can be taken back.
pub(super) struct Savepoint {
    length: usize,
    is_outermost: bool,
}

pub(super) struct Org {
    pub(super) options: SandboxOptions,
    pub(super) clock: Arc<SandboxClock>,
    pub(super) random: fastrand::Rng,
    next_number: u64,
    pub(super) org_id: String,
    /// The user whom all calls are made as.
    pub(super) user_id: String,
    pub(super) instance_url: Option<String>,
    /// First and last API version served.
    pub(super) versions: (u32, u32),
    objects: Vec<Object>,
    by_name: HashMap<String, usize>,
    pub(super) access: Access,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    pub(super) rules: Rules,
    pub(super) locks: Locks,
    pub(super) assignment_rule: AssignmentRule,
    pub(super) auto_assign: AutoAssignCounts,
    pub(super) person_accounts: bool,
    pub(super) addresses: Option<AddressPicklists>,
    pub(super) cursors: Cursors,
    pub(super) jobs: Jobs,
    pub(super) last_request: Value,
    /// What to put back when a request with `allOrNone` fails.
    journal: Option<Vec<(usize, String, Option<Record>)>>,
}

impl Org {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let objects = schema::standard_objects();
        let names = objects.iter().enumerate();
        let by_name = names
            .map(|(place, object)| (object.name.to_lowercase(), place))
            .collect();
        let mut org = Self {
            random: fastrand::Rng::with_seed(options.seed),
            next_number: 100,
            org_id: ids::make("00D", options.portal_id),
            user_id: String::new(),
            instance_url: None,
            versions: (31, 67),
            objects,
            by_name,
            access: Access::new(&options.tokens),
            limits: Limits::new(options.rate, options.daily_limit),
            settings: Settings {
                unknown_field_refuses_request: false,
                duplicate_result_in_collections: false,
                bulk_time: Duration::from_secs(3),
            },
            rules: Rules::default(),
            locks: Locks::default(),
            assignment_rule: AssignmentRule {
                active: true,
                queue: String::new(),
            },
            auto_assign: AutoAssignCounts::default(),
            person_accounts: false,
            addresses: None,
            cursors: Cursors::default(),
            jobs: Jobs::default(),
            last_request: Value::Null,
            journal: None,
            options,
            clock,
        };
        org.populate();
        org
    }

    fn populate(&mut self) {
        let people = [
            ("Olivia", "Stone", true),
            ("Marcus", "Reed", true),
            ("Priya", "Nair", true),
            ("Ivan", "Gone", false),
        ];
        for (first, last, active) in people {
            let email = format!(
                "{}.{}@sandbox.example",
                first.to_lowercase(),
                last.to_lowercase()
            );
            let id = self.seed(
                "User",
                json!({"FirstName": first, "LastName": last, "Email": email, "Username": email,
                       "Alias": &last.to_lowercase()[..4], "IsActive": active, "UserType": "Standard"}),
            );
            if self.user_id.is_empty() {
                self.user_id = id.unwrap_or_default();
            }
        }
        for (name, kind) in [("Inbound Leads", "Queue"), ("Sales", "Regular")] {
            let developer_name = name.replace(' ', "_");
            let id = self.seed(
                "Group",
                json!({"Name": name, "DeveloperName": developer_name, "Type": kind}),
            );
            if kind == "Queue" {
                self.assignment_rule.queue = id.unwrap_or_default();
                let queue = self.assignment_rule.queue.clone();
                self.seed(
                    "QueueSobject",
                    json!({"QueueId": queue, "SobjectType": "Lead"}),
                );
            }
        }
        // The account type of other vendors is the default option: a free developer's org.
        let edition = match self.options.account_type.as_str() {
            "DEVELOPER_TEST" => "Developer Edition",
            other => other,
        };
        let facts = json!({
            "Id": self.org_id, "Name": "Sandbox Example Inc.", "IsSandbox": false,
            "OrganizationType": edition, "InstanceName": "NA1", "LanguageLocaleKey": "en_US",
        });
        self.seed("Organization", facts);
    }

    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name.to_lowercase()).copied()
    }

    pub(super) fn at(&self, place: usize) -> &Object {
        &self.objects[place]
    }

    pub(super) fn at_mut(&mut self, place: usize) -> &mut Object {
        &mut self.objects[place]
    }

    /// An object this user may see.
    pub(super) fn visible(&self, name: &str) -> Result<usize, Box<ApiError>> {
        self.place(name)
            .filter(|place| !self.at(*place).hidden)
            .ok_or_else(|| ApiError::invalid_type(name))
    }

    pub(super) fn object(&self, name: &str) -> Option<&Object> {
        self.place(name).map(|place| self.at(place))
    }

    pub(super) fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.iter()
    }

    /// The object an id belongs to by its first three characters.
    pub(super) fn place_of_id(&self, id: &str) -> Option<usize> {
        let prefix = id.get(..3)?;
        self.objects
            .iter()
            .position(|object| object.key_prefix == prefix)
    }

    /// Any record by an id of either form.
    pub(super) fn record(&self, id: &str) -> Option<&Record> {
        let id = ids::normalize(id)?;
        self.at(self.place_of_id(&id)?).record(&id)
    }

    pub(super) fn new_id(&mut self, prefix: &str) -> String {
        // Gaps, as in a real org: nobody may count on consecutive ids.
        self.next_number += 1 + self.random.u64(0..9);
        ids::make(prefix, self.next_number)
    }

    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        self.random.shuffle(list);
    }

    pub(super) fn now(&self) -> i64 {
        self.clock.now_milliseconds()
    }

    /// The present as Salesforce writes it: whole seconds, `+0000`.
    pub(super) fn timestamp(&self) -> String {
        let text = iso(self.now() / 1_000 * 1_000);
        text.replace('Z', "+0000")
    }

    pub(super) fn store(&mut self, place: usize, record: Record) {
        let id = record.id.clone();
        let before = self.objects[place].store(record);
        if let Some(journal) = &mut self.journal {
            journal.push((place, id, before));
        }
    }

    /// From here on changes can be taken back, to this point.
    pub(super) fn begin(&mut self) -> Savepoint {
        let is_outermost = self.journal.is_none();
        Savepoint {
            length: self.journal.get_or_insert_default().len(),
            is_outermost,
        }
    }

    pub(super) fn commit(&mut self, savepoint: &Savepoint) {
        if savepoint.is_outermost {
            self.journal = None;
        }
    }

    pub(super) fn roll_back(&mut self, savepoint: &Savepoint) {
        let undone = self
            .journal
            .as_mut()
            .map(|journal| journal.split_off(savepoint.length));
        for (place, id, before) in undone.into_iter().flatten().rev() {
            match before {
                Some(record) => drop(self.objects[place].store(record)),
                None => drop(self.objects[place].remove(&id)),
            }
        }
        self.commit(savepoint);
    }

    /// Stores a record without any check; missing standard values are filled in.
    pub(super) fn seed(&mut self, object: &str, values: Value) -> Option<String> {
        let place = self.place(object)?;
        let Value::Object(given) = values else {
            return None;
        };
        let prefix = self.at(place).key_prefix;
        let id = match given.get("Id").and_then(Value::as_str) {
            Some(id) => ids::normalize(id)?,
            None => self.new_id(prefix),
        };
        let mut values = self.initial_values(place);
        for (name, value) in given {
            let field = self.at(place).any_field(&name);
            let name = field.map_or(name, |field| field.name.clone());
            values.insert(name, value);
        }
        values.insert("Id".to_owned(), json!(id));
        let mut record = Record {
            id: id.clone(),
            values,
        };
        super::derived::refresh(self, place, &mut record.values);
        let is_person = record.flag("IsPersonAccount") && object.eq_ignore_ascii_case("Account");
        self.store(place, record.clone());
        super::derived::after_insert(self, place, &id);
        if is_person {
            self.seed_person_contact(place, record);
        }
        Some(id)
    }

    fn seed_person_contact(&mut self, place: usize, mut account: Record) {
        let value = |name: &str| account.values.get(name).cloned().unwrap_or_default();
        let contact = json!({
            "IsPersonAccount": true, "AccountId": account.id, "LastName": value("LastName"),
            "FirstName": value("FirstName"), "Email": value("PersonEmail"),
        });
        if let Some(id) = self.seed("Contact", contact) {
            account
                .values
                .insert("PersonContactId".to_owned(), json!(id));
            self.store(place, account);
        }
    }

    /// What a new record has before the request's values are put in.
    pub(super) fn initial_values(&self, place: usize) -> Values {
        let now = json!(self.timestamp());
        let mut values = Values::new();
        for field in self.at(place).fields() {
            let value = match field.name.as_str() {
                "CreatedDate" | "LastModifiedDate" | "SystemModstamp" => now.clone(),
                "OwnerId" | "CreatedById" | "LastModifiedById" => json!(self.user_id),
                _ => field.initial(),
            };
            if !value.is_null() {
                values.insert(field.name.clone(), value);
            }
        }
        values
    }
}
