//! Job titles without the marks of how they were typed.

use super::names::first_up;

/// Written in capitals wherever they stand.
const ACRONYMS: &[&str] = &[
    "AI", "APAC", "AVP", "B2B", "B2C", "BI", "CAO", "CDO", "CEO", "CFO", "CHRO", "CIO", "CISO",
    "CMO", "COO", "CPO", "CRM", "CRO", "CSO", "CTO", "DACH", "EMEA", "ERP", "EU", "EVP", "GM",
    "GTM", "HR", "II", "III", "IT", "IV", "LATAM", "MD", "ML", "NA", "OEM", "PMO", "PPC", "PR",
    "QA", "SAP", "SDR", "BDR", "SEO", "SVP", "UI", "UK", "US", "USA", "UX", "VP", "R&D", "L&D",
    "M&A", "P&L", "SAAS", "IOT", "QC", "HSE", "EHS", "KAM",
];
/// Small inside a title.
const SMALL: &[&str] = &[
    "of", "and", "the", "for", "in", "at", "to", "de", "du", "des", "und", "für", "der", "et", "y",
    "on", "with", "&",
];

/// A title tidied, or `None` where it is tidy.
pub(super) fn tidy(title: &str) -> Option<String> {
    let joined = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut bare = joined
        .trim_end_matches([',', ';', ':', '-', '–', '|', '/', '!', '*'])
        .trim_end();
    if let Some(rest) = bare.strip_suffix('.') {
        let word = rest.rsplit(' ').next().unwrap_or(rest);
        // "Mgr.", "Inc.", "e.g.": the stop belongs to the word.
        if word.chars().count() > 4 && !word.contains('.') {
            bare = rest;
        }
    }
    let bare = bare.trim_start_matches([',', ';', '-', '–', '|', '*', ' ']);
    if bare.is_empty() {
        return None;
    }
    let letters: Vec<char> = bare
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .collect();
    let lower = letters.iter().all(|letter| letter.is_lowercase());
    // A short word in capitals is an acronym nobody listed here.
    let upper = letters.iter().all(|letter| letter.is_uppercase())
        && (letters.len() > 5 || bare.contains(' ') && letters.len() > 3);
    let written = if !letters.is_empty() && (lower || upper) {
        words(bare)
    } else {
        bare.to_owned()
    };
    (written != title).then_some(written)
}

fn words(title: &str) -> String {
    title
        .split(' ')
        .enumerate()
        .map(|(index, word)| {
            let small = word.to_lowercase();
            if index > 0 && SMALL.contains(&small.as_str()) {
                return small;
            }
            word.split_inclusive(['-', '/', ',', '(', ')'])
                .map(part)
                .collect()
        })
        .collect::<Vec<String>>()
        .join(" ")
}

fn part(text: &str) -> String {
    let bare = text.trim_end_matches(['-', '/', ',', '(', ')', '.']);
    let upper = bare.to_uppercase();
    if ACRONYMS.contains(&upper.as_str()) {
        let written = if upper == "SAAS" {
            "SaaS".to_owned()
        } else if upper == "IOT" {
            "IoT".to_owned()
        } else {
            upper
        };
        return format!("{written}{}", &text[bare.len()..]);
    }
    first_up(&text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_the_marks_of_typing_and_keep_their_acronyms() {
        for (title, expected) in [
            ("HEAD OF IT", Some("Head of IT")),
            ("head of it", Some("Head of IT")),
            (
                "SENIOR VP, SALES & MARKETING",
                Some("Senior VP, Sales & Marketing"),
            ),
            ("DIRECTOR", Some("Director")),
            ("CEO", None),
            ("CISO", None),
            ("CEO/FOUNDER", Some("CEO/Founder")),
            ("VP R&D", None),
            ("  Sales   Manager, ", Some("Sales Manager")),
            ("Sales Manager.", Some("Sales Manager")),
            ("Sales Mgr.", None),
            ("Head of IT", None),
            ("iOS Developer", None),
            ("co-founder", Some("Co-Founder")),
            ("LEITER FÜR EINKAUF", Some("Leiter für Einkauf")),
            ("saas account executive", Some("SaaS Account Executive")),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(tidy(title).as_deref(), expected, "{title}");
        }
    }
}
