#![allow(clippy::unwrap_used)]
//! The translator against a server of answers in the documentation's words.

use std::sync::Arc;

use secrecy::SecretString;
use serde_json::json;
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::*;
use crate::clock::ManualClock;
use crate::domain::integration::Settings;
use crate::transport::{BaseUrl, Pacer, StaticToken, Transport};
use crate::vendors::{Change, Verdict};

const UNIT: &str = "0UvB00000004CAjKAM";

fn settings(options: &[(&str, &str)]) -> Settings {
    Settings {
        vendor: [("business-unit", UNIT)]
            .iter()
            .chain(options)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        ..Settings::default()
    }
}

fn with(server: &MockServer, settings: Settings) -> Pardot {
    let clock = Arc::new(ManualClock::new("2026-11-22T12:00:00Z".parse().unwrap()));
    let pacer = Pacer::new(limits::QUOTAS, clock, 95, true);
    let tokens = Arc::new(StaticToken::bearer(SecretString::from("00D!token")));
    let base = BaseUrl::parse(&server.uri()).unwrap();
    let transport = Transport::new(base, limits::rules(), tokens, pacer).unwrap();
    Pardot::new(VendorSetup {
        settings,
        transport,
    })
}

pub(super) fn vendor(server: &MockServer) -> Pardot {
    with(server, settings(&[]))
}

/// A business unit that tells its fields.
pub(super) async fn unit() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/api/v5/objects/custom-fields"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({"nextPageToken": null, "values": fields::tests::custom()})),
        )
        .mount(&server)
        .await;
    server
}

/// Requests that are not about fields.
pub(super) async fn calls(server: &MockServer) -> Vec<Request> {
    let all = server.received_requests().await.unwrap();
    all.into_iter()
        .filter(|request| !request.url.path().ends_with("/custom-fields"))
        .collect()
}

/// What a request asked for by a query parameter.
pub(super) fn asked(request: &Request, name: &str) -> Option<String> {
    request
        .url
        .query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
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

pub(super) fn update(trace: &str, id: &str, values: Value) -> Row {
    Row {
        change: Change::Update {
            id: id.to_owned(),
            values: serde_json::from_value(values).unwrap(),
        },
        ..create(trace, json!({}))
    }
}

pub(super) fn is_refused(verdict: &Verdict, category: Category) -> bool {
    matches!(verdict, Verdict::Refused(failure) if failure.category == category)
}

async fn answers(server: &MockServer, at: &str, status: u16, body: Value) {
    Mock::given(path(format!("/api/v5/{at}")))
        .respond_with(
            ResponseTemplate::new(status)
                .insert_header("x-api-usage", "1234/50000")
                .set_body_json(body),
        )
        .mount(server)
        .await;
}

#[tokio::test]
async fn the_account_is_the_business_unit() {
    let server = MockServer::start().await;
    answers(
        &server,
        "objects/account",
        200,
        json!({"id": 1, "company": "Acme"}),
    )
    .await;
    let account = vendor(&server).account().await.unwrap();
    assert_eq!(
        (
            account.id.as_str(),
            account.name.as_str(),
            account.environment
        ),
        (UNIT, "Acme", Environment::Production)
    );
    let trial = with(&server, settings(&[("sandbox", "true")]));
    assert_eq!(
        trial.account().await.unwrap().environment,
        Environment::Sandbox
    );
    let sent = &calls(&server).await[0].headers;
    assert_eq!(sent["authorization"], "Bearer 00D!token");
    assert_eq!(sent["pardot-business-unit-id"], UNIT);
}

#[tokio::test]
async fn who_may_not_read_the_account_proves_the_sign_in_by_a_prospect() {
    for (status, code) in [(403, 46), (404, 109), (400, 71)] {
        let server = MockServer::start().await;
        answers(
            &server,
            "objects/account",
            status,
            json!({"code": code, "message": "no"}),
        )
        .await;
        answers(&server, "objects/prospects", 200, json!({"values": []})).await;
        let account = vendor(&server).account().await.unwrap();
        assert_eq!((account.id.as_str(), account.name.as_str()), (UNIT, UNIT));
    }
}

#[tokio::test]
async fn a_wrong_unit_is_no_account() {
    let server = MockServer::start().await;
    let wrong = json!({"code": 201, "message": "Business Unit specified not found or inactive"});
    answers(&server, "objects/account", 400, wrong).await;
    let error = vendor(&server).account().await.unwrap_err();
    assert!(matches!(&error.kind, CallErrorKind::NotAllowed(failure)
        if failure.message.contains("--business-unit") && failure.message.contains("--sandbox")));
    let none = with(&server, Settings::default())
        .account()
        .await
        .unwrap_err();
    assert!(matches!(&none.kind, CallErrorKind::NotAllowed(failure)
        if failure.message.contains("--business-unit")));
}

#[tokio::test]
async fn a_refused_sign_in_says_what_to_do() {
    let server = MockServer::start().await;
    let xml =
        "<rsp stat=\"fail\" version=\"1.0\"><err code=\"184\">access_token is invalid</err></rsp>";
    Mock::given(path("/api/v5/objects/account"))
        .respond_with(ResponseTemplate::new(400).set_body_raw(xml, "text/xml"))
        .mount(&server)
        .await;
    let error = vendor(&server).account().await.unwrap_err();
    assert!(
        matches!(&error.kind, CallErrorKind::SignIn(failure)
        if failure.message.contains("pardot_api")),
        "{error:?}"
    );
}

#[tokio::test]
async fn the_days_calls_are_told_by_a_header() {
    let server = MockServer::start().await;
    answers(&server, "objects/prospects", 200, json!({"values": []})).await;
    let budget = vendor(&server).budget().await.unwrap().unwrap();
    assert_eq!((budget.used, budget.limit), (1234, 50_000));
}

#[tokio::test]
async fn fields_come_in_pages_and_are_read_anew_for_the_mapping() {
    let server = MockServer::start().await;
    let page = |name: &str, token: Option<&str>| json!({"nextPageToken": token, "values": [{"apiFieldId": name, "type": "Text"}]});
    let at = || Mock::given(path("/api/v5/objects/custom-fields"));
    at().and(query_param("limit", "1000"))
        .respond_with(ResponseTemplate::new(200).set_body_json(page("First__c", Some("t"))))
        .mount(&server)
        .await;
    at().and(query_param("nextPageToken", "t"))
        .respond_with(ResponseTemplate::new(200).set_body_json(page("Second__c", None)))
        .mount(&server)
        .await;
    let vendor = vendor(&server);
    for _ in 0..2 {
        let schema = vendor.describe(PROSPECT, &[]).await.unwrap();
        assert!(schema.field("First__c").is_some() && schema.field("Second__c").is_some());
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_person_is_found_by_id_then_by_address_and_needs_one() {
    let server = MockServer::start().await;
    let vendor = vendor(&server);
    let plan = vendor.plan();
    let steps: Vec<KeyKind> = plan.person.iter().map(|step| step.by).collect();
    assert_eq!(steps, [KeyKind::Id, KeyKind::Email]);
    assert!(plan.link == LinkKind::None && plan.create_company.is_none());
    assert_eq!(
        vendor.linked(&["7".into()]).await.unwrap(),
        [Vec::<String>::new()]
    );
    let values = |text: &str| -> Values { serde_json::from_str(text).unwrap() };
    assert!(
        vendor
            .lacks(PROSPECT, &values(r#"{"email":"a@b.co"}"#))
            .is_none()
    );
    for nobody in [r#"{"firstName":"Ada"}"#, r#"{"email":""}"#] {
        let failure = vendor.lacks(PROSPECT, &values(nobody)).unwrap();
        assert_eq!(failure.category, Category::NotEnoughData);
    }
}

#[tokio::test]
async fn the_scope_that_opens_everything_is_vital() {
    let server = MockServer::start().await;
    let vendor = vendor(&server);
    assert!(vendor.is_vital("pardot_api") && !vendor.is_vital("refresh_token"));
    let granted = ["refresh_token".to_owned()];
    let scopes = vendor.permissions(Some(&granted)).await.unwrap().unwrap();
    assert_eq!(scopes.missing[0].0, "pardot_api");
}
