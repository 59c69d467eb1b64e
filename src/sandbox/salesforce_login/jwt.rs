//! The assertion of the JWT bearer flow: its claims are checked, its RS256 signature is not. The sandbox has
//! no certificate of the app; a client that signs wrongly is not found out here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// Upper bound of `exp`, from memory: three to five minutes ahead.
const LONGEST: i64 = 300;
const AUDIENCES: [&str; 2] = [
    "https://login.salesforce.com",
    "https://test.salesforce.com",
];

/// Who asks for whom.
pub(super) struct Claims {
    pub(super) client_id: String,
    pub(super) username: String,
}

/// Reads an assertion; `own_url` is the address this request came to, also good as audience. `Err` is the
/// `error_description` of an `invalid_grant`.
pub(super) fn read(
    assertion: &str,
    own_url: &str,
    now_seconds: i64,
) -> Result<Claims, &'static str> {
    let parts: Vec<&str> = assertion.split('.').collect();
    let [header, claims, signature] = parts.as_slice() else {
        return Err("invalid assertion");
    };
    let (header, claims) = (decode(header)?, decode(claims)?);
    if header["alg"] != "RS256"
        || URL_SAFE_NO_PAD
            .decode(signature)
            .map_or(0, |bytes| bytes.len())
            < 128
    {
        return Err("invalid assertion");
    }
    let text = |name: &str| {
        claims[name]
            .as_str()
            .map(str::to_owned)
            .filter(|text| !text.is_empty())
    };
    let client_id = text("iss").ok_or("client identifier invalid")?;
    let username = text("sub").ok_or("user hasn't approved this consumer")?;
    let audience = text("aud").unwrap_or_default();
    let audience = audience.trim_end_matches('/');
    if !AUDIENCES.contains(&audience) && audience != own_url {
        return Err("audience is invalid");
    }
    match claims["exp"].as_i64() {
        Some(end) if end <= now_seconds => Err("assertion is expired"),
        Some(end) if end <= now_seconds + LONGEST => Ok(Claims {
            client_id,
            username,
        }),
        _ => Err("expiration time too far in the future"),
    }
}

fn decode(part: &str) -> Result<Value, &'static str> {
    let bytes = URL_SAFE_NO_PAD
        .decode(part.trim_end_matches('='))
        .map_err(|_| "invalid assertion")?;
    serde_json::from_slice(&bytes).map_err(|_| "invalid assertion")
}
