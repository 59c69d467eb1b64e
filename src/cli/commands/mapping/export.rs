//! `mapping export`: the mapping as TOML.

use clap::Args;

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::engine::set_up::MappingFile;
use crate::exit::ExitStatus;
use crate::ui::format::counted;

/// Write the mapping as TOML, fit for version control
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync mapping export mapping.toml")]
pub struct MappingExportArgs {
    /// The file; - for standard output
    #[arg(default_value = "-", value_hint = clap::ValueHint::FilePath)]
    pub file: String,
}

/// Runs the command.
///
/// # Errors
/// If the file cannot be written.
pub async fn run(context: &Context, args: &MappingExportArgs) -> Result<ExitStatus, CommandError> {
    let setup = Setup::open(context)?;
    let rules = setup.store.rules(setup.integration.id)?;
    let text = MappingFile::of(setup.vendor, &rules, &setup.events)
        .text()
        .map_err(|error| {
            CommandError::internal("the mapping cannot be written").caused_by(&error)
        })?;
    let to_file = args.file != "-";
    if to_file {
        std::fs::write(&args.file, &text).map_err(|error| {
            CommandError::new(ErrorCode::File, format!("cannot write {}", args.file))
                .caused_by(&error)
        })?;
    }
    let ui = &context.ui;
    match (ui.json(), to_file) {
        (true, _) => ui.document(&serde_json::json!({
            "integration": setup.integration.name,
            "rows": rules.len(),
            "file": to_file.then_some(&args.file),
            "toml": (!to_file).then_some(&text),
        })),
        (false, true) => ui.status(format_args!(
            "{} written to {}.",
            counted(rules.len() as u64, "row"),
            args.file
        )),
        (false, false) => ui.raw(&text),
    }
    Ok(ExitStatus::Done)
}
