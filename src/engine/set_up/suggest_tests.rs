#![allow(clippy::unwrap_used)]

use std::convert::Infallible;

use super::*;
use crate::domain::remote::{ObjectSchema, RemoteOption};
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

fn list(name: &str, label: &str, options: &[(&str, &str)]) -> RemoteField {
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
        ..field(name, label, RemoteKind::One)
    }
}

fn suggested(contact: Vec<RemoteField>, company: Vec<RemoteField>) -> Vec<Suggestion> {
    let vendor = vendors::lookup("hubspot").unwrap();
    let object = |key: &str, fields| ObjectFields {
        info: vendor.objects.iter().find(|one| one.key == key).unwrap(),
        schema: ObjectSchema { fields },
    };
    let objects = [object("contact", contact), object("company", company)];
    let held = |key: &str| -> Result<Vec<(String, u64)>, Infallible> {
        Ok(match key {
            "companyIndustry" => vec![("Software".into(), 3), ("Space travel".into(), 1)],
            "companyCountry" => vec![("USA".into(), 3), ("UK".into(), 1)],
            _ => Vec::new(),
        })
    };
    suggest(vendor, &objects, &[], &[], &["Badge Color".into()], held).unwrap()
}

fn of<'a>(found: &'a [Suggestion], field: &str) -> Option<&'a Suggestion> {
    found.iter().find(|one| one.field == field)
}

#[test]
fn fields_are_suggested_by_name_synonym_and_type() {
    let mut read_only = field("notes", "Notes", RemoteKind::Text);
    read_only.writable = false;
    let found = suggested(
        vec![
            field("jobtitle", "Job Title", RemoteKind::Text),
            field("x_badge_color", "Badge color", RemoteKind::Text),
            field("cell", "Cell", RemoteKind::Phone),
            field("leadscore", "Lead Score", RemoteKind::Date),
            read_only,
        ],
        Vec::new(),
    );
    assert_eq!(of(&found, "jobTitle").unwrap().score, 100);
    assert_eq!(of(&found, "Badge Color").unwrap().remote, "x_badge_color");
    let cell = of(&found, "mobilePhone").unwrap();
    assert!(cell.score > 80 && cell.score < 90, "{cell:?}");
    assert_eq!(of(&found, "notes"), None, "read-only");
    assert_eq!(of(&found, "leadScore"), None, "a number is no date");
    assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score));
}

#[test]
fn a_closed_list_comes_with_translations_and_never_where_it_is_another_list() {
    let countries = [("US", "United States"), ("GB", "United Kingdom")];
    let found = suggested(
        Vec::new(),
        vec![
            list(
                "industry",
                "Industry",
                &[("COMPUTER_SOFTWARE", "Computer Software")],
            ),
            list("country", "Country", &countries),
        ],
    );
    let country = of(&found, "companyCountry").unwrap();
    assert_eq!(country.values["USA"], "US");
    assert_eq!(country.values["UK"], "GB");
    let industry = of(&found, "companyIndustry").unwrap();
    assert_eq!(industry.values["Software"], "COMPUTER_SOFTWARE");
    assert_eq!(industry.dropped, ["Space travel"]);
    assert!(industry.score < country.score);

    let planets = list("country", "Country", &[("MARS", "Mars")]);
    assert_eq!(
        of(&suggested(Vec::new(), vec![planets]), "companyCountry"),
        None
    );
}

#[test]
fn two_of_ours_never_go_to_one_of_theirs() {
    let found = suggested(vec![field("title", "Title", RemoteKind::Text)], Vec::new());
    let targets: BTreeSet<_> = found.iter().map(|one| (one.object, &one.remote)).collect();
    assert_eq!(targets.len(), found.len());
}
