//! Leads that would fail, by category and cause as on the board: how many, one of them, and the command that settles it.

use crate::domain::category::Category;
use crate::domain::plan::{Example, PlannedCause, PlannedFailures};
use crate::ui::Ui;
use crate::ui::format::{clean, count, counted, cut, pad, pad_left, width};

/// Causes of one category that are shown; the rest is in `--json`.
const SHOWN: usize = 5;
/// The widest a cause may get before it is cut.
const CAUSE_WIDTH: usize = 48;
/// Columns before what tells of a cause.
const INDENT: &str = "       ";

/// The section; nothing where nobody would fail. `vendor`: its name for people.
#[must_use]
pub fn failures(ui: &Ui, vendor: &str, groups: &[PlannedFailures]) -> Vec<String> {
    let (theme, room) = (ui.theme(), ui.width());
    let leads: u64 = groups.iter().map(|group| group.count).sum();
    let causes: usize = groups.iter().map(|group| group.causes.len()).sum();
    if leads == 0 {
        return Vec::new();
    }
    let plural = |number: usize, one: &str, several: &str| {
        let noun = if number == 1 { one } else { several };
        format!("{number} {noun}")
    };
    let mut lines = vec![format!(
        "{}  {}, {}, {}",
        theme.strong("WOULD FAIL"),
        counted(leads, "lead"),
        plural(groups.len(), "category", "categories"),
        plural(causes, "cause", "causes"),
    )];
    let texts = groups.iter().flat_map(|group| {
        let shown = group.causes.iter().take(SHOWN);
        shown.map(|cause| width(&told(group.category, cause)))
    });
    let columns = texts.max().unwrap_or(0).min(CAUSE_WIDTH);
    let digits = groups.iter().map(|group| count(group.count).len()).max();
    let digits = digits.unwrap_or(0);
    for group in groups {
        let text = group.category.text();
        let mark = match is_settled_here(group) {
            true => theme.care(theme.symbols().fixable),
            false => " ".to_owned(),
        };
        let line = format!(
            " {} {} {}   {}",
            pad(&mark, 1),
            pad(&theme.strong(group.category.code()), 24),
            pad_left(&count(group.count), digits),
            text.description
        );
        lines.push(String::new());
        lines.push(cut(&line, room, theme.symbols().cut));
        for cause in group.causes.iter().take(SHOWN) {
            let text = pad(
                &cut(&told(group.category, cause), columns, theme.symbols().cut),
                columns,
            );
            lines.extend(cause_lines(ui, vendor, cause, &text, digits));
        }
        let more = group.causes.len().saturating_sub(SHOWN);
        if more > 0 {
            let left = plural(more, "cause", "causes");
            lines.push(theme.faint(&format!("     and {left} more: --json")));
        }
    }
    lines
}

fn cause_lines(
    ui: &Ui,
    vendor: &str,
    cause: &PlannedCause,
    text: &str,
    digits: usize,
) -> Vec<String> {
    let (theme, room) = (ui.theme(), ui.width());
    let symbols = theme.symbols();
    let mut line = format!("     {text}  {}", pad_left(&count(cause.count), digits));
    if cause.landed {
        line.push_str(&format!("   in {vendor} all the same"));
    }
    if let Some(guess) = &cause.guess {
        line.push_str(&format!("   guess {}", theme.good(&clean(guess))));
    }
    let example = format!("{INDENT}{}", example(&cause.example, &cause.message));
    // A command is there to be copied: half of it is worse than a line that wraps.
    vec![
        cut(&line, room, symbols.cut),
        theme.faint(&cut(&example, room, symbols.cut)),
        format!(
            "{INDENT}{} {}",
            symbols.arrow,
            theme.good(&clean(&cause.fix))
        ),
    ]
}

/// As on the board: a value rule repairs what is no category's own drawer too.
fn is_settled_here(group: &PlannedFailures) -> bool {
    let by_set_up =
        |command: &str| command.contains(" mapping set ") || command.contains(" qualifier map ");
    let first = group.causes.first();
    group.category.text().fix.is_some() || first.is_some_and(|cause| by_set_up(&cause.fix))
}

/// Where it happens and what was refused; without a field, in words.
fn told(category: Category, cause: &PlannedCause) -> String {
    let place: Vec<&str> = [&cause.object, &cause.field]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    let text = match (cause.field.as_deref(), &cause.value, category) {
        (None, ..) => cause.message.clone(),
        (Some(answered), Some(value), Category::NoTagMapping) => format!("{answered} \"{value}\""),
        (Some(_), Some(value), Category::DataValueValidation) => {
            format!("{} \"{value}\"", place.join("."))
        }
        // Elsewhere the value differs from lead to lead, and stands in the example.
        (Some(_), ..) => place.join("."),
    };
    clean(&text)
}

fn example(example: &Example, message: &str) -> String {
    let who = [Some(&example.name), example.email.as_ref()]
        .into_iter()
        .flatten()
        .find(|text| !text.is_empty());
    let who = who.map(|who| format!(" {}", clean(who)));
    format!(
        "{}{}: {}",
        example.lead,
        who.unwrap_or_default(),
        clean(message)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::TestUi;

    fn cause(field: &str, value: &str, count: u64) -> PlannedCause {
        PlannedCause {
            phase: Some("person".into()),
            object: Some("contact".into()),
            field: Some(field.into()),
            value: Some(value.into()),
            message: format!(
                "{field}: {value:?} cannot be taken, which is told at some length here"
            ),
            count,
            landed: false,
            guess: None,
            fix: format!(
                "mobly-sync mapping set something-long {field} --object contact --on-invalid drop"
            ),
            example: Example {
                lead: "A1B2C3D4".into(),
                name: "Ann Li".into(),
                email: Some("ann@acme.com".into()),
            },
        }
    }

    fn groups() -> Vec<PlannedFailures> {
        let group = |category, causes: Vec<PlannedCause>| PlannedFailures {
            count: causes.iter().map(|cause| cause.count).sum(),
            causes,
            ..PlannedFailures::new(category)
        };
        let mut company = cause("industry", "Software", 34);
        company.object = Some("company".into());
        company.landed = true;
        company.guess = Some("COMPUTER_SOFTWARE".into());
        let many = (0..7).map(|n| cause(&format!("field_{n}"), "XL", 7 - n));
        vec![
            group(Category::DataValueValidation, vec![company]),
            group(Category::DataTooLong, many.collect()),
        ]
    }

    #[test]
    fn a_cause_has_its_number_one_lead_and_the_command() {
        let ui = TestUi::terminal(96);
        let lines = failures(&ui.ui(), "HubSpot", &groups());
        let text = dialoguer::console::strip_ansi_codes(&lines.join("\n")).into_owned();
        assert!(
            text.starts_with("WOULD FAIL  62 leads, 2 categories, 8 causes\n"),
            "{text}"
        );
        assert!(
            text.contains(
                "     company.industry \"Software\"  34   in HubSpot all the same   guess COMPUTER_SOFTWARE\n       A1B2C3D4 Ann Li: industry: \"Software\" cannot be taken"
            ),
            "{text}"
        );
        assert!(
            text.contains(
                "       → mobly-sync mapping set something-long industry --object contact"
            ),
            "{text}"
        );
        // The value of a length differs from lead to lead.
        assert!(
            text.contains("     contact.field_0               7\n"),
            "{text}"
        );
        assert!(text.contains("     and 2 causes more: --json"), "{text}");
        assert!(!text.contains("field_5"), "{text}");
    }

    #[test]
    fn only_commands_are_wider_than_the_screen_and_nobody_failing_takes_no_room() {
        let ui = TestUi::terminal(60);
        let lines = failures(&ui.ui(), "HubSpot", &groups());
        let too_wide = lines
            .iter()
            .find(|line| width(line) > 60 && !line.contains("mobly-sync "));
        assert_eq!(too_wide, None);
        assert!(failures(&ui.ui(), "HubSpot", &[]).is_empty());
    }
}
