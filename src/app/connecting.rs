//! Signing in: first the vendor accepts the token, then the secret is kept, then the connection; a step that fails leaves
//! everything as it was before.

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;

use super::home::ConnectionHome;
use super::session::account_of;
use super::{App, Pace, Session, SessionError, SignedIn, is_loopback, rehearses};
use crate::clock::{self, SharedClock};
use crate::domain::history::Author;
use crate::domain::integration::{Environment, Integration, Mode, SecretPlace, Settings};
use crate::domain::lead::Role;
use crate::domain::remote::RemoteField;
use crate::env_vars;
use crate::secrets::{self, SecretError, SecretKey, SecretStore, StoreChoice, StoredCredential};
use crate::sign_in::{Keeper, RenewalLock, RenewingToken};
use crate::store::integrations::{AccountDetails, Connected, NewIntegration};
use crate::store::{Store, StoreError};
use crate::vendors::{Budget, CallError, RemoteAccount, Scopes, VendorInfo};

/// A sign-in the vendor accepted. Nothing is stored yet.
pub struct Proof {
    /// The vendor, ready to be asked.
    pub session: Session,
    /// What it told of the account.
    pub account: RemoteAccount,
    /// The account as it will be kept: its origin and environment are ours to say.
    pub details: AccountDetails,
    /// Scopes and permissions; `None`: the vendor does not tell.
    pub permissions: Option<Scopes>,
    /// The day's calls, where the vendor tells.
    pub budget: Option<Budget>,
    /// The connection's options, with what the account told for them.
    pub settings: Settings,
}

/// Why a sign-in was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    /// The vendor cannot be asked.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// It was asked and refused, or did not answer.
    #[error(transparent)]
    Call(#[from] CallError),
}

/// What is kept of a sign-in.
pub struct Keep<'a> {
    /// The integration's name.
    pub name: &'a str,
    /// The sign-in.
    pub signed_in: &'a SignedIn,
    /// Where it shall be kept; `None`: where the last one was, else the best place there is.
    pub place: Option<StoreChoice>,
    /// The mode, where one was asked for.
    pub mode: Option<Mode>,
}

/// Why a sign-in was not kept. Everything is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The place for secrets.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// The time a connect goes by: a rehearsal's, where this and every other connection is one.
    #[must_use]
    pub fn clock_to_connect(
        &self,
        integrations: &[Integration],
        name: &str,
        settings: &Settings,
    ) -> SharedClock {
        let others = integrations
            .iter()
            .filter(|other| other.connected && other.name != name)
            .all(rehearses);
        let here = settings.base_url.as_deref().is_some_and(is_loopback);
        clock::from_environment(others && here)
    }

    /// Has the vendor accept a sign-in: one request for the account, and one for the day's calls, which may fail.
    ///
    /// # Errors
    /// Where the vendor cannot be asked, refuses or does not answer.
    pub async fn prove(
        &self,
        info: &'static VendorInfo,
        mut settings: Settings,
        signed_in: SignedIn,
        clock: SharedClock,
    ) -> Result<Proof, ProveError> {
        let granted = signed_in.credential.scopes.clone();
        let pace = Pace::default();
        let session = self.open_vendor(info, &settings, signed_in, None, clock, pace, None)?;
        let account = session.vendor.account().await?;
        let permissions = session.vendor.permissions(granted.as_deref()).await;
        let permissions = permissions.ok().flatten();
        let budget = session.vendor.budget().await.ok().flatten();
        settings.vendor.extend(account.details.clone());
        let base = session.transport.base();
        let details = AccountDetails {
            vendor_account: account.id.clone(),
            origin: base.origin(),
            // A server on this machine may show a real account's id and word: it is a rehearsal all the same.
            environment: if base.is_loopback() {
                Environment::Rehearsal
            } else {
                account.environment
            },
            name: settings
                .label
                .clone()
                .unwrap_or_else(|| account.name.clone()),
        };
        Ok(Proof {
            session,
            account,
            details,
            permissions,
            budget,
            settings,
        })
    }

    /// Keeps a vendor's sign-in.
    ///
    /// # Errors
    /// [`KeepError`]; nothing is changed then.
    pub fn keep(
        &self,
        store: &mut Store,
        proof: &Proof,
        keep: &Keep<'_>,
        author: &Author,
        now: Timestamp,
    ) -> Result<(Connected, Option<SecretError>), KeepError> {
        let info = proof.session.vendor.info();
        let connection = NewIntegration {
            name: keep.name.to_owned(),
            vendor: info.name.to_owned(),
            category: info.category,
            mode: keep.mode,
            settings: proof.settings.clone(),
            secret_place: SecretPlace::None,
        };
        let renewing = proof.session.renewing.as_ref();
        self.keep_connection(
            store,
            connection,
            &proof.details,
            keep,
            renewing,
            author,
            now,
        )
    }

    /// Keeps a sign-in: the secret first, so that no connection ever stands without one; where the file then fails, the
    /// secret that was there before is put back, since it belongs to the account that stays.
    ///
    /// # Errors
    /// [`KeepError`]; nothing is changed then.
    #[allow(clippy::too_many_arguments)] // what a connection is made of
    pub(super) fn keep_connection(
        &self,
        store: &mut Store,
        connection: NewIntegration,
        details: &AccountDetails,
        keep: &Keep<'_>,
        renewing: Option<&Arc<RenewingToken>>,
        author: &Author,
        now: Timestamp,
    ) -> Result<(Connected, Option<SecretError>), KeepError> {
        let before = store.integration(keep.name)?;
        let old_place = before
            .as_ref()
            .map_or(SecretPlace::None, |old| old.secret_place);
        let key = SecretKey::new(store.database_id(), keep.name);
        let account = account_of(&details.vendor_account, &details.origin);
        // A push of another process that renews the old sign-in just now must not store it over the new one.
        let _alone = self.renewal_lock(&key)?;
        let same_account = before
            .as_ref()
            .filter(|old| old.connected)
            .and_then(|old| old.account.as_ref())
            .is_some_and(|old| {
                (&old.vendor_account, &old.origin) == (&details.vendor_account, &details.origin)
            });
        let (place, written) = if keep.signed_in.place == SecretPlace::Environment {
            // What is stored for this very account serves again when the variable is gone.
            let stays = same_account && choice_of(old_place).is_some();
            let place = if stays {
                old_place
            } else {
                SecretPlace::Environment
            };
            (place, None)
        } else {
            let choice = keep.place.or_else(|| self.usual_place(old_place));
            let (choice, secrets) = self.secret_store(choice)?;
            // What the proof renewed is newer than what it was made from.
            let credential = StoredCredential {
                account: Some(account.clone()),
                ..renewing.map_or_else(
                    || keep.signed_in.credential.clone(),
                    |renewing| renewing.current(),
                )
            };
            let written = Written::put(Arc::from(secrets), &key, &credential)?;
            (place_of(choice), Some(written))
        };
        let new = NewIntegration {
            secret_place: place,
            ..connection
        };
        match store.connect_integration(&new, details, author, now) {
            Ok(connected) => {
                // The secret of a place no longer used is of no use to anybody but a thief.
                let left = (old_place != place).then(|| self.forget(&key, old_place));
                if let (Some(renewing), Some(written)) = (renewing, written) {
                    let keeper = Keeper::new(written.secrets, key, self.database())
                        .at(ConnectionHome::of(self, &connected.integration));
                    renewing.keep_in(keeper, account);
                }
                Ok((connected, left.and_then(Result::err)))
            }
            Err(error) => {
                if let Some(written) = written {
                    written.take_back(&key);
                }
                Err(error.into())
            }
        }
    }

    /// Removes a connection's secret from where it is kept, once no process renews it any more. One from the environment
    /// stays there.
    ///
    /// # Errors
    /// Where the place cannot be reached or changed.
    pub fn forget_secret(
        &self,
        store: &Store,
        integration: &Integration,
    ) -> Result<(), SecretError> {
        let key = SecretKey::new(store.database_id(), &integration.name);
        let _alone = self.renewal_lock(&key)?;
        // It may have been moved since the connection was read.
        let now = store.integration_by_id(integration.id).ok().flatten();
        self.forget(&key, now.as_ref().unwrap_or(integration).secret_place)
    }

    /// Moves a connection's secret to another place. Whether anything changed.
    ///
    /// # Errors
    /// [`SessionError`] where there is none, or a place fails; it is then where it was.
    pub fn move_secret(
        &self,
        store: &mut Store,
        integration: &Integration,
        choice: StoreChoice,
        now: Timestamp,
    ) -> Result<bool, KeepError> {
        let Some(old) = choice_of(integration.secret_place).filter(|old| *old != choice) else {
            return Ok(false);
        };
        let key = SecretKey::new(store.database_id(), &integration.name);
        let (_, from) = self.secret_store(Some(old))?;
        let (_, to) = self.secret_store(Some(choice))?;
        let _alone = self.renewal_lock(&key)?;
        if let Some(secret) = from.get(&key)? {
            to.set(&key, &secret)?;
        }
        store.set_secret_place(integration.id, place_of(choice), now)?;
        from.delete(&key)?;
        Ok(true)
    }

    /// Where the last secret was, unless the environment names a place.
    fn usual_place(&self, old: SecretPlace) -> Option<StoreChoice> {
        if env_vars::credential_store().is_some() {
            None
        } else {
            choice_of(old)
        }
    }

    fn renewal_lock(&self, key: &SecretKey) -> Result<RenewalLock, SecretError> {
        Keeper::lock_beside(self.database(), key)
    }

    fn forget(&self, key: &SecretKey, place: SecretPlace) -> Result<(), SecretError> {
        let Some(choice) = choice_of(place) else {
            return Ok(());
        };
        let (_, secrets) = self.secret_store(Some(choice))?;
        secrets.delete(key)
    }
}

/// A secret just stored, with what it replaced.
struct Written {
    secrets: Arc<dyn SecretStore>,
    replaced: Option<SecretString>,
}

impl Written {
    fn put(
        secrets: Arc<dyn SecretStore>,
        key: &SecretKey,
        credential: &StoredCredential,
    ) -> Result<Self, SecretError> {
        let replaced = secrets.get(key)?;
        secrets::save(&*secrets, key, credential)?;
        Ok(Self { secrets, replaced })
    }

    /// The error of the file is the one to tell; if this fails too, the next connect replaces the secret.
    fn take_back(self, key: &SecretKey) {
        let _ = match &self.replaced {
            Some(secret) => self.secrets.set(key, secret),
            None => self.secrets.delete(key),
        };
    }
}

pub(super) fn choice_of(place: SecretPlace) -> Option<StoreChoice> {
    match place {
        SecretPlace::Keyring => Some(StoreChoice::Keyring),
        SecretPlace::File => Some(StoreChoice::File),
        SecretPlace::Environment | SecretPlace::None => None,
    }
}

fn place_of(choice: StoreChoice) -> SecretPlace {
    match choice {
        StoreChoice::Keyring => SecretPlace::Keyring,
        StoreChoice::File => SecretPlace::File,
    }
}

impl Proof {
    /// Reads the objects a connection's mapping and qualifiers fill and names the fields this account has not. What was
    /// read is kept for the account.
    ///
    /// # Errors
    /// As every call and every statement.
    pub async fn lacks(
        &self,
        store: &mut Store,
        connected: &Connected,
        now: Timestamp,
    ) -> Result<Vec<String>, CheckError> {
        let id = connected.integration.id;
        let mut wanted: std::collections::BTreeMap<String, Vec<String>> =
            std::collections::BTreeMap::new();
        let rules = store
            .rules(id)?
            .into_iter()
            .map(|rule| (rule.object, rule.remote));
        let qualifiers = store
            .qualifier_rules(id)?
            .into_iter()
            .map(|rule| (rule.object, rule.remote));
        for (object, remote) in rules.chain(qualifiers) {
            wanted.entry(object).or_default().push(remote);
        }
        let mut lacks = Vec::new();
        for object in self.session.vendor.info().objects {
            let Some(fields) = wanted.get(object.key) else {
                continue;
            };
            let schema = self.session.vendor.describe(object.key, fields).await?;
            for field in fields {
                let name = format!("{}.{field}", object.key);
                if schema.field(field).is_none() && !lacks.contains(&name) {
                    lacks.push(name);
                }
            }
            store.save_schema(connected.account.id, object.key, &schema, now)?;
        }
        Ok(lacks)
    }
}

/// The field of that name on a vendor's person object.
///
/// # Errors
/// As every call.
pub async fn person_field(session: &Session, name: &str) -> Result<Option<RemoteField>, CallError> {
    let objects = session.vendor.info().objects.iter();
    for object in objects.filter(|object| object.role == Role::Persona) {
        let schema = session
            .vendor
            .describe(object.key, &[name.to_owned()])
            .await?;
        if let Some(field) = schema.field(name) {
            return Ok(Some(field.clone()));
        }
    }
    Ok(None)
}

/// A check of the mapping failed.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The vendor.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}
