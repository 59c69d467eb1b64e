//! Who is the same person, and whether two records that share an address tell of two.

use super::company::{fold, name_key};

/// The key of a person without an e-mail: first name, last name and company, normalised. `None` unless there is a name.
#[must_use]
pub fn person_key(
    first: Option<&str>,
    last: Option<&str>,
    company: Option<&str>,
) -> Option<String> {
    let first = first.map(normalise).unwrap_or_default();
    let last = last.map(normalise).unwrap_or_default();
    if first.is_empty() && last.is_empty() {
        return None;
    }
    let company = company.and_then(name_key).unwrap_or_default();
    // First and last name are one: a row that says the full name in one column is the person whose name was split since.
    let name = [first, last].join(" ");
    Some(format!("{}|{company}", name.trim()))
}

/// Whether first and last name both differ, beyond case, accents and order (decisions.md 2). A missing name differs from
/// nothing: doubt is not a conflict.
#[must_use]
pub fn names_conflict(ours: (&str, &str), theirs: (&str, &str)) -> bool {
    let [our_first, our_last, their_first, their_last] =
        [ours.0, ours.1, theirs.0, theirs.1].map(normalise);
    if (our_first.is_empty() && our_last.is_empty())
        || (their_first.is_empty() && their_last.is_empty())
    {
        return false;
    }
    let shares = |left: &str, right: &str| left.is_empty() || right.is_empty() || left == right;
    let straight = shares(&our_first, &their_first) || shares(&our_last, &their_last);
    let swapped = our_first == their_last || our_last == their_first;
    !straight && !swapped
}

/// Splits a full name: `Li, Ana` and `Ana Maria Li` both give the last name apart; one word is a last name, since that is
/// the part CRMs demand.
#[must_use]
pub fn split_full_name(name: &str) -> (Option<String>, Option<String>) {
    let name = name.trim();
    if name.is_empty() {
        return (None, None);
    }
    let tidy = |text: &str| {
        let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!joined.is_empty()).then_some(joined)
    };
    if let Some((last, first)) = name.split_once(',') {
        return (tidy(first), tidy(last));
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((last, rest)) = words.split_last() else {
        return (None, None);
    };
    // Name particles belong to the last name: "Ludwig van Beethoven", "Maria de la Cruz".
    const PARTICLES: &[&str] = &[
        "da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "ten", "ter",
        "van", "von", "zu",
    ];
    let mut split = rest.len();
    while split > 1 && PARTICLES.contains(&rest[split - 1].to_lowercase().as_str()) {
        split -= 1;
    }
    let first = rest[..split].join(" ");
    let mut family = rest[split..].to_vec();
    family.push(last);
    ((!first.is_empty()).then_some(first), Some(family.join(" ")))
}

fn normalise(text: &str) -> String {
    fold(text)
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_needs_both_names_to_differ() {
        assert!(names_conflict(("Bo", "Stone"), ("Ana", "Li")));
        assert!(!names_conflict(("Ana", "Stone"), ("Ana", "Li")), "married");
        assert!(!names_conflict(("Li", "Ana"), ("Ana", "Li")), "swapped");
        assert!(!names_conflict(("ANA", "Lí"), ("ana", "li")));
        assert!(
            !names_conflict(("", "Stone"), ("Ana", "Li")),
            "half a name is no proof"
        );
    }

    #[test]
    fn full_names_are_split_where_people_would() {
        let split = |name: &str| {
            let (first, last) = split_full_name(name);
            (first.unwrap_or_default(), last.unwrap_or_default())
        };
        assert_eq!(split("Ana Li"), ("Ana".into(), "Li".into()));
        assert_eq!(split("Li, Ana"), ("Ana".into(), "Li".into()));
        assert_eq!(
            split("Ludwig van Beethoven"),
            ("Ludwig".into(), "van Beethoven".into())
        );
        assert_eq!(split("Ana  Maria   Li"), ("Ana Maria".into(), "Li".into()));
        assert_eq!(split("Cher"), (String::new(), "Cher".into()));
    }

    #[test]
    fn people_without_an_address_are_told_apart_by_name_and_company() {
        let key = |company| person_key(Some("Ana"), Some("Lí"), Some(company));
        assert_eq!(key("Acme Inc."), key("ACME"));
        assert_ne!(key("Acme"), key("Other"));
        assert_eq!(person_key(None, Some(" "), Some("Acme")), None);
    }
}
