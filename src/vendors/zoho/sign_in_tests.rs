//! What the pages on OAuth and data centres tell, and refusals quoted in public clients, values invented.
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

fn told(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn every_data_center_signs_in_and_answers_at_home() {
    for (name, accounts, api) in [
        ("us", "accounts.zoho.com", "www.zohoapis.com"),
        ("eu", "accounts.zoho.eu", "www.zohoapis.eu"),
        ("in", "accounts.zoho.in", "www.zohoapis.in"),
        ("au", "accounts.zoho.com.au", "www.zohoapis.com.au"),
        ("jp", "accounts.zoho.jp", "www.zohoapis.jp"),
        ("ca", "accounts.zohocloud.ca", "www.zohoapis.ca"),
        ("sa", "accounts.zoho.sa", "www.zohoapis.sa"),
        ("cn", "accounts.zoho.com.cn", "www.zohoapis.com.cn"),
        ("uk", "accounts.zoho.uk", "www.zohoapis.uk"),
        ("ae", "accounts.zoho.ae", "www.zohoapis.ae"),
    ] {
        let chosen = settings(&[("data-center", name)]);
        let found = endpoints(&chosen).unwrap();
        let address = |path: &str| format!("https://{accounts}/oauth/v2/{path}");
        assert_eq!(found.authorize, Some(address("auth")));
        assert_eq!(found.token, address("token"));
        assert_eq!(found.revoke, Some(address("token/revoke")));
        assert_eq!(found.audience, None);
        assert_eq!(base_url(&chosen).unwrap(), format!("https://{api}"));
    }
    assert_eq!(
        endpoints(&settings(&[])).unwrap(),
        endpoints(&settings(&[("data-center", "us")])).unwrap()
    );
    let sentence = endpoints(&settings(&[("data-center", "mars")])).unwrap_err();
    assert!(sentence.contains("`mars`") && sentence.contains("--data-center"));
}

#[test]
fn the_option_and_the_table_name_the_same() {
    let OptionKind::Choice(words) = OPTIONS[0].kind else {
        panic!("no choice");
    };
    let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let table: Vec<&str> = DATA_CENTERS.iter().map(|center| center.name).collect();
    assert_eq!(words, table);
}

#[test]
fn the_code_goes_where_the_redirect_says_and_the_browser_where_the_user_chose() {
    let mut found = settings(&[]);
    redirected(
        &told(&[
            ("location", "eu"),
            ("accounts-server", "https://accounts.zoho.eu"),
        ]),
        &mut found,
    )
    .unwrap();
    assert_eq!(found.vendor["accounts-server"], "https://accounts.zoho.eu");
    let addresses = endpoints(&found).unwrap();
    assert_eq!(addresses.token, "https://accounts.zoho.eu/oauth/v2/token");
    assert_eq!(
        addresses.authorize.as_deref(),
        Some("https://accounts.zoho.com/oauth/v2/auth")
    );
    // The location alone is enough; an unknown one says nothing beside a known server.
    redirected(&told(&[("location", "in")]), &mut found).unwrap();
    assert_eq!(found.vendor["accounts-server"], "https://accounts.zoho.in");
    redirected(
        &told(&[
            ("location", "mars"),
            ("accounts-server", "https://accounts.zoho.jp"),
        ]),
        &mut found,
    )
    .unwrap();
    assert_eq!(found.vendor["accounts-server"], "https://accounts.zoho.jp");
    // A pasted code brings nothing: no earlier sign-in's server gets it.
    redirected(&[], &mut found).unwrap();
    assert_eq!(found, settings(&[]));
}

#[test]
fn no_code_goes_to_a_host_that_is_not_in_the_table() {
    for hostile in [
        "",
        "https://evil.example",
        "https://accounts.zoho.com.evil.example",
        "https://accounts.zoho.com@evil.example",
        "https://user:accounts.zoho.com@evil.example",
        "http://accounts.zoho.com",
        "https://accounts.zoho.com:8443",
        "https://accounts.zoho.com/evil",
        "https://accounts.zoho.com?x",
        "https://accounts.zoho.ca",
        "https://evil.accounts.zoho.com",
        "accounts.zoho.com",
    ] {
        let mut found = settings(&[("data-center", "eu")]);
        let before = found.clone();
        let sentence = redirected(
            &told(&[("accounts-server", hostile), ("location", "us")]),
            &mut found,
        )
        .unwrap_err();
        assert!(sentence.contains("nothing was sent"), "{sentence}");
        assert_eq!(found, before, "{hostile}");
    }
    let two = told(&[
        ("location", "us"),
        ("accounts-server", "https://accounts.zoho.eu"),
    ]);
    assert!(redirected(&two, &mut settings(&[])).is_err());
    // What stands in the file is checked like an answer.
    let stored = settings(&[("accounts-server", "https://evil.example")]);
    assert_eq!(
        endpoints(&stored).unwrap().token,
        "https://accounts.zoho.com/oauth/v2/token"
    );
}

#[test]
fn the_api_is_where_the_token_answer_says() {
    for (named, kept) in [
        ("https://www.zohoapis.eu", "https://www.zohoapis.eu"),
        (
            "https://www.zohoapis.com.au/",
            "https://www.zohoapis.com.au",
        ),
        ("https://sandbox.zohoapis.in", "https://sandbox.zohoapis.in"),
    ] {
        let mut found = settings(&[("data-center", "us")]);
        granted(&json!({"api_domain": named}), &mut found).unwrap();
        assert_eq!(base_url(&found).unwrap(), kept);
        // A renewal that tells nothing changes nothing.
        granted(&json!({"access_token": "1000.x"}), &mut found).unwrap();
        assert_eq!(base_url(&found).unwrap(), kept);
    }
    for hostile in [
        "",
        "https://evil.example",
        "https://www.zohoapis.com.evil.example",
        "https://www.zohoapis.evil",
        "https://evilzohoapis.com",
        "https://evil.zohoapis.com",
        "https://www.zohoapis.eu@evil.example",
        "http://www.zohoapis.eu",
        "https://www.zohoapis.eu:444",
        "https://accounts.zoho.eu",
    ] {
        let mut found = settings(&[]);
        assert!(
            granted(&json!({"api_domain": hostile}), &mut found).is_err(),
            "{hostile}"
        );
        assert_eq!(found, settings(&[]));
        let stored = settings(&[("api_domain", hostile)]);
        assert_eq!(base_url(&stored).unwrap(), "https://www.zohoapis.com");
    }
}

#[test]
fn a_base_url_wins_over_what_answers_name() {
    let mut found = Settings {
        base_url: Some("http://127.0.0.1:9".to_owned()),
        ..Settings::default()
    };
    let before = found.clone();
    redirected(
        &told(&[("accounts-server", "http://127.0.0.1:9")]),
        &mut found,
    )
    .unwrap();
    granted(&json!({"api_domain": "http://127.0.0.1:9"}), &mut found).unwrap();
    assert_eq!(found, before);
}

#[test]
fn refusals_come_with_200_and_are_explained() {
    for (body, part) in [
        (json!({"error": "invalid_code"}), "used or too old"),
        (json!({"error": "invalid_client"}), "--data-center"),
        (
            json!({"error": "invalid_client_secret"}),
            "another client or data centre",
        ),
        (json!({"error": "invalid_redirect_uri"}), "registered"),
        (json!({"error": "something_new"}), "something_new"),
    ] {
        match refusal(200, &body) {
            Refusal::SignIn(words) => assert!(words.contains(part), "{words}"),
            busy @ Refusal::Busy(_) => panic!("{body}: {busy:?}"),
        }
    }
}

#[test]
fn too_many_tokens_wait_for_the_rest_of_ten_minutes() {
    let ten_minutes = Refusal::Busy(Some(Duration::from_secs(600)));
    for (status, body) in [
        (200, json!({"error": "access_denied"})),
        (
            400,
            json!({"error_description": "You have made too many requests continuously. Please try again after some time.",
                   "error": "Access Denied", "status": "failure"}),
        ),
        (
            400,
            json!({"error_description": "您已连续提出过多请求，请稍后再试。", "error": "拒绝访问", "status": "failure"}),
        ),
    ] {
        assert_eq!(refusal(status, &body), ten_minutes, "{body}");
    }
    assert_eq!(refusal(500, &Value::Null), Refusal::Busy(None));
}

#[test]
fn the_scopes_are_needs_and_stand_in_the_guide() {
    let guide = SIGN_IN.way(Grant::AuthorizationCode).unwrap().guide;
    let needed: Vec<&str> = SCOPES.iter().map(|scope| scope.name).collect();
    assert_eq!(OAUTH.scopes, needed);
    for scope in needed {
        assert!(guide.contains(scope), "{scope}");
    }
}
