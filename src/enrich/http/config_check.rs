//! Whether a description can be used: no key where it would be seen, no field nobody can fill.

use super::config::{Config, Way};
use super::template;
use crate::domain::lead::{canonical_key, field_info};
use crate::transport::{BaseUrl, BaseUrlError};

/// Why a description cannot be used. The message says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// Not of the right shape.
    #[error("{0}")]
    Shape(String),
    /// Its address.
    #[error(transparent)]
    Base(#[from] BaseUrlError),
    /// The key would leave in an address or a body.
    #[error(
        "{0} holds {{secret}}: the key is sent in a header only, since addresses and bodies end up in logs of servers in between"
    )]
    SecretOutsideHeader(&'static str),
    /// A key written where only its place belongs.
    #[error(
        "{0} holds a key as it is: write {{secret}} in its place, in a header, and give the key itself on standard input"
    )]
    KeyInTheOpen(String),
    /// A placeholder no lead can fill.
    #[error("{what} holds {{{field}}}, which is no field of a lead")]
    UnknownField {
        /// Where.
        what: &'static str,
        /// Which.
        field: String,
    },
    /// A path without a value to send.
    #[error("{{{0}}} stands in the path, so it must be among the needs")]
    NotNeeded(String),
    /// Nothing to ask with, or for.
    #[error("there is no {0}")]
    Nothing(&'static str),
    /// A header that cannot be sent.
    #[error("{0:?} cannot be sent as a header")]
    Header(String),
}

impl Config {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        BaseUrl::vendor_default(&self.base)?;
        if self.ask.is_empty() {
            return Err(ConfigError::Nothing("way to ask"));
        }
        if self.fields.is_empty() {
            return Err(ConfigError::Nothing("field to take from its answers"));
        }
        if let Some(computed) = self
            .fields
            .keys()
            .find(|field| field_info(field).is_some_and(|info| info.computed))
        {
            return Err(ConfigError::Shape(format!(
                "{computed} is worked out by mobly-sync itself; no provider can fill it"
            )));
        }
        for (name, value) in &self.headers {
            let fine = reqwest::header::HeaderName::from_bytes(name.as_bytes()).is_ok()
                && reqwest::header::HeaderValue::from_str(&value.replace("{secret}", "x")).is_ok();
            if !fine {
                return Err(ConfigError::Header(name.clone()));
            }
            if is_for_keys(name) && !value.contains("{secret}") {
                return Err(ConfigError::KeyInTheOpen(format!("the header {name}")));
            }
        }
        self.ask.iter().try_for_each(Way::check)
    }
}

impl Way {
    fn check(&self) -> Result<(), ConfigError> {
        if !self.path.starts_with('/') {
            return Err(ConfigError::Shape(format!(
                "{:?} is no path: it starts with a slash",
                self.path
            )));
        }
        check_texts("the address", &[self.path.as_str()])?;
        let needed = |field: &String| {
            let field = canonical_key(field);
            self.needs.contains(&field)
        };
        if let Some(field) = template::placeholders(&self.path)
            .into_iter()
            .find(|field| !needed(field))
        {
            return Err(ConfigError::NotNeeded(field));
        }
        if let Some(name) = self.query.keys().find(|name| is_for_keys(name)) {
            return Err(ConfigError::KeyInTheOpen(format!(
                "the parameter {name} of the address"
            )));
        }
        let query: Vec<&str> = self.query.values().map(String::as_str).collect();
        check_texts("the query", &query)?;
        for body in [
            self.body.as_ref(),
            self.batch.as_ref().map(|batch| &batch.item),
            self.batch.as_ref().map(|batch| &batch.body),
        ]
        .into_iter()
        .flatten()
        {
            check_texts("the body", &template::texts(body))?;
        }
        if let Some(batch) = &self.batch {
            check_texts("the address", &[batch.path.as_str()])?;
            if !batch.path.starts_with('/') || !template::placeholders(&batch.path).is_empty() {
                return Err(ConfigError::Shape(format!(
                    "{:?} is no path for several questions at once",
                    batch.path
                )));
            }
        }
        Ok(())
    }
}

/// Whether something of this name carries a key.
fn is_for_keys(name: &str) -> bool {
    let name = name.to_lowercase().replace(['-', '_'], "");
    [
        "apikey",
        "authorization",
        "accesstoken",
        "authtoken",
        "secret",
    ]
    .iter()
    .any(|word| name.ends_with(word))
        || name == "token"
}

fn check_texts(what: &'static str, texts: &[&str]) -> Result<(), ConfigError> {
    for field in texts.iter().flat_map(|text| template::placeholders(text)) {
        match field.as_str() {
            "secret" => return Err(ConfigError::SecretOutsideHeader(what)),
            "key" if what == "the body" => {}
            field if field_info(field).is_some() => {}
            _ => return Err(ConfigError::UnknownField { what, field }),
        }
    }
    Ok(())
}
