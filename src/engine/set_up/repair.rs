//! Which other field a row could fill, once the one it fills has gone or refuses what leads hold.

use super::options::option_value;
use super::{ObjectFields, field_type, plain};
use crate::domain::ids::EventId;
use crate::domain::lead::{FieldType, field_info};
use crate::domain::mapping::{OnInvalid, Rule, Source, default_write};
use crate::domain::remote::{RemoteField, RemoteKind, Suits, suits};

/// What another field must take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The kind of value, whatever its form.
    Kind,
    /// Any form: what leads hold was refused as no date, number or address.
    AnyForm,
    /// Values of so many characters.
    Room(usize),
}

/// The fields of an object a row could fill instead of `lost`, the likeliest first. Never one that cannot be written, that
/// another row fills, that records an opt-out, or that hardly ever takes such values.
#[must_use]
pub fn takers<'a>(
    object: &'a ObjectFields,
    source: &Source,
    lost: &str,
    need: Need,
    taken: &dyn Fn(&str) -> bool,
) -> Vec<&'a RemoteField> {
    let kind = source_type(source);
    let mut fitting: Vec<&RemoteField> = object
        .schema
        .fields
        .iter()
        .filter(|field| field.writable && !field.opt_out && field.name != lost)
        .filter(|field| takes(field, kind, need) && !taken(&field.name))
        .filter(|field| takes_own_text(field, source))
        .collect();
    let names = names_of(source, lost);
    let likeness = |field: &RemoteField| {
        let theirs = [plain(&field.name), plain(&field.label)];
        names
            .iter()
            .flat_map(|ours| {
                theirs
                    .iter()
                    .map(move |theirs| strsim::jaro_winkler(ours, theirs))
            })
            .fold(0.0_f64, f64::max)
    };
    fitting.sort_by(|left, right| {
        likeness(right)
            .total_cmp(&likeness(left))
            .then_with(|| left.name.cmp(&right.name))
    });
    fitting
}

/// The kind of what fills a field; constants and templates are text.
#[must_use]
pub fn source_type(source: &Source) -> FieldType {
    match source {
        Source::Field(key) => field_type(key),
        Source::Constant(_) | Source::Template(_) => FieldType::Text,
    }
}

fn takes(field: &RemoteField, ours: FieldType, need: Need) -> bool {
    if matches!(field.kind, RemoteKind::Reference | RemoteKind::User) && ours != FieldType::Email {
        return false;
    }
    let free = matches!(field.kind, RemoteKind::Text | RemoteKind::Longtext);
    match need {
        Need::Kind => matches!(suits(ours, field.kind), Suits::Yes | Suits::Checked),
        Need::AnyForm => free,
        Need::Room(characters) => {
            free && field.max_length.is_none_or(|length| length >= characters)
        }
    }
}

/// Whether what a row sends to every lead, or puts together, is known to fit: a list has to have it, a date is none.
fn takes_own_text(field: &RemoteField, source: &Source) -> bool {
    let free = matches!(field.kind, RemoteKind::Text | RemoteKind::Longtext);
    match source {
        Source::Field(_) => true,
        Source::Template(_) => free,
        Source::Constant(text) => {
            let listed = field.options.is_some() && option_value(field, text).is_ok();
            free || listed
        }
    }
}

/// What the field could be called: as the lost one, or as ours.
fn names_of(source: &Source, lost: &str) -> Vec<String> {
    let mut names = vec![plain(lost)];
    if let Source::Field(key) = source {
        names.push(plain(key));
        names.extend(field_info(key).map(|field| plain(field.label)));
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether a general row, or one of that event, fills a field already.
#[must_use]
pub fn fills(rules: &[Rule], object: &str, event: Option<EventId>, remote: &str) -> bool {
    rules
        .iter()
        .any(|rule| rule.object == object && rule.remote == remote && rule.event == event)
}

/// The options of `mapping set` that a row keeps when it moves to another field: what a new row would not get by itself.
#[must_use]
pub fn kept_options(rule: &Rule, onto: &RemoteField) -> Vec<(&'static str, String)> {
    let mut kept = Vec::new();
    let usual = default_write(&rule.source, rule.described.as_ref());
    if rule.write != usual && rule.write != default_write(&rule.source, Some(onto)) {
        kept.push(("--write", rule.write.name().to_owned()));
    }
    let closed = matches!(onto.kind, RemoteKind::One | RemoteKind::Many);
    // Translations and a default are options of the list they were made for.
    if !closed {
        for (ours, theirs) in &rule.options.values {
            kept.push(("--value", format!("{ours}={theirs}")));
        }
        if let Some(default) = &rule.options.default {
            kept.push(("--default", default.clone()));
        }
    }
    if rule.options.truncate {
        kept.push(("--truncate", "true".to_owned()));
    }
    if rule.options.on_invalid == OnInvalid::Drop {
        kept.push(("--on-invalid", "drop".to_owned()));
    }
    kept
}

/// What leads hold where a row sends a refused value: the value itself, or what the row makes it of. Empty: it is the row's
/// own (a constant, a default).
#[must_use]
pub fn held_for(rule: &Rule, refused: &str) -> Vec<String> {
    if matches!(&rule.source, Source::Constant(text) if text == refused) {
        return Vec::new();
    }
    let made: Vec<String> = rule
        .options
        .values
        .iter()
        .filter(|(_, theirs)| theirs.as_str() == refused)
        .map(|(ours, _)| ours.clone())
        .collect();
    if !made.is_empty() {
        return made;
    }
    if rule.options.default.as_deref() == Some(refused) {
        return Vec::new();
    }
    vec![refused.to_owned()]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::mapping::{RuleOptions, WriteBehaviour};
    use crate::domain::remote::ObjectSchema;
    use crate::vendors;

    fn field(name: &str, label: &str, kind: RemoteKind) -> RemoteField {
        RemoteField {
            name: name.into(),
            label: label.into(),
            kind,
            max_length: None,
            options: None,
            required_on_create: false,
            writable: true,
            unique: false,
            custom: false,
            opt_out: false,
            rules: Vec::new(),
        }
    }

    fn contact() -> ObjectFields {
        let vendor = vendors::lookup("hubspot").unwrap();
        let mut read_only = field("job_title_guess", "Job title guess", RemoteKind::Text);
        read_only.writable = false;
        let mut short = field("position", "Position", RemoteKind::Text);
        short.max_length = Some(40);
        ObjectFields {
            info: vendor
                .objects
                .iter()
                .find(|object| object.key == "contact")
                .unwrap(),
            schema: ObjectSchema {
                fields: vec![
                    field("about", "About", RemoteKind::Longtext),
                    field("jobtitle", "Job Title", RemoteKind::Text),
                    short,
                    read_only,
                    field("born", "Born", RemoteKind::Date),
                    field("parent", "Parent", RemoteKind::Reference),
                ],
            },
        }
    }

    fn names(source: &Source, lost: &str, need: Need) -> Vec<String> {
        takers(&contact(), source, lost, need, &|name| name == "taken")
            .into_iter()
            .map(|field| field.name.clone())
            .collect()
    }

    #[test]
    fn only_fields_that_take_the_value_are_offered_the_likeliest_first() {
        let title = Source::Field("jobTitle".into());
        let found = names(&title, "job_title", Need::Kind);
        assert_eq!(found[0], "jobtitle");
        assert!(!found.contains(&"job_title_guess".to_owned()), "{found:?}");
        assert!(!found.contains(&"parent".to_owned()), "{found:?}");
        let roomy = names(&title, "jobtitle", Need::Room(60));
        assert_eq!(roomy, ["about"], "too short, or the field itself");
        let form = names(&title, "born", Need::AnyForm);
        assert!(!form.contains(&"born".to_owned()) && form.contains(&"position".to_owned()));
    }

    #[test]
    fn a_row_that_moves_keeps_what_it_was_told() {
        let contact = contact();
        let onto = contact.schema.field("about").unwrap();
        let mut rule = Rule {
            object: "contact".into(),
            remote: "jobtitle".into(),
            event: None,
            source: Source::Field("jobTitle".into()),
            write: WriteBehaviour::Overwrite,
            options: RuleOptions {
                truncate: true,
                ..RuleOptions::default()
            },
            described: None,
        };
        assert_eq!(
            kept_options(&rule, onto),
            [
                ("--write", "overwrite".to_owned()),
                ("--truncate", "true".to_owned())
            ]
        );
        rule.write = WriteBehaviour::IfBlank;
        rule.options = RuleOptions::default();
        assert!(kept_options(&rule, onto).is_empty());
    }

    #[test]
    fn a_refused_value_is_traced_to_what_leads_hold() {
        let mut rule = Rule {
            object: "company".into(),
            remote: "industry".into(),
            event: None,
            source: Source::Field("companyIndustry".into()),
            write: WriteBehaviour::IfBlank,
            options: RuleOptions::default(),
            described: None,
        };
        assert_eq!(held_for(&rule, "Software"), ["Software"]);
        rule.options.values.insert("IT".into(), "GONE".into());
        assert_eq!(held_for(&rule, "GONE"), ["IT"]);
        rule.source = Source::Constant("GONE".into());
        assert!(held_for(&rule, "GONE").is_empty());
    }
}
