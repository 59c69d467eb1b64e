//! A file with the vendor connected and mapped, written by the library: for tests of what comes before and after a
//! connection, whichever command makes it.

use mobly_sync::clock::{Clock, SystemClock};
use mobly_sync::domain::history::Author;
use mobly_sync::domain::integration::{
    Environment, IntegrationCategory, Mode, SecretPlace, Settings,
};
use mobly_sync::domain::lead::Role;
use mobly_sync::domain::mapping::{Rule, RuleOptions, Source, default_write};
use mobly_sync::store::Store;
use mobly_sync::store::integrations::{AccountDetails, NewIntegration};
use mobly_sync::store::qualifiers::NewQualifier;
use mobly_sync::vendors;

use crate::support::{CANARY, World};

fn author() -> Author {
    Author {
        command: "connect hubspot".into(),
        person: None,
    }
}

/// A world with HubSpot's sandbox connected in a mode, and the default mapping.
pub(crate) fn connected(mode: Mode) -> World {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let mut store = store(&world);
    let now = SystemClock::new().now();
    let new = NewIntegration {
        name: "hubspot".into(),
        vendor: "hubspot".into(),
        category: IntegrationCategory::Crm,
        mode: Some(mode),
        settings: Settings {
            base_url: Some(world.base_url()),
            ..Settings::default()
        },
        secret_place: SecretPlace::Environment,
    };
    let account = AccountDetails {
        vendor_account: "20261122".into(),
        origin: world.base_url(),
        environment: Environment::Rehearsal,
        name: "Acme".into(),
    };
    let connected = store
        .connect_integration(&new, &account, &author(), now)
        .unwrap();
    let rules: Vec<(Rule, Role)> = vendors::lookup("hubspot")
        .unwrap()
        .defaults
        .iter()
        .map(|row| {
            let source = Source::Field(row.field.to_owned());
            let role = if row.object == "company" {
                Role::Company
            } else {
                Role::Persona
            };
            let rule = Rule {
                object: row.object.into(),
                remote: row.remote.into(),
                event: None,
                write: default_write(&source, None),
                source,
                options: RuleOptions::default(),
                described: None,
            };
            (rule, role)
        })
        .collect();
    store
        .save_rules(connected.integration.id, &rules, true, &author(), now)
        .unwrap();
    world
}

/// Changes the mode as `mode` does.
pub(crate) fn set_mode(world: &World, mode: Mode) {
    let mut store = store(world);
    let integration = store.integration("hubspot").unwrap().unwrap();
    store
        .set_mode(integration.id, mode, &author(), SystemClock::new().now())
        .unwrap();
}

/// The world's own file, through the library.
pub(crate) fn store(world: &World) -> Store {
    Store::open(&world.database()).unwrap()
}

/// Adds a qualifier.
pub(crate) fn qualifier(world: &World, name: &str, values: &[&str], multiple: bool) {
    let new = NewQualifier {
        name: name.into(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        multiple,
        ..NewQualifier::default()
    };
    store(world)
        .add_qualifier(&new, &author(), SystemClock::new().now())
        .unwrap();
}

/// Counters equal a recount: no command may leave a board that does not close.
pub(crate) fn assert_consistent(world: &World) {
    assert_eq!(store(world).check_counters().unwrap(), Vec::new());
}
