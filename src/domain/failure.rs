//! Why one lead failed, precise enough to group equal causes and to name the repair.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::category::Category;

/// Records a sentence names.
const NAMED: usize = 8;

/// The steps of an attempt, in their order. Signing in is none: a refused sign-in stands in the phase whose call was
/// refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Mapping, answers, local checks: no call.
    Prepare,
    /// The company's record.
    Company,
    /// The person's record.
    Person,
    /// Person and company joined.
    Association,
    /// Membership in the event's campaign.
    Campaign,
    /// Notes and other activities.
    Activity,
}

impl Phase {
    /// The name in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Company => "company",
            Self::Person => "person",
            Self::Association => "association",
            Self::Campaign => "campaign",
            Self::Activity => "activity",
        }
    }

    /// Reads a name of the log.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Prepare,
            Self::Company,
            Self::Person,
            Self::Association,
            Self::Campaign,
            Self::Activity,
        ]
        .into_iter()
        .find(|phase| phase.name() == name)
    }
}

/// One refusal, by the vendor or by our own check of the vendor's documented rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind.
    pub category: Category,
    /// The vendor's object whose write was refused, where one was meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The vendor's field (or, before mapping, ours).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The value that was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// A sentence for people.
    pub message: String,
    /// The vendor's own code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Records it may be instead (duplicates, ambiguity).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
}

impl Failure {
    /// A failure of a kind with a sentence and nothing else known.
    #[must_use]
    pub fn new(category: Category, message: impl Into<String>) -> Self {
        Self {
            category,
            object: None,
            field: None,
            value: None,
            message: message.into(),
            code: None,
            candidates: Vec::new(),
        }
    }

    /// The same with the field it is about.
    #[must_use]
    pub fn on_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The same with the refused value.
    #[must_use]
    pub fn with_value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// The same with the vendor's code.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The same with the records it may be instead, which the sentence ends with: `(records 12, 34)`.
    #[must_use]
    pub fn with_candidates(mut self, candidates: Vec<String>) -> Self {
        if !candidates.is_empty() {
            let named: Vec<&str> = candidates.iter().take(NAMED).map(String::as_str).collect();
            self.message = format!("{} (records {})", self.message, named.join(", "));
        }
        self.candidates = candidates;
        self
    }

    /// The same with the vendor's object.
    #[must_use]
    pub fn on_object(mut self, object: impl Into<String>) -> Self {
        self.object = Some(object.into());
        self
    }

    /// What equal causes share: leads with one key stand in one line of the board.
    ///
    /// Lengths and formats differ from lead to lead, so there the value does not count; where a closed list refuses, or an
    /// admin's own message speaks, it does.
    #[must_use]
    pub fn cause_key(&self, phase: Phase) -> [u8; 16] {
        let value = match self.category {
            Category::NoTagMapping | Category::DataValueValidation => self.value.as_deref(),
            Category::ValidationRule | Category::AutomationError => Some(self.message.as_str()),
            Category::Unexpected | Category::Connection => {
                self.code.as_deref().or(Some(self.message.as_str()))
            }
            _ => None,
        };
        let mut hash = Sha256::new();
        for part in [
            self.category.code(),
            phase.name(),
            self.object.as_deref().unwrap_or_default(),
            self.field.as_deref().unwrap_or_default(),
            value.unwrap_or_default(),
        ] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let digest = hash.finalize();
        let mut key = [0_u8; 16];
        key.copy_from_slice(&digest[..16]);
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_refused_option_is_one_cause_whatever_the_lead() {
        let failure = |value: &str| {
            Failure::new(
                Category::DataValueValidation,
                format!("{value} is not an option"),
            )
            .on_field("industry")
            .with_value(value)
        };
        assert_eq!(
            failure("Software").cause_key(Phase::Company),
            failure("Software").cause_key(Phase::Company)
        );
        assert_ne!(
            failure("Software").cause_key(Phase::Company),
            failure("Banking").cause_key(Phase::Company)
        );
        assert_ne!(
            failure("Software").cause_key(Phase::Company),
            failure("Software").cause_key(Phase::Person)
        );
    }

    #[test]
    fn a_length_is_one_cause_for_all_values() {
        let failure = |value: &str| {
            Failure::new(Category::DataTooLong, "too long")
                .on_field("jobtitle")
                .with_value(value)
        };
        assert_eq!(
            failure("a").cause_key(Phase::Prepare),
            failure("b").cause_key(Phase::Prepare)
        );
    }
}
