//! What an import tells people: the counts, how the columns were understood, what was not taken in, what to look at, and
//! what to do next.

use serde_json::Value;

use super::import::{LeadImportArgs, source_name};
use crate::capture::ImportReport;
use crate::capture::report::ColumnReport;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::waiting;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::lead::field_info;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::Ui;
use crate::ui::format::{clean, count, counted, pad_left, wrap};

/// Rows of a kind that get a line of their own.
const SHOWN: usize = 5;
/// Targets of columns that are neither fields of the catalogue nor the user's own.
const MEANINGS: &[&str] = &[
    "fullName",
    "event",
    "capturedAt",
    "numberOfScans",
    "externalId",
];
/// Stands for a blank while lines are filled: as wide, and no place to break.
const UNBROKEN: &str = "\u{e000}";
const OUR_PREFIX: &str = "mobly_sync_";
const QUALIFIER_PREFIX: &str = "qualifier:";

/// Writes the outcome; with `--quiet` only the line for `grep`.
pub(super) fn print(
    context: &Context,
    args: &LeadImportArgs,
    report: &ImportReport,
    into: Option<&str>,
    added: &[Event],
) {
    let ui = &context.ui;
    if !ui.options().quiet {
        title(ui, args, report, into);
        counts(ui, report);
        columns(ui, &report.columns);
        remembered(ui, &report.columns);
        rejects(ui, args, report);
        warnings(ui, report);
        ui.data("");
    }
    let exit = if report.rejected > 0 {
        ExitStatus::SomeFailed
    } else {
        ExitStatus::Done
    };
    ui.data(format_args!(
        "run {} import read={} created={} updated={} unchanged={} rejected={} warnings={} exit={}",
        report.run,
        report.read,
        report.created,
        report.updated,
        report.unchanged,
        report.rejected,
        report.warnings.len(),
        exit.code()
    ));
    for event in added {
        ui.status(format_args!(
            "Added the event {} (id {}).",
            clean(&event.name),
            event.id
        ));
    }
}

fn title(ui: &Ui, args: &LeadImportArgs, report: &ImportReport, into: Option<&str>) {
    let verb = if report.dry_run {
        "Would import"
    } else {
        "Imported"
    };
    let into = into
        .map(|event| format!(" into {}", clean(event)))
        .unwrap_or_default();
    let dot = ui.theme().symbols().dot;
    let text = format!(
        "{verb} {}{into} {dot} run {}",
        clean(source_name(args)),
        report.run
    );
    ui.data(ui.theme().strong(&text));
    ui.data("");
}

fn counts(ui: &Ui, report: &ImportReport) {
    let theme = ui.theme();
    let would = report.dry_run;
    let rows = [
        ("created", report.created, "new people"),
        ("updated", report.updated, "known people with something new"),
        ("unchanged", report.unchanged, "nothing new"),
        ("rejected", report.rejected, "not taken in, see below"),
    ];
    for (word, number, remark) in rows {
        let shown = pad_left(&count(number), 9);
        let shown = match word {
            "rejected" if number > 0 => theme.bad(&shown),
            "created" if number > 0 => theme.good(&shown),
            _ => shown,
        };
        let remark = if number > 0 { remark } else { "" };
        ui.data(format!("  {word:<10}{shown}   {remark}").trim_end());
    }
    ui.data(format_args!(
        "  {:<10}{}   rows",
        "read",
        pad_left(&count(report.read), 9)
    ));
    if report.read > 0 && report.unchanged == report.read {
        ui.data("");
        ui.data(if would {
            "Nothing would change: every row says only what is known."
        } else {
            "Nothing changed: every row says only what is known."
        });
    }
}

fn columns(ui: &Ui, columns: &[ColumnReport]) {
    let theme = ui.theme();
    let arrow = theme.symbols().arrow;
    let (mut known, mut own, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    for column in columns {
        let header = clean(&column.header);
        match column.field.as_deref() {
            None if header.is_empty() => {}
            None => unread.push(header),
            Some(field) => match field.strip_prefix(QUALIFIER_PREFIX) {
                Some(name) => known.push(format!("{header} {arrow} qualifier {}", clean(name))),
                None if is_meaning(field) => known.push(match &column.differing {
                    None => format!("{header} {arrow} {field}"),
                    Some(other) => format!(
                        "{header} {arrow} {field}, {} where it differs",
                        clean(other)
                    ),
                }),
                None => own.push(header),
            },
        }
    }
    ui.data("");
    let dot = format!(" {} ", theme.symbols().dot);
    for (word, names) in [
        ("Columns understood", known),
        ("Kept as fields of your own", own),
        ("Not read", unread),
    ] {
        if names.is_empty() {
            continue;
        }
        // Lines break between pairs, not inside them.
        let pairs: Vec<String> = names
            .iter()
            .map(|name| name.replace(' ', UNBROKEN))
            .collect();
        let text = wrap(&pairs.join(&dot), ui.width(), 2).replace(UNBROKEN, " ");
        ui.data(theme.strong(word));
        ui.data(text);
    }
}

/// What `--column` said before, and how to say otherwise.
fn remembered(ui: &Ui, columns: &[ColumnReport]) {
    let told: Vec<String> = columns
        .iter()
        .filter(|column| column.remembered)
        .map(|column| {
            let field = column.field.as_deref().unwrap_or("-");
            format!("{}={}", clean(&column.header), clean(field))
        })
        .collect();
    if let Some(first) = told.first() {
        ui.note(format_args!(
            "as said with --column for a file with these columns before: {}; another --column {} changes that",
            told.join(", "),
            quote(first)
        ));
    }
}

fn is_meaning(field: &str) -> bool {
    field_info(field).is_some() || MEANINGS.contains(&field) || field.starts_with(OUR_PREFIX)
}

fn rejects(ui: &Ui, args: &LeadImportArgs, report: &ImportReport) {
    if report.rejects.is_empty() {
        return;
    }
    ui.data("");
    let title = format!("{} not taken in", counted(report.rejected, "row"));
    ui.data(ui.theme().bad(&title));
    for reject in report.rejects.iter().take(SHOWN) {
        ui.data(format_args!(
            "  line {:<7} {}",
            reject.line,
            clean(&reject.reason)
        ));
    }
    let more = report.rejects.len().saturating_sub(SHOWN);
    match (&args.rejects, more) {
        (Some(path), _) => ui.data(format_args!(
            "  all of them, with reasons, are in {}",
            path.display()
        )),
        (None, 0) => {}
        (None, more) => ui.data(format_args!(
            "  and {} more; --rejects FILE writes them down",
            count(more as u64)
        )),
    }
}

fn warnings(ui: &Ui, report: &ImportReport) {
    if report.warnings.is_empty() {
        return;
    }
    ui.data("");
    let title = format!(
        "{} to look at; the CRM may refuse it",
        counted(report.warnings.len() as u64, "value")
    );
    ui.data(ui.theme().care(&title));
    for warning in report.warnings.iter().take(SHOWN) {
        ui.data(format_args!(
            "  line {:<7} {}: {}",
            warning.line,
            warning.field,
            clean(&warning.reason)
        ));
    }
    let more = report.warnings.len().saturating_sub(SHOWN);
    if more > 0 {
        ui.data(format_args!(
            "  and {} more; --json lists them",
            count(more as u64)
        ));
    }
}

/// Tells what waits where, and what to type next.
pub(super) fn next(
    context: &Context,
    store: &Store,
    args: &LeadImportArgs,
    report: &ImportReport,
    into: Option<&str>,
    event: Option<&Event>,
    sync: &Value,
) -> Result<(), CommandError> {
    let ui = &context.ui;
    let unknown_event = report
        .rejects
        .iter()
        .any(|reject| reject.reason.starts_with("event ") && reject.reason.ends_with("not known"));
    if unknown_event && !args.create_event {
        ui.hint("rows of events that are not known yet are taken in with --create-event");
        ui.next(&format!(
            "mobly-sync lead import {} --create-event",
            quote(&args.file)
        ));
    }
    let taken = report.created + report.updated;
    let has_events = report
        .columns
        .iter()
        .any(|column| column.field.as_deref() == Some("event"));
    if into.is_none() && !has_events && report.created > 0 {
        ui.note("these leads belong to no event; --event names one");
    }
    if args.dry_run {
        ui.status("Nothing was changed.");
        if taken > 0 {
            ui.next(&in_earnest(args, into));
        }
        return Ok(());
    }
    if taken > 0 && sync.is_null() {
        waiting::show(context, store, event)?;
    }
    Ok(())
}

/// The command that does what a dry run told.
fn in_earnest(args: &LeadImportArgs, into: Option<&str>) -> String {
    let mut text = format!("mobly-sync lead import {}", quote(&args.file));
    if let Some(event) = into {
        text.push_str(&format!(" --event {}", quote(event)));
    }
    for one in &args.column {
        let pair = format!("{}={}", one.name, one.value);
        text.push_str(&format!(" --column {}", quote(&pair)));
    }
    if let Some(sheet) = &args.sheet {
        text.push_str(&format!(" --sheet {}", quote(sheet)));
    }
    if args.create_event {
        text.push_str(" --create-event");
    }
    if args.allow_similar {
        text.push_str(" --allow-similar");
    }
    if args.event_override {
        text.push_str(" --event-override");
    }
    text
}
