#![allow(clippy::unwrap_used)]

use serde_json::json;
use url::Url;

use super::*;
use crate::vendors::{OptionKind, SIGN_INS};

/// Options with which every vendor knows its servers.
fn settings() -> Settings {
    Settings {
        vendor: [
            ("munchkin-id", "123-ABC-456"),
            ("business-unit", "0UvB00000004CAjKAM"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into(),
        ..Settings::default()
    }
}

#[test]
fn every_vendor_can_be_signed_in_to() {
    assert!(SIGN_INS.is_sorted_by_key(|(name, _)| *name));
    for vendor in crate::vendors::ALL {
        assert!(SIGN_INS.iter().any(|(name, _)| *name == vendor.name));
    }
    for (name, sign_in) in SIGN_INS {
        assert!(!sign_in.ways.is_empty(), "{name}");
        for (at, way) in sign_in.ways.iter().enumerate() {
            assert!(!way.name.is_empty(), "{name}");
            assert!(
                sign_in.ways[..at]
                    .iter()
                    .all(|other| other.grant != way.grant),
                "{name} has {} twice",
                way.grant.name()
            );
        }
    }
}

#[test]
fn every_guide_tells_what_its_way_needs() {
    for (name, sign_in) in SIGN_INS {
        for way in sign_in.ways {
            let says = |words: &[&str]| {
                let guide = way.guide.to_lowercase();
                words.iter().any(|word| guide.contains(word))
            };
            let told = match way.grant {
                Grant::Token => says(&["token", "key"]),
                Grant::AuthorizationCode | Grant::ClientCredentials => {
                    says(&["client id"])
                        && says(&["client secret", "consumer secret", "and secret"])
                }
                Grant::JwtBearer => {
                    says(&["client id"])
                        && says(&["private key"])
                        && says(&["--username"])
                        && says(&["certificate"])
                }
            };
            assert!(told, "{name}, {}: {}", way.grant.name(), way.guide);
            // A menu path, or the command that shows it.
            assert!(says(&[" > ", "`"]), "{name}, {}: no path", way.grant.name());
            assert_eq!(
                way.guide.contains("{redirect}"),
                way.grant == Grant::AuthorizationCode,
                "{name}, {}",
                way.grant.name()
            );
            assert!(
                !way.guide.contains("  ") && way.guide.trim() == way.guide,
                "{name}: {}",
                way.guide
            );
        }
    }
}

#[test]
fn every_way_has_its_server() {
    for (name, sign_in) in SIGN_INS {
        let needs_server = sign_in.ways.iter().any(|way| way.grant != Grant::Token);
        let Some(oauth) = sign_in.oauth else {
            assert!(!needs_server, "{name}");
            continue;
        };
        assert!(
            matches!(oauth.redirect_host, "localhost" | "127.0.0.1"),
            "{name}"
        );
        let endpoints = (oauth.endpoints)(&settings()).unwrap();
        let offers = |grant| sign_in.way(grant).is_some();
        assert_eq!(
            endpoints.authorize.is_some(),
            offers(Grant::AuthorizationCode),
            "{name}"
        );
        assert_eq!(
            endpoints.audience.is_some(),
            offers(Grant::JwtBearer),
            "{name}"
        );
        for address in [Some(endpoints.token), endpoints.authorize, endpoints.revoke]
            .into_iter()
            .flatten()
        {
            let url = Url::parse(&address).unwrap();
            assert_eq!(url.scheme(), "https", "{address}");
            assert!(url.port().is_none() && url.query().is_none(), "{address}");
        }
        for scope in oauth.scopes {
            assert!(!scope.contains([' ', ',']), "{name}: {scope}");
        }
        // Without a secret nothing but PKCE ties the code to who asked for it.
        assert!(oauth.pkce || oauth.secret == Secret::Required, "{name}");
    }
}

#[test]
fn a_server_in_trouble_ends_no_sign_in() {
    for (name, sign_in) in SIGN_INS {
        let refusal = sign_in.oauth.unwrap().refusal;
        for status in [429, 500, 503] {
            let page = json!("<html>Service unavailable</html>");
            assert!(matches!(refusal(status, &page), Refusal::Busy(_)), "{name}");
            assert!(
                matches!(refusal(status, &Value::Null), Refusal::Busy(_)),
                "{name}"
            );
        }
        assert!(
            matches!(refusal(200, &json!({})), Refusal::SignIn(_)),
            "{name}"
        );
    }
}

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
    let mut found = Settings {
        vendor: [("data-center", "eu"), ("api_domain", "https://a.example")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into(),
        ..Settings::default()
    };
    forget_told(&mut found, &options);
    assert_eq!(
        found.vendor.into_iter().collect::<Vec<_>>(),
        [("data-center".to_owned(), "eu".to_owned())]
    );
}
