//! Campaigns: persons who are there become members of what their events feed.
//!
//! **Order.** [`take_over`] keeps a person who has arrived open until [`join`] has brought it into every campaign it
//! belongs to; then its attempt ends, with whatever the campaigns said.
//!
//! **Once.** Campaign and person are a membership's natural key: members are read before anything is sent, after a lost
//! answer too. One request a campaign is under way at a time, whichever window it is of, since vendors lock the campaign's
//! record.
//!
//! **Marks.** Where the vendor has no campaigns, values of a person's field stand for them; those went with the person, and
//! are only told here ([`marks`]).
//!
//! **Theirs stays.** A status is changed only while it is the one we wrote, and never to one less far along (product.md 7).

mod ahead;
mod decide;
mod desk;
mod marks;
mod persons;
mod send;

use super::ending::after_campaigns;
use super::fault::Fault;
use super::session::Session;
use super::steps::{StepEnd as End, Steps};
use super::work::{Work, refused};
use crate::domain::campaign::{Campaign, Wanted};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::CampaignId;
use crate::domain::run::{PhaseAction, PhaseEntry, StopReason};
use crate::store::{Commit, StoreError};
use crate::vendors::{CallError, CampaignInfo, RemoteCampaign, Values};
pub(super) use ahead::Ahead;
pub(super) use desk::CampaignDesk;
pub(super) use marks::Placed;
use persons::Person;

/// Rounds before what is still open is given up for this run: each lost answer takes one.
const ROUNDS: usize = 6;

/// How far a lead is with its campaigns.
#[derive(Default)]
pub(super) struct Progress {
    wanted: Vec<Wanted>,
    marks: Vec<Placed>,
    /// The fields the person's row held.
    sent: Vec<String>,
    /// The person is there, and nothing else is left to do.
    arrived: bool,
    steps: Steps,
}

impl Progress {
    pub(super) fn new(wanted: Vec<Wanted>, marks: Vec<Placed>) -> Self {
        Self {
            wanted,
            marks,
            ..Self::default()
        }
    }

    /// The person's row was written with these fields.
    pub(super) fn sent(&mut self, values: &Values) {
        if !self.marks.is_empty() {
            self.sent.extend(values.keys().cloned());
        }
    }

    /// The statuses one campaign asks for, where this lead waits for it.
    fn asks(&self, campaign: CampaignId) -> Option<&[String]> {
        self.wanted.iter().find_map(|wanted| match wanted {
            Wanted::Member {
                campaign: of,
                statuses,
            } if *of == campaign => Some(statuses.as_slice()),
            _ => None,
        })
    }
}

/// What every step of one campaign shares.
struct Scene<'a> {
    session: &'a Session,
    info: &'static CampaignInfo,
    campaign: &'a Campaign,
}

impl Scene<'_> {
    /// The name as sentences use it.
    fn title(&self) -> String {
        format!("{} {:?}", self.info.word, self.campaign.name)
    }

    /// What calls and doubts of this campaign stand under.
    fn object(&self) -> String {
        format!("campaign:{}", self.campaign.id)
    }
}

/// Takes a person over who has arrived; false where no campaign is left to ask for it.
pub(super) fn take_over(session: &Session, work: &mut Work, commit: &mut Commit) -> bool {
    let (mut entries, mut failed) = (Vec::new(), Vec::new());
    for (entry, failure) in marks::tell(&session.campaigns, work, commit) {
        match failure {
            Some(failure) => failed.push(End::Failed(entry, failure)),
            None => entries.push(entry),
        }
    }
    let progress = &mut work.campaigns;
    let mut left = 0;
    for wanted in &progress.wanted {
        match wanted {
            Wanted::Member { campaign, .. } => {
                let known = session.campaigns.campaign(*campaign);
                left += usize::from(!known.is_some_and(Campaign::is_mark));
            }
            Wanted::TooFewScans {
                campaign,
                threshold,
            } => {
                let known = session.campaigns.campaign(*campaign);
                let name = known.map_or("", |campaign| campaign.name.as_str());
                let scans = work.queued.lead.scans;
                let note = format!("{name:?} takes leads from {threshold} scans on, not {scans}");
                let mut entry = local(session, PhaseAction::Skip, true, note);
                if let Some(mark) = known.filter(|campaign| campaign.is_mark()) {
                    entry.object = Some(mark.kind.clone());
                }
                entries.push(entry);
            }
        }
    }
    let mut steps = Steps::new(left + failed.len(), entries);
    for end in &failed {
        steps.take(end);
    }
    if left > 0 {
        progress.arrived = true;
        progress.steps = steps;
        return true;
    }
    // A lead that is Failed for a mark is over.
    !steps.close(session, work, Phase::Campaign, commit)
}

/// Brings everybody who has arrived into the campaigns that ask for them.
pub(super) async fn join(session: &Session, works: &mut [Work]) -> Result<(), StoreError> {
    let Some(info) = session.vendor.info().campaigns else {
        return Ok(());
    };
    for campaign in session.campaigns.all() {
        let due: Vec<usize> = (0..works.len())
            .filter(|index| {
                let work = &works[*index];
                let progress = &work.campaigns;
                !work.closed && progress.arrived && progress.asks(campaign.id).is_some()
            })
            .collect();
        if due.is_empty() {
            continue;
        }
        if session.stopped() {
            return Ok(());
        }
        // The prefix keeps a campaign apart from a company of the same id.
        let key = format!("campaign {}", campaign.remote_id);
        let _alone = session.parents.hold(std::iter::once(key.as_str())).await;
        let scene = Scene {
            session,
            info,
            campaign,
        };
        join_one(&scene, works, &due).await?;
    }
    Ok(())
}

async fn join_one(scene: &Scene<'_>, works: &mut [Work], due: &[usize]) -> Result<(), StoreError> {
    let session = scene.session;
    let persons = persons::gather(scene, works, due).await?;
    let mut commit = Commit::default();
    let mut open = Vec::new();
    for person in persons {
        if !session.again && person.is_as_written() {
            let note = format!("is a member of {} already", scene.title());
            let id = person
                .known
                .as_ref()
                .and_then(|known| known.remote_id.clone());
            let entry = skipped(scene, id, note);
            settle(scene, works, &person, entry, &mut commit);
        } else {
            open.push(person);
        }
    }
    session.commit(std::mem::take(&mut commit)).await?;
    if open.is_empty() {
        return Ok(());
    }
    let remote = match session.campaigns.remote(session, scene.campaign).await? {
        Ok(Some(remote)) => remote,
        Ok(None) => {
            let failure = gone(scene);
            for person in open {
                reject(scene, works, &person, failure.clone(), &mut commit);
            }
            return session.commit(commit).await;
        }
        Err(error) => {
            blame(scene, works, &open, &error, &mut commit);
            return session.commit(commit).await;
        }
    };
    let mut is_first = true;
    for _ in 0..ROUNDS {
        if open.is_empty() || session.stopped() {
            break;
        }
        open = round(scene, works, &remote, open, is_first).await?;
        is_first = false;
    }
    if !session.stopped() && !open.is_empty() {
        let message = format!("the answers about {} keep being lost", scene.title());
        if open.iter().any(|person| person.lost) {
            session.stop(StopReason::Outage, None, message.clone());
        }
        for person in open {
            let entry = local(session, PhaseAction::Match, false, message.clone());
            let end = End::Interrupted(entry, Category::Unexpected, message.clone());
            settle(scene, works, &person, end, &mut commit);
        }
    }
    session.commit(commit).await
}

/// The vendor does not know the campaign any more.
fn gone(scene: &Scene<'_>) -> Failure {
    let id = &scene.campaign.remote_id;
    Failure::new(
        Category::Connection,
        format!("the {} ({id}) is gone", scene.title()),
    )
}

/// Reads, decides and sends; returns whom an answer leaves open. Whose record this run has just made is asked for only after
/// a first try: hardly anybody can have made a member of it, and if so the answer tells.
async fn round(
    scene: &Scene<'_>,
    works: &mut [Work],
    remote: &RemoteCampaign,
    open: Vec<Person>,
    is_first: bool,
) -> Result<Vec<Person>, StoreError> {
    let session = scene.session;
    let (mut joins, mut changes) = (Vec::new(), Vec::new());
    let is_new = |person: &Person| {
        let made = person.works.iter().any(|index| works[*index].created);
        is_first && made && person.known.is_none() && !person.lost && !person.in_doubt
    };
    let (new, open): (Vec<Person>, Vec<Person>) = open.into_iter().partition(is_new);
    let mut commit = Commit::default();
    for person in new {
        joins.extend(decide::decide(
            scene,
            works,
            remote,
            person,
            None,
            &mut commit,
        ));
    }
    session.commit(commit).await?;
    let mut open = open.into_iter().peekable();
    while open.peek().is_some() && !session.stopped() {
        let chunk: Vec<Person> = open.by_ref().take(scene.info.reads.max(1)).collect();
        let asked: Vec<(&'static str, String)> = chunk
            .iter()
            .map(|person| (person.place.object, person.place.id.clone()))
            .collect();
        let mut commit = Commit::default();
        match session.vendor.members(remote, &asked).await {
            Ok(members) => {
                let members = members.into_iter().chain(std::iter::repeat(None));
                for (person, member) in chunk.into_iter().zip(members) {
                    let again = decide::decide(scene, works, remote, person, member, &mut commit);
                    match again {
                        Some(row) if row.row.member.is_some() => changes.push(row),
                        Some(row) => joins.push(row),
                        None => {}
                    }
                }
            }
            Err(error) => blame(scene, works, &chunk, &error, &mut commit),
        }
        session.commit(commit).await?;
    }
    let mut left = Vec::new();
    for rows in [joins, changes] {
        left.extend(send::send(scene, works, remote, rows).await?);
    }
    Ok(left)
}

/// Ends one campaign for a person, and the attempts of its leads where it was the last.
fn settle(
    scene: &Scene<'_>,
    works: &mut [Work],
    person: &Person,
    end: impl Into<End>,
    commit: &mut Commit,
) {
    let end = end.into();
    if (person.lost || person.in_doubt) && !matches!(end, End::Interrupted(..)) {
        let settled = person.subjects.iter();
        commit
            .settled
            .extend(settled.map(|subject| (scene.object(), subject.clone())));
    }
    for index in &person.works {
        let work = &mut works[*index];
        let (wrote, last) = work.campaigns.steps.take(&end);
        work.changed |= wrote;
        if last {
            let steps = std::mem::take(&mut work.campaigns).steps;
            if steps.close(scene.session, work, Phase::Campaign, commit) {
                after_campaigns(scene.session, work, commit);
            }
        }
    }
}

/// Fails a person without a call: its campaign cannot take it as the set-up wants.
fn reject(
    scene: &Scene<'_>,
    works: &mut [Work],
    person: &Person,
    failure: Failure,
    commit: &mut Commit,
) {
    let failure = failure.on_object(scene.info.word);
    let entry = PhaseEntry {
        object: Some(scene.info.word.to_owned()),
        ..PhaseEntry::local(Phase::Campaign, false, Some(failure.message.clone()))
    };
    settle(scene, works, person, End::Failed(entry, failure), commit);
}

/// A read failed as a whole.
fn blame(
    scene: &Scene<'_>,
    works: &mut [Work],
    persons: &[Person],
    error: &CallError,
    commit: &mut Commit,
) {
    let fault = scene.session.fault(error);
    let call = error.call.as_deref();
    for person in persons {
        let sent =
            serde_json::json!({ "campaign": scene.campaign.remote_id, "person": person.place.id });
        let entry = refused(
            Phase::Campaign,
            PhaseAction::Match,
            scene.info.word,
            sent,
            call,
        );
        let end = match &fault {
            Fault::Refused(failure) => End::Failed(entry, failure.clone()),
            Fault::Nobodys { category, message } => {
                End::Interrupted(entry, *category, message.clone())
            }
        };
        settle(scene, works, person, end, commit);
    }
}

/// A step that left things as they are.
fn skipped(scene: &Scene<'_>, member: Option<String>, note: String) -> PhaseEntry {
    PhaseEntry {
        remote_id: member,
        ..local(scene.session, PhaseAction::Skip, true, note)
    }
}

fn local(session: &Session, action: PhaseAction, ok: bool, note: String) -> PhaseEntry {
    let word = session.vendor.info().campaigns.map(|info| info.word);
    PhaseEntry {
        action: Some(action),
        object: word.map(str::to_owned),
        ..PhaseEntry::local(Phase::Campaign, ok, Some(note))
    }
}
