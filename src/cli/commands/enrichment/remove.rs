//! `enrichment remove NAME`.

use clap::Args;
use serde_json::json;

use super::named::provider;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::parts::declined;
use crate::exit::ExitStatus;

/// Remove a provider with its key; what it filled stays
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync enrichment remove hunter --yes")]
pub struct EnrichmentRemoveArgs {
    /// The provider
    pub name: String,

    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
}

/// Runs the command.
///
/// # Errors
/// If there is no such provider, or nobody says yes.
pub fn run(context: &Context, args: &EnrichmentRemoveArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let found = provider(&store, &args.name)?;
    let name = &found.name;
    if !args.yes {
        let question =
            format!("Remove {name}, its key and the answers kept of it? What it filled stays.");
        if !context.ui.can_prompt() {
            return Err(CommandError::new(
                ErrorCode::ConfirmationNeeded,
                format!("removing {name} needs a yes"),
            )
            .fix(format!("mobly-sync enrichment remove {name} --yes")));
        }
        if !context.ui.prompter().confirm(&question, false)? {
            return Err(declined());
        }
    }
    let now = context.now(&app, &store)?;
    store.remove_enrichment_provider(
        name,
        &context.author(format!("enrichment remove {name}")),
        now,
    )?;
    if let Err(error) = app.forget_enrichment_key(&store, name, found.secret_place) {
        context
            .ui
            .warning(format!("the key could not be removed: {error}"));
    }
    if context.ui.json() {
        context.ui.document(&json!({ "removed": name }));
    } else {
        context
            .ui
            .status(format!("Removed {name}. What it filled stays."));
    }
    Ok(ExitStatus::Done)
}
