//! `mapping clear`: no row of an object left.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::cli::set_up::report::Told;
use crate::domain::lead::Role;
use crate::domain::mapping::Rule;
use crate::exit::ExitStatus;

/// Remove every row of an object
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync mapping clear company")]
pub struct MappingClearArgs {
    /// The object of the vendor, or the role (persona, company)
    pub object: String,
}

/// Runs the command.
///
/// # Errors
/// If there is no such object.
pub async fn run(context: &Context, args: &MappingClearArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let objects: Vec<&str> = setup
        .objects(Some(&args.object))?
        .iter()
        .map(|object| object.key)
        .collect();
    let rows = setup.store.stored_rules(setup.integration.id)?;
    let before: Vec<Rule> = rows.iter().map(|row| row.rule.clone()).collect();
    let kept: Vec<(Rule, Role)> = rows
        .into_iter()
        .filter(|row| !objects.contains(&row.rule.object.as_str()))
        .map(|row| (row.rule, row.role))
        .collect();
    let author = setup.author(context, &["mapping", "clear", &args.object]);
    let edit = setup
        .store
        .replace_all(setup.integration.id, &kept, &author, setup.now)?;
    let mut told = Told {
        unchanged: "There was no row to remove.",
        ..Told::default()
    };
    if edit.run.is_some() {
        told.notes.push(format!(
            "to have them back: {}",
            setup.command("mapping revert")
        ));
    }
    setup.tell(context, &before, edit.run, &told)?;
    Ok(ExitStatus::Done)
}
