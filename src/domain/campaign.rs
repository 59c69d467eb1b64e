//! Campaigns events feed: which of a lead's events make it a member of which, and with which status.
//!
//! Where a vendor has no campaigns, a value of a person's field stands for one: a mark. It has no statuses, and goes with
//! the person.
//!
//! The settings belong to the pair of event and campaign: one event may feed several campaigns, several events one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ids::{CampaignId, EventId, QualifierId};
use super::lead::Lead;

/// A campaign of an account, as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// The row.
    pub id: CampaignId,
    /// [`Campaign::OBJECT`], or the word for the field whose value stands for it.
    pub kind: String,
    /// The vendor's id, in its full form. Of a mark: the value, after `FIELD=` where the word names no field.
    pub remote_id: String,
    /// The name.
    pub name: String,
    /// Why it takes no new members; `None`: it does.
    pub closed: Option<String>,
}

impl Campaign {
    /// The kind of those that are records of their own at the vendor.
    pub const OBJECT: &str = "campaign";

    /// Whether a value of a person's field stands for it.
    #[must_use]
    pub fn is_mark(&self) -> bool {
        self.kind != Self::OBJECT
    }

    /// The id as people name it: a mark's begins with its kind.
    #[must_use]
    pub fn shown_id(&self) -> String {
        match self.is_mark() {
            true => format!("{}:{}", self.kind, self.remote_id),
            false => self.remote_id.clone(),
        }
    }

    /// The field and the value a mark is, given the field of its kind, if that has one.
    #[must_use]
    pub fn marked<'a>(&'a self, field: Option<&'a str>) -> Option<(&'a str, &'a str)> {
        match field {
            Some(field) => Some((field, &self.remote_id)),
            None => self.remote_id.split_once('='),
        }
    }
}

/// What one event feeds to one campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignRule {
    /// The campaign.
    pub campaign: CampaignId,
    /// The event.
    pub event: EventId,
    /// The status of members nothing else is said about; `None`: the campaign has no statuses.
    pub status: Option<String>,
    /// The qualifier whose answers decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<QualifierId>,
    /// Its answers that mean another status.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_answer: Vec<StatusOfAnswer>,
    /// Scans a lead needs; 0: everybody.
    pub threshold: u32,
}

/// An answer and the status it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusOfAnswer {
    /// As people read it.
    pub answer: String,
    /// The campaign's status.
    pub status: String,
}

/// What a lead shall be to one campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A member. Several statuses where several events or answers say so: the furthest along counts.
    Member {
        /// The campaign.
        campaign: CampaignId,
        /// The statuses, each once; none where the campaign has no statuses.
        statuses: Vec<String>,
    },
    /// Not yet.
    TooFewScans {
        /// The campaign.
        campaign: CampaignId,
        /// Scans it takes.
        threshold: u32,
    },
}

impl Wanted {
    /// The campaign.
    #[must_use]
    pub fn campaign(&self) -> CampaignId {
        match self {
            Self::Member { campaign, .. } | Self::TooFewScans { campaign, .. } => *campaign,
        }
    }
}

/// What a lead shall be to the campaigns its events feed, in the order of the rules. All its events count, whichever a push
/// is for.
#[must_use]
pub fn wanted(lead: &Lead, rules: &[CampaignRule]) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    for rule in rules {
        if !lead.events.iter().any(|event| event.id == rule.event) {
            continue;
        }
        let known = all
            .iter_mut()
            .find(|known| known.campaign() == rule.campaign);
        let new = if lead.scans >= rule.threshold {
            Wanted::Member {
                campaign: rule.campaign,
                statuses: statuses(lead, rule),
            }
        } else {
            Wanted::TooFewScans {
                campaign: rule.campaign,
                threshold: rule.threshold,
            }
        };
        match (known, new) {
            (None, new) => all.push(new),
            (
                Some(Wanted::Member { statuses, .. }),
                Wanted::Member {
                    statuses: others, ..
                },
            ) => {
                for other in others {
                    if !statuses.contains(&other) {
                        statuses.push(other);
                    }
                }
            }
            (
                Some(Wanted::TooFewScans { threshold, .. }),
                Wanted::TooFewScans {
                    threshold: other, ..
                },
            ) => *threshold = other.min(*threshold),
            // One event that takes the lead is enough.
            (Some(known), new @ Wanted::Member { .. }) => *known = new,
            (Some(Wanted::Member { .. }), Wanted::TooFewScans { .. }) => {}
        }
    }
    all
}

/// The statuses a lead's answers mean, wherever they were given, else the default.
fn statuses(lead: &Lead, rule: &CampaignRule) -> Vec<String> {
    let by_answer: BTreeMap<String, &str> = rule
        .by_answer
        .iter()
        .map(|one| {
            (
                super::qualifier::value_key(&one.answer),
                one.status.as_str(),
            )
        })
        .collect();
    let mut found: Vec<String> = Vec::new();
    let answers = lead.answers.iter();
    for answer in answers.filter(|answer| Some(answer.qualifier) == rule.qualifier) {
        if let Some(status) = by_answer.get(&answer.value_key)
            && !found.iter().any(|known| known == status)
        {
            found.push((*status).to_owned());
        }
    }
    if found.is_empty() {
        found.extend(rule.status.clone());
    }
    found
}

/// The hash of what a lead sends, with what it shall be a member of: joining an event or reaching a threshold is a change,
/// even where no field tells it.
#[must_use]
pub fn hash_with(hash: Vec<u8>, wanted: &[Wanted]) -> Vec<u8> {
    let mut sum = Sha256::new();
    sum.update(&hash);
    let mut any = false;
    for one in wanted {
        if let Wanted::Member { campaign, statuses } = one {
            any = true;
            sum.update(campaign.0.to_be_bytes());
            for status in statuses {
                sum.update(status.as_bytes());
                sum.update([0]);
            }
            sum.update([1]);
        }
    }
    if any {
        sum.finalize()[..16].to_vec()
    } else {
        hash
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::ids::LeadId;
    use crate::domain::lead::{Answer, EventName, Readiness};

    fn lead(events: &[i64], scans: u32, answers: &[(&str, i64)]) -> Lead {
        Lead {
            id: LeadId(1),
            fields: BTreeMap::new(),
            email_key: None,
            scans,
            readiness: Readiness::Ready,
            revision: 1,
            captured_at: "2026-11-17T09:00:00Z".parse().unwrap(),
            events: events
                .iter()
                .map(|id| EventName {
                    id: EventId(*id),
                    name: format!("Event {id}"),
                })
                .collect(),
            answers: answers
                .iter()
                .map(|(text, event)| Answer {
                    qualifier: QualifierId(7),
                    value_key: text.to_lowercase(),
                    raw: (*text).to_owned(),
                    defined: true,
                    event: Some(EventId(*event)),
                })
                .collect(),
        }
    }

    fn rule(campaign: i64, event: i64, status: &str, threshold: u32) -> CampaignRule {
        CampaignRule {
            campaign: CampaignId(campaign),
            event: EventId(event),
            status: Some(status.to_owned()),
            qualifier: None,
            by_answer: Vec::new(),
            threshold,
        }
    }

    fn member(campaign: i64, statuses: &[&str]) -> Wanted {
        Wanted::Member {
            campaign: CampaignId(campaign),
            statuses: statuses.iter().map(|status| (*status).to_owned()).collect(),
        }
    }

    #[test]
    fn every_event_of_the_lead_feeds_its_campaigns() {
        let rules = [
            rule(1, 1, "Sent", 0),
            rule(1, 2, "Responded", 0),
            rule(2, 2, "Sent", 0),
            rule(3, 3, "Sent", 0),
        ];
        assert_eq!(
            wanted(&lead(&[1, 2], 1, &[]), &rules),
            [member(1, &["Sent", "Responded"]), member(2, &["Sent"])]
        );
        assert_eq!(wanted(&lead(&[], 1, &[]), &rules), []);
    }

    #[test]
    fn a_threshold_keeps_out_until_one_event_takes_the_lead() {
        let strict = [rule(1, 1, "Sent", 3), rule(1, 2, "Sent", 2)];
        let waits = Wanted::TooFewScans {
            campaign: CampaignId(1),
            threshold: 2,
        };
        assert_eq!(wanted(&lead(&[1, 2], 1, &[]), &strict), [waits]);
        assert_eq!(
            wanted(&lead(&[1, 2], 2, &[]), &strict),
            [member(1, &["Sent"])]
        );
        assert_eq!(
            wanted(&lead(&[1, 2], 0, &[]), &[rule(1, 1, "Sent", 0)]),
            [member(1, &["Sent"])]
        );
    }

    #[test]
    fn answers_decide_wherever_they_were_given() {
        let rules = [CampaignRule {
            qualifier: Some(QualifierId(7)),
            by_answer: vec![
                StatusOfAnswer {
                    answer: "Demo".into(),
                    status: "Responded".into(),
                },
                StatusOfAnswer {
                    answer: "Visited".into(),
                    status: "Attended".into(),
                },
            ],
            ..rule(1, 1, "Sent", 0)
        }];
        let of = |answers: &[(&str, i64)]| wanted(&lead(&[1, 2], 1, answers), &rules);
        assert_eq!(of(&[("Demo", 2)]), [member(1, &["Responded"])]);
        assert_eq!(
            of(&[("Demo", 2), ("Visited", 1)]),
            [member(1, &["Responded", "Attended"])]
        );
        assert_eq!(of(&[("Nothing of it", 1)]), [member(1, &["Sent"])]);
        assert_eq!(of(&[]), [member(1, &["Sent"])]);
    }

    #[test]
    fn membership_is_part_of_what_is_due() {
        let plain = vec![1, 2, 3];
        let waits = wanted(&lead(&[1], 1, &[]), &[rule(1, 1, "Sent", 2)]);
        assert_eq!(hash_with(plain.clone(), &[]), plain);
        assert_eq!(
            hash_with(plain.clone(), &waits),
            plain,
            "nothing to send yet"
        );
        let joins = hash_with(plain.clone(), &[member(1, &["Sent"])]);
        assert_ne!(joins, plain);
        assert_ne!(joins, hash_with(plain.clone(), &[member(1, &["Attended"])]));
        assert_ne!(joins, hash_with(plain, &[member(2, &["Sent"])]));
    }
}
