//! The error categories: what kind of failure a lead met, what settles it, and which repair the board offers.
//!
//! One table for the whole program. The codes are part of the command line's contract: a category may be added, none is
//! renamed. What a vendor's raw errors map to is the vendor's own table.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a lead is Failed (or, for the last two, why an attempt was interrupted).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs)] // each variant is described by `CategoryText`, below
pub enum Category {
    NoTagMapping,
    MissingRemoteField,
    DataFormatValidation,
    DataTooLong,
    DataValueValidation,
    ValidationRule,
    AutomationError,
    Authentication,
    Connection,
    RequiredFieldMissing,
    NotEnoughData,
    DuplicateRecord,
    AmbiguousMatch,
    IdentityConflict,
    RateLimited,
    Unexpected,
}

/// The repair a board row offers; the value of `fix` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fix {
    /// Map an answer to one of the vendor's options.
    ValueMapping,
    /// Point the row at another field, or clear it.
    MissingField,
    /// Point the row at a field that takes this form.
    DataFormat,
    /// Point the row at a roomier field, or shorten.
    FieldLength,
    /// Not an error: Manual mode holds the lead.
    SyncMode,
}

/// What a category means, in words for people.
#[derive(Debug, Clone, Copy)]
pub struct CategoryText {
    /// The code.
    pub category: Category,
    /// One line for a board row.
    pub description: &'static str,
    /// Where it comes from.
    pub cause: &'static str,
    /// What settles it, in a sentence.
    pub remedy: &'static str,
    /// A command to start from; `LEAD`, `E` and the like are for the reader to fill in.
    pub command: &'static str,
    /// The in-app repair, where there is one.
    pub fix: Option<Fix>,
}

/// Every category with its text, in the order the documentation lists them.
pub const CATEGORIES: &[CategoryText] = &[
    CategoryText {
        category: Category::NoTagMapping,
        description: "an answer has no option at the vendor",
        cause: "The lead carries an answer to a mapped qualifier, and that answer is not mapped to one of the vendor's options. Found before any call is made.",
        remedy: "Map the answer to an option, then retry the category.",
        command: "mobly-sync qualifier map QUALIFIER ANSWER=OPTION",
        fix: Some(Fix::ValueMapping),
    },
    CategoryText {
        category: Category::MissingRemoteField,
        description: "a mapped field is gone, renamed, hidden or read-only at the vendor",
        cause: "The mapping names a field that the vendor no longer has, or does not let us write.",
        remedy: "Map another field or clear the row, then retry the category.",
        command: "mobly-sync mapping set FIELD REMOTE",
        fix: Some(Fix::MissingField),
    },
    CategoryText {
        category: Category::DataFormatValidation,
        description: "the value's form does not suit the field",
        cause: "For example text in a number or date field, or an address that is no e-mail address.",
        remedy: "Map to a field that takes this form, or correct the lead, then retry.",
        command: "mobly-sync lead edit LEAD --set FIELD=VALUE",
        fix: Some(Fix::DataFormat),
    },
    CategoryText {
        category: Category::DataTooLong,
        description: "longer than the field, or than a rule on it, allows",
        cause: "The field at the vendor, or an admin's rule on it, has a maximum length.",
        remedy: "Map to a roomier field, let the row shorten what it sends, or clear the row, then retry.",
        command: "mobly-sync mapping set FIELD REMOTE --truncate",
        fix: Some(Fix::FieldLength),
    },
    CategoryText {
        category: Category::DataValueValidation,
        description: "the vendor does not know the value",
        cause: "The field takes only values from a closed list, and this value is not on it.",
        remedy: "Add the option at the vendor, translate the value on its way out, or change the lead, then retry.",
        command: "mobly-sync mapping set FIELD REMOTE --value \"OURS=THEIRS\"",
        fix: None,
    },
    CategoryText {
        category: Category::ValidationRule,
        description: "a rule written by an admin at the vendor refuses the record",
        cause: "The vendor's account has a validation rule of its own; its message is shown as it was received.",
        remedy: "Correct the lead, or have the rule changed, then retry.",
        command: "mobly-sync lead edit LEAD --set FIELD=VALUE",
        fix: None,
    },
    CategoryText {
        category: Category::AutomationError,
        description: "a trigger, flow or approval at the vendor failed or blocks",
        cause: "Automation inside the vendor's account runs when a record is written, and it failed.",
        remedy: "Ask the vendor's admin, then retry.",
        command: "mobly-sync log LEAD",
        fix: None,
    },
    CategoryText {
        category: Category::Authentication,
        description: "the vendor refused the sign-in",
        cause: "The token was revoked, has expired, or its user lost access.",
        remedy: "Connect again, then retry the category.",
        command: "mobly-sync connect VENDOR",
        fix: None,
    },
    CategoryText {
        category: Category::Connection,
        description: "signed in, but we may not, or cannot, write there",
        cause: "A permission is missing, or a campaign, event or list is gone.",
        remedy: "Grant the permission named in the log (or change the campaign), then retry.",
        command: "mobly-sync log LEAD",
        fix: None,
    },
    CategoryText {
        category: Category::RequiredFieldMissing,
        description: "the vendor demands a field we do not send",
        cause: "A field was made required at the vendor, and no row of the mapping fills it.",
        remedy: "Map the field (a constant will do), or drop the demand at the vendor, then retry.",
        command: "mobly-sync mapping set --constant VALUE REMOTE",
        fix: None,
    },
    CategoryText {
        category: Category::NotEnoughData,
        description: "the lead lacks what matching or creating a record needs",
        cause: "For example neither name nor e-mail, or a mapped, required field that is empty here.",
        remedy: "Fill the field on the lead, then retry.",
        command: "mobly-sync lead edit LEAD --set email=ADDRESS",
        fix: None,
    },
    CategoryText {
        category: Category::DuplicateRecord,
        description: "the vendor's own duplicate rule or a unique field refuses",
        cause: "Another record at the vendor already holds a value that must be unique.",
        remedy: "Name the record to use, or create one all the same.",
        command: "mobly-sync reconcile --lead LEAD --adopt ID",
        fix: None,
    },
    CategoryText {
        category: Category::AmbiguousMatch,
        description: "several records fit, or an answer was lost and cannot be told apart",
        cause: "The vendor will not choose, or a record may already be there from an attempt whose answer never came.",
        remedy: "Name the record to use, or say that a new one shall be created.",
        command: "mobly-sync reconcile --lead LEAD --adopt ID",
        fix: None,
    },
    CategoryText {
        category: Category::IdentityConflict,
        description: "matched by e-mail, but both names differ",
        cause: "The record found under this address belongs to somebody of another name, and the connection holds such leads.",
        remedy: "Name the record to use, or say that a new one shall be created.",
        command: "mobly-sync reconcile --lead LEAD --adopt ID",
        fix: None,
    },
    CategoryText {
        category: Category::RateLimited,
        description: "the vendor's limit was met again and again",
        cause: "Five attempts over at least an hour were interrupted by the vendor's limits.",
        remedy: "Wait, then sync.",
        command: "mobly-sync sync",
        fix: None,
    },
    CategoryText {
        category: Category::Unexpected,
        description: "something nobody foresaw; the log has the raw answer",
        cause: "The vendor's answer fits none of the known kinds.",
        remedy: "Read the raw answer in the log; retry when its cause is gone.",
        command: "mobly-sync log LEAD",
        fix: None,
    },
];

impl Category {
    /// The category's words for people.
    #[must_use]
    pub fn text(self) -> &'static CategoryText {
        let index = CATEGORIES
            .iter()
            .position(|text| text.category == self)
            .unwrap_or(CATEGORIES.len() - 1);
        &CATEGORIES[index]
    }

    /// The code as it stands on boards and in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoTagMapping => "NO_TAG_MAPPING",
            Self::MissingRemoteField => "MISSING_REMOTE_FIELD",
            Self::DataFormatValidation => "DATA_FORMAT_VALIDATION",
            Self::DataTooLong => "DATA_TOO_LONG",
            Self::DataValueValidation => "DATA_VALUE_VALIDATION",
            Self::ValidationRule => "VALIDATION_RULE",
            Self::AutomationError => "AUTOMATION_ERROR",
            Self::Authentication => "AUTHENTICATION",
            Self::Connection => "CONNECTION",
            Self::RequiredFieldMissing => "REQUIRED_FIELD_MISSING",
            Self::NotEnoughData => "NOT_ENOUGH_DATA",
            Self::DuplicateRecord => "DUPLICATE_RECORD",
            Self::AmbiguousMatch => "AMBIGUOUS_MATCH",
            Self::IdentityConflict => "IDENTITY_CONFLICT",
            Self::RateLimited => "RATE_LIMITED",
            Self::Unexpected => "UNEXPECTED",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

impl FromStr for Category {
    type Err = UnknownCategory;

    /// Reads a code; case and `-` for `_` do not matter.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.trim().replace('-', "_").to_ascii_uppercase();
        CATEGORIES
            .iter()
            .map(|text| text.category)
            .find(|category| category.code() == wanted)
            .ok_or_else(|| UnknownCategory(text.to_owned()))
    }
}

/// A word that is no category.
#[derive(Debug, Clone, thiserror::Error)]
#[error("there is no error category {0:?}")]
pub struct UnknownCategory(pub String);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_code_reads_back_and_agrees_with_its_json_name() {
        for text in CATEGORIES {
            let code = text.category.code();
            assert_eq!(code.parse::<Category>().unwrap(), text.category);
            assert_eq!(serde_json::to_value(text.category).unwrap(), code);
            assert_eq!(text.category.text().category, text.category);
        }
        assert_eq!(CATEGORIES.len(), 16);
        assert_eq!(
            "no-tag-mapping".parse::<Category>().unwrap(),
            Category::NoTagMapping
        );
    }

    #[test]
    fn every_category_tells_a_command() {
        for text in CATEGORIES {
            assert!(text.command.starts_with("mobly-sync "), "{}", text.category);
            assert!(!text.description.ends_with('.'), "{}", text.category);
        }
    }
}
