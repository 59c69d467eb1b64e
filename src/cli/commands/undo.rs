//! `undo RUN`: puts back what a run changed at the vendor.

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use crate::app::Undoing;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::parts::title;
use crate::cli::pushing::{interruptible, push_failed};
use crate::cli::services::{account_title, call_failed};
use crate::domain::hints::quote;
use crate::domain::ids::RunId;
use crate::domain::integration::Integration;
use crate::domain::run::StopReason;
use crate::engine::Interrupt;
use crate::engine::undo::{Left, Only, UndoError, UndoRequest, UndoSummary};
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::store::runs::KEPT;
use crate::store::{Store, UndoneRun};
use crate::ui::Ui;
use crate::ui::format::{clean, count, counted};
use crate::ui::progress;
use crate::ui::table::{Cell, Table};

/// Lines of what is left that are shown before the rest is only counted.
const SHOWN: usize = 20;

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

/// The run, if it can be taken back at all.
fn undoable(store: &Store, run: RunId, now: Timestamp) -> Result<UndoneRun, CommandError> {
    let of = store.run_to_undo(run)?.ok_or_else(|| {
        CommandError::not_found(format!("there is no run {run}")).fix("mobly-sync history")
    })?;
    let unsupported = |message: String| CommandError::new(ErrorCode::Unsupported, message);
    if of.outcome.is_none() && store.run_is_alive(run, now)? {
        return Err(
            CommandError::new(ErrorCode::Claimed, format!("run {run} is still at work"))
                .hint("wait for its end, or interrupt it: what it wrote so far can then be undone")
                .fix(format!("mobly-sync history show {run}")),
        );
    }
    let changes = store.changes_of(run)?;
    if changes.is_empty() && of.is_setup {
        return Err(unsupported(format!(
            "run {run} changed the set-up, not what is at the vendor"
        ))
        .hint("a change of the mapping is put back by a command of its own")
        .fix(format!("mobly-sync mapping revert {run}")));
    }
    if changes.is_empty() {
        return Err(unsupported(format!(
            "run {run} wrote nothing at a vendor, so there is nothing to undo"
        ))
        .fix("mobly-sync history"));
    }
    let undone: Option<RunId> = changes.iter().filter_map(|change| change.undone_by).max();
    if changes.iter().all(|change| change.undone_by.is_some())
        && let Some(by) = undone
    {
        return Err(unsupported(format!("run {run} was undone by run {by}"))
            .hint("undoing the undo does it again")
            .fix(format!("mobly-sync undo {by}")));
    }
    if now.duration_since(of.started) > KEPT {
        return Err(unsupported(format!(
            "run {run} is more than 90 days old, and what fields held before is kept that long"
        ))
        .fix(format!("mobly-sync history show {run}")));
    }
    Ok(of)
}

/// The connection the run wrote through, if it is still that of the same account.
fn integration(
    context: &Context,
    store: &Store,
    of: &UndoneRun,
) -> Result<Integration, CommandError> {
    let run = of.run;
    let found = of
        .integration
        .map(|id| store.integration_by_id(id))
        .transpose()?
        .flatten();
    let Some(integration) = found else {
        return Err(CommandError::new(
            ErrorCode::NotConnected,
            format!("the connection run {run} wrote through is not there any more"),
        ));
    };
    if let Some(named) = context.named_integration(None)?
        && !named.eq_ignore_ascii_case(&integration.name)
    {
        return Err(CommandError::usage(format!(
            "run {run} wrote to {}, not to {named}",
            integration.name
        )));
    }
    if integration.connected && integration.account.as_ref().map(|account| account.id) != of.account
    {
        return Err(CommandError::new(
            ErrorCode::WrongAccount,
            format!(
                "run {run} wrote to another account than {} is connected to now",
                title(&integration)
            ),
        )
        .hint("connect the account it wrote to, and undo it then")
        .fix(format!("mobly-sync connect {}", integration.vendor)));
    }
    Ok(integration)
}

fn undo_failed(integration: &Integration, error: UndoError) -> CommandError {
    match error {
        UndoError::Store(error) => error.into(),
        UndoError::Call(error) => call_failed(&integration.name, &error),
        UndoError::NoField { ref known, run, .. } => {
            let mut listed: Vec<&str> = known.iter().map(String::as_str).take(12).collect();
            if known.len() > listed.len() {
                listed.push("…");
            }
            CommandError::usage(error.to_string())
                .hint(format!("it wrote {}", listed.join(", ")))
                .fix(format!("mobly-sync history show {run}"))
        }
    }
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

/// What an undo comes to, as lines of a name and a text.
fn lines(summary: &UndoSummary) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let mut line = |name, number: u64, text: String| {
        if number > 0 {
            lines.push((name, text));
        }
    };
    let fields: Vec<String> = summary
        .by_field
        .iter()
        .map(|(field, number)| format!("{field} {}", count(*number)))
        .collect();
    line(
        "put back",
        summary.restored,
        format!(
            "{}: {}",
            counted(summary.restored, "field"),
            fields.join(", ")
        ),
    );
    line(
        "removed",
        summary.removed,
        counted(summary.removed, "record"),
    );
    line(
        "made again",
        summary.remade,
        format!("{}, under new ids", counted(summary.remade, "record")),
    );
    line(
        "memberships",
        summary.memberships,
        count(summary.memberships),
    );
    line("activities", summary.activities, count(summary.activities));
    line("links", summary.links, count(summary.links));
    line("leads", summary.leads, counted(summary.leads, "lead"));
    lines
}

/// Before the question: where, how much, what stays, what cannot be.
fn foretell(ui: &Ui, integration: &Integration, planned: &UndoSummary, calls: u64, dry_run: bool) {
    let theme = ui.theme();
    let symbols = theme.symbols();
    let environment = integration
        .account
        .as_ref()
        .map(|account| account.environment.name().to_uppercase())
        .unwrap_or_default();
    let out = |text: String| match dry_run {
        true => ui.data(text),
        false => ui.status(text),
    };
    out(theme.strong(&format!(
        "Undo run {} {} {} {} {} {} {environment}",
        planned
            .undone
            .map(|run| run.to_string())
            .unwrap_or_default(),
        symbols.arrow,
        title(integration),
        symbols.dot,
        clean(&account_title(integration)),
        symbols.dot
    )));
    let mut facts = lines(planned);
    if facts.is_empty() {
        facts.push(("nothing", "is left to put back".to_owned()));
    }
    if calls > 0 {
        facts.push(("cost", counted(calls, "call")));
    }
    for (name, text) in facts {
        out(format!("  {name:<12} {}", clean(&text)));
    }
    tell_rest(ui, "stays", &planned.left, dry_run);
    tell_rest(ui, "impossible", &planned.impossible, dry_run);
}

/// What is left or impossible, most of it once for many.
fn tell_rest(ui: &Ui, word: &str, rest: &[Left], data: bool) {
    if rest.is_empty() {
        return;
    }
    let mut table = Table::new(&["", "OBJECT", "ID", "FIELD", "WHY", "BY"]);
    for one in rest.iter().take(SHOWN) {
        table.row([
            Cell::from(word),
            one.object.as_str().into(),
            one.id.as_str().into(),
            one.field.clone().unwrap_or_default().into(),
            clean(&one.why).into(),
            one.by.clone().unwrap_or_default().into(),
        ]);
    }
    if data {
        table.print(ui);
    } else {
        for one in rest.iter().take(SHOWN) {
            let field = one
                .field
                .as_ref()
                .map(|field| format!(".{field}"))
                .unwrap_or_default();
            let by = one
                .by
                .as_ref()
                .map(|by| format!(" (by {by})"))
                .unwrap_or_default();
            ui.status(clean(&format!(
                "  {word:<12} {} {}{field}: {}{by}",
                one.object, one.id, one.why
            )));
        }
    }
    if rest.len() > SHOWN {
        ui.note(format!(
            "{} more {word}; --json lists all",
            count((rest.len() - SHOWN) as u64)
        ));
    }
}

fn print(ui: &Ui, summary: &UndoSummary) {
    if let Some(message) = &summary.stop_message {
        ui.warning(format!("stopped: {message}; the same undo again goes on"));
    }
    let undone = summary
        .undone
        .map(|run| run.to_string())
        .unwrap_or_default();
    match summary.run {
        Some(run) => ui.data(format!(
            "Undid run {undone} {} run {run}",
            ui.theme().symbols().dot
        )),
        None => ui.data(format!("Nothing of run {undone} was left to put back.")),
    }
    if summary.run.is_some() {
        for (name, text) in lines(summary) {
            ui.data(format!("  {name:<12} {}", clean(&text)));
        }
    }
    tell_rest(ui, "left", &summary.left, true);
    tell_rest(ui, "impossible", &summary.impossible, true);
    if let Some(run) = summary.run {
        if summary.leads > 0 {
            ui.status(format!(
                "The leads are held as UNDONE: {}",
                "mobly-sync lead release LEAD lets one wait again"
            ));
        }
        ui.next(&format!("mobly-sync history show {run}"));
    }
}
