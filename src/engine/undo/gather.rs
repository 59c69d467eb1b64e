//! What a run changed, of what is meant: each change with its leads, and with who has been at the record since.

use std::collections::{BTreeSet, HashMap, HashSet};

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
        let run_leads = store.leads_of_run(self.run)?;
        let made = self.made(&changes);
        let owners: Vec<(String, String)> = changes.iter().map(owner).collect();
        let behind = store.leads_behind(self.account, self.run, &owners)?;
        let mut gathered = Gathered {
            items: Vec::new(),
            later: HashMap::new(),
            strangers: HashSet::new(),
            left: Vec::new(),
        };
        for (change, owner) in changes.into_iter().zip(owners) {
            let fits = match self.only {
                None => true,
                Some(Only::Created) => made.contains(&owner),
                Some(Only::Updated) => !made.contains(&owner),
            };
            if !fits {
                continue;
            }
            let linked = match lead_of_activity(store, &change)? {
                Some(lead) => [lead].into(),
                None => behind.get(&owner).cloned().unwrap_or_default(),
            };
            let leads: BTreeSet<LeadId> = linked.intersection(&run_leads).copied().collect();
            if self.is_meant(&change, &leads, &mut gathered) {
                let has_strangers = linked.len() > leads.len();
                self.take(store, change, leads, has_strangers, &mut gathered)?;
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
        change: StoredChange,
        leads: BTreeSet<LeadId>,
        has_strangers: bool,
        gathered: &mut Gathered,
    ) -> Result<(), StoreError> {
        let key = (change.object.clone(), change.remote_id.clone());
        if has_strangers {
            gathered.strangers.insert(key.clone());
        }
        if let Some(run) = store.changed_later(self.account, &key.0, &key.1, self.run)? {
            gathered.later.insert(key.clone(), run);
        }
        let subject = match change.kind {
            ChangeKind::Updated => Subject::putting_back(&key.1),
            _ => Subject::removal(&key.1),
        };
        let sent = store.undo_was_sent(self.account, &key.0, &subject)?;
        gathered.items.push(Item {
            change,
            leads,
            sent,
        });
        Ok(())
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
