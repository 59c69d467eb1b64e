#![allow(clippy::unwrap_used)]
//! One prospect a request.

use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::PROSPECT;
use super::super::tests::{asked, calls, create, is_refused, unit, update, vendor};
use super::*;
use crate::vendors::Vendor;

const UPSERT: &str = "/api/v5/objects/prospects/do/upsertLatestByEmail";

async fn answers(server: &MockServer, verb: &str, at: &str, answer: ResponseTemplate) {
    Mock::given(method(verb))
        .and(path(at))
        .respond_with(answer)
        .mount(server)
        .await;
}

fn json_of(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

fn written(id: u32, created: &str) -> Value {
    json!({"id": id, "email": "ada@b.co", "createdAt": created, "updatedAt": "2026-11-22T12:00:05+00:00"})
}

/// The verdict on a new prospect.
async fn created(answer: ResponseTemplate) -> (Verdict, Value) {
    let server = unit().await;
    answers(&server, "POST", UPSERT, answer).await;
    let row = create(
        "a",
        json!({"email": "Ada@B.co", "firstName": "Ada", "Visit__c": "x"}),
    );
    let answer = vendor(&server).write(PROSPECT, &[row]).await.unwrap();
    assert_eq!((answer.rows.len(), answer.job.is_none()), (1, true));
    let body = calls(&server).await[0].body_json().unwrap();
    (answer.rows[0].verdict.clone(), body)
}

#[tokio::test]
async fn a_new_prospect_is_upserted_by_its_address() {
    let (verdict, body) = created(json_of(200, written(7, "2026-11-22T12:00:04+00:00"))).await;
    assert!(matches!(verdict, Verdict::Done { id, .. } if id == "7"));
    assert_eq!(
        body,
        json!({"matchEmail": "ada@b.co", "secondaryDeletedSearch": true,
            "prospect": {"email": "Ada@B.co", "firstName": "Ada", "Visit__c": "x"},
            "fields": ["id", "email", "createdAt", "updatedAt"]})
    );
}

#[tokio::test]
async fn who_was_there_is_a_match_and_not_ours() {
    let long_ago = || written(7, "2026-01-01T08:00:00+00:00");
    let (verdict, _) = created(json_of(200, long_ago())).await;
    assert_eq!(verdict, Verdict::Overwrote { id: "7".into() });
    // The vendor's own word for having made it.
    let (verdict, _) = created(json_of(201, long_ago())).await;
    assert!(matches!(verdict, Verdict::Done { .. }));
}

#[tokio::test]
async fn what_may_not_be_read_was_written_all_the_same() {
    let (verdict, _) = created(ResponseTemplate::new(204)).await;
    assert_eq!(verdict, Verdict::Taken);
    let (verdict, _) = created(json_of(200, json!({}))).await;
    assert_eq!(verdict, Verdict::Taken);
}

#[tokio::test]
async fn a_refusal_is_the_rows() {
    let refused =
        |code: u32, message: &str| json_of(400, json!({"code": code, "message": message}));
    let (verdict, _) = created(refused(4, "Invalid prospect email address")).await;
    assert!(is_refused(&verdict, Category::DataFormatValidation));
    let (verdict, _) = created(refused(154, "Invalid property in request: Visit__c")).await;
    assert!(matches!(&verdict, Verdict::Refused(failure)
        if failure.category == Category::MissingRemoteField
            && failure.field.as_deref() == Some("Visit__c")
            && failure.value.as_deref() == Some("x")));
    let (verdict, _) = created(refused(132, "Prospect is archived")).await;
    assert!(is_refused(&verdict, Category::Unexpected));
    for code in [62, 9] {
        let (verdict, _) = created(refused(code, "Conflicting Update")).await;
        assert!(matches!(verdict, Verdict::Later(_)), "{code}");
    }
}

#[tokio::test]
async fn a_wrong_unit_is_nobodys_refusal() {
    let server = unit().await;
    answers(
        &server,
        "POST",
        UPSERT,
        json_of(400, json!({"code": 201, "message": "no"})),
    )
    .await;
    let row = create("a", json!({"email": "ada@b.co"}));
    let error = vendor(&server).write(PROSPECT, &[row]).await.unwrap_err();
    assert!(matches!(error.kind, CallErrorKind::NotAllowed(_)));
}

#[tokio::test]
async fn a_record_of_its_own_is_made_and_not_upserted() {
    let server = unit().await;
    answers(
        &server,
        "POST",
        "/api/v5/objects/prospects",
        json_of(201, json!({"id": 9})),
    )
    .await;
    let mut row = create("a", json!({"email": "ada@b.co"}));
    row.despite_duplicates = true;
    let vendor = vendor(&server);
    let answer = vendor
        .write(PROSPECT, std::slice::from_ref(&row))
        .await
        .unwrap();
    assert!(matches!(&answer.rows[0].verdict, Verdict::Done { id, .. } if id == "9"));
    server.reset().await;
    let taken =
        json!({"code": 9, "message": "A prospect with the specified email address already exists"});
    answers(
        &server,
        "POST",
        "/api/v5/objects/prospects",
        json_of(400, taken),
    )
    .await;
    let answer = vendor.write(PROSPECT, &[row]).await.unwrap();
    assert!(is_refused(
        &answer.rows[0].verdict,
        Category::DuplicateRecord
    ));
}

#[tokio::test]
async fn a_prospect_is_changed_by_its_id() {
    let server = unit().await;
    let at = |id: &str| format!("/api/v5/objects/prospects/{id}");
    answers(&server, "PATCH", &at("7"), json_of(200, json!({"id": 7}))).await;
    answers(&server, "PATCH", &at("8"), ResponseTemplate::new(204)).await;
    answers(
        &server,
        "PATCH",
        &at("9"),
        json_of(404, json!({"code": 109, "message": "no"})),
    )
    .await;
    answers(
        &server,
        "PATCH",
        &at("10"),
        json_of(400, json!({"code": 219, "message": "bin"})),
    )
    .await;
    let vendor = vendor(&server);
    for (id, there) in [
        ("7", true),
        ("8", true),
        ("9", false),
        ("10", false),
        ("00Q1", false),
    ] {
        let row = update("a", id, json!({"email": "new@b.co"}));
        let answer = vendor.write(PROSPECT, &[row]).await.unwrap();
        let expected = if there {
            Verdict::Done {
                id: id.to_owned(),
                stored: None,
            }
        } else {
            Verdict::Gone
        };
        assert_eq!(answer.rows[0].verdict, expected, "{id}");
    }
    let calls = calls(&server).await;
    assert_eq!(calls.len(), 4, "the last is no prospect's id");
    let body: Value = calls[0].body_json().unwrap();
    assert_eq!(body, json!({"email": "new@b.co"}));
    assert_eq!(asked(&calls[0], "fields").as_deref(), Some("id"));
}

#[tokio::test]
async fn rows_that_empty_fields_go_one_by_one() {
    let server = unit().await;
    answers(
        &server,
        "PATCH",
        "/api/v5/objects/prospects/7",
        json_of(200, json!({"id": 7})),
    )
    .await;
    let rows = [
        update("a", "7", json!({"notes": null})),
        update("b", "8", json!({"notes": ""})),
    ];
    let answer = vendor(&server).write(PROSPECT, &rows).await.unwrap();
    assert!(answer.job.is_none());
    assert!(matches!(answer.rows[0].verdict, Verdict::Done { .. }));
    assert_eq!(answer.rows[1].verdict, Verdict::Later(None));
    let body: Value = calls(&server).await[0].body_json().unwrap();
    assert_eq!(body, json!({"notes": null}));
}
