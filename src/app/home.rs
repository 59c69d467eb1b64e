//! What the file tells of a sign-in while a session uses it: a `connect` of another process may move it, or end it.

use std::sync::Arc;

use super::App;
use super::connecting::choice_of;
use crate::domain::integration::{Integration, Settings};
use crate::secrets::{SecretError, SecretStore};
use crate::sign_in::Home;
use crate::store::{Store, StoreError};

/// A connection's row, read anew each time.
#[derive(Debug)]
pub(super) struct ConnectionHome {
    app: App,
    /// As it was when the session was opened.
    opened: Integration,
}

impl ConnectionHome {
    pub(super) fn of(app: &App, integration: &Integration) -> Arc<Self> {
        Arc::new(Self {
            app: app.clone(),
            opened: integration.clone(),
        })
    }

    fn store(&self) -> Result<Store, SecretError> {
        self.app.store().map_err(|error| unreadable(&error))
    }
}

impl Home for ConnectionHome {
    fn place(&self) -> Result<Option<Arc<dyn SecretStore>>, SecretError> {
        let now = self
            .store()?
            .integration(&self.opened.name)
            .map_err(|error| unreadable(&error))?;
        let choice = now
            .filter(|integration| integration.connected)
            .and_then(|integration| choice_of(integration.secret_place));
        let Some(choice) = choice else {
            return Ok(None);
        };
        let (_, secrets) = self.app.secret_store(Some(choice))?;
        Ok(Some(Arc::from(secrets)))
    }

    fn told(&self, before: &Settings, after: &Settings) -> Result<(), SecretError> {
        self.store()?
            .take_told(&self.opened, before, after)
            .map(|_| ())
            .map_err(|error| unreadable(&error))
    }
}

fn unreadable(error: &StoreError) -> SecretError {
    SecretError::Internal(format!("the connection's record cannot be used: {error}"))
}
