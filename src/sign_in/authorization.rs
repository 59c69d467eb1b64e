//! One browser sign-in: what is sent along, and what must come back.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::transport::BaseUrl;
use crate::vendors::{Endpoints, Oauth};

/// Random bytes of `state` and of the verifier: 43 characters each, the least RFC 7636 (4.1) allows a verifier.
const RANDOM: usize = 32;

/// A sign-in that was begun. `Debug` shows no secret.
#[derive(Debug)]
pub struct Attempt {
    /// What the redirect must bring back: another page that guesses the redirect address cannot know it.
    state: SecretString,
    /// What proves to the token endpoint that whoever redeems the code asked for it; `None`: the vendor takes no PKCE.
    verifier: Option<SecretString>,
    redirect_uri: String,
}

/// The sign-in cannot be begun.
#[derive(Debug, thiserror::Error)]
pub enum AttemptError {
    /// The vendor has no browser sign-in for these options.
    #[error("there is no sign-in in the browser for this account")]
    NoBrowser,
    /// An address is no address.
    #[error("the vendor's sign-in address cannot be used: {0}")]
    Address(String),
    /// The system gives no random bytes.
    #[error("this system gives no random numbers: {0}")]
    Random(String),
}

impl Attempt {
    /// Begins one for the redirect address the listener has.
    ///
    /// # Errors
    /// [`AttemptError::Random`].
    pub fn begin(oauth: &Oauth, redirect_uri: impl Into<String>) -> Result<Self, AttemptError> {
        let verifier = if oauth.pkce { Some(random()?) } else { None };
        Ok(Self {
            state: random()?,
            verifier,
            redirect_uri: redirect_uri.into(),
        })
    }

    /// What the redirect must bring back.
    #[must_use]
    pub fn state(&self) -> &str {
        self.state.expose_secret()
    }

    /// What proves whose code it is.
    #[must_use]
    pub fn verifier(&self) -> Option<&SecretString> {
        self.verifier.as_ref()
    }

    /// Where the browser is sent back to.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// The address to open.
    ///
    /// # Errors
    /// Where the vendor has none, or it cannot be put together.
    pub fn address(
        &self,
        oauth: &Oauth,
        endpoints: &Endpoints,
        base: &BaseUrl,
        client_id: &str,
    ) -> Result<Url, AttemptError> {
        let authorize = endpoints
            .authorize
            .as_deref()
            .ok_or(AttemptError::NoBrowser)?;
        let (host, path) =
            split(authorize).ok_or_else(|| AttemptError::Address(authorize.to_owned()))?;
        // A user's --base-url replaces scheme, host and port of this endpoint too.
        let mut url = base
            .resolve(Some(host), path)
            .map_err(|error| AttemptError::Address(error.to_string()))?;
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", client_id)
                .append_pair("redirect_uri", &self.redirect_uri)
                .append_pair("state", self.state());
            if !oauth.scopes.is_empty() {
                query.append_pair("scope", &oauth.scopes.join(oauth.scope_separator));
            }
            if let Some(verifier) = &self.verifier {
                query
                    .append_pair("code_challenge", &challenge(verifier))
                    .append_pair("code_challenge_method", "S256");
            }
            for (name, value) in oauth.authorize {
                query.append_pair(name, value);
            }
        }
        Ok(url)
    }
}

/// `https://host` and the path of an absolute address.
pub(super) fn split(address: &str) -> Option<(&str, &str)> {
    let start = address.find("://")? + 3;
    let slash = start + address[start..].find('/')?;
    Some((&address[..slash], &address[slash..]))
}

fn random() -> Result<SecretString, AttemptError> {
    let mut bytes = zeroize::Zeroizing::new([0_u8; RANDOM]);
    getrandom::fill(&mut *bytes).map_err(|error| AttemptError::Random(error.to_string()))?;
    Ok(SecretString::from(URL_SAFE_NO_PAD.encode(*bytes)))
}

/// RFC 7636 4.2, S256.
fn challenge(verifier: &SecretString) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose_secret()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::vendors::{ALL, Grant};

    fn oauth() -> &'static Oauth {
        ALL.iter().find_map(|vendor| vendor.sign_in.oauth).unwrap()
    }

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".into();
        assert_eq!(
            challenge(&verifier),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn every_attempt_is_another_and_shows_nothing() {
        let pkce = Oauth {
            pkce: true,
            ..*oauth()
        };
        let one = Attempt::begin(&pkce, "http://localhost:1/callback").unwrap();
        let two = Attempt::begin(&pkce, "http://localhost:1/callback").unwrap();
        assert_ne!(one.state(), two.state());
        assert_ne!(
            one.verifier().unwrap().expose_secret(),
            two.verifier().unwrap().expose_secret()
        );
        assert_eq!(one.verifier().unwrap().expose_secret().len(), 43);
        let shown = format!("{one:?}");
        assert!(!shown.contains(one.state()), "{shown}");
    }

    #[test]
    fn the_address_carries_what_the_vendor_wants_and_never_the_verifier() {
        for vendor in ALL {
            if vendor.sign_in.way(Grant::AuthorizationCode).is_none() {
                continue;
            }
            let oauth = vendor.sign_in.oauth.unwrap();
            let attempt = Attempt::begin(oauth, "http://localhost:47823/callback").unwrap();
            let endpoints = Endpoints {
                authorize: Some("https://login.example.com/oauth/authorize?x=1".into()),
                token: "https://login.example.com/oauth/token".into(),
                revoke: None,
                audience: None,
            };
            for (base, start) in [
                (
                    BaseUrl::vendor_default("https://api.example.com").unwrap(),
                    "https://login.example.com/oauth/authorize?",
                ),
                (
                    BaseUrl::parse("http://127.0.0.1:9").unwrap(),
                    "http://127.0.0.1:9/oauth/authorize?",
                ),
            ] {
                let url = attempt.address(oauth, &endpoints, &base, "id").unwrap();
                assert!(url.as_str().starts_with(start), "{url}");
                let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
                let value = |name: &str| {
                    pairs
                        .iter()
                        .find(|(key, _)| key == name)
                        .map(|(_, value)| value.clone())
                };
                assert_eq!(value("x").unwrap(), "1");
                assert_eq!(value("state").unwrap(), attempt.state());
                assert_eq!(
                    value("redirect_uri").unwrap(),
                    "http://localhost:47823/callback"
                );
                assert_eq!(value("code_challenge").is_some(), oauth.pkce);
                if let Some(verifier) = attempt.verifier() {
                    assert!(!url.as_str().contains(verifier.expose_secret()));
                }
            }
        }
    }
}
