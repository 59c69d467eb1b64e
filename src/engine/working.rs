//! Working a selection off: window after window, then those whose create is in doubt.

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;

use super::events::SyncEvent;
use super::jobs;
use super::session::Session;
use super::window;
use crate::domain::ids::LeadId;
use crate::domain::run::StopReason;
use crate::store::{PushSelection, StoreError};

/// Leads that share requests: ten batches of most vendors, so that companies are looked up a hundred at a time.
pub(super) const WINDOW: usize = 1_000;
/// Windows at work at the same time: while one waits for its answers the next is matched. Bounds memory too.
const WINDOWS_AT_ONCE: usize = 3;
/// A run waits no longer than this until it is known whether a lost create was done; what is open longer waits for the next.
pub(super) const LONGEST_DOUBT: Duration = Duration::from_secs(60);
/// How often leads in doubt are taken up again in one run; each time another answer was lost.
const PARKED_ROUNDS: usize = 4;

/// Works the selection off; returns lines for people.
pub(super) async fn work_off(
    session: &Session,
    selection: &PushSelection,
) -> Result<Vec<String>, StoreError> {
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
