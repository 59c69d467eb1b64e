//! Pushing from a command: whichever command starts a push, it is bounded, shown and judged alike.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::watch;

use super::command_error::{CommandError, ErrorCode};
use super::commands::push_options::PushOptions;
use super::context::Context;
use super::enriching;
use super::services::{account_title, title_of, vendor_of};
use super::values::Bound;
use crate::app::{App, PATIENCE, Pace, PushError};
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::ids::LeadId;
use crate::domain::integration::{Integration, IntegrationCategory, Mode};
use crate::domain::run::{PushSummary, StopReason, Trigger};
use crate::domain::sync_state::PreSyncReason;
use crate::engine::{self, FailureLimit, Interrupt, PushRequest, Refusal, Settle};
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::store::{PushSelection, Selection, Store, Waiting};
use crate::ui::format::{count, counted};
use crate::ui::interrupt::{InterruptGuard, on_interrupt};
use crate::ui::progress;
use crate::ui::summary::{self, PushHeading};

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
    let guard = on_interrupt(move || {
        ui.note("ending: what is on its way comes home first; press Ctrl-C again to leave at once");
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

/// The exit status a finished push asks for.
#[must_use]
pub fn exit_of(summary: &PushSummary) -> ExitStatus {
    let failed = if summary.failed > 0 {
        ExitStatus::SomeFailed
    } else {
        ExitStatus::Done
    };
    let stopped = match summary.stopped {
        Some(StopReason::Interrupted) => ExitStatus::Interrupted,
        Some(_) => ExitStatus::Stopped,
        None => ExitStatus::Done,
    };
    let sign_in = if summary.sign_in_refused {
        ExitStatus::NotConnected
    } else {
        ExitStatus::Done
    };
    failed.combine(stopped).combine(sign_in)
}

/// Shows a finished push to people: the notes, the sums, what to type next. With `--json` the caller makes the document.
pub fn show(context: &Context, integration: &Integration, summary: &PushSummary) {
    for note in &summary.notes {
        context.ui.note(note);
    }
    if let Some(message) = summary
        .stop_message
        .as_ref()
        .filter(|_| summary.stopped.is_some() || summary.sign_in_refused)
    {
        let until = summary
            .until
            .as_ref()
            .filter(|_| !message.contains("until"))
            .map(|until| format!(" (until {until})"))
            .unwrap_or_default();
        let left = match summary.waiting {
            0 => String::new(),
            1 => "; 1 lead waits as it was".to_owned(),
            several => format!("; {} leads wait as they were", count(several)),
        };
        context
            .ui
            .warning(format!("stopped: {message}{until}{left}"));
    }
    if context.ui.json() {
        return;
    }
    let heading = PushHeading {
        vendor: vendor_of(integration).map_or_else(
            |_| integration.name.clone(),
            |vendor| vendor.title.to_owned(),
        ),
        account: account_title(integration),
        next: next_commands(integration, summary),
    };
    summary::print(&context.ui, &heading, summary, exit_of(summary));
}

fn next_commands(integration: &Integration, summary: &PushSummary) -> Vec<(String, String)> {
    let event = summary
        .event
        .as_ref()
        .map(|event| format!(" --event {}", quote(event)))
        .unwrap_or_default();
    let mut next = Vec::new();
    if summary.sign_in_refused {
        next.push((
            "Next".to_owned(),
            format!("mobly-sync connect {}", integration.vendor),
        ));
    }
    if summary.failed > 0 {
        let word = if next.is_empty() { "Next" } else { "Then" };
        next.push((word.to_owned(), format!("mobly-sync reconcile{event}")));
    }
    if summary.waiting > 0 && next.is_empty() {
        let again = match &summary.event {
            Some(event) => format!("mobly-sync sync-event {}", quote(event)),
            None => "mobly-sync sync".to_owned(),
        };
        next.push(("Next".to_owned(), again));
    }
    if let Some(event) = summary.event.as_ref().filter(|_| summary.cleared > 0) {
        let proof = format!("mobly-sync report {}", quote(event));
        next.insert(0, ("Proof".to_owned(), proof));
    }
    next
}

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

/// A held event's leads are moved by nothing but its release.
#[must_use]
pub fn event_held(event: &Event) -> CommandError {
    CommandError::new(
        ErrorCode::EventHeld,
        format!("{:?} is held, so its leads wait", event.name),
    )
    .fix(format!("mobly-sync event release {}", quote(&event.name)))
}

/// Why a push did not begin, with the command that helps.
#[must_use]
pub fn push_failed(integration: &Integration, error: PushError) -> CommandError {
    let message = error.to_string();
    let name = &integration.name;
    match error {
        PushError::Refused(Refusal::NotConnected(_)) => {
            CommandError::new(ErrorCode::NotConnected, message)
                .fix(format!("mobly-sync connect {}", integration.vendor))
        }
        PushError::Refused(Refusal::Disabled(_)) => {
            CommandError::new(ErrorCode::Disabled, message).fix(format!("mobly-sync enable {name}"))
        }
        PushError::Refused(Refusal::NotMapped(_)) => {
            CommandError::new(ErrorCode::NotMapped, message)
                .hint("its leads wait in Pre-Sync until at least one field of the person is mapped")
                .fix("mobly-sync mapping defaults")
        }
        PushError::Session(error) => error.into(),
        PushError::NeedsSignIn { .. } => CommandError::new(
            ErrorCode::NeedsSignIn,
            format!("{name} still refuses the sign-in: {message}"),
        )
        .fix(format!("mobly-sync connect {}", integration.vendor)),
        PushError::WrongAccount { .. } => {
            let error = CommandError::new(ErrorCode::WrongAccount, message);
            let variables = env_vars::sign_in_names(&integration.vendor).join(" ");
            if env_vars::token(&integration.vendor).is_some() {
                error
                    .hint(format!(
                        "set another {variables}, unset it, or connect the account it belongs to"
                    ))
                    .fix(format!("unset {variables}"))
            } else {
                error.fix(format!("mobly-sync connect {}", integration.vendor))
            }
        }
        PushError::Store(error) => error.into(),
    }
}
