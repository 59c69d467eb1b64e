#![allow(clippy::unwrap_used)]
//! The translator against a server of answers in the documentation's words.

use std::sync::Arc;

use secrecy::SecretString;
use serde_json::json;
use wiremock::matchers::{method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::*;
use crate::clock::ManualClock;
use crate::domain::integration::Settings;
use crate::transport::{BaseUrl, Pacer, StaticToken, TokenScheme, Transport};
use crate::vendors::{CallErrorKind, Change};

/// The code of a field of the company's own.
pub(super) const HASH: &str = "9dc80c50d78a15643bfc4ca79d76156a73a1ca0e";

pub(super) fn vendor(server: &MockServer) -> Pipedrive {
    let clock = Arc::new(ManualClock::new("2026-11-22T12:00:00Z".parse().unwrap()));
    let pacer = Pacer::new(limits::QUOTAS, clock, 95, true);
    let scheme = TokenScheme::Header("x-api-token");
    let tokens = Arc::new(StaticToken::with_scheme(
        SecretString::from("40hex"),
        scheme,
    ));
    let base = BaseUrl::parse(&server.uri()).unwrap();
    let transport = Transport::new(base, limits::rules(), tokens, pacer).unwrap();
    Pipedrive::new(VendorSetup {
        settings: Settings::default(),
        transport,
    })
}

pub(super) async fn calls(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

/// A value of a request's query.
pub(super) fn asked(request: &Request, name: &str) -> Option<String> {
    let mut pairs = request.url.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// A page of records; `next`: the cursor of the one after.
pub(super) fn page(data: &Value, next: Option<&str>) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(
        json!({"success": true, "data": data, "additional_data": {"next_cursor": next}}),
    )
}

/// Answers every GET of a path with one page.
pub(super) async fn answers(server: &MockServer, at: &str, data: Value) {
    Mock::given(method("GET"))
        .and(path(at))
        .respond_with(page(&data, None))
        .mount(server)
        .await;
}

pub(super) fn create(values: Value) -> Row {
    Row {
        trace: "1".into(),
        change: Change::Create {
            values: serde_json::from_value(values).unwrap(),
        },
        links: Vec::new(),
        despite_duplicates: false,
        is_no_news: false,
    }
}

pub(super) fn update(id: &str, values: Value) -> Row {
    Row {
        change: Change::Update {
            id: id.into(),
            values: serde_json::from_value(values).unwrap(),
        },
        ..create(json!({}))
    }
}

async fn account(user: Value) -> Result<RemoteAccount, CallError> {
    let server = MockServer::start().await;
    Mock::given(path("/api/v1/users/me"))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!({"success": true, "data": user})),
        )
        .mount(&server)
        .await;
    let account = vendor(&server).account().await;
    let sent = &calls(&server).await[0];
    assert_eq!(sent.headers["x-api-token"], "40hex");
    assert!(sent.url.query().is_none(), "no token in an address");
    account
}

#[tokio::test]
async fn the_account_is_the_company() {
    let acme = json!({"id": 7, "company_id": 54_235_233, "company_name": "Acme", "company_domain": "acme"});
    let found = account(acme).await.unwrap();
    assert_eq!(
        (found.id.as_str(), found.name.as_str(), found.environment),
        ("54235233", "Acme", Environment::Production)
    );
    assert_eq!(found.details["company_domain"], "acme");
    let trial = account(json!({"company_id": 1, "company_domain": "acme-sandbox"}))
        .await
        .unwrap();
    assert_eq!(trial.environment, Environment::Sandbox);
    assert!(account(json!({"id": 7})).await.is_err());
}

#[tokio::test]
async fn a_refused_token_is_a_refused_sign_in() {
    let server = MockServer::start().await;
    let refused = json!({"success": false, "error": "unauthorized access", "errorCode": 401});
    Mock::given(path("/api/v1/users/me"))
        .respond_with(ResponseTemplate::new(401).set_body_json(refused))
        .mount(&server)
        .await;
    let error = vendor(&server).account().await.unwrap_err();
    assert!(matches!(error.kind, CallErrorKind::SignIn(_)), "{error:?}");
}

#[tokio::test]
async fn a_success_that_calls_itself_a_failure_is_none() {
    let server = MockServer::start().await;
    let refused = json!({"success": false, "error": "something"});
    Mock::given(path("/api/v1/users/me"))
        .respond_with(ResponseTemplate::new(200).set_body_json(refused))
        .mount(&server)
        .await;
    assert!(vendor(&server).account().await.is_err());
}

#[tokio::test]
async fn the_budget_is_what_answers_told() {
    let server = MockServer::start().await;
    let me = page(&json!({"company_id": 1}), None)
        .insert_header("x-daily-ratelimit-token-limit", "60000")
        .insert_header("x-daily-ratelimit-token-remaining", "59000");
    Mock::given(path("/api/v1/users/me"))
        .respond_with(me)
        .mount(&server)
        .await;
    let vendor = vendor(&server);
    assert_eq!(vendor.budget().await.unwrap(), None);
    vendor.account().await.unwrap();
    let budget = vendor.budget().await.unwrap().unwrap();
    assert_eq!((budget.used, budget.limit), (1_000, 60_000));
    assert_eq!(
        budget.resets_at,
        Some("2026-11-23T00:00:00Z".parse().unwrap())
    );
}

#[test]
fn persons_come_by_id_and_address_and_stand_in_their_organization() {
    let plan = plan();
    let steps = |steps: &[Step]| -> Vec<String> {
        let shown = steps
            .iter()
            .map(|step| format!("{} {:?}", step.object, step.by));
        shown.collect()
    };
    assert_eq!(steps(&plan.person), ["person Id", "person Email"]);
    assert_eq!(
        steps(&plan.company),
        [
            "organization Id",
            "organization Domain",
            "organization Name"
        ]
    );
    assert!(matches!(
        plan.link,
        LinkKind::InPerson {
            object: PERSON,
            field: "org_id"
        }
    ));
    assert!(plan.person_stands_alone);
    // Whatever a plan asks for can be asked.
    for step in plan.person.iter().chain(&plan.company) {
        let object = INFO
            .objects
            .iter()
            .find(|object| object.key == step.object)
            .unwrap();
        assert!(
            object.lookups.iter().any(|lookup| lookup.by == step.by),
            "{step:?}"
        );
        assert!(object.mirror.unwrap().keys.contains(&step.by), "{step:?}");
    }
}

#[tokio::test]
async fn fields_are_read_page_by_page_and_users_only_where_wanted() {
    let server = MockServer::start().await;
    let name =
        json!([{"field_name": "Name", "field_code": "name", "field_type": "varchar"}, "odd"]);
    let owner = json!([{"field_name": "Owner", "field_code": "owner_id", "field_type": "user"}]);
    Mock::given(path("/api/v2/personFields"))
        .and(query_param_is_missing("cursor"))
        .respond_with(page(&name, Some("next")))
        .mount(&server)
        .await;
    Mock::given(path("/api/v2/personFields"))
        .and(query_param("cursor", "next"))
        .respond_with(page(&owner, None))
        .mount(&server)
        .await;
    let users = json!([{"id": 7, "email": "ann@acme.com", "active_flag": true}, {"id": 8, "email": "gone@acme.com", "active_flag": false}]);
    answers(&server, "/api/v1/users", users).await;
    let vendor = vendor(&server);
    vendor.describe(PERSON, &["name".into()]).await.unwrap();
    assert_eq!(calls(&server).await.len(), 2);
    let schema = vendor.describe(PERSON, &["owner_id".into()]).await.unwrap();
    let owner = schema.field("owner_id").unwrap();
    assert_eq!(
        vendor
            .encode(owner, &["Ann@acme.com".into()], false)
            .unwrap(),
        7
    );
    assert!(
        vendor
            .encode(owner, &["gone@acme.com".into()], false)
            .is_err()
    );
}

#[tokio::test]
async fn a_new_record_needs_a_name() {
    let server = MockServer::start().await;
    let vendor = vendor(&server);
    let mut nameless: Values = [("emails".to_owned(), json!([{"value": "a@b.co"}]))].into();
    vendor.settle(PERSON, None, &mut nameless);
    let failure = vendor.lacks(PERSON, &nameless).unwrap();
    assert_eq!(failure.category, Category::NotEnoughData);
    let mut named: Values = [("last_name".to_owned(), json!("Li"))].into();
    vendor.settle(PERSON, None, &mut named);
    assert!(vendor.lacks(PERSON, &named).is_none());
    assert!(vendor.lacks(ORGANIZATION, &Values::new()).is_some());
}

#[tokio::test]
async fn an_update_drops_no_address() {
    let server = MockServer::start().await;
    let vendor = vendor(&server);
    let before = json!({"id": 1, "name": "Ada", "emails": [
        {"value": "old@acme.com", "primary": true, "label": "home"}, {"value": "other@acme.com", "primary": false}]});
    let before = records::record(PERSON, &before, None).unwrap();
    let settled = |ours: Value| {
        let mut values: Values = [("emails".to_owned(), ours)].into();
        vendor.settle(PERSON, Some(&before), &mut values);
        values.remove("emails")
    };
    let sent =
        settled(json!([{"value": "new@acme.com", "primary": true, "label": "work"}])).unwrap();
    let shown: Vec<(&str, bool)> = sent
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["value"].as_str().unwrap(), entry["primary"] == true))
        .collect();
    assert_eq!(
        shown,
        [
            ("new@acme.com", true),
            ("old@acme.com", false),
            ("other@acme.com", false)
        ]
    );
    assert_eq!(sent[1]["label"], "home");
    // What is there already, in that order, is not sent.
    assert_eq!(
        settled(json!([{"value": "OLD@acme.com", "primary": true}])),
        None
    );
}
