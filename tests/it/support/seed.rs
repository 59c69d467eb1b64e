//! Leads and a mapping straight into the file, for tests that are about something else.

use std::borrow::Cow;

use jiff::Timestamp;
use mobly_sync::domain::history::Author;
use mobly_sync::domain::ids::EventId;
use mobly_sync::domain::integration::{Environment, IntegrationCategory, SecretPlace, Settings};
use mobly_sync::domain::lead::Role;
use mobly_sync::domain::mapping::{Rule, RuleOptions, Source, WriteBehaviour};
use mobly_sync::store::events::{EventAdded, NewEvent};
use mobly_sync::store::integrations::{AccountDetails, NewIntegration};
use mobly_sync::store::{CaptureRow, Channel, Store};

use super::World;

fn now() -> Timestamp {
    "2026-11-17T09:30:00Z".parse().unwrap()
}

/// The file of a world.
pub(crate) fn store(world: &World) -> Store {
    Store::open(&world.database()).expect("the file")
}

/// So many people of an event, which is made where there is none of that name. Addresses differ by event and number.
pub(crate) fn leads(world: &World, event: &str, people: std::ops::Range<usize>) -> EventId {
    let mut store = store(world);
    let new = NewEvent {
        name: event.to_owned(),
        ..NewEvent::default()
    };
    let (EventAdded::Added(found) | EventAdded::Exists(found)) =
        store.add_event(&new, now()).unwrap();
    let host = event.to_lowercase().replace(' ', "-");
    for n in people {
        let email = format!("ann{n}@{host}.example");
        let row = CaptureRow {
            channel: Channel::File,
            event: Some(found.id),
            external_id: None,
            fields: vec![
                ("firstName", Cow::from(format!("Ann{n}"))),
                ("lastName", Cow::from("Lee")),
                ("email", Cow::from(email)),
            ],
            answers: Vec::new(),
            scans: None,
            met: None,
        };
        store.add_lead(&row, now()).unwrap();
    }
    found.id
}

/// Maps names and address of persons.
pub(crate) fn map(world: &World) {
    let fields = [
        ("firstName", "firstname"),
        ("lastName", "lastname"),
        ("email", "email"),
    ];
    for (field, remote) in fields {
        map_field(world, field, remote);
    }
}

/// Maps one field of persons.
pub(crate) fn map_field(world: &World, field: &str, remote: &str) {
    let mut store = store(world);
    let integration = store.integration("hubspot").unwrap().expect("a connection");
    let rule = Rule {
        object: "contact".into(),
        remote: remote.into(),
        event: None,
        source: Source::Field(field.into()),
        write: WriteBehaviour::IfBlank,
        options: RuleOptions::default(),
        described: None,
    };
    let author = Author::default();
    store
        .save_rule(integration.id, &rule, Role::Persona, false, &author, now())
        .unwrap();
}

/// Holds or releases an event.
pub(crate) fn hold_event(world: &World, event: EventId, held: bool) {
    store(world).hold_event(event, held, now()).unwrap();
}

/// Makes the connection one to another account at the same address, as if it had been connected to that.
pub(crate) fn sign_in_to(world: &World, account: &str) {
    let mut store = store(world);
    let old = store.integration("hubspot").unwrap().expect("a connection");
    let new = NewIntegration {
        name: old.name.clone(),
        vendor: old.vendor.clone(),
        category: old.category,
        mode: None,
        settings: old.settings.clone(),
        secret_place: old.secret_place,
    };
    let details = AccountDetails {
        vendor_account: account.to_owned(),
        origin: old
            .account
            .map(|account| account.origin)
            .unwrap_or_default(),
        environment: Environment::Rehearsal,
        name: account.to_owned(),
    };
    store
        .connect_integration(&new, &details, &Author::default(), now())
        .unwrap();
}

/// A CRM of another vendor that holds the category's place.
pub(crate) fn other_crm(world: &World, name: &str) {
    let new = NewIntegration {
        name: name.to_owned(),
        vendor: name.to_owned(),
        category: IntegrationCategory::Crm,
        mode: None,
        settings: Settings::default(),
        secret_place: SecretPlace::None,
    };
    let details = AccountDetails {
        vendor_account: "1".to_owned(),
        origin: String::new(),
        environment: Environment::Production,
        name: "Other".to_owned(),
    };
    store(world)
        .connect_integration(&new, &details, &Author::default(), now())
        .unwrap();
}
