//! Where the program's files live, by platform.
//!
//! On Linux and macOS the XDG directories (`$XDG_DATA_HOME`, else `~/.local/share`), on Windows the
//! Known Folders. Directories made here are readable by their owner only (0700): the database holds
//! personal data.

use std::io;
use std::path::{Path, PathBuf};

use etcetera::AppStrategy as _;

const DIRECTORY: &str = "mobly-sync";
const DATABASE: &str = "mobly.db";

/// A standard place could not be found or made.
#[derive(Debug, thiserror::Error)]
pub enum PathError {
    /// The platform does not tell a home directory.
    #[error("no home directory is known; name the database with --db PATH")]
    NoHome,
    /// The directory could not be made.
    #[error("could not make the directory {}: {source}", path.display())]
    Make {
        /// The directory that was wanted.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
}

/// The default database: `mobly-sync/mobly.db` in the platform's data directory. Makes nothing.
///
/// # Errors
/// [`PathError::NoHome`] where the platform tells no home directory.
pub fn default_database() -> Result<PathBuf, PathError> {
    Ok(strategy()?.data_dir().join(DATABASE))
}

/// A path as somebody typed it: `~/` is the home directory, which no shell has put in at a prompt.
#[must_use]
pub fn expand_home(typed: &str) -> PathBuf {
    let typed = typed.trim();
    match (typed.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    }
}

/// The directory for logs: the platform's state directory, or the data directory where the platform
/// has none (Windows). Makes nothing.
///
/// # Errors
/// [`PathError::NoHome`] where the platform tells no home directory.
pub fn state_directory() -> Result<PathBuf, PathError> {
    let strategy = strategy()?;
    Ok(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()))
}

/// Makes the directory that `file` is in, with its parents, readable by the owner only. An existing
/// directory is left as it is.
///
/// # Errors
/// [`PathError::Make`] with the system's reason.
pub fn make_parent(file: &Path) -> Result<(), PathError> {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => make_directory(parent),
        _ => Ok(()),
    }
}

/// Makes a directory with its parents, readable by the owner only. An existing one is left as it is.
///
/// # Errors
/// [`PathError::Make`] with the system's reason.
pub fn make_directory(path: &Path) -> Result<(), PathError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| PathError::Make {
        path: path.to_owned(),
        source,
    })
}

/// Bytes a user may still write where `path` is; `None` where the system does not tell.
#[must_use]
pub fn free_space(path: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let facts = rustix::fs::statvfs(path).ok()?;
        facts.f_bavail.checked_mul(facts.f_frsize)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

fn strategy() -> Result<impl etcetera::AppStrategy, PathError> {
    etcetera::choose_app_strategy(etcetera::AppStrategyArgs {
        top_level_domain: String::new(),
        author: String::new(),
        app_name: DIRECTORY.to_owned(),
    })
    .map_err(|_| PathError::NoHome)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_default_database_is_in_our_own_directory() {
        let path = default_database().unwrap();
        assert!(path.ends_with("mobly-sync/mobly.db"), "{}", path.display());
    }

    #[cfg(unix)]
    #[test]
    fn parents_are_made_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("a/b/leads.db");
        make_parent(&file).unwrap();
        make_parent(&file).unwrap();
        for directory in ["a", "a/b"] {
            let mode = std::fs::metadata(root.path().join(directory))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o700, "{directory}");
        }
        make_parent(Path::new("leads.db")).unwrap();
    }
}
