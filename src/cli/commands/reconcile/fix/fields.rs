//! Fix Missing Field Mapping, Fix Data Format Mapping, Fix Field Length: another field, or less.

use super::values::fitting;
use crate::cli::command_error::CommandError;
use crate::domain::remote::RemoteField;
use crate::ui::Ui;
use crate::ui::format::{clean, count, counted, pad, width};

/// The widest a label is shown beside a field's name.
const LABEL_WIDTH: usize = 34;

/// A field that is gone or refuses what it gets.
#[derive(Debug, Clone)]
pub(super) struct Sheet<'a> {
    /// What fills it and where to, in words.
    pub(super) title: String,
    /// What is wrong.
    pub(super) wrong: String,
    /// Fields that take what this one does not, the likeliest first.
    pub(super) takers: Vec<&'a RemoteField>,
    /// What else can be done.
    pub(super) others: Vec<Way>,
}

/// What somebody decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decided {
    /// Fill this field instead.
    Another(String),
    /// One of the others.
    Other(Way),
}

/// Repairs that need no other field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Shorten what is too long.
    Truncate,
    /// Send refused values not at all.
    Drop,
    /// Fill the field no more.
    Clear,
    /// Correct the leads.
    Edit,
    /// Leave it.
    Skip,
}

impl Way {
    fn text(self) -> &'static str {
        match self {
            Self::Truncate => "Shorten what is too long",
            Self::Drop => "Send these leads without the field",
            Self::Clear => "Clear the row: fill it no more, for all leads",
            Self::Edit => "Correct the leads",
            Self::Skip => "Leave it",
        }
    }
}

/// Shows what is wrong and asks what to do.
///
/// # Errors
/// If the person left.
pub(super) fn ask(ui: &Ui, sheet: &Sheet<'_>) -> Result<Decided, CommandError> {
    let theme = ui.theme();
    ui.status(format!("  {}", theme.strong(&clean(&sheet.title))));
    ui.status(format!("  {}", clean(&sheet.wrong)));
    ui.status("");
    loop {
        let mut choices = Vec::new();
        if !sheet.takers.is_empty() {
            let fields = counted(sheet.takers.len() as u64, "field");
            choices.push(format!("Fill another field instead ({fields} fit)"));
        }
        let another = choices.len();
        choices.extend(sheet.others.iter().map(|way| way.text().to_owned()));
        let chosen = ui.prompter().select("What shall be done?", &choices, 0)?;
        if chosen >= another {
            return Ok(Decided::Other(sheet.others[chosen - another]));
        }
        if let Some(field) = pick(ui, "Which one?", &sheet.takers)? {
            return Ok(Decided::Another(field.name.clone()));
        }
    }
}

/// One of several fields, found by typing; `None`: none of them.
///
/// # Errors
/// If the person left.
pub(super) fn pick<'a>(
    ui: &Ui,
    question: &str,
    fields: &[&'a RemoteField],
) -> Result<Option<&'a RemoteField>, CommandError> {
    let labels = fields
        .iter()
        .map(|field| width(&clean(&field.label)))
        .max()
        .unwrap_or(0)
        .min(LABEL_WIDTH);
    let names = fields
        .iter()
        .map(|field| width(&field.name))
        .max()
        .unwrap_or(0)
        .min(LABEL_WIDTH);
    let choices: Vec<String> = fields
        .iter()
        .map(|field| {
            let length = field.max_length.map_or_else(String::new, |length| {
                format!(", up to {} characters", count(length as u64))
            });
            let label = clean(&field.label);
            let line = format!(
                "{}  {}  {}{length}",
                pad(&label, labels),
                pad(&field.name, names),
                field.kind.name()
            );
            fitting(ui, &line)
        })
        .chain(["(back)".to_owned()])
        .collect();
    let chosen = ui.prompter().select(question, &choices, 0)?;
    Ok(fields.get(chosen).copied())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::remote::RemoteKind;
    use crate::ui::prompt::Answer;
    use crate::ui::{TestUi, UiOptions};

    fn field(name: &str, label: &str) -> RemoteField {
        RemoteField {
            name: name.into(),
            label: label.into(),
            kind: RemoteKind::Text,
            max_length: Some(255),
            options: None,
            required_on_create: false,
            writable: true,
            unique: false,
            custom: false,
            opt_out: false,
            rules: Vec::new(),
        }
    }

    fn decide(takers: &[RemoteField], answers: &[&str]) -> (Decided, String) {
        let answers = answers.iter().map(|text| Answer::Named((*text).into()));
        let ui = TestUi::answering(UiOptions::default(), answers.collect());
        let sheet = Sheet {
            title: "jobTitle → contact.job_title".into(),
            wrong: "contact has no such field any more".into(),
            takers: takers.iter().collect(),
            others: vec![Way::Clear, Way::Skip],
        };
        (ask(&ui.ui(), &sheet).unwrap(), ui.stderr())
    }

    #[test]
    fn another_field_is_found_by_its_label_or_name_and_one_may_turn_back() {
        let fields = [field("jobtitle", "Job Title"), field("about", "About")];
        let (decided, told) = decide(&fields, &["2 fields fit", "jobtitle"]);
        assert_eq!(decided, Decided::Another("jobtitle".into()));
        assert!(told.contains("no such field any more"), "{told}");
        let (decided, _) = decide(&fields, &["another", "(back)", "Clear"]);
        assert_eq!(decided, Decided::Other(Way::Clear));
    }

    #[test]
    fn where_no_field_fits_none_is_offered() {
        let (decided, _) = decide(&[], &["Leave"]);
        assert_eq!(decided, Decided::Other(Way::Skip));
    }
}
