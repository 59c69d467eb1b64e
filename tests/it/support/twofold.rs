//! A vendor in memory whose persons live in two objects, beside an account that stands in a field of one of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use mobly_sync::capture::{self, ImportOptions};
use mobly_sync::clock::{AcceleratedClock, SharedClock};
use mobly_sync::domain::failure::Failure;
use mobly_sync::domain::history::Author;
use mobly_sync::domain::ids::LeadId;
use mobly_sync::domain::integration::{Environment, Integration, SecretPlace, Settings};
use mobly_sync::domain::lead::Role;
use mobly_sync::domain::mapping::{Rule, RuleOptions, Source, default_write};
use mobly_sync::domain::remote::{ObjectSchema, RemoteField, RemoteKind};
use mobly_sync::domain::run::{AttemptEntry, PhaseEntry, PushSummary, RequestsByKind, Trigger};
use mobly_sync::engine::events::Silent;
use mobly_sync::engine::{Interrupt, PushContext, PushRequest, push};
use mobly_sync::store::integrations::{AccountDetails, NewIntegration};
use mobly_sync::store::{Lookup as LeadLookup, NewRun, PushSelection, Store, StoreHandle, Waiting};
use mobly_sync::vendors::{
    self, Batching, CallError, CallTrace, Change, CompanyKeys, DefaultRow, Find, FindAnswer, Found,
    Identity, KeyKind, LinkAnswer, LinkKind, Lookup, MatchPlan, Member, MemberAnswer, MemberRow,
    ObjectInfo, RemoteAccount, RemoteCampaign, RemoteId, RemoteRecord, Row, RowAnswer, Step,
    Values, Vendor, VendorInfo, Verdict, WriteAnswer,
};
use serde_json::{Value, json};

use super::members;

pub(crate) const CONTACT: &str = "contact";
pub(crate) const LEAD: &str = "lead";
pub(crate) const ACCOUNT: &str = "account";

/// The fields of each object; all are text.
const FIELDS: &[(&str, &[&str])] = &[
    (CONTACT, &["FirstName", "LastName", "Email", "Title"]),
    (
        LEAD,
        &["FirstName", "LastName", "Email", "Title", "Company"],
    ),
    (ACCOUNT, &["Name", "Website"]),
];

static DEFAULTS: &[DefaultRow] = &[
    row(CONTACT, "firstName", "FirstName"),
    row(CONTACT, "lastName", "LastName"),
    row(CONTACT, "email", "Email"),
    row(CONTACT, "jobTitle", "Title"),
    row(LEAD, "firstName", "FirstName"),
    row(LEAD, "lastName", "LastName"),
    row(LEAD, "email", "Email"),
    row(LEAD, "jobTitle", "Title"),
    row(LEAD, "companyName", "Company"),
    row(ACCOUNT, "companyName", "Name"),
    row(ACCOUNT, "companyWebsite", "Website"),
];

const fn row(object: &'static str, field: &'static str, remote: &'static str) -> DefaultRow {
    DefaultRow {
        object,
        field,
        remote,
    }
}

const fn by(by: KeyKind) -> Lookup {
    Lookup {
        by,
        keys: 100,
        lag: std::time::Duration::ZERO,
    }
}

static PERSON_LOOKUPS: &[Lookup] = &[by(KeyKind::Id), by(KeyKind::Email), by(KeyKind::Name)];
static COMPANY_LOOKUPS: &[Lookup] = &[by(KeyKind::Id), by(KeyKind::Domain), by(KeyKind::Name)];

/// Match orders as product.md 9 tells them.
pub(crate) mod plans {
    use super::*;

    fn plan(person: &[&'static str], create_person: &'static str) -> MatchPlan {
        let steps = |object: &'static str, kinds: &[KeyKind]| {
            let kinds = kinds.iter();
            kinds.map(|by| Step { object, by: *by }).collect::<Vec<_>>()
        };
        MatchPlan {
            person: person
                .iter()
                .flat_map(|object| steps(object, &[KeyKind::Id, KeyKind::Email]))
                .collect(),
            create_person,
            company: Vec::new(),
            create_company: None,
            link: LinkKind::None,
            person_stands_alone: true,
            identity: Identity {
                first_name: "FirstName",
                last_name: "LastName",
                email: "Email",
            },
            company_keys: CompanyKeys {
                name: "Name",
                domain: "Website",
            },
        }
    }

    pub(crate) fn leads_and_contacts() -> MatchPlan {
        plan(&[CONTACT, LEAD], LEAD)
    }

    pub(crate) fn leads_only() -> MatchPlan {
        plan(&[LEAD], LEAD)
    }

    pub(crate) fn accounts_and_contacts() -> MatchPlan {
        let kinds = [KeyKind::Id, KeyKind::Domain, KeyKind::Name];
        MatchPlan {
            company: kinds
                .map(|by| Step {
                    object: ACCOUNT,
                    by,
                })
                .to_vec(),
            create_company: Some(ACCOUNT),
            link: LinkKind::InPerson {
                object: CONTACT,
                field: "AccountId",
            },
            person_stands_alone: false,
            ..plan(&[CONTACT], CONTACT)
        }
    }
}

/// What the vendor holds, and what it was asked.
#[derive(Default)]
pub(crate) struct There {
    pub(crate) records: Vec<RemoteRecord>,
    /// `find lead Email 3`, `create contact 2` …
    pub(crate) calls: Vec<String>,
    /// Answers to rows of this address, each given once, in order.
    pub(crate) scripted: HashMap<String, Vec<Verdict>>,
    /// Records that somebody converts just before they are written.
    pub(crate) converting: HashMap<String, (&'static str, String)>,
    /// Parents that a request is at just now.
    busy: HashSet<String>,
    /// Parents that two requests were at.
    pub(crate) met: Vec<String>,
    /// Whether a write waits a moment for another one to meet.
    pub(crate) sociable: bool,
    at_once: usize,
    /// The most writes at the same time.
    pub(crate) most_at_once: usize,
    /// Its campaigns.
    pub(crate) campaigns: members::Campaigns,
}

impl There {
    /// Puts a record there; its id.
    pub(crate) fn put(&mut self, object: &'static str, id: &str, values: &[(&str, &str)]) {
        let values = values.iter();
        self.records.push(RemoteRecord {
            object,
            id: id.into(),
            values: values
                .map(|(name, value)| ((*name).to_owned(), json!(value)))
                .collect(),
            created: None,
            instead: None,
        });
    }

    pub(crate) fn convert(&mut self, id: &str, instead: (&'static str, &str)) {
        let found = self.records.iter_mut().find(|record| record.id == id);
        found.unwrap().instead = Some((instead.0, instead.1.to_owned()));
    }

    pub(crate) fn remove(&mut self, object: &str, id: &str) {
        self.records
            .retain(|record| (record.object, record.id.as_str()) != (object, id));
    }

    pub(crate) fn of(&self, object: &str) -> Vec<&RemoteRecord> {
        let records = self.records.iter();
        records.filter(|record| record.object == object).collect()
    }

    pub(crate) fn value(&self, object: &str, id: &str, field: &str) -> Value {
        let mut records = self.records.iter();
        let found = records.find(|record| (record.object, record.id.as_str()) == (object, id));
        found
            .and_then(|record| record.values.get(field).cloned())
            .unwrap_or_default()
    }

    /// How many calls begin so.
    pub(crate) fn called(&self, beginning: &str) -> usize {
        let calls = self.calls.iter();
        calls.filter(|call| call.starts_with(beginning)).count()
    }

    fn write_row(&mut self, object: &'static str, row: &Row) -> Verdict {
        let email = row.change.values().get("Email").and_then(Value::as_str);
        if let Some(script) = email.and_then(|email| self.scripted.get_mut(email))
            && !script.is_empty()
        {
            return script.remove(0);
        }
        if let Some(account) = row.change.values().get("AccountId")
            && !self.records.iter().any(|held| *account == held.id)
        {
            return Verdict::LinkGone;
        }
        match &row.change {
            Change::Create { values } => {
                let id = format!("{object}-{}", self.records.len() + 1);
                self.records.push(RemoteRecord {
                    object,
                    id: id.clone(),
                    values: values.clone(),
                    created: None,
                    instead: None,
                });
                Verdict::Done { id, stored: None }
            }
            Change::Update { id, .. } if self.converting.contains_key(id) => {
                let (object, instead) = self.converting.remove(id).unwrap_or_default();
                self.convert(id, (object, &instead));
                Verdict::Gone
            }
            Change::Update { id, values } => {
                let mut records = self.records.iter_mut();
                let held = records.find(|held| held.object == object && held.id == *id);
                let Some(held) = held else {
                    return Verdict::Gone;
                };
                assert!(held.instead.is_none(), "a converted record was written");
                held.values.extend(values.clone());
                Verdict::Done {
                    id: id.clone(),
                    stored: None,
                }
            }
        }
    }
}

/// The vendor.
pub(crate) struct Twofold {
    info: &'static VendorInfo,
    plan: MatchPlan,
    there: Arc<Mutex<There>>,
}

impl Twofold {
    fn is_alone(&self) -> bool {
        let there = self.there.lock().unwrap();
        there.sociable && there.at_once < 2
    }
}

fn object(key: &'static str, rows: usize, parent: Option<&'static str>) -> ObjectInfo {
    let batching = Batching {
        rows,
        bytes: 1_000_000,
        repeatable: false,
        parent,
    };
    let person = key != ACCOUNT;
    ObjectInfo {
        key,
        role: if person { Role::Persona } else { Role::Company },
        create: Some(batching),
        update: Some(batching),
        lookups: if person {
            PERSON_LOOKUPS
        } else {
            COMPANY_LOOKUPS
        },
        always_read: if person {
            &["FirstName", "LastName", "Email"]
        } else {
            &["Name", "Website"]
        },
    }
}

fn info(rows: usize) -> &'static VendorInfo {
    let like = vendors::lookup("hubspot").unwrap();
    let objects = [
        object(LEAD, rows, None),
        object(CONTACT, rows, Some("AccountId")),
        object(ACCOUNT, rows, None),
    ];
    Box::leak(Box::new(VendorInfo {
        name: "twofold",
        title: "Twofold",
        objects: Box::leak(Box::new(objects)),
        defaults: DEFAULTS,
        campaigns: Some(&members::CAMPAIGNS),
        scopes: &[],
        options: &[],
        quotas: &[],
        troubles: &[],
        ..*like
    }))
}

fn trace() -> CallTrace {
    CallTrace {
        method: "POST".into(),
        url: "https://twofold.example".into(),
        status: 200,
        ..CallTrace::default()
    }
}

#[async_trait]
impl Vendor for Twofold {
    fn info(&self) -> &'static VendorInfo {
        self.info
    }

    fn plan(&self) -> MatchPlan {
        self.plan.clone()
    }

    async fn account(&self) -> Result<RemoteAccount, CallError> {
        Err(CallError::unsupported("accounts"))
    }

    async fn describe(
        &self,
        object: &'static str,
        _: &[String],
    ) -> Result<ObjectSchema, CallError> {
        let names = FIELDS.iter().find(|(key, _)| *key == object).unwrap().1;
        let fields = names.iter().map(|name| RemoteField {
            name: (*name).into(),
            label: (*name).into(),
            kind: RemoteKind::Text,
            max_length: None,
            options: None,
            required_on_create: *name == "LastName" || (object == ACCOUNT && *name == "Name"),
            writable: true,
            unique: false,
            custom: false,
            opt_out: false,
            rules: Vec::new(),
        });
        Ok(ObjectSchema {
            fields: fields.collect(),
        })
    }

    async fn find(&self, find: &Find) -> Result<FindAnswer, CallError> {
        let mut there = self.there.lock().unwrap();
        there.calls.push(format!(
            "find {} {:?} {}",
            find.object,
            find.by,
            find.keys.join(" ")
        ));
        let text = |record: &RemoteRecord, field: &str| {
            let value = record.values.get(field).and_then(Value::as_str);
            value.unwrap_or_default().to_owned()
        };
        let holds = |record: &RemoteRecord, key: &str| match find.by {
            KeyKind::Id => record.id == key,
            KeyKind::Email => text(record, "Email").eq_ignore_ascii_case(key),
            KeyKind::Domain => text(record, "Website").contains(key),
            KeyKind::Name if find.object == ACCOUNT => text(record, "Name") == key,
            KeyKind::Name => {
                format!("{}|{}", text(record, "FirstName"), text(record, "LastName")) == key
            }
            KeyKind::ExternalId => false,
        };
        let keys = find.keys.iter();
        let found = keys.map(|key| Found {
            key: key.clone(),
            records: there
                .of(find.object)
                .into_iter()
                .filter(|record| holds(record, key))
                .map(|record| RemoteRecord {
                    // Only what was asked for is told.
                    values: record
                        .values
                        .iter()
                        .filter(|(name, _)| find.fields.contains(name))
                        .map(|(name, value)| (name.clone(), value.clone()))
                        .collect(),
                    ..record.clone()
                })
                .collect(),
        });
        Ok(FindAnswer {
            found: found.collect(),
            call: trace(),
        })
    }

    async fn write(&self, object: &'static str, rows: &[Row]) -> Result<WriteAnswer, CallError> {
        let kind = if rows[0].change.is_create() {
            "create"
        } else {
            "update"
        };
        let parents: HashSet<String> = {
            let mut there = self.there.lock().unwrap();
            there.calls.push(format!("{kind} {object} {}", rows.len()));
            there.at_once += 1;
            there.most_at_once = there.most_at_once.max(there.at_once);
            let parents = rows.iter().filter_map(|row| match &row.change {
                Change::Create { values } => Some(values.get("AccountId")?.as_str()?.to_owned()),
                Change::Update { id, .. } => there
                    .value(object, id, "AccountId")
                    .as_str()
                    .map(str::to_owned),
            });
            let parents: HashSet<String> = parents.collect();
            for parent in &parents {
                if !there.busy.insert(parent.clone()) {
                    there.met.push(parent.clone());
                }
            }
            parents
        };
        // Another batch joins it, or nothing lets it: then it has waited long enough.
        let begun = std::time::Instant::now();
        while self.is_alone() && begun.elapsed() < std::time::Duration::from_millis(100) {
            tokio::task::yield_now().await;
        }
        let mut there = self.there.lock().unwrap();
        there.at_once -= 1;
        there.busy.retain(|parent| !parents.contains(parent));
        let answers = rows.iter().map(|row| RowAnswer {
            trace: row.trace.clone(),
            verdict: there.write_row(object, row),
            sent: serde_json::to_value(row.change.values()).unwrap(),
            received: Value::Null,
        });
        Ok(WriteAnswer {
            rows: answers.collect(),
            call: trace(),
        })
    }

    async fn campaign(&self, id: &str) -> Result<Option<RemoteCampaign>, CallError> {
        self.there.lock().unwrap().campaigns.get(id)
    }

    async fn members(
        &self,
        campaign: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        let mut there = self.there.lock().unwrap();
        Ok(there.campaigns.members(&campaign.id, persons))
    }

    async fn join_campaign(
        &self,
        campaign: &RemoteCampaign,
        rows: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        self.there.lock().unwrap().campaigns.begin(&campaign.id);
        // Others get their turn: whoever may be at the same campaign meets this request.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        let mut there = self.there.lock().unwrap();
        there.campaigns.join(&campaign.id, rows, trace())
    }

    async fn linked(&self, _: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        panic!("nothing is joined by a call of its own");
    }

    async fn link(&self, _: &[(RemoteId, RemoteId)]) -> Result<LinkAnswer, CallError> {
        panic!("nothing is joined by a call of its own");
    }

    fn encode(&self, _: &RemoteField, parts: &[String], _: bool) -> Result<Value, Failure> {
        Ok(json!(parts.join(";")))
    }

    fn same(&self, _: &RemoteField, left: &Value, right: &Value) -> bool {
        left == right
    }

    fn join(&self, _: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
        (theirs != ours).then(|| ours.clone())
    }

    fn lacks(&self, _: &'static str, _: &Values) -> Option<Failure> {
        None
    }
}

/// A file connected to it, with everything mapped.
pub(crate) struct Stand {
    folder: tempfile::TempDir,
    clock: SharedClock,
    info: &'static VendorInfo,
    pub(crate) plan: MatchPlan,
    there: Arc<Mutex<There>>,
}

impl Stand {
    pub(crate) fn new(plan: MatchPlan) -> Self {
        Self::with_rows(plan, 200)
    }

    /// With so many rows to a write.
    pub(crate) fn with_rows(plan: MatchPlan, rows: usize) -> Self {
        let stand = Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Arc::new(AcceleratedClock::new(100.0)),
            info: info(rows),
            plan,
            there: Arc::default(),
        };
        stand.connect();
        stand
    }

    pub(crate) fn there(&self) -> std::sync::MutexGuard<'_, There> {
        self.there.lock().unwrap()
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.folder.path().join("mobly.db")).unwrap()
    }

    fn connect(&self) {
        let mut store = self.store();
        let author = Author {
            command: "connect".into(),
            person: None,
        };
        let new = NewIntegration {
            name: self.info.name.into(),
            vendor: self.info.name.into(),
            category: self.info.category,
            mode: None,
            settings: Settings::default(),
            secret_place: SecretPlace::Environment,
        };
        let account = AccountDetails {
            vendor_account: "1".into(),
            origin: "https://twofold.example".into(),
            environment: Environment::Sandbox,
            name: "Acme".into(),
        };
        let now = self.clock.now();
        let connected = store
            .connect_integration(&new, &account, &author, now)
            .unwrap();
        let rules: Vec<(Rule, Role)> = DEFAULTS
            .iter()
            .map(|row| {
                let source = Source::Field(row.field.to_owned());
                let rule = Rule {
                    object: row.object.into(),
                    remote: row.remote.into(),
                    event: None,
                    write: default_write(&source, None),
                    source,
                    options: RuleOptions::default(),
                    described: None,
                };
                let role = match row.object {
                    ACCOUNT => Role::Company,
                    _ => Role::Persona,
                };
                (rule, role)
            })
            .collect();
        store
            .save_rules(connected.integration.id, &rules, true, &author, now)
            .unwrap();
    }

    pub(crate) fn integration(&self) -> Integration {
        self.store().integration(self.info.name).unwrap().unwrap()
    }

    /// Imports rows of `First Name,Last Name,Email,Company,Website,Job Title`.
    pub(crate) fn import(&self, rows: &str) {
        self.import_csv(&format!(
            "First Name,Last Name,Email,Company,Website,Job Title\n{rows}"
        ));
    }

    pub(crate) fn import_csv(&self, csv: &str) {
        self.import_to("Expo", csv);
    }

    pub(crate) fn import_to(&self, event: &str, csv: &str) {
        let mut store = self.store();
        let now = self.clock.now();
        let new = NewRun {
            command: "lead import".into(),
            trigger: "import".into(),
            ..NewRun::default()
        };
        let run = store.begin_run(&new, now).unwrap();
        let options = ImportOptions {
            event: Some(event.into()),
            create_event: true,
            ..ImportOptions::new(run, "people.csv")
        };
        let report =
            capture::import(&mut store, csv.as_bytes(), &options, None, &mut |_| {}, now).unwrap();
        assert_eq!(report.rejected, 0);
    }

    pub(crate) async fn push(&self) -> PushSummary {
        self.push_with(|_| {}).await
    }

    pub(crate) async fn push_with(&self, change: impl FnOnce(&mut PushRequest)) -> PushSummary {
        let mut request = PushRequest {
            selection: PushSelection {
                waiting: Waiting::Named,
                failed: true,
                ..PushSelection::default()
            },
            trigger: Trigger::Manual,
            command: "sync".into(),
            event: None,
            again: false,
            settle: None,
            max_failures: None,
            max_duration: None,
            expect: None,
            person: None,
        };
        change(&mut request);
        let (_raise, raised) = tokio::sync::watch::channel(false);
        let context = PushContext {
            store: StoreHandle::spawn(self.store()).unwrap(),
            vendor: Arc::new(Twofold {
                info: self.info,
                plan: self.plan.clone(),
                there: Arc::clone(&self.there),
            }),
            integration: self.integration(),
            clock: Arc::clone(&self.clock),
            reporter: Arc::new(Silent),
            requests: Arc::new(RequestsByKind::default),
            interrupt: Interrupt::new(raised),
        };
        push(context, request).await.unwrap()
    }

    pub(crate) fn lead(&self, email: &str) -> LeadId {
        match self.store().find_lead(email).unwrap() {
            LeadLookup::Exact(lead) => lead,
            _ => panic!("no lead {email}"),
        }
    }

    /// The lead's records, `object id` each, the one linked last at the end.
    pub(crate) fn links(&self, email: &str) -> Vec<String> {
        let account = self.integration().account.unwrap().id;
        let links = self
            .store()
            .remote_links(account, self.lead(email))
            .unwrap();
        let links = links.iter();
        links
            .map(|link| format!("{} {}", link.object, link.remote_id))
            .collect()
    }

    pub(crate) fn attempt(&self, email: &str) -> AttemptEntry {
        let account = self.integration().account.unwrap().id;
        let lead = self.lead(email);
        self.store()
            .attempts(account, lead, false)
            .unwrap()
            .remove(0)
    }

    /// The steps of the latest attempt: `person update contact c1`.
    pub(crate) fn steps(&self, email: &str) -> Vec<String> {
        let told = |phase: &PhaseEntry| {
            let action = phase.action.map_or("-", |action| action.name());
            let object = phase.object.as_deref().unwrap_or("-");
            let id = phase.remote_id.as_deref().unwrap_or("-");
            format!("{} {action} {object} {id}", phase.name.name())
        };
        self.attempt(email).phases.iter().map(told).collect()
    }

    pub(crate) fn note(&self, email: &str) -> String {
        let phases = self.attempt(email).phases;
        let notes: Vec<String> = phases.into_iter().filter_map(|phase| phase.note).collect();
        notes.join(" | ")
    }

    /// Changes one field of a lead.
    pub(crate) fn edit(&self, email: &str, field: &str, value: &str) {
        let edit = mobly_sync::store::LeadEdit {
            fields: BTreeMap::from([(field.to_owned(), value.to_owned())]),
            answers: Vec::new(),
        };
        let lead = self.lead(email);
        self.store()
            .edit_leads(&[lead], &edit, false, self.clock.now())
            .unwrap();
    }
}
