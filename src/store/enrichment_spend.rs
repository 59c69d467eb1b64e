//! What providers answered before, and what asking them has cost.

use std::collections::HashMap;

use jiff::Timestamp;
use ring::hmac;
use rusqlite::{OptionalExtension, params};

use super::connection::micros;
use super::transaction::begin;
use super::{Store, StoreError};
use crate::domain::ids::LeadId;

/// What was asked and paid on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spend {
    /// Questions that left.
    pub asked: u64,
    /// Those that may have cost something.
    pub paid: u64,
}

impl Store {
    /// Keyed hashes of questions: from the file alone nobody can tell who was asked for.
    ///
    /// # Errors
    /// As every statement.
    pub fn enrichment_question_keys(
        &self,
        provider: &str,
        questions: &[String],
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        let secret: String = self.connection.query_row(
            "SELECT value FROM meta WHERE key = 'id_key'",
            [],
            |row| row.get(0),
        )?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let keyed = |question: &String| {
            let text = format!("enrichment\n{provider}\n{question}");
            hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
        };
        Ok(questions.iter().map(keyed).collect())
    }

    /// Answers kept since a moment, by the question's key.
    ///
    /// # Errors
    /// As every statement.
    pub fn kept_enrichments(
        &self,
        provider: &str,
        keys: &[Vec<u8>],
        since: Timestamp,
    ) -> Result<HashMap<Vec<u8>, String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT answer FROM enrichment_cache WHERE provider = ?1 AND question = ?2 AND at >= ?3",
        )?;
        let mut kept = HashMap::new();
        for key in keys {
            let answer = statement
                .query_row(params![provider, key, micros(since)], |row| row.get(0))
                .optional()?;
            if let Some(answer) = answer {
                kept.insert(key.clone(), answer);
            }
        }
        Ok(kept)
    }

    /// Keeps answers. One about a lead that is gone by now is not kept.
    ///
    /// # Errors
    /// As every statement.
    pub fn keep_enrichments(
        &mut self,
        provider: &str,
        answers: &[(Vec<u8>, LeadId, String)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let transaction = begin(&self.connection)?;
        {
            let mut statement = transaction.prepare_cached(
                "INSERT INTO enrichment_cache (provider, question, lead_id, answer, at)
                 SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM leads WHERE id = ?3 AND erased_at IS NULL)
                 ON CONFLICT (provider, question) DO UPDATE SET lead_id = excluded.lead_id, answer = excluded.answer, at = excluded.at",
            )?;
            for (key, lead, answer) in answers {
                statement.execute(params![provider, key, lead.0, answer, micros(now)])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Forgets what providers answered about a lead.
    ///
    /// # Errors
    /// As every statement.
    pub fn forget_enrichments_of(&mut self, lead: LeadId) -> Result<usize, StoreError> {
        Ok(self
            .connection
            .execute("DELETE FROM enrichment_cache WHERE lead_id = ?1", [lead.0])?)
    }

    /// Takes leave to ask: counts up to `wanted` questions as paid for, no more than the day's budget has left, and says how
    /// many. In one transaction, so that two processes never spend the same.
    ///
    /// # Errors
    /// As every statement.
    pub fn reserve_enrichment(
        &mut self,
        provider: &str,
        day: &str,
        wanted: u64,
        budget: Option<u64>,
    ) -> Result<u64, StoreError> {
        let transaction = begin(&self.connection)?;
        let paid: i64 = transaction
            .query_row(
                "SELECT paid FROM enrichment_spend WHERE provider = ?1 AND day = ?2",
                [provider, day],
                |row| row.get(0),
            )
            .optional()?
            .unwrap_or(0);
        let left = budget.map_or(wanted, |budget| budget.saturating_sub(paid.unsigned_abs()));
        let granted = wanted.min(left);
        transaction.execute(
            "INSERT INTO enrichment_spend (provider, day, paid) VALUES (?1, ?2, ?3)
             ON CONFLICT (provider, day) DO UPDATE SET paid = paid + excluded.paid",
            params![provider, day, i64::try_from(granted).unwrap_or(i64::MAX)],
        )?;
        transaction.commit()?;
        Ok(granted)
    }

    /// Counts questions that were asked, and gives back those that cost nothing.
    ///
    /// # Errors
    /// As every statement.
    pub fn settle_enrichment(
        &mut self,
        provider: &str,
        day: &str,
        asked: u64,
        free: u64,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE enrichment_spend SET asked = asked + ?3, paid = max(0, paid - ?4) WHERE provider = ?1 AND day = ?2",
            params![
                provider,
                day,
                i64::try_from(asked).unwrap_or(i64::MAX),
                i64::try_from(free).unwrap_or(i64::MAX)
            ],
        )?;
        Ok(())
    }

    /// What was spent on a day.
    ///
    /// # Errors
    /// As every statement.
    pub fn enrichment_spend(&self, provider: &str, day: &str) -> Result<Spend, StoreError> {
        let spend = self
            .connection
            .prepare_cached(
                "SELECT asked, paid FROM enrichment_spend WHERE provider = ?1 AND day = ?2",
            )?
            .query_row([provider, day], |row| {
                Ok(Spend {
                    asked: row.get::<_, i64>(0)?.unsigned_abs(),
                    paid: row.get::<_, i64>(1)?.unsigned_abs(),
                })
            })
            .optional()?;
        Ok(spend.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn open() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("x.db")).unwrap();
        (folder, store)
    }

    #[test]
    fn a_budget_is_never_granted_twice() {
        let (_folder, mut store) = open();
        assert_eq!(
            store
                .reserve_enrichment("x", "2026-03-02", 7, Some(10))
                .unwrap(),
            7
        );
        assert_eq!(
            store
                .reserve_enrichment("x", "2026-03-02", 7, Some(10))
                .unwrap(),
            3
        );
        assert_eq!(
            store
                .reserve_enrichment("x", "2026-03-02", 7, Some(10))
                .unwrap(),
            0
        );
        store.settle_enrichment("x", "2026-03-02", 10, 4).unwrap();
        let spend = store.enrichment_spend("x", "2026-03-02").unwrap();
        assert_eq!((spend.asked, spend.paid), (10, 6));
        assert_eq!(
            store
                .reserve_enrichment("x", "2026-03-02", 7, Some(10))
                .unwrap(),
            4
        );
        assert_eq!(
            store
                .reserve_enrichment("x", "2026-03-03", 7, Some(10))
                .unwrap(),
            7,
            "another day"
        );
        assert_eq!(
            store
                .reserve_enrichment("y", "2026-03-02", 7, None)
                .unwrap(),
            7,
            "another provider"
        );
    }

    #[test]
    fn a_question_is_kept_as_a_hash_of_this_file() {
        let (_one, here) = open();
        let (_other, there) = open();
        let question = ["ann@acme.com".to_owned()];
        let key = here.enrichment_question_keys("x", &question).unwrap();
        assert_eq!(key, here.enrichment_question_keys("x", &question).unwrap());
        assert_ne!(key, here.enrichment_question_keys("y", &question).unwrap());
        assert_ne!(key, there.enrichment_question_keys("x", &question).unwrap());
    }
}
