//! Addresses and domains that must never leave: how they are written, and what an address is covered by.

use super::email;

/// What a person suppresses.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entry {
    /// One address, as its key ([`email::key`]).
    Address(String),
    /// A domain with everything below it, in lower case and ASCII.
    Domain(String),
}

impl Entry {
    /// Reads an address, or a domain as people write it: `acme.com`, `@acme.com`, `*.acme.com`. `None` for anything else; a
    /// whole top-level domain is no entry, since it is more likely a slip than meant.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches('"').trim();
        let bare = text.strip_prefix("*.").unwrap_or(text);
        let bare = bare.strip_prefix('@').unwrap_or(bare);
        if bare.contains('@') {
            return email::key(bare).map(Self::Address);
        }
        // The rules of an address' domain are those of any.
        let domain = email::domain(&format!("x@{bare}"))?;
        let plain = domain
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "-.".contains(character));
        let labels = domain.split('.').all(|label| !label.is_empty());
        (plain && labels && domain.contains('.')).then_some(Self::Domain(domain))
    }

    /// The word for its kind.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Address(_) => "address",
            Self::Domain(_) => "domain",
        }
    }

    /// What is hashed.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Address(text) | Self::Domain(text) => text,
        }
    }

    /// Every entry that covers an address: itself, its domain, and those above it.
    #[must_use]
    pub fn covering(email_key: &str) -> Vec<Self> {
        let mut entries = vec![Self::Address(email_key.to_owned())];
        let mut domain = email_key.rsplit_once('@').map(|(_, domain)| domain);
        while let Some(here) = domain.filter(|here| here.contains('.')) {
            entries.push(Self::Domain(here.to_owned()));
            domain = here.split_once('.').map(|(_, above)| above);
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_domains_are_read_as_people_write_them() {
        let domain = |text: &str| Some(Entry::Domain(text.to_owned()));
        assert_eq!(
            Entry::read(" Ana@Acme.COM "),
            Some(Entry::Address("ana@acme.com".into()))
        );
        for written in ["acme.com", "@acme.com", "*.acme.com", "\"ACME.com\""] {
            assert_eq!(Entry::read(written), domain("acme.com"), "{written}");
        }
        assert_eq!(Entry::read("münchen.de"), domain("xn--mnchen-3ya.de"));
        for nothing in [
            "",
            "com",
            "a b.com",
            "https://acme.com/x",
            "Email",
            "acme..com",
            ".com",
        ] {
            assert_eq!(Entry::read(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_domain_covers_what_is_below_it_and_nothing_beside_it() {
        let covered = Entry::covering("ana@mail.acme.co.uk");
        let has = |domain: &str| covered.contains(&Entry::Domain(domain.to_owned()));
        assert!(has("mail.acme.co.uk") && has("acme.co.uk"));
        assert!(!has("uk") && !has("cme.co.uk"));
    }
}
