//! What to do about one person, given what it is to the campaign now.

use super::persons::Person;
use super::send::Sendable;
use super::{Scene, reject, settle, skipped};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::engine::work::Work;
use crate::store::{Commit, Membership};
use crate::vendors::{Member, MemberRow, RemoteCampaign};

/// Ends a person who needs no request; else the row to send.
pub(super) fn decide(
    scene: &Scene<'_>,
    works: &mut [Work],
    remote: &RemoteCampaign,
    person: Person,
    member: Option<Member>,
    commit: &mut Commit,
) -> Option<Sendable> {
    let status = match furthest(scene, remote, &person.statuses) {
        Ok(status) => status,
        Err(failure) => {
            reject(scene, works, &person, failure, commit);
            return None;
        }
    };
    let Some(member) = member else {
        if let Some(reason) = &remote.closed {
            let failure = closed(scene, remote, reason);
            reject(scene, works, &person, failure, commit);
            return None;
        }
        return Some(Sendable::new(scene, person, status, None));
    };
    let theirs = member.status.as_deref().filter(|text| !text.is_empty());
    let ours = person.wrote(theirs, status.as_deref());
    match (theirs, status.as_deref()) {
        (held, wanted) if held == wanted || wanted.is_none() => {
            if ours {
                remember(scene, works, &person, held, member.id.as_ref(), commit);
            }
            let as_what = held.map_or_else(String::new, |held| format!(" as {held:?}"));
            let note = format!("is a member of {}{as_what} already", scene.title());
            settle(
                scene,
                works,
                &person,
                skipped(scene, member.id, note),
                commit,
            );
            None
        }
        (Some(held), Some(wanted)) if !ours => {
            let note = format!(
                "is {held:?} in {}, which somebody else set and which stays; ours would be {wanted:?}",
                scene.title()
            );
            settle(
                scene,
                works,
                &person,
                skipped(scene, member.id, note),
                commit,
            );
            None
        }
        (Some(held), Some(wanted)) if rank(remote, held) > rank(remote, wanted) => {
            remember(
                scene,
                works,
                &person,
                Some(held),
                member.id.as_ref(),
                commit,
            );
            let note = format!(
                "stays {held:?} in {}: never moved back to {wanted:?}",
                scene.title()
            );
            settle(
                scene,
                works,
                &person,
                skipped(scene, member.id, note),
                commit,
            );
            None
        }
        _ => Some(Sendable::new(scene, person, status, Some(member))),
    }
}

/// The campaign takes nobody new.
pub(super) fn closed(scene: &Scene<'_>, remote: &RemoteCampaign, reason: &str) -> Failure {
    let message = format!("the {} takes no new members: {reason}", scene.title());
    Failure::new(Category::DataValueValidation, message).with_value(remote.id.clone())
}

/// The status that is furthest along; none where the campaign has no statuses.
pub(super) fn furthest(
    scene: &Scene<'_>,
    remote: &RemoteCampaign,
    statuses: &[String],
) -> Result<Option<String>, Failure> {
    for status in statuses {
        if rank(remote, status).is_none() {
            let known: Vec<&str> = remote
                .statuses
                .iter()
                .map(|status| status.label.as_str())
                .collect();
            let message = format!(
                "{status:?} is no status of the {} any more; it has {}",
                scene.title(),
                known.join(", ")
            );
            return Err(Failure::new(Category::DataValueValidation, message)
                .on_field("status")
                .with_value(status.clone()));
        }
    }
    Ok(statuses
        .iter()
        .max_by_key(|status| rank(remote, status))
        .cloned())
}

/// How far along a status is; `None`: it is none of the campaign's.
fn rank(remote: &RemoteCampaign, label: &str) -> Option<u32> {
    let mut statuses = remote.statuses.iter();
    statuses
        .find(|status| status.label == label)
        .map(|status| status.rank)
}

/// Keeps that a membership is by our doing, for every lead of the person.
pub(super) fn remember(
    scene: &Scene<'_>,
    works: &[Work],
    person: &Person,
    status: Option<&str>,
    remote_id: Option<&String>,
    commit: &mut Commit,
) {
    for index in &person.works {
        let membership = Membership {
            campaign: scene.campaign.id,
            object: person.place.object.to_owned(),
            person: person.place.id.clone(),
            status: status.map(str::to_owned),
            remote_id: remote_id.cloned(),
        };
        commit.memberships.push((works[*index].lead(), membership));
    }
}

impl Sendable {
    fn new(
        scene: &Scene<'_>,
        person: Person,
        status: Option<String>,
        member: Option<Member>,
    ) -> Self {
        let row = MemberRow {
            trace: format!("{}-{}", scene.campaign.id, person.place.id),
            object: person.place.object,
            person: person.place.id.clone(),
            status,
            member,
            met: person.met,
        };
        Self { person, row }
    }
}
