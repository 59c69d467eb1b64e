//! `sync --watch --html FILE`: the board as a page, written anew as leads move.
//!
//! It is written where the numbers changed, whoever changed them, and once at the end: then it stands still.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::cli::board_page::Contents;
use crate::cli::command_error::CommandError;
use crate::cli::commands::reconcile::write_live;
use crate::cli::context::Context;
use crate::domain::board::Summary;
use crate::domain::ids::IntegrationId;
use crate::domain::integration::Integration;
use crate::store::Store;

/// The page of one integration.
pub(super) struct WatchedPage {
    path: PathBuf,
    integration: IntegrationId,
    no_personal_data: bool,
    shown: Option<Summary>,
    /// A file that could not be written is told of once.
    warned: bool,
}

impl WatchedPage {
    /// Writes it for the first time: a place that takes no file is told before anybody watches.
    ///
    /// # Errors
    /// If the file cannot be written, or nobody can tell which integration is meant.
    pub(super) fn begin(
        context: &Context,
        store: &Store,
        path: &Path,
        no_personal_data: bool,
        served: &[Integration],
        now: Timestamp,
    ) -> Result<Self, CommandError> {
        let integration = match served {
            [only] => only.clone(),
            [] => context.integration(store, None)?,
            _ => {
                return Err(CommandError::usage(
                    "a page is of one integration, and several are watched: name it with -i",
                ));
            }
        };
        let mut page = Self {
            path: path.to_owned(),
            integration: integration.id,
            no_personal_data,
            shown: None,
            warned: false,
        };
        page.write(context, store, true, now)?;
        Ok(page)
    }

    /// Writes it anew where something moved. A disk that is full for a while ends nobody's watch.
    pub(super) fn keep(&mut self, context: &Context, store: &Store, now: Timestamp) {
        match self.write(context, store, true, now) {
            Ok(()) => self.warned = false,
            Err(error) if !self.warned => {
                self.warned = true;
                error.warn(&context.ui);
            }
            Err(_) => {}
        }
    }

    /// Writes it for the last time.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(super) fn end(
        mut self,
        context: &Context,
        store: &Store,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        self.shown = None;
        self.write(context, store, false, now)
    }

    fn write(
        &mut self,
        context: &Context,
        store: &Store,
        live: bool,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        let Some(integration) = store.integration_by_id(self.integration)? else {
            return Ok(());
        };
        let summary = store.board_summary(&integration, None)?;
        if self.shown == Some(summary) {
            return Ok(());
        }
        let contents = Contents {
            logs: false,
            no_personal_data: self.no_personal_data,
            live,
        };
        write_live(context, store, &integration, &self.path, contents, now)?;
        self.shown = Some(summary);
        Ok(())
    }
}
