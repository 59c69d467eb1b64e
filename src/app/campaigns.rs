//! One campaign as the vendor holds it now, for the set-up.

use std::sync::Arc;

use super::pushing::check_account;
use super::{App, Pace, PushError, SchemaError};
use crate::domain::integration::Integration;
use crate::engine::events::Reporter;
use crate::store::Store;
use crate::vendors::RemoteCampaign;

impl App {
    /// Asks a connection's vendor for a campaign; `None`: it has none of that id.
    ///
    /// # Errors
    /// Where the vendor cannot be asked, or the token is another account's.
    pub async fn campaign(
        &self,
        store: &Store,
        integration: &Integration,
        id: &str,
        reporter: Arc<dyn Reporter>,
    ) -> Result<Option<RemoteCampaign>, SchemaError> {
        let clock = self.clock(&store.integrations()?);
        let session = self
            .open_session(store, integration, clock, Pace::default(), Some(reporter))
            .map_err(PushError::from)?;
        check_account(&session, integration).await?;
        session
            .vendor
            .campaign(id)
            .await
            .map_err(|error| SchemaError::Call(Box::new(error)))
    }
}
