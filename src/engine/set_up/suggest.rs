//! Which of the vendor's fields an unmapped field of leads probably belongs in, and how sure that is.
//!
//! Nothing is suggested onto a field that cannot be written, that another row fills, or that hardly ever takes such values.

use std::collections::{BTreeMap, BTreeSet};

use super::options::misfits;
use super::{ObjectFields, field_type, plain};
use crate::domain::lead::{FIELDS, Role, field_info};
use crate::domain::mapping::{QualifierRule, Rule, Source};
use crate::domain::remote::{RemoteField, RemoteKind, Suits, suits};
use crate::vendors::VendorInfo;

/// Below this nothing is suggested: a wrong suggestion costs more than a missing one.
const WORTH_TELLING: u8 = 60;
/// Below this likeness (Jaro-Winkler) two names are not taken for one.
const ALIKE: f64 = 0.93;
/// What a checked value (a closed list, a number) takes from a score.
const CHECKED: u8 = 3;

/// Names of one thing, by our field. Compared without case and punctuation.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("firstName", &["givenname", "forename", "vorname", "prenom"]),
    ("lastName", &["surname", "familyname", "nachname", "nom"]),
    (
        "email",
        &["emailaddress", "mail", "workemail", "businessemail"],
    ),
    (
        "phone",
        &[
            "phonenumber",
            "telephone",
            "tel",
            "businessphone",
            "workphone",
            "officephone",
        ],
    ),
    (
        "mobilePhone",
        &["mobile", "mobilephonenumber", "cell", "cellphone", "handy"],
    ),
    (
        "jobTitle",
        &["title", "position", "jobfunction", "role", "jobrole"],
    ),
    ("description", &["about", "summary", "bio"]),
    (
        "notes",
        &["note", "comments", "comment", "remarks", "message"],
    ),
    (
        "address",
        &["street", "streetaddress", "mailingstreet", "addressline1"],
    ),
    (
        "linkedin",
        &[
            "linkedinurl",
            "linkedinprofile",
            "linkedinbio",
            "hslinkedinurl",
        ],
    ),
    ("facebook", &["facebookurl", "facebookpage"]),
    ("twitter", &["twitterurl", "twitterhandle", "x"]),
    (
        "leadOwner",
        &[
            "owner",
            "hubspotownerid",
            "ownerid",
            "contactowner",
            "assignedto",
        ],
    ),
    ("leadScore", &["score", "rating", "hubspotscore"]),
    (
        "lastScannedBy",
        &["scannedby", "capturedby", "rep", "boothrep"],
    ),
    (
        "eventName",
        &[
            "event",
            "tradeshow",
            "show",
            "conference",
            "campaign",
            "leadsourcedetail",
        ],
    ),
    (
        "capturedAt",
        &[
            "captured",
            "capturedate",
            "scandate",
            "scannedat",
            "dateofscan",
        ],
    ),
    ("numberOfScans", &["scans", "scancount"]),
    (
        "companyName",
        &[
            "company",
            "name",
            "accountname",
            "organization",
            "organisation",
            "firm",
        ],
    ),
    (
        "companyWebsite",
        &["website", "websiteurl", "url", "homepage", "web"],
    ),
    (
        "companyDomain",
        &["domain", "domainname", "companydomainname"],
    ),
    (
        "companyIndustry",
        &["industry", "sector", "branch", "vertical"],
    ),
    (
        "companySize",
        &[
            "numberofemployees",
            "employees",
            "employeecount",
            "headcount",
            "size",
        ],
    ),
    (
        "companyStreetAddress",
        &["address", "street", "billingstreet", "streetaddress"],
    ),
    (
        "companyCity",
        &["city", "town", "billingcity", "mailingcity", "ort"],
    ),
    (
        "companyState",
        &["state", "region", "stateregion", "province", "billingstate"],
    ),
    (
        "companyCountry",
        &["country", "countryregion", "billingcountry", "land"],
    ),
    (
        "companyZip",
        &[
            "zip",
            "postalcode",
            "zipcode",
            "postcode",
            "billingpostalcode",
            "plz",
        ],
    ),
    (
        "companyLinkedin",
        &["linkedincompanypage", "linkedin", "linkedinurl"],
    ),
];

/// A row nobody has made yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Our field, or a column of the customer's own.
    pub field: String,
    /// The vendor's object.
    pub object: &'static str,
    /// The vendor's field.
    pub remote: String,
    /// How sure it is, of 100.
    pub score: u8,
    /// What speaks for it.
    pub why: String,
    /// Translations for the values leads hold that a closed list does not have.
    pub values: BTreeMap<String, String>,
    /// Values of leads without an option: such leads go without the field.
    pub dropped: Vec<String>,
}

/// Suggests rows for unmapped fields and for the customer's own columns, the surest first. `values` tells what leads hold
/// in a field; it is asked for closed lists alone.
///
/// # Errors
/// What `values` returns.
pub fn suggest<E>(
    vendor: &VendorInfo,
    objects: &[ObjectFields],
    existing: &[Rule],
    qualifiers: &[QualifierRule],
    custom: &[String],
    mut values: impl FnMut(&str) -> Result<Vec<(String, u64)>, E>,
) -> Result<Vec<Suggestion>, E> {
    let mut found = Vec::new();
    for object in objects {
        let filled: BTreeSet<&str> = existing
            .iter()
            .filter(|rule| rule.object == object.info.key && rule.event.is_none())
            .map(|rule| rule.remote.as_str())
            .chain(
                qualifiers
                    .iter()
                    .filter(|rule| rule.object == object.info.key)
                    .map(|rule| rule.remote.as_str()),
            )
            .collect();
        let mapped = |key: &str| {
            existing.iter().any(|rule| {
                rule.object == object.info.key
                    && matches!(&rule.source, Source::Field(used) if used == key)
            })
        };
        let standard = FIELDS
            .iter()
            .filter(|field| field.role == object.info.role || !has_role(objects, field.role))
            .map(|field| field.key);
        let own = custom
            .iter()
            .map(String::as_str)
            .filter(|_| object.info.role == Role::Persona);
        for key in standard.chain(own).filter(|key| !mapped(key)) {
            let open = object
                .schema
                .fields
                .iter()
                .filter(|field| !filled.contains(field.name.as_str()));
            let Some((score, field, why)) = best(vendor, object.info.key, key, open) else {
                continue;
            };
            if let Some(suggestion) = fitted(object.info.key, key, field, score, why, &mut values)?
            {
                found.push(suggestion);
            }
        }
    }
    found.sort_by(|left, right| {
        (right.score, left.object, &left.field).cmp(&(left.score, right.object, &right.field))
    });
    Ok(one_a_target(found))
}

fn has_role(objects: &[ObjectFields], role: Role) -> bool {
    objects.iter().any(|object| object.info.role == role)
}

/// Two of our fields never go to one of theirs: the surer one stays.
fn one_a_target(found: Vec<Suggestion>) -> Vec<Suggestion> {
    let mut taken = BTreeSet::new();
    found
        .into_iter()
        .filter(|one| taken.insert((one.object, one.remote.clone())))
        .collect()
}

fn best<'a>(
    vendor: &VendorInfo,
    object: &str,
    key: &str,
    open: impl Iterator<Item = &'a RemoteField>,
) -> Option<(u8, &'a RemoteField, String)> {
    let usual = vendor
        .defaults
        .iter()
        .find(|row| row.object == object && row.field == key)
        .map(|row| row.remote);
    open.filter_map(|field| {
        let (score, why) = match usual == Some(field.name.as_str()) {
            true => (100, "the usual field".to_owned()),
            false => named_alike(key, field)?,
        };
        let score = match suits(field_type(key), field.kind) {
            _ if !field.writable || field.opt_out => return None,
            Suits::Yes => score,
            Suits::Checked => score - CHECKED,
            Suits::Odd | Suits::No | Suits::Refused => return None,
        };
        (score >= WORTH_TELLING).then_some((score, field, why))
    })
    // Of equals the first: lists come with the likeliest first.
    .reduce(|best, next| if next.0 > best.0 { next } else { best })
}

fn named_alike(key: &str, field: &RemoteField) -> Option<(u8, String)> {
    let ours: Vec<String> = [Some(key), field_info(key).map(|known| known.label)]
        .into_iter()
        .flatten()
        .map(plain)
        .collect();
    // Customers prefix their own fields (`x_badge_color__c`): the label tells what people call them.
    let (name, label) = (plain(&field.name), plain(&field.label));
    if ours.contains(&name) {
        return Some((96, "the same name".to_owned()));
    }
    if ours.contains(&label) {
        return Some((94, "the same label".to_owned()));
    }
    let synonyms = SYNONYMS
        .iter()
        .find(|(known, _)| *known == key)
        .map_or(&[][..], |(_, names)| *names);
    if let Some(place) = synonyms
        .iter()
        .position(|word| *word == name || *word == label)
    {
        let score = 88 - u8::try_from(place).unwrap_or(u8::MAX).min(8);
        return Some((score, format!("another name for it: {}", field.label)));
    }
    let likeness = ours
        .iter()
        .flat_map(|ours| [&name, &label].map(|theirs| strsim::jaro_winkler(ours, theirs)))
        .fold(0.0_f64, f64::max);
    (likeness >= ALIKE).then(|| (72, format!("a similar name: {}", field.label)))
}

/// With what a closed list needs; `None` where it would take next to nothing of what leads hold.
fn fitted<E>(
    object: &'static str,
    key: &str,
    field: &RemoteField,
    score: u8,
    why: String,
    values: &mut impl FnMut(&str) -> Result<Vec<(String, u64)>, E>,
) -> Result<Option<Suggestion>, E> {
    let mut suggestion = Suggestion {
        field: key.to_owned(),
        object,
        remote: field.name.clone(),
        score,
        why,
        values: BTreeMap::new(),
        dropped: Vec::new(),
    };
    if !matches!(field.kind, RemoteKind::One | RemoteKind::Many) {
        return Ok(Some(suggestion));
    }
    if field.options.is_none() {
        return Ok(None);
    }
    let known = values(key)?;
    let refused = misfits(field, &known, &BTreeMap::new());
    for misfit in &refused {
        match &misfit.guess {
            Some(guess) => {
                suggestion
                    .values
                    .insert(misfit.value.clone(), guess.clone());
            }
            None => suggestion.dropped.push(misfit.value.clone()),
        }
    }
    let (all, lost) = (known.len(), suggestion.dropped.len());
    // A list that knows less than half of what leads hold is another list.
    if lost * 2 > all {
        return Ok(None);
    }
    if !refused.is_empty() {
        suggestion.why = format!(
            "{}; a list: {} of {all} values translated{}",
            suggestion.why,
            suggestion.values.len(),
            if lost > 0 {
                format!(", {lost} without an option left out")
            } else {
                String::new()
            }
        );
        let share = lost * 20 / all.max(1);
        suggestion.score = score.saturating_sub(u8::try_from(share).unwrap_or(u8::MAX));
    }
    Ok((suggestion.score >= WORTH_TELLING).then_some(suggestion))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::convert::Infallible;

    use super::*;
    use crate::domain::remote::{ObjectSchema, RemoteOption};
    use crate::vendors;

    fn field(name: &str, label: &str, kind: RemoteKind) -> RemoteField {
        RemoteField {
            name: name.into(),
            label: label.into(),
            kind,
            max_length: None,
            options: None,
            required_on_create: false,
            writable: true,
            unique: false,
            custom: false,
            opt_out: false,
            rules: Vec::new(),
        }
    }

    fn list(name: &str, label: &str, options: &[(&str, &str)]) -> RemoteField {
        RemoteField {
            options: Some(
                options
                    .iter()
                    .map(|(value, label)| RemoteOption {
                        value: (*value).into(),
                        label: (*label).into(),
                    })
                    .collect(),
            ),
            ..field(name, label, RemoteKind::One)
        }
    }

    fn suggested(contact: Vec<RemoteField>, company: Vec<RemoteField>) -> Vec<Suggestion> {
        let vendor = vendors::lookup("hubspot").unwrap();
        let object = |key: &str, fields| ObjectFields {
            info: vendor.objects.iter().find(|one| one.key == key).unwrap(),
            schema: ObjectSchema { fields },
        };
        let objects = [object("contact", contact), object("company", company)];
        let held = |key: &str| -> Result<Vec<(String, u64)>, Infallible> {
            Ok(match key {
                "companyIndustry" => vec![("Software".into(), 3), ("Space travel".into(), 1)],
                "companyCountry" => vec![("USA".into(), 3), ("UK".into(), 1)],
                _ => Vec::new(),
            })
        };
        suggest(vendor, &objects, &[], &[], &["Badge Color".into()], held).unwrap()
    }

    fn of<'a>(found: &'a [Suggestion], field: &str) -> Option<&'a Suggestion> {
        found.iter().find(|one| one.field == field)
    }

    #[test]
    fn fields_are_suggested_by_name_synonym_and_type() {
        let mut read_only = field("notes", "Notes", RemoteKind::Text);
        read_only.writable = false;
        let found = suggested(
            vec![
                field("jobtitle", "Job Title", RemoteKind::Text),
                field("x_badge_color", "Badge color", RemoteKind::Text),
                field("cell", "Cell", RemoteKind::Phone),
                field("leadscore", "Lead Score", RemoteKind::Date),
                read_only,
            ],
            Vec::new(),
        );
        assert_eq!(of(&found, "jobTitle").unwrap().score, 100);
        assert_eq!(of(&found, "Badge Color").unwrap().remote, "x_badge_color");
        let cell = of(&found, "mobilePhone").unwrap();
        assert!(cell.score > 80 && cell.score < 90, "{cell:?}");
        assert_eq!(of(&found, "notes"), None, "read-only");
        assert_eq!(of(&found, "leadScore"), None, "a number is no date");
        assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }

    #[test]
    fn a_closed_list_comes_with_translations_and_never_where_it_is_another_list() {
        let countries = [("US", "United States"), ("GB", "United Kingdom")];
        let found = suggested(
            Vec::new(),
            vec![
                list(
                    "industry",
                    "Industry",
                    &[("COMPUTER_SOFTWARE", "Computer Software")],
                ),
                list("country", "Country", &countries),
            ],
        );
        let country = of(&found, "companyCountry").unwrap();
        assert_eq!(country.values["USA"], "US");
        assert_eq!(country.values["UK"], "GB");
        let industry = of(&found, "companyIndustry").unwrap();
        assert_eq!(industry.values["Software"], "COMPUTER_SOFTWARE");
        assert_eq!(industry.dropped, ["Space travel"]);
        assert!(industry.score < country.score);

        let planets = list("country", "Country", &[("MARS", "Mars")]);
        assert_eq!(
            of(&suggested(Vec::new(), vec![planets]), "companyCountry"),
            None
        );
    }

    #[test]
    fn two_of_ours_never_go_to_one_of_theirs() {
        let found = suggested(vec![field("title", "Title", RemoteKind::Text)], Vec::new());
        let targets: BTreeSet<_> = found.iter().map(|one| (one.object, &one.remote)).collect();
        assert_eq!(targets.len(), found.len());
    }
}
