//! Whose fault a failed call is: its leads', or nobody's.

use jiff::SignedDuration;

use super::session::Session;
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::run::StopReason;
use crate::vendors::{CallError, CallErrorKind};

/// Whose fault a failed call is.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    /// The leads' of that call: they fail.
    Refused(Failure),
    /// Nobody's: the leads keep their state.
    Nobodys {
        /// What the log says.
        category: Category,
        /// What happened.
        message: String,
    },
}

impl Session {
    /// What a failed call means for the run and for the leads it was made for.
    pub(super) fn fault(&self, error: &CallError) -> Fault {
        match &error.kind {
            CallErrorKind::SignIn(failure) => {
                self.stop_for_sign_in(failure.message.clone());
                Fault::Refused(failure.clone())
            }
            CallErrorKind::SignedOut { message } => {
                self.stop_for_sign_in(message.clone());
                Fault::Nobodys {
                    category: Category::Authentication,
                    message: message.clone(),
                }
            }
            CallErrorKind::NotAllowed(failure) | CallErrorKind::Refused { failure, .. } => {
                Fault::Refused(failure.clone())
            }
            CallErrorKind::Wait {
                until,
                daily,
                message,
                ..
            } => {
                let reason = if *daily {
                    StopReason::Budget
                } else {
                    StopReason::RateLimit
                };
                self.stop(reason, Some(*until), message.clone());
                Fault::Nobodys {
                    category: Category::RateLimited,
                    message: message.clone(),
                }
            }
            CallErrorKind::Unavailable {
                retry_after,
                message,
            } => {
                let until = retry_after
                    .and_then(|after| SignedDuration::try_from(after).ok())
                    .and_then(|after| self.clock.now().checked_add(after).ok());
                self.stop(StopReason::Outage, until, message.clone());
                Fault::Nobodys {
                    category: Category::Unexpected,
                    message: message.clone(),
                }
            }
            CallErrorKind::OutcomeUnknown { message, .. } => {
                self.stop(StopReason::Outage, None, message.clone());
                Fault::Nobodys {
                    category: Category::Unexpected,
                    message: message.clone(),
                }
            }
        }
    }
}
