//! How leads are chosen, the same wherever leads are chosen.

/// `--state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[allow(missing_docs)]
pub enum StateValue {
    Enriching,
    PreSync,
    Held,
    Failed,
    Cleared,
    Ignored,
}

/// `--issue`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum IssueValue {
    /// Any of them
    Any,
    /// No e-mail address
    NoEmail,
    /// An address at a free-mail provider
    FreeMail,
    /// Twice here, as far as can be told
    Twice,
    /// No answer to any qualifier
    NoQualifier,
}
