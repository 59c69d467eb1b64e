//! One connection: what the file and the secret store tell of it, what the vendor told, and the lines of both.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::asking::{Asked, POLICY, Step, Trouble};
use super::{set_up, sign_in};
use crate::app::{App, Pace, Session, SessionError, daily_quota};
use crate::clock::SharedClock;
use crate::domain::checkup::{self, Check, Section};
use crate::domain::integration::{Integration, SecretPlace};
use crate::domain::mapping::{QualifierRule, Rule};
use crate::env_vars;
use crate::secrets::StoredCredential;
use crate::sign_in::Keeper;
use crate::store::Store;
use crate::store::board::overview::Overview;
use crate::store::health::QueueFacts;
use crate::transport::Transport;
use crate::vendors::{self, CallErrorKind, VendorInfo};

/// What is known of a connection before its vendor is asked.
pub(super) struct Local {
    pub(super) integration: Integration,
    pub(super) info: Option<&'static VendorInfo>,
    /// A transport without a sign-in; `None`: there is nobody to ask.
    pub(super) transport: Option<Transport>,
    pub(super) opened: Result<Opened, SessionError>,
    pub(super) rules: Vec<Rule>,
    pub(super) qualifiers: Vec<QualifierRule>,
    pub(super) overview: Overview,
    pub(super) queue: QueueFacts,
    pub(super) budget: Option<crate::domain::budget::Budget>,
    /// By object: the fields mapping and qualifiers fill.
    wanted: BTreeMap<&'static str, Vec<String>>,
}

/// A sign-in ready to be used.
pub(super) struct Opened {
    pub(super) session: Session,
    pub(super) keeper: Option<Keeper>,
    pub(super) credential: StoredCredential,
    pub(super) place: SecretPlace,
    /// Whether using it may renew it.
    pub(super) renews: bool,
}

impl Local {
    /// The vendor's name for people.
    pub(super) fn title(&self) -> &str {
        self.info
            .map_or(self.integration.vendor.as_str(), |info| info.title)
    }

    /// The command that makes the sign-in anew.
    pub(super) fn connect(&self) -> String {
        format!("mobly-sync connect {}", self.integration.name)
    }

    /// Whether an account's id is that of the connection.
    pub(super) fn is_of(&self, account: &str) -> bool {
        self.integration
            .account
            .as_ref()
            .is_none_or(|known| known.vendor_account == account)
    }

    /// Objects with the fields to compare.
    pub(super) fn wanted(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        self.wanted
            .iter()
            .map(|(object, fields)| (*object, fields.as_slice()))
    }
}

/// Reads what file and secret store tell. What cannot be read is as if it were not there: the file has lines of its own.
pub(super) fn look(
    app: &App,
    store: &Store,
    integration: &Integration,
    clock: SharedClock,
) -> Local {
    let info = vendors::lookup(&integration.vendor);
    let pace = Pace {
        policy: Some(POLICY),
        ..Pace::default()
    };
    let asked = info.filter(|_| integration.connected);
    let now = clock.now();
    let transport = asked.and_then(|info| {
        app.bare_transport(info, &integration.settings, clock.clone(), pace)
            .ok()
    });
    let opened = match asked {
        Some(info) => open(app, store, integration, info, clock, pace),
        None => Err(SessionError::UnknownVendor(integration.vendor.clone())),
    };
    let rules = store.rules(integration.id).unwrap_or_default();
    let qualifiers = store.qualifier_rules(integration.id).unwrap_or_default();
    let account = integration.account.as_ref().map(|account| account.id);
    Local {
        wanted: wanted(info, &rules, &qualifiers),
        info,
        transport,
        opened,
        rules,
        qualifiers,
        overview: store.overview(integration, now).unwrap_or_default(),
        queue: account
            .and_then(|account| store.queue_facts(account, now).ok())
            .unwrap_or_default(),
        budget: account.and_then(|account| {
            let budgets = store.budgets(account).ok()?;
            budgets
                .into_iter()
                .filter(|budget| budget.allowed.is_some())
                .max_by_key(|budget| budget.at)
        }),
        integration: integration.clone(),
    }
}

fn open(
    app: &App,
    store: &Store,
    integration: &Integration,
    info: &'static VendorInfo,
    clock: SharedClock,
    pace: Pace,
) -> Result<Opened, SessionError> {
    let signed_in = app.signed_in(store, integration)?;
    let (place, credential) = (signed_in.place, signed_in.credential.clone());
    let keeper = match place {
        SecretPlace::Environment => None,
        _ => app.keeper(store, integration)?,
    };
    let settings = &integration.settings;
    let session = app.open_vendor(info, settings, signed_in, keeper.clone(), clock, pace, None)?;
    Ok(Opened {
        session,
        keeper,
        renews: sign_in::renews(&credential),
        credential,
        place,
    })
}

fn wanted(
    info: Option<&'static VendorInfo>,
    rules: &[Rule],
    qualifiers: &[QualifierRule],
) -> BTreeMap<&'static str, Vec<String>> {
    let mut wanted: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for object in info.iter().flat_map(|info| info.objects) {
        let of_rules = rules
            .iter()
            .filter(|rule| rule.object == object.key)
            .map(|rule| &rule.remote);
        let of_qualifiers = qualifiers
            .iter()
            .filter(|rule| rule.object == object.key)
            .map(|rule| &rule.remote);
        for field in of_rules.chain(of_qualifiers) {
            let fields = wanted.entry(object.key).or_default();
            if !fields.contains(field) {
                fields.push(field.clone());
            }
        }
    }
    wanted
}

/// Notes in the file what the vendor told. A file that takes no notes has told so in lines of its own.
pub(super) fn keep(store: &mut Store, local: &Local, asked: &Asked, now: Timestamp) {
    let integration = &local.integration;
    let refused = match &asked.account {
        Step::Answered(account) if local.is_of(&account.id) => Some(false),
        Step::Failed(Trouble::Call(error)) if matches!(error.kind, CallErrorKind::SignIn(_)) => {
            let own = |opened: &Opened| opened.session.is_own_of(integration);
            local.opened.as_ref().is_ok_and(own).then_some(true)
        }
        _ => None,
    };
    if let Some(refused) = refused {
        let _ = store.set_needs_sign_in(integration, refused, now);
    }
    let Some(account) = &integration.account else {
        return;
    };
    for (object, schema) in &asked.schemas {
        if let Step::Answered(schema) = schema {
            let _ = store.save_schema(account.id, object, schema, now);
        }
    }
    if let (Step::Answered(Some(told)), Some(info)) = (&asked.budget, local.info) {
        let (quota, limit) = (daily_quota(info), Some(told.limit));
        let _ = store.save_budget(account.id, quota, told.used, limit, told.resets_at, now);
    }
}

/// The lines of a connection.
pub(super) fn section(local: &Local, asked: &Asked, now: Timestamp) -> Section {
    let integration = &local.integration;
    Section {
        integration: Some(integration.name.clone()),
        title: heading(local),
        checks: if integration.connected && local.info.is_some() {
            checks(local, asked, now)
        } else {
            vec![not_connected(local)]
        },
    }
}

fn heading(local: &Local) -> String {
    match &local.integration.account {
        Some(account) => format!(
            "{}: {} ({})",
            local.title(),
            account.name,
            account.environment.name().to_uppercase()
        ),
        None => local.title().to_owned(),
    }
}

fn not_connected(local: &Local) -> Check {
    if local.info.is_none() {
        return Check::broken(
            "state",
            format!("this mobly-sync does not know {}", local.title()),
        )
        .hint("update mobly-sync");
    }
    Check::fine("state", "not connected; mapping and history are kept").fix(local.connect())
}

fn checks(local: &Local, asked: &Asked, now: Timestamp) -> Vec<Check> {
    let mut checks = Vec::new();
    if !local.integration.enabled {
        checks.push(
            Check::fine("state", "disabled: nothing is pushed until it is enabled")
                .fix(format!("mobly-sync enable {}", local.integration.name)),
        );
    }
    checks.extend([
        sign_in::check(local, asked, now),
        network(local, asked),
        sign_in::account(local, asked),
        permissions(local, asked),
        clock(local, asked),
        set_up::mapping(local, asked),
        set_up::queue(local, now),
        set_up::budget(local, asked, now),
    ]);
    checks
}

fn network(local: &Local, asked: &Asked) -> Check {
    const NAME: &str = "network";
    let (Step::Answered(reached), Some(transport)) = (&asked.reached, &local.transport) else {
        let why = match &local.opened {
            Err(error) => error.to_string(),
            Ok(_) => "there is no address to ask".to_owned(),
        };
        return Check::broken(NAME, why).fix(local.connect());
    };
    let base = transport.base();
    let check = match reached {
        Ok(reached) => Check::fine(
            NAME,
            format!(
                "{} answered in {} ms",
                base.address().trim_start_matches("https://"),
                reached.took.as_millis()
            ),
        ),
        Err(why) if base.is_loopback() => Check::broken(NAME, why.clone())
            .hint(format!(
                "is a sandbox running at {}? Start it, or connect to another address",
                base.address()
            ))
            .fix(sandbox(local, &base.address())),
        Err(why) => Check::broken(NAME, why.clone())
            .hint("check this machine's network, name service, proxy and certificates, then look again")
            .fix(format!("mobly-sync doctor {}", local.integration.name)),
    };
    // Nothing local goes through a proxy.
    if base.is_loopback() {
        return check;
    }
    env_vars::proxies()
        .into_iter()
        .fold(check, |check, (name, host)| {
            let host = host.map_or_else(String::new, |host| format!(", {host}"));
            check.note(format!("through a proxy ({name}{host})"))
        })
}

fn permissions(local: &Local, asked: &Asked) -> Check {
    const NAME: &str = "permissions";
    match &asked.permissions {
        Step::Untaken => not_asked(NAME, local, asked),
        Step::Failed(trouble) => Check::warning(NAME, format!("not readable: {trouble}")),
        Step::Answered(None) => {
            let refused = set_up::refused_objects(local, asked);
            refused.unwrap_or_else(|| {
                Check::fine(NAME, super::permissions_summary(None, local.title()))
            })
        }
        Step::Answered(Some(scopes)) => {
            let is_vital = |name: &str| match &local.opened {
                Ok(opened) => opened.session.vendor.is_vital(name),
                Err(_) => false,
            };
            let check = checkup::permissions(scopes.held.len(), &scopes.missing, is_vital);
            if scopes.missing.is_empty() {
                return check;
            }
            check
                .hint(format!(
                    "grant them in {}, then sign in again",
                    local.title()
                ))
                .fix(local.connect())
        }
    }
}

/// A clock that stands or runs as a variable says is nobody's: what it differs by means nothing.
fn clock(local: &Local, asked: &Asked) -> Check {
    const NAME: &str = "clock";
    match &asked.reached {
        Step::Answered(Ok(_))
            if env_vars::test_now().is_some() || env_vars::test_time_factor().is_some() =>
        {
            Check::fine(NAME, "not compared: a variable for tests sets this one")
        }
        Step::Answered(Ok(reached)) => checkup::clock(reached.skew, reached.took),
        _ => not_asked(NAME, local, asked),
    }
}

/// The command that starts a rehearsal's server where it is looked for.
fn sandbox(local: &Local, address: &str) -> String {
    let port = url::Url::parse(address).ok().and_then(|url| url.port());
    let port = port.map_or_else(String::new, |port| format!(" --port {port}"));
    format!("mobly-sync sandbox {}{port}", local.integration.vendor)
}

/// Something before it is broken.
pub(super) fn not_asked(name: &'static str, local: &Local, asked: &Asked) -> Check {
    Check::skipped(name, why_not_asked(local, asked))
}

/// What kept the vendor from being asked.
pub(super) fn why_not_asked(local: &Local, asked: &Asked) -> String {
    let title = local.title();
    match (&asked.reached, &asked.account) {
        (Step::Answered(Err(_)), _) => format!("{title} cannot be reached"),
        _ if local.opened.is_err() => format!("{title} cannot be asked without a sign-in"),
        (_, Step::Answered(_)) => "not looked at: it is another account".to_owned(),
        _ => format!("{title} did not let us in"),
    }
}
