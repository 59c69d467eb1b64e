//! Addresses and domains that must never leave, kept as keyed hashes: the list tells nobody who is on it.
//!
//! The key is the file's own (`meta`), so that the hashes of one file mean nothing in another. An erased person's entry
//! names the tombstone: a source that brings the person again is not listened to.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::connection::{identity, micros, timestamp};
use super::counters::Deltas;
use super::screening::{screen_anew, suppressed_slot};
use super::{Store, StoreError, enroll};
use crate::domain::history::{Author, SetupChange};
use crate::domain::ids::{AccountId, LeadId, RunId};
use crate::domain::suppression::Entry;

/// The bytes SHA-256 works on at once (RFC 2104).
const BLOCK: usize = 64;

/// What adding or removing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SuppressionChange {
    /// Entries that were added or removed.
    pub changed: u64,
    /// Entries that stood so already.
    pub unchanged: u64,
    /// Leads that are held for it now, or wait again.
    pub leads: u64,
    /// The run of it; none where nothing changed.
    pub run: Option<RunId>,
}

/// Entries alike in kind, reason and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppressionGroup {
    /// `address` or `domain`.
    pub kind: String,
    /// Why.
    pub reason: Option<String>,
    /// The first of them.
    pub added: Timestamp,
    /// How many.
    pub count: u64,
    /// Whether they stand for people who were erased.
    pub erased: bool,
}

/// The entry that covers an address or domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppressedBy {
    /// `address` or `domain`.
    pub kind: String,
    /// The domain, where it is one: a question holds it in any case.
    pub domain: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Since when.
    pub added: Timestamp,
    /// Whether the person was erased.
    pub erased: bool,
}

impl Store {
    /// Puts entries on the list; every lead they cover is held at once, in every account.
    ///
    /// # Errors
    /// As every statement; then nothing is changed.
    pub fn suppress(
        &mut self,
        entries: &[Entry],
        reason: Option<&str>,
        author: &Author,
        now: Timestamp,
    ) -> Result<SuppressionChange, StoreError> {
        self.change_suppressions(entries, author, now, |connection, key, entry| {
            let rows = connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO suppressions (hash, kind, reason, added_at) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![hash_of(key, entry), entry.kind(), reason, micros(now)])?;
            Ok(rows == 1)
        })
    }

    /// Takes entries off the list; leads nothing else covers wait again. An erased person may be captured again.
    ///
    /// # Errors
    /// As every statement; then nothing is changed.
    pub fn unsuppress(
        &mut self,
        entries: &[Entry],
        author: &Author,
        now: Timestamp,
    ) -> Result<SuppressionChange, StoreError> {
        self.change_suppressions(entries, author, now, |connection, key, entry| {
            let hash = hash_of(key, entry);
            // What else stands for the erased person goes with the address, or the next pull would pass it by.
            connection.execute(
                "DELETE FROM suppressions WHERE kind IN ('source', 'person') AND erased_lead IN
                   (SELECT erased_lead FROM suppressions WHERE hash = ?1 AND erased_lead IS NOT NULL)",
                params![hash],
            )?;
            let rows = connection
                .prepare_cached("DELETE FROM suppressions WHERE hash = ?1")?
                .execute(params![hash])?;
            Ok(rows == 1)
        })
    }

    fn change_suppressions(
        &mut self,
        entries: &[Entry],
        author: &Author,
        now: Timestamp,
        mut change: impl FnMut(&Connection, &[u8], &Entry) -> Result<bool, StoreError>,
    ) -> Result<SuppressionChange, StoreError> {
        let (mut done, run) = self.change_setup(None, author, now, |transaction| {
            let key = key(transaction)?;
            let before = count(transaction)?;
            let mut done = SuppressionChange::default();
            let mut deltas = Deltas::default();
            for entry in entries {
                if change(transaction, key.as_bytes(), entry)? {
                    done.changed += 1;
                } else {
                    done.unchanged += 1;
                }
                // Those on the list already too: whatever kept a lead from being held, it is now.
                for lead in leads_covered(transaction, entry)? {
                    let stood = enroll::slots(transaction, lead)?;
                    screen_anew(transaction, &mut deltas, lead, now)?;
                    done.leads += u64::from(enroll::slots(transaction, lead)? != stood);
                }
            }
            deltas.apply(transaction)?;
            let after = count(transaction)?;
            let entry = SetupChange::new(
                "suppression",
                "list",
                Some(json!({ "entries": before })),
                Some(json!({ "entries": after })),
            );
            Ok((done, vec![entry]))
        })?;
        done.run = run;
        Ok(done)
    }

    /// The list in numbers: no address is kept, so none can be shown.
    ///
    /// # Errors
    /// As every statement.
    pub fn suppressions(&self) -> Result<Vec<SuppressionGroup>, StoreError> {
        let groups = self
            .connection
            .prepare_cached(
                "SELECT kind, reason, min(added_at), count(*), erased_lead IS NOT NULL FROM suppressions
                 WHERE kind IN ('address', 'domain')
                 GROUP BY kind, reason, added_at / 86400000000, 5 ORDER BY 3 DESC, kind, reason",
            )?
            .query_map([], |row| {
                Ok(SuppressionGroup {
                    kind: row.get(0)?,
                    reason: row.get(1)?,
                    added: timestamp(row.get(2)?),
                    count: row.get::<_, i64>(3)?.unsigned_abs(),
                    erased: row.get(4)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(groups)
    }

    /// What keeps an address or domain back; `None`: nothing.
    ///
    /// # Errors
    /// As every statement.
    pub fn suppressed_by(&self, entry: &Entry) -> Result<Option<SuppressedBy>, StoreError> {
        let key = key(&self.connection)?;
        let candidates = match entry {
            Entry::Address(address) => Entry::covering(address),
            Entry::Domain(domain) => Entry::covering(&format!("x@{domain}")).split_off(1),
        };
        for candidate in candidates {
            let found = self
                .connection
                .prepare_cached(
                    "SELECT reason, added_at, erased_lead IS NOT NULL FROM suppressions WHERE hash = ?1",
                )?
                .query_row(params![hash_of(key.as_bytes(), &candidate)], |row| {
                    Ok(SuppressedBy {
                        kind: candidate.kind().to_owned(),
                        domain: match &candidate {
                            Entry::Domain(domain) => Some(domain.clone()),
                            Entry::Address(_) => None,
                        },
                        reason: row.get(0)?,
                        added: timestamp(row.get(1)?),
                        erased: row.get(2)?,
                    })
                })
                .optional()?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}

/// Whether the list covers an address.
pub(super) fn covers(connection: &Connection, email_key: &str) -> Result<bool, StoreError> {
    if count(connection)? == 0 {
        return Ok(false);
    }
    let key = key(connection)?;
    let mut listed =
        connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM suppressions WHERE hash = ?1)")?;
    for entry in Entry::covering(email_key) {
        if listed.query_row(params![hash_of(key.as_bytes(), &entry)], |row| row.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Holds every waiting lead of an account that the list covers; true where there was one. The counters are the caller's
/// business.
pub(super) fn hold_all(connection: &Connection, account: AccountId) -> Result<bool, StoreError> {
    if count(connection)? == 0 {
        return Ok(false);
    }
    let leads: Vec<(i64, String)> = connection
        .prepare(
            "SELECT l.id, l.email_key FROM sync_records r JOIN leads l ON l.id = r.lead_id
             WHERE r.account_id = ?1 AND r.state = 'waiting' AND l.email_key IS NOT NULL",
        )?
        .query_map([account.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let slot = suppressed_slot();
    let mut any = false;
    for (lead, email) in leads {
        if covers(connection, &email)? {
            connection
                .prepare_cached("UPDATE sync_records SET state = ?3, hold = ?4 WHERE account_id = ?1 AND lead_id = ?2")?
                .execute(params![account.0, lead, slot.state, slot.detail])?;
            any = true;
        }
    }
    Ok(any)
}

/// What tells an erased person that comes again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traces<'a> {
    pub(super) email_key: Option<&'a str>,
    pub(super) person_key: Option<&'a str>,
    pub(super) external_id: Option<&'a str>,
}

impl Traces<'_> {
    fn hashes(&self, key: &[u8]) -> Vec<(&'static str, [u8; 32])> {
        let mut hashes = Vec::new();
        if let Some(email) = self.email_key {
            let entry = Entry::Address(email.to_owned());
            hashes.push(("address", hash_of(key, &entry)));
        }
        let others = [
            ("source", self.external_id),
            // With an address the name alone says nothing: it may be another person.
            (
                "person",
                self.person_key.filter(|_| self.email_key.is_none()),
            ),
        ];
        for (kind, text) in others {
            hashes.extend(text.map(|text| (kind, keyed(key, kind, text))));
        }
        hashes
    }
}

/// The tombstone of an erased person that comes again.
pub(super) fn erased(
    connection: &Connection,
    traces: Traces<'_>,
) -> Result<Option<LeadId>, StoreError> {
    let any: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM suppressions INDEXED BY suppressions_erased WHERE erased_lead IS NOT NULL)",
        )?
        .query_row([], |row| row.get(0))?;
    if !any {
        return Ok(None);
    }
    let key = key(connection)?;
    let mut find = connection.prepare_cached(
        "SELECT erased_lead FROM suppressions WHERE hash = ?1 AND erased_lead IS NOT NULL",
    )?;
    for (_, hash) in traces.hashes(key.as_bytes()) {
        let found: Option<i64> = find.query_row(params![hash], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found.map(LeadId));
        }
    }
    Ok(None)
}

/// Remembers an erased person by hashes alone.
pub(super) fn remember_erased(
    connection: &Connection,
    traces: Traces<'_>,
    lead: LeadId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let key = key(connection)?;
    let mut save = connection.prepare_cached(
        "INSERT INTO suppressions (hash, kind, reason, added_at, erased_lead) VALUES (?1, ?2, 'erased', ?3, ?4)
         ON CONFLICT DO UPDATE SET erased_lead = excluded.erased_lead",
    )?;
    for (kind, hash) in traces.hashes(key.as_bytes()) {
        save.execute(params![hash, kind, micros(now), lead.0])?;
    }
    Ok(())
}

fn leads_covered(connection: &Connection, entry: &Entry) -> Result<Vec<LeadId>, StoreError> {
    let read = |sql: &str, text: String| -> Result<Vec<LeadId>, StoreError> {
        let leads = connection
            .prepare_cached(sql)?
            .query_map([text], |row| row.get(0).map(LeadId))?
            .collect::<Result<_, _>>()?;
        Ok(leads)
    };
    match entry {
        Entry::Address(address) => read("SELECT id FROM leads WHERE email_key = ?1", address.clone()),
        Entry::Domain(domain) => read(
            "SELECT id FROM leads WHERE email_key IS NOT NULL AND
               (substr(email_key, -length(?1) - 1) = '@' || ?1 OR substr(email_key, -length(?1) - 1) = '.' || ?1)",
            domain.clone(),
        ),
    }
}

fn count(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM suppressions")?
        .query_row([], |row| row.get(0))?)
}

fn key(connection: &Connection) -> Result<String, StoreError> {
    identity(connection, "suppression_key")
}

fn hash_of(key: &[u8], entry: &Entry) -> [u8; 32] {
    keyed(key, entry.kind(), entry.text())
}

fn keyed(key: &[u8], kind: &str, text: &str) -> [u8; 32] {
    hmac(key, &[kind, ":", text])
}

/// HMAC-SHA256 (RFC 2104) of texts one after the other; the key is shorter than a block.
fn hmac(key: &[u8], parts: &[&str]) -> [u8; 32] {
    let padded = |with: u8| {
        let mut block = [with; BLOCK];
        for (byte, key) in block.iter_mut().zip(key) {
            *byte ^= key;
        }
        block
    };
    let mut inner = Sha256::new_with_prefix(padded(0x36));
    for part in parts {
        inner.update(part);
    }
    Sha256::new()
        .chain_update(padded(0x5c))
        .chain_update(inner.finalize())
        .finalize()
        .into()
}

#[cfg(test)]
#[path = "suppressions_tests.rs"]
mod tests;
