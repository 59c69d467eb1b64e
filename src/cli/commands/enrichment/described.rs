//! A provider described by options or by a file.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::values::{Assignment, assignment};
use crate::enrich::http::config::{ConfigError, Rate};
use crate::enrich::http::template::placeholders;
use crate::enrich::presets;

/// How a provider is asked and read.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "What it is")]
pub struct Described {
    /// The address it is asked at, with fields of a lead in it: https://api.example.com/people?email={email}
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// GET or POST (default: GET, or POST with --body)
    #[arg(long, value_name = "METHOD", requires = "url", value_parser = ["GET", "POST"], ignore_case = true)]
    pub method: Option<String>,

    /// The body of the question, JSON with fields in it: {"email": "{email}"}
    #[arg(long, value_name = "JSON", requires = "url", value_parser = json_value)]
    pub body: Option<Value>,

    /// Where the person stands in the answer, such as data.person
    #[arg(long, value_name = "PATH", requires = "url")]
    pub root: Option<String>,

    /// The fields that must be known to ask, such as firstName,lastName,companyDomain (can be repeated: one set each)
    #[arg(long, value_name = "FIELD,…", requires = "url")]
    pub needs: Vec<String>,

    /// A header; {secret} stands for the key (can be repeated)
    #[arg(long, value_name = "NAME: VALUE")]
    pub header: Vec<String>,

    /// Where a field of ours stands in the answer: jobTitle=employment.title, several with | (can be repeated)
    #[arg(long, value_name = "FIELD=PATH", value_parser = assignment)]
    pub field: Vec<Assignment>,

    /// Ask no more often, such as 100/min or 15/s
    #[arg(long, value_name = "N/UNIT")]
    pub rate: Option<Rate>,

    /// Wait so many seconds for an answer (default: 30)
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u64>,

    /// Take the description from a TOML file, of the form of the presets
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,
}

impl Described {
    /// What the options say, as changes to a description; an empty object where they say nothing.
    ///
    /// # Errors
    /// If the file cannot be read, or an option has not its form.
    pub fn changes(&self) -> Result<Value, CommandError> {
        let mut changes = match &self.config {
            None => Map::new(),
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| {
                    let what = format!("{} cannot be read", path.display());
                    CommandError::new(ErrorCode::File, what).caused_by(&error)
                })?;
                let value = presets::from_toml(&text).map_err(|error| {
                    let what = format!("{} describes no provider", path.display());
                    CommandError::new(ErrorCode::File, what).caused_by(&error)
                })?;
                value.as_object().cloned().unwrap_or_default()
            }
        };
        if let Some(url) = &self.url {
            self.address(url, &mut changes)?;
        }
        for header in &self.header {
            let (name, value) = header.split_once(':').ok_or_else(|| {
                CommandError::usage(format!(
                    "{header:?} is no header of the form \"NAME: VALUE\""
                ))
            })?;
            set(&mut changes, "headers", name.trim(), json!(value.trim()));
        }
        for field in &self.field {
            let path: Vec<&str> = field
                .value
                .split('|')
                .map(str::trim)
                .filter(|path| !path.is_empty())
                .collect();
            // An empty path takes a field of the preset away.
            let value = if path.is_empty() {
                Value::Null
            } else {
                json!(path)
            };
            set(
                &mut changes,
                "fields",
                &crate::domain::lead::canonical_key(&field.name),
                value,
            );
        }
        if let Some(rate) = self.rate {
            set(&mut changes, "limit", "rate", json!(rate.to_string()));
        }
        if let Some(seconds) = self.timeout {
            changes.insert("timeout".to_owned(), json!(seconds));
        }
        Ok(Value::Object(changes))
    }

    /// Takes an address apart: host, path, parameters.
    fn address(&self, url: &str, changes: &mut Map<String, Value>) -> Result<(), CommandError> {
        let wrong = || {
            CommandError::usage(format!(
                "{url:?} is no address; write it like https://api.example.com/people?email={{email}}"
            ))
        };
        let (scheme, rest) = url.trim().split_once("://").ok_or_else(wrong)?;
        let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        if host.is_empty() || host.contains('{') {
            return Err(wrong());
        }
        let parameters: Map<String, Value> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (name.to_owned(), json!(value))
            })
            .collect();
        let needs = if self.needs.is_empty() {
            let mut named = placeholders(url);
            if named.is_empty() {
                named.push("email".to_owned());
            }
            vec![named]
        } else {
            let set = |needs: &String| {
                needs
                    .split(',')
                    .map(|need| need.trim().to_owned())
                    .filter(|need| !need.is_empty())
                    .collect()
            };
            self.needs.iter().map(set).collect()
        };
        let method = self.method.as_ref().map_or(
            if self.body.is_some() { "POST" } else { "GET" },
            String::as_str,
        );
        let ways = needs.into_iter().map(|needs| {
            let mut way = json!({
                "method": method.to_uppercase(),
                "path": if path.is_empty() { "/" } else { path },
                "query": parameters,
                "needs": needs,
                "root": self.root.clone().unwrap_or_default(),
            });
            if let Some(body) = &self.body {
                way["body"] = body.clone();
            }
            way
        });
        changes.insert("base".to_owned(), json!(format!("{scheme}://{host}")));
        changes.insert("ask".to_owned(), Value::Array(ways.collect()));
        Ok(())
    }
}

fn set(changes: &mut Map<String, Value>, table: &str, name: &str, value: Value) {
    let table = changes.entry(table).or_insert_with(|| json!({}));
    if let Some(table) = table.as_object_mut() {
        table.insert(name.to_owned(), value);
    }
}

fn json_value(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("this is no JSON: {error}"))
}

/// A description that cannot be used.
pub(super) fn refused(error: &ConfigError) -> CommandError {
    let told = CommandError::usage(error.to_string());
    match error {
        ConfigError::UnknownField { .. } => {
            told.hint("`mobly-sync lead edit --help` lists the fields")
        }
        ConfigError::Shape(_) | ConfigError::Nothing(_) => told.hint(
            "a description needs an address, and one --field at least; a preset has all of it",
        ),
        _ => told,
    }
    .fix("mobly-sync enrichment add --help")
}
