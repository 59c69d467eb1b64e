//! What is read in a play: truly, and once; a push answers it from what was read for its plan while that is fresh.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::super::READS_LIFE;
use super::super::reads;
use super::super::stage::no_place;
use super::{LINKS, Played};
use crate::domain::plan::is_invented;
use crate::domain::remote::ObjectSchema;
use crate::store::KeptRead;
use crate::vendors::{
    ActivityQuery, CallError, CallTrace, ChangesPage, ChangesQuery, Find, FindAnswer, Found,
    Member, RemoteCampaign, RemoteId, Vendor as _,
};

/// What is read once for all records is never older than this when it is acted on (decisions.md 21).
const RULES_LIFE: SignedDuration = SignedDuration::from_secs(60);

impl Played {
    /// Counts a read that a push would make, and a rehearsal answers from what it has read.
    fn would_read(&self) {
        if !self.acts {
            self.stage.would_send(1, self.inner.write_cost(1));
        }
    }

    /// What was read of these keys. A push takes an answer once, while it is fresh; a rehearsal sees its own writes beside
    /// it, and need not ask again.
    async fn kept(
        &self,
        question: String,
        keys: Vec<String>,
    ) -> Result<HashMap<String, KeptRead>, CallError> {
        let (acts, now) = (self.acts, self.stage.clock.now());
        let kept = self
            .stage
            .place()
            .call(move |store| match acts {
                true => store.take_reads(&question, &keys, READS_LIFE, now),
                false => store.kept_reads(&question, &keys),
            })
            .await
            .map_err(|error| no_place(&error))?;
        Ok(kept
            .into_iter()
            .map(|read| (read.key.clone(), read))
            .collect())
    }

    async fn keep(&self, question: String, reads: Vec<KeptRead>) -> Result<(), CallError> {
        if self.acts {
            return Ok(());
        }
        let now = self.stage.clock.now();
        self.stage
            .place()
            .call(move |store| store.keep_reads(&question, &reads, now))
            .await
            .map_err(|error| no_place(&error))
    }

    fn is_fresh(&self, at: Timestamp) -> bool {
        let age = self.stage.clock.now().duration_since(at);
        !self.acts || (SignedDuration::ZERO..RULES_LIFE).contains(&age)
    }

    pub(super) async fn describe_once(
        &self,
        object: &'static str,
        wanted: &[String],
    ) -> Result<ObjectSchema, CallError> {
        let known = self.stage.schemas.lock().get(object).cloned();
        if let Some((_, schema)) = known.filter(|(at, _)| self.acts && self.is_fresh(*at)) {
            return Ok(schema);
        }
        let at = self.stage.clock.now();
        let schema = self.inner.describe(object, wanted).await?;
        let mut schemas = self.stage.schemas.lock();
        schemas.insert(object, (at, schema.clone()));
        Ok(schema)
    }

    pub(super) async fn look_up(&self, find: &Find) -> Result<FindAnswer, CallError> {
        if find.created_after.is_some() {
            return self.inner.find(find).await;
        }
        let question = reads::question(find);
        let mut kept = self.kept(question.clone(), find.keys.clone()).await?;
        let mut answer = FindAnswer {
            found: Vec::with_capacity(find.keys.len()),
            call: CallTrace::default(),
        };
        let mut asked = Vec::new();
        for key in &find.keys {
            let read = kept.remove(key);
            let call = read.as_ref().map(|read| reads::call_from_json(&read.call));
            let records = read.and_then(|read| reads::records_from_json(self.info(), read.answer));
            match (records, call) {
                (Some(records), Some(call)) => {
                    answer.found.push(Found {
                        key: key.clone(),
                        records,
                    });
                    answer.call = call;
                }
                _ => asked.push(key.clone()),
            }
        }
        if asked.is_empty() {
            self.would_read();
            return Ok(answer);
        }
        let told = self
            .inner
            .find(&Find {
                keys: asked,
                ..find.clone()
            })
            .await?;
        let reads = told.found.iter().map(|found| KeptRead {
            key: found.key.clone(),
            answer: reads::records_to_json(&found.records),
            call: reads::call_to_json(&told.call),
        });
        self.keep(question, reads.collect()).await?;
        answer.found.extend(told.found);
        answer.call = told.call;
        Ok(answer)
    }

    pub(super) async fn read_changes(
        &self,
        query: &ChangesQuery,
    ) -> Result<ChangesPage, CallError> {
        let page = self.inner.changes(query).await?;
        if !self.acts && query.page.is_none() {
            // What a push would have written stands on pages of its own.
            let unread = self.stage.take_unread(query.object);
            let mut objects = self.info().objects.iter();
            let mirror = objects
                .find(|info| info.key == query.object)
                .and_then(|info| info.mirror);
            let size = mirror.map_or(1, |mirror| u64::from(mirror.page.max(1)));
            let more = unread.div_ceil(size).saturating_sub(1);
            if more > 0 {
                self.stage.would_send(more, self.inner.write_cost(1));
            }
        }
        Ok(page)
    }

    pub(super) async fn companies_of(
        &self,
        persons: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let mut companies: HashMap<String, Vec<RemoteId>> = HashMap::new();
        let there: Vec<String> = persons
            .iter()
            .filter(|id| !is_invented(id))
            .cloned()
            .collect();
        let kept = self.kept(reads::LINKED.to_owned(), there.clone()).await?;
        let mut asked = Vec::new();
        for id in there {
            match kept
                .get(&id)
                .and_then(|read| serde_json::from_value(read.answer.clone()).ok())
            {
                Some(known) => {
                    companies.insert(id, known);
                }
                None => asked.push(id),
            }
        }
        if asked.is_empty() {
            self.would_read();
        } else {
            let told = self.inner.linked(&asked).await?;
            let reads = asked.iter().zip(&told).map(|(id, known)| KeptRead {
                key: id.clone(),
                answer: json!(known),
                call: Value::Null,
            });
            self.keep(reads::LINKED.to_owned(), reads.collect()).await?;
            companies.extend(asked.into_iter().zip(told));
        }
        if !self.acts {
            for (id, link) in self.stage.recall(LINKS, persons.to_vec()).await? {
                let joined = link.values.as_object().into_iter().flatten();
                let known = companies.entry(id).or_default();
                known.extend(joined.map(|(company, _)| company.clone()));
            }
        }
        let mut told = Vec::with_capacity(persons.len());
        for id in persons {
            told.push(companies.get(id).cloned().unwrap_or_default());
        }
        Ok(told)
    }

    pub(super) async fn campaign_once(
        &self,
        id: &str,
    ) -> Result<Option<RemoteCampaign>, CallError> {
        let known = self.stage.campaigns.lock().get(id).cloned();
        if let Some((_, campaign)) = known.filter(|(at, _)| self.acts && self.is_fresh(*at)) {
            return Ok(campaign);
        }
        let at = self.stage.clock.now();
        let campaign = self.inner.campaign(id).await?;
        let mut campaigns = self.stage.campaigns.lock();
        campaigns.insert(id.to_owned(), (at, campaign.clone()));
        Ok(campaign)
    }

    pub(super) async fn members_of(
        &self,
        campaign: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        let question = reads::members(&campaign.id);
        let there: Vec<(&'static str, RemoteId)> = persons
            .iter()
            .filter(|(_, id)| !is_invented(id))
            .cloned()
            .collect();
        let key = |(object, id): &(&'static str, RemoteId)| format!("{object} {id}");
        let kept = self
            .kept(question.clone(), there.iter().map(key).collect())
            .await?;
        let (known, asked): (Vec<_>, Vec<_>) = there
            .into_iter()
            .partition(|person| kept.contains_key(&key(person)));
        let mut members: BTreeMap<String, Option<Member>> = known
            .iter()
            .map(key)
            .filter_map(|key| {
                let read = kept.get(&key)?;
                Some((key, reads::member_from_json(&read.answer)))
            })
            .collect();
        if asked.is_empty() {
            self.would_read();
        } else {
            let told = self.inner.members(campaign, &asked).await?;
            let reads = asked.iter().zip(&told).map(|(person, member)| KeptRead {
                key: key(person),
                answer: reads::member_to_json(member.as_ref()),
                call: Value::Null,
            });
            self.keep(question.clone(), reads.collect()).await?;
            members.extend(asked.iter().map(key).zip(told));
        }
        if !self.acts {
            let keys = persons.iter().map(key).collect();
            for (key, member) in self.stage.recall(&question, keys).await? {
                members.insert(key, reads::member_from_json(&member.values));
            }
        }
        Ok(persons
            .iter()
            .map(|person| members.get(&key(person)).cloned().flatten())
            .collect())
    }

    pub(super) async fn look_up_activities(
        &self,
        asked: &[ActivityQuery],
        since: Timestamp,
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        let there: Vec<ActivityQuery> = asked
            .iter()
            .filter(|query| !is_invented(&query.person))
            .cloned()
            .collect();
        let mut told = match there.is_empty() {
            true => Vec::new(),
            false => self.inner.find_activities(&there, since).await?,
        }
        .into_iter();
        Ok(asked
            .iter()
            .map(|query| match is_invented(&query.person) {
                true => None,
                false => told.next().flatten(),
            })
            .collect())
    }
}
