//! Reading back: whether records still hold what we last wrote to them. It writes nothing at the vendor.
//!
//! What should be there is what we last wrote, field by field, not what the mapping would make of the lead today: what was
//! edited since and not pushed is no difference. The records are read by the ids we know, many a call, portion by portion
//! of the leads; of a company that many leads share, once. A reading that ends early keeps what it found so far, and is
//! not taken for one of the whole scope.

mod compare;
mod read;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Value, json};

use self::compare::{Comparison, other_record};
use self::read::{Reader, Wanted};
use super::events::{Reporter, SyncEvent};
use super::push::Interrupt;
use crate::clock::Clock;
use crate::domain::history::RunOutcome;
use crate::domain::ids::{AccountId, EventId, LeadId, RunId};
use crate::domain::integration::Integration;
use crate::domain::mapping::WriteBehaviour;
use crate::domain::person::names_conflict;
use crate::domain::run::{RequestsByKind, StopReason};
use crate::domain::verification::{
    Difference, DifferenceKind, Differing, KeptVerification, Verification, VerifyCounts,
};
use crate::store::verifications::{ClearedLead, ClearedScope, WrittenField, WrittenMembership};
use crate::store::{NewRun, RunEnd, StoreError, StoreHandle};
use crate::vendors::{CallError, CallErrorKind, RemoteCampaign, RemoteRecord, Vendor};

/// Leads read back together.
const PORTION: u64 = 1_000;
/// The trigger of such a run.
const TRIGGER: &str = "verify";

/// What a reading works with.
pub struct VerifyContext {
    /// The store, behind its thread.
    pub store: StoreHandle,
    /// The vendor, signed in.
    pub vendor: Arc<dyn Vendor>,
    /// The connection.
    pub integration: Integration,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Who listens.
    pub reporter: Arc<dyn Reporter>,
    /// Counts requests.
    pub requests: Arc<dyn Fn() -> RequestsByKind + Send + Sync>,
    /// Resolves when a person wants it to end.
    pub interrupt: Interrupt,
}

/// What is to be read back.
#[derive(Debug, Clone, Default)]
pub struct VerifyRequest {
    /// The command as history shows it.
    pub command: String,
    /// Who runs it.
    pub person: Option<String>,
    /// Only leads of this event.
    pub event: Option<(EventId, String)>,
    /// Only this one.
    pub lead: Option<LeadId>,
    /// At most so many.
    pub limit: Option<u64>,
}

impl VerifyRequest {
    fn scope(&self, after: Option<LeadId>) -> ClearedScope {
        ClearedScope {
            event: self.event.as_ref().map(|(event, _)| *event),
            lead: self.lead,
            after,
        }
    }

    /// Whether it takes every Cleared lead of its event, or of the account.
    fn is_whole(&self) -> bool {
        self.lead.is_none() && self.limit.is_none()
    }
}

/// What came of a reading.
#[derive(Debug)]
pub struct Verified {
    /// What it found.
    pub verification: Verification,
    /// Leads whose record the vendor did not tell of.
    pub unread: u64,
    /// Why it ended early.
    pub stopped: Option<CallError>,
    /// Whether somebody ended it.
    pub interrupted: bool,
}

/// Reads Cleared leads back and keeps what was found as a run.
///
/// # Errors
/// Only where the file fails; what the vendor does is in the answer.
pub async fn verify(
    context: VerifyContext,
    request: VerifyRequest,
) -> Result<Verified, StoreError> {
    let Some(account) = context.integration.account.clone() else {
        return Err(StoreError::Unexpected(
            "a reading without an account".to_owned(),
        ));
    };
    let opened = open(&context, &request, account.id).await?;
    context.reporter.report(SyncEvent::Started {
        total: opened.total,
        what: "Reading back".to_owned(),
    });
    let mut work = Work {
        reader: Reader::new(Arc::clone(&context.vendor)),
        account: account.id,
        appended: opened.appended,
        mapped: opened.mapped,
        ids: opened.ids,
        companies: HashMap::new(),
        campaigns: HashMap::new(),
        counts: VerifyCounts::default(),
        unread: 0,
        other_name: 0,
        leads: Vec::new(),
        context: &context,
    };
    let ended = work.read_all(&request, opened.total).await;
    let (counts, unread, other_name) = (work.counts, work.unread, work.other_name);
    let leads = std::mem::take(&mut work.leads);
    drop(work);
    context.reporter.report(SyncEvent::Finished);
    let interrupted = context.interrupt.is_raised();
    let stopped = match ended {
        Ok(()) => None,
        Err(Broken::Call(error)) => Some(*error),
        Err(Broken::Store(error)) => return Err(error),
    };
    let requests = (context.requests)().total();
    let end = RunEnd {
        outcome: match &stopped {
            _ if interrupted => RunOutcome::Interrupted,
            Some(_) => RunOutcome::Stopped,
            None => RunOutcome::Done,
        },
        stop_reason: match &stopped {
            _ if interrupted => Some(StopReason::Interrupted),
            Some(error) => Some(reason(error)),
            None => None,
        },
        requests,
        counts: json!(counts),
    };
    let (run, at) = (opened.run, context.clock.now());
    let kept = (stopped.is_none() && !interrupted && request.is_whole() && unread == 0)
        .then_some(KeptVerification { run, at, counts });
    let event = request.event.as_ref().map(|(event, _)| *event);
    context
        .store
        .call(move |store| {
            if let Some(kept) = kept {
                store.keep_verification(account.id, event, &kept)?;
            }
            store.finish_run(run, &end, at)
        })
        .await?;
    Ok(Verified {
        verification: Verification {
            run,
            integration: context.integration.name.clone(),
            event: request.event.map(|(_, name)| name),
            counts,
            other_name,
            requests,
            leads,
        },
        unread,
        stopped,
        interrupted,
    })
}

fn reason(error: &CallError) -> StopReason {
    match &error.kind {
        CallErrorKind::Wait { daily: true, .. } => StopReason::Budget,
        CallErrorKind::Wait { .. } => StopReason::RateLimit,
        _ => StopReason::Outage,
    }
}

/// A reading that has begun.
struct Opened {
    run: RunId,
    total: u64,
    ids: crate::domain::ids::LeadIds,
    mapped: HashSet<(String, String)>,
    appended: HashSet<(String, String)>,
}

async fn open(
    context: &VerifyContext,
    request: &VerifyRequest,
    account: AccountId,
) -> Result<Opened, StoreError> {
    let (integration, now) = (context.integration.id, context.clock.now());
    let scope = request.scope(None);
    let limit = request.limit.unwrap_or(u64::MAX);
    let new = NewRun {
        integration: Some(integration),
        account: Some(account),
        command: request.command.clone(),
        trigger: TRIGGER.to_owned(),
        event: scope.event,
        person: request.person.clone(),
    };
    context
        .store
        .call(move |store| {
            let rules = store.rules(integration)?;
            let qualifiers = store.qualifier_rules(integration)?;
            let mut mapped = HashSet::new();
            let mut appended = HashSet::new();
            let written = rules
                .into_iter()
                .map(|rule| ((rule.object, rule.remote), rule.write));
            let answers = qualifiers
                .into_iter()
                .map(|rule| ((rule.object, rule.remote), rule.write));
            for (place, write) in written.chain(answers) {
                if write == WriteBehaviour::Append {
                    appended.insert(place.clone());
                }
                mapped.insert(place);
            }
            Ok(Opened {
                run: store.begin_run(&new, now)?,
                total: store.count_cleared(account, scope)?.min(limit),
                ids: store.ids().clone(),
                mapped,
                appended,
            })
        })
        .await
}

/// Why a reading ends early.
enum Broken {
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
enum Fate {
    /// There.
    There(Arc<Vec<Difference>>, Box<RemoteRecord>),
    /// Another stands for it.
    Another(String),
    /// Gone.
    Gone,
    /// The vendor does not tell.
    Unread,
}

struct Work<'a> {
    context: &'a VerifyContext,
    reader: Reader,
    account: AccountId,
    mapped: HashSet<(String, String)>,
    appended: HashSet<(String, String)>,
    ids: crate::domain::ids::LeadIds,
    /// By object and id: leads share them.
    companies: HashMap<(String, String), Fate>,
    campaigns: HashMap<String, Option<RemoteCampaign>>,
    counts: VerifyCounts,
    unread: u64,
    other_name: u64,
    leads: Vec<Differing>,
}

impl Work<'_> {
    async fn read_all(&mut self, request: &VerifyRequest, total: u64) -> Result<(), Broken> {
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
                && !self.companies.contains_key(&(object.to_owned(), id.clone()))
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
                lead: lead.lead,
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

/// What was written to the fields of one record.
type Written = HashMap<String, WrittenField>;
