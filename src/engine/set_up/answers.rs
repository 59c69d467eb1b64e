//! What a qualifier's answers are called at the vendor.

use std::collections::BTreeMap;

use super::options::option_value;
use crate::domain::qualifier::{Qualifier, value_key};
use crate::domain::remote::RemoteField;

/// Answers beside options of the same name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matched {
    /// Answer and option.
    pub pairs: Vec<(String, String)>,
    /// Answers without an option of their name.
    pub without: Vec<String>,
}

/// Pairs the answers that have no option yet with options of the same name. A name is the same whatever its case and
/// spacing; nothing is guessed (decisions.md 33).
#[must_use]
pub fn matching(
    qualifier: &Qualifier,
    mapped: &BTreeMap<String, String>,
    field: &RemoteField,
) -> Matched {
    let mut matched = Matched::default();
    let options = field.options.as_deref().unwrap_or_default();
    let open = qualifier
        .values
        .iter()
        .filter(|value| !value.archived && !mapped.contains_key(&value_key(&value.value)));
    for value in open {
        let wanted = value_key(&value.value);
        let found = options
            .iter()
            .find(|option| value_key(&option.label) == wanted)
            .or_else(|| {
                options
                    .iter()
                    .find(|option| value_key(&option.value) == wanted)
            });
        match found {
            Some(option) => matched
                .pairs
                .push((value.value.clone(), option.value.clone())),
            None => matched.without.push(value.value.clone()),
        }
    }
    matched
}

/// Answers whose option a field does not have (any more).
#[must_use]
pub fn lost_options(mapped: &BTreeMap<String, String>, field: &RemoteField) -> Vec<String> {
    mapped
        .iter()
        .filter(|(_, option)| option_value(field, option).is_err())
        .map(|(answer, option)| format!("{answer} = {option}"))
        .collect()
}
