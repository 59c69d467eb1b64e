//! The composition root: the one place that puts clock, file, secrets, transport and vendor together.

mod adopting;
mod campaigns;
mod checking;
mod connecting;
mod disconnecting;
pub mod doctor;
mod enriching;
mod enrichment_providers;
mod home;
mod places;
mod planned;
mod planning;
mod preflight;
mod pushing;
mod schemas;
mod session;
mod sources;
mod trying;
mod undoing;
mod verifying;
mod writing_back;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::clock::{self, SharedClock};
use crate::domain::integration::Integration;
use crate::env_vars;
use crate::paths;
use crate::store::{Store, StoreError};
use crate::transport::BaseUrl;

pub use adopting::Adoption;
pub use checking::{Checked, daily_quota};
pub use connecting::{CheckError, Keep, KeepError, Proof, ProveError, person_field};
pub use enriching::{Cost, Follow, MANY_QUESTIONS, costs};
pub use enrichment_providers::ProviderProblem;
pub use planned::{CountGuards, PlanDocument};
pub use planning::{DayCost, Planned};
pub use preflight::PreflightError;
pub use pushing::{Prepared, PushError};
pub use schemas::{SchemaError, Schemas};
pub use session::{Pace, Session, SessionError, SignedIn, base_url};
use sources::SourcePacers;
pub use sources::{ORGANIZATION, SourceConnection, SourceSession};
pub use trying::{MayGoOn, TrialOf, TrialReport};
pub use undoing::Undoing;
pub use writing_back::{PATIENCE, WroteBack};

/// What every command that works with the file needs.
#[derive(Debug, Clone)]
pub struct App {
    database: PathBuf,
    /// A source's limit is one, however many sessions of this process are open to it.
    pacers: SourcePacers,
}

/// The program cannot even begin.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No place for the file.
    #[error(transparent)]
    Path(#[from] paths::PathError),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// An application on a file: the one named, else that of `MOBLY_SYNC_DB`, else the platform's own.
    ///
    /// # Errors
    /// Where the platform tells no data directory.
    pub fn new(database: Option<PathBuf>) -> Result<Self, AppError> {
        let database = match database.or_else(env_vars::database) {
            Some(path) => path,
            None => paths::default_database()?,
        };
        Ok(Self {
            database,
            pacers: SourcePacers::default(),
        })
    }

    /// The file.
    #[must_use]
    pub fn database(&self) -> &Path {
        &self.database
    }

    /// Opens the file.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn store(&self) -> Result<Store, StoreError> {
        Store::open(&self.database)
    }

    /// Time as this file's connections allow it: a rehearsal may run it faster, everything else has the machine's.
    #[must_use]
    pub fn clock(&self, integrations: &[Integration]) -> SharedClock {
        clock::from_environment(all_rehearse(integrations))
    }

    /// The machine's own time.
    #[must_use]
    pub fn plain_clock(&self) -> SharedClock {
        Arc::new(clock::SystemClock::new())
    }
}

/// Whether every connected integration speaks to a server on this machine, and there is one.
#[must_use]
pub fn all_rehearse(integrations: &[Integration]) -> bool {
    let mut connected = integrations
        .iter()
        .filter(|integration| integration.connected)
        .peekable();
    connected.peek().is_some() && connected.all(rehearses)
}

fn rehearses(integration: &Integration) -> bool {
    integration
        .settings
        .base_url
        .as_deref()
        .is_some_and(is_loopback)
}

/// Whether an address is one of this machine.
#[must_use]
pub fn is_loopback(base_url: &str) -> bool {
    BaseUrl::parse(base_url).is_ok_and(|base| base.is_loopback())
}

/// Whether waits that no header lifts are switched off; only rehearsals may.
fn pace_is_on(base: &BaseUrl) -> bool {
    !(base.is_loopback() && env_vars::pace_is_off())
}
