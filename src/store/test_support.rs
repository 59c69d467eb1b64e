//! What tests of several modules need of the file: an account, leads in chosen states, and a recount.

#![allow(clippy::unwrap_used)]

use super::Store;
use super::capture_row::{CaptureRow, Channel};
use crate::domain::ids::{AccountId, EventId, LeadId, QualifierId};

/// A connected integration with an account.
pub(crate) fn account(store: &Store, name: &str) -> AccountId {
    let connection = &store.connection;
    connection
        .execute(
            "INSERT INTO integrations (name, vendor, category, rank, connected, mode_since, created_at, updated_at)
             VALUES (?1, ?1, 'crm', 'secondary', 1, 0, 0, 0)",
            [name],
        )
        .unwrap();
    let integration = connection.last_insert_rowid();
    connection
        .execute(
            "INSERT INTO accounts (integration_id, vendor_account, origin, environment, first_seen) VALUES (?1, '1', '', 'production', 0)",
            [integration],
        )
        .unwrap();
    let account = connection.last_insert_rowid();
    connection
        .execute(
            "UPDATE integrations SET account_id = ?2 WHERE id = ?1",
            (integration, account),
        )
        .unwrap();
    AccountId(account)
}

/// A qualifier with its values.
pub(crate) fn qualifier(store: &Store, name: &str, multiple: bool, values: &[&str]) -> QualifierId {
    let connection = &store.connection;
    let key = crate::domain::qualifier::value_key(name);
    connection
        .execute(
            "INSERT INTO qualifiers (name, name_key, multiple, updated_at) VALUES (?1, ?2, ?3, 0)",
            (name, key, multiple),
        )
        .unwrap();
    let id = connection.last_insert_rowid();
    for value in values {
        connection
            .execute(
                "INSERT INTO qualifier_values (qualifier_id, value, value_key) VALUES (?1, ?2, ?3)",
                (id, value, crate::domain::qualifier::value_key(value)),
            )
            .unwrap();
    }
    QualifierId(id)
}

/// Puts a lead into a state as an answer of the vendor would, counters included.
pub(crate) fn settle(
    store: &mut Store,
    account: AccountId,
    lead: LeadId,
    state: &str,
    ignored: bool,
) {
    store
        .connection
        .execute(
            "UPDATE sync_records SET state = ?3, category = iif(?3 = 'failed', 'UNEXPECTED', ''), hold = iif(?3 = 'held', 'held', ''),
               ignored_at = iif(?4, 1, NULL), cleared_revision = 1 WHERE account_id = ?1 AND lead_id = ?2",
            (account.0, lead.0, state, ignored),
        )
        .unwrap();
    store.repair_counters().unwrap();
}

/// The stored state of a lead in an account.
pub(crate) fn state(store: &Store, account: AccountId, lead: LeadId) -> (String, bool) {
    store
        .connection
        .query_row(
            "SELECT state, ignored_at IS NOT NULL FROM sync_records WHERE account_id = ?1 AND lead_id = ?2",
            (account.0, lead.0),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap()
}

/// One number of the file.
pub(crate) fn count(store: &Store, sql: &str) -> i64 {
    store
        .connection
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

/// The board's numbers agree with a count of the leads themselves, and nothing refers to what is gone.
pub(crate) fn assert_counters(store: &Store) {
    assert_eq!(store.check_counters().unwrap(), Vec::new());
    let dangling: Vec<String> = store
        .connection
        .prepare("PRAGMA foreign_key_check")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(dangling.is_empty(), "{dangling:?}");
}

/// A row of a file.
pub(crate) fn row<'a>(event: Option<EventId>, fields: &[(&'a str, &'a str)]) -> CaptureRow<'a> {
    CaptureRow {
        channel: Channel::File,
        event,
        external_id: None,
        fields: fields
            .iter()
            .map(|(key, value)| (*key, (*value).into()))
            .collect(),
        answers: Vec::new(),
        scans: None,
        met: None,
    }
}
