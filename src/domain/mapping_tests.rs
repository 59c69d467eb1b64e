#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::LeadId;
use crate::domain::lead::{Answer, EventName, Readiness};
use crate::domain::remote::RemoteOption;

fn lead(fields: &[(&str, &str)]) -> Lead {
    Lead {
        id: LeadId(1),
        fields: fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        email_key: None,
        scans: 1,
        readiness: Readiness::Ready,
        revision: 1,
        captured_at: "2026-11-17T09:00:00Z".parse().unwrap(),
        events: vec![EventName {
            id: EventId(5),
            name: "Expo".into(),
        }],
        answers: Vec::new(),
    }
}

fn rule(source: Source, remote: &str) -> Rule {
    Rule {
        object: "contact".into(),
        remote: remote.into(),
        event: None,
        source,
        write: WriteBehaviour::IfBlank,
        options: RuleOptions::default(),
        described: None,
    }
}

fn values(lead: &Lead, rules: &[Rule]) -> Vec<(String, String)> {
    apply(lead, "contact", rules, &[], &ObjectSchema::default(), None)
        .values
        .into_iter()
        .map(|value| (value.remote, value.parts.join("|")))
        .collect()
}

#[test]
fn empty_values_are_not_sent_and_defaults_fill_them() {
    let mut with_default = rule(Source::Field("companyCountry".into()), "country");
    with_default.options.default = Some("Germany".into());
    let rules = [
        rule(Source::Field("jobTitle".into()), "jobtitle"),
        with_default,
    ];
    assert_eq!(
        values(&lead(&[("jobTitle", "  ")]), &rules),
        [("country".into(), "Germany".into())]
    );
}

#[test]
fn values_are_translated_on_their_way_out_in_any_case() {
    let mut country = rule(Source::Field("companyCountry".into()), "country");
    country.options.values = BTreeMap::from([("USA".into(), "United States".into())]);
    let sent = values(&lead(&[("companyCountry", "usa")]), &[country]);
    assert_eq!(sent, [("country".into(), "United States".into())]);
}

#[test]
fn a_rule_for_the_event_beats_the_general_one() {
    let mut special = rule(Source::Constant("Expo source".into()), "source");
    special.event = Some(EventId(5));
    let mut other = rule(Source::Constant("Other".into()), "source");
    other.event = Some(EventId(6));
    let rules = [
        rule(Source::Constant("General".into()), "source"),
        special,
        other,
    ];
    assert_eq!(
        values(&lead(&[]), &rules),
        [("source".into(), "Expo source".into())]
    );
}

#[test]
fn templates_fill_in_fields_and_send_nothing_when_all_are_empty() {
    let row = [rule(
        Source::Template("{jobTitle} met at {eventname}".into()),
        "message",
    )];
    assert_eq!(
        values(&lead(&[("jobTitle", "CTO")]), &row),
        [("message".into(), "CTO met at Expo".into())]
    );
    let empty = [rule(
        Source::Template("Title: {jobTitle}".into()),
        "message",
    )];
    assert!(values(&lead(&[]), &empty).is_empty());
    assert!(template_fields("{a").is_err());
    assert!(template_fields("{}").is_err());
}

fn interest(kind: RemoteKind, values: &[(&str, &str)]) -> (QualifierRule, ObjectSchema) {
    let options = vec![RemoteOption {
        value: "demo".into(),
        label: "Demo".into(),
    }];
    let field = RemoteField {
        name: "interest".into(),
        label: "Interest".into(),
        kind,
        max_length: None,
        options: matches!(kind, RemoteKind::One | RemoteKind::Many).then_some(options),
        required_on_create: false,
        writable: true,
        unique: false,
        custom: true,
        opt_out: false,
        rules: Vec::new(),
    };
    let rule = QualifierRule {
        qualifier: QualifierId(1),
        name: "Interest".into(),
        object: "contact".into(),
        remote: "interest".into(),
        write: WriteBehaviour::Append,
        multiple: true,
        events: None,
        values: values
            .iter()
            .map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned()))
            .collect(),
        described: None,
    };
    (
        rule,
        ObjectSchema {
            fields: vec![field],
        },
    )
}

fn answered(answers: &[(&str, bool)]) -> Lead {
    let mut lead = lead(&[]);
    lead.answers = answers
        .iter()
        .map(|(raw, defined)| Answer {
            qualifier: QualifierId(1),
            value_key: raw.to_lowercase(),
            raw: (*raw).to_owned(),
            defined: *defined,
            event: None,
        })
        .collect();
    lead
}

#[test]
fn an_answer_without_an_option_is_a_failure_of_its_own() {
    let (rule, schema) = interest(RemoteKind::Many, &[("demo", "demo")]);
    let mapped = apply(
        &answered(&[("Demo", true), ("Pricing", true)]),
        "contact",
        &[],
        &[rule],
        &schema,
        None,
    );
    assert_eq!(mapped.values[0].parts, ["demo"]);
    assert_eq!(mapped.failures[0].category, Category::NoTagMapping);
    assert_eq!(mapped.failures[0].value.as_deref(), Some("Pricing"));
}

#[test]
fn a_text_field_takes_defined_answers_as_they_are_but_not_invented_ones() {
    let (rule, schema) = interest(RemoteKind::Text, &[]);
    let mapped = apply(
        &answered(&[("Hot", true), ("???", false)]),
        "contact",
        &[],
        &[rule],
        &schema,
        None,
    );
    assert_eq!(mapped.values[0].parts, ["Hot"]);
    assert_eq!(mapped.failures.len(), 1);
}

#[test]
fn several_answers_do_not_fit_a_field_for_one() {
    let (rule, schema) = interest(RemoteKind::One, &[("a", "x"), ("b", "y")]);
    let mapped = apply(
        &answered(&[("A", true), ("B", true)]),
        "contact",
        &[],
        &[rule],
        &schema,
        None,
    );
    assert!(mapped.values.is_empty());
    assert_eq!(mapped.failures[0].category, Category::DataValueValidation);
}

#[test]
fn an_answer_out_of_scope_is_left_out_with_a_note() {
    let (mut rule, schema) = interest(RemoteKind::Text, &[]);
    rule.events = Some(BTreeSet::from([EventId(99)]));
    let mapped = apply(
        &answered(&[("Hot", true)]),
        "contact",
        &[],
        &[rule],
        &schema,
        None,
    );
    assert!(mapped.values.is_empty() && mapped.failures.is_empty());
    assert_eq!(mapped.notes.len(), 1);
}

#[test]
fn nothing_a_person_typed_is_overwritten_by_default() {
    let write = |key: &str| default_write(&Source::Field(key.into()), None);
    assert_eq!(write("email"), WriteBehaviour::IfBlank);
    assert_eq!(write("companyName"), WriteBehaviour::CreateOnly);
    assert_eq!(write("eventName"), WriteBehaviour::Overwrite);
    assert_eq!(write("notes"), WriteBehaviour::Append);
    assert_eq!(
        default_write(&Source::Constant("x".into()), None),
        WriteBehaviour::CreateOnly
    );
}
