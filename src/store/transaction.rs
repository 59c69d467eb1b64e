//! How a write begins.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::StoreError;

/// Begins a write: the lock is taken at once, so that a busy file is met here and never half-way.
///
/// # Errors
/// [`StoreError::Locked`] after the busy time-out.
pub(super) fn begin(connection: &Connection) -> Result<Transaction<'_>, StoreError> {
    Ok(Transaction::new_unchecked(
        connection,
        TransactionBehavior::Immediate,
    )?)
}

/// Begins a read of several statements on one state of the file. Takes no lock: a board is never blocked and blocks nobody.
///
/// # Errors
/// As every statement.
pub(super) fn snapshot(connection: &Connection) -> Result<Transaction<'_>, StoreError> {
    Ok(Transaction::new_unchecked(
        connection,
        TransactionBehavior::Deferred,
    )?)
}
