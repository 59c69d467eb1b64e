//! Checking through a connection: sign-in, account, the vendor's fields as they are now. Nothing is written there.

use std::sync::Arc;

use super::pushing::check_account;
use super::{App, Pace, PushError};
use crate::domain::ids::EventId;
use crate::domain::integration::Integration;
use crate::engine::Refusal;
use crate::engine::check::{CheckContext, CheckError, CheckReport, LookUp, check};
use crate::engine::events::{Reporter, SyncEvent};
use crate::store::{Store, StoreError, StoreHandle};
use crate::vendors::CallError;

/// Why nothing can be told.
#[derive(Debug, thiserror::Error)]
pub enum PreflightError {
    /// The connection does not allow it, or the vendor cannot be asked.
    #[error(transparent)]
    Open(#[from] PushError),
    /// The vendor did not answer, or refused the sign-in.
    #[error(transparent)]
    Call(Box<CallError>),
}

impl From<StoreError> for PreflightError {
    fn from(error: StoreError) -> Self {
        Self::Open(error.into())
    }
}

impl From<CheckError> for PreflightError {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Call(error) => Self::Call(error),
            CheckError::Store(error) => error.into(),
        }
    }
}

impl App {
    /// Tells what a push of an event's leads, or of all, would be refused. A paused connection is checked too: reading harms
    /// nobody, and whoever paused it for its failures wants to know when they are over.
    ///
    /// # Errors
    /// Where there is no connection or no mapping, or the vendor's fields cannot be read as they are now.
    pub async fn preflight(
        &self,
        store: Store,
        integration: &Integration,
        event: Option<EventId>,
        look_up: LookUp,
        reporter: Arc<dyn Reporter>,
    ) -> Result<CheckReport, PreflightError> {
        let name = || integration.name.clone();
        if !integration.connected || integration.account.is_none() {
            return Err(PushError::from(Refusal::NotConnected(name())).into());
        }
        if !integration.mapped {
            return Err(PushError::from(Refusal::NotMapped(name())).into());
        }
        let clock = self.clock(&store.integrations()?);
        let session = self
            .open_session(
                &store,
                integration,
                Arc::clone(&clock),
                Pace::default(),
                Some(Arc::clone(&reporter)),
            )
            .map_err(PushError::from)?;
        let mut store = store;
        if check_account(&session, integration).await? && integration.needs_sign_in {
            store.set_needs_sign_in(integration, false, clock.now())?;
        }
        let context = CheckContext {
            store: StoreHandle::spawn(store)?,
            vendor: Arc::clone(&session.vendor),
            integration: integration.clone(),
            clock,
            look_up,
        };
        let checked = check(context, event).await;
        if let Err(message) = session.settle().await {
            reporter.report(SyncEvent::Note { message });
        }
        Ok(checked?)
    }
}
