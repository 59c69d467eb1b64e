//! Reading records by the ids we know, and what the vendor tells of their fields.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use futures_util::stream::{self, StreamExt, TryStreamExt};
use jiff::{SignedDuration, Timestamp};

use crate::domain::remote::ObjectSchema;
use crate::vendors::{
    CallError, CallErrorKind, ChangesQuery, Find, Identity, KeyKind, ObjectInfo, RemoteRecord,
    Vendor,
};

/// Most ids asked for at a time.
const IDS: usize = 500;
/// Questions under way at once; the vendor's limits slow them down further.
const AT_ONCE: usize = 4;
/// Where fewer ids than this go into a question, changes are read page by page instead.
const FEW: usize = 20;
/// Most addresses asked for where each is a request or nearly so.
const ADDRESSES: usize = 200;
/// Their clock may be behind ours.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// Pages of changes before a listing counts as endless.
const PAGES: usize = 10_000;

/// What is to be read of one object.
pub(super) struct Wanted<'a> {
    pub(super) object: &'static str,
    /// Each once.
    pub(super) ids: &'a [String],
    pub(super) fields: &'a [String],
    /// None of those we wrote was written before.
    pub(super) written_since: Option<Timestamp>,
}

/// Asks the vendor, and remembers what its objects look like.
pub(super) struct Reader {
    vendor: Arc<dyn Vendor>,
    schemas: HashMap<&'static str, Arc<ObjectSchema>>,
}

impl Reader {
    pub(super) fn new(vendor: Arc<dyn Vendor>) -> Self {
        Self {
            vendor,
            schemas: HashMap::new(),
        }
    }

    /// Where a person's name stands.
    pub(super) fn identity(&self) -> Identity {
        self.vendor.plan().identity
    }

    /// The fields of an object, read once.
    pub(super) async fn schema(
        &mut self,
        object: &'static str,
        fields: &[String],
    ) -> Result<Arc<ObjectSchema>, CallError> {
        if let Some(known) = self.schemas.get(object) {
            return Ok(Arc::clone(known));
        }
        let schema = Arc::new(self.vendor.describe(object, fields).await?);
        self.schemas.insert(object, Arc::clone(&schema));
        Ok(schema)
    }

    /// The records by id: `None` is surely absent, an id that is not among them was not told of.
    pub(super) async fn records(
        &self,
        wanted: &Wanted<'_>,
    ) -> Result<HashMap<String, Option<RemoteRecord>>, CallError> {
        let info = self.object(wanted.object);
        let most = info
            .and_then(|info| info.lookups.iter().find(|lookup| lookup.by == KeyKind::Id))
            .map_or(1, |lookup| lookup.keys.clamp(1, IDS));
        let fields = self.fields(wanted, info);
        let mut records = match wanted.written_since {
            Some(since)
                if most < FEW
                    && wanted.ids.len() > FEW
                    && info.is_some_and(|info| info.mirror.is_some()) =>
            {
                self.changed_since(wanted, &fields, since).await?
            }
            _ => HashMap::new(),
        };
        let left: Vec<String> = wanted
            .ids
            .iter()
            .filter(|id| !records.contains_key(*id))
            .cloned()
            .collect();
        let questions = left.chunks(most).map(|ids| Find {
            object: wanted.object,
            by: KeyKind::Id,
            keys: ids.to_vec(),
            fields: fields.clone(),
            created_after: None,
        });
        let answers: Vec<_> = stream::iter(questions.collect::<Vec<_>>())
            .map(|find| async move { self.vendor.find(&find).await })
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;
        for found in answers.into_iter().flat_map(|answer| answer.found) {
            records.insert(found.key, found.records.into_iter().next());
        }
        Ok(records)
    }

    /// What is read of each record: what we wrote and is still there, what tells of changes, what tells persons apart.
    fn fields(&self, wanted: &Wanted<'_>, info: Option<&ObjectInfo>) -> Vec<String> {
        let changed = self.vendor.authorship(wanted.object).changed;
        let always = info.map_or(&[][..], |info| info.always_read);
        let schema = self.schemas.get(wanted.object);
        let is_there = |name: &String| {
            schema.is_none_or(|schema| schema.fields.is_empty() || schema.field(name).is_some())
        };
        let mut fields: Vec<String> = wanted
            .fields
            .iter()
            .filter(|name| is_there(name))
            .cloned()
            .chain(always.iter().map(|name| (*name).to_owned()))
            .chain(changed.fields().map(str::to_owned))
            .collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// A vendor that is asked for records one by one tells pages of what changed: every record we wrote is among them.
    async fn changed_since(
        &self,
        wanted: &Wanted<'_>,
        fields: &[String],
        since: Timestamp,
    ) -> Result<HashMap<String, Option<RemoteRecord>>, CallError> {
        let ids: HashSet<&String> = wanted.ids.iter().collect();
        let mut query = ChangesQuery {
            object: wanted.object,
            fields: fields.to_vec(),
            since: since.checked_sub(SKEW).ok(),
            page: None,
        };
        let mut records = HashMap::new();
        for _ in 0..PAGES {
            let page = self.vendor.changes(&query).await?;
            for removed in page.removed.into_iter().filter(|id| ids.contains(id)) {
                records.insert(removed, None);
            }
            for changed in page.records {
                if ids.contains(&changed.record.id) {
                    records.insert(changed.record.id.clone(), Some(changed.record));
                }
            }
            match page.next {
                Some(next) => query.page = Some(next),
                None => return Ok(records),
            }
        }
        Err(CallError::new(CallErrorKind::Unavailable {
            retry_after: None,
            message: "the vendor's pages do not end".to_owned(),
        }))
    }

    /// The first record of each address, in the order objects are matched. Where an address is a request of its own, only the
    /// first of many are asked for.
    pub(super) async fn by_address(
        &self,
        mut addresses: Vec<String>,
    ) -> Result<HashMap<String, String>, CallError> {
        addresses.sort_unstable();
        addresses.dedup();
        let mut known: HashMap<String, String> = HashMap::new();
        for step in self.vendor.plan().person {
            let most = self
                .object(step.object)
                .and_then(|info| info.lookups.iter().find(|lookup| lookup.by == step.by))
                .map_or(0, |lookup| lookup.keys);
            if step.by != KeyKind::Email || most == 0 {
                continue;
            }
            let left = addresses
                .iter()
                .filter(|address| !known.contains_key(*address))
                .cloned();
            let left: Vec<String> = match most < FEW {
                true => left.take(ADDRESSES).collect(),
                false => left.collect(),
            };
            let questions = left.chunks(most.min(IDS)).map(|keys| Find {
                object: step.object,
                by: KeyKind::Email,
                keys: keys.to_vec(),
                fields: Vec::new(),
                created_after: None,
            });
            let answers: Vec<_> = stream::iter(questions.collect::<Vec<_>>())
                .map(|find| async move { self.vendor.find(&find).await })
                .buffer_unordered(AT_ONCE)
                .try_collect()
                .await?;
            for found in answers.into_iter().flat_map(|answer| answer.found) {
                if let Some(record) = found.records.into_iter().next() {
                    known.insert(found.key, record.id);
                }
            }
        }
        Ok(known)
    }

    fn object(&self, key: &str) -> Option<&'static ObjectInfo> {
        let mut objects = self.vendor.info().objects.iter();
        objects.find(|object| object.key == key)
    }
}
