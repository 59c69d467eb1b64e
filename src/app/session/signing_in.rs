//! The sign-in of a connection: where it is kept, whose it is, and how requests are signed with it.

use std::sync::Arc;

use secrecy::SecretString;

use super::SessionError;
use crate::app::App;
use crate::app::home::ConnectionHome;
use crate::domain::integration::{Integration, SecretPlace, Settings};
use crate::env_vars;
use crate::secrets::{
    self, Candidates, CredentialAccount, CredentialKind, SecretError, SecretKey, SecretStore,
    StoreChoice, StoredCredential,
};
use crate::sign_in::{Exchange, Keeper, RenewingToken};
use crate::store::Store;
use crate::transport::{StaticToken, TokenScheme, TokenSource, Transport};
use crate::vendors::{self, Grant, VendorInfo};

/// A sign-in and where it came from. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// What is sent, and how it is renewed.
    pub credential: StoredCredential,
    /// Its place.
    pub place: SecretPlace,
}

impl SignedIn {
    /// A static token.
    #[must_use]
    pub fn token(secret: SecretString, place: SecretPlace) -> Self {
        Self {
            credential: StoredCredential::token(secret),
            place,
        }
    }

    /// The kind of way it was made by.
    #[must_use]
    pub fn grant(&self) -> Grant {
        match self.credential.kind {
            CredentialKind::Token => Grant::Token,
            CredentialKind::Oauth => Grant::AuthorizationCode,
            CredentialKind::ClientCredentials => Grant::ClientCredentials,
            CredentialKind::Jwt => Grant::JwtBearer,
        }
    }
}

impl App {
    /// The sign-in of a connection: from the environment, else from where `connect` put it.
    ///
    /// # Errors
    /// Where the secret store fails, or nothing is there.
    pub fn signed_in(
        &self,
        store: &Store,
        integration: &Integration,
    ) -> Result<SignedIn, SessionError> {
        if let Some(secret) = env_vars::token(&integration.vendor) {
            return Ok(SignedIn::token(secret, SecretPlace::Environment));
        }
        let missing = || SessionError::NoToken(integration.name.clone());
        if integration.secret_place == SecretPlace::Environment {
            let credential = app_of_the_environment(integration).ok_or_else(missing)?;
            let place = SecretPlace::Environment;
            return Ok(SignedIn { credential, place });
        }
        let keeper = self.keeper(store, integration)?.ok_or_else(missing)?;
        let credential = keeper.load_now()?.ok_or_else(missing)?;
        Ok(SignedIn {
            credential,
            place: integration.secret_place,
        })
    }

    /// Where a connection's sign-in is kept; `None`: nowhere.
    ///
    /// # Errors
    /// Where the place cannot be used.
    pub fn keeper(
        &self,
        store: &Store,
        integration: &Integration,
    ) -> Result<Option<Keeper>, SecretError> {
        let choice = match integration.secret_place {
            SecretPlace::Keyring => StoreChoice::Keyring,
            SecretPlace::File => StoreChoice::File,
            SecretPlace::Environment | SecretPlace::None => return Ok(None),
        };
        let (_, secrets) = self.secret_store(Some(choice))?;
        let key = SecretKey::new(store.database_id(), &integration.name);
        let keeper = Keeper::new(Arc::from(secrets), key, self.database());
        Ok(Some(keeper.at(ConnectionHome::of(self, integration))))
    }

    /// The place secrets are kept: the one chosen, else the best there is.
    ///
    /// # Errors
    /// Where there is none that works.
    pub fn secret_store(
        &self,
        choice: Option<StoreChoice>,
    ) -> Result<(StoreChoice, Box<dyn SecretStore>), SecretError> {
        secrets::choose(choice, self.database(), Candidates::of_this_machine())
    }
}

/// A `connect` to another account may be between its two steps, the secret and the connection, or have died there: nothing
/// meant for the one account may go to the other.
pub(in crate::app) fn refuse_anothers(
    integration: &Integration,
    credential: &StoredCredential,
) -> Result<(), SessionError> {
    let (Some(known), Some(own)) = (&integration.account, &credential.account) else {
        return Ok(());
    };
    if *own == account_of(&known.vendor_account, &known.origin) {
        return Ok(());
    }
    Err(SessionError::Option(format!(
        "the sign-in kept for {} is for account {}, the connection for {}; `mobly-sync connect {}` makes both one",
        integration.name, own.id, known.vendor_account, integration.name
    )))
}

/// An account as a sign-in names it.
pub(in crate::app) fn account_of(vendor_account: &str, origin: &str) -> CredentialAccount {
    CredentialAccount {
        id: vendor_account.to_owned(),
        origin: origin.to_owned(),
    }
}

/// What signs requests; and what renews it, where it is renewed.
type Tokens = (Arc<dyn TokenSource>, Option<Arc<RenewingToken>>);

/// How requests are signed.
pub(super) fn tokens(
    info: &'static VendorInfo,
    settings: &Settings,
    signed_in: SignedIn,
    keeper: Option<Keeper>,
    transport: &Transport,
) -> Result<Tokens, SessionError> {
    let scheme = info
        .sign_in
        .way(signed_in.grant())
        .map_or(TokenScheme::Bearer, |way| way.scheme);
    let credential = signed_in.credential;
    if credential.kind == CredentialKind::Token {
        let token = StaticToken::with_scheme(credential.access_token, scheme);
        return Ok((Arc::new(token), None));
    }
    let oauth = info
        .sign_in
        .oauth
        .ok_or_else(|| SessionError::NoToken(info.name.to_owned()))?;
    let clock = transport.pacer().clock().clone();
    let exchange = Exchange::new(transport, oauth, settings.clone(), clock.clone());
    let renewing = Arc::new(RenewingToken::new(
        credential, exchange, keeper, scheme, clock,
    ));
    Ok((
        Arc::clone(&renewing) as Arc<dyn TokenSource>,
        Some(renewing),
    ))
}

/// An app that acts for itself, its id and secret in the environment: nothing of it is stored, each process asks for a token
/// of its own.
fn app_of_the_environment(integration: &Integration) -> Option<StoredCredential> {
    let info = vendors::lookup(&integration.vendor)?;
    info.sign_in.way(Grant::ClientCredentials)?;
    Some(StoredCredential {
        kind: CredentialKind::ClientCredentials,
        client_id: Some(env_vars::client_id(&integration.vendor)?),
        client_secret: Some(env_vars::client_secret(&integration.vendor)?),
        ..StoredCredential::token(SecretString::default())
    })
}
