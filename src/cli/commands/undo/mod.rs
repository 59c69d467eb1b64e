//! `undo RUN`: puts back what a run changed at the vendor.

mod refusals;
mod screen;

use clap::{Args, ValueEnum};

use self::refusals::{integration, undo_failed, undoable};
use self::screen::{foretell, print};
use crate::app::Undoing;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::pushing::{interruptible, push_failed};
use crate::domain::hints::quote;
use crate::domain::ids::RunId;
use crate::domain::integration::Integration;
use crate::domain::run::StopReason;
use crate::engine::Interrupt;
use crate::engine::undo::{Only, UndoRequest, UndoSummary};
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::ui::progress;

/// Put back what a run changed
///
/// A field is put back only while it still holds what the run wrote, a record it made is removed only while nobody has touched
/// it; the rest is listed with who changed it. The leads are held, and nothing pushes them by itself. An undo is a run and
/// can be undone.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync undo 57 --dry-run\n  mobly-sync undo 57\n  mobly-sync undo 57 --field jobtitle --yes\n  mobly-sync undo 57 --only created --lead a1b2c3d4"
)]
pub struct UndoArgs {
    /// The run's number
    pub run: i64,

    /// Only this field, by the vendor's name (repeatable)
    #[arg(long = "field", value_name = "FIELD")]
    pub fields: Vec<String>,

    /// Only records the run made, or only those it changed
    #[arg(long, value_name = "WHICH")]
    pub only: Option<Which>,

    /// Only this lead (repeatable)
    #[arg(long = "lead", value_name = "LEAD")]
    pub leads: Vec<String>,

    /// Show what would be done, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Which kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// Records it made
    Created,
    /// Records it changed
    Updated,
}

impl UndoArgs {
    /// The command without `--yes`, as it is typed.
    fn typed(&self) -> String {
        let mut typed = format!("undo {}", self.run);
        for field in &self.fields {
            typed.push_str(&format!(" --field {}", quote(field)));
        }
        match self.only {
            Some(Which::Created) => typed.push_str(" --only created"),
            Some(Which::Updated) => typed.push_str(" --only updated"),
            None => {}
        }
        for lead in &self.leads {
            typed.push_str(&format!(" --lead {}", quote(lead)));
        }
        typed
    }
}

/// Runs the command.
///
/// # Errors
/// If there is no such run, it cannot be taken back, or nobody says yes.
pub async fn run(context: &Context, args: &UndoArgs) -> Result<ExitStatus, CommandError> {
    let (app, store) = context.open()?;
    let now = context.now(&app, &store)?;
    let of = undoable(&store, RunId(args.run), now)?;
    let integration = integration(context, &store, &of)?;
    let mut leads = Vec::new();
    for lead in &args.leads {
        leads.push(context.lead(&store, lead)?);
    }
    let typed = args.typed();
    let command = format!("mobly-sync {typed}");
    let question = format!("Undo run {}?", args.run);
    let ui = &context.ui;
    if !args.dry_run && !ui.options().yes && !ui.can_prompt() {
        // Nothing is asked of the vendor for an answer nobody can give.
        context.confirm(&question, &command)?;
    }
    let request = UndoRequest {
        fields: args.fields.clone(),
        only: args.only.map(|which| match which {
            Which::Created => Only::Created,
            Which::Updated => Only::Updated,
        }),
        leads,
        command: typed,
        person: env_vars::user(),
    };
    let (guard, raised) = interruptible(context);
    let undoing = app
        .undoing(
            store,
            integration.clone(),
            of,
            request,
            progress::reporter(ui),
            Interrupt::new(raised),
        )
        .await
        .map_err(|error| push_failed(&integration, error))?;
    let ended = go_on(context, args, &integration, undoing, &question, &command).await;
    drop(guard);
    let summary = ended?;
    if ui.json() {
        ui.document(&summary);
    } else if !args.dry_run {
        print(ui, &summary);
    }
    Ok(exit_of(&summary))
}

async fn go_on(
    context: &Context,
    args: &UndoArgs,
    integration: &Integration,
    undoing: Undoing,
    question: &str,
    command: &str,
) -> Result<UndoSummary, CommandError> {
    let ui = &context.ui;
    let failed = |error| undo_failed(integration, error);
    if args.dry_run || !ui.options().yes {
        let (mut planned, calls) = undoing.look().await.map_err(failed)?;
        planned.dry_run = true;
        if args.dry_run {
            if !ui.json() {
                foretell(ui, integration, &planned, calls, true);
            }
            return Ok(planned);
        }
        foretell(ui, integration, &planned, calls, false);
        if planned.restored
            + planned.removed
            + planned.remade
            + planned.memberships
            + planned.activities
            + planned.links
            > 0
        {
            context.confirm(question, command)?;
        }
    }
    undoing.carry_out().await.map_err(failed)
}

fn exit_of(summary: &UndoSummary) -> ExitStatus {
    let left = match summary.left.is_empty() {
        true => ExitStatus::Done,
        false => ExitStatus::SomeFailed,
    };
    let stopped = match summary.stopped {
        Some(StopReason::Interrupted) => ExitStatus::Interrupted,
        Some(_) => ExitStatus::Stopped,
        None => ExitStatus::Done,
    };
    let sign_in = match summary.sign_in_refused {
        true => ExitStatus::NotConnected,
        false => ExitStatus::Done,
    };
    left.combine(stopped).combine(sign_in)
}
