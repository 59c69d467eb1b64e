//! `lead`: people somebody met.

mod activities;
pub mod add;
pub mod edit;
mod edit_many;
pub mod enrich;
mod entry;
mod events;
pub mod export;
mod fields;
pub mod hold;
pub mod import;
mod import_event;
mod import_screen;
mod import_source;
mod import_watch;
pub mod list;
pub mod merge;
pub mod move_leads;
pub mod note;
pub mod pull;
pub mod release;
pub mod remove;
pub mod selection;
pub mod show;

use clap::{Args, Subcommand};
use serde::Serialize;

use self::selection::{SelectionArgs, named_or_chosen};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::nothing_connected;
use crate::cli::waiting;
use crate::domain::ids::LeadId;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::format;

/// Manage leads
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead import scans.csv --event \"Expo 2026\"\n  mobly-sync lead list --state failed"
)]
pub struct LeadArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: LeadCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum LeadCommand {
    Import(import::LeadImportArgs),
    Pull(pull::LeadPullArgs),
    Add(add::LeadAddArgs),
    List(list::LeadListArgs),
    Show(show::LeadShowArgs),
    Edit(edit::LeadEditArgs),
    Enrich(enrich::LeadEnrichArgs),
    Note(note::LeadNoteArgs),
    Move(move_leads::LeadMoveArgs),
    Merge(merge::LeadMergeArgs),
    Remove(remove::LeadRemoveArgs),
    Export(export::LeadExportArgs),
    Hold(hold::LeadHoldArgs),
    Release(release::LeadReleaseArgs),
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadArgs) -> Result<ExitStatus, CommandError> {
    match &args.command {
        LeadCommand::Import(args) => import::run(context, args).await,
        LeadCommand::Pull(args) => pull::run(context, args).await,
        LeadCommand::Add(args) => add::run(context, args).await,
        LeadCommand::List(args) => list::run(context, args).await,
        LeadCommand::Show(args) => show::run(context, args).await,
        LeadCommand::Edit(args) => edit::run(context, args).await,
        LeadCommand::Enrich(args) => enrich::run(context, args).await,
        LeadCommand::Note(args) => note::run(context, args).await,
        LeadCommand::Move(args) => move_leads::run(context, args).await,
        LeadCommand::Merge(args) => merge::run(context, args).await,
        LeadCommand::Remove(args) => remove::run(context, args).await,
        LeadCommand::Export(args) => export::run(context, args).await,
        LeadCommand::Hold(args) => hold::run(context, args).await,
        LeadCommand::Release(args) => release::run(context, args).await,
    }
}

impl LeadArgs {
    /// Whether the command may push by itself.
    #[must_use]
    pub fn may_push(&self) -> bool {
        match &self.command {
            LeadCommand::Import(args) => !args.dry_run && !args.no_sync,
            LeadCommand::Pull(args) => !args.no_sync,
            LeadCommand::Edit(args) => !args.dry_run && !args.no_sync,
            LeadCommand::Enrich(args) => !args.dry_run && !args.no_sync,
            LeadCommand::Add(args) => !args.no_sync,
            LeadCommand::Note(args) => !args.no_sync,
            _ => false,
        }
    }
}

/// The leads somebody names, each once, in the order named.
fn named(context: &Context, store: &Store, names: &[String]) -> Result<Vec<LeadId>, CommandError> {
    let mut leads = Vec::with_capacity(names.len());
    for name in names {
        let lead = context.lead(store, name)?;
        if !leads.contains(&lead) {
            leads.push(lead);
        }
    }
    Ok(leads)
}

#[derive(Serialize)]
struct Held {
    held: bool,
    /// Those that stand otherwise than before.
    leads: Vec<String>,
    unchanged: u64,
}

/// Holds or releases leads. Neither pushes: what is due now goes with the next sync.
fn set_held(
    context: &Context,
    names: &[String],
    selection: &SelectionArgs,
    held: bool,
) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let leads = named_or_chosen(context, &store, names, selection)?;
    if waiting::destinations(&store)?.is_empty() {
        // A hold is a lead's place in an account's queue.
        return Err(nothing_connected()
            .hint("a lead is held back from an account; connect first, with --mode manual if nothing shall go yet"));
    }
    let now = context.now(&app, &store)?;
    let changed = if held {
        store.hold_leads(&leads, now)?
    } else {
        store.release_leads(&leads, now)?
    };
    let unchanged = (leads.len() - changed.len()) as u64;
    let ui = &context.ui;
    if leads.is_empty() {
        ui.status("No lead fits; nothing changed.");
    }
    let word = if held { "Held" } else { "Released" };
    if !changed.is_empty() {
        ui.status(format_args!(
            "{word} {}.",
            format::counted(changed.len() as u64, "lead")
        ));
    }
    if unchanged > 0 {
        ui.status(format_args!(
            "{} {} before; nothing changed there.",
            format::counted(unchanged, "lead"),
            match (held, unchanged) {
                (true, 1) => "was held",
                (true, _) => "were held",
                (false, 1) => "was not held",
                (false, _) => "were not held",
            }
        ));
    }
    if ui.json() {
        ui.document(&Held {
            held,
            leads: changed
                .iter()
                .map(|lead| store.ids().encode(*lead))
                .collect(),
            unchanged,
        });
    } else if !held && !changed.is_empty() {
        waiting::show(context, &store, None)?;
    }
    Ok(ExitStatus::Done)
}
