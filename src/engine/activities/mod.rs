//! Activities: what was taken down of a lead becomes records of its person, where the connection sends activities.
//!
//! **Order.** The last phase: [`take_over`] keeps a person open until [`send`] has brought all its activities there; then
//! its attempt ends, with whatever the vendor said of them.
//!
//! **Once.** An activity that arrived is linked to its record and never sent to that account again. Nothing at the vendor
//! tells two of the same text apart but our marker, the last line of it: one whose answer was lost is looked up by the
//! marker among the person's own, before it is repeated (decisions.md 6).

mod answers;

use std::collections::HashMap;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::ending::clear;
use super::events::SyncEvent;
use super::fault::Fault;
use super::matching::CLOCK_SKEW;
use super::send::{self, BatchDone, Sendable, Target};
use super::session::Session;
use super::steps::{StepEnd, Steps};
use super::work::{Place, Work, refused};
use super::working::{LONGEST_DOUBT, sleep_unless_stopped, still_open};
use crate::domain::activity::{self, Activity};
use crate::domain::category::Category;
use crate::domain::failure::Phase;
use crate::domain::ids::LeadId;
use crate::domain::run::{PhaseAction, PhaseEntry, StopReason};
use crate::store::activities::QueuedActivity;
use crate::store::{Commit, LostCreate, QueuedLead, StoreError, Subject};
use crate::vendors::{ActivityDraft, ActivityInfo, ActivityQuery, CallError};

/// Rounds before what is still open is given up for this run: each lost answer takes one.
const ROUNDS: usize = 4;
/// How far a lead is with its activities.
#[derive(Default)]
pub(super) struct Progress {
    /// Those that are not there yet.
    open: Vec<Activity>,
    /// The person is there, and nothing else is left to do.
    arrived: bool,
    steps: Steps,
}

impl Progress {
    pub(super) fn new(all: Vec<QueuedActivity>) -> Self {
        let open = all.into_iter().filter(|one| !one.sent);
        Self {
            open: open.map(|one| one.activity).collect(),
            ..Self::default()
        }
    }
}

/// The activities of these leads; none where the connection does not send any.
pub(super) async fn load(
    session: &Session,
    leads: &[QueuedLead],
) -> Result<HashMap<LeadId, Vec<QueuedActivity>>, StoreError> {
    if session.activities().is_none() {
        return Ok(HashMap::new());
    }
    let account = session.frame.account;
    let leads: Vec<LeadId> = leads.iter().map(|queued| queued.lead.id).collect();
    session
        .store
        .call(move |store| store.queued_activities(account, &leads))
        .await
}

/// Takes a person over who has arrived; false where none of its activities is left to send.
pub(super) fn take_over(work: &mut Work) -> bool {
    let progress = &mut work.activities;
    if progress.open.is_empty() || work.record.is_none() {
        return false;
    }
    progress.arrived = true;
    progress.steps = Steps::new(progress.open.len(), Vec::new());
    true
}

/// One activity on its way.
struct Item {
    /// The lead's place in the window.
    work: usize,
    place: Place,
    activity: Activity,
    /// When it was sent without an answer.
    lost: Option<LostCreate>,
}

impl Item {
    fn subject(&self) -> Subject {
        Subject::activity(self.activity.id)
    }

    fn marker(&self) -> String {
        activity::marker_line(&self.activity.marker)
    }

    /// What the log calls it.
    fn title(&self) -> String {
        format!("{} {}", self.activity.kind.name(), self.activity.marker)
    }
}

/// Sends the activities of everybody who has arrived.
pub(super) async fn send(session: &Session, works: &mut [Work]) -> Result<(), StoreError> {
    let Some(info) = session.activities() else {
        return Ok(());
    };
    let mut open = gather(works);
    if open.is_empty() || session.stopped() {
        return Ok(());
    }
    let subjects: Vec<Subject> = open.iter().map(Item::subject).collect();
    let account = session.frame.account;
    let doubts = session
        .store
        .call(move |store| store.doubts(account, info.object, &subjects))
        .await?;
    for item in &mut open {
        item.lost = doubts.get(&item.subject()).copied();
    }
    for _ in 0..ROUNDS {
        if open.is_empty() || session.stopped() {
            break;
        }
        open = round(session, info, works, open).await?;
    }
    if open.is_empty() || session.stopped() {
        // Leads with something left to send are given back as they were.
        return Ok(());
    }
    let message = format!("the answers about {}s keep being lost", info.object);
    session.stop(StopReason::Outage, None, message.clone());
    let mut commit = Commit::default();
    for item in open {
        let entry = local(
            info,
            PhaseAction::Create,
            false,
            format!("{}: {message}", item.title()),
        );
        let end = StepEnd::Interrupted(entry, Category::Unexpected, message.clone());
        settle(session, works, &item, &end, &mut commit);
    }
    session.commit(commit).await
}

fn gather(works: &[Work]) -> Vec<Item> {
    let mut items = Vec::new();
    for (index, work) in works.iter().enumerate() {
        let Some(place) = work.record.as_ref().filter(|_| work.activities.arrived) else {
            continue;
        };
        let open = work.activities.open.iter().filter(|_| !work.closed);
        items.extend(open.map(|activity| Item {
            work: index,
            place: place.clone(),
            activity: activity.clone(),
            lost: None,
        }));
    }
    items
}

/// Looks up what may be there, sends the rest; returns what an answer leaves open.
async fn round(
    session: &Session,
    info: &'static ActivityInfo,
    works: &mut [Work],
    open: Vec<Item>,
) -> Result<Vec<Item>, StoreError> {
    let (doubtful, mut ready): (Vec<Item>, Vec<Item>) =
        open.into_iter().partition(|item| item.lost.is_some());
    ready.extend(look_up(session, info, works, doubtful).await?);
    let mut commit = Commit::default();
    let mut rows = Vec::with_capacity(ready.len());
    let mut cut = Vec::with_capacity(ready.len());
    for (index, item) in ready.iter().enumerate() {
        let (text, was_cut) = activity::fitting(&item.activity.text, info.text);
        cut.push(was_cut);
        let draft = ActivityDraft {
            object: item.place.object,
            person: item.place.id.clone(),
            kind: item.activity.kind,
            text,
            at: item.activity.at,
            // As a file's times without a zone were read.
            day: item.activity.at.to_zoned(TimeZone::system()).date(),
            marker: item.marker(),
        };
        match session.vendor.activity(&draft) {
            Ok(row) => rows.push(Sendable {
                index,
                parent: send::parent_of(Some(info.create), &row, None),
                subject: item.subject(),
                row,
            }),
            Err(failure) => {
                let note = format!("{}: {}", item.title(), failure.message);
                let entry = local(info, PhaseAction::Create, false, note);
                let end = StepEnd::Failed(entry, failure.on_object(info.object));
                settle(session, works, item, &end, &mut commit);
            }
        }
    }
    session.commit(commit).await?;
    let target = Target {
        phase: Phase::Activity,
        object: info.object,
        batching: info.create,
    };
    let mut ready: Vec<Option<Item>> = ready.into_iter().map(Some).collect();
    let mut left = Vec::new();
    send::each(
        send::send(session, target, rows),
        async |done: BatchDone| {
            let mut commit = Commit {
                answered: done.answered,
                ..Commit::default()
            };
            for (row, end, call) in done.rows {
                let Some(item) = ready.get_mut(row.index).and_then(Option::take) else {
                    continue;
                };
                let answer = answers::Answer {
                    row: &row,
                    end,
                    call: call.as_deref(),
                    cut: cut[row.index],
                };
                left.extend(answers::take(
                    session,
                    info,
                    works,
                    item,
                    answer,
                    &mut commit,
                ));
            }
            session.commit(commit).await
        },
    )
    .await?;
    Ok(left)
}

/// Looks for what lost answers may have made; returns what surely is not there.
async fn look_up(
    session: &Session,
    info: &'static ActivityInfo,
    works: &mut [Work],
    doubtful: Vec<Item>,
) -> Result<Vec<Item>, StoreError> {
    wait_until_visible(session, info, &doubtful).await;
    let mut absent = Vec::new();
    let mut rest = doubtful.into_iter().peekable();
    while rest.peek().is_some() && !session.stopped() {
        let chunk: Vec<Item> = rest.by_ref().take(info.reads.max(1)).collect();
        let asked: Vec<ActivityQuery> = chunk
            .iter()
            .map(|item| ActivityQuery {
                object: item.place.object,
                person: item.place.id.clone(),
                marker: item.marker(),
            })
            .collect();
        let lost = chunk.iter().filter_map(|item| item.lost);
        let earliest = lost.map(|lost| lost.sent).min();
        let since = earliest
            .and_then(|sent| sent.checked_sub(CLOCK_SKEW).ok())
            .unwrap_or(Timestamp::MIN);
        let mut commit = Commit::default();
        match session.vendor.find_activities(&asked, since).await {
            Ok(found) => {
                let found = found.into_iter().chain(std::iter::repeat(None));
                for (item, id) in chunk.into_iter().zip(found) {
                    match id {
                        Some(id) => answers::adopt(session, info, works, &item, &id, &mut commit),
                        None => absent.push(item),
                    }
                }
            }
            Err(error) => blame(session, info, works, &chunk, &error, &mut commit),
        }
        session.commit(commit).await?;
    }
    Ok(absent)
}

/// What was just sent may be on its way still, or not be told yet.
async fn wait_until_visible(session: &Session, info: &ActivityInfo, doubtful: &[Item]) {
    let lag = SignedDuration::try_from(info.lag).unwrap_or_default();
    let lost = doubtful.iter().filter_map(|item| item.lost);
    let Some(until) = lost.map(|lost| lost.visible(lag)).max() else {
        return;
    };
    let wait = until.duration_since(session.clock.now());
    let wait = Duration::try_from(wait).unwrap_or_default();
    if wait.is_zero() {
        return;
    }
    if wait > LONGEST_DOUBT {
        let what = format!("{}s", info.object);
        session.stop(
            StopReason::Outage,
            Some(until),
            still_open(doubtful.len(), &what),
        );
        return;
    }
    session.reporter.report(SyncEvent::Waiting {
        seconds: wait.as_secs() + 1,
        reason: format!(
            "{} {}s may already be there: an answer was lost",
            doubtful.len(),
            info.object
        ),
    });
    sleep_unless_stopped(session, wait).await;
}

/// A read failed as a whole.
fn blame(
    session: &Session,
    info: &ActivityInfo,
    works: &mut [Work],
    items: &[Item],
    error: &CallError,
    commit: &mut Commit,
) {
    let fault = session.fault(error);
    for item in items {
        let asked = json!({ "person": item.place.id, "marker": item.marker() });
        let entry = refused(
            Phase::Activity,
            PhaseAction::Match,
            info.object,
            asked,
            error.call.as_deref(),
        );
        // Whether it is there is as open as before, whoever is to blame: the doubt stays.
        let end = match &fault {
            Fault::Refused(failure) => {
                StepEnd::Failed(entry, failure.clone().on_object(info.object))
            }
            Fault::Nobodys { category, message } => {
                StepEnd::Interrupted(entry, *category, message.clone())
            }
        };
        settle(session, works, item, &end, commit);
    }
}

/// Ends one activity, and the attempt of its lead where it was the last.
fn settle(session: &Session, works: &mut [Work], item: &Item, end: &StepEnd, commit: &mut Commit) {
    let work = &mut works[item.work];
    let (wrote, last) = work.activities.steps.take(end);
    work.changed |= wrote;
    if last {
        let steps = std::mem::take(&mut work.activities).steps;
        if steps.close(session, work, Phase::Activity, commit) {
            clear(session, work, commit);
        }
    }
}

fn local(info: &ActivityInfo, action: PhaseAction, ok: bool, note: String) -> PhaseEntry {
    PhaseEntry {
        action: Some(action),
        object: Some(info.object.to_owned()),
        ..PhaseEntry::local(Phase::Activity, ok, Some(note))
    }
}
