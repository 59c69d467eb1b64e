//! Pushes that happen by themselves, after something else a command did.

use serde_json::Value;

use super::{Wanted, exit_of, interruptible, push, show};
use crate::app::App;
use crate::cli::command_error::CommandError;
use crate::cli::commands::push_options::PushOptions;
use crate::cli::context::Context;
use crate::cli::enriching;
use crate::domain::ids::LeadId;
use crate::domain::integration::{Integration, IntegrationCategory, Mode};
use crate::domain::sync_state::PreSyncReason;
use crate::exit::ExitStatus;
use crate::store::Store;

/// Pushes that happen by themselves (after an import, an edit) serve every connected, enabled integration in Automatic.
/// `"sync"` of the caller's document, and the status to combine with its own. Nothing due: no run.
///
/// # Errors
/// Only where the file fails; a connection that cannot push is told, not raised: what the caller did stands.
pub async fn push_by_itself(
    context: &Context,
    app: &App,
    command: &str,
) -> Result<(Value, ExitStatus), CommandError> {
    let due = |store: &Store, integration: &Integration| {
        let counts = store.pre_sync_counts(integration, None)?;
        // A sign-in refused before may be good again; if not, the caller ends with that status.
        let goes = [PreSyncReason::Queued, PreSyncReason::NeedsSignIn];
        let due = counts
            .iter()
            .any(|(reason, count)| goes.contains(reason) && *count > 0);
        Ok(due.then(|| Wanted::due(integration, command)))
    };
    serve(context, app, &due).await
}

/// The same for one lead that was edited: waiting or failed it goes at once (decisions.md 29).
///
/// # Errors
/// As [`push_by_itself`].
pub async fn push_lead_by_itself(
    context: &Context,
    app: &App,
    lead: LeadId,
    command: &str,
) -> Result<(Value, ExitStatus), CommandError> {
    let edited = |_: &Store, integration: &Integration| {
        let mut wanted = Wanted::due(integration, command);
        wanted.selection.leads.lead = Some(lead);
        wanted.selection.failed = true;
        Ok(Some(wanted))
    };
    serve(context, app, &edited).await
}

/// The same for leads that were edited together.
///
/// # Errors
/// As [`push_by_itself`].
pub async fn push_leads_by_itself(
    context: &Context,
    app: &App,
    leads: &[LeadId],
    command: &str,
) -> Result<(Value, ExitStatus), CommandError> {
    let edited = |_: &Store, integration: &Integration| {
        let mut wanted = Wanted::due(integration, command);
        wanted.selection.leads.leads = leads.to_vec();
        wanted.selection.failed = true;
        Ok(Some(wanted))
    };
    serve(context, app, &edited).await
}

/// Enriches what waits for it, ended by Ctrl-C: what is pushed next has been through.
///
/// # Errors
/// Only where the file fails.
pub async fn enrich(context: &Context, app: &App) -> Result<(), CommandError> {
    let (guard, raised) = interruptible(context);
    let done = enriching::by_itself(context, app, &|| *raised.borrow()).await;
    drop(guard);
    done
}

/// What an integration in Automatic is to push; `None`: nothing.
type Choose<'a> = &'a dyn Fn(&Store, &Integration) -> Result<Option<Wanted>, CommandError>;

async fn serve(
    context: &Context,
    app: &App,
    choose: Choose<'_>,
) -> Result<(Value, ExitStatus), CommandError> {
    enrich(context, app).await?;
    let store = app.store()?;
    let mut documents = Vec::new();
    let mut status = ExitStatus::Done;
    for integration in store.integrations()? {
        if !pushes_by_itself(&integration) {
            continue;
        }
        let Some(wanted) = choose(&store, &integration)? else {
            continue;
        };
        let options = PushOptions::usual();
        match push(context, app, app.store()?, &integration, wanted, &options).await {
            Ok(summary) if summary.pushed == 0 && summary.waiting == 0 && summary.skipped == 0 => {}
            Ok(summary) => {
                show(context, &integration, &summary);
                status = status.combine(exit_of(&summary));
                documents.push(serde_json::to_value(&summary).unwrap_or_default());
            }
            Err(error) => {
                status = status.combine(error.exit_status());
                error.warn(&context.ui);
            }
        }
    }
    let document = match documents.len() {
        0 => Value::Null,
        1 => documents.remove(0),
        _ => serde_json::json!({ "integrations": documents }),
    };
    Ok((document, status))
}

/// Whether leads go there as soon as they are ready.
#[must_use]
pub fn pushes_by_itself(integration: &Integration) -> bool {
    integration.connected
        && integration.enabled
        && integration.mapped
        && integration.mode == Mode::Automatic
        && integration.category != IntegrationCategory::Source
}
