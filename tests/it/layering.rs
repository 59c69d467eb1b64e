//! The picture in `src/lib.rs`, held against the code: which room may use which, and where vendors may be named.

use std::path::{Path, PathBuf};

/// Room, and the rooms it may use beside itself. Whoever is not listed may use all (`cli`, `app`, `main`).
const ALLOWED: &[(&str, &[&str])] = &[
    ("clock", &["env_vars"]),
    ("domain", &[]),
    ("env_vars", &[]),
    ("exit", &[]),
    ("paths", &["env_vars"]),
    ("sandbox", &[]),
    ("secrets", &["domain", "env_vars", "clock", "paths"]),
    (
        "sign_in",
        &["domain", "secrets", "transport", "vendors", "clock"],
    ),
    ("store", &["domain"]),
    ("transport", &["domain", "clock", "env_vars"]),
    ("vendors", &["domain", "transport"]),
    // Of the vendors only the words of their contract: sign-ins, failed calls.
    ("sources", &["domain", "transport", "vendors"]),
    (
        "capture",
        &["domain", "store", "sources", "vendors", "clock"],
    ),
    ("engine", &["domain", "store", "vendors", "clock"]),
    ("enrich", &["domain", "store", "transport", "clock"]),
    (
        "ui",
        &["domain", "engine::events", "env_vars", "exit", "clock"],
    ),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every source file with its path below `src`, without its tests.
fn code() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            let text = std::fs::read_to_string(&path).unwrap();
            (name, text)
        })
        .filter(|(name, _)| !name.contains("test"))
        .map(|(name, text)| {
            let code = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default()
                .to_owned();
            (name, code)
        })
        .collect()
}

fn room(name: &str) -> &str {
    name.split('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".rs")
}

/// The parts of the crate a file names, by `crate::…` anywhere in it.
fn used(code: &str) -> Vec<String> {
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| {
            line.match_indices("crate::")
                .map(|(at, found)| line[at + found.len()..].to_owned())
                .collect::<Vec<_>>()
        })
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':')
                .collect::<String>()
        })
        .collect()
}

#[test]
fn no_room_reaches_where_it_must_not() {
    let mut wrong = Vec::new();
    for (name, text) in code() {
        let Some((own, allowed)) = ALLOWED.iter().find(|(own, _)| *own == room(&name)) else {
            continue;
        };
        for path in used(&text) {
            let fine = path.split("::").next() == Some(own)
                || allowed
                    .iter()
                    .any(|room| path == *room || path.starts_with(&format!("{room}::")));
            if !fine {
                wrong.push(format!("{name} uses crate::{path}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_vendor_never_uses_another() {
    let vendors: Vec<&str> = mobly_sync::vendors::ALL
        .iter()
        .map(|vendor| vendor.name)
        .collect();
    for (name, text) in code() {
        let Some(own) = name
            .strip_prefix("vendors/")
            .and_then(|rest| rest.split_once('/'))
            .map(|(own, _)| own)
        else {
            continue;
        };
        for other in vendors.iter().filter(|other| **other != own) {
            assert!(
                !used(&text).iter().any(|path| path.contains(other)),
                "{name} uses {other}"
            );
        }
    }
}

#[test]
fn vendors_are_named_only_in_their_own_rooms() {
    let mut wrong = Vec::new();
    for (name, text) in code() {
        if matches!(room(&name), "vendors" | "sources" | "sandbox") {
            continue;
        }
        for (number, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for vendor in [
                "hubspot",
                "salesforce",
                "pipedrive",
                "zoho",
                "marketo",
                "pardot",
            ] {
                if line.to_lowercase().contains(&format!("\"{vendor}\"")) {
                    wrong.push(format!("{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sql_stands_only_in_the_store() {
    for (name, text) in code() {
        assert!(
            room(&name) == "store" || !text.contains("rusqlite"),
            "{name} knows SQLite"
        );
    }
}

#[test]
fn only_the_terminal_prints() {
    for (name, text) in code() {
        let prints = ["println!", "print!(", "eprintln!", "eprint!("];
        let found = text.lines().find(|line| {
            !line.trim_start().starts_with("//") && prints.iter().any(|p| line.contains(p))
        });
        assert!(room(&name) == "ui" || found.is_none(), "{name}: {found:?}");
    }
}
