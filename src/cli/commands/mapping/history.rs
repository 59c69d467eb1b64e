//! `mapping history`: who changed what.

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::domain::history::MappingChange;
use crate::exit::ExitStatus;
use crate::ui::format::moment;
use crate::ui::table::{Cell, Table, Tone};

/// Changed rows named on a line.
const NAMED: usize = 2;

/// Show every change of the mapping
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping history\n  mobly-sync mapping history --json"
)]
pub struct MappingHistoryArgs {
    /// Show so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    history: &'a [MappingChange],
}

/// Runs the command.
///
/// # Errors
/// If nothing was ever connected.
pub async fn run(context: &Context, args: &MappingHistoryArgs) -> Result<ExitStatus, CommandError> {
    let setup = Setup::open(context)?;
    let mut history = setup.store.mapping_history(setup.integration.id)?;
    let all = history.len();
    history.truncate(args.limit);
    let ui = &context.ui;
    if ui.json() {
        ui.document(&Document {
            integration: &setup.integration.name,
            history: &history,
        });
        return Ok(ExitStatus::Done);
    }
    let zone = TimeZone::system();
    let mut table = Table::new(&["RUN", "WHEN", "BY", "COMMAND", "CHANGED"]).right(&[0]);
    for change in &history {
        let when = match (ui.out_is_terminal(), change.at.parse::<Timestamp>()) {
            (true, Ok(at)) => moment(at, setup.now, &zone),
            _ => change.at.clone(),
        };
        table.row([
            Cell::from(change.run.to_string()),
            Cell::toned(when, Tone::Faint),
            change.by.clone().unwrap_or_default().into(),
            Cell::toned(change.command.clone(), Tone::Strong),
            changed(change, ui.out_is_terminal()).into(),
        ]);
    }
    table.print(ui);
    match all {
        0 => {
            ui.status("The mapping was never changed.");
            ui.next(&setup.command("mapping defaults"));
        }
        more if more > history.len() => {
            ui.status(format_args!(
                "{} more: --limit {more}",
                more - history.len()
            ));
        }
        _ => ui.next(&setup.command("mapping revert RUN")),
    }
    Ok(ExitStatus::Done)
}

fn changed(change: &MappingChange, shortened: bool) -> String {
    let keys: Vec<&str> = change.changes.iter().map(|one| one.key.as_str()).collect();
    if !shortened || keys.len() <= NAMED {
        return keys.join(", ");
    }
    format!(
        "{} and {} more",
        keys[..NAMED - 1].join(", "),
        keys.len() - NAMED + 1
    )
}
