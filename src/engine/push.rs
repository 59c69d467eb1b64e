//! A push: one run over a selection of one account's leads.
//!
//! The order: free what dead processes held → fix the selection → claim it window by window, several windows at a time →
//! at the end, those put aside for the vendor's index → sum up. Whatever ends it early (a limit, an outage, Ctrl-C), what
//! was answered is recorded and the rest is as it was.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use jiff::{SignedDuration, Timestamp};

use super::campaigns::CampaignDesk;
use super::cost::{self, DayUnits};
use super::events::{Reporter, SyncEvent};
use super::jobs;
use super::session::{Session, SessionParts, Settle};
use super::window;
use crate::clock::Clock;
use crate::domain::history::RunOutcome;
use crate::domain::ids::{EventId, LeadId};
use crate::domain::integration::Integration;
use crate::domain::run::{PushSummary, RequestsByKind, RetryCounts, StopReason, Trigger};
use crate::store::{NewRun, PushSelection, RunEnd, RunFrame, StoreError, StoreHandle};
use crate::vendors::Vendor;

/// Leads that share requests: ten batches of most vendors, so that companies are looked up a hundred at a time.
const WINDOW: usize = 1_000;
/// Windows at work at the same time: while one waits for its answers the next is matched. Bounds memory too.
const WINDOWS_AT_ONCE: usize = 3;
/// A run waits no longer than this until it is known whether a lost create was done; what is open longer waits for the next.
pub(super) const LONGEST_DOUBT: Duration = Duration::from_secs(60);
/// How often leads in doubt are taken up again in one run; each time another answer was lost.
const PARKED_ROUNDS: usize = 4;
/// Signs of life for other hosts.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What a push works with.
pub struct PushContext {
    /// The store, behind its thread.
    pub store: StoreHandle,
    /// The vendor, signed in.
    pub vendor: Arc<dyn Vendor>,
    /// The connection.
    pub integration: Integration,
    /// Whether the sign-in in use is the connection's own: what becomes of another that stands before it (a variable's) is
    /// not noted on the connection's.
    pub own_sign_in: bool,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Who listens.
    pub reporter: Arc<dyn Reporter>,
    /// Counts requests.
    pub requests: Arc<dyn Fn() -> RequestsByKind + Send + Sync>,
    /// What is left of the vendor's daily limits, as far as is known.
    pub left_today: Arc<dyn Fn() -> Vec<DayUnits> + Send + Sync>,
    /// Resolves when a person (or the system) wants the run to end.
    pub interrupt: Interrupt,
}

/// Tells when to end.
#[derive(Clone)]
pub struct Interrupt(tokio::sync::watch::Receiver<bool>);

impl Interrupt {
    /// One that a sender raises.
    #[must_use]
    pub fn new(receiver: tokio::sync::watch::Receiver<bool>) -> Self {
        Self(receiver)
    }

    /// Whether it was raised.
    #[must_use]
    pub fn is_raised(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is raised; for ever where nobody can.
    pub async fn raised(&mut self) {
        if self.0.wait_for(|raised| *raised).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// What is to be pushed, and how.
#[derive(Debug, Clone)]
pub struct PushRequest {
    /// The leads.
    pub selection: PushSelection,
    /// What started it.
    pub trigger: Trigger,
    /// The command as history shows it.
    pub command: String,
    /// The event it is for, with its name.
    pub event: Option<(EventId, String)>,
    /// Compare Cleared leads with the vendor and write what differs.
    pub again: bool,
    /// How a person settles one match.
    pub settle: Option<Settle>,
    /// Stop when more fail.
    pub max_failures: Option<FailureLimit>,
    /// Stop after this time.
    pub max_duration: Option<SignedDuration>,
    /// Push nothing unless exactly so many leads are due.
    pub expect: Option<u64>,
    /// Who runs it.
    pub person: Option<String>,
}

/// How many failures a run may have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FailureLimit {
    /// So many leads.
    Count(u64),
    /// So many of a hundred.
    Percent(f64),
}

/// Pushes a selection. A run is recorded even where nothing is due.
///
/// # Errors
/// Only where the file fails; what the vendor does is in the summary.
pub async fn push(context: PushContext, request: PushRequest) -> Result<PushSummary, StoreError> {
    let started = context.clock.now();
    let Some(account) = context.integration.account.clone() else {
        return Err(StoreError::Unexpected(
            "a push without an account".to_owned(),
        ));
    };
    let opened = open(&context, &request, account.id, started).await?;
    let frame = RunFrame {
        run: opened.run,
        account: account.id,
        trigger: request.trigger,
        event: request.event.as_ref().map(|(id, _)| *id),
        integration_revision: context.integration.revision,
    };
    context.reporter.report(SyncEvent::Started {
        total: opened.due,
        what: format!("to {}", account.name),
    });
    cost::tell(&context, opened.due);
    let max_failures = request.max_failures.map(|limit| match limit {
        FailureLimit::Count(count) => count,
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss
        )]
        FailureLimit::Percent(percent) => (opened.due as f64 * percent / 100.0).floor() as u64,
    });
    let claim = opened.claim.id;
    let session = Session::new(SessionParts {
        vendor: Arc::clone(&context.vendor),
        store: context.store.clone(),
        clock: Arc::clone(&context.clock),
        reporter: Arc::clone(&context.reporter),
        integration: context.integration.clone(),
        frame,
        claim,
        rules: opened.rules,
        qualifiers: opened.qualifiers,
        campaigns: opened.campaigns,
        again: request.again,
        settle: request.settle.clone(),
        max_failures,
        ids: opened.ids,
        due: opened.due,
    });
    if let Some(expected) = request.expect.filter(|expected| *expected != opened.due) {
        session.stop(
            StopReason::Guard,
            None,
            match opened.due {
                1 => format!("1 lead is due, --expect says {expected}"),
                due => format!("{due} leads are due, --expect says {expected}"),
            },
        );
    }
    let worked = tokio::select! {
        worked = work_off(&session, &request.selection) => worked,
        () = watch_over(&session, context.interrupt.clone(), request.max_duration) => Ok(Vec::new()),
    };
    let notes = worked.as_ref().cloned().unwrap_or_default();
    let summary = sum_up(&session, &context, &request, started, notes);
    close(&context, &session, &summary, opened.claim, worked.is_err()).await?;
    context.reporter.report(SyncEvent::Finished);
    worked.map(|_| summary)
}

/// A run that has begun.
struct Opened {
    run: crate::domain::ids::RunId,
    claim: crate::store::Claim,
    rules: Vec<crate::domain::mapping::Rule>,
    qualifiers: Vec<crate::domain::mapping::QualifierRule>,
    campaigns: CampaignDesk,
    ids: crate::domain::ids::LeadIds,
    due: u64,
}

async fn open(
    context: &PushContext,
    request: &PushRequest,
    account: crate::domain::ids::AccountId,
    now: Timestamp,
) -> Result<Opened, StoreError> {
    let integration = context.integration.id;
    let info = context.vendor.info();
    let (marks, has_campaigns) = (info.marks, info.campaigns.is_some());
    // The whole selection is fixed and counted; `--limit` only ends the run early.
    let selection = request.selection.clone();
    let new = NewRun {
        integration: Some(integration),
        account: Some(account),
        command: request.command.clone(),
        trigger: request.trigger.name().to_owned(),
        event: request.event.as_ref().map(|(id, _)| *id),
        person: request.person.clone(),
    };
    context
        .store
        .call(move |store| {
            store.take_over_dead_claims(now)?;
            let run = store.begin_run(&new, now)?;
            let claim = store.open_claim(run, now)?;
            let due = store.select_for_push(account, &selection)?;
            let rules = store.rules(integration)?;
            let qualifiers = store.qualifier_rules(integration)?;
            let campaigns = match has_campaigns || !marks.is_empty() {
                true => CampaignDesk::new(
                    store.campaign_rules(account)?,
                    store.campaigns(account)?,
                    marks,
                ),
                false => CampaignDesk::default(),
            };
            Ok(Opened {
                run,
                claim,
                rules,
                qualifiers,
                campaigns,
                ids: store.ids().clone(),
                due,
            })
        })
        .await
}

/// Raises the run's stop flag when a person interrupts or time is up, and shows other hosts that it lives. Never ends by
/// itself: what is in flight comes home first.
async fn watch_over(
    session: &Session,
    mut interrupt: Interrupt,
    max_duration: Option<SignedDuration>,
) {
    let limit = max_duration.and_then(|limit| Duration::try_from(limit).ok());
    let time_is_up = async {
        match limit {
            Some(limit) => session.clock.sleep(limit).await,
            None => std::future::pending().await,
        }
    };
    let beats = async {
        loop {
            session.clock.sleep(HEARTBEAT).await;
            let (claim, now) = (session.claim, session.clock.now());
            // A missed beat matters only to other hosts, and the next comes soon.
            let _ = session
                .store
                .call(move |store| store.heartbeat(claim, now))
                .await;
        }
    };
    let raise_interrupt = async {
        interrupt.raised().await;
        session.stop(StopReason::Interrupted, None, "interrupted".to_owned());
        std::future::pending::<()>().await;
    };
    let raise_limit = async {
        time_is_up.await;
        session.stop(
            StopReason::Duration,
            None,
            "--max-duration is over".to_owned(),
        );
        std::future::pending::<()>().await;
    };
    tokio::join!(beats, raise_interrupt, raise_limit);
}

/// Works the selection off; returns lines for people.
async fn work_off(session: &Session, selection: &PushSelection) -> Result<Vec<String>, StoreError> {
    jobs::finish_left_jobs(session).await?;
    let mut notes = Vec::new();
    let mut windows = FuturesUnordered::new();
    let mut last = false;
    let mut left = selection
        .limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(usize::MAX);
    loop {
        while !last && left > 0 && !session.stopped() && windows.len() < WINDOWS_AT_ONCE {
            let (account, claim, now) = (session.frame.account, session.claim, session.clock.now());
            let (chosen, size) = (selection.clone(), WINDOW.min(left));
            let claimed = session
                .store
                .call(move |store| store.claim_next(account, claim, &chosen, size, now))
                .await?;
            last = claimed.last;
            left = left.saturating_sub(claimed.leads.len());
            session.count(|tally| tally.skipped += claimed.held_elsewhere + claimed.taken_out);
            if let Some(other) = claimed.other_claim {
                let run = session
                    .store
                    .call(move |store| store.claim_run(other))
                    .await?;
                let named =
                    run.map_or_else(|| "another run".to_owned(), |run| format!("run {run}"));
                notes.push(format!(
                    "{} leads are in the hands of {named} and were left to it",
                    claimed.held_elsewhere
                ));
            }
            if !claimed.leads.is_empty() {
                windows.push(window::process(session, claimed.leads));
            }
        }
        match windows.next().await {
            Some(ended) => ended?,
            None if last || left == 0 || session.stopped() => break,
            None => {}
        }
    }
    take_up_parked(session).await?;
    session.read_what_was_written().await;
    if left == 0 && session.tally().waiting() > 0 {
        session.stop(StopReason::Limit, None, "--limit is reached".to_owned());
    }
    Ok(notes)
}

/// What the run says that ends because a lost create may still be done for long.
pub(super) fn still_open(count: usize, what: &str) -> String {
    format!(
        "{count} {what} may still be made by a request whose answer was lost; they are looked up, before anything is \
         repeated, once it must have ended"
    )
}

/// Leads whose create is in doubt: everything else is done, so now there is time to wait for the vendor's index.
async fn take_up_parked(session: &Session) -> Result<(), StoreError> {
    for round in 1.. {
        let mut parked = session.take_parked();
        if round > PARKED_ROUNDS && !parked.is_empty() {
            session.stop(
                StopReason::Outage,
                None,
                "the vendor's answers keep being lost".to_owned(),
            );
        }
        let Some(until) = parked.iter().map(|parked| parked.until).max() else {
            return Ok(());
        };
        let wait = until.duration_since(session.clock.now());
        if Duration::try_from(wait).is_ok_and(|wait| wait > LONGEST_DOUBT) {
            let message = still_open(parked.len(), "leads");
            session.stop(StopReason::Outage, Some(until), message);
        }
        if let Ok(wait) = Duration::try_from(wait)
            && !session.stopped()
        {
            session.reporter.report(SyncEvent::Waiting {
                seconds: wait.as_secs() + 1,
                reason: format!(
                    "{} leads may already be there: an answer was lost, and the vendor's index needs a moment",
                    parked.len()
                ),
            });
            sleep_unless_stopped(session, wait).await;
        }
        let ids: Vec<LeadId> = parked.drain(..).map(|parked| parked.lead).collect();
        let (account, claim) = (session.frame.account, session.claim);
        if session.stopped() {
            return session
                .store
                .call(move |store| store.release(account, claim, &ids))
                .await;
        }
        for chunk in ids.chunks(WINDOW) {
            let chunk = chunk.to_vec();
            let leads = session
                .store
                .call(move |store| store.queued_leads(account, &chunk))
                .await?;
            session.companies.forget_doubts();
            session.all_fall_behind();
            window::process(session, leads).await?;
        }
    }
    Ok(())
}

/// Sleeps, and wakes soon after the run was stopped.
pub(super) async fn sleep_unless_stopped(session: &Session, wait: Duration) {
    const STEP: Duration = Duration::from_millis(500);
    let mut left = wait;
    while !left.is_zero() && !session.stopped() {
        let step = left.min(STEP);
        session.clock.sleep(step).await;
        left -= step;
    }
}

fn sum_up(
    session: &Session,
    context: &PushContext,
    request: &PushRequest,
    started: Timestamp,
    mut notes: Vec<String>,
) -> PushSummary {
    let tally = session.tally();
    if tally.left_to_the_crm > 0 {
        notes.push(match tally.left_to_the_crm {
            1 => "1 lead is not there yet and waits until the CRM's own sync has brought it".to_owned(),
            several => format!(
                "{several} leads are not there yet and wait until the CRM's own sync has brought them"
            ),
        });
    }
    let cause = session.stop_cause();
    let undecided = tally.waiting();
    let waiting = undecided + tally.left_to_the_crm;
    let requests = (context.requests)();
    let elapsed = context.clock.now().duration_since(started);
    let retry = request.trigger.is_retry().then(|| RetryCounts {
        run: Some(session.frame.run),
        retried: tally.cleared + tally.failed + waiting,
        waiting,
        ..tally.retry
    });
    PushSummary {
        run: session.frame.run,
        integration: session.integration.name.clone(),
        account: session
            .integration
            .account
            .as_ref()
            .map(|account| account.vendor_account.clone())
            .unwrap_or_default(),
        event: request.event.as_ref().map(|(_, name)| name.clone()),
        event_id: request.event.as_ref().map(|(id, _)| id.0),
        pushed: tally.cleared + tally.failed,
        cleared: tally.cleared,
        failed: tally.failed,
        created: tally.created,
        updated: tally.updated,
        unchanged: tally.unchanged,
        skipped: tally.skipped,
        waiting,
        stopped: cause
            .as_ref()
            .filter(|cause| {
                !cause.sign_in
                    && (undecided > 0
                        || matches!(cause.reason, StopReason::Interrupted | StopReason::Guard))
            })
            .map(|cause| cause.reason),
        until: cause
            .as_ref()
            .and_then(|cause| cause.until)
            .map(|until| until.to_string()),
        by_category: tally.by_category,
        failed_landed: tally.failed_landed,
        failed_there: tally.failed_there,
        requests: requests.total(),
        requests_by_kind: requests,
        elapsed_ms: u64::try_from(elapsed.as_millis()).unwrap_or(0),
        retry,
        stop_message: cause.as_ref().map(|cause| cause.message.clone()),
        sign_in_refused: cause.as_ref().is_some_and(|cause| cause.sign_in),
        notes,
        field_effects: tally.effects,
    }
}

async fn close(
    context: &PushContext,
    session: &Session,
    summary: &PushSummary,
    claim: crate::store::Claim,
    broken: bool,
) -> Result<(), StoreError> {
    let outcome = match summary.stopped {
        _ if broken => RunOutcome::Crashed,
        Some(StopReason::Interrupted) => RunOutcome::Interrupted,
        Some(_) => RunOutcome::Stopped,
        None if summary.sign_in_refused => RunOutcome::Stopped,
        None => RunOutcome::Done,
    };
    let end = RunEnd {
        outcome,
        stop_reason: summary.stopped,
        requests: summary.requests,
        counts: serde_json::json!({
            "pushed": summary.pushed, "cleared": summary.cleared, "failed": summary.failed, "created": summary.created,
            "updated": summary.updated, "unchanged": summary.unchanged, "skipped": summary.skipped, "waiting": summary.waiting,
        }),
    };
    let (run, now) = (session.frame.run, context.clock.now());
    let integration = context.integration.clone();
    let refused = summary.sign_in_refused && context.own_sign_in;
    let recovered = integration.needs_sign_in && !summary.sign_in_refused && summary.pushed > 0;
    context
        .store
        .call(move |store| {
            store.close_claim(claim)?;
            if refused || recovered {
                store.set_needs_sign_in(&integration, refused, now)?;
            }
            store.finish_run(run, &end, now)
        })
        .await
}
