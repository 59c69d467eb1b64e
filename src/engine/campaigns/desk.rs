//! What a run knows of campaigns: what events feed them, and each as the vendor told it once in this run.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::domain::campaign::{Campaign, CampaignRule};
use crate::domain::ids::CampaignId;
use crate::engine::session::Session;
use crate::store::StoreError;
use crate::vendors::{CallError, RemoteCampaign};

/// What a run knows of campaigns.
#[derive(Default)]
pub(in crate::engine) struct CampaignDesk {
    rules: Vec<CampaignRule>,
    known: BTreeMap<CampaignId, Campaign>,
    /// As the vendor told them in this run; `None`: gone.
    remote: Mutex<HashMap<CampaignId, Option<Arc<RemoteCampaign>>>>,
}

impl CampaignDesk {
    pub(in crate::engine) fn new(rules: Vec<CampaignRule>, known: Vec<Campaign>) -> Self {
        Self {
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

    /// Every campaign of the account, in one order for all windows.
    pub(super) fn all(&self) -> impl Iterator<Item = &Campaign> {
        self.known.values()
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
