//! What became of mapped fields since their rows were made, and since qualifiers were mapped to them.

use std::collections::HashSet;

use super::Drift;
use super::fixes::Repairs;
use crate::domain::guess::{guess, renamed};
use crate::domain::hints;
use crate::domain::mapping::{QualifierRule, Rule};
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind, RemoteOption};
use crate::engine::session::Session;
use crate::engine::set_up::option_value;
use crate::engine::window::Sending;
use crate::store::mappings::StoredRule;

/// Options named before the rest is counted.
const NAMED: usize = 3;

/// The fields that drifted, with the leads that have a value for them.
pub(super) struct Drifts<'a> {
    all: Vec<Drifted<'a>>,
}

/// What fills a field.
#[derive(Clone, Copy)]
enum Filler<'a> {
    Row(&'a Rule),
    Answers(&'a QualifierRule),
}

struct Drifted<'a> {
    filler: Filler<'a>,
    was: String,
    is: String,
    leads: u64,
}

impl<'a> Filler<'a> {
    fn object(self) -> &'a str {
        match self {
            Self::Row(rule) => &rule.object,
            Self::Answers(rule) => &rule.object,
        }
    }

    fn remote(self) -> &'a str {
        match self {
            Self::Row(rule) => &rule.remote,
            Self::Answers(rule) => &rule.remote,
        }
    }

    fn described(self) -> Option<&'a RemoteField> {
        match self {
            Self::Row(rule) => rule.described.as_ref(),
            Self::Answers(rule) => rule.described.as_ref(),
        }
    }

    /// The qualifier's name; a field that a row and a qualifier fill is accepted for each.
    fn name(self) -> Option<&'a str> {
        match self {
            Self::Row(_) => None,
            Self::Answers(rule) => Some(&rule.name),
        }
    }
}

impl<'a> Drifts<'a> {
    /// Compares the field of every row and qualifier, as it was when it was mapped, with the field as it is now.
    pub(super) fn of(
        session: &Session,
        repairs: &Repairs<'_>,
        rules: &'a [StoredRule],
        qualifiers: &'a [QualifierRule],
    ) -> Self {
        let mut all: Vec<Drifted<'_>> = Vec::new();
        let mut seen = HashSet::new();
        let rows = rules.iter().map(|stored| Filler::Row(&stored.rule));
        for filler in rows.chain(qualifiers.iter().map(Filler::Answers)) {
            let (object, remote) = (filler.object(), filler.remote());
            // Objects that this connection does not write were not read.
            let (Some(was), Some(schema)) = (filler.described(), repairs.schema(object)) else {
                continue;
            };
            for (was, is) in differences(was, schema) {
                if seen.insert((object, remote, filler.name(), was.clone(), is.clone())) {
                    all.push(Drifted {
                        filler,
                        was,
                        is,
                        leads: 0,
                    });
                }
            }
        }
        // A row of an object that is not written concerns nobody.
        all.retain(|drifted| {
            let object = drifted.filler.object();
            session.writes(object) || session.plan.create_company == Some(object)
        });
        Self { all }
    }

    /// Counts a lead for each field it has a value for.
    pub(super) fn count(&mut self, session: &Session, sending: &Sending) {
        for drifted in &mut self.all {
            let object = drifted.filler.object();
            let mut persons = sending.persons.iter();
            let person = persons.find(|(of, _)| *of == object);
            let mapped = match person {
                Some((_, mapped)) => mapped,
                None if session.plan.create_company == Some(object) => &sending.company,
                None => continue,
            };
            let mut values = mapped.values.iter();
            let mut failures = mapped.failures.iter();
            let has = values.any(|value| value.remote == drifted.filler.remote())
                // An answer that is not mapped any more is one all the same.
                || drifted.filler.name().is_some_and(|name| {
                    failures.any(|failure| failure.field.as_deref() == Some(name))
                });
            drifted.leads += u64::from(has);
        }
    }

    /// All of it, each with the command that accepts it.
    pub(super) fn told(self, repairs: &Repairs<'_>) -> Vec<Drift> {
        self.all
            .into_iter()
            .map(|drifted| Drift {
                accept: repairs.accept(drifted.filler),
                object: drifted.filler.object().to_owned(),
                remote: drifted.filler.remote().to_owned(),
                was: drifted.was,
                is: drifted.is,
                leads: drifted.leads,
            })
            .collect()
    }
}

impl Repairs<'_> {
    /// What settles a drift where nothing fails for it: the row as it is, made anew; of a field that is gone, the row moved or
    /// removed.
    fn accept(&self, filler: Filler<'_>) -> String {
        let schema = self.schema(filler.object());
        let there = schema.and_then(|schema| schema.field(filler.remote()));
        let there = there.filter(|field| field.writable);
        match (filler, there) {
            (Filler::Row(rule), Some(_)) => {
                let command = hints::accept(rule, self.event_of(rule), self.scope());
                self.beside(rule, command)
            }
            (Filler::Row(rule), None) => self.lost(rule),
            (Filler::Answers(rule), Some(field)) => self.answers(rule, field),
            (Filler::Answers(rule), None) => self.lost_target(rule),
        }
    }

    /// The answers that lost their option with what they probably mean now; where all have theirs, the target as it is.
    fn answers(&self, rule: &QualifierRule, field: &RemoteField) -> String {
        let options = field.options.as_deref().unwrap_or_default();
        let lost: Vec<(&str, Option<&str>)> = rule
            .values
            .iter()
            .filter(|(_, option)| field.options.is_some() && option_value(field, option).is_err())
            .map(|(key, _)| {
                let answer = self.answer(rule.qualifier, key);
                (answer, guess(answer, options))
            })
            .collect();
        match lost.is_empty() {
            true => hints::accept_target(rule, self.scope()),
            false => hints::map_answers(rule, &lost, self.scope()),
        }
    }
}

/// What differs, in words: what it was, what it is.
fn differences(was: &RemoteField, schema: &ObjectSchema) -> Vec<(String, String)> {
    let Some(now) = schema.field(&was.name) else {
        let is = match renamed(was, schema) {
            Some(field) => format!("gone; {} bears its label", field.name),
            None => "gone".to_owned(),
        };
        return vec![(was.kind.name().to_owned(), is)];
    };
    let mut told = Vec::new();
    let mut tell = |was: String, is: String| {
        if was != is {
            told.push((was, is));
        }
    };
    tell(was.kind.name().to_owned(), now.kind.name().to_owned());
    if was.kind == now.kind {
        tell(length(was.max_length), length(now.max_length));
    }
    let written = |field: &RemoteField| match field.writable {
        true => "writable".to_owned(),
        false => "read-only".to_owned(),
    };
    tell(written(was), written(now));
    let demanded = |field: &RemoteField| match field.required_on_create {
        true => "required".to_owned(),
        false => "optional".to_owned(),
    };
    tell(demanded(was), demanded(now));
    told.extend(options(was, now));
    told
}

fn length(longest: Option<usize>) -> String {
    match longest {
        Some(1) => "1 character".to_owned(),
        Some(longest) => format!("{longest} characters"),
        None => "any length".to_owned(),
    }
}

/// Users of an account come and go: they are no change of the field.
fn options(was: &RemoteField, now: &RemoteField) -> Option<(String, String)> {
    if was.kind == RemoteKind::User || now.kind == RemoteKind::User {
        return None;
    }
    let (old, new) = (was.options.as_ref()?, now.options.as_ref()?);
    let names = |from: &[RemoteOption], other: &[RemoteOption]| -> Vec<String> {
        let values: HashSet<&str> = other.iter().map(|option| option.value.as_str()).collect();
        from.iter()
            .filter(|option| !values.contains(option.value.as_str()))
            .map(|option| format!("{:?}", option.label))
            .collect()
    };
    let (lost, found) = (names(old, new), names(new, old));
    let mut is = Vec::new();
    if !lost.is_empty() {
        is.push(format!("without {}", listed(&lost)));
    }
    if !found.is_empty() {
        is.push(format!("with {} too", listed(&found)));
    }
    let was = match old.len() {
        1 => "1 option".to_owned(),
        several => format!("{several} options"),
    };
    (!is.is_empty()).then(|| (was, is.join(", ")))
}

fn listed(names: &[String]) -> String {
    match names.len() {
        few if few <= NAMED => names.join(", "),
        many => format!("{} and {} more", names[..NAMED].join(", "), many - NAMED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str) -> RemoteField {
        RemoteField {
            name: name.into(),
            label: name.to_uppercase(),
            kind: RemoteKind::Text,
            max_length: Some(128),
            options: None,
            required_on_create: false,
            writable: true,
            unique: false,
            custom: true,
            opt_out: false,
            rules: Vec::new(),
        }
    }

    fn told(was: &RemoteField, now: Vec<RemoteField>) -> Vec<String> {
        differences(was, &ObjectSchema { fields: now })
            .into_iter()
            .map(|(was, is)| format!("{was} > {is}"))
            .collect()
    }

    #[test]
    fn every_change_is_told_and_no_change_is_not() {
        let was = field("shirt");
        assert_eq!(told(&was, vec![was.clone()]), Vec::<String>::new());
        assert_eq!(told(&was, Vec::new()), ["text > gone"]);
        let heir = RemoteField {
            label: "Shirt".into(),
            ..field("shirt_2")
        };
        assert_eq!(
            told(&was, vec![heir.clone(), field("other")]),
            ["text > gone; shirt_2 bears its label"]
        );
        let twin = RemoteField {
            name: "shirt_3".into(),
            ..heir.clone()
        };
        assert_eq!(told(&was, vec![heir, twin]), ["text > gone"]);
        let number = RemoteField {
            kind: RemoteKind::Number,
            max_length: None,
            ..was.clone()
        };
        assert_eq!(told(&was, vec![number]), ["text > number"]);
        let strict = RemoteField {
            max_length: Some(3),
            required_on_create: true,
            writable: false,
            ..was.clone()
        };
        assert_eq!(
            told(&was, vec![strict]),
            [
                "128 characters > 3 characters",
                "writable > read-only",
                "optional > required"
            ]
        );
    }

    #[test]
    fn options_are_named_users_are_not() {
        let list = |kind, options: &[&str]| RemoteField {
            kind,
            max_length: None,
            options: Some(
                options
                    .iter()
                    .map(|text| RemoteOption {
                        value: (*text).to_owned(),
                        label: (*text).to_owned(),
                    })
                    .collect(),
            ),
            ..field("list")
        };
        let was = list(RemoteKind::One, &["a", "b", "c", "d", "e"]);
        assert_eq!(
            told(&was, vec![list(RemoteKind::One, &["e", "f"])]),
            ["5 options > without \"a\", \"b\", \"c\" and 1 more, with \"f\" too"]
        );
        let was = list(RemoteKind::User, &["a"]);
        assert_eq!(
            told(&was, vec![list(RemoteKind::User, &["b"])]),
            Vec::<String>::new()
        );
    }
}
