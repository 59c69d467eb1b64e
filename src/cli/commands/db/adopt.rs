//! `db adopt`: an identity of its own for a copied file.

use clap::Args;
use serde::Serialize;

use super::must_exist;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Give a copied file an identity of its own
///
/// A copy of the file uses the sign-ins of the original: a vendor that hands a new token to one takes it from the other.
/// After this the copy's connections need a sign-in of their own; the original is not touched. Leads, mapping and history
/// stay in both.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync db adopt --db copy.db")]
pub struct DbAdoptArgs {}

#[derive(Serialize)]
struct Document {
    path: String,
    copy_of: Option<String>,
    needs_sign_in: Vec<String>,
    next: Option<String>,
}

pub(super) fn run(context: &Context) -> Result<ExitStatus, CommandError> {
    must_exist(context)?;
    let (app, mut store) = context.open()?;
    let now = context.now(&app, &store)?;
    let done = app.adopt(&mut store, &context.author("db adopt"), now)?;
    let path = app.database().display().to_string();
    let next = done
        .needs_sign_in
        .first()
        .map(|name| format!("mobly-sync connect {name}"));
    let ui = &context.ui;
    ui.status(format!("{path} has an identity of its own now."));
    match &done.copy_of {
        Some(original) => ui.note(format!(
            "it was a copy of {}, which keeps the sign-ins",
            original.display()
        )),
        None => ui.note("no other file of the former identity is known here"),
    }
    if !done.needs_sign_in.is_empty() {
        ui.note(format!("sign in again: {}", done.needs_sign_in.join(", ")));
    }
    if ui.json() {
        ui.document(&Document {
            path,
            copy_of: done.copy_of.map(|path| path.display().to_string()),
            needs_sign_in: done.needs_sign_in,
            next,
        });
    } else if let Some(next) = next {
        ui.next(&next);
    }
    Ok(ExitStatus::Done)
}
