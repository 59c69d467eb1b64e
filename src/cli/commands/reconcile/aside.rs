//! `reconcile --ignore`, `--unignore`: out of Failed and back, never out of the sum.

use serde_json::json;

use super::choice::Choice;
use super::retry::{command, line_of};
use super::{Done, ReconcileArgs};
use crate::app::App;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::domain::board::BoardState;
use crate::domain::integration::Integration;
use crate::store::Store;
use crate::ui::format::counted;

/// Sets leads aside, or puts them back.
///
/// # Errors
/// Where nothing selects leads, or the one that was named cannot be set aside.
pub(super) fn run(
    context: &Context,
    args: &ReconcileArgs,
    app: &App,
    store: &mut Store,
    integration: &Integration,
    choice: &Choice,
) -> Result<Done, CommandError> {
    let shown = &choice.shown;
    let chosen = choice.names_failures()
        || shown.event.is_some()
        || shown.search.is_some()
        || shown.lead.is_some()
        || shown.matching.is_some()
        || shown.since.is_some()
        || shown.state.is_some();
    if args.ignore && !chosen {
        return Err(CommandError::usage("say which failed leads are to be ignored")
            .hint("by --category, --cause, --event, --search, --where or --lead; --state failed means all of them"));
    }
    if let Some(lead) = shown.lead {
        let line = line_of(store, integration, lead)?;
        let fits = match line.state {
            BoardState::Failed => args.ignore,
            BoardState::Ignored => args.unignore,
            _ => false,
        };
        let already = matches!(
            (line.state, args.ignore),
            (BoardState::Ignored, true) | (BoardState::Failed, false)
        );
        if !fits && !already {
            return Err(CommandError::new(
                ErrorCode::Unsupported,
                format!(
                    "lead {} ({}) is {}, and only failed leads can be ignored",
                    line.id,
                    line.name,
                    line.state.name()
                ),
            )
            .hint("a lead that shall not be pushed is kept back with lead hold"));
        }
    }
    let now = context.now(app, store)?;
    let author = context.author(command(args, choice));
    let leads = choice.leads(choice.event.as_ref());
    let (word, done) = match &args.reason {
        Some(reason) => {
            let reason = reason.trim();
            let done =
                store.ignore_leads(integration, &leads, shown.limit, reason, &author, now)?;
            ("ignored", done)
        }
        None => {
            let done = store.unignore_leads(integration, &leads, shown.limit, &author, now)?;
            ("unignored", done)
        }
    };
    let told = match (done.leads, args.ignore) {
        (0, _) => "Nothing was changed: no lead of the selection is one".to_owned(),
        (count, true) => format!("Took {} out of Failed", counted(count, "lead")),
        (count, false) => format!("Put {} back into Failed", counted(count, "lead")),
    };
    context.ui.status(told);
    Ok(Done {
        status: None,
        document: Some((word, json!({ "run": done.run, "leads": done.leads }))),
        told: true,
    })
}
