//! Address-book cards to rows: vCard 2.1 (RFC-less, quoted-printable), 3.0 (RFC 2426) and 4.0 (RFC 6350), several in a file.
//!
//! A card's properties become the columns a lead-capture export would have; an address and a company's web page are the
//! company's, unless the card says that they are private. Pictures, keys and what only an address book needs are left out.

use super::import_error::ImportError;
use super::record::{Record, Trouble};
use super::source::Rows;
use super::vcard_text::{Property, lines};

/// The columns a card can fill, in the order a file of them is shown.
const HEADERS: &[&str] = &[
    "First Name",
    "Last Name",
    "Full Name",
    "Email",
    "Personal Email",
    "Further emails",
    "Company",
    "Department",
    "Job Title",
    "Role",
    "Phone",
    "Mobile Phone",
    "Home phone",
    "Fax",
    "Further phones",
    "Street Address",
    "City",
    "State",
    "Zip",
    "Country",
    "Address",
    "Website",
    "LinkedIn",
    "Twitter",
    "Facebook",
    "Notes",
    "Categories",
];

/// One card.
struct Card {
    line: u64,
    /// Column and value, each column once.
    values: Vec<(&'static str, String)>,
    trouble: Option<Trouble>,
}

/// The cards of a file.
pub(super) struct CardRows {
    cards: std::vec::IntoIter<Card>,
    headers: Vec<String>,
}

impl CardRows {
    /// Reads every card of a text.
    ///
    /// # Errors
    /// Where there is none.
    pub(super) fn new(text: &str) -> Result<Self, ImportError> {
        let cards = cards(text);
        if cards.is_empty() {
            return Err(ImportError::Unreadable(
                "it holds no card (BEGIN:VCARD)".to_owned(),
            ));
        }
        let headers = HEADERS
            .iter()
            .filter(|header| {
                cards
                    .iter()
                    .any(|card| card.values.iter().any(|(name, _)| name == *header))
            })
            .map(|header| (*header).to_owned())
            .collect();
        Ok(Self {
            cards: cards.into_iter(),
            headers,
        })
    }

    /// The names of the columns.
    pub(super) fn headers(&self) -> &[String] {
        &self.headers
    }
}

impl Rows for CardRows {
    fn next(&mut self, record: &mut Record) -> Result<bool, ImportError> {
        let Some(card) = self.cards.next() else {
            return Ok(false);
        };
        let row = self.headers.iter().map(|header| {
            card.values
                .iter()
                .find(|(name, _)| name == header)
                .map_or("", |(_, value)| value.as_str())
        });
        record.set(card.line, row);
        record.trouble = card.trouble.or(record.trouble);
        Ok(true)
    }

    fn consumed(&self) -> u64 {
        0
    }
}

fn cards(text: &str) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    let mut open: Option<Builder> = None;
    // A card may hold another, its agent's: that one is no lead.
    let mut depth = 0_u32;
    for (line, text) in lines(text) {
        let Some(property) = Property::parse(&text) else {
            continue;
        };
        let card = property.value.trim().eq_ignore_ascii_case("vcard");
        match property.name.as_str() {
            "BEGIN" if card => {
                if depth > 0 && open.as_ref().is_some_and(|card| !card.agent) {
                    cards.extend(open.take().map(|card| card.finish(Some(Trouble::CutOff))));
                    depth = 0;
                }
                depth += 1;
                if depth == 1 {
                    open = Some(Builder::new(line));
                }
            }
            "END" if card => {
                depth = depth.saturating_sub(1);
                match &mut open {
                    Some(card) if depth > 0 => card.agent = false,
                    _ => cards.extend(open.take().map(|card| card.finish(None))),
                }
            }
            _ if depth == 1 => {
                if let Some(card) = &mut open {
                    card.take(&property);
                }
            }
            _ => {}
        }
    }
    cards.extend(open.map(|card| card.finish(Some(Trouble::CutOff))));
    cards
}

/// A card as it is read.
struct Builder {
    line: u64,
    agent: bool,
    values: Vec<(&'static str, String)>,
    /// Address, whether it is preferred, whether private.
    emails: Vec<(String, bool, bool)>,
    phones: Vec<(String, bool, Phone)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phone {
    Work,
    Mobile,
    Home,
    Fax,
    None,
}

impl Builder {
    fn new(line: u64) -> Self {
        Self {
            line,
            agent: false,
            values: Vec::new(),
            emails: Vec::new(),
            phones: Vec::new(),
        }
    }

    fn set(&mut self, header: &'static str, value: impl Into<String>) {
        let value = value.into();
        if value.trim().is_empty() || self.values.iter().any(|(name, _)| *name == header) {
            return;
        }
        self.values.push((header, value.trim().to_owned()));
    }

    /// Adds to what stands there already.
    fn append(&mut self, header: &'static str, value: &str, between: &str) {
        match self.values.iter_mut().find(|(name, _)| *name == header) {
            Some((_, text)) if !value.trim().is_empty() => {
                text.push_str(between);
                text.push_str(value.trim());
            }
            Some(_) => {}
            None => self.set(header, value),
        }
    }

    fn take(&mut self, property: &Property) {
        match property.name.as_str() {
            "AGENT" => self.agent = property.value.trim().is_empty(),
            "N" => {
                let mut parts = property.parts(';').into_iter();
                let (last, first) = (parts.next(), parts.next());
                self.set("Last Name", last.unwrap_or_default());
                self.set("First Name", first.unwrap_or_default());
            }
            "FN" => self.set("Full Name", property.text()),
            "ORG" => {
                let mut parts = property.parts(';').into_iter();
                self.set("Company", parts.next().unwrap_or_default());
                self.set("Department", parts.next().unwrap_or_default());
            }
            "TITLE" => self.set("Job Title", property.text()),
            "ROLE" => self.set("Role", property.text()),
            "EMAIL" => {
                let address = property.text();
                let address = without_scheme(&address, "mailto:").to_owned();
                let private = property.has("home") && !property.has("work");
                self.emails.push((address, property.preferred(), private));
            }
            "TEL" => self.phone(property),
            "ADR" => self.address(property),
            "URL" | "X-SOCIALPROFILE" => self.page(property),
            "NOTE" => self.append("Notes", &property.text(), "\n"),
            "CATEGORIES" => {
                let all = property.parts(',').join("; ");
                self.append("Categories", &all, "; ");
            }
            _ => {}
        }
    }

    fn phone(&mut self, property: &Property) {
        let number = property.text();
        let number = without_scheme(&number, "tel:").replace(";ext=", " ext. ");
        let kind = if property.has("fax") {
            Phone::Fax
        } else if property.has("cell") || property.has("iphone") {
            Phone::Mobile
        } else if property.has("home") && !property.has("work") {
            Phone::Home
        } else if property.has("pager") || property.has("modem") {
            Phone::None
        } else {
            Phone::Work
        };
        self.phones.push((number, property.preferred(), kind));
    }

    fn address(&mut self, property: &Property) {
        // Post box; extended; street; city; region; code; country (RFC 6350, 6.3.1).
        let parts = property.parts(';');
        let part = |index: usize| parts.get(index).map_or("", |part| part.trim());
        let street: Vec<&str> = [part(0), part(1), part(2)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        let street = street.join(", ");
        if property.has("home") && !property.has("work") {
            let code_city = format!("{} {}", part(5), part(3));
            let whole: Vec<&str> = [street.as_str(), code_city.trim(), part(4), part(6)]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            self.set("Address", whole.join(", "));
            return;
        }
        // A second address must not mix with the first.
        let placed = ["Street Address", "City", "State", "Zip", "Country"];
        if self.values.iter().any(|(name, _)| placed.contains(name)) {
            return;
        }
        for (header, value) in
            placed
                .into_iter()
                .zip([street.as_str(), part(3), part(4), part(5), part(6)])
        {
            self.set(header, value);
        }
    }

    fn page(&mut self, property: &Property) {
        let page = property.text();
        let lower = page.to_lowercase();
        let about =
            |host: &str| lower.contains(host) || property.has(host.trim_end_matches(".com"));
        let header = if about("linkedin.com") {
            "LinkedIn"
        } else if about("twitter.com") || lower.contains("//x.com/") {
            "Twitter"
        } else if about("facebook.com") {
            "Facebook"
        } else if property.name == "URL" {
            "Website"
        } else {
            return;
        };
        self.set(header, page);
    }

    fn finish(mut self, trouble: Option<Trouble>) -> Card {
        // The preferred first, then those at work, as the card orders them.
        self.emails
            .sort_by_key(|(_, preferred, private)| (*private, !preferred));
        self.phones.sort_by_key(|(_, preferred, _)| !preferred);
        let mut private_only = true;
        for (address, _, private) in std::mem::take(&mut self.emails) {
            let taken = |header| self.values.iter().any(|(name, _)| *name == header);
            if !taken("Email") {
                private_only = private;
                self.set("Email", address);
            } else if private && !private_only && !taken("Personal Email") {
                self.set("Personal Email", address);
            } else {
                self.append("Further emails", &address, "; ");
            }
        }
        for (number, _, kind) in std::mem::take(&mut self.phones) {
            let header = match kind {
                Phone::Work => "Phone",
                Phone::Mobile => "Mobile Phone",
                Phone::Home => "Home phone",
                Phone::Fax => "Fax",
                Phone::None => "Further phones",
            };
            if self.values.iter().any(|(name, _)| *name == header) {
                self.append("Further phones", &number, "; ");
            } else {
                self.set(header, number);
            }
        }
        Card {
            line: self.line,
            values: self.values,
            trouble,
        }
    }
}

fn without_scheme<'t>(text: &'t str, scheme: &str) -> &'t str {
    match text.get(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => &text[scheme.len()..],
        _ => text,
    }
}

#[cfg(test)]
#[path = "vcard_tests.rs"]
mod tests;
