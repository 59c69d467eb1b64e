//! What fails below the commands, in words for people and with the command that helps.

use crate::app::{AppError, SessionError};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::env_vars;
use crate::secrets::SecretError;
use crate::vendors::{CallError, CallErrorKind};

impl From<AppError> for CommandError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Store(error) => error.into(),
            AppError::Path(error) => {
                Self::new(ErrorCode::Database, error.to_string()).hint("name the file with --db")
            }
        }
    }
}

impl From<SecretError> for CommandError {
    fn from(error: SecretError) -> Self {
        // doctor tries the places and names what repairs them.
        Self::new(ErrorCode::SecretStore, error.to_string())
            .hint(error.fix())
            .fix("mobly-sync doctor")
    }
}

impl From<SessionError> for CommandError {
    fn from(error: SessionError) -> Self {
        let message = error.to_string();
        match error {
            SessionError::Secret(error) => error.into(),
            SessionError::BaseUrl(_) | SessionError::Option(_) => Self::usage(message),
            SessionError::UnknownVendor(_) => Self::new(ErrorCode::Unsupported, message),
            SessionError::NoToken(name) => Self::new(ErrorCode::NeedsSignIn, message)
                .hint(format!(
                    "sign in again, or set {}",
                    env_vars::token_name(&name)
                ))
                .fix(format!("mobly-sync connect {name}")),
            SessionError::Transport(_) => Self::new(ErrorCode::Network, message),
        }
    }
}

/// A call to a vendor outside a push failed.
#[must_use]
pub fn call_failed(integration: &str, error: &CallError) -> CommandError {
    let message = error.to_string();
    match &error.kind {
        CallErrorKind::SignIn(_) | CallErrorKind::SignedOut { .. } => CommandError::new(
            ErrorCode::NeedsSignIn,
            format!("{integration} refuses the sign-in: {message}"),
        )
        .fix(format!("mobly-sync connect {integration}")),
        CallErrorKind::NotAllowed(_) => CommandError::new(ErrorCode::Vendor, message)
            .hint("grant the permission in the vendor's settings, then try again"),
        CallErrorKind::Refused { .. } => CommandError::new(ErrorCode::Vendor, message),
        CallErrorKind::Wait { .. } => {
            CommandError::new(ErrorCode::Limit, message).hint("try again when the limit is free")
        }
        CallErrorKind::Unavailable { .. } | CallErrorKind::OutcomeUnknown { .. } => {
            CommandError::new(ErrorCode::Network, message)
                .hint("nothing was changed; check the connection and try again")
        }
    }
}
