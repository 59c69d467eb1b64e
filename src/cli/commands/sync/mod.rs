//! `sync`: push all that is due.

mod watch;
mod watch_page;
mod watch_pull;

use std::path::PathBuf;

use super::push_options::PushOptions;
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::parts::{self, Part};
use crate::cli::planning;
use crate::cli::pushing::{self, Wanted};
use crate::domain::hints::quote;
use crate::domain::integration::{Integration, IntegrationCategory, Mode};
use crate::domain::sync_state::PreSyncReason;
use crate::exit::ExitStatus;
use crate::ui::format::counted;

/// Push all that is due
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync sync\n  mobly-sync sync --max-failures 5% --json\n  mobly-sync sync --watch\n  mobly-sync sync --watch --html board.html"
)]
pub struct SyncArgs {
    /// Stay, and push leads as they arrive, until Ctrl-C
    #[arg(long, conflicts_with_all = ["again", "limit", "expect", "dry_run", "max_overwrites", "max_creates"])]
    pub watch: bool,

    /// With --watch: keep the board in this file as one page that stands alone, written anew as leads move
    #[arg(long, value_name = "FILE", requires = "watch", value_hint = clap::ValueHint::FilePath)]
    pub html: Option<PathBuf>,

    /// With --html: no names, addresses, values or messages
    #[arg(long, requires = "html")]
    pub no_pii: bool,

    /// How the push is bounded.
    #[command(flatten)]
    pub push: PushOptions,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &SyncArgs) -> Result<ExitStatus, CommandError> {
    if let Some(event) = &context.globals.event {
        return Err(
            CommandError::usage("sync pushes what is due of every event")
                .hint("one event is pushed by sync-event, whatever the mode")
                .fix(format!("mobly-sync sync-event {}", quote(event))),
        );
    }
    if args.watch {
        return watch::run(context, args).await;
    }
    let chosen = parts::chosen(context, None)?;
    if !args.push.dry_run {
        pushing::enrich(context, &context.app()?).await?;
    }
    tell_others(context, &chosen)?;
    let mut parts = Vec::new();
    for integration in &chosen {
        let part = push(context, integration, &args.push).await;
        let interrupted = matches!(&part, Ok(part) if part.status == ExitStatus::Interrupted);
        parts.push(part);
        if interrupted {
            break;
        }
    }
    parts::finish(context, parts)
}

async fn push(
    context: &Context,
    integration: &Integration,
    options: &PushOptions,
) -> Result<Part, CommandError> {
    let (app, store) = context.open()?;
    let wanted = Wanted::due(integration, "sync");
    crate::engine::gate(integration).map_err(|refusal| {
        pushing::push_failed(integration, crate::app::PushError::Refused(refusal))
    })?;
    let ended = planning::push(context, &app, store, integration, wanted, options).await?;
    let left = context.open()?.1;
    let frozen = parts::tell_frozen(context, &left, integration)?;
    if frozen > 0 && integration.mode == Mode::Manual && ended.pushed == 0 {
        context.ui.hint(format!(
            "{} is in Manual mode, where sync pushes nothing",
            parts::title(integration)
        ));
    }
    Ok(ended.into_part())
}

/// Where the CRM was meant without being named, what waits for another connection is not forgotten.
fn tell_others(context: &Context, chosen: &[Integration]) -> Result<(), CommandError> {
    if context.globals.integration.is_some() {
        return Ok(());
    }
    let (_, store) = context.open()?;
    for other in store.integrations()? {
        let meant = chosen.iter().any(|integration| integration.id == other.id);
        if meant || !other.connected || other.category == IntegrationCategory::Source {
            continue;
        }
        let counts = store.pre_sync_counts(&other, None)?;
        let due = parts::count_of(&counts, PreSyncReason::Queued);
        if due > 0 {
            context.ui.note(format!(
                "{}: {} due: sync -i all",
                other.name,
                counted(due, "lead")
            ));
        }
    }
    Ok(())
}
