//! A vendor in memory whose persons live in two objects, beside an account that stands in a field of one of them.

mod info;
pub(crate) mod plans;
mod vendor;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use mobly_sync::capture::{self, ImportOptions};
use mobly_sync::clock::{AcceleratedClock, SharedClock};
use mobly_sync::domain::history::Author;
use mobly_sync::domain::ids::LeadId;
use mobly_sync::domain::integration::{Environment, Integration, SecretPlace, Settings};
use mobly_sync::domain::lead::Role;
use mobly_sync::domain::mapping::{Rule, RuleOptions, Source, default_write};
use mobly_sync::domain::run::{AttemptEntry, PhaseEntry, PushSummary, RequestsByKind, Trigger};
use mobly_sync::engine::check::{CheckContext, CheckReport, LookUp, check};
use mobly_sync::engine::events::Silent;
use mobly_sync::engine::verify::{Verified, VerifyContext, VerifyRequest, verify};
use mobly_sync::engine::{Interrupt, PushContext, PushRequest, push};
use mobly_sync::store::integrations::{AccountDetails, NewIntegration};
use mobly_sync::store::{Lookup, NewRun, PushSelection, Store, StoreHandle, Waiting};
use mobly_sync::vendors::{MatchPlan, VendorInfo};

use info::{DEFAULTS, info};
pub(crate) use info::{LABELS, SHOWS};
pub(crate) use vendor::There;
use vendor::Twofold;

pub(crate) const CONTACT: &str = "contact";
pub(crate) const LEAD: &str = "lead";
pub(crate) const ACCOUNT: &str = "account";

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
            own_sign_in: true,
            clock: Arc::clone(&self.clock),
            reporter: Arc::new(Silent),
            requests: Arc::new(RequestsByKind::default),
            left_today: Arc::new(Vec::new),
            interrupt: Interrupt::new(raised),
        };
        push(context, request).await.unwrap()
    }

    /// Reads everybody back.
    pub(crate) async fn verify(&self) -> Verified {
        let (_raise, raised) = tokio::sync::watch::channel(false);
        let context = VerifyContext {
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
        let request = VerifyRequest {
            command: "verify".into(),
            ..VerifyRequest::default()
        };
        verify(context, request).await.unwrap()
    }

    pub(crate) async fn check(&self) -> CheckReport {
        let context = CheckContext {
            store: StoreHandle::spawn(self.store()).unwrap(),
            vendor: Arc::new(Twofold {
                info: self.info,
                plan: self.plan.clone(),
                there: Arc::clone(&self.there),
            }),
            integration: self.integration(),
            clock: Arc::clone(&self.clock),
            look_up: LookUp::Few,
        };
        check(context, None).await.unwrap()
    }

    pub(crate) fn lead(&self, email: &str) -> LeadId {
        match self.store().find_lead(email).unwrap() {
            Lookup::Exact(lead) => lead,
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
