//! E-mail addresses: the key people are matched by, and the domain a company is guessed from.

/// The form two spellings of one address share: trimmed, lower case, international domains in ASCII (IDNA).
///
/// `None` for text without exactly one usable `@`; whether a vendor accepts the address is another question
/// ([`is_valid`]): a captured address is kept and matched as it stands.
#[must_use]
pub fn key(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let (local, domain) = trimmed.rsplit_once('@')?;
    if local.is_empty() || domain.is_empty() || local.contains('@') {
        return None;
    }
    if trimmed
        .chars()
        .any(|character| character.is_whitespace() || character.is_control())
    {
        return None;
    }
    let domain = if domain.is_ascii() {
        domain.to_ascii_lowercase()
    } else {
        idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase())
    };
    Some(format!("{}@{domain}", local.to_lowercase()))
}

/// Whether the address has a form every CRM documents as acceptable: a plain `local@host.tld`.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    let options = email_address::Options::default()
        .with_required_tld()
        .without_display_text()
        .without_domain_literal();
    key(text).is_some_and(|address| {
        email_address::EmailAddress::parse_with_options(&address, options).is_ok()
    })
}

/// The host part of an address in key form.
#[must_use]
pub fn domain(text: &str) -> Option<String> {
    key(text).and_then(|address| {
        address
            .rsplit_once('@')
            .map(|(_, domain)| domain.to_owned())
    })
}

/// Whether the address belongs to a post rather than a person (info@, sales@, office@ …). Such addresses are shared, so
/// a record found by one is not proof of the same person (decisions.md 2).
#[must_use]
pub fn is_role_address(text: &str) -> bool {
    const ROLES: &[&str] = &[
        "admin",
        "contact",
        "contacto",
        "enquiries",
        "hello",
        "hi",
        "hr",
        "info",
        "inquiries",
        "jobs",
        "kontakt",
        "mail",
        "marketing",
        "office",
        "orders",
        "press",
        "reception",
        "sales",
        "service",
        "support",
        "team",
        "ventas",
        "welcome",
    ];
    key(text)
        .and_then(|address| address.split_once('@').map(|(local, _)| local.to_owned()))
        .is_some_and(|local| ROLES.contains(&local.as_str()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn spellings_of_one_address_share_a_key() {
        assert_eq!(key("  Ana.Li@ACME.com ").unwrap(), "ana.li@acme.com");
        assert_eq!(key("bo@MÜNCHEN.de").unwrap(), "bo@xn--mnchen-3ya.de");
        assert_eq!(key("no at sign"), None);
        assert_eq!(key("two@@signs"), None);
    }

    #[test]
    fn only_plain_addresses_are_valid() {
        for good in ["ana@acme.com", "a.b+c@mail.acme.co.uk", "bo@münchen.de"] {
            assert!(is_valid(good), "{good}");
        }
        for bad in [
            "a@b",
            "Foo <a@b.co>",
            "a@[127.0.0.1]",
            "a b@c.de",
            "x",
            "broken@@x",
        ] {
            assert!(!is_valid(bad), "{bad}");
        }
    }

    #[test]
    fn shared_post_boxes_are_recognised() {
        assert!(is_role_address("Info@acme.com"));
        assert!(!is_role_address("ana@info.com"));
    }
}
