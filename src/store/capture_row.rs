//! One row of a source, read and understood, before it is known whose it is.

use std::borrow::Cow;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::domain::ids::{EventId, LeadId, QualifierId};

/// Bytes of a row's hash: enough that two rows of a million never share one by chance, and small in the index.
const HASH_LENGTH: usize = 16;

/// The kind of source that said something about a person. What a new row changes is measured against what the same kind
/// said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A file.
    File,
    /// A person at the command line.
    Manual,
    /// Mobly's own service.
    Mobly,
}

impl Channel {
    /// The word in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Manual => "manual",
            Self::Mobly => "mobly",
        }
    }

    /// The word of the source a lead first seen here belongs to.
    pub(super) fn source(self) -> &'static str {
        match self {
            Self::File | Self::Manual => "local",
            Self::Mobly => "mobly",
        }
    }
}

/// A qualifier as rows name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualifierColumn {
    /// The qualifier.
    pub id: QualifierId,
    /// Its name.
    pub name: String,
    /// The form of its name that columns are compared by ([`crate::domain::qualifier::value_key`]).
    pub name_key: String,
    /// Whether a cell holds several answers, split at `;`.
    pub multiple: bool,
    /// `qualifier:` and its name's key: how a row's content names it.
    pub content_key: String,
}

/// When a person was met: the moment, and the source's own words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met<'a> {
    /// The moment.
    pub at: Timestamp,
    /// As the source wrote it: what the content is made of, so that no rule of reading dates changes a row's hash.
    pub said: &'a str,
}

/// What a source says about one person at one event. Values are trimmed and never empty; keys are distinct.
#[derive(Debug, Clone)]
pub struct CaptureRow<'a> {
    /// The kind of source.
    pub channel: Channel,
    /// The event, if any.
    pub event: Option<EventId>,
    /// The source's own id of the person.
    pub external_id: Option<&'a str>,
    /// Fields by key, standard and custom.
    pub fields: Vec<(&'a str, Cow<'a, str>)>,
    /// A cell for each qualifier the source answers.
    pub answers: Vec<(&'a QualifierColumn, &'a str)>,
    /// The number of scans, where the source counts them.
    pub scans: Option<u32>,
    /// When the person was met, where the source tells.
    pub met: Option<Met<'a>>,
}

impl CaptureRow<'_> {
    /// The row's content: every field and value it states, sorted by field, so that neither the order of columns nor the
    /// file or its encoding matter. The event is not part of it.
    pub(super) fn content<'row>(&'row self, scans: &'row str) -> Vec<(&'row str, &'row str)> {
        let mut pairs: Vec<(&str, &str)> =
            Vec::with_capacity(self.fields.len() + self.answers.len() + 3);
        pairs.extend(
            self.fields
                .iter()
                .map(|(key, value)| (*key, value.as_ref())),
        );
        pairs.extend(
            self.answers
                .iter()
                .map(|(qualifier, cell)| (qualifier.content_key.as_str(), *cell)),
        );
        pairs.extend(self.external_id.map(|id| ("externalId", id)));
        pairs.extend(self.met.map(|met| ("capturedAt", met.said)));
        if self.scans.is_some() {
            pairs.push(("numberOfScans", scans));
        }
        pairs.sort_unstable();
        pairs
    }
}

/// What a corrected export says about a lead of ours. A cell somebody emptied takes the value away: at the revision of the
/// export the cell held it. Without a revision nobody can tell, and an empty cell says nothing.
#[derive(Debug, Clone)]
pub struct CorrectionRow<'a> {
    /// The lead.
    pub lead: LeadId,
    /// The revision it had when it was exported; `None` skips the comparison.
    pub revision: Option<i64>,
    /// Fields by key.
    pub fields: Vec<(&'a str, Cow<'a, str>)>,
    /// A cell for each qualifier.
    pub answers: Vec<(&'a QualifierColumn, &'a str)>,
    /// Fields whose cells are empty.
    pub blank: Vec<&'a str>,
    /// Qualifiers whose cells are empty.
    pub blank_answers: Vec<&'a QualifierColumn>,
}

/// The hash of a row's content.
pub(super) fn hash(content: &[(&str, &str)]) -> [u8; HASH_LENGTH] {
    let mut digest = Sha256::new();
    for (key, value) in content {
        // Lengths keep pairs apart whatever characters they hold.
        digest.update(u32::try_from(key.len()).unwrap_or(u32::MAX).to_le_bytes());
        digest.update(key);
        digest.update(u32::try_from(value.len()).unwrap_or(u32::MAX).to_le_bytes());
        digest.update(value);
    }
    let full = digest.finalize();
    let mut hash = [0_u8; HASH_LENGTH];
    hash.copy_from_slice(&full[..HASH_LENGTH]);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row<'a>(fields: &'a [(String, String)]) -> CaptureRow<'a> {
        CaptureRow {
            channel: Channel::File,
            event: None,
            external_id: None,
            fields: fields
                .iter()
                .map(|(key, value)| (key.as_str(), Cow::Borrowed(value.as_str())))
                .collect(),
            answers: Vec::new(),
            scans: None,
            met: None,
        }
    }

    proptest! {
        #[test]
        fn the_hash_does_not_depend_on_the_order_of_columns(
            fields in proptest::collection::btree_map("[a-z]{1,6}", ".{1,12}", 1..8),
            seed in any::<u64>(),
        ) {
            let straight: Vec<(String, String)> = fields.into_iter().collect();
            let mut shuffled = straight.clone();
            fastrand::Rng::with_seed(seed).shuffle(&mut shuffled);
            prop_assert_eq!(hash(&row(&straight).content("")), hash(&row(&shuffled).content("")));
        }
    }

    #[test]
    fn neighbouring_values_do_not_run_into_each_other() {
        assert_ne!(hash(&[("a", "bc")]), hash(&[("ab", "c")]));
        assert_ne!(hash(&[("a", "b"), ("c", "d")]), hash(&[("a", "bcd")]));
    }
}
