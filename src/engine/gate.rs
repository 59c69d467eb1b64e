//! Whether a push may begin: rules about the connection, before anything is asked of the vendor.

use crate::domain::integration::Integration;

/// Why a push may not begin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no connection, or not any more.
    #[error("{0} is not connected")]
    NotConnected(String),
    /// Paused by the user.
    #[error("{0} is disabled")]
    Disabled(String),
    /// No person object has a mapping row: nothing would be sent.
    #[error("nothing is mapped to {0} yet")]
    NotMapped(String),
}

/// Checks an integration (product.md 8.4, 5 and 6: retries too are refused while disabled or disconnected).
///
/// # Errors
/// The first reason that holds.
pub fn gate(integration: &Integration) -> Result<(), Refusal> {
    let name = || integration.name.clone();
    match integration {
        Integration {
            connected: false, ..
        }
        | Integration { account: None, .. } => Err(Refusal::NotConnected(name())),
        Integration { enabled: false, .. } => Err(Refusal::Disabled(name())),
        Integration { mapped: false, .. } => Err(Refusal::NotMapped(name())),
        _ => Ok(()),
    }
}
