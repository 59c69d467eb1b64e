//! A signed-in vendor: token, transport, translator.

use std::sync::Arc;

use secrecy::SecretString;

use super::home::ConnectionHome;
use super::{App, pace_is_on};
use crate::clock::SharedClock;
use crate::domain::budget::Budget;
use crate::domain::integration::{Integration, SecretPlace, Settings};
use crate::domain::run::RequestsByKind;
use crate::engine::events::{Reporter, SyncEvent};
use crate::env_vars;
use crate::secrets::{
    self, Candidates, CredentialAccount, CredentialKind, SecretError, SecretKey, SecretStore,
    StoreChoice, StoredCredential,
};
use crate::sign_in::{Exchange, Keeper, RenewingToken};
use crate::store::Store;
use crate::transport::{
    AnswerRules, BaseUrl, BaseUrlError, NoAuthorization, Pacer, QuotaSpec, RetryPolicy,
    StaticToken, TokenScheme, TokenSource, Transport, TransportError, TransportEvent, Window,
};
use crate::vendors::{self, Grant, OptionKind, Vendor, VendorInfo, VendorSetup};

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

/// Paced and counted HTTP without a sign-in.
pub(super) fn paced(
    base: BaseUrl,
    quotas: &[QuotaSpec],
    rules: Arc<dyn AnswerRules>,
    clock: SharedClock,
    pace: Pace,
) -> Result<Transport, TransportError> {
    let pacer = pacer(&base, quotas, clock, pace);
    through(base, rules, pacer, pace)
}

/// What keeps the limits of what is at an address.
pub(super) fn pacer(base: &BaseUrl, quotas: &[QuotaSpec], clock: SharedClock, pace: Pace) -> Pacer {
    let quotas: Vec<QuotaSpec> = quotas
        .iter()
        .map(|quota| QuotaSpec {
            in_flight: lower(quota.in_flight, pace.concurrency),
            ..*quota
        })
        .collect();
    let share = pace.share.unwrap_or(DEFAULT_SHARE);
    Pacer::new(&quotas, clock, share, pace_is_on(base))
}

/// Counted HTTP that keeps the limits of a pacer.
pub(super) fn through(
    base: BaseUrl,
    rules: Arc<dyn AnswerRules>,
    pacer: Pacer,
    pace: Pace,
) -> Result<Transport, TransportError> {
    let transport = Transport::new(base, rules, Arc::new(NoAuthorization), pacer)?;
    Ok(match pace.policy {
        Some(policy) => transport.with_policy(policy),
        None => transport,
    })
}

/// What is known of today's limits from before: what our own runs spent where the vendor does not tell, else what it told.
fn count_earlier_runs(
    info: &VendorInfo,
    session: &Session,
    budgets: &[Budget],
    now: jiff::Timestamp,
) {
    for quota in info.quotas {
        let of_today = budgets.iter().find(|budget| {
            budget.quota == quota.name && budget.resets_at.is_some_and(|ends| ends > now)
        });
        let Some(budget) = of_today else { continue };
        let used = u32::try_from(budget.used).unwrap_or(u32::MAX);
        let pacer = session.transport.pacer();
        if budget.counted {
            pacer.prime(quota.name, used);
        } else {
            pacer.know(quota.name, used);
        }
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

/// A `connect` to another account may be between its two steps, the secret and the connection, or have died there: nothing
/// meant for the one account may go to the other.
pub(super) fn refuse_anothers(
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
pub(super) fn account_of(vendor_account: &str, origin: &str) -> CredentialAccount {
    CredentialAccount {
        id: vendor_account.to_owned(),
        origin: origin.to_owned(),
    }
}

/// What signs requests; and what renews it, where it is renewed.
type Tokens = (Arc<dyn TokenSource>, Option<Arc<RenewingToken>>);

/// How requests are signed.
fn tokens(
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

/// A limit's window; where it counts by the day, with as many units as the connection's options say.
fn day_of(info: &VendorInfo, settings: &Settings, quota: &QuotaSpec) -> Window {
    let Window::Daily { amount, zone } = quota.window else {
        return quota.window;
    };
    let own = info.options.iter().find_map(|option| match option.kind {
        OptionKind::Amount { quota: of, .. } if of == quota.name => {
            vendors::amount(settings.vendor.get(option.name)?)
        }
        _ => None,
    });
    Window::Daily {
        amount: own.unwrap_or(amount),
        zone,
    }
}

fn lower(vendors: Option<u32>, users: Option<u32>) -> Option<u32> {
    match (vendors, users) {
        (Some(vendors), Some(users)) => Some(vendors.min(users)),
        (vendors, users) => vendors.or(users),
    }
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
