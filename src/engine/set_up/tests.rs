#![allow(clippy::unwrap_used)]
use super::*;
use crate::domain::lead::Role;
use crate::domain::mapping::{Rule, RuleOptions, Source, WriteBehaviour};
use crate::domain::remote::{RemoteField, RemoteKind, RemoteOption};
use crate::store::mappings::SetOn;
use crate::vendors::VendorInfo;

/// A vendor with two objects for persons, which HubSpot has not.
static LEAD: ObjectInfo = object("lead", Role::Persona);
static CONTACT: ObjectInfo = object("contact", Role::Persona);
static ACCOUNT: ObjectInfo = object("account", Role::Company);

const fn object(key: &'static str, role: Role) -> ObjectInfo {
    ObjectInfo {
        key,
        role,
        create: None,
        update: None,
        lookups: &[],
        always_read: &[],
        mirror: None,
    }
}

fn field(name: &str, kind: RemoteKind) -> RemoteField {
    RemoteField {
        name: name.into(),
        label: name.replace('_', " "),
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

fn list(name: &str, options: &[(&str, &str)]) -> RemoteField {
    RemoteField {
        options: Some(
            options
                .iter()
                .map(|(value, label)| RemoteOption {
                    value: (*value).into(),
                    label: (*label).into(),
                })
                .collect(),
        ),
        ..field(name, RemoteKind::One)
    }
}

fn described(info: &'static ObjectInfo, names: &[&str]) -> ObjectFields {
    let fields = names.iter().map(|name| field(name, RemoteKind::Text));
    ObjectFields {
        info,
        schema: ObjectSchema {
            fields: fields.collect(),
        },
    }
}

fn keys(chosen: &Chosen<'_>) -> Vec<&'static str> {
    chosen
        .targets
        .iter()
        .map(|(object, _)| object.key)
        .collect()
}

#[test]
fn a_rule_goes_to_every_object_of_the_role_that_has_the_field() {
    let fields = [
        described(&LEAD, &["Title", "Company"]),
        described(&CONTACT, &["Title", "Fax"]),
        described(&ACCOUNT, &["Name", "Fax"]),
    ];
    let go = |role, remote| choose(&fields, false, role, remote).unwrap();
    assert_eq!(keys(&go(Role::Persona, "title")), ["lead", "contact"]);
    let company = go(Role::Persona, "Company");
    assert_eq!(
        (keys(&company), &company.without[..]),
        (vec!["lead"], &["contact"][..])
    );
    assert_eq!(
        keys(&go(Role::Company, "Fax")),
        ["account"],
        "the source's own role first"
    );
    let elsewhere = go(Role::Company, "Title");
    assert_eq!(
        (keys(&elsewhere), elsewhere.elsewhere),
        (vec!["lead", "contact"], true)
    );
    assert!(matches!(
        choose(&fields, false, Role::Persona, "Titel"),
        Err(TargetProblem::Unknown { near: Some(("lead", near)), .. }) if near == "Title"
    ));
}

#[test]
fn a_field_of_ours_is_found_by_key_label_or_as_leads_have_it() {
    let custom = ["Booth".to_owned(), "Shoe size".to_owned()];
    let key = |name| our_field(name, &custom).map(|field| (field.key, field.known));
    for (name, found) in [
        ("JOBTITLE", "jobTitle"),
        ("job title", "jobTitle"),
        ("Phone Number", "phone"),
        ("Website", "companyWebsite"),
        ("shoe_size", "Shoe size"),
    ] {
        assert_eq!(key(name), Ok((found.to_owned(), true)), "{name}");
    }
    assert_eq!(key("T-shirt"), Ok(("T-shirt".to_owned(), false)));
    assert_eq!(key("frstName").unwrap_err().near, "firstName");
}

#[test]
fn options_are_meant_by_value_or_label_and_others_named_when_wrong() {
    let country = list(
        "country",
        &[("US", "United States"), ("GB", "United Kingdom")],
    );
    assert_eq!(option_value(&country, "united states"), Ok("US".into()));
    assert_eq!(option_value(&country, "gb"), Ok("GB".into()));
    assert_eq!(option_value(&country, "England").unwrap_err()[0], "GB");
    assert_eq!(
        option_value(&field("x", RemoteKind::Text), "any"),
        Ok("any".into())
    );
    let values = [
        ("USA".to_owned(), 3),
        ("Mars".to_owned(), 1),
        ("GB".to_owned(), 9),
    ];
    let refused = misfits(&country, &values, &Default::default());
    assert_eq!(refused.len(), 2);
    assert_eq!(
        repair_line("companyCountry", "contact", "country", &refused),
        "mapping set companyCountry country --object contact --value USA=US --on-invalid drop"
    );
}

#[test]
fn a_row_that_stays_keeps_what_is_not_said_anew() {
    let target = list(
        "country",
        &[("US", "United States"), ("GB", "United Kingdom")],
    );
    let source = Source::Field("companyCountry".into());
    let old = Rule {
        object: "contact".into(),
        remote: "country".into(),
        event: None,
        source: source.clone(),
        write: WriteBehaviour::Overwrite,
        options: RuleOptions {
            values: [("USA".to_owned(), "US".to_owned())].into(),
            truncate: true,
            ..RuleOptions::default()
        },
        described: None,
    };
    let change = RuleChange {
        source,
        event: None,
        write: None,
        values: vec![
            ("UK".into(), "united kingdom".into()),
            ("usa ".into(), String::new()),
        ],
        default: None,
        truncate: None,
        on_invalid: None,
        fallback_owner: None,
    };
    let row = change
        .apply("contact", &target, std::slice::from_ref(&old))
        .unwrap();
    assert_eq!(
        row.options.values,
        [("UK".to_owned(), "GB".to_owned())].into()
    );
    assert!(row.options.truncate && row.write == WriteBehaviour::Overwrite);
    let moved = change
        .apply(
            "contact",
            &list("land", &[("GB", "United Kingdom")]),
            &[old],
        )
        .unwrap();
    assert!(!moved.options.truncate && moved.write == WriteBehaviour::IfBlank);
    assert!(matches!(
        change.apply("contact", &list("land", &[]), &[]),
        Err(RuleProblem::NoOption { .. })
    ));
}

#[test]
fn a_rule_is_set_on_the_object_that_was_named_or_is_alone_in_its_role() {
    let like = crate::vendors::ALL[0];
    let objects: &'static [ObjectInfo] = Box::leak(Box::new([
        object("lead", Role::Persona),
        object("contact", Role::Persona),
        object("account", Role::Company),
    ]));
    let vendor: &'static VendorInfo = Box::leak(Box::new(VendorInfo { objects, ..*like }));
    for (named, on) in [
        (None, SetOn::Role),
        (Some("persona"), SetOn::Role),
        (Some("Contact"), SetOn::Object),
    ] {
        assert_eq!(set_on(vendor, named, &CONTACT), on, "{named:?}");
    }
    assert_eq!(set_on(vendor, None, &ACCOUNT), SetOn::Object);
}
