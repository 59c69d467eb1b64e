//! What a provider is, as data; read from a preset, from a user's file, or from options.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use super::config_check::ConfigError;
pub use super::limits::{Limit, Rate};
use super::reading::Path;
use crate::domain::lead::canonical_key;

/// A provider's answer is waited for so long, unless its description says otherwise.
const USUAL_TIMEOUT: u64 = 30;
/// The longest time-out that makes sense while leads wait.
const LONGEST_TIMEOUT: u64 = 300;

/// How a provider is asked and read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Its name for people.
    #[serde(default)]
    pub title: String,
    /// `https://host` of its endpoints.
    pub base: String,
    /// Sent with every question; `{secret}` stands for the key.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The ways to ask, the best first: the first whose needs are met is taken.
    pub ask: Vec<Way>,
    /// Where our fields stand in an answer, below its root.
    pub fields: BTreeMap<String, Path>,
    /// Where the answer says whom it is about.
    #[serde(default)]
    pub person: PersonPaths,
    /// Where it says how sure it is.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// What statuses mean.
    #[serde(default)]
    pub status: Statuses,
    /// How often it may be asked.
    #[serde(default)]
    pub limit: Limit,
    /// Seconds it may take to answer.
    #[serde(default = "usual_timeout")]
    pub timeout: u64,
    /// Which questions cost something.
    #[serde(default)]
    pub pays: Pays,
}

/// One way to ask.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// GET or POST.
    #[serde(default)]
    pub method: Method,
    /// Absolute path, with `{field}` in it where needed.
    pub path: String,
    /// Query parameters; one with an unknown field is left out.
    #[serde(default)]
    pub query: BTreeMap<String, String>,
    /// The body of a POST; members with an unknown field are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// The fields that must be known.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Where the person stands in the answer; nothing there means "not known".
    #[serde(default)]
    pub root: Path,
    /// How many people are asked for at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Batch>,
}

/// Several questions in one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Absolute path.
    pub path: String,
    /// People in a request, at most.
    pub most: usize,
    /// The body around the questions.
    #[serde(default)]
    pub body: Value,
    /// The member of the body the questions are listed in.
    pub requests: String,
    /// One question; `{key}` tells questions apart.
    pub item: Value,
    /// Where the answers are listed.
    #[serde(default)]
    pub answers: Path,
    /// Where the person stands in one answer.
    #[serde(default)]
    pub root: Path,
    /// Where one answer has a status of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Path>,
    /// Where one answer repeats `{key}`; without it answers stand in the order of the questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Path>,
}

/// The HTTP method of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum Method {
    #[default]
    Get,
    Post,
}

/// Where an answer says whom it is about; each may list several.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct PersonPaths {
    pub email: Path,
    pub first_name: Path,
    pub last_name: Path,
}

/// How sure the provider is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidence {
    /// Where it stands; looked up from the root of the whole answer first, then of the person.
    pub path: Path,
    /// What it would be if it were certain.
    pub of: f64,
}

/// What statuses mean; any other beyond 2xx is a failure of the provider's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Statuses {
    /// The person is not known.
    pub unknown: BTreeSet<u16>,
    /// Too many questions in too short a time.
    pub wait: BTreeSet<u16>,
    /// What was bought is used up.
    pub out_of_credits: BTreeSet<u16>,
    /// The key is not accepted.
    pub sign_in: BTreeSet<u16>,
    /// This question was no good; others may be.
    pub bad_question: BTreeSet<u16>,
}

impl Default for Statuses {
    fn default() -> Self {
        Self {
            unknown: [404].into(),
            wait: [429].into(),
            out_of_credits: [402].into(),
            sign_in: [401, 403].into(),
            bad_question: [400, 422].into(),
        }
    }
}

/// Which questions cost something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pays {
    /// Every one that was answered.
    #[default]
    Asked,
    /// Only those that found somebody.
    Found,
}

fn usual_timeout() -> u64 {
    USUAL_TIMEOUT
}

impl Config {
    /// Reads a description and checks it.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn from_value(value: Value) -> Result<Self, ConfigError> {
        let mut config: Self =
            serde_json::from_value(value).map_err(|error| ConfigError::Shape(error.to_string()))?;
        config.tidy();
        config.check()?;
        Ok(config)
    }

    /// A preset with what the user set beside it: tables are merged, everything else is replaced.
    #[must_use]
    pub fn merged(preset: &Value, changes: &Value) -> Value {
        match (preset, changes) {
            (Value::Object(preset), Value::Object(changes)) => {
                let mut merged = preset.clone();
                for (name, change) in changes {
                    let value = match merged.get(name) {
                        Some(before) => Self::merged(before, change),
                        None => change.clone(),
                    };
                    merged.insert(name.clone(), value);
                }
                // `null` takes a member of the preset away.
                merged.retain(|_, value| !value.is_null());
                Value::Object(merged)
            }
            _ => changes.clone(),
        }
    }

    /// Field names as the catalogue spells them.
    fn tidy(&mut self) {
        self.fields = std::mem::take(&mut self.fields)
            .into_iter()
            .map(|(field, path)| (canonical_key(&field), path))
            .collect();
        for way in &mut self.ask {
            for need in &mut way.needs {
                *need = canonical_key(need);
            }
        }
        self.timeout = self.timeout.clamp(1, LONGEST_TIMEOUT);
    }

    /// Every field it can fill.
    #[must_use]
    pub fn fills(&self) -> BTreeSet<String> {
        self.fields.keys().cloned().collect()
    }

    /// What must be known: one of these sets.
    #[must_use]
    pub fn needs(&self) -> Vec<BTreeSet<String>> {
        let set = |way: &Way| way.needs.iter().cloned().collect();
        self.ask.iter().map(set).collect()
    }

    /// Whether it is asked with a key.
    #[must_use]
    pub fn takes_key(&self) -> bool {
        self.headers
            .values()
            .any(|value| value.contains("{secret}"))
    }

    /// How many people it is asked about at once.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        let most = self.ask.iter().filter_map(|way| way.batch.as_ref());
        most.map(|batch| batch.most.max(1)).max().unwrap_or(1)
    }
}
