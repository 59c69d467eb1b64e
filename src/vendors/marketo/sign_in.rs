//! How to sign in to Marketo (Adobe docs, Marketo developer guide, "Authentication" and "Base URL").
//!
//! An instance is its Munchkin id and has a host of its own. Nobody signs in: a custom service acts as an API-only user,
//! whose role holds the permissions. Asked again early, Marketo hands out the same token with the seconds it has left, down
//! to none: a renewal before the end changes nothing, and a token with no second left is [no
//! token](crate::vendors::brings_token) but a reason to ask once more a second later.

use serde_json::Value;

use crate::domain::integration::Settings;
use crate::transport::TokenScheme;
use crate::vendors::hosts::typed_host;
use crate::vendors::{
    ClientAuthentication, Endpoints, Grant, Oauth, OptionKind, Refusal, ScopeNeed, Secret, SignIn,
    SignInWay, VendorOption, usual_refusal,
};

const fn need(name: &'static str, breaks: &'static str) -> ScopeNeed {
    ScopeNeed { name, breaks }
}

/// Without it nobody is found or written.
pub(super) const LEADS: &str = "Read-Write Lead";
/// Without it no program is found.
pub(super) const ASSETS: &str = "Read-Only Assets";
/// Without it no company is written.
pub(super) const COMPANIES: &str = "Read-Write Company";

/// The permissions of the API-only user's role; no answer tells which it has.
pub static SCOPES: &[ScopeNeed] = &[
    need(
        LEADS,
        "no person can be found, created or updated, and no program status set",
    ),
    need(
        ASSETS,
        "programs, their channels and statuses cannot be found",
    ),
    need(
        COMPANIES,
        "companies cannot be written (only with --companies)",
    ),
];

/// The options of `connect`.
pub static OPTIONS: &[VendorOption] = &[
    VendorOption {
        name: "munchkin-id",
        help: "The instance: its Munchkin id (123-ABC-456), or the REST endpoint from Admin > Integration > Web Services",
        kind: OptionKind::Text("ID"),
        on_change: "another instance is another account",
    },
    VendorOption {
        name: "companies",
        help: "Make companies too, and put leads without one into theirs; not where a CRM is synchronised natively",
        kind: OptionKind::Switch,
        on_change: "leads that are cleared already are not sent again by themselves; new ones follow the new order",
    },
    VendorOption {
        name: "records",
        help: "Whether new leads are made, or wait until the CRM's own sync has brought them",
        kind: OptionKind::Choice(&[
            ("create", "make leads that are not there"),
            (
                "update-only",
                "leave that to the CRM's sync; leads that are not there yet wait",
            ),
        ]),
        on_change: "",
    },
    VendorOption {
        name: "partition",
        help: "The lead partition new leads go into, where the instance has several",
        kind: OptionKind::Text("NAME"),
        on_change: "leads that are there stay in their partition",
    },
];

/// The ways.
pub static SIGN_IN: SignIn = SignIn {
    ways: &[SignInWay {
        grant: Grant::ClientCredentials,
        name: "a custom service (client id and secret)",
        guide: "In Marketo: Admin > Users & Roles > Roles > New Role, with under Access API: Read-Write Lead, Read-Only Assets, \
                Read-Write Company.\nAdmin > Users & Roles > Users > Invite New User: that role, and API Only \
                ticked.\nAdmin > Integration > LaunchPoint > New > New Service: Service Custom, API Only User the one above. Then \
                View Details shows the client id and client secret.\nAdmin > Integration > Web Services > REST API > Endpoint \
                shows the instance, for --munchkin-id.",
        scheme: TokenScheme::Bearer,
        needs: &["munchkin-id"],
    }],
    oauth: Some(&OAUTH),
};

static OAUTH: Oauth = Oauth {
    endpoints,
    // A form, so that the secret stands in no address.
    client: ClientAuthentication::Form,
    pkce: false,
    secret: Secret::Required,
    scopes: &[],
    scope_separator: " ",
    authorize: &[],
    redirect_host: "localhost",
    redirected: |_, _| Ok(()),
    granted: |_, _| Ok(()),
    // Told by every answer; an hour from its making.
    life: None,
    refusal,
};

fn endpoints(settings: &Settings) -> Result<Endpoints, String> {
    Ok(Endpoints {
        authorize: None,
        token: format!("{}/identity/oauth/token", base_url(settings)?),
        revoke: None,
        audience: None,
    })
}

/// Where the API is, without `/rest`: Marketo shows its endpoint with it, bulk and identity stand beside it.
///
/// # Errors
/// A sentence, if `--munchkin-id` is missing or wrong.
pub fn base_url(settings: &Settings) -> Result<String, String> {
    munchkin_id(settings).map(|id| format!("https://{id}.mktorest.com"))
}

/// The instance, upper case.
///
/// # Errors
/// A sentence, if `--munchkin-id` is missing or wrong.
pub fn munchkin_id(settings: &Settings) -> Result<String, String> {
    let typed = settings.vendor.get("munchkin-id").ok_or(
        "which instance? --munchkin-id 123-ABC-456 names it (Marketo: Admin > Integration > Munchkin)",
    )?;
    let bare = typed.trim().to_uppercase();
    let named = typed_host(typed).and_then(|host| {
        host.strip_suffix(".mktorest.com")
            .map(str::to_ascii_uppercase)
    });
    [Some(bare), named]
        .into_iter()
        .flatten()
        .find(|id| is_munchkin_id(id))
        .ok_or_else(|| {
            format!(
                "`{typed}` is no Munchkin id; write --munchkin-id 123-ABC-456, or the endpoint https://123-ABC-456.mktorest.com/rest"
            )
        })
}

/// Three digits, three letters, three digits.
fn is_munchkin_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let all = |part: &str, kind: fn(&u8) -> bool| part.len() == 3 && part.bytes().all(|b| kind(&b));
    matches!(parts[..], [first, letters, last]
        if all(first, u8::is_ascii_digit)
            && all(letters, u8::is_ascii_uppercase)
            && all(last, u8::is_ascii_digit))
}

fn refusal(status: u16, body: &Value) -> Refusal {
    match usual_refusal(status, body) {
        Refusal::SignIn(words) if status == 404 => Refusal::SignIn(format!(
            "{words} (no instance answers there: see --munchkin-id)"
        )),
        Refusal::SignIn(words)
            if matches!(
                body["error"].as_str(),
                Some("invalid_client" | "unauthorized")
            ) =>
        {
            Refusal::SignIn(format!(
                "{words} (see Admin > Integration > LaunchPoint > View Details; each instance has services of its own)"
            ))
        }
        meaning => meaning,
    }
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
