//! `sync --watch`: stays, pulls from sources, and pushes what becomes due until somebody ends it.
//!
//! It asks the file's counters every other second, which costs nothing, and starts a run only where leads are due. After a
//! limit it waits until the vendor said; after anything else that kept leads from moving, longer each time.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use super::super::push_options::PushOptions;
use super::SyncArgs;
use super::watch_page::WatchedPage;
use crate::app::App;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::enriching;
use crate::cli::parts::{self, Part, all_are_meant};
use crate::cli::pushing::{self, Wanted};
use crate::clock::{SharedClock, later};
use crate::domain::ids::IntegrationId;
use crate::domain::integration::{Integration, IntegrationCategory, Mode};
use crate::domain::run::{PushSummary, StopReason};
use crate::domain::sync_state::PreSyncReason;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::summary::grep_line;

/// How often the file is asked.
const LOOK: Duration = Duration::from_secs(2);
/// The first pause after a push that moved nothing; each further one is twice as long.
const PAUSE: Duration = Duration::from_secs(30);
/// The longest of these pauses.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// One integration as it is watched.
#[derive(Default)]
struct Watched {
    /// All its runs together.
    sum: Option<PushSummary>,
    /// Not before.
    until: Option<Timestamp>,
    /// How often in a row nothing moved.
    vain: u32,
}

/// Watches until it is ended.
pub(super) async fn run(context: &Context, args: &SyncArgs) -> Result<ExitStatus, CommandError> {
    let options = &args.push;
    let (app, store) = context.open()?;
    let named = named(context)?;
    if let Some(integrations) = &named {
        for integration in integrations {
            crate::engine::gate(integration).map_err(|refusal| {
                pushing::push_failed(integration, crate::app::PushError::Refused(refusal))
            })?;
        }
    } else if !store.integrations()?.iter().any(|one| one.connected) {
        return Err(crate::cli::services::nothing_connected());
    }
    let named: Option<Vec<IntegrationId>> =
        named.map(|integrations| integrations.iter().map(|one| one.id).collect());
    let clock = context.clock(&app, &store)?;
    let mut page = match &args.html {
        Some(path) => Some(WatchedPage::begin(
            context,
            &store,
            path,
            args.no_pii,
            &served(&store, named.as_deref())?,
            clock.now(),
        )?),
        None => None,
    };
    let (guard, raised) = pushing::interruptible(context);
    super::watch_pull::greet(context, &store)?;
    greet(context, &served(&store, named.as_deref())?);
    let mut watched: BTreeMap<IntegrationId, Watched> = BTreeMap::new();
    // A pull takes minutes where a source is slow: what came in goes out meanwhile.
    let pushes = async {
        let mut tell_from = None;
        while !*raised.borrow() {
            if let Err(error) = enriching::by_itself(context, &app, &|| *raised.borrow()).await {
                error.warn(&context.ui);
            }
            for integration in served(&store, named.as_deref())? {
                let state = watched.entry(integration.id).or_default();
                if !*raised.borrow() && is_due(&store, &integration, state, &clock)? {
                    push(context, &app, &integration, state, options, &clock, &raised).await;
                }
            }
            if let Some(page) = &mut page {
                page.keep(context, &store, clock.now());
            }
            if tell_from.is_none_or(|from| from <= clock.now()) {
                tell_from = pushing::tell_sources(context, &app, &raised).await;
            }
            pause(&clock, raised.clone()).await;
        }
        Ok::<(), CommandError>(())
    };
    let pulls = super::watch_pull::run(context, &app, &clock, &raised);
    let ended = tokio::try_join!(pushes, pulls).map(drop);
    drop(guard);
    if let Some(page) = page {
        page.end(context, &store, clock.now())?;
    }
    ended?;
    end(context, &store, watched)
}

/// The integrations somebody named; `None`: whichever runs in Automatic.
fn named(context: &Context) -> Result<Option<Vec<Integration>>, CommandError> {
    if context.globals.integration.is_none() || all_are_meant(context) {
        return Ok(None);
    }
    parts::chosen(context, None).map(Some)
}

/// What is served now: connections come, go, pause and change mode while we watch.
fn served(
    store: &Store,
    named: Option<&[IntegrationId]>,
) -> Result<Vec<Integration>, CommandError> {
    let integrations = store.integrations()?.into_iter();
    Ok(integrations
        .filter(|one| named.is_none_or(|named| named.contains(&one.id)))
        .filter(|one| one.connected && one.enabled && one.category != IntegrationCategory::Source)
        .collect())
}

fn greet(context: &Context, served: &[Integration]) {
    for integration in served {
        let title = parts::title(integration);
        context.ui.status(match integration.mode {
            Mode::Automatic => format!("Watching: leads go to {title} as they become due."),
            Mode::Manual => {
                format!("Watching: {title} is in Manual mode, so leads wait until it is not.")
            }
        });
    }
    context.ui.status("Ctrl-C ends it.");
}

fn is_due(
    store: &Store,
    integration: &Integration,
    state: &Watched,
    clock: &SharedClock,
) -> Result<bool, CommandError> {
    if state.until.is_some_and(|until| clock.now() < until) {
        return Ok(false);
    }
    let counts = store.pre_sync_counts(integration, None)?;
    Ok(parts::count_of(&counts, PreSyncReason::Queued) > 0)
}

async fn push(
    context: &Context,
    app: &App,
    integration: &Integration,
    state: &mut Watched,
    options: &PushOptions,
    clock: &SharedClock,
    raised: &watch::Receiver<bool>,
) {
    let wanted = Wanted::due(integration, "sync --watch");
    let pushed = match app.store() {
        Ok(store) => {
            let raised = raised.clone();
            pushing::push_until(context, app, store, integration, wanted, options, raised).await
        }
        Err(error) => Err(error.into()),
    };
    let now = clock.now();
    match pushed {
        Ok(summary) => {
            told(context, &summary);
            state.until = next_try(&summary, &mut state.vain, now);
            add(&mut state.sum, summary);
        }
        Err(error) => {
            error.warn(&context.ui);
            state.until = Some(later(now, growing(&mut state.vain)));
        }
    }
}

/// A line a run, as it ends.
fn told(context: &Context, summary: &PushSummary) {
    for note in &summary.notes {
        context.ui.note(note);
    }
    if let (Some(message), Some(_)) = (&summary.stop_message, summary.stopped) {
        let until = summary
            .until
            .as_ref()
            .map(|until| format!(" (until {until})"))
            .unwrap_or_default();
        context.ui.warning(format!("stopped: {message}{until}"));
    }
    if !context.ui.json() {
        context
            .ui
            .data(grep_line(summary, pushing::exit_of(summary)));
        context.ui.flush();
    }
}

/// When it is worth trying again: at once where leads moved, at the vendor's time, else after a growing pause.
fn next_try(summary: &PushSummary, vain: &mut u32, now: Timestamp) -> Option<Timestamp> {
    if summary.stopped.is_none() && summary.pushed > 0 {
        *vain = 0;
        return None;
    }
    let named = summary
        .until
        .as_deref()
        .and_then(|until| until.parse::<Timestamp>().ok());
    match named {
        Some(until) => {
            *vain = 0;
            Some(until)
        }
        None => Some(later(now, growing(vain))),
    }
}

pub(super) fn growing(vain: &mut u32) -> Duration {
    let pause = PAUSE
        .saturating_mul(1 << (*vain).min(10))
        .min(LONGEST_PAUSE);
    *vain += 1;
    pause
}

pub(super) async fn pause(clock: &SharedClock, mut raised: watch::Receiver<bool>) {
    tokio::select! {
        () = clock.sleep(LOOK) => {}
        _ = raised.wait_for(|raised| *raised) => {}
    }
}

/// Adds a run to the runs before it. What waits is what the last one left.
fn add(sum: &mut Option<PushSummary>, run: PushSummary) {
    let Some(before) = sum.take() else {
        *sum = Some(run);
        return;
    };
    let mut by_category = before.by_category;
    for (category, count) in run.by_category {
        *by_category.entry(category).or_default() += count;
    }
    let mut kinds = before.requests_by_kind;
    kinds.object += run.requests_by_kind.object;
    kinds.metadata += run.requests_by_kind.metadata;
    kinds.token += run.requests_by_kind.token;
    *sum = Some(PushSummary {
        pushed: before.pushed + run.pushed,
        cleared: before.cleared + run.cleared,
        failed: before.failed + run.failed,
        created: before.created + run.created,
        updated: before.updated + run.updated,
        unchanged: before.unchanged + run.unchanged,
        failed_landed: before.failed_landed + run.failed_landed,
        failed_there: before.failed_there + run.failed_there,
        by_category,
        requests: before.requests + run.requests,
        requests_by_kind: kinds,
        elapsed_ms: before.elapsed_ms + run.elapsed_ms,
        field_effects: BTreeMap::new(),
        ..run
    });
}

/// The summary of everything. Ending is how a watch ends: it says interrupted.
fn end(
    context: &Context,
    store: &Store,
    watched: BTreeMap<IntegrationId, Watched>,
) -> Result<ExitStatus, CommandError> {
    let mut parts = Vec::new();
    for (id, state) in watched {
        let (Some(mut sum), Some(integration)) = (state.sum, store.integration_by_id(id)?) else {
            continue;
        };
        sum.stopped = Some(StopReason::Interrupted);
        sum.stop_message = None;
        sum.guard = None;
        sum.until = None;
        sum.notes.clear();
        pushing::show(context, &integration, &sum);
        parts.push(Part::new(&sum, ExitStatus::Interrupted));
    }
    if context.ui.json() {
        match parts.as_slice() {
            [only] if !all_are_meant(context) => context.ui.document(&only.document),
            _ => {
                let documents: Vec<_> = parts.into_iter().map(|part| part.document).collect();
                context
                    .ui
                    .document(&serde_json::json!({ "integrations": documents }));
            }
        }
    } else if parts.is_empty() {
        context.ui.status("Nothing became due meanwhile.");
    }
    Ok(ExitStatus::Interrupted)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_moves_nothing_is_tried_ever_less_often() {
        let mut vain = 0;
        let pauses: Vec<u64> = (0..7).map(|_| growing(&mut vain).as_secs()).collect();
        assert_eq!(pauses, [30, 60, 120, 240, 480, 900, 900]);
    }
}
