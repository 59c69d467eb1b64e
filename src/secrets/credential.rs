//! What is stored for one sign-in.
//!
//! Kept small: the Windows Credential Manager takes 2,560 bytes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::SecretError;

/// How the sign-in was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialKind {
    /// A static token.
    Token,
    /// In the browser: the access token expires and is renewed by the refresh token.
    Oauth,
    /// An app that acts for itself: each token is asked for by id and secret.
    ClientCredentials,
    /// Each token is asked for by a signed assertion.
    Jwt,
}

/// One sign-in. `Debug` shows no secret.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredCredential {
    /// How it was made.
    pub kind: CredentialKind,
    /// What is sent with requests.
    #[serde(with = "exposed")]
    pub access_token: SecretString,
    /// What a new access token is got with.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "exposed_option"
    )]
    pub refresh_token: Option<SecretString>,
    /// When the access token ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The user's own OAuth app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The secret of the user's own OAuth app.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "exposed_option"
    )]
    pub client_secret: Option<SecretString>,
    /// The key assertions are signed with, PEM.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "exposed_option"
    )]
    pub private_key: Option<SecretString>,
    /// Whose it is, so that a run for one account never takes the sign-in of another; `None`: kept before this was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<CredentialAccount>,
    /// The scopes granted, where the vendor told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// What a vendor needs besides (a user name). Not for secrets: it is shown by `Debug`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// The account a sign-in is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialAccount {
    /// The vendor's own id (portal, org).
    pub id: String,
    /// `scheme://host:port` it was reached at, empty for the vendor's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub origin: String,
}

impl StoredCredential {
    /// A static token.
    #[must_use]
    pub fn token(access_token: SecretString) -> Self {
        Self {
            kind: CredentialKind::Token,
            access_token,
            refresh_token: None,
            expires_at: None,
            client_id: None,
            client_secret: None,
            private_key: None,
            account: None,
            scopes: None,
            extra: BTreeMap::new(),
        }
    }

    /// Whether both are of one sign-in, so that a newer one may take an older one's place: renewed tokens aside, what renews
    /// them is the same.
    #[must_use]
    pub fn renews_as(&self, other: &Self) -> bool {
        let same = |ours: &Option<SecretString>, theirs: &Option<SecretString>| {
            ours.as_ref().map(SecretString::expose_secret)
                == theirs.as_ref().map(SecretString::expose_secret)
        };
        self.kind == other.kind
            && self.client_id == other.client_id
            && same(&self.refresh_token, &other.refresh_token)
            && same(&self.client_secret, &other.client_secret)
            && same(&self.private_key, &other.private_key)
            && self.extra == other.extra
            && self.may_be_of(other.account.as_ref())
    }

    /// Whether it is for this account, as far as both are known.
    #[must_use]
    pub fn may_be_of(&self, account: Option<&CredentialAccount>) -> bool {
        match (&self.account, account) {
            (Some(own), Some(account)) => own == account,
            _ => true,
        }
    }

    /// As JSON, to be stored.
    ///
    /// # Errors
    /// [`SecretError::Internal`]; does not happen with this type.
    pub fn to_secret(&self) -> Result<SecretString, SecretError> {
        serde_json::to_string(self)
            .map(SecretString::from)
            .map_err(|error| SecretError::Internal(error.to_string()))
    }

    /// From what was stored in `place`.
    ///
    /// # Errors
    /// [`SecretError::Corrupt`] if it is no sign-in of ours.
    pub fn from_secret(secret: &SecretString, place: &str) -> Result<Self, SecretError> {
        // serde_json quotes what it stumbled over, so its message stays here.
        serde_json::from_str(secret.expose_secret()).map_err(|_| SecretError::Corrupt {
            place: place.to_owned(),
            reason: "what is stored is no sign-in".to_owned(),
        })
    }
}

/// Writes a secret into the document that is itself stored as a secret.
mod exposed {
    use secrecy::ExposeSecret as _;

    use super::{Deserialize, Deserializer, SecretString, Serializer};

    pub(super) fn serialize<S: Serializer>(
        secret: &SecretString,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(secret.expose_secret())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<SecretString, D::Error> {
        String::deserialize(deserializer).map(SecretString::from)
    }
}

mod exposed_option {
    use super::{Deserialize, Deserializer, SecretString, Serializer, exposed};

    // serde hands over a reference to the field as it is.
    #[allow(clippy::ref_option)]
    pub(super) fn serialize<S: Serializer>(
        secret: &Option<SecretString>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match secret {
            Some(secret) => exposed::serialize(secret, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<SecretString>, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.map(SecretString::from))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn it_survives_storing_and_never_shows_a_secret() {
        let credential = StoredCredential {
            kind: CredentialKind::Oauth,
            refresh_token: Some("canary-refresh".into()),
            expires_at: Some("2026-03-02T12:00:00Z".parse().unwrap()),
            client_id: Some("id".into()),
            client_secret: Some("canary-client".into()),
            extra: BTreeMap::from([("region".into(), "eu1".into())]),
            ..StoredCredential::token("canary-access".into())
        };
        let shown = format!("{credential:?}");
        assert!(!shown.contains("canary"), "{shown}");
        let secret = credential.to_secret().unwrap();
        let back = StoredCredential::from_secret(&secret, "here").unwrap();
        assert_eq!(back.access_token.expose_secret(), "canary-access");
        assert_eq!(
            back.refresh_token.unwrap().expose_secret(),
            "canary-refresh"
        );
        assert_eq!(back.client_secret.unwrap().expose_secret(), "canary-client");
        assert_eq!(back.expires_at, credential.expires_at);
        assert_eq!(back.extra, credential.extra);
    }

    #[test]
    fn an_unknown_field_is_no_reason_to_lose_a_sign_in() {
        let secret = r#"{"kind":"token","access_token":"t","new":1}"#.into();
        assert!(StoredCredential::from_secret(&secret, "here").is_ok());
        let error = StoredCredential::from_secret(&"canary".into(), "here").unwrap_err();
        assert!(!error.to_string().contains("canary"));
    }
}
