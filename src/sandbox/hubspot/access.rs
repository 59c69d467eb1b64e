//! Who may call: tokens, their life and their scopes.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::errors::ApiError;
use crate::sandbox::time::{SandboxClock, iso};

/// Documented life of an access token.
pub(super) const TOKEN_LIFE: Duration = Duration::from_secs(1_800);

#[derive(Default)]
pub(super) struct Access {
    /// Empty: any token that is not revoked.
    accepted: HashSet<String>,
    revoked: HashSet<String>,
    /// Sandbox time at which a token ends; only tokens from the OAuth flow end.
    ends_at: HashMap<String, Duration>,
    issued_refresh_tokens: HashSet<String>,
    used_codes: HashSet<String>,
    /// Scopes this app was not granted.
    pub(super) missing_scopes: Vec<String>,
    /// The user presses "Cancel" on the authorization page.
    pub(super) denies_authorization: bool,
}

impl Access {
    pub(super) fn new(accepted: &[String]) -> Self {
        Self {
            accepted: accepted.iter().cloned().collect(),
            ..Self::default()
        }
    }

    pub(super) fn accept(&mut self, token: &str) {
        self.revoked.remove(token);
        self.ends_at.remove(token);
        self.accepted.insert(token.to_owned());
    }

    pub(super) fn revoke(&mut self, token: &str) {
        self.revoked.insert(token.to_owned());
    }

    pub(super) fn expire(&mut self, token: &str, now: Duration) {
        self.ends_at.insert(token.to_owned(), now);
    }

    /// Every access token of the OAuth flow ends now; its refresh tokens stay good.
    pub(super) fn expire_issued(&mut self, now: Duration) {
        self.ends_at.values_mut().for_each(|end| *end = now);
    }

    /// The user takes the app's permission back: nothing the OAuth flow issued is good any more.
    pub(super) fn revoke_issued(&mut self) {
        let refresh_tokens = std::mem::take(&mut self.issued_refresh_tokens);
        self.revoked
            .extend(self.ends_at.keys().cloned().chain(refresh_tokens));
    }

    /// An access token from the OAuth flow has no daily limit headers.
    pub(super) fn is_from_oauth(&self, token: &str) -> bool {
        self.ends_at.contains_key(token)
    }

    pub(super) fn is_valid(&self, token: &str) -> bool {
        let known = self.accepted.is_empty()
            || self.accepted.contains(token)
            || self.ends_at.contains_key(token);
        known && !self.revoked.contains(token)
    }

    pub(super) fn check(
        &self,
        token: Option<&str>,
        clock: &SandboxClock,
    ) -> Result<(), Box<ApiError>> {
        let token = token
            .filter(|token| self.is_valid(token))
            .ok_or_else(ApiError::no_credentials)?;
        match self
            .ends_at
            .get(token)
            .and_then(|end| clock.elapsed().checked_sub(*end))
        {
            None => Ok(()),
            Some(ago) => {
                let milliseconds = i64::try_from(ago.as_millis()).unwrap_or(0);
                let expired_at = iso(clock.now_milliseconds() - milliseconds);
                Err(ApiError::expired_token(ago.as_secs(), &expired_at))
            }
        }
    }

    pub(super) fn check_scope(&self, scope: Option<&str>) -> Result<(), Box<ApiError>> {
        match scope.filter(|scope| self.missing_scopes.iter().any(|missing| missing == scope)) {
            Some(scope) => Err(ApiError::missing_scope(scope)),
            None => Ok(()),
        }
    }

    pub(super) fn issue(&mut self, access_token: &str, refresh_token: &str, now: Duration) {
        self.ends_at
            .insert(access_token.to_owned(), now + TOKEN_LIFE);
        self.issued_refresh_tokens.insert(refresh_token.to_owned());
    }

    pub(super) fn accepts_refresh_token(&self, token: &str) -> bool {
        let known = self.accepted.is_empty()
            || self.accepted.contains(token)
            || self.issued_refresh_tokens.contains(token);
        known && !token.is_empty() && !self.revoked.contains(token)
    }

    /// Codes work once.
    pub(super) fn use_code(&mut self, code: &str) -> bool {
        !code.is_empty() && self.used_codes.insert(code.to_owned())
    }

    /// The scopes a token has, out of all the sandbox knows.
    pub(super) fn scopes(&self) -> Vec<&'static str> {
        let granted = |scope: &&str| !self.missing_scopes.iter().any(|missing| missing == scope);
        ALL_SCOPES.into_iter().filter(granted).collect()
    }
}

const ALL_SCOPES: [&str; 14] = [
    "oauth",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    "crm.objects.owners.read",
    "crm.objects.marketing_events.read",
    "crm.objects.marketing_events.write",
    "crm.schemas.contacts.read",
    "crm.schemas.contacts.write",
    "crm.schemas.companies.read",
    "crm.schemas.companies.write",
    "crm.lists.read",
    "crm.lists.write",
];
