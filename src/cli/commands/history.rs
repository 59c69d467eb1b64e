//! `history`: every run and change of set-up.

use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::values::{self, Since};
use crate::domain::history::{RunDetails, RunEntry, RunOutcome, SetupChange};
use crate::domain::ids::{EventId, RunId};
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::store::runs::RunFilter;
use crate::ui::Ui;
use crate::ui::format::{clean, count, counted, duration, moment, pad, stamp};
use crate::ui::table::{Cell, Table, Tone};

/// Columns of the names of what is told about a run.
const NAME_WIDTH: usize = 16;

/// Show every run and change of set-up
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  mobly-sync history\n  mobly-sync history --since 7d\n  mobly-sync history show 57"
)]
pub struct HistoryArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<HistoryCommand>,

    /// Without a verb: list.
    #[command(flatten)]
    pub list: HistoryListArgs,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// List runs, newest first (the default)
    List(HistoryListArgs),
    /// Show what a run did, field by field
    Show(HistoryShowArgs),
}

/// Which runs are listed.
#[derive(Debug, Args)]
pub struct HistoryListArgs {
    /// List so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u32,

    /// Only since then: a day, a moment, or how long ago
    #[arg(long, value_name = "DATE", value_parser = values::since)]
    pub since: Option<Since>,
}

/// Which run is shown.
#[derive(Debug, Args)]
pub struct HistoryShowArgs {
    /// The run's number
    pub run: i64,
}

#[derive(Serialize)]
struct Document<'a> {
    runs: &'a [RunEntry],
}

/// Runs the command.
///
/// # Errors
/// If there is no such run, event or integration.
pub async fn run(context: &Context, args: &HistoryArgs) -> Result<ExitStatus, CommandError> {
    let (app, store) = context.open()?;
    let now = context.now(&app, &store)?;
    match &args.command {
        Some(HistoryCommand::Show(show)) => show_run(context, &store, RunId(show.run), now)?,
        Some(HistoryCommand::List(list)) => list_runs(context, &store, list, now)?,
        None => list_runs(context, &store, &args.list, now)?,
    }
    Ok(ExitStatus::Done)
}

fn list_runs(
    context: &Context,
    store: &Store,
    args: &HistoryListArgs,
    now: Timestamp,
) -> Result<(), CommandError> {
    let all = context
        .globals
        .integration
        .as_deref()
        .is_none_or(|name| name.eq_ignore_ascii_case("all"));
    let integration = if all {
        None
    } else {
        Some(context.connection(store, None)?.id)
    };
    let filter = RunFilter {
        integration,
        event: event(context, store)?,
        since: args
            .since
            .map(|since| since.resolve(now, &TimeZone::system())),
        ..RunFilter::default()
    };
    let alive = |run| store.run_is_alive(run, now).unwrap_or(true);
    let runs = store.runs(Some(u64::from(args.limit)), &filter, &alive)?;
    let ui = &context.ui;
    if ui.json() {
        ui.document(&Document { runs: &runs });
        return Ok(());
    }
    if runs.is_empty() {
        ui.note("nothing was done here yet");
        return Ok(());
    }
    // A person finds the event in the command, and needs the room.
    let people = ui.out_is_terminal();
    let columns: &[&str] = if people {
        &["RUN", "STARTED", "BY", "COMMAND", "OUTCOME"]
    } else {
        &["RUN", "STARTED", "BY", "COMMAND", "EVENT", "OUTCOME"]
    };
    let mut table = Table::new(columns).right(&[0]);
    for run in &runs {
        let mut cells: Vec<Cell> = vec![
            run.run.to_string().into(),
            when(ui, &run.started, now).into(),
            run.by.clone().unwrap_or_default().into(),
            run.command.as_str().into(),
        ];
        if !people {
            cells.push(run.event.clone().unwrap_or_default().into());
        }
        cells.push(outcome(run));
        table.row(cells);
    }
    table.print(ui);
    if let Some(latest) = runs.first().filter(|_| ui.out_is_terminal()) {
        ui.next(&format!("mobly-sync history show {}", latest.run));
    }
    Ok(())
}

fn event(context: &Context, store: &Store) -> Result<Option<EventId>, CommandError> {
    let named = context.shown_event();
    if let (Some(name), None) = (&named, &context.globals.event) {
        context.ui.note(format_args!(
            "only runs for {name:?}, named by {}",
            crate::env_vars::EVENT
        ));
    }
    named
        .map(|name| Ok(context.event(store, &name, Naming::Read)?.id))
        .transpose()
}

/// A stored moment in the form of the reader: local for people, UTC for pipes.
fn when(ui: &Ui, text: &str, now: Timestamp) -> String {
    match text.parse::<Timestamp>() {
        Ok(at) if ui.out_is_terminal() => moment(at, now, &TimeZone::system()),
        Ok(at) => stamp(at),
        Err(_) => text.to_owned(),
    }
}

fn outcome(run: &RunEntry) -> Cell {
    let numbers = counts(&run.counts);
    match run.outcome {
        None => Cell::toned("running", Tone::Care),
        Some(RunOutcome::Crashed) => Cell::toned(joined("crashed", &numbers), Tone::Bad),
        Some(RunOutcome::Interrupted) => Cell::toned(joined("interrupted", &numbers), Tone::Care),
        Some(RunOutcome::Stopped) => {
            let why = run.stopped.as_deref().unwrap_or("early");
            Cell::toned(joined(&format!("stopped ({why})"), &numbers), Tone::Care)
        }
        Some(RunOutcome::Done) if numbers.is_empty() => "done".into(),
        Some(RunOutcome::Done) => numbers.into(),
    }
}

fn joined(word: &str, numbers: &str) -> String {
    if numbers.is_empty() {
        word.to_owned()
    } else {
        format!("{word}, {numbers}")
    }
}

/// The numbers that are not nought, those that say what was achieved first.
fn counts(counts: &Value) -> String {
    const FIRST: [&str; 5] = ["cleared", "failed", "created", "updated", "unchanged"];
    // What adds up from the others says nothing new.
    const SUMS: [&str; 2] = ["pushed", "read"];
    let Some(members) = counts.as_object() else {
        return String::new();
    };
    let rank = |name: &str| {
        FIRST
            .iter()
            .position(|first| *first == name)
            .unwrap_or(FIRST.len())
    };
    let mut numbers: Vec<(&String, u64)> = members
        .iter()
        .filter_map(|(name, number)| Some((name, number.as_u64()?)))
        .filter(|(name, number)| *number > 0 && !SUMS.contains(&name.as_str()))
        .collect();
    numbers.sort_by_key(|(name, _)| rank(name));
    numbers
        .iter()
        .map(|(name, number)| match name.as_str() {
            "changes" => counted(*number, "change"),
            name => format!("{} {name}", count(*number)),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

fn show_run(
    context: &Context,
    store: &Store,
    run: RunId,
    now: Timestamp,
) -> Result<(), CommandError> {
    let alive = |run| store.run_is_alive(run, now).unwrap_or(true);
    let mut details = store.run(run, &alive)?.ok_or_else(|| {
        CommandError::not_found(format!("there is no run {run}")).fix("mobly-sync history")
    })?;
    let until = details.undo_until.as_deref().map(str::parse::<Timestamp>);
    if !until.is_some_and(|until| until.is_ok_and(|until| until > now)) {
        // What is too old to be undone is offered to nobody.
        (details.undo, details.undo_until) = (None, None);
    }
    let ui = &context.ui;
    if ui.json() {
        ui.document(&details);
    } else {
        print_run(ui, &details, now);
    }
    Ok(())
}

fn print_run(ui: &Ui, details: &RunDetails, now: Timestamp) {
    let theme = ui.theme();
    let run = &details.entry;
    let fact = |name: &str, text: String| {
        if text.is_empty() {
            return;
        }
        let text = clean(&text);
        if ui.out_is_terminal() {
            ui.data(format_args!(
                "{}  {text}",
                pad(&theme.faint(name), NAME_WIDTH)
            ));
        } else {
            ui.data(format_args!("{name}\t{text}"));
        }
    };
    fact("run", run.run.to_string());
    fact("command", run.command.clone());
    fact("by", run.by.clone().unwrap_or_default());
    fact("started", when(ui, &run.started, now));
    fact("took", took(run));
    fact(
        "account",
        [run.integration.as_deref(), run.account.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
    );
    fact("event", run.event.clone().unwrap_or_default());
    let outcome = match run.outcome {
        None => "running".to_owned(),
        Some(outcome) => match &run.stopped {
            Some(why) => format!("{} ({why})", outcome.name()),
            None => outcome.name().to_owned(),
        },
    };
    fact("outcome", outcome);
    fact("counts", counts(&run.counts));
    let sent = if run.requests > 0 {
        count(run.requests)
    } else {
        String::new()
    };
    fact("requests", sent);
    if details.leads > 0 {
        fact("leads", count(details.leads));
    }
    for (category, number) in &details.failures {
        fact("failed", format!("{} {category}", count(*number)));
    }
    for (kind, number) in &details.records {
        fact(&format!("records {kind}"), count(*number));
    }
    for record in &details.stayed {
        fact("stays there", format!("{} {}", record.object, record.id));
    }
    if let Some(address) = &details.look_for {
        fact("look there for", address.clone());
    }
    if let Some(run) = details.undoes {
        fact("undid", format!("run {run}"));
    }
    if let Some(run) = details.entry.undone_by {
        fact("undone by", format!("run {run}"));
    }
    print_fields(ui, details);
    if let Some(command) = &details.undo {
        let until = details.undo_until.as_deref().unwrap_or_default();
        if ui.out_is_terminal() {
            ui.data("");
        }
        let until = &until[..until.len().min(10)];
        fact("undo", format!("{command} (until {until})"));
    }
    if !details.changes.is_empty() && ui.out_is_terminal() {
        ui.data("");
        ui.data(theme.strong("CHANGED"));
    }
    for change in &details.changes {
        ui.data(change_line(ui, change));
    }
}

fn took(run: &RunEntry) -> String {
    let at = |text: &str| text.parse::<Timestamp>().ok();
    let length = run
        .finished
        .as_deref()
        .and_then(at)
        .zip(at(&run.started))
        .map(|(end, start)| end.duration_since(start));
    length
        .and_then(|length| std::time::Duration::try_from(length).ok())
        .map(duration)
        .unwrap_or_default()
}

fn print_fields(ui: &Ui, details: &RunDetails) {
    if details.fields.is_empty() {
        return;
    }
    let mut table =
        Table::new(&["FIELD", "CREATED", "FILLED", "OVERWRITTEN", "EXAMPLE"]).right(&[1, 2, 3]);
    let number = |number: u64| {
        if ui.out_is_terminal() {
            count(number)
        } else {
            number.to_string()
        }
    };
    for (field, written) in &details.fields {
        table.row([
            Cell::from(field.as_str()),
            number(written.created).into(),
            number(written.filled).into(),
            number(written.overwritten).into(),
            example(ui, details, field).into(),
        ]);
    }
    if ui.out_is_terminal() {
        ui.data("");
    }
    table.print(ui);
}

/// A value that was written over another, where there is one; else the first.
fn example(ui: &Ui, details: &RunDetails, field: &str) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => clean(text),
        Value::Null => String::new(),
        other => clean(&other.to_string()),
    };
    let examples = details.examples.get(field).map_or(&[][..], Vec::as_slice);
    let held = |value: &Option<Value>| value.as_ref().map(text).filter(|text| !text.is_empty());
    let overwritten = examples.iter().find(|one| held(&one.before).is_some());
    let Some(one) = overwritten.or(examples.first()) else {
        return String::new();
    };
    let shown = match held(&one.before) {
        Some(before) => format!(
            "{before} {} {}",
            ui.theme().symbols().arrow,
            text(&one.after)
        ),
        None => text(&one.after),
    };
    shown.chars().take(40).collect()
}

fn change_line(ui: &Ui, change: &SetupChange) -> String {
    let text = |value: &Option<Value>| match value {
        None => ui.theme().symbols().none.to_owned(),
        Some(Value::String(text)) => clean(text),
        Some(value) => {
            // What the vendor's field was is kept for drift: its options may be hundreds.
            let mut value = value.clone();
            if let Some(fields) = value.as_object_mut() {
                fields.remove("described");
            }
            clean(&value.to_string())
        }
    };
    if !ui.out_is_terminal() {
        return [
            "change".to_owned(),
            change.kind.clone(),
            clean(&change.key),
            text(&change.before),
            text(&change.after),
        ]
        .join("\t");
    }
    let arrow = ui.theme().symbols().arrow;
    format!(
        "  {} {}\n    {} {arrow} {}",
        change.kind,
        ui.theme().strong(&clean(&change.key)),
        text(&change.before),
        text(&change.after)
    )
}
