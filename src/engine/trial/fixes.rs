//! The command that settles a refusal. No lead of the file has failed, so it is always one of the set-up.

use super::Going;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::guess::{guess, heir};
use crate::domain::hints::{CauseFacts, Command, before_push};
use crate::domain::mapping::{QualifierRule, Rule, Source};
use crate::domain::qualifier::value_key;
use crate::domain::remote::RemoteKind;

impl Going<'_, '_> {
    /// What settles a failure.
    pub(super) fn fix(&self, object: &str, failure: &Failure, by: By) -> Option<String> {
        let trial = self.trial;
        let (rule, qualifier) = (self.rule(object, failure), self.qualifier(object, failure));
        let schema = trial.schema(object).map(|object| &object.schema);
        let field = failure.field.as_deref();
        let described = schema
            .zip(field)
            .and_then(|(schema, field)| schema.field(field));
        let value = failure.value.as_deref();
        let meant = match failure.category {
            Category::DataValueValidation | Category::NoTagMapping => described
                .and_then(|field| field.options.as_deref())
                .zip(value)
                .and_then(|(options, value)| guess(value, options)),
            Category::MissingRemoteField => schema.zip(field).and_then(|(schema, field)| {
                heir(rule.and_then(|rule| rule.described.as_ref()), field, schema)
            }),
            _ => None,
        };
        let answer = qualifier.and_then(|rule| {
            let mut values = rule.values.iter();
            let made = values.find(|(_, option)| Some(option.as_str()) == value);
            made.map(|(answer, _)| answer.as_str())
        });
        let facts = CauseFacts {
            category: failure.category,
            object: Some(object),
            field,
            value,
            rule,
            rule_event: rule.and_then(|rule| self.event_of(rule)),
            qualifier: qualifier
                .filter(|_| rule.is_none())
                .map(|rule| (rule.name.as_str(), answer)),
            takes_user: described.is_some_and(|field| field.kind == RemoteKind::User),
            guess: meant,
            // As of many: what settles a single lead would name one.
            count: 2,
            lead: "",
        };
        let command = match (failure.category, rule) {
            (Category::NotEnoughData, None) => Command::new("mapping defaults")
                .option("--object", object)
                .of(trial.scope),
            _ => before_push(&facts, Phase::Person, false, trial.scope),
        };
        // A row drops and shortens what we know to be refused, not what only the vendor knows of.
        let is_in_vain = by == By::Vendor
            && (command.contains(" --on-invalid drop")
                || command.contains(" --truncate")
                    && described.is_none_or(|field| field.max_length.is_none()));
        Some(match rule {
            _ if is_in_vain || is_about_leads(&command) => Command::new("explain")
                .argument(failure.category.code())
                .of(crate::domain::hints::HintScope {
                    integration: None,
                    ..trial.scope
                }),
            Some(rule) if command.starts_with("mobly-sync mapping set ") => {
                self.beside(rule, command)
            }
            _ => command,
        })
    }

    /// The row that fills the refused field: the event's own before the general one.
    fn rule(&self, object: &str, failure: &Failure) -> Option<&Rule> {
        let field = failure.field.as_deref()?;
        let fits = |rule: &&Rule| rule.object == object && rule.remote.eq_ignore_ascii_case(field);
        let rules = || self.trial.rules.iter().filter(fits);
        let own = rules().find(|rule| rule.event.is_some() && rule.event == self.trial.event);
        own.or_else(|| rules().find(|rule| rule.event.is_none()))
            .filter(|_| failure.category != Category::NoTagMapping)
    }

    fn qualifier(&self, object: &str, failure: &Failure) -> Option<&QualifierRule> {
        let field = failure.field.as_deref()?;
        let mut rules = self.trial.qualifiers.iter();
        rules.find(|rule| match failure.category {
            Category::NoTagMapping => value_key(field) == value_key(&rule.name),
            _ => rule.object == object && rule.remote.eq_ignore_ascii_case(field),
        })
    }

    fn event_of(&self, rule: &Rule) -> Option<&str> {
        let id = rule.event?;
        let mut events = self.trial.events.iter();
        events
            .find(|event| event.id == id)
            .map(|event| event.name.as_str())
    }

    /// A row made anew must not take another target of its field away.
    fn beside(&self, rule: &Rule, command: String) -> String {
        let is_other = |other: &Rule| {
            matches!(other.source, Source::Field(_))
                && other.source == rule.source
                && (&other.object, other.event) == (&rule.object, rule.event)
                && other.remote != rule.remote
        };
        match self.trial.rules.iter().any(is_other) {
            true => format!("{command} --also"),
            false => command,
        }
    }
}

/// Who refused something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// We, by what the vendor's metadata tells.
    Us,
    /// The vendor.
    Vendor,
}

/// Whether a command is about leads that failed: here none did.
fn is_about_leads(command: &str) -> bool {
    ["reconcile", "lead ", "log ", "sync"]
        .iter()
        .any(|word| command.starts_with(&format!("mobly-sync {word}")))
}
