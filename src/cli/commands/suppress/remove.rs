//! `suppress remove ADDRESS|DOMAIN…`.

use clap::Args;

use super::{command, named, told};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::waiting;
use crate::exit::ExitStatus;

/// Take addresses and domains off the list; leads nothing else covers wait again
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync suppress remove ann@example.com")]
pub struct SuppressRemoveArgs {
    /// Addresses and domains
    #[arg(value_name = "ADDRESS|DOMAIN")]
    pub entries: Vec<String>,

    /// Read them from a file, one a line (- for standard input)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub from: Option<String>,
}

pub(super) fn run(
    context: &Context,
    args: &SuppressRemoveArgs,
) -> Result<ExitStatus, CommandError> {
    let named = named(&args.entries, args.from.as_deref())?;
    let (app, mut store) = context.open()?;
    let now = context.now(&app, &store)?;
    let author = context.author(command("remove", &named.entries));
    let done = store.unsuppress(&named.entries, &author, now)?;
    if let [entry] = named.entries.as_slice()
        && done.changed == 0
        && let Some(by) = store.suppressed_by(entry)?
        && let Some(domain) = by.domain
    {
        return Err(CommandError::not_found(format!(
            "it is not on the list itself; its domain {domain} is"
        ))
        .fix(format!("mobly-sync suppress remove {domain}")));
    }
    let status = told(
        context,
        done,
        &named.unread,
        "Released",
        "not held for it any more",
    );
    if done.leads > 0 {
        waiting::show(context, &store, None)?;
    }
    Ok(status)
}
