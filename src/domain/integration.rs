//! A connection to one vendor: its mode, health, account and environment.

use serde::{Deserialize, Serialize};

use super::ids::{AccountId, IntegrationId};

/// The slot a vendor fills. At most one active integration a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IntegrationCategory {
    /// Customer relationship management.
    Crm,
    /// Marketing automation.
    Marketing,
    /// Where leads come from.
    Source,
}

impl IntegrationCategory {
    /// The word in the file and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Crm => "crm",
            Self::Marketing => "marketing",
            Self::Source => "source",
        }
    }

    /// The heading for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Crm => "CRM",
            Self::Marketing => "MARKETING",
            Self::Source => "SOURCE",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Crm, Self::Marketing, Self::Source]
            .into_iter()
            .find(|category| category.name() == name)
    }
}

/// When leads are pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// As soon as they are ready.
    Automatic,
    /// When somebody says so: they wait as Frozen.
    Manual,
}

impl Mode {
    /// The word on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Manual => "manual",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Automatic, Self::Manual]
            .into_iter()
            .find(|mode| mode.name() == name)
    }
}

/// What kind of account is on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// Real customers' data.
    Production,
    /// The vendor's own sandbox or test account.
    Sandbox,
    /// A server on this machine: nothing real happens.
    Rehearsal,
}

impl Environment {
    /// The word in the file and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
            Self::Rehearsal => "rehearsal",
        }
    }

    /// Reads the word; anything unknown is treated with the care of production.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "sandbox" => Self::Sandbox,
            "rehearsal" => Self::Rehearsal,
            _ => Self::Production,
        }
    }
}

/// Where an integration's secret is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretPlace {
    /// The operating system's keychain.
    Keyring,
    /// The encrypted file beside the database.
    File,
    /// An environment variable, used and never stored.
    Environment,
    /// Nowhere.
    None,
}

impl SecretPlace {
    /// The word in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::File => "file",
            Self::Environment => "environment",
            Self::None => "none",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "keyring" => Self::Keyring,
            "file" => Self::File,
            "environment" => Self::Environment,
            _ => Self::None,
        }
    }
}

/// The state an integration shows on `status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectionState {
    /// Signed in and running.
    Connected,
    /// Signed in, paused by the user.
    Disabled,
    /// The vendor wants a new sign-in.
    NeedsSignIn,
    /// Removed; set-up and history stay.
    Disconnected,
}

impl ConnectionState {
    /// The words for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Connected => "Connected",
            Self::Disabled => "Disabled",
            Self::NeedsSignIn => "Needs sign-in",
            Self::Disconnected => "Disconnected",
        }
    }
}

/// The options of a connection that are not secret, as the file keeps them (JSON). Vendor-neutral ones have a field; what
/// only one vendor knows is in `vendor`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// Replaces scheme, host and port of every endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// Fail leads matched by e-mail whose names both differ, instead of noting it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hold_identity: bool,
    /// A unique field of the vendor that we fill and match on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Notes and activities too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub activities: bool,
    /// What the user calls the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Of a source: what it captured before it was connected is due like everything after it, instead of waiting as
    /// `BEFORE_CONNECT`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub backlog_push: bool,
    /// Options only this vendor knows, by their flag's name.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub vendor: std::collections::BTreeMap<String, String>,
}

/// A connection ever made; it survives disconnect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integration {
    /// The row.
    pub id: IntegrationId,
    /// What `-i` takes.
    pub name: String,
    /// The vendor.
    pub vendor: String,
    /// The slot.
    pub category: IntegrationCategory,
    /// Whether it is connected.
    pub connected: bool,
    /// Whether it is not paused.
    pub enabled: bool,
    /// When leads are pushed.
    pub mode: Mode,
    /// Whether the vendor refused the last sign-in.
    pub needs_sign_in: bool,
    /// The account signed in to, now or last.
    pub account: Option<Account>,
    /// Options.
    pub settings: Settings,
    /// Where the secret is.
    pub secret_place: SecretPlace,
    /// Rises with every change of mapping, qualifiers, settings.
    pub revision: i64,
    /// Whether a person object has a mapping row.
    pub mapped: bool,
    /// When the mode was set, microseconds.
    pub mode_since: i64,
    /// Rises with every connect and disconnect.
    pub sign_in: i64,
}

impl Integration {
    /// The state shown on `status`.
    #[must_use]
    pub fn state(&self) -> ConnectionState {
        match self {
            Self {
                connected: false, ..
            } => ConnectionState::Disconnected,
            Self { enabled: false, .. } => ConnectionState::Disabled,
            Self {
                needs_sign_in: true,
                ..
            } => ConnectionState::NeedsSignIn,
            _ => ConnectionState::Connected,
        }
    }
}

/// A vendor's account, at the origin it was reached at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The row.
    pub id: AccountId,
    /// The vendor's own id (portal, org).
    pub vendor_account: String,
    /// `scheme://host:port`, empty for the vendor's own.
    pub origin: String,
    /// Production, sandbox or rehearsal.
    pub environment: Environment,
    /// What it is called.
    pub name: String,
}
