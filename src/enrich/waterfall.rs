//! Running the waterfall over leads.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream;
use jiff::Timestamp;

use super::asked::{Asking, Who, question};
use super::course::{Course, judge};
use super::provider::{Answer, Provider, ProviderError, Question};
use super::report::{ProviderReport, Report};
use crate::clock::{SharedClock, later};
use crate::domain::ids::{EventId, LeadId};
use crate::store::enrichment::{EnrichmentSettings, PROVIDER};
use crate::store::enrichments::RuleChoice;
use crate::store::{StoreError, StoreHandle};

/// Leads taken through all steps together: what a crash can lose of one provider's answers is less than this.
const SLICE: usize = 500;
/// A provider that gives no answer for so long is not available.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long leads wait before they are looked at again, where a provider does not say.
const PAUSE: Duration = Duration::from_secs(120);

/// What is to run.
#[derive(Debug, Clone)]
pub struct Request {
    /// The leads, in order.
    pub leads: Vec<LeadId>,
    /// Which rules.
    pub rules: RuleChoice,
    /// What is switched on, where providers are to heed it; none: every provider given is asked.
    pub switches: Option<EnrichmentSettings>,
    /// Ask again what was asked before and found nothing.
    pub again: bool,
    /// Change nothing and ask nobody.
    pub dry_run: bool,
    /// Keep every change in the report.
    pub keep_changes: bool,
}

/// The waterfall, ready to run.
pub struct Waterfall<'a> {
    /// The file.
    pub store: StoreHandle,
    /// Providers in the user's order.
    pub providers: &'a [Box<dyn Provider>],
    /// Time.
    pub clock: SharedClock,
    /// Whether the caller wants it to end; what is on its way comes home first.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Told after every slice: leads done, of how many.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// Leads whose way goes on, and those that wait for a provider.
#[derive(Debug, Default)]
pub(super) struct Ended {
    pub(super) done: Vec<LeadId>,
    pub(super) waiting: Vec<LeadId>,
    /// When the provider they wait for may be asked again.
    pub(super) until: Option<Timestamp>,
}

impl Waterfall<'_> {
    /// Runs over the leads. A provider's failure is in the report.
    ///
    /// # Errors
    /// Only where the file fails.
    pub async fn run(&self, request: &Request) -> Result<Report, StoreError> {
        self.run_slices(request, &mut |_| Ok(())).await
    }

    pub(super) async fn run_slices(
        &self,
        request: &Request,
        ended: &mut (dyn FnMut(Ended) -> Result<(), StoreError> + Send),
    ) -> Result<Report, StoreError> {
        let mut report = Report {
            leads: request.leads.len() as u64,
            ..Report::default()
        };
        report.providers = self
            .providers
            .iter()
            .map(|provider| (provider.name().to_owned(), ProviderReport::default()))
            .collect();
        let mut courses: Vec<Course> = self.providers.iter().map(|_| Course::default()).collect();
        let mut done = 0;
        for slice in request.leads.chunks(SLICE) {
            if (self.stop)() {
                report.interrupted = true;
                report.leads = done;
                break;
            }
            let end = self
                .slice(request, slice, &mut courses, &mut report)
                .await?;
            ended(end)?;
            done += slice.len() as u64;
            (self.progress)(done, request.leads.len() as u64);
        }
        for ((_, into), course) in report.providers.iter_mut().zip(courses) {
            let fields = into.fields;
            *into = course.report;
            into.fields = fields;
        }
        Ok(report)
    }

    async fn slice(
        &self,
        request: &Request,
        slice: &[LeadId],
        courses: &mut [Course],
        report: &mut Report,
    ) -> Result<Ended, StoreError> {
        let now = self.clock.now();
        let (leads, choice, dry_run) = (slice.to_vec(), request.rules.clone(), request.dry_run);
        let changes = self
            .store
            .call(move |store| store.apply_rules(&leads, &choice, dry_run, now))
            .await?;
        let mut planned: BTreeMap<LeadId, BTreeMap<String, String>> = BTreeMap::new();
        if dry_run {
            for change in &changes {
                planned
                    .entry(change.lead)
                    .or_default()
                    .insert(change.field.clone(), change.after.clone());
            }
        }
        report.add(changes, request.keep_changes);
        let mut waiting: HashSet<LeadId> = HashSet::new();
        let mut cut_short: HashSet<LeadId> = HashSet::new();
        let mut until = None;
        for (provider, course) in self.providers.iter().zip(courses) {
            let asking = self
                .questions(request, slice, &planned, provider.as_ref())
                .await?;
            if asking.questions.is_empty() {
                continue;
            }
            if dry_run {
                course.report.asked += asking.questions.len() as u64;
                continue;
            }
            let unasked = self
                .ask(request, provider.as_ref(), asking, course, report)
                .await?;
            if let Some(back) = course.away {
                until = until.max(back);
                waiting.extend(unasked);
            } else if (self.stop)() {
                // Not asked because the caller ends: nothing ended for them.
                report.interrupted = true;
                cut_short.extend(unasked);
            }
        }
        let (waiting, done): (Vec<LeadId>, Vec<LeadId>) = slice
            .iter()
            .filter(|lead| !cut_short.contains(lead))
            .partition(|lead| waiting.contains(lead));
        Ok(Ended {
            done,
            waiting,
            until,
        })
    }

    /// What a provider is to be asked: of each lead the fields it can fill, somebody wants and the lead still lacks.
    async fn questions(
        &self,
        request: &Request,
        slice: &[LeadId],
        planned: &BTreeMap<LeadId, BTreeMap<String, String>>,
        provider: &dyn Provider,
    ) -> Result<Asking, StoreError> {
        let (ids, name) = (slice.to_vec(), provider.name().to_owned());
        let (leads, wanted, asked, filled) = self
            .store
            .call(move |store| {
                Ok((
                    store.load_leads(&ids)?,
                    store.wanted_of(&name)?,
                    store.asked_before(&name, &ids)?,
                    store.filled_by_enrichment(&ids)?,
                ))
            })
            .await?;
        let switch = format!("{PROVIDER}{}", provider.name());
        let mut asking = Asking::default();
        for lead in leads {
            let events: Vec<EventId> = lead.events.iter().map(|event| event.id).collect();
            if let Some(switches) = &request.switches
                && !switches.is_on(&switch, &events)
            {
                continue;
            }
            let who = Who::of(&lead.fields, filled.get(&lead.id));
            let Some(question) = question(lead, planned, provider, &wanted) else {
                continue;
            };
            let known = asked.get(&question.lead);
            if request.again || !known.is_some_and(|known| who.was_asked(known, &question)) {
                asking.who.insert(question.lead, who);
                asking.questions.push(question);
            }
        }
        Ok(asking)
    }

    /// Asks, batch by batch, and writes each batch's answers as they come. Returns the leads it could not be asked about.
    async fn ask(
        &self,
        request: &Request,
        provider: &dyn Provider,
        Asking { questions, who }: Asking,
        course: &mut Course,
        report: &mut Report,
    ) -> Result<Vec<LeadId>, StoreError> {
        let all: Vec<LeadId> = questions.iter().map(|question| question.lead).collect();
        if course.report.stopped.is_some() {
            course.report.skipped += all.len() as u64;
            return Ok(all);
        }
        let batches: Vec<Vec<Question>> = questions
            .chunks(provider.batch().max(1))
            .map(<[Question]>::to_vec)
            .collect();
        let halted = std::sync::atomic::AtomicBool::new(false);
        let halt = &halted;
        let mut answers = stream::iter(batches)
            .map(|batch| async move {
                if halt.load(std::sync::atomic::Ordering::Relaxed) || (self.stop)() {
                    return (batch, None);
                }
                let answer = self.ask_in_time(provider, &batch).await;
                (batch, Some(answer))
            })
            .buffer_unordered(provider.concurrency().max(1));
        let mut unasked = Vec::new();
        while let Some((batch, answer)) = answers.next().await {
            match answer {
                None => {
                    course.report.skipped += batch.len() as u64;
                    unasked.extend(batch.iter().map(|question| question.lead));
                }
                Some(Ok(answers)) if answers.len() == batch.len() => {
                    course.failures = 0;
                    course.report.asked += batch.len() as u64;
                    let answered = judge(&batch, &answers, &who, &mut course.report);
                    let (name, choice) = (provider.name().to_owned(), request.rules.clone());
                    let now = self.clock.now();
                    let changes = self
                        .store
                        .call(move |store| store.apply_answers(&name, &answered, &choice, now))
                        .await?;
                    report.add(changes, request.keep_changes);
                }
                Some(Ok(answers)) => {
                    let wrong = ProviderError::Other(format!(
                        "it gave {} answers to {} questions",
                        answers.len(),
                        batch.len()
                    ));
                    course.failed(&wrong, batch.len());
                    unasked.extend(batch.iter().map(|question| question.lead));
                }
                Some(Err(error)) => {
                    course.failed(&error, batch.len());
                    unasked.extend(batch.iter().map(|question| question.lead));
                }
            }
            if course.report.stopped.is_some() {
                halted.store(true, std::sync::atomic::Ordering::Relaxed);
            }
        }
        Ok(unasked)
    }

    async fn ask_in_time(
        &self,
        provider: &dyn Provider,
        batch: &[Question],
    ) -> Result<Vec<Answer>, ProviderError> {
        tokio::select! {
            answer = provider.ask(batch) => answer,
            () = self.clock.sleep(PATIENCE) => Err(ProviderError::Unavailable {
                why: format!("no answer within {} s", PATIENCE.as_secs()),
                until: None,
            }),
        }
    }

    /// When leads that wait are looked at again.
    pub(super) fn retry_at(&self, until: Option<Timestamp>) -> Timestamp {
        until.unwrap_or_else(|| later(self.clock.now(), PAUSE))
    }
}
