//! Which option of a closed list a refused value probably means ("Software" → `COMPUTER_SOFTWARE`, "UK" → "United Kingdom").
//!
//! A guess is only ever shown, never sent; none is better than a wrong one.

use super::company::fold;
use super::remote::{ObjectSchema, RemoteField, RemoteOption};

/// Below this likeness (Jaro-Winkler) two spellings are not taken for one word.
const ALIKE: f64 = 0.92;

/// Spellings of one thing that have no letters in common to go by. Compared without case, accents and punctuation.
const SAME: &[&[&str]] = &[
    &[
        "unitedstates",
        "unitedstatesofamerica",
        "usa",
        "us",
        "america",
    ],
    &[
        "unitedkingdom",
        "uk",
        "gb",
        "gbr",
        "greatbritain",
        "britain",
        "england",
        "scotland",
        "wales",
    ],
    &["germany", "deutschland", "de", "deu", "allemagne"],
    &["austria", "oesterreich", "at", "aut"],
    &["switzerland", "schweiz", "suisse", "ch", "che"],
    &["france", "fr", "fra", "frankreich"],
    &["spain", "espana", "es", "esp", "spanien"],
    &["italy", "italia", "it", "ita", "italien"],
    &[
        "netherlands",
        "thenetherlands",
        "holland",
        "nederland",
        "nl",
        "nld",
    ],
    &["belgium", "belgie", "belgique", "be", "bel"],
    &["sweden", "sverige", "se", "swe"],
    &["norway", "norge", "no", "nor"],
    &["denmark", "danmark", "dk", "dnk"],
    &["finland", "suomi", "fi", "fin"],
    &["poland", "polska", "pl", "pol"],
    &["czechrepublic", "czechia", "cz", "cze"],
    &["ireland", "eire", "ie", "irl", "republicofireland"],
    &["portugal", "pt", "prt"],
    &["canada", "ca", "can"],
    &["mexico", "mx", "mex"],
    &["brazil", "brasil", "br", "bra"],
    &["australia", "au", "aus"],
    &["newzealand", "nz", "nzl"],
    &["japan", "jp", "jpn"],
    &["china", "cn", "chn", "prc", "peoplesrepublicofchina"],
    &["southkorea", "korea", "kr", "kor", "republicofkorea"],
    &["india", "in", "ind"],
    &["singapore", "sg", "sgp"],
    &["unitedarabemirates", "uae", "ae", "are"],
    &["southafrica", "za", "zaf"],
    &["true", "yes", "y", "ja", "oui", "si", "1"],
    &["false", "no", "n", "nein", "non", "0"],
];

/// The option that is probably meant; its value, as it is sent.
#[must_use]
pub fn guess<'a>(value: &str, options: &'a [RemoteOption]) -> Option<&'a str> {
    let wanted = words(value);
    let joined = wanted.concat();
    if joined.is_empty() {
        return None;
    }
    let spellings: Vec<(&RemoteOption, Vec<String>)> = options
        .iter()
        .flat_map(|option| {
            [
                (option, words(&option.label)),
                (option, words(&option.value)),
            ]
        })
        .collect();
    let found = spellings
        .iter()
        .find(|(_, theirs)| theirs.concat() == joined)
        .or_else(|| {
            spellings
                .iter()
                .find(|(_, theirs)| same_thing(&joined, &theirs.concat()))
        })
        .map(|(option, _)| *option)
        .or_else(|| by_words(&wanted, &spellings))
        .or_else(|| by_likeness(&joined, &spellings));
    found.map(|option| option.value.as_str())
}

/// Lower-case words without accents and punctuation: `COMPUTER_SOFTWARE`, "Computer software" and "U.K." alike ("uk").
fn words(text: &str) -> Vec<String> {
    fold(&text.replace(['.', '\''], ""))
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "and" | "of" | "the"))
        .map(str::to_owned)
        .collect()
}

fn same_thing(ours: &str, theirs: &str) -> bool {
    SAME.iter()
        .any(|group| group.contains(&ours) && group.contains(&theirs))
}

/// The only option that has all our words, abbreviated or not, with the fewest words of its own beside them.
fn by_words<'a>(
    wanted: &[String],
    spellings: &[(&'a RemoteOption, Vec<String>)],
) -> Option<&'a RemoteOption> {
    let matches = |ours: &String, theirs: &String| {
        ours == theirs
            || (ours.len() >= 3 && theirs.starts_with(ours.as_str()))
            || (theirs.len() >= 5 && ours.starts_with(theirs.as_str()))
    };
    let mut fitting: Vec<(usize, &RemoteOption)> = spellings
        .iter()
        .filter(|(_, theirs)| {
            wanted
                .iter()
                .all(|ours| theirs.iter().any(|word| matches(ours, word)))
        })
        .map(|(option, theirs)| (theirs.len(), *option))
        .collect();
    fitting.sort_by_key(|(length, _)| *length);
    let (shortest, best) = *fitting.first()?;
    let rivals = fitting
        .iter()
        .any(|(length, option)| *length == shortest && option.value != best.value);
    (!rivals).then_some(best)
}

fn by_likeness<'a>(
    joined: &str,
    spellings: &[(&'a RemoteOption, Vec<String>)],
) -> Option<&'a RemoteOption> {
    if joined.len() < 4 {
        return None;
    }
    spellings
        .iter()
        .map(|(option, theirs)| (strsim::jaro_winkler(joined, &theirs.concat()), *option))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, option)| option)
}

/// The field that bears the label of one that is gone, where only one does.
#[must_use]
pub fn renamed<'a>(was: &RemoteField, schema: &'a ObjectSchema) -> Option<&'a RemoteField> {
    let label = was.label.trim();
    let mut called = schema.fields.iter().filter(|field| {
        field.writable && field.name != was.name && field.label.trim().eq_ignore_ascii_case(label)
    });
    let found = called.next().filter(|_| !label.is_empty())?;
    called.next().is_none().then_some(found)
}

/// The field a lost one probably became: the one that bears its label now, else the one that is called most like it. `was`:
/// the field as it was when it was mapped.
#[must_use]
pub fn heir<'a>(
    was: Option<&RemoteField>,
    lost: &str,
    schema: &'a ObjectSchema,
) -> Option<&'a str> {
    let is_gone = schema.field(lost).is_none();
    let renamed = was.filter(|_| is_gone).and_then(|was| renamed(was, schema));
    if let Some(field) = renamed {
        return Some(&field.name);
    }
    let fields = schema.fields.iter();
    let names = fields.filter(|field| field.writable && field.name != lost);
    similar_name(lost, names.map(|field| field.name.as_str()))
}

/// The name among `names` that a lost one probably became ("job_title" → "jobtitle").
#[must_use]
pub fn similar_name<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = words(name).concat();
    names
        .map(|candidate| {
            (
                strsim::jaro_winkler(&wanted, &words(candidate).concat()),
                candidate,
            )
        })
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn options(values: &[(&str, &str)]) -> Vec<RemoteOption> {
        values
            .iter()
            .map(|(value, label)| RemoteOption {
                value: (*value).to_owned(),
                label: (*label).to_owned(),
            })
            .collect()
    }

    fn industries() -> Vec<RemoteOption> {
        options(&[
            ("ACCOUNTING", "Accounting"),
            ("BANKING", "Banking"),
            ("COMPUTER_SOFTWARE", "Computer Software"),
            ("FINANCIAL_SERVICES", "Financial Services"),
            ("CONSUMER_SERVICES", "Consumer Services"),
            ("INVESTMENT_BANKING", "Investment Banking"),
            ("HOSPITAL_HEALTH_CARE", "Hospital & Health Care"),
        ])
    }

    #[test]
    fn industries_are_guessed_as_a_person_would() {
        let industries = industries();
        for (value, expected) in [
            ("Software", Some("COMPUTER_SOFTWARE")),
            ("computer software", Some("COMPUTER_SOFTWARE")),
            ("Fin. Services", Some("FINANCIAL_SERVICES")),
            ("banking", Some("BANKING")),
            ("Acounting", Some("ACCOUNTING")),
            ("Healthcare", Some("HOSPITAL_HEALTH_CARE")),
            ("Services", None),
            ("Space travel", None),
            (" ", None),
        ] {
            assert_eq!(guess(value, &industries), expected, "{value}");
        }
    }

    #[test]
    fn countries_are_known_by_their_names_and_codes() {
        let names = options(&[
            ("United Kingdom", "United Kingdom"),
            ("United States", "United States"),
            ("Germany", "Germany"),
        ]);
        assert_eq!(guess("UK", &names), Some("United Kingdom"));
        assert_eq!(guess("U.K.", &names), Some("United Kingdom"));
        assert_eq!(guess("England", &names), Some("United Kingdom"));
        assert_eq!(guess("USA", &names), Some("United States"));
        assert_eq!(guess("Deutschland", &names), Some("Germany"));
        let codes = options(&[("GB", "United Kingdom"), ("US", "United States")]);
        assert_eq!(guess("England", &codes), Some("GB"));
    }

    #[test]
    fn a_renamed_field_is_recognised() {
        let names = ["jobtitle", "phone", "firstname"];
        assert_eq!(
            similar_name("job_title", names.into_iter()),
            Some("jobtitle")
        );
        assert_eq!(similar_name("shoe_size", names.into_iter()), None);
    }
}
