//! What a check says, as a screen of eighty columns or as lines for programs.

use crate::cli::services::{account_with_environment, vendor_of};
use crate::domain::hints::{Command, quote};
use crate::domain::integration::Integration;
use crate::engine::check::{CheckReport, Drift, Problem};
use crate::ui::Ui;
use crate::ui::format::{clean, count, counted, cut, pad, pad_left, width};
use crate::ui::table::Table;

/// Causes of one category that are shown; the rest is in `--json`.
const SHOWN: usize = 10;
/// The widest a cause may get before it is cut.
const CAUSE_WIDTH: usize = 44;
/// The widest a field's name may get before it is cut.
const FIELD_WIDTH: usize = 34;

/// Shows the report of one integration.
pub(super) fn print(ui: &Ui, integration: &Integration, event: Option<&str>, report: &CheckReport) {
    if !ui.out_is_terminal() {
        piped(ui, report);
        return;
    }
    let room = ui.width();
    for line in lines(ui, integration, event, report) {
        // A command is there to be copied: half of it is worse than a line that wraps.
        if line.contains("mobly-sync ") {
            ui.data(line.trim_end());
        } else {
            ui.data(cut(&line, room, ui.theme().symbols().cut).trim_end());
        }
    }
}

/// Tells what to do next.
pub(super) fn next(ui: &Ui, event: Option<&str>, report: &CheckReport) {
    match (report.problems.first(), event) {
        (Some(problem), _) => ui.next(&clean(&problem.fix)),
        (None, Some(event)) if report.checked > 0 => {
            ui.next(&format!("mobly-sync sync-event {}", quote(event)));
        }
        (None, _) => {}
    }
}

fn lines(
    ui: &Ui,
    integration: &Integration,
    event: Option<&str>,
    report: &CheckReport,
) -> Vec<String> {
    let theme = ui.theme();
    let dot = format!(" {} ", theme.symbols().dot);
    let vendor = vendor_of(integration).map_or_else(
        |_| integration.name.clone(),
        |vendor| vendor.title.to_owned(),
    );
    let verdict = match (report.checked, report.would_fail) {
        (0, _) => "no lead waits".to_owned(),
        (_, 0) => theme.good("none would fail"),
        (_, some) => theme.bad(&format!("{} would fail", count(some))),
    };
    let mut lines = vec![
        [
            theme.strong("Check"),
            vendor,
            clean(&account_with_environment(integration)),
        ]
        .join(&dot),
        [
            clean(event.unwrap_or("All events")),
            format!("{} checked", counted(report.checked, "lead")),
            verdict,
        ]
        .join(&dot),
    ];
    lines.extend(problems(ui, report));
    lines.extend(drift(ui, report));
    lines.extend(other_names(ui, integration, report));
    lines
}

/// The problems by category, in the order of their largest.
fn problems(ui: &Ui, report: &CheckReport) -> Vec<String> {
    if report.problems.is_empty() {
        return Vec::new();
    }
    let theme = ui.theme();
    let mut groups: Vec<(&str, Vec<&Problem>)> = Vec::new();
    for problem in &report.problems {
        let code = problem.category.code();
        match groups.iter_mut().find(|(known, _)| *known == code) {
            Some((_, causes)) => causes.push(problem),
            None => groups.push((code, vec![problem])),
        }
    }
    let plural = |number: usize, one: &str, several: &str| {
        let noun = if number == 1 { one } else { several };
        format!("{number} {noun}")
    };
    let mut lines = vec![
        String::new(),
        format!(
            "{}  {}, {}, {}",
            theme.strong("WOULD FAIL"),
            counted(report.would_fail, "lead"),
            plural(groups.len(), "category", "categories"),
            plural(report.problems.len(), "cause", "causes"),
        ),
    ];
    let texts = report.problems.iter().map(|problem| width(&cause(problem)));
    let columns = texts.max().unwrap_or(0).min(CAUSE_WIDTH);
    let digits = report
        .problems
        .iter()
        .map(|problem| count(problem.count).len());
    let digits = digits.max().unwrap_or(0);
    for (code, causes) in groups {
        lines.push(String::new());
        let text = causes[0].category.text();
        let mark = match text.fix {
            Some(_) => theme.care(theme.symbols().fixable),
            None => " ".to_owned(),
        };
        lines.push(format!(
            "{} {}  {}",
            pad(&mark, 1),
            pad(&theme.strong(code), 24),
            text.description
        ));
        for problem in causes.iter().take(SHOWN) {
            let mut line = format!(
                "    {}  {}",
                pad(&cut(&cause(problem), columns, theme.symbols().cut), columns),
                pad_left(&count(problem.count), digits)
            );
            if let Some(guess) = &problem.guess {
                line.push_str(&format!("   guess {}", theme.good(&clean(guess))));
            }
            lines.push(line);
            lines.push(format!(
                "      {} {}",
                theme.symbols().arrow,
                theme.good(&clean(&problem.fix))
            ));
        }
        if causes.len() > SHOWN {
            let left = count((causes.len() - SHOWN) as u64);
            lines.push(theme.faint(&format!("    and {left} more: --json has all")));
        }
    }
    lines
}

/// Where it happens and what was refused; without a field, in words.
fn cause(problem: &Problem) -> String {
    let place: Vec<&str> = [&problem.object, &problem.remote]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    let mut text = match problem.category {
        crate::domain::category::Category::NoTagMapping => {
            problem.field.clone().unwrap_or_default()
        }
        _ if problem.remote.is_none() => problem.message.clone(),
        _ => place.join("."),
    };
    if let Some(value) = &problem.value {
        text = format!("{} \"{value}\"", cut(&text, FIELD_WIDTH, "…"));
    }
    clean(&text)
}

fn drift(ui: &Ui, report: &CheckReport) -> Vec<String> {
    let drift = &report.drift;
    if drift.is_empty() {
        return Vec::new();
    }
    let theme = ui.theme();
    let mut lines = vec![
        String::new(),
        format!(
            "{}  what became of mapped fields since their rows were made",
            theme.strong("DRIFT")
        ),
        String::new(),
    ];
    let name = |one: &Drift| clean(&format!("{}.{}", one.object, one.remote));
    let columns = drift.iter().map(|one| width(&name(one))).max();
    let columns = columns.unwrap_or(0).min(FIELD_WIDTH);
    let mut told: Vec<&str> = Vec::new();
    for one in drift {
        let leads = match one.leads {
            0 => "no lead has it".to_owned(),
            leads => counted(leads, "lead"),
        };
        lines.push(format!(
            "  {}  {} {} {}  {}",
            pad(&cut(&name(one), columns, theme.symbols().cut), columns),
            clean(&one.was),
            theme.symbols().arrow,
            theme.care(&clean(&one.is)),
            theme.faint(&leads)
        ));
        // What settles a problem makes the row anew as well; several differences of one field are accepted by one command.
        let is_problem = report.problems.iter().any(|problem| {
            problem.object.as_ref() == Some(&one.object)
                && problem.remote.as_ref() == Some(&one.remote)
        });
        if !is_problem && !told.contains(&one.accept.as_str()) {
            told.push(&one.accept);
        }
    }
    if told.is_empty() {
        return lines;
    }
    lines.push(String::new());
    lines.push("  To take a field as it is now:".to_owned());
    for command in told {
        lines.push(format!("    {}", theme.good(&clean(command))));
    }
    lines
}

/// People a push would match though they go by another name there.
fn other_names(ui: &Ui, integration: &Integration, report: &CheckReport) -> Vec<String> {
    let people = &report.other_names;
    if people.is_empty() {
        return Vec::new();
    }
    let theme = ui.theme();
    let held = people.iter().filter(|one| one.held).count();
    let outcome = match (held, people.len()) {
        (0, _) => "each is updated, and the log notes it".to_owned(),
        (held, all) if held == all => "each would fail".to_owned(),
        (held, all) => format!(
            "{} would fail, {} noted",
            count(held as u64),
            count((all - held) as u64)
        ),
    };
    let mut lines = vec![
        String::new(),
        format!(
            "{}  {} by another name there: {outcome}",
            theme.strong("SAME ADDRESS"),
            match people.len() {
                1 => "1 person goes".to_owned(),
                several => format!("{} people go", count(several as u64)),
            }
        ),
        String::new(),
    ];
    for one in people.iter().take(SHOWN) {
        lines.push(clean(&format!(
            "  {}  {} {} {}  {} {}",
            one.id,
            one.name,
            theme.symbols().arrow,
            one.theirs,
            one.object,
            one.record
        )));
    }
    if people.len() > SHOWN {
        let left = count((people.len() - SHOWN) as u64);
        lines.push(theme.faint(&format!("  and {left} more: --json has all")));
    }
    if held == 0 {
        lines.push(String::new());
        lines.push("  To hold such leads:".to_owned());
        lines.push(format!(
            "    {}",
            theme.good(&format!(
                "mobly-sync connect {} --set --identity hold",
                integration.vendor
            ))
        ));
    }
    lines
}

/// Says of whom it is not known, and what would tell.
pub(super) fn not_looked_up(
    ui: &Ui,
    integration: &Integration,
    event: Option<&str>,
    all: bool,
    report: &CheckReport,
) {
    let cost = match report.requests {
        Some(requests) => format!("about {}", counted(requests, "request")),
        None => "it reads all the vendor's records".to_owned(),
    };
    let people = match report.not_looked_up {
        1 => "1 person was".to_owned(),
        several => format!("{} people were", count(several)),
    };
    ui.note(format_args!(
        "{people} not looked up, so who goes by another name there is not known of them ({cost})"
    ));
    let command = Command::new("check --names").optional("--event", event);
    let named = all.then_some(integration.name.as_str());
    ui.hint(command.optional("-i", named).line());
}

/// One record a line, the first field telling its kind.
fn piped(ui: &Ui, report: &CheckReport) {
    let mut table = Table::new(&[]);
    table.row(["checked".to_owned(), report.checked.to_string()]);
    table.row(["would_fail".to_owned(), report.would_fail.to_string()]);
    for problem in &report.problems {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        table.row([
            "problem".to_owned(),
            problem.category.code().to_owned(),
            text(&problem.object),
            text(&problem.field),
            text(&problem.remote),
            text(&problem.value),
            problem.count.to_string(),
            problem.fix.clone(),
        ]);
    }
    for one in &report.other_names {
        table.row([
            "other_name".to_owned(),
            one.id.clone(),
            one.name.clone(),
            one.theirs.clone(),
            one.object.clone(),
            one.record.clone(),
            one.held.to_string(),
        ]);
    }
    for one in &report.drift {
        table.row([
            "drift".to_owned(),
            one.object.clone(),
            one.remote.clone(),
            one.was.clone(),
            one.is.clone(),
            one.leads.to_string(),
            one.accept.clone(),
        ]);
    }
    table.print(ui);
}
