//! What a rehearsal has invented so far, and what it would have sent.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::Unsent;
use crate::clock::Clock;
use crate::domain::plan::{invented_id, is_invented};
use crate::domain::remote::ObjectSchema;
use crate::domain::{company, email};
use crate::engine::PushContext;
use crate::engine::session::Session;
use crate::engine::session::parking::Lock;
use crate::store::rehearsal::Invented;
use crate::store::{StoreError, StoreHandle};
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Find, FindAnswer, Found, KeyKind, MatchPlan,
    RemoteCampaign, RemoteRecord, Values,
};

/// Shared by everything that takes part in one rehearsal, and by the push that follows.
pub(in crate::engine) struct Stage {
    place: StoreHandle,
    pub(super) clock: Arc<dyn Clock>,
    plan: MatchPlan,
    external_id: Option<String>,
    made: AtomicU64,
    unsent: Lock<Unsent>,
    /// Rows written to an object since its copy was last read, and the size of a page of it.
    unread: Lock<HashMap<&'static str, u64>>,
    /// A few things that were read once for all.
    pub(super) schemas: Lock<HashMap<&'static str, (Timestamp, ObjectSchema)>>,
    pub(super) campaigns: Lock<HashMap<String, (Timestamp, Option<RemoteCampaign>)>>,
}

/// A record to be remembered, with what it is found by.
pub(super) type Remembered = (Invented, Vec<(&'static str, String)>);

impl Stage {
    pub(super) fn new(context: &PushContext, place: StoreHandle) -> Self {
        Self {
            place,
            clock: Arc::clone(&context.clock),
            plan: context.vendor.plan(),
            external_id: context.integration.settings.external_id.clone(),
            made: AtomicU64::new(0),
            unsent: Lock::default(),
            unread: Lock::default(),
            schemas: Lock::default(),
            campaigns: Lock::default(),
        }
    }

    pub(super) fn place(&self) -> &StoreHandle {
        &self.place
    }

    pub(super) fn unsent(&self) -> Unsent {
        self.unsent.lock().clone()
    }

    /// Counts requests that a push would make, and a rehearsal does not.
    pub(super) fn would_send(&self, calls: u64, units: Vec<(&'static str, u64)>) {
        let mut unsent = self.unsent.lock();
        unsent.calls += calls;
        for (quota, number) in units {
            *unsent.units.entry(quota).or_default() += number * calls.max(1);
        }
    }

    /// Rows that a push would have written to an object.
    pub(super) fn wrote(&self, object: &'static str, rows: usize) {
        *self.unread.lock().entry(object).or_default() += u64::try_from(rows).unwrap_or(u64::MAX);
    }

    /// How many of them its next reading would find.
    pub(super) fn take_unread(&self, object: &'static str) -> u64 {
        self.unread.lock().remove(object).unwrap_or_default()
    }

    /// An id for a record that would be made.
    pub(super) fn new_id(&self) -> String {
        invented_id(self.made.fetch_add(1, Ordering::Relaxed))
    }

    /// Remembers records as they would have been left.
    pub(super) async fn remember(
        &self,
        object: &str,
        records: Vec<Remembered>,
    ) -> Result<(), CallError> {
        let object = object.to_owned();
        self.place
            .call(move |store| store.invent(&object, &records))
            .await
            .map_err(|error| no_place(&error))
    }

    /// What was remembered of these ids.
    pub(super) async fn recall(
        &self,
        object: &str,
        ids: Vec<String>,
    ) -> Result<HashMap<String, Invented>, CallError> {
        let object = object.to_owned();
        let found = self
            .place
            .call(move |store| store.invented(&object, &ids))
            .await
            .map_err(|error| no_place(&error))?;
        Ok(found
            .into_iter()
            .map(|record| (record.id.clone(), record))
            .collect())
    }

    /// A record as a write leaves it; `id`: of one that is there.
    pub(super) fn record(&self, object: &str, id: Option<&str>, values: &Values) -> Remembered {
        let record = Invented {
            id: id.map_or_else(|| self.new_id(), str::to_owned),
            made: id.is_none(),
            at: self.clock.now(),
            values: values.clone().into_iter().collect::<Map<_, _>>().into(),
        };
        let keys = match id {
            Some(_) => Vec::new(),
            None => self.keys(object, values),
        };
        (record, keys)
    }

    /// What a new record is found by.
    fn keys(&self, object: &str, values: &Values) -> Vec<(&'static str, String)> {
        let text = |field: &str| values.get(field).and_then(Value::as_str);
        let is_company = self.plan.create_company == Some(object);
        let (identity, company) = (self.plan.identity, self.plan.company_keys);
        let found = match is_company {
            true => vec![
                (
                    KeyKind::Domain,
                    text(company.domain).and_then(company::website_host),
                ),
                (
                    KeyKind::Name,
                    text(company.name).and_then(company::name_key),
                ),
            ],
            false => vec![
                (KeyKind::Email, text(identity.email).and_then(email::key)),
                (
                    KeyKind::ExternalId,
                    self.external_id
                        .as_deref()
                        .and_then(text)
                        .map(str::to_owned),
                ),
            ],
        };
        found
            .into_iter()
            .filter_map(|(kind, key)| Some((kind.word(), key?)))
            .collect()
    }

    /// Looks records up: those that are there as the rehearsal has left them, and those it has made.
    pub(in crate::engine) async fn find(
        &self,
        session: &Session,
        find: &Find,
    ) -> Result<FindAnswer, CallError> {
        let (made, asked): (Vec<String>, Vec<String>) = find
            .keys
            .iter()
            .cloned()
            .partition(|key| find.by == KeyKind::Id && is_invented(key));
        let mut answer = if asked.is_empty() {
            let copy = session.mirror_for(find.object, find.by);
            if copy.is_none_or(|copy| copy.confirm) {
                self.would_send(1, session.vendor.write_cost(1));
            }
            FindAnswer {
                found: Vec::new(),
                call: CallTrace::default(),
            }
        } else {
            let asked = Find {
                keys: asked,
                ..find.clone()
            };
            session.find_there(&asked).await?
        };
        self.patch(find, &mut answer).await?;
        self.add_made(find, made, &mut answer).await?;
        Ok(answer)
    }

    /// Puts what the rehearsal has written into what was found.
    async fn patch(&self, find: &Find, answer: &mut FindAnswer) -> Result<(), CallError> {
        let records = answer.found.iter().flat_map(|found| &found.records);
        let ids: Vec<String> = records
            .filter(|record| record.object == find.object)
            .map(|record| record.id.clone())
            .collect();
        if ids.is_empty() {
            return Ok(());
        }
        let written = self.recall(find.object, ids).await?;
        if written.is_empty() {
            return Ok(());
        }
        for record in answer.found.iter_mut().flat_map(|found| &mut found.records) {
            if let Some(Value::Object(values)) = written.get(&record.id).map(|one| &one.values) {
                record.values.extend(
                    values
                        .iter()
                        .map(|(name, value)| (name.clone(), value.clone())),
                );
            }
        }
        Ok(())
    }

    /// Adds the records that the rehearsal has made: the newest there are.
    async fn add_made(
        &self,
        find: &Find,
        asked: Vec<String>,
        answer: &mut FindAnswer,
    ) -> Result<(), CallError> {
        let mut of_key: BTreeMap<String, Vec<String>> = BTreeMap::new();
        if find.by == KeyKind::Id {
            of_key.extend(asked.into_iter().map(|id| (id.clone(), vec![id])));
        } else {
            let form = |key: &String| match find.by {
                KeyKind::Name => company::name_key(key).unwrap_or_else(|| key.clone()),
                _ => key.clone(),
            };
            let (object, kind) = (find.object, find.by.word());
            let keys: Vec<String> = find.keys.iter().map(form).collect();
            let found = self
                .place
                .call(move |store| store.invented_by(object, kind, &keys))
                .await
                .map_err(|error| no_place(&error))?;
            for key in &find.keys {
                let ids = found.iter().filter(|(of, _)| *of == form(key));
                let ids: Vec<String> = ids.map(|(_, id)| id.clone()).collect();
                if !ids.is_empty() {
                    of_key.insert(key.clone(), ids);
                }
            }
        }
        if of_key.is_empty() {
            return Ok(());
        }
        let ids = of_key.values().flatten().cloned().collect();
        let made = self.recall(find.object, ids).await?;
        for (key, ids) in of_key {
            let records = ids.iter().filter_map(|id| made.get(id));
            let records = records
                .filter(|record| find.created_after.is_none_or(|after| record.at >= after))
                .map(|record| RemoteRecord {
                    object: find.object,
                    id: record.id.clone(),
                    values: values_of(&record.values),
                    created: Some(record.at),
                    instead: None,
                });
            match answer.found.iter_mut().find(|found| found.key == key) {
                Some(found) => found.records.extend(records),
                None => answer.found.push(Found {
                    key,
                    records: records.collect(),
                }),
            }
        }
        Ok(())
    }
}

fn values_of(body: &Value) -> Values {
    let fields = body.as_object().into_iter().flatten();
    fields
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

pub(super) fn no_place(error: &StoreError) -> CallError {
    CallError::new(CallErrorKind::Unavailable {
        retry_after: None,
        message: error.to_string(),
    })
}
