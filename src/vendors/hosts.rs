//! Hosts that people type and answers name, read strictly: a token goes nowhere a vendor does not live.

use url::{Host, Url};

/// The host of an address an answer names: `https`, a name, and nothing else but a path of `/`. No user, password, port,
/// query or fragment, so that nothing can look like one host and be another. Lower case.
pub(super) fn named_host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let plain = url.scheme() == "https"
        && url.username().is_empty()
        && url.password().is_none()
        && url.port().is_none()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        // `https://@host` and `https:\\host` parse to the same thing and are nothing a vendor writes.
        && !address.contains(['@', '\\']);
    match url.host() {
        Some(Host::Domain(name)) if plain => Some(name.to_owned()),
        _ => None,
    }
}

/// The host a person typed or copied from the browser: a bare host, or an address with any path. Lower case.
pub(super) fn typed_host(text: &str) -> Option<String> {
    let text = text.trim();
    let address = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let mut url = Url::parse(&address).ok()?;
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    named_host(url.as_str()).filter(|_| !text.contains(['@', '\\']))
}

/// Whether the host is below the domain: `acme.pipedrive.com` below `pipedrive.com`, but not `evilpipedrive.com`.
pub(super) fn below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .and_then(|rest| rest.strip_suffix('.'))
        .is_some_and(|labels| labels.split('.').all(is_label))
}

/// Whether the text is one label of a host name.
pub(super) fn is_label(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 63
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_a_host_only_plainly() {
        assert_eq!(
            named_host("https://Acme.pipedrive.com/").unwrap(),
            "acme.pipedrive.com"
        );
        for hostile in [
            "",
            "acme.pipedrive.com",
            "http://acme.pipedrive.com",
            "ftp://acme.pipedrive.com",
            "https://acme.pipedrive.com:8443",
            "https://acme.pipedrive.com/path",
            "https://acme.pipedrive.com?next=evil.example",
            "https://acme.pipedrive.com#evil.example",
            "https://acme.pipedrive.com@evil.example",
            "https://acme:pipedrive.com@evil.example",
            "https://@acme.pipedrive.com",
            "https:\\\\acme.pipedrive.com",
            "https://127.0.0.1",
            "https://[::1]",
            "javascript:alert(1)",
        ] {
            assert_eq!(named_host(hostile), None, "{hostile}");
        }
    }

    #[test]
    fn a_person_may_paste_what_the_browser_shows() {
        for typed in [
            "acme.pipedrive.com",
            " https://acme.pipedrive.com/person/12?x=1#y ",
            "ACME.pipedrive.com/deals",
        ] {
            assert_eq!(typed_host(typed).unwrap(), "acme.pipedrive.com", "{typed}");
        }
        for wrong in [
            "",
            "http://acme.pipedrive.com",
            "acme.pipedrive.com@evil.example",
            "acme.pipedrive.com:99",
            "a b",
        ] {
            assert_eq!(typed_host(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn below_a_domain_means_behind_a_dot() {
        assert!(below("acme.pipedrive.com", "pipedrive.com"));
        assert!(below("a.b.pipedrive.com", "pipedrive.com"));
        for other in [
            "pipedrive.com",
            "evilpipedrive.com",
            "pipedrive.com.evil.example",
            "-a.pipedrive.com",
            "a..pipedrive.com",
        ] {
            assert!(!below(other, "pipedrive.com"), "{other}");
        }
    }
}
