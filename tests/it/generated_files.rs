//! Completion scripts, manual pages and the README's tables are what the program's own definition makes of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mobly_sync::cli::generate;

const HELP: &str = "run `cargo run -- util generate` and commit what it writes";

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_generated_file_is_current() {
    for (path, content) in generate::files() {
        let found = std::fs::read_to_string(repository().join(&path)).unwrap_or_default();
        assert!(
            found == content,
            "{} is out of date: {HELP}",
            path.display()
        );
    }
}

#[test]
fn no_file_of_a_command_that_is_gone_stays_behind() {
    let made: BTreeSet<PathBuf> = generate::files()
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    for folder in ["completions", "man"] {
        for entry in std::fs::read_dir(repository().join(folder)).unwrap() {
            let path = Path::new(folder).join(entry.unwrap().file_name());
            assert!(
                made.contains(&path),
                "{} belongs to no command",
                path.display()
            );
        }
    }
}

#[test]
fn the_tables_of_the_readme_are_current() {
    // Before there is a README there is nothing to keep current.
    if let Ok(text) = std::fs::read_to_string(repository().join("README.md")) {
        assert!(
            generate::with_tables(&text) == text,
            "README.md is out of date: {HELP}"
        );
    }
}
