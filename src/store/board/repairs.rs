//! The command that settles a cause, and what was probably meant: from the mapping and what the vendor's objects looked like
//! last.

use std::collections::HashMap;

use rusqlite::OptionalExtension;

use super::super::mappings::StoredRule;
use super::super::{Store, StoreError};
use crate::domain::board::Cause;
use crate::domain::category::Category;
use crate::domain::failure::Phase;
use crate::domain::guess::{guess, heir, renamed};
use crate::domain::hints::{self, CauseFacts, HintScope};
use crate::domain::ids::{AccountId, IntegrationId};
use crate::domain::mapping::{QualifierRule, Rule, Source};
use crate::domain::qualifier::value_key;
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind};

/// What repairs are looked up in: the connection's mapping and what the vendor's objects looked like last.
pub(super) struct Lookup<'a> {
    store: &'a Store,
    account: AccountId,
    rules: Vec<StoredRule>,
    qualifiers: Vec<QualifierRule>,
    schemas: HashMap<String, Option<ObjectSchema>>,
    event_names: HashMap<i64, String>,
    /// Whether the leads have not failed yet: no command leads to the board then.
    before_push: bool,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(
        store: &'a Store,
        account: AccountId,
        integration: IntegrationId,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            store,
            account,
            rules: store.stored_rules(integration)?,
            qualifiers: store.qualifier_rules(integration)?,
            schemas: HashMap::new(),
            event_names: HashMap::new(),
            before_push: false,
        })
    }

    /// The same for leads that would fail and have not yet.
    pub(super) fn before_push(
        store: &'a Store,
        account: AccountId,
        integration: IntegrationId,
    ) -> Result<Self, StoreError> {
        let lookup = Self::new(store, account, integration)?;
        Ok(Self {
            before_push: true,
            ..lookup
        })
    }

    /// Finds what is probably meant and the command that settles the cause.
    pub(super) fn settle(
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
        // The answers' field is gone: no option of it is to be named, but another field.
        let lost = category == Category::NoTagMapping && remote.is_none() && schema.is_some();
        let heir = was
            .zip(schema)
            .and_then(|(was, schema)| renamed(was, schema));
        let heir = heir.map(|field| field.name.clone());
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
        let facts = match lost {
            true => CauseFacts {
                category: Category::MissingRemoteField,
                guess: heir.as_deref(),
                ..facts
            },
            false => facts,
        };
        let phase = cause.phase.as_deref();
        // Nothing fills the lost field any more: what is left is to push the leads again.
        let is_repaired =
            category == Category::MissingRemoteField && rule.is_none() && qualifier.is_none();
        let own = match phase {
            _ if self.before_push => {
                let phase = phase.and_then(Phase::from_name);
                let phase = phase.unwrap_or(Phase::Prepare);
                Some(hints::planned(&facts, phase, scope))
            }
            _ if phase == Some(Phase::Campaign.name()) => hints::campaign(category, scope),
            _ if phase == Some(Phase::Activity.name()) => hints::activity(&facts, scope),
            _ if is_repaired => Some(hints::retry_category(category, scope)),
            _ => None,
        };
        let fix = own.unwrap_or_else(|| hints::cause(&facts, scope));
        let again = rule
            .as_ref()
            .filter(|_| category != Category::MissingRemoteField);
        cause.fix = Some(match again {
            Some(rule) if self.has_another_target(rule) => beside(fix),
            _ => fix,
        });
        Ok(())
    }

    /// Whether the field of a row fills another of the same object: made anew without a word the row would take its place.
    fn has_another_target(&self, rule: &Rule) -> bool {
        let mut rules = self.rules.iter().map(|stored| &stored.rule);
        matches!(rule.source, Source::Field(_))
            && rules.any(|other| {
                other.source == rule.source
                    && (&other.object, other.event) == (&rule.object, rule.event)
                    && other.remote != rule.remote
            })
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

/// A row of the mapping made anew beside the others of its field.
fn beside(command: String) -> String {
    match command.starts_with("mobly-sync mapping set ") {
        true => format!("{command} --also"),
        false => command,
    }
}
