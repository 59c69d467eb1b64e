//! Small set-ups for the tests of the store, written straight into the tables so that each file is tested on its own.
#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use rusqlite::params;

use super::Store;
use super::accounts::Backlog;
use super::check::recount;
use super::connection::micros;
use super::integrations::{AccountDetails, Connected, NewIntegration};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::history::Author;
use crate::domain::ids::{AccountId, EventId, LeadId};
use crate::domain::integration::{
    Environment, Integration, IntegrationCategory, SecretPlace, Settings,
};
use crate::domain::lead::Role;
use crate::domain::mapping::{Rule, RuleOptions, Source, WriteBehaviour};

/// Half past nine on the first day of the show.
pub(crate) fn now() -> Timestamp {
    "2026-11-17T09:30:00Z".parse().unwrap()
}

pub(crate) fn author() -> Author {
    Author {
        command: "test".into(),
        person: Some("ann".into()),
    }
}

pub(crate) fn new_integration(name: &str) -> NewIntegration {
    NewIntegration {
        name: name.into(),
        vendor: name.into(),
        category: IntegrationCategory::Crm,
        mode: None,
        settings: Settings::default(),
        secret_place: SecretPlace::Keyring,
    }
}

pub(crate) fn details(vendor_account: &str) -> AccountDetails {
    AccountDetails {
        vendor_account: vendor_account.into(),
        origin: String::new(),
        environment: Environment::Production,
        name: format!("Account {vendor_account}"),
    }
}

pub(crate) fn connect(store: &mut Store, name: &str, account: &str) -> Connected {
    store
        .connect_integration(&new_integration(name), &details(account), &author(), now())
        .unwrap()
}

pub(crate) fn rule(object: &str, field: &str, remote: &str) -> Rule {
    Rule {
        object: object.into(),
        remote: remote.into(),
        event: None,
        source: Source::Field(field.into()),
        write: WriteBehaviour::IfBlank,
        options: RuleOptions::default(),
        described: None,
    }
}

/// A connected, mapped CRM.
pub(crate) fn crm(store: &mut Store) -> Integration {
    let connected = connect(store, "crm", "4412345");
    let id = connected.integration.id;
    store
        .save_rule(
            id,
            &rule("contact", "email", "email"),
            Role::Persona,
            false,
            &author(),
            now(),
        )
        .unwrap();
    fresh(store, &connected.integration)
}

/// The connection as it is now.
pub(crate) fn fresh(store: &Store, integration: &Integration) -> Integration {
    store.integration_by_id(integration.id).unwrap().unwrap()
}

pub(crate) fn account(integration: &Integration) -> AccountId {
    integration.account.as_ref().unwrap().id
}

pub(crate) fn event(store: &Store, name: &str) -> EventId {
    store
        .connection
        .execute(
            "INSERT INTO events (name, name_key, created_at) VALUES (?1, lower(?1), 0)",
            [name],
        )
        .unwrap();
    EventId(store.connection.last_insert_rowid())
}

/// A lead of some events, captured now.
pub(crate) fn lead(store: &Store, first: &str, last: &str, events: &[EventId]) -> LeadId {
    let email = format!("{first}.{last}@acme.com").to_lowercase();
    store
        .connection
        .execute(
            "INSERT INTO leads (email, email_key, first_name, last_name, captured_at, created_at, updated_at) VALUES (?1, ?1, ?2, ?3, ?4, ?4, ?4)",
            params![email, first, last, micros(now())],
        )
        .unwrap();
    let lead = LeadId(store.connection.last_insert_rowid());
    for (order, event) in events.iter().enumerate() {
        store
            .connection
            .execute(
                "INSERT INTO event_leads (event_id, lead_id, joined_at) VALUES (?1, ?2, ?3)",
                params![event.0, lead.0, i64::try_from(order).unwrap()],
            )
            .unwrap();
    }
    lead
}

/// Takes every lead into the account, due.
pub(crate) fn seed(store: &mut Store, account: AccountId) {
    store
        .seed_account(account, Backlog::Push { since: None }, now())
        .unwrap();
}

/// Sets columns of a record and counts afresh.
pub(crate) fn set(store: &Store, account: AccountId, lead: LeadId, columns: &str) {
    let changed = store
        .connection
        .execute(
            &format!("UPDATE sync_records SET {columns} WHERE account_id = ?1 AND lead_id = ?2"),
            params![account.0, lead.0],
        )
        .unwrap();
    assert_eq!(changed, 1);
    recount(&store.connection, account).unwrap();
}

/// Fails a lead as an answer of the vendor would.
pub(crate) fn fail(
    store: &Store,
    account: AccountId,
    lead: LeadId,
    phase: Phase,
    failure: &Failure,
    landed: bool,
) -> [u8; 16] {
    let key = failure.cause_key(phase);
    store
        .connection
        .execute(
            "INSERT OR IGNORE INTO causes (account_id, cause, category, phase, object, field, value, message) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![account.0, key, failure.category.code(), phase.name(), failure.object, failure.field, failure.value, failure.message],
        )
        .unwrap();
    store
        .connection
        .execute(
            "UPDATE sync_records SET state = 'failed', hold = '', category = ?3, message = ?4, failed_phase = ?5, cause = ?6, landed = ?7, attempts = 1, attempted_at = ?8
             WHERE account_id = ?1 AND lead_id = ?2",
            params![account.0, lead.0, failure.category.code(), failure.message, phase.name(), key, landed, micros(now())],
        )
        .unwrap();
    recount(&store.connection, account).unwrap();
    key
}

pub(crate) fn unknown_industry(value: &str) -> Failure {
    Failure::new(
        Category::DataValueValidation,
        format!("{value} was not one of the allowed options"),
    )
    .on_object("company")
    .on_field("industry")
    .with_value(value)
}
