//! Which of the vendor's fields an unmapped field of leads probably belongs in, and how sure that is.
//!
//! Nothing is suggested onto a field that cannot be written, that another row fills, or that hardly ever takes such values.

use std::collections::{BTreeMap, BTreeSet};

use super::options::misfits;
use super::synonyms::SYNONYMS;
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
#[path = "suggest_tests.rs"]
mod tests;
