//! `status --check`: asks a vendor whether it still knows us, and keeps what it says.

use super::{App, Pace, SessionError};
use crate::clock::SharedClock;
use crate::domain::integration::Integration;
use crate::env_vars;
use crate::store::{Store, StoreError};
use crate::transport::Window;
use crate::vendors::{CallErrorKind, VendorInfo};

/// What a vendor said.
#[derive(Debug)]
pub enum Checked {
    /// It knows us, and the account is the one expected.
    Fine,
    /// It refuses the sign-in; noted in the file.
    SignInRefused,
    /// The token is of another account.
    OtherAccount {
        /// Its id.
        found: String,
    },
    /// It could not be asked: no token, a locked keychain.
    NoSession(SessionError),
    /// It did not answer, or not to the point; or it refuses a token of the environment, which says nothing of the stored
    /// sign-in.
    Unreachable(String),
}

impl App {
    /// Asks the vendor for the account (one request) and the day's calls (one more, where it tells them).
    ///
    /// # Errors
    /// Only where the file fails.
    pub async fn check(
        &self,
        store: &mut Store,
        integration: &Integration,
        clock: SharedClock,
    ) -> Result<Checked, StoreError> {
        let opened = self.open_session(store, integration, clock.clone(), Pace::default(), None);
        let session = match opened {
            Ok(session) => session,
            Err(error) => return Ok(Checked::NoSession(error)),
        };
        let answer = session.vendor.account().await;
        // The next command tries again; what cannot be kept was told by the log.
        let _ = session.settle().await;
        let account = match answer {
            Ok(account) => account,
            Err(error) => {
                return Ok(match error.kind {
                    CallErrorKind::SignIn(failure) if !session.is_own_of(integration) => {
                        Checked::Unreachable(format!(
                            "it refuses the token of {}, which is used in place of the stored sign-in ({})",
                            env_vars::token_name(&integration.vendor),
                            failure.message
                        ))
                    }
                    CallErrorKind::SignIn(_) => {
                        store.set_needs_sign_in(integration, true, clock.now())?;
                        Checked::SignInRefused
                    }
                    kind => Checked::Unreachable(kind.to_string()),
                });
            }
        };
        let Some(known) = &integration.account else {
            return Ok(Checked::Fine);
        };
        if account.id != known.vendor_account {
            return Ok(Checked::OtherAccount { found: account.id });
        }
        store.set_needs_sign_in(integration, false, clock.now())?;
        // Not every account may read it; then what the last push was told stands.
        if let Ok(Some(budget)) = session.vendor.budget().await {
            let quota = daily_quota(session.vendor.info());
            let (used, limit) = (budget.used, Some(budget.limit));
            let now = clock.now();
            store.save_budget(known.id, quota, used, limit, budget.resets_at, now)?;
        }
        Ok(Checked::Fine)
    }
}

/// The quota that the vendor counts by the day.
#[must_use]
pub fn daily_quota(info: &VendorInfo) -> &'static str {
    info.quotas
        .iter()
        .find(|quota| matches!(quota.window, Window::Daily { .. }))
        .map_or("daily", |quota| quota.name)
}
