//! An undo on the screen: before the question, and after it.

use crate::cli::parts::title;
use crate::cli::services::account_title;
use crate::domain::integration::Integration;
use crate::engine::undo::{Left, UndoSummary};
use crate::ui::Ui;
use crate::ui::format::{clean, count, counted};
use crate::ui::table::{Cell, Table};

/// Lines of what is left that are shown before the rest is only counted.
const SHOWN: usize = 20;

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
pub(super) fn foretell(
    ui: &Ui,
    integration: &Integration,
    planned: &UndoSummary,
    calls: u64,
    dry_run: bool,
) {
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

/// After it: what was done, and what was not.
pub(super) fn print(ui: &Ui, summary: &UndoSummary) {
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
        match (summary.leads, summary.holds) {
            (0, _) => {}
            (_, true) => ui.status(
                "The leads are held as UNDONE: mobly-sync lead release LEAD lets one wait again",
            ),
            (_, false) => ui.status("The leads are where they were before the undo"),
        }
        ui.next(&format!("mobly-sync history show {run}"));
    }
}
