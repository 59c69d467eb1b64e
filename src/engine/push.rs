//! A push: one run over a selection of one account's leads.
//!
//! The order: free what dead processes held → fix the selection → claim it window by window, several windows at a time →
//! at the end, those put aside for the vendor's index → sum up. Whatever ends it early (a limit, an outage, Ctrl-C), what
//! was answered is recorded and the rest is as it was.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::campaigns::CampaignDesk;
use super::closing::{close, sum_up};
use super::cost::{self, DayUnits};
use super::events::{Reporter, SyncEvent};
use super::rehearsal::Stage;
use super::session::{Session, SessionParts, Settle};
use super::working::work_off;
use crate::clock::Clock;
use crate::domain::ids::EventId;
use crate::domain::integration::Integration;
use crate::domain::run::{GuardStop, PushSummary, RequestsByKind, StopReason, Trigger};
use crate::store::{NewRun, PushSelection, RunFrame, StoreError, StoreHandle};
use crate::vendors::Vendor;

/// Signs of life for other hosts.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What a push works with.
#[derive(Clone)]
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
    let file = context.store.clone();
    run(&context, &request, file, None).await
}

/// The same on the place of a rehearsal, where there is one; `file` is the file itself.
pub(super) async fn run(
    context: &PushContext,
    request: &PushRequest,
    file: StoreHandle,
    rehearsal: Option<Arc<Stage>>,
) -> Result<PushSummary, StoreError> {
    let started = context.clock.now();
    let Some(account) = context.integration.account.clone() else {
        return Err(StoreError::Unexpected(
            "a push without an account".to_owned(),
        ));
    };
    let opened = open(context, request, account.id, started).await?;
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
    cost::tell(context, opened.due);
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
        file,
        rehearsal,
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
        session.stop_by_guard(
            GuardStop::new("--expect", expected, opened.due),
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
    let summary = sum_up(&session, context, request, started, notes);
    close(context, &session, &summary, opened.claim, worked.is_err()).await?;
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
            let due = store.select_for_push(account, &selection, now)?;
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
pub(super) async fn watch_over(
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
