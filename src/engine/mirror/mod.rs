//! Answering questions from a copy in our own file, for vendors that cannot be asked for many keys at once.
//!
//! The copy is brought up to date before a run asks its first question, and again as soon as it may be behind: a write of
//! ours or of another process on this file went out, or it is older than [`Mirror::life`]. It never says "absent" from a sweep that did not come to its end. An
//! id the copy does not hold is asked of the vendor: a user who may not see a record may still have been told its id.

mod sweep;

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

use crate::domain::company;
use crate::domain::ids::CallId;
use crate::engine::session::Session;
use crate::engine::session::parking::Lock;
use crate::store::{MirroredRecord, StoreError};
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Find, FindAnswer, Found, KeyKind, Mirror, RemoteRecord,
    Row, RowAnswer, Verdict,
};

/// The copies of one run.
#[derive(Default)]
pub(super) struct Mirrors {
    copies: Lock<HashMap<&'static str, std::sync::Arc<Copy>>>,
}

/// The copy of one object. One sweep at a time: who waited finds it fresh.
#[derive(Default)]
struct Copy {
    /// When the last sweep began, and below which call it shows what other processes wrote.
    read_at: Mutex<Option<(Timestamp, CallId)>>,
    /// Since when it may be behind.
    behind: Lock<Option<Timestamp>>,
}

impl Mirrors {
    fn copy(&self, object: &'static str) -> std::sync::Arc<Copy> {
        std::sync::Arc::clone(self.copies.lock().entry(object).or_default())
    }
}

/// A key as the copy has it: companies are asked for by their name as captured.
fn key_form(by: KeyKind, key: &str) -> String {
    let name = (by == KeyKind::Name).then(|| company::name_key(key));
    name.flatten().unwrap_or_else(|| key.to_owned())
}

/// The word a key's kind has in the file.
fn word(kind: KeyKind) -> &'static str {
    kind.word()
}

impl Session {
    /// Asks for records: the vendor, or our copy where it keeps one for the question.
    pub(super) async fn find(&self, find: &Find) -> Result<FindAnswer, CallError> {
        match &self.rehearsal {
            Some(rehearsal) => rehearsal.find(self, find).await,
            None => self.find_there(find).await,
        }
    }

    /// The same of what is there, whatever a rehearsal has invented.
    pub(super) async fn find_there(&self, find: &Find) -> Result<FindAnswer, CallError> {
        match self.mirror_for(find.object, find.by) {
            Some(mirror) => self.find_in_copy(mirror, find).await,
            None => self.vendor.find(find).await,
        }
    }

    /// Most keys in one question.
    pub(super) fn keys_at_once(&self, object: &str, by: KeyKind) -> usize {
        if self.mirror_for(object, by).is_some() {
            return usize::MAX;
        }
        self.object(object)
            .and_then(|info| info.lookups.iter().find(|lookup| lookup.by == by))
            .map_or(100, |lookup| lookup.keys)
    }

    pub(super) fn mirror_for(&self, object: &str, by: KeyKind) -> Option<Mirror> {
        self.object(object)?
            .mirror
            .filter(|mirror| mirror.keys.contains(&by))
    }

    async fn find_in_copy(&self, mirror: Mirror, find: &Find) -> Result<FindAnswer, CallError> {
        // What a lost answer may have made is looked for in what is there now.
        let not_before = find.created_after.map(|_| self.clock.now());
        let read_at = self
            .bring_up_to_date(mirror, find.object, &find.fields, not_before)
            .await?;
        let (account, mut asked) = (self.frame.account, find.clone());
        asked.keys = find.keys.iter().map(|key| key_form(find.by, key)).collect();
        let found = self
            .file
            .call(move |store| {
                let kind = word(asked.by);
                store.mirrored(account, asked.object, kind, &asked.keys, &asked.fields)
            })
            .await
            .map_err(|error| no_file(&error))?
            .ok_or_else(|| unavailable("another process has begun the copy of the records anew"))?;
        let mut missing = Vec::new();
        let mut answer = Vec::with_capacity(find.keys.len());
        for key in &find.keys {
            // Two names may have one key form: what is found is for both.
            match found.get(&key_form(find.by, key)).cloned() {
                Some(records) => answer.push(Found {
                    key: key.clone(),
                    records: records
                        .into_iter()
                        .map(|record| remote(find.object, record))
                        .filter(|record| {
                            find.created_after.is_none_or(|after| {
                                record.created.is_none_or(|created| created >= after)
                            })
                        })
                        .collect(),
                }),
                None if find.by == KeyKind::Id => missing.push(key.clone()),
                None => answer.push(Found {
                    key: key.clone(),
                    records: Vec::new(),
                }),
            }
        }
        let mut call = told_by_copy(find.object, read_at);
        if mirror.confirm && !self.again {
            self.confirm(find, &mut answer, &mut call).await?;
        }
        answer.extend(self.ask_for_ids(find, missing).await?);
        Ok(FindAnswer {
            found: answer,
            call,
        })
    }

    /// Reads the records found by their ids; those that are gone leave the copy.
    async fn confirm(
        &self,
        find: &Find,
        answer: &mut [Found],
        call: &mut CallTrace,
    ) -> Result<(), CallError> {
        let mut ids: Vec<String> = answer
            .iter()
            .flat_map(|found| found.records.iter().map(|record| record.id.clone()))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut there: HashMap<String, RemoteRecord> = HashMap::with_capacity(ids.len());
        for chunk in ids.chunks(self.ids_at_once(find.object)) {
            let asked = Find {
                object: find.object,
                by: KeyKind::Id,
                keys: chunk.to_vec(),
                fields: find.fields.clone(),
                created_after: None,
            };
            let told = self.vendor.find(&asked).await?;
            *call = told.call;
            let records = told.found.into_iter().flat_map(|found| found.records);
            there.extend(records.map(|record| (record.id.clone(), record)));
        }
        for found in answer {
            found.records = found
                .records
                .iter()
                .filter_map(|record| there.get(&record.id).cloned())
                .collect();
        }
        let gone: Vec<String> = ids
            .into_iter()
            .filter(|id| !there.contains_key(id))
            .collect();
        if gone.is_empty() {
            return Ok(());
        }
        let (account, object) = (self.frame.account, find.object);
        self.file
            .call(move |store| store.forget_mirrored(account, object, &gone))
            .await
            .map_err(|error| no_file(&error))
    }

    /// Most ids in one question to the vendor.
    fn ids_at_once(&self, object: &str) -> usize {
        self.object(object)
            .and_then(|info| info.lookups.iter().find(|lookup| lookup.by == KeyKind::Id))
            .map_or(1, |lookup| lookup.keys.max(1))
    }

    /// Ids that the copy does not hold.
    async fn ask_for_ids(&self, find: &Find, ids: Vec<String>) -> Result<Vec<Found>, CallError> {
        let size = self.ids_at_once(find.object);
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(size) {
            let asked = Find {
                keys: chunk.to_vec(),
                ..find.clone()
            };
            found.extend(self.vendor.find(&asked).await?.found);
        }
        Ok(found)
    }

    /// Reads what changed since the copy was last read, unless it is fresh; returns when that began.
    async fn bring_up_to_date(
        &self,
        mirror: Mirror,
        object: &'static str,
        fields: &[String],
        not_before: Option<Timestamp>,
    ) -> Result<Timestamp, CallError> {
        let copy = self.mirrors.copy(object);
        let mut read_at = copy.read_at.lock().await;
        let now = self.clock.now();
        let life = SignedDuration::try_from(mirror.life).unwrap_or(SignedDuration::ZERO);
        let behind = *copy.behind.lock();
        if let Some((read_at, first_unseen)) = *read_at
            && behind.is_none()
            && (SignedDuration::ZERO..life).contains(&now.duration_since(read_at))
            && not_before.is_none_or(|not_before| read_at >= not_before)
            && !self.others_wrote(object, first_unseen).await?
        {
            return Ok(read_at);
        }
        let (account, run) = (self.frame.account, self.frame.run);
        let first_unseen = self
            .file
            .call(move |store| store.calls_done_below(account, run))
            .await
            .map_err(|error| no_file(&error))?;
        // What goes out from here on may be missed by this sweep; what went out before is not.
        copy.behind.lock().take();
        // A sweep that is dropped half-way leaves nothing fresh.
        *read_at = None;
        let swept = self.sweep(mirror, object, fields).await;
        match &swept {
            Ok(()) => *read_at = Some((now, first_unseen)),
            Err(_) => {
                copy.behind.lock().get_or_insert(now);
            }
        }
        swept.map(|()| now)
    }

    /// Whether another process on this file wrote what the last sweep may not have seen: its new records are nobody's to make
    /// again.
    async fn others_wrote(
        &self,
        object: &'static str,
        first_unseen: CallId,
    ) -> Result<bool, CallError> {
        let (account, run) = (self.frame.account, self.frame.run);
        self.file
            .call(move |store| store.others_wrote_since(account, object, run, first_unseen))
            .await
            .map_err(|error| no_file(&error))
    }

    /// After a write: the copy is behind from here on, and what turned out to be gone leaves it.
    pub(super) async fn wrote(
        &self,
        object: &'static str,
        rows: &[Row],
        answers: &[RowAnswer],
    ) -> Result<(), StoreError> {
        self.fall_behind(object);
        let mut gone: HashMap<&'static str, Vec<String>> = HashMap::new();
        for answer in answers {
            let Some(row) = rows.iter().find(|row| row.trace == answer.trace) else {
                continue;
            };
            match (&answer.verdict, &row.change) {
                (Verdict::Gone, crate::vendors::Change::Update { id, .. }) => {
                    gone.entry(object).or_default().push(id.clone());
                }
                (Verdict::LinkGone, _) => {
                    for (linked, id) in &row.links {
                        gone.entry(linked).or_default().push(id.clone());
                    }
                    gone.extend(self.company_of(row).map(|(of, id)| (of, vec![id])));
                }
                _ => {}
            }
        }
        gone.retain(|object, _| {
            self.object(object)
                .is_some_and(|info| info.mirror.is_some())
        });
        for (object, ids) in gone {
            let account = self.frame.account;
            self.file
                .call(move |store| store.forget_mirrored(account, object, &ids))
                .await?;
        }
        Ok(())
    }

    /// Records of ours were removed: the copy forgets them, and may be behind.
    pub(super) async fn removed(
        &self,
        object: &'static str,
        ids: Vec<String>,
    ) -> Result<(), StoreError> {
        if !self
            .object(object)
            .is_some_and(|info| info.mirror.is_some())
        {
            return Ok(());
        }
        self.fall_behind(object);
        let account = self.frame.account;
        self.store
            .call(move |store| store.forget_mirrored(account, object, &ids))
            .await
    }

    /// The company a row puts its person under.
    fn company_of(&self, row: &Row) -> Option<(&'static str, String)> {
        let crate::vendors::LinkKind::InPerson { field, .. } = self.plan.link else {
            return None;
        };
        let value = row.change.values().get(field)?;
        let id = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        Some((self.plan.create_company?, id))
    }

    /// The copy of an object may lack what is there by now.
    pub(super) fn fall_behind(&self, object: &'static str) {
        if self
            .object(object)
            .is_some_and(|info| info.mirror.is_some())
        {
            let copy = self.mirrors.copy(object);
            *copy.behind.lock() = Some(self.clock.now());
        }
    }

    /// Every copy may lack what was sent a while ago.
    pub(super) fn all_fall_behind(&self) {
        for info in self.vendor.info().objects {
            self.fall_behind(info.key);
        }
    }

    /// At the end of a run that wrote: what it wrote is read now, so that the next run finds nothing of its own to read.
    pub(super) async fn read_what_was_written(&self) {
        if self.stopped() {
            return;
        }
        for info in self.vendor.info().objects {
            let Some(mirror) = info.mirror else { continue };
            let behind = self
                .mirrors
                .copies
                .lock()
                .get(info.key)
                .is_some_and(|copy| copy.behind.lock().is_some());
            if behind {
                let fields = self.fields_of(info.key);
                // It is read again before it is asked; a run that did all its work does not fail for it.
                let _ = self.bring_up_to_date(mirror, info.key, &fields, None).await;
            }
        }
    }
}

fn mirrored(changed: crate::vendors::ChangedRecord) -> MirroredRecord {
    let record = changed.record;
    let mut keys: Vec<(&'static str, String)> = changed
        .keys
        .into_iter()
        .map(|(kind, key)| (word(kind), key))
        .collect();
    keys.push((word(KeyKind::Id), record.id.clone()));
    MirroredRecord {
        id: record.id,
        created: record.created,
        changed: changed.changed,
        values: record.values,
        keys,
    }
}

fn remote(object: &'static str, record: MirroredRecord) -> RemoteRecord {
    RemoteRecord {
        object,
        id: record.id,
        values: record.values,
        created: record.created,
        instead: None,
    }
}

/// What the log shows in place of a call.
fn told_by_copy(object: &str, read_at: Timestamp) -> CallTrace {
    CallTrace {
        body: serde_json::json!({
            "told_by": format!("our copy of the vendor's {object} records"),
            "read_at": read_at.to_string(),
        }),
        ..CallTrace::default()
    }
}

fn no_file(error: &StoreError) -> CallError {
    unavailable(&error.to_string())
}

fn unavailable(message: &str) -> CallError {
    CallError::new(CallErrorKind::Unavailable {
        retry_after: None,
        message: message.to_owned(),
    })
}
