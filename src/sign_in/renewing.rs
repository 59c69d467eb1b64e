//! The token of a session that renews itself.
//!
//! Whoever asks for a token waits for a renewal that is a task of its own: given up half-way (a time-out, another branch that
//! was faster), it still ends and keeps what it got, since a rotated refresh token that is kept nowhere ends the sign-in.

use std::sync::{Arc, Mutex as QuickMutex, OnceLock, PoisonError};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{Exchange, ExchangeError, Keeper, Replaced};
use crate::clock::SharedClock;
use crate::secrets::{CredentialAccount, StoredCredential};
use crate::transport::{TokenError, TokenScheme, TokenSource};

/// A token is renewed this long before it ends, so that none ends on the way.
const EARLY: SignedDuration = SignedDuration::from_secs(120);
/// A server that hands out the token it handed out before (Marketo, with the seconds left) makes a new one at its end.
const LAST_MOMENT: SignedDuration = SignedDuration::from_secs(5);

/// Renews early, once for all who ask, and stores before it uses.
pub struct RenewingToken {
    inner: Arc<Inner>,
}

struct Inner {
    exchange: Exchange,
    /// Where it is kept; empty: nowhere (from the environment), so each process gets its own, or not yet.
    keeper: OnceLock<Keeper>,
    /// Whose it is, where that is known: no other account's sign-in is ever taken.
    account: OnceLock<CredentialAccount>,
    scheme: TokenScheme,
    clock: SharedClock,
    state: Arc<Mutex<State>>,
    /// A copy of the state's, for those who cannot wait.
    newest: QuickMutex<StoredCredential>,
}

struct State {
    credential: StoredCredential,
    /// From when on it is renewed; `None`: only when it is refused.
    renew_at: Option<Timestamp>,
    /// The newest credential is not in its place yet: what it was renewed from, which is to be there still.
    unsaved: Option<StoredCredential>,
    /// The last word, the vendor's or ours: asking again would be asking for nothing.
    over: Option<TokenError>,
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
        let inner = Inner {
            exchange,
            keeper: keeper.map(OnceLock::from).unwrap_or_default(),
            account: credential
                .account
                .clone()
                .map(OnceLock::from)
                .unwrap_or_default(),
            scheme,
            clock,
            newest: QuickMutex::new(credential.clone()),
            state: Arc::new(Mutex::new(State {
                credential,
                renew_at,
                unsaved: None,
                over: None,
            })),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The sign-in as it is after the last renewal.
    #[must_use]
    pub fn current(&self) -> StoredCredential {
        let newest = &self.inner.newest;
        newest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// From now on renewals are kept there, for this account. What was said before stays.
    pub fn keep_in(&self, keeper: Keeper, account: CredentialAccount) {
        let _ = self.inner.account.set(account);
        let _ = self.inner.keeper.set(keeper);
    }

    /// Tries for the last time to keep what could not be kept when it was renewed.
    ///
    /// # Errors
    /// The reason it still cannot be.
    pub async fn settle(&self) -> Result<(), String> {
        let mut state = Arc::clone(&self.inner.state).lock_owned().await;
        if state.unsaved.is_none() {
            return Ok(());
        }
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move { inner.save_again(&mut state).await })
            .await
            .unwrap_or_else(|error| Err(error.to_string()))
    }

    /// Does what is due, to its end even if nobody waits for it any more.
    async fn attend(
        &self,
        mut state: OwnedMutexGuard<State>,
        rejected: Option<SecretString>,
    ) -> Result<Option<SecretString>, TokenError> {
        let inner = Arc::clone(&self.inner);
        let task = tokio::spawn(async move {
            if state.unsaved.is_some() {
                // The token is good meanwhile; it is tried again with the next request.
                let _ = inner.save_again(&mut state).await;
            }
            if let Some(over) = &state.over {
                return Err(over.clone());
            }
            if rejected.is_some() || inner.is_due(&state) {
                inner.renew(&mut state, rejected.as_ref()).await?;
            }
            Ok(Some(state.credential.access_token.clone()))
        });
        task.await
            .unwrap_or_else(|error| Err(TokenError::Unavailable(error.to_string())))
    }
}

impl Inner {
    fn is_due(&self, state: &State) -> bool {
        state.renew_at.is_some_and(|at| at <= self.clock.now())
    }

    fn take(&self, state: &mut State, credential: StoredCredential, early: SignedDuration) {
        state.renew_at = renew_at(&credential, early, self.clock.now());
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = credential.clone();
        state.credential = credential;
    }

    /// Renews; the caller holds the state, so one does it for all of this process.
    async fn renew(
        &self,
        state: &mut State,
        rejected: Option<&SecretString>,
    ) -> Result<(), TokenError> {
        let _lock = match self.keeper.get() {
            Some(keeper) => Some(keeper.lock().await.map_err(|error| unavailable(&error))?),
            None => None,
        };
        if self.take_anothers(state, rejected).await? {
            return Ok(());
        }
        let granted = match self.exchange.renew(&state.credential).await {
            Ok(granted) => granted,
            Err(ExchangeError::SignIn(words)) => {
                return Err(over(state, TokenError::SignIn(words)));
            }
            Err(error) => return Err(TokenError::Unavailable(error.to_string())),
        };
        let before = state.credential.clone();
        let same = granted.access_token.expose_secret() == before.access_token.expose_secret();
        let mut renewed = granted.kept_in(&before);
        renewed.account = self.account.get().cloned().or(renewed.account);
        self.take(state, renewed, if same { LAST_MOMENT } else { EARLY });
        let Some(keeper) = self.keeper.get() else {
            return Ok(());
        };
        // Where an earlier one is not kept yet, what is there is still what that one was renewed from.
        state.unsaved.get_or_insert(before);
        if let Err(error) = self.save(keeper, state).await {
            tracing::warn!(target: "mobly_sync::sign_in", error, "the renewed sign-in could not be kept yet");
        }
        let settings = self.exchange.settings();
        if granted.settings != *settings {
            let told = keeper.told(settings.clone(), granted.settings).await;
            if let Err(error) = told {
                tracing::warn!(target: "mobly_sync::sign_in", %error, "what the renewal told of the account could not be kept");
            }
        }
        state.over.clone().map_or(Ok(()), Err)
    }

    /// Whether another process renewed in the meantime: then its token is ours. Another account's never is.
    async fn take_anothers(
        &self,
        state: &mut State,
        rejected: Option<&SecretString>,
    ) -> Result<bool, TokenError> {
        let Some(keeper) = self.keeper.get() else {
            return Ok(false);
        };
        if state.unsaved.is_some() {
            return Ok(false);
        }
        let Some(stored) = keeper.load().await.map_err(|error| unavailable(&error))? else {
            return Err(over(state, removed()));
        };
        if !stored.may_be_of(self.account.get()) {
            let other = stored.account.map(|account| account.id).unwrap_or_default();
            let words = format!(
                "the connection was signed in to another account ({other}) in the meantime, which must not get what was meant for this one"
            );
            return Err(over(state, TokenError::Gone(words)));
        }
        let ours = state.credential.access_token.expose_secret();
        let theirs = stored.access_token.expose_secret();
        let useful =
            theirs != ours && rejected.is_none_or(|rejected| rejected.expose_secret() != theirs);
        self.take(state, stored, EARLY);
        Ok(useful && !self.is_due(state))
    }

    /// Tries again to keep what could not be kept, as if it had just been renewed: alone, and in no other's place.
    async fn save_again(&self, state: &mut State) -> Result<(), String> {
        let Some(keeper) = self.keeper.get() else {
            return Ok(());
        };
        let _lock = keeper.lock().await.map_err(|error| error.to_string())?;
        self.save(keeper, state).await
    }

    /// A place that cannot be written now is tried again with the next request: the token is good meanwhile, and a rotated
    /// refresh token that is nowhere would be the end of the sign-in. The caller holds the lock.
    async fn save(&self, keeper: &Keeper, state: &mut State) -> Result<(), String> {
        let Some(renewed_from) = state.unsaved.clone() else {
            return Ok(());
        };
        let replaced = keeper
            .replace(renewed_from, state.credential.clone())
            .await
            .map_err(|error| error.to_string())?;
        state.unsaved = None;
        match replaced {
            Replaced::Kept => {}
            // What is kept is newer: it is looked at before the next request.
            Replaced::Other => state.renew_at = Some(Timestamp::MIN),
            Replaced::Gone => state.over = Some(removed()),
        }
        Ok(())
    }
}

#[async_trait]
impl TokenSource for RenewingToken {
    async fn token(&self) -> Result<Option<SecretString>, TokenError> {
        let state = Arc::clone(&self.inner.state).lock_owned().await;
        if let Some(over) = &state.over {
            return Err(over.clone());
        }
        if state.unsaved.is_none() && !self.inner.is_due(&state) {
            return Ok(Some(state.credential.access_token.clone()));
        }
        self.attend(state, None).await
    }

    async fn refreshed(&self, rejected: &SecretString) -> Result<Option<SecretString>, TokenError> {
        let state = Arc::clone(&self.inner.state).lock_owned().await;
        if let Some(over) = &state.over {
            return Err(over.clone());
        }
        if state.credential.access_token.expose_secret() != rejected.expose_secret() {
            return Ok(Some(state.credential.access_token.clone()));
        }
        self.attend(state, Some(rejected.clone())).await
    }

    fn scheme(&self) -> TokenScheme {
        self.inner.scheme
    }
}

fn over(state: &mut State, last_word: TokenError) -> TokenError {
    state.over = Some(last_word.clone());
    last_word
}

fn removed() -> TokenError {
    TokenError::Gone("the sign-in was removed in the meantime".to_owned())
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

fn unavailable(error: &crate::secrets::SecretError) -> TokenError {
    TokenError::Unavailable(error.to_string())
}
