//! What is made from the program's own definition: completion scripts, manual pages, tables of the README.
//!
//! The files are kept in the repository for packagers; a test compares them with what this module makes.

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap_complete::Shell;
use clap_mangen::Man;

use super::command;
use crate::domain::category::CATEGORIES;
use crate::env_vars;
use crate::exit::MEANINGS;

const NAME: &str = "mobly-sync";

/// A shell's completion script.
#[must_use]
pub fn completions(shell: Shell) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut command(), NAME, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The manual page of a command, named by its words; of the program for none. `None`: there is no such command.
#[must_use]
pub fn man_page(words: &[String]) -> Option<String> {
    let mut root = for_manual();
    root.build();
    let mut found = &root;
    for word in words {
        found = found.find_subcommand(word)?;
    }
    Some(render(found.clone(), words.is_empty()))
}

/// Every generated file, relative to the repository.
#[must_use]
pub fn files() -> Vec<(PathBuf, String)> {
    let mut files: Vec<(PathBuf, String)> = Shell::value_variants()
        .iter()
        .map(|shell| {
            let name = match shell {
                Shell::Bash => "mobly-sync.bash",
                Shell::Elvish => "mobly-sync.elv",
                Shell::Fish => "mobly-sync.fish",
                Shell::PowerShell => "_mobly-sync.ps1",
                _ => "_mobly-sync",
            };
            (Path::new("completions").join(name), completions(*shell))
        })
        .collect();
    let mut root = for_manual();
    root.build();
    files.push((manual_path(&root), render(root.clone(), true)));
    manual_pages(&root, &mut files);
    files
}

/// Writes the generated files below the repository and renews the tables of its README; tells how many files it wrote.
///
/// # Errors
/// If a file cannot be read or written.
pub fn write(repository: &Path) -> io::Result<usize> {
    let mut written = 0;
    for (path, content) in files() {
        let path = repository.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, content)?;
        written += 1;
    }
    let readme = repository.join("README.md");
    if readme.exists() {
        std::fs::write(&readme, with_tables(&std::fs::read_to_string(&readme)?))?;
        written += 1;
    }
    Ok(written)
}

/// The text with every generated table renewed. A table stands between `<!-- generated: NAME -->` and
/// `<!-- end generated -->`.
#[must_use]
pub fn with_tables(text: &str) -> String {
    const END: &str = "<!-- end generated -->";
    let mut result = text.to_owned();
    for (name, table) in tables() {
        let start = format!("<!-- generated: {name} -->");
        let Some(from) = result.find(&start).map(|at| at + start.len()) else {
            continue;
        };
        if let Some(length) = result[from..].find(END) {
            result.replace_range(from..from + length, &format!("\n{table}"));
        }
    }
    result
}

/// The tables a README can have, by name.
fn tables() -> Vec<(&'static str, String)> {
    let table = |head: [&str; 2], rows: Vec<[String; 2]>| {
        let mut text = format!("| {} | {} |\n| --- | --- |\n", head[0], head[1]);
        for [left, right] in rows {
            text.push_str(&format!("| {left} | {} |\n", right.replace('|', "\\|")));
        }
        text
    };
    let code = |text: &str| format!("`{text}`");
    vec![
        (
            "exit-status",
            table(
                ["code", "meaning"],
                MEANINGS
                    .iter()
                    .map(|(status, meaning)| [status.code().to_string(), (*meaning).to_owned()])
                    .collect(),
            ),
        ),
        (
            "categories",
            table(
                ["category", "meaning"],
                CATEGORIES
                    .iter()
                    .map(|text| [code(text.category.code()), text.description.to_owned()])
                    .collect(),
            ),
        ),
        (
            "environment",
            table(
                ["variable", "meaning"],
                env_vars::LIST
                    .iter()
                    .map(|(name, meaning)| [code(name), (*meaning).to_owned()])
                    .collect(),
            ),
        ),
    ]
}

/// The definition as the manual shows it: its groups are headings there anyway, and `help` needs no page.
fn for_manual() -> clap::Command {
    command().disable_help_subcommand(true)
}

fn manual_pages(command: &clap::Command, files: &mut Vec<(PathBuf, String)>) {
    for subcommand in command
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
    {
        files.push((manual_path(subcommand), render(subcommand.clone(), false)));
        manual_pages(subcommand, files);
    }
}

fn manual_path(command: &clap::Command) -> PathBuf {
    let name = command.get_display_name().unwrap_or(NAME);
    Path::new("man").join(format!("{name}.1"))
}

fn render(command: clap::Command, with_environment: bool) -> String {
    let mut bytes = Vec::new();
    // Writing into memory cannot fail.
    let _ = Man::new(command)
        .source(concat!("mobly-sync ", env!("CARGO_PKG_VERSION")))
        .manual("mobly-sync manual")
        .render(&mut bytes);
    let mut page = with_headings(&String::from_utf8_lossy(&bytes));
    if with_environment {
        page.push_str(".SH ENVIRONMENT\n");
        for (name, meaning) in env_vars::LIST {
            page.push_str(&format!(".TP\n\\fB{}\\fR\n{}\n", roff(name), roff(meaning)));
        }
    }
    page
}

/// The generator puts what stands below the options into one section called "extra"; here its first line becomes the
/// heading, and its lines stay as they are.
fn with_headings(page: &str) -> String {
    let mut lines = page.lines().peekable();
    let mut result = String::new();
    let mut verbatim = false;
    while let Some(line) = lines.next() {
        let heading = (line == ".SH EXTRA")
            .then(|| lines.next_if(|title| title.ends_with(':')))
            .flatten();
        if verbatim && line.starts_with(".SH") {
            result.push_str(".fi\n");
            verbatim = false;
        }
        match heading {
            Some(title) => {
                let title = title.trim_end_matches(':').to_uppercase();
                result.push_str(&format!(".SH \"{title}\"\n.nf\n"));
                verbatim = true;
            }
            None => {
                result.push_str(line);
                result.push('\n');
            }
        }
    }
    if verbatim {
        result.push_str(".fi\n");
    }
    result
}

fn roff(text: &str) -> String {
    text.replace('\\', "\\\\").replace('-', "\\-")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_shell_and_every_command_has_its_file() {
        let paths: Vec<String> = files()
            .into_iter()
            .map(|(path, _)| path.display().to_string())
            .collect();
        for wanted in [
            "completions/mobly-sync.bash",
            "completions/_mobly-sync",
            "completions/mobly-sync.fish",
            "completions/mobly-sync.elv",
            "completions/_mobly-sync.ps1",
            "man/mobly-sync.1",
            "man/mobly-sync-reconcile.1",
            "man/mobly-sync-mapping-set.1",
        ] {
            assert!(
                paths.iter().any(|path| path == wanted),
                "{wanted} of {paths:?}"
            );
        }
        assert!(!paths.iter().any(|path| path.contains("util")));
    }

    #[test]
    fn a_page_is_found_by_the_words_of_its_command() {
        let page = man_page(&["mapping".into(), "set".into()]).unwrap();
        assert!(page.contains("mobly\\-sync\\-mapping\\-set"), "{page}");
        assert!(page.contains(".SH \"EXAMPLES\"\n.nf\n"), "{page}");
        assert!(page.ends_with(".fi\n"), "{page}");
        assert!(man_page(&["nonsense".into()]).is_none());
        assert!(man_page(&[]).unwrap().contains("MOBLY_SYNC_DB"));
    }

    #[test]
    fn tables_are_renewed_between_their_marks_and_nowhere_else() {
        let text = "a\n<!-- generated: exit-status -->\nold\n<!-- end generated -->\nb\n";
        let renewed = with_tables(text);
        assert!(renewed.starts_with("a\n<!-- generated: exit-status -->\n| code | meaning |\n"));
        assert!(
            renewed.ends_with("|\n<!-- end generated -->\nb\n"),
            "{renewed}"
        );
        assert!(!renewed.contains("old"));
        assert_eq!(with_tables(&renewed), renewed);
        assert_eq!(with_tables("none"), "none");
    }
}
