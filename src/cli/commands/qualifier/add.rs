//! `qualifier add NAME`.

use clap::Args;

use super::named::events;
use super::show::tell;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::hints::quote;
use crate::exit::ExitStatus;
use crate::store::StoreError;
use crate::store::qualifiers::NewQualifier;

/// Add a qualifier with its answers
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync qualifier add \"Lead type\" --value Hot --value Warm --value Cold\n  mobly-sync qualifier add Interest --value Demo --value Pricing --multiple --at \"Expo 2026\""
)]
pub struct QualifierAddArgs {
    /// What the rep reads
    pub name: String,

    /// A possible answer (can be repeated)
    #[arg(long, value_name = "ANSWER", required = true)]
    pub value: Vec<String>,

    /// Allow several answers
    #[arg(long)]
    pub multiple: bool,

    /// Demand an answer
    #[arg(long)]
    pub required: bool,

    /// Ask it only at this event (can be repeated)
    #[arg(long, value_name = "EVENT")]
    pub at: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If there is one of that name, or an event is not known.
pub async fn run(context: &Context, args: &QualifierAddArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let new = NewQualifier {
        name: checked(&args.name, "a name")?,
        values: args
            .value
            .iter()
            .map(|value| checked(value, "an answer"))
            .collect::<Result<_, _>>()?,
        multiple: args.multiple,
        required: args.required,
        events: events(context, &store, &args.at)?,
    };
    let now = context.now(&app, &store)?;
    let author = context.author(format!("qualifier add {}", quote(&new.name)));
    let made = store
        .add_qualifier(&new, &author, now)
        .map_err(|error| taken(error, &new.name))?;
    tell(
        context,
        &store,
        &made,
        true,
        &format!("Added the qualifier {:?}.", made.name),
    )?;
    if !context.ui.json() {
        context.ui.next(&format!(
            "mobly-sync qualifier map {} --to REMOTE --matching",
            quote(&made.name)
        ));
    }
    Ok(ExitStatus::Done)
}

/// A text with something in it. `;` separates answers in files, so no answer can hold one.
pub(super) fn checked(text: &str, what: &str) -> Result<String, CommandError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(CommandError::usage(format!("{what} cannot be empty")));
    }
    if what == "an answer" && text.contains(';') {
        return Err(CommandError::usage(format!(
            "{text:?}: an answer cannot contain a semicolon, which separates answers in files"
        ))
        .hint("give each answer its own --value"));
    }
    Ok(text.to_owned())
}

/// Another has the name: what to do with that one.
pub(super) fn taken(error: StoreError, name: &str) -> CommandError {
    match error {
        StoreError::Taken { .. } => CommandError::usage(error.to_string())
            .hint("archived ones keep their names; qualifier restore brings one back")
            .fix(format!(
                "mobly-sync qualifier edit {} --value ANSWER",
                quote(name)
            )),
        other => other.into(),
    }
}
