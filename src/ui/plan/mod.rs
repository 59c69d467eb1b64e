//! A plan as people read it: what a push would do in a few lines, and lead by lead.

mod leads;
mod rows;

use super::format::{clean, count, counted, pad, permille};
use super::theme::Theme;
use crate::domain::plan::PlanTotals;
use crate::domain::run::FieldEffect;

pub use leads::{differences, differences_beside};

/// Fields that are named one by one.
const FIELDS_SHOWN: usize = 4;
/// Categories that are named one by one.
const CATEGORIES_SHOWN: usize = 2;
/// Columns of the words that begin a line.
const MARGIN: usize = 15;

/// What the lines tell.
#[derive(Debug, Clone, Default)]
pub struct PlanView {
    /// `Expo → HubSpot · Acme · PRODUCTION`.
    pub title: String,
    /// What leads and companies come to.
    pub totals: PlanTotals,
    /// What updates do, by field.
    pub effects: Vec<(String, FieldEffect)>,
    /// Why leads would fail: category and how many.
    pub categories: Vec<(String, u64)>,
    /// What stays as it is: `12 held, 4 ignored`.
    pub stay: Option<String>,
    /// Whether people of another name are kept back.
    pub holds_names: bool,
    /// The mapping since the last push.
    pub mapping: Option<String>,
    /// Requests still to be made, and all of them.
    pub calls: (u64, u64),
    /// Limits by the day: name, units of the whole push, units allowed.
    pub days: Vec<(String, u64, u64)>,
}

/// The lines of a plan.
#[must_use]
pub fn lines(theme: Theme, view: &PlanView) -> Vec<String> {
    let dot = format!(" {} ", theme.symbols().dot);
    let mut lines = vec![theme.strong(&view.title), String::new()];
    let mut add = |name: &str, text: String| {
        lines.push(format!("  {}{text}", pad(name, MARGIN)));
    };
    let some = |parts: &[(u64, &str)]| {
        parts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| format!("{} {word}", count(*number)))
            .collect::<Vec<_>>()
            .join(&dot)
    };
    let totals = view.totals;
    let people = totals.create + totals.update + totals.unchanged + totals.fail + totals.skip;
    let noun = if people == 1 { "person" } else { "people" };
    add(
        &format!("{} {noun}", count(people)),
        match some(&[
            (totals.create, "new"),
            (totals.update, "known"),
            (totals.unchanged, "already right"),
            (totals.fail, "would fail"),
            (totals.skip, "not taken up"),
        ]) {
            parts if parts.is_empty() => "nothing is due".to_owned(),
            parts => parts,
        },
    );
    if let Some(stay) = &view.stay {
        add("these stay", stay.clone());
    }
    let known = totals.companies_known;
    if known + totals.companies_created > 0 {
        let changed = match (known, totals.companies_changed) {
            (0, _) => String::new(),
            (_, 0) => ", none of these changed".to_owned(),
            (_, changed) => format!(", {} of these changed", count(changed)),
        };
        let parts = some(&[(totals.companies_created, "new"), (known, "known")]);
        add("companies", format!("{parts}{changed}"));
    }
    if totals.update + totals.unchanged > 0 {
        for (name, text) in known_people(theme, view) {
            add(name, text);
        }
    }
    if totals.other_names > 0 {
        let go = if totals.other_names == 1 {
            "person goes"
        } else {
            "people go"
        };
        let number = count(totals.other_names);
        let then = if view.holds_names {
            "they fail"
        } else {
            "noted"
        };
        add(
            "same e-mail",
            format!("{number} {go} by another name there: {then}"),
        );
    }
    if totals.fail > 0 {
        let there = match totals.fail_landed {
            0 => String::new(),
            landed => format!(", {} of them in it, a step missing", count(landed)),
        };
        let mut codes: Vec<String> = view
            .categories
            .iter()
            .map(|(code, number)| format!("{code} {}", count(*number)))
            .collect();
        let more = codes.len().saturating_sub(CATEGORIES_SHOWN);
        codes.truncate(CATEGORIES_SHOWN);
        if more > 0 {
            codes.push(format!("{more} more"));
        }
        add("check", format!("{} would fail{there}", count(totals.fail)));
        add("", codes.join(", "));
    }
    if let Some(mapping) = &view.mapping {
        add("mapping", mapping.clone());
    }
    for (at, text) in cost(view).into_iter().enumerate() {
        add(if at == 0 { "cost" } else { "" }, text);
    }
    lines
}

fn known_people(theme: Theme, view: &PlanView) -> Vec<(&'static str, String)> {
    let sum = |of: fn(&FieldEffect) -> u64| {
        view.effects
            .iter()
            .map(|(_, effect)| of(effect))
            .sum::<u64>()
    };
    let (filled, overwritten, kept) = (
        sum(|one| one.filled),
        sum(|one| one.overwritten),
        sum(|one| one.kept),
    );
    let dot = theme.symbols().dot;
    let overwrite = format!("overwrite {}", count(overwritten));
    let overwrite = if overwritten > 0 {
        theme.care(&overwrite)
    } else {
        overwrite
    };
    let fields = if filled == 1 {
        "empty field"
    } else {
        "empty fields"
    };
    let mut lines = vec![(
        "known people",
        format!(
            "fill {} {fields} {dot} {overwrite} {dot} leave {} as they are",
            count(filled),
            count(kept)
        ),
    )];
    for (word, of) in [
        (
            "overwrite",
            (|one| one.overwritten) as fn(&FieldEffect) -> u64,
        ),
        ("fill", |one| one.filled),
    ] {
        let mut fields: Vec<(&str, u64)> = view
            .effects
            .iter()
            .map(|(name, effect)| (name.as_str(), of(effect)))
            .filter(|(_, number)| *number > 0)
            .collect();
        fields.sort_by_key(|(name, number)| (std::cmp::Reverse(*number), *name));
        if fields.is_empty() {
            continue;
        }
        let more = fields.len().saturating_sub(FIELDS_SHOWN);
        let mut named: Vec<String> = fields
            .iter()
            .take(FIELDS_SHOWN)
            .map(|(name, number)| format!("{} {}", clean(name), count(*number)))
            .collect();
        if more > 0 {
            named.push(format!("{more} more"));
        }
        lines.push(("", format!("{word}: {}", named.join(", "))));
    }
    lines
}

fn cost(view: &PlanView) -> Vec<String> {
    let (still, all) = view.calls;
    let mut parts = vec![match still {
        0 => format!("no more calls, {} were made to compare", count(all)),
        _ if all > still => format!(
            "{} more, {} were made to compare",
            counted(still, "call"),
            count(all - still)
        ),
        _ => counted(still, "call"),
    }];
    for (name, units, limit) in view.days.iter().filter(|(_, units, _)| *units > 0) {
        let share = units.saturating_mul(1_000).div_ceil((*limit).max(1));
        let share = match share {
            0 | 1 => "under 0.1 %".to_owned(),
            share => format!("{} %", permille(u32::try_from(share).unwrap_or(u32::MAX))),
        };
        parts.push(format!("{share} of {name}"));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::TestUi;

    #[test]
    fn overwrites_stand_before_the_question() {
        let view = PlanView {
            title: "Expo → HubSpot".into(),
            totals: PlanTotals {
                create: 1_290,
                update: 493,
                unchanged: 17,
                ..PlanTotals::default()
            },
            effects: vec![(
                "phone".into(),
                FieldEffect {
                    filled: 201,
                    overwritten: 3,
                    kept: 7,
                },
            )],
            calls: (12, 58),
            days: vec![("requests a day".into(), 58, 250_000)],
            ..PlanView::default()
        };
        let text = lines(TestUi::piped().ui().theme(), &view).join("\n");
        assert!(text.contains("1,800 people   1,290 new"), "{text}");
        assert!(text.contains("overwrite 3"), "{text}");
        assert!(text.contains("overwrite: phone 3"), "{text}");
        assert!(
            text.contains("  cost           12 calls more, 46 were made to compare\n                 under 0.1 % of requests a day"),
            "{text}"
        );
    }
}
