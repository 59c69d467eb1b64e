//! The command that settles a cause, from the mapping as it is and the fields as they were just read.

use std::collections::HashMap;
use std::sync::Arc;

use super::findings::{Finding, Findings};
use super::{Drift, Known, Problem};
use crate::domain::category::Category;
use crate::domain::failure::Phase;
use crate::domain::guess::{guess, heir, renamed, similar_name};
use crate::domain::hints::{self, CauseFacts, HintScope};
use crate::domain::ids::{EventId, LeadIds, QualifierId};
use crate::domain::lead::{FIELDS, Role};
use crate::domain::mapping::{QualifierRule, Rule, Source};
use crate::domain::qualifier::{Qualifier, value_key};
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind};
use crate::engine::session::Session;

/// What repairs are looked up in.
pub(super) struct Repairs<'a> {
    session: &'a Session,
    schemas: HashMap<String, Arc<ObjectSchema>>,
    events: HashMap<EventId, &'a str>,
    event: Option<EventId>,
    must_be_named: bool,
    ids: &'a LeadIds,
    /// Answers as people know them, by their keys.
    answers: HashMap<(QualifierId, String), &'a str>,
}

impl<'a> Repairs<'a> {
    pub(super) async fn new(
        session: &'a Session,
        known: &'a Known,
        event: Option<EventId>,
    ) -> Self {
        let metadata = session.metadata.read().await;
        let schemas = metadata.schemas.iter();
        let events = known.events.iter();
        Self {
            session,
            schemas: schemas
                .map(|(object, schema)| ((*object).to_owned(), Arc::clone(schema)))
                .collect(),
            events: events
                .map(|event| (event.id, event.name.as_str()))
                .collect(),
            event,
            must_be_named: known.must_be_named,
            ids: &known.ids,
            answers: answers(&known.asked),
        }
    }

    /// The fields of an object as they were just read; `None`: it is not written.
    pub(super) fn schema(&self, object: &str) -> Option<&ObjectSchema> {
        self.schemas.get(object).map(|schema| &**schema)
    }

    /// The name of the event the check is of.
    pub(super) fn event(&self) -> Option<&'a str> {
        self.events.get(&self.event?).copied()
    }

    /// The name of the event a row is for.
    pub(super) fn event_of(&self, rule: &Rule) -> Option<&'a str> {
        self.events.get(&rule.event?).copied()
    }

    pub(super) fn scope(&self) -> HintScope<'_> {
        let integration = &self.session.integration;
        HintScope {
            vendor: &integration.vendor,
            integration: self.must_be_named.then_some(integration.name.as_str()),
            event: self.event(),
        }
    }

    /// A command of this connection.
    pub(super) fn scoped(&self, command: String) -> String {
        match self.scope().integration {
            Some(name) => format!("{command} -i {}", hints::quote(name)),
            None => command,
        }
    }

    /// A row made anew must not take another target of its field away.
    pub(super) fn beside(&self, rule: &Rule, command: String) -> String {
        let is_other = |other: &&Rule| {
            matches!(other.source, Source::Field(_))
                && other.source == rule.source
                && (&other.object, other.event) == (&rule.object, rule.event)
                && other.remote != rule.remote
        };
        match self.session.rules.iter().any(|other| is_other(&other)) {
            true => format!("{command} --also"),
            false => command,
        }
    }

    /// The row of a field that is gone: moved to the one that is probably meant, else removed.
    pub(super) fn lost(&self, rule: &Rule) -> String {
        let schema = self.schema(&rule.object);
        let heir = schema.and_then(|schema| heir(rule.described.as_ref(), &rule.remote, schema));
        let facts = CauseFacts {
            category: Category::MissingRemoteField,
            object: Some(&rule.object),
            field: Some(&rule.remote),
            value: None,
            rule: Some(rule),
            rule_event: self.event_of(rule),
            qualifier: None,
            takes_user: false,
            guess: heir,
            count: 0,
            lead: "",
        };
        hints::cause(&facts, self.scope())
    }

    /// The same for a field that answers went to.
    pub(super) fn lost_target(&self, rule: &QualifierRule) -> String {
        let facts = CauseFacts {
            category: Category::MissingRemoteField,
            object: Some(&rule.object),
            field: Some(&rule.remote),
            value: None,
            rule: None,
            rule_event: None,
            qualifier: Some((&rule.name, None)),
            takes_user: false,
            guess: self.heir_of_target(rule),
            count: 0,
            lead: "",
        };
        hints::cause(&facts, self.scope())
    }

    /// Answers need the very options of their field: one that is only called alike is not enough for them.
    fn heir_of_target(&self, rule: &QualifierRule) -> Option<&str> {
        let schema = self.schema(&rule.object)?;
        let gone = schema.field(&rule.remote).is_none();
        let found = renamed(rule.described.as_ref().filter(|_| gone)?, schema)?;
        Some(&found.name)
    }

    /// An answer as people know it.
    pub(super) fn answer<'b>(&'b self, qualifier: QualifierId, key: &'b str) -> &'b str {
        let named = self.answers.get(&(qualifier, key.to_owned()));
        named.map_or(key, |answer| answer)
    }

    /// The causes with their commands, in the order of the findings.
    pub(super) fn problems(&self, findings: Findings, drift: &[Drift]) -> Vec<Problem> {
        findings
            .sorted()
            .into_iter()
            .map(|finding| self.problem(&finding, drift))
            .collect()
    }

    fn problem(&self, finding: &Finding, drift: &[Drift]) -> Problem {
        let failure = &finding.failure;
        let category = failure.category;
        let of_answer = category == Category::NoTagMapping;
        let (object, field) = (failure.object.as_deref(), failure.field.as_deref());
        let rule = self.rule(finding);
        let qualifier = self.qualifier(finding).filter(|_| rule.is_none());
        let (object, remote) = match (of_answer, qualifier) {
            (true, Some(rule)) => (Some(rule.object.as_str()), Some(rule.remote.as_str())),
            (true, None) => (object, None),
            (false, _) => (object, field),
        };
        let schema = object.and_then(|object| self.schema(object));
        let described = schema
            .zip(remote)
            .and_then(|(schema, remote)| schema.field(remote));
        let value = failure.value.as_deref().filter(|_| is_telling(category));
        let guess = self.guess(finding, (rule, qualifier), described, schema);
        let answer = qualifier.and_then(|rule| {
            let mut values = rule.values.iter();
            let made = values.find(|(_, option)| Some(option.as_str()) == value);
            made.map(|(answer, _)| self.answer(rule.qualifier, answer))
        });
        let lead = self.ids.encode(finding.sample);
        let facts = CauseFacts {
            category,
            object,
            field,
            value,
            rule,
            rule_event: rule.and_then(|rule| self.event_of(rule)),
            qualifier: qualifier.map(|rule| (rule.name.as_str(), answer)),
            takes_user: described.is_some_and(|field| field.kind == RemoteKind::User),
            guess: guess.as_deref(),
            count: finding.count,
            lead: &lead,
        };
        let changed = drift
            .iter()
            .any(|one| Some(one.object.as_str()) == object && Some(one.remote.as_str()) == remote);
        let mut fix = hints::before_push(&facts, finding.phase, changed, self.scope());
        if let Some(rule) = rule.filter(|_| category != Category::MissingRemoteField)
            && fix.starts_with("mobly-sync mapping set ")
        {
            fix = self.beside(rule, fix);
        }
        let ours = rule.map(|rule| rule.source.text().to_owned());
        Problem {
            category,
            object: object.map(str::to_owned),
            field: ours.or_else(|| qualifier.map(|rule| rule.name.clone())),
            remote: remote.map(str::to_owned),
            value: value.map(str::to_owned),
            count: finding.count,
            fix,
            guess: guess.filter(|_| {
                !matches!(
                    category,
                    Category::RequiredFieldMissing | Category::IdentityConflict
                )
            }),
            message: failure.message.clone(),
        }
    }

    /// The row that fills the refused field: the event's own before the general one.
    fn rule(&self, finding: &Finding) -> Option<&'a Rule> {
        let failure = &finding.failure;
        if failure.category == Category::NoTagMapping || finding.phase == Phase::Campaign {
            return None;
        }
        let (object, field) = (failure.object.as_deref(), failure.field.as_deref()?);
        let fits = |rule: &&Rule| {
            rule.remote == field && object.is_none_or(|object| rule.object == object)
        };
        let own = |rule: &&Rule| rule.event.is_some() && rule.event == self.event;
        let rules = || self.session.rules.iter().filter(fits);
        let general = rules().find(|rule| rule.event.is_none());
        rules().find(own).or(general).or_else(|| rules().next())
    }

    fn qualifier(&self, finding: &Finding) -> Option<&'a QualifierRule> {
        let failure = &finding.failure;
        let field = failure
            .field
            .as_deref()
            .filter(|_| finding.phase != Phase::Campaign)?;
        let object = failure.object.as_deref();
        let mut rules = self.session.qualifiers.iter();
        rules.find(|rule| match failure.category {
            Category::NoTagMapping => value_key(field) == value_key(&rule.name),
            _ => rule.remote == field && object.is_none_or(|object| rule.object == object),
        })
    }

    /// What is probably meant: an option, the heir of a lost field, or what of ours could fill a field that is demanded.
    fn guess(
        &self,
        finding: &Finding,
        (rule, qualifier): (Option<&Rule>, Option<&QualifierRule>),
        described: Option<&RemoteField>,
        schema: Option<&ObjectSchema>,
    ) -> Option<String> {
        let failure = &finding.failure;
        match failure.category {
            Category::DataValueValidation | Category::NoTagMapping => {
                let options = described?.options.as_deref()?;
                guess(failure.value.as_deref()?, options).map(str::to_owned)
            }
            Category::MissingRemoteField => match qualifier {
                Some(target) => self.heir_of_target(target).map(str::to_owned),
                None => {
                    let was = rule.and_then(|rule| rule.described.as_ref());
                    heir(was, failure.field.as_deref()?, schema?).map(str::to_owned)
                }
            },
            Category::IdentityConflict => failure.candidates.first().cloned(),
            Category::RequiredFieldMissing => {
                self.could_fill(failure.object.as_deref()?, described?)
            }
            _ => None,
        }
    }

    /// Our field that the vendor's own defaults put there, or that is called alike.
    fn could_fill(&self, object: &str, field: &RemoteField) -> Option<String> {
        let info = self.session.vendor.info();
        let mut defaults = info.defaults.iter();
        let usual = defaults.find(|row| row.object == object && row.remote == field.name);
        if let Some(row) = usual {
            return Some(row.field.to_owned());
        }
        let is_company = self.session.plan.create_company == Some(object);
        let role = match is_company {
            true => Role::Company,
            false => Role::Persona,
        };
        let keys = FIELDS.iter().filter(|ours| ours.role == role);
        let keys: Vec<&str> = keys.map(|ours| ours.key).collect();
        similar_name(&field.name, keys.iter().copied())
            .or_else(|| similar_name(&field.label, keys.iter().copied()))
            .map(str::to_owned)
    }
}

/// Where the value tells causes apart, as on the board.
fn is_telling(category: Category) -> bool {
    matches!(
        category,
        Category::NoTagMapping | Category::DataValueValidation
    )
}

fn answers(asked: &[Qualifier]) -> HashMap<(QualifierId, String), &str> {
    let values = asked.iter().flat_map(|qualifier| {
        let values = qualifier.values.iter();
        values.map(|one| ((qualifier.id, value_key(&one.value)), one.value.as_str()))
    });
    values.collect()
}
