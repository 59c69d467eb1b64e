//! `mapping set`: fill a field of the vendor.

use crate::cli::values::{self, Assignment};
use crate::domain::mapping::WriteBehaviour;
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Fill a field of the vendor from a field, a constant or a template
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping set jobTitle jobtitle\n  mobly-sync mapping set --constant \"Trade show\" leadsource\n  mobly-sync mapping set companyCountry country --value \"USA=United States\" --value \"UK=United Kingdom\"\n  mobly-sync mapping set --template \"{eventName}, {numberOfScans} scans\" notes --event \"Expo 2026\""
)]
#[command(
    override_usage = "mobly-sync mapping set FIELD REMOTE [OPTIONS]\n       mobly-sync mapping set --constant VALUE REMOTE [OPTIONS]\n       mobly-sync mapping set --template TEXT REMOTE [OPTIONS]"
)]
pub struct MappingSetArgs {
    /// Our field; with --constant or --template the vendor's, and nothing after it
    #[arg(value_name = "FIELD")]
    pub first: String,

    /// The vendor's field
    #[arg(value_name = "REMOTE")]
    pub second: Option<String>,

    /// Fill it with the same text for every lead
    #[arg(long, value_name = "VALUE", conflicts_with = "template")]
    pub constant: Option<String>,

    /// Fill it with text in which {field} stands for a lead's value
    #[arg(long, value_name = "TEXT")]
    pub template: Option<String>,

    /// The object of the vendor, or the role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,

    /// Add a second target instead of moving the field
    #[arg(long)]
    pub also: bool,

    /// What happens to a field of a record that is already there: overwrite, if-blank, create-only, append
    #[arg(long, value_name = "BEHAVIOUR")]
    pub write: Option<WriteBehaviour>,

    /// Translate a value on its way out (can be repeated)
    #[arg(long, value_name = "OURS=THEIRS", value_parser = values::assignment)]
    pub value: Vec<Assignment>,

    /// Send this where the lead has nothing
    #[arg(long, value_name = "VALUE")]
    pub default: Option<String>,

    /// Shorten what is too long for the field
    #[arg(long)]
    pub truncate: bool,

    /// Fail the lead, or send it without this field, where the vendor's rules refuse the value
    #[arg(long, value_name = "WHAT")]
    pub on_invalid: Option<OnInvalidValue>,

    /// Take this user where the named one is none of the account's
    #[arg(long, value_name = "EMAIL")]
    pub fallback_owner: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &MappingSetArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mapping set"))
}

/// `--on-invalid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum OnInvalidValue {
    /// The lead fails
    Fail,
    /// The lead goes without the field, with a note
    Drop,
}
