#![allow(clippy::unwrap_used)]
//! Imports: the file, and its end.

use serde_json::json;
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::tests::{calls, create, is_refused, unit, update, vendor};
use super::*;
use crate::vendors::Vendor;

const IMPORTS: &str = "/api/v5/imports";

async fn answers(server: &MockServer, at: &str, answer: ResponseTemplate) {
    Mock::given(path(at))
        .respond_with(answer)
        .mount(server)
        .await;
}

fn json_of(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

/// The parts of a form: the head and what it holds.
fn parts(body: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8(body.to_vec()).unwrap();
    let boundary = text.lines().next().unwrap().to_owned();
    text.split(&boundary)
        .filter_map(|part| part.split_once("\r\n\r\n"))
        .map(|(head, held)| (head.to_owned(), held.trim_end().to_owned()))
        .collect()
}

/// The description and the file that some rows become.
async fn handed_in(rows: &[Row]) -> (Value, Vec<Vec<String>>) {
    let server = unit().await;
    answers(
        &server,
        IMPORTS,
        json_of(201, json!({"id": 501, "status": "Ready"})),
    )
    .await;
    let answer = vendor(&server).write(PROSPECT, rows).await.unwrap();
    assert!(answer.rows.is_empty());
    let job = answer.job.unwrap();
    assert_eq!((job.id.as_str(), job.ask_after.as_secs()), ("501", 5));
    let request = calls(&server).await.pop().unwrap();
    let kind = request.headers["content-type"].to_str().unwrap();
    assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
    let parts = parts(&request.body);
    assert!(
        parts[0].0.contains("name=\"input\"") && parts[1].0.contains("name=\"file\"; filename=")
    );
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(parts[1].1.as_bytes());
    let cells = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    (serde_json::from_str(&parts[0].1).unwrap(), cells)
}

#[tokio::test]
async fn rows_of_different_fields_become_one_file_that_erases_nothing() {
    let rows = [
        create(
            "a",
            json!({"email": "Ada@B.co", "firstName": "Ada, \"A\"", "Topics__c": ["AI", "CRM"]}),
        ),
        create(
            "b",
            json!({"email": "eve@b.co", "comments": "one\ntwo", "isDoNotEmail": true, "score": 5}),
        ),
    ];
    let (description, cells) = handed_in(&rows).await;
    let header = [
        "matchEmail",
        "Topics__c",
        "comments",
        "email",
        "firstName",
        "isDoNotEmail",
        "score",
    ];
    assert_eq!(cells[0], header);
    assert_eq!(
        cells[1],
        ["ada@b.co", "AI;CRM", "", "Ada@B.co", "Ada, \"A\"", "", ""]
    );
    assert_eq!(
        cells[2],
        ["eve@b.co", "", "one\ntwo", "eve@b.co", "", "true", "5"]
    );
    assert_eq!(cells.len(), 3);
    let told = [
        &description["object"],
        &description["operation"],
        &description["status"],
    ];
    assert_eq!(told, ["Prospect", "Upsert", "Ready"]);
    let columns = description["columns"].as_array().unwrap();
    assert_eq!(columns.len(), header.len(), "as many as the file has");
    assert_eq!(columns[0], json!({"field": "matchEmail"}));
    for (column, name) in columns.iter().zip(header).skip(1) {
        assert_eq!(
            *column,
            json!({"field": name, "overwrite": true, "nullOverwrite": false})
        );
    }
}

#[tokio::test]
async fn records_that_are_there_are_matched_by_id() {
    let rows = [
        update("a", "7", json!({"email": "new@b.co"})),
        update("b", "8", json!({"city": "Oslo"})),
        update("c", "9", json!({"notes": null})),
    ];
    let (_, cells) = handed_in(&rows).await;
    assert_eq!(
        cells,
        [
            vec!["matchId", "city", "email"],
            vec!["7", "", "new@b.co"],
            vec!["8", "Oslo", ""]
        ]
    );
}

#[tokio::test]
async fn a_record_of_its_own_has_nothing_to_be_matched_by() {
    let mut rows = [
        create("a", json!({"email": "a@b.co"})),
        create("b", json!({"email": "b@b.co"})),
    ];
    rows[1].despite_duplicates = true;
    let (_, cells) = handed_in(&rows).await;
    assert_eq!(cells[1..], [vec!["a@b.co", "a@b.co"], vec!["", "b@b.co"]]);
}

#[tokio::test]
async fn a_file_refused_for_a_column_blames_who_fills_it() {
    let server = unit().await;
    let refused = json!({"code": 226, "message": "Invalid header in the file: Visit__c"});
    answers(&server, IMPORTS, json_of(400, refused)).await;
    let rows = [
        create("a", json!({"email": "a@b.co", "Visit__c": "x"})),
        create("b", json!({"email": "b@b.co"})),
    ];
    let error = vendor(&server).write(PROSPECT, &rows).await.unwrap_err();
    assert!(
        matches!(&error.kind, CallErrorKind::Refused { guilty, .. }
        if matches!(&guilty[..], [Guilty::Field { field, .. }] if field == "Visit__c")),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_file_too_large_is_halved_before_it_is_sent() {
    let server = unit().await;
    let rows: Vec<Row> = (0..2)
        .map(|row| {
            create(
                "a",
                json!({"email": format!("a{row}@b.co"), "notes": "x".repeat(5_000_000)}),
            )
        })
        .collect();
    let error = vendor(&server).write(PROSPECT, &rows).await.unwrap_err();
    assert!(matches!(&error.kind, CallErrorKind::Refused { guilty, .. } if guilty.is_empty()));
    assert!(calls(&server).await.is_empty());
}

fn two_new() -> Vec<Row> {
    vec![
        create("a", json!({"email": "ada@b.co"})),
        create("b", json!({"email": "eve@b.co"})),
    ]
}

fn two_known() -> Vec<Row> {
    vec![
        update("a", "7", json!({"city": "Oslo"})),
        update("b", "8", json!({"city": "Rome"})),
    ]
}

/// What an import's answer, and its file of errors, make of some rows.
async fn polled(import: Value, errors: Option<&str>, rows: &[Row]) -> JobState {
    let server = unit().await;
    Mock::given(method("GET"))
        .and(path("/api/v5/imports/501"))
        .and(query_param("fields", ASKED))
        .respond_with(json_of(200, import))
        .mount(&server)
        .await;
    let file = match errors {
        Some(text) => ResponseTemplate::new(200).set_body_raw(text.as_bytes(), "text/csv"),
        None => json_of(404, json!({"code": 109, "message": "gone"})),
    };
    answers(&server, "/api/v5/imports/501/errors", file).await;
    vendor(&server).poll(PROSPECT, "501", rows).await.unwrap()
}

fn verdicts(state: JobState) -> Vec<Verdict> {
    let JobState::Done(rows) = state else {
        panic!("{state:?}");
    };
    rows.into_iter().map(|row| row.verdict).collect()
}

fn complete(errors: u64) -> Value {
    json!({"id": 501, "status": "Complete", "createdCount": 1, "updatedCount": 0, "errorCount": errors,
        "errorRef": "https://evil.example/api/v5/imports/501/errors", "isExpired": false})
}

#[tokio::test]
async fn an_import_is_asked_for_less_and_less_often() {
    let server = unit().await;
    let waiting = json!({"id": 501, "status": "Waiting", "errorCount": null});
    answers(&server, "/api/v5/imports/501", json_of(200, waiting)).await;
    let vendor = vendor(&server);
    for seconds in [10, 20, 30, 30] {
        let state = vendor.poll(PROSPECT, "501", &two_new()).await.unwrap();
        assert!(
            matches!(state, JobState::Running(pause) if pause.as_secs() == seconds),
            "{state:?}"
        );
    }
}

#[tokio::test]
async fn who_is_not_among_the_errors_was_taken() {
    assert_eq!(
        verdicts(polled(complete(0), None, &two_new()).await),
        [Verdict::Taken, Verdict::Taken]
    );
    let file = "matchEmail,email,error\neve@b.co,eve@b.co,Invalid prospect email address\n";
    let state = polled(complete(1), Some(file), &two_new()).await;
    let ends = verdicts(state);
    assert_eq!(ends[0], Verdict::Taken);
    assert!(is_refused(&ends[1], Category::DataFormatValidation));
    // A process that died handed in nobody we know.
    assert!(verdicts(polled(complete(1), Some(file), &[]).await).is_empty());
}

#[tokio::test]
async fn a_stale_id_among_the_errors_is_gone() {
    let file = "matchId,city,error\n8,Rome,Invalid prospect ID\n";
    let ends = verdicts(polled(complete(1), Some(file), &two_known()).await);
    assert_eq!(ends, [Verdict::Taken, Verdict::Gone]);
}

#[tokio::test]
async fn an_error_nobody_can_be_told_for_makes_no_update_a_success() {
    let file = "line,error\n2,why\n";
    let ends = verdicts(polled(complete(1), Some(file), &two_known()).await);
    assert_eq!(ends, [Verdict::Silent, Verdict::Silent]);
    let ends = verdicts(polled(complete(1), None, &two_known()).await);
    assert_eq!(ends, [Verdict::Silent, Verdict::Silent]);
    // Who is new is looked for before anybody counts as there.
    let ends = verdicts(polled(complete(1), None, &two_new()).await);
    assert_eq!(ends, [Verdict::Taken, Verdict::Taken]);
}

#[tokio::test]
async fn rows_that_were_not_in_the_file_come_again() {
    let mut rows = two_known();
    rows.push(update("c", "9", json!({"notes": null})));
    let ends = verdicts(polled(complete(0), None, &rows).await);
    assert_eq!(ends, [Verdict::Taken, Verdict::Taken, Verdict::Later(None)]);
}

#[tokio::test]
async fn an_import_that_is_not_known_any_more_says_so() {
    let expired = json!({"id": 501, "status": "Open", "isExpired": true});
    assert!(matches!(
        polled(expired, None, &[]).await,
        JobState::Unknown
    ));
    let server = unit().await;
    answers(
        &server,
        "/api/v5/imports/501",
        json_of(404, json!({"code": 109, "message": "no"})),
    )
    .await;
    let vendor = vendor(&server);
    for job in ["501", "../prospects/7"] {
        assert!(matches!(
            vendor.poll(PROSPECT, job, &[]).await.unwrap(),
            JobState::Unknown
        ));
    }
    let failed = json!({"id": 501, "status": "Failed"});
    let ends = verdicts(polled(failed, None, &two_new()).await);
    assert!(ends.iter().all(|end| is_refused(end, Category::Unexpected)));
}
