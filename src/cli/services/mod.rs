//! What most commands need from the file: the application, the integration, event or lead somebody named, who they are.

mod failures;
mod integrations;
mod named;
mod titles;

use std::sync::Arc;

use jiff::Timestamp;

use super::command_error::CommandError;
use super::context::Context;
use crate::app::App;
use crate::clock::SharedClock;
use crate::domain::history::Author;
use crate::env_vars;
use crate::store::Store;

pub use failures::call_failed;
pub use integrations::{nothing_connected, vendor_info, vendor_of};
pub use named::Naming;
pub use titles::{account_title, account_with_environment, account_word, title_of};

impl Context {
    /// The application on the file named by `--db`, the environment, or the platform.
    ///
    /// # Errors
    /// Where the platform tells no data directory.
    pub fn app(&self) -> Result<App, CommandError> {
        Ok(App::new(self.globals.db.clone())?)
    }

    /// The application with its file open.
    ///
    /// # Errors
    /// As every command that needs the file.
    pub fn open(&self) -> Result<(App, Store), CommandError> {
        let app = self.app()?;
        let store = app.store()?;
        Ok((app, store))
    }

    /// Who does this, by which command; `command` is written by the caller, never taken from the arguments as they are.
    #[must_use]
    pub fn author(&self, command: impl Into<String>) -> Author {
        Author {
            command: command.into(),
            person: env_vars::user(),
        }
    }

    /// The clock commands of this file go by.
    ///
    /// # Errors
    /// As every statement.
    pub fn clock(&self, app: &App, store: &Store) -> Result<SharedClock, CommandError> {
        Ok(app.clock(&store.integrations()?))
    }

    /// The time by that clock.
    ///
    /// # Errors
    /// As every statement.
    pub fn now(&self, app: &App, store: &Store) -> Result<Timestamp, CommandError> {
        Ok(Arc::clone(&self.clock(app, store)?).now())
    }
}
