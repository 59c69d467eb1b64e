//! The documented answers, one by one.

use super::*;

fn options() -> SandboxOptions {
    SandboxOptions {
        tokens: vec!["key".to_owned()],
        daily_limit: Some(3),
        ..SandboxOptions::new("people-data-labs")
    }
}

fn sandbox() -> PeopleDataLabs {
    PeopleDataLabs::new(options(), Arc::new(SandboxClock::new(0.0)))
}

fn ask(sandbox: &PeopleDataLabs, path: &str, body: &Value) -> (u16, Value) {
    let mut headers = axum::http::HeaderMap::new();
    headers.insert("x-api-key", "key".parse().unwrap());
    let reply = sandbox.handle(&Request {
        method: Method::POST,
        path: path.to_owned(),
        query: String::new(),
        headers,
        body: body.to_string().into_bytes(),
        number: 0,
    });
    match reply.body {
        super::super::wire::Body::Json(body) => (reply.status, body),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_match_costs_a_credit_and_no_match_costs_none() {
    let sandbox = sandbox();
    let mut statuses = BTreeMap::<u16, u32>::new();
    for n in 0..40 {
        let (status, body) = ask(
            &sandbox,
            "/v5/person/enrich",
            &json!({ "email": format!("p{n}.x@firm.example") }),
        );
        assert_eq!(body["status"], status);
        *statuses.entry(status).or_default() += 1;
    }
    assert_eq!(statuses[&200], 3, "{statuses:?}");
    assert!(statuses[&402] > 0);
}

#[test]
fn a_bulk_answer_keeps_order_and_metadata() {
    let sandbox = PeopleDataLabs::new(
        SandboxOptions {
            daily_limit: None,
            ..options()
        },
        Arc::new(SandboxClock::new(0.0)),
    );
    let people: Vec<Value> = (0..10)
        .map(|n| json!({ "params": { "email": format!("p{n}.x@firm.example") }, "metadata": { "key": n } }))
        .collect();
    let (status, body) = ask(
        &sandbox,
        "/v5/person/bulk",
        &json!({ "requests": people, "titlecase": true }),
    );
    assert_eq!(status, 200);
    for (n, answer) in body.as_array().unwrap().iter().enumerate() {
        assert_eq!(answer["metadata"]["key"], n);
    }
    assert!(
        body.as_array()
            .unwrap()
            .iter()
            .any(|answer| answer["status"] == 200 && answer["data"]["last_name"] == "X")
    );
}

#[test]
fn too_little_to_go_by_is_refused() {
    let (status, body) = ask(
        &sandbox(),
        "/v5/person/enrich",
        &json!({ "first_name": "Ann" }),
    );
    assert_eq!(
        (status, &body["error"]["type"]),
        (400, &json!("invalid_request_error"))
    );
}

#[test]
fn the_free_plan_takes_a_hundred_a_minute() {
    let sandbox = sandbox();
    let statuses: Vec<u16> = (0..101)
        .map(|_| {
            ask(
                &sandbox,
                "/v5/person/enrich",
                &json!({ "first_name": "Ann" }),
            )
            .0
        })
        .collect();
    assert_eq!((statuses[99], statuses[100]), (400, 429));
}
