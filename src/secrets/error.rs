//! What can go wrong with a place for secrets, and what the user can do about it.

use std::io;
use std::path::PathBuf;

/// A store of secrets failed. The message says what happened, [`fix`](Self::fix) what to do; neither
/// holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// This machine has no keychain, or none that answers.
    #[error("there is no keychain here: {0}")]
    NoKeychain(String),
    /// The keychain is there but refuses: it is locked or access was denied.
    #[error("the keychain is locked: {0}")]
    KeychainLocked(String),
    /// The keychain (or a lock on the secrets file) did not answer in time.
    #[error("{0} did not answer within {1} seconds")]
    TimedOut(&'static str, u64),
    /// The passphrase does not open the secrets file.
    #[error("the passphrase does not open {}", .0.display())]
    WrongPassphrase(PathBuf),
    /// There is a secrets file, or should be one, and no passphrase.
    #[error("the secrets file {} needs a passphrase", .0.display())]
    NoPassphrase(PathBuf),
    /// Neither a keychain nor a passphrase for a file: there is nowhere to keep a secret.
    #[error("there is nowhere safe to keep the sign-in: {0}, and no passphrase for a file is set")]
    Nowhere(String),
    /// What is stored is damaged or not ours.
    #[error("{place} is damaged: {reason}")]
    Corrupt {
        /// Which store or file.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The secret is longer than the keychain takes.
    #[error("the sign-in is too long for the keychain (at most {0} bytes)")]
    TooLong(u32),
    /// The environment can't be written to.
    #[error("a sign-in from the environment is used and never stored")]
    ReadOnly,
    /// `--credential-store` or its variable says something unknown.
    #[error("`{0}` is no place for secrets; it is `keyring` or `file`")]
    UnknownChoice(String),
    /// The file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// Something that should not happen (no random numbers, no thread).
    #[error("{0}")]
    Internal(String),
}

impl SecretError {
    /// What the user can do, in one sentence.
    #[must_use]
    pub fn fix(&self) -> String {
        match self {
            Self::NoKeychain(_) | Self::Nowhere(_) => {
                "set MOBLY_SYNC_PASSPHRASE to keep it in an encrypted file, or give a token by its environment variable".to_owned()
            }
            Self::KeychainLocked(_) => {
                "unlock the keychain and try again, or set MOBLY_SYNC_PASSPHRASE and connect with --credential-store file".to_owned()
            }
            Self::TimedOut(..) => {
                "try again; if a window asks for the keychain's password, answer it first; or set MOBLY_SYNC_PASSPHRASE and connect with --credential-store file".to_owned()
            }
            Self::WrongPassphrase(path) => format!(
                "set MOBLY_SYNC_PASSPHRASE to the passphrase it was made with; if that is lost, remove {} and connect again",
                path.display()
            ),
            Self::NoPassphrase(_) => "set MOBLY_SYNC_PASSPHRASE".to_owned(),
            Self::Corrupt { .. } => {
                "restore it from a backup, or remove it and connect again".to_owned()
            }
            Self::TooLong(_) => {
                "set MOBLY_SYNC_PASSPHRASE and connect with --credential-store file".to_owned()
            }
            Self::ReadOnly => "connect without the variable to store a sign-in".to_owned(),
            Self::UnknownChoice(_) => {
                "set MOBLY_SYNC_CREDENTIAL_STORE (or --credential-store) to keyring or file"
                    .to_owned()
            }
            Self::Io { .. } => "check the file, its directory and their permissions".to_owned(),
            Self::Internal(_) => "try again; if it stays, report it".to_owned(),
        }
    }
}
