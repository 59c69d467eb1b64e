//! Who may call: codes, tokens and their life, and the settings of the app (fact sheet, section 2).

use std::collections::{HashMap, HashSet};
use std::time::Duration;

const TOKEN_LIFE: Duration = Duration::from_secs(3_600);
/// "grant code about 1 minute".
const CODE_LIFE: Duration = Duration::from_secs(60);
const TOKENS_IN_WINDOW: usize = 10;
const WINDOW: Duration = Duration::from_secs(600);
const LIVE_TOKENS: usize = 30;
const REFRESH_TOKENS_A_MINUTE: usize = 5;
const REFRESH_TOKENS: usize = 20;

/// What a person agreed to on the consent page.
pub(super) struct Code {
    /// `None`: a self-client's, which no page was opened for.
    pub(super) client: Option<(String, String)>,
    pub(super) scope: String,
    pub(super) gives_refresh_token: bool,
    ends_at: Duration,
}

/// An access token that was issued or told about.
#[derive(Default)]
struct Issued {
    ends_at: Option<Duration>,
    scope: Option<String>,
    location: Option<String>,
}

struct RefreshToken {
    token: String,
    client_id: String,
    scope: String,
    location: String,
    /// Access tokens made with it, oldest first.
    made: Vec<String>,
    window_started: Option<Duration>,
    in_window: usize,
}

pub(super) struct Access {
    /// Empty: any token that is not revoked.
    accepted: HashSet<String>,
    revoked: HashSet<String>,
    issued: HashMap<String, Issued>,
    /// Oldest first.
    refresh_tokens: Vec<RefreshToken>,
    refresh_tokens_made_at: Vec<Duration>,
    codes: HashMap<String, Code>,
    /// Clients this user has agreed to before.
    consented: HashSet<String>,
    pub(super) issued_count: u64,
    pub(super) default_scope: String,
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
            refresh_tokens: Vec::new(),
            refresh_tokens_made_at: Vec::new(),
            codes: HashMap::new(),
            consented: HashSet::new(),
            issued_count: 0,
            default_scope: "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.coql.READ,\
                            ZohoCRM.users.ALL,ZohoCRM.org.ALL"
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

    /// A refresh token takes the access tokens made with it along.
    pub(super) fn revoke(&mut self, token: &str) {
        self.forget_refresh_token(token);
        self.revoked.insert(token.to_owned());
    }

    fn forget_refresh_token(&mut self, token: &str) {
        let place = self
            .refresh_tokens
            .iter()
            .position(|kept| kept.token == token);
        if let Some(place) = place {
            let made = self.refresh_tokens.remove(place).made;
            self.revoked.extend(made);
        }
    }

    pub(super) fn expire(&mut self, token: &str, now: Duration) {
        self.issued.entry(token.to_owned()).or_default().ends_at = Some(now);
    }

    pub(super) fn set_location(&mut self, token: &str, location: &str) {
        let kept = self
            .refresh_tokens
            .iter_mut()
            .find(|kept| kept.token == token);
        match kept {
            Some(kept) => location.clone_into(&mut kept.location),
            None => {
                let issued = self.issued.entry(token.to_owned()).or_default();
                issued.location = Some(location.to_owned());
            }
        }
    }

    pub(super) fn set_scope(&mut self, token: &str, scope: &str) {
        let issued = self.issued.entry(token.to_owned()).or_default();
        issued.scope = Some(scope.to_owned());
    }

    /// The scopes of a token that is good at this data centre.
    pub(super) fn scope_of(&self, token: &str, location: &str, now: Duration) -> Option<&str> {
        let issued = self.issued.get(token);
        let known = self.accepted.is_empty()
            || self.accepted.contains(token)
            || issued.is_some_and(|issued| issued.ends_at.is_some());
        let lives = issued.is_none_or(|issued| issued.ends_at.is_none_or(|end| now < end));
        let here = issued.is_none_or(|issued| {
            let home = issued.location.as_deref();
            home.is_none_or(|home| home == location)
        });
        if !known || !lives || !here || self.revoked.contains(token) {
            return None;
        }
        let scope = issued.and_then(|issued| issued.scope.as_deref());
        Some(scope.unwrap_or(&self.default_scope))
    }

    /// Whether anybody ever heard of the token, for the answer of a revocation.
    pub(super) fn knows(&self, token: &str) -> bool {
        let issued = self.issued.contains_key(token)
            || self.refresh_tokens.iter().any(|kept| kept.token == token);
        !token.is_empty() && (self.accepted.is_empty() || self.accepted.contains(token) || issued)
    }

    pub(super) fn remember_code(
        &mut self,
        code: &str,
        client: (String, String),
        scope: String,
        (offline, asks_again): (bool, bool),
        now: Duration,
    ) {
        let first = self.consented.insert(client.0.clone());
        let agreed = Code {
            client: Some(client),
            scope,
            gives_refresh_token: offline && (first || asks_again),
            ends_at: now + CODE_LIFE,
        };
        self.codes.insert(code.to_owned(), agreed);
    }

    pub(super) fn remember_self_client_code(
        &mut self,
        code: &str,
        scope: String,
        ends_at: Duration,
    ) {
        let agreed = Code {
            client: None,
            scope,
            gives_refresh_token: true,
            ends_at,
        };
        self.codes.insert(code.to_owned(), agreed);
    }

    /// Codes work once, and only for a while.
    pub(super) fn use_code(&mut self, code: &str, now: Duration) -> Option<Code> {
        let agreed = self.codes.remove(code)?;
        (now < agreed.ends_at).then_some(agreed)
    }

    /// Keeps a new refresh token, or says that there were too many of late.
    pub(super) fn keep_refresh_token(
        &mut self,
        token: &str,
        client_id: &str,
        scope: &str,
        location: &str,
        now: Duration,
    ) -> bool {
        let minute = Duration::from_secs(60);
        let of_late = self.refresh_tokens_made_at.iter();
        let of_late = of_late.filter(|then| now.saturating_sub(**then) < minute);
        if of_late.count() >= REFRESH_TOKENS_A_MINUTE {
            return false;
        }
        self.refresh_tokens_made_at.push(now);
        self.refresh_tokens.push(RefreshToken {
            token: token.to_owned(),
            client_id: client_id.to_owned(),
            scope: scope.to_owned(),
            location: location.to_owned(),
            made: Vec::new(),
            window_started: None,
            in_window: 0,
        });
        let mut own = self
            .refresh_tokens
            .iter()
            .filter(|kept| kept.client_id == client_id);
        // The 21st silently deletes the oldest.
        let oldest = own.next().map(|kept| kept.token.clone());
        if let Some(oldest) = oldest.filter(|_| {
            let own = self.refresh_tokens.iter();
            own.filter(|kept| kept.client_id == client_id).count() > REFRESH_TOKENS
        }) {
            self.revoke(&oldest);
        }
        true
    }

    /// The scope of a refresh token that is good at this data centre. Where any token is accepted, an unknown
    /// one is adopted.
    pub(super) fn refresh_scope(
        &mut self,
        token: &str,
        client_id: &str,
        location: &str,
    ) -> Option<String> {
        if token.is_empty() || self.revoked.contains(token) {
            return None;
        }
        if let Some(kept) = self.refresh_tokens.iter().find(|kept| kept.token == token) {
            let fits = kept.location == location && kept.client_id == client_id;
            return fits.then(|| kept.scope.clone());
        }
        if !self.accepted.is_empty() && !self.accepted.contains(token) {
            return None;
        }
        self.refresh_tokens.push(RefreshToken {
            token: token.to_owned(),
            client_id: client_id.to_owned(),
            scope: self.default_scope.clone(),
            location: location.to_owned(),
            made: Vec::new(),
            window_started: None,
            in_window: 0,
        });
        Some(self.default_scope.clone())
    }

    /// Issues an access token, or says that this refresh token is blocked: ten in ten minutes.
    pub(super) fn issue(
        &mut self,
        access_token: &str,
        scope: &str,
        location: &str,
        refresh_token: Option<&str>,
        now: Duration,
    ) -> bool {
        let kept = refresh_token.and_then(|token| {
            self.refresh_tokens
                .iter_mut()
                .find(|kept| kept.token == token)
        });
        if let Some(kept) = kept {
            let over = |then| now.saturating_sub(then) >= WINDOW;
            if kept.window_started.is_none_or(over) {
                kept.window_started = Some(now);
                kept.in_window = 0;
            }
            if kept.in_window >= TOKENS_IN_WINDOW {
                return false;
            }
            kept.in_window += 1;
            kept.made.push(access_token.to_owned());
            let issued = &self.issued;
            kept.made.retain(|token| {
                let end = issued.get(token).and_then(|issued| issued.ends_at);
                end.is_none_or(|end| now < end)
            });
            if kept.made.len() > LIVE_TOKENS {
                self.revoked.insert(kept.made.remove(0));
            }
        }
        self.issued_count += 1;
        let issued = Issued {
            ends_at: Some(now + self.token_life),
            scope: Some(scope.to_owned()),
            location: Some(location.to_owned()),
        };
        self.issued.insert(access_token.to_owned(), issued);
        true
    }
}
