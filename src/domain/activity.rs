//! Activities: what happened with a lead beside its fields (notes, calls, meetings), each sent once where the connection
//! asks for it.
//!
//! An activity is never changed once it was taken down. It has no natural key at any vendor, so it carries a marker of ours:
//! the last line of its text there, by which it is found again when an answer was lost (decisions.md 6).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ids::{ActivityId, LeadId};

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActivityKind {
    /// Something worth remembering.
    #[default]
    Note,
    /// A call.
    Call,
    /// A meeting.
    Meeting,
    /// An e-mail.
    Email,
    /// Anything else.
    Other,
}

impl ActivityKind {
    /// Every kind, in the order people read them.
    pub const ALL: [Self; 5] = [
        Self::Note,
        Self::Call,
        Self::Meeting,
        Self::Email,
        Self::Other,
    ];

    /// The word on the command line and in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Call => "call",
            Self::Meeting => "meeting",
            Self::Email => "email",
            Self::Other => "other",
        }
    }

    /// The word for people, also at a vendor.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Call => "Call",
            Self::Meeting => "Meeting",
            Self::Email => "Email",
            Self::Other => "Other",
        }
    }

    /// Reads the word; anything unknown is something else.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .unwrap_or(Self::Other)
    }
}

/// One activity of a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The row.
    pub id: ActivityId,
    /// Whose it is.
    pub lead: LeadId,
    /// Eight characters that no other activity has.
    pub marker: String,
    /// What kind of thing happened.
    pub kind: ActivityKind,
    /// What there is to say; never empty.
    pub text: String,
    /// When it happened.
    pub at: Timestamp,
    /// Who took it down, where known.
    pub author: Option<String>,
    /// The kind of source it comes from (`file`, `manual`, `mobly`).
    pub source: String,
}

/// The line that tells ours from everybody else's.
#[must_use]
pub fn marker_line(marker: &str) -> String {
    format!("mobly-sync {marker}")
}

/// A text of at most so many characters, and whether it had to be cut for that.
#[must_use]
pub fn fitting(text: &str, most: usize) -> (String, bool) {
    if text.chars().count() <= most {
        return (text.to_owned(), false);
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    (format!("{}…", kept.trim_end()), true)
}

/// The hash of what a lead sends, with its activities: a new one is a change, even where no field tells it.
#[must_use]
pub fn hash_with<'a>(hash: Vec<u8>, markers: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut sum = Sha256::new();
    sum.update(&hash);
    let mut any = false;
    for marker in markers {
        any = true;
        // No membership of a campaign hashes to a text that begins so.
        sum.update(b"activity ");
        sum.update(marker.as_bytes());
    }
    if any {
        sum.finalize()[..16].to_vec()
    } else {
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_activity_is_part_of_what_is_due() {
        let plain = vec![1, 2, 3];
        assert_eq!(hash_with(plain.clone(), std::iter::empty()), plain);
        let one = hash_with(plain.clone(), ["a1b2c3d4"].into_iter());
        let two = hash_with(plain.clone(), ["a1b2c3d4", "e5f6g7h8"].into_iter());
        assert_ne!(one, plain);
        assert_ne!(one, two);
    }

    #[test]
    fn a_text_is_cut_only_where_it_must_be_and_by_characters() {
        assert_eq!(fitting("für", 3), ("für".to_owned(), false));
        assert_eq!(fitting("größer", 4), ("grö…".to_owned(), true));
        assert_eq!(fitting("one two", 5), ("one…".to_owned(), true));
    }

    #[test]
    fn kinds_are_read_as_they_are_written() {
        for kind in ActivityKind::ALL {
            assert_eq!(ActivityKind::from_name(kind.name()), kind);
        }
        assert_eq!(ActivityKind::from_name("fax"), ActivityKind::Other);
    }
}
