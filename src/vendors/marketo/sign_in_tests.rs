//! What the pages on authentication tell, values invented.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::vendors::brings_token;

fn settings(munchkin_id: &str) -> Settings {
    Settings {
        vendor: [("munchkin-id".to_owned(), munchkin_id.to_owned())].into(),
        ..Settings::default()
    }
}

#[test]
fn an_instance_is_known_by_its_id_or_its_addresses() {
    for typed in [
        "123-ABC-456",
        " 123-abc-456 ",
        "123-ABC-456.mktorest.com",
        "https://123-ABC-456.mktorest.com",
        "https://123-ABC-456.mktorest.com/rest",
        "https://123-ABC-456.mktorest.com/identity",
        "https://123-abc-456.mktorest.com/identity/oauth/token?grant_type=client_credentials",
    ] {
        let found = settings(typed);
        assert_eq!(munchkin_id(&found).unwrap(), "123-ABC-456", "{typed}");
        assert_eq!(
            base_url(&found).unwrap(),
            "https://123-ABC-456.mktorest.com"
        );
        let addresses = endpoints(&found).unwrap();
        assert_eq!(
            addresses.token,
            "https://123-ABC-456.mktorest.com/identity/oauth/token"
        );
        assert_eq!(
            (addresses.authorize, addresses.revoke, addresses.audience),
            (None, None, None)
        );
    }
}

#[test]
fn the_secret_goes_to_no_other_host() {
    for hostile in [
        "",
        "123-ABC-45",
        "ABC-123-456",
        "123-ÄBC-456",
        "123-ABC-456-7",
        "evil.example",
        "123-ABC-456.mktorest.com.evil.example",
        "https://evil.example/123-ABC-456.mktorest.com",
        "https://123-ABC-456.mktorest.com@evil.example/",
        "http://123-ABC-456.mktorest.com",
        "https://123-ABC-456.mktorest.com:8443",
        "https://x.123-ABC-456.mktorest.com",
        "123-ABC-456/../evil",
    ] {
        let sentence = endpoints(&settings(hostile)).unwrap_err();
        assert!(sentence.contains("--munchkin-id"), "{sentence}");
    }
    let sentence = base_url(&Settings::default()).unwrap_err();
    assert!(sentence.contains("--munchkin-id"), "{sentence}");
}

#[test]
fn a_token_in_its_last_second_is_asked_for_again() {
    let last =
        json!({"access_token": "cdf:int", "token_type": "bearer", "expires_in": 0, "scope": "x"});
    assert!(!brings_token(&last));
    assert_eq!(
        refusal(200, &last),
        Refusal::Busy(Some(Duration::from_secs(1)))
    );
    assert!(brings_token(
        &json!({"access_token": "cdf:int", "expires_in": 1})
    ));
}

#[test]
fn refusals_say_where_to_look() {
    for (status, body, part) in [
        (
            401,
            json!({"error": "invalid_client", "error_description": "Bad client credentials"}),
            "Bad client credentials (see Admin",
        ),
        (
            401,
            json!({"error": "unauthorized", "error_description": "No client with requested id: x"}),
            "No client with requested id: x (see Admin",
        ),
        (404, Value::Null, "--munchkin-id"),
        (
            400,
            json!({"error": "unsupported_grant_type"}),
            "unsupported",
        ),
    ] {
        match refusal(status, &body) {
            Refusal::SignIn(words) => assert!(words.contains(part), "{words}"),
            busy @ Refusal::Busy(_) => panic!("{body}: {busy:?}"),
        }
    }
    for status in [429, 502, 503] {
        assert_eq!(refusal(status, &Value::Null), Refusal::Busy(None));
    }
}

#[test]
fn the_guide_names_every_permission() {
    let guide = SIGN_IN.way(Grant::ClientCredentials).unwrap().guide;
    for permission in SCOPES {
        assert!(guide.contains(permission.name), "{}", permission.name);
    }
}
