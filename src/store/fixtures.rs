//! Small set-ups for the tests of the store, written straight into the tables so that each file is tested on its own.
#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use rusqlite::params;

use super::Store;
use super::accounts::Backlog;
use super::check::recount;
use super::connection::micros;
use super::integrations::{AccountDetails, Connected, NewIntegration};
use super::ledger::{AttemptEnd, Commit, LeadOutcome, RunFrame};
use super::links::RemoteLink;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::history::Author;
use crate::domain::ids::{AccountId, EventId, LeadId, RunId};
use crate::domain::integration::{
    Environment, Integration, IntegrationCategory, SecretPlace, Settings,
};
use crate::domain::lead::Role;
use crate::domain::mapping::{Rule, RuleOptions, Source, WriteBehaviour};
use crate::domain::run::{AttemptResult, Trigger};

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

/// A connected source of leads.
pub(crate) fn source(store: &mut Store, environment: Environment) -> Integration {
    let new = NewIntegration {
        category: IntegrationCategory::Source,
        ..new_integration("mobly")
    };
    let details = AccountDetails {
        environment,
        ..details("organization")
    };
    let connected = store.connect_integration(&new, &details, &author(), now());
    connected.unwrap().integration
}

/// Makes a lead one of the source's.
pub(crate) fn pulled(store: &Store, lead: LeadId, external_id: &str) {
    let changed = store.connection.execute(
        "UPDATE leads SET source = 'mobly', external_id = ?2 WHERE id = ?1",
        params![lead.0, external_id],
    );
    assert_eq!(changed.unwrap(), 1);
}

/// What the source says of a lead's record.
pub(crate) fn hint(store: &Store, lead: LeadId, vendor: &str, remote_id: &str) {
    store
        .connection
        .execute(
            "INSERT OR REPLACE INTO remote_hints (lead_id, vendor, remote_id) VALUES (?1, ?2, ?3)",
            params![lead.0, vendor, remote_id],
        )
        .unwrap();
}

/// Clears a lead as an answer of the vendor would: found or made as that record.
pub(crate) fn clear(store: &mut Store, account: AccountId, lead: LeadId, remote_id: &str) {
    store
        .connection
        .execute(
            "INSERT OR IGNORE INTO runs (id, command, trigger, started_at) VALUES (999, 'sync', 'auto', 0)",
            [],
        )
        .unwrap();
    let frame = RunFrame {
        run: RunId(999),
        account,
        trigger: Trigger::Auto,
        event: None,
        integration_revision: 1,
    };
    let link = RemoteLink {
        object: "contact".into(),
        role: Role::Persona,
        remote_id: remote_id.into(),
        created_by_us: true,
    };
    let outcome = LeadOutcome {
        lead,
        revision: 1,
        started: now(),
        end: AttemptEnd::Cleared {
            result: AttemptResult::Created,
            payload_hash: vec![1],
        },
        phases: Vec::new(),
    };
    let commit = Commit {
        links: vec![(lead, link)],
        outcomes: vec![outcome],
        ..Commit::default()
    };
    store.commit(&frame, &commit, now()).unwrap();
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
