//! What a run changed, of what is meant: each change with its leads, and with who has been at the record since.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use serde_json::Value;

use super::decide;
use super::look::link_field;
use super::plan::{Item, UndoPlan};
use super::remade::Remade;
use super::{Left, Only, UndoError, UndoRequest};
use crate::domain::ids::{AccountId, LeadId, RunId};
use crate::engine::push::PushContext;
use crate::store::{ChangeKind, Store, StoreError, StoredChange, Subject, UndoneRun};

/// What is known of a run's records before they are decided upon.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) items: Vec<Item>,
    /// Records that were made again before.
    pub(super) remade: Remade,
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
        single_fields: !request.fields.is_empty(),
        records: objects.map(|object| object.key).collect(),
        company: context.vendor.plan().create_company,
        link: link_field(&context.vendor.plan().link),
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
    /// Single fields: a record the run made stays, and holds nothing in them.
    single_fields: bool,
    /// The objects whose records are persons and companies.
    records: Vec<&'static str>,
    /// The object of companies, where they are records.
    company: Option<&'static str>,
    /// The field of a person that holds its company, where one does.
    link: Option<&'static str>,
}

/// What the file knows beside the changes themselves.
struct Known {
    run_leads: BTreeSet<LeadId>,
    /// The leads that hang on each record.
    behind: HashMap<Key, BTreeSet<LeadId>>,
    /// What earlier undos of the run sent requests about.
    sent: HashSet<(String, String)>,
    /// What they are known to have put back.
    put_back: HashMap<Key, BTreeSet<String>>,
    /// What they were about to remove.
    begun: HashMap<Key, Timestamp>,
    /// When the run joined each record to another: that is a change of both at some vendors.
    joined: HashMap<Key, Timestamp>,
}

/// A record: object and id.
type Key = (String, String);

impl Meant {
    fn gather(&self, store: &Store) -> Result<Gathered, StoreError> {
        let mut changes = store.changes_of(self.run)?;
        let joined = self.joined(&changes);
        changes.retain(|change| change.undone_by.is_none());
        let mut gathered = Gathered {
            remade: Remade::known(store.remade_records(self.account)?),
            ..Gathered::default()
        };
        let made = self.made(&changes);
        let owners: Vec<Key> = changes.iter().map(owner).collect();
        // Leads hang on the record that took the place of one that was made again.
        let now_of = |key: &Key| (key.0.clone(), gathered.remade.current(&key.0, &key.1));
        let places: Vec<Key> = owners.iter().map(now_of).collect();
        let companies: Vec<Option<Key>> = changes
            .iter()
            .map(|change| self.joined_to(change).map(|key| now_of(&key)))
            .collect();
        let known = self.known(store, &places, &companies, joined)?;
        let rest = owners.iter().zip(places).zip(companies);
        for (change, ((owner, place), company)) in changes.into_iter().zip(rest) {
            let fits = match self.only {
                None => true,
                Some(Only::Created) => made.contains(owner),
                Some(Only::Updated) => !made.contains(owner),
            };
            if !fits {
                continue;
            }
            let linked = match lead_of_activity(store, &change)? {
                Some(lead) => [lead].into(),
                None => known.behind.get(&place).cloned().unwrap_or_default(),
            };
            let leads = linked.intersection(&known.run_leads).copied().collect();
            if self.is_meant(&change, &leads, &mut gathered) {
                let at_company = company.and_then(|company| known.behind.get(&company));
                let mut strangers = linked.difference(&known.run_leads);
                let stranger = match at_company {
                    Some(there) => strangers.any(|lead| there.contains(lead)),
                    None => strangers.next().is_some(),
                };
                let item = self.item(store, change, leads, stranger, &known)?;
                gathered.items.push(item);
            }
        }
        Ok(gathered)
    }

    fn known(
        &self,
        store: &Store,
        places: &[Key],
        companies: &[Option<Key>],
        joined: HashMap<Key, Timestamp>,
    ) -> Result<Known, StoreError> {
        let mut asked = places.to_vec();
        asked.extend(companies.iter().flatten().cloned());
        Ok(Known {
            run_leads: store.leads_of_run(self.run)?,
            behind: store.leads_behind(self.account, self.run, &asked)?,
            sent: store.sent_by_undos(self.run)?,
            put_back: store.put_back_by_undos(self.run)?,
            begun: store.removals_begun(self.run)?,
            joined,
        })
    }

    /// The records the run made (or an undo of it took away).
    fn made(&self, changes: &[StoredChange]) -> HashSet<Key> {
        let made = changes.iter().filter(|change| {
            matches!(change.kind, ChangeKind::Created | ChangeKind::Removed)
                && self.records.contains(&change.object.as_str())
        });
        made.map(|change| (change.object.clone(), change.remote_id.clone()))
            .collect()
    }

    /// When the run last joined each record to a company, a person, a campaign or an activity.
    fn joined(&self, changes: &[StoredChange]) -> HashMap<Key, Timestamp> {
        let mut joined: HashMap<Key, Timestamp> = HashMap::new();
        for change in changes {
            let company = self.joined_to(change).or(self.put_under(change));
            let person = (owner(change) != (change.object.clone(), change.remote_id.clone()))
                || change.kind == ChangeKind::Linked;
            for key in company.into_iter().chain(person.then(|| owner(change))) {
                let last = joined.entry(key).or_insert(change.at);
                *last = change.at.max(*last);
            }
        }
        joined
    }

    /// The company that stands in a person that was written.
    fn put_under(&self, change: &StoredChange) -> Option<Key> {
        let company = match change.after.get(self.link?)? {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            _ => return None,
        };
        Some((self.company?.to_owned(), company))
    }

    /// The company a person was joined to.
    fn joined_to(&self, change: &StoredChange) -> Option<Key> {
        let company = change.after["company"].as_str();
        let company = company.filter(|_| change.kind == ChangeKind::Linked)?;
        Some((self.company?.to_owned(), company.to_owned()))
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

    fn item(
        &self,
        store: &Store,
        change: StoredChange,
        leads: BTreeSet<LeadId>,
        stranger: bool,
        known: &Known,
    ) -> Result<Item, StoreError> {
        let key = (change.object.clone(), change.remote_id.clone());
        let subject = match change.kind {
            ChangeKind::Created if self.single_fields => Subject::putting_back(&key.1),
            _ => subject(&change),
        };
        let sent = (key.0.clone(), subject.as_str().to_owned());
        let (account, object, id) = (self.account, &key.0, &key.1);
        let (mut moved, mut written) = (None, None);
        if change.kind == ChangeKind::Created {
            let earlier = [known.begun.get(&key), known.joined.get(&key)];
            let earlier = earlier.into_iter().flatten().copied().max();
            moved = earlier.max(store.out_of_the_bin_at(account, object, id)?);
            written = store.last_written_at(account, object, id)?;
        }
        Ok(Item {
            leads,
            sent: known.sent.contains(&sent),
            put_back: known.put_back.get(&key).cloned().unwrap_or_default(),
            later: store.written_later(account, object, id, self.run)?,
            stranger,
            moved,
            written,
            change,
        })
    }
}

/// What a request that takes a change back is about.
fn subject(change: &StoredChange) -> Subject {
    let id = &change.remote_id;
    match (change.kind, &change.before) {
        (ChangeKind::Created | ChangeKind::Linked, _) | (ChangeKind::Joined, None) => {
            Subject::removal(id)
        }
        _ => Subject::putting_back(id),
    }
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
fn owner(change: &StoredChange) -> Key {
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
