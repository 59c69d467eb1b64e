//! One provider at work: a way for each question, and its answer from the cache or from those that were asked.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use secrecy::SecretString;

use super::super::{Answer, Found, Provider, ProviderError, Question};
use super::answers::Read;
use super::asking;
use super::config::{Config, Way};
use super::desk::{Desk, Kept, KeptFound};
use super::rules::HttpRules;
use super::template::Known;
use crate::clock::SharedClock;
use crate::domain::company;
use crate::store::{StoreError, StoreHandle};
use crate::transport::{BaseUrl, BaseUrlError, NoAuthorization, Pacer, Transport, TransportError};

/// Requests under way to one provider.
const IN_FLIGHT: u32 = 4;

/// What a provider is opened with.
pub struct Opening {
    /// The user's name for it, lower case.
    pub name: String,
    /// Its description.
    pub config: Config,
    /// The address in place of the description's.
    pub base_url: Option<String>,
    /// Its key, where it takes one.
    pub key: Option<SecretString>,
    /// Most paid questions a day.
    pub budget_day: Option<u64>,
    /// Most paid questions as long as it is open: a run.
    pub budget_run: Option<u64>,
    /// Whether limits nobody told are kept: off in rehearsals only.
    pub pace: bool,
    /// Time.
    pub clock: SharedClock,
}

/// A provider that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its address.
    #[error(transparent)]
    Base(#[from] BaseUrlError),
    /// HTTP cannot be set up.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

/// One provider over HTTP.
pub struct HttpProvider {
    name: String,
    pub(super) config: Config,
    fields: BTreeSet<String>,
    needs: Vec<BTreeSet<String>>,
    pub(super) key: Option<SecretString>,
    pub(super) transport: Transport,
    pub(super) clock: SharedClock,
    pub(super) desk: Desk,
    /// Why it is not asked any more.
    ended: Mutex<Option<ProviderError>>,
}

/// An answer and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The answer.
    pub answer: Answer,
    /// Whether it was kept from before, so that nothing was asked.
    pub kept: bool,
    /// Why an answer was not taken, for people.
    pub note: Option<String>,
}

/// One question in work.
pub(super) struct Open {
    /// Its place in the batch first, then those of others that ask the same.
    places: Vec<usize>,
    pub(super) question: usize,
    pub(super) way: usize,
    pub(super) known: Known,
    key: Vec<u8>,
}

impl HttpProvider {
    /// Opens a provider; nothing is asked yet.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(opening: Opening, store: StoreHandle) -> Result<Self, OpenError> {
        let Opening {
            name,
            config,
            base_url,
            key,
            budget_day,
            budget_run,
            pace,
            clock,
        } = opening;
        let base = match &base_url {
            Some(address) => BaseUrl::parse(address)?,
            None => BaseUrl::vendor_default(&config.base)?,
        };
        let rules = HttpRules::new(
            config.status.clone(),
            config.limit.clone(),
            Arc::clone(&clock),
        );
        let quota = HttpRules::quota(&config.limit, IN_FLIGHT);
        let pacer = Pacer::new(&[quota], Arc::clone(&clock), 95, pace);
        let transport = Transport::new(base, Arc::new(rules), Arc::new(NoAuthorization), pacer)?;
        Ok(Self {
            fields: config.fills(),
            needs: config.needs(),
            desk: Desk::new(store, Arc::clone(&clock), &name, budget_day, budget_run),
            ended: Mutex::new(None),
            name,
            config,
            key,
            transport,
            clock,
        })
    }

    /// Requests so far, repeats included.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.transport.counts().total()
    }

    /// Asks, and tells of each answer how it came about.
    ///
    /// # Errors
    /// As [`Provider::ask`].
    pub async fn try_out(&self, questions: &[Question]) -> Result<Vec<Trial>, ProviderError> {
        let mut trials: Vec<Option<Trial>> = vec![None; questions.len()];
        let open = self.prepare(questions, &mut trials).await?;
        let mut failed = self.ended();
        if failed.is_none() {
            for group in self.groups(open) {
                if let Err(error) = self.ask_group(questions, group, &mut trials).await {
                    failed = Some(error);
                    break;
                }
            }
        }
        if let Some(error) = &failed {
            self.desk.note(Some(error.to_string())).await;
            // Without any answer the batch has failed; with some, they count and the rest is asked another time.
            if !trials
                .iter()
                .flatten()
                .any(|trial| !matches!(trial.answer, Answer::Skipped { .. }))
            {
                return Err(error.clone());
            }
        }
        let rest = || {
            skipped(
                failed
                    .as_ref()
                    .map_or_else(|| "it did not answer".to_owned(), ToString::to_string),
            )
        };
        Ok(trials
            .into_iter()
            .map(|trial| trial.unwrap_or_else(rest))
            .collect())
    }

    /// Finds a way for each question, and the answer where it was kept.
    async fn prepare(
        &self,
        questions: &[Question],
        trials: &mut [Option<Trial>],
    ) -> Result<Vec<Open>, ProviderError> {
        let mut texts = Vec::new();
        let mut found = Vec::new();
        for (place, question) in questions.iter().enumerate() {
            let known = known_of(question);
            let Some((index, way)) = self.way(question, &known) else {
                trials[place] = Some(skipped("too little is known to ask".to_owned()));
                continue;
            };
            match asking::single(way, &known) {
                Some(_) => {
                    let base = self.transport.base().address();
                    texts.push(asking::identity(&base, way, &known));
                    found.push((place, index, known));
                }
                None => trials[place] = Some(skipped("too little is known to ask".to_owned())),
            }
        }
        let (keys, kept) = self
            .desk
            .look(texts)
            .await
            .map_err(|error| stored(&error))?;
        let mut open: Vec<Open> = Vec::new();
        let mut by_key: HashMap<Vec<u8>, usize> = HashMap::new();
        for ((place, way, known), key) in found.into_iter().zip(keys) {
            let missing = &questions[place].missing;
            if let Some(kept) = kept.get(&key).filter(|kept| {
                missing
                    .iter()
                    .all(|field| !self.fields.contains(field) || kept.looked_for.contains(field))
            }) {
                trials[place] = Some(trial_of(kept.clone(), missing, true));
            } else if let Some(index) = by_key.get(&key) {
                open[*index].places.push(place);
            } else {
                by_key.insert(key.clone(), open.len());
                open.push(Open {
                    places: vec![place],
                    question: place,
                    way,
                    known,
                    key,
                });
            }
        }
        Ok(open)
    }

    fn way(&self, question: &Question, known: &Known) -> Option<(usize, &Way)> {
        if question.missing.is_disjoint(&self.fields) {
            return None;
        }
        let mut ways = self.config.ask.iter().enumerate();
        ways.find(|(_, way)| way.needs.iter().all(|field| known.contains_key(field)))
    }

    /// Questions that go out together.
    fn groups(&self, open: Vec<Open>) -> Vec<Vec<Open>> {
        let mut by_way: BTreeMap<usize, Vec<Open>> = BTreeMap::new();
        for one in open {
            by_way.entry(one.way).or_default().push(one);
        }
        let mut groups = Vec::new();
        for (way, mut open) in by_way {
            let most = self.config.ask[way]
                .batch
                .as_ref()
                .map_or(1, |batch| batch.most.max(1));
            while !open.is_empty() {
                let rest = open.split_off(open.len().min(most));
                groups.push(open);
                open = rest;
            }
        }
        groups
    }

    /// Keeps the answers and puts them in their places.
    pub(super) async fn take(
        &self,
        questions: &[Question],
        group: &[Open],
        answers: Vec<Read>,
        trials: &mut [Option<Trial>],
    ) -> Result<(), ProviderError> {
        let looked_for: Vec<String> = self.fields.iter().cloned().collect();
        let mut rows = Vec::new();
        for (open, read) in group.iter().zip(answers) {
            let kept = match read {
                Read::Refused(why) => {
                    for place in &open.places {
                        trials[*place] = Some(skipped(why.clone()));
                    }
                    continue;
                }
                Read::Found(found) => (
                    Some(KeptFound {
                        fields: found.fields,
                        confidence: found.confidence,
                    }),
                    None,
                ),
                Read::Unknown => (None, None),
                Read::SomebodyElse => (None, Some("its answer is about somebody else".to_owned())),
            };
            let kept = Kept {
                found: kept.0,
                looked_for: looked_for.clone(),
                note: kept.1,
            };
            for place in &open.places {
                trials[*place] = Some(trial_of(kept.clone(), &questions[*place].missing, false));
            }
            rows.push((open.key.clone(), questions[open.question].lead, kept));
        }
        self.desk.keep(rows).await.map_err(|error| stored(&error))?;
        self.desk.note(None).await;
        Ok(())
    }

    fn ended(&self) -> Option<ProviderError> {
        self.ended
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Remembers what makes every further question useless.
    pub(super) fn end(&self, error: ProviderError) -> ProviderError {
        if matches!(error, ProviderError::SignIn(_) | ProviderError::Budget(_)) {
            let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
            ended.get_or_insert_with(|| error.clone());
        }
        error
    }
}

#[async_trait]
impl Provider for HttpProvider {
    fn name(&self) -> &str {
        &self.name
    }

    fn fields(&self) -> &BTreeSet<String> {
        &self.fields
    }

    fn needs(&self) -> &[BTreeSet<String>] {
        &self.needs
    }

    fn batch(&self) -> usize {
        self.config.most_at_once()
    }

    fn concurrency(&self) -> usize {
        IN_FLIGHT as usize
    }

    async fn ask(&self, questions: &[Question]) -> Result<Vec<Answer>, ProviderError> {
        let trials = self.try_out(questions).await?;
        Ok(trials.into_iter().map(|trial| trial.answer).collect())
    }
}

/// What is known, and the company's domain where it follows from it.
fn known_of(question: &Question) -> Known {
    let mut known = question.fields.clone();
    let of = |field: &str| question.fields.get(field).map(String::as_str);
    if !known.contains_key("companyDomain")
        && let Some((domain, _)) = company::domain(of("companyWebsite"), of("email"))
    {
        known.insert("companyDomain".to_owned(), domain);
    }
    known
}

/// An answer reduced to what is wanted.
fn trial_of(kept: Kept, missing: &BTreeSet<String>, was_kept: bool) -> Trial {
    let answer = match kept.found {
        None => Answer::Unknown,
        Some(found) => {
            let mut found: Found = found.into();
            found.fields.retain(|field, _| missing.contains(field));
            match found.fields.is_empty() {
                true => Answer::Unknown,
                false => Answer::Found(found),
            }
        }
    };
    Trial {
        answer,
        kept: was_kept,
        note: kept.note,
    }
}

fn skipped(why: String) -> Trial {
    Trial {
        answer: Answer::Skipped { why },
        kept: false,
        note: None,
    }
}

pub(super) fn stored(error: &StoreError) -> ProviderError {
    ProviderError::Other(format!("the file cannot be used: {error}"))
}

#[cfg(test)]
#[path = "provider_tests.rs"]
mod tests;
