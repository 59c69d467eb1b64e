//! `suppress`: addresses and domains that never leave.

pub mod add;
pub mod list;
pub mod remove;

use std::io::Read as _;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::domain::suppression::Entry;
use crate::exit::ExitStatus;
use crate::store::suppressions::SuppressionChange;
use crate::ui::format;

/// Lines that cannot be read, named one by one up to so many.
const SHOWN: usize = 5;

/// Manage addresses and domains that never leave
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync suppress add ann@example.com rival.com --reason \"asked us to\"\n  mobly-sync suppress list ann@example.com"
)]
pub struct SuppressArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: SuppressCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum SuppressCommand {
    Add(add::SuppressAddArgs),
    List(list::SuppressListArgs),
    Remove(remove::SuppressRemoveArgs),
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &SuppressArgs) -> Result<ExitStatus, CommandError> {
    match &args.command {
        SuppressCommand::Add(args) => add::run(context, args),
        SuppressCommand::List(args) => list::run(context, args),
        SuppressCommand::Remove(args) => remove::run(context, args),
    }
}

/// What was named, and lines of a file that are neither address nor domain.
struct Named {
    entries: Vec<Entry>,
    unread: Vec<String>,
}

/// Reads what is named as arguments (a slip there is an error) and in a file, one a line; of several cells the first.
fn named(words: &[String], from: Option<&str>) -> Result<Named, CommandError> {
    let mut named = Named {
        entries: words
            .iter()
            .map(|word| entry(word))
            .collect::<Result<_, _>>()?,
        unread: Vec::new(),
    };
    if let Some(file) = from {
        for (number, line) in text_of(file)?.lines().enumerate() {
            let cell = line
                .split([',', ';', '\t'])
                .next()
                .unwrap_or_default()
                .trim();
            if cell.is_empty() || cell.starts_with('#') {
                continue;
            }
            match Entry::read(cell) {
                Some(entry) => named.entries.push(entry),
                // The first line may be a heading.
                None if number == 0 && !cell.contains('@') => {}
                None => named
                    .unread
                    .push(format!("line {}: {}", number + 1, format::clean(cell))),
            }
        }
    }
    named.entries.sort();
    named.entries.dedup();
    if named.entries.is_empty() && named.unread.is_empty() {
        return Err(CommandError::usage("no address and no domain is named")
            .hint("name them, or a file with one a line: --from FILE (- for standard input)"));
    }
    Ok(named)
}

/// One address or domain of the command line.
fn entry(word: &str) -> Result<Entry, CommandError> {
    Entry::read(word).ok_or_else(|| {
        CommandError::usage(format!(
            "{word:?} is neither an e-mail address nor a domain"
        ))
        .hint("an address like ann@example.com, or a domain like example.com")
    })
}

fn text_of(file: &str) -> Result<String, CommandError> {
    let mut bytes = Vec::new();
    let read = if file == "-" {
        std::io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(file).map(|content| bytes = content)
    };
    read.map_err(|error| {
        CommandError::new(ErrorCode::File, format!("cannot read {file}")).caused_by(&error)
    })?;
    Ok(String::from_utf8_lossy(&bytes)
        .trim_start_matches('\u{feff}')
        .to_owned())
}

#[derive(Serialize)]
struct Changed {
    changed: u64,
    unchanged: u64,
    /// Lines that could not be read.
    rejected: u64,
    /// Leads that are held now, or wait again.
    leads: u64,
}

fn told(
    context: &Context,
    done: SuppressionChange,
    unread: &[String],
    word: &str,
    leads: &str,
) -> ExitStatus {
    let ui = &context.ui;
    let mut said = format!(
        "{word} {}",
        format::counted(done.changed, "entry").replace("entrys", "entries")
    );
    if done.unchanged > 0 {
        said.push_str(&format!(
            "; {} stood so already",
            format::count(done.unchanged)
        ));
    }
    ui.status(format_args!("{said}."));
    if done.leads > 0 {
        ui.status(format_args!(
            "{} {leads}.",
            format::counted(done.leads, "lead")
        ));
    }
    for line in unread.iter().take(SHOWN) {
        ui.warning(format_args!("neither an address nor a domain, {line}"));
    }
    if unread.len() > SHOWN {
        ui.warning(format_args!("and {} more lines", unread.len() - SHOWN));
    }
    if ui.json() {
        ui.document(&Changed {
            changed: done.changed,
            unchanged: done.unchanged,
            rejected: unread.len() as u64,
            leads: done.leads,
        });
    }
    if unread.is_empty() {
        ExitStatus::Done
    } else {
        ExitStatus::SomeFailed
    }
}

/// The command for history: what it names is nobody's business.
fn command(verb: &str, entries: &[Entry]) -> String {
    format!(
        "suppress {verb} ({} named)",
        format::count(entries.len() as u64)
    )
}
