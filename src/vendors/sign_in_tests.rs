#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::*;
use crate::vendors::OptionKind;

#[test]
fn only_a_token_with_a_life_is_one() {
    for (body, brings) in [
        (json!({"access_token": "x"}), true),
        (json!({"access_token": "x", "expires_in": 3600}), true),
        (json!({"access_token": "x", "expires_in": "3600"}), true),
        (json!({"access_token": "x", "expires_in": null}), true),
        (json!({"access_token": "x", "expires_in": 0}), false),
        (json!({"access_token": "x", "expires_in": "0"}), false),
        (json!({"access_token": "x", "expires_in": -3}), false),
        (json!({"access_token": ""}), false),
        (json!({"access_token": 7}), false),
        (json!({"error": "invalid_code"}), false),
        (json!("x"), false),
        (Value::Null, false),
    ] {
        assert_eq!(brings_token(&body), brings, "{body}");
    }
}

#[test]
fn a_refusal_is_told_in_the_servers_words() {
    for (body, words) in [
        (
            json!({"error": "invalid_grant", "error_description": "expired"}),
            "invalid_grant: expired",
        ),
        (json!({"message": "no such code"}), "no such code"),
        (
            json!("Invalid grant: code is invalid"),
            "Invalid grant: code is invalid",
        ),
        (
            json!("<html>Bad request</html>"),
            "the sign-in was refused (HTTP 400)",
        ),
        (Value::Null, "the sign-in was refused (HTTP 400)"),
    ] {
        assert_eq!(
            usual_refusal(400, &body),
            Refusal::SignIn(words.to_owned()),
            "{body}"
        );
    }
}

#[test]
fn a_new_sign_in_forgets_where_the_old_account_lived() {
    let options = [VendorOption {
        name: "data-center",
        help: "",
        kind: OptionKind::Text("WORD"),
        on_change: "",
    }];
    let mut found = Settings::default();
    found.vendor = [("data-center", "eu"), ("api_domain", "https://a.example")]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into();
    forget_told(&mut found, &options);
    assert_eq!(
        found.vendor.into_iter().collect::<Vec<_>>(),
        [("data-center".to_owned(), "eu".to_owned())]
    );
}
