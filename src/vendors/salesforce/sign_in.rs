//! How to sign in to Salesforce (Salesforce Help, "OAuth 2.0 flows" and "External Client Apps").

use std::time::Duration;

use serde_json::Value;

use super::host;
use crate::domain::integration::Settings;
use crate::transport::TokenScheme;
use crate::vendors::hosts::named_host;
use crate::vendors::{
    ClientAuthentication, Endpoints, Grant, Oauth, Refusal, ScopeNeed, Secret, SignIn, SignInWay,
    usual_refusal,
};

/// The scopes of the app. What the user may do with leads, contacts and accounts is told by describing them.
pub(super) const SCOPES: &[ScopeNeed] = &[ScopeNeed {
    name: "api",
    breaks: "nothing can be read or written",
}];

/// The ways.
pub(super) static SIGN_IN: SignIn = SignIn {
    ways: &[
        SignInWay {
            grant: Grant::AuthorizationCode,
            name: "the browser, with an external client app of your org",
            guide: "In Salesforce: Setup > (Quick Find) App Manager, or External Client App Manager > New External Client App > \
                    API (Enable OAuth Settings) > Enable OAuth.\nCallback URL: {redirect}\nOAuth scopes: Manage user data via \
                    APIs (api), Perform requests at any time (refresh_token, offline_access)\nSecurity: tick Require Proof Key \
                    for Code Exchange (PKCE); untick Require Secret for Web Server Flow and Require Secret for Refresh Token \
                    Flow, or give the consumer secret too.\nThen, in the app: Policies > OAuth Policies > Refresh Token Policy: \
                    Refresh token is valid until revoked. Settings > OAuth Settings > Consumer Key and Secret is the client id.",
            scheme: TokenScheme::Bearer,
            needs: &[],
        },
        SignInWay {
            grant: Grant::ClientCredentials,
            name: "client credentials, for servers",
            guide: "In Salesforce: Setup > (Quick Find) External Client App Manager > your app > Settings > OAuth Settings > \
                    Flow Enablement > Enable Client Credentials Flow; scope: Manage user data via APIs (api).\nThen Policies > \
                    OAuth Policies > Enable Client Credentials Flow > Run As: the user whose permissions count.\nNeeds the \
                    client id, the client secret and your My Domain: --instance acme",
            scheme: TokenScheme::Bearer,
            needs: &["instance"],
        },
        SignInWay {
            grant: Grant::JwtBearer,
            name: "a signed assertion (JWT), for servers",
            guide: "In Salesforce: Setup > (Quick Find) External Client App Manager > your app > Settings > OAuth Settings > \
                    Flow Enablement > Enable JWT Bearer Flow, and upload the certificate of your key; scopes: api, \
                    refresh_token.\nThen Policies > OAuth Policies > Permitted Users: Admin approved users are pre-authorized, \
                    and add the user's profile or permission set.\nNeeds the client id, --username, the private key \
                    (--key-file), and --sandbox or --instance for a sandbox.",
            scheme: TokenScheme::Bearer,
            needs: &[],
        },
        SignInWay {
            grant: Grant::Token,
            name: "an access token you have (it expires with its session)",
            guide: "For a try: a session's access token, as `sf org display --verbose` shows it, with --instance. It ends with its \
                    session, often after two hours, and cannot be renewed; for lasting use take one of the other ways.",
            scheme: TokenScheme::Bearer,
            needs: &["instance"],
        },
    ],
    oauth: Some(&OAUTH),
};

static OAUTH: Oauth = Oauth {
    endpoints,
    client: ClientAuthentication::Form,
    pkce: true,
    // A command line cannot keep a secret, so the app need not have one; where it has, it is sent.
    secret: Secret::Optional,
    scopes: &["api", "refresh_token"],
    scope_separator: " ",
    authorize: &[],
    // Plain http is taken for this name only.
    redirect_host: "localhost",
    redirected: |_, _| Ok(()),
    granted,
    // The session policy of the org decides, and no answer tells: until it is refused.
    life: None,
    refusal,
};

fn endpoints(settings: &Settings) -> Result<Endpoints, String> {
    let host = host::login_url(settings)?;
    Ok(Endpoints {
        authorize: Some(format!("{host}/services/oauth2/authorize")),
        token: format!("{host}/services/oauth2/token"),
        revoke: Some(format!("{host}/services/oauth2/revoke")),
        audience: Some(host::audience(settings).to_owned()),
    })
}

/// Every token answer names where the API lives, and, in the last two parts of `id`, the org and the user.
fn granted(answer: &Value, settings: &mut Settings) -> Result<(), String> {
    let instance = answer["instance_url"]
        .as_str()
        .filter(|address| !address.is_empty());
    match instance {
        // A user's own address wins over whatever an answer names.
        Some(_) if settings.base_url.is_some() => {}
        Some(address) => {
            let known = named_host(address).filter(|host| host::is_salesforce(host));
            let Some(known) = known else {
                return Err(format!(
                    "the answer names {address:?} as the home of your org, which is no Salesforce host; the token is not sent there"
                ));
            };
            let told = format!("https://{known}");
            settings.vendor.insert(host::INSTANCE_URL.to_owned(), told);
        }
        None if settings.base_url.is_none() && host::base_url(settings).is_err() => {
            return Err(
                "Salesforce's answer does not say where your org lives; name your My Domain with --instance"
                    .to_owned(),
            );
        }
        None => {}
    }
    if let Some(id) = answer["id"].as_str() {
        let mut parts = id.trim_end_matches('/').rsplit('/');
        for key in ["user-id", "org-id"] {
            if let Some(part) = parts.next().filter(|part| super::api::is_id(part)) {
                settings.vendor.insert(key.to_owned(), part.to_owned());
            }
        }
    }
    Ok(())
}

fn refusal(status: u16, body: &Value) -> Refusal {
    let told = body["error_description"]
        .as_str()
        .unwrap_or_default()
        .to_lowercase();
    match () {
        // Two renewals at once, or one too many in a short while: the sign-in itself is fine.
        () if told.contains("already being processed") => Refusal::Busy(Some(Duration::from_secs(2))),
        () if told.contains("login rate exceeded") => Refusal::Busy(Some(Duration::from_secs(60))),
        () if told.contains("not supported on this domain") => Refusal::SignIn(
            "invalid_grant: client credentials are taken by your My Domain only; name it with --instance"
                .to_owned(),
        ),
        () => usual_refusal(status, body),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_answer_tells_where_the_org_lives() {
        let mut settings = Settings::default();
        let answer = json!({"access_token": "00D!x", "instance_url": "https://acme.my.salesforce.com",
            "id": "https://login.salesforce.com/id/00Dxx0000001gPLEAY/005xx000001SwiUAAS"});
        granted(&answer, &mut settings).unwrap();
        assert_eq!(
            settings.vendor["instance_url"],
            "https://acme.my.salesforce.com"
        );
        assert_eq!(settings.vendor["org-id"], "00Dxx0000001gPLEAY");
        assert_eq!(settings.vendor["user-id"], "005xx000001SwiUAAS");
        for hostile in [
            "https://evil.example",
            "http://acme.my.salesforce.com",
            "https://acme.my.salesforce.com@evil.example",
            "https://evilsalesforce.com",
        ] {
            let answer = json!({"access_token": "x", "instance_url": hostile});
            let mut settings = Settings::default();
            assert!(granted(&answer, &mut settings).is_err(), "{hostile}");
            assert_eq!(settings, Settings::default());
        }
        let nowhere = granted(&json!({"access_token": "x"}), &mut Settings::default());
        assert!(nowhere.unwrap_err().contains("--instance"));
    }

    #[test]
    fn an_expired_token_is_told_from_a_busy_server() {
        let body = |error: &str, told: &str| json!({"error": error, "error_description": told});
        assert_eq!(
            refusal(400, &body("invalid_grant", "expired access/refresh token")),
            Refusal::SignIn("invalid_grant: expired access/refresh token".into())
        );
        assert!(matches!(
            refusal(
                400,
                &body("unknown_error", "Token request is already being processed")
            ),
            Refusal::Busy(Some(_))
        ));
        assert!(matches!(refusal(503, &Value::Null), Refusal::Busy(None)));
        let wrong_host = refusal(
            400,
            &body("invalid_grant", "request not supported on this domain"),
        );
        assert!(matches!(wrong_host, Refusal::SignIn(told) if told.contains("--instance")));
    }

    #[test]
    fn the_browser_goes_where_the_org_signs_in() {
        let mut settings = Settings::default();
        let usual = endpoints(&settings).unwrap();
        assert_eq!(
            usual.token,
            "https://login.salesforce.com/services/oauth2/token"
        );
        settings.vendor.insert("instance".into(), "acme".into());
        let own = endpoints(&settings).unwrap();
        assert_eq!(
            own.authorize.unwrap(),
            "https://acme.my.salesforce.com/services/oauth2/authorize"
        );
        assert_eq!(own.audience.unwrap(), "https://login.salesforce.com");
    }
}
