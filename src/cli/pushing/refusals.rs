//! Why a push did not begin, with the command that helps.

use crate::app::PushError;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::integration::Integration;
use crate::engine::Refusal;
use crate::env_vars;

/// A held event's leads are moved by nothing but its release.
#[must_use]
pub fn event_held(event: &Event) -> CommandError {
    CommandError::new(
        ErrorCode::EventHeld,
        format!("{:?} is held, so its leads wait", event.name),
    )
    .fix(format!("mobly-sync event release {}", quote(&event.name)))
}

/// Why a push did not begin, with the command that helps.
#[must_use]
pub fn push_failed(integration: &Integration, error: PushError) -> CommandError {
    let message = error.to_string();
    let name = &integration.name;
    match error {
        PushError::Refused(Refusal::NotConnected(_)) => {
            CommandError::new(ErrorCode::NotConnected, message)
                .fix(format!("mobly-sync connect {}", integration.vendor))
        }
        PushError::Refused(Refusal::Disabled(_)) => {
            CommandError::new(ErrorCode::Disabled, message).fix(format!("mobly-sync enable {name}"))
        }
        PushError::Refused(Refusal::NotMapped(_)) => {
            CommandError::new(ErrorCode::NotMapped, message)
                .hint("its leads wait in Pre-Sync until at least one field of the person is mapped")
                .fix("mobly-sync mapping defaults")
        }
        PushError::Session(error) => error.into(),
        PushError::NeedsSignIn { .. } => CommandError::new(
            ErrorCode::NeedsSignIn,
            format!("{name} still refuses the sign-in: {message}"),
        )
        .fix(format!("mobly-sync connect {}", integration.vendor)),
        PushError::WrongAccount { .. } => {
            let error = CommandError::new(ErrorCode::WrongAccount, message);
            let variables = env_vars::sign_in_names(&integration.vendor).join(" ");
            if env_vars::token(&integration.vendor).is_some() {
                error
                    .hint(format!(
                        "set another {variables}, unset it, or connect the account it belongs to"
                    ))
                    .fix(format!("unset {variables}"))
            } else {
                error.fix(format!("mobly-sync connect {}", integration.vendor))
            }
        }
        PushError::Store(error) => error.into(),
    }
}
