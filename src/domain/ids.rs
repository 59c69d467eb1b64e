//! Identifiers. Inside the program they are row numbers; a lead is shown to people as eight characters.
//!
//! The public id is a keyed permutation of the row number (a small Feistel network over 40 bits): it is decoded, never
//! stored or searched, so it costs no column and no index, and neighbouring leads do not share a prefix.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

macro_rules! row_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

row_id!(/// A lead's row number; people see [`LeadIds::encode`].
    LeadId);
row_id!(/// An event's number.
    EventId);
row_id!(/// A connection ever made (survives disconnect).
    IntegrationId);
row_id!(/// A vendor account (portal, org) reached through an integration; all sync state hangs on it.
    AccountId);
row_id!(/// The number people type for a run.
    RunId);
row_id!(/// One attempt to bring one lead into one account.
    AttemptId);
row_id!(/// A process's hold on leads and companies.
    ClaimId);
row_id!(/// A row of the write-ahead list of requests.
    CallId);
row_id!(/// A qualifier.
    QualifierId);
row_id!(/// A campaign of an account.
    CampaignId);

/// Bits of a public id: eight characters of five bits.
const BITS: u32 = 40;
const HALF: u32 = BITS / 2;
const HALF_MASK: u64 = (1 << HALF) - 1;
const ROUNDS: usize = 6;
/// Characters of a full public id.
pub const PUBLIC_ID_LENGTH: usize = 8;
/// The shortest prefix accepted in place of a full id.
pub const PUBLIC_ID_SHORTEST_PREFIX: usize = 4;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Turns lead row numbers into public ids and back, with the database's own key.
#[derive(Clone)]
pub struct LeadIds {
    round_keys: [u32; ROUNDS],
}

impl LeadIds {
    /// Makes the codec of one database from its `id_key` (any text).
    #[must_use]
    pub fn new(key: &str) -> Self {
        let digest = Sha256::digest(key.as_bytes());
        let mut round_keys = [0_u32; ROUNDS];
        for (round_key, bytes) in round_keys.iter_mut().zip(digest.chunks_exact(4)) {
            *round_key = bytes
                .iter()
                .fold(0, |sum, byte| (sum << 8) | u32::from(*byte));
        }
        Self { round_keys }
    }

    /// Shows a lead's row number as eight characters of Crockford base32.
    #[must_use]
    pub fn encode(&self, lead: LeadId) -> String {
        let mut value = self.permute(lead.0.unsigned_abs());
        let mut text = [b'0'; PUBLIC_ID_LENGTH];
        for slot in text.iter_mut().rev() {
            *slot = ALPHABET[usize::try_from(value & 31).unwrap_or(0)];
            value >>= 5;
        }
        text.iter().map(|byte| char::from(*byte)).collect()
    }

    /// The row number a full id stands for; `None` when the text is not an id.
    #[must_use]
    pub fn decode(&self, text: &str) -> Option<LeadId> {
        if text.len() != PUBLIC_ID_LENGTH {
            return None;
        }
        let row = self.unpermute(parse(text)?);
        i64::try_from(row).ok().map(LeadId)
    }

    /// Every row number up to `highest` whose public id starts with `prefix`; `None` when the text cannot be a prefix.
    ///
    /// Either the ids below `highest` are encoded or the completions of the prefix are decoded, whichever is less work.
    #[must_use]
    pub fn with_prefix(&self, prefix: &str, highest: LeadId) -> Option<Vec<LeadId>> {
        if !(PUBLIC_ID_SHORTEST_PREFIX..=PUBLIC_ID_LENGTH).contains(&prefix.len()) {
            return None;
        }
        let start = parse(prefix)?;
        let highest = highest.0.unsigned_abs();
        let open_bits = BITS - 5 * u32::try_from(prefix.len()).ok()?;
        let as_lead = |row: u64| i64::try_from(row).ok().map(LeadId);
        if highest < 1 << open_bits {
            return Some(
                (1..=highest)
                    .filter(|row| self.permute(*row) >> open_bits == start)
                    .filter_map(as_lead)
                    .collect(),
            );
        }
        let first = start << open_bits;
        let mut rows: Vec<u64> = (first..first + (1 << open_bits))
            .map(|value| self.unpermute(value))
            .filter(|row| (1..=highest).contains(row))
            .collect();
        rows.sort_unstable();
        Some(rows.into_iter().filter_map(as_lead).collect())
    }

    fn permute(&self, value: u64) -> u64 {
        let (mut left, mut right) = ((value >> HALF) & HALF_MASK, value & HALF_MASK);
        for key in self.round_keys {
            (left, right) = (right, left ^ Self::mix(right, key));
        }
        (left << HALF) | right
    }

    fn unpermute(&self, value: u64) -> u64 {
        let (mut left, mut right) = ((value >> HALF) & HALF_MASK, value & HALF_MASK);
        for key in self.round_keys.iter().rev() {
            (left, right) = (right ^ Self::mix(left, *key), left);
        }
        (left << HALF) | right
    }

    /// A round function needs no secrecy here, only good mixing: the id hides the order of capture, nothing more.
    fn mix(half: u64, key: u32) -> u64 {
        let mut value = (half ^ u64::from(key)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        value ^= value >> 29;
        value = value.wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (value >> 32) & HALF_MASK
    }
}

/// Reads Crockford base32, forgiving what people misread: `o` for 0, `i` and `l` for 1, any case.
fn parse(text: &str) -> Option<u64> {
    text.bytes().try_fold(0_u64, |sum, byte| {
        let upper = match byte.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let digit = ALPHABET.iter().position(|candidate| *candidate == upper)?;
        Some((sum << 5) | u64::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_id_comes_back_as_the_lead_it_stands_for() {
        let ids = LeadIds::new("some database");
        for row in [1, 2, 3, 99_999, 1_000_000, (1 << 40) - 1] {
            assert_eq!(ids.decode(&ids.encode(LeadId(row))), Some(LeadId(row)));
        }
        assert_eq!(
            ids.decode(&ids.encode(LeadId(7)).to_lowercase()),
            Some(LeadId(7))
        );
    }

    #[test]
    fn two_databases_show_one_row_under_different_ids() {
        assert_ne!(
            LeadIds::new("a").encode(LeadId(1)),
            LeadIds::new("b").encode(LeadId(1))
        );
    }

    #[test]
    fn a_prefix_finds_exactly_the_leads_that_start_with_it() {
        let ids = LeadIds::new("k");
        for highest in [500, 50_000] {
            for length in [4, 5, 6, 8] {
                let prefix = ids.encode(LeadId(321))[..length].to_owned();
                let expected: Vec<LeadId> = (1..=highest)
                    .map(LeadId)
                    .filter(|lead| ids.encode(*lead).starts_with(&prefix))
                    .collect();
                assert_eq!(ids.with_prefix(&prefix, LeadId(highest)).unwrap(), expected);
            }
        }
        assert_eq!(ids.with_prefix("abc", LeadId(9)), None);
        assert_eq!(ids.with_prefix("u!!!", LeadId(9)), None);
    }
}
