//! State and Country picklists: with them on, addresses must be on the org's list.
//!
//! The codes and texts are from memory; the fact sheet only says that values must match.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::errors::ApiError;
use super::field::{Field, PicklistValue};
use super::object::Values;
use super::org::Org;
use super::schema::address_prefixes;

struct Country {
    label: String,
    /// Names by code.
    states: BTreeMap<String, String>,
}

pub(super) struct AddressPicklists {
    countries: BTreeMap<String, Country>,
}

impl AddressPicklists {
    pub(super) fn standard() -> Self {
        Self::parse(&json!({
            "US": {"label": "United States", "states": {"CA": "California", "NV": "Nevada", "NY": "New York", "TX": "Texas"}},
            "CA": {"label": "Canada", "states": {"ON": "Ontario", "QC": "Quebec"}},
            "DE": {"label": "Germany"}, "GB": {"label": "United Kingdom"}, "FR": {"label": "France"},
        }))
    }

    pub(super) fn parse(countries: &Value) -> Self {
        let countries = countries
            .as_object()
            .into_iter()
            .flatten()
            .map(|(code, facts)| {
                let states = facts["states"].as_object().into_iter().flatten();
                let country = Country {
                    label: facts["label"].as_str().unwrap_or(code).to_owned(),
                    states: states
                        .map(|(code, name)| {
                            (code.clone(), name.as_str().unwrap_or(code).to_owned())
                        })
                        .collect(),
                };
                (code.clone(), country)
            });
        Self {
            countries: countries.collect(),
        }
    }

    fn country(&self, text: &str) -> Option<(&String, &Country)> {
        self.countries.iter().find(|(code, country)| {
            code.eq_ignore_ascii_case(text) || country.label.eq_ignore_ascii_case(text)
        })
    }
}

/// Adds or removes the code fields of every object with an address.
pub(super) fn switch(org: &mut Org, picklists: Option<AddressPicklists>) {
    let (mut countries, mut states) = (Vec::new(), Vec::new());
    for (code, country) in picklists.iter().flat_map(|lists| &lists.countries) {
        countries.push(PicklistValue {
            label: country.label.clone(),
            ..PicklistValue::new(code)
        });
        for (code, name) in &country.states {
            states.push(PicklistValue {
                label: name.clone(),
                ..PicklistValue::new(code)
            });
        }
    }
    for object in ["Lead", "Contact", "Account"] {
        let Some(place) = org.place(object) else {
            continue;
        };
        for prefix in address_prefixes(object) {
            for (part, options) in [("State", &states), ("Country", &countries)] {
                let name = format!("{prefix}{part}Code");
                if picklists.is_none() {
                    org.at_mut(place).remove_field(&name);
                    continue;
                }
                let label = format!("{prefix} {part} Code");
                let mut field = Field::new(&name, label.trim(), "picklist", 10);
                field.restricted = true;
                field.options.clone_from(options);
                org.at_mut(place).put_field(field);
            }
        }
    }
    org.addresses = picklists;
}

/// Checks the address parts a request gives and fills code and name from each other.
pub(super) fn settle(
    org: &Org,
    object: &str,
    given: &Values,
    values: &mut Values,
) -> Result<(), Box<ApiError>> {
    let Some(lists) = &org.addresses else {
        return Ok(());
    };
    for prefix in address_prefixes(object) {
        settle_one(lists, prefix, given, values)?;
    }
    Ok(())
}

fn settle_one(
    lists: &AddressPicklists,
    prefix: &str,
    given: &Values,
    values: &mut Values,
) -> Result<(), Box<ApiError>> {
    let name = |part: &str| format!("{prefix}{part}");
    let asked = |part: &str| {
        let either = [name(&format!("{part}Code")), name(part)];
        let key = either.into_iter().find(|key| given.contains_key(key))?;
        Some(given.get(&key).and_then(Value::as_str).map(str::to_owned))
    };
    let refuse = |what: &str, part: &str| {
        let text = format!(
            "There's a problem with this {what}, even though it may appear correct. Please select a {what} from the list of valid {what_plural}.: {label}",
            what_plural = if what == "state" {
                "states"
            } else {
                "countries"
            },
            label = name(part),
        );
        ApiError::save("FIELD_INTEGRITY_EXCEPTION", text, &[&name(part)])
    };
    if let Some(country) = asked("Country") {
        let found = country.as_deref().map(|text| {
            lists
                .country(text)
                .ok_or_else(|| refuse("country", "Country"))
        });
        let found = found.transpose()?;
        values.insert(name("CountryCode"), json!(found.map(|(code, _)| code)));
        values.insert(
            name("Country"),
            json!(found.map(|(_, country)| &country.label)),
        );
    }
    if let Some(state) = asked("State") {
        let country = values.get(&name("CountryCode")).and_then(Value::as_str);
        let country = country
            .and_then(|code| lists.country(code))
            .map(|(_, country)| country);
        let found = match (&state, country) {
            (None, _) => None,
            (Some(_), None) => {
                let text = format!(
                    "A country/territory must be specified before specifying a state value for field: {}",
                    name("State")
                );
                return Err(ApiError::save(
                    "FIELD_INTEGRITY_EXCEPTION",
                    text,
                    &[&name("State")],
                ));
            }
            (Some(text), Some(country)) => {
                let mut states = country.states.iter();
                let found = states.find(|(code, label)| {
                    code.eq_ignore_ascii_case(text) || label.eq_ignore_ascii_case(text)
                });
                Some(found.ok_or_else(|| refuse("state", "State"))?)
            }
        };
        values.insert(name("StateCode"), json!(found.map(|(code, _)| code)));
        values.insert(name("State"), json!(found.map(|(_, label)| label)));
    }
    Ok(())
}
