//! A plan as people read it: what a push would do in a few lines, why leads would fail, and lead by lead.

mod failures;
mod leads;
mod rows;
mod sums;

use std::time::Duration;

use super::format::{pad, width};
use super::theme::Theme;
use crate::domain::plan::PlanTotals;
use crate::domain::run::FieldEffect;

pub use failures::failures;
pub use leads::{differences, differences_beside};

/// Columns of the words that begin a line.
const MARGIN: usize = 15;
/// Columns of a line's text before a remark beside it.
const BESIDE: usize = 46;

/// What the lines tell.
#[derive(Debug, Clone, Default)]
pub struct PlanView {
    /// `Expo → HubSpot`, `Acme`, `PRODUCTION`.
    pub title: Vec<String>,
    /// What leads and companies come to.
    pub totals: PlanTotals,
    /// What updates do, by field.
    pub effects: Vec<(String, FieldEffect)>,
    /// Why leads would fail: category and how many; empty where it is told elsewhere.
    pub categories: Vec<(String, u64)>,
    /// The command that tells more of what would fail.
    pub check: String,
    /// What stays as it is: `16 stay: 12 held, 4 ignored`.
    pub stay: Option<String>,
    /// Whether people of another name are kept back.
    pub holds_names: bool,
    /// The mapping since the last push.
    pub mapping: Option<String>,
    /// Requests still to be made, and all of them.
    pub calls: (u64, u64),
    /// Limits by the day: name, units of the whole push, units allowed.
    pub days: Vec<(String, u64, u64)>,
    /// How long it may take, where something tells.
    pub takes: Option<Duration>,
    /// What of it cannot be undone.
    pub lasting: Vec<&'static str>,
}

/// One line: its word, and what it tells in parts that are never broken.
struct Line {
    name: String,
    parts: Vec<Part>,
    /// What stands beside it where there is room, else below it.
    remark: Option<String>,
}

/// A part of a line, with what stands between it and the part before.
struct Part {
    between: &'static str,
    text: String,
}

impl Line {
    /// A line of parts that are all set apart alike.
    fn new(name: impl Into<String>, between: &'static str, parts: Vec<String>) -> Self {
        let parts = parts.into_iter().map(|text| Part { between, text });
        Self {
            name: name.into(),
            parts: parts.collect(),
            remark: None,
        }
    }
}

/// The lines of a plan, for a terminal of so many columns.
#[must_use]
pub fn lines(theme: Theme, columns: usize, view: &PlanView) -> Vec<String> {
    let title = Line::new("", sums::dot(theme), view.title.clone());
    let title = filled(title.parts, columns);
    let mut lines: Vec<String> = title.iter().map(|line| theme.strong(line)).collect();
    lines.push(String::new());
    for line in sums::told(theme, view) {
        let room = columns.saturating_sub(MARGIN + 2).max(20);
        let mut texts = filled(line.parts, room);
        if let Some(remark) = line.remark {
            match texts.as_mut_slice() {
                [only] if beside(only) + width(&remark) <= room => {
                    *only = format!("{}{remark}", pad(only, beside(only)));
                }
                _ => texts.push(remark),
            }
        }
        for (at, text) in texts.into_iter().enumerate() {
            let name = if at == 0 { line.name.as_str() } else { "" };
            lines.push(format!("  {}{text}", pad(name, MARGIN)));
        }
    }
    lines
}

/// Where a remark beside a text begins.
fn beside(text: &str) -> usize {
    BESIDE.max(width(text) + 4)
}

/// Parts in as few lines as they fit in; one that is too wide alone has a line of its own.
fn filled(parts: Vec<Part>, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for Part { between, text } in parts {
        // A comma or colon ends the line it is broken at.
        let sign = between.trim();
        let ends = matches!(sign, "," | ":");
        match lines.last_mut() {
            Some(line) if width(line) + width(between) + width(&text) < room => {
                line.push_str(between);
                line.push_str(&text);
            }
            Some(line) => {
                line.push_str(if ends { sign } else { "" });
                lines.push(text);
            }
            None => lines.push(text),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::TestUi;

    fn effect(name: &str, filled: u64, overwritten: u64, kept: u64) -> (String, FieldEffect) {
        let effect = FieldEffect {
            filled,
            overwritten,
            kept,
        };
        (name.to_owned(), effect)
    }

    /// The push of the specification's own example.
    fn dreamforce() -> PlanView {
        PlanView {
            title: [
                "Dreamforce 2026 → HubSpot",
                "Acme Inc (portal 4412345)",
                "PRODUCTION",
            ]
            .map(str::to_owned)
            .to_vec(),
            totals: PlanTotals {
                create: 1_212,
                update: 431,
                unchanged: 48,
                fail: 109,
                fail_known: 31,
                fail_landed: 53,
                fail_company: 53,
                companies_created: 114,
                companies_known: 287,
                other_names: 3,
                owned: 1_190,
                ..PlanTotals::default()
            },
            effects: vec![
                effect("company", 0, 0, 400),
                effect("name", 0, 0, 431),
                effect("owner", 0, 0, 12),
                effect("phone", 201, 0, 30),
            ],
            check: "mobly-sync check -e \"Dreamforce 2026\"".into(),
            stay: Some("16 stay: 12 held, 4 ignored".into()),
            mapping: Some("unchanged since run 56".into()),
            calls: (12, 58),
            days: vec![("requests a day".into(), 58, 400_000)],
            takes: Some(Duration::from_millis(38_200)),
            ..PlanView::default()
        }
    }

    #[test]
    fn the_lines_before_the_question_are_those_of_the_specification() {
        let text = lines(TestUi::piped().ui().theme(), 100, &dreamforce()).join("\n");
        let text = dialoguer::console::strip_ansi_codes(&text).into_owned();
        let expected = "Dreamforce 2026 → HubSpot · Acme Inc (portal 4412345) · PRODUCTION\n\n  \
            1,800 people   1,290 new · 462 known · 48 already right      16 stay: 12 held, 4 ignored\n  \
            companies      114 new · 287 known, none of these changed    owner set on 1,190 of the new\n  \
            known people   fill 201 empty fields · overwrite 0 · never touched: name, company, owner\n                 \
            fill: phone 201\n                 \
            keep theirs: phone 30\n  \
            same e-mail    3 people go by another name there: noted, --identity hold stops them\n  \
            check          109 would fail, 53 of them only in the company:\n                 \
            mobly-sync check -e \"Dreamforce 2026\"\n  \
            mapping        unchanged since run 56\n  \
            cost           58 calls, 46 of them made, 0.02 % of the day, about 40 s · can be undone";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_narrow_terminal_has_more_lines_and_loses_nothing() {
        let theme = TestUi::piped().ui().theme();
        let narrow = lines(theme, 80, &dreamforce());
        let too_wide = narrow.iter().find(|line| width(line) > 80);
        assert_eq!(too_wide, None);
        let words = |lines: &[String]| {
            let text = lines.join(" ").replace([',', ':', '·'], " ");
            let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        assert_eq!(words(&narrow), words(&lines(theme, 120, &dreamforce())));
    }

    #[test]
    fn overwrites_stand_before_the_question() {
        let view = PlanView {
            effects: vec![effect("phone", 0, 3, 7)],
            ..dreamforce()
        };
        let text = lines(TestUi::piped().ui().theme(), 96, &view).join("\n");
        assert!(text.contains("overwrite 3"), "{text}");
        assert!(text.contains("overwrite: phone 3"), "{text}");
    }

    #[test]
    fn what_an_undo_leaves_is_told_before_the_question() {
        let view = PlanView {
            lasting: vec!["memberships", "activities"],
            takes: None,
            calls: (0, 4),
            ..dreamforce()
        };
        let text = lines(TestUi::piped().ui().theme(), 120, &view).join("\n");
        let cost = "4 calls, all of them made, 0.02 % of the day · can be undone, but for memberships and activities";
        assert!(text.contains(cost), "{text}");
    }
}
