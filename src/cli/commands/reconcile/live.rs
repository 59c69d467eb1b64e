//! The board as a page of everything, written by whoever watches.

use std::path::Path;

use jiff::Timestamp;

use super::choice::Choice;
use super::view::Sight;
use crate::cli::board_page::{self, Contents};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::board::BoardFilter;
use crate::domain::integration::Integration;
use crate::store::{Selection, Store};

/// Writes the whole board of an integration as it is now.
///
/// # Errors
/// If the file cannot be written or the leads cannot be read.
pub(in crate::cli) fn write_live(
    context: &Context,
    store: &Store,
    integration: &Integration,
    path: &Path,
    contents: Contents,
    now: Timestamp,
) -> Result<(), CommandError> {
    let choice = Choice {
        shown: BoardFilter::default(),
        event: None,
        named_event: None,
    };
    let board = store.board(integration, &choice.shown)?;
    let sight = Sight {
        context,
        store,
        integration,
        choice: &choice,
        now,
    };
    let view = sight.view(&board, false)?;
    let all = Selection::default();
    board_page::write(path, store, integration, &all, None, view, contents)?;
    Ok(())
}
