//! How to sign in to Zoho (Zoho docs, "Server-based applications", "Multi DC support" and "OAuth token limits").
//!
//! An account lives in one data centre, and a token of one is `INVALID_TOKEN` at all others. The redirect tells which
//! accounts server holds the user, the token answer where the API is. Both are kept, neither is made from the other, and
//! neither is believed beyond [`DATA_CENTERS`]: codes, secrets and tokens never go to a host an answer made up. A refresh
//! token has no end of its own, but gives at most ten tokens in ten minutes.

use std::time::Duration;

use serde_json::Value;

use crate::domain::integration::Settings;
use crate::transport::TokenScheme;
use crate::vendors::hosts::named_host;
use crate::vendors::{
    ClientAuthentication, Endpoints, Grant, Oauth, OptionKind, Refusal, ScopeNeed, Secret, SignIn,
    SignInWay, VendorOption, usual_refusal,
};

/// One data centre.
pub struct DataCenter {
    /// The word of `--data-center`, and of `location` in the redirect.
    pub name: &'static str,
    /// Where people sign in.
    pub accounts: &'static str,
    /// What stands behind `www.` (or `sandbox.`, `developer.`) in the API's host.
    pub api: &'static str,
}

const fn center(name: &'static str, accounts: &'static str, api: &'static str) -> DataCenter {
    DataCenter {
        name,
        accounts,
        api,
    }
}

/// All of them, the usual one first (Zoho docs, "Multi DC support" and "Data centers").
pub static DATA_CENTERS: &[DataCenter] = &[
    center("us", "accounts.zoho.com", "zohoapis.com"),
    center("eu", "accounts.zoho.eu", "zohoapis.eu"),
    center("in", "accounts.zoho.in", "zohoapis.in"),
    center("au", "accounts.zoho.com.au", "zohoapis.com.au"),
    center("jp", "accounts.zoho.jp", "zohoapis.jp"),
    // Canada's accounts and its API end differently.
    center("ca", "accounts.zohocloud.ca", "zohoapis.ca"),
    center("sa", "accounts.zoho.sa", "zohoapis.sa"),
    center("cn", "accounts.zoho.com.cn", "zohoapis.com.cn"),
    center("uk", "accounts.zoho.uk", "zohoapis.uk"),
    center("ae", "accounts.zoho.ae", "zohoapis.ae"),
];

/// The key of the accounts server the redirect told, an `https` origin.
const ACCOUNTS_SERVER: &str = "accounts-server";

/// The key of the API's address the token answer told, an `https` origin.
const API_DOMAIN: &str = "api_domain";

const fn need(name: &'static str, breaks: &'static str) -> ScopeNeed {
    ScopeNeed { name, breaks }
}

/// The scopes.
pub static SCOPES: &[ScopeNeed] = &[
    need(
        "ZohoCRM.modules.ALL",
        "no record can be found, created or updated",
    ),
    need(
        "ZohoCRM.settings.ALL",
        "fields and their rules are not known before Zoho refuses a value",
    ),
    need(
        "ZohoCRM.coql.READ",
        "nobody can be found by e-mail address, so nothing can be pushed",
    ),
    need(
        "ZohoCRM.users.READ",
        "owners cannot be set by e-mail address",
    ),
    need("ZohoCRM.org.READ", "the organization cannot be told"),
];

/// The options of `connect`.
pub static OPTIONS: &[VendorOption] = &[DATA_CENTER, USE_CONTACTS];

const USE_CONTACTS: VendorOption = VendorOption {
    name: "use-contacts",
    help: "Look for a Contact before a Lead, and put Contacts without one into their Account",
    kind: OptionKind::Switch,
    on_change: "leads that are cleared already are not sent again by themselves; new ones follow the new order",
};

const DATA_CENTER: VendorOption = VendorOption {
    name: "data-center",
    help: "Where the account lives; the end of the address in the browser tells (crm.zoho.eu: eu)",
    kind: OptionKind::Choice(&[
        ("us", "United States, zoho.com"),
        ("eu", "Europe, zoho.eu"),
        ("in", "India, zoho.in"),
        ("au", "Australia, zoho.com.au"),
        ("jp", "Japan, zoho.jp"),
        ("ca", "Canada, zohocloud.ca"),
        ("sa", "Saudi Arabia, zoho.sa"),
        ("cn", "China, zoho.com.cn"),
        ("uk", "United Kingdom, zoho.uk"),
        ("ae", "United Arab Emirates, zoho.ae"),
    ]),
    on_change: "a sign-in stays in its data centre: it changes with the next sign-in",
};

/// The ways.
pub static SIGN_IN: SignIn = SignIn {
    ways: &[SignInWay {
        grant: Grant::AuthorizationCode,
        name: "the browser, with a client of your own",
        guide: "In Zoho's API console (https://api-console.zoho.com, or .eu, .in and so on as your data centre): Add Client > \
                Server-based Applications.\nHomepage URL: any address of yours\nAuthorized Redirect URIs: {redirect}\nThen copy \
                the client id and client secret from the tab Client Secret. An account in another data centre than the client \
                needs it switched on in the tab Settings.\nScopes are asked for in the browser: ZohoCRM.modules.ALL, \
                ZohoCRM.settings.ALL, ZohoCRM.coql.READ, ZohoCRM.users.READ, ZohoCRM.org.READ",
        scheme: TokenScheme::Word("Zoho-oauthtoken"),
        needs: &[],
    }],
    oauth: Some(&OAUTH),
};

static OAUTH: Oauth = Oauth {
    endpoints,
    client: ClientAuthentication::Form,
    // Documented for mobile clients alone.
    pkce: false,
    secret: Secret::Required,
    scopes: &[
        "ZohoCRM.modules.ALL",
        "ZohoCRM.settings.ALL",
        "ZohoCRM.coql.READ",
        "ZohoCRM.users.READ",
        "ZohoCRM.org.READ",
    ],
    scope_separator: ",",
    // Without the first there is no refresh token, without the second a repeated consent brings none.
    authorize: &[("access_type", "offline"), ("prompt", "consent")],
    redirect_host: "localhost",
    redirected,
    granted,
    // Told by every answer; an hour by the documentation.
    life: None,
    refusal,
};

fn endpoints(settings: &Settings) -> Result<Endpoints, String> {
    let chosen = data_center(settings)?;
    let origin = format!("https://{}", chosen.accounts);
    // A code and the refresh token that came of it are known to the server that gave them alone.
    let server = settings
        .vendor
        .get(ACCOUNTS_SERVER)
        .and_then(|told| of_accounts(told))
        .map_or_else(
            || origin.clone(),
            |told| format!("https://{}", told.accounts),
        );
    Ok(Endpoints {
        authorize: Some(format!("{origin}/oauth/v2/auth")),
        token: format!("{server}/oauth/v2/token"),
        revoke: Some(format!("{server}/oauth/v2/token/revoke")),
        audience: None,
    })
}

/// Where the API is: what the sign-in told, else as the data centre's.
///
/// # Errors
/// A sentence, if `--data-center` is unknown.
pub fn base_url(settings: &Settings) -> Result<String, String> {
    if let Some(host) = settings
        .vendor
        .get(API_DOMAIN)
        .and_then(|told| api_host(told))
    {
        return Ok(format!("https://{host}"));
    }
    Ok(format!("https://www.{}", data_center(settings)?.api))
}

/// The host people work at.
pub(super) fn pages_host(settings: &Settings) -> Option<String> {
    let told = settings
        .vendor
        .get(API_DOMAIN)
        .and_then(|told| api_host(told))
        .and_then(|host| {
            let (first, rest) = host.split_once('.')?;
            let center = DATA_CENTERS.iter().find(|center| center.api == rest)?;
            Some((center, first == "sandbox"))
        });
    let (center, sandbox) = match told {
        Some(told) => told,
        None => (data_center(settings).ok()?, false),
    };
    let name = if sandbox { "crmsandbox" } else { "crm" };
    center
        .accounts
        .strip_prefix("accounts")
        .map(|rest| format!("{name}{rest}"))
}

/// The data centre the user chose.
fn data_center(settings: &Settings) -> Result<&'static DataCenter, String> {
    let chosen = settings
        .vendor
        .get("data-center")
        .map_or("us", String::as_str);
    named(chosen).ok_or_else(|| {
        let names: Vec<&str> = DATA_CENTERS.iter().map(|center| center.name).collect();
        format!(
            "`{chosen}` is no data centre of Zoho; --data-center takes one of {}",
            names.join(", ")
        )
    })
}

fn named(name: &str) -> Option<&'static DataCenter> {
    DATA_CENTERS
        .iter()
        .find(|center| center.name.eq_ignore_ascii_case(name.trim()))
}

/// The data centre whose accounts server an address names.
fn of_accounts(address: &str) -> Option<&'static DataCenter> {
    let host = named_host(address)?;
    DATA_CENTERS.iter().find(|center| center.accounts == host)
}

/// The host an address names, if Zoho's API is there. Sandboxes and developer accounts have hosts of their own (Zoho's SDKs,
/// "Environment").
fn api_host(address: &str) -> Option<String> {
    let host = named_host(address)?;
    let (first, rest) = host.split_once('.')?;
    let known = matches!(first, "www" | "sandbox" | "developer")
        && DATA_CENTERS.iter().any(|center| center.api == rest);
    known.then_some(host)
}

fn redirected(told: &[(String, String)], settings: &mut Settings) -> Result<(), String> {
    // `--base-url` wins over every host an answer names.
    if settings.base_url.is_some() {
        return Ok(());
    }
    let value = |name: &str| {
        told.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let location = value("location").and_then(named);
    let center = match value(ACCOUNTS_SERVER) {
        Some(address) => Some(of_accounts(address).ok_or_else(|| {
            format!("the redirect names {address:?} as the accounts server, which is none of Zoho's; nothing was sent there")
        })?),
        None => location,
    };
    if let (Some(center), Some(location)) = (center, location)
        && center.name != location.name
    {
        return Err(format!(
            "the redirect names two data centres, {} and {}; nothing was sent to either",
            center.name, location.name
        ));
    }
    match center {
        Some(center) => settings.vendor.insert(
            ACCOUNTS_SERVER.to_owned(),
            format!("https://{}", center.accounts),
        ),
        // A bare code was pasted: it is the chosen data centre's, not the one of an earlier sign-in.
        None => settings.vendor.remove(ACCOUNTS_SERVER),
    };
    Ok(())
}

fn granted(answer: &Value, settings: &mut Settings) -> Result<(), String> {
    if settings.base_url.is_some() {
        return Ok(());
    }
    let Some(told) = answer[API_DOMAIN].as_str() else {
        return Ok(());
    };
    let host = api_host(told).ok_or_else(|| {
        format!("the sign-in names {told:?} as the address of the API, which is none of Zoho's; nothing was sent there")
    })?;
    settings
        .vendor
        .insert(API_DOMAIN.to_owned(), format!("https://{host}"));
    Ok(())
}

/// Refusals come with HTTP 200 and a word alone: what it means is added.
fn refusal(status: u16, body: &Value) -> Refusal {
    let words = match usual_refusal(status, body) {
        Refusal::SignIn(words) => words,
        busy @ Refusal::Busy(_) => return busy,
    };
    let error = body["error"].as_str().unwrap_or_default();
    // More than ten tokens in ten minutes: none until these are over. It comes as HTTP 400 `Access Denied`, in the words of the
    // account's language, where everything else has a code. A sign-in that has ended is `invalid_code` instead.
    let coded = error.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if error == "access_denied"
        || words.to_lowercase().contains("too many requests")
        || (body["status"] == "failure" && !coded)
    {
        return Refusal::Busy(Some(Duration::from_secs(600)));
    }
    let hint = match error {
        "invalid_code" => {
            "the code is used or too old, or the sign-in was taken back, or it belongs to another --data-center"
        }
        "invalid_client" => {
            "no client of this id in this data centre: see --client-id and --data-center"
        }
        "invalid_client_secret" => "the client secret belongs to another client or data centre",
        "invalid_redirect_uri" => "the redirect address is not the one registered at the client",
        _ => return Refusal::SignIn(words),
    };
    Refusal::SignIn(format!("{words} ({hint})"))
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
