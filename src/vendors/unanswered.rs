//! A request that brought no usable answer, in the words of the contract; the same for every vendor.

use std::time::Duration;

use super::{CallError, CallErrorKind, CallTrace, VendorInfo};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::{QuotaSpec, TransportError, Window};

impl CallError {
    /// What the transport could not do for a call to this vendor. `limited` is the status the vendor refuses with when a
    /// limit is used up.
    #[must_use]
    pub fn unanswered(
        info: &VendorInfo,
        limited: u16,
        error: TransportError,
        call: CallTrace,
    ) -> Self {
        Self::without_answer(info.title, info.quotas, limited, error, call)
    }

    /// The same for anyone with a name and limits.
    #[must_use]
    pub fn without_answer(
        title: &str,
        quotas: &[QuotaSpec],
        limited: u16,
        error: TransportError,
        mut call: CallTrace,
    ) -> Self {
        let message = error.to_string();
        let kind = match error {
            TransportError::NotSent { .. } | TransportError::Invalid { .. } => {
                CallErrorKind::Unavailable {
                    retry_after: None,
                    message,
                }
            }
            TransportError::Unavailable {
                status,
                retry_after,
                ..
            } => {
                call.status = status.unwrap_or(0);
                CallErrorKind::Unavailable {
                    retry_after,
                    message,
                }
            }
            TransportError::OutcomeUnknown { status, .. } => {
                call.status = status.unwrap_or(0);
                CallErrorKind::OutcomeUnknown {
                    message,
                    may_run: Duration::ZERO,
                }
            }
            TransportError::Wait { quota, until } => {
                call.status = limited;
                let time = until.strftime("%Y-%m-%d %H:%M UTC");
                CallErrorKind::Wait {
                    quota,
                    until,
                    daily: quotas.iter().any(|known| {
                        known.name == quota && matches!(known.window, Window::Daily { .. })
                    }),
                    message: format!("{title}'s {quota} is used up until {time}"),
                }
            }
            TransportError::SignedOut { detail } => CallErrorKind::SignedOut { message: detail },
            TransportError::SignIn { detail } => CallErrorKind::SignIn(
                Failure::new(Category::Authentication, detail).with_code("NO_TOKEN"),
            ),
        };
        Self {
            kind,
            call: Some(Box::new(call)),
        }
    }
}
