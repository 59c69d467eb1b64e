#![allow(clippy::unwrap_used)]
//! The translator against a server of recorded answers.

use std::sync::Arc;

use secrecy::SecretString;
use serde_json::json;
use wiremock::matchers::{method, path, path_regex};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::*;
use crate::clock::ManualClock;
use crate::domain::integration::Settings;
use crate::transport::{BaseUrl, Pacer, StaticToken, Transport};
use crate::vendors::{Change, KeyKind, LinkKind, Verdict};

pub(super) fn settings(options: &[(&str, &str)]) -> Settings {
    Settings {
        vendor: options
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        ..Settings::default()
    }
}

pub(super) fn vendor(server: &MockServer, settings: Settings) -> Salesforce {
    let clock = Arc::new(ManualClock::new("2026-11-22T12:00:00Z".parse().unwrap()));
    let pacer = Pacer::new(limits::QUOTAS, clock, 95, true);
    let tokens = Arc::new(StaticToken::bearer(SecretString::from("00D!token")));
    let base = BaseUrl::parse(&server.uri()).unwrap();
    let transport = Transport::new(base, limits::rules(), tokens, pacer).unwrap();
    Salesforce::new(VendorSetup {
        settings,
        transport,
    })
}

fn fixture(text: &str) -> Value {
    let fixture: Value = serde_json::from_str(text).unwrap();
    fixture["body"].clone()
}

/// An org that describes its objects.
pub(super) async fn org() -> MockServer {
    let server = MockServer::start().await;
    for (name, body) in [
        (
            "Lead",
            include_str!("../../../tests/fixtures/salesforce/describe-lead.json"),
        ),
        (
            "Contact",
            include_str!("../../../tests/fixtures/salesforce/describe-contact.json"),
        ),
        (
            "Account",
            include_str!("../../../tests/fixtures/salesforce/describe-account.json"),
        ),
    ] {
        Mock::given(method("GET"))
            .and(path_regex(format!(
                "^/services/data/v[0-9.]+/sobjects/{name}/describe$"
            )))
            .respond_with(ResponseTemplate::new(200).set_body_json(fixture(body)))
            .mount(&server)
            .await;
    }
    server
}

/// Requests to the composite resources, with their bodies.
pub(super) async fn calls(server: &MockServer) -> Vec<Request> {
    let all = server.received_requests().await.unwrap();
    all.into_iter()
        .filter(|request| request.url.path().contains("/composite"))
        .collect()
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

#[tokio::test]
async fn the_account_is_the_org_under_the_version_both_speak() {
    let server = org().await;
    let versions = json!([{"label": "Winter '26", "url": "/services/data/v65.0", "version": "65.0"},
        {"version": "9.0"}, {"version": "64.0"}]);
    Mock::given(path("/services/data"))
        .respond_with(ResponseTemplate::new(200).set_body_json(versions))
        .mount(&server)
        .await;
    // Only the agreed version answers.
    Mock::given(path("/services/data/v65.0/query"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"totalSize": 1, "done": true, "records": [
            {"Id": "00D5e000001AAAAAA1", "Name": "Acme", "IsSandbox": false, "OrganizationType": "Developer Edition",
             "InstanceName": "NA123"}]})))
        .mount(&server)
        .await;
    let account = vendor(&server, Settings::default())
        .account()
        .await
        .unwrap();
    assert_eq!(
        (account.id.as_str(), account.name.as_str()),
        ("00D5e000001AAAAAA1", "Acme")
    );
    assert_eq!(account.environment, Environment::Sandbox);
    assert_eq!(account.details["api-version"], "65.0");
    // The user's own option of that name stays theirs.
    assert!(!account.details.contains_key("instance"));
}

#[test]
fn no_version_newer_than_checked_is_spoken() {
    let version = |version: &str| Version {
        version: version.to_owned(),
    };
    assert_eq!(
        agreed(&[version("64.0"), version("66.0"), version("67.0")]),
        "66.0"
    );
    assert_eq!(agreed(&[version("9.0"), version("61.0")]), "61.0");
    assert_eq!(agreed(&[]), "66.0");
}

#[tokio::test]
async fn permissions_name_what_the_strategy_lacks() {
    let server = org().await;
    let connected = vendor(&server, settings(&[("strategy", "accounts-and-contacts")]));
    let scopes = connected
        .permissions(Some(&["refresh_token".to_owned()]))
        .await
        .unwrap()
        .unwrap();
    let missing: Vec<&str> = scopes
        .missing
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(missing, ["api", "Contact: create"]);
    assert!(missing.iter().all(|name| connected.is_vital(name)));
    assert!(!connected.is_vital("Account: update"));
    assert!(scopes.held.contains(&"Account: create".to_owned()));
    // A strategy that makes no contacts does not need it, and what was described is not asked for again.
    connected.describe(CONTACT, &[]).await.unwrap();
    let described = server.received_requests().await.unwrap().len();
    assert_eq!(described, 2);
    let usual = vendor(&server, Settings::default());
    assert_eq!(
        usual.permissions(None).await.unwrap().unwrap().missing,
        Vec::new()
    );
}

#[tokio::test]
async fn the_strategy_is_the_plan() {
    let server = MockServer::start().await;
    let plan = |strategy: &str, external: bool| {
        let mut settings = settings(&[("strategy", strategy)]);
        settings.external_id = external.then(|| "Mobly_Id__c".to_owned());
        vendor(&server, settings).plan()
    };
    let steps = |plan: &MatchPlan| -> Vec<(&'static str, KeyKind)> {
        plan.person
            .iter()
            .map(|step| (step.object, step.by))
            .collect()
    };
    let usual = plan("", false);
    let (id, mail) = (KeyKind::Id, KeyKind::Email);
    assert_eq!(
        steps(&usual),
        [(CONTACT, id), (CONTACT, mail), (LEAD, id), (LEAD, mail)]
    );
    assert_eq!(
        (usual.create_person, usual.create_company, usual.link),
        (LEAD, None, LinkKind::None)
    );
    assert!(usual.company.is_empty() && usual.person_stands_alone);
    let leads = plan("leads-only", true);
    assert_eq!(
        steps(&leads),
        [(LEAD, id), (LEAD, KeyKind::ExternalId), (LEAD, mail)]
    );
    let accounts = plan("accounts-and-contacts", false);
    assert_eq!(steps(&accounts), [(CONTACT, id), (CONTACT, mail)]);
    assert_eq!(
        (accounts.create_person, accounts.create_company),
        (CONTACT, Some(ACCOUNT))
    );
    let in_person = LinkKind::InPerson {
        object: CONTACT,
        field: "AccountId",
    };
    assert_eq!(accounts.link, in_person);
    assert!(!accounts.person_stands_alone);
}

#[tokio::test]
async fn owners_are_users_and_queues_and_only_read_where_wanted() {
    let server = org().await;
    Mock::given(path("/services/data/v66.0/query"))
        .respond_with(|request: &Request| {
            let soql = request
                .url
                .query_pairs()
                .find(|(name, _)| name == "q")
                .unwrap()
                .1
                .into_owned();
            if soql.contains("QueueSobject") {
                return ResponseTemplate::new(403)
                    .set_body_json(json!([{"errorCode": "INSUFFICIENT_ACCESS", "message": "no"}]));
            }
            ResponseTemplate::new(200).set_body_json(json!({"done": true, "records": [
                {"Id": "0055e000000AAAAAA1", "Email": "ana@acme.com"}]}))
        })
        .mount(&server)
        .await;
    let connected = vendor(&server, Settings::default());
    let plain = connected.describe(LEAD, &[]).await.unwrap();
    assert_eq!(plain.field("OwnerId").unwrap().options, None);
    let named = connected
        .describe(LEAD, &["OwnerId".to_owned()])
        .await
        .unwrap();
    let options = named.field("OwnerId").unwrap().options.clone().unwrap();
    assert_eq!(
        (options.len(), options[0].label.as_str()),
        (1, "ana@acme.com")
    );
}

#[tokio::test]
async fn person_accounts_are_left_alone_and_new_only_fields_stay_as_they_are() {
    let server = org().await;
    let connected = vendor(&server, Settings::default());
    let record = |object, values: Value| RemoteRecord {
        object,
        id: "0035e000000AAAAAA1".into(),
        values: serde_json::from_value(values).unwrap(),
        created: None,
        instead: None,
    };
    let mut values: Values = [("Title".to_owned(), json!("CEO"))].into();
    let person = record(CONTACT, json!({"IsPersonAccount": true}));
    let notes = connected.settle(CONTACT, Some(&person), &mut values);
    assert!(
        values.is_empty() && notes[0].contains("person account"),
        "{notes:?}"
    );
    connected.describe(LEAD, &[]).await.unwrap();
    let fresh: Values = [
        ("Title".to_owned(), json!("CEO")),
        ("Seen_At__c".to_owned(), json!("x")),
    ]
    .into();
    let mut values = fresh.clone();
    assert!(connected.settle(LEAD, None, &mut values).is_empty() && values.len() == 2);
    let notes = connected.settle(LEAD, Some(&record(LEAD, json!({}))), &mut values);
    assert_eq!((values.len(), notes.len()), (1, 1), "{notes:?}");
}

#[tokio::test]
async fn the_least_a_new_record_needs_is_told_without_a_call() {
    let server = MockServer::start().await;
    let connected = vendor(&server, Settings::default());
    let lacks = |object, values: Value| {
        connected
            .lacks(object, &serde_json::from_value(values).unwrap())
            .map(|failure| failure.message)
    };
    assert_eq!(
        lacks(LEAD, json!({"Email": "a@b.co", "LastName": ""})).unwrap(),
        "a new Lead needs a last name and a company"
    );
    assert_eq!(
        lacks(LEAD, json!({"LastName": "Li", "Company": "Acme"})),
        None
    );
    assert!(
        lacks(CONTACT, json!({})).is_some() && lacks(ACCOUNT, json!({"Name": "Acme"})).is_none()
    );
}

#[tokio::test]
async fn the_days_calls_are_told_to_those_who_may_see_them() {
    let server = MockServer::start().await;
    Mock::given(path("/services/data/v66.0/limits"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({"DailyApiRequests": {"Max": 15000, "Remaining": 14998}})),
        )
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(path("/services/data/v66.0/limits"))
        .respond_with(
            ResponseTemplate::new(403)
                .set_body_json(json!([{"errorCode": "INSUFFICIENT_ACCESS", "message": "no"}])),
        )
        .mount(&server)
        .await;
    let connected = vendor(&server, Settings::default());
    let budget = connected.budget().await.unwrap().unwrap();
    assert_eq!((budget.used, budget.limit), (2, 15_000));
    assert_eq!(connected.budget().await.unwrap(), None);
}

/// Answers the queries of a Composite one by one.
pub(super) struct Queries<F>(pub(super) F);

impl<F: Fn(&str) -> (u16, Value) + Send + Sync> Respond for Queries<F> {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body: Value = request.body_json().unwrap();
        let answers: Vec<Value> = body["compositeRequest"]
            .as_array()
            .unwrap()
            .iter()
            .map(|sub| {
                let (status, body) = (self.0)(&soql(sub));
                json!({"body": body, "httpHeaders": {}, "httpStatusCode": status, "referenceId": sub["referenceId"]})
            })
            .collect();
        ResponseTemplate::new(200).set_body_json(json!({"compositeResponse": answers}))
    }
}

/// The query of a subrequest, decoded.
pub(super) fn soql(sub: &Value) -> String {
    let address = format!("https://x{}", sub["url"].as_str().unwrap());
    let address = url::Url::parse(&address).unwrap();
    address
        .query_pairs()
        .find(|(name, _)| name == "q")
        .unwrap()
        .1
        .into_owned()
}

pub(super) fn is_refused(verdict: &Verdict, category: Category) -> bool {
    matches!(verdict, Verdict::Refused(failure) if failure.category == category)
}
