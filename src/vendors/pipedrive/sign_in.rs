//! How to sign in to Pipedrive (Pipedrive docs, "OAuth authorization", "OAuth status codes" and "How to find the API token").
//!
//! A token of the company's own host and one of an app come to the same API; only the second tells where it is: `api_domain`
//! in the token answer, kept among the options and trusted below `pipedrive.com` alone. Scopes are set on the app, so none
//! are asked for. Who declines comes back with `error=user_denied`. A refresh token keeps its value and ends after 60 days
//! without use.

use serde_json::Value;

use crate::domain::integration::Settings;
use crate::transport::TokenScheme;
use crate::vendors::hosts::{below, is_label, named_host, typed_host};
use crate::vendors::{
    ClientAuthentication, Endpoints, Grant, Oauth, OptionKind, Refusal, ScopeNeed, Secret, SignIn,
    SignInWay, VendorOption, usual_refusal,
};

/// Where every company of Pipedrive lives.
const DOMAIN: &str = "pipedrive.com";

/// The key of the address the token answer told.
const API_DOMAIN: &str = "api_domain";

const fn need(name: &'static str, breaks: &'static str) -> ScopeNeed {
    ScopeNeed { name, breaks }
}

/// The scopes, set on the app; an API token has its user's rights instead.
pub static SCOPES: &[ScopeNeed] = &[
    need("base", "the company and the user cannot be told"),
    need(
        "contacts:full",
        "no person and no organization can be created or updated",
    ),
    need(
        "search:read",
        "persons and organizations cannot be found by address or name",
    ),
    need("users:read", "owners cannot be set by e-mail address"),
];

/// The options of `connect`.
pub static OPTIONS: &[VendorOption] = &[
    VendorOption {
        name: "instance",
        help: "The company's address at Pipedrive: acme, or acme.pipedrive.com as the browser shows it",
        kind: OptionKind::Text("COMPANY"),
        on_change: "",
    },
    VendorOption {
        name: "daily-tokens",
        help: "API tokens the company has a day, where the plan or its seats give more than 30,000: 30,000 x seats x 1 (Lite), \
               2 (Growth), 5 (Premium), 7 (Ultimate)",
        kind: OptionKind::Amount {
            value: "TOKENS",
            quota: super::limits::DAY,
        },
        on_change: "",
    },
];

/// The ways.
pub static SIGN_IN: SignIn = SignIn {
    ways: &[
        SignInWay {
            grant: Grant::Token,
            name: "your personal API token",
            guide: "In Pipedrive: your picture (top right) > Personal preferences > API > Your personal API token > Copy.\n\
                    No API tab? An administrator allows it: Settings > Manage users > Permission sets > your set > Use API.\n\
                    The token may do what its user may do: take a user who can add and edit people and organizations.",
            scheme: TokenScheme::Header("x-api-token"),
            needs: &[],
        },
        SignInWay {
            grant: Grant::AuthorizationCode,
            name: "the browser, with an app of your own",
            guide: "In Pipedrive, signed in to a developer sandbox account: your picture (top right) > Developer Hub > Create an app > \
                    Create private app.\nBasic info > OAuth Callback URL: {redirect} (an app has exactly one)\nOAuth & access \
                    scopes: base, contacts:full, search:read, users:read\nThen copy the client id and client secret from the \
                    same tab, and make the app live.",
            scheme: TokenScheme::Bearer,
            needs: &[],
        },
    ],
    oauth: Some(&OAUTH),
};

static OAUTH: Oauth = Oauth {
    endpoints,
    client: ClientAuthentication::Basic,
    // No page of Pipedrive's mentions PKCE.
    pkce: false,
    secret: Secret::Required,
    scopes: &[],
    scope_separator: " ",
    authorize: &[],
    redirect_host: "localhost",
    redirected: |_, _| Ok(()),
    granted,
    // Told by every answer; an hour by the documentation.
    life: None,
    refusal,
};

fn endpoints(_: &Settings) -> Result<Endpoints, String> {
    Ok(Endpoints {
        authorize: Some("https://oauth.pipedrive.com/oauth/authorize".to_owned()),
        token: "https://oauth.pipedrive.com/oauth/token".to_owned(),
        revoke: Some("https://oauth.pipedrive.com/oauth/revoke".to_owned()),
        audience: None,
    })
}

/// Where the API is: what the sign-in told, else the company's own host, else the one for all.
///
/// # Errors
/// A sentence, if `--instance` is no company of Pipedrive.
pub fn base_url(settings: &Settings) -> Result<String, String> {
    let told = settings.vendor.get(API_DOMAIN).map(|told| company(told));
    if let Some(host) = told.flatten() {
        return Ok(format!("https://{host}"));
    }
    match settings.vendor.get("instance") {
        None => Ok("https://api.pipedrive.com".to_owned()),
        Some(typed) => instance(typed)
            .map(|host| format!("https://{host}"))
            .ok_or_else(|| {
                format!(
                    "`{typed}` is no company of Pipedrive; write --instance acme, or acme.pipedrive.com as the browser shows it"
                )
            }),
    }
}

/// The host of a company as people write it.
fn instance(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if is_label(typed) {
        return Some(format!("{}.{DOMAIN}", typed.to_lowercase()));
    }
    typed_host(typed).filter(|host| below(host, DOMAIN))
}

/// The host an answer names, if it is one of Pipedrive's.
fn company(address: &str) -> Option<String> {
    named_host(address).filter(|host| below(host, DOMAIN))
}

fn granted(answer: &Value, settings: &mut Settings) -> Result<(), String> {
    // `--base-url` wins over every host an answer names.
    if settings.base_url.is_some() {
        return Ok(());
    }
    let Some(told) = answer[API_DOMAIN].as_str() else {
        return Ok(());
    };
    let host = company(told).ok_or_else(|| {
        format!("the sign-in names {told:?} as the company's address, which is not below {DOMAIN}; nothing was sent there")
    })?;
    settings
        .vendor
        .insert(API_DOMAIN.to_owned(), format!("https://{host}"));
    Ok(())
}

fn refusal(status: u16, body: &Value) -> Refusal {
    // Cloudflare blocks whoever went on after 429, with a page (Pipedrive docs, rate limiting).
    if status == 403 && !body.is_object() {
        return Refusal::Busy(None);
    }
    match usual_refusal(status, body) {
        Refusal::SignIn(words) if words.contains("refresh_token is invalid") => {
            Refusal::SignIn(format!(
                "{words} (a sign-in ends after 60 days without use, or when the app is uninstalled)"
            ))
        }
        Refusal::SignIn(words) if words.contains("authorization_code has expired") => {
            Refusal::SignIn(format!("{words} (a code lives five minutes)"))
        }
        meaning => meaning,
    }
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
