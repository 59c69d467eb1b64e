#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::*;

#[test]
fn a_lead_as_the_description_has_it() {
    let lead = lead(&json!({
        "id": "0b6f4f2e-0000-4000-8000-000000000001",
        "createdAt": "2026-11-20T09:15:00.000Z",
        "isEnriched": true,
        "firstName": " Ana ", "lastName": "Li", "email": "ana@acme.com", "jobTitle": "CTO",
        "description": "", "linkedin": null, "facebook": null, "twitter": "@ana", "address": "1 Main St",
        "phoneNumbers": {
            "leadProvided": [
                {"number": "+49 30 1", "type": "OFFICE", "preferred": false},
                {"number": "+49 170 2", "type": "MOBILE", "preferred": false}
            ],
            "moblyProvided": [{"number": "+49 30 3", "type": "HQ", "preferred": true}]
        },
        "company": {"name": "Acme", "industry": "Tools", "linkedin": null, "streetAddress": null, "city": "Berlin",
            "state": null, "zip": "10115", "country": "DE"},
        "numberOfScans": 3,
        "lastScannedBy": "rep@mobly.example",
        "activations": [{"activationId": "a1", "checkedIn": true, "registered": false}],
        "tags": [{"tagOptionId": "o1", "value": "Hot"}],
        "leadActivityEvents": ["e1", "e2"],
        "remoteIds": [{"id": "551", "integrationType": "HUBSPOT"}]
    }))
    .unwrap();
    assert_eq!(
        lead.captured_at.unwrap().to_string(),
        "2026-11-20T09:15:00Z"
    );
    assert!(!lead.enriching);
    let expected = [
        ("address", "1 Main St"),
        ("companyCity", "Berlin"),
        ("companyCountry", "DE"),
        ("companyIndustry", "Tools"),
        ("companyName", "Acme"),
        ("companyZip", "10115"),
        ("email", "ana@acme.com"),
        ("firstName", "Ana"),
        ("jobTitle", "CTO"),
        ("lastName", "Li"),
        ("lastScannedBy", "rep@mobly.example"),
        ("mobilePhone", "+49 170 2"),
        ("phone", "+49 30 3"),
        ("phoneType", "HQ"),
        ("twitter", "@ana"),
    ];
    let fields: Vec<(&str, &str)> = lead
        .fields
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    assert_eq!(fields, expected);
    assert!(
        fields
            .iter()
            .all(|(key, _)| crate::domain::lead::field_info(key).is_some())
    );
    assert_eq!(lead.scans, Some(3));
    assert_eq!(lead.answers.unwrap()[0].option, "o1");
    assert_eq!(lead.activities.unwrap(), ["e1", "e2"]);
    assert!(lead.activations[0].checked_in);
    assert_eq!(
        (
            lead.remote_ids[0].system.as_str(),
            lead.remote_ids[0].id.as_str()
        ),
        ("HUBSPOT", "551")
    );
}

#[test]
fn what_is_missing_or_of_another_form_hides_nothing_else() {
    let told = lead(&json!({"id": 17, "numberOfScans": "4", "isEnriched": "false", "company": null, "createdAt": "soon",
        "phoneNumbers": {"leadProvided": [{"number": 4930, "type": "UNKNOWN"}, {"type": "HQ"}]},
        "professionalEmails": " ; bo@acme.com ; x@y.z", "tags": [{"value": "Hot"}, 5], "somethingNew": {"a": 1}}))
    .unwrap();
    assert_eq!(
        (told.id.as_str(), told.scans, told.enriching),
        ("17", Some(4), true)
    );
    assert_eq!(told.fields["phone"], "4930");
    assert!(!told.fields.contains_key("phoneType"));
    assert_eq!(told.fields["email"], "bo@acme.com");
    assert_eq!(told.answers, Some(Vec::new()));
    assert_eq!((told.activities, told.captured_at), (None, None));
    assert!(lead(&json!({"firstName": "nobody"})).is_none());
    assert!(
        !lead(&json!({"id": "1"})).unwrap().enriching,
        "nobody waits for ever"
    );
}

#[test]
fn events_and_qualifiers() {
    let told = event(&json!({"id": 7, "name": "Expo", "startDate": "2026-11-20T00:00:00Z", "endDate": null,
        "location": {"city": "Berlin", "timeZone": "Europe/Berlin"}, "tagGroups": ["g1", {"id": "g2"}]}))
    .unwrap();
    assert_eq!(
        (told.id.as_str(), told.from.as_deref(), told.to),
        ("7", Some("2026-11-20"), None)
    );
    assert_eq!(
        (told.zone.as_deref(), told.qualifiers),
        (
            Some("Europe/Berlin"),
            vec!["g1".to_owned(), "g2".to_owned()]
        )
    );
    let odd = event(&json!({"id": "9", "location": {"timeZone": "Nowhere/Town"}})).unwrap();
    assert_eq!((odd.name.as_str(), odd.zone), ("Event 9", None));
    let told = qualifier(&json!({"id": "g1", "name": "Interest", "status": "ARCHIVED", "allowsMultipleSelection": true,
        "displayOrder": 2, "required": false, "allEvents": false,
        "tagOptions": [{"id": "o2", "displayOrder": 2, "value": "B"}, {"id": "o1", "displayOrder": 1, "value": "A"}, {"id": "o3"}]}))
    .unwrap();
    let values: Vec<&str> = told
        .options
        .iter()
        .map(|option| option.value.as_str())
        .collect();
    assert_eq!(values, ["A", "B"]);
    assert_eq!(
        (told.publication, told.multiple, told.all_events),
        (Publication::Archived, true, false)
    );
}

#[test]
fn activities_that_say_nothing_have_no_text() {
    let told = |kind: &str, notes: Value| {
        let activity = activity(
            &json!({"id": "1", "createdAt": "2026-11-20T09:00:00Z", "eventType": kind,
            "eventNotes": notes, "associatedLead": "l1"}),
        )
        .unwrap();
        (activity.kind, activity.text)
    };
    assert_eq!(
        told("NOTE", json!("Call her")),
        (ActivityKind::Note, "Call her".to_owned())
    );
    assert_eq!(
        told("PHONE", Value::Null),
        (ActivityKind::Call, "Call".to_owned())
    );
    assert_eq!(told("CALENDAR", Value::Null).0, ActivityKind::Meeting);
    assert_eq!(told("EMAIL_CONTENT", json!("Hello")).0, ActivityKind::Email);
    assert_eq!(told("SOMETHING_NEW", json!("x")).0, ActivityKind::Other);
    for kind in ["CSV_UPLOAD", "MOBLY_API", "CAMPAIGN_ASSOCIATION", "NOTE"] {
        assert_eq!(told(kind, Value::Null).1, "", "{kind}");
    }
}
