//! The documented answers, one by one.

use super::*;
use crate::sandbox::wire::Body;

fn ask(sandbox: &Hunter, key: &'static str, path: &str, query: &str) -> (u16, Value) {
    let mut headers = axum::http::HeaderMap::new();
    headers.insert("x-api-key", axum::http::HeaderValue::from_static(key));
    let reply = sandbox.handle(&Request {
        method: Method::GET,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: Vec::new(),
        number: 0,
    });
    match reply.body {
        Body::Json(body) => (reply.status, body),
        other => panic!("{other:?}"),
    }
}

fn sandbox(credits: Option<u64>) -> Hunter {
    let options = SandboxOptions {
        tokens: vec!["key".to_owned()],
        daily_limit: credits,
        ..SandboxOptions::new("hunter")
    };
    Hunter::new(options, Arc::new(SandboxClock::new(0.0)))
}

#[test]
fn keys_limits_and_credits_have_the_documented_statuses() {
    let hunter = sandbox(Some(1));
    assert_eq!(
        ask(&hunter, "other", "/v2/combined/find", "email=a@b.example").0,
        401
    );
    assert_eq!(
        ask(&hunter, "key", "/v2/people/find", "email=claimed@b.example").0,
        451
    );
    let found = ask(
        &hunter,
        "key",
        "/v2/email-finder",
        "first_name=Ann&last_name=Lee&domain=acme.com",
    );
    assert_eq!(
        (found.0, &found.1["data"]["last_name"]),
        (200, &json!("Lee"))
    );
    let (status, body) = ask(&hunter, "key", "/v2/combined/find", "email=a@b.example");
    assert_eq!((status, &body["errors"][0]["code"]), (429, &json!(429)));
    let busy = sandbox(None);
    let statuses: Vec<u16> = (0..16)
        .map(|_| ask(&busy, "key", "/v2/companies/find", "domain=acme.com").0)
        .collect();
    assert_eq!(statuses[15], 403, "{statuses:?}");
}
