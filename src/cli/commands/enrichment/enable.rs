//! `enrichment enable WHAT`, and what `disable` shares with it.

use clap::Args;
use serde_json::json;

use super::named::switched;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::domain::hints::quote;
use crate::exit::ExitStatus;

/// Switch rules or a provider on, for all events or for one
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync enrichment enable rules\n  mobly-sync enrichment enable hunter --event \"Expo 2026\""
)]
pub struct EnrichmentEnableArgs {
    /// rules (fill what follows from what is known), tidy (write captured values in one way), or a provider
    #[arg(required = true, value_name = "rules|tidy|NAME")]
    pub what: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If there is nothing of that name.
pub fn run(context: &Context, args: &EnrichmentEnableArgs) -> Result<ExitStatus, CommandError> {
    switch(context, &args.what, true)
}

/// Switches.
pub(super) fn switch(
    context: &Context,
    words: &[String],
    enabled: bool,
) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let event = match &context.globals.event {
        Some(name) => Some(context.event(&store, name, Naming::Write)?),
        None => None,
    };
    let mut what = Vec::new();
    let mut names = Vec::new();
    for word in words {
        let (key, name) = switched(&store, word)?;
        what.push(key);
        names.push(name);
    }
    let keys: Vec<&str> = what.iter().map(String::as_str).collect();
    let verb = if enabled { "enable" } else { "disable" };
    let behind = event.as_ref().map_or_else(String::new, |event| {
        format!(" --event {}", quote(&event.name))
    });
    let author = context.author(format!("enrichment {verb} {}{behind}", names.join(" ")));
    let now = context.now(&app, &store)?;
    let at = event.as_ref().map(|event| (event.id, event.name.as_str()));
    let run = store.record_enrichment_switch(&keys, at, enabled, &author, now)?;
    let changed = run.is_some();
    let lacking = if changed && enabled {
        store.wait_where_data_lacks(now)?
    } else {
        0
    };
    if context.ui.json() {
        context.ui.document(&json!({
            "what": names, "event": event.as_ref().map(|event| &event.name), "enabled": enabled, "changed": changed, "waiting": lacking,
        }));
        return Ok(ExitStatus::Done);
    }
    let state = if enabled { "on" } else { "off" };
    let place = event.as_ref().map_or_else(
        || "for all events that say nothing else".to_owned(),
        |event| format!("at {}", event.name),
    );
    let already = if changed { "now" } else { "already" };
    let are = if names.len() == 1 { "is" } else { "are" };
    context.ui.status(format!(
        "{} {are} {already} {state} {place}.",
        names.join(" and ")
    ));
    if lacking > 0 {
        context.ui.note(format!(
            "{} of what a connection needs; they are enriched at the next push or sync",
            super::add::lack(lacking)
        ));
    }
    if changed && enabled && names.iter().any(|name| name == "tidy") {
        context.ui.note(
            "captured values are written in one way from now on; the history keeps what they were",
        );
    }
    Ok(ExitStatus::Done)
}
