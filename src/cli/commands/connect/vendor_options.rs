//! The options of `connect` that only some vendors have: flags made of the vendors' own data, so that no vendor is named here.

use std::collections::BTreeMap;

use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, Command, Error, FromArgMatches};

use crate::cli::command_error::CommandError;
use crate::domain::integration::{Integration, Settings};
use crate::vendors::{self, OptionKind, VendorInfo, VendorOption};

/// What takes an option back.
const OFF: &str = "false";
const ON: &str = "true";

/// The options that were given, by name.
#[derive(Debug, Clone, Default)]
pub struct VendorOptions(BTreeMap<&'static str, String>);

/// Every option once, with the vendors that have it.
fn all() -> BTreeMap<&'static str, Vec<(&'static VendorInfo, &'static VendorOption)>> {
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for vendor in vendors::ALL {
        for option in vendor.options {
            all.entry(option.name).or_default().push((*vendor, option));
        }
    }
    all
}

fn flag(name: &'static str, of: &[(&'static VendorInfo, &'static VendorOption)]) -> Arg {
    let help: Vec<String> = of
        .iter()
        .map(|(vendor, option)| format!("{}: {}", vendor.title, option.help))
        .collect();
    let arg = Arg::new(name)
        .long(name)
        .help(help.join("; "))
        .help_heading("Options of one vendor");
    match of.first().map(|(_, option)| option.kind) {
        Some(OptionKind::Choice(words)) => arg.value_name("WHAT").value_parser(
            words
                .iter()
                .map(|(word, help)| PossibleValue::new(*word).help(*help))
                .collect::<Vec<_>>(),
        ),
        Some(OptionKind::Text(value)) => arg.value_name(value),
        Some(OptionKind::Amount { value, .. }) => arg.value_name(value).value_parser(units),
        _ => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value(ON)
            .hide_possible_values(true)
            .value_parser([ON, OFF]),
    }
}

/// A number of units, or the word that takes it back.
fn units(text: &str) -> Result<String, String> {
    if text == OFF {
        return Ok(text.to_owned());
    }
    vendors::amount(text)
        .map(|units| units.to_string())
        .ok_or_else(|| "a whole number above 0 is wanted, such as 60000".to_owned())
}

impl clap::Args for VendorOptions {
    fn augment_args(command: Command) -> Command {
        all()
            .iter()
            .fold(command, |command, (name, of)| command.arg(flag(name, of)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for VendorOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = all().into_keys().filter_map(|name| {
            let value = matches.get_one::<String>(name)?;
            Some((name, value.trim().to_owned()))
        });
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl VendorOptions {
    /// Refuses an option the vendor has not.
    pub(super) fn check(&self, info: &VendorInfo) -> Result<(), CommandError> {
        for (name, value) in &self.0 {
            let Some(option) = info.options.iter().find(|option| option.name == *name) else {
                let of: Vec<&str> = all()
                    .get(name)
                    .into_iter()
                    .flatten()
                    .map(|(vendor, _)| vendor.title)
                    .collect();
                return Err(CommandError::usage(format!(
                    "--{name} is an option of {}, not of {}",
                    of.join(" and "),
                    info.title
                )));
            };
            if value.is_empty() {
                return Err(CommandError::usage(format!("--{} is empty", option.name)));
            }
        }
        Ok(())
    }

    /// Takes them into a connection's options.
    pub(super) fn apply(&self, settings: &mut Settings) {
        for (name, value) in &self.0 {
            if value == OFF {
                settings.vendor.remove(*name);
            } else {
                settings.vendor.insert((*name).to_owned(), value.clone());
            }
        }
    }

    /// What changing them means for what is there, one sentence each.
    pub(super) fn warnings(&self, info: &VendorInfo, before: Option<&Integration>) -> Vec<String> {
        let Some(before) = before.filter(|before| before.account.is_some()) else {
            return Vec::new();
        };
        let changed = |option: &&VendorOption| {
            let first = match option.kind {
                OptionKind::Choice(words) => words.first().map(|(word, _)| *word),
                _ => None,
            };
            let old = before
                .settings
                .vendor
                .get(option.name)
                .map(String::as_str)
                .or(first);
            self.0
                .get(option.name)
                .is_some_and(|new| Some(new.as_str()) != old)
        };
        info.options
            .iter()
            .filter(|option| !option.on_change.is_empty())
            .filter(changed)
            .map(|option| format!("--{}: {}", option.name, option.on_change))
            .collect()
    }

    /// For history: name and value, as typed.
    pub(super) fn typed(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }
}
