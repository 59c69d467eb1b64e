//! Pushes through the library, against the sandbox over real HTTP: what lands, what fails, what a lost answer does.

use std::sync::Arc;

use mobly_sync::capture::{self, ImportOptions};
use mobly_sync::clock::{AcceleratedClock, SharedClock};
use mobly_sync::domain::history::Author;

use mobly_sync::domain::integration::{
    Environment, Integration, IntegrationCategory, SecretPlace, Settings,
};
use mobly_sync::domain::lead::Role;
use mobly_sync::domain::mapping::{Rule, RuleOptions, Source, default_write};
use mobly_sync::domain::run::{PushSummary, RequestsByKind, Trigger};
use mobly_sync::engine::events::Silent;
use mobly_sync::engine::{Interrupt, PushContext, PushRequest, push};
use mobly_sync::sandbox::{RateMode, RunningSandbox, SandboxOptions, start};
use mobly_sync::store::integrations::{AccountDetails, NewIntegration};
use mobly_sync::store::{NewRun, PushSelection, Store, StoreHandle, Waiting};
use mobly_sync::transport::{BaseUrl, Pacer, StaticToken, Transport, install_tls_provider};
use mobly_sync::vendors::{self, VendorSetup};
use serde_json::json;

use crate::support::World;

/// Waits for the vendor's index are a hundredth of what they are.
const FASTER: f64 = 100.0;

/// A file with HubSpot connected to a sandbox and the default mapping.
struct Show {
    folder: tempfile::TempDir,
    sandbox: RunningSandbox,
    clock: SharedClock,
}

impl Show {
    async fn new(change: impl FnOnce(&mut SandboxOptions)) -> Self {
        install_tls_provider();
        let mut options = SandboxOptions::new("hubspot");
        options.rate = RateMode::Off;
        options.search_lag = std::time::Duration::ZERO;
        options.time_factor = FASTER;
        change(&mut options);
        let sandbox = start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let show = Self {
            folder,
            sandbox,
            clock: Arc::new(AcceleratedClock::new(FASTER)),
        };
        show.connect();
        show
    }

    fn store(&self) -> Store {
        Store::open(&self.folder.path().join("mobly.db")).unwrap()
    }

    fn connect(&self) {
        let mut store = self.store();
        let author = Author {
            command: "connect hubspot".into(),
            person: None,
        };
        let now = self.clock.now();
        let new = NewIntegration {
            name: "hubspot".into(),
            vendor: "hubspot".into(),
            category: IntegrationCategory::Crm,
            mode: None,
            settings: Settings {
                base_url: Some(self.sandbox.base_url()),
                ..Settings::default()
            },
            secret_place: SecretPlace::Environment,
        };
        let account = AccountDetails {
            vendor_account: "4412345".into(),
            origin: self.sandbox.base_url(),
            environment: Environment::Rehearsal,
            name: "Acme".into(),
        };
        let connected = store
            .connect_integration(&new, &account, &author, now)
            .unwrap();
        let rules: Vec<(Rule, Role)> = vendors::lookup("hubspot")
            .unwrap()
            .defaults
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
                (
                    rule,
                    if row.object == "company" {
                        Role::Company
                    } else {
                        Role::Persona
                    },
                )
            })
            .collect();
        store
            .save_rules(connected.integration.id, &rules, true, &author, now)
            .unwrap();
    }

    fn integration(&self) -> Integration {
        self.store().integration("hubspot").unwrap().unwrap()
    }

    fn import(&self, csv: &str) -> capture::ImportReport {
        let mut store = self.store();
        let now = self.clock.now();
        let run = store
            .begin_run(
                &NewRun {
                    command: "lead import".into(),
                    trigger: "import".into(),
                    ..NewRun::default()
                },
                now,
            )
            .unwrap();
        let options = ImportOptions {
            event: Some("Expo".into()),
            create_event: true,
            ..ImportOptions::new(run, "people.csv")
        };
        capture::import(&mut store, csv.as_bytes(), &options, None, &mut |_| {}, now).unwrap()
    }

    async fn push(&self, change: impl FnOnce(&mut PushRequest)) -> PushSummary {
        let mut request = PushRequest {
            selection: PushSelection {
                waiting: Waiting::Named,
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
        let info = vendors::lookup("hubspot").unwrap();
        let base = BaseUrl::parse(&self.sandbox.base_url()).unwrap();
        let pacer = Pacer::new(info.quotas, Arc::clone(&self.clock), 95, false);
        let token = StaticToken::bearer("pat-test".to_owned().into());
        let transport = Transport::new(base, (info.rules)(), Arc::new(token), pacer).unwrap();
        let counted = transport.clone();
        let integration = self.integration();
        let vendor = (info.open)(VendorSetup {
            settings: integration.settings.clone(),
            transport,
        });
        let (_raise, raised) = tokio::sync::watch::channel(false);
        let context = PushContext {
            store: StoreHandle::spawn(self.store()).unwrap(),
            vendor: Arc::from(vendor),
            integration,
            clock: Arc::clone(&self.clock),
            reporter: Arc::new(Silent),
            requests: Arc::new(move || {
                let counts = counted.counts();
                RequestsByKind {
                    object: counts.object,
                    metadata: counts.metadata,
                    token: counts.token,
                }
            }),
            interrupt: Interrupt::new(raised),
        };
        let summary = push(context, request).await.unwrap();
        self.store().assert_consistent();
        summary
    }
}

trait Consistent {
    fn assert_consistent(&self);
}

impl Consistent for Store {
    /// The counters equal a recount, and no lead is left in anybody's hands.
    fn assert_consistent(&self) {
        assert_eq!(self.check_counters().unwrap(), Vec::new());
        assert!(self.unfinished_claims().unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_leads_land_once_within_the_budget() {
    let show = Show::new(|_| {}).await;
    show.import(&World::people_csv(1_000, 300));
    let summary = show.push(|_| {}).await;
    assert_eq!(
        (
            summary.cleared,
            summary.created,
            summary.failed,
            summary.waiting
        ),
        (1_000, 1_000, 0, 0)
    );
    assert!(
        summary.requests_by_kind.object <= 32,
        "{:?}",
        summary.requests_by_kind
    );
    assert!(
        summary.requests_by_kind.metadata <= 6,
        "{:?}",
        summary.requests_by_kind
    );
    let stats = show.sandbox.stats();
    assert_eq!(
        (&stats["contacts"], &stats["companies"]),
        (&json!(1_000), &json!(300)),
        "{stats}"
    );
    assert_eq!(stats["duplicate_emails"], 0);
    assert_eq!(stats["duplicate_company_domains"], 0);

    let again = show
        .push(|request| {
            request.again = true;
            request.selection.cleared = true;
        })
        .await;
    assert_eq!((again.cleared, again.unchanged), (1_000, 1_000));
    assert_eq!(show.sandbox.stats()["writes"], stats["writes"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_answers_and_outages_double_nothing() {
    let show = Show::new(|options| {
        options.faults = [
            "drop-after=0.3@batch/create",
            "drop-before=0.1",
            "500=0.1",
            "partial=0.05",
            "reorder=0.3",
        ]
        .iter()
        .map(|fault| fault.parse().unwrap())
        .collect();
        options.seed = 7;
    })
    .await;
    show.import(&World::people_csv(600, 40));
    // Whatever one run leaves open the next takes up.
    for _ in 0..12 {
        let summary = show.push(|request| request.selection.failed = true).await;
        if summary.waiting == 0 && summary.failed == 0 {
            break;
        }
    }
    let stats = show.sandbox.stats();
    assert_eq!(stats["contacts"], 600, "{stats}");
    assert_eq!(stats["companies"], 40, "{stats}");
    let board = show
        .store()
        .board_summary(&show.integration(), None)
        .unwrap();
    assert_eq!(board.cleared, 600, "{board:?}");
}
