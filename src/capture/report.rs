//! What an import has to say at its end.

use serde::Serialize;

use crate::domain::ids::RunId;

/// A row that was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// The physical line it begins on, the header being 1; a sheet's row; a JSON element, the first being 1.
    pub line: u64,
    /// Why, for people.
    pub reason: String,
}

/// A value that was taken in as it stands, and may be refused by a CRM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The line of its row.
    pub line: u64,
    /// Our name of the field.
    pub field: &'static str,
    /// What is doubtful, for people.
    pub reason: String,
}

/// How a column was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnReport {
    /// The file's name for it.
    pub header: String,
    /// Ours; `None` for a column that is not read.
    pub field: Option<String>,
    /// The custom field its value goes into where another column of that field says something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differing: Option<String>,
    /// Whether that was said with `--column` for a file with the same columns before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub remembered: bool,
}

/// The import as `lead import --json` shows it. `read = created + updated + unchanged + rejected`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// The number in history.
    pub run: RunId,
    /// Nothing was kept.
    pub dry_run: bool,
    /// Data rows.
    pub read: u64,
    /// New people.
    pub created: u64,
    /// Known people something changed of.
    pub updated: u64,
    /// Rows that changed nothing.
    pub unchanged: u64,
    /// Rows that were not taken in.
    pub rejected: u64,
    /// Each of them.
    pub rejects: Vec<Reject>,
    /// Doubtful values.
    pub warnings: Vec<Warning>,
    /// The columns in the file's order.
    pub columns: Vec<ColumnReport>,
}

impl ImportReport {
    /// Nothing read yet.
    pub(super) fn new(run: RunId, dry_run: bool, columns: Vec<ColumnReport>) -> Self {
        Self {
            run,
            dry_run,
            read: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            rejected: 0,
            rejects: Vec::new(),
            warnings: Vec::new(),
            columns,
        }
    }
}

/// A value as a reason quotes it: short, in one line.
pub(super) fn quoted(value: &str) -> String {
    const SHOWN: usize = 40;
    let flat: String = value
        .chars()
        .take(SHOWN)
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    let more = if value.chars().nth(SHOWN).is_some() {
        "…"
    } else {
        ""
    };
    format!("\"{flat}{more}\"")
}
