//! What `mapping try` tells: the document for scripts, the screen for people.

use serde::Serialize;
use serde_json::Value;

use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::domain::ids::RunId;
use crate::domain::integration::Integration;
use crate::domain::write::is_blank;
use crate::engine::trial::{FieldEnd, Joined, Trialled, Tried, TriedField, Untried};
use crate::ui::format::{clean, counted};
use crate::ui::table::{Cell, Table, Tone};
use crate::ui::theme::Symbols;
use crate::vendors::CallErrorKind;

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    account: Option<&'a str>,
    run: RunId,
    /// Whether every field was taken as it was sent, and nothing is left behind.
    ok: bool,
    /// Why it ended early.
    stopped: Option<String>,
    interrupted: bool,
    records: Vec<Record<'a>>,
    link: Option<Link<'a>>,
    untried: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Record<'a> {
    object: &'static str,
    id: Option<&'a str>,
    removed: bool,
    /// Whether it stands at the vendor now, or may.
    stays: bool,
    problems: Vec<Told<'a>>,
    notes: &'a [String],
    fields: Vec<Field<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    message: &'a str,
    fix: Option<&'a str>,
}

#[derive(Serialize)]
struct Field<'a> {
    field: &'a str,
    remote: &'a str,
    given: &'a str,
    sent: &'a Value,
    taken: &'a Option<Value>,
    same: bool,
    end: &'static str,
    message: Option<&'a str>,
    fix: Option<&'a str>,
}

#[derive(Serialize)]
struct Link<'a> {
    ok: bool,
    message: &'a str,
}

#[derive(Serialize)]
struct Row<'a> {
    object: &'a str,
    rows: usize,
    why: &'a str,
}

/// Writes the document.
pub(super) fn document(
    context: &Context,
    integration: &Integration,
    run: RunId,
    trialled: &Trialled,
) {
    let account = integration.account.as_ref();
    let stopped = trialled.stopped.as_ref();
    context.ui.document(&Document {
        integration: &integration.name,
        account: account.map(|account| account.vendor_account.as_str()),
        run,
        ok: trialled.is_fine(),
        stopped: stopped.map(ToString::to_string),
        interrupted: trialled.interrupted,
        records: trialled.records.iter().map(record).collect(),
        link: trialled.link.as_ref().map(|link| Link {
            ok: link.ok,
            message: &link.message,
        }),
        untried: trialled
            .untried
            .iter()
            .map(|untried| Row {
                object: &untried.object,
                rows: untried.rows,
                why: &untried.why,
            })
            .collect(),
    });
}

fn record(tried: &Tried) -> Record<'_> {
    Record {
        object: tried.object,
        id: tried.id.as_deref(),
        removed: tried.removed,
        stays: tried.stays(),
        problems: tried
            .problems
            .iter()
            .map(|problem| Told {
                message: &problem.message,
                fix: problem.fix.as_deref(),
            })
            .collect(),
        notes: &tried.notes,
        fields: tried.fields.iter().map(field).collect(),
    }
}

fn field(tried: &TriedField) -> Field<'_> {
    let (message, fix) = match &tried.end {
        FieldEnd::LeftOut(why) => (Some(why.as_str()), None),
        FieldEnd::Refused { why, fix } => (Some(why.as_str()), fix.as_deref()),
        FieldEnd::Same | FieldEnd::Differs | FieldEnd::Unread => (None, None),
    };
    Field {
        field: &tried.ours,
        remote: &tried.remote,
        given: &tried.given,
        sent: &tried.sent,
        taken: &tried.taken,
        same: tried.end == FieldEnd::Same,
        end: tried.end.word(),
        message,
        fix,
    }
}

/// Shows it to people, and in lines to pipes.
pub(super) fn show(context: &Context, setup: &Setup, run: RunId, trialled: &Trialled) {
    let ui = &context.ui;
    for record in &trialled.records {
        show_record(context, record);
    }
    if let Some(link) = &trialled.link {
        show_link(context, link);
    }
    for untried in &trialled.untried {
        ui.note(untried_line(untried));
    }
    let (made, removed, stay) = counts(trialled);
    if made > 0 {
        ui.status(format!(
            "Made {}, read back, removed {removed}.",
            counted(made, "record")
        ));
    }
    if let Some(error) = &trialled.stopped {
        ui.warning(format!("it ended early: {}", clean(&error.to_string())));
        if matches!(
            error.kind,
            CallErrorKind::SignIn(_) | CallErrorKind::SignedOut { .. }
        ) {
            ui.next(&format!("mobly-sync connect {}", setup.integration.vendor));
        }
    }
    for record in trialled.records.iter().filter(|record| record.stays()) {
        if let Some(page) = page(setup, record) {
            ui.note(format!("the {} that stays: {page}", record.object));
        }
    }
    if stay > 0 {
        ui.next(&format!("mobly-sync undo {run}"));
    }
}

fn counts(trialled: &Trialled) -> (u64, u64, usize) {
    let records = &trialled.records;
    let made = records.iter().filter(|record| record.id.is_some()).count();
    let removed = records.iter().filter(|record| record.removed).count();
    let known = |record: &&Tried| record.stays() && record.id.is_some();
    let stay = records.iter().filter(known).count();
    (made as u64, removed as u64, stay)
}

/// Where people see a record.
fn page(setup: &Setup, record: &Tried) -> Option<String> {
    let integration = &setup.integration;
    let account = integration.account.as_ref()?;
    (setup.vendor.record_url)(
        &integration.settings,
        &account.vendor_account,
        record.object,
        record.id.as_deref()?,
    )
}

fn untried_line(untried: &Untried) -> String {
    format!(
        "{} of {} not tried: {}",
        counted(untried.rows as u64, "row"),
        untried.object,
        untried.why
    )
}

fn show_link(context: &Context, link: &Joined) {
    let ui = &context.ui;
    let symbols = ui.theme().symbols();
    let message = clean(&link.message);
    match (link.ok, ui.out_is_terminal()) {
        (true, true) => ui.data(format_args!(
            "{} {message}\n",
            ui.theme().good(symbols.done)
        )),
        (false, true) => ui.data(format_args!(
            "{} {message}\n",
            ui.theme().bad(symbols.wrong)
        )),
        (ok, false) => {
            let word = if ok { "linked" } else { "not-linked" };
            ui.data(format_args!("{word}\t{message}"));
        }
    }
}

fn show_record(context: &Context, record: &Tried) {
    let ui = &context.ui;
    let theme = ui.theme();
    if ui.out_is_terminal() {
        let id = record.id.as_deref().unwrap_or("not made");
        ui.data(format_args!(
            "{}  {}",
            theme.strong(record.object),
            theme.faint(id)
        ));
    }
    let mut table = match ui.out_is_terminal() {
        true => Table::new(&["", "FIELD", "FROM", "SENT", "TAKEN AS"]),
        false => Table::new(&[]),
    };
    for field in &record.fields {
        let (mark, tone, taken) = verdict(field, theme.symbols());
        let mut cells: Vec<Cell> = Vec::new();
        if !ui.out_is_terminal() {
            cells.push(record.object.into());
        }
        cells.extend([
            Cell::toned(mark, tone),
            Cell::toned(field.remote.clone(), Tone::Strong),
            field.ours.clone().into(),
            text(&field.sent).into(),
            Cell::toned(taken, tone),
        ]);
        table.row(cells);
    }
    table.print(ui);
    for note in &record.notes {
        ui.note(clean(note));
    }
    // A table cuts; what went wrong is told in full, each with its command.
    for field in &record.fields {
        let name = &field.remote;
        match &field.end {
            FieldEnd::Refused { why, fix } => {
                wrong(context, &format!("{name}: {why}"), fix.as_deref());
            }
            FieldEnd::Differs => {
                let taken = field.taken.as_ref().map_or_else(String::new, text);
                ui.note(format!(
                    "{name}: sent {}, taken as {taken}",
                    text(&field.sent)
                ));
            }
            FieldEnd::Same | FieldEnd::LeftOut(_) | FieldEnd::Unread => {}
        }
    }
    for problem in &record.problems {
        wrong(context, &problem.message, problem.fix.as_deref());
    }
    if ui.out_is_terminal() {
        ui.data("");
    }
}

fn wrong(context: &Context, message: &str, fix: Option<&str>) {
    context.ui.warning(clean(message));
    if let Some(fix) = fix {
        context.ui.next(fix);
    }
}

fn verdict(field: &TriedField, symbols: &Symbols) -> (&'static str, Tone, String) {
    match &field.end {
        FieldEnd::Refused { why, .. } => (symbols.wrong, Tone::Bad, clean(why)),
        FieldEnd::LeftOut(why) => (symbols.none, Tone::Faint, clean(why)),
        FieldEnd::Unread => (symbols.care, Tone::Care, "not read back".to_owned()),
        end => {
            let taken = field.taken.as_ref().filter(|taken| !is_blank(taken));
            let taken = taken.map_or_else(|| "nothing".to_owned(), text);
            match end {
                FieldEnd::Same => (symbols.done, Tone::Good, taken),
                _ => (symbols.care, Tone::Care, taken),
            }
        }
    }
}

/// A value as people read it: of a list of addresses or numbers what it holds.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => clean(text),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join("; "),
        Value::Object(parts) => match ["value", "name", "id"]
            .iter()
            .find_map(|key| parts.get(*key))
        {
            Some(part) => text(part),
            None => clean(&value.to_string()),
        },
        other => clean(&other.to_string()),
    }
}
