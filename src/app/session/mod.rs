//! A signed-in vendor: token, transport, translator.

mod limits;
mod signing_in;

use std::sync::Arc;

use super::App;
use crate::clock::SharedClock;
use crate::domain::integration::{Integration, SecretPlace, Settings};
use crate::domain::run::RequestsByKind;
use crate::engine::events::{Reporter, SyncEvent};
use crate::secrets::SecretError;
use crate::sign_in::{Keeper, RenewingToken};
use crate::store::Store;
use crate::transport::{
    BaseUrl, BaseUrlError, QuotaSpec, RetryPolicy, Transport, TransportError, TransportEvent,
};
use crate::vendors::{self, Vendor, VendorInfo, VendorSetup};

use limits::{count_earlier_runs, day_of};
pub(super) use limits::{paced, pacer, through};
pub use signing_in::SignedIn;
use signing_in::tokens;
pub(super) use signing_in::{account_of, refuse_anothers};

/// A pause shorter than this is not worth a line.
const WORTH_TELLING: std::time::Duration = std::time::Duration::from_millis(1_500);

/// How hard a run may press.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pace {
    /// Percent of limits shared with other tools; half unless said otherwise.
    pub share: Option<u32>,
    /// Most requests under way at once; the vendor's own unless said otherwise.
    pub concurrency: Option<u32>,
    /// How often and how long a request is tried; the usual unless said otherwise.
    pub policy: Option<RetryPolicy>,
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
    /// What renews it, where it is renewed.
    pub(super) renewing: Option<Arc<RenewingToken>>,
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
    /// Whether it uses the connection's own sign-in, and not one of the environment that stands before it.
    #[must_use]
    pub fn is_own_of(&self, integration: &Integration) -> bool {
        self.place != SecretPlace::Environment
            || integration.secret_place == SecretPlace::Environment
    }

    /// At its end: tries once more to keep a renewed sign-in that could not be kept.
    ///
    /// # Errors
    /// A sentence for people, where it still cannot be.
    pub async fn settle(&self) -> Result<(), String> {
        match &self.renewing {
            Some(renewing) => renewing.settle().await.map_err(|why| {
                format!("the renewed sign-in could not be kept ({why}): if the next command is refused, connect again")
            }),
            None => Ok(()),
        }
    }

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
    /// Opens a vendor with a sign-in; one that expires is renewed on the way, and kept by `keeper`.
    ///
    /// # Errors
    /// Where the address is not allowed, or HTTP cannot be set up.
    #[allow(clippy::too_many_arguments)] // what a session is made of
    pub fn open_vendor(
        &self,
        info: &'static VendorInfo,
        settings: &Settings,
        signed_in: SignedIn,
        keeper: Option<Keeper>,
        clock: SharedClock,
        pace: Pace,
        reporter: Option<Arc<dyn Reporter>>,
    ) -> Result<Session, SessionError> {
        let mut transport = self.bare_transport(info, settings, clock, pace)?;
        if let Some(reporter) = reporter {
            let title = info.title;
            transport =
                transport.with_observer(Arc::new(move |event| tell(&*reporter, title, event)));
        }
        let place = signed_in.place;
        let (tokens, renewing) = tokens(info, settings, signed_in, keeper, &transport)?;
        let transport = transport.with_tokens(tokens);
        let vendor = (info.open)(VendorSetup {
            settings: settings.clone(),
            transport: transport.clone(),
        });
        Ok(Session {
            vendor: Arc::from(vendor),
            transport,
            place,
            renewing,
        })
    }

    /// Paced and counted HTTP to a vendor, without a sign-in.
    ///
    /// # Errors
    /// Where the address is not allowed, or HTTP cannot be set up.
    pub fn bare_transport(
        &self,
        info: &'static VendorInfo,
        settings: &Settings,
        clock: SharedClock,
        pace: Pace,
    ) -> Result<Transport, SessionError> {
        let base = base_url(info, settings)?;
        let quotas: Vec<QuotaSpec> = info
            .quotas
            .iter()
            .map(|quota| QuotaSpec {
                window: day_of(info, settings, quota),
                ..*quota
            })
            .collect();
        Ok(paced(base, &quotas, (info.rules)(), clock, pace)?)
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
        let signed_in = self.signed_in(store, integration)?;
        refuse_anothers(integration, &signed_in.credential)?;
        let keeper = match signed_in.place {
            SecretPlace::Environment => None,
            _ => self.keeper(store, integration)?,
        };
        let settings = &integration.settings;
        let now = clock.now();
        let session = self.open_vendor(info, settings, signed_in, keeper, clock, pace, reporter)?;
        if let Some(account) = &integration.account {
            // A file that tells nothing of it meets the run itself.
            let budgets = store.budgets(account.id).unwrap_or_default();
            count_earlier_runs(info, &session, &budgets, now);
        }
        Ok(session)
    }
}

/// Where a vendor's API is for a connection's options. Before a sign-in told it, an authorization server's own addresses
/// are all that is needed, so a vendor whose host is not known yet is reached at the host of its token endpoint.
///
/// # Errors
/// Where an option is missing, or an address is not allowed.
pub fn base_url(info: &VendorInfo, settings: &Settings) -> Result<BaseUrl, SessionError> {
    if let Some(url) = &settings.base_url {
        return Ok(BaseUrl::parse(url)?);
    }
    let own = (info.base_url)(settings).or_else(|error| {
        info.sign_in
            .oauth
            .and_then(|oauth| (oauth.endpoints)(settings).ok())
            .and_then(|endpoints| {
                Some(
                    url::Url::parse(&endpoints.token)
                        .ok()?
                        .origin()
                        .ascii_serialization(),
                )
            })
            .ok_or(error)
    });
    Ok(BaseUrl::vendor_default(
        &own.map_err(SessionError::Option)?,
    )?)
}

/// Passes on what a person would wonder about: long waits and repeats.
pub(super) fn tell(reporter: &dyn Reporter, title: &str, event: &TransportEvent) {
    match event {
        TransportEvent::Waiting { quota, wait, .. } if *wait >= WORTH_TELLING => {
            reporter.report(SyncEvent::Waiting {
                seconds: wait.as_secs().max(1),
                reason: format!("{title}'s {quota}"),
            });
        }
        TransportEvent::Silent { more } => {
            reporter.report(SyncEvent::Waiting {
                seconds: more.as_secs().max(1),
                reason: format!("{title} is still at work on a request"),
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
