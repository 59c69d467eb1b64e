//! Pushing from a command: whichever command starts a push, it is bounded, shown and judged alike.

mod by_itself;
mod ending;
mod refusals;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use super::command_error::CommandError;
use super::commands::push_options::PushOptions;
use super::context::Context;
use super::enriching;
use super::services::title_of;
use super::values::Bound;
use crate::app::{App, PATIENCE, Pace, PushError};
use crate::domain::event::Event;
use crate::domain::integration::{Integration, Mode};
use crate::domain::run::{PushSummary, Trigger};
use crate::engine::{self, FailureLimit, Interrupt, PushRequest, Settle};
use crate::env_vars;
use crate::store::{PushSelection, Selection, Store, Waiting};
use crate::ui::format::{count, counted};
use crate::ui::interrupt::{InterruptGuard, on_interrupt};
use crate::ui::progress;

pub use by_itself::{
    enrich, push_by_itself, push_lead_by_itself, push_leads_by_itself, pushes_by_itself,
};
pub use ending::{exit_of, show};
pub use refusals::{event_held, push_failed};

/// What a command wants pushed.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The leads.
    pub selection: PushSelection,
    /// What starts it.
    pub trigger: Trigger,
    /// The command as history shows it.
    pub command: String,
    /// The event it names.
    pub event: Option<Event>,
    /// How a person settles one match.
    pub settle: Option<Settle>,
}

impl Wanted {
    /// Everything that is due: in Automatic what nothing holds, in Manual nothing (Frozen leads are not due).
    #[must_use]
    pub fn due(integration: &Integration, command: impl Into<String>) -> Self {
        let waiting = if integration.mode == Mode::Automatic {
            Waiting::Queued
        } else {
            Waiting::None
        };
        Self {
            selection: PushSelection {
                waiting,
                ..PushSelection::default()
            },
            trigger: Trigger::Auto,
            command: command.into(),
            event: None,
            settle: None,
        }
    }

    /// Every waiting lead of an event, Frozen ones and those from before the connection too.
    #[must_use]
    pub fn event(event: Event, command: impl Into<String>) -> Self {
        let leads = Selection {
            event: Some(event.id),
            ..Selection::default()
        };
        Self {
            selection: PushSelection {
                leads,
                waiting: Waiting::Named,
                ..PushSelection::default()
            },
            trigger: Trigger::Manual,
            command: command.into(),
            event: Some(event),
            settle: None,
        }
    }
}

/// Pushes through one integration, showing progress.
///
/// # Errors
/// What keeps a push from beginning.
pub async fn push(
    context: &Context,
    app: &App,
    store: Store,
    integration: &Integration,
    wanted: Wanted,
    options: &PushOptions,
) -> Result<PushSummary, CommandError> {
    let (guard, raised) = interruptible(context);
    let pushed = push_until(context, app, store, integration, wanted, options, raised).await;
    drop(guard);
    pushed
}

/// Has the first Ctrl-C (or SIGTERM) raise a flag instead of ending the program, while the guard lives.
#[must_use]
pub fn interruptible(context: &Context) -> (InterruptGuard, watch::Receiver<bool>) {
    let (raise, raised) = watch::channel(false);
    let ui = context.ui.clone();
    let guard = on_interrupt(move |is_innermost| {
        if is_innermost {
            ui.note(
                "ending: what is on its way comes home first; press Ctrl-C again to leave at once",
            );
        }
        raise.send_replace(true);
    });
    (guard, raised)
}

/// The same as [`push`], ended by the caller's own flag.
///
/// # Errors
/// As [`push`].
pub async fn push_until(
    context: &Context,
    app: &App,
    store: Store,
    integration: &Integration,
    wanted: Wanted,
    options: &PushOptions,
    raised: watch::Receiver<bool>,
) -> Result<PushSummary, CommandError> {
    let request = request(integration, wanted, options)?;
    enriching::by_itself(context, app, &|| *raised.borrow()).await?;
    let reporter = progress::reporter(&context.ui);
    let pushed = app
        .push(
            store,
            integration.clone(),
            request,
            pace(options),
            reporter,
            Interrupt::new(raised.clone()),
        )
        .await;
    let summary = pushed.map_err(|error| push_failed(integration, error))?;
    tell_sources(context, app, &raised).await;
    Ok(summary)
}

/// What is asked of the engine.
///
/// # Errors
/// What keeps a push from beginning: the connection first, then what keeps one event's leads back.
pub fn request(
    integration: &Integration,
    wanted: Wanted,
    options: &PushOptions,
) -> Result<PushRequest, CommandError> {
    engine::gate(integration)
        .map_err(|refusal| push_failed(integration, PushError::Refused(refusal)))?;
    if let Some(event) = wanted.event.as_ref().filter(|event| event.held) {
        return Err(event_held(event));
    }
    Ok(PushRequest {
        selection: PushSelection {
            cleared: wanted.selection.cleared || options.again,
            limit: options.limit,
            ..wanted.selection
        },
        trigger: wanted.trigger,
        command: wanted.command,
        event: wanted.event.map(|event| (event.id, event.name)),
        again: options.again,
        settle: wanted.settle,
        max_failures: options.max_failures.map(|bound| match bound {
            Bound::Count(count) => FailureLimit::Count(count),
            Bound::Percent(percent) => FailureLimit::Percent(f64::from(percent)),
        }),
        max_duration: options
            .max_duration
            .and_then(|limit| SignedDuration::try_from(limit).ok()),
        expect: options.expect,
        person: env_vars::user(),
    })
}

/// How hard it may press.
#[must_use]
pub fn pace(options: &PushOptions) -> Pace {
    Pace {
        share: Some(u32::from(options.share)),
        concurrency: options.concurrency.map(u32::from),
        ..Pace::default()
    }
}

/// Tells sources of leads which records theirs have, for a while beyond the push. What becomes of that never fails a push;
/// what is left waits for the next command. When it is worth going on, where somebody knows.
pub async fn tell_sources(
    context: &Context,
    app: &App,
    raised: &watch::Receiver<bool>,
) -> Option<Timestamp> {
    let told = match app.store() {
        Ok(mut store) => app.write_back(&mut store, PATIENCE, raised).await,
        Err(error) => Err(error),
    };
    let told = match told {
        Ok(told) => told,
        Err(error) => {
            context
                .ui
                .warning(format!("what is to be written back waits: {error}"));
            return None;
        }
    };
    for one in &told {
        let title = title_of(&one.source).unwrap_or(&one.source);
        if let Some(why) = &one.stopped {
            context.ui.warning(format!(
                "{title} could not be told everything: {why}; {} wait",
                counted(one.waiting, "write-back")
            ));
            if one.refused {
                context
                    .ui
                    .next(&format!("mobly-sync connect {}", one.source));
            }
        } else if one.waiting > 0 {
            context.ui.note(format!(
                "{} written back to {title}, {} wait for the next command (sync goes on with them)",
                count(one.told),
                count(one.waiting)
            ));
        } else if one.told > 0 {
            context.ui.note(format!(
                "{} written back to {title}",
                counted(one.told, "record id")
            ));
        }
    }
    told.into_iter().filter_map(|one| one.until).min()
}
