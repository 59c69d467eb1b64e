//! The options of `connect`.

use std::path::PathBuf;

use clap::Args;

use super::vendor_options::VendorOptions;
use crate::cli::values::{self, Since};
use crate::domain::integration::Mode;
use crate::secrets::StoreChoice;

/// Connect a vendor, or sign in again without losing anything
///
/// On a terminal it asks how to sign in and says where in the vendor's settings to find what is needed. Signing in again
/// needs no disconnect and loses nothing.
#[derive(Debug, Args)]
#[command(after_help = super::examples())]
pub struct ConnectArgs {
    /// The vendor, or the source of leads
    #[arg(value_parser = values::VendorName, hide_possible_values = true)]
    pub vendor: String,

    /// Sign in in the browser, with an app of your own
    #[arg(long, help_heading = "Sign-in")]
    pub oauth: bool,

    /// Print the address instead of opening it, and take the pasted answer too (for SSH)
    #[arg(long, help_heading = "Sign-in")]
    pub no_browser: bool,

    /// The port the browser comes back to; register http://localhost:N/callback with your app [default: 47823]
    #[arg(long, value_name = "N", help_heading = "Sign-in")]
    pub redirect_port: Option<u16>,

    /// The client id of your app [env: MOBLY_SYNC_<VENDOR>_CLIENT_ID]
    #[arg(long, value_name = "ID", help_heading = "Sign-in")]
    pub client_id: Option<String>,

    /// Read the client secret of your app from standard input [env: MOBLY_SYNC_<VENDOR>_CLIENT_SECRET]
    #[arg(long, conflicts_with_all = ["token_stdin", "key_stdin"], help_heading = "Sign-in")]
    pub client_secret_stdin: bool,

    /// Read a token from standard input [env: MOBLY_SYNC_<VENDOR>_TOKEN]
    #[arg(long, conflicts_with_all = ["oauth", "grant"], help_heading = "Sign-in")]
    pub token_stdin: bool,

    /// Sign in as an app, without a person (for CI)
    #[arg(
        long,
        value_name = "GRANT",
        conflicts_with = "oauth",
        help_heading = "Sign-in"
    )]
    pub grant: Option<GrantValue>,

    /// With --grant jwt: the user the app acts for
    #[arg(long, value_name = "USER", help_heading = "Sign-in")]
    pub username: Option<String>,

    /// With --grant jwt: the file with the private key (PEM)
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "key_stdin",
        help_heading = "Sign-in"
    )]
    pub key_file: Option<PathBuf>,

    /// With --grant jwt: read the private key from standard input
    #[arg(long, conflicts_with = "token_stdin", help_heading = "Sign-in")]
    pub key_stdin: bool,

    /// Keep the secret there [env: MOBLY_SYNC_CREDENTIAL_STORE]
    #[arg(long, value_name = "PLACE", help_heading = "Sign-in")]
    pub credential_store: Option<StoreValue>,

    /// Reach the vendor at this address instead of its own, or again at its own: default. Plain http only on this machine
    #[arg(long, value_name = "URL|default", conflicts_with = "set")]
    pub base_url: Option<String>,

    /// Call the account this here
    #[arg(long, value_name = "NAME")]
    pub label: Option<String>,

    /// Start in this mode (default: automatic)
    #[arg(long, value_name = "MODE")]
    pub mode: Option<ModeValue>,

    /// Hold or push what was here before the account
    #[arg(long, value_name = "WHAT", conflicts_with = "set")]
    pub backlog: Option<BacklogValue>,

    /// With --backlog push: only what was captured since then, the rest is held
    #[arg(long, value_name = "DATE", requires = "backlog", value_parser = values::since)]
    pub since: Option<Since>,

    /// Note it, or hold the lead, where a record found by e-mail has another name
    #[arg(long, value_name = "WHAT")]
    pub identity: Option<IdentityValue>,

    /// Fill this unique field of the vendor and match on it; none: no longer
    #[arg(long, value_name = "FIELD|none")]
    pub external_id: Option<String>,

    /// Send notes and other activities too (off unless asked for; --activities=false takes it back)
    #[arg(
        long,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true",
        hide_possible_values = true,
        value_name = "BOOL"
    )]
    pub activities: Option<bool>,

    /// Change options without a new sign-in
    #[arg(long, conflicts_with_all = [
        "token_stdin",
        "oauth",
        "grant",
        "client_id",
        "client_secret_stdin",
        "no_browser",
        "redirect_port",
        "username",
        "key_file",
        "key_stdin",
    ])]
    pub set: bool,

    /// The options only some vendors have.
    #[command(flatten)]
    pub of_vendor: VendorOptions,
}

/// `--grant`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum GrantValue {
    /// By client id and secret
    ClientCredentials,
    /// By an assertion signed with a private key
    Jwt,
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

impl ConnectArgs {
    pub(super) fn mode(&self) -> Option<Mode> {
        self.mode.map(|mode| match mode {
            ModeValue::Automatic => Mode::Automatic,
            ModeValue::Manual => Mode::Manual,
        })
    }

    /// Whether what was there before is due; `None`: nobody said.
    pub(super) fn backlog_push(&self) -> Option<bool> {
        self.backlog.map(|backlog| backlog == BacklogValue::Push)
    }

    pub(super) fn store_choice(&self) -> Option<StoreChoice> {
        self.credential_store.map(|place| match place {
            StoreValue::Keyring => StoreChoice::Keyring,
            StoreValue::File => StoreChoice::File,
        })
    }
}
