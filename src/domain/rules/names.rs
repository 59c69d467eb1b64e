//! Names of people: a full name taken apart, and names typed in one case written as people write them.

use std::collections::BTreeMap;

use crate::domain::person::split_full_name;

/// Before a name; never part of it.
const TITLES: &[&str] = &[
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "sir",
    "herr",
    "frau",
    "hr",
    "fr",
    "sr",
    "sra",
    "mme",
    "mlle",
    "ing",
    "dipl-ing",
    "mag",
    "ir",
    "drs",
    "rev",
    "capt",
    "col",
];
/// Titles that are names, too, unless a full stop follows.
const NEEDS_STOP: &[&str] = &[
    "hr", "fr", "sr", "sra", "ing", "mag", "ir", "drs", "rev", "capt", "col",
];
/// After a name, behind a comma or not.
const SUFFIXES: &[&str] = &[
    "phd", "md", "mba", "msc", "bsc", "ma", "cpa", "pmp", "esq", "cfa", "dds", "jd", "rn", "pe",
    "llm", "mph", "cissp",
];
/// Part of the last name, and written with it.
const GENERATIONS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];
/// Lower case inside a last name.
const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zum", "zur", "der", "den", "het", "de", "del", "dos", "das", "da",
    "du", "ter", "ten",
];
/// One name written with a small letter at its head and a capital behind it.
const PREFIXES: &[&str] = &["mc", "o'", "d'", "l'", "o’", "d’", "l’"];

/// Takes a full name apart where one of the two fields holds all of it, and titles and degrees off. What is taken off
/// goes to `salutation` and `nameSuffix`, so that nothing captured is lost.
pub(super) fn split(fields: &BTreeMap<String, String>) -> Vec<(&'static str, String)> {
    let get = |key: &str| fields.get(key).map_or("", |value| value.trim());
    let (first, last) = (get("firstName"), get("lastName"));
    if is_unspaced_script(first)
        || is_unspaced_script(last)
        || get("companyName") == last && first.is_empty()
    {
        return Vec::new();
    }
    let (salutation, first_rest) = untitled(first);
    let (also, last_rest) = untitled(last);
    let (last_rest, suffix) = undegreed(last_rest);
    let (first_rest, first_suffix) = if last.is_empty() {
        undegreed(first_rest)
    } else {
        (first_rest.to_owned(), None)
    };
    let (new_first, new_last) = match (first_rest.is_empty(), last_rest.is_empty()) {
        (true, true) => return Vec::new(),
        (true, false) => apart(&last_rest).unwrap_or((String::new(), last_rest.clone())),
        (false, true) => apart(&first_rest).unwrap_or((first_rest.clone(), String::new())),
        (false, false) => both(&first_rest, &last_rest),
    };
    let mut changes = Vec::new();
    let mut set = |key: &'static str, value: String| {
        if !value.is_empty() && value != get(key) {
            changes.push((key, value));
        }
    };
    set("firstName", new_first);
    set("lastName", new_last);
    if get("salutation").is_empty() {
        set("salutation", salutation.or(also).unwrap_or_default());
    }
    if get("nameSuffix").is_empty() {
        set("nameSuffix", suffix.or(first_suffix).unwrap_or_default());
    }
    changes
}

/// Both fields hold something: the full name twice, or the full name beside the last one.
fn both(first: &str, last: &str) -> (String, String) {
    if first.eq_ignore_ascii_case(last) {
        return apart(first).unwrap_or((first.to_owned(), last.to_owned()));
    }
    let ends_with_it = first.len() > last.len()
        && first.is_char_boundary(first.len() - last.len())
        && first[first.len() - last.len()..].eq_ignore_ascii_case(last);
    if ends_with_it && let Some(rest) = first[..first.len() - last.len()].strip_suffix(' ') {
        return (rest.trim().to_owned(), last.to_owned());
    }
    (first.to_owned(), last.to_owned())
}

/// First and last name of a full one; `None` where it is one name.
fn apart(name: &str) -> Option<(String, String)> {
    if name.contains(['@', '(', '/', '&', '\n'])
        || name.chars().any(|character| character.is_ascii_digit())
    {
        return None;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let (end, inner) = words.split_last()?;
    // "van der Berg", "De Luca": a last name of several words, not a full name.
    if inner.is_empty() || inner.iter().all(|word| is_particle(word)) {
        return None;
    }
    if is_one_of(end, GENERATIONS) && !name.contains(',') {
        let (first, last) = apart(&inner.join(" "))?;
        return Some((first, format!("{last} {end}")));
    }
    match split_full_name(name) {
        (Some(first), Some(last)) => Some((first, last)),
        _ => None,
    }
}

/// A title at the head, and the rest.
fn untitled(name: &str) -> (Option<String>, &str) {
    let mut rest = name;
    let mut titles: Vec<&str> = Vec::new();
    while let Some((head, tail)) = rest.split_once(char::is_whitespace) {
        let bare = head.trim_end_matches('.').to_lowercase();
        let is_title = TITLES.contains(&bare.as_str())
            && (head.ends_with('.') || !NEEDS_STOP.contains(&bare.as_str()));
        if !is_title || tail.trim().is_empty() {
            break;
        }
        titles.push(head);
        rest = tail.trim_start();
    }
    ((!titles.is_empty()).then(|| titles.join(" ")), rest)
}

/// Degrees behind a name ("Li, PhD", "Li PhD, MBA"), and the name without.
fn undegreed(name: &str) -> (String, Option<String>) {
    let mut rest = name.trim();
    let mut degrees: Vec<&str> = Vec::new();
    while let Some(at) = rest.rfind([',', ' ']) {
        let word = rest[at + 1..].trim();
        if word.is_empty()
            || !is_one_of(word, SUFFIXES)
            || (rest.as_bytes()[at] == b' ' && !looks_like_degree(word))
        {
            break;
        }
        degrees.push(word);
        rest = rest[..at].trim_end_matches([',', ' ']);
    }
    degrees.reverse();
    // "Smith, Jr." is no last name before a first one.
    let name = match rest.rsplit_once(',') {
        Some((head, tail)) if is_one_of(tail, GENERATIONS) => {
            format!("{} {}", head.trim(), tail.trim())
        }
        _ => rest.to_owned(),
    };
    (name, (!degrees.is_empty()).then(|| degrees.join(", ")))
}

/// "Ma" is a name, "MA" and "PhD" are degrees.
fn looks_like_degree(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_uppercase()).count() > 1
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    let bare: String = word
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect::<String>()
        .to_lowercase();
    list.contains(&bare.as_str())
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word.to_lowercase().as_str())
        || matches!(
            word.to_lowercase().as_str(),
            "la" | "le" | "di" | "el" | "al" | "bin" | "st" | "st."
        )
}

/// Scripts whose names are written without a space, or with the last name first.
fn is_unspaced_script(text: &str) -> bool {
    text.chars().any(|letter| matches!(u32::from(letter), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x0E00..=0x0E7F))
}

/// A name typed in capitals or small letters alone, as people write it; any other stands as its owner wrote it.
pub(super) fn cased(name: &str, is_last: bool) -> Option<String> {
    let joined = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = joined
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .collect();
    let upper = letters.iter().all(|letter| letter.is_uppercase());
    let lower = letters.iter().all(|letter| letter.is_lowercase());
    if letters.len() < 2
        || !(upper || lower)
        || joined
            .chars()
            .any(|letter| matches!(letter, '@' | '0'..='9'))
    {
        return (joined != name && !joined.is_empty()).then_some(joined);
    }
    let words: Vec<&str> = joined.split(' ').collect();
    let count = words.len();
    let written: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(index, word)| {
            let small = word.to_lowercase();
            let inside = index + 1 < count;
            let after_particle =
                index > 0 && small == "la" && words[index - 1].eq_ignore_ascii_case("de");
            if is_last && inside && (PARTICLES.contains(&small.as_str()) || after_particle) {
                small
            } else if index > 0 && matches!(small.as_str(), "ii" | "iii" | "iv")
                || upper && is_initials(word) && !is_last
            {
                word.to_uppercase()
            } else {
                word.split('-').map(capital).collect::<Vec<_>>().join("-")
            }
        })
        .collect();
    let written = written.join(" ");
    (written != name).then_some(written)
}

/// "JP", "AJ", "J.R.": letters that stand for names. "BO" and "AL" are names.
fn is_initials(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let vowel = |letter: char| "AEIOUY".contains(letter);
    match letters.as_slice() {
        [first, second] => !(vowel(*first) || vowel(*second)) || *second == 'J',
        _ => word.contains('.') && word.split('.').all(|part| part.chars().count() < 2),
    }
}

fn capital(word: &str) -> String {
    let small = word.to_lowercase();
    let prefix = PREFIXES.iter().find(|prefix| {
        small.starts_with(**prefix) && small.chars().count() > prefix.chars().count() + 1
    });
    match prefix {
        Some(prefix) => format!("{}{}", first_up(prefix), first_up(&small[prefix.len()..])),
        None => first_up(&small),
    }
}

pub(super) fn first_up(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn after(first: &str, last: &str) -> (String, String, String, String) {
        let mut fields = BTreeMap::new();
        for (key, value) in [("firstName", first), ("lastName", last)] {
            if !value.is_empty() {
                fields.insert(key.to_owned(), value.to_owned());
            }
        }
        for (key, value) in split(&fields) {
            fields.insert(key.to_owned(), value);
        }
        let get = |key: &str| fields.get(key).cloned().unwrap_or_default();
        (
            get("firstName"),
            get("lastName"),
            get("salutation"),
            get("nameSuffix"),
        )
    }

    #[test]
    fn full_names_in_one_field_are_taken_apart() {
        for (first, last, expected) in [
            ("", "Ana Li", ("Ana", "Li", "", "")),
            ("Ana Li", "", ("Ana", "Li", "", "")),
            ("", "Li, Ana", ("Ana", "Li", "", "")),
            ("Ana Li", "Ana Li", ("Ana", "Li", "", "")),
            ("Ana Li", "Li", ("Ana", "Li", "", "")),
            ("Ana Maria", "Li", ("Ana Maria", "Li", "", "")),
            (
                "",
                "Ludwig van Beethoven",
                ("Ludwig", "van Beethoven", "", ""),
            ),
            ("", "van der Berg", ("", "van der Berg", "", "")),
            ("", "De Luca", ("", "De Luca", "", "")),
            ("", "Dr. Ana Li", ("Ana", "Li", "Dr.", "")),
            ("Prof. Dr. Ana", "Li", ("Ana", "Li", "Prof. Dr.", "")),
            ("", "Frau Ana Li", ("Ana", "Li", "Frau", "")),
            ("Dr.", "Li", ("Dr.", "Li", "", "")),
            ("Ana", "Li, PhD", ("Ana", "Li", "", "PhD")),
            ("", "Ana Li, PhD, MBA", ("Ana", "Li", "", "PhD, MBA")),
            ("", "John Smith Jr.", ("John", "Smith Jr.", "", "")),
            ("", "John Smith, Jr.", ("John", "Smith Jr.", "", "")),
            ("Yo-Yo", "Ma", ("Yo-Yo", "Ma", "", "")),
            ("", "Yo-Yo Ma", ("Yo-Yo", "Ma", "", "")),
            ("", "Cher", ("", "Cher", "", "")),
            ("", "山田 太郎", ("", "山田 太郎", "", "")),
            ("", "Booth 7 staff", ("", "Booth 7 staff", "", "")),
            ("", "Ana & Bo Li", ("", "Ana & Bo Li", "", "")),
            ("Sr", "Li", ("Sr", "Li", "", "")),
            ("", "", ("", "", "", "")),
        ] {
            let got = after(first, last);
            let got = (
                got.0.as_str(),
                got.1.as_str(),
                got.2.as_str(),
                got.3.as_str(),
            );
            assert_eq!(got, expected, "{first:?} {last:?}");
        }
    }

    #[test]
    fn a_company_in_the_place_of_a_name_is_not_split() {
        let fields = BTreeMap::from([
            ("lastName".to_owned(), "Acme Works".to_owned()),
            ("companyName".to_owned(), "Acme Works".to_owned()),
        ]);
        assert!(split(&fields).is_empty());
    }

    #[test]
    fn names_in_one_case_are_written_as_people_write_them() {
        for (name, is_last, expected) in [
            ("ANA", false, Some("Ana")),
            ("ana maria", false, Some("Ana Maria")),
            ("MCDONALD", true, Some("McDonald")),
            ("mcdonald", true, Some("McDonald")),
            ("MACEY", true, Some("Macey")),
            ("O'BRIEN", true, Some("O'Brien")),
            ("o’brien", true, Some("O’Brien")),
            ("D'ANGELO", true, Some("D'Angelo")),
            ("JEAN-LUC", false, Some("Jean-Luc")),
            ("MÜLLER-LÜDENSCHEIDT", true, Some("Müller-Lüdenscheidt")),
            ("VAN DER BERG", true, Some("van der Berg")),
            ("DE LA CRUZ", true, Some("de la Cruz")),
            ("LE", true, Some("Le")),
            ("SMITH III", true, Some("Smith III")),
            ("SMITH JR.", true, Some("Smith Jr.")),
            ("JP", false, None),
            ("AJ", false, None),
            ("J.R.", false, None),
            ("BO", false, Some("Bo")),
            ("LI", true, Some("Li")),
            ("J", false, None),
            ("Ana", false, None),
            ("McDonald", true, None),
            ("deVries", true, None),
            ("  Ana   Maria ", false, Some("Ana Maria")),
            ("山田", true, None),
            ("ИВАНОВ", true, Some("Иванов")),
            ("r2d2", true, None),
        ] {
            assert_eq!(cased(name, is_last).as_deref(), expected, "{name}");
        }
    }
}
