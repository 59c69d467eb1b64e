//! What the "OAuth authorization" and "OAuth status codes" pages tell, values invented.
#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::*;

fn settings(options: &[(&str, &str)]) -> Settings {
    Settings {
        vendor: options
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        ..Settings::default()
    }
}

#[test]
fn one_server_signs_everybody_in() {
    for options in [&[][..], &[("instance", "acme")]] {
        let found = endpoints(&settings(options)).unwrap();
        assert_eq!(
            found.authorize.as_deref(),
            Some("https://oauth.pipedrive.com/oauth/authorize")
        );
        assert_eq!(found.token, "https://oauth.pipedrive.com/oauth/token");
        assert_eq!(
            found.revoke.as_deref(),
            Some("https://oauth.pipedrive.com/oauth/revoke")
        );
        assert_eq!(found.audience, None);
    }
}

#[test]
fn the_api_is_where_the_sign_in_says_else_at_the_company() {
    for (options, address) in [
        (&[][..], "https://api.pipedrive.com"),
        (&[("instance", "Acme")], "https://acme.pipedrive.com"),
        (
            &[("instance", "acme-sandbox.pipedrive.com")],
            "https://acme-sandbox.pipedrive.com",
        ),
        (
            &[("instance", "https://acme.pipedrive.com/pipeline/1")],
            "https://acme.pipedrive.com",
        ),
        (
            &[
                ("instance", "acme"),
                ("api_domain", "https://zeta.pipedrive.com"),
            ],
            "https://zeta.pipedrive.com",
        ),
        // What stands in the file is checked like an answer: it may come from an older version or another hand.
        (
            &[("api_domain", "https://evil.example")],
            "https://api.pipedrive.com",
        ),
    ] {
        assert_eq!(
            base_url(&settings(options)).unwrap(),
            address,
            "{options:?}"
        );
    }
    for wrong in [
        "",
        "evil.example",
        "acme.pipedrive.com.evil.example",
        "acme@evil.example",
        "http://acme.pipedrive.com",
        "a/b",
        "evilpipedrive.com",
    ] {
        let sentence = base_url(&settings(&[("instance", wrong)])).unwrap_err();
        assert!(sentence.contains("--instance acme"), "{wrong}: {sentence}");
    }
}

#[test]
fn the_companys_address_is_taken_from_the_token_answer() {
    let mut found = settings(&[]);
    granted(
        &json!({"access_token": "v1u:x", "api_domain": "https://Acme.pipedrive.com"}),
        &mut found,
    )
    .unwrap();
    assert_eq!(found.vendor["api_domain"], "https://acme.pipedrive.com");
    granted(&json!({"access_token": "v1u:y"}), &mut found).unwrap();
    assert_eq!(found.vendor["api_domain"], "https://acme.pipedrive.com");
}

#[test]
fn no_address_elsewhere_is_taken() {
    for hostile in [
        "",
        "https://evil.example",
        "https://pipedrive.com.evil.example",
        "https://evilpipedrive.com",
        "http://acme.pipedrive.com",
        "https://acme.pipedrive.com@evil.example",
        "https://acme.pipedrive.com:8443",
        "https://evil.example/acme.pipedrive.com",
        "https://evil.example#.pipedrive.com",
        "https://evil.example\\.pipedrive.com",
        "acme.pipedrive.com",
    ] {
        let mut found = settings(&[]);
        let sentence = granted(&json!({"api_domain": hostile}), &mut found).unwrap_err();
        assert!(sentence.contains("nothing was sent"), "{sentence}");
        assert_eq!(found, settings(&[]), "{hostile}");
    }
}

#[test]
fn a_base_url_wins_over_what_answers_name() {
    let mut found = Settings {
        base_url: Some("http://127.0.0.1:9".to_owned()),
        ..Settings::default()
    };
    let before = found.clone();
    granted(&json!({"api_domain": "http://127.0.0.1:9"}), &mut found).unwrap();
    assert_eq!(found, before);
}

#[test]
fn refusals_are_sentences() {
    for (status, body, part) in [
        (
            400,
            json!({"success": false, "error": "Invalid grant: refresh_token is invalid"}),
            "refresh_token is invalid (a sign-in ends after 60 days",
        ),
        (
            400,
            json!({"success": false, "message": "Invalid grant: authorization_code has expired"}),
            "has expired (a code lives five minutes)",
        ),
        (
            400,
            json!("Invalid client: client is invalid"),
            "Invalid client: client is invalid",
        ),
        (
            400,
            json!({"error": "Missing parameter: grant_type"}),
            "Missing parameter: grant_type",
        ),
    ] {
        match refusal(status, &body) {
            Refusal::SignIn(words) => assert!(words.contains(part), "{words}"),
            busy @ Refusal::Busy(_) => panic!("{body}: {busy:?}"),
        }
    }
}

#[test]
fn trouble_that_passes_ends_no_sign_in() {
    for (status, body) in [
        (429, json!({"error": "Rate limit exceeded"})),
        (500, json!({"error": "Internal Server Error"})),
        (403, json!("<html>Cloudflare</html>")),
        (502, Value::Null),
    ] {
        assert_eq!(refusal(status, &body), Refusal::Busy(None), "{status}");
    }
}

#[test]
fn the_guide_names_every_scope() {
    let guide = SIGN_IN.way(Grant::AuthorizationCode).unwrap().guide;
    for scope in SCOPES {
        assert!(guide.contains(scope.name), "{}", scope.name);
    }
}
