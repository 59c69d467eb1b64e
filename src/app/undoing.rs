//! Taking a run back through a connection: token, account, look, question, run.

use std::sync::Arc;

use super::pushing::{check_account, keep_budget, left_today};
use super::{App, Pace, PushError, Session};
use crate::domain::integration::Integration;
use crate::engine::events::{Reporter, SyncEvent};
use crate::engine::undo::{self, UndoError, UndoRequest, UndoSummary};
use crate::engine::{self, Interrupt, PushContext, Refusal};
use crate::store::{Store, StoreHandle, UndoneRun};

/// An undo that may begin: the vendor is signed in, nothing was written.
pub struct Undoing {
    context: PushContext,
    session: Session,
    of: UndoneRun,
    request: UndoRequest,
}

impl App {
    /// Prepares to take a run back.
    ///
    /// # Errors
    /// What keeps anything from being written to the vendor.
    #[allow(clippy::too_many_arguments)] // what a push is given, and the run
    pub async fn undoing(
        &self,
        store: Store,
        integration: Integration,
        of: UndoneRun,
        request: UndoRequest,
        reporter: Arc<dyn Reporter>,
        interrupt: Interrupt,
    ) -> Result<Undoing, PushError> {
        match engine::gate(&integration) {
            // What was written can be taken back whatever is mapped now.
            Ok(()) | Err(Refusal::NotMapped(_)) => {}
            Err(refusal) => return Err(refusal.into()),
        }
        let clock = self.clock(&store.integrations()?);
        let session = self.open_session(
            &store,
            &integration,
            Arc::clone(&clock),
            Pace::default(),
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
        Ok(Undoing {
            context,
            session,
            of,
            request,
        })
    }
}

impl Undoing {
    /// What it would come to, and how many requests it would take at least. Writes nothing.
    ///
    /// # Errors
    /// Where the file fails, or the vendor does not answer.
    pub async fn look(&self) -> Result<(UndoSummary, u64), UndoError> {
        let plan = undo::look(&self.context, &self.of, &self.request).await?;
        let calls = plan.calls(self.context.vendor.undoing());
        Ok((plan.summary(&self.of), calls))
    }

    /// Carries it out.
    ///
    /// # Errors
    /// As [`undo::undo`].
    pub async fn carry_out(self) -> Result<UndoSummary, UndoError> {
        let Self {
            context,
            session,
            of,
            request,
        } = self;
        let (store, clock) = (context.store.clone(), Arc::clone(&context.clock));
        let reporter = Arc::clone(&context.reporter);
        let account = context.integration.account.as_ref().map(|known| known.id);
        let undone = undo::undo(context, of, request).await;
        if let Some(account) = account {
            keep_budget(&store, account, &session, clock.now()).await;
        }
        if let Err(message) = session.settle().await {
            reporter.report(SyncEvent::Note { message });
        }
        undone
    }
}
