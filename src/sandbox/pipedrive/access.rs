//! Who may call: API tokens, codes, OAuth tokens and their life, the settings of the app (fact sheet, section 2).

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use crate::sandbox::wire::Request;

const TOKEN_LIFE: Duration = Duration::from_secs(3_599);
const CODE_LIFE: Duration = Duration::from_secs(300);
/// A refresh token dies after so long without use.
const IDLE: Duration = Duration::from_secs(60 * 86_400);

/// The token of a request, and how it came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Caller {
    ApiToken(String),
    OAuth(String),
}

impl Caller {
    /// `x-api-token` or `Authorization: Bearer`. A token in the query is no credential any more.
    pub(super) fn of(request: &Request) -> Option<Self> {
        let token = request.headers.get("x-api-token");
        if let Some(token) = token.and_then(|token| token.to_str().ok()) {
            return (!token.is_empty()).then(|| Self::ApiToken(token.to_owned()));
        }
        let token = request.bearer_token()?;
        Some(Self::OAuth(token.to_owned()))
    }

    pub(super) fn is_oauth(&self) -> bool {
        matches!(self, Self::OAuth(_))
    }

    fn token(&self) -> &str {
        match self {
            Self::ApiToken(token) | Self::OAuth(token) => token,
        }
    }
}

/// What a person agreed to on the consent page.
struct Code {
    client_id: String,
    redirect_uri: String,
    ends_at: Duration,
}

struct RefreshToken {
    client_id: String,
    used_at: Duration,
}

pub(super) struct Access {
    /// Empty: any token that is not revoked.
    accepted: HashSet<String>,
    revoked: HashSet<String>,
    /// Access tokens with their end.
    issued: HashMap<String, Duration>,
    refresh_tokens: HashMap<String, RefreshToken>,
    codes: HashMap<String, Code>,
    pub(super) issued_count: u64,
    /// Set on the app, not asked for (fact sheet).
    pub(super) scope: String,
    pub(super) denies_authorization: bool,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
    pub(super) token_life: Duration,
}

impl Access {
    pub(super) fn new(accepted: &[String]) -> Self {
        Self {
            accepted: accepted.iter().cloned().collect(),
            revoked: HashSet::new(),
            issued: HashMap::new(),
            refresh_tokens: HashMap::new(),
            codes: HashMap::new(),
            issued_count: 0,
            scope: "base,contacts:full,contact-fields:full,leads:full,deals:full,\
                    deal-fields:full,activities:full,search:read,users:read"
                .to_owned(),
            denies_authorization: false,
            client_id: None,
            client_secret: None,
            token_life: TOKEN_LIFE,
        }
    }

    pub(super) fn accept(&mut self, token: &str) {
        self.revoked.remove(token);
        self.issued.remove(token);
        self.accepted.insert(token.to_owned());
    }

    pub(super) fn revoke(&mut self, token: &str) {
        self.refresh_tokens.remove(token);
        self.revoked.insert(token.to_owned());
    }

    pub(super) fn expire(&mut self, token: &str, now: Duration) {
        if self.refresh_tokens.remove(token).is_some() {
            self.revoked.insert(token.to_owned());
            return;
        }
        self.issued.insert(token.to_owned(), now);
    }

    /// API tokens and OAuth tokens do not stand in for one another.
    pub(super) fn knows(&self, caller: &Caller, now: Duration) -> bool {
        let token = caller.token();
        if self.revoked.contains(token) {
            return false;
        }
        match self.issued.get(token) {
            Some(ends_at) => caller.is_oauth() && now < *ends_at,
            None => self.accepted.is_empty() || self.accepted.contains(token),
        }
    }

    /// Whether the caller may do what needs one of these scopes. An API token may do all its owner may.
    pub(super) fn allows(&self, caller: &Caller, needed: &[&str]) -> bool {
        let granted = |scope: &&str| self.scope.split([',', ' ']).any(|given| given == *scope);
        !caller.is_oauth() || needed.is_empty() || needed.iter().any(granted)
    }

    pub(super) fn remember_code(
        &mut self,
        code: &str,
        client_id: String,
        redirect_uri: String,
        now: Duration,
    ) {
        let agreed = Code {
            client_id,
            redirect_uri,
            ends_at: now + CODE_LIFE,
        };
        self.codes.insert(code.to_owned(), agreed);
    }

    /// Codes work once, and only for a while.
    pub(super) fn use_code(
        &mut self,
        code: &str,
        client_id: &str,
        redirect_uri: &str,
        now: Duration,
    ) -> Result<(), &'static str> {
        let invalid = "Invalid grant: authorization_code is invalid";
        let agreed = self.codes.remove(code).ok_or(invalid)?;
        if now >= agreed.ends_at {
            return Err("Invalid grant: authorization_code has expired");
        }
        if agreed.client_id != client_id {
            return Err(invalid);
        }
        if agreed.redirect_uri != redirect_uri {
            return Err("Invalid grant: redirect_uri is invalid");
        }
        Ok(())
    }

    pub(super) fn keep_refresh_token(&mut self, token: &str, client_id: &str, now: Duration) {
        let kept = RefreshToken {
            client_id: client_id.to_owned(),
            used_at: now,
        };
        self.refresh_tokens.insert(token.to_owned(), kept);
    }

    /// Whether a refresh token is good; its life starts anew. Where any token is accepted, an unknown one is
    /// adopted.
    pub(super) fn use_refresh_token(
        &mut self,
        token: &str,
        client_id: &str,
        now: Duration,
    ) -> bool {
        if token.is_empty() || self.revoked.contains(token) {
            return false;
        }
        if let Some(kept) = self.refresh_tokens.get_mut(token) {
            let good = kept.client_id == client_id && now.saturating_sub(kept.used_at) < IDLE;
            if good {
                kept.used_at = now;
            }
            return good;
        }
        let adopted = self.accepted.is_empty() || self.accepted.contains(token);
        if adopted {
            self.keep_refresh_token(token, client_id, now);
        }
        adopted
    }

    pub(super) fn issue(&mut self, token: &str, now: Duration) {
        self.issued_count += 1;
        self.issued.insert(token.to_owned(), now + self.token_life);
    }
}
