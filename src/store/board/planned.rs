//! Why leads of a plan would fail, grouped as the board groups those that did, read in the place the plan was rehearsed in.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};

use super::super::{Store, StoreError};
use super::causes::Counted;
use super::repairs::Lookup;
use crate::domain::category::Category;
use crate::domain::hints::HintScope;
use crate::domain::ids::{AccountId, LeadId};
use crate::domain::integration::Integration;
use crate::domain::plan::{Example, PlannedCause, PlannedFailures};

/// Leads of the place whose last attempt failed, by cause. What failed before the plan and was not come to has no attempt
/// there.
const CAUSES: &str = "SELECT r.category, r.cause, sum(r.landed), count(*), min(r.lead_id)
  FROM sync_records r JOIN attempts a ON a.id = (SELECT max(t.id) FROM attempts t WHERE t.lead_id = r.lead_id)
  WHERE r.account_id = ?1 AND a.status = 'failed' GROUP BY r.category, r.cause";

impl Store {
    /// The leads of a plan that would fail by category and cause, the most first. `event`: the one the plan is of.
    ///
    /// # Errors
    /// As every statement.
    pub fn planned_failures(
        &self,
        integration: &Integration,
        event: Option<&str>,
    ) -> Result<Vec<PlannedFailures>, StoreError> {
        let Some(account) = &integration.account else {
            return Ok(Vec::new());
        };
        let named = self.must_be_named(integration)?;
        let scope = HintScope {
            vendor: &integration.vendor,
            integration: named.then_some(integration.name.as_str()),
            event,
        };
        let mut lookup = Lookup::before_push(self, account.id, integration.id)?;
        let mut groups: BTreeMap<String, PlannedFailures> = BTreeMap::new();
        for (code, counted) in self.count_planned(account.id)? {
            let category: Category = code.parse().unwrap_or(Category::Unexpected);
            let mut cause = self.describe_cause(account.id, &counted)?;
            let example = self.example(counted.sample)?;
            lookup.settle(&mut cause, category, &example.lead, scope)?;
            let group = groups
                .entry(code)
                .or_insert_with(|| PlannedFailures::new(category));
            group.count += cause.count;
            group.causes.push(PlannedCause {
                phase: cause.phase,
                object: cause.object,
                field: cause.field,
                value: cause.value,
                message: cause.vendor_message,
                count: cause.count,
                landed: cause.landed,
                guess: cause.guess,
                fix: cause.fix.unwrap_or_default(),
                example,
            });
        }
        let mut groups: Vec<PlannedFailures> = groups.into_values().collect();
        for group in &mut groups {
            // Equal numbers stand as they were read: by cause, whatever was pushed first.
            group
                .causes
                .sort_by_key(|cause| std::cmp::Reverse(cause.count));
        }
        groups.sort_by_key(|group| (std::cmp::Reverse(group.count), group.category.code()));
        Ok(groups)
    }

    fn count_planned(&self, account: AccountId) -> Result<Vec<(String, Counted)>, StoreError> {
        let mut statement = self.connection.prepare_cached(CAUSES)?;
        let rows = statement.query_map([account.0], |row| {
            let counted = Counted {
                key: row.get::<_, Option<Vec<u8>>>(1)?.unwrap_or_default(),
                landed: row.get::<_, i64>(2)?.unsigned_abs(),
                count: row.get::<_, i64>(3)?.unsigned_abs(),
                sample: LeadId(row.get(4)?),
            };
            Ok((row.get(0)?, counted))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn example(&self, lead: LeadId) -> Result<Example, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT trim(ifnull(first_name, '') || ' ' || ifnull(last_name, '')), email FROM leads WHERE id = ?1",
            )?
            .query_row(params![lead.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (name, email) = found.unwrap_or_default();
        Ok(Example {
            lead: self.ids().encode(lead),
            name,
            email,
        })
    }
}
