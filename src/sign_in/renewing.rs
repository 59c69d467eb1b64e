//! The token of a session that renews itself.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex;

use super::{Exchange, ExchangeError, Keeper};
use crate::clock::SharedClock;
use crate::secrets::StoredCredential;
use crate::transport::{TokenError, TokenScheme, TokenSource};

/// A token is renewed this long before it ends, so that none ends on the way.
const EARLY: SignedDuration = SignedDuration::from_secs(120);
/// A server that hands out the token it handed out before (Marketo, with the seconds left) makes a new one at its end.
const LAST_MOMENT: SignedDuration = SignedDuration::from_secs(5);

/// Renews early, once for all who ask, and stores before it uses.
pub struct RenewingToken {
    exchange: Exchange,
    /// Where it is kept; `None`: nowhere (from the environment), so each process gets its own.
    keeper: Option<Keeper>,
    scheme: TokenScheme,
    clock: SharedClock,
    state: Mutex<State>,
}

struct State {
    credential: StoredCredential,
    /// From when on it is renewed; `None`: only when it is refused.
    renew_at: Option<Timestamp>,
    /// The newest credential is not in its place yet.
    unsaved: bool,
    /// The vendor's last word: asking again would be asking for nothing.
    over: Option<String>,
}

impl RenewingToken {
    /// Tokens of a sign-in.
    #[must_use]
    pub fn new(
        credential: StoredCredential,
        exchange: Exchange,
        keeper: Option<Keeper>,
        scheme: TokenScheme,
        clock: SharedClock,
    ) -> Self {
        let renew_at = if credential.access_token.expose_secret().is_empty() {
            Some(Timestamp::MIN)
        } else {
            renew_at(&credential, EARLY, clock.now())
        };
        Self {
            exchange,
            keeper,
            scheme,
            clock,
            state: Mutex::new(State {
                credential,
                renew_at,
                unsaved: false,
                over: None,
            }),
        }
    }

    fn is_due(&self, state: &State) -> bool {
        state.renew_at.is_some_and(|at| at <= self.clock.now())
    }

    /// Renews; the caller holds the state, so one does it for all of this process.
    async fn renew(
        &self,
        state: &mut State,
        rejected: Option<&SecretString>,
    ) -> Result<(), TokenError> {
        let _lock = match &self.keeper {
            Some(keeper) => Some(keeper.lock().await.map_err(unavailable)?),
            None => None,
        };
        if self.take_anothers(state, rejected).await? {
            return Ok(());
        }
        let granted = match self.exchange.renew(&state.credential).await {
            Ok(granted) => granted,
            Err(ExchangeError::SignIn(words)) => {
                state.over = Some(words.clone());
                return Err(TokenError::SignIn(words));
            }
            Err(error) => return Err(TokenError::Unavailable(error.to_string())),
        };
        let same =
            granted.access_token.expose_secret() == state.credential.access_token.expose_secret();
        state.credential = granted.kept_in(&state.credential);
        let early = if same { LAST_MOMENT } else { EARLY };
        state.renew_at = renew_at(&state.credential, early, self.clock.now());
        state.unsaved = self.keeper.is_some();
        self.save(state).await;
        Ok(())
    }

    /// Whether another process renewed in the meantime: then its token is ours.
    async fn take_anothers(
        &self,
        state: &mut State,
        rejected: Option<&SecretString>,
    ) -> Result<bool, TokenError> {
        let Some(keeper) = &self.keeper else {
            return Ok(false);
        };
        if state.unsaved {
            return Ok(false);
        }
        let Some(stored) = keeper.load().await.map_err(unavailable)? else {
            return Err(TokenError::SignIn(
                "the sign-in was removed in the meantime".to_owned(),
            ));
        };
        let ours = state.credential.access_token.expose_secret();
        let theirs = stored.access_token.expose_secret();
        let useful =
            theirs != ours && rejected.is_none_or(|rejected| rejected.expose_secret() != theirs);
        state.renew_at = renew_at(&stored, EARLY, self.clock.now());
        state.credential = stored;
        Ok(useful && !self.is_due(state))
    }

    /// A place that cannot be written now is tried again with the next request: the token is good meanwhile, and a rotated
    /// refresh token that is nowhere would be the end of the sign-in.
    async fn save(&self, state: &mut State) {
        let Some(keeper) = &self.keeper else {
            return;
        };
        match keeper.save(state.credential.clone()).await {
            Ok(()) => state.unsaved = false,
            Err(error) => {
                tracing::warn!(target: "mobly_sync::sign_in", %error, "the renewed sign-in could not be kept yet");
            }
        }
    }
}

#[async_trait]
impl TokenSource for RenewingToken {
    async fn token(&self) -> Result<Option<SecretString>, TokenError> {
        let mut state = self.state.lock().await;
        if let Some(words) = &state.over {
            return Err(TokenError::SignIn(words.clone()));
        }
        if state.unsaved {
            self.save(&mut state).await;
        }
        if self.is_due(&state) {
            self.renew(&mut state, None).await?;
        }
        Ok(Some(state.credential.access_token.clone()))
    }

    async fn refreshed(&self, rejected: &SecretString) -> Result<Option<SecretString>, TokenError> {
        let mut state = self.state.lock().await;
        if let Some(words) = &state.over {
            return Err(TokenError::SignIn(words.clone()));
        }
        if state.credential.access_token.expose_secret() == rejected.expose_secret() {
            self.renew(&mut state, Some(rejected)).await?;
        }
        Ok(Some(state.credential.access_token.clone()))
    }

    fn scheme(&self) -> TokenScheme {
        self.scheme
    }
}

/// A short life is not eaten up by renewing early: three quarters of what is left are used.
fn renew_at(
    credential: &StoredCredential,
    early: SignedDuration,
    now: Timestamp,
) -> Option<Timestamp> {
    let ends = credential.expires_at?;
    let left = ends.duration_since(now).max(SignedDuration::ZERO);
    ends.checked_sub(early.min(left / 4)).ok()
}

fn unavailable(error: crate::secrets::SecretError) -> TokenError {
    TokenError::Unavailable(error.to_string())
}
