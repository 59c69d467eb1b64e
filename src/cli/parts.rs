//! Commands over one integration or, with `-i all`, over each in turn: one document, one status.

use serde::Serialize;
use serde_json::{Value, json};

use super::command_error::{CommandError, ErrorCode};
use super::commands::push_options::PushOptions;
use super::context::Context;
use super::pushing::{self, Wanted};
use super::services::{nothing_connected, title_of};
use crate::app::App;
use crate::domain::integration::Integration;
use crate::domain::sync_state::PreSyncReason;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::format::counted;

/// What a command did to one integration.
#[derive(Debug)]
pub struct Part {
    /// Its document.
    pub document: Value,
    /// Its status.
    pub status: ExitStatus,
}

impl Part {
    /// A part with its document.
    #[must_use]
    pub fn new(document: &impl Serialize, status: ExitStatus) -> Self {
        Self {
            document: serde_json::to_value(document).unwrap_or_default(),
            status,
        }
    }
}

/// Whether `-i all` (or `VENDOR` all) is meant.
#[must_use]
pub fn all_are_meant(context: &Context) -> bool {
    let named = context.globals.integration.as_deref();
    named.is_some_and(|name| name.eq_ignore_ascii_case("all"))
}

/// The integrations a command is for.
///
/// # Errors
/// As [`Context::integration`].
pub fn chosen(context: &Context, vendor: Option<&str>) -> Result<Vec<Integration>, CommandError> {
    let (_, store) = context.open()?;
    if vendor.is_none() && all_are_meant(context) {
        // What is not connected any more would fail every night's `-i all`.
        let all = context.integrations(&store)?;
        let connected: Vec<_> = all
            .into_iter()
            .filter(|integration| integration.connected)
            .collect();
        return if connected.is_empty() {
            Err(nothing_connected())
        } else {
            Ok(connected)
        };
    }
    Ok(vec![context.integration(&store, vendor)?])
}

/// As [`chosen`], for what is done to a connection itself: a source of leads may be named too.
///
/// # Errors
/// As [`Context::connection`].
pub fn connections(
    context: &Context,
    vendor: Option<&str>,
) -> Result<Vec<Integration>, CommandError> {
    if context.named_source(vendor)?.is_none() {
        return chosen(context, vendor);
    }
    let (_, store) = context.open()?;
    Ok(vec![context.connection(&store, vendor)?])
}

/// Ends a command: the one part as it is; with `-i all` every part, a failed one told and the others done all the same.
///
/// # Errors
/// The one part's.
pub fn finish(
    context: &Context,
    mut parts: Vec<Result<Part, CommandError>>,
) -> Result<ExitStatus, CommandError> {
    if !all_are_meant(context) && parts.len() == 1 {
        let part = parts.remove(0)?;
        if context.ui.json() {
            context.ui.document(&part.document);
        }
        return Ok(part.status);
    }
    let mut status = ExitStatus::Done;
    let mut documents = Vec::new();
    for part in parts {
        match part {
            Ok(part) => {
                status = status.combine(part.status);
                documents.push(part.document);
            }
            Err(error) => {
                status = status.combine(error.exit_status());
                error.warn(&context.ui);
                documents.push(json!({ "error": error.body() }));
            }
        }
    }
    if context.ui.json() {
        context.ui.document(&json!({ "integrations": documents }));
    }
    Ok(status)
}

/// Pausing and resuming mean a connection there is.
///
/// # Errors
/// `not_connected`.
pub fn must_be_connected(integration: &Integration) -> Result<(), CommandError> {
    if integration.connected {
        return Ok(());
    }
    Err(CommandError::new(
        ErrorCode::NotConnected,
        format!("{} is not connected", title(integration)),
    )
    .fix(format!("mobly-sync connect {}", integration.vendor)))
}

/// The vendor's name for people.
#[must_use]
pub fn title(integration: &Integration) -> String {
    title_of(&integration.vendor).map_or_else(|| integration.name.clone(), str::to_owned)
}

/// Somebody said no.
#[must_use]
pub fn declined() -> CommandError {
    CommandError::new(ErrorCode::ConfirmationNeeded, "nothing was changed")
}

/// How many wait for one reason.
#[must_use]
pub fn count_of(counts: &[(PreSyncReason, u64)], reason: PreSyncReason) -> u64 {
    counts
        .iter()
        .filter(|(known, _)| *known == reason)
        .map(|(_, count)| count)
        .sum()
}

/// Pushes what a change of mode or pause set free; what the change did stands, whatever becomes of the push. `"sync"` of the
/// caller's document, and the status to combine with its own.
///
/// # Errors
/// Only where the file fails.
pub async fn push_what_waited(
    context: &Context,
    app: &App,
    integration: &Integration,
    wanted: Wanted,
) -> Result<(Value, ExitStatus), CommandError> {
    if !integration.mapped {
        context
            .ui
            .note("nothing is mapped yet, so nothing was pushed");
        context.ui.next("mobly-sync mapping defaults");
        return Ok((Value::Null, ExitStatus::Done));
    }
    let options = PushOptions::usual();
    let store = app.store()?;
    match pushing::push(context, app, store, integration, wanted, &options).await {
        Ok(summary) => {
            pushing::show(context, integration, &summary);
            Ok((
                serde_json::to_value(&summary).unwrap_or_default(),
                pushing::exit_of(&summary),
            ))
        }
        Err(error) => {
            error.warn(&context.ui);
            Ok((Value::Null, error.exit_status()))
        }
    }
}

/// Tells how many leads are Frozen and the command that pushes them.
///
/// # Errors
/// As every statement.
pub fn tell_frozen(
    context: &Context,
    store: &Store,
    integration: &Integration,
) -> Result<u64, CommandError> {
    let now = context.now(&context.app()?, store)?;
    let overview = store.overview(integration, now)?;
    let groups = overview.pre_sync.iter();
    let Some(group) = groups
        .filter(|group| group.reason == PreSyncReason::Frozen)
        .find(|group| group.count > 0)
    else {
        return Ok(0);
    };
    let are = if group.count == 1 { "is" } else { "are" };
    context
        .ui
        .note(format!("{} {are} frozen", counted(group.count, "lead")));
    if let Some(command) = &group.hint {
        context.ui.next(command);
    }
    Ok(group.count)
}
