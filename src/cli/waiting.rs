//! What waits where after a command that took leads in or changed them, and the command that moves it.

use super::command_error::CommandError;
use super::context::Context;
use super::services::vendor_of;
use super::values::example_vendor;
use crate::domain::event::Event;
use crate::domain::hints::{self, HintScope};
use crate::domain::integration::{Integration, IntegrationCategory};
use crate::domain::sync_state::PreSyncReason;
use crate::store::Store;
use crate::ui::format;

/// The integrations leads go to, connected now or before.
///
/// # Errors
/// As every statement.
pub fn destinations(store: &Store) -> Result<Vec<Integration>, CommandError> {
    let mut all = store.integrations()?;
    all.retain(|integration| {
        integration.category != IntegrationCategory::Source && integration.account.is_some()
    });
    Ok(all)
}

/// The vendor's name for people.
#[must_use]
pub fn title(integration: &Integration) -> String {
    vendor_of(integration).map_or_else(
        |_| integration.name.clone(),
        |vendor| vendor.title.to_owned(),
    )
}

/// The command that moves leads waiting for a reason.
#[must_use]
pub fn mover(
    reason: PreSyncReason,
    integration: &Integration,
    several: bool,
    event: Option<&str>,
) -> Option<String> {
    let scope = HintScope {
        vendor: &integration.vendor,
        integration: several.then_some(integration.name.as_str()),
        event,
    };
    hints::pre_sync(reason, scope, None, None)
}

/// Tells people what waits (of one event, or at all) and what to type next. Silent with `--json`.
///
/// # Errors
/// As every statement.
pub fn show(context: &Context, store: &Store, event: Option<&Event>) -> Result<(), CommandError> {
    if context.ui.json() {
        return Ok(());
    }
    let destinations = destinations(store)?;
    if destinations.is_empty() {
        context
            .ui
            .status("No CRM or marketing tool is connected yet: the leads wait here.");
        context
            .ui
            .next(&format!("mobly-sync connect {}", example_vendor()));
        return Ok(());
    }
    let several = destinations.len() > 1;
    for integration in &destinations {
        let counts = store.pre_sync_counts(integration, event.map(|event| event.id))?;
        for (reason, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            context.ui.status(format_args!(
                "Waiting for {}: {}, {} ({}).",
                title(integration),
                format::counted(count, "lead"),
                reason.code(),
                reason.description()
            ));
            if let Some(command) = mover(
                reason,
                integration,
                several,
                event.map(|event| event.name.as_str()),
            ) {
                context.ui.next(&command);
            }
        }
    }
    Ok(())
}
