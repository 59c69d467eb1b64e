#![allow(clippy::unwrap_used)]
//! The translator against a server of answers in the documentation's words.

use std::sync::Arc;

use secrecy::SecretString;
use serde_json::json;
use wiremock::matchers::{method, path as at};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::*;
use crate::clock::ManualClock;
use crate::domain::integration::{IntegrationCategory, Settings};
use crate::transport::{BaseUrl, Pacer, StaticToken, Transport};
use crate::vendors::{Change, KeyKind};

pub(super) fn settings(options: &[(&str, &str)]) -> Settings {
    Settings {
        vendor: options
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        ..Settings::default()
    }
}

pub(super) fn vendor(server: &MockServer, settings: Settings) -> Marketo {
    let clock = Arc::new(ManualClock::new("2026-11-22T23:30:00Z".parse().unwrap()));
    let pacer = Pacer::new(limits::QUOTAS, clock, 95, true);
    let tokens = Arc::new(StaticToken::bearer(SecretString::from("cdf01657:int")));
    let base = BaseUrl::parse(&server.uri()).unwrap();
    let transport = Transport::new(base, limits::rules(), tokens, pacer).unwrap();
    Marketo::new(VendorSetup {
        settings,
        transport,
    })
}

#[allow(clippy::needless_pass_by_value)] // written where it is made
pub(super) fn ok(result: Value) -> Value {
    json!({"requestId": "e42b#14272d07d78", "success": true, "result": result})
}

pub(super) fn refusal(code: &str, message: &str) -> Value {
    json!({"requestId": "e42b#14272d07d78", "success": false,
        "errors": [{"code": code, "message": message}]})
}

pub(super) async fn answering(server: &MockServer, path: &str, body: Value) {
    Mock::given(at(path))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(server)
        .await;
}

/// An instance that describes its objects.
pub(super) async fn instance() -> MockServer {
    let server = MockServer::start().await;
    let field = |name: &str, kind: &str, length: Option<u64>| {
        json!({"displayName": name, "dataType": kind, "length": length,
            "rest": {"name": name, "readOnly": name == "createdAt"}})
    };
    let leads = json!([
        field("id", "integer", None),
        field("email", "email", Some(255)),
        field("createdAt", "datetime", None),
        field("firstName", "string", Some(255)),
        field("lastName", "string", Some(255)),
        field("company", "string", Some(255)),
        field("externalCompanyId", "string", Some(100)),
        field("boothVisit", "boolean", None),
        field("unsubscribed", "boolean", None),
        field("notes", "text", None),
        {"id": 9, "displayName": "Old", "dataType": "string", "soap": {"name": "Old"}},
    ]);
    answering(&server, "/rest/v1/leads/describe.json", ok(leads)).await;
    let companies = json!([{"name": "Company", "idField": "id", "dedupeFields": ["externalCompanyId"],
    "fields": [
        {"name": "externalCompanyId", "displayName": "Id", "dataType": "string", "length": 100, "updateable": false},
        {"name": "company", "displayName": "Company Name", "dataType": "string", "length": 255, "updateable": true},
        {"name": "website", "displayName": "Website", "dataType": "url", "length": 255, "updateable": true},
    ]}]);
    answering(&server, "/rest/v1/companies/describe.json", ok(companies)).await;
    server
}

/// Requests that are not about fields.
pub(super) async fn calls(server: &MockServer) -> Vec<Request> {
    let all = server.received_requests().await.unwrap();
    all.into_iter()
        .filter(|request| !request.url.path().ends_with("describe.json"))
        .collect()
}

/// The body of a form.
pub(super) fn form(request: &Request) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(&request.body)
        .into_owned()
        .collect()
}

pub(super) fn body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

pub(super) fn create(trace: &str, values: Value) -> Row {
    Row {
        trace: trace.into(),
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
        trace: format!("u{id}"),
        change: Change::Update {
            id: id.into(),
            values: serde_json::from_value(values).unwrap(),
        },
        links: Vec::new(),
        despite_duplicates: false,
        is_no_news: false,
    }
}

#[test]
fn marketo_fills_the_slot_of_marketing() {
    assert_eq!(INFO.category, IntegrationCategory::Marketing);
    for row in INFO.defaults {
        assert!(
            INFO.objects.iter().any(|object| object.key == row.object),
            "{}",
            row.remote
        );
    }
    assert!(
        INFO.objects[0]
            .create
            .is_some_and(|create| create.parent == Some("email")),
        "never two requests with one address at once"
    );
}

#[tokio::test]
async fn the_instance_is_the_account() {
    let server = MockServer::start().await;
    answering(
        &server,
        "/rest/v1/stats/usage.json",
        refusal("603", "Access denied"),
    )
    .await;
    let named = vendor(&server, settings(&[("munchkin-id", "123-abc-456")]));
    let account = named.account().await.unwrap();
    assert_eq!(account.id, "123-ABC-456", "whatever the role may see");
    let bare = vendor(&server, Settings::default());
    assert_eq!(bare.account().await.unwrap().id, "127.0.0.1");
    assert_eq!(bare.budget().await.unwrap(), None);
}

#[tokio::test]
async fn a_refused_token_is_no_account() {
    let server = MockServer::start().await;
    let path = "/rest/v1/stats/usage.json";
    answering(&server, path, refusal("601", "Access token invalid")).await;
    let error = vendor(&server, Settings::default())
        .account()
        .await
        .unwrap_err();
    assert!(matches!(error.kind, CallErrorKind::SignIn(_)), "{error}");
}

#[tokio::test]
async fn the_days_calls_end_at_midnight_in_chicago() {
    let server = MockServer::start().await;
    let usage = json!([{"date": "2026-11-22", "total": 1_234, "users": []}]);
    answering(&server, "/rest/v1/stats/usage.json", ok(usage)).await;
    let budget = vendor(&server, Settings::default())
        .budget()
        .await
        .unwrap()
        .unwrap();
    assert_eq!((budget.used, budget.limit), (1_234, 50_000));
    assert_eq!(
        budget.resets_at.unwrap().to_string(),
        "2026-11-23T06:00:00Z"
    );
}

#[tokio::test]
async fn each_permission_is_tried_and_companies_only_where_they_are_used() {
    let server = MockServer::start().await;
    answering(&server, "/rest/v1/leads/describe.json", ok(json!([]))).await;
    let denied = || refusal("603", "Access denied");
    answering(&server, "/rest/asset/v1/channels.json", denied()).await;
    answering(&server, "/rest/v1/companies/describe.json", denied()).await;
    let missing = async |options: &[(&str, &str)]| {
        let vendor = vendor(&server, settings(options));
        let scopes = vendor.permissions(None).await.unwrap().unwrap();
        let names: Vec<String> = scopes.missing.into_iter().map(|(name, _)| name).collect();
        names
    };
    assert_eq!(missing(&[]).await, ["Read-Only Assets"]);
    assert_eq!(
        missing(&[("companies", "true")]).await,
        ["Read-Only Assets", "Read-Write Company"]
    );
}

#[tokio::test]
async fn fields_are_described_with_what_may_be_written() {
    let server = instance().await;
    let vendor = vendor(&server, Settings::default());
    let leads = vendor.describe(LEAD, &[]).await.unwrap();
    assert!(leads.field("Old").is_none(), "no field of this API");
    assert!(!leads.field("createdAt").unwrap().writable);
    assert!(!leads.field("id").unwrap().writable);
    assert!(leads.field("unsubscribed").unwrap().opt_out);
    let companies = vendor.describe(COMPANY, &[]).await.unwrap();
    assert!(!companies.field("externalCompanyId").unwrap().writable);
    assert!(companies.field("company").unwrap().writable);
}

#[tokio::test]
async fn a_key_nobody_has_here_is_no_absence() {
    let server = MockServer::start().await;
    let find = Find {
        object: LEAD,
        by: KeyKind::Name,
        keys: vec!["Ada|Lovelace".into()],
        fields: Vec::new(),
        created_after: None,
    };
    let answer = vendor(&server, Settings::default()).find(&find).await;
    assert!(answer.is_err());
}

#[tokio::test]
async fn nothing_of_an_answer_without_a_verdict_counts() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"requestId": "1"})))
        .mount(&server)
        .await;
    let rows = [update("7", json!({"firstName": "Ada"}))];
    let error = vendor(&server, Settings::default())
        .write(LEAD, &rows)
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind, CallErrorKind::OutcomeUnknown { .. }),
        "{error}"
    );
}
