//! What a name typed by a person can turn out to be.

/// One of several things a name could mean, with enough to tell it from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What to type to mean this one.
    pub id: String,
    /// What people call it.
    pub label: String,
}

/// The result of looking something up by what a person typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup<T> {
    /// Named in full, or by its id.
    Exact(T),
    /// Named by the beginning of its name or id, which nothing else shares: enough for reading, and for writing where the
    /// full name can be echoed to a person.
    Prefix(T),
    /// Nothing has this name.
    Unknown,
    /// Several have: at most [`SHOWN_CANDIDATES`] of them.
    Ambiguous(Vec<Candidate>),
}

/// How many candidates an ambiguous name lists.
pub const SHOWN_CANDIDATES: usize = 10;

impl<T> Lookup<T> {
    /// The one thing found, however it was named.
    #[must_use]
    pub fn found(self) -> Option<T> {
        match self {
            Self::Exact(found) | Self::Prefix(found) => Some(found),
            Self::Unknown | Self::Ambiguous(_) => None,
        }
    }
}
