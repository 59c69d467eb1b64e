//! A vendor connected to a sandbox in this process, driven through the library: what the binary does, without its arguments.

use std::sync::Arc;

use mobly_sync::capture::{self, ImportOptions};
use mobly_sync::clock::{AcceleratedClock, SharedClock};
use mobly_sync::domain::history::Author;
use mobly_sync::domain::integration::{Environment, Integration, SecretPlace, Settings};
use mobly_sync::domain::lead::Role;
use mobly_sync::domain::mapping::{Rule, RuleOptions, Source, default_write};
use mobly_sync::domain::run::{PushSummary, RequestsByKind, Trigger};
use mobly_sync::engine::events::Silent;
use mobly_sync::engine::{Interrupt, PushContext, PushRequest, Rehearsal, push, rehearse};
use mobly_sync::sandbox::{RateMode, RunningSandbox, SandboxOptions, start};
use mobly_sync::store::integrations::{AccountDetails, NewIntegration};
use mobly_sync::store::{NewRun, PushSelection, Store, StoreHandle, Waiting};
use mobly_sync::transport::{BaseUrl, Pacer, StaticToken, Transport, install_tls_provider};
use mobly_sync::vendors::{self, Vendor, VendorInfo, VendorSetup};

/// Waits for the vendor's index are a hundredth of what they are.
const FASTER: f64 = 100.0;

/// A file with HubSpot connected to a sandbox and the default mapping.
pub(crate) struct Show {
    folder: tempfile::TempDir,
    /// The other side.
    pub(crate) sandbox: RunningSandbox,
    /// Time, a hundred times faster.
    pub(crate) clock: SharedClock,
    /// The vendor.
    pub(crate) info: &'static VendorInfo,
    /// The vendor's own options of the connection.
    own: &'static [(&'static str, &'static str)],
    /// Whether requests keep to the vendor's limits.
    pub(crate) paced: bool,
}

impl Show {
    /// HubSpot, unthrottled and without delay but for what `change` says.
    pub(crate) async fn new(change: impl FnOnce(&mut SandboxOptions)) -> Self {
        Self::of("hubspot", change).await
    }

    /// The same for any vendor.
    pub(crate) async fn of(vendor: &str, change: impl FnOnce(&mut SandboxOptions)) -> Self {
        Self::with_options(vendor, &[], change).await
    }

    /// The same with options of the vendor's own.
    pub(crate) async fn with_options(
        vendor: &str,
        own: &'static [(&'static str, &'static str)],
        change: impl FnOnce(&mut SandboxOptions),
    ) -> Self {
        install_tls_provider();
        let info = vendors::lookup(vendor).unwrap();
        let mut options = SandboxOptions::new(vendor);
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
            info,
            own,
            paced: false,
        };
        show.connect();
        show
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.folder.path().join("mobly.db")).unwrap()
    }

    pub(crate) fn connect(&self) {
        let mut store = self.store();
        let author = Author {
            command: format!("connect {}", self.info.name),
            person: None,
        };
        let now = self.clock.now();
        let new = NewIntegration {
            name: self.info.name.into(),
            vendor: self.info.name.into(),
            category: self.info.category,
            mode: None,
            settings: Settings {
                base_url: Some(self.sandbox.base_url()),
                vendor: self
                    .own
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                    .collect(),
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
        let rules: Vec<(Rule, Role)> = self
            .info
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
                let object = self.info.objects.iter().find(|of| of.key == row.object);
                (rule, object.map_or(Role::Persona, |object| object.role))
            })
            .collect();
        store
            .save_rules(connected.integration.id, &rules, true, &author, now)
            .unwrap();
    }

    pub(crate) fn integration(&self) -> Integration {
        self.store().integration(self.info.name).unwrap().unwrap()
    }

    pub(crate) fn import(&self, csv: &str) -> capture::ImportReport {
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

    pub(crate) async fn push(&self, change: impl FnOnce(&mut PushRequest)) -> PushSummary {
        let (context, _raise) = self.context();
        push(context, Self::request(change)).await.unwrap()
    }

    /// A push played through.
    pub(crate) async fn rehearse(&self, change: impl FnOnce(&mut PushRequest)) -> Rehearsal {
        let (context, _raise) = self.context();
        let next = self.store().next_run().unwrap();
        rehearse(&context, &Self::request(change), next)
            .await
            .unwrap()
    }

    /// A push that goes by what was read for its plan.
    pub(crate) async fn push_as_planned(
        &self,
        plan: &Rehearsal,
        change: impl FnOnce(&mut PushRequest),
    ) -> PushSummary {
        let (mut context, _raise) = self.context();
        context.vendor = plan.remembering(context.vendor);
        push(context, Self::request(change)).await.unwrap()
    }

    fn request(change: impl FnOnce(&mut PushRequest)) -> PushRequest {
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
        request
    }

    fn context(&self) -> (PushContext, tokio::sync::watch::Sender<bool>) {
        let (vendor, transport) = self.vendor();
        let integration = self.integration();
        let (raise, raised) = tokio::sync::watch::channel(false);
        let context = PushContext {
            store: StoreHandle::spawn(self.store()).unwrap(),
            vendor,
            integration,
            own_sign_in: true,
            clock: Arc::clone(&self.clock),
            reporter: Arc::new(Silent),
            left_today: Arc::new(Vec::new),
            requests: Arc::new(move || {
                let counts = transport.counts();
                RequestsByKind {
                    object: counts.object,
                    metadata: counts.metadata,
                    token: counts.token,
                }
            }),
            interrupt: Interrupt::new(raised),
        };
        (context, raise)
    }

    /// The database file.
    pub(crate) fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("mobly.db")
    }

    /// The vendor's translator, with a transport of its own.
    pub(crate) fn vendor(&self) -> (Arc<dyn Vendor>, Transport) {
        let base = BaseUrl::parse(&self.sandbox.base_url()).unwrap();
        let pacer = Pacer::new(self.info.quotas, Arc::clone(&self.clock), 95, self.paced);
        let token = StaticToken::bearer("pat-test".to_owned().into());
        let transport = Transport::new(base, (self.info.rules)(), Arc::new(token), pacer).unwrap();
        let settings = self.integration().settings;
        let vendor = (self.info.open)(VendorSetup {
            settings,
            transport: transport.clone(),
        });
        (Arc::from(vendor), transport)
    }
}
