//! Values a spreadsheet would take for a formula (decisions.md 24).
//!
//! Whoever opens a table of ours must not run what a stranger wrote on a badge: such a value is written with a `'` before
//! it, which the import of a table of ours takes away again.

use std::borrow::Cow;

const BEGINNINGS: [char; 4] = ['=', '+', '-', '@'];

/// A value no spreadsheet takes for a formula.
#[must_use]
pub fn harmless(value: &str) -> Cow<'_, str> {
    if value.starts_with(BEGINNINGS) {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

/// The value [`harmless`] was given.
#[must_use]
pub fn as_it_was(value: &str) -> &str {
    match value.strip_prefix('\'') {
        Some(rest) if rest.starts_with(BEGINNINGS) => rest,
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_comes_back() {
        for value in ["=1+1", "+49 1", "-1", "@x", "plain", "", "'tis", "1=1"] {
            let written = harmless(value);
            assert!(!written.starts_with(BEGINNINGS), "{written}");
            assert_eq!(as_it_was(&written), value);
        }
    }
}
