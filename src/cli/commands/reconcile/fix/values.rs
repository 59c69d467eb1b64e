//! Fix Value Mapping: what leads hold beside the options of the vendor.

use crate::cli::command_error::CommandError;
use crate::domain::remote::RemoteOption;
use crate::ui::Ui;
use crate::ui::format::{clean, count, counted, cut, pad, pad_left, width};

/// Values shown at once; the rest is told by its number.
const SHOWN: usize = 20;
/// The widest a value is shown.
const VALUE_WIDTH: usize = 30;

/// Values of leads the vendor has no option for.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// The field as people know it.
    pub(super) title: String,
    /// The values, the most frequent first.
    pub(super) values: Vec<Refused>,
    /// What the field takes.
    pub(super) options: Vec<RemoteOption>,
    /// Whether leads may go without the field.
    pub(super) may_drop: bool,
    /// Whether the options are users of the account.
    pub(super) users: bool,
}

/// One of them.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    /// What leads hold.
    pub(super) value: String,
    /// How many.
    pub(super) leads: u64,
    /// What it probably means.
    pub(super) guess: Option<String>,
}

/// What somebody decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decided {
    /// These values mean these options.
    Map(Vec<(String, String)>),
    /// Take this user where the named one is none of the account's.
    FallBack(String),
    /// Send the leads without the field.
    Drop,
    /// Leave it.
    Skip,
}

/// What can be done with all of them.
#[derive(Clone, Copy)]
enum Way {
    Guesses,
    OneByOne,
    FallBack,
    Drop,
    Skip,
}

/// Shows the values with what they probably mean and asks what to do.
///
/// # Errors
/// If the person left.
pub(super) fn ask(ui: &Ui, sheet: &Sheet) -> Result<Decided, CommandError> {
    show(ui, sheet);
    let guessed = sheet
        .values
        .iter()
        .filter(|one| one.guess.is_some())
        .count();
    let mut ways: Vec<(Way, String)> = Vec::new();
    if sheet.users {
        ways.push((
            Way::FallBack,
            "Take another user of the account instead".to_owned(),
        ));
    } else {
        if guessed > 0 {
            let text = match (guessed, sheet.values.len()) {
                (1, 1) => "Take the guess".to_owned(),
                (some, all) if some == all => format!("Take all {some} guesses"),
                (1, all) => format!("Take the guess, leave {}", all - 1),
                (some, all) => format!("Take the {some} guesses, leave {}", all - some),
            };
            ways.push((Way::Guesses, text));
        }
        let text = match sheet.values.len() {
            1 => "Choose an option",
            _ => "Choose an option for each, one by one",
        };
        ways.push((Way::OneByOne, text.to_owned()));
    }
    if sheet.may_drop {
        ways.push((Way::Drop, "Send these leads without the field".to_owned()));
    }
    ways.push((Way::Skip, "Leave it".to_owned()));
    let choices: Vec<String> = ways.iter().map(|(_, text)| text.clone()).collect();
    let chosen = ui.prompter().select("What shall be done?", &choices, 0)?;
    Ok(match ways[chosen].0 {
        Way::Guesses => Decided::Map(guesses(sheet)),
        Way::OneByOne => one_by_one(ui, sheet)?,
        Way::FallBack => user(ui, sheet)?,
        Way::Drop => Decided::Drop,
        Way::Skip => Decided::Skip,
    })
}

fn show(ui: &Ui, sheet: &Sheet) {
    let theme = ui.theme();
    let symbols = theme.symbols();
    ui.status(format!(
        "  {} {} {}",
        theme.strong(&sheet.title),
        symbols.dot,
        match (sheet.users, sheet.options.len()) {
            (_, 0) => "its options cannot be read".to_owned(),
            (true, users) => counted(users as u64, "user"),
            (false, options) => counted(options as u64, "option"),
        }
    ));
    ui.status("");
    let shown = &sheet.values[..sheet.values.len().min(SHOWN)];
    let values = shown
        .iter()
        .map(|one| width(&clean(&one.value)))
        .max()
        .unwrap_or(0)
        .min(VALUE_WIDTH);
    for one in shown {
        let guess = match &one.guess {
            Some(guess) => theme.good(&named(sheet, guess)),
            None => theme.faint("no guess"),
        };
        let line = format!(
            "  {}  {}  {} {guess}",
            pad_left(&count(one.leads), 6),
            pad(&cut(&clean(&one.value), values, symbols.cut), values),
            symbols.arrow,
        );
        ui.status(cut(&line, ui.width(), symbols.cut));
    }
    if sheet.values.len() > SHOWN {
        ui.status(format!("          and {} more", sheet.values.len() - SHOWN));
    }
    ui.status("");
}

fn guesses(sheet: &Sheet) -> Vec<(String, String)> {
    sheet
        .values
        .iter()
        .filter_map(|one| Some((one.value.clone(), one.guess.clone()?)))
        .collect()
}

/// Each value in turn, with the guess chosen beforehand; the last choice leaves a value as it is.
fn one_by_one(ui: &Ui, sheet: &Sheet) -> Result<Decided, CommandError> {
    let mut pairs = Vec::new();
    for one in &sheet.values {
        let question = format!(
            "{:?} ({}) means",
            cut(&clean(&one.value), VALUE_WIDTH, ui.theme().symbols().cut),
            counted(one.leads, "lead")
        );
        if let Some(option) = option(ui, sheet, &question, one.guess.as_deref())? {
            pairs.push((one.value.clone(), option));
        }
    }
    Ok(match pairs.is_empty() {
        true => Decided::Skip,
        false => Decided::Map(pairs),
    })
}

fn option(
    ui: &Ui,
    sheet: &Sheet,
    question: &str,
    guess: Option<&str>,
) -> Result<Option<String>, CommandError> {
    if sheet.options.is_empty() {
        let typed = ui
            .prompter()
            .input(&format!("{question} (empty: leave it)"), Some(""))?;
        return Ok(Some(typed).filter(|typed| !typed.is_empty()));
    }
    // What is chosen beforehand stands first: of a long list only the beginning is seen. Without a guess nothing is a better
    // answer than anything.
    let is_guess = |option: &&RemoteOption| Some(option.value.as_str()) == guess;
    let guessed = sheet.options.iter().filter(is_guess).map(Some);
    let others = sheet.options.iter().filter(|option| !is_guess(option));
    let ways: Vec<Option<&RemoteOption>> = guessed.chain([None]).chain(others.map(Some)).collect();
    let choices: Vec<String> = ways
        .iter()
        .map(|way| match way {
            Some(option) => fitting(ui, &named(sheet, &option.value)),
            None => LEAVE.to_owned(),
        })
        .collect();
    let chosen = ui.prompter().select(question, &choices, 0)?;
    Ok(ways[chosen].map(|option| option.value.clone()))
}

const LEAVE: &str = "(leave it as it is)";

fn user(ui: &Ui, sheet: &Sheet) -> Result<Decided, CommandError> {
    let chosen = option(ui, sheet, "Take this user", None)?;
    // What is kept of a user is the address people know them by.
    let address = chosen.map(|value| {
        let user = sheet.options.iter().find(|option| option.value == value);
        user.filter(|user| !user.label.is_empty())
            .map_or(value, |user| user.label.clone())
    });
    Ok(address.map_or(Decided::Skip, Decided::FallBack))
}

/// An option by what people see, with what is sent where that differs.
fn named(sheet: &Sheet, value: &str) -> String {
    let option = sheet.options.iter().find(|option| option.value == value);
    match option {
        Some(option) if !option.label.is_empty() && option.label != option.value => {
            clean(&format!("{} ({})", option.label, option.value))
        }
        _ => clean(value),
    }
}

/// A choice that wraps is redrawn wrongly: a few columns are the prompt's own.
pub(super) fn fitting(ui: &Ui, text: &str) -> String {
    cut(text, ui.width().saturating_sub(4), ui.theme().symbols().cut)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ui::prompt::Answer;
    use crate::ui::{TestUi, UiOptions};

    fn sheet() -> Sheet {
        let refused = |value: &str, leads, guess: Option<&str>| Refused {
            value: value.into(),
            leads,
            guess: guess.map(str::to_owned),
        };
        let option = |value: &str, label: &str| RemoteOption {
            value: value.into(),
            label: label.into(),
        };
        Sheet {
            title: "company industry".into(),
            values: vec![
                refused("Software", 34, Some("COMPUTER_SOFTWARE")),
                refused("Space travel", 8, None),
            ],
            options: vec![
                option("COMPUTER_SOFTWARE", "Computer Software"),
                option("AVIATION_AEROSPACE", "Aviation & Aerospace"),
            ],
            may_drop: true,
            users: false,
        }
    }

    fn decide(sheet: &Sheet, answers: Vec<Answer>) -> (Decided, String) {
        let ui = TestUi::answering(UiOptions::default(), answers);
        let decided = ask(&ui.ui(), sheet).unwrap();
        (decided, ui.stderr())
    }

    fn named(text: &str) -> Answer {
        Answer::Named(text.into())
    }

    #[test]
    fn all_guesses_are_taken_at_once() {
        let (decided, told) = decide(&sheet(), vec![named("Take the guess, leave 1")]);
        assert_eq!(
            decided,
            Decided::Map(vec![("Software".into(), "COMPUTER_SOFTWARE".into())])
        );
        assert!(
            told.contains("34  Software      → Computer Software (COMPUTER_SOFTWARE)"),
            "{told}"
        );
        assert!(told.contains("8  Space travel  → no guess"), "{told}");
    }

    #[test]
    fn values_are_decided_one_by_one_and_may_be_left() {
        let (decided, _) = decide(
            &sheet(),
            vec![named("one by one"), named(LEAVE), named("Aerospace")],
        );
        assert_eq!(
            decided,
            Decided::Map(vec![("Space travel".into(), "AVIATION_AEROSPACE".into())])
        );
        let (decided, _) = decide(
            &sheet(),
            vec![named("one by one"), named(LEAVE), named(LEAVE)],
        );
        assert_eq!(decided, Decided::Skip);
    }

    #[test]
    fn leads_may_go_without_the_field_or_stay() {
        assert_eq!(decide(&sheet(), vec![named("without")]).0, Decided::Drop);
        assert_eq!(decide(&sheet(), vec![named("Leave it")]).0, Decided::Skip);
    }

    #[test]
    fn a_user_is_kept_by_the_address() {
        let mut users = sheet();
        users.users = true;
        users.options = vec![RemoteOption {
            value: "81".into(),
            label: "ann@acme.com".into(),
        }];
        let (decided, _) = decide(&users, vec![named("another user"), named("ann@")]);
        assert_eq!(decided, Decided::FallBack("ann@acme.com".into()));
    }

    #[test]
    fn options_that_cannot_be_read_are_typed() {
        let mut blind = sheet();
        blind.options.clear();
        blind.values.truncate(1);
        blind.values[0].guess = None;
        let (decided, _) = decide(&blind, vec![named("Choose"), Answer::Text("SOFT".into())]);
        assert_eq!(
            decided,
            Decided::Map(vec![("Software".into(), "SOFT".into())])
        );
    }
}
