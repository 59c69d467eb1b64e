//! `suppress list [ADDRESS|DOMAIN]`.

use clap::Args;
use serde::Serialize;

use super::entry;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::format;
use crate::ui::table::Table;

/// Show the list in numbers (it holds hashes, no addresses), or whether one is on it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync suppress list\n  mobly-sync suppress list ann@example.com"
)]
pub struct SuppressListArgs {
    /// Tell whether this address or domain is suppressed
    #[arg(value_name = "ADDRESS|DOMAIN")]
    pub entry: Option<String>,
}

#[derive(Serialize)]
struct Group {
    kind: String,
    reason: Option<String>,
    added: String,
    count: u64,
    erased: bool,
}

#[derive(Serialize)]
struct Document {
    suppressions: Vec<Group>,
    addresses: u64,
    domains: u64,
}

#[derive(Serialize)]
struct One {
    suppressed: bool,
    /// `address` or `domain`.
    kind: Option<String>,
    domain: Option<String>,
    reason: Option<String>,
    added: Option<String>,
    erased: bool,
}

pub(super) fn run(context: &Context, args: &SuppressListArgs) -> Result<ExitStatus, CommandError> {
    let (_, store) = context.open()?;
    if let Some(word) = &args.entry {
        return one(context, &store, word);
    }
    let groups = store.suppressions()?;
    let sum = |kind: &str| {
        let of_kind = groups.iter().filter(|group| group.kind == kind);
        of_kind.map(|group| group.count).sum()
    };
    let ui = &context.ui;
    if ui.json() {
        let (addresses, domains) = (sum("address"), sum("domain"));
        let suppressions = groups.into_iter().map(|group| Group {
            kind: group.kind,
            reason: group.reason,
            added: group.added.to_string(),
            count: group.count,
            erased: group.erased,
        });
        ui.document(&Document {
            suppressions: suppressions.collect(),
            addresses,
            domains,
        });
        return Ok(ExitStatus::Done);
    }
    if groups.is_empty() {
        ui.status("Nothing is suppressed.");
        return Ok(ExitStatus::Done);
    }
    let mut table = Table::new(&["KIND", "COUNT", "ADDED", "REASON"]).right(&[1]);
    for group in &groups {
        table.row([
            group.kind.as_str(),
            format::count(group.count).as_str(),
            format::stamp(group.added).as_str(),
            group.reason.as_deref().unwrap_or(""),
        ]);
    }
    table.print(ui);
    Ok(ExitStatus::Done)
}

fn one(context: &Context, store: &Store, word: &str) -> Result<ExitStatus, CommandError> {
    let found = store.suppressed_by(&entry(word)?)?;
    let ui = &context.ui;
    if ui.json() {
        let by = found.as_ref();
        ui.document(&One {
            suppressed: by.is_some(),
            kind: by.map(|by| by.kind.clone()),
            domain: by.and_then(|by| by.domain.clone()),
            reason: by.and_then(|by| by.reason.clone()),
            added: by.map(|by| by.added.to_string()),
            erased: by.is_some_and(|by| by.erased),
        });
        return Ok(ExitStatus::Done);
    }
    let shown = format::clean(word);
    match found {
        None => ui.data(format_args!("{shown} is not suppressed")),
        Some(by) => {
            let through = match (by.domain, by.kind.as_str()) {
                (Some(domain), "domain") => format!(", by the domain {domain}"),
                _ => String::new(),
            };
            let reason = by.reason.map_or_else(String::new, |reason| {
                format!(" ({})", format::clean(&reason))
            });
            ui.data(format_args!(
                "{shown} is suppressed since {}{through}{reason}",
                format::stamp(by.added)
            ));
        }
    }
    Ok(ExitStatus::Done)
}
