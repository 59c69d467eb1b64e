//! A signed-in vendor: token, transport, translator.

use std::sync::Arc;

use secrecy::SecretString;

use super::{App, pace_is_on};
use crate::clock::SharedClock;
use crate::domain::integration::{Integration, SecretPlace, Settings};
use crate::domain::run::RequestsByKind;
use crate::engine::events::{Reporter, SyncEvent};
use crate::env_vars;
use crate::secrets::{self, Candidates, SecretError, SecretKey, SecretStore, StoreChoice};
use crate::store::Store;
use crate::transport::{
    BaseUrl, BaseUrlError, Pacer, QuotaSpec, StaticToken, Transport, TransportError, TransportEvent,
};
use crate::vendors::{self, Vendor, VendorInfo, VendorSetup};

/// A pause shorter than this is not worth a line.
const WORTH_TELLING: std::time::Duration = std::time::Duration::from_millis(1_500);
/// The share of limits other tools draw on too that a run takes, in percent (decisions.md 18).
const DEFAULT_SHARE: u32 = 50;

/// How hard a run may press.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pace {
    /// Percent of limits shared with other tools; half unless said otherwise.
    pub share: Option<u32>,
    /// Most requests under way at once; the vendor's own unless said otherwise.
    pub concurrency: Option<u32>,
}

/// A vendor ready to be asked.
#[derive(Clone)]
pub struct Session {
    /// The translator.
    pub vendor: Arc<dyn Vendor>,
    /// What it sends through.
    pub transport: Transport,
    /// Where the token came from.
    pub place: SecretPlace,
}

/// A token and where it came from.
pub struct Token {
    /// The token.
    pub secret: SecretString,
    /// Its place.
    pub place: SecretPlace,
}

/// Why a vendor cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// This build does not know the vendor.
    #[error("this version of mobly-sync does not know {0}")]
    UnknownVendor(String),
    /// The address is no address, or not allowed.
    #[error(transparent)]
    BaseUrl(#[from] BaseUrlError),
    /// The secret store.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// An option is missing without which nobody knows where the account lives.
    #[error("{0}")]
    Option(String),
    /// No token anywhere.
    #[error("there is no token for {0}")]
    NoToken(String),
    /// HTTP cannot be set up.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

impl Session {
    /// Requests so far, by kind.
    #[must_use]
    pub fn requests(&self) -> RequestsByKind {
        let counts = self.transport.counts();
        RequestsByKind {
            object: counts.object,
            metadata: counts.metadata,
            token: counts.token,
        }
    }
}

impl App {
    /// The token of a connection: from the environment, else from where `connect` put it.
    ///
    /// # Errors
    /// Where the secret store fails, or nothing is there.
    pub fn token(&self, store: &Store, integration: &Integration) -> Result<Token, SessionError> {
        if let Some(secret) = env_vars::token(&integration.vendor) {
            return Ok(Token {
                secret,
                place: SecretPlace::Environment,
            });
        }
        let choice = match integration.secret_place {
            SecretPlace::Keyring => StoreChoice::Keyring,
            SecretPlace::File => StoreChoice::File,
            SecretPlace::Environment | SecretPlace::None => {
                return Err(SessionError::NoToken(integration.name.clone()));
            }
        };
        let (_, secrets) = self.secret_store(Some(choice))?;
        let key = SecretKey::new(store.database_id(), &integration.name);
        let credential = secrets::load(&*secrets, &key)?;
        let secret = credential
            .ok_or_else(|| SessionError::NoToken(integration.name.clone()))?
            .access_token;
        Ok(Token {
            secret,
            place: integration.secret_place,
        })
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

    /// Opens a vendor with a token.
    ///
    /// # Errors
    /// Where the address is not allowed, or HTTP cannot be set up.
    pub fn open_vendor(
        &self,
        info: &'static VendorInfo,
        settings: &Settings,
        token: Token,
        clock: SharedClock,
        pace: Pace,
        reporter: Option<Arc<dyn Reporter>>,
    ) -> Result<Session, SessionError> {
        let base = match &settings.base_url {
            Some(url) => BaseUrl::parse(url)?,
            None => {
                BaseUrl::vendor_default(&(info.base_url)(settings).map_err(SessionError::Option)?)?
            }
        };
        let quotas: Vec<QuotaSpec> = info
            .quotas
            .iter()
            .map(|quota| QuotaSpec {
                in_flight: lower(quota.in_flight, pace.concurrency),
                ..*quota
            })
            .collect();
        let pacer = Pacer::new(
            &quotas,
            clock,
            pace.share.unwrap_or(DEFAULT_SHARE),
            pace_is_on(&base),
        );
        let mut transport = Transport::new(
            base,
            (info.rules)(),
            Arc::new(StaticToken::bearer(token.secret)),
            pacer,
        )?;
        if let Some(reporter) = reporter {
            let title = info.title;
            transport =
                transport.with_observer(Arc::new(move |event| tell(&*reporter, title, event)));
        }
        let vendor = (info.open)(VendorSetup {
            settings: settings.clone(),
            transport: transport.clone(),
        });
        Ok(Session {
            vendor: Arc::from(vendor),
            transport,
            place: token.place,
        })
    }

    /// Opens a connection's vendor with the connection's own token.
    ///
    /// # Errors
    /// As [`App::token`] and [`App::open_vendor`].
    pub fn open_session(
        &self,
        store: &Store,
        integration: &Integration,
        clock: SharedClock,
        pace: Pace,
        reporter: Option<Arc<dyn Reporter>>,
    ) -> Result<Session, SessionError> {
        let info = vendors::lookup(&integration.vendor)
            .ok_or_else(|| SessionError::UnknownVendor(integration.vendor.clone()))?;
        let token = self.token(store, integration)?;
        self.open_vendor(info, &integration.settings, token, clock, pace, reporter)
    }
}

fn lower(vendors: Option<u32>, users: Option<u32>) -> Option<u32> {
    match (vendors, users) {
        (Some(vendors), Some(users)) => Some(vendors.min(users)),
        (vendors, users) => vendors.or(users),
    }
}

/// Passes on what a person would wonder about: long waits and repeats.
fn tell(reporter: &dyn Reporter, title: &str, event: &TransportEvent) {
    match event {
        TransportEvent::Waiting { quota, wait, .. } if *wait >= WORTH_TELLING => {
            reporter.report(SyncEvent::Waiting {
                seconds: wait.as_secs().max(1),
                reason: format!("{title}'s {quota}"),
            });
        }
        TransportEvent::Retrying { wait, reason, .. } if *wait >= WORTH_TELLING => {
            reporter.report(SyncEvent::Waiting {
                seconds: wait.as_secs().max(1),
                reason: reason.clone(),
            });
        }
        _ => {}
    }
}
