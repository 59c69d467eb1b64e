//! One provider at work: a way for each question, the cache, the budget, the request, the answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::Value;

use super::super::{Answer, Found, Provider, ProviderError, Question};
use super::asking::{self, Asked};
use super::config::{Config, Pays, Way};
use super::desk::{Desk, Kept, KeptFound, Reservation};
use super::reading::{is_about, value_of};
use super::rules::{HttpRules, RATE};
use super::template::Known;
use crate::clock::{self, SharedClock};
use crate::domain::company;
use crate::store::{StoreError, StoreHandle};
use crate::transport::{
    ApiRequest, ApiResponse, BaseUrl, BaseUrlError, NoAuthorization, Pacer, Transport,
    TransportError,
};

/// Requests under way to one provider.
const IN_FLIGHT: u32 = 4;
/// How often a question is asked again whose answer was lost; each time counts against the budget.
const AGAIN: u32 = 2;
/// The pause before that.
const PAUSE: Duration = Duration::from_millis(500);

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
    config: Config,
    fields: BTreeSet<String>,
    needs: Vec<BTreeSet<String>>,
    key: Option<SecretString>,
    transport: Transport,
    clock: SharedClock,
    desk: Desk,
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
struct Open {
    /// Its place in the batch first, then those of others that ask the same.
    places: Vec<usize>,
    question: usize,
    way: usize,
    known: Known,
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

    async fn ask_group(
        &self,
        questions: &[Question],
        mut group: Vec<Open>,
        trials: &mut [Option<Trial>],
    ) -> Result<(), ProviderError> {
        let mut tries = 0;
        loop {
            let wanted = group.len() as u64;
            let reservation = self
                .desk
                .reserve(wanted)
                .await
                .map_err(|error| stored(&error))?;
            let allowed = usize::try_from(reservation.granted).unwrap_or(usize::MAX);
            let beyond = group.split_off(allowed.min(group.len()));
            let spent = reservation.short.clone().map(ProviderError::Budget);
            if group.is_empty() {
                return Err(self.end(spent.unwrap_or_else(|| ProviderError::Budget(String::new()))));
            }
            match self.send(questions, &group, &reservation).await {
                Ok(answers) => {
                    self.take(questions, &group, answers, trials).await?;
                    return match spent {
                        Some(spent) if !beyond.is_empty() => Err(self.end(spent)),
                        _ => Ok(()),
                    };
                }
                Err((_, true)) if tries < AGAIN => {
                    tries += 1;
                    group.extend(beyond);
                    self.clock.sleep(PAUSE * tries).await;
                }
                Err((error, _)) => return Err(self.end(error)),
            }
        }
    }

    /// Sends one request. With an error: whether asking again makes sense.
    async fn send(
        &self,
        questions: &[Question],
        group: &[Open],
        reservation: &Reservation,
    ) -> Result<Vec<Read>, (ProviderError, bool)> {
        let Some(first) = group.first() else {
            return Ok(Vec::new());
        };
        let way = &self.config.ask[first.way];
        let known: Vec<&Known> = group.iter().map(|open| &open.known).collect();
        let count = group.len() as u64;
        let prepared = match known.as_slice() {
            [one] => asking::single(way, one),
            several => asking::batch(way, several),
        };
        let sent = match prepared {
            Some(asked) => self
                .transport
                .send(&self.request(&asked))
                .await
                .map_err(|error| self.failed(&error)),
            None => Err((
                ProviderError::Other("the question could not be put together".to_owned()),
                false,
                true,
            )),
        };
        let result = match sent {
            Ok(response) => {
                let read = self.read(way, &known, &response);
                let free = match &read {
                    Ok(read) => read.iter().filter(|read| self.is_free(read)).count() as u64,
                    Err((_, _, true)) => count,
                    Err(_) => 0,
                };
                self.settle(reservation, count, free).await;
                read.map_err(|(error, again, _)| (error, again))
            }
            Err((error, again, free)) => {
                self.settle(
                    reservation,
                    u64::from(!free) * count,
                    u64::from(free) * count,
                )
                .await;
                Err((error, again))
            }
        };
        debug_assert!(group.iter().all(|open| open.question < questions.len()));
        result
    }

    fn is_free(&self, read: &Read) -> bool {
        match read {
            Read::Found { .. } => false,
            Read::Unknown => self.config.pays == Pays::Found,
            Read::Refused(_) => true,
            Read::SomebodyElse => false,
        }
    }

    async fn settle(&self, reservation: &Reservation, asked: u64, free: u64) {
        if let Err(error) = self.desk.settle(reservation, asked, free).await {
            // What is not given back stays spent, which is the safe side.
            tracing::warn!(%error, "what a question cost could not be kept");
        }
    }

    fn request(&self, asked: &Asked) -> ApiRequest {
        let mut request = ApiRequest::once(asked.method(), asked.path.clone())
            .shown_as(asked.shown.clone())
            .quota(RATE, 1)
            .timeout(Duration::from_secs(self.config.timeout));
        for (name, value) in &asked.query {
            request = request.query(name, value);
        }
        for (name, value) in &self.config.headers {
            request = if value.contains("{secret}") {
                match &self.key {
                    Some(key) => {
                        request.secret_header(name.to_lowercase(), asking::with_key(value, key))
                    }
                    None => request,
                }
            } else {
                request.header(name.clone(), value)
            };
        }
        match &asked.body {
            Some(body) => request.json_bytes(body.to_string().into_bytes()),
            None => request,
        }
    }

    /// What an answer says; with an error: whether to ask again, whether it was surely free.
    fn read(
        &self,
        way: &Way,
        known: &[&Known],
        response: &ApiResponse,
    ) -> Result<Vec<Read>, (ProviderError, bool, bool)> {
        let status = response.status.as_u16();
        if !response.is_success() {
            return self
                .by_status(status)
                .map(|read| known.iter().map(|_| read.clone()).collect());
        }
        if response.body.is_empty() || status == 202 {
            let why = "it has no answer yet".to_owned();
            return Ok(known.iter().map(|_| Read::Refused(why.clone())).collect());
        }
        let answer: Value = response
            .json()
            .map_err(|error| (lying(&error.to_string()), false, false))?;
        match (known, &way.batch) {
            ([one], _) => Ok(vec![self.read_one(&way.root, &answer, &answer, one)]),
            (several, Some(batch)) => {
                let parts = asking::parts(batch, &answer, several.len()).ok_or_else(|| {
                    let why = "its answer does not say which question it belongs to";
                    (lying(why), false, false)
                })?;
                parts
                    .into_iter()
                    .zip(several)
                    .map(|(part, known)| self.read_part(batch, part, known))
                    .collect()
            }
            _ => Err((lying("nobody asked for several"), false, false)),
        }
    }

    fn read_part(
        &self,
        batch: &super::config::Batch,
        part: Option<&Value>,
        known: &Known,
    ) -> Result<Read, (ProviderError, bool, bool)> {
        let Some(part) = part else {
            return Ok(Read::Refused(
                "it left this question out of its answer".to_owned(),
            ));
        };
        let status = batch
            .status
            .as_ref()
            .and_then(|path| path.first(part))
            .and_then(Value::as_u64);
        match status.and_then(|status| u16::try_from(status).ok()) {
            Some(status) if !(200..300).contains(&status) => match self.by_status(status) {
                // Others of this batch may have been answered, so it cannot be called free.
                Err((error, again, _)) => Err((error, again, false)),
                read => read,
            },
            _ => Ok(self.read_one(&batch.root, part, part, known)),
        }
    }

    fn by_status(&self, status: u16) -> Result<Read, (ProviderError, bool, bool)> {
        let of = &self.config.status;
        if of.unknown.contains(&status) {
            Ok(Read::Unknown)
        } else if of.bad_question.contains(&status) {
            Ok(Read::Refused(format!(
                "it cannot make anything of the question (HTTP {status})"
            )))
        } else if of.out_of_credits.contains(&status) {
            let why = format!("the credits of its plan are used up (HTTP {status})");
            Err((ProviderError::Budget(why), false, true))
        } else if of.sign_in.contains(&status) {
            Err((ProviderError::SignIn(format!("HTTP {status}")), false, true))
        } else if of.wait.contains(&status) {
            Err((ProviderError::Limit { until: None }, false, true))
        } else {
            let why = format!("it answered HTTP {status}");
            Err((
                ProviderError::Unavailable { why, until: None },
                status >= 500,
                false,
            ))
        }
    }

    fn read_one(
        &self,
        root: &super::reading::Path,
        whole: &Value,
        answer: &Value,
        known: &Known,
    ) -> Read {
        let Some(person) = root.first(answer).filter(|person| !is_nothing(person)) else {
            return Read::Unknown;
        };
        if !is_about(&self.config.person, known, person) {
            return Read::SomebodyElse;
        }
        let fields: BTreeMap<String, String> = self
            .config
            .fields
            .iter()
            .filter_map(|(field, path)| Some((field.clone(), value_of(field, path, person)?)))
            .collect();
        if fields.is_empty() {
            return Read::Unknown;
        }
        Read::Found(Found {
            fields,
            confidence: self.confidence(whole, person),
        })
    }

    fn confidence(&self, whole: &Value, person: &Value) -> Option<u8> {
        let described = self.config.confidence.as_ref()?;
        let at = described
            .path
            .first(whole)
            .or_else(|| described.path.first(person))?;
        let share = (at.as_f64()? / described.of * 100.0)
            .clamp(0.0, 100.0)
            .round();
        // In range by the line above.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        share.is_finite().then_some(share as u8)
    }

    /// Keeps the answers and puts them in their places.
    async fn take(
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

    /// A request that brought no answer: whether to ask again, whether it was surely free.
    fn failed(&self, error: &TransportError) -> (ProviderError, bool, bool) {
        let why = error.to_string();
        let unavailable = |until| ProviderError::Unavailable {
            why: why.clone(),
            until,
        };
        match error {
            TransportError::NotSent { .. } => (unavailable(None), false, true),
            TransportError::Unavailable { retry_after, .. } => {
                let until = retry_after.map(|after| clock::later(self.clock.now(), after));
                (unavailable(until), false, true)
            }
            // Whether it was paid for nobody knows, so it stays counted. A silence is not waited for a second time.
            TransportError::OutcomeUnknown { status, .. } => {
                (unavailable(None), status.is_some(), false)
            }
            TransportError::Wait { until, .. } => (
                ProviderError::Limit {
                    until: Some(*until),
                },
                false,
                true,
            ),
            TransportError::SignIn { .. } | TransportError::SignedOut { .. } => {
                (ProviderError::SignIn(why), false, true)
            }
            TransportError::Invalid { .. } => (ProviderError::Other(why), false, true),
        }
    }

    fn ended(&self) -> Option<ProviderError> {
        self.ended
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Remembers what makes every further question useless.
    fn end(&self, error: ProviderError) -> ProviderError {
        if matches!(error, ProviderError::SignIn(_) | ProviderError::Budget(_)) {
            let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
            ended.get_or_insert_with(|| error.clone());
        }
        error
    }
}

/// One answer, read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Read {
    Found(Found),
    Unknown,
    SomebodyElse,
    /// No answer to this question, which may be asked another time.
    Refused(String),
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

fn lying(why: &str) -> ProviderError {
    ProviderError::Unavailable {
        why: why.to_owned(),
        until: None,
    }
}

fn stored(error: &StoreError) -> ProviderError {
    ProviderError::Other(format!("the file cannot be used: {error}"))
}

/// `null`, `{}` and `[]` say nothing about anybody.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(members) => members.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
#[path = "provider_tests.rs"]
mod tests;
