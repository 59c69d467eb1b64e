//! Pushing through a connection: gate, token, account, run.

use std::sync::Arc;

use jiff::Timestamp;

use super::{App, Pace, Session, SessionError};
use crate::domain::ids::AccountId;
use crate::domain::integration::{Integration, SecretPlace};
use crate::domain::run::PushSummary;
use crate::engine::events::{Reporter, SyncEvent};
use crate::engine::{self, DayUnits, Interrupt, PushContext, PushRequest, Refusal, Rehearsal};
use crate::store::{Store, StoreError, StoreHandle};
use crate::transport::Pacer;
use crate::vendors::{CallError, CallErrorKind};

/// Why a push did not take place.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// The connection does not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The vendor cannot be asked.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The vendor wants a new sign-in, and did so before.
    #[error("{message}")]
    NeedsSignIn {
        /// The vendor's words.
        message: String,
    },
    /// The token belongs to another account than the connection.
    #[error("the token belongs to account {found}, this integration to {expected}")]
    WrongAccount {
        /// The connection's.
        expected: String,
        /// The token's.
        found: String,
    },
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A connection that is ready to push: gate passed, signed in, account checked.
pub struct Prepared {
    pub(super) context: PushContext,
    pub(super) session: Session,
}

impl App {
    /// Pushes what is asked for through one connection.
    ///
    /// # Errors
    /// What keeps a push from beginning; once it began, what happens is in the summary.
    pub async fn push(
        &self,
        store: Store,
        integration: Integration,
        request: PushRequest,
        pace: Pace,
        reporter: Arc<dyn Reporter>,
        interrupt: Interrupt,
    ) -> Result<PushSummary, PushError> {
        let prepared = self
            .prepare(store, integration, pace, reporter, interrupt)
            .await?;
        let mut pushed = prepared.push(request, None).await;
        if let Some(message) = prepared.end().await {
            match &mut pushed {
                Ok(summary) => summary.notes.push(message),
                Err(_) => prepared.note(message),
            }
        }
        pushed
    }

    /// Makes ready to push through one connection, once or several times. [`Prepared::end`] is its end.
    ///
    /// # Errors
    /// What keeps a push from beginning.
    pub async fn prepare(
        &self,
        store: Store,
        integration: Integration,
        pace: Pace,
        reporter: Arc<dyn Reporter>,
        interrupt: Interrupt,
    ) -> Result<Prepared, PushError> {
        engine::gate(&integration)?;
        let clock = self.clock(&store.integrations()?);
        let session = self.open_session(
            &store,
            &integration,
            Arc::clone(&clock),
            pace,
            Some(Arc::clone(&reporter)),
        )?;
        let mut store = store;
        if check_account(&session, &integration).await? && integration.needs_sign_in {
            store.set_needs_sign_in(&integration, false, clock.now())?;
        }
        let (counted, pacer) = (session.clone(), session.transport.pacer().clone());
        let context = PushContext {
            store: StoreHandle::spawn(store)?,
            vendor: Arc::clone(&session.vendor),
            own_sign_in: session.is_own_of(&integration),
            integration,
            clock,
            reporter,
            requests: Arc::new(move || counted.requests()),
            left_today: Arc::new(move || left_today(&pacer)),
            interrupt,
        };
        Ok(Prepared { context, session })
    }
}

impl Prepared {
    /// Pushes; by what was read for its plan, where there is one.
    ///
    /// # Errors
    /// Only where the file fails.
    pub async fn push(
        &self,
        request: PushRequest,
        plan: Option<&Rehearsal>,
    ) -> Result<PushSummary, PushError> {
        let mut context = self.context.clone();
        if let Some(plan) = plan {
            context.vendor = plan.remembering(context.vendor);
        }
        Ok(engine::push(context, request).await?)
    }

    /// Keeps what was learned of the day's limits and of the sign-in; a line for people, where the sign-in could not be
    /// kept.
    pub async fn end(&self) -> Option<String> {
        let PushContext {
            store,
            integration,
            clock,
            ..
        } = &self.context;
        if let Some(account) = &integration.account {
            keep_budget(store, account.id, &self.session, clock.now()).await;
        }
        self.session.settle().await.err()
    }

    /// Tells people something.
    pub fn note(&self, message: String) {
        self.context.reporter.report(SyncEvent::Note { message });
    }
}

pub(super) fn left_today(pacer: &Pacer) -> Vec<DayUnits> {
    let days = pacer.usage().into_iter();
    days.filter(|usage| usage.resets_at.is_some())
        .map(|usage| DayUnits {
            quota: usage.quota,
            units: u64::from(usage.limit.saturating_sub(usage.used)),
        })
        .collect()
}

/// Keeps what the answers told of the day's limit, for `status`; where they tell nothing, what was spent. A file that cannot
/// take it was told of by the push itself.
pub(super) async fn keep_budget(
    store: &StoreHandle,
    account: AccountId,
    session: &Session,
    now: Timestamp,
) {
    let usages: Vec<_> = session
        .transport
        .pacer()
        .usage()
        .into_iter()
        .filter(|usage| usage.announced || usage.spent > 0)
        .filter_map(|usage| usage.resets_at.map(|ends| (usage, ends)))
        .collect();
    if usages.is_empty() {
        return;
    }
    let _ = store
        .call(move |store| {
            usages.iter().try_for_each(|(usage, ends)| {
                let (used, limit) = (u64::from(usage.used), u64::from(usage.limit));
                if usage.announced {
                    store.save_budget(account, usage.quota, used, Some(limit), Some(*ends), now)
                } else {
                    store.count_budget(account, usage.quota, usage.spent, limit, *ends, now)
                }
            })
        })
        .await;
}

/// A token from the environment may be of another account; one refused before may be good again. Both cost one request,
/// any other push none. True: the vendor has just accepted the sign-in.
pub(super) async fn check_account(
    session: &Session,
    integration: &Integration,
) -> Result<bool, PushError> {
    if session.place != SecretPlace::Environment && !integration.needs_sign_in {
        return Ok(false);
    }
    let expected = integration
        .account
        .as_ref()
        .map(|account| account.vendor_account.clone())
        .unwrap_or_default();
    match session.vendor.account().await {
        Ok(account) if account.id == expected => Ok(true),
        Ok(account) => Err(PushError::WrongAccount {
            expected,
            found: account.id,
        }),
        Err(CallError {
            kind: CallErrorKind::SignIn(failure),
            ..
        }) if integration.needs_sign_in => Err(PushError::NeedsSignIn {
            message: failure.message,
        }),
        // A first refusal, an outage: the run meets it too, and records it on the leads it concerns.
        Err(_) => Ok(false),
    }
}
