//! Presets on the wire, from documented answers; and what becomes of answers that are none.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

use super::*;
use crate::clock::SystemClock;
use crate::domain::ids::LeadId;
use crate::enrich::presets;
use crate::store::Store;

/// What a request looked like.
#[derive(Debug, Clone)]
struct Seen {
    line: String,
    headers: axum::http::HeaderMap,
    body: Value,
}

type Script = Arc<dyn Fn(&Seen) -> (u16, String) + Send + Sync>;

struct Bench {
    _folder: tempfile::TempDir,
    url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    store: StoreHandle,
}

impl Bench {
    async fn new(answer: impl Fn(&Seen) -> (u16, String) + Send + Sync + 'static) -> Self {
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let script: Script = Arc::new(answer);
        let router = Router::new()
            .fallback(serve)
            .with_state((Arc::clone(&seen), script));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("x.db")).unwrap();
        let store = StoreHandle::spawn(store).unwrap();
        Self {
            _folder: folder,
            url,
            seen,
            store,
        }
    }

    fn provider(&self, preset: &str, changes: &Value, budget: Option<u64>) -> HttpProvider {
        let opening = Opening {
            name: preset.to_owned(),
            config: presets::describe(Some(preset), changes).unwrap(),
            base_url: Some(self.url.clone()),
            key: Some("canary-key".into()),
            budget_day: budget,
            budget_run: None,
            pace: false,
            clock: Arc::new(SystemClock::new()),
        };
        HttpProvider::open(opening, self.store.clone()).unwrap()
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    async fn spend(&self, provider: &str) -> (u64, u64) {
        let (provider, day) = (
            provider.to_owned(),
            SystemClock::new()
                .now()
                .to_zoned(jiff::tz::TimeZone::UTC)
                .date()
                .to_string(),
        );
        let spend = self
            .store
            .call(move |store| store.enrichment_spend(&provider, &day))
            .await
            .unwrap();
        (spend.asked, spend.paid)
    }
}

use crate::clock::Clock as _;

async fn serve(
    State((seen, script)): State<(Arc<Mutex<Vec<Seen>>>, Script)>,
    request: axum::extract::Request,
) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let one = Seen {
        line: format!("{} {}", parts.method, parts.uri),
        headers: parts.headers,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    };
    let (status, text) = script(&one);
    seen.lock().unwrap().push(one);
    (StatusCode::from_u16(status).unwrap(), text).into_response()
}

fn question(fields: &[(&str, &str)], missing: &[&str]) -> Question {
    Question {
        lead: LeadId(0),
        fields: fields
            .iter()
            .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
            .collect(),
        missing: missing.iter().map(|field| (*field).to_owned()).collect(),
    }
}

fn found(answer: &Answer) -> (BTreeMap<String, String>, Option<u8>) {
    match answer {
        Answer::Found(found) => (found.fields.clone(), found.confidence),
        other => panic!("{other:?}"),
    }
}

/// From the documentation's example record.
fn patton() -> Value {
    json!({ "status": 200, "likelihood": 8, "data": {
        "full_name": "Kimberly Patton", "first_name": "Kimberly", "last_name": "Patton",
        "work_email": "kimberly_patton@hall-rios-and-miller.com", "mobile_phone": "+15814854381", "linkedin_url": "linkedin.com/in/kimberly_patton",
        "job_title": "Tax Adviser", "job_company_name": "Hall, Rios And Miller", "job_company_website": "hall-rios-and-miller.com",
        "job_company_size": "51-200", "job_company_location_country": "United States", "phone_numbers": true
    } })
}

#[tokio::test]
async fn people_data_labs_is_asked_and_read_as_documented() {
    let bench = Bench::new(|_| (200, patton().to_string())).await;
    let provider = bench.provider("people-data-labs", &json!({}), None);
    let asked = question(
        &[
            ("email", "Kimberly_Patton@hall-rios-and-miller.com"),
            ("lastName", "Patton"),
        ],
        &["jobTitle", "mobilePhone", "phone", "companySize"],
    );
    let answers = provider.ask(&[asked]).await.unwrap();
    let (fields, confidence) = found(&answers[0]);
    assert_eq!(confidence, Some(80));
    assert_eq!(
        fields,
        [
            ("jobTitle".into(), "Tax Adviser".into()),
            ("mobilePhone".into(), "+15814854381".into())
        ]
        .into()
    );
    let seen = bench.seen().remove(0);
    assert_eq!(seen.line, "POST /v5/person/enrich");
    assert_eq!(seen.headers["x-api-key"], "canary-key");
    assert_eq!(seen.body["last_name"], "Patton");
    assert!(seen.body.get("first_name").is_none(), "{}", seen.body);
}

#[tokio::test]
async fn several_are_asked_at_once_and_told_apart_by_key() {
    let bench = Bench::new(|seen| {
        let requests = seen.body["requests"].as_array().unwrap();
        let mut answers: Vec<Value> = requests.iter().map(|request| {
            let email = request["params"]["email"].as_str().unwrap();
            let mut answer = match email.starts_with("nobody") {
                true => json!({ "status": 404, "error": { "type": "not_found" } }),
                false => json!({ "status": 200, "likelihood": 9, "data": { "job_title": format!("Boss of {email}"), "work_email": email } }),
            };
            answer["metadata"] = request["metadata"].clone();
            answer
        }).collect();
        answers.reverse();
        (200, Value::Array(answers).to_string())
    }).await;
    let provider = bench.provider("people-data-labs", &json!({}), None);
    let ask = |email| question(&[("email", email)], &["jobTitle"]);
    let questions = [
        ask("a@x.co"),
        ask("nobody@x.co"),
        ask("b@x.co"),
        ask("a@x.co"),
    ];
    let answers = provider.ask(&questions).await.unwrap();
    let title = |n: usize| found(&answers[n]).0["jobTitle"].clone();
    assert_eq!(
        (title(0), title(2), title(3)),
        (
            "Boss of a@x.co".into(),
            "Boss of b@x.co".into(),
            "Boss of a@x.co".into()
        )
    );
    assert_eq!(answers[1], Answer::Unknown);
    assert_eq!(bench.seen().len(), 1);
    assert_eq!(bench.seen()[0].line, "POST /v5/person/bulk");
    assert_eq!(
        bench.spend("people-data-labs").await,
        (3, 2),
        "the same question once, and nobody is free"
    );
}

#[tokio::test]
async fn apollo_has_no_person_where_nobody_is_found() {
    let bench = Bench::new(|seen| {
        let person = json!({ "first_name": "Tim", "last_name": "Zheng", "title": "Founder & CEO", "email": "tim@apollo.io", "linkedin_url": "http://www.linkedin.com/in/tim-zheng-677ba010",
            "organization": { "name": "Apollo.io", "website_url": "http://www.apollo.io", "primary_phone": { "number": "+1 202-374-1312", "sanitized_number": "+12023741312" }, "estimated_num_employees": 1600, "country": "United States" } });
        match seen.line.as_str() {
            "POST /api/v1/people/match" => (200, json!({ "person": null }).to_string()),
            _ => (200, json!({ "status": "success", "matches": [person, null] }).to_string()),
        }
    }).await;
    let provider = bench.provider("apollo", &json!({}), None);
    let ask = |email| question(&[("email", email)], &["jobTitle", "phone", "companySize"]);
    let answers = provider
        .ask(&[ask("tim@apollo.io"), ask("nobody@x.co")])
        .await
        .unwrap();
    let (fields, _) = found(&answers[0]);
    assert_eq!(
        (
            fields["jobTitle"].as_str(),
            fields["phone"].as_str(),
            fields["companySize"].as_str()
        ),
        ("Founder & CEO", "+12023741312", "1600")
    );
    assert_eq!(answers[1], Answer::Unknown);
    assert_eq!(
        provider.ask(&[ask("other@x.co")]).await.unwrap(),
        [Answer::Unknown]
    );
    let sent = bench.seen();
    assert_eq!(sent[0].body["details"].as_array().unwrap().len(), 2);
    assert_eq!(sent[0].body["reveal_phone_number"], false);
}

#[tokio::test]
async fn hunter_enriches_by_address_and_finds_one_by_name() {
    let bench = Bench::new(|seen| {
        if seen.line.starts_with("GET /v2/combined/find?email=matt%40hunter.io") {
            let body = json!({ "data": { "person": { "name": { "fullName": "Matthew Tharp", "givenName": "Matthew", "familyName": "Tharp" }, "email": "matt@hunter.io", "employment": { "title": "CEO", "name": "Hunter", "domain": "hunter.io" }, "phone": null },
                "company": { "name": "Hunter", "domain": "hunter.io", "phone": "+1 415 555 0100", "geo": { "country": "United States" }, "metrics": { "employees": "11-50" } } } });
            (200, body.to_string())
        } else if seen.line == "GET /v2/email-finder?domain=reddit.com&first_name=Alexis&last_name=Ohanian" {
            (200, json!({ "data": { "first_name": "Alexis", "last_name": "Ohanian", "email": "alexis@reddit.com", "score": 97, "position": "Cofounder", "company": "Reddit" } }).to_string())
        } else {
            (451, json!({ "errors": [{ "id": "claimed_email", "code": 451 }] }).to_string())
        }
    }).await;
    let provider = bench.provider("hunter", &json!({}), None);
    let by_address = provider
        .ask(&[question(
            &[("email", "matt@hunter.io")],
            &["jobTitle", "phone", "companySize"],
        )])
        .await
        .unwrap();
    assert_eq!(
        found(&by_address[0]).0,
        [
            ("jobTitle".into(), "CEO".into()),
            ("phone".into(), "+1 415 555 0100".into())
        ]
        .into()
    );
    let by_name = question(
        &[
            ("firstName", "Alexis"),
            ("lastName", "Ohanian"),
            ("companyWebsite", "https://www.reddit.com/about"),
        ],
        &["email"],
    );
    let (fields, confidence) = found(&provider.ask(&[by_name]).await.unwrap()[0]);
    assert_eq!(
        (fields["email"].as_str(), confidence),
        ("alexis@reddit.com", Some(97))
    );
    assert_eq!(
        provider
            .ask(&[question(&[("email", "claimed@x.co")], &["phone"])])
            .await
            .unwrap(),
        [Answer::Unknown]
    );
    assert!(
        bench
            .seen()
            .iter()
            .all(|seen| seen.headers["x-api-key"] == "canary-key" && !seen.line.contains("canary"))
    );
}

#[tokio::test]
async fn a_refused_key_ends_it_after_one_request() {
    let bench = Bench::new(|_| (401, json!({ "error": {} }).to_string())).await;
    let provider = bench.provider("hunter", &json!({}), Some(10));
    for email in ["a@x.co", "b@x.co"] {
        let error = provider
            .ask(&[question(&[("email", email)], &["phone"])])
            .await
            .unwrap_err();
        assert!(matches!(&error, ProviderError::SignIn(_)), "{error:?}");
        assert!(!error.to_string().contains("canary"));
    }
    assert_eq!(bench.seen().len(), 1);
    assert_eq!(bench.spend("hunter").await.1, 0, "a refusal costs nothing");
}

#[tokio::test]
async fn used_up_credits_are_told_from_the_limit() {
    let bench = Bench::new(|_| (429, json!({ "errors": [{ "code": 429 }] }).to_string())).await;
    let provider = bench.provider("hunter", &json!({}), None);
    let error = provider
        .ask(&[question(&[("email", "a@x.co")], &["phone"])])
        .await
        .unwrap_err();
    assert!(matches!(error, ProviderError::Budget(_)), "{error:?}");
    assert_eq!(bench.seen().len(), 1, "it is not asked again");
}

#[tokio::test]
async fn an_answer_that_is_none_is_counted_as_paid_and_believed_in_nothing() {
    for body in [
        "<html>Sign in to the hotel's network</html>",
        "{\"data\": ",
        "[[1,2]",
    ] {
        let bench = Bench::new(move |_| (200, body.to_owned())).await;
        let provider = bench.provider("hunter", &json!({}), None);
        let error = provider
            .ask(&[question(&[("email", "a@x.co")], &["phone"])])
            .await
            .unwrap_err();
        assert!(
            matches!(error, ProviderError::Unavailable { .. }),
            "{error:?}"
        );
        assert!(bench.spend("hunter").await.1 >= 1);
    }
    let lying = json!({ "data": { "person": { "email": "a@x.co", "employment": { "title": ["CEO"] }, "phone": { "n": 1 } }, "company": "none" } });
    let bench = Bench::new(move |_| (200, lying.to_string())).await;
    let provider = bench.provider("hunter", &json!({}), None);
    let trials = provider
        .try_out(&[question(&[("email", "a@x.co")], &["phone", "jobTitle"])])
        .await
        .unwrap();
    assert_eq!(trials[0].answer, Answer::Unknown);
}

#[tokio::test]
async fn somebody_elses_record_is_not_taken() {
    let bench = Bench::new(|_| (200, patton().to_string())).await;
    let provider = bench.provider("people-data-labs", &json!({}), None);
    let trials = provider
        .try_out(&[question(
            &[("email", "ann@acme.com"), ("lastName", "Lee")],
            &["jobTitle"],
        )])
        .await
        .unwrap();
    assert_eq!(trials[0].answer, Answer::Unknown);
    assert!(trials[0].note.as_deref().unwrap().contains("somebody else"));
}

#[tokio::test]
async fn a_budget_is_kept_and_what_it_allows_is_used() {
    let bench = Bench::new(|seen| {
        let answers = seen.body["requests"].as_array().map_or(1, Vec::len);
        let answer = |n: usize| json!({ "status": 200, "likelihood": 9, "data": { "job_title": "CEO" }, "metadata": { "key": n.to_string() } });
        let body = match seen.body.get("requests") {
            Some(_) => Value::Array((0..answers).map(answer).collect()),
            None => answer(0),
        };
        (200, body.to_string())
    }).await;
    let provider = bench.provider("people-data-labs", &json!({}), Some(3));
    let questions: Vec<Question> = (0..5)
        .map(|n| question(&[("email", &format!("p{n}@x.co"))], &["jobTitle"]))
        .collect();
    let answers = provider.ask(&questions).await.unwrap();
    let got = answers
        .iter()
        .filter(|answer| matches!(answer, Answer::Found(_)))
        .count();
    assert_eq!(got, 3);
    let Answer::Skipped { why } = &answers[4] else {
        panic!("{answers:?}")
    };
    assert!(why.contains("3 questions a day"), "{why}");
    let error = provider.ask(&questions[3..]).await.unwrap_err();
    assert!(matches!(error, ProviderError::Budget(_)), "{error:?}");
    assert_eq!(
        (bench.seen().len(), bench.spend("people-data-labs").await),
        (1, (3, 3))
    );
    let again = bench.provider("people-data-labs", &json!({}), Some(3));
    assert!(
        again.ask(&questions[3..]).await.is_err(),
        "another run of the same day"
    );
}
