//! Pushing by a plan: dry runs, guards on counts, and the question before a push of more than one lead.
//!
//! Whoever is there to be asked sees first what would happen, matched to the last lead; nobody there (a script, `--json`,
//! `--yes`) means no question, and the push matches and writes at the same time unless a guard on counts stands before it.

mod dry_run;
mod question;
mod view;

use jiff::Timestamp;
use serde_json::Value;

use super::command_error::CommandError;
use super::commands::push_options::PushOptions;
use super::context::Context;
use super::enriching;
use super::parts::{Part, title};
use super::pushing::{self, Wanted, push_failed};
use crate::app::App;
use crate::domain::board::BoardState;
use crate::domain::ids::EventId;
use crate::domain::integration::Integration;
use crate::domain::run::PushSummary;
use crate::engine::{Interrupt, PushRequest};
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::format::count;
use crate::ui::progress;

/// Leads of a plan that a terminal shows unless `--limit` says otherwise.
const SHOWN: usize = 50;
/// More leads than this take a while to match, which is told before.
const MANY: u64 = 20_000;

/// How a push ended that its caller need not show any more.
#[derive(Debug)]
pub struct Ended {
    /// Its document.
    pub document: Value,
    /// Its status.
    pub status: ExitStatus,
    /// Leads it came to.
    pub pushed: u64,
    /// What it did; `None`: it was a dry run.
    pub summary: Option<PushSummary>,
}

impl Ended {
    fn pushed(summary: PushSummary) -> Self {
        Self {
            document: serde_json::to_value(&summary).unwrap_or_default(),
            status: pushing::exit_of(&summary),
            pushed: summary.pushed,
            summary: Some(summary),
        }
    }

    /// One integration's part of a command.
    #[must_use]
    pub fn into_part(self) -> Part {
        Part {
            document: self.document,
            status: self.status,
        }
    }
}

/// What stands beside the push itself.
struct Scene<'a> {
    context: &'a Context,
    integration: &'a Integration,
    options: &'a PushOptions,
    request: PushRequest,
    /// What stays where it is, and the mapping since the last push.
    stay: Option<String>,
    mapping: Option<String>,
    /// Whether somebody is asked.
    asks: bool,
}

/// Pushes what is wanted, or shows what a push would do, and shows how it went.
///
/// # Errors
/// What keeps a push from beginning, and a no.
pub async fn push(
    context: &Context,
    app: &App,
    mut store: Store,
    integration: &Integration,
    mut wanted: Wanted,
    options: &PushOptions,
) -> Result<Ended, CommandError> {
    if options.dry_run {
        wanted.command.push_str(" --dry-run");
    }
    let ui = &context.ui;
    let may_ask = ui.can_prompt() && !ui.json() && !ui.options().yes && !options.dry_run;
    let request = pushing::request(integration, wanted.clone(), options)?;
    let (guard, raised) = pushing::interruptible(context);
    if may_ask || (options.needs_plan() && !options.dry_run) {
        // What is filled in by itself is filled in before anybody counts; a dry run changes nothing here either.
        enriching::by_itself(context, app, &|| *raised.borrow()).await?;
    }
    let now = context.now(app, &store)?;
    let due = if may_ask {
        due(&mut store, integration, &request, now)?
    } else {
        0
    };
    let asks = may_ask && due > 1;
    if !asks && !options.dry_run && !options.needs_plan() {
        drop(guard);
        let summary = pushing::push(context, app, store, integration, wanted, options).await?;
        pushing::show(context, integration, &summary);
        return Ok(Ended::pushed(summary));
    }
    if asks && due > MANY {
        ui.status(format!(
            "{} people are compared with {} before the first is written, which takes a while; --yes writes as it compares.",
            count(due),
            title(integration)
        ));
    }
    let scene = Scene {
        context,
        integration,
        options,
        stay: stay(
            &store,
            integration,
            request.event.as_ref().map(|(id, _)| *id),
        )?,
        mapping: mapping(&store, integration)?,
        request,
        asks,
    };
    let prepared = app
        .prepare(
            store,
            integration.clone(),
            pushing::pace(options),
            progress::reporter(ui),
            Interrupt::new(raised.clone()),
        )
        .await
        .map_err(|error| push_failed(integration, error))?;
    let ended = match options.dry_run {
        true => scene.dry_run(&prepared).await,
        false => scene.push(&prepared).await,
    };
    if let Some(message) = prepared.end().await {
        ui.note(message);
    }
    if !options.dry_run && ended.is_ok() {
        pushing::tell_sources(context, app, &raised).await;
    }
    drop(guard);
    ended
}

/// How many leads a push would take up.
fn due(
    store: &mut Store,
    integration: &Integration,
    request: &PushRequest,
    now: Timestamp,
) -> Result<u64, CommandError> {
    let Some(account) = &integration.account else {
        return Ok(0);
    };
    let due = store.select_for_push(account.id, &request.selection, now)?;
    Ok(request.selection.limit.map_or(due, |limit| due.min(limit)))
}

fn stay(
    store: &Store,
    integration: &Integration,
    event: Option<EventId>,
) -> Result<Option<String>, CommandError> {
    let summary = store.board_summary(integration, event)?;
    let parts: Vec<String> = [(BoardState::Held, "held"), (BoardState::Ignored, "ignored")]
        .into_iter()
        .map(|(state, word)| (summary.of(state), word))
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{} {word}", count(number)))
        .collect();
    Ok((!parts.is_empty()).then(|| parts.join(", ")))
}

/// Whether the mapping is that of the last push.
fn mapping(store: &Store, integration: &Integration) -> Result<Option<String>, CommandError> {
    let Some(account) = &integration.account else {
        return Ok(None);
    };
    Ok(store.last_pushed(account.id)?.map(|(run, revision)| {
        if revision == integration.revision {
            format!("unchanged since run {run}")
        } else {
            format!("changed since run {run}: mobly-sync mapping history")
        }
    }))
}
