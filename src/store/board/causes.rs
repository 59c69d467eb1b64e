//! Why leads failed: equal causes in one line, each with the command that settles it.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use sha2::{Digest, Sha256};

use super::super::connection::micros;
use super::super::selection::hex;
use super::super::{Store, StoreError};
use super::repairs::Lookup;
use super::tally::{Scope, Tally};
use crate::domain::board::{Cause, FailedGroup, GroupBy};
use crate::domain::category::Category;
use crate::domain::command_line::together;
use crate::domain::hints::{self, HintScope};
use crate::domain::ids::{AccountId, LeadId};
use crate::domain::integration::Integration;

/// The failed leads of one cause.
pub(super) struct Counted {
    pub(super) key: Vec<u8>,
    pub(super) landed: u64,
    pub(super) count: u64,
    pub(super) sample: LeadId,
}

impl Store {
    /// The failed leads of a scope by category and cause, the largest first.
    pub(super) fn failed_groups(
        &self,
        integration: &Integration,
        scope: Scope,
        hint_scope: HintScope<'_>,
        tally: &Tally,
        by: GroupBy,
    ) -> Result<Vec<FailedGroup>, StoreError> {
        if tally.failed.is_empty() {
            return Ok(Vec::new());
        }
        let mut lookup = Lookup::new(self, scope.account, integration.id)?;
        let mut causes = self.count_causes(scope)?;
        let mut groups = Vec::new();
        for (code, count) in &tally.failed {
            let category: Category = code.parse().unwrap_or(Category::Unexpected);
            let mut found = Vec::new();
            for counted in causes.remove(code).unwrap_or_default() {
                let mut cause = self.describe_cause(scope.account, &counted)?;
                let sample = self.ids().encode(counted.sample);
                lookup.settle(&mut cause, category, &sample, hint_scope)?;
                found.push(cause);
            }
            sort(&mut found);
            let fixes = found.iter().filter_map(|cause| cause.fix.as_deref());
            let commands = together(fixes);
            let hint = commands
                .first()
                .cloned()
                .unwrap_or_else(|| hints::category(category, hint_scope, None));
            groups.push(FailedGroup {
                category,
                description: category.text().description.to_owned(),
                count: *count,
                fix: category.text().fix,
                hint: Some(hint),
                commands,
                causes: regroup(found, by),
            });
        }
        groups.sort_by(|left, right| {
            (right.count, left.category.code()).cmp(&(left.count, right.category.code()))
        });
        number(&mut groups);
        Ok(groups)
    }

    fn count_causes(&self, scope: Scope) -> Result<BTreeMap<String, Vec<Counted>>, StoreError> {
        let (sql, parameters) = causes_sql(scope);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&parameters))?;
        let mut causes: BTreeMap<String, Vec<Counted>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            causes.entry(row.get(0)?).or_default().push(Counted {
                key: row.get::<_, Option<Vec<u8>>>(1)?.unwrap_or_default(),
                landed: row.get::<_, i64>(2)?.unsigned_abs(),
                count: row.get::<_, i64>(3)?.unsigned_abs(),
                sample: LeadId(row.get(4)?),
            });
        }
        Ok(causes)
    }

    pub(super) fn describe_cause(
        &self,
        account: AccountId,
        counted: &Counted,
    ) -> Result<Cause, StoreError> {
        let mut cause = Cause {
            id: String::new(),
            key: hex(&counted.key),
            phase: None,
            object: None,
            field: None,
            value: None,
            vendor_message: String::new(),
            count: counted.count,
            landed: counted.landed == counted.count,
            landed_count: counted.landed,
            guess: None,
            fix: None,
            members: vec![hex(&counted.key)],
        };
        let found = self
            .connection
            .prepare_cached(
                "SELECT phase, object, field, value, message FROM causes WHERE account_id = ?1 AND cause = ?2",
            )?
            .query_row(params![account.0, counted.key], |row| {
                cause.phase = row.get(0)?;
                cause.object = row.get(1)?;
                cause.field = row.get(2)?;
                cause.value = row.get(3)?;
                cause.vendor_message = row.get(4)?;
                Ok(())
            })
            .optional()?;
        if found.is_none() {
            // A cause nobody described is told by one of its leads.
            let told = self.connection.query_row(
                "SELECT failed_phase, message FROM sync_records WHERE account_id = ?1 AND lead_id = ?2",
                params![account.0, counted.sample.0],
                |row| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?)),
            )?;
            cause.phase = told.0;
            cause.vendor_message = told.1.unwrap_or_default();
        }
        Ok(cause)
    }
}

/// Counts the causes without touching the rows, but for what `--event` and `--since` ask of them.
pub(super) fn causes_sql(scope: Scope) -> (String, Vec<Value>) {
    let mut parameters = vec![Value::Integer(scope.account.0)];
    let mut condition = String::new();
    if let Some(event) = scope.event {
        parameters.push(Value::Integer(event.0));
        condition.push_str(
            " AND EXISTS (SELECT 1 FROM event_leads e WHERE e.event_id = ?2 AND e.lead_id = r.lead_id)",
        );
    }
    if let Some(since) = scope.since {
        parameters.push(Value::Integer(micros(since)));
        condition.push_str(&format!(" AND r.attempted_at >= ?{}", parameters.len()));
    }
    let sql = format!(
        "SELECT r.category, r.cause, sum(r.landed), count(*), min(r.lead_id) FROM sync_records r INDEXED BY sync_failed
         WHERE r.account_id = ?1 AND r.state = 'failed' AND r.ignored_at IS NULL{condition} GROUP BY r.category, r.cause"
    );
    (sql, parameters)
}

fn sort(causes: &mut [Cause]) {
    causes.sort_by(|left, right| (right.count, &left.key).cmp(&(left.count, &right.key)));
}

/// Puts causes that share a value, field or phase into one line; what they do not share is left out of it.
fn regroup(causes: Vec<Cause>, by: GroupBy) -> Vec<Cause> {
    let group_of = |cause: &Cause| match by {
        GroupBy::Value => cause.value.clone(),
        GroupBy::Field => Some(format!(
            "{}.{}",
            cause.object.as_deref().unwrap_or_default(),
            cause.field.as_deref().unwrap_or_default()
        )),
        GroupBy::Phase => cause.phase.clone(),
        GroupBy::Cause | GroupBy::Category => None,
    };
    match by {
        GroupBy::Category => return Vec::new(),
        GroupBy::Cause => return causes,
        _ => {}
    }
    let mut lines: Vec<(Option<String>, Cause)> = Vec::new();
    for cause in causes {
        let group = group_of(&cause);
        match lines.iter_mut().find(|(known, _)| *known == group) {
            Some((_, line)) => merge(line, cause),
            None => lines.push((group, cause)),
        }
    }
    let mut merged: Vec<Cause> = lines
        .into_iter()
        .map(|(group, mut line)| {
            if line.members.len() > 1 {
                let digest = Sha256::digest(format!("{}:{group:?}", by.name()).as_bytes());
                line.key = hex(&digest[..16]);
            }
            line
        })
        .collect();
    sort(&mut merged);
    merged
}

fn merge(line: &mut Cause, other: Cause) {
    let shared = |ours: &mut Option<String>, theirs: Option<String>| {
        if *ours != theirs {
            *ours = None;
        }
    };
    shared(&mut line.phase, other.phase);
    shared(&mut line.object, other.object);
    shared(&mut line.field, other.field);
    shared(&mut line.value, other.value);
    shared(&mut line.guess, other.guess);
    shared(&mut line.fix, other.fix);
    line.count += other.count;
    line.landed_count += other.landed_count;
    line.landed = line.landed_count == line.count;
    line.members.extend(other.members);
}

/// Positions people can type: `1`, `1a`, `1b` … `1z`, `1aa`.
fn number(groups: &mut [FailedGroup]) {
    for (position, group) in groups.iter_mut().enumerate() {
        for (index, cause) in group.causes.iter_mut().enumerate() {
            cause.id = format!("{}{}", position + 1, letters(index));
        }
    }
}

fn letters(mut index: usize) -> String {
    let mut text = Vec::new();
    loop {
        text.push(char::from(b'a' + u8::try_from(index % 26).unwrap_or(0)));
        if index < 26 {
            break;
        }
        index = index / 26 - 1;
    }
    text.into_iter().rev().collect()
}
