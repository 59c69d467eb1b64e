//! What the campaigns would say, asked before anybody is sent: each that waiting leads feed is read once, nothing is written.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{Scene, decide, gone};
use crate::domain::campaign::{Campaign, Wanted};
use crate::domain::failure::Failure;
use crate::domain::ids::{CampaignId, EventId};
use crate::engine::fault::Fault;
use crate::engine::session::Session;
use crate::store::StoreError;
use crate::vendors::{CallError, CampaignInfo, RemoteCampaign};

/// The campaigns some events feed, as the vendor tells them now.
#[derive(Default)]
pub(in crate::engine) struct Ahead {
    campaigns: HashMap<CampaignId, Now>,
}

enum Now {
    There(Arc<RemoteCampaign>),
    /// Nobody can become a member: why.
    Refused(Failure),
}

impl Ahead {
    /// Reads the campaigns that these events feed; one request each, as a push makes it.
    pub(in crate::engine) async fn read(
        session: &Session,
        events: &BTreeSet<EventId>,
    ) -> Result<Result<Self, CallError>, StoreError> {
        let mut ahead = Self::default();
        let Some(info) = session.vendor.info().campaigns else {
            return Ok(Ok(ahead));
        };
        let rules = session.campaigns.rules().iter();
        let fed: BTreeSet<CampaignId> = rules
            .filter(|rule| events.contains(&rule.event))
            .map(|rule| rule.campaign)
            .collect();
        for campaign in session.campaigns.all() {
            if !fed.contains(&campaign.id) {
                continue;
            }
            let scene = scene(session, info, campaign);
            let now = match session.campaigns.remote(session, campaign).await? {
                Ok(Some(remote)) => Now::There(remote),
                Ok(None) => Now::Refused(gone(&scene).on_object(info.word)),
                Err(error) => match session.fault(&error) {
                    Fault::Refused(failure) if !session.stopped() => Now::Refused(failure),
                    _ => return Ok(Err(error)),
                },
            };
            ahead.campaigns.insert(campaign.id, now);
        }
        Ok(Ok(ahead))
    }

    /// What a lead would be Failed for; `is_new`: nobody has made it a member before.
    pub(in crate::engine) fn refusals(
        &self,
        session: &Session,
        wanted: &[Wanted],
        is_new: bool,
    ) -> Vec<Failure> {
        let Some(info) = session.vendor.info().campaigns else {
            return Vec::new();
        };
        let of = |wanted: &Wanted| {
            let Wanted::Member { campaign, statuses } = wanted else {
                return None;
            };
            let remote = match self.campaigns.get(campaign)? {
                Now::There(remote) => remote,
                Now::Refused(failure) => return Some(failure.clone()),
            };
            let scene = scene(session, info, session.campaigns.campaign(*campaign)?);
            let failure = match decide::furthest(&scene, remote, statuses) {
                Err(failure) => failure,
                Ok(_) => {
                    let reason = remote.closed.as_deref().filter(|_| is_new)?;
                    decide::closed(&scene, remote, reason)
                }
            };
            Some(failure.on_object(info.word))
        };
        wanted.iter().filter_map(of).collect()
    }
}

fn scene<'a>(
    session: &'a Session,
    info: &'static CampaignInfo,
    campaign: &'a Campaign,
) -> Scene<'a> {
    Scene {
        session,
        info,
        campaign,
    }
}
