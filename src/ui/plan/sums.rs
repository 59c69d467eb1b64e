//! What a plan comes to: people, companies, fields, what would fail, and the cost.

use std::time::Duration;

use super::{Line, Part, PlanView};
use crate::domain::plan::PlanTotals;
use crate::domain::run::FieldEffect;
use crate::ui::format::{clean, count, counted, duration};
use crate::ui::theme::Theme;

/// Fields that are named one by one.
const FIELDS_SHOWN: usize = 4;
/// Categories that are named one by one.
const CATEGORIES_SHOWN: usize = 2;

/// The lines, from the first to the last.
pub(super) fn told(theme: Theme, view: &PlanView) -> Vec<Line> {
    let (totals, dot) = (view.totals, dot(theme));
    let mut lines = vec![people(view, dot)];
    lines.extend(companies(totals, dot));
    if totals.update + totals.unchanged + totals.fail_known > 0 {
        lines.extend(known_people(theme, view));
    }
    if totals.other_names > 0 {
        lines.push(Line::new("same e-mail", ", ", same_email(view)));
    }
    if totals.fail > 0 {
        lines.push(Line::new("check", ": ", would_fail(view)));
        if !view.categories.is_empty() {
            lines.push(Line::new("", ", ", categories(view)));
        }
    }
    if let Some(mapping) = &view.mapping {
        lines.push(Line::new("mapping", "", vec![mapping.clone()]));
    }
    let undone = match view.lasting.as_slice() {
        [] => "can be undone".to_owned(),
        lasting => format!("can be undone, but for {}", lasting.join(" and ")),
    };
    let mut line = Line::new("cost", ", ", cost(view));
    line.parts.push(Part {
        between: dot,
        text: undone,
    });
    lines.push(line);
    lines
}

/// The dot between parts.
pub(super) fn dot(theme: Theme) -> &'static str {
    match theme.unicode {
        true => " · ",
        false => " - ",
    }
}

/// Those who would fail are new or known like everybody: the line of the check tells of them.
fn people(view: &PlanView, dot: &'static str) -> Line {
    let totals = view.totals;
    let fail_new = totals.fail.saturating_sub(totals.fail_known);
    let numbers = [
        (totals.create + fail_new, "new"),
        (totals.update + totals.fail_known, "known"),
        (totals.unchanged, "already right"),
        (totals.skip, "not taken up"),
    ];
    let mut parts: Vec<String> = numbers
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{} {word}", count(*number)))
        .collect();
    if parts.is_empty() {
        parts.push("nothing is due".to_owned());
    }
    let number: u64 = numbers.iter().map(|(number, _)| number).sum();
    let noun = match number {
        1 => "person",
        _ => "people",
    };
    Line {
        remark: view.stay.clone(),
        ..Line::new(format!("{} {noun}", count(number)), dot, parts)
    }
}

fn companies(totals: PlanTotals, dot: &'static str) -> Option<Line> {
    let (made, known) = (totals.companies_created, totals.companies_known);
    if made + known + totals.owned == 0 {
        return None;
    }
    let changed = match totals.companies_changed {
        0 => "none".to_owned(),
        changed => count(changed),
    };
    let mut parts = Vec::new();
    if made > 0 {
        parts.push(format!("{} new", count(made)));
    }
    if known > 0 {
        let known = count(known);
        parts.push(format!("{known} known, {changed} of these changed"));
    }
    if parts.is_empty() {
        parts.push("none".to_owned());
    }
    let owned = match totals.owned {
        0 => None,
        owned if owned == totals.create => Some("owner set on all of the new".to_owned()),
        owned => Some(format!("owner set on {} of the new", count(owned))),
    };
    Some(Line {
        remark: owned,
        ..Line::new("companies", dot, parts)
    })
}

fn same_email(view: &PlanView) -> Vec<String> {
    let number = view.totals.other_names;
    let go = match number {
        1 => "person goes",
        _ => "people go",
    };
    let told = format!("{} {go} by another name there", count(number));
    match view.holds_names {
        true => vec![format!("{told}: they fail")],
        false => vec![
            format!("{told}: noted"),
            "--identity hold stops them".to_owned(),
        ],
    }
}

fn would_fail(view: &PlanView) -> Vec<String> {
    let totals = view.totals;
    let landed = match (totals.fail_landed, totals.fail_company) {
        (0, _) => String::new(),
        (landed, company) if landed == company => {
            format!(", {} of them only in the company", count(landed))
        }
        (landed, _) => format!(", {} of them in it, a step missing", count(landed)),
    };
    let mut parts = vec![format!("{} would fail{landed}", count(totals.fail))];
    if !view.check.is_empty() {
        parts.push(view.check.clone());
    }
    parts
}

fn categories(view: &PlanView) -> Vec<String> {
    let mut sorted: Vec<&(String, u64)> = view.categories.iter().collect();
    sorted.sort_by_key(|(code, number)| (std::cmp::Reverse(*number), code.as_str()));
    let mut parts: Vec<String> = sorted
        .iter()
        .take(CATEGORIES_SHOWN)
        .map(|(code, number)| format!("{code} {}", count(*number)))
        .collect();
    let more = sorted.len().saturating_sub(CATEGORIES_SHOWN);
    if more > 0 {
        parts.push(format!("{more} more"));
    }
    parts
}

/// One of the numbers of a field.
type Number = fn(&FieldEffect) -> u64;

/// What becomes of people who are there: in numbers, and by field.
fn known_people(theme: Theme, view: &PlanView) -> Vec<Line> {
    let sum = |of: Number| -> u64 { view.effects.iter().map(|(_, effect)| of(effect)).sum() };
    let (filled, overwritten) = (sum(|one| one.filled), sum(|one| one.overwritten));
    let empty = match filled {
        1 => "empty field",
        _ => "empty fields",
    };
    let overwrite = format!("overwrite {}", count(overwritten));
    let parts = vec![
        format!("fill {} {empty}", count(filled)),
        match overwritten {
            0 => overwrite,
            _ => theme.care(&overwrite),
        },
    ];
    let untouched = named(
        view,
        |one| match one.filled + one.overwritten {
            0 => one.kept,
            _ => 0,
        },
        |name, _| name.to_owned(),
    );
    let mut line = Line::new("known people", dot(theme), parts);
    for (at, name) in untouched.into_iter().enumerate() {
        line.parts.push(match at {
            0 => Part {
                between: dot(theme),
                text: format!("never touched: {name}"),
            },
            _ => Part {
                between: ", ",
                text: name,
            },
        });
    }
    let mut lines = vec![line];
    let kinds: [(&str, Number); 3] = [
        ("overwrite", |one| one.overwritten),
        ("fill", |one| one.filled),
        ("keep theirs", |one| match one.filled + one.overwritten {
            0 => 0,
            _ => one.kept,
        }),
    ];
    for (word, of) in kinds {
        let mut parts = named(view, of, |name, number| format!("{name} {}", count(number)));
        if let Some(first) = parts.first_mut() {
            *first = format!("{word}: {first}");
            lines.push(Line::new("", ", ", parts));
        }
    }
    lines
}

/// The fields with the largest numbers in words, and how many there are more.
fn named(
    view: &PlanView,
    of: impl Fn(&FieldEffect) -> u64,
    word: impl Fn(&str, u64) -> String,
) -> Vec<String> {
    let effects = view.effects.iter();
    let mut fields: Vec<(&str, u64)> = effects
        .map(|(name, effect)| (name.as_str(), of(effect)))
        .filter(|(_, number)| *number > 0)
        .collect();
    fields.sort_by_key(|(name, number)| (std::cmp::Reverse(*number), *name));
    let shown = fields.iter().take(FIELDS_SHOWN);
    let mut parts: Vec<String> = shown
        .map(|(name, number)| word(&clean(name), *number))
        .collect();
    let more = fields.len().saturating_sub(FIELDS_SHOWN);
    if more > 0 {
        parts.push(format!("{more} more"));
    }
    parts
}

/// `58 calls`, `46 of them made`, `0.02 % of the day`, `about 40 s`.
fn cost(view: &PlanView) -> Vec<String> {
    let (still, all) = view.calls;
    let made = all.saturating_sub(still);
    let mut parts = vec![counted(all, "call")];
    parts.extend(match (made, still) {
        (0, _) => None,
        (_, 0) => Some("all of them made".to_owned()),
        (made, _) => Some(format!("{} of them made", count(made))),
    });
    let days: Vec<_> = view
        .days
        .iter()
        .filter(|(_, units, _)| *units > 0)
        .collect();
    for (name, units, limit) in &days {
        let of = match days.len() {
            1 => "the day",
            _ => name.as_str(),
        };
        parts.push(format!("{} of {of}", share(*units, *limit)));
    }
    let takes = view.takes.map(about);
    parts.extend(takes.map(|takes| format!("about {}", duration(takes))));
    parts
}

/// A share as people read it, never less than it is: `0.02 %`, `7.5 %`, `40 %`.
fn share(units: u64, limit: u64) -> String {
    let hundredths = units.saturating_mul(10_000).div_ceil(limit.max(1));
    match hundredths {
        0..100 => format!("0.{hundredths:02} %"),
        100..1_000 => {
            let tenths = hundredths.div_ceil(10);
            format!("{}.{} %", tenths / 10, tenths % 10)
        }
        _ => format!("{} %", count(hundredths.div_ceil(100))),
    }
}

/// An estimate, as exact as it is.
fn about(takes: Duration) -> Duration {
    let seconds = takes.as_secs() + u64::from(takes.subsec_nanos() > 0);
    let step = match seconds {
        ..10 => 1,
        10..60 => 5,
        60..600 => 30,
        _ => 60,
    };
    Duration::from_secs(seconds.max(1).div_ceil(step) * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_times_are_told_as_exactly_as_they_are_known() {
        assert_eq!(share(1, 1_000_000), "0.01 %");
        assert_eq!(share(58, 250_000), "0.03 %");
        assert_eq!(share(755, 10_000), "7.6 %");
        assert_eq!(share(4_000, 10_000), "40 %");
        let told = |seconds| duration(about(Duration::from_secs(seconds)));
        assert_eq!((told(0).as_str(), told(7).as_str()), ("1 s", "7 s"));
        assert_eq!((told(41).as_str(), told(95).as_str()), ("45 s", "2 min"));
        assert_eq!(told(3_601), "1 h 1 min");
    }
}
