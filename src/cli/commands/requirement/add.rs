//! `requirement add FIELD…`.

use clap::Args;

use super::{command, integration, labels, read, told};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;
use crate::ui::format;

/// Demand fields; leads that lack one wait as NEEDS_DATA until they have it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync requirement add email companyCountry\n  mobly-sync requirement add \"phone|mobilePhone\" --event \"Expo 2026\""
)]
pub struct RequirementAddArgs {
    /// A field, or several of which one will do: "phone|mobilePhone"
    #[arg(value_name = "FIELD", required = true)]
    pub fields: Vec<String>,
}

pub(super) fn run(
    context: &Context,
    args: &RequirementAddArgs,
) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let integration = integration(context, &store)?;
    let wanted = read(context, &store, &args.fields, true)?;
    let now = context.now(&app, &store)?;
    let author = context.author(command("add", &wanted, &integration));
    let done = store.add_requirements(integration.id, &wanted, &author, now)?;
    let said = if done.changed == 0 {
        format!("{} demanded already; nothing changed.", labels(&wanted))
    } else {
        format!(
            "{} must have {}; {} for data.",
            integration.name,
            labels(&wanted),
            match done.waiting {
                1 => "1 lead waits".to_owned(),
                some => format!("{} wait", format::counted(some, "lead")),
            }
        )
    };
    told(context, &store, &integration, done, &said)
}
