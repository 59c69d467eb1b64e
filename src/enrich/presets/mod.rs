//! Providers described beforehand, from their documentation. A preset is a file of data and nothing else.

use serde_json::Value;

use super::http::{Config, ConfigError};

/// A preset.
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    /// Its name on the command line.
    pub name: &'static str,
    /// The description, TOML.
    text: &'static str,
}

/// All presets, alphabetical.
pub const ALL: &[Preset] = &[
    Preset {
        name: "apollo",
        text: include_str!("apollo.toml"),
    },
    Preset {
        name: "hunter",
        text: include_str!("hunter.toml"),
    },
    Preset {
        name: "people-data-labs",
        text: include_str!("people-data-labs.toml"),
    },
];

/// The preset of that name.
#[must_use]
pub fn lookup(name: &str) -> Option<&'static Preset> {
    ALL.iter()
        .find(|preset| preset.name.eq_ignore_ascii_case(name.trim()))
}

impl Preset {
    /// The description as a document.
    ///
    /// # Errors
    /// Where it is no description; a test sees to it that none of ours is.
    pub fn value(&self) -> Result<Value, ConfigError> {
        from_toml(self.text)
    }
}

/// A description a user wrote.
///
/// # Errors
/// [`ConfigError::Shape`] with the place of the mistake.
pub fn from_toml(text: &str) -> Result<Value, ConfigError> {
    toml::from_str(text).map_err(|error| ConfigError::Shape(error.to_string().trim().to_owned()))
}

/// The description of a provider: the preset with the changes, or the changes alone.
///
/// # Errors
/// [`ConfigError`], also for a preset this version does not have.
pub fn describe(preset: Option<&str>, changes: &Value) -> Result<Config, ConfigError> {
    let value = match preset {
        None => changes.clone(),
        Some(name) => {
            let preset = lookup(name).ok_or_else(|| {
                ConfigError::Shape(format!("this version has no preset {name:?}"))
            })?;
            Config::merged(&preset.value()?, changes)
        }
    };
    Config::from_value(value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn every_preset_is_a_description_whose_key_leaves_in_a_header() {
        for preset in ALL {
            let config = describe(Some(preset.name), &json!({}))
                .unwrap_or_else(|error| panic!("{}: {error}", preset.name));
            assert!(config.takes_key(), "{}", preset.name);
            assert!(
                !config.title.is_empty() && config.base.starts_with("https://"),
                "{}",
                preset.name
            );
        }
    }

    #[test]
    fn what_a_user_sets_beside_a_preset_is_merged() {
        let changes = json!({ "fields": { "leadscore": "/score", "phone": null }, "timeout": 5 });
        let config = describe(Some("people-data-labs"), &changes).unwrap();
        assert_eq!(config.timeout, 5);
        assert!(config.fields.contains_key("leadScore") && config.fields.contains_key("jobTitle"));
        assert!(!config.fields.contains_key("phone"));
    }
}
