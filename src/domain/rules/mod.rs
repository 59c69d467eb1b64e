//! The built-in rules of enrichment: what can be known of a lead without asking anybody.
//!
//! A rule either FILLS what is missing or TIDIES what was captured; which of the two is on is the user's choice, and nothing
//! is on unasked. A rule that is not sure does nothing: a value as captured is better than a wrong one. All are pure and give
//! the same for what they made themselves: applying them twice changes nothing more.

mod countries;
mod names;
mod place;
mod titles;
mod web;

use std::collections::BTreeMap;

pub use place::{Writing, country, country_code, state};

use super::phone;

/// What a rule does to a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Gives a value to a field without one.
    Fills,
    /// Writes a captured value in another way.
    Tidies,
}

/// A rule as it is shown.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name in origins and output.
    pub name: &'static str,
    /// What it does, for people.
    pub title: &'static str,
    /// Fills or tidies.
    pub kind: Kind,
    apply: fn(&Fields, &Options) -> Vec<(&'static str, String)>,
}

type Fields = BTreeMap<String, String>;

/// Which rules, and how they write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Those that fill.
    pub fill: bool,
    /// Those that tidy.
    pub tidy: bool,
    /// The country of phone numbers of leads without one, as a code of two letters.
    pub country: Option<String>,
    /// How countries and states are written.
    pub writing: Writing,
}

/// One value a rule changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub field: String,
    /// What stood there.
    pub before: Option<String>,
    /// What stands there now.
    pub after: String,
    /// The rule that did it first.
    pub rule: &'static str,
}

/// Every rule, in the order they are applied: a name is split before it is written, a country known before its numbers.
pub const RULES: &[Rule] = &[
    Rule {
        name: "name-split",
        title: "full name split",
        kind: Kind::Tidies,
        apply: |fields, _| names::split(fields),
    },
    Rule {
        name: "name-case",
        title: "name in one case",
        kind: Kind::Tidies,
        apply: |fields, _| {
            let cased = |key, last| tidied(fields, key, |name| names::cased(name, last));
            cased("firstName", false)
                .into_iter()
                .chain(cased("lastName", true))
                .collect()
        },
    },
    Rule {
        name: "job-title",
        title: "job title tidied",
        kind: Kind::Tidies,
        apply: |fields, _| {
            tidied(fields, "jobTitle", titles::tidy)
                .into_iter()
                .collect()
        },
    },
    Rule {
        name: "website",
        title: "website from e-mail",
        kind: Kind::Fills,
        apply: |fields, _| {
            let website = fields.get("email").and_then(|email| web::website_of(email));
            filled(fields, "companyWebsite", website)
        },
    },
    Rule {
        name: "linkedin",
        title: "LinkedIn address",
        kind: Kind::Tidies,
        apply: |fields, _| {
            let form = |key, company| tidied(fields, key, |text| web::linkedin(text, company));
            form("linkedin", false)
                .into_iter()
                .chain(form("companyLinkedin", true))
                .collect()
        },
    },
    Rule {
        name: "country",
        title: "country's name or code",
        kind: Kind::Tidies,
        apply: |fields, options| {
            tidied(fields, "companyCountry", |text| {
                country(country_code(text)?, options.writing).map(str::to_owned)
            })
            .into_iter()
            .collect()
        },
    },
    Rule {
        name: "country-from-phone",
        title: "country from phone",
        kind: Kind::Fills,
        apply: |fields, options| {
            filled(fields, "companyCountry", country_of_phone(fields, options))
        },
    },
    Rule {
        name: "state",
        title: "state's name or code",
        kind: Kind::Tidies,
        apply: |fields, options| {
            let Some(code) = fields
                .get("companyCountry")
                .and_then(|text| country_code(text))
            else {
                return Vec::new();
            };
            tidied(fields, "companyState", |text| {
                state(code, text, options.writing).map(str::to_owned)
            })
            .into_iter()
            .collect()
        },
    },
    Rule {
        name: "phone",
        title: "phone in E.164",
        kind: Kind::Tidies,
        apply: |fields, options| {
            let number = |key| {
                tidied(fields, key, |text| {
                    phone::parse(text, phone_country(fields, options)).map(|phone| phone.written())
                })
            };
            number("phone")
                .into_iter()
                .chain(number("mobilePhone"))
                .collect()
        },
    },
];

/// The rule of a name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// What the rules make of a lead's fields; one change a field, from what stood there to what stands there in the end.
#[must_use]
pub fn apply(fields: &Fields, options: &Options) -> Vec<Change> {
    let mut working = std::borrow::Cow::Borrowed(fields);
    let mut changes: Vec<Change> = Vec::new();
    for rule in RULES {
        let is_on = match rule.kind {
            Kind::Fills => options.fill,
            Kind::Tidies => options.tidy,
        };
        if !is_on {
            continue;
        }
        for (field, value) in (rule.apply)(&working, options) {
            working.to_mut().insert(field.to_owned(), value.clone());
            match changes.iter_mut().find(|change| change.field == field) {
                // The rule that found the value is its origin, whichever wrote it neatly afterwards.
                Some(change) => change.after = value,
                None => changes.push(Change {
                    before: fields.get(field).cloned(),
                    field: field.to_owned(),
                    after: value,
                    rule: rule.name,
                }),
            }
        }
    }
    changes.retain(|change| change.before.as_deref() != Some(change.after.as_str()));
    changes
}

fn tidied(
    fields: &Fields,
    key: &'static str,
    tidy: impl FnOnce(&str) -> Option<String>,
) -> Option<(&'static str, String)> {
    let value = fields.get(key)?;
    let written = tidy(value)?;
    (written != *value && !written.is_empty()).then_some((key, written))
}

fn filled(
    fields: &Fields,
    key: &'static str,
    value: Option<String>,
) -> Vec<(&'static str, String)> {
    match value {
        Some(value) if fields.get(key).is_none_or(|known| known.trim().is_empty()) => {
            vec![(key, value)]
        }
        _ => Vec::new(),
    }
}

/// The country numbers without one are read in: the lead's own, else the one set for all.
fn phone_country<'a>(fields: &Fields, options: &'a Options) -> Option<&'a str> {
    match fields
        .get("companyCountry")
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
    {
        // A country nobody knows is not the one set for all.
        Some(text) => country_code(text),
        None => options.country.as_deref(),
    }
}

/// The country of a number that names it itself. A number read by our own guess proves nothing.
fn country_of_phone(fields: &Fields, options: &Options) -> Option<String> {
    if fields.contains_key("companyCountry") {
        return None;
    }
    let numbers = ["phone", "mobilePhone"];
    let mut found = numbers
        .iter()
        .filter_map(|key| phone::parse(fields.get(*key)?, None))
        .filter(|phone| phone.international)
        .filter_map(|phone| phone.country);
    let first = found.next()?;
    // Two numbers of two countries leave it open.
    if found.any(|other| other != first) {
        return None;
    }
    country(&first, options.writing).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn all() -> Options {
        Options {
            fill: true,
            tidy: true,
            ..Options::default()
        }
    }

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn after(pairs: &[(&str, &str)], options: &Options) -> Fields {
        let mut fields = fields(pairs);
        for change in apply(&fields, options) {
            fields.insert(change.field, change.after);
        }
        fields
    }

    #[test]
    fn a_raw_lead_is_made_whole() {
        let raw = [
            ("lastName", "ANA MCDONALD"),
            ("email", "ana@eu.acme.co.uk"),
            ("phone", "(202) 456-1111 x7"),
            ("companyCountry", "U.S.A."),
            ("companyState", "ca"),
            ("jobTitle", "HEAD OF IT,"),
            ("linkedin", "linkedin.com/in/ana?x=1"),
        ];
        let whole = after(&raw, &all());
        let expected = fields(&[
            ("firstName", "Ana"),
            ("lastName", "McDonald"),
            ("email", "ana@eu.acme.co.uk"),
            ("companyWebsite", "https://acme.co.uk"),
            ("phone", "+12024561111 ext. 7"),
            ("companyCountry", "United States"),
            ("companyState", "California"),
            ("jobTitle", "Head of IT"),
            ("linkedin", "https://www.linkedin.com/in/ana"),
        ]);
        assert_eq!(whole, expected);
        assert!(apply(&whole, &all()).is_empty(), "twice changes nothing");
    }

    #[test]
    fn filling_alone_changes_nothing_that_was_captured() {
        let options = Options {
            tidy: false,
            ..all()
        };
        let raw = [
            ("lastName", "ANA LI"),
            ("email", "ana@acme.com"),
            ("phone", "+49 30 901820"),
            ("companyState", "by"),
        ];
        let changes = apply(&fields(&raw), &options);
        assert!(changes.iter().all(|change| change.before.is_none()));
        let names: Vec<&str> = changes.iter().map(|change| change.rule).collect();
        assert_eq!(names, ["website", "country-from-phone"]);
    }

    #[test]
    fn codes_are_written_where_codes_are_wanted() {
        let options = Options {
            writing: Writing::Codes,
            ..all()
        };
        let whole = after(
            &[("companyCountry", "Canada"), ("companyState", "Quebec")],
            &options,
        );
        assert_eq!(whole["companyCountry"], "CA");
        assert_eq!(whole["companyState"], "QC");
    }

    #[test]
    fn a_number_is_read_in_the_leads_country_else_in_the_one_set() {
        let german = Options {
            country: Some("DE".into()),
            ..all()
        };
        let read = |pairs: &[(&str, &str)]| after(pairs, &german)["phone"].clone();
        assert_eq!(read(&[("phone", "030 901820")]), "+4930901820");
        assert_eq!(
            read(&[("phone", "202 456 1111"), ("companyCountry", "US")]),
            "+12024561111"
        );
        assert_eq!(
            read(&[("phone", "030 901820"), ("companyCountry", "Narnia")]),
            "030 901820",
            "a country nobody knows is not Germany"
        );
        assert!(
            !after(&[("phone", "030 901820")], &german).contains_key("companyCountry"),
            "our guess fills no country"
        );
    }

    #[test]
    fn numbers_of_two_countries_leave_the_country_open() {
        let numbers = [
            ("phone", "+49 30 901820"),
            ("mobilePhone", "+33 1 42 68 53 00"),
        ];
        assert!(!after(&numbers, &all()).contains_key("companyCountry"));
    }
}
