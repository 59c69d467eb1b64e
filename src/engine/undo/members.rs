//! Memberships: taken back where nobody has moved them since, made again by an undo of an undo.

use std::collections::BTreeMap;

use serde_json::Value;

use super::UndoError;
use super::decide::left;
use super::plan::{Item, MemberStep, UndoPlan};
use crate::engine::push::PushContext;
use crate::store::ChangeKind;
use crate::vendors::{Member, RemoteCampaign};

/// Whose membership of what an item is.
struct Membership {
    item: Item,
    object: &'static str,
    person: String,
    status: Option<String>,
}

/// Reads the campaigns and their members, and decides.
pub(super) async fn decide(
    context: &PushContext,
    items: &[Item],
    plan: &mut UndoPlan,
) -> Result<(), UndoError> {
    let vendor = &context.vendor;
    let mut campaigns: BTreeMap<String, Vec<Membership>> = BTreeMap::new();
    for item in items {
        let image = image(item);
        let text = |name: &str| image[name].as_str().map(str::to_owned);
        let object = vendor
            .info()
            .objects
            .iter()
            .map(|object| object.key)
            .find(|key| image["object"].as_str() == Some(*key));
        let (Some(campaign), Some(object), Some(person)) =
            (text("campaign"), object, text("person"))
        else {
            continue;
        };
        campaigns.entry(campaign).or_default().push(Membership {
            item: item.clone(),
            object,
            // Made again before, perhaps: then that is who belongs to the campaign.
            person: plan.remade.current(object, &person),
            status: text("status"),
        });
    }
    for (id, memberships) in campaigns {
        let Some(remote) = vendor.campaign(&id).await? else {
            for membership in memberships {
                match membership.item.change.kind {
                    ChangeKind::Left => {
                        let change = &membership.item.change;
                        plan.left.push(left(
                            change,
                            None,
                            "the campaign is not there any more",
                            None,
                        ));
                    }
                    _ => plan.settled.push(membership.item.into()),
                }
            }
            continue;
        };
        let reads = vendor
            .info()
            .campaigns
            .map_or(100, |info| info.reads.max(1));
        for chunk in memberships.chunks(reads) {
            let persons: Vec<(&'static str, String)> = chunk
                .iter()
                .map(|membership| (membership.object, membership.person.clone()))
                .collect();
            let members = vendor.members(&remote, &persons).await?;
            for (membership, member) in chunk.iter().zip(members) {
                one(context, &remote, membership, member, plan);
            }
        }
    }
    Ok(())
}

/// What a membership's change says of it.
pub(super) fn image(item: &Item) -> &Value {
    match item.change.kind {
        ChangeKind::Left => item.change.before.as_ref().unwrap_or(&item.change.after),
        _ => &item.change.after,
    }
}

fn one(
    context: &PushContext,
    remote: &RemoteCampaign,
    membership: &Membership,
    member: Option<Member>,
    plan: &mut UndoPlan,
) {
    let Membership {
        item,
        object,
        person,
        status,
    } = membership;
    let change = &item.change;
    let undoing = context.vendor.undoing();
    let title = context.vendor.info().title;
    let step = |member: Option<Member>, to: Option<Option<String>>| MemberStep {
        item: item.clone(),
        campaign: remote.clone(),
        object,
        person: person.clone(),
        member,
        to,
        found: None,
    };
    if change.kind == ChangeKind::Left {
        match member {
            Some(member) if item.sent => plan.members.push(MemberStep {
                found: Some(member),
                ..step(None, Some(status.clone()))
            }),
            Some(_) => plan.settled.push(item.clone().into()),
            None => plan.members.push(step(None, Some(status.clone()))),
        }
        return;
    }
    let before = change.before.as_ref();
    let Some(member) = member else {
        match before {
            None => plan.settled.push(item.clone().into()),
            Some(_) => plan
                .left
                .push(left(change, None, "is no member any more", None)),
        }
        return;
    };
    let back = before.and_then(|before| before["status"].as_str());
    let to = || Some(back.map(str::to_owned));
    match before {
        Some(_) if member.status.as_deref() == back && item.sent => {
            let written = Member {
                id: member.id.clone(),
                status: status.clone(),
            };
            plan.members.push(MemberStep {
                found: Some(member),
                ..step(Some(written), to())
            });
        }
        Some(_) if member.status.as_deref() == back => plan.settled.push(item.clone().into()),
        _ if status.is_some() && member.status != *status => {
            let now = member.status.as_deref().unwrap_or("without a status");
            let why = format!("is {now:?} in {:?} now, not what was written", remote.name);
            let by = item.later_by("status");
            plan.left.push(left(change, Some("status"), why, by));
        }
        _ if item.later.contains_key("status") => {
            let by = item.later_by("status");
            plan.left
                .push(left(change, None, "a later run wrote it too", by));
        }
        None => match undoing.members {
            Ok(_) => plan.members.push(step(Some(member), None)),
            Err(why) => plan.impossible.push(left(change, None, why, None)),
        },
        Some(_) if undoing.statuses_go_back && back.is_some() => {
            plan.members.push(step(Some(member), to()));
        }
        Some(_) => {
            let why = format!("a member's status never goes back at {title}");
            plan.impossible
                .push(left(change, Some("status"), why, None));
        }
    }
}
