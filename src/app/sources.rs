//! A signed-in source: proved, kept, opened, asked whether it still knows us.
//!
//! A source's API names no account. What stands in its place is one word for every key at the same address, so that a key
//! that was exchanged for another of the same organization changes nothing. A key of another organization is noticed by what
//! it lists: not one of the events that were pulled before.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::connecting::{Keep, KeepError};
use super::session::{pacer, refuse_anothers, tell, through};
use super::{App, Checked, Pace, SessionError, SignedIn};
use crate::clock::SharedClock;
use crate::domain::history::Author;
use crate::domain::integration::{Environment, Integration, SecretPlace, Settings};
use crate::engine::events::Reporter;
use crate::env_vars;
use crate::secrets::{CredentialKind, SecretError};
use crate::sources::{self, Listing, Source, SourceInfo, SourceProof, SourceSetup};
use crate::store::integrations::{AccountDetails, Connected, NewIntegration};
use crate::store::{Store, StoreError};
use crate::transport::{BaseUrl, Pacer, StaticToken, TokenScheme};
use crate::vendors::{CallError, CallErrorKind};

/// What stands for the account where a source names none.
pub const ORGANIZATION: &str = "organization";

/// Pages of events that are read to find one that is known: a thousand events.
const PAGES_OF_EVENTS: u32 = 20;

/// What keeps the limits of each source, by its name and address: pulling and writing back at once share one limit.
#[derive(Clone, Default)]
pub(super) struct SourcePacers(Arc<Mutex<BTreeMap<(&'static str, String), Pacer>>>);

impl SourcePacers {
    fn of(&self, info: &SourceInfo, base: &BaseUrl, clock: SharedClock, pace: Pace) -> Pacer {
        let mut pacers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pacers
            .entry((info.name, base.address()))
            .or_insert_with(|| pacer(base, info.quotas, clock, pace))
            .clone()
    }
}

impl fmt::Debug for SourcePacers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SourcePacers")
    }
}

/// A source ready to be asked.
#[derive(Clone)]
pub struct SourceSession {
    /// The translator.
    pub source: Arc<dyn Source>,
    /// Where the key came from.
    pub place: SecretPlace,
}

impl SourceSession {
    /// Whether it uses the connection's own key, and not one of the environment that stands before it.
    #[must_use]
    pub fn is_own_of(&self, integration: &Integration) -> bool {
        self.place != SecretPlace::Environment
            || integration.secret_place == SecretPlace::Environment
    }
}

/// A key a source accepted. Nothing is stored yet.
pub struct SourceConnection {
    /// The source, ready to be asked.
    pub session: SourceSession,
    /// What it told.
    pub proof: SourceProof,
    /// The account as it will be kept.
    pub details: AccountDetails,
    /// The connection's options.
    pub settings: Settings,
}

impl App {
    /// Opens a source with a key.
    ///
    /// # Errors
    /// Where the address is not allowed, or HTTP cannot be set up.
    pub fn source_with(
        &self,
        info: &'static SourceInfo,
        settings: &Settings,
        signed_in: SignedIn,
        clock: SharedClock,
        pace: Pace,
        reporter: Option<Arc<dyn Reporter>>,
    ) -> Result<SourceSession, SessionError> {
        let base = match &settings.base_url {
            Some(url) => BaseUrl::parse(url)?,
            None => {
                BaseUrl::vendor_default(&(info.base_url)(settings).map_err(SessionError::Option)?)?
            }
        };
        let pacer = self.pacers.of(info, &base, clock, pace);
        let mut transport = through(base, (info.rules)(), pacer, pace)?;
        if let Some(reporter) = reporter {
            let title = info.title;
            transport =
                transport.with_observer(Arc::new(move |event| tell(&*reporter, title, event)));
        }
        if signed_in.credential.kind != CredentialKind::Token {
            return Err(SessionError::NoToken(info.name.to_owned()));
        }
        let way = info.sign_in.way(signed_in.grant());
        let scheme = way.map_or(TokenScheme::Bearer, |way| way.scheme);
        let token = StaticToken::with_scheme(signed_in.credential.access_token, scheme);
        let source = (info.open)(SourceSetup {
            settings: settings.clone(),
            transport: transport.with_tokens(Arc::new(token)),
        });
        Ok(SourceSession {
            source: Arc::from(source),
            place: signed_in.place,
        })
    }

    /// Opens a connection's source with the connection's own key.
    ///
    /// # Errors
    /// As [`App::signed_in`] and [`App::source_with`].
    pub fn open_source(
        &self,
        store: &Store,
        integration: &Integration,
        clock: SharedClock,
        pace: Pace,
        reporter: Option<Arc<dyn Reporter>>,
    ) -> Result<SourceSession, SessionError> {
        let info = sources::lookup(&integration.vendor)
            .ok_or_else(|| SessionError::UnknownVendor(integration.vendor.clone()))?;
        let signed_in = self.signed_in(store, integration)?;
        refuse_anothers(integration, &signed_in.credential)?;
        let settings = &integration.settings;
        self.source_with(info, settings, signed_in, clock, pace, reporter)
    }

    /// Has the source accept a key: one request.
    ///
    /// # Errors
    /// Where the source cannot be asked, refuses or does not answer.
    pub async fn prove_source(
        &self,
        info: &'static SourceInfo,
        settings: Settings,
        signed_in: SignedIn,
        clock: SharedClock,
    ) -> Result<SourceConnection, super::ProveError> {
        let pace = Pace::default();
        let session = self.source_with(info, &settings, signed_in, clock, pace, None)?;
        let proof = session.source.prove().await?;
        let base = session.source.transport().base();
        let account = proof.account.clone();
        let details = AccountDetails {
            vendor_account: account.unwrap_or_else(|| ORGANIZATION.to_owned()),
            origin: base.origin(),
            environment: if base.is_loopback() {
                Environment::Rehearsal
            } else {
                Environment::Production
            },
            name: settings
                .label
                .clone()
                .or_else(|| proof.name.clone())
                .unwrap_or_else(|| ORGANIZATION.to_owned()),
        };
        Ok(SourceConnection {
            session,
            proof,
            details,
            settings,
        })
    }

    /// Whether a key lists any of the events that were pulled before: one request, more where the first page has none of
    /// them. `None`: there are too many to tell.
    ///
    /// # Errors
    /// As every call.
    pub async fn lists_any_of(
        &self,
        session: &SourceSession,
        known: &BTreeSet<String>,
    ) -> Result<Option<bool>, CallError> {
        for number in 0..PAGES_OF_EVENTS {
            let page = session.source.page(&Listing::Events, number).await?;
            if page.items.iter().any(|item| known.contains(item.id())) {
                return Ok(Some(true));
            }
            let read = u64::from(number + 1) * u64::from(session.source.info().page);
            // A page is full but for the last; the total tells it too, where there is one.
            if page.entries() < u64::from(session.source.info().page)
                || page.total.is_some_and(|total| total <= read)
            {
                return Ok(Some(false));
            }
        }
        Ok(None)
    }

    /// Keeps a source's key and its connection.
    ///
    /// # Errors
    /// [`KeepError`]; nothing is changed then.
    pub fn keep_source(
        &self,
        store: &mut Store,
        connection: &SourceConnection,
        keep: &Keep<'_>,
        author: &Author,
        now: Timestamp,
    ) -> Result<(Connected, Option<SecretError>), KeepError> {
        let info = connection.session.source.info();
        let new = NewIntegration {
            name: keep.name.to_owned(),
            vendor: info.name.to_owned(),
            category: info.category,
            mode: None,
            settings: connection.settings.clone(),
            secret_place: SecretPlace::None,
        };
        self.keep_connection(store, new, &connection.details, keep, None, author, now)
    }

    /// `status --check` of a source: one request.
    ///
    /// # Errors
    /// Only where the file fails.
    pub async fn check_source(
        &self,
        store: &mut Store,
        integration: &Integration,
        clock: SharedClock,
    ) -> Result<Checked, StoreError> {
        let opened = self.open_source(store, integration, clock.clone(), Pace::default(), None);
        let session = match opened {
            Ok(session) => session,
            Err(error) => return Ok(Checked::NoSession(error)),
        };
        let now = clock.now();
        Ok(match session.source.prove().await {
            Ok(_) if session.is_own_of(integration) => {
                store.set_needs_sign_in(integration, false, now)?;
                Checked::Fine
            }
            Ok(_) => Checked::Fine,
            Err(error) => match error.kind {
                CallErrorKind::SignIn(failure) if !session.is_own_of(integration) => {
                    Checked::Unreachable(format!(
                        "it refuses the key of {}, which is used in place of the stored one ({})",
                        env_vars::token_name(&integration.vendor),
                        failure.message
                    ))
                }
                CallErrorKind::SignIn(_) => {
                    store.set_needs_sign_in(integration, true, now)?;
                    Checked::SignInRefused
                }
                kind => Checked::Unreachable(kind.to_string()),
            },
        })
    }
}
