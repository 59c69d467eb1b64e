#![allow(clippy::unwrap_used)]
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::vendors::Vendor;
use crate::vendors::pipedrive::tests::{HASH, answers, calls, create, update, vendor};

/// What a write comes to, and the body that was sent.
async fn written(
    object: &'static str,
    row: Row,
    status: u16,
    body: Value,
) -> (Result<Verdict, CallError>, Vec<Value>) {
    let server = MockServer::start().await;
    Mock::given(method(if row.change.is_create() {
        "POST"
    } else {
        "PATCH"
    }))
    .respond_with(ResponseTemplate::new(status).set_body_json(body))
    .mount(&server)
    .await;
    let answer = vendor(&server).write(object, &[row]).await;
    let sent = calls(&server).await;
    let bodies = sent
        .iter()
        .map(|request| request.body_json().unwrap())
        .collect();
    (
        answer.map(|mut answer| answer.rows.remove(0).verdict),
        bodies,
    )
}

fn done(id: u32) -> Value {
    json!({"success": true, "data": {"id": id, "name": "Ada Lovelace", "custom_fields": {HASH: 2}}})
}

fn refused(error: &str) -> Value {
    json!({"success": false, "error": error, "code": "ERR_SCHEMA_VALIDATION_FAILED"})
}

#[tokio::test]
async fn a_person_is_made_in_the_form_of_v2() {
    let row = create(
        json!({"first_name": "Ada", "last_name": "Lovelace", "name": "Ada Lovelace", "org_id": "55", "owner_id": 7,
        "emails": [{"value": "ada@x.com", "primary": true, "label": "work"}], "label_ids": [14], HASH: 2}),
    );
    let (verdict, sent) = written(PERSON, row, 201, done(901)).await;
    assert_eq!(
        sent,
        [
            json!({"name": "Ada Lovelace", "org_id": 55, "owner_id": 7, "label_ids": [14],
            "emails": [{"value": "ada@x.com", "primary": true, "label": "work"}], "custom_fields": {HASH: 2}})
        ]
    );
    let Verdict::Done { id, stored } = verdict.unwrap() else {
        panic!("not done");
    };
    let stored = stored.unwrap();
    assert_eq!(
        (id.as_str(), &stored[HASH], &stored["first_name"]),
        ("901", &json!(2), &json!("Ada"))
    );
}

#[tokio::test]
async fn an_update_sends_what_changes_alone() {
    let row = update("901", json!({"phones": [{"value": "1"}]}));
    let server = MockServer::start().await;
    Mock::given(method("PATCH"))
        .and(path("/api/v2/persons/901"))
        .respond_with(ResponseTemplate::new(200).set_body_json(done(901)))
        .mount(&server)
        .await;
    let vendor = vendor(&server);
    let answer = vendor.write(PERSON, &[row]).await.unwrap();
    assert!(matches!(answer.rows[0].verdict, Verdict::Done { .. }));
    let body: Value = calls(&server).await[0].body_json().unwrap();
    assert_eq!(body, json!({"phones": [{"value": "1"}]}));
}

#[tokio::test]
async fn half_a_name_is_not_sent_as_the_whole() {
    let (_, sent) = written(
        PERSON,
        update("901", json!({"first_name": "Ada", HASH: []})),
        200,
        done(901),
    )
    .await;
    assert_eq!(sent, [json!({"custom_fields": {HASH: null}})]);
    let (_, sent) = written(PERSON, create(json!({"first_name": "Ada"})), 200, done(901)).await;
    assert_eq!(sent, [json!({"name": "Ada"})]);
}

#[tokio::test]
async fn the_address_of_an_identity_is_written_as_a_list() {
    let row = create(json!({"last_name": "Lee", "email": "ann@x.com"}));
    let (_, sent) = written(PERSON, row, 200, done(901)).await;
    let list = json!([{"value": "ann@x.com", "primary": true, "label": "work"}]);
    assert_eq!(sent, [json!({"name": "Lee", "emails": list})]);
}

#[tokio::test]
async fn an_answer_about_nobody_or_somebody_else_is_no_success() {
    for body in [
        json!({"success": true, "data": null}),
        json!({"success": true}),
    ] {
        let (verdict, _) = written(PERSON, create(json!({"name": "A"})), 200, body).await;
        assert_eq!(verdict.unwrap(), Verdict::Silent);
    }
    let (verdict, _) = written(PERSON, update("901", json!({"name": "A"})), 200, done(7)).await;
    assert_eq!(verdict.unwrap(), Verdict::Silent);
}

#[tokio::test]
async fn a_lost_create_is_not_repeated() {
    let (verdict, sent) = written(
        PERSON,
        create(json!({"name": "A"})),
        500,
        json!({"success": false}),
    )
    .await;
    let error = verdict.unwrap_err();
    assert!(
        matches!(error.kind, CallErrorKind::OutcomeUnknown { .. }),
        "{error:?}"
    );
    assert_eq!(sent.len(), 1);
}

#[tokio::test]
async fn who_is_gone_is_told_from_an_organization_that_is() {
    let gone = json!({"success": false, "error": "Person not found", "error_info": "Object was not found."});
    for status in [404, 410] {
        let (verdict, _) = written(
            PERSON,
            update("901", json!({"name": "A"})),
            status,
            gone.clone(),
        )
        .await;
        assert_eq!(verdict.unwrap(), Verdict::Gone);
    }
    for (status, error) in [
        (400, "Validation failed: org_id: Organization 55 not found"),
        (404, "Organization not found"),
    ] {
        for row in [
            create(json!({"name": "A", "org_id": "55"})),
            update("901", json!({"org_id": "55"})),
        ] {
            let (verdict, _) = written(PERSON, row, status, refused(error)).await;
            assert_eq!(verdict.unwrap(), Verdict::LinkGone, "{status} {error}");
        }
    }
    // Another field's refusal says nothing of the organization, whatever its words.
    let error = "Validation failed: label_ids: not a label of this organization";
    let row = create(json!({"name": "A", "org_id": "55", "label_ids": [9]}));
    let (verdict, _) = written(PERSON, row, 400, refused(error)).await;
    assert!(matches!(verdict.unwrap(), Verdict::Refused(_)));
    let (verdict, sent) = written(PERSON, update("00Q1", json!({"name": "A"})), 200, done(1)).await;
    assert_eq!((verdict.unwrap(), sent.len()), (Verdict::Gone, 0));
}

#[tokio::test]
async fn a_refused_value_is_the_leads_with_field_and_value() {
    let error = format!("Validation failed: custom_fields.{HASH}: Invalid value");
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(400).set_body_json(refused(&error)))
        .mount(&server)
        .await;
    let fields = json!([{"field_name": "Source", "field_code": HASH, "field_type": "enum", "is_custom_field": true}]);
    answers(&server, "/api/v2/personFields", fields).await;
    let vendor = vendor(&server);
    let row = || create(json!({"name": "A", HASH: 99}));
    let verdict = async || {
        let mut answer = vendor.write(PERSON, &[row()]).await.unwrap();
        match answer.rows.remove(0).verdict {
            Verdict::Refused(failure) => failure,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(verdict().await.category, Category::DataFormatValidation);
    // Once the field is known to be a list, the value is none of its options.
    vendor.describe(PERSON, &[]).await.unwrap();
    let failure = verdict().await;
    assert_eq!(failure.category, Category::DataValueValidation);
    assert_eq!(
        (failure.field.as_deref(), failure.value.as_deref()),
        (Some(HASH), Some("99"))
    );
}

#[tokio::test]
async fn a_permission_is_nobodys_fault_but_a_field_may_be_forbidden() {
    let capped = json!({"success": false, "error": "Limit reached.", "code": "feature_capping_persons_limit"});
    let row = create(json!({"name": "A", "job_title": "CEO"}));
    let (verdict, _) = written(PERSON, row, 403, capped).await;
    assert!(matches!(
        verdict.unwrap_err().kind,
        CallErrorKind::NotAllowed(_)
    ));
    let closed = json!({"success": false, "error": "Payment required"});
    let (verdict, _) = written(PERSON, create(json!({"name": "A"})), 402, closed).await;
    assert!(matches!(
        verdict.unwrap_err().kind,
        CallErrorKind::NotAllowed(_)
    ));
    let unsynced = json!({"success": false, "error": "Contact sync is not enabled"});
    let row = create(json!({"name": "A", "job_title": "CEO"}));
    match written(PERSON, row, 403, unsynced).await.0.unwrap() {
        Verdict::Refused(failure) => {
            assert_eq!(failure.category, Category::MissingRemoteField);
            assert_eq!(failure.field.as_deref(), Some("job_title"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_organization_is_made_from_a_link_or_a_value() {
    let row = create(
        json!({"name": "Acme", "website": "https://acme.com", "address": {"value": "1 Main St"}}),
    );
    let (_, sent) = written(ORGANIZATION, row, 200, done(55)).await;
    assert_eq!(
        sent,
        [json!({"name": "Acme", "website": "https://acme.com", "address": {"value": "1 Main St"}})]
    );
    let linked = Row {
        links: vec![(ORGANIZATION, "55".into())],
        ..create(json!({"name": "Ada"}))
    };
    let (_, sent) = written(PERSON, linked, 200, done(901)).await;
    assert_eq!(sent, [json!({"name": "Ada", "org_id": 55})]);
}

#[tokio::test]
async fn a_person_is_joined_by_an_update() {
    let server = MockServer::start().await;
    Mock::given(method("PATCH"))
        .and(path("/api/v2/persons/901"))
        .respond_with(ResponseTemplate::new(200).set_body_json(done(901)))
        .mount(&server)
        .await;
    let vendor = vendor(&server);
    let answer = vendor.link(&[("901".into(), "55".into())]).await.unwrap();
    assert_eq!(answer.pairs, [LinkEnd::Done]);
    let body: Value = calls(&server).await[0].body_json().unwrap();
    assert_eq!(body, json!({"org_id": 55}));
}
