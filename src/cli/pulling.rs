//! Pulling from a command: whichever command pulls, it is one run, shown and judged alike.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use super::command_error::{CommandError, ErrorCode};
use super::context::Context;
use super::services::{call_failed, title_of};
use crate::app::{App, Pace};
use crate::capture::pull::{self, PullError, PullOptions, PullProgress, PullReport};
use crate::clock::SharedClock;
use crate::domain::event::Event;
use crate::domain::history::RunOutcome;
use crate::domain::ids::RunId;
use crate::domain::integration::{Integration, IntegrationCategory};
use crate::domain::run::StopReason;
use crate::engine::events::{Reporter, Silent, SyncEvent};
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::sources::{self, Source};
use crate::store::pulls::TRIGGER;
use crate::store::{Lookup, NewRun, RunEnd, Store};
use crate::ui::format::{count, duration};
use crate::ui::progress;
use crate::vendors::{CallError, CallErrorKind};

/// What a command wants pulled.
#[derive(Debug, Clone, Default)]
pub struct WantedPull {
    /// Only this event's leads, by name or number.
    pub event: Option<String>,
    /// Only leads captured since then.
    pub since: Option<Timestamp>,
    /// The command as history shows it.
    pub command: String,
    /// Whether progress is shown.
    pub shown: bool,
}

/// A pull that began.
#[derive(Debug)]
pub struct Pulled {
    /// The run.
    pub run: RunId,
    /// What it brought.
    pub report: PullReport,
    /// The event it was narrowed to.
    pub event: Option<Event>,
    /// Why it ended early, where that is no error of the command's.
    pub stopped: Option<Stopped>,
}

/// Why a pull ended early; what was taken in stays.
#[derive(Debug, Clone)]
pub struct Stopped {
    /// The kind.
    pub reason: StopReason,
    /// A sentence.
    pub message: String,
    /// When it is worth going on, where somebody knows.
    pub until: Option<Timestamp>,
}

impl Pulled {
    /// The exit status it asks for.
    #[must_use]
    pub fn exit(&self) -> ExitStatus {
        match &self.stopped {
            Some(stopped) if stopped.reason == StopReason::Interrupted => ExitStatus::Interrupted,
            Some(_) => ExitStatus::Stopped,
            None if !self.report.complete => ExitStatus::Stopped,
            None => ExitStatus::Done,
        }
    }

    /// The line for `grep`.
    #[must_use]
    pub fn line(&self) -> String {
        let report = &self.report;
        format!(
            "run {} pull read={} created={} updated={} unchanged={} enriching={} activities={} requests={} complete={} exit={}",
            self.run,
            report.read,
            report.created,
            report.updated,
            report.unchanged,
            report.enriching,
            report.activities,
            report.requests,
            report.complete,
            self.exit().code()
        )
    }
}

/// The source a command means, ready to be asked for leads.
///
/// # Errors
/// Where none is connected, it is disabled, or something is named that is no source.
pub fn source(context: &Context, store: &Store) -> Result<Integration, CommandError> {
    let named = context.named_integration(None)?;
    if let Some(name) = named.as_deref().filter(|name| *name != "all")
        && sources::lookup(name).is_none()
    {
        return Err(CommandError::usage(format!(
            "leads are pulled from a source, and {name} is none"
        ))
        .fix("mobly-sync lead pull"));
    }
    let all = store.integrations()?;
    let mut known = all
        .into_iter()
        .filter(|one| one.category == IntegrationCategory::Source)
        .filter(|one| {
            named
                .as_deref()
                .is_none_or(|name| name == "all" || one.name.eq_ignore_ascii_case(name))
        });
    let first = sources::ALL.first().map_or("", |source| source.name);
    match known.next() {
        Some(one) if !one.connected => Err(not_connected(&one.name)),
        Some(one) if !one.enabled => Err(CommandError::new(
            ErrorCode::Disabled,
            format!("{} is disabled, so nothing is pulled", title(&one)),
        )
        .fix(format!("mobly-sync enable {}", one.name))),
        Some(one) => Ok(one),
        None => Err(not_connected(named.as_deref().unwrap_or(first))),
    }
}

fn not_connected(name: &str) -> CommandError {
    let title = title_of(name).unwrap_or(name);
    CommandError::new(
        ErrorCode::NotConnected,
        format!("{title} is not connected, so there is nothing to pull leads from"),
    )
    .hint("leads in a file need no source: mobly-sync lead import FILE")
    .fix(format!("mobly-sync connect {name}"))
}

/// The source's name for people.
#[must_use]
pub fn title(integration: &Integration) -> String {
    title_of(&integration.vendor).map_or_else(|| integration.name.clone(), str::to_owned)
}

/// Pulls once, until `raised`. What keeps a pull from beginning, and what nobody can go on after, is an error; a limit, an
/// outage and an interruption are not: the next pull goes on where this one stopped.
///
/// # Errors
/// Where the source cannot be opened, refuses the key, or the file fails.
pub async fn pull_once(
    context: &Context,
    app: &App,
    store: &mut Store,
    integration: &Integration,
    wanted: &WantedPull,
    mut raised: watch::Receiver<bool>,
) -> Result<Pulled, CommandError> {
    let clock = context.clock(app, store)?;
    let reporter: Arc<dyn Reporter> = if wanted.shown {
        progress::reporter(&context.ui)
    } else {
        Arc::new(Silent)
    };
    let session = app.open_source(
        store,
        integration,
        clock.clone(),
        Pace::default(),
        Some(Arc::clone(&reporter)),
    )?;
    let source = session.source.as_ref();
    let event = match &wanted.event {
        Some(name) => Some(event(context, store, source, integration, name, &clock).await?),
        None => None,
    };
    // A pull that was killed is marked so; what it took in is gone on with.
    store.take_over_dead_claims(clock.now())?;
    let run = store.begin_run(
        &NewRun {
            integration: Some(integration.id),
            account: integration.account.as_ref().map(|account| account.id),
            command: wanted.command.clone(),
            trigger: TRIGGER.to_owned(),
            event: event.as_ref().map(|event| event.id),
            person: env_vars::user(),
        },
        clock.now(),
    )?;
    let claim = store.open_claim(run, clock.now())?;
    let options = PullOptions {
        integration: integration.id,
        run,
        event: event.as_ref().map(|event| event.id),
        since: wanted.since,
    };
    let mut report = PullReport::default();
    reporter.report(SyncEvent::Started {
        total: 0,
        what: "Pulling".to_owned(),
    });
    let mut told = |progress: PullProgress| tell(&*reporter, progress);
    let ended = tokio::select! {
        ended = pull::pull(source, store, &options, &clock, &mut report, &mut told) => ended,
        _ = raised.wait_for(|raised| *raised) => {
            // Whatever was asked and not answered is asked again by the next pull.
            Ok(())
        }
    };
    reporter.report(SyncEvent::Finished);
    let interrupted = *raised.borrow() && !report.complete && ended.is_ok();
    report.requests = source.transport().counts().total();
    let (stopped, error) = judge(ended, interrupted, event.as_ref());
    finish(
        store,
        run,
        &report,
        stopped.as_ref(),
        error.is_some(),
        clock.now(),
    )?;
    store.close_claim(claim)?;
    if session.is_own_of(integration) {
        let refused = matches!(&error, Some(error) if is_refusal(error));
        if refused || (error.is_none() && integration.needs_sign_in) {
            store.set_needs_sign_in(integration, refused, clock.now())?;
        }
    }
    match error {
        Some(Failed::Call(error)) => Err(call_failed(&integration.name, &error)),
        Some(Failed::Other(error)) => Err(error),
        None => Ok(Pulled {
            run,
            report,
            event,
            stopped,
        }),
    }
}

/// An event that was never pulled is asked for.
async fn event(
    context: &Context,
    store: &mut Store,
    source: &dyn Source,
    integration: &Integration,
    name: &str,
    clock: &SharedClock,
) -> Result<Event, CommandError> {
    use super::services::Naming;
    if matches!(store.find_event(name)?, Lookup::Unknown) {
        match pull::pull_setup(source, store, integration.id, clock).await {
            Ok(()) => {}
            Err(PullError::Call(error)) => return Err(call_failed(&integration.name, &error)),
            Err(PullError::Store(error)) => return Err(error.into()),
            Err(error @ PullError::NotItsEvent) => {
                return Err(CommandError::not_found(error.to_string()));
            }
        }
    }
    context.event(store, name, Naming::Write)
}

/// An end that is an error of the command's.
enum Failed {
    Call(CallError),
    Other(CommandError),
}

fn is_refusal(error: &Failed) -> bool {
    matches!(error, Failed::Call(error) if matches!(error.kind, CallErrorKind::SignIn(_)))
}

fn judge(
    ended: Result<(), PullError>,
    interrupted: bool,
    event: Option<&Event>,
) -> (Option<Stopped>, Option<Failed>) {
    let stopped = |reason, message: String, until| {
        (
            Some(Stopped {
                reason,
                message,
                until,
            }),
            None,
        )
    };
    match ended {
        Ok(()) if interrupted => stopped(
            StopReason::Interrupted,
            "interrupted; what was read stays, and the same command goes on where it stopped"
                .to_owned(),
            None,
        ),
        Ok(()) => (None, None),
        Err(PullError::Store(error)) => (None, Some(Failed::Other(error.into()))),
        Err(PullError::NotItsEvent) => {
            let name = event.map_or("", |event| event.name.as_str());
            let error = CommandError::not_found(format!(
                "{name:?} is an event of your own: the source knows nothing of it"
            ))
            .fix("mobly-sync event list");
            (None, Some(Failed::Other(error)))
        }
        Err(PullError::Call(error)) => {
            let message = error.to_string();
            match &error.kind {
                CallErrorKind::Wait { until, .. } => {
                    stopped(StopReason::RateLimit, message, Some(*until))
                }
                CallErrorKind::Unavailable { .. } | CallErrorKind::OutcomeUnknown { .. } => {
                    stopped(StopReason::Outage, message, None)
                }
                _ => (None, Some(Failed::Call(error))),
            }
        }
    }
}

fn finish(
    store: &mut Store,
    run: RunId,
    report: &PullReport,
    stopped: Option<&Stopped>,
    failed: bool,
    now: Timestamp,
) -> Result<(), CommandError> {
    let outcome = match stopped.map(|stopped| stopped.reason) {
        Some(StopReason::Interrupted) => RunOutcome::Interrupted,
        Some(_) => RunOutcome::Stopped,
        None if failed => RunOutcome::Stopped,
        None => RunOutcome::Done,
    };
    let end = RunEnd {
        outcome,
        stop_reason: stopped.map(|stopped| stopped.reason),
        requests: report.requests,
        counts: serde_json::json!({
            "read": report.read, "created": report.created, "updated": report.updated,
            "unchanged": report.unchanged, "enriching": report.enriching, "activities": report.activities,
        }),
    };
    store.finish_run(run, &end, now)?;
    Ok(())
}

/// Where it stands, and how long the rest takes at the source's pace.
fn tell(reporter: &dyn Reporter, progress: PullProgress) {
    let mut message = progress.stage.title().to_owned();
    if let Some((part, parts)) = progress.part {
        message.push_str(&format!(", event {} of {}", count(part), count(parts)));
    }
    let left = Duration::try_from_secs_f64(progress.seconds_left).unwrap_or_default();
    if left >= Duration::from_secs(2) {
        message.push_str(&format!(", about {} left", duration(left)));
    }
    reporter.report(SyncEvent::Reading {
        message,
        at: Some((progress.done, progress.total)),
    });
}
