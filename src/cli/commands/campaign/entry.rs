//! A campaign as lists and documents show it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::set_up::Setup;
use crate::domain::campaign::{Campaign, CampaignRule};
use crate::domain::ids::EventId;
use crate::store::campaigns::FedCampaign;

/// A campaign.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CampaignEntry {
    /// `campaign`, or what stands for one there.
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) archived: bool,
    /// Why it takes no new members.
    pub(super) closed: Option<String>,
    /// Members by our doing.
    pub(super) leads: u64,
    pub(super) events: Vec<FeedEntry>,
}

/// What one event feeds to it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FeedEntry {
    pub(super) event: String,
    pub(super) event_id: EventId,
    pub(super) status: Option<String>,
    pub(super) qualifier: Option<String>,
    /// By answer.
    pub(super) statuses: BTreeMap<String, String>,
    pub(super) threshold: u32,
}

impl CampaignEntry {
    /// The entry of a campaign, with the rules of one event or of all.
    pub(super) fn of(
        setup: &Setup,
        fed: &FedCampaign,
        event: Option<EventId>,
    ) -> Result<Self, CommandError> {
        let rules = fed.rules.iter();
        let rules = rules.filter(|rule| event.is_none_or(|event| rule.event == event));
        Ok(Self {
            kind: fed.campaign.kind.clone(),
            id: fed.campaign.shown_id(),
            name: fed.campaign.name.clone(),
            archived: fed.campaign.closed.is_some(),
            closed: fed.campaign.closed.clone(),
            leads: fed.leads,
            events: rules
                .map(|rule| FeedEntry::of(setup, rule))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl FeedEntry {
    fn of(setup: &Setup, rule: &CampaignRule) -> Result<Self, CommandError> {
        let mut events = setup.events.iter();
        let event = events.find(|event| event.id == rule.event);
        let qualifier = match rule.qualifier {
            Some(id) => setup.store.qualifier(id)?.map(|found| found.name),
            None => None,
        };
        Ok(Self {
            event: event.map_or_else(|| rule.event.to_string(), |event| event.name.clone()),
            event_id: rule.event,
            status: rule.status.clone(),
            qualifier,
            statuses: rule
                .by_answer
                .iter()
                .map(|one| (one.answer.clone(), one.status.clone()))
                .collect(),
            threshold: rule.threshold,
        })
    }

    /// Everything but the event.
    pub(super) fn terms(
        &self,
    ) -> (
        &Option<String>,
        &Option<String>,
        &BTreeMap<String, String>,
        u32,
    ) {
        (
            &self.status,
            &self.qualifier,
            &self.statuses,
            self.threshold,
        )
    }

    /// The terms in a sentence.
    pub(super) fn in_words(&self, kind: &str) -> String {
        let mut words = Vec::new();
        match &self.status {
            Some(status) => words.push(format!("members are {status:?}")),
            None if kind == Campaign::OBJECT => words.push("members have no status".to_owned()),
            None => {}
        }
        if let Some(qualifier) = &self.qualifier {
            let pairs = self.statuses.iter();
            let pairs: Vec<String> = pairs
                .map(|(answer, status)| format!("{answer} = {status}"))
                .collect();
            words.push(format!("by {qualifier}: {}", pairs.join(", ")));
        }
        words.push(match self.threshold {
            0 => "everybody joins".to_owned(),
            1 => "from the first scan on".to_owned(),
            scans => format!("from {scans} scans on"),
        });
        words.join("; ")
    }
}
