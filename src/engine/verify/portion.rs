//! The portions of a reading: their leads, the records these have, and what is made of the two.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Value, json};

use super::compare::{Comparison, other_record};
use super::read::{Reader, Wanted};
use super::{PORTION, VerifyContext, VerifyRequest};
use crate::domain::ids::{AccountId, LeadId, LeadIds};
use crate::domain::person::names_conflict;
use crate::domain::verification::{Difference, DifferenceKind, Differing, VerifyCounts};
use crate::engine::events::SyncEvent;
use crate::store::StoreError;
use crate::store::verifications::{ClearedLead, WrittenMembership};
use crate::vendors::{CallError, RemoteCampaign, RemoteRecord};

/// Why a reading ends early.
pub(super) enum Broken {
    Store(StoreError),
    Call(Box<CallError>),
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CallError> for Broken {
    fn from(error: CallError) -> Self {
        Self::Call(Box::new(error))
    }
}

/// What was found of one record.
#[derive(Debug, Clone)]
pub(super) enum Fate {
    /// There.
    There(Arc<Vec<Difference>>, Box<RemoteRecord>),
    /// Another stands for it.
    Another(String),
    /// Gone.
    Gone,
    /// The vendor does not tell.
    Unread,
}

pub(super) struct Work<'a> {
    pub(super) context: &'a VerifyContext,
    pub(super) reader: Reader,
    pub(super) account: AccountId,
    pub(super) mapped: HashSet<(String, String)>,
    pub(super) appended: HashSet<(String, String)>,
    pub(super) ids: LeadIds,
    /// By object and id: leads share them.
    pub(super) companies: HashMap<(String, String), Fate>,
    pub(super) campaigns: HashMap<String, Option<RemoteCampaign>>,
    pub(super) counts: VerifyCounts,
    pub(super) unread: u64,
    pub(super) other_name: u64,
    pub(super) leads: Vec<Differing>,
}

impl Work<'_> {
    /// Reads everything, portion by portion, until it is done or somebody ends it.
    pub(super) async fn read_all(
        &mut self,
        request: &VerifyRequest,
        total: u64,
    ) -> Result<(), Broken> {
        let (mut after, mut left) = (None, total);
        while left > 0 && !self.context.interrupt.is_raised() {
            let (account, scope, portion) = (self.account, request.scope(after), left.min(PORTION));
            let leads = self
                .context
                .store
                .call(move |store| store.cleared_leads(account, scope, portion))
                .await?;
            let Some(last) = leads.last() else { break };
            after = Some(last.lead);
            left = left.saturating_sub(u64::try_from(leads.len()).unwrap_or(u64::MAX));
            self.read_portion(&leads).await?;
            self.context.reporter.report(SyncEvent::Progress {
                done: self.counts.checked + self.unread,
                total,
                cleared: self.counts.same,
                failed: self.counts.faults(),
            });
        }
        Ok(())
    }

    async fn read_portion(&mut self, leads: &[ClearedLead]) -> Result<(), Broken> {
        let mut persons: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        let mut companies: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for lead in leads {
            if let Some((object, id)) = lead.person.as_ref().and_then(|place| self.place(place)) {
                persons.entry(object).or_default().push(id);
            }
            if let Some((object, id)) = lead.company.as_ref().and_then(|place| self.place(place))
                && !self
                    .companies
                    .contains_key(&(object.to_owned(), id.clone()))
            {
                companies.entry(object).or_default().push(id);
            }
        }
        let mut found: HashMap<(String, String), Fate> = HashMap::new();
        for (object, ids) in persons {
            found.extend(self.fates(object, ids, leads).await?);
        }
        for (object, ids) in companies {
            let fates = self.fates(object, ids, &[]).await?;
            self.companies.extend(fates);
        }
        let memberships = self.memberships(leads).await?;
        for lead in leads {
            self.settle(lead, &found, &memberships);
        }
        Ok(())
    }

    /// A stored place in the vendor's own words; an object this version does not know is nowhere.
    fn place(&self, place: &(String, String)) -> Option<(&'static str, String)> {
        let objects = self.context.vendor.info().objects;
        let object = objects.iter().find(|object| object.key == place.0)?;
        Some((object.key, place.1.clone()))
    }

    /// Reads records of one object and compares them with what we wrote.
    async fn fates(
        &mut self,
        object: &'static str,
        mut ids: Vec<String>,
        leads: &[ClearedLead],
    ) -> Result<HashMap<(String, String), Fate>, Broken> {
        ids.sort_unstable();
        ids.dedup();
        let (account, asked) = (self.account, ids.clone());
        let written = self
            .context
            .store
            .call(move |store| store.written_fields(account, object, &asked))
            .await?;
        let mut fields: Vec<String> = written
            .values()
            .flat_map(|fields| fields.keys().cloned())
            .collect();
        fields.sort_unstable();
        fields.dedup();
        let earliest = written
            .values()
            .flat_map(|fields| fields.values().map(|field| field.at))
            .min();
        let schema = self.reader.schema(object, &fields).await?;
        let wanted = Wanted {
            object,
            ids: &ids,
            fields: &fields,
            written_since: earliest,
        };
        let mut records = self.reader.records(&wanted).await?;
        let absent: Vec<String> = ids
            .iter()
            .filter(|id| records.get(*id).is_some_and(Option::is_none))
            .cloned()
            .collect();
        self.forget(object, absent.clone()).await?;
        let mut successors = self.successors(object, &absent, leads).await?;
        let nothing = HashMap::new();
        let mut fates = HashMap::with_capacity(ids.len());
        for id in ids {
            let fate = match records.remove(&id) {
                None => Fate::Unread,
                Some(None) => match successors.remove(&id) {
                    Some(other) => Fate::Another(other),
                    None => Fate::Gone,
                },
                Some(Some(record)) => match other_record(&id, object, &record) {
                    Some(other) => Fate::Another(other),
                    None => {
                        let differences = Comparison {
                            vendor: self.context.vendor.as_ref(),
                            schema: &schema,
                            object,
                            mapped: &self.mapped,
                            appended: &self.appended,
                        }
                        .of(written.get(&id).unwrap_or(&nothing), &record);
                        Fate::There(Arc::new(differences), Box::new(record))
                    }
                },
            };
            fates.insert((object.to_owned(), id), fate);
        }
        Ok(fates)
    }

    /// A copy of ours that holds what is gone would have the next push find it there. Not every vendor's pages of changes tell
    /// what was deleted.
    async fn forget(&self, object: &'static str, gone: Vec<String>) -> Result<(), StoreError> {
        let mut objects = self.context.vendor.info().objects.iter();
        let is_copied = objects.any(|info| info.key == object && info.mirror.is_some());
        if gone.is_empty() || !is_copied {
            return Ok(());
        }
        let account = self.account;
        self.context
            .store
            .call(move |store| store.forget_mirrored(account, object, &gone))
            .await
    }

    /// What stands for records that are gone: by the vendor's word, else the one that is found by the person's address.
    async fn successors(
        &self,
        object: &'static str,
        absent: &[String],
        leads: &[ClearedLead],
    ) -> Result<HashMap<String, String>, CallError> {
        if absent.is_empty() {
            return Ok(HashMap::new());
        }
        let told = self.context.vendor.successors(object, absent).await?;
        let mut known: HashMap<String, String> = absent
            .iter()
            .zip(told)
            .filter_map(|(id, other)| Some((id.clone(), other?)))
            .collect();
        let addresses: Vec<(&String, &String)> = leads
            .iter()
            .filter_map(|lead| {
                let (of, id) = lead.person.as_ref()?;
                let is_lost = of == object && absent.contains(id) && !known.contains_key(id);
                is_lost.then_some((id, lead.email_key.as_ref()?))
            })
            .collect();
        if addresses.is_empty() {
            return Ok(known);
        }
        let emails = addresses.iter().map(|(_, email)| (*email).clone());
        let by_address = self.reader.by_address(emails.collect()).await?;
        for (id, email) in addresses {
            let other = by_address.get(email).filter(|other| *other != id);
            if let Some(other) = other {
                known.insert(id.clone(), other.clone());
            }
        }
        Ok(known)
    }

    /// Puts together what was found of a lead.
    fn settle(
        &mut self,
        lead: &ClearedLead,
        found: &HashMap<(String, String), Fate>,
        memberships: &HashMap<LeadId, Vec<Difference>>,
    ) {
        let Some(person) = &lead.person else {
            self.unread += 1;
            return;
        };
        let mut fields = match found.get(person) {
            None | Some(Fate::Unread) => {
                self.unread += 1;
                return;
            }
            Some(Fate::There(differences, record)) => {
                self.other_name += u64::from(self.goes_by_another_name(lead, record));
                differences.to_vec()
            }
            Some(fate) => vec![lost(&person.0, &person.1, fate)],
        };
        let is_there = matches!(found.get(person), Some(Fate::There(..)));
        if let Some(company) = lead.company.as_ref().filter(|_| is_there) {
            match self.companies.get(company) {
                Some(Fate::There(differences, _)) => fields.extend(
                    differences
                        .iter()
                        .map(|difference| of_object(&company.0, difference)),
                ),
                Some(fate @ (Fate::Another(_) | Fate::Gone)) => {
                    fields.push(lost(&company.0, &company.1, fate));
                }
                Some(Fate::Unread) | None => {}
            }
        }
        if is_there {
            fields.extend(memberships.get(&lead.lead).into_iter().flatten().cloned());
        }
        let worst = fields.iter().map(|field| field.kind).max();
        self.counts.count(worst);
        if let Some(kind) = worst {
            self.leads.push(Differing {
                id: self.ids.encode(lead.lead),
                name: lead.name.clone(),
                object: person.0.clone(),
                record: person.1.clone(),
                kind,
                fields,
            });
        }
    }

    fn goes_by_another_name(&self, lead: &ClearedLead, record: &RemoteRecord) -> bool {
        let identity = self.reader.identity();
        let text = |field: &str| {
            let value = record.values.get(field).and_then(Value::as_str);
            value.unwrap_or_default().to_owned()
        };
        let (first, last) = (text(identity.first_name), text(identity.last_name));
        names_conflict((&lead.first_last.0, &lead.first_last.1), (&first, &last))
    }

    /// The memberships we made that are not as we made them.
    async fn memberships(
        &mut self,
        leads: &[ClearedLead],
    ) -> Result<HashMap<LeadId, Vec<Difference>>, Broken> {
        let mut differing: HashMap<LeadId, Vec<Difference>> = HashMap::new();
        let Some(info) = self.context.vendor.info().campaigns else {
            return Ok(differing);
        };
        let account = self.account;
        let ids: Vec<LeadId> = leads.iter().map(|lead| lead.lead).collect();
        let written = self
            .context
            .store
            .call(move |store| store.written_memberships(account, &ids))
            .await?;
        let mut by_campaign: BTreeMap<String, Vec<WrittenMembership>> = BTreeMap::new();
        for membership in written {
            let of = by_campaign.entry(membership.campaign.clone()).or_default();
            of.push(membership);
        }
        for (id, memberships) in by_campaign {
            if !self.campaigns.contains_key(&id) {
                let campaign = self.context.vendor.campaign(&id).await?;
                self.campaigns.insert(id.clone(), campaign);
            }
            let campaign = self.campaigns.get(&id).and_then(Option::as_ref);
            for chunk in memberships.chunks(info.reads.max(1)) {
                let placed: Vec<(&WrittenMembership, (&'static str, String))> = chunk
                    .iter()
                    .filter_map(|membership| Some((membership, self.place(&membership.person)?)))
                    .collect();
                let persons: Vec<(&'static str, String)> =
                    placed.iter().map(|(_, person)| person.clone()).collect();
                let members = match campaign {
                    Some(campaign) => self.context.vendor.members(campaign, &persons).await?,
                    None => vec![None; persons.len()],
                };
                for ((membership, _), member) in placed.into_iter().zip(members) {
                    let found = member.as_ref().map(|member| member.status.clone());
                    if found.as_ref() == Some(&membership.status) {
                        continue;
                    }
                    differing
                        .entry(membership.lead)
                        .or_default()
                        .push(Difference {
                            remote: format!("{} {}", info.word, membership.name),
                            expected: json!(membership.status.as_deref().unwrap_or("member")),
                            found: match found {
                                Some(status) => json!(status.as_deref().unwrap_or("member")),
                                None => Value::Null,
                            },
                            kind: DifferenceKind::ChangedSince,
                            by: None,
                            at: None,
                        });
                }
            }
        }
        Ok(differing)
    }
}

/// A record that is gone, or another one.
fn lost(object: &str, id: &str, fate: &Fate) -> Difference {
    let (kind, found) = match fate {
        Fate::Another(other) => (DifferenceKind::Merged, json!(other)),
        _ => (DifferenceKind::Missing, Value::Null),
    };
    Difference {
        remote: object.to_owned(),
        expected: json!(id),
        found,
        kind,
        by: None,
        at: None,
    }
}

fn of_object(object: &str, difference: &Difference) -> Difference {
    Difference {
        remote: format!("{object}.{}", difference.remote),
        ..difference.clone()
    }
}
