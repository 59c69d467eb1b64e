#![allow(clippy::unwrap_used)]
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::LEAD;
use super::super::tests::{
    answering, body, calls, create, instance, ok, refusal, settings, update, vendor,
};
use super::*;
use crate::domain::integration::Settings;
use crate::vendors::Vendor as _;

const LEADS: &str = "/rest/v1/leads.json";
const COMPANIES: &str = "/rest/v1/companies.json";

fn ada() -> Row {
    create("a", json!({"email": "ada@example.com", "firstName": "Ada"}))
}

fn bob() -> Row {
    create("b", json!({"email": "bob@example.com", "boothVisit": true}))
}

fn verdicts(answer: &WriteAnswer) -> Vec<Verdict> {
    answer.rows.iter().map(|row| row.verdict.clone()).collect()
}

fn skipped(code: &str, message: &str) -> Value {
    json!({"status": "skipped", "reasons": [{"code": code, "message": message}]})
}

/// The verdict on one row that is answered so.
async fn verdict(object: &'static str, row: Row, answer: Value) -> Verdict {
    let server = instance().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(ok(json!([answer]))))
        .with_priority(9)
        .mount(&server)
        .await;
    let vendor = vendor(&server, Settings::default());
    vendor.describe(LEAD, &[]).await.unwrap();
    let answer = vendor.write(object, &[row]).await.unwrap();
    answer.rows.into_iter().next().unwrap().verdict
}

#[tokio::test]
async fn new_leads_are_upserted_by_address_and_told_apart_by_place() {
    let server = instance().await;
    let results = json!([{"id": 1_328_328, "status": "created"}, {"id": 12, "status": "updated"}]);
    answering(&server, LEADS, ok(results)).await;
    let vendor = vendor(&server, settings(&[("partition", "EMEA")]));
    let answer = vendor.write(LEAD, &[ada(), bob()]).await.unwrap();
    assert_eq!(
        verdicts(&answer),
        [
            Verdict::Done {
                id: "1328328".into(),
                stored: None
            },
            Verdict::Overwrote { id: "12".into() },
        ]
    );
    let sent = body(&calls(&server).await[0]);
    assert_eq!(sent["action"], "createOrUpdate");
    assert_eq!(sent["lookupField"], "email");
    assert_eq!(sent["partitionName"], "EMEA");
    assert_eq!(
        sent["input"][0],
        json!({"email": "ada@example.com", "firstName": "Ada"})
    );
}

#[tokio::test]
async fn somebody_of_ones_own_is_never_an_upsert() {
    let server = instance().await;
    answering(&server, LEADS, ok(json!([{"id": 7, "status": "created"}]))).await;
    let row = Row {
        despite_duplicates: true,
        is_no_news: false,
        ..ada()
    };
    let vendor = vendor(&server, settings(&[("partition", "EMEA")]));
    vendor.write(LEAD, &[row]).await.unwrap();
    let sent = body(&calls(&server).await[0]);
    assert_eq!(sent["action"], "createDuplicate");
    assert!(sent["partitionName"].is_null());
}

#[tokio::test]
async fn known_leads_are_updated_by_id() {
    let server = instance().await;
    let results = json!([{"id": 5, "status": "updated"}, {"id": 99, "status": "updated"},
        skipped("1004", "Lead not found")]);
    answering(&server, LEADS, ok(results)).await;
    let rows = [5, 6, 7].map(|id| update(&id.to_string(), json!({"firstName": "Ada"})));
    let vendor = vendor(&server, settings(&[("partition", "EMEA")]));
    let answer = vendor.write(LEAD, &rows).await.unwrap();
    let done = Verdict::Done {
        id: "5".into(),
        stored: None,
    };
    assert_eq!(
        verdicts(&answer),
        [done, Verdict::Silent, Verdict::Gone],
        "an answer about another lead is none"
    );
    let sent = body(&calls(&server).await[0]);
    assert_eq!(sent["action"], "updateOnly");
    assert_eq!(sent["lookupField"], "id");
    assert!(sent["partitionName"].is_null());
    assert_eq!(sent["input"][0], json!({"id": 5, "firstName": "Ada"}));
}

#[tokio::test]
async fn one_answer_too_few_and_none_counts() {
    for results in [json!([{"id": 1, "status": "created"}]), json!([])] {
        let server = instance().await;
        answering(&server, LEADS, ok(results)).await;
        let vendor = vendor(&server, Settings::default());
        let answer = vendor.write(LEAD, &[ada(), bob()]).await.unwrap();
        assert_eq!(verdicts(&answer), [Verdict::Silent, Verdict::Silent]);
    }
}

#[tokio::test]
async fn a_lost_answer_about_new_leads_is_not_repeated() {
    for (rows, repeats) in [(vec![ada()], false), (vec![update("5", json!({}))], true)] {
        let server = instance().await;
        answering(&server, LEADS, refusal("604", "Request time-out")).await;
        let error = vendor(&server, Settings::default())
            .write(LEAD, &rows)
            .await
            .unwrap_err();
        assert!(
            matches!(error.kind, CallErrorKind::OutcomeUnknown { .. }),
            "{error:?}"
        );
        assert_eq!(calls(&server).await.len() > 1, repeats);
    }
}

#[tokio::test]
async fn each_reason_has_its_own_end() {
    let refused = async |code: &str, message: &str| match verdict(
        LEAD,
        bob(),
        skipped(code, message),
    )
    .await
    {
        Verdict::Refused(failure) => failure,
        other => panic!("{code}: {other:?}"),
    };
    let typed = refused("1003", "Invalid value for field 'boothVisit'").await;
    assert_eq!(typed.category, Category::DataFormatValidation);
    assert_eq!(typed.field.as_deref(), Some("boothVisit"));
    assert_eq!(typed.value.as_deref(), Some("true"));
    let text = refused("1003", "Invalid value for field 'firstName'").await;
    assert_eq!(text.category, Category::DataValueValidation);
    let gone = refused("1006", "Field 'boothVisit' not found").await;
    assert_eq!(gone.category, Category::MissingRemoteField);
    let several = refused("1007", "Multiple lead match lookup criteria").await;
    assert_eq!(several.category, Category::AmbiguousMatch);
    let partition = refused("1010", "Lead partition mismatch").await;
    assert_eq!(partition.category, Category::Connection);
    let strange = refused("4711", "?").await;
    assert_eq!(strange.category, Category::Unexpected);
    assert_eq!(
        verdict(LEAD, bob(), skipped("713", "Transient Error")).await,
        Verdict::Later(None)
    );
    let mut exists = skipped("1005", "Lead already exists");
    exists["id"] = json!(12);
    assert_eq!(
        verdict(LEAD, bob(), exists).await,
        Verdict::Exists { id: "12".into() }
    );
    assert!(matches!(
        verdict(LEAD, bob(), json!({"status": "skipped"})).await,
        Verdict::Refused(_)
    ));
    assert_eq!(verdict(LEAD, bob(), json!({})).await, Verdict::Silent);
}

#[tokio::test]
async fn a_lead_in_a_company_goes_again_without_the_companys_fields() {
    let server = MockServer::start().await;
    answering(
        &server,
        LEADS,
        ok(json!([skipped("1021", "Company update not allowed")])),
    )
    .await;
    let vendor = vendor(&server, Settings::default());
    let row = update("5", json!({"company": "Acme", "firstName": "Ada"}));
    let first = vendor
        .write(LEAD, std::slice::from_ref(&row))
        .await
        .unwrap();
    assert_eq!(verdicts(&first), [Verdict::Later(Some(Duration::ZERO))]);
    let second = vendor.write(LEAD, &[row]).await.unwrap();
    assert!(
        matches!(verdicts(&second)[..], [Verdict::Refused(_)]),
        "not for ever"
    );
    let calls = calls(&server).await;
    assert_eq!(body(&calls[0])["input"][0]["company"], "Acme");
    assert_eq!(
        body(&calls[1])["input"][0],
        json!({"id": 5, "firstName": "Ada"})
    );
}

#[tokio::test]
async fn who_goes_into_a_company_takes_its_fields_from_there() {
    let server = instance().await;
    answering(&server, LEADS, ok(json!([{"id": 5, "status": "updated"}]))).await;
    let row = update(
        "5",
        json!({"company": "Acme", "externalCompanyId": "dom:acme.com"}),
    );
    vendor(&server, Settings::default())
        .write(LEAD, &[row])
        .await
        .unwrap();
    assert_eq!(
        body(&calls(&server).await[0])["input"][0],
        json!({"id": 5, "externalCompanyId": "dom:acme.com"})
    );
}

#[tokio::test]
async fn companies_have_ids_of_ours_and_places_of_their_own() {
    let server = instance().await;
    let results =
        json!([{"seq": 1, "id": 2, "status": "updated"}, {"seq": 0, "id": 1, "status": "created"}]);
    answering(&server, COMPANIES, ok(results)).await;
    let rows = [
        create(
            "a",
            json!({"externalCompanyId": "dom:acme.com", "company": "Acme"}),
        ),
        create("b", json!({"company": "Bolt Ltd"})),
    ];
    let answer = vendor(&server, Settings::default())
        .write(COMPANY, &rows)
        .await
        .unwrap();
    assert_eq!(
        verdicts(&answer),
        [
            Verdict::Done {
                id: "dom:acme.com".into(),
                stored: None
            },
            Verdict::Exists {
                id: "name:bolt".into()
            }
        ]
    );
    let sent = body(&calls(&server).await[0]);
    assert_eq!(sent["dedupeBy"], "dedupeFields");
    assert_eq!(sent["input"][1]["externalCompanyId"], "name:bolt");
}

#[tokio::test]
async fn where_the_crm_has_the_companies_nothing_more_is_sent() {
    for body in [
        refusal("1018", "CRM Enabled"),
        ok(json!([skipped("1018", "CRM Enabled")])),
    ] {
        let server = instance().await;
        answering(&server, COMPANIES, body).await;
        let vendor = vendor(&server, Settings::default());
        let rows = [create("a", json!({"company": "Acme"}))];
        for _ in 0..3 {
            match vendor.write(COMPANY, &rows).await {
                Ok(answer) => assert!(matches!(verdicts(&answer)[..], [Verdict::Refused(_)])),
                Err(error) => assert!(matches!(error.kind, CallErrorKind::Refused { .. })),
            }
        }
        assert_eq!(calls(&server).await.len(), 1);
    }
}
