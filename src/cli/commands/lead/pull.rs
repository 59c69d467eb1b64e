//! `lead pull`: leads from the source that is connected.

use clap::Args;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

use crate::capture::pull::PullReport;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::pulling::{self, Pulled, WantedPull};
use crate::cli::pushing;
use crate::cli::values::{self, Since};
use crate::cli::waiting;
use crate::domain::hints::quote;
use crate::domain::integration::Integration;
use crate::domain::run::StopReason;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::Ui;
use crate::ui::format::{clean, count, counted, pad_left};

/// Pull events, qualifiers, leads and activities from the source; pulling twice changes nothing
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead pull\n  mobly-sync lead pull --event \"Expo 2026\"\n  mobly-sync lead pull --since 2026-11-01 --json"
)]
pub struct LeadPullArgs {
    /// Only leads captured since then: a day, a moment, or how long ago. Everything is read all the same
    #[arg(long, value_name = "DATE", value_parser = values::since)]
    pub since: Option<Since>,

    /// Push nothing afterwards, even in automatic mode
    #[arg(long)]
    pub no_sync: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    run: i64,
    #[serde(flatten)]
    report: &'a PullReport,
    stopped: Option<StopReason>,
    stop_message: Option<&'a str>,
    until: Option<String>,
    sync: Value,
}

/// Runs the command.
///
/// # Errors
/// If nothing could be pulled.
pub async fn run(context: &Context, args: &LeadPullArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let integration = pulling::source(context, &store)?;
    let now = context.now(&app, &store)?;
    let wanted = WantedPull {
        event: context.globals.event.clone(),
        since: args
            .since
            .map(|since| since.resolve(now, &TimeZone::system())),
        command: command(context, args),
        shown: true,
    };
    let (guard, raised) = pushing::interruptible(context);
    let pulled = pulling::pull_once(context, &app, &mut store, &integration, &wanted, raised).await;
    drop(guard);
    let pulled = pulled?;
    if !context.ui.json() {
        print(context, &integration, &pulled);
    }
    let status = pulled.exit();
    let (sync, pushed) = if args.no_sync || status == ExitStatus::Interrupted {
        (Value::Null, ExitStatus::Done)
    } else {
        pushing::push_by_itself(context, &app, &wanted.command).await?
    };
    if sync.is_null() && !args.no_sync && status != ExitStatus::Interrupted {
        // No push came after which sources are told: what waits since an earlier one goes on here.
        let (_guard, raised) = pushing::interruptible(context);
        pushing::tell_sources(context, &app, &raised).await;
    }
    if context.ui.json() {
        let stopped = pulled.stopped.as_ref();
        context.ui.document(&Document {
            run: pulled.run.0,
            report: &pulled.report,
            stopped: stopped.map(|stopped| stopped.reason),
            stop_message: stopped.map(|stopped| stopped.message.as_str()),
            until: stopped
                .and_then(|stopped| stopped.until)
                .map(|until| until.to_string()),
            sync,
        });
    } else {
        next(context, &store, args, &pulled, &sync)?;
    }
    Ok(status.combine(pushed))
}

/// The command as history shows it, and as a person types it again.
fn command(context: &Context, args: &LeadPullArgs) -> String {
    let mut text = "lead pull".to_owned();
    if let Some(event) = &context.globals.event {
        text.push_str(&format!(" --event {}", quote(event)));
    }
    if args.since.is_some() {
        text.push_str(" --since …");
    }
    if args.no_sync {
        text.push_str(" --no-sync");
    }
    text
}

/// The outcome; with `--quiet` only the line for `grep`.
fn print(context: &Context, integration: &Integration, pulled: &Pulled) {
    let ui = &context.ui;
    if !ui.options().quiet {
        let of = pulled
            .event
            .as_ref()
            .map(|event| format!(", {}", clean(&event.name)))
            .unwrap_or_default();
        let dot = ui.theme().symbols().dot;
        let title = format!(
            "Pulled {}{of} {dot} run {}",
            pulling::title(integration),
            pulled.run
        );
        ui.data(ui.theme().strong(&title));
        ui.data("");
        counts(ui, &pulled.report);
        ui.data("");
    }
    ui.data(pulled.line());
}

fn counts(ui: &Ui, report: &PullReport) {
    let theme = ui.theme();
    for (word, number, remark) in [
        ("created", report.created, "new people"),
        ("updated", report.updated, "known people with something new"),
        ("unchanged", report.unchanged, "nothing new"),
    ] {
        let shown = pad_left(&count(number), 9);
        let shown = match word {
            "created" if number > 0 => theme.good(&shown),
            _ => shown,
        };
        let remark = if number > 0 { remark } else { "" };
        ui.data(format!("  {word:<10}{shown}   {remark}").trim_end());
    }
    ui.data(format_args!(
        "  {:<10}{}   leads",
        "read",
        pad_left(&count(report.read), 9)
    ));
    let beside = [
        ("events", report.events, report.events_changed),
        ("qualifiers", report.qualifiers, report.qualifiers_changed),
    ];
    for (word, number, changed) in beside.into_iter().filter(|(_, number, _)| *number > 0) {
        let remark = match changed {
            0 => String::new(),
            changed => format!("   {} new or changed", count(changed)),
        };
        ui.data(format_args!(
            "  {word:<10}{}{remark}",
            pad_left(&count(number), 9)
        ));
    }
    if report.activities > 0 {
        ui.data(format_args!(
            "  {:<10}{}   new",
            "activities",
            pad_left(&count(report.activities), 9)
        ));
    }
}

/// What to know beside the numbers, what waits where, and what to type next.
fn next(
    context: &Context,
    store: &Store,
    args: &LeadPullArgs,
    pulled: &Pulled,
    sync: &Value,
) -> Result<(), CommandError> {
    let ui = &context.ui;
    let report = &pulled.report;
    if report.resumed {
        ui.note("went on where the pull before stopped");
    }
    if report.enriching > 0 {
        ui.note(format_args!(
            "{} still being enriched at the source; pushed when a later pull finds that done",
            are(report.enriching, "lead")
        ));
    }
    if report.removed > 0 {
        ui.note(format_args!(
            "{} removed here before, and left out until scanned again",
            were(report.removed, "lead")
        ));
    }
    if report.erased > 0 {
        ui.note(format_args!(
            "{} erased here before, and left out",
            were(report.erased, "lead")
        ));
    }
    if report.unknown_answers > 0 {
        ui.note(format_args!(
            "{} to qualifiers that are not published: left out",
            counted(report.unknown_answers, "answer")
        ));
    }
    if report.odd > 0 {
        ui.warning(format_args!(
            "{} of an unexpected form: left out",
            counted(report.odd, "entry").replace("entrys", "entries")
        ));
    }
    let again = format!("mobly-sync {}", typed(context, args, store, pulled)?);
    match &pulled.stopped {
        Some(stopped) => {
            let until = stopped
                .until
                .filter(|_| !stopped.message.contains("until"))
                .map(|until| format!(" (until {until})"))
                .unwrap_or_default();
            ui.warning(format_args!("stopped: {}{until}", stopped.message));
            if stopped.reason != StopReason::Interrupted {
                ui.hint("what was read stays; the same command goes on where it stopped");
            }
            ui.next(&again);
        }
        None if !report.complete => {
            ui.warning(
                "the source's lists kept changing while they were read, so some leads may be missing",
            );
            ui.next(&again);
        }
        None => {}
    }
    let ended = pulled.exit() == ExitStatus::Done;
    if ended && sync.is_null() && report.created + report.updated > 0 {
        waiting::show(context, store, pulled.event.as_ref())?;
    }
    Ok(())
}

fn typed(
    context: &Context,
    args: &LeadPullArgs,
    store: &Store,
    pulled: &Pulled,
) -> Result<String, CommandError> {
    let app = context.app()?;
    let mut text = "lead pull".to_owned();
    if let Some(event) = &pulled.event {
        text.push_str(&format!(" --event {}", quote(&event.name)));
    }
    if let Some(since) = args.since {
        let since = since.resolve(context.now(&app, store)?, &TimeZone::system());
        text.push_str(&format!(
            " --since {}",
            since.strftime("%Y-%m-%dT%H:%M:%SZ")
        ));
    }
    Ok(text)
}

fn are(number: u64, noun: &str) -> String {
    let verb = if number == 1 { "is" } else { "are" };
    format!("{} {verb}", counted(number, noun))
}

fn were(number: u64, noun: &str) -> String {
    let verb = if number == 1 { "was" } else { "were" };
    format!("{} {verb}", counted(number, noun))
}
