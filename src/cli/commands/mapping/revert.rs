//! `mapping revert`: back to how it was.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::cli::set_up::report::Told;
use crate::domain::ids::RunId;
use crate::exit::ExitStatus;
use crate::store::StoreError;

/// Put the mapping back as it was before a change
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync mapping revert\n  mobly-sync mapping revert 41")]
pub struct MappingRevertArgs {
    /// The change, by its run number (default: the latest)
    pub run: Option<i64>,
}

/// Runs the command.
///
/// # Errors
/// If there is no such change.
pub async fn run(context: &Context, args: &MappingRevertArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let before = setup.store.rules(setup.integration.id)?;
    let number = args.run.map(|run| run.to_string());
    let mut words = vec!["mapping", "revert"];
    words.extend(number.as_deref());
    let author = setup.author(context, &words);
    let reverted = setup
        .store
        .revert_mapping(
            setup.integration.id,
            args.run.map(RunId),
            &author,
            setup.now,
        )
        .map_err(|error| match error {
            StoreError::Missing { .. } => CommandError::not_found(match args.run {
                Some(run) => format!("run {run} did not change this mapping"),
                None => "the mapping was never changed".to_owned(),
            })
            .fix(setup.command("mapping history")),
            other => other.into(),
        })?;
    let mut told = Told {
        unchanged: "Nothing was left of that change to put back.",
        ..Told::default()
    };
    told.extra
        .insert("reverted".to_owned(), reverted.reverted.0.into());
    told.extra
        .insert("left".to_owned(), reverted.left.clone().into());
    // Rows are told one by one; what else a change of the mapping can be is a qualifier's target or an answer's option.
    if let Some(run) = reverted.edit.run {
        let changes = setup.store.setup_changes(run)?;
        told.others = changes
            .iter()
            .filter(|change| change.kind != "mapping")
            .map(|change| format!("{}: as before run {}", change.key, reverted.reverted))
            .collect();
    }
    if !reverted.left.is_empty() {
        told.warnings.push(format!(
            "changed again since, and left as it is: {}",
            reverted.left.join(", ")
        ));
    }
    setup.tell(context, &before, reverted.edit.run, &told)?;
    Ok(ExitStatus::Done)
}
