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
