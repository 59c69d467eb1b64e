//! The leads of a board or a list, one at a time.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::selection::Selection;
use super::{Store, StoreError};
use crate::domain::board::{BoardState, LeadLine};
use crate::domain::ids::{LeadId, RunId};
use crate::domain::integration::Integration;
use crate::domain::lead::{Readiness, display_name};
use crate::domain::sync_state::{PreSyncReason, State};

/// A lead has a record for its company too; the one shown is the person's, and of several the one of the last push. The last two columns tell whether all events of the lead are held; most files hold no event at all.
const COLUMNS: &str = "l.id, l.first_name, l.last_name, l.email, l.company_name, l.readiness,
    r.state, r.category, r.landed, r.ignored_at IS NOT NULL, r.hold, r.message,
    (SELECT k.remote_id FROM remote_links k WHERE k.account_id = r.account_id AND k.lead_id = r.lead_id AND k.role = 'persona'
       ORDER BY k.linked_at DESC LIMIT 1),
    (SELECT t.run_id FROM attempts t WHERE t.id = r.last_attempt),
    (SELECT json_group_array(json_array(e.id, e.name) ORDER BY m.joined_at, e.id)
       FROM event_leads m JOIN events e ON e.id = m.event_id WHERE m.lead_id = r.lead_id)";
const ALL_HELD: &str = "EXISTS (SELECT 1 FROM event_leads m WHERE m.lead_id = r.lead_id) AND NOT EXISTS (
    SELECT 1 FROM event_leads m JOIN events e ON e.id = m.event_id WHERE m.lead_id = r.lead_id AND e.held_at IS NULL)";

impl Store {
    /// Gives the chosen leads of a connection's account one by one: by state and category where one is chosen, else the
    /// oldest row first.
    ///
    /// # Errors
    /// As every statement, and what `each` returns.
    pub fn lead_lines(
        &self,
        integration: &Integration,
        selection: &Selection,
        limit: Option<u64>,
        each: &mut dyn FnMut(LeadLine) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let Some(account) = &integration.account else {
            return Ok(());
        };
        let all_held = if self.any_event_held()? {
            ALL_HELD
        } else {
            "0"
        };
        let condition = selection.condition();
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, {all_held} FROM sync_records r{} JOIN leads l ON l.id = r.lead_id
             WHERE r.account_id = ?1{} ORDER BY {} LIMIT ?",
            condition.index, condition.sql, condition.order
        ))?;
        let limit = limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let parameters = std::iter::once(Value::Integer(account.id.0))
            .chain(condition.parameters)
            .chain(std::iter::once(Value::Integer(limit)));
        let mut rows = statement.query(params_from_iter(parameters))?;
        while let Some(row) = rows.next()? {
            each(self.read_line(row, integration, selection)?)?;
        }
        Ok(())
    }

    /// How many leads are chosen.
    ///
    /// # Errors
    /// As every statement.
    pub fn count_leads(
        &self,
        integration: &Integration,
        selection: &Selection,
    ) -> Result<u64, StoreError> {
        let Some(account) = &integration.account else {
            return Ok(0);
        };
        let condition = selection.condition();
        let count: i64 = self
            .connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM sync_records r{} JOIN leads l ON l.id = r.lead_id WHERE r.account_id = ?1{}",
                condition.index, condition.sql
            ))?
            .query_row(
                params_from_iter(
                    std::iter::once(Value::Integer(account.id.0)).chain(condition.parameters),
                ),
                |row| row.get(0),
            )?;
        Ok(count.unsigned_abs())
    }

    /// Whether some event is held: only then is it asked which leads wait for that.
    pub(super) fn any_event_held(&self) -> Result<bool, StoreError> {
        Ok(self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM events WHERE held_at IS NOT NULL)",
            [],
            |row| row.get(0),
        )?)
    }

    fn read_line(
        &self,
        row: &Row<'_>,
        integration: &Integration,
        selection: &Selection,
    ) -> Result<LeadLine, StoreError> {
        let lead = LeadId(row.get(0)?);
        let text = |index| row.get::<_, Option<String>>(index);
        let (first, last, email, company) = (text(1)?, text(2)?, text(3)?, text(4)?);
        let name = display_name(
            first.as_deref(),
            last.as_deref(),
            email.as_deref(),
            company.as_deref(),
        );
        let readiness = Readiness::from_name(&row.get::<_, String>(5)?);
        let stored = State::from_name(&row.get::<_, String>(6)?);
        let category: String = row.get(7)?;
        let ignored: bool = row.get(9)?;
        let hold: String = row.get(10)?;
        let all_held: bool = row.get(15)?;
        let state = match stored {
            State::Waiting if readiness == Readiness::Enriching => BoardState::Enriching,
            State::Waiting => BoardState::PreSync,
            State::Held => BoardState::Held,
            State::Failed if ignored => BoardState::Ignored,
            State::Failed => BoardState::Failed,
            State::Cleared => BoardState::Cleared,
        };
        let waits =
            (state == BoardState::PreSync).then(|| PreSyncReason::of(integration, &hold, all_held));
        let reason = match state {
            BoardState::Held => Some(hold.to_uppercase()),
            _ => waits.map(|reason| reason.code().to_owned()),
        };
        let events: Vec<(i64, String)> = serde_json::from_str(&row.get::<_, String>(14)?)?;
        let event = match selection.event {
            Some(named) => events.iter().find(|(id, _)| *id == named.0),
            None => events.last(),
        };
        Ok(LeadLine {
            id: self.ids().encode(lead),
            name,
            email,
            event: event.map(|(_, name)| name.clone()),
            events: events.iter().map(|(_, name)| name.clone()).collect(),
            state,
            category: category.parse().ok(),
            landed: row.get(8)?,
            ignored,
            record: text(12)?,
            run: row.get::<_, Option<i64>>(13)?.map(RunId),
            message: text(11)?.or_else(|| waits.map(|reason| reason.description().to_owned())),
            reason,
            lead,
        })
    }
}
