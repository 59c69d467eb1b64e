//! Why leads failed: equal causes in one line, each with the command that settles it.

use std::collections::{BTreeMap, HashMap};

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use sha2::{Digest, Sha256};

use super::super::connection::micros;
use super::super::mappings::StoredRule;
use super::super::selection::hex;
use super::super::{Store, StoreError};
use super::tally::{Scope, Tally};
use crate::domain::board::{Cause, FailedGroup, GroupBy};
use crate::domain::category::Category;
use crate::domain::command_line::together;
use crate::domain::failure::Phase;
use crate::domain::guess::{guess, heir, renamed};
use crate::domain::hints::{self, CauseFacts, HintScope};
use crate::domain::ids::{AccountId, LeadId};
use crate::domain::integration::Integration;
use crate::domain::mapping::QualifierRule;
use crate::domain::qualifier::value_key;
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind};

/// The failed leads of one cause.
struct Counted {
    key: Vec<u8>,
    landed: u64,
    count: u64,
    sample: LeadId,
}

/// What repairs are looked up in: the connection's mapping and what the vendor's objects looked like last.
struct Lookup<'a> {
    store: &'a Store,
    account: AccountId,
    rules: Vec<StoredRule>,
    qualifiers: Vec<QualifierRule>,
    schemas: HashMap<String, Option<ObjectSchema>>,
    event_names: HashMap<i64, String>,
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
        let mut lookup = Lookup {
            store: self,
            account: scope.account,
            rules: self.stored_rules(integration.id)?,
            qualifiers: self.qualifier_rules(integration.id)?,
            schemas: HashMap::new(),
            event_names: HashMap::new(),
        };
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

    fn describe_cause(&self, account: AccountId, counted: &Counted) -> Result<Cause, StoreError> {
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

impl Lookup<'_> {
    /// Finds what is probably meant and the command that settles the cause.
    fn settle(
        &mut self,
        cause: &mut Cause,
        category: Category,
        sample: &str,
        scope: HintScope<'_>,
    ) -> Result<(), StoreError> {
        let (object, field) = (cause.object.clone(), cause.field.clone());
        let fits = |rule_object: &str, remote: &str| {
            object.as_deref().is_none_or(|object| object == rule_object)
                && field.as_deref() == Some(remote)
        };
        let rule = self
            .rules
            .iter()
            .find(|stored| fits(&stored.rule.object, &stored.rule.remote))
            .map(|stored| stored.rule.clone());
        let qualifier = self.qualifiers.iter().find(|rule| match category {
            Category::NoTagMapping => {
                field.as_deref().map(value_key) == Some(value_key(&rule.name))
            }
            _ => fits(&rule.object, &rule.remote),
        });
        let qualifier = qualifier.cloned();
        let target = match (&qualifier, category) {
            (Some(rule), Category::NoTagMapping) => {
                Some((rule.object.clone(), rule.remote.clone()))
            }
            _ => object
                .clone()
                .or_else(|| rule.as_ref().map(|rule| rule.object.clone()))
                .zip(field.clone()),
        };
        let schema = match &target {
            Some((object, _)) => self.schema(object)?,
            None => None,
        };
        let remote = target
            .as_ref()
            .zip(schema)
            .and_then(|((_, name), schema)| schema.field(name));
        let was = match (&rule, &qualifier) {
            (Some(rule), _) => rule.described.as_ref(),
            (None, Some(asked)) => asked.described.as_ref(),
            (None, None) => None,
        };
        let asked = rule.is_none() && qualifier.is_some();
        cause.guess = probable(category, cause, remote, schema, (was, asked));
        let takes_user = remote.is_some_and(|field| field.kind == RemoteKind::User);
        let answer = qualifier.as_ref().and_then(|rule| {
            rule.values
                .iter()
                .find(|(_, option)| Some(option.as_str()) == cause.value.as_deref())
                .map(|(answer, _)| answer.as_str())
        });
        let rule_event = match rule.as_ref().and_then(|rule| rule.event) {
            Some(event) => self.event_name(event.0)?,
            None => None,
        };
        let facts = CauseFacts {
            category,
            object: target.as_ref().map(|(object, _)| object.as_str()),
            field: field.as_deref(),
            value: cause.value.as_deref(),
            rule: rule.as_ref(),
            rule_event: rule_event.as_deref(),
            qualifier: qualifier
                .as_ref()
                .filter(|_| rule.is_none())
                .map(|rule| (rule.name.as_str(), answer)),
            takes_user,
            guess: cause.guess.as_deref(),
            count: cause.count,
            lead: sample,
        };
        let phase = cause.phase.as_deref();
        let own = match phase {
            _ if phase == Some(Phase::Campaign.name()) => hints::campaign(category, scope),
            _ if phase == Some(Phase::Activity.name()) => hints::activity(&facts, scope),
            _ => None,
        };
        cause.fix = Some(own.unwrap_or_else(|| hints::cause(&facts, scope)));
        Ok(())
    }

    fn schema(&mut self, object: &str) -> Result<Option<&ObjectSchema>, StoreError> {
        if !self.schemas.contains_key(object) {
            let schema = self.store.schema(self.account, object)?;
            self.schemas
                .insert(object.to_owned(), schema.map(|(schema, _)| schema));
        }
        Ok(self.schemas.get(object).and_then(Option::as_ref))
    }

    fn event_name(&mut self, event: i64) -> Result<Option<String>, StoreError> {
        if let Some(name) = self.event_names.get(&event) {
            return Ok(Some(name.clone()));
        }
        let name: Option<String> = self
            .store
            .connection
            .query_row("SELECT name FROM events WHERE id = ?1", [event], |row| {
                row.get(0)
            })
            .optional()?;
        if let Some(name) = &name {
            self.event_names.insert(event, name.clone());
        }
        Ok(name)
    }
}

/// The option (for a lost field: the field) that is probably meant, from what the vendor told last. `was`: the lost field when
/// it was mapped; `asked`: a qualifier fills it.
fn probable(
    category: Category,
    cause: &Cause,
    remote: Option<&RemoteField>,
    schema: Option<&ObjectSchema>,
    (was, asked): (Option<&RemoteField>, bool),
) -> Option<String> {
    match category {
        Category::DataValueValidation | Category::NoTagMapping => {
            let options = remote?.options.as_deref()?;
            guess(cause.value.as_deref()?, options).map(str::to_owned)
        }
        Category::MissingRemoteField => {
            let lost = cause.field.as_deref()?;
            // Answers need the very options: a name that is only similar is not enough for them.
            match asked {
                true => renamed(was.filter(|_| remote.is_none())?, schema?)
                    .map(|field| field.name.clone()),
                false => heir(was, lost, schema?).map(str::to_owned),
            }
        }
        _ => None,
    }
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
