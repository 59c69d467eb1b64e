//! Where requests go: the vendor's own hosts, or one address that replaces them all.
//!
//! `--base-url` replaces scheme, host and port of every endpoint of a vendor and wins over every host
//! an answer names; the paths stay the vendor's own. Plain http is taken only for loopback, so no token
//! ever travels unencrypted over a network.

use url::{Host, Url};

/// Where a vendor's endpoints are. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    url: Url,
    replaces: bool,
}

/// Why an address can't be a base URL. The message says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// Not an address.
    #[error("`{0}` is not an address; write it like https://example.com or http://127.0.0.1:8080")]
    NotAnAddress(String),
    /// A scheme that is neither http nor https.
    #[error("a base URL starts with https:// (or http:// for this machine), not with {0}://")]
    Scheme(String),
    /// Plain http to another machine.
    #[error(
        "plain http is allowed only for this machine (127.0.0.1, ::1, localhost), not for {0}; use https://"
    )]
    PlainHttp(String),
    /// Something besides scheme, host and port.
    #[error("a base URL is only scheme, host and port: leave out the {0}")]
    TooMuch(&'static str),
}

impl BaseUrl {
    /// The vendor's own address. [`origin`](Self::origin) is then empty.
    ///
    /// # Errors
    /// The same rules as for a user's address hold.
    pub fn vendor_default(text: &str) -> Result<Self, BaseUrlError> {
        Ok(Self {
            url: check(text)?,
            replaces: false,
        })
    }

    /// The address a user gave with `--base-url`.
    ///
    /// # Errors
    /// [`BaseUrlError`] for anything but `https://host[:port]`, or `http://` on loopback.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        Ok(Self {
            url: check(text)?,
            replaces: true,
        })
    }

    /// `scheme://host[:port]`, or the empty string for the vendor's own address. Part of an account's
    /// identity, so it never changes for the same address.
    #[must_use]
    pub fn origin(&self) -> String {
        if self.replaces {
            self.url.origin().ascii_serialization()
        } else {
            String::new()
        }
    }

    /// The address itself, without a trailing slash.
    #[must_use]
    pub fn address(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// True if the address replaces the vendor's own.
    #[must_use]
    pub fn replaces_vendor(&self) -> bool {
        self.replaces
    }

    /// True if this is the user's own machine: a rehearsal.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// The host, for messages.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The full address of `path` (absolute, already percent-encoded). `other_host` is an endpoint's
    /// own `https://host` where it differs from the vendor's main one; a base URL given by the user
    /// wins over it. Where `path` is a full address (a next page an answer named), only its path and
    /// query count: a token never follows an answer to another host.
    ///
    /// # Errors
    /// [`BaseUrlError`] if `other_host` is no allowed address.
    pub fn resolve(&self, other_host: Option<&str>, path: &str) -> Result<Url, BaseUrlError> {
        let mut url = match other_host {
            Some(host) if !self.replaces => check(host)?,
            _ => self.url.clone(),
        };
        if let Ok(named) = Url::parse(path) {
            url.set_path(named.path());
            url.set_query(named.query());
        } else {
            let path = path.split('#').next().unwrap_or_default();
            let (path, query) = match path.split_once('?') {
                Some((path, query)) => (path, Some(query)),
                None => (path, None),
            };
            url.set_path(path);
            url.set_query(query);
        }
        Ok(url)
    }
}

impl std::fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.address())
    }
}

fn check(text: &str) -> Result<Url, BaseUrlError> {
    let text = text.trim();
    let url = Url::parse(text).map_err(|_| BaseUrlError::NotAnAddress(shown(text)))?;
    check_transport(&url)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BaseUrlError::TooMuch("user name and password"));
    }
    if url.query().is_some() {
        return Err(BaseUrlError::TooMuch("query"));
    }
    if url.fragment().is_some() {
        return Err(BaseUrlError::TooMuch("fragment"));
    }
    if url.path() != "/" {
        return Err(BaseUrlError::TooMuch("path"));
    }
    Ok(url)
}

fn check_transport(url: &Url) -> Result<(), BaseUrlError> {
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(url) => Ok(()),
        "http" => Err(BaseUrlError::PlainHttp(
            url.host_str().unwrap_or_default().to_owned(),
        )),
        other => Err(BaseUrlError::Scheme(other.to_owned())),
    }
}

/// A text that is no address may be anything, a token too: only its beginning is shown.
fn shown(text: &str) -> String {
    let mut start: String = text.chars().take(12).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => {
            address.is_loopback() || address.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback())
        }
        // RFC 6761: localhost and names under it are this machine.
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for good in [
            "http://127.0.0.1:8080",
            "http://localhost:1",
            "http://[::1]:9/",
            "https://example.com",
        ] {
            assert!(BaseUrl::parse(good).is_ok(), "{good}");
        }
        assert_eq!(
            BaseUrl::parse("http://example.com"),
            Err(BaseUrlError::PlainHttp("example.com".into()))
        );
        assert!(BaseUrl::parse("http://localhost.example.com").is_err());
        assert!(BaseUrl::parse("http://127.0.0.1.example.com").is_err());
        assert!(BaseUrl::parse("http://0.0.0.0:80").is_err());
        for wrong in [
            "ftp://127.0.0.1",
            "127.0.0.1:80",
            "nonsense",
            "https://user:pw@example.com",
            "https://example.com/api",
            "https://example.com/?a=1",
        ] {
            assert!(BaseUrl::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_origin_is_canonical_and_empty_for_the_vendors_own() {
        let origin = |text| BaseUrl::parse(text).unwrap().origin();
        assert_eq!(origin("https://Example.com:443/"), "https://example.com");
        assert_eq!(origin("http://127.0.0.1:8080/"), "http://127.0.0.1:8080");
        let own = BaseUrl::vendor_default("https://api.example.com").unwrap();
        assert_eq!(own.origin(), "");
        assert!(!own.is_loopback());
    }

    #[test]
    fn a_users_address_wins_over_every_other_host() {
        let mine = BaseUrl::parse("http://127.0.0.1:8080").unwrap();
        assert_eq!(
            mine.resolve(Some("https://login.example.com"), "/oauth/v1/token")
                .unwrap()
                .as_str(),
            "http://127.0.0.1:8080/oauth/v1/token"
        );
        assert_eq!(
            mine.resolve(None, "https://api.example.com/v3/next?after=2")
                .unwrap()
                .as_str(),
            "http://127.0.0.1:8080/v3/next?after=2"
        );
        let own = BaseUrl::vendor_default("https://api.example.com").unwrap();
        assert_eq!(
            own.resolve(Some("https://login.example.com"), "/t?x=1")
                .unwrap()
                .as_str(),
            "https://login.example.com/t?x=1"
        );
        assert_eq!(
            own.resolve(None, "http://evil.example.net/next?after=2")
                .unwrap()
                .as_str(),
            "https://api.example.com/next?after=2"
        );
        assert_eq!(
            own.resolve(None, "//evil.example.net/next")
                .unwrap()
                .host_str(),
            Some("api.example.com")
        );
    }
}
