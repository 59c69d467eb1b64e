//! Looking: the changes of a run, the records as they are now, and what is to be done about each. Writes nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::decide::{self, Seen};
use super::members;
use super::{Left, Only, UndoError, UndoRequest, UndoSummary};
use crate::domain::ids::{LeadId, RunId};
use crate::domain::lead::Role;
use crate::domain::remote::ObjectSchema;
use crate::engine::push::PushContext;
use crate::store::{ChangeKind, StoredChange, Subject, UndoneRun};
use crate::vendors::{Find, KeyKind, LinkKind, ObjectInfo, RemoteRecord, Values};

/// A change of the run with the leads it was made for.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) change: StoredChange,
    pub(super) leads: BTreeSet<LeadId>,
    /// A request of an undo was about it before: what it did may be done.
    pub(super) sent: bool,
}

/// Fields to be put back.
#[derive(Clone)]
pub(super) struct PutBack {
    pub(super) item: Item,
    pub(super) info: &'static ObjectInfo,
    /// What is sent.
    pub(super) values: Values,
    /// What the fields hold now, and what they will.
    pub(super) now: serde_json::Map<String, Value>,
    pub(super) then: serde_json::Map<String, Value>,
    /// Whether nothing of the change stays.
    pub(super) whole: bool,
}

/// A record to be removed.
#[derive(Clone)]
pub(super) struct Removal {
    pub(super) item: Item,
    pub(super) info: &'static ObjectInfo,
    /// The persons who belong to it, where it is a company.
    pub(super) under: Vec<String>,
}

/// A record to be made again.
#[derive(Clone)]
pub(super) struct Remake {
    pub(super) item: Item,
    pub(super) info: &'static ObjectInfo,
}

/// A membership: to end, to have an earlier status, or to be made again.
#[derive(Debug, Clone)]
pub(super) struct MemberStep {
    pub(super) item: Item,
    pub(super) campaign: crate::vendors::RemoteCampaign,
    pub(super) object: &'static str,
    pub(super) person: String,
    pub(super) member: Option<crate::vendors::Member>,
    /// The status to have; `None`: no membership at all.
    pub(super) to: Option<Option<String>>,
}

/// What an undo would do.
#[derive(Default)]
pub struct UndoPlan {
    pub(super) put_back: Vec<PutBack>,
    pub(super) removals: Vec<Removal>,
    pub(super) remakes: Vec<Remake>,
    pub(super) members: Vec<MemberStep>,
    pub(super) recalls: Vec<Item>,
    pub(super) unlinks: Vec<Item>,
    pub(super) links: Vec<Item>,
    /// As they were already: only to be marked.
    pub(super) settled: Vec<Item>,
    pub(super) left: Vec<Left>,
    pub(super) impossible: Vec<Left>,
}

impl UndoPlan {
    /// Whether nothing would change, here or there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps() == 0 && self.settled.is_empty()
    }

    pub(super) fn steps(&self) -> u64 {
        let steps = self.put_back.len()
            + self.removals.len()
            + self.remakes.len()
            + self.members.len()
            + self.recalls.len()
            + self.unlinks.len()
            + self.links.len();
        steps as u64
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        (self.put_back.iter().map(|step| &step.item))
            .chain(self.removals.iter().map(|step| &step.item))
            .chain(self.remakes.iter().map(|step| &step.item))
            .chain(self.members.iter().map(|step| &step.item))
            .chain(&self.recalls)
            .chain(&self.unlinks)
            .chain(&self.links)
            .chain(&self.settled)
    }

    pub(super) fn leads(&self) -> BTreeSet<LeadId> {
        self.items()
            .flat_map(|item| item.leads.iter().copied())
            .collect()
    }

    /// Leads another run has in hand stay out of it.
    pub(super) fn leave_to_others(&mut self, held: &BTreeSet<LeadId>) {
        if held.is_empty() {
            return;
        }
        let mut left = Vec::new();
        let mut free = |item: &Item| {
            let is_free = item.leads.is_disjoint(held);
            if !is_free {
                left.push(decide::left(
                    &item.change,
                    None,
                    "another run is at work on its lead",
                    None,
                ));
            }
            is_free
        };
        self.put_back.retain(|step| free(&step.item));
        self.removals.retain(|step| free(&step.item));
        self.remakes.retain(|step| free(&step.item));
        self.members.retain(|step| free(&step.item));
        for items in [
            &mut self.recalls,
            &mut self.unlinks,
            &mut self.links,
            &mut self.settled,
        ] {
            items.retain(&mut free);
        }
        self.left.extend(left);
    }

    /// What it would come to.
    #[must_use]
    pub fn summary(&self, of: &UndoneRun) -> UndoSummary {
        let mut by_field: BTreeMap<String, u64> = BTreeMap::new();
        for step in &self.put_back {
            for field in step.then.keys() {
                *by_field
                    .entry(format!("{}.{field}", step.item.change.object))
                    .or_default() += 1;
            }
        }
        UndoSummary {
            run: None,
            undone: Some(of.run),
            restored: by_field.values().sum(),
            removed: self.removals.len() as u64,
            remade: self.remakes.len() as u64,
            memberships: self.members.len() as u64,
            activities: self.recalls.len() as u64,
            links: (self.unlinks.len() + self.links.len()) as u64,
            leads: self.leads().len() as u64,
            left: self.left.clone(),
            impossible: self.impossible.clone(),
            by_field,
            ..UndoSummary::default()
        }
    }

    /// How many requests it would take at least, by the vendor's batches.
    #[must_use]
    pub fn calls(&self, undoing: &crate::vendors::Undoing) -> u64 {
        let batches = |count: usize, rows: usize| count.div_ceil(rows.max(1));
        let mut calls = 0;
        let mut updates: HashMap<&str, (usize, usize)> = HashMap::new();
        for step in &self.put_back {
            let rows = step.info.update.map_or(1, |batching| batching.rows);
            updates.entry(step.info.key).or_insert((0, rows)).0 += 1;
        }
        for step in &self.remakes {
            let rows = step.info.create.map_or(1, |batching| batching.rows);
            updates.entry(step.info.key).or_insert((0, rows)).0 += 1;
        }
        calls += updates
            .values()
            .map(|(count, rows)| batches(*count, *rows))
            .sum::<usize>();
        let mut removals: HashMap<&str, usize> = HashMap::new();
        for step in &self.removals {
            *removals.entry(step.info.key).or_default() += 1;
        }
        for (object, count) in removals {
            let rows = undoing.object(object).map_or(1, |known| known.rows);
            calls += batches(count, rows);
        }
        let members = undoing.members.unwrap_or(100);
        calls += batches(self.members.len(), members);
        calls += batches(self.recalls.len(), undoing.activities.unwrap_or(1));
        calls += batches(
            self.unlinks.len() + self.links.len(),
            undoing.links.unwrap_or(1),
        );
        calls as u64
    }
}

/// What is known of a run's records before they are decided upon.
struct Gathered {
    items: Vec<Item>,
    /// Records the run made.
    made: HashSet<(String, String)>,
    /// Who of ours wrote to a record later.
    later: HashMap<(String, String), RunId>,
    /// Leads linked to a record that this run did not bring.
    strangers: HashSet<(String, String)>,
}

/// Reads the records and decides.
///
/// # Errors
/// Where the file fails, or the vendor does not answer.
pub async fn look(
    context: &PushContext,
    of: &UndoneRun,
    request: &UndoRequest,
) -> Result<UndoPlan, UndoError> {
    let mut plan = UndoPlan::default();
    let gathered = gather(context, of, request, &mut plan).await?;
    check_fields(of, request, &gathered)?;
    let info = context.vendor.info();
    let undoing = context.vendor.undoing();
    let (schemas, records) = read(context, &gathered).await?;
    let activity = info.activities.map(|activities| activities.object);
    let fields = &request.fields;
    let mut joined = Vec::new();
    for item in &gathered.items {
        let change = &item.change;
        let key = (change.object.clone(), change.remote_id.clone());
        let object = info.objects.iter().find(|known| known.key == change.object);
        let is_activity = activity == Some(change.object.as_str());
        let partial = !fields.is_empty();
        match (change.kind, object) {
            (ChangeKind::Updated, Some(object)) => {
                let seen = seen(&schemas, &records, &gathered, &key);
                decide::put_back(&*context.vendor, object, item, &seen, fields, &mut plan);
            }
            (ChangeKind::Created, Some(object)) if partial => {
                let seen = seen(&schemas, &records, &gathered, &key);
                decide::blank(&*context.vendor, object, item, &seen, fields, &mut plan);
            }
            _ if partial => {}
            (ChangeKind::Created, Some(object)) => {
                let seen = seen(&schemas, &records, &gathered, &key);
                decide::remove(&*context.vendor, object, item, &seen, &mut plan);
            }
            (ChangeKind::Created, None) if is_activity => match undoing.activities {
                Some(_) => plan.recalls.push(item.clone()),
                None => plan.impossible.push(decide::left(
                    change,
                    None,
                    "the vendor documents no way to take activities back",
                    None,
                )),
            },
            (ChangeKind::Linked, _) => match undoing.links {
                Some(_) => plan.unlinks.push(item.clone()),
                None => plan.impossible.push(decide::left(
                    change,
                    None,
                    "the vendor documents no way to take records apart",
                    None,
                )),
            },
            (ChangeKind::Unlinked, _) => plan.links.push(item.clone()),
            (ChangeKind::Joined | ChangeKind::Left, _) => joined.push(item.clone()),
            (ChangeKind::Removed, Some(object)) if object.create.is_some() => {
                plan.remakes.push(Remake {
                    item: item.clone(),
                    info: object,
                });
            }
            (ChangeKind::Removed, None) if is_activity => {
                plan.left.push(decide::left(
                    change,
                    None,
                    "an activity is not sent by an undo: the next push of its lead with --again sends it",
                    None,
                ));
                plan.settled.push(item.clone());
            }
            _ => plan.impossible.push(decide::left(
                change,
                None,
                "the vendor has no such object here any more",
                None,
            )),
        }
    }
    members::decide(context, &joined, &mut plan).await?;
    companies_stay(context, &mut plan).await?;
    plan.left.sort();
    plan.impossible.sort();
    Ok(plan)
}

fn seen<'a>(
    schemas: &'a HashMap<&'static str, ObjectSchema>,
    records: &'a HashMap<(String, String), Option<RemoteRecord>>,
    gathered: &Gathered,
    key: &(String, String),
) -> Seen<'a> {
    Seen {
        schema: schemas.get(key.0.as_str()),
        record: records.get(key).and_then(Option::as_ref),
        later: gathered.later.get(key).copied(),
        stranger: gathered.strangers.contains(key),
    }
}

/// The changes that are meant, each with its leads.
async fn gather(
    context: &PushContext,
    of: &UndoneRun,
    request: &UndoRequest,
    plan: &mut UndoPlan,
) -> Result<Gathered, UndoError> {
    let (of, wanted, only) = (of.clone(), request.leads.clone(), request.only);
    let Some(account) = context.integration.account.as_ref().map(|known| known.id) else {
        return Err(UndoError::Store(crate::store::StoreError::Unexpected(
            "an undo without an account".to_owned(),
        )));
    };
    let info = context.vendor.info();
    let records: Vec<&'static str> = info.objects.iter().map(|object| object.key).collect();
    let (gathered, left) = context
        .store
        .call(move |store| {
            let changes: Vec<StoredChange> = store
                .changes_of(of.run)?
                .into_iter()
                .filter(|change| change.undone_by.is_none())
                .collect();
            let run_leads = store.leads_of_run(of.run)?;
            let is_record = |change: &StoredChange| records.contains(&change.object.as_str());
            let made: HashSet<(String, String)> = changes
                .iter()
                .filter(|change| {
                    matches!(change.kind, ChangeKind::Created | ChangeKind::Removed)
                        && is_record(change)
                })
                .map(|change| (change.object.clone(), change.remote_id.clone()))
                .collect();
            let owners: Vec<(String, String)> = changes.iter().map(owner).collect();
            let behind = store.leads_behind(account, of.run, &owners)?;
            let mut gathered = Gathered {
                items: Vec::new(),
                later: HashMap::new(),
                strangers: HashSet::new(),
                made,
            };
            let mut left = Vec::new();
            for (change, owner) in changes.into_iter().zip(owners) {
                let is_made = gathered.made.contains(&owner);
                let fits = match only {
                    None => true,
                    Some(Only::Created) => is_made,
                    Some(Only::Updated) => !is_made,
                };
                if !fits {
                    continue;
                }
                let mut linked = behind.get(&owner).cloned().unwrap_or_default();
                if let Some(marker) = change.after["activity"].as_str().or(change
                    .before
                    .as_ref()
                    .and_then(|before| before["activity"].as_str()))
                    && let Some((lead, _)) = store.activity_of(marker)?
                {
                    linked = [lead].into();
                }
                let leads: BTreeSet<LeadId> = linked.intersection(&run_leads).copied().collect();
                if !wanted.is_empty() {
                    if !leads.iter().any(|lead| wanted.contains(lead)) {
                        continue;
                    }
                    if leads.iter().any(|lead| !wanted.contains(lead)) {
                        left.push(super::decide::left(
                            &change,
                            None,
                            "other leads of the run share it",
                            None,
                        ));
                        continue;
                    }
                }
                let key = (change.object.clone(), change.remote_id.clone());
                if linked.len() > leads.len() {
                    gathered.strangers.insert(key.clone());
                }
                if let Some(run) = store.changed_later(account, &key.0, &key.1, of.run)? {
                    gathered.later.insert(key.clone(), run);
                }
                let subject = match change.kind {
                    ChangeKind::Updated => Subject::putting_back(&key.1),
                    _ => Subject::removal(&key.1),
                };
                let sent = store.undo_was_sent(account, &key.0, &subject)?;
                gathered.items.push(Item {
                    change,
                    leads,
                    sent,
                });
            }
            Ok((gathered, left))
        })
        .await?;
    plan.left.extend(left);
    Ok(gathered)
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
fn check_fields(
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

type Records = HashMap<(String, String), Option<RemoteRecord>>;

/// The records as they are now, in as few questions as the vendor allows; its own word, never our copy's.
async fn read(
    context: &PushContext,
    gathered: &Gathered,
) -> Result<(HashMap<&'static str, ObjectSchema>, Records), UndoError> {
    let (mut schemas, mut records) = (HashMap::new(), HashMap::new());
    let undoing = context.vendor.undoing();
    for object in context.vendor.info().objects {
        let mut fields: BTreeSet<String> = object
            .always_read
            .iter()
            .map(|name| (*name).to_owned())
            .collect();
        let mut ids: BTreeSet<String> = BTreeSet::new();
        for item in &gathered.items {
            let change = &item.change;
            if change.object == object.key
                && matches!(change.kind, ChangeKind::Created | ChangeKind::Updated)
            {
                ids.insert(change.remote_id.clone());
                fields.extend(
                    change
                        .after
                        .as_object()
                        .into_iter()
                        .flatten()
                        .map(|(name, _)| name.clone()),
                );
            }
        }
        let is_remade = gathered.items.iter().any(|item| {
            item.change.object == object.key && item.change.kind == ChangeKind::Removed
        });
        if ids.is_empty() && !is_remade {
            continue;
        }
        let wanted: Vec<String> = fields.iter().cloned().collect();
        let schema = context.vendor.describe(object.key, &wanted).await?;
        schemas.insert(object.key, schema);
        if let Some(removable) = undoing.object(object.key) {
            fields.extend(removable.touched.fields().map(str::to_owned));
        }
        let lookup = object
            .lookups
            .iter()
            .find(|lookup| lookup.by == KeyKind::Id);
        let size = lookup.map_or(1, |lookup| lookup.keys.max(1));
        let ids: Vec<String> = ids.into_iter().collect();
        for keys in ids.chunks(size) {
            let find = Find {
                object: object.key,
                by: KeyKind::Id,
                keys: keys.to_vec(),
                fields: fields.iter().cloned().collect(),
                created_after: None,
            };
            for found in context.vendor.find(&find).await?.found {
                let record = found.records.into_iter().next();
                records.insert((object.key.to_owned(), found.key), record);
            }
        }
    }
    Ok((schemas, records))
}

/// The field of a person that holds its company.
pub(super) fn link_field(link: &LinkKind) -> Option<&'static str> {
    match link {
        LinkKind::InPerson { field, .. } => Some(field),
        _ => None,
    }
}

/// A company goes only where nobody else belongs to it.
async fn companies_stay(context: &PushContext, plan: &mut UndoPlan) -> Result<(), UndoError> {
    let is_company = |step: &Removal| step.info.role == Role::Company;
    let companies: Vec<String> = plan
        .removals
        .iter()
        .filter(|step| is_company(step))
        .map(|step| step.item.change.remote_id.clone())
        .collect();
    if companies.is_empty() {
        return Ok(());
    }
    let removed = plan
        .removals
        .iter()
        .filter(|step| !is_company(step))
        .map(|step| step.item.change.remote_id.clone());
    let apart = plan
        .unlinks
        .iter()
        .map(|item| item.change.remote_id.clone());
    let field = link_field(&context.vendor.plan().link);
    let moved = plan
        .put_back
        .iter()
        .filter(|step| field.is_some_and(|field| step.then.contains_key(field)))
        .map(|step| step.item.change.remote_id.clone());
    let going: HashSet<String> = removed.chain(apart).chain(moved).collect();
    let under = context.vendor.persons_under(&companies).await?;
    let under: HashMap<String, Vec<String>> = companies.into_iter().zip(under).collect();
    let mut stays = Vec::new();
    plan.removals.retain_mut(|step| {
        if !is_company(step) {
            return true;
        }
        step.under = under
            .get(&step.item.change.remote_id)
            .cloned()
            .unwrap_or_default();
        let goes = step.under.iter().all(|person| going.contains(person));
        if !goes {
            stays.push(decide::left(
                &step.item.change,
                None,
                "other persons belong to it",
                None,
            ));
        }
        goes
    });
    plan.left.extend(stays);
    Ok(())
}
