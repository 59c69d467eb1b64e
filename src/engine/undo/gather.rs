//! What a run changed, of what is meant: each change with its leads, and with who has been at the record since.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::decide;
use super::plan::{Item, UndoPlan};
use super::{Left, Only, UndoError, UndoRequest};
use crate::domain::ids::{AccountId, LeadId, RunId};
use crate::engine::push::PushContext;
use crate::store::{ChangeKind, Store, StoreError, StoredChange, Subject, UndoneRun};

/// What is known of a run's records before they are decided upon.
pub(super) struct Gathered {
    pub(super) items: Vec<Item>,
    /// Who of ours wrote to a record later.
    pub(super) later: HashMap<(String, String), RunId>,
    /// Leads linked to a record that this run did not bring.
    pub(super) strangers: HashSet<(String, String)>,
    /// The activities the run sent, whoever's undo is asked for.
    pub(super) activities: Vec<String>,
    left: Vec<Left>,
}

/// The changes that are meant, each with its leads.
pub(super) async fn gather(
    context: &PushContext,
    of: &UndoneRun,
    request: &UndoRequest,
    plan: &mut UndoPlan,
) -> Result<Gathered, UndoError> {
    let Some(account) = context.integration.account.as_ref().map(|known| known.id) else {
        let why = "an undo without an account".to_owned();
        return Err(StoreError::Unexpected(why).into());
    };
    let objects = context.vendor.info().objects.iter();
    let meant = Meant {
        account,
        run: of.run,
        leads: request.leads.clone(),
        only: request.only,
        records: objects.map(|object| object.key).collect(),
    };
    let mut gathered = context.store.call(move |store| meant.gather(store)).await?;
    plan.left.append(&mut gathered.left);
    Ok(gathered)
}

/// What is asked for.
struct Meant {
    account: AccountId,
    run: RunId,
    leads: Vec<LeadId>,
    only: Option<Only>,
    /// The objects whose records are persons and companies.
    records: Vec<&'static str>,
}

impl Meant {
    fn gather(&self, store: &Store) -> Result<Gathered, StoreError> {
        let mut changes = store.changes_of(self.run)?;
        changes.retain(|change| change.undone_by.is_none());
        let mut ours = Ours::read(store, self.run)?;
        let changed_too = whole(&mut changes, &ours);
        let run_leads = store.leads_of_run(self.run)?;
        let made = self.made(&changes);
        let owners: Vec<(String, String)> = changes.iter().map(owner).collect();
        let behind = store.leads_behind(self.account, self.run, &owners)?;
        let mut gathered = Gathered {
            items: Vec::new(),
            later: HashMap::new(),
            strangers: HashSet::new(),
            activities: Vec::new(),
            left: Vec::new(),
        };
        let mut linked = Vec::with_capacity(changes.len());
        for (change, owner) in changes.iter().zip(&owners) {
            let of_activity = lead_of_activity(store, change)?;
            let leads: BTreeSet<LeadId> = match of_activity {
                Some(lead) => [lead].into(),
                None => behind.get(owner).cloned().unwrap_or_default(),
            };
            ours.belongs_to(change, owner, &leads);
            if of_activity.is_some() && change.kind == ChangeKind::Created {
                gathered.activities.push(change.remote_id.clone());
            }
            linked.push(leads);
        }
        for ((change, owner), linked) in changes.into_iter().zip(owners).zip(linked) {
            let fits = match self.only {
                None => true,
                Some(Only::Created) => made.contains(&owner),
                Some(Only::Updated) => !made.contains(&owner),
            };
            if !fits {
                continue;
            }
            let leads: BTreeSet<LeadId> = linked.intersection(&run_leads).copied().collect();
            if self.is_meant(&change, &leads, &mut gathered) {
                let has_strangers = linked.len() > leads.len();
                let item = Item {
                    sent: was_sent(store, self.account, &change)?,
                    changed_too: changed_too.contains(&record_of(&change)),
                    written_for: ours.written_for(&change, &leads),
                    activities: ours.activities(&leads),
                    leads,
                    change,
                };
                self.take(store, item, has_strangers, &mut gathered)?;
            }
        }
        Ok(gathered)
    }

    /// The records the run made (or an undo of it took away).
    fn made(&self, changes: &[StoredChange]) -> HashSet<(String, String)> {
        let made = changes.iter().filter(|change| {
            matches!(change.kind, ChangeKind::Created | ChangeKind::Removed)
                && self.records.contains(&change.object.as_str())
        });
        made.map(|change| (change.object.clone(), change.remote_id.clone()))
            .collect()
    }

    /// Whether a change is of the leads that were named, and of nobody else's.
    fn is_meant(
        &self,
        change: &StoredChange,
        leads: &BTreeSet<LeadId>,
        gathered: &mut Gathered,
    ) -> bool {
        if self.leads.is_empty() {
            return true;
        }
        if !leads.iter().any(|lead| self.leads.contains(lead)) {
            return false;
        }
        let is_theirs = leads.iter().all(|lead| self.leads.contains(lead));
        if !is_theirs {
            let why = "other leads of the run share it";
            gathered.left.push(decide::left(change, None, why, None));
        }
        is_theirs
    }

    fn take(
        &self,
        store: &Store,
        item: Item,
        has_strangers: bool,
        gathered: &mut Gathered,
    ) -> Result<(), StoreError> {
        let key = record_of(&item.change);
        if has_strangers {
            gathered.strangers.insert(key.clone());
        }
        if let Some(run) = store.changed_later(self.account, &key.0, &key.1, self.run)? {
            gathered.later.insert(key, run);
        }
        gathered.items.push(item);
        Ok(())
    }
}

/// Whether one of our undos sent a request about it before.
fn was_sent(store: &Store, account: AccountId, change: &StoredChange) -> Result<bool, StoreError> {
    let subject = match change.kind {
        ChangeKind::Updated => Subject::putting_back(&change.remote_id),
        _ => Subject::removal(&change.remote_id),
    };
    store.undo_was_sent(account, &change.object, &subject)
}

fn record_of(change: &StoredChange) -> (String, String) {
    (change.object.clone(), change.remote_id.clone())
}

/// What the run and the undos of it wrote to records, over all of them.
#[derive(Default)]
struct Ours {
    /// What fields they left in each record.
    images: HashMap<(String, String), Map<String, Value>>,
    /// When they last did anything to it, or to what hangs on it; our clock's word.
    last: HashMap<(String, String), Timestamp>,
    /// The same of each lead's records: what is done to a person may show in the company.
    last_of_lead: HashMap<LeadId, Timestamp>,
    /// How many activities of each lead the run sent.
    activities: HashMap<LeadId, u64>,
}

impl Ours {
    fn read(store: &Store, run: RunId) -> Result<Self, StoreError> {
        let mut ours = Self::default();
        for run in store.undo_chain(run)? {
            for change in store.changes_of(run)? {
                ours.note(&change);
            }
        }
        Ok(ours)
    }

    fn note(&mut self, change: &StoredChange) {
        if let (ChangeKind::Created | ChangeKind::Updated, Value::Object(after)) =
            (change.kind, &change.after)
        {
            let image = self.images.entry(record_of(change)).or_default();
            image.extend(after.clone());
        }
        let last = self.last.entry(owner(change)).or_insert(change.at);
        *last = change.at.max(*last);
    }

    /// Notes whose leads' a change is.
    fn belongs_to(
        &mut self,
        change: &StoredChange,
        owner: &(String, String),
        leads: &BTreeSet<LeadId>,
    ) {
        let last = self.last.get(owner).copied().unwrap_or(change.at);
        let is_activity =
            change.after["activity"].is_string() && change.kind == ChangeKind::Created;
        for lead in leads {
            let of_lead = self.last_of_lead.entry(*lead).or_insert(last);
            *of_lead = last.max(*of_lead);
            *self.activities.entry(*lead).or_default() += u64::from(is_activity);
        }
    }

    /// How long after its making they were still at work on a record. Ours are the differences only: clocks differ.
    fn written_for(&self, change: &StoredChange, leads: &BTreeSet<LeadId>) -> SignedDuration {
        let of_leads = leads.iter().filter_map(|lead| self.last_of_lead.get(lead));
        let last = of_leads.chain(self.last.get(&record_of(change))).max();
        let span = last.map(|last| last.duration_since(change.at));
        span.unwrap_or_default().max(SignedDuration::ZERO)
    }

    /// How many activities the run sent of the leads of a record.
    fn activities(&self, leads: &BTreeSet<LeadId>) -> u64 {
        let counts = leads.iter().filter_map(|lead| self.activities.get(lead));
        counts.sum()
    }
}

/// A record the run made for one lead and changed for another is one change: it was not there before, and it holds what was
/// written last. Returns the records of which there are two.
fn whole(changes: &mut Vec<StoredChange>, ours: &Ours) -> HashSet<(String, String)> {
    let made: HashSet<(String, String)> = changes
        .iter()
        .filter(|change| change.kind == ChangeKind::Created)
        .map(record_of)
        .collect();
    let mut two = HashSet::new();
    changes.retain_mut(|change| {
        let record = record_of(change);
        match change.kind {
            ChangeKind::Created => {
                if let (Some(image), true) = (ours.images.get(&record), change.after.is_object()) {
                    change.after = image.clone().into();
                }
                true
            }
            ChangeKind::Updated if made.contains(&record) => {
                two.insert(record);
                false
            }
            _ => true,
        }
    });
    two
}

/// The lead an activity is of.
fn lead_of_activity(store: &Store, change: &StoredChange) -> Result<Option<LeadId>, StoreError> {
    let before = change.before.as_ref();
    let marker = change.after["activity"]
        .as_str()
        .or(before.and_then(|before| before["activity"].as_str()));
    let Some(marker) = marker else {
        return Ok(None);
    };
    Ok(store.activity_of(marker)?.map(|(lead, _)| lead))
}

/// The record whose leads a change was made for: of a membership and an activity the person.
fn owner(change: &StoredChange) -> (String, String) {
    let image = match change.kind {
        ChangeKind::Removed | ChangeKind::Left => change.before.as_ref().unwrap_or(&change.after),
        _ => &change.after,
    };
    match (image["object"].as_str(), image["person"].as_str()) {
        (Some(object), Some(person)) => (object.to_owned(), person.to_owned()),
        _ => (change.object.clone(), change.remote_id.clone()),
    }
}

/// Fields somebody names must be fields the run wrote.
pub(super) fn check_fields(
    of: &UndoneRun,
    request: &UndoRequest,
    gathered: &Gathered,
) -> Result<(), UndoError> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for item in &gathered.items {
        let change = &item.change;
        if matches!(change.kind, ChangeKind::Created | ChangeKind::Updated) {
            let fields = change.after.as_object().into_iter().flatten();
            known.extend(fields.map(|(field, _)| format!("{}.{field}", change.object)));
        }
    }
    for field in &request.fields {
        let is_known = known.iter().any(|full| {
            full.split_once('.').is_some_and(|(object, name)| {
                decide::is_named(std::slice::from_ref(field), object, name)
            })
        });
        if !is_known {
            return Err(UndoError::NoField {
                run: of.run,
                field: field.clone(),
                known: known.into_iter().collect(),
            });
        }
    }
    Ok(())
}
