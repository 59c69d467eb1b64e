//! What a push did, told after it: the screen for people, and one line for `grep`.

use super::Ui;
use super::format::{count, cut, pad, pad_left};
use super::theme::Theme;
use crate::domain::run::{FieldEffect, PushSummary};
use crate::exit::ExitStatus;

/// Categories that get a line of their own.
const CATEGORIES_SHOWN: usize = 4;
/// Fields that get a line of their own.
const FIELDS_SHOWN: usize = 8;

/// What the summary cannot know itself.
#[derive(Debug, Clone, Default)]
pub struct PushHeading {
    /// The vendor's name for people.
    pub vendor: String,
    /// The account as people call it: `Acme Inc (portal 4412345)`.
    pub account: String,
    /// Commands to go on with: a word (`Next`) and the command.
    pub next: Vec<(String, String)>,
}

/// Writes the summary to standard output; with `--quiet` only its last line.
pub fn print(ui: &Ui, heading: &PushHeading, summary: &PushSummary, exit: ExitStatus) {
    if !ui.options().quiet {
        let shown = ui.out_is_terminal().then(|| ui.width());
        for line in screen(ui.theme(), heading, summary, shown) {
            ui.data(line.trim_end());
        }
    }
    ui.data(grep_line(summary, exit));
}

/// `run 57 hubspot/4412345 pushed=1800 cleared=1660 failed=140 waiting=0 calls=58 s=38 exit=3`.
#[must_use]
pub fn grep_line(summary: &PushSummary, exit: ExitStatus) -> String {
    format!(
        "run {} {}/{} pushed={} cleared={} failed={} waiting={} calls={} s={} exit={}",
        summary.run,
        summary.integration,
        summary.account,
        summary.pushed,
        summary.cleared,
        summary.failed,
        summary.waiting,
        summary.requests,
        summary.elapsed_ms / 1000,
        exit.code()
    )
}

/// `columns`: those of a terminal, where descriptions are cut to them.
fn screen(
    theme: Theme,
    heading: &PushHeading,
    summary: &PushSummary,
    columns: Option<usize>,
) -> Vec<String> {
    let mut lines = vec![title(theme, heading, summary), String::new()];
    lines.extend(outcome(theme, heading, summary));
    if let Some(line) = stopped(theme, summary) {
        lines.push(String::new());
        lines.push(line);
    }
    let mut by_category = categories(theme, summary);
    if let Some(columns) = columns {
        for line in &mut by_category {
            *line = cut(line, columns, theme.symbols().cut);
        }
    }
    for block in [fields(theme, summary), by_category] {
        if !block.is_empty() {
            lines.push(String::new());
            lines.extend(block);
        }
    }
    lines.push(String::new());
    let widest = heading
        .next
        .iter()
        .map(|(word, _)| word.len())
        .max()
        .unwrap_or(0);
    for (word, command) in &heading.next {
        lines.push(format!(
            "{}  {}",
            pad(&format!("{word}:"), widest + 1),
            theme.good(command)
        ));
    }
    lines
}

fn title(theme: Theme, heading: &PushHeading, summary: &PushSummary) -> String {
    let what = match &summary.event {
        Some(event) => format!(" {event}"),
        None if summary.pushed == 0 => " nothing".to_owned(),
        None => String::new(),
    };
    let dot = theme.symbols().dot;
    theme.strong(&format!(
        "Pushed{what} to {} {dot} {} {dot} run {}",
        heading.vendor, heading.account, summary.run
    ))
}

fn outcome(theme: Theme, heading: &PushHeading, summary: &PushSummary) -> Vec<String> {
    let dot = format!(" {} ", theme.symbols().dot);
    let parts = |parts: &[(u64, String)]| {
        parts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, text)| format!("{} {text}", count(*number)))
            .collect::<Vec<_>>()
            .join(&dot)
    };
    let cleared = parts(&[
        (summary.created, "created".into()),
        (summary.updated, "updated".into()),
        (summary.unchanged, "already right".into()),
    ]);
    let failed = parts(&[
        (
            summary.failed - summary.failed_there.min(summary.failed),
            format!("not in {}", heading.vendor),
        ),
        (summary.failed_there, "in it, a step missing".into()),
    ]);
    let mut rows = vec![
        ("cleared", summary.cleared, cleared),
        ("failed", summary.failed, failed),
        ("waiting", summary.waiting, String::new()),
    ];
    if summary.skipped > 0 {
        rows.push(("skipped", summary.skipped, "claimed by another run".into()));
    }
    rows.into_iter()
        .map(|(name, number, remark)| {
            let number = pad_left(&count(number), 9);
            let number = match name {
                "failed" if summary.failed > 0 => theme.bad(&number),
                "cleared" if summary.cleared > 0 => theme.good(&number),
                _ => number,
            };
            format!("  {}{number}   {remark}", pad(name, 8))
        })
        .collect()
}

fn stopped(theme: Theme, summary: &PushSummary) -> Option<String> {
    let reason = summary.stopped?;
    let message = summary
        .stop_message
        .clone()
        .unwrap_or_else(|| reason.name().to_owned());
    let until = summary
        .until
        .as_ref()
        .map(|until| format!(", until {until}"))
        .unwrap_or_default();
    Some(theme.care(&format!("  Stopped: {message}{until}")))
}

fn fields(theme: Theme, summary: &PushSummary) -> Vec<String> {
    if summary.updated == 0 {
        return kept(theme, summary);
    }
    if summary.field_effects.is_empty() {
        return Vec::new();
    }
    let mut effects: Vec<(&String, &FieldEffect)> = summary.field_effects.iter().collect();
    // What replaced somebody's value is what an admin looks for first.
    effects.sort_by_key(|(name, effect)| {
        (
            std::cmp::Reverse(effect.overwritten),
            std::cmp::Reverse(effect.filled),
            (*name).clone(),
        )
    });
    let row = |name: &str, cells: [&str; 3]| {
        format!(
            "  {}{}{}{}",
            pad(name, 30),
            pad_left(cells[0], 9),
            pad_left(cells[1], 14),
            pad_left(cells[2], 14)
        )
    };
    let title = format!("on the {} updated", count(summary.updated));
    let mut lines = vec![theme.faint(&row(&title, ["filled", "overwritten", "kept theirs"]))];
    for (name, effect) in effects.iter().take(FIELDS_SHOWN) {
        lines.push(row(
            &format!("  {name}"),
            [
                &count(effect.filled),
                &count(effect.overwritten),
                &count(effect.kept),
            ],
        ));
    }
    let more = effects.len().saturating_sub(FIELDS_SHOWN);
    if more > 0 {
        lines.push(theme.faint(&format!("    and {more} more")));
    }
    lines
}

/// Where nothing was changed: what was left as it is there, so that nobody looks for an edit in vain.
fn kept(theme: Theme, summary: &PushSummary) -> Vec<String> {
    let names: Vec<&str> = summary
        .field_effects
        .iter()
        .filter(|(_, effect)| effect.kept > 0)
        .map(|(name, _)| name.as_str())
        .collect();
    if summary.unchanged == 0 || names.is_empty() {
        return Vec::new();
    }
    let shown = &names[..names.len().min(FIELDS_SHOWN)];
    let more = match names.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    vec![
        theme.faint(&format!(
            "  kept as it is there: {}{more}",
            shown.join(", ")
        )),
        theme.faint("  how each field is written: mobly-sync mapping list"),
    ]
}

fn categories(theme: Theme, summary: &PushSummary) -> Vec<String> {
    let mut categories: Vec<(&String, u64)> = summary
        .by_category
        .iter()
        .map(|(category, number)| (category, *number))
        .filter(|(_, number)| *number > 0)
        .collect();
    categories.sort_by_key(|(category, number)| (std::cmp::Reverse(*number), (*category).clone()));
    let widest = categories
        .first()
        .map_or(1, |(_, number)| count(*number).len());
    let mut lines: Vec<String> = categories
        .iter()
        .take(CATEGORIES_SHOWN)
        .map(|(category, number)| {
            let description = category
                .parse::<crate::domain::category::Category>()
                .map(|category| category.text().description)
                .unwrap_or_default();
            format!(
                "  {}  {} {description}",
                pad_left(&count(*number), widest),
                pad(&theme.strong(category), 23)
            )
        })
        .collect();
    let rest = categories.get(CATEGORIES_SHOWN..).unwrap_or_default();
    if !rest.is_empty() {
        let leads: u64 = rest.iter().map(|(_, number)| number).sum();
        let noun = if rest.len() == 1 {
            "category"
        } else {
            "categories"
        };
        lines.push(format!(
            "  {}  in {} more {noun}",
            pad_left(&count(leads), widest),
            rest.len()
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::RunId;
    use crate::domain::run::{RequestsByKind, StopReason};
    use crate::ui::{TestUi, UiOptions};
    use std::collections::BTreeMap;

    fn dreamforce() -> PushSummary {
        PushSummary {
            run: RunId(57),
            integration: "hubspot".into(),
            account: "4412345".into(),
            event: Some("Dreamforce 2026".into()),
            event_id: Some(1),
            pushed: 1_800,
            cleared: 1_660,
            failed: 140,
            created: 1_212,
            updated: 431,
            unchanged: 17,
            skipped: 0,
            waiting: 0,
            stopped: None,
            until: None,
            by_category: BTreeMap::from([
                ("DATA_VALUE_VALIDATION".into(), 61),
                ("NO_TAG_MAPPING".into(), 38),
                ("CONNECTION".into(), 31),
                ("DATA_TOO_LONG".into(), 6),
                ("NOT_ENOUGH_DATA".into(), 4),
            ]),
            failed_landed: 84,
            failed_there: 84,
            requests: 58,
            requests_by_kind: RequestsByKind::default(),
            elapsed_ms: 38_400,
            retry: None,
            stop_message: None,
            sign_in_refused: false,
            notes: Vec::new(),
            field_effects: BTreeMap::from([(
                "phone".into(),
                FieldEffect {
                    filled: 118,
                    overwritten: 0,
                    kept: 301,
                },
            )]),
        }
    }

    fn heading() -> PushHeading {
        PushHeading {
            vendor: "HubSpot".into(),
            account: "Acme Inc (portal 4412345)".into(),
            next: vec![("Next".into(), "mobly-sync reconcile".into())],
        }
    }

    const LAST: &str = "run 57 hubspot/4412345 pushed=1800 cleared=1660 failed=140 waiting=0 calls=58 s=38 exit=3\n";

    #[test]
    fn the_screen_tells_what_went_where() {
        let ui = TestUi::piped();
        print(&ui, &heading(), &dreamforce(), ExitStatus::SomeFailed);
        let text = ui.stdout();
        let expected = "Pushed Dreamforce 2026 to HubSpot · Acme Inc (portal 4412345) · run 57\n\n  cleared     1,660   1,212 created · 431 updated · 17 already right\n  failed        140   56 not in HubSpot · 84 in it, a step missing\n  waiting         0\n";
        assert!(text.starts_with(expected), "{text}");
        assert!(text.contains("on the 431 updated"), "{text}");
        assert!(
            text.contains("  61  DATA_VALUE_VALIDATION   the vendor does not know"),
            "{text}"
        );
        assert!(text.contains("   4  in 1 more category\n"), "{text}");
        assert!(text.contains("Next:  mobly-sync reconcile\n"), "{text}");
        assert!(text.ends_with(LAST), "{text}");
    }

    #[test]
    fn an_edit_that_changes_nothing_there_says_what_was_kept() {
        let ui = TestUi::piped();
        let nothing = PushSummary {
            updated: 0,
            ..dreamforce()
        };
        print(&ui, &heading(), &nothing, ExitStatus::Done);
        let text = ui.stdout();
        assert!(text.contains("  kept as it is there: phone\n"), "{text}");
        assert!(text.contains("mobly-sync mapping list\n"), "{text}");
    }

    #[test]
    fn quiet_leaves_the_line_for_grep() {
        let ui = TestUi::with(UiOptions {
            quiet: true,
            ..UiOptions::default()
        });
        print(&ui, &heading(), &dreamforce(), ExitStatus::SomeFailed);
        assert_eq!(ui.stdout(), LAST);
    }

    #[test]
    fn a_stopped_run_says_why_and_until_when() {
        let mut summary = dreamforce();
        summary.stopped = Some(StopReason::RateLimit);
        summary.until = Some("18:30".into());
        summary.stop_message = Some("HubSpot's limit of the day is used up".into());
        let ui = TestUi::piped();
        print(&ui, &heading(), &summary, ExitStatus::Stopped);
        assert!(
            ui.stdout()
                .contains("Stopped: HubSpot's limit of the day is used up, until 18:30"),
            "{}",
            ui.stdout()
        );
    }
}
