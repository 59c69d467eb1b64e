//! `doctor`: whether this machine, its file and its sign-ins are fit to push, and what repairs them.
//!
//! It goes on with whatever can be looked at when something is broken: without a database, without a secret store, without
//! a network. It makes no database, it pushes nothing, and no secret reaches what it tells. What it learns of a sign-in is
//! noted in the file, as `status --check` does.
//!
//! * [`machine`](App::examine_machine): program, file, copies of the file, secret store;
//! * [`connections`](App::examine_connections): each asked at the same time, each with bounds of its own.

mod asking;
mod connection;
mod file;
mod permissions;
mod places;
mod set_up;
mod sign_in;
mod source;
mod words;

use std::sync::Arc;

use futures_util::future::join_all;

use super::App;
use crate::domain::checkup::{Check, Section};
use crate::domain::integration::{Integration, IntegrationCategory};
use crate::store::Store;
use crate::store::health::sqlite_version;

pub use permissions::summary as permissions_summary;

/// The heading of what is no connection.
const MACHINE: &str = "This machine";

impl App {
    /// Looks at program, file and secret store. The store: the file, where it could be opened.
    #[must_use]
    pub fn examine_machine(&self) -> (Section, Option<Store>) {
        let mut checks = vec![version()];
        let (found, store) = file::examine(self);
        checks.extend(found);
        let integrations = store
            .as_ref()
            .and_then(|store| store.integrations().ok())
            .unwrap_or_default();
        checks.extend(places::examine(self, store.as_ref(), &integrations));
        (machine(checks), store)
    }

    /// Looks at connections; their vendors are asked at the same time.
    pub async fn examine_connections(
        &self,
        store: &mut Store,
        integrations: &[Integration],
    ) -> Vec<Section> {
        let all = store.integrations().unwrap_or_default();
        let clock = self.clock(&all);
        let (sources, targets): (Vec<_>, Vec<_>) = integrations
            .iter()
            .partition(|one| one.category == IntegrationCategory::Source);
        let locals: Vec<_> = targets
            .into_iter()
            .map(|integration| connection::look(self, store, integration, Arc::clone(&clock)))
            .collect();
        let asked = join_all(locals.iter().map(asking::ask)).await;
        let mut sections: Vec<Section> = locals
            .iter()
            .zip(asked)
            .map(|(local, asked)| {
                connection::keep(store, local, &asked, clock.now());
                connection::section(local, &asked, clock.now())
            })
            .collect();
        for integration in sources {
            sections.push(source::examine(self, store, integration, Arc::clone(&clock)).await);
        }
        sections
    }
}

/// What there is to tell where the platform does not even say where the file should be.
#[must_use]
pub fn homeless(why: &str) -> Section {
    let place = Check::broken("database", why).hint("name the file with --db PATH");
    machine(vec![version(), place])
}

fn machine(checks: Vec<Check>) -> Section {
    Section {
        integration: None,
        title: MACHINE.to_owned(),
        checks,
    }
}

fn version() -> Check {
    Check::fine(
        "version",
        format!(
            "mobly-sync {}, SQLite {}, {} {}",
            env!("CARGO_PKG_VERSION"),
            sqlite_version(),
            std::env::consts::OS,
            std::env::consts::ARCH
        ),
    )
}
