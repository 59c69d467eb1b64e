//! The language leads are chosen by: `jobTitle ~ engineer and (email is empty or state = failed)`.
//!
//! It means the same wherever it is taken (`--where`). An expression is read against what the file knows ([`Vocabulary`]), so
//! that a mistyped field, event or state is an error with the nearest names and never an empty list. The store translates
//! it to SQL ([`Node`]); [`Expression::holds`] asks one lead, with the same answer.
//!
//! Rules: text is compared without regard to case and surrounding space. What an empty field is not equal to holds for it
//! too: `jobTitle != CEO` includes leads without a title. Where a lead has several of something (events, answers), a
//! comparison holds if it holds for one of them, and its opposite if it holds for none.

mod check;
mod error;
mod evaluate;
mod lexer;
mod meaning;
mod parser;
mod vocabulary;

#[cfg(test)]
mod tests;

use super::board::BoardState;
use super::category::Category;
use super::ids::{EventId, QualifierId};

pub use check::{Number, Order, Span, TextCheck, fold, moment, number};
pub use error::ExpressionError;
pub use evaluate::Candidate;
pub use vocabulary::Vocabulary;

/// An expression, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    text: String,
    root: Node,
}

/// A part of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Every part holds; of none: always.
    All(Vec<Self>),
    /// One part holds; of none: never.
    Any(Vec<Self>),
    /// The part does not hold.
    Not(Box<Self>),
    /// One comparison.
    Test(Test),
}

/// One comparison of one property. Every test is true or false of every lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Of a field, standard or custom, by key.
    Field(String, TextCheck),
    /// The address is one of these, in the form people are matched by.
    Email(Vec<String>),
    /// Of first and last name together.
    Name(TextCheck),
    /// Of the answers to a qualifier; [`TextCheck::Empty`]: it has none.
    Answer(QualifierId, TextCheck),
    /// Of where the lead came from.
    Source(TextCheck),
    /// In one of these events.
    Event(Vec<EventId>),
    /// In no event.
    NoEvent,
    /// In one of these states of the account looked at.
    State(Vec<BoardState>),
    /// In no state there.
    NoState,
    /// Failed (or ignored) there in one of these categories.
    Category(Vec<Category>),
    /// Not failed there.
    NoCategory,
    /// The number of scans.
    Scans(Order, Number),
    /// When the person was met.
    CapturedAt(Order, Span),
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// Where and why it cannot be understood, and what was expected there.
    pub fn parse(text: &str, vocabulary: &Vocabulary) -> Result<Self, ExpressionError> {
        let root = parser::parse(text, vocabulary)?;
        Ok(Self {
            text: text.trim().to_owned(),
            root,
        })
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is made of.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Whether it asks for a lead's place in an account (state, category): without a connection there is none.
    #[must_use]
    pub fn needs_place(&self) -> bool {
        self.root.needs_place()
    }
}

impl Node {
    fn needs_place(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::needs_place),
            Self::Not(part) => part.needs_place(),
            Self::Test(test) => matches!(
                test,
                Test::State(_) | Test::NoState | Test::Category(_) | Test::NoCategory
            ),
        }
    }

    fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }
}
