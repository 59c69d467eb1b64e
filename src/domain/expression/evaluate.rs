//! Asking one lead.

use super::check::TextCheck;
use super::{Expression, Node, Test};
use crate::domain::board::BoardState;
use crate::domain::category::Category;
use crate::domain::lead::Lead;
use crate::domain::qualifier::value_key;

/// A lead with what stands beside it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The lead.
    pub lead: &'a Lead,
    /// Where it came from.
    pub source: &'a str,
    /// Where it stands in the account looked at.
    pub state: Option<BoardState>,
    /// What it failed with there.
    pub category: Option<Category>,
}

impl Expression {
    /// Whether it holds for a lead; the store's SQL has the same answer.
    #[must_use]
    pub fn holds(&self, candidate: &Candidate<'_>) -> bool {
        self.root.holds(candidate)
    }
}

impl Node {
    fn holds(&self, candidate: &Candidate<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(candidate)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(candidate)),
            Self::Not(part) => !part.holds(candidate),
            Self::Test(test) => test.holds(candidate),
        }
    }
}

impl Test {
    fn holds(&self, candidate: &Candidate<'_>) -> bool {
        let lead = candidate.lead;
        match self {
            Self::Field(key, check) if key == "companyDomain" => {
                let domain = lead.company_domain().map(|(domain, _)| domain);
                check.holds(domain.as_deref())
            }
            Self::Field(key, check) => check.holds(lead.field(key)),
            Self::Email(keys) => lead
                .email_key
                .as_ref()
                .is_some_and(|known| keys.contains(known)),
            Self::Name(check) => {
                let part = |key| lead.field(key).unwrap_or_default();
                check.holds(Some(&format!("{} {}", part("firstName"), part("lastName"))))
            }
            Self::Answer(qualifier, check) => {
                let mut answers = lead
                    .answers
                    .iter()
                    .filter(|answer| answer.qualifier == *qualifier);
                match check {
                    TextCheck::Empty => answers.next().is_none(),
                    TextCheck::Among(wanted) => answers.any(|answer| {
                        wanted
                            .iter()
                            .any(|text| value_key(text) == answer.value_key)
                    }),
                    check => answers.any(|answer| check.holds(Some(&answer.raw))),
                }
            }
            Self::Source(check) => check.holds(Some(candidate.source)),
            Self::Event(events) => lead.events.iter().any(|event| events.contains(&event.id)),
            Self::NoEvent => lead.events.is_empty(),
            Self::State(states) => candidate.state.is_some_and(|state| states.contains(&state)),
            Self::NoState => candidate.state.is_none(),
            Self::Category(categories) => candidate
                .category
                .is_some_and(|category| categories.contains(&category)),
            Self::NoCategory => candidate.category.is_none(),
            Self::Scans(order, number) => number.holds(f64::from(lead.scans), *order),
            Self::CapturedAt(order, span) => span.holds(lead.captured_at.as_microsecond(), *order),
        }
    }
}
