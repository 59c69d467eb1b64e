//! Who may call: the one client-credentials grant, the tokens and the API user's permissions (fact sheet,
//! section 1).
//!
//! A client has one token at a time: asking again while it lives gives the same one with the seconds it still
//! has.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use serde_json::json;

use super::errors::ApiError;
use super::parameters::Parameters;
use crate::sandbox::wire::{Reply, Request};

const TOKEN_LIFE: Duration = Duration::from_secs(3_600);

pub(super) struct Access {
    /// Empty and not strict: any token that is not revoked.
    accepted: HashSet<String>,
    pub(super) strict: bool,
    revoked: HashSet<String>,
    /// When issued tokens end.
    issued: HashMap<String, Duration>,
    /// The token of each client id.
    current: HashMap<String, String>,
    pub(super) issued_count: u64,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
    pub(super) token_life: Duration,
    /// Permissions taken from the API user's role.
    taken: BTreeSet<String>,
}

impl Access {
    pub(super) fn new(accepted: &[String]) -> Self {
        Self {
            accepted: accepted.iter().cloned().collect(),
            strict: !accepted.is_empty(),
            revoked: HashSet::new(),
            issued: HashMap::new(),
            current: HashMap::new(),
            issued_count: 0,
            client_id: None,
            client_secret: None,
            token_life: TOKEN_LIFE,
            taken: BTreeSet::new(),
        }
    }

    pub(super) fn accept(&mut self, token: &str) {
        self.revoked.remove(token);
        self.accepted.insert(token.to_owned());
    }

    /// Nobody knows this token any more; the client's next grant is another one.
    pub(super) fn revoke(&mut self, token: &str) {
        self.issued.remove(token);
        self.accepted.remove(token);
        self.revoked.insert(token.to_owned());
        self.current.retain(|_, current| current != token);
    }

    pub(super) fn expire(&mut self, token: &str, now: Duration) {
        self.accepted.remove(token);
        self.issued.insert(token.to_owned(), now);
        self.current.retain(|_, current| current != token);
    }

    /// Ends every token that was issued, as if its hour was over.
    pub(super) fn expire_all(&mut self, now: Duration) {
        for ends_at in self.issued.values_mut() {
            *ends_at = (*ends_at).min(now);
        }
        self.current.clear();
    }

    pub(super) fn check(&self, token: Option<&str>, now: Duration) -> Result<(), Box<ApiError>> {
        let token = token.ok_or_else(ApiError::empty_token)?;
        if self.revoked.contains(token) {
            return Err(ApiError::invalid_token());
        }
        if self.accepted.contains(token) {
            return Ok(());
        }
        match self.issued.get(token) {
            Some(ends_at) if now >= *ends_at => Err(ApiError::expired_token()),
            Some(_) => Ok(()),
            None if self.strict => Err(ApiError::invalid_token()),
            None => Ok(()),
        }
    }

    pub(super) fn take(&mut self, permission: &str) {
        self.taken.insert(permission.to_owned());
    }

    pub(super) fn give(&mut self, permission: &str) {
        self.taken.remove(permission);
    }

    /// Any one of the permissions is enough; none needed is enough too.
    pub(super) fn permits(&self, needed: &[&str]) -> bool {
        needed.is_empty() || needed.iter().any(|one| !self.taken.contains(*one))
    }

    fn knows_client(&self, id: &str, secret: &str) -> bool {
        let fits = |known: &Option<String>, given: &str| match known {
            Some(known) => known == given,
            None => !given.is_empty(),
        };
        fits(&self.client_id, id) && fits(&self.client_secret, secret)
    }

    /// `/identity/oauth/token`, by GET or POST, in the query or as a form.
    pub(super) fn grant(&mut self, request: &Request, now: Duration, new_token: String) -> Reply {
        let given = Parameters::of_query_and_form(request);
        let (id, secret) = (given.text("client_id"), given.text("client_secret"));
        let (id, secret) = (id.unwrap_or_default(), secret.unwrap_or_default());
        if given.text("grant_type").as_deref() != Some("client_credentials") {
            // From memory, like the text of the next one.
            return refuse(400, "unsupported_grant_type", "Unsupported grant type");
        }
        if !self.knows_client(&id, &secret) {
            return refuse(401, "invalid_client", "Bad client credentials");
        }
        let alive = self.current.get(&id).filter(|token| {
            let ends_at = self.issued.get(*token);
            ends_at.is_some_and(|ends_at| now < *ends_at)
        });
        let token = if let Some(token) = alive {
            token.clone()
        } else {
            self.issued.insert(new_token.clone(), now + self.token_life);
            self.current.insert(id, new_token.clone());
            self.issued_count += 1;
            new_token
        };
        let ends_at = self.issued.get(&token).copied().unwrap_or(now);
        // A fresh token says 3599, and its last second says 0.
        let remaining = ends_at.saturating_sub(now + Duration::from_millis(1));
        let body = json!({
            "access_token": token,
            "token_type": "bearer",
            "expires_in": remaining.as_secs(),
            "scope": "api-user@sandbox.example",
        });
        Reply::json(200, body)
    }
}

fn refuse(status: u16, error: &str, description: &str) -> Reply {
    Reply::json(
        status,
        json!({"error": error, "error_description": description}),
    )
}
