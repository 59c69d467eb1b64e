//! Every environment variable the program reads, in one place.
//!
//! Nothing else calls `std::env::var` (clippy.toml). An empty value counts as unset, as in most
//! command-line tools; a value that is not Unicode counts as unset too. Secrets are handed out as
//! [`SecretString`]. [`LIST`] feeds the manual page.

// The owner of what clippy.toml forbids everywhere else.
#![allow(clippy::disallowed_methods)]

use std::path::PathBuf;

use jiff::Timestamp;
use secrecy::SecretString;

/// The database file, instead of the platform's data directory.
pub const DB: &str = "MOBLY_SYNC_DB";
/// The event a command takes where none is named.
pub const EVENT: &str = "MOBLY_SYNC_EVENT";
/// Where secrets live: `keyring` or `file`.
pub const CREDENTIAL_STORE: &str = "MOBLY_SYNC_CREDENTIAL_STORE";
/// Opens the encrypted secrets file.
pub const PASSPHRASE: &str = "MOBLY_SYNC_PASSPHRASE";
/// `off` removes waits no header can lift; loopback only.
pub const PACE: &str = "MOBLY_SYNC_PACE";
/// Runs the clock faster, `×100` or `100`; loopback only.
pub const TEST_TIME: &str = "MOBLY_SYNC_TEST_TIME";
/// The time at which the clock stands, RFC 3339; loopback only.
pub const TEST_NOW: &str = "MOBLY_SYNC_TEST_NOW";
/// Behaves as on a terminal this many columns wide; for tests and screenshots.
pub const FORCE_TTY: &str = "MOBLY_SYNC_FORCE_TTY";
/// Any value: no colour (no-color.org).
pub const NO_COLOR: &str = "NO_COLOR";
/// `0`: no colour.
pub const CLICOLOR: &str = "CLICOLOR";
/// Anything but `0`: colour even where there is no terminal.
pub const CLICOLOR_FORCE: &str = "CLICOLOR_FORCE";
/// `dumb`: no colour and no cursor movement.
pub const TERM: &str = "TERM";
/// The width of the terminal where it can't be asked.
pub const COLUMNS: &str = "COLUMNS";

/// Every variable with one line of help, for the manual page. `<VENDOR>` stands for the vendor's name
/// in capitals.
pub const LIST: &[(&str, &str)] = &[
    (
        DB,
        "the database file (default: mobly-sync/mobly.db in the platform's data directory)",
    ),
    (
        EVENT,
        "the event a command takes where none is named; never widens or narrows what a push takes",
    ),
    (
        "MOBLY_SYNC_<VENDOR>_TOKEN",
        "a token for this vendor, used and not stored, for example in CI",
    ),
    (
        "MOBLY_SYNC_<VENDOR>_CLIENT_ID",
        "the client id of your own OAuth app, for `connect`",
    ),
    (
        "MOBLY_SYNC_<VENDOR>_CLIENT_SECRET",
        "the client secret of your own OAuth app, for `connect`",
    ),
    (
        "MOBLY_SYNC_ENRICHMENT_<NAME>_KEY",
        "the key of this enrichment provider, used and not stored",
    ),
    (
        CREDENTIAL_STORE,
        "where secrets live: keyring, or file (encrypted with the passphrase)",
    ),
    (
        PASSPHRASE,
        "opens the encrypted secrets file beside the database",
    ),
    (
        PACE,
        "off: no waits that no header of the vendor can lift (only while every base URL is loopback)",
    ),
    (
        TEST_TIME,
        "×100: the clock runs a hundred times faster (only while every base URL is loopback)",
    ),
    (
        TEST_NOW,
        "the time at which the clock stands, for example 2026-03-02T09:00:00Z (only while every base URL is loopback)",
    ),
    (
        FORCE_TTY,
        "a number of columns: behave as on a terminal this wide",
    ),
    (NO_COLOR, "any value: no colour"),
    (CLICOLOR, "0: no colour"),
    (
        CLICOLOR_FORCE,
        "anything but 0: colour even without a terminal",
    ),
    (TERM, "dumb: no colour and no progress bars"),
    (
        COLUMNS,
        "the width of the terminal, where it can't be asked",
    ),
];

/// The name of the variable that holds a vendor's token: `MOBLY_SYNC_<VENDOR>_TOKEN`.
#[must_use]
pub fn token_name(vendor: &str) -> String {
    vendor_variable(vendor, "TOKEN")
}

/// The name of the variable that holds the client id of the user's own OAuth app.
#[must_use]
pub fn client_id_name(vendor: &str) -> String {
    vendor_variable(vendor, "CLIENT_ID")
}

/// The name of the variable that holds the client secret of the user's own OAuth app.
#[must_use]
pub fn client_secret_name(vendor: &str) -> String {
    vendor_variable(vendor, "CLIENT_SECRET")
}

/// The variables a sign-in from the environment is read from: the token where it is set, else the app's id and secret.
#[must_use]
pub fn sign_in_names(vendor: &str) -> Vec<String> {
    if token(vendor).is_none() && client_id(vendor).is_some() && client_secret(vendor).is_some() {
        vec![client_id_name(vendor), client_secret_name(vendor)]
    } else {
        vec![token_name(vendor)]
    }
}

/// The name of the variable that holds an enrichment provider's key: `MOBLY_SYNC_ENRICHMENT_<NAME>_KEY`.
#[must_use]
pub fn enrichment_key_name(provider: &str) -> String {
    vendor_variable(&format!("enrichment-{provider}"), "KEY")
}

/// The key of an enrichment provider from the environment.
#[must_use]
pub fn enrichment_key(provider: &str) -> Option<SecretString> {
    secret(&enrichment_key_name(provider))
}

fn vendor_variable(vendor: &str, what: &str) -> String {
    format!(
        "MOBLY_SYNC_{}_{what}",
        vendor.to_ascii_uppercase().replace('-', "_")
    )
}

/// The vendor's token from the environment.
#[must_use]
pub fn token(vendor: &str) -> Option<SecretString> {
    secret(&token_name(vendor))
}

/// The client id of the user's own OAuth app from the environment.
#[must_use]
pub fn client_id(vendor: &str) -> Option<String> {
    text(&client_id_name(vendor))
}

/// The client secret of the user's own OAuth app from the environment.
#[must_use]
pub fn client_secret(vendor: &str) -> Option<SecretString> {
    secret(&client_secret_name(vendor))
}

/// The database file named by `MOBLY_SYNC_DB`.
#[must_use]
pub fn database() -> Option<PathBuf> {
    std::env::var_os(DB)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

/// The event named by `MOBLY_SYNC_EVENT`.
#[must_use]
pub fn event() -> Option<String> {
    text(EVENT)
}

/// What `MOBLY_SYNC_CREDENTIAL_STORE` says, unchecked.
#[must_use]
pub fn credential_store() -> Option<String> {
    text(CREDENTIAL_STORE)
}

/// The passphrase of the encrypted secrets file.
#[must_use]
pub fn passphrase() -> Option<SecretString> {
    secret(PASSPHRASE)
}

/// True if `MOBLY_SYNC_PACE` is `off`. The caller obeys it only while every base URL is loopback.
#[must_use]
pub fn pace_is_off() -> bool {
    text(PACE).is_some_and(|value| value.eq_ignore_ascii_case("off"))
}

/// How much faster the clock should run. The caller obeys it only while every base URL is loopback.
#[must_use]
pub fn test_time_factor() -> Option<f64> {
    text(TEST_TIME).as_deref().and_then(parse_factor)
}

/// When the faster clock began, where several processes are to share one: `100@2026-11-22T10:00:00Z`.
#[must_use]
pub fn test_time_since() -> Option<Timestamp> {
    let value = text(TEST_TIME)?;
    value.split_once('@')?.1.trim().parse().ok()
}

/// The time at which the clock should stand. The caller obeys it only while every base URL is
/// loopback.
#[must_use]
pub fn test_now() -> Option<Timestamp> {
    text(TEST_NOW).and_then(|value| value.parse().ok())
}

/// The width in columns to behave as a terminal of, whatever the streams are.
#[must_use]
pub fn forced_terminal_width() -> Option<u16> {
    text(FORCE_TTY)
        .and_then(|value| value.parse().ok())
        .filter(|columns| *columns > 0)
}

/// The width of the terminal according to `COLUMNS`.
#[must_use]
pub fn columns() -> Option<u16> {
    text(COLUMNS)
        .and_then(|value| value.parse().ok())
        .filter(|columns| *columns > 0)
}

/// True if the environment asks for no colour: `NO_COLOR`, `CLICOLOR=0` or `TERM=dumb`.
#[must_use]
pub fn wants_no_colour() -> bool {
    text(NO_COLOR).is_some()
        || text(CLICOLOR).is_some_and(|value| value == "0")
        || text(TERM).is_some_and(|value| value == "dumb")
}

/// True if the environment asks for colour even without a terminal.
#[must_use]
pub fn forces_colour() -> bool {
    text(CLICOLOR_FORCE).is_some_and(|value| value != "0")
}

/// True if the terminal can't move its cursor.
#[must_use]
pub fn terminal_is_dumb() -> bool {
    text(TERM).is_some_and(|value| value == "dumb")
}

/// The variables that send requests to vendors through a proxy, as far as they are set, with the proxy's host and port where
/// they can be told apart from a user name and password.
#[must_use]
pub fn proxies() -> Vec<(&'static str, Option<String>)> {
    PROXIES
        .into_iter()
        .filter_map(|name| Some((name, proxy_host(&text(name)?))))
        .collect()
}

/// What the HTTP client reads for addresses that begin with https.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

fn proxy_host(value: &str) -> Option<String> {
    let address = if value.contains("://") {
        value.to_owned()
    } else {
        format!("http://{value}")
    };
    let url = url::Url::parse(&address).ok()?;
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// Who is at work, for the history: the name the system logged in.
#[must_use]
pub fn user() -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(text)
}

/// True unless the locale says that the terminal takes no UTF-8. Where no locale is set at all (containers, SSH) the
/// terminal is taken for what nearly all are today.
#[must_use]
pub fn locale_is_unicode() -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(text)
        .is_none_or(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        })
}

fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A pasted token often ends in a line break, which no token contains.
fn secret(name: &str) -> Option<SecretString> {
    let value = zeroize::Zeroizing::new(text(name)?);
    let trimmed = value.trim();
    (!trimmed.is_empty()).then(|| SecretString::from(trimmed))
}

/// `×100`, `x100` or `100`, before an `@` with when it began; None for what is no positive number.
fn parse_factor(value: &str) -> Option<f64> {
    let factor = value.split_once('@').map_or(value, |(factor, _)| factor);
    factor
        .trim()
        .trim_start_matches(['×', 'x', 'X'])
        .trim()
        .parse()
        .ok()
        .filter(|factor: &f64| factor.is_finite() && *factor > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendors_variables_are_in_capitals() {
        assert_eq!(token_name("hubspot"), "MOBLY_SYNC_HUBSPOT_TOKEN");
        assert_eq!(client_id_name("my-crm"), "MOBLY_SYNC_MY_CRM_CLIENT_ID");
    }

    #[test]
    fn a_proxy_is_named_without_its_password() {
        let host = |value| proxy_host(value).unwrap_or_default();
        assert_eq!(
            host("http://ann:canary@proxy.example:3128/"),
            "proxy.example:3128"
        );
        assert_eq!(host("proxy.example:3128"), "proxy.example:3128");
        assert_eq!(host("ann:canary@proxy.example"), "proxy.example");
        assert_eq!(proxy_host("http://"), None);
    }

    #[test]
    fn the_factor_is_read_with_and_without_its_sign() {
        assert_eq!(parse_factor("×100"), Some(100.0));
        assert_eq!(parse_factor("x 2.5"), Some(2.5));
        assert_eq!(parse_factor("100"), Some(100.0));
        assert_eq!(parse_factor("100@2026-11-22T10:00:00Z"), Some(100.0));
        for wrong in ["", "×", "fast", "-3", "0", "inf"] {
            assert_eq!(parse_factor(wrong), None, "{wrong}");
        }
    }
}
