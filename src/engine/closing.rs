//! The end of a run: its numbers, and what the file keeps of it.

use jiff::Timestamp;

use super::push::{PushContext, PushRequest};
use super::session::Session;
use crate::domain::history::RunOutcome;
use crate::domain::run::{PushSummary, RetryCounts, StopReason};
use crate::store::{RunEnd, StoreError};

/// What the run comes to.
pub(super) fn sum_up(
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
    let stopped = cause
        .as_ref()
        .filter(|cause| {
            !cause.sign_in
                && (undecided > 0
                    || matches!(cause.reason, StopReason::Interrupted | StopReason::Guard))
        })
        .map(|cause| cause.reason);
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
        stopped,
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
        guard: cause
            .as_ref()
            .filter(|_| stopped == Some(StopReason::Guard))
            .and_then(|cause| cause.guard.clone()),
        retry,
        stop_message: cause.as_ref().map(|cause| cause.message.clone()),
        sign_in_refused: cause.as_ref().is_some_and(|cause| cause.sign_in),
        notes,
        field_effects: tally.effects,
    }
}

/// Frees what the run held and writes down how it ended.
pub(super) async fn close(
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
