//! `connect VENDOR`: sign in, or sign in again in place.

use crate::cli::values::{self, Since};
use crate::env_vars;
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Connect a vendor, or sign in again without losing anything
#[derive(Debug, Args)]
#[command(after_help = examples())]
pub struct ConnectArgs {
    /// The vendor
    pub vendor: String,

    /// Read a token from standard input
    #[arg(long)]
    pub token_stdin: bool,

    /// Reach the vendor at this address instead of its own; plain http only on this machine
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// Call the account this here
    #[arg(long, value_name = "NAME")]
    pub label: Option<String>,

    /// Start in this mode (default: automatic)
    #[arg(long, value_name = "MODE")]
    pub mode: Option<ModeValue>,

    /// Hold or push what was here before the account
    #[arg(long, value_name = "WHAT")]
    pub backlog: Option<BacklogValue>,

    /// Push only what was captured since then, and hold the rest
    #[arg(long, value_name = "DATE", requires = "backlog", value_parser = values::since)]
    pub since: Option<Since>,

    /// Note it, or hold the lead, where a record found by e-mail has another name
    #[arg(long, value_name = "WHAT")]
    pub identity: Option<IdentityValue>,

    /// Fill this unique field of the vendor and match on it
    #[arg(long, value_name = "FIELD")]
    pub external_id: Option<String>,

    /// Keep the secret there
    #[arg(long, value_name = "PLACE", env = env_vars::CREDENTIAL_STORE)]
    pub credential_store: Option<StoreValue>,

    /// Change options without a new sign-in
    #[arg(long, conflicts_with = "token_stdin")]
    pub set: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &ConnectArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("connect"))
}

/// `--mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ModeValue {
    /// Push leads as soon as they are ready
    Automatic,
    /// Push leads only when told to
    Manual,
}

/// `--backlog`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum BacklogValue {
    /// Keep them back until their event is named
    Hold,
    /// Let the next sync take them
    Push,
}

/// `--identity`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum IdentityValue {
    /// Update the record and note both names
    Note,
    /// Fail the lead and let somebody decide
    Hold,
}

/// `--credential-store`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum StoreValue {
    /// The operating system's keychain
    Keyring,
    /// A file encrypted with MOBLY_SYNC_PASSPHRASE
    File,
}

fn examples() -> String {
    let vendor = values::example_vendor();
    format!(
        "Examples:\n  mobly-sync connect {vendor}\n  mobly-sync connect {vendor} --token-stdin < token.txt\n  mobly-sync connect {vendor} --base-url http://127.0.0.1:8080\n  mobly-sync connect {vendor} --set --identity hold"
    )
}
