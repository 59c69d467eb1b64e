//! One business unit: everything the sandbox remembers.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::errors::{ApiError, XmlErrors};
use super::field::{self, Field};
use super::imports::Imports;
use super::limits::Limits;
use super::query::Cursors;
use super::table::{Row, Table};
use crate::sandbox::SandboxOptions;
use crate::sandbox::salesforce_login::Access;
use crate::sandbox::time::SandboxClock;

pub(super) type Values = Map<String, Value>;

pub(super) const PROSPECTS: &str = "prospects";
pub(super) const FIELDS: &str = "custom-fields";
pub(super) const LISTS: &str = "lists";
pub(super) const MEMBERSHIPS: &str = "list-memberships";
pub(super) const CAMPAIGNS: &str = "campaigns";
pub(super) const ACCOUNTS: &str = "prospect-accounts";
pub(super) const USERS: &str = "users";
pub(super) const TAGS: &str = "tags";
pub(super) const ACTIVITIES: &str = "external-activities";

/// What differs between units, and where the documentation leaves the behaviour open.
pub(super) struct Settings {
    /// Several prospects may share an e-mail address.
    pub(super) ampsea: bool,
    /// A CRM connector owns the prospect accounts.
    pub(super) crm_connector: bool,
    /// Campaigns come from Salesforce.
    pub(super) connected_campaigns: bool,
    /// Sandbox time until a write is seen by queries.
    pub(super) lag: Duration,
    pub(super) xml_errors: XmlErrors,
    /// Longest text of a common field; nobody publishes it.
    pub(super) text_length: usize,
    pub(super) create_status: u16,
    /// What an import does with blank cells where its columns say nothing.
    pub(super) null_overwrite: bool,
    pub(super) import_time: Duration,
    /// The name of the column with the reason in the table of failed rows.
    pub(super) error_column: String,
    /// Bytes in a batch of an import.
    pub(super) largest_file: usize,
}

/// Prospects that are refused for a reason outside the sandbox's rules.
pub(super) struct Refusal {
    pub(super) email: String,
    pub(super) status: u16,
    pub(super) code: u32,
    pub(super) message: String,
    /// How often it still strikes; `None`: always.
    pub(super) times: Option<u64>,
}

/// What the sandbox counts beyond requests.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) imports: u64,
    pub(super) import_polls: u64,
    pub(super) import_errors_read: u64,
    pub(super) upserts: u64,
    pub(super) queries: u64,
}

pub(super) struct Unit {
    pub(super) options: SandboxOptions,
    pub(super) clock: Arc<SandboxClock>,
    pub(super) random: fastrand::Rng,
    next_id: u64,
    pub(super) org_id: String,
    pub(super) login_user_id: String,
    pub(super) app_scope: String,
    pub(super) instance_url: Option<String>,
    /// How many further refreshes are told that another one is under way.
    pub(super) refresh_conflicts: u64,
    pub(super) access: Access,
    /// `0Uv…`, and whether it is active.
    pub(super) id: String,
    pub(super) active: bool,
    pub(super) facts: Values,
    pub(super) time_zone: TimeZone,
    /// The user whom all calls are made as, by the unit's own number.
    pub(super) user_id: u64,
    /// Abilities the user lacks.
    pub(super) denied: HashSet<String>,
    tables: BTreeMap<&'static str, Table>,
    by_email: HashMap<String, Vec<u64>>,
    by_membership: HashMap<(u64, u64), u64>,
    /// Marketing app extensions and their activity types.
    pub(super) extensions: BTreeMap<String, Vec<String>>,
    pub(super) imports: Imports,
    pub(super) cursors: Cursors,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    pub(super) refusals: Vec<Refusal>,
    pub(super) counts: Counts,
    pub(super) last_request: Value,
}

impl Unit {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let number = options.portal_id % 1_000_000_000;
        let mut unit = Self {
            random: fastrand::Rng::with_seed(options.seed),
            next_id: 120_000,
            org_id: format!("00Dbm0{number:09}EAA"),
            login_user_id: format!("005bm0{number:09}EAA"),
            app_scope: "pardot_api".to_owned(),
            instance_url: None,
            refresh_conflicts: 0,
            access: Access::new(&options.tokens),
            id: format!("0Uvbm0{number:09}EAA"),
            active: true,
            facts: Values::new(),
            time_zone: TimeZone::UTC,
            user_id: 0,
            denied: HashSet::new(),
            tables: BTreeMap::new(),
            by_email: HashMap::new(),
            by_membership: HashMap::new(),
            extensions: BTreeMap::new(),
            imports: Imports::default(),
            cursors: Cursors::default(),
            limits: Limits::new(options.rate, options.daily_limit),
            settings: Settings {
                ampsea: false,
                crm_connector: false,
                connected_campaigns: false,
                lag: options.search_lag,
                xml_errors: XmlErrors::Headers,
                text_length: 255,
                create_status: 201,
                null_overwrite: true,
                import_time: Duration::from_secs(60),
                error_column: "error".to_owned(),
                largest_file: 10_000_000,
            },
            refusals: Vec::new(),
            counts: Counts::default(),
            last_request: Value::Null,
            options,
            clock,
        };
        unit.populate();
        unit
    }

    fn populate(&mut self) {
        for (first, last, active) in [
            ("Olivia", "Stone", true),
            ("Marcus", "Reed", true),
            ("Ivan", "Gone", false),
        ] {
            let email = format!("{first}.{last}@sandbox.example").to_lowercase();
            let values = json!({
                "email": email, "firstName": first, "lastName": last, "username": email,
                "jobTitle": null, "roleName": "Administrator", "isDeleted": !active,
            });
            let id = self.seed(USERS, values.as_object().cloned().unwrap_or_default());
            if self.user_id == 0 {
                self.user_id = id;
            }
        }
        let name = |name: &str| Values::from_iter([("name".to_owned(), json!(name))]);
        let campaign = self.seed(CAMPAIGNS, name("Website Tracking"));
        let facts = json!({
            "id": self.options.portal_id, "company": "Sandbox Example Inc.", "level": "Growth",
            "website": "https://sandbox.example", "pluginCampaignId": campaign,
            "addressOne": null, "addressTwo": null, "city": null, "state": null, "zip": null,
            "territory": null, "country": "United States", "phone": null, "fax": null,
            "adminId": self.user_id, "createdAt": self.timestamp(), "updatedAt": self.timestamp(),
            "createdById": self.user_id, "updatedById": self.user_id,
        });
        self.facts = facts.as_object().cloned().unwrap_or_default();
    }

    pub(super) fn new_id(&mut self) -> u64 {
        // Gaps, as in a real account: nobody may count on consecutive ids.
        self.next_id += 1 + self.random.u64(0..9);
        self.next_id
    }

    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        self.random.shuffle(list);
    }

    pub(super) fn today(&self) -> Date {
        self.clock
            .timestamp()
            .to_zoned(self.time_zone.clone())
            .date()
    }

    /// A moment of sandbox time as Pardot writes it: whole seconds, in the account's time zone.
    pub(super) fn timestamp_at(&self, elapsed: Duration) -> String {
        let ago = self.clock.elapsed().saturating_sub(elapsed).as_millis();
        let ago = i64::try_from(ago).unwrap_or(i64::MAX);
        let then = self.clock.now_milliseconds().saturating_sub(ago);
        let then = Timestamp::from_millisecond(then).unwrap_or(Timestamp::UNIX_EPOCH);
        let then = then.to_zoned(self.time_zone.clone());
        then.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    pub(super) fn timestamp(&self) -> String {
        self.timestamp_at(self.clock.elapsed())
    }

    pub(super) fn table(&mut self, name: &'static str) -> &mut Table {
        self.tables.entry(name).or_default()
    }

    pub(super) fn look(&self, name: &str) -> Option<&Table> {
        self.tables.get(name)
    }

    /// All rows of a collection, deleted ones too.
    pub(super) fn rows(&self, name: &str) -> impl Iterator<Item = (u64, &Row)> {
        self.look(name).into_iter().flat_map(Table::iter)
    }

    /// A row that is not in the recycle bin.
    pub(super) fn live(&self, name: &str, id: u64) -> Option<&Values> {
        Some(&self.look(name)?.live(id)?.values)
    }

    /// Puts a row in place and keeps what finds it by its values up to date.
    pub(super) fn put(
        &mut self,
        name: &'static str,
        id: u64,
        values: Values,
        since: Option<Duration>,
    ) {
        self.forget_keys(name, id);
        let number = |field: &str| values.get(field).and_then(Value::as_u64);
        match name {
            PROSPECTS => {
                if let Some(email) = values.get("email").and_then(Value::as_str) {
                    self.by_email.entry(email.to_owned()).or_default().push(id);
                }
            }
            MEMBERSHIPS => {
                if let (Some(list), Some(prospect)) = (number("listId"), number("prospectId")) {
                    self.by_membership.insert((list, prospect), id);
                }
            }
            _ => {}
        }
        self.table(name).put(id, values, since);
    }

    fn forget_keys(&mut self, name: &str, id: u64) {
        let Some(values) = self
            .look(name)
            .and_then(|table| table.get(id))
            .map(|row| &row.values)
        else {
            return;
        };
        let number = |field: &str| values.get(field).and_then(Value::as_u64);
        if name == MEMBERSHIPS {
            let key = number("listId").zip(number("prospectId"));
            if let Some(key) = key {
                self.by_membership.remove(&key);
            }
        } else if name == PROSPECTS {
            let email = values.get("email").and_then(Value::as_str);
            if let Some(email) = email.map(str::to_owned)
                && let Some(ids) = self.by_email.get_mut(&email)
            {
                ids.retain(|other| *other != id);
            }
        }
    }

    /// As if the row never was.
    pub(super) fn purge(&mut self, name: &'static str, id: u64) -> Option<()> {
        self.forget_keys(name, id);
        self.table(name).remove(id).map(|_| ())
    }

    /// All prospects with exactly this address, deleted ones too.
    pub(super) fn with_email(&self, email: &str) -> &[u64] {
        self.by_email.get(email).map_or(&[], Vec::as_slice)
    }

    pub(super) fn membership(&self, list: u64, prospect: u64) -> Option<u64> {
        self.by_membership.get(&(list, prospect)).copied()
    }

    /// What every new row has before its own values are put in.
    pub(super) fn initial(&self, id: u64, at: Duration) -> Values {
        let moment = json!(self.timestamp_at(at));
        let values = [
            ("id", json!(id)),
            ("createdAt", moment.clone()),
            ("updatedAt", moment),
            ("createdById", json!(self.user_id)),
            ("updatedById", json!(self.user_id)),
            ("isDeleted", json!(false)),
        ];
        let named = values.map(|(name, value)| (name.to_owned(), value));
        Values::from_iter(named)
    }

    /// Stores a new row without any check; queries know it at once.
    pub(super) fn seed(&mut self, name: &'static str, given: Values) -> u64 {
        let id = given.get("id").and_then(Value::as_u64);
        let id = id.unwrap_or_else(|| self.new_id());
        let mut values = self.initial(id, self.clock.elapsed());
        values.extend(given);
        self.put(name, id, values, None);
        id
    }

    /// What a prospect's field of that name takes.
    pub(super) fn field(&self, name: &str) -> Option<Field> {
        if let Some(field) = field::standard_field(name) {
            return Some(field);
        }
        let mut rows = self.look(FIELDS)?.iter();
        let (_, row) = rows.find(|(_, row)| row.text("apiFieldId") == Some(name))?;
        Some(field::custom_field(&row.values))
    }

    /// The refusal a prospect runs into, if any.
    pub(super) fn refusal(&mut self, email: Option<&str>) -> Result<(), Box<ApiError>> {
        let place = self
            .refusals
            .iter()
            .position(|refusal| Some(refusal.email.as_str()) == email);
        let Some(place) = place else {
            return Ok(());
        };
        let refusal = &mut self.refusals[place];
        let error = ApiError::new(refusal.status, refusal.code, refusal.message.clone());
        if let Some(times) = &mut refusal.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.refusals.remove(place);
            }
        }
        Err(error)
    }

    pub(super) fn allow(&self, ability: &str) -> Result<(), Box<ApiError>> {
        if self.denied.contains(ability) {
            return Err(ApiError::permission());
        }
        Ok(())
    }
}
