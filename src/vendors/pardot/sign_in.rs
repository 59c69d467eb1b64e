//! How to sign in to Account Engagement (Salesforce docs, "Account Engagement API: Authentication" and "OAuth Authorization
//! Flows").
//!
//! People and services sign in at Salesforce, with an app that has the scope `pardot_api`; the token then goes to Account
//! Engagement's own host with the id of a business unit. The addresses are written down here, since a vendor uses no other.
//! Salesforce does not tell how long a token lives. Two processes that renew at once are refused as if the sign-in had
//! ended: see [`refusal`].

use std::time::Duration;

use serde_json::Value;

use crate::domain::integration::Settings;
use crate::transport::TokenScheme;
use crate::vendors::hosts::{below, is_label, typed_host};
use crate::vendors::{
    ClientAuthentication, Endpoints, Grant, Oauth, OptionKind, Refusal, ScopeNeed, Secret, SignIn,
    SignInWay, VendorOption, usual_refusal,
};

const fn need(name: &'static str, breaks: &'static str) -> ScopeNeed {
    ScopeNeed { name, breaks }
}

/// The scopes.
pub static SCOPES: &[ScopeNeed] = &[
    need("pardot_api", "every request is refused (error 184)"),
    need(
        "refresh_token",
        "the sign-in ends with Salesforce's session, after two hours as a rule",
    ),
];

/// The options of `connect`.
pub static OPTIONS: &[VendorOption] = &[
    VendorOption {
        name: "business-unit",
        help: "The business unit's id (0Uv…, 18 characters), from Salesforce: Setup > Business Unit Setup",
        kind: OptionKind::Text("ID"),
        on_change: "another business unit is another account",
    },
    VendorOption {
        name: "sandbox",
        help: "A sandbox: test.salesforce.com and pi.demo.pardot.com (a developer org too, with its --instance)",
        kind: OptionKind::Switch,
        on_change: "a sandbox is another account",
    },
    VendorOption {
        name: "instance",
        help: "Salesforce's My Domain, to sign in there: acme, or acme.my.salesforce.com",
        kind: OptionKind::Text("HOST"),
        on_change: "",
    },
];

/// The ways.
pub static SIGN_IN: SignIn = SignIn {
    ways: &[
        SignInWay {
            grant: Grant::AuthorizationCode,
            name: "the browser, with an app of your own",
            guide: "In Salesforce: Setup > External Client App Manager > New External Client App > API (Enable OAuth \
                    Settings).\nCallback URL: {redirect}\nScopes: pardot_api (Manage Pardot services), refresh_token (Perform requests \
                    at any time)\nSecurity: keep Require PKCE; untick Require Secret for Web Server Flow and for Refresh Token Flow, \
                    or copy the consumer secret too. Then copy the consumer key: it is the client id.\nSetup > Business Unit Setup \
                    shows the id for --business-unit.\nSign in as a user who opens Account Engagement with Salesforce.",
            scheme: TokenScheme::Bearer,
            needs: &["business-unit"],
        },
        SignInWay {
            grant: Grant::ClientCredentials,
            name: "an app that acts as one user (client id and secret)",
            guide: "In Salesforce: Setup > External Client App Manager > your app, with the scope pardot_api > Settings > Flow \
                    Enablement: Enable Client Credentials Flow; Policies: Run As a user of the business unit.\nThen copy the \
                    consumer key and secret: they are client id and client secret.\nSetup > My Domain shows the host for --instance, \
                    which this way needs; Setup > Business Unit Setup shows the id for --business-unit.",
            scheme: TokenScheme::Bearer,
            needs: &["business-unit", "instance"],
        },
        SignInWay {
            grant: Grant::JwtBearer,
            name: "a signed assertion (certificate and private key)",
            guide: "openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=mobly-sync -keyout server.key -out server.crt\nIn \
                    Salesforce: Setup > External Client App Manager > your app, with the scopes pardot_api and refresh_token > \
                    Settings > Flow Enablement: Enable JWT Bearer Flow, upload the certificate server.crt.\nPolicies > Permitted \
                    Users: Admin approved users are pre-authorized, and a permission set or profile of the user.\nThe consumer key is \
                    the client id; --username is the user, --key-file the private key server.key; Setup > Business Unit Setup shows \
                    the id for --business-unit.",
            scheme: TokenScheme::Bearer,
            needs: &["business-unit"],
        },
    ],
    oauth: Some(&OAUTH),
};

static OAUTH: Oauth = Oauth {
    endpoints,
    client: ClientAuthentication::Form,
    // External client apps require it from the start.
    pkce: true,
    secret: Secret::Optional,
    scopes: &["pardot_api", "refresh_token"],
    scope_separator: " ",
    authorize: &[],
    redirect_host: "localhost",
    redirected: |_, _| Ok(()),
    // `instance_url` is Salesforce's API; Account Engagement has a host of its own.
    granted: |_, _| Ok(()),
    // No `expires_in`: the session policy decides, two hours unless an administrator changed it.
    life: Some(Duration::from_secs(90 * 60)),
    refusal,
};

fn endpoints(settings: &Settings) -> Result<Endpoints, String> {
    // Without it no request can be made: told before a browser opens.
    business_unit(settings)?;
    let domain = my_domain(settings)?;
    let general = if domain
        .as_deref()
        .map_or(is_sandbox(settings), is_sandbox_domain)
    {
        "test.salesforce.com"
    } else {
        "login.salesforce.com"
    };
    let host = domain.as_deref().unwrap_or(general);
    let address = |verb: &str| format!("https://{host}/services/oauth2/{verb}");
    Ok(Endpoints {
        authorize: Some(address("authorize")),
        token: address("token"),
        revoke: Some(address("revoke")),
        // Of the server's kind, even where a My Domain is asked.
        audience: Some(format!("https://{general}")),
    })
}

/// Where the API is. A token at the wrong one of the two is refused like a wrong business unit (error 201).
///
/// # Errors
/// None; the type is [`VendorInfo`](crate::vendors::VendorInfo)'s.
pub fn base_url(settings: &Settings) -> Result<String, String> {
    Ok(if is_sandbox(settings) {
        "https://pi.demo.pardot.com".to_owned()
    } else {
        "https://pi.pardot.com".to_owned()
    })
}

/// The business unit, for the header `Pardot-Business-Unit-Id`.
///
/// # Errors
/// A sentence, if `--business-unit` is missing or wrong.
pub fn business_unit(settings: &Settings) -> Result<String, String> {
    const WHERE: &str = "Salesforce shows it under Setup > Business Unit Setup";
    let typed = settings
        .vendor
        .get("business-unit")
        .map(|typed| typed.trim())
        .ok_or_else(|| format!("which business unit? --business-unit takes its id; {WHERE}"))?;
    let well_formed = typed.len() == 18
        && typed.starts_with("0Uv")
        && typed.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if well_formed {
        Ok(typed.to_owned())
    } else {
        Err(format!(
            "`{typed}` is no business unit's id: that starts with 0Uv and has 18 characters; {WHERE}"
        ))
    }
}

fn is_sandbox(settings: &Settings) -> bool {
    settings
        .vendor
        .get("sandbox")
        .is_some_and(|value| value != "false")
}

/// Whether a My Domain is a sandbox's or scratch org's: `acme--uat.sandbox.my.salesforce.com`.
fn is_sandbox_domain(host: &str) -> bool {
    host.contains("--") || host.contains(".sandbox.") || host.contains(".scratch.")
}

/// The My Domain of `--instance`, if there is one.
fn my_domain(settings: &Settings) -> Result<Option<String>, String> {
    const DOMAIN: &str = "my.salesforce.com";
    let Some(typed) = settings.vendor.get("instance").map(|typed| typed.trim()) else {
        return Ok(None);
    };
    if is_label(typed) {
        return Ok(Some(format!("{}.{DOMAIN}", typed.to_lowercase())));
    }
    typed_host(typed)
        // What the browser shows inside Salesforce.
        .map(|host| match host.strip_suffix(".lightning.force.com") {
            Some(name) => format!("{name}.{DOMAIN}"),
            None => host,
        })
        .filter(|host| below(host, DOMAIN))
        .map(Some)
        .ok_or_else(|| {
            format!("`{typed}` is no My Domain of Salesforce; write --instance acme, or acme.my.salesforce.com")
        })
}

/// Salesforce says `invalid_grant` for a sign-in that is over and for one that another process is renewing right now; only
/// the description tells. `expired authorization code` is the second where a token is renewed; for a code that was pasted too
/// late, `invalid_grant` is the end of that attempt whatever this says, and it
/// is never sent twice.
fn refusal(status: u16, body: &Value) -> Refusal {
    let words = match usual_refusal(status, body) {
        Refusal::SignIn(words) => words,
        busy @ Refusal::Busy(_) => return busy,
    };
    let told = body["error_description"]
        .as_str()
        .unwrap_or_default()
        .to_lowercase();
    let says = |part: &str| told.contains(part);
    if says("token request is already being processed") || says("expired authorization code") {
        return Refusal::Busy(Some(Duration::from_secs(2)));
    }
    if says("login rate exceeded") {
        return Refusal::Busy(None);
    }
    let hint = if says("not supported on this domain") {
        "this way needs the My Domain: --instance"
    } else if says("hasn't approved this consumer") {
        "let an administrator approve the user at the app's policies"
    } else if says("audience is invalid") {
        "a sandbox needs --sandbox"
    } else {
        return Refusal::SignIn(words);
    };
    Refusal::SignIn(format!("{words} ({hint})"))
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
