//! One Marketo instance: everything the sandbox remembers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};

use super::access::Access;
use super::activities::Activities;
use super::companies::Companies;
use super::errors::{ApiError, Reason};
use super::field::Field;
use super::imports::Imports;
use super::leads::{Lead, Leads, Values};
use super::limits::Limits;
use super::programs::Programs;
use super::schema;
use crate::sandbox::SandboxOptions;
use crate::sandbox::time::SandboxClock;

/// Where the documentation leaves the behaviour open.
pub(super) struct Settings {
    /// HTTP status that comes with code 610.
    pub(super) not_found_status: u16,
    /// Programs in an archived folder take no members.
    pub(super) archived_refuses: bool,
    /// Text that is too long is shortened instead of refused.
    pub(super) cuts_long_text: bool,
    /// Sandbox seconds until a bulk import is done.
    pub(super) import_seconds: u64,
}

pub(super) struct Partition {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) description: String,
    /// The API user has no access to it.
    pub(super) denied: bool,
}

/// The next calls get this error.
pub(super) struct PlannedError {
    pub(super) error: ApiError,
    pub(super) times: u64,
    pub(super) path: String,
    /// The work is done all the same: the answer is what gets lost.
    pub(super) applies: bool,
}

/// Rows with these values are skipped for a reason outside the sandbox's rules.
pub(super) struct Refusal {
    /// `leads`, `companies` or `members`.
    pub(super) object: String,
    pub(super) when: Values,
    pub(super) reason: Reason,
}

pub(super) struct StaticList {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) leads: BTreeSet<u64>,
    pub(super) created_at: i64,
}

pub(super) struct Instance {
    pub(super) options: SandboxOptions,
    pub(super) clock: Arc<SandboxClock>,
    random: fastrand::Rng,
    requests: u64,
    pub(super) fields: Vec<Field>,
    pub(super) company_fields: Vec<Field>,
    pub(super) member_fields: Vec<Field>,
    pub(super) leads: Leads,
    pub(super) companies: Companies,
    pub(super) programs: Programs,
    pub(super) lists: BTreeMap<u64, StaticList>,
    pub(super) partitions: Vec<Partition>,
    pub(super) activities: Activities,
    pub(super) imports: Imports,
    pub(super) access: Access,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    /// Salesforce or Dynamics is synced natively and owns the companies.
    pub(super) native_crm: bool,
    pub(super) planned: Vec<PlannedError>,
    pub(super) refusals: Vec<Refusal>,
    pub(super) deleted: u64,
    pub(super) identity_calls: u64,
    /// Calls by endpoint.
    pub(super) endpoints: BTreeMap<String, u64>,
    pub(super) last_request: Value,
    /// `requestId` of the call being served.
    pub(super) request_id: String,
}

impl Instance {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let now = clock.now_milliseconds();
        Self {
            random: fastrand::Rng::with_seed(options.seed),
            requests: 0,
            fields: schema::lead_fields(),
            company_fields: schema::company_fields(),
            member_fields: schema::member_fields(),
            leads: Leads::new(),
            companies: Companies::new(),
            programs: Programs::standard(now),
            lists: standard_lists(now),
            partitions: vec![Partition {
                id: 1,
                name: "Default".to_owned(),
                description: "Initial system lead partition".to_owned(),
                denied: false,
            }],
            activities: Activities::standard(now),
            imports: Imports::default(),
            access: Access::new(&options.tokens),
            limits: Limits::new(options.rate, options.daily_limit),
            settings: Settings {
                not_found_status: 404,
                archived_refuses: true,
                cuts_long_text: false,
                import_seconds: 10,
            },
            native_crm: false,
            planned: Vec::new(),
            refusals: Vec::new(),
            deleted: 0,
            identity_calls: 0,
            endpoints: BTreeMap::new(),
            last_request: Value::Null,
            request_id: String::new(),
            options,
            clock,
        }
    }

    pub(super) fn now(&self) -> i64 {
        self.clock.now_milliseconds()
    }

    /// A further call: `e42b#14272d07d78`.
    pub(super) fn begin_request(&mut self) {
        self.requests += 1;
        let number = 0xe000 + self.requests;
        self.request_id = format!("{number:x}#{:x}", self.now());
    }

    /// A token as the identity service forms it.
    pub(super) fn new_token(&mut self) -> String {
        let mut part = |bits: u32| {
            let value = self.random.u64(..) >> (64 - bits);
            format!("{value:0width$x}", width = bits as usize / 4)
        };
        let (one, two, three) = (part(32), part(16), part(16));
        let (four, five) = (part(16), part(48));
        format!("{one}-{two}-{three}-{four}-{five}:int")
    }

    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The values of the company a lead belongs to.
    pub(super) fn company_of(&self, lead: &Lead) -> Option<&Values> {
        let company = self.companies.get(lead.company?)?;
        Some(&company.values)
    }

    pub(super) fn partition(&self, name: &str) -> Option<&Partition> {
        self.partitions
            .iter()
            .find(|partition| partition.name == name)
    }

    pub(super) fn list(&self, id: u64) -> Result<&StaticList, Box<ApiError>> {
        let list = self.lists.get(&id);
        list.ok_or_else(|| ApiError::not_found("Static list"))
    }

    /// A lead's value of every field that has one.
    pub(super) fn show(&self, lead: &Lead) -> Values {
        let company = self.company_of(lead);
        let mut shown = Values::new();
        for field in &self.fields {
            let value = lead.value(&field.name, company);
            if !value.is_null() {
                shown.insert(field.name.clone(), value);
            }
        }
        shown
    }

    /// What was planned for rows like this one.
    pub(super) fn refusal(&self, object: &str, row: &Values) -> Option<&Reason> {
        let fits = |refusal: &&Refusal| {
            let mut wanted = refusal.when.iter();
            refusal.object == object && wanted.all(|(name, value)| row.get(name) == Some(value))
        };
        self.refusals
            .iter()
            .find(fits)
            .map(|refusal| &refusal.reason)
    }

    /// Takes a lead out of everything.
    pub(super) fn delete_lead(&mut self, id: u64) -> Option<Lead> {
        let lead = self.leads.remove(id)?;
        self.deleted += 1;
        for list in self.lists.values_mut() {
            list.leads.remove(&id);
        }
        self.programs.members.retain(|(_, lead), _| *lead != id);
        Some(lead)
    }

    /// Loser's values fill the gaps of the winner; memberships follow ("Merge").
    pub(super) fn merge(&mut self, winner: u64, loser: u64) -> Option<()> {
        let mut kept = self.leads.get(winner)?.clone();
        let gone = self.leads.get(loser)?.clone();
        if winner == loser {
            return None;
        }
        for (name, value) in gone.values {
            kept.values.entry(name).or_insert(value);
        }
        kept.company = kept.company.or(gone.company);
        kept.updated_at = self.now();
        for list in self.lists.values_mut() {
            if list.leads.contains(&loser) {
                list.leads.insert(winner);
            }
        }
        let memberships = self.programs.members.iter();
        let moved: Vec<_> = memberships
            .filter(|((_, lead), _)| *lead == loser)
            .map(|((program, _), member)| (*program, member.clone()))
            .collect();
        for (program, member) in moved {
            let place = self.programs.members.entry((program, winner));
            place.or_insert(member);
        }
        self.activities.hand_over(loser, winner);
        self.delete_lead(loser)?;
        self.leads.put(kept);
        Some(())
    }
}

fn standard_lists(now: i64) -> BTreeMap<u64, StaticList> {
    let list = StaticList {
        id: 1_001,
        name: "Trade show leads".to_owned(),
        leads: BTreeSet::new(),
        created_at: now,
    };
    BTreeMap::from([(list.id, list)])
}

impl StaticList {
    pub(super) fn to_json(&self) -> Value {
        let date = super::field::seconds(self.created_at);
        json!({
            "id": self.id,
            "name": self.name,
            "description": "",
            "workspaceName": "Default",
            "createdAt": date,
            "updatedAt": date,
        })
    }
}
