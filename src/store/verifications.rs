//! Reading back: what Cleared leads should hold at an account, and what earlier readings found.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use super::connection::{micros, timestamp};
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, EventId, LeadId, RunId};
use crate::domain::lead::display_name;
use crate::domain::verification::{KeptVerification, VerifyCounts};

/// The leads a reading takes, in portions.
#[derive(Debug, Clone, Copy, Default)]
pub struct ClearedScope {
    /// Of this event.
    pub event: Option<EventId>,
    /// This one.
    pub lead: Option<LeadId>,
    /// Those after this one.
    pub after: Option<LeadId>,
}

/// A Cleared lead and the records it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearedLead {
    /// The lead.
    pub lead: LeadId,
    /// First and last name as captured.
    pub first_last: (String, String),
    /// How people call it.
    pub name: String,
    /// Its address in key form.
    pub email_key: Option<String>,
    /// The person's object and record; `None`: it was never told.
    pub person: Option<(String, String)>,
    /// The company's.
    pub company: Option<(String, String)>,
}

/// What we last wrote to one field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenField {
    /// The value.
    pub value: Value,
    /// What it held before: null of a new record; `None`: nobody knows.
    pub before: Option<Value>,
    /// When that was answered.
    pub at: Timestamp,
}

/// A membership we made, with the campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenMembership {
    /// The lead.
    pub lead: LeadId,
    /// The campaign's id at the vendor.
    pub campaign: String,
    /// Its name.
    pub name: String,
    /// The person's object and record.
    pub person: (String, String),
    /// The status we gave.
    pub status: Option<String>,
}

const CLEARED: &str = "SELECT r.lead_id, l.first_name, l.last_name, l.email, l.company_name, l.email_key,
    (SELECT json_array(k.object, k.remote_id) FROM remote_links k WHERE k.account_id = r.account_id AND k.lead_id = r.lead_id
       AND k.role = 'persona' ORDER BY k.linked_at DESC LIMIT 1),
    (SELECT json_array(k.object, k.remote_id) FROM remote_links k WHERE k.account_id = r.account_id AND k.lead_id = r.lead_id
       AND k.role = 'company' ORDER BY k.linked_at DESC LIMIT 1)
  FROM sync_records r INDEXED BY sync_queue JOIN leads l ON l.id = r.lead_id
  WHERE r.account_id = ?1 AND r.state = 'cleared' AND r.category = '' AND r.lead_id > ?2 AND (?3 IS NULL OR r.lead_id = ?3)
    AND (?4 IS NULL OR EXISTS (SELECT 1 FROM event_leads e WHERE e.event_id = ?4 AND e.lead_id = r.lead_id))
  ORDER BY r.lead_id LIMIT ?5";

impl Store {
    /// How many Cleared leads a reading takes.
    ///
    /// # Errors
    /// As every statement.
    pub fn count_cleared(
        &self,
        account: AccountId,
        scope: ClearedScope,
    ) -> Result<u64, StoreError> {
        let count: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM sync_records r INDEXED BY sync_queue
                 WHERE r.account_id = ?1 AND r.state = 'cleared' AND r.category = '' AND (?2 IS NULL OR r.lead_id = ?2)
                   AND (?3 IS NULL OR EXISTS (SELECT 1 FROM event_leads e WHERE e.event_id = ?3 AND e.lead_id = r.lead_id))",
            )?
            .query_row(
                params![
                    account.0,
                    scope.lead.map(|lead| lead.0),
                    scope.event.map(|event| event.0)
                ],
                |row| row.get(0),
            )?;
        Ok(count.unsigned_abs())
    }

    /// A portion of the Cleared leads, by their rows.
    ///
    /// # Errors
    /// As every statement.
    pub fn cleared_leads(
        &self,
        account: AccountId,
        scope: ClearedScope,
        limit: u64,
    ) -> Result<Vec<ClearedLead>, StoreError> {
        let mut statement = self.connection.prepare_cached(CLEARED)?;
        let mut rows = statement.query(params![
            account.0,
            scope.after.map_or(0, |lead| lead.0),
            scope.lead.map(|lead| lead.0),
            scope.event.map(|event| event.0),
            i64::try_from(limit).unwrap_or(i64::MAX)
        ])?;
        let mut leads = Vec::new();
        while let Some(row) = rows.next()? {
            let text = |index| row.get::<_, Option<String>>(index);
            let (first, last, email, company) = (text(1)?, text(2)?, text(3)?, text(4)?);
            let place = |json: Option<String>| -> Result<Option<(String, String)>, StoreError> {
                Ok(json.as_deref().map(serde_json::from_str).transpose()?)
            };
            leads.push(ClearedLead {
                lead: LeadId(row.get(0)?),
                name: display_name(
                    first.as_deref(),
                    last.as_deref(),
                    email.as_deref(),
                    company.as_deref(),
                ),
                first_last: (first.unwrap_or_default(), last.unwrap_or_default()),
                email_key: text(5)?,
                person: place(text(6)?)?,
                company: place(text(7)?)?,
            });
        }
        Ok(leads)
    }

    /// What we last wrote to each field of these records, by record and field; what was taken back again does not count.
    ///
    /// # Errors
    /// As every statement.
    pub fn written_fields(
        &self,
        account: AccountId,
        object: &str,
        remote_ids: &[String],
    ) -> Result<HashMap<String, HashMap<String, WrittenField>>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT kind = 'created', before, after, at FROM record_changes
             WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3 AND kind IN ('created', 'updated') AND undone_by IS NULL
             ORDER BY run_id, kind",
        )?;
        let mut written = HashMap::with_capacity(remote_ids.len());
        for remote_id in remote_ids {
            let mut fields: HashMap<String, WrittenField> = HashMap::new();
            let mut rows = statement.query(params![account.0, object, remote_id])?;
            while let Some(row) = rows.next()? {
                let created: bool = row.get(0)?;
                let before: Option<String> = row.get(1)?;
                let before: Option<Value> =
                    before.as_deref().map(serde_json::from_str).transpose()?;
                let at = timestamp(row.get(3)?);
                let after: String = row.get(2)?;
                let Value::Object(after) = serde_json::from_str(&after)? else {
                    continue;
                };
                for (field, value) in after {
                    let before = match (&before, created) {
                        (_, true) => Some(Value::Null),
                        (Some(before), false) => {
                            Some(before.get(&field).cloned().unwrap_or_default())
                        }
                        (None, false) => None,
                    };
                    fields.insert(field, WrittenField { value, before, at });
                }
            }
            if !fields.is_empty() {
                written.insert(remote_id.clone(), fields);
            }
        }
        Ok(written)
    }

    /// The memberships we made of these leads.
    ///
    /// # Errors
    /// As every statement.
    pub fn written_memberships(
        &self,
        account: AccountId,
        leads: &[LeadId],
    ) -> Result<Vec<WrittenMembership>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.remote_id, c.name, m.object, m.person_id, m.status FROM memberships m JOIN campaigns c ON c.id = m.campaign_id
             WHERE m.lead_id = ?1 AND c.account_id = ?2 AND c.kind = 'campaign'",
        )?;
        let mut memberships = Vec::new();
        for lead in leads {
            let rows = statement.query_map([lead.0, account.0], |row| {
                Ok(WrittenMembership {
                    lead: *lead,
                    campaign: row.get(0)?,
                    name: row.get(1)?,
                    person: (row.get(2)?, row.get(3)?),
                    status: row.get(4)?,
                })
            })?;
            for row in rows {
                memberships.push(row?);
            }
        }
        Ok(memberships)
    }

    /// Keeps what a reading of a whole scope found.
    ///
    /// # Errors
    /// As every statement.
    pub fn keep_verification(
        &mut self,
        account: AccountId,
        event: Option<EventId>,
        kept: &KeptVerification,
    ) -> Result<(), StoreError> {
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let counts = kept.counts;
        self.connection
            .prepare_cached(
                "INSERT INTO verifications (run_id, account_id, event_id, at, checked, same, missing, merged, changed_since, not_written)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                kept.run.0,
                account.0,
                event.map_or(0, |event| event.0),
                micros(kept.at),
                number(counts.checked),
                number(counts.same),
                number(counts.missing),
                number(counts.merged),
                number(counts.changed_since),
                number(counts.not_written)
            ])?;
        Ok(())
    }

    /// The last reading of exactly this scope.
    ///
    /// # Errors
    /// As every statement.
    pub fn last_verification(
        &self,
        account: AccountId,
        event: Option<EventId>,
    ) -> Result<Option<KeptVerification>, StoreError> {
        let number =
            |row: &rusqlite::Row<'_>, index| row.get::<_, i64>(index).map(i64::unsigned_abs);
        Ok(self
            .connection
            .prepare_cached(
                "SELECT run_id, at, checked, same, missing, merged, changed_since, not_written FROM verifications
                 WHERE account_id = ?1 AND event_id = ?2 ORDER BY at DESC, run_id DESC LIMIT 1",
            )?
            .query_row(params![account.0, event.map_or(0, |event| event.0)], |row| {
                Ok(KeptVerification {
                    run: RunId(row.get(0)?),
                    at: timestamp(row.get(1)?),
                    counts: VerifyCounts {
                        checked: number(row, 2)?,
                        same: number(row, 3)?,
                        missing: number(row, 4)?,
                        merged: number(row, 5)?,
                        changed_since: number(row, 6)?,
                        not_written: number(row, 7)?,
                    },
                })
            })
            .optional()?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::store::fixtures;

    fn write(store: &Store, run: i64, kind: &str, before: Option<Value>, after: &Value) {
        store
            .connection
            .execute(
                "INSERT OR IGNORE INTO runs (id, command, trigger, started_at) VALUES (?1, 'sync', 'auto', 0)",
                [run],
            )
            .unwrap();
        store
            .connection
            .execute(
                "INSERT INTO record_changes (run_id, account_id, object, remote_id, kind, before, after, at)
                 VALUES (?1, 1, 'contact', '7', ?2, ?3, ?4, ?5)",
                params![run, kind, before.map(|value| value.to_string()), after.to_string(), run],
            )
            .unwrap();
    }

    #[test]
    fn the_last_word_on_each_field_counts_with_what_was_there_before_it() {
        let mut store = Store::in_memory().unwrap();
        let integration = fixtures::crm(&mut store);
        let account = fixtures::account(&integration);
        assert_eq!(account.0, 1);
        write(
            &store,
            101,
            "created",
            None,
            &json!({"title": "CEO", "city": "Bonn"}),
        );
        let before = Some(json!({"title": "Chief"}));
        write(&store, 102, "updated", before, &json!({"title": "CTO"}));
        let written = store
            .written_fields(account, "contact", &["7".into(), "8".into()])
            .unwrap();
        assert_eq!(written.len(), 1);
        let fields = &written["7"];
        assert_eq!(fields["title"].value, "CTO");
        assert_eq!(fields["title"].before, Some(json!("Chief")));
        assert_eq!(fields["city"].before, Some(Value::Null));
        assert!(fields["title"].at > fields["city"].at);
    }

    #[test]
    fn cleared_leads_come_in_portions_and_the_scope_is_kept_apart() {
        let mut store = Store::in_memory().unwrap();
        let integration = fixtures::crm(&mut store);
        let account = fixtures::account(&integration);
        let expo = fixtures::event(&store, "Expo");
        let leads: Vec<LeadId> = (0..3)
            .map(|n| {
                let events: &[EventId] = if n == 0 { &[] } else { &[expo] };
                fixtures::lead(&store, &format!("Ann{n}"), "Lee", events)
            })
            .collect();
        fixtures::seed(&mut store, account);
        for (n, lead) in leads.iter().enumerate() {
            fixtures::clear(&mut store, account, *lead, &n.to_string());
        }
        let all = ClearedScope::default();
        let first = store.cleared_leads(account, all, 2).unwrap();
        assert_eq!(first.len(), 2);
        assert_eq!(first[0].person, Some(("contact".into(), "0".into())));
        assert_eq!(first[0].company, None);
        let after = Some(first[1].lead);
        let rest = store
            .cleared_leads(account, ClearedScope { after, ..all }, 2)
            .unwrap();
        assert_eq!(rest.len(), 1);
        let of_expo = ClearedScope {
            event: Some(expo),
            ..all
        };
        assert_eq!(store.count_cleared(account, all).unwrap(), 3);
        assert_eq!(store.count_cleared(account, of_expo).unwrap(), 2);

        let kept = KeptVerification {
            run: RunId(999),
            at: fixtures::now(),
            counts: VerifyCounts {
                checked: 2,
                same: 1,
                missing: 1,
                ..VerifyCounts::default()
            },
        };
        store.keep_verification(account, Some(expo), &kept).unwrap();
        assert_eq!(
            store.last_verification(account, Some(expo)).unwrap(),
            Some(kept)
        );
        assert_eq!(store.last_verification(account, None).unwrap(), None);
    }
}
