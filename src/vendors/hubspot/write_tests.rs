#![allow(clippy::unwrap_used)]
use super::*;

fn create(trace: &str, email: &str) -> Row {
    Row {
        trace: trace.into(),
        change: Change::Create {
            values: [("email".to_owned(), json!(email))].into(),
        },
        links: vec![("company", "9001".into())],
        despite_duplicates: false,
        is_no_news: false,
    }
}

fn update(trace: &str, id: &str) -> Row {
    Row {
        trace: trace.into(),
        change: Change::Update {
            id: id.into(),
            values: Values::new(),
        },
        links: Vec::new(),
        despite_duplicates: false,
        is_no_news: false,
    }
}

fn judged(rows: &[Row], answer: Value) -> Vec<Verdict> {
    let sent = rows.iter().map(|_| Value::Null).collect();
    let answer: BatchAnswer = serde_json::from_value(answer).unwrap();
    verdicts(rows, sent, &answer, 207)
        .into_iter()
        .map(|row| row.verdict)
        .collect()
}

fn is_done(verdict: &Verdict, expected: &str) -> bool {
    matches!(verdict, Verdict::Done { id, .. } if id == expected)
}

#[test]
fn rows_are_told_apart_by_trace_whatever_the_order() {
    let rows = [
        create("a", "a@x.io"),
        create("b", "b@x.io"),
        create("c", "c@x.io"),
    ];
    let verdicts = judged(
        &rows,
        json!({
        "results": [{"id": "2", "objectWriteTraceId": "c", "properties": {}}, {"id": "1", "objectWriteTraceId": "a", "properties": {}}],
        "errors": [{"category": "VALIDATION_ERROR", "context": {"objectWriteTraceId": ["b"]},
            "message": "Property values were not valid: [{\"isValid\":false,\"message\":\"Email address b@x.io is invalid\",\"error\":\"INVALID_EMAIL\",\"name\":\"email\"}]"}]}),
    );
    assert!(is_done(&verdicts[0], "1") && is_done(&verdicts[2], "2"));
    assert!(
        matches!(&verdicts[1], Verdict::Refused(failure) if failure.category == Category::DataFormatValidation)
    );
}

#[test]
fn a_row_nobody_mentions_is_silent_and_strangers_are_ignored() {
    let rows = [create("a", "a@x.io"), create("b", "b@x.io")];
    let verdicts = judged(
        &rows,
        json!({"results": [{"id": "1", "objectWriteTraceId": "a"}, {"id": "9", "objectWriteTraceId": "z"}]}),
    );
    assert!(is_done(&verdicts[0], "1"));
    assert_eq!(verdicts[1], Verdict::Silent);
    assert!(
        judged(&rows, json!({"status": "COMPLETE", "results": []}))
            .iter()
            .all(|verdict| *verdict == Verdict::Silent)
    );
}

#[test]
fn a_result_without_an_id_is_no_success() {
    let verdicts = judged(
        &[create("a", "a@x.io")],
        json!({"results": [{"objectWriteTraceId": "a"}]}),
    );
    assert_eq!(verdicts, [Verdict::Silent]);
}

#[test]
fn what_is_there_already_or_gone_is_settled_and_not_failed() {
    let rows = [
        create("a", "a@x.io"),
        create("b", "b@x.io"),
        update("c", "77"),
    ];
    let verdicts = judged(
        &rows,
        json!({"results": [], "errors": [
        {"category": "CONFLICT", "message": "Contact already exists. Existing ID: 3401", "context": {"objectWriteTraceId": ["a"]}},
        {"category": "VALIDATION_ERROR", "message": "One or more associations are invalid", "context": {"objectWriteTraceId": ["b"]}},
        {"category": "OBJECT_NOT_FOUND", "message": "Could not get some CONTACT objects, they may be deleted or not exist.", "context": {"ids": ["77"]}}]}),
    );
    assert_eq!(
        verdicts,
        [
            Verdict::Exists { id: "3401".into() },
            Verdict::LinkGone,
            Verdict::Gone
        ]
    );
}

#[test]
fn without_traces_updates_are_known_by_id_and_creates_by_address() {
    let verdicts = judged(
        &[update("a", "1"), update("b", "2")],
        json!({"results": [{"id": "2"}, {"id": 1}]}),
    );
    assert!(is_done(&verdicts[0], "1") && is_done(&verdicts[1], "2"));
    let verdicts = judged(
        &[create("a", "A@x.io")],
        json!({"results": [{"id": "5", "properties": {"email": "a@x.io"}}]}),
    );
    assert!(is_done(&verdicts[0], "5"));
}

#[test]
fn links_count_only_where_the_answer_shows_them() {
    let pairs = [
        ("1".to_owned(), "9".to_owned()),
        ("2".to_owned(), "9".to_owned()),
    ];
    let answer: BatchAnswer =
        serde_json::from_value(json!({"results": [{"from": {"id": "1"}, "to": {"id": "9"}}]}))
            .unwrap();
    let ends = linked(&pairs, &answer, 200);
    assert!(ends[0] == LinkEnd::Done && matches!(ends[1], LinkEnd::Refused(_)));
}
