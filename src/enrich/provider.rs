//! What a provider of data is to the waterfall: it is asked about people in batches, and answers or does not.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use jiff::Timestamp;

use crate::domain::ids::LeadId;

/// What is asked about one lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The lead.
    pub lead: LeadId,
    /// What is known of it, by field; never an empty value.
    pub fields: BTreeMap<String, String>,
    /// What is wanted: those of the provider's fields the lead lacks. Never empty.
    pub missing: BTreeSet<String>,
}

/// What a provider knows of one lead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Values by field. May tell more than was asked (the e-mail it is about): that serves as a check and fills nothing.
    pub fields: BTreeMap<String, String>,
    /// How sure it is, in percent, where it says.
    pub confidence: Option<u8>,
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It knows something.
    Found(Found),
    /// It does not know this person or company.
    Unknown,
    /// It was not asked, or would not say; the lead may be asked about another time.
    Skipped {
        /// Why, for people.
        why: String,
    },
}

/// Why a batch has no answers. What it says is for people; it holds no secret and no data of a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It does not answer, or not sensibly. Leads wait a while for it.
    #[error("it is not available: {why}")]
    Unavailable {
        /// What happened.
        why: String,
        /// When to ask again, where known.
        until: Option<Timestamp>,
    },
    /// What may be spent in a run, or in its own plan, is spent. Nobody waits for it.
    #[error("its budget is used up: {0}")]
    Budget(String),
    /// It does not accept our key. Nobody waits for it.
    #[error("it refuses the sign-in: {0}")]
    SignIn(String),
    /// Too many questions in too short a time; they are to be asked later.
    #[error("it takes no more questions for now")]
    Limit {
        /// When to ask again, where known.
        until: Option<Timestamp>,
    },
    /// Only this batch failed; the next may do better.
    #[error("{0}")]
    Other(String),
}

/// A source of what a lead lacks.
#[async_trait]
pub trait Provider: Send + Sync {
    /// The name the user gave it, unique among providers; lower case.
    fn name(&self) -> &str;

    /// The fields it can fill, by catalogue key ([`crate::domain::lead::FIELDS`]) or the name of a custom field.
    fn fields(&self) -> &BTreeSet<String>;

    /// What must be known of a lead so that it can be asked: one of these sets of fields, whole. Empty: nothing.
    fn needs(&self) -> &[BTreeSet<String>];

    /// How many leads it is asked about at once, at most. One or more.
    fn batch(&self) -> usize {
        1
    }

    /// How many batches may be on their way at the same time. One or more.
    fn concurrency(&self) -> usize {
        4
    }

    /// Asks. The answers stand in the order of the questions, one each; pacing, budget and cache are the provider's own.
    ///
    /// # Errors
    /// If the batch as a whole has no answers.
    async fn ask(&self, questions: &[Question]) -> Result<Vec<Answer>, ProviderError>;
}
