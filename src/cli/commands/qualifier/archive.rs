//! `qualifier archive NAME [ANSWER]…`.

use clap::Args;

use super::named::{answer, qualifier};
use super::show::tell;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::hints::quote;
use crate::exit::ExitStatus;
use crate::store::qualifiers::QualifierEdit;

/// Hide a qualifier, or some of its answers; nothing is deleted
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync qualifier archive Interest\n  mobly-sync qualifier archive Interest Pricing"
)]
pub struct QualifierArchiveArgs {
    /// The qualifier
    pub name: String,

    /// Only these answers
    #[arg(value_name = "ANSWER")]
    pub values: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If there is no such qualifier, or it has no such answer.
pub async fn run(
    context: &Context,
    args: &QualifierArchiveArgs,
) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let found = qualifier(&store, &args.name)?;
    let answers: Vec<String> = args
        .values
        .iter()
        .map(|text| Ok(answer(&found, text)?.value.clone()))
        .collect::<Result<_, CommandError>>()?;
    let now = context.now(&app, &store)?;
    let author = context.author(format!("qualifier archive {}", quote(&found.name)));
    let what = match answers.as_slice() {
        [] => format!("{:?}", found.name),
        answers => format!("{} of {:?}", answers.join(", "), found.name),
    };
    let edit = QualifierEdit {
        archived: answers.is_empty().then_some(true),
        archive_values: answers,
        ..QualifierEdit::default()
    };
    let (now_is, changed) = store.edit_qualifier(found.id, &edit, &author, now)?;
    let said = match changed {
        true => format!("Archived {what}."),
        false => format!("{what} is so already."),
    };
    tell(context, &store, &now_is, changed, &said)?;
    if changed && !context.ui.json() {
        context
            .ui
            .note("answers given before stay with their leads and are still sent");
    }
    Ok(ExitStatus::Done)
}
