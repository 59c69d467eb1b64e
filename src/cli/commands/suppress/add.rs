//! `suppress add ADDRESS|DOMAIN…`.

use clap::Args;

use super::{command, named, told};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Let addresses and domains never leave; their leads are held at once, in every account
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync suppress add ann@example.com rival.com --reason \"asked us to\"\n  mobly-sync suppress add --from unsubscribed.csv"
)]
pub struct SuppressAddArgs {
    /// Addresses and domains; a domain covers those below it
    #[arg(value_name = "ADDRESS|DOMAIN")]
    pub entries: Vec<String>,

    /// Read them from a file, one a line (- for standard input)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub from: Option<String>,

    /// Why, for the list; it is not hashed
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

pub(super) fn run(context: &Context, args: &SuppressAddArgs) -> Result<ExitStatus, CommandError> {
    let named = named(&args.entries, args.from.as_deref())?;
    let (app, mut store) = context.open()?;
    let now = context.now(&app, &store)?;
    let author = context.author(command("add", &named.entries));
    let reason = args
        .reason
        .as_deref()
        .map(str::trim)
        .filter(|reason| !reason.is_empty());
    let done = store.suppress(&named.entries, reason, &author, now)?;
    if done.leads > 0 {
        context
            .ui
            .note("what is at a vendor already stays there; nothing of it is changed any more");
    }
    Ok(told(
        context,
        done,
        &named.unread,
        "Suppressed",
        "held as SUPPRESSED",
    ))
}
