//! Reading back through a connection: token, account, run.

use std::sync::Arc;

use super::pushing::check_account;
use super::{App, Pace, PushError};
use crate::domain::integration::Integration;
use crate::engine::events::{Reporter, SyncEvent};
use crate::engine::verify::{self, Verified, VerifyContext, VerifyRequest};
use crate::engine::{Interrupt, Refusal};
use crate::store::{Store, StoreHandle};

impl App {
    /// Reads Cleared leads back. A paused connection and one where nothing is mapped any more are read all the same: nothing
    /// is written.
    ///
    /// # Errors
    /// What keeps it from beginning; once it began, what happens is in the answer.
    pub async fn verify(
        &self,
        store: Store,
        integration: Integration,
        request: VerifyRequest,
        reporter: Arc<dyn Reporter>,
        interrupt: Interrupt,
    ) -> Result<Verified, PushError> {
        if !integration.connected || integration.account.is_none() {
            return Err(Refusal::NotConnected(integration.name).into());
        }
        let clock = self.clock(&store.integrations()?);
        let session = self.open_session(
            &store,
            &integration,
            Arc::clone(&clock),
            Pace::default(),
            Some(Arc::clone(&reporter)),
        )?;
        check_account(&session, &integration).await?;
        let counted = session.clone();
        let context = VerifyContext {
            store: StoreHandle::spawn(store)?,
            vendor: Arc::clone(&session.vendor),
            integration,
            clock,
            reporter: Arc::clone(&reporter),
            requests: Arc::new(move || counted.requests()),
            interrupt,
        };
        let verified = verify::verify(context, request).await;
        if let Err(message) = session.settle().await {
            reporter.report(SyncEvent::Note { message });
        }
        Ok(verified?)
    }
}
