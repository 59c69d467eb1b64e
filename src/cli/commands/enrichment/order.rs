//! `enrichment order NAME…`.

use clap::Args;
use serde_json::json;

use super::named::provider;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Set the order providers are asked in; those not named stay behind
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync enrichment order people-data-labs hunter")]
pub struct EnrichmentOrderArgs {
    /// Providers, the first to be asked first
    #[arg(required = true)]
    pub name: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If there is no such provider.
pub fn run(context: &Context, args: &EnrichmentOrderArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let mut wanted: Vec<String> = Vec::new();
    for name in &args.name {
        let name = provider(&store, name)?.name;
        if wanted.contains(&name) {
            return Err(CommandError::usage(format!("{name} is named twice")));
        }
        wanted.push(name);
    }
    for one in store.enrichment_providers()? {
        if !wanted.contains(&one.name) {
            wanted.push(one.name);
        }
    }
    let now = context.now(&app, &store)?;
    let author = context.author(format!("enrichment order {}", wanted.join(" ")));
    let changed = store
        .order_enrichment_providers(&wanted, &author, now)?
        .is_some();
    if context.ui.json() {
        context
            .ui
            .document(&json!({ "order": wanted, "changed": changed }));
    } else {
        context.ui.status(format!(
            "Providers are asked in this order: {}.",
            wanted.join(", ")
        ));
    }
    Ok(ExitStatus::Done)
}
