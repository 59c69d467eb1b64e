//! HubSpot connected to the sandbox with a token from the environment, and leads, both put there by the library.

use mobly_sync::capture::{self, ImportOptions};
use mobly_sync::clock::{Clock, SystemClock};
use mobly_sync::domain::history::Author;
use mobly_sync::domain::integration::{Environment, IntegrationCategory, SecretPlace, Settings};
use mobly_sync::store::integrations::{AccountDetails, NewIntegration};
use mobly_sync::store::{NewRun, Store};

use crate::support::{CANARY, World};

/// The sandbox's account.
const PORTAL: &str = "20261122";

/// A world in which HubSpot is connected and nothing is mapped.
pub(crate) fn connected() -> World {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let mut store = Store::open(&world.database()).unwrap();
    let new = NewIntegration {
        name: "hubspot".into(),
        vendor: "hubspot".into(),
        category: IntegrationCategory::Crm,
        mode: None,
        settings: Settings {
            base_url: Some(world.base_url()),
            ..Settings::default()
        },
        secret_place: SecretPlace::Environment,
    };
    let account = AccountDetails {
        vendor_account: PORTAL.into(),
        origin: world.base_url(),
        environment: Environment::Rehearsal,
        name: "Acme".into(),
    };
    let author = Author {
        command: "connect hubspot".into(),
        person: None,
    };
    store
        .connect_integration(&new, &account, &author, SystemClock::new().now())
        .unwrap();
    world
}

/// Takes the people of a CSV into the file, for an event.
pub(crate) fn import(world: &World, event: &str, csv: &str) {
    let mut store = Store::open(&world.database()).unwrap();
    let now = SystemClock::new().now();
    let run = NewRun {
        command: "lead import".into(),
        trigger: "import".into(),
        ..NewRun::default()
    };
    let run = store.begin_run(&run, now).unwrap();
    let options = ImportOptions {
        event: Some(event.into()),
        create_event: true,
        ..ImportOptions::new(run, "people.csv")
    };
    capture::import(&mut store, csv.as_bytes(), &options, None, &mut |_| {}, now).unwrap();
}
