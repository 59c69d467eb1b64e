//! The file: there, ours, readable, writable, sound, the only one of its identity.

use std::path::Path;
use std::time::Duration;

use super::words::{bytes, counted};
use crate::app::App;
use crate::domain::checkup::Check;
use crate::domain::hints::quote;
use crate::paths;
use crate::store::{Store, StoreError};

/// How long each look through the whole file may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// Below this an import or a large push may run out of room.
const LITTLE_ROOM: u64 = 200_000_000;

const DATABASE: &str = "database";
const SCHEMA: &str = "schema";

/// Looks at the file without ever making one.
pub(super) fn examine(app: &App) -> (Vec<Check>, Option<Store>) {
    let path = app.database();
    let shown = path.display();
    let data = match std::fs::metadata(path) {
        Ok(data) => data,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let none = format!("no database yet at {shown}; it is made by the first command");
            return (vec![Check::fine(DATABASE, none)], None);
        }
        Err(error) => {
            let check = Check::broken(DATABASE, format!("{shown} cannot be read: {error}"));
            return (vec![check.hint(PERMISSIONS)], None);
        }
    };
    if data.is_dir() {
        let check = Check::broken(DATABASE, format!("{shown} is a folder"));
        return (vec![check.hint("name the file with --db PATH")], None);
    }
    if data.len() == 0 {
        let empty = format!("{shown} is empty; the first command makes a database of it");
        return (vec![Check::fine(DATABASE, empty)], None);
    }
    match Store::open(path) {
        Ok(store) => (opened(app, &store, &data), Some(store)),
        Err(error) => (not_opened(path, &error), None),
    }
}

const PERMISSIONS: &str = "check that the file and its folder may be read and written";

fn not_opened(path: &Path, error: &StoreError) -> Vec<Check> {
    let shown = path.display();
    let fine = || Check::fine(DATABASE, shown.to_string());
    let reason = error.to_string();
    match error {
        StoreError::Newer { found, known, .. } => vec![
            fine(),
            Check::broken(
                SCHEMA,
                format!("version {found}; this program knows up to {known}"),
            )
            .hint("update mobly-sync, or name another file with --db PATH"),
        ],
        StoreError::Foreign { .. } => vec![
            Check::broken(DATABASE, reason)
                .hint("this is another program's file: name the right one with --db PATH; nothing was changed"),
        ],
        StoreError::Corrupt { .. } => vec![damaged(&reason)],
        StoreError::Locked => vec![Check::broken(DATABASE, reason).hint(
            "another program is writing to the file; when it has finished, look again",
        ).fix("mobly-sync doctor")],
        _ => vec![Check::broken(DATABASE, reason).hint(PERMISSIONS)],
    }
}

fn damaged(reason: &str) -> Check {
    Check::broken(DATABASE, reason).hint(
        "put back a copy of the file; leads already pushed are found again and not created twice",
    )
}

fn opened(app: &App, store: &Store, data: &std::fs::Metadata) -> Vec<Check> {
    vec![
        database(app, store, data),
        schema(store),
        counters(app, store),
        copies(store),
    ]
}

fn database(app: &App, store: &Store, data: &std::fs::Metadata) -> Check {
    let path = app.database();
    let shown = path.display();
    if let Err(error) = store.can_write() {
        let check = Check::broken(DATABASE, format!("{shown} takes no writes: {error}"));
        return check.hint(PERMISSIONS);
    }
    let sound = match store.quick_check(patience(app)) {
        Ok(Some(problems)) if problems.is_empty() => "sound",
        Ok(None) => "too large to look through quickly",
        Ok(Some(problems)) => {
            return damaged(&format!("{shown} is damaged: {}", problems.join("; ")));
        }
        Err(error) => return damaged(&format!("{shown}: {error}")),
    };
    let room = paths::free_space(path);
    let free = room.map_or_else(String::new, |room| format!(", {} free", bytes(room)));
    let facts = format!("{shown} ({}, {sound}{free})", bytes(data.len()));
    if let Some(mode) = open_to_others(data) {
        return Check::warning(DATABASE, facts)
            .note(format!(
                "others on this machine may read it (mode {mode:04o}): it holds personal data"
            ))
            .fix(format!("chmod 600 {}", quote(&path.to_string_lossy())));
    }
    if room.is_some_and(|room| room < LITTLE_ROOM) {
        return Check::warning(DATABASE, facts).hint("make room on this disk");
    }
    Check::fine(DATABASE, facts)
}

/// The mode of a file that is not its owner's alone.
fn open_to_others(data: &std::fs::Metadata) -> Option<u32> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = data.permissions().mode() & 0o777;
        (mode & 0o077 != 0).then_some(mode)
    }
    #[cfg(not(unix))]
    {
        let _ = data;
        None
    }
}

fn schema(store: &Store) -> Check {
    match store.schema_version() {
        Ok(version) => Check::fine(SCHEMA, format!("version {version}, this program's own")),
        Err(error) => Check::broken(SCHEMA, error.to_string()),
    }
}

fn counters(app: &App, store: &Store) -> Check {
    const NAME: &str = "counters";
    match store.check_counters_while(patience(app)) {
        Ok(Some(wrong)) if wrong.is_empty() => Check::fine(NAME, "agree with the leads"),
        Ok(None) => Check::fine(NAME, "not counted: that would take too long")
            .hint("mobly-sync db check counts them"),
        Ok(Some(wrong)) => {
            let count = counted(wrong.len() as u64, "number");
            Check::warning(
                NAME,
                format!("{count} of the board do not agree with the leads"),
            )
            .fix("mobly-sync db check")
        }
        Err(error) => Check::broken(NAME, error.to_string()),
    }
}

fn copies(store: &Store) -> Check {
    const NAME: &str = "copies";
    match store.original() {
        Ok(None) => Check::fine(NAME, "no other file of this identity is known"),
        Ok(Some(original)) => Check::warning(
            NAME,
            format!("this file is a copy of {}", original.display()),
        )
        .note("both use one sign-in and push the same leads: each can take it away from the other")
        .hint("work with one of them, or give this one an identity of its own")
        .fix("mobly-sync db adopt"),
        Err(error) => Check::broken(NAME, error.to_string()),
    }
}

fn patience(app: &App) -> impl FnMut() -> bool + Send + 'static {
    let clock = app.plain_clock();
    let end = clock.monotonic() + PATIENCE;
    move || clock.monotonic() < end
}
