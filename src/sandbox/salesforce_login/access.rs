//! Who may call: codes, tokens and their life, and the settings of the connected app.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// The session policy's default; no answer says it.
const SESSION: Duration = Duration::from_secs(7_200);
/// From memory: authorization codes live a quarter of an hour.
const CODE_LIFE: Duration = Duration::from_secs(900);

/// What a person agreed to on the authorization page.
pub(super) struct Code {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    /// The PKCE challenge, when one was sent.
    pub(super) challenge: Option<String>,
    ends_at: Duration,
}

pub(in crate::sandbox) struct Access {
    /// Empty: any token that is not revoked.
    accepted: HashSet<String>,
    revoked: HashSet<String>,
    /// Sandbox time at which an access token ends.
    ends_at: HashMap<String, Duration>,
    /// Issued refresh tokens and the access tokens made with them.
    refresh_tokens: HashMap<String, Vec<String>>,
    /// What issued tokens may do, refresh tokens too.
    scopes: HashMap<String, String>,
    pub(in crate::sandbox) issued_count: u64,
    codes: HashMap<String, Code>,
    /// The user presses "Deny" on the authorization page.
    pub(in crate::sandbox) denies_authorization: bool,
    pub(in crate::sandbox) rotates: bool,
    pub(in crate::sandbox) requires_secret: bool,
    pub(in crate::sandbox) client_id: Option<String>,
    pub(in crate::sandbox) client_secret: Option<String>,
    pub(in crate::sandbox) session: Duration,
}

impl Access {
    pub(in crate::sandbox) fn new(accepted: &[String]) -> Self {
        Self {
            accepted: accepted.iter().cloned().collect(),
            revoked: HashSet::new(),
            ends_at: HashMap::new(),
            refresh_tokens: HashMap::new(),
            scopes: HashMap::new(),
            issued_count: 0,
            codes: HashMap::new(),
            denies_authorization: false,
            rotates: false,
            requires_secret: false,
            client_id: None,
            client_secret: None,
            session: SESSION,
        }
    }

    pub(in crate::sandbox) fn accept(&mut self, token: &str) {
        self.revoked.remove(token);
        self.ends_at.remove(token);
        self.accepted.insert(token.to_owned());
    }

    /// A refresh token takes the access tokens made with it along.
    pub(in crate::sandbox) fn revoke(&mut self, token: &str) {
        for access_token in self.refresh_tokens.remove(token).unwrap_or_default() {
            self.revoked.insert(access_token);
        }
        self.revoked.insert(token.to_owned());
    }

    pub(in crate::sandbox) fn expire(&mut self, token: &str, now: Duration) {
        self.ends_at.insert(token.to_owned(), now);
    }

    pub(in crate::sandbox) fn is_valid(&self, token: &str, now: Duration) -> bool {
        let known = self.accepted.is_empty()
            || self.accepted.contains(token)
            || self.ends_at.contains_key(token);
        let lives = self.ends_at.get(token).is_none_or(|end| now < *end);
        known && lives && !self.revoked.contains(token)
    }

    /// Whether anybody ever heard of the token, for the answer of a revocation.
    pub(super) fn knows(&self, token: &str) -> bool {
        let issued = self.ends_at.contains_key(token) || self.refresh_tokens.contains_key(token);
        !token.is_empty() && (self.accepted.is_empty() || self.accepted.contains(token) || issued)
    }

    /// `None`: issued elsewhere, so nobody here knows.
    pub(in crate::sandbox) fn scope_of(&self, token: &str) -> Option<&str> {
        self.scopes.get(token).map(String::as_str)
    }

    pub(in crate::sandbox) fn set_scope(&mut self, token: &str, scope: &str) {
        self.scopes.insert(token.to_owned(), scope.to_owned());
    }

    pub(super) fn issue(
        &mut self,
        access_token: &str,
        refresh_token: Option<&str>,
        scope: &str,
        now: Duration,
    ) {
        self.issued_count += 1;
        self.set_scope(access_token, scope);
        if let Some(refresh_token) = refresh_token {
            self.set_scope(refresh_token, scope);
        }
        self.ends_at
            .insert(access_token.to_owned(), now + self.session);
        if let Some(refresh_token) = refresh_token {
            let made = self
                .refresh_tokens
                .entry(refresh_token.to_owned())
                .or_default();
            made.push(access_token.to_owned());
        }
    }

    pub(in crate::sandbox) fn accepts_refresh_token(&self, token: &str) -> bool {
        let known = self.accepted.is_empty()
            || self.accepted.contains(token)
            || self.refresh_tokens.contains_key(token);
        known && !token.is_empty() && !self.revoked.contains(token)
    }

    /// With rotation the old refresh token dies; the sessions made with it go on.
    pub(super) fn retire_refresh_token(&mut self, token: &str) {
        self.refresh_tokens.remove(token);
        self.revoked.insert(token.to_owned());
    }

    pub(super) fn remember_code(
        &mut self,
        code: &str,
        client_id: String,
        redirect_uri: String,
        scope: String,
        challenge: Option<String>,
        now: Duration,
    ) {
        let ends_at = now + CODE_LIFE;
        let agreed = Code {
            client_id,
            redirect_uri,
            scope,
            challenge,
            ends_at,
        };
        self.codes.insert(code.to_owned(), agreed);
    }

    /// Codes work once, and only for a while. `Err`: whether it was known at all.
    pub(super) fn use_code(&mut self, code: &str, now: Duration) -> Result<Code, bool> {
        match self.codes.remove(code) {
            Some(agreed) if now < agreed.ends_at => Ok(agreed),
            Some(_) => Err(true),
            None => Err(false),
        }
    }
}
