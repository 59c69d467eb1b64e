//! What a plan comes to, counted in the place it was rehearsed in.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension as _, params};

use super::{Store, StoreError};
use crate::domain::failure::Phase;
use crate::domain::ids::{AccountId, RunId};
use crate::domain::plan::{PlanTotals, PlannedAction};
use crate::domain::remote::RemoteKind;

impl Store {
    /// How many leads come to what, and their companies. `person`: the object made for a new person.
    ///
    /// # Errors
    /// As every statement.
    pub fn plan_totals(
        &self,
        account: AccountId,
        person: &str,
        company: Option<&str>,
        stopped: Option<&str>,
    ) -> Result<PlanTotals, StoreError> {
        let mut totals = PlanTotals::default();
        self.each_planned(account, stopped, &mut |row| {
            match row.action {
                PlannedAction::Create => totals.create += 1,
                PlannedAction::Update => totals.update += 1,
                PlannedAction::Unchanged => totals.unchanged += 1,
                PlannedAction::Fail => {
                    totals.fail += 1;
                    totals.fail_known += u64::from(row.known);
                    totals.fail_landed += u64::from(row.landed);
                    let company = row.phase.as_deref() == Some(Phase::Company.name());
                    totals.fail_company += u64::from(row.landed && company);
                }
                PlannedAction::Skip => totals.skip += 1,
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let count = |sql: &str| -> Result<u64, StoreError> {
            let number: i64 = self
                .connection
                .query_row(sql, params![company], |row| row.get(0))?;
            Ok(number.unsigned_abs())
        };
        totals.companies_created =
            count("SELECT count(*) FROM invented WHERE object = ?1 AND made = 1")?;
        totals.companies_known = count(
            "SELECT count(*) FROM (SELECT DISTINCT remote_id FROM attempt_phases WHERE name = 'company' AND object = ?1 AND remote_id IS NOT NULL
             EXCEPT SELECT remote_id FROM invented WHERE object = ?1 AND made = 1)",
        )?;
        totals.companies_changed =
            count("SELECT count(*) FROM planned_changes WHERE object = ?1 AND kind = 'updated'")?;
        totals.other_names =
            count("SELECT count(*) FROM decided_persons WHERE other_name = 1 AND ?1 IS ?1")?;
        let steps = |name: &str, action: &str| {
            count(&format!(
                "SELECT count(*) FROM attempt_phases WHERE name = '{name}' AND action = '{action}' AND ok AND ?1 IS ?1"
            ))
        };
        totals.members = steps("campaign", "create")?;
        totals.statuses = steps("campaign", "update")?;
        totals.activities = steps("activity", "create")?;
        totals.owned = self.owned(account, person)?;
        Ok(totals)
    }

    /// New people one of whose fields that take a user of the account would be filled.
    fn owned(&self, account: AccountId, person: &str) -> Result<u64, StoreError> {
        let schema = self.schema(account, person)?;
        let fields = schema.iter().flat_map(|(schema, _)| &schema.fields);
        let users = fields.filter(|field| field.kind == RemoteKind::User);
        let names: Vec<&str> = users.map(|field| field.name.as_str()).collect();
        if names.is_empty() {
            return Ok(0);
        }
        let number: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM decided_persons d JOIN sync_records r ON r.account_id = ?1 AND r.lead_id = d.lead_id
                 WHERE d.object = ?2 AND d.remote_id IS NULL AND r.state = 'cleared' AND EXISTS (SELECT 1 FROM json_each(d.fields) f
                   WHERE f.value ->> 'write' AND f.value ->> 'remote' IN (SELECT value FROM json_each(?3)))",
            )?
            .query_row(
                params![account.0, person, serde_json::to_string(&names)?],
                |row| row.get(0),
            )?;
        Ok(number.unsigned_abs())
    }

    /// The last run that came to a lead of an account, with the integration's revision it had.
    ///
    /// # Errors
    /// As every statement.
    pub fn last_pushed(&self, account: AccountId) -> Result<Option<(RunId, i64)>, StoreError> {
        let found = self
            .connection
            .query_row(
                "SELECT run_id, integration_revision FROM attempts WHERE account_id = ?1 ORDER BY id DESC LIMIT 1",
                [account.0],
                |row| Ok((RunId(row.get(0)?), row.get(1)?)),
            )
            .optional()?;
        Ok(found)
    }
}
