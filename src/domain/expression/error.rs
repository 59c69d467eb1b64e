//! How an expression cannot be read: the place, and what was expected there.

/// Characters of an expression shown around the place.
const SHOWN: usize = 64;

/// Why an expression cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExpressionError {
    /// What is wrong, in a sentence that starts small and has no full stop.
    pub message: String,
    /// What to write instead.
    pub hints: Vec<String>,
    /// The first character that cannot be understood, from 0.
    pub at: usize,
    /// How many of them, at least 1.
    pub length: usize,
    /// Whether a field is named that is not known: one of leads long ago may be.
    pub unknown_field: bool,
}

impl ExpressionError {
    pub(super) fn new(message: impl Into<String>, at: usize, length: usize) -> Self {
        Self {
            message: message.into(),
            hints: Vec::new(),
            at,
            length: length.max(1),
            unknown_field: false,
        }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with the names that may have been meant.
    pub(super) fn near(self, names: &[String]) -> Self {
        match names {
            [] => self,
            names => self.hint(format!("did you mean {}?", names.join(" or "))),
        }
    }

    /// The expression with a caret under the place: two lines.
    #[must_use]
    pub fn pointed(&self, text: &str) -> String {
        let characters: Vec<char> = text
            .chars()
            .map(|character| {
                if character.is_control() {
                    ' '
                } else {
                    character
                }
            })
            .collect();
        let start = if characters.len() <= SHOWN {
            0
        } else {
            self.at.saturating_sub(SHOWN / 2)
        };
        let end = (start + SHOWN).min(characters.len());
        let shown: String = characters
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .collect();
        let cut_before = if start > 0 { "…" } else { "" };
        let cut_after = if end < characters.len() { "…" } else { "" };
        let indent = self.at - start + cut_before.chars().count();
        let width = self.length.min((end + 1).saturating_sub(self.at)).max(1);
        format!(
            "{cut_before}{shown}{cut_after}\n{}{}",
            " ".repeat(indent),
            "^".repeat(width)
        )
    }
}
