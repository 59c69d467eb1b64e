//! `qualifier edit NAME`.

use clap::Args;

use super::add::{checked, taken};
use super::named::{events, qualifier};
use super::show::tell;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::hints::quote;
use crate::exit::ExitStatus;
use crate::store::qualifiers::QualifierEdit;

/// Change a qualifier
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync qualifier edit Interest --value \"Site visit\"\n  mobly-sync qualifier edit Interest --required true --everywhere"
)]
pub struct QualifierEditArgs {
    /// The qualifier
    pub name: String,

    /// Call it this
    #[arg(long, value_name = "NAME")]
    pub rename: Option<String>,

    /// Add an answer (can be repeated)
    #[arg(long, value_name = "ANSWER")]
    pub value: Vec<String>,

    /// Allow several answers, or one
    #[arg(long, value_name = "BOOL")]
    pub multiple: Option<bool>,

    /// Demand an answer, or not
    #[arg(long, value_name = "BOOL")]
    pub required: Option<bool>,

    /// Ask it only at this event (can be repeated)
    #[arg(long, value_name = "EVENT", conflicts_with = "everywhere")]
    pub at: Vec<String>,

    /// Ask it at all events
    #[arg(long)]
    pub everywhere: bool,
}

/// Runs the command.
///
/// # Errors
/// If there is no such qualifier, or the new name is another's.
pub async fn run(context: &Context, args: &QualifierEditArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let found = qualifier(&store, &args.name)?;
    let edit = QualifierEdit {
        name: args
            .rename
            .as_deref()
            .map(|name| checked(name, "a name"))
            .transpose()?,
        multiple: args.multiple,
        required: args.required,
        events: match args.everywhere {
            true => Some(None),
            false => events(context, &store, &args.at)?.map(Some),
        },
        add_values: args
            .value
            .iter()
            .map(|value| checked(value, "an answer"))
            .collect::<Result<_, _>>()?,
        ..QualifierEdit::default()
    };
    if edit == QualifierEdit::default() {
        return Err(CommandError::usage("nothing to change is given")
            .fix("mobly-sync qualifier edit --help"));
    }
    let now = context.now(&app, &store)?;
    let author = context.author(format!("qualifier edit {}", quote(&found.name)));
    let wanted = edit.name.clone().unwrap_or_default();
    let (now_is, changed) = store
        .edit_qualifier(found.id, &edit, &author, now)
        .map_err(|error| taken(error, &wanted))?;
    let said = match changed {
        true => format!("Changed the qualifier {:?}.", now_is.name),
        false => format!("{:?} is so already.", now_is.name),
    };
    tell(context, &store, &now_is, changed, &said)?;
    Ok(ExitStatus::Done)
}
