#![allow(clippy::unwrap_used)]
use super::*;
use crate::domain::ids::QualifierId;

fn qualifier(name: &str) -> QualifierColumn {
    QualifierColumn {
        id: QualifierId(1),
        name: name.into(),
        name_key: value_key(name),
        multiple: false,
        content_key: format!("qualifier:{}", value_key(name)),
    }
}

fn fields(headers: &[&str], given: &[(&str, &str)]) -> Vec<String> {
    let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
    let given: Vec<(String, String)> = given
        .iter()
        .map(|(a, b)| ((*a).into(), (*b).into()))
        .collect();
    let qualifiers = [qualifier("Lead Type"), qualifier("Industry")];
    let columns = Columns::recognise(&headers, &given, &qualifiers).unwrap();
    columns
        .all
        .iter()
        .map(|column| column.field(&qualifiers).unwrap_or_else(|| "-".into()))
        .collect()
}

#[test]
fn every_field_is_recognised_by_its_own_key_and_label() {
    for info in FIELDS.iter().filter(|info| info.key != "companyDomain") {
        let expected = if info.key == "eventName" {
            "event"
        } else {
            info.key
        };
        assert_eq!(usual_name(info.key), expected);
        assert_eq!(usual_name(info.label), expected, "{}", info.label);
    }
    fn usual_name(header: &str) -> String {
        let columns = Columns::recognise(&[header.to_owned()], &[], &[]).unwrap();
        columns.all[0].field(&[]).unwrap()
    }
}

#[test]
fn names_are_distinct_and_normal() {
    let mut seen = HashSet::new();
    for name in NAMES.iter().flat_map(|(_, names)| names.iter()) {
        assert!(
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()),
            "{name}"
        );
        assert!(seen.insert(name), "{name}");
    }
}

#[test]
fn the_usual_exports_are_understood() {
    for (headers, expected) in [
        (
            vec![
                "First Name",
                "Last Name",
                "E-mail",
                "Company",
                "Title",
                "Scan Date",
                "Captured By",
                "# of Scans",
            ],
            vec![
                "firstName",
                "lastName",
                "email",
                "companyName",
                "jobTitle",
                "capturedAt",
                "lastScannedBy",
                "numberOfScans",
            ],
        ),
        (
            vec![
                "Attendee Email",
                "Attendee Name",
                "State/Province",
                "Zip/Postal Code",
                "Event Name",
                "Shoe size",
            ],
            vec![
                "email",
                "fullName",
                "companyState",
                "companyZip",
                "event",
                "Shoe size",
            ],
        ),
        (
            vec!["Vorname", "Name", "Firma", "PLZ", "Straße"],
            vec![
                "firstName",
                "lastName",
                "companyName",
                "companyZip",
                "companyStreetAddress",
            ],
        ),
        (
            vec![
                "LEAD TYPE",
                "industry",
                "mobly_sync_lead_id",
                "mobly_sync_reason",
                "",
            ],
            vec![
                "qualifier:Lead Type",
                "qualifier:Industry",
                "mobly_sync_lead_id",
                "-",
                "-",
            ],
        ),
        (
            vec!["Scan Date", "Scan Time"],
            vec!["capturedAt", "capturedAt"],
        ),
    ] {
        assert_eq!(fields(&headers, &[]), expected);
    }
}

#[test]
fn second_columns_lose_nothing() {
    assert_eq!(
        fields(&["Title", "Job Title"], &[]),
        ["Title", "jobTitle"],
        "the stronger name wins"
    );
    assert_eq!(
        fields(&["Email", "Work Email"], &[]),
        ["email", "email"],
        "fills where the first is blank"
    );
    assert_eq!(
        fields(&["jobTitle", "jobTitle"], &[]),
        ["jobTitle", "jobTitle (2)"]
    );
    assert_eq!(
        fields(&["Size of booth", "size of booth"], &[]),
        ["Size of booth", "size of booth (2)"]
    );
}

#[test]
fn a_given_field_beats_every_name() {
    assert_eq!(
        fields(
            &["Email", "Job Title", "x"],
            &[("email", "notes"), ("job  title", "-"), ("X", "event")]
        ),
        ["notes", "-", "event"]
    );
    assert_eq!(
        fields(&["Email"], &[("Email", "qualifier:lead type")]),
        ["qualifier:Lead Type"]
    );
    assert_eq!(
        Columns::recognise(&["a".into()], &[("b".into(), "email".into())], &[]).unwrap_err(),
        NoSuchHeader("b".into())
    );
}

#[test]
fn a_second_column_tells_where_what_differs_goes() {
    let headers = ["Email".to_owned(), "Email".to_owned()];
    let columns = Columns::recognise(&headers, &[], &[]).unwrap();
    let told: Vec<Option<&str>> = columns
        .all
        .iter()
        .map(|column| column.is_second.then_some(column.spare.as_str()))
        .collect();
    assert_eq!(told, [None, Some("Email (2)")]);
}
