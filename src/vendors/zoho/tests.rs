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
use crate::transport::{BaseUrl, Pacer, StaticToken, TokenScheme, Transport};
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

pub(super) fn vendor(server: &MockServer, settings: Settings) -> Zoho {
    let clock = Arc::new(ManualClock::new("2026-11-22T12:00:00Z".parse().unwrap()));
    let pacer = Pacer::new(limits::QUOTAS, clock, 95, true);
    let scheme = TokenScheme::Word("Zoho-oauthtoken");
    let tokens = Arc::new(StaticToken::with_scheme(
        SecretString::from("1000.8cb9"),
        scheme,
    ));
    let base = BaseUrl::parse(&server.uri()).unwrap();
    let transport = Transport::new(base, limits::rules(), tokens, pacer).unwrap();
    Zoho::new(VendorSetup {
        settings,
        transport,
    })
}

pub(super) fn fixture(text: &str) -> Value {
    let fixture: Value = serde_json::from_str(text).unwrap();
    fixture["body"].clone()
}

/// An organization that describes its modules.
pub(super) async fn org() -> MockServer {
    let server = MockServer::start().await;
    for (module, body) in [
        (
            "Leads",
            include_str!("../../../tests/fixtures/zoho/fields-leads.json"),
        ),
        (
            "Contacts",
            include_str!("../../../tests/fixtures/zoho/fields-contacts.json"),
        ),
        (
            "Accounts",
            include_str!("../../../tests/fixtures/zoho/fields-accounts.json"),
        ),
        (
            "Campaigns",
            include_str!("../../../tests/fixtures/zoho/fields-campaigns.json"),
        ),
    ] {
        Mock::given(method("GET"))
            .and(path("/crm/v8/settings/fields"))
            .and(query_param("module", module))
            .respond_with(ResponseTemplate::new(200).set_body_json(fixture(body)))
            .mount(&server)
            .await;
    }
    let layouts = fixture(include_str!(
        "../../../tests/fixtures/zoho/layouts-leads.json"
    ));
    Mock::given(path("/crm/v8/settings/layouts"))
        .and(query_param("module", "Leads"))
        .respond_with(ResponseTemplate::new(200).set_body_json(layouts))
        .mount(&server)
        .await;
    // Nobody may see the others.
    let refused =
        json!({"code": "NO_PERMISSION", "details": {}, "message": "no", "status": "error"});
    Mock::given(path("/crm/v8/settings/layouts"))
        .respond_with(ResponseTemplate::new(403).set_body_json(refused))
        .with_priority(9)
        .mount(&server)
        .await;
    server
}

/// Requests that are not about fields.
pub(super) async fn calls(server: &MockServer) -> Vec<Request> {
    let all = server.received_requests().await.unwrap();
    all.into_iter()
        .filter(|request| !request.url.path().contains("/settings/"))
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

async fn account(server_type: &str) -> RemoteAccount {
    let server = MockServer::start().await;
    let org = json!({"org": [{"id": "724445000000020005", "company_name": "Acme", "zgid": "724445",
        "domain_name": "org724445", "type": server_type}]});
    Mock::given(path("/crm/v8/org"))
        .respond_with(ResponseTemplate::new(200).set_body_json(org))
        .mount(&server)
        .await;
    let account = vendor(&server, Settings::default())
        .account()
        .await
        .unwrap();
    let sent = &calls(&server).await[0].headers["authorization"];
    assert_eq!(sent, "Zoho-oauthtoken 1000.8cb9");
    account
}

#[tokio::test]
async fn the_account_is_the_organization() {
    let real = account("production").await;
    assert_eq!(
        (real.id.as_str(), real.name.as_str(), real.environment),
        ("724445000000020005", "Acme", Environment::Production)
    );
    assert_eq!(real.details["organization"], "org724445");
    assert_eq!(account("sandbox").await.environment, Environment::Sandbox);
}

#[tokio::test]
async fn an_answer_without_an_organization_is_no_account() {
    let server = MockServer::start().await;
    Mock::given(path("/crm/v8/org"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"org": []})))
        .mount(&server)
        .await;
    assert!(
        vendor(&server, Settings::default())
            .account()
            .await
            .is_err()
    );
}

fn steps(options: &[(&str, &str)], external_id: Option<&str>) -> (Vec<String>, MatchPlan) {
    let settings = Settings {
        external_id: external_id.map(str::to_owned),
        ..settings(options)
    };
    let plan = plan::plan(
        options.iter().any(|(_, value)| *value == "true"),
        settings.external_id.is_some(),
    );
    let person = plan
        .person
        .iter()
        .map(|step| format!("{} {:?}", step.object, step.by))
        .collect();
    (person, plan)
}

#[test]
fn contacts_come_first_where_they_are_used_and_a_new_person_is_a_lead() {
    let (person, plan) = steps(&[], None);
    assert_eq!(person, ["lead Id", "lead Email"]);
    assert_eq!((plan.create_person, plan.create_company), (LEAD, None));
    assert!(plan.company.is_empty() && plan.link == LinkKind::None);
    let (person, plan) = steps(&[("use-contacts", "true")], Some("Mobly_Id"));
    assert_eq!(
        person,
        [
            "contact Id",
            "contact ExternalId",
            "contact Email",
            "lead Id",
            "lead ExternalId",
            "lead Email"
        ]
    );
    assert_eq!(
        (plan.create_person, plan.create_company),
        (LEAD, Some(ACCOUNT))
    );
    assert_eq!(
        plan.link,
        LinkKind::InPerson {
            object: CONTACT,
            field: ACCOUNT_NAME
        }
    );
}

#[tokio::test]
async fn the_switch_is_on_or_off() {
    let server = MockServer::start().await;
    for (value, on) in [("true", true), ("", false), ("false", false)] {
        let vendor = vendor(&server, settings(&[("use-contacts", value)]));
        assert_eq!(vendor.plan().create_company.is_some(), on, "{value}");
    }
}

#[tokio::test]
async fn scopes_contain_others() {
    let server = MockServer::start().await;
    let vendor = vendor(&server, Settings::default());
    let granted: Vec<String> = [
        "ZohoCRM.modules.ALL",
        "ZohoCRM.coql.ALL",
        "ZohoCRM.settings.ALL",
    ]
    .map(str::to_owned)
    .into();
    let scopes = vendor.permissions(Some(&granted)).await.unwrap().unwrap();
    let missing: Vec<&str> = scopes
        .missing
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(missing, ["ZohoCRM.users.READ", "ZohoCRM.org.READ"]);
    assert!(vendor.is_vital("ZohoCRM.coql.READ") && !vendor.is_vital("ZohoCRM.users.READ"));
    assert_eq!(vendor.permissions(None).await.unwrap(), None);
}

#[tokio::test]
async fn owners_are_read_only_where_a_field_of_theirs_is_wanted() {
    let server = org().await;
    for (page, id, more) in [("1", "7", true), ("2", "8", false)] {
        let users = json!({"users": [{"id": id, "email": format!("u{id}@acme.com")}],
            "info": {"more_records": more}});
        let mock = Mock::given(path("/crm/v8/users")).and(query_param("type", "ActiveUsers"));
        let mock = if page == "1" {
            mock.and(wiremock::matchers::query_param_is_missing("page"))
        } else {
            mock.and(query_param("page", page))
        };
        mock.respond_with(ResponseTemplate::new(200).set_body_json(users))
            .mount(&server)
            .await;
    }
    let vendor = vendor(&server, Settings::default());
    vendor.describe(LEAD, &["Email".into()]).await.unwrap();
    assert!(calls(&server).await.is_empty());
    let schema = vendor.describe(LEAD, &["owner".into()]).await.unwrap();
    let owner = schema.field("Owner").unwrap();
    let sent = vendor
        .encode(owner, &["U8@acme.com".into()], false)
        .unwrap();
    assert_eq!(sent, "8");
    assert!(
        vendor
            .encode(owner, &["u9@acme.com".into()], false)
            .is_err()
    );
}

#[test]
fn a_new_record_needs_little() {
    let with = |name: &str| [(name.to_owned(), json!("x"))].into();
    assert!(plan::lacks(LEAD, &with("Last_Name")).is_none());
    assert!(plan::lacks(ACCOUNT, &with("Account_Name")).is_none());
    let failure = plan::lacks(LEAD, &with("Company")).unwrap();
    assert_eq!(
        (failure.category, failure.message.as_str()),
        (Category::NotEnoughData, "a new Lead needs a last name")
    );
}

#[tokio::test]
async fn a_field_taken_only_once_is_left_out_later() {
    let server = org().await;
    let vendor = vendor(&server, Settings::default());
    vendor.describe(LEAD, &[]).await.unwrap();
    let values = || -> Values { [("First_Source".to_owned(), json!("Expo"))].into() };
    let mut new = values();
    assert!(vendor.settle(LEAD, None, &mut new).is_empty() && new.len() == 1);
    let before = RemoteRecord {
        object: LEAD,
        id: "7".into(),
        values: Values::new(),
        created: None,
        instead: None,
    };
    let mut known = values();
    assert_eq!(vendor.settle(LEAD, Some(&before), &mut known).len(), 1);
    assert!(known.is_empty());
}

#[tokio::test]
async fn accounts_of_contacts_are_read_and_set() {
    let server = org().await;
    Mock::given(method("GET"))
        .and(path("/crm/v8/Contacts"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": [
            {"id": "12", "Account_Name": {"id": "90", "name": "Acme"}}, {"id": "11", "Account_Name": null}]})))
        .mount(&server)
        .await;
    let gone = json!({"code": "INVALID_DATA", "details": {"api_name": "Account_Name",
        "json_path": "$.data[1].Account_Name"}, "message": "the id given seems to be invalid", "status": "error"});
    Mock::given(method("PUT"))
        .and(path("/crm/v8/Contacts"))
        .respond_with(ResponseTemplate::new(207).set_body_json(json!({"data": [
            {"code": "SUCCESS", "details": {"id": "11"}, "status": "success"}, gone]})))
        .mount(&server)
        .await;
    let vendor = vendor(&server, settings(&[("use-contacts", "true")]));
    let persons: Vec<RemoteId> = ["11", "12", "13"].map(str::to_owned).into();
    let linked = vendor.linked(&persons).await.unwrap();
    assert_eq!(linked, [vec![], vec!["90".to_owned()], vec![]]);
    let pairs = [
        ("11".to_owned(), "90".to_owned()),
        ("13".into(), "91".into()),
    ];
    let ends = vendor.link(&pairs).await.unwrap().pairs;
    assert!(matches!(ends[0], crate::vendors::LinkEnd::Done));
    assert!(matches!(ends[1], crate::vendors::LinkEnd::Gone(_)));
    let last = calls(&server).await.pop().unwrap();
    let body: Value = last.body_json().unwrap();
    assert_eq!(
        body["data"][0],
        json!({"id": "11", "Account_Name": {"id": "90"}})
    );
}

/// Finds by one kind of key.
pub(super) fn asking(object: &'static str, by: KeyKind, keys: &[&str]) -> Find {
    Find {
        object,
        by,
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        fields: Vec::new(),
        created_after: None,
    }
}

pub(super) fn is_refused(verdict: &Verdict, category: Category) -> bool {
    matches!(verdict, Verdict::Refused(failure) if failure.category == category)
}
