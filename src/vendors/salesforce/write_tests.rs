#![allow(clippy::unwrap_used)]
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::*;
use crate::domain::integration::Settings;
use crate::vendors::Vendor as _;
use crate::vendors::salesforce::ACCOUNT;
use crate::vendors::salesforce::tests::{calls, create, is_refused, settings, vendor};

const COLLECTIONS: &str = "/services/data/v66.0/composite/sobjects";
const COMPOSITE: &str = "/services/data/v66.0/composite";
const LEAD_ID: &str = "00Q5e000001AAAAAA1";

fn update(trace: &str, values: Value) -> Row {
    Row {
        change: Change::Update {
            id: LEAD_ID.into(),
            values: serde_json::from_value(values).unwrap(),
        },
        ..create(trace, json!({}))
    }
}

fn rows(n: usize) -> Vec<Row> {
    (0..n)
        .map(|n| create(&format!("t{n}"), json!({"LastName": format!("P{n}"), "Company": "Acme", "Email": format!("p{n}@acme.com")})))
        .collect()
}

async fn answering(server: &MockServer, body: Value) {
    Mock::given(path(COLLECTIONS))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(server)
        .await;
}

fn error(code: &str, message: &str, fields: &[&str]) -> Value {
    json!({"success": false, "errors": [{"statusCode": code, "message": message, "fields": fields}]})
}

/// The verdict on one row that is answered so.
async fn verdict(settings: Settings, object: &'static str, row: Row, answer: Value) -> Verdict {
    let server = MockServer::start().await;
    answering(&server, json!([answer])).await;
    let answer = vendor(&server, settings)
        .write(object, &[row])
        .await
        .unwrap();
    answer.rows.into_iter().next().unwrap().verdict
}

#[tokio::test]
async fn a_write_is_one_request_and_each_row_has_its_own_end() {
    let server = MockServer::start().await;
    let recorded: Value = serde_json::from_str(include_str!(
        "../../../tests/fixtures/salesforce/collections-create.json"
    ))
    .unwrap();
    answering(&server, recorded["body"].clone()).await;
    let answer = vendor(&server, Settings::default())
        .write(LEAD, &rows(3))
        .await
        .unwrap();
    let verdicts: Vec<&Verdict> = answer.rows.iter().map(|row| &row.verdict).collect();
    assert_eq!(
        *verdicts[0],
        Verdict::Done {
            id: LEAD_ID.into(),
            stored: None
        }
    );
    assert!(is_refused(verdicts[1], Category::RequiredFieldMissing));
    assert_eq!(*verdicts[2], Verdict::Later(None));
    assert_eq!(answer.rows[1].trace, "t1");
    let calls = calls(&server).await;
    assert_eq!(calls.len(), 1);
    let body: Value = calls[0].body_json().unwrap();
    assert_eq!(body["allOrNone"], false);
    assert_eq!(
        body["records"][0],
        json!({"attributes": {"type": "Lead"}, "LastName": "P0", "Company": "Acme", "Email": "p0@acme.com"})
    );
}

#[tokio::test]
async fn an_answer_of_another_length_says_nothing_of_any_row() {
    for count in [2, 4] {
        let server = MockServer::start().await;
        answering(
            &server,
            vec![json!({"id": LEAD_ID, "success": true, "errors": []}); count].into(),
        )
        .await;
        let answer = vendor(&server, Settings::default())
            .write(LEAD, &rows(3))
            .await
            .unwrap();
        assert_eq!(answer.rows.len(), 3);
        assert!(
            answer.rows.iter().all(|row| row.verdict == Verdict::Silent),
            "{count}"
        );
    }
}

fn header<'a>(call: &'a Request, name: &str) -> Option<&'a str> {
    call.headers.get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn rules_assign_new_leads_as_told_and_never_what_is_there() {
    const RULE: &str = "01Q5e000000AAAAAA1";
    for (assign, object, row, expected) in [
        ("rules", LEAD, create("t", json!({})), "TRUE"),
        ("", LEAD, create("t", json!({})), "TRUE"),
        ("off", LEAD, create("t", json!({})), "FALSE"),
        (RULE, LEAD, create("t", json!({})), RULE),
        (RULE, LEAD, update("t", json!({})), "FALSE"),
        ("rules", LEAD, update("t", json!({})), "FALSE"),
        ("rules", ACCOUNT, create("t", json!({})), "FALSE"),
    ] {
        let server = MockServer::start().await;
        answering(
            &server,
            json!([{"id": LEAD_ID, "success": true, "errors": []}]),
        )
        .await;
        vendor(&server, settings(&[("assign", assign)]))
            .write(object, &[row])
            .await
            .unwrap();
        let call = &calls(&server).await[0];
        assert_eq!(
            header(call, "sforce-auto-assign"),
            Some(expected),
            "{assign} {object}"
        );
        assert_eq!(
            header(call, "sforce-call-options"),
            Some("client=mobly-sync")
        );
        assert_eq!(header(call, "sforce-duplicate-rule-header"), None);
    }
}

#[tokio::test]
async fn updates_name_their_record_and_a_new_contact_its_account() {
    let server = MockServer::start().await;
    answering(
        &server,
        json!([{"id": LEAD_ID, "success": true, "errors": []}]),
    )
    .await;
    let connected = vendor(&server, settings(&[("duplicates", "allow")]));
    connected
        .write(LEAD, &[update("t", json!({"Title": "CEO"}))])
        .await
        .unwrap();
    let mut contact = create("t", json!({"LastName": "Li"}));
    contact.links = vec![(ACCOUNT, "0015e000001AAAAAA1".into())];
    connected.write(CONTACT, &[contact]).await.unwrap();
    let calls = calls(&server).await;
    assert_eq!(calls[0].method, "PATCH");
    assert_eq!(
        header(&calls[0], "sforce-duplicate-rule-header"),
        Some("allowSave=true")
    );
    let record = |call: &Request| call.body_json::<Value>().unwrap()["records"][0].clone();
    assert_eq!(record(&calls[0])["id"], LEAD_ID);
    assert_eq!(record(&calls[1])["AccountId"], "0015e000001AAAAAA1");
}

#[tokio::test]
async fn what_is_gone_is_told_from_what_its_parent_lost() {
    let usual = Settings::default;
    let joined = json!({"LastName": "Li", "AccountId": "0015e000001AAAAAA1"});
    for code in [
        "ENTITY_IS_DELETED",
        "NOT_FOUND",
        "INVALID_CROSS_REFERENCE_KEY",
    ] {
        let own = error(code, "…", &[]);
        assert_eq!(
            verdict(usual(), LEAD, update("t", json!({})), own.clone()).await,
            Verdict::Gone,
            "{code}"
        );
        let new = create("t", joined.clone());
        assert_eq!(
            verdict(usual(), CONTACT, new.clone(), own).await,
            Verdict::LinkGone,
            "{code}"
        );
        let parent = error(code, "…", &["AccountId"]);
        assert_eq!(
            verdict(usual(), CONTACT, update("t", joined.clone()), parent).await,
            Verdict::LinkGone
        );
        // Nothing names the culprit: both are looked for anew, and the contact is not given up for its account.
        let either = error(code, "…", &[]);
        assert_eq!(
            verdict(
                usual(),
                CONTACT,
                update("t", joined.clone()),
                either.clone()
            )
            .await,
            Verdict::LinkGone,
            "{code}"
        );
        let named = error(code, "…", &["Id"]);
        for (values, answer) in [(joined.clone(), named), (json!({"LastName": "Li"}), either)] {
            assert_eq!(
                verdict(usual(), CONTACT, update("t", values), answer).await,
                Verdict::Gone,
                "{code}"
            );
        }
        let owner = error(code, "…", &["OwnerId"]);
        assert!(
            matches!(
                verdict(usual(), CONTACT, new, owner).await,
                Verdict::Refused(_)
            ),
            "{code}"
        );
    }
    let converted = error(
        "CANNOT_UPDATE_CONVERTED_LEAD",
        "cannot reference converted lead",
        &[],
    );
    assert_eq!(
        verdict(usual(), LEAD, update("t", json!({})), converted).await,
        Verdict::Gone
    );
    let locked = error(
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        "T: execution … UNABLE_TO_LOCK_ROW, …",
        &[],
    );
    assert_eq!(
        verdict(usual(), LEAD, create("t", json!({})), locked).await,
        Verdict::Later(None)
    );
}

#[tokio::test]
async fn only_our_own_unique_field_leads_to_the_record() {
    let taken = |field: &str| {
        error(
            "DUPLICATE_VALUE",
            &format!(
                "duplicate value found: {field} duplicates value on record with id: 00Q5e000001BBBB"
            ),
            &[],
        )
    };
    let ours = || Settings {
        external_id: Some("Mobly_Id__c".into()),
        ..Settings::default()
    };
    let found = verdict(ours(), LEAD, create("t", json!({})), taken("Mobly_Id__c")).await;
    assert_eq!(
        found,
        Verdict::Exists {
            id: "00Q5e000001BBBB".into()
        }
    );
    let other = verdict(ours(), LEAD, create("t", json!({})), taken("Tax_No__c")).await;
    let Verdict::Refused(failure) = other else {
        panic!("{other:?}")
    };
    assert_eq!(
        (failure.category, failure.candidates),
        (
            Category::DuplicateRecord,
            vec!["00Q5e000001BBBB".to_owned()]
        )
    );
}

#[tokio::test]
async fn a_trigger_that_fails_all_rows_is_halved_and_one_that_fails_some_is_not() {
    let failed = error(
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        "Audit: execution of BeforeInsert",
        &[],
    );
    let server = MockServer::start().await;
    answering(&server, vec![failed.clone(); 3].into()).await;
    let whole = vendor(&server, Settings::default())
        .write(LEAD, &rows(3))
        .await
        .unwrap_err();
    assert!(matches!(whole.kind, CallErrorKind::Refused { guilty, .. } if guilty.is_empty()));
    let server = MockServer::start().await;
    let done = json!({"id": LEAD_ID, "success": true, "errors": []});
    answering(&server, json!([failed, done, failed])).await;
    let answer = vendor(&server, Settings::default())
        .write(LEAD, &rows(3))
        .await
        .unwrap();
    assert!(is_refused(
        &answer.rows[0].verdict,
        Category::AutomationError
    ));
    assert!(matches!(answer.rows[1].verdict, Verdict::Done { .. }));
    // Alone, a row has nobody else to blame.
    let alone = verdict(Settings::default(), LEAD, create("t", json!({})), failed).await;
    assert!(is_refused(&alone, Category::AutomationError));
}

#[allow(clippy::needless_pass_by_value)]
fn duplicate(engine: &str, records: Value) -> Value {
    json!([{"errorCode": "DUPLICATES_DETECTED", "message": "Use one of these records?", "duplicateResult": {
        "allowSave": true, "duplicateRule": "Lead_Rule", "matchResults": [{"entityType": "Lead", "matchEngine": engine,
            "matchRecords": records}]}}])
}

fn matched(id: &str, sobject: &str, email: &str) -> Value {
    json!({"matchConfidence": 100.0, "record": {"attributes": {"type": sobject}, "Id": id, "Email": email}})
}

/// Found without an address.
fn named(id: &str, first: &str, company: &str) -> Value {
    let mut found = matched(id, "Lead", "");
    found["record"]["FirstName"] = json!(first);
    found["record"]["LastName"] = json!("P0");
    found["record"]["Company"] = json!(company);
    json!([found])
}

/// Collections tell only that a rule refused; a single create, inside a Composite, tells what it found.
async fn org_with_rule(found: Value) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(COLLECTIONS))
        .respond_with(|request: &Request| {
            let body: Value = request.body_json().unwrap();
            let count = body["records"].as_array().unwrap().len();
            let refused = error("DUPLICATES_DETECTED", "Use one of these records?", &[]);
            ResponseTemplate::new(200).set_body_json(vec![refused; count])
        })
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path(COMPOSITE))
        .respond_with(move |request: &Request| {
            let body: Value = request.body_json().unwrap();
            let subs = body["compositeRequest"].as_array().unwrap();
            let answers: Vec<Value> = subs
                .iter()
                .map(|sub| json!({"body": found, "httpStatusCode": 400, "referenceId": sub["referenceId"]}))
                .collect();
            ResponseTemplate::new(200).set_body_json(json!({"compositeResponse": answers}))
        })
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn a_rules_find_is_named_by_asking_singly_in_one_request() {
    let found = duplicate(
        "FuzzyMatchEngine",
        json!([matched("00Q5e000001BBBBAA1", "Lead", "")]),
    );
    let server = org_with_rule(found).await;
    let connected = vendor(&server, Settings::default());
    let first = connected.write(LEAD, &rows(2)).await.unwrap();
    assert!(
        first
            .rows
            .iter()
            .all(|row| matches!(row.verdict, Verdict::Later(Some(wait)) if wait.is_zero()))
    );
    let second = connected.write(LEAD, &rows(2)).await.unwrap();
    for row in &second.rows {
        let Verdict::Refused(failure) = &row.verdict else {
            panic!("{row:?}")
        };
        assert_eq!(failure.category, Category::DuplicateRecord);
        assert_eq!(failure.candidates, ["00Q5e000001BBBBAA1"]);
        assert!(failure.message.contains("Lead_Rule"), "{}", failure.message);
    }
    let calls = calls(&server).await;
    assert_eq!(calls.len(), 2);
    let sub = calls[1].body_json::<Value>().unwrap()["compositeRequest"][1].clone();
    assert_eq!(sub["url"], "/services/data/v66.0/sobjects/Lead");
    assert_eq!(sub["httpHeaders"]["Sforce-Auto-Assign"], "TRUE");
    assert_eq!(sub["body"]["LastName"], "P1");
    assert!(sub["body"].get("attributes").is_none());
}

#[tokio::test]
async fn many_refused_by_a_rule_are_cut_until_they_fit() {
    let server = org_with_rule(duplicate("ExactMatchEngine", json!([]))).await;
    let connected = vendor(&server, Settings::default());
    connected.write(LEAD, &rows(30)).await.unwrap();
    let again = connected.write(LEAD, &rows(30)).await.unwrap_err();
    assert!(matches!(again.kind, CallErrorKind::Refused { guilty, .. } if guilty.is_empty()));
    let half = connected.write(LEAD, &rows(15)).await.unwrap();
    assert!(
        half.rows
            .iter()
            .all(|row| is_refused(&row.verdict, Category::DuplicateRecord))
    );
}

#[tokio::test]
async fn a_match_is_used_only_where_it_is_surely_the_same() {
    const ID: &str = "00Q5e000001BBBBAA1";
    let cases = [
        (
            "use-match",
            "ExactMatchEngine",
            json!([matched(ID, "Lead", "p0@ACME.com")]),
            true,
        ),
        // An exact rule may match by anything.
        (
            "use-match",
            "ExactMatchEngine",
            json!([matched(ID, "Lead", "other@acme.com")]),
            false,
        ),
        (
            "use-match",
            "ExactMatchEngine",
            json!([matched(ID, "Lead", "")]),
            false,
        ),
        (
            "use-match",
            "ExactMatchEngine",
            named(ID, "Ann", "ACME"),
            true,
        ),
        (
            "use-match",
            "ExactMatchEngine",
            named(ID, "Bea", "Acme"),
            false,
        ),
        (
            "use-match",
            "ExactMatchEngine",
            named(ID, "Ann", "Beta"),
            false,
        ),
        (
            "use-match",
            "FuzzyMatchEngine",
            named(ID, "Ann", "Acme"),
            false,
        ),
        (
            "use-match",
            "FuzzyMatchEngine",
            json!([matched(ID, "Lead", "P0@acme.com")]),
            true,
        ),
        (
            "use-match",
            "FuzzyMatchEngine",
            json!([matched(ID, "Lead", "other@acme.com")]),
            false,
        ),
        (
            "use-match",
            "ExactMatchEngine",
            json!([matched(ID, "Contact", "p0@acme.com")]),
            false,
        ),
        (
            "use-match",
            "ExactMatchEngine",
            json!([
                matched(ID, "Lead", "p0@acme.com"),
                matched("00Q5e000001CCCCAA1", "Lead", "p0@acme.com")
            ]),
            false,
        ),
        (
            "report",
            "ExactMatchEngine",
            json!([matched(ID, "Lead", "p0@acme.com")]),
            false,
        ),
    ];
    for (duplicates, engine, records, used) in cases {
        let server = org_with_rule(duplicate(engine, records.clone())).await;
        let connected = vendor(&server, settings(&[("duplicates", duplicates)]));
        let row = create(
            "t0",
            json!({"FirstName": "Ann", "LastName": "P0", "Company": "Acme", "Email": "p0@acme.com"}),
        );
        connected
            .write(LEAD, std::slice::from_ref(&row))
            .await
            .unwrap();
        let answer = connected.write(LEAD, &[row]).await.unwrap();
        let asked = &calls(&server).await[1].body_json::<Value>().unwrap()["compositeRequest"][0];
        assert_eq!(
            asked["httpHeaders"]["Sforce-Duplicate-Rule-Header"]
                .as_str()
                .is_some_and(|header| header.contains("includeRecordDetails=true")),
            duplicates == "use-match"
        );
        let verdict = &answer.rows[0].verdict;
        assert_eq!(
            *verdict == Verdict::Exists { id: ID.into() },
            used,
            "{duplicates} {engine} {records}: {verdict:?}"
        );
        assert!(used || is_refused(verdict, Category::DuplicateRecord));
    }
}

#[tokio::test]
async fn a_value_that_looks_like_a_reference_is_never_sent_where_it_would_be_one() {
    let server = org_with_rule(duplicate("ExactMatchEngine", json!([]))).await;
    let connected = vendor(&server, Settings::default());
    let row = create("t", json!({"LastName": "@{r0.id}"}));
    connected
        .write(LEAD, std::slice::from_ref(&row))
        .await
        .unwrap();
    let again = connected.write(LEAD, &[row]).await.unwrap();
    assert!(is_refused(
        &again.rows[0].verdict,
        Category::DuplicateRecord
    ));
    assert!(
        calls(&server)
            .await
            .iter()
            .all(|call| call.url.path() == COLLECTIONS)
    );
}

#[tokio::test]
async fn contacts_are_joined_to_accounts_pair_by_pair() {
    let server = MockServer::start().await;
    answering(
        &server,
        json!([{"id": "0035e000001AAAAAA1", "success": true, "errors": []},
        error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", &["AccountId"]),
        error("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "no", &[])]),
    )
    .await;
    let pairs: Vec<(RemoteId, RemoteId)> = (0..3)
        .map(|n| (format!("0035e00000{n}"), "0015e000001AAAAAA1".into()))
        .collect();
    let answer = vendor(&server, Settings::default())
        .link(&pairs)
        .await
        .unwrap();
    assert_eq!(answer.pairs[0], LinkEnd::Done);
    assert!(matches!(answer.pairs[1], LinkEnd::Gone(_)));
    assert!(
        matches!(&answer.pairs[2], LinkEnd::Refused(failure) if failure.category == Category::Connection)
    );
}
