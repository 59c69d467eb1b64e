//! Fields a lead must have before it may sync, per connection and, if wanted, for one event only.
//!
//! A lead that lacks one waits (`needs-data`): it is never failed for it (decisions.md 50). One condition in SQL says what
//! lacks means, for one lead as for all of them.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde_json::json;

use super::check::recount;
use super::connection::micros;
use super::{Store, StoreError};
use crate::domain::board::NeededField;
use crate::domain::history::{Author, SetupChange};
use crate::domain::ids::{AccountId, EventId, IntegrationId, LeadId, RunId};

/// One demand: one of these fields must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Alternatives, by key.
    pub fields: Vec<String>,
    /// Only for leads of this event.
    pub event: Option<EventId>,
}

impl Requirement {
    /// As it is written on the command line: `phone|mobilePhone`.
    #[must_use]
    pub fn label(&self) -> String {
        self.fields.join("|")
    }

    /// Whether a lead lacks it, over `leads l`.
    fn lacking(&self) -> String {
        let mut parts: Vec<String> = self.fields.iter().map(|field| is_empty(field)).collect();
        if let Some(event) = self.event {
            parts.push(format!(
                "EXISTS (SELECT 1 FROM event_leads q WHERE q.lead_id = l.id AND q.event_id = {event})"
            ));
        }
        format!("({})", parts.join(" AND "))
    }
}

/// Whether a field of `leads l` is empty. Values are stored trimmed and never empty.
fn is_empty(field: &str) -> String {
    let column = match field {
        "email" => "l.email",
        "firstName" => "l.first_name",
        "lastName" => "l.last_name",
        "companyName" => "l.company_name",
        "companyDomain" => "l.company_domain",
        _ => {
            let text = field.replace('\'', "''");
            return if field.contains(['"', '\\']) {
                // A path of JSON cannot spell these.
                format!("NOT EXISTS (SELECT 1 FROM json_each(l.fields) f WHERE f.key = '{text}')")
            } else {
                format!("json_extract(l.fields, '$.\"{text}\"') IS NULL")
            };
        }
    };
    format!("{column} IS NULL")
}

/// What adding or removing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RequirementChange {
    /// Demands that were added or removed.
    pub changed: u64,
    /// Leads that wait for data now.
    pub waiting: u64,
    /// The run of it; none where nothing changed.
    pub run: Option<RunId>,
}

impl Store {
    /// The demands of a connection, the general ones first.
    ///
    /// # Errors
    /// As every statement.
    pub fn requirements(&self, integration: IntegrationId) -> Result<Vec<Requirement>, StoreError> {
        of_integration(&self.connection, integration)
    }

    /// Adds demands; leads that lack one wait for it from now on.
    ///
    /// # Errors
    /// As every statement; then nothing is changed.
    pub fn add_requirements(
        &mut self,
        integration: IntegrationId,
        new: &[Requirement],
        author: &Author,
        now: Timestamp,
    ) -> Result<RequirementChange, StoreError> {
        self.change_requirements(integration, new, true, author, now)
    }

    /// Takes demands away; leads that waited for nothing else are due.
    ///
    /// # Errors
    /// As every statement; then nothing is changed.
    pub fn remove_requirements(
        &mut self,
        integration: IntegrationId,
        old: &[Requirement],
        author: &Author,
        now: Timestamp,
    ) -> Result<RequirementChange, StoreError> {
        self.change_requirements(integration, old, false, author, now)
    }

    fn change_requirements(
        &mut self,
        integration: IntegrationId,
        chosen: &[Requirement],
        wanted: bool,
        author: &Author,
        now: Timestamp,
    ) -> Result<RequirementChange, StoreError> {
        let (mut done, run) = self.change_setup(Some(integration), author, now, |transaction| {
            let mut changes = Vec::new();
            for requirement in chosen {
                let fields = serde_json::to_string(&requirement.fields)?;
                let event = requirement.event.map(|event| event.0);
                let rows = if wanted {
                    transaction.execute(
                        "INSERT OR IGNORE INTO requirements (integration_id, event_id, fields, added_at) VALUES (?1, ?2, ?3, ?4)",
                        params![integration.0, event, fields, micros(now)],
                    )?
                } else {
                    transaction.execute(
                        "DELETE FROM requirements WHERE integration_id = ?1 AND event_id IS ?2 AND fields = ?3",
                        params![integration.0, event, fields],
                    )?
                };
                if rows > 0 {
                    let it = Some(json!({ "fields": requirement.fields, "event": event }));
                    let key = match event {
                        Some(event) => format!("{} (event {event})", requirement.label()),
                        None => requirement.label(),
                    };
                    let (before, after) = if wanted { (None, it) } else { (it, None) };
                    changes.push(SetupChange::new("requirement", key, before, after));
                }
            }
            let mut done = RequirementChange {
                changed: changes.len() as u64,
                ..RequirementChange::default()
            };
            for account in accounts_of(transaction, integration)? {
                done.waiting += restate(transaction, account, now)?;
            }
            Ok((done, changes))
        })?;
        done.run = run;
        Ok(done)
    }

    /// Which demands a lead does not meet in an account, in words.
    ///
    /// # Errors
    /// As every statement.
    pub fn lacking(&self, account: AccountId, lead: LeadId) -> Result<Vec<String>, StoreError> {
        let mut lacking = Vec::new();
        for requirement in of_account(&self.connection, account)? {
            if holds(&self.connection, &requirement.lacking(), lead)? {
                lacking.push(requirement.label());
            }
        }
        Ok(lacking)
    }

    /// What the leads that wait for data lack, the most frequent first; a lead may lack several.
    pub(super) fn needed_fields(
        &self,
        account: AccountId,
        event: Option<EventId>,
    ) -> Result<Vec<NeededField>, StoreError> {
        let requirements = of_account(&self.connection, account)?;
        if requirements.is_empty() {
            return Ok(Vec::new());
        }
        let sums: Vec<String> = requirements
            .iter()
            .map(|requirement| format!("total({})", requirement.lacking()))
            .collect();
        let member = match event {
            Some(event) => format!(
                " AND EXISTS (SELECT 1 FROM event_leads e WHERE e.event_id = {event} AND e.lead_id = l.id)"
            ),
            None => String::new(),
        };
        let sql = format!(
            "SELECT {} FROM sync_records r INDEXED BY sync_needs_data CROSS JOIN leads l ON l.id = r.lead_id
             WHERE r.account_id = ?1 AND r.hold = 'needs-data' AND r.state = 'waiting'{member}",
            sums.join(", ")
        );
        let counts: Vec<f64> = self.connection.query_row(&sql, [account.0], |row| {
            (0..requirements.len())
                .map(|index| row.get(index))
                .collect()
        })?;
        let mut needed: Vec<NeededField> = Vec::new();
        for (requirement, count) in requirements.iter().zip(counts) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            // whole numbers of leads
            let count = count as u64;
            let field = requirement.label();
            // One demanded in general and of an event is one line; the larger number holds both.
            match needed.iter_mut().find(|known| known.field == field) {
                Some(known) => known.count = known.count.max(count),
                None if count > 0 => needed.push(NeededField { field, count }),
                None => {}
            }
        }
        needed.sort_by(|left, right| (right.count, &left.field).cmp(&(left.count, &right.field)));
        Ok(needed)
    }
}

/// Whether a lead lacks something its account demands.
pub(super) fn lacks(
    connection: &Connection,
    account: AccountId,
    lead: LeadId,
) -> Result<bool, StoreError> {
    match condition(connection, account)? {
        Some(lacking) => holds(connection, &lacking, lead),
        None => Ok(false),
    }
}

fn holds(connection: &Connection, lacking: &str, lead: LeadId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM leads l WHERE l.id = ?1 AND ({lacking}))"
        ))?
        .query_row([lead.0], |row| row.get(0))?)
}

/// Whether a lead lacks something, over `leads l`; `None` where nothing is demanded.
pub(super) fn condition(
    connection: &Connection,
    account: AccountId,
) -> Result<Option<String>, StoreError> {
    let all: Vec<String> = of_account(connection, account)?
        .iter()
        .map(Requirement::lacking)
        .collect();
    Ok((!all.is_empty()).then(|| all.join(" OR ")))
}

/// Goes over all waiting leads of an account; gives how many wait for data now.
pub(super) fn restate(
    connection: &Connection,
    account: AccountId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let lacking = condition(connection, account)?.unwrap_or_else(|| "0".to_owned());
    let lifted = connection.execute(
        &format!(
            "UPDATE sync_records INDEXED BY sync_needs_data SET hold = '', changed_at = ?2
             WHERE account_id = ?1 AND hold = 'needs-data' AND state = 'waiting'
               AND NOT EXISTS (SELECT 1 FROM leads l WHERE l.id = lead_id AND ({lacking}))"
        ),
        params![account.0, micros(now)],
    )?;
    let set = if lacking == "0" {
        0
    } else {
        connection.execute(
            &format!(
                "UPDATE sync_records INDEXED BY sync_queue SET hold = 'needs-data', changed_at = ?2
                 WHERE account_id = ?1 AND state = 'waiting' AND hold IN ('', 'waiting-for-crm')
                   AND EXISTS (SELECT 1 FROM leads l WHERE l.id = lead_id AND ({lacking}))"
            ),
            params![account.0, micros(now)],
        )?
    };
    if lifted + set > 0 {
        recount(connection, account)?;
    }
    let waiting: i64 = connection.query_row(
        "SELECT count(*) FROM sync_records INDEXED BY sync_needs_data WHERE account_id = ?1 AND hold = 'needs-data'",
        [account.0],
        |row| row.get(0),
    )?;
    Ok(waiting.unsigned_abs())
}

/// An event goes, and what was demanded of its leads with it; the accounts to go over once it is gone.
pub(super) fn forget_event(
    connection: &Connection,
    event: EventId,
) -> Result<Vec<AccountId>, StoreError> {
    let accounts = connection
        .prepare_cached(
            "SELECT DISTINCT a.id FROM requirements q JOIN accounts a ON a.integration_id = q.integration_id WHERE q.event_id = ?1",
        )?
        .query_map([event.0], |row| row.get(0).map(AccountId))?
        .collect::<Result<_, _>>()?;
    connection.execute("DELETE FROM requirements WHERE event_id = ?1", [event.0])?;
    Ok(accounts)
}

fn accounts_of(
    connection: &Connection,
    integration: IntegrationId,
) -> Result<Vec<AccountId>, StoreError> {
    let accounts = connection
        .prepare_cached("SELECT id FROM accounts WHERE integration_id = ?1")?
        .query_map([integration.0], |row| row.get(0).map(AccountId))?
        .collect::<Result<_, _>>()?;
    Ok(accounts)
}

pub(super) fn of_integration(
    connection: &Connection,
    integration: IntegrationId,
) -> Result<Vec<Requirement>, StoreError> {
    read(
        connection,
        "SELECT fields, event_id FROM requirements WHERE integration_id = ?1 ORDER BY ifnull(event_id, 0), id",
        integration.0,
    )
}

fn of_account(connection: &Connection, account: AccountId) -> Result<Vec<Requirement>, StoreError> {
    read(
        connection,
        "SELECT q.fields, q.event_id FROM accounts a JOIN requirements q ON q.integration_id = a.integration_id
         WHERE a.id = ?1 ORDER BY ifnull(q.event_id, 0), q.id",
        account.0,
    )
}

fn read(connection: &Connection, sql: &str, id: i64) -> Result<Vec<Requirement>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([id])?;
    let mut requirements = Vec::new();
    while let Some(row) = rows.next()? {
        requirements.push(Requirement {
            fields: serde_json::from_str(&row.get::<_, String>(0)?)?,
            event: row.get::<_, Option<i64>>(1)?.map(EventId),
        });
    }
    Ok(requirements)
}

#[cfg(test)]
#[path = "requirements_tests.rs"]
mod tests;
