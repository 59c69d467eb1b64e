//! Invented people for the sandboxes that answer questions about people: the same address is always the same person.
//!
//! What is invented depends on nothing but the address (or the name and company), so that two runs see the same world and
//! two sandboxes agree on who somebody is, though not on what they know.

/// Somebody a sandbox invents an answer about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) first: String,
    pub(crate) last: String,
    pub(crate) email: String,
    pub(crate) domain: String,
    draw: u64,
}

const TITLES: &[&str] = &[
    "Head of Operations",
    "Software Engineer",
    "Marketing Manager",
    "Chief Executive Officer",
    "Account Executive",
    "Product Manager",
];
const INDUSTRIES: &[&str] = &["Software", "Manufacturing", "Logistics", "Retail"];
const CITIES: &[(&str, &str, &str)] = &[
    ("Boston", "Massachusetts", "United States"),
    ("Denver", "Colorado", "United States"),
    ("Berlin", "Berlin", "Germany"),
    ("Lyon", "Auvergne-Rhone-Alpes", "France"),
];

impl Person {
    /// The person at an address; `None` where it is no address.
    pub(crate) fn at(email: &str) -> Option<Self> {
        let email = email.trim().to_lowercase();
        let (local, domain) = email.split_once('@')?;
        if local.is_empty() || !domain.contains('.') {
            return None;
        }
        let mut words = local
            .split(['.', '_', '-', '+'])
            .filter(|word| !word.is_empty());
        let first = words.next().unwrap_or(local).to_owned();
        let last = words.next().unwrap_or("sample").to_owned();
        Some(Self {
            first,
            last,
            domain: domain.to_owned(),
            draw: fingerprint(&email),
            email: email.clone(),
        })
    }

    /// The person of a name at a company's domain; `None` where one of them is empty.
    pub(crate) fn named(first: &str, last: &str, domain: &str) -> Option<Self> {
        let plain = |text: &str| text.trim().to_lowercase().replace(' ', "");
        let (first, last, domain) = (plain(first), plain(last), plain(domain));
        if first.is_empty() || last.is_empty() || !domain.contains('.') {
            return None;
        }
        Self::at(&format!("{first}.{last}@{domain}"))
    }

    /// The same with the name somebody told.
    pub(crate) fn called(mut self, first: Option<&str>, last: Option<&str>) -> Self {
        let told = |text: Option<&str>| {
            text.map(|text| text.trim().to_lowercase())
                .filter(|text| !text.is_empty())
        };
        if let Some(first) = told(first) {
            self.first = first;
        }
        if let Some(last) = told(last) {
            self.last = last;
        }
        self
    }

    /// Whether one of so many sides of a die comes up for this person; each `salt` is a die of its own.
    pub(crate) fn falls(&self, salt: u64, one_in: u64) -> bool {
        self.number(salt).is_multiple_of(one_in)
    }

    /// A number that is always the same for this person and `salt`.
    pub(crate) fn number(&self, salt: u64) -> u64 {
        let mixed = (self.draw ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15))
            .wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ (mixed >> 33)
    }

    fn one_of<T: Copy>(&self, salt: u64, of: &[T]) -> T {
        let index = self.number(salt) % of.len() as u64;
        of[usize::try_from(index).unwrap_or_default()]
    }

    pub(crate) fn title(&self) -> &'static str {
        self.one_of(1, TITLES)
    }

    pub(crate) fn industry(&self) -> &'static str {
        self.one_of(2, INDUSTRIES)
    }

    /// City, state and country.
    pub(crate) fn place(&self) -> (&'static str, &'static str, &'static str) {
        self.one_of(3, CITIES)
    }

    pub(crate) fn phone(&self) -> String {
        format!("+1617555{:04}", self.number(4) % 10_000)
    }

    pub(crate) fn employees(&self) -> u64 {
        20 + self.number(5) % 5_000
    }

    /// The company's name, made of its domain: `acme-tools.com` is "Acme Tools".
    pub(crate) fn company(&self) -> String {
        let stem = self.domain.split('.').next().unwrap_or_default();
        capitals(&stem.replace('-', " "))
    }
}

/// Each word with a capital.
pub(crate) fn capitals(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut begins = true;
    for sign in text.chars() {
        if begins {
            result.extend(sign.to_uppercase());
        } else {
            result.push(sign);
        }
        begins = !sign.is_alphanumeric();
    }
    result
}

/// FNV-1a, which is the same on every machine.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_and_the_name_behind_it_are_the_same_person() {
        let by_address = Person::at("Ann.Lee@Acme.com").unwrap();
        assert_eq!(Person::named("Ann", "Lee", "acme.com").unwrap(), by_address);
        assert_eq!(
            (by_address.first.as_str(), by_address.last.as_str()),
            ("ann", "lee")
        );
        assert_eq!(by_address.company(), "Acme");
        assert_eq!(Person::at("nobody"), None);
    }

    #[test]
    fn a_die_falls_about_as_often_as_it_should() {
        let people = (0..1_000).filter_map(|n| Person::at(&format!("p{n}@firm.example")));
        let hits = people.filter(|person| person.falls(7, 4)).count();
        assert!((180..320).contains(&hits), "{hits}");
    }
}
