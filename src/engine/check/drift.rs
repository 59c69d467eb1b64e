//! What became of mapped fields since their rows were made.

use std::collections::HashSet;

use super::Drift;
use super::fixes::Repairs;
use crate::domain::hints;
use crate::domain::mapping::Rule;
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind};
use crate::engine::session::Session;
use crate::engine::window::Sending;
use crate::store::mappings::StoredRule;

/// Options named before the rest is counted.
const NAMED: usize = 3;

/// The fields that drifted, with the leads that have a value for them.
pub(super) struct Drifts {
    all: Vec<Drifted>,
}

struct Drifted {
    rule: Rule,
    was: String,
    is: String,
    leads: u64,
}

impl Drifts {
    /// Compares every row's field, as it was when the row was made, with the field as it is now.
    pub(super) fn of(session: &Session, repairs: &Repairs<'_>, rules: &[StoredRule]) -> Self {
        let mut all: Vec<Drifted> = Vec::new();
        let mut seen = HashSet::new();
        for StoredRule { rule, .. } in rules {
            // Objects that this connection does not write were not read.
            let (Some(was), Some(schema)) = (&rule.described, repairs.schema(&rule.object)) else {
                continue;
            };
            for (was, is) in differences(was, schema) {
                if seen.insert((&rule.object, &rule.remote, was.clone(), is.clone())) {
                    all.push(Drifted {
                        rule: rule.clone(),
                        was,
                        is,
                        leads: 0,
                    });
                }
            }
        }
        // A row of an object that is not written concerns nobody.
        all.retain(|drifted| {
            let object = drifted.rule.object.as_str();
            session.writes(object) || session.plan.create_company == Some(object)
        });
        Self { all }
    }

    /// Counts a lead for each field it has a value for.
    pub(super) fn count(&mut self, session: &Session, sending: &Sending) {
        for drifted in &mut self.all {
            let object = drifted.rule.object.as_str();
            let mut persons = sending.persons.iter();
            let person = persons.find(|(of, _)| *of == object);
            let mapped = match person {
                Some((_, mapped)) => mapped,
                None if session.plan.create_company == Some(object) => &sending.company,
                None => continue,
            };
            let mut values = mapped.values.iter();
            let has = values.any(|value| value.remote == drifted.rule.remote);
            drifted.leads += u64::from(has);
        }
    }

    /// All of it, each with the command that accepts it.
    pub(super) fn told(self, repairs: &Repairs<'_>) -> Vec<Drift> {
        self.all
            .into_iter()
            .map(|drifted| Drift {
                accept: repairs.accept(&drifted.rule),
                object: drifted.rule.object,
                remote: drifted.rule.remote,
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
    fn accept(&self, rule: &Rule) -> String {
        let schema = self.schema(&rule.object);
        let there = schema.and_then(|schema| schema.field(&rule.remote));
        if there.is_some_and(|field| field.writable) {
            let command = hints::accept(rule, self.event_of(rule), self.scope());
            return self.beside(rule, command);
        }
        self.lost(rule)
    }
}

/// The field that bears the label of one that is gone, where only one does.
pub(super) fn renamed<'a>(was: &RemoteField, schema: &'a ObjectSchema) -> Option<&'a RemoteField> {
    let label = was.label.trim();
    let mut called = schema.fields.iter().filter(|field| {
        field.writable && field.name != was.name && field.label.trim().eq_ignore_ascii_case(label)
    });
    let found = called.next().filter(|_| !label.is_empty())?;
    called.next().is_none().then_some(found)
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
    let names = |from: &[_], other: &[crate::domain::remote::RemoteOption]| -> Vec<String> {
        let values: HashSet<&str> = other.iter().map(|option| option.value.as_str()).collect();
        let from: &[crate::domain::remote::RemoteOption] = from;
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
    use crate::domain::remote::RemoteOption;

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
