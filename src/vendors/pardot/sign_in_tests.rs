//! What the authentication pages tell, and refusals quoted in public clients, values invented.
#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::*;

const UNIT: &str = "0UvB00000004CAjKAM";

fn settings(options: &[(&str, &str)]) -> Settings {
    let mut vendor: std::collections::BTreeMap<String, String> =
        [("business-unit".to_owned(), UNIT.to_owned())].into();
    vendor.extend(
        options
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned())),
    );
    Settings {
        vendor,
        ..Settings::default()
    }
}

#[test]
fn every_option_leads_to_its_servers() {
    const PRODUCTION: &str = "https://login.salesforce.com";
    const SANDBOX: &str = "https://test.salesforce.com";
    const ACME: &str = "https://acme.my.salesforce.com";
    const UAT: &str = "https://acme--uat.sandbox.my.salesforce.com";
    const API: &str = "https://pi.pardot.com";
    const DEMO: &str = "https://pi.demo.pardot.com";
    for (options, server, audience, api) in [
        (&[][..], PRODUCTION, PRODUCTION, API),
        (&[("sandbox", "true")], SANDBOX, SANDBOX, DEMO),
        (&[("sandbox", "false")], PRODUCTION, PRODUCTION, API),
        (&[("instance", "Acme")], ACME, PRODUCTION, API),
        (
            &[("instance", "acme.my.salesforce.com")],
            ACME,
            PRODUCTION,
            API,
        ),
        (
            &[(
                "instance",
                "https://acme.lightning.force.com/lightning/page/home",
            )],
            ACME,
            PRODUCTION,
            API,
        ),
        (
            &[
                ("instance", "acme--uat.sandbox.my.salesforce.com"),
                ("sandbox", "true"),
            ],
            UAT,
            SANDBOX,
            DEMO,
        ),
        // A developer org: production's sign-in, the sandboxes' API.
        (
            &[("instance", "acme"), ("sandbox", "true")],
            ACME,
            PRODUCTION,
            DEMO,
        ),
    ] {
        let found = settings(options);
        let addresses = endpoints(&found).unwrap();
        let address = |verb: &str| format!("{server}/services/oauth2/{verb}");
        assert_eq!(
            addresses.authorize,
            Some(address("authorize")),
            "{options:?}"
        );
        assert_eq!(addresses.token, address("token"));
        assert_eq!(addresses.revoke, Some(address("revoke")));
        assert_eq!(addresses.audience.as_deref(), Some(audience));
        assert_eq!(base_url(&found).unwrap(), api);
    }
}

#[test]
fn a_my_domain_is_below_salesforces() {
    for hostile in [
        "",
        "evil.example",
        "acme.my.salesforce.com.evil.example",
        "https://acme.my.salesforce.com@evil.example",
        "http://acme.my.salesforce.com",
        "https://acme.my.salesforce.com:8443",
        "evilmy.salesforce.com",
        "https://evil.example/.my.salesforce.com",
        "evil.example/.lightning.force.com",
    ] {
        let sentence = endpoints(&settings(&[("instance", hostile)])).unwrap_err();
        assert!(sentence.contains("--instance"), "{sentence}");
    }
}

#[test]
fn a_business_unit_is_asked_for_before_the_browser_opens() {
    assert_eq!(business_unit(&settings(&[])).unwrap(), UNIT);
    for wrong in [
        "",
        "0UvB00000004CAj",
        "00DB00000004CAjKAM",
        "0UvB00000004CAjKA!",
        "0UvB00000004CAjKAMX",
        "0uvB00000004CAjKAM",
    ] {
        let sentence = endpoints(&settings(&[("business-unit", wrong)])).unwrap_err();
        assert!(sentence.contains("18 characters"), "{sentence}");
    }
    let sentence = endpoints(&Settings::default()).unwrap_err();
    assert!(sentence.contains("--business-unit"), "{sentence}");
}

#[test]
fn where_salesforce_lives_is_not_where_account_engagement_does() {
    let mut found = settings(&[]);
    let before = found.clone();
    let answer = json!({"access_token": "00D!x", "instance_url": "https://evil.example"});
    (OAUTH.granted)(&answer, &mut found).unwrap();
    assert_eq!(found, before);
}

#[test]
fn a_sign_in_that_is_being_renewed_elsewhere_has_not_ended() {
    let soon = Refusal::Busy(Some(Duration::from_secs(2)));
    for described in [
        "token request is already being processed",
        "Token request is already being processed",
        "expired authorization code",
    ] {
        let body = json!({"error": "invalid_grant", "error_description": described});
        assert_eq!(refusal(400, &body), soon, "{described}");
    }
    let body = json!({"error": "invalid_grant", "error_description": "login rate exceeded"});
    assert_eq!(refusal(400, &body), Refusal::Busy(None));
    assert_eq!(refusal(503, &Value::Null), Refusal::Busy(None));
}

#[test]
fn a_sign_in_that_has_ended_says_so() {
    for (error, described, part) in [
        (
            "invalid_grant",
            "expired access/refresh token",
            "expired access/refresh token",
        ),
        ("invalid_grant", "inactive user", "inactive user"),
        (
            "invalid_grant",
            "request not supported on this domain",
            "--instance",
        ),
        (
            "invalid_grant",
            "user hasn't approved this consumer",
            "administrator",
        ),
        ("invalid_grant", "audience is invalid", "--sandbox"),
        (
            "invalid_client_id",
            "client identifier invalid",
            "client identifier invalid",
        ),
    ] {
        let body = json!({"error": error, "error_description": described});
        match refusal(400, &body) {
            Refusal::SignIn(words) => assert!(words.contains(part), "{words}"),
            busy @ Refusal::Busy(_) => panic!("{body}: {busy:?}"),
        }
    }
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
