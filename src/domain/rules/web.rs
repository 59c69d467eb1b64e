//! What the web says of a lead: the company's website from an address, and profiles in the one form that compares.

use crate::domain::{company, email};

/// The website of the company an address belongs to, by its registrable domain. Free mail says nothing of a company.
pub(super) fn website_of(address: &str) -> Option<String> {
    if !email::is_valid(address) {
        return None;
    }
    company::domain(None, Some(address)).map(|(domain, _)| format!("https://{domain}"))
}

/// A LinkedIn address as LinkedIn itself shows it; `None` for what is none, or already so. `company` tells which of the two kinds
/// of pages is meant.
pub(super) fn linkedin(text: &str, company: bool) -> Option<String> {
    let trimmed = text.trim();
    let bare = trimmed.split_once("://").map_or(trimmed, |(_, rest)| rest);
    let lower = bare.to_ascii_lowercase();
    let path = match lower.find("linkedin.com/") {
        // "de.linkedin.com/in/…" and "www.…"; not "notlinkedin.com/in/…".
        Some(at) if at == 0 || lower.as_bytes()[at - 1] == b'.' && !lower[..at].contains('/') => {
            &bare[at + "linkedin.com/".len()..]
        }
        Some(_) => return None,
        None => bare.strip_prefix('/').unwrap_or(bare),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let kind = parts.next()?.to_ascii_lowercase();
    let name = parts.next()?;
    let fits = if company {
        matches!(kind.as_str(), "company" | "school" | "showcase")
    } else {
        matches!(kind.as_str(), "in" | "pub")
    };
    let plain = name
        .chars()
        .all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '%' | '.'));
    // An old public profile is known by three more parts; they stay.
    if !fits || !plain || kind == "pub" {
        return None;
    }
    let written = format!("https://www.linkedin.com/{kind}/{name}");
    (written != text).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_website_is_known_by_its_registrable_domain_only() {
        for (address, expected) in [
            ("ana@acme.com", Some("https://acme.com")),
            ("ana@mail.eu.acme.co.uk", Some("https://acme.co.uk")),
            ("Ana@ACME.com ", Some("https://acme.com")),
            ("bo@münchen.de", Some("https://xn--mnchen-3ya.de")),
            ("ana@gmail.com", None),
            ("ana@yahoo.com.au", None),
            ("ana@co.uk", None),
            ("ana@localhost", None),
            ("ana", None),
        ] {
            assert_eq!(website_of(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn profiles_have_one_form() {
        for (text, company, expected) in [
            (
                "linkedin.com/in/ana-li",
                false,
                Some("https://www.linkedin.com/in/ana-li"),
            ),
            (
                "http://de.linkedin.com/in/ana-li/?trk=x",
                false,
                Some("https://www.linkedin.com/in/ana-li"),
            ),
            (
                "/in/ana-li",
                false,
                Some("https://www.linkedin.com/in/ana-li"),
            ),
            (
                "in/ana-li",
                false,
                Some("https://www.linkedin.com/in/ana-li"),
            ),
            (
                "https://www.linkedin.com/in/ana-li/en",
                false,
                Some("https://www.linkedin.com/in/ana-li"),
            ),
            ("https://www.linkedin.com/in/ana-li", false, None),
            (
                "https://www.linkedin.com/company/acme/about",
                true,
                Some("https://www.linkedin.com/company/acme"),
            ),
            ("https://www.linkedin.com/company/acme/about", false, None),
            ("https://notlinkedin.com/in/ana", false, None),
            ("https://evil.com/linkedin.com/in/ana", false, None),
            ("ana-li", false, None),
            ("", false, None),
        ] {
            assert_eq!(linkedin(text, company).as_deref(), expected, "{text}");
        }
    }
}
