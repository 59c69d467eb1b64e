//! What a run knows of campaigns: what events feed them, and each as the vendor told it once in this run.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tokio::sync::Mutex;

use super::marks::Mark;
use crate::domain::campaign::{Campaign, CampaignRule};
use crate::domain::ids::CampaignId;
use crate::engine::session::Session;
use crate::store::StoreError;
use crate::vendors::{CallError, MarkInfo, RemoteCampaign};

/// What a run knows of campaigns.
#[derive(Default)]
pub(in crate::engine) struct CampaignDesk {
    rules: Vec<CampaignRule>,
    known: BTreeMap<CampaignId, Campaign>,
    /// Those of them that events feed and that are values of persons.
    marks: Vec<Mark>,
    /// As the vendor told them in this run; `None`: gone.
    remote: Mutex<HashMap<CampaignId, Option<Arc<RemoteCampaign>>>>,
}

impl CampaignDesk {
    pub(in crate::engine) fn new(
        rules: Vec<CampaignRule>,
        known: Vec<Campaign>,
        marks: &'static [MarkInfo],
    ) -> Self {
        Self {
            marks: Mark::all(&rules, &known, marks),
            rules,
            known: known
                .into_iter()
                .map(|campaign| (campaign.id, campaign))
                .collect(),
            remote: Mutex::default(),
        }
    }

    pub(in crate::engine) fn rules(&self) -> &[CampaignRule] {
        &self.rules
    }

    /// Every campaign of the account that is a record of its own, in one order for all windows.
    pub(super) fn all(&self) -> impl Iterator<Item = &Campaign> {
        self.known.values().filter(|campaign| !campaign.is_mark())
    }

    /// Those that are values of persons.
    pub(super) fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The fields of an object whose values stand for campaigns.
    pub(in crate::engine) fn marked_fields(&self, object: &str) -> impl Iterator<Item = &str> {
        let marks = self.marks.iter();
        let of = marks.filter(move |mark| mark.object == object);
        of.map(|mark| mark.field.as_str())
    }

    pub(super) fn campaign(&self, id: CampaignId) -> Option<&Campaign> {
        self.known.get(&id)
    }

    /// The campaign as it is now, asked for once a run.
    pub(super) async fn remote(
        &self,
        session: &Session,
        campaign: &Campaign,
    ) -> Result<Result<Option<Arc<RemoteCampaign>>, CallError>, StoreError> {
        let mut remote = self.remote.lock().await;
        if let Some(known) = remote.get(&campaign.id) {
            return Ok(Ok(known.clone()));
        }
        let told = match session.vendor.campaign(&campaign.remote_id).await {
            Ok(told) => told.map(Arc::new),
            Err(error) => return Ok(Err(error)),
        };
        if let Some(told) = told.clone() {
            let id = campaign.id;
            session
                .store
                .call(move |store| store.see_campaign(id, &told.name, told.closed.as_deref()))
                .await?;
        }
        remote.insert(campaign.id, told.clone());
        Ok(Ok(told))
    }
}
