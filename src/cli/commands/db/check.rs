//! `db check`: the whole file looked through, and the board's counters counted afresh.

use clap::Args;
use serde::Serialize;

use super::must_exist;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::exit::ExitStatus;
use crate::ui::format::counted;

/// Look through the whole file, and put the board's counters right
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync db check")]
pub struct DbCheckArgs {}

#[derive(Serialize)]
struct Document {
    ok: bool,
    problems: Vec<String>,
    counters_corrected: usize,
}

pub(super) fn run(context: &Context) -> Result<ExitStatus, CommandError> {
    must_exist(context)?;
    let (_, mut store) = context.open()?;
    let problems = store.check_file()?;
    if !problems.is_empty() && !context.ui.json() {
        return Err(CommandError::new(
            ErrorCode::Database,
            format!("the file is damaged: {}", problems.join("; ")),
        )
        .hint(
            "put back a copy of it; leads already pushed are found again and not created twice",
        ));
    }
    if problems.is_empty() && !store.finish_erasure()? {
        context.ui.warning(
            "bytes of erased leads could not be overwritten yet: another process is at the file",
        );
    }
    // A damaged file is left as it is.
    let corrected = if problems.is_empty() {
        store.repair_counters()?.len()
    } else {
        0
    };
    let ui = &context.ui;
    if ui.json() {
        let ok = problems.is_empty();
        ui.document(&Document {
            ok,
            problems,
            counters_corrected: corrected,
        });
        return Ok(if ok {
            ExitStatus::Done
        } else {
            ExitStatus::Failed
        });
    }
    ui.status("The file is sound.");
    match corrected {
        0 => ui.status("The board's numbers agree with the leads."),
        some => ui.status(format!(
            "Corrected {} of the board.",
            counted(some as u64, "number")
        )),
    }
    Ok(ExitStatus::Done)
}
