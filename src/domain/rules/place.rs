//! Countries and states, as names or as codes, whichever the user wants.

use super::countries::{ALIASES, COUNTRIES, STATES};
use crate::domain::company::fold;

/// How countries and states are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Writing {
    /// "Germany", "California".
    #[default]
    Names,
    /// "DE", "CA".
    Codes,
}

/// The code of two letters for a name, a code of two or three letters, or what people write instead.
#[must_use]
pub fn country_code(text: &str) -> Option<&'static str> {
    let words = plain(text);
    let upper = text.trim().to_ascii_uppercase();
    if let Some((code, ..)) = COUNTRIES
        .iter()
        .find(|(code, three, _)| *code == upper || *three == upper)
    {
        return Some(code);
    }
    if let Some((_, code)) = ALIASES.iter().find(|(alias, _)| *alias == words) {
        return Some(code);
    }
    if words.is_empty() {
        return None;
    }
    COUNTRIES
        .iter()
        .find(|(_, _, name)| same(name, &words))
        .map(|(code, ..)| *code)
}

/// A country as it shall be written; `None` for a code that is none.
#[must_use]
pub fn country(code: &str, writing: Writing) -> Option<&'static str> {
    let (code, _, name) = COUNTRIES.iter().find(|(known, ..)| *known == code)?;
    Some(match writing {
        Writing::Names => name,
        Writing::Codes => code,
    })
}

/// A state of a country as it shall be written; `None` where neither its name nor its code is known. Only the United States,
/// Canada and Australia have codes people write.
#[must_use]
pub fn state(country: &str, text: &str, writing: Writing) -> Option<&'static str> {
    let (_, states) = STATES.iter().find(|(code, _)| *code == country)?;
    let words = plain(text);
    let upper: String = text
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect::<String>()
        .to_ascii_uppercase();
    let (code, name) = states
        .iter()
        .find(|(code, name)| *code == upper || same(name, &words))?;
    Some(match writing {
        Writing::Names => name,
        Writing::Codes => code,
    })
}

fn same(name: &str, words: &str) -> bool {
    // Most names differ in their first letter: folding all of them for every lead would be the slowest of all rules.
    let first = |text: &str| {
        text.chars()
            .next()
            .map(|letter| letter.to_ascii_lowercase())
    };
    (first(name) == first(words) || !name.is_ascii()) && plain(name) == words
}

/// Folded words without punctuation; `&` is "and".
fn plain(text: &str) -> String {
    fold(&text.replace('&', " and "))
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_however_they_are_written() {
        for (text, code) in [
            ("Germany", "DE"),
            ("germany ", "DE"),
            ("DEUTSCHLAND", "DE"),
            ("DEU", "DE"),
            ("de", "DE"),
            ("U.S.A.", "US"),
            ("US", "US"),
            ("United States of America", "US"),
            ("U.K.", "GB"),
            ("England", "GB"),
            ("Österreich", "AT"),
            ("Côte d'Ivoire", "CI"),
            ("Trinidad & Tobago", "TT"),
            ("South Korea", "KR"),
            ("Korea, Republic of", "KR"),
            ("Türkiye", "TR"),
            ("São Tomé and Príncipe", "ST"),
        ] {
            assert_eq!(country_code(text), Some(code), "{text}");
        }
        for text in ["", "-", "Europe", "Bavaria", "XX", "n/a", "Germany/Austria"] {
            assert_eq!(country_code(text), None, "{text}");
        }
    }

    #[test]
    fn every_country_finds_itself_by_name_and_by_both_codes() {
        assert!(COUNTRIES.is_sorted());
        for (code, three, name) in COUNTRIES {
            assert_eq!(country_code(code), Some(*code));
            assert_eq!(country_code(three), Some(*code));
            assert_eq!(country_code(name), Some(*code), "{name}");
        }
        for (alias, code) in ALIASES {
            assert_eq!(country_code(alias), Some(*code), "{alias}");
            assert_eq!(plain(alias), *alias);
        }
    }

    #[test]
    fn a_state_is_known_only_in_its_country() {
        assert_eq!(state("US", "CA", Writing::Names), Some("California"));
        assert_eq!(state("US", "calif", Writing::Names), None);
        assert_eq!(state("US", "new york", Writing::Codes), Some("NY"));
        assert_eq!(state("US", "N.Y.", Writing::Names), Some("New York"));
        assert_eq!(state("CA", "Québec", Writing::Codes), Some("QC"));
        assert_eq!(state("AU", "WA", Writing::Names), Some("Western Australia"));
        assert_eq!(state("US", "WA", Writing::Names), Some("Washington"));
        assert_eq!(state("DE", "BY", Writing::Names), None);
    }
}
