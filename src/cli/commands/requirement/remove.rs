//! `requirement remove FIELD…`.

use clap::Args;

use super::{command, integration, labels, read, told};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Demand fields no longer; leads that lack nothing else are due
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync requirement remove \"phone|mobilePhone\"")]
pub struct RequirementRemoveArgs {
    /// What is demanded, as `requirement list` shows it
    #[arg(value_name = "FIELD", required = true)]
    pub fields: Vec<String>,
}

pub(super) fn run(
    context: &Context,
    args: &RequirementRemoveArgs,
) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let integration = integration(context, &store)?;
    let unwanted = read(context, &store, &args.fields, false)?;
    let now = context.now(&app, &store)?;
    let demanded = store.requirements(integration.id)?;
    if let Some(unknown) = unwanted.iter().find(|one| !demanded.contains(one)) {
        let of_event = demanded.iter().any(|one| one.fields == unknown.fields);
        let error = CommandError::not_found(format!(
            "{} is not demanded for {}{}",
            unknown.label(),
            integration.name,
            if unknown.event.is_some() {
                " at this event"
            } else {
                ""
            }
        ));
        let error = if of_event {
            error
                .hint("it is demanded for other leads: an event's own demand is named with --event")
        } else {
            error
        };
        return Err(error.fix("mobly-sync requirement list"));
    }
    let author = context.author(command("remove", &unwanted, &integration));
    let done = store.remove_requirements(integration.id, &unwanted, &author, now)?;
    let said = format!("{} is not demanded any more.", labels(&unwanted));
    told(context, &store, &integration, done, &said)
}
