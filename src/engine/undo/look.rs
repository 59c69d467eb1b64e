//! Looking: the records as they are now, and what is to be done about each. Writes nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::decide::{self, Seen};
use super::gather::{Gathered, check_fields, gather};
use super::leaving::Leaving;
use super::members;
use super::plan::{Item, Remake, Removal, UndoPlan};
use super::{Left, UndoError, UndoRequest};
use crate::domain::lead::Role;
use crate::domain::remote::ObjectSchema;
use crate::engine::push::PushContext;
use crate::store::{COMPANY_LINK, ChangeKind, UndoneRun};
use crate::vendors::{Find, KeyKind, LinkKind, MatchPlan, ObjectInfo, RemoteRecord, Vendor};

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
    let mut gathered = gather(context, of, request, &mut plan).await?;
    check_fields(of, request, &gathered)?;
    plan.remade = std::mem::take(&mut gathered.remade);
    let records = read(context, &gathered).await?;
    let looking = Looking {
        vendor: &*context.vendor,
        records: &records,
        fields: &request.fields,
    };
    let mut joined = Vec::new();
    for item in &gathered.items {
        match item.change.kind {
            ChangeKind::Joined | ChangeKind::Left if request.fields.is_empty() => {
                joined.push(item.clone());
            }
            _ => looking.decide(item, &mut plan),
        }
    }
    members::decide(context, &joined, &mut plan).await?;
    persons_stay(&gathered, &mut plan);
    companies_stay(context, &mut plan).await?;
    plan.left.sort();
    plan.impossible.sort();
    Ok(plan)
}

/// What single changes are decided by.
struct Looking<'a> {
    vendor: &'a dyn Vendor,
    records: &'a Records,
    fields: &'a [String],
}

impl Looking<'_> {
    fn decide(&self, item: &Item, plan: &mut UndoPlan) {
        let key = item.change.object.as_str();
        let mut objects = self.vendor.info().objects.iter();
        match objects.find(|known| known.key == key) {
            Some(object) => self.record(object, item, plan),
            None if self.fields.is_empty() => self.activity(item, plan),
            None => {}
        }
    }

    /// A change of a record, or of what it is joined to.
    fn record(&self, object: &'static ObjectInfo, item: &Item, plan: &mut UndoPlan) {
        let (vendor, fields) = (self.vendor, self.fields);
        let change = &item.change;
        match change.kind {
            ChangeKind::Updated => {
                decide::put_back(vendor, object, item, &self.seen(item), fields, plan);
            }
            ChangeKind::Created if !fields.is_empty() => {
                decide::blank(vendor, object, item, &self.seen(item), fields, plan);
            }
            _ if !fields.is_empty() => {}
            ChangeKind::Created => decide::remove(vendor, object, item, &self.seen(item), plan),
            ChangeKind::Linked => match vendor.undoing().links {
                Some(_) if item.stranger => {
                    let why = "leads that came by other runs belong to both";
                    plan.left.push(decide::left(change, None, why, None));
                }
                Some(_) if item.later.contains_key(COMPANY_LINK) => {
                    let why = "a later run joined it to a company too";
                    let by = item.later_by(COMPANY_LINK);
                    plan.left.push(decide::left(change, None, why, by));
                }
                Some(_) => plan.unlinks.push(item.clone()),
                None => {
                    let why = "the vendor documents no way to take records apart";
                    plan.impossible.push(decide::left(change, None, why, None));
                }
            },
            ChangeKind::Unlinked => plan.links.push(item.clone()),
            ChangeKind::Removed if object.create.is_some() => plan.remakes.push(Remake {
                item: item.clone(),
                info: object,
            }),
            ChangeKind::Removed | ChangeKind::Joined | ChangeKind::Left => {
                plan.impossible.push(no_such_object(item));
            }
        }
    }

    /// A change of what is no person and no company: an activity.
    fn activity(&self, item: &Item, plan: &mut UndoPlan) {
        let change = &item.change;
        let info = self.vendor.info().activities;
        let is_activity = info.is_some_and(|info| info.object == change.object);
        match change.kind {
            ChangeKind::Created if is_activity => match self.vendor.undoing().activities {
                Some(_) => plan.recalls.push(item.clone()),
                None => {
                    let why = "the vendor documents no way to take activities back";
                    plan.impossible.push(decide::left(change, None, why, None));
                }
            },
            ChangeKind::Removed if is_activity => {
                let why = "an activity is not sent by an undo: the next push of its lead with --again sends it";
                plan.left.push(decide::left(change, None, why, None));
                plan.settled.push(item.clone().into());
            }
            _ => plan.impossible.push(no_such_object(item)),
        }
    }

    fn seen(&self, item: &Item) -> Seen<'_> {
        let schema = self.records.schemas.get(item.change.object.as_str());
        let record = self.records.found.get(&item.key());
        Seen {
            schema,
            record: record.and_then(Option::as_ref),
        }
    }
}

fn no_such_object(item: &Item) -> Left {
    let why = "the vendor has no such object here any more";
    decide::left(&item.change, None, why, None)
}

/// The records as they are now.
#[derive(Default)]
struct Records {
    schemas: HashMap<&'static str, ObjectSchema>,
    /// By object and id; `None`: surely not there.
    found: HashMap<(String, String), Option<RemoteRecord>>,
}

/// Reads the records, in as few questions as the vendor allows; its own word, never our copy's.
async fn read(context: &PushContext, gathered: &Gathered) -> Result<Records, UndoError> {
    let mut records = Records::default();
    for object in context.vendor.info().objects {
        let (ids, mut fields) = wanted(gathered, object);
        let is_remade = gathered.items.iter().any(|item| {
            item.change.object == object.key && item.change.kind == ChangeKind::Removed
        });
        if ids.is_empty() && !is_remade {
            continue;
        }
        let described: Vec<String> = fields.iter().cloned().collect();
        let schema = context.vendor.describe(object.key, &described).await?;
        records.schemas.insert(object.key, schema);
        let authorship = context.vendor.authorship(object.key);
        fields.extend(authorship.fields().map(str::to_owned));
        let mut lookups = object.lookups.iter();
        let lookup = lookups.find(|lookup| lookup.by == KeyKind::Id);
        let size = lookup.map_or(1, |lookup| lookup.keys.max(1));
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
                let key = (object.key.to_owned(), found.key);
                records.found.insert(key, record);
            }
        }
    }
    Ok(records)
}

/// The records of an object whose fields were written, each once, and these fields.
fn wanted(gathered: &Gathered, object: &ObjectInfo) -> (Vec<String>, BTreeSet<String>) {
    let always = object.always_read.iter();
    let mut fields: BTreeSet<String> = always.map(|name| (*name).to_owned()).collect();
    let mut ids = BTreeSet::new();
    for item in &gathered.items {
        let change = &item.change;
        if change.object == object.key
            && matches!(change.kind, ChangeKind::Created | ChangeKind::Updated)
        {
            ids.insert(change.remote_id.clone());
            let written = change.after.as_object().into_iter().flatten();
            fields.extend(written.map(|(name, _)| name.clone()));
        }
    }
    (ids.into_iter().collect(), fields)
}

/// The field of a person that holds its company.
pub(super) fn link_field(link: &LinkKind) -> Option<&'static str> {
    match link {
        LinkKind::InPerson { field, .. } => Some(field),
        _ => None,
    }
}

/// A person whom the run made and who stays, stays in its company: what somebody took up is not taken apart.
fn persons_stay(gathered: &Gathered, plan: &mut UndoPlan) {
    let created = gathered.items.iter();
    let created = created.filter(|item| item.change.kind == ChangeKind::Created);
    let mut staying: HashSet<(String, String)> = created.map(Item::key).collect();
    for key in plan.going() {
        staying.remove(&key);
    }
    for settled in &plan.settled {
        staying.remove(&settled.item.key());
    }
    plan.unlinks.retain(|item| !staying.contains(&item.key()));
}

/// A company goes only where nobody else belongs to it.
async fn companies_stay(context: &PushContext, plan: &mut UndoPlan) -> Result<(), UndoError> {
    let is_company = |step: &Removal| step.info.role == Role::Company;
    let removals = plan.removals.iter();
    let companies: Vec<String> = removals
        .filter(|step| is_company(step))
        .map(|step| step.item.change.remote_id.clone())
        .collect();
    if companies.is_empty() {
        return Ok(());
    }
    let leaving = leaving(&context.vendor.plan(), plan);
    let under = context.vendor.persons_under(&companies).await?;
    let mut under: HashMap<String, Vec<String>> = companies.into_iter().zip(under).collect();
    let mut stays = Vec::new();
    plan.removals.retain_mut(|step| {
        if !is_company(step) {
            return true;
        }
        let company = &step.item.change.remote_id;
        step.under = under.remove(company).unwrap_or_default();
        let mut persons = step.under.iter();
        let goes = persons.all(|person| leaving.leaves(person, company));
        if !goes {
            let why = "other persons belong to it";
            stays.push(decide::left(&step.item.change, None, why, None));
        }
        goes
    });
    plan.left.extend(stays);
    Ok(())
}

/// Who would belong to a company no more.
fn leaving(order: &MatchPlan, plan: &UndoPlan) -> Leaving {
    let mut leaving = Leaving::default();
    for step in &plan.removals {
        leaving.gone(&step.item.change.remote_id);
    }
    for step in &plan.settled {
        if step.whole && step.item.change.kind == ChangeKind::Created {
            leaving.gone(&step.item.change.remote_id);
        }
    }
    for item in &plan.unlinks {
        let company = item.change.after["company"].as_str().unwrap_or_default();
        let object = order.create_company.unwrap_or_default();
        let company = plan.remade.current(object, company);
        leaving.apart(&item.change.remote_id, &company);
    }
    if let Some(field) = link_field(&order.link) {
        let moved = plan.put_back.iter();
        for step in moved.filter(|step| step.then.contains_key(field)) {
            leaving.gone(&step.item.change.remote_id);
        }
    }
    leaving
}
