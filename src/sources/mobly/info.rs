//! Mobly as data.

use super::{client, limits};
use crate::domain::integration::{IntegrationCategory, Settings};
use crate::sources::SourceInfo;
use crate::transport::TokenScheme;
use crate::vendors::{Grant, SignIn, SignInWay};

/// How to sign in: a key, and nothing else (Mobly REST API v0, security schemes).
static SIGN_IN: SignIn = SignIn {
    ways: &[SignInWay {
        grant: Grant::Token,
        name: "an API key",
        guide: "Mobly makes the API key of your organization: ask your contact at Mobly's customer success for a key of the REST API.\n\
                One key reads every event and every lead of the organization; there are no scopes to choose.",
        scheme: TokenScheme::Header("x-api-key"),
        needs: &[],
    }],
    oauth: None,
};

/// Mobly.
pub(crate) static INFO: SourceInfo = SourceInfo {
    name: "mobly",
    title: "Mobly",
    category: IntegrationCategory::Source,
    base_url,
    account_word: "organization",
    sign_in: &SIGN_IN,
    quotas: limits::QUOTAS,
    rules: limits::rules,
    page: client::PAGE,
    pace: 1.0,
    remote_id_type,
    open: client::open,
};

fn base_url(_settings: &Settings) -> Result<String, String> {
    Ok("https://core-api.getmobly.com".to_owned())
}

/// Mobly's `IntegrationType` (Mobly help, "Models"; the published description refers to it and does not define it).
fn remote_id_type(vendor: &str) -> Option<&'static str> {
    match vendor {
        "hubspot" => Some("HUB_SPOT"),
        "marketo" => Some("MARKETO"),
        "pardot" => Some("PARDOT"),
        "pipedrive" => Some("PIPE_DRIVE"),
        "salesforce" => Some("SALES_FORCE"),
        "zoho" => Some("ZOHO"),
        _ => None,
    }
}
