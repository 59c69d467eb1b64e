//! Pushing by a plan: dry runs, guards on counts, and the question before a push of more than one lead.
//!
//! Whoever is there to be asked sees first what would happen, matched to the last lead; nobody there (a script, `--json`,
//! `--yes`) means no question, and the push matches and writes at the same time unless a guard on counts stands before it.

use jiff::Timestamp;
use serde_json::Value;

use super::command_error::CommandError;
use super::commands::push_options::PushOptions;
use super::context::Context;
use super::enriching;
use super::parts::{Part, declined, title};
use super::pushing::{self, Wanted, push_failed};
use super::services::account_title;
use crate::app::{App, Planned, Prepared};
use crate::domain::board::BoardState;
use crate::domain::ids::EventId;
use crate::domain::integration::Integration;
use crate::domain::run::{PushSummary, StopReason};
use crate::engine::{Interrupt, PushRequest};
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::format::{clean, count, counted};
use crate::ui::plan::{self as screen, PlanView};
use crate::ui::progress;

/// How many are pushed to try a plan out.
const A_FEW: u64 = 5;
/// Leads of a plan that a terminal shows unless `--limit` says otherwise.
const SHOWN: usize = 50;
/// More leads than this take a while to match, which is told before.
const MANY: u64 = 20_000;

/// How a push ended that its caller need not show any more.
#[derive(Debug)]
pub struct Ended {
    /// Its document.
    pub document: Value,
    /// Its status.
    pub status: ExitStatus,
    /// Leads it came to.
    pub pushed: u64,
    /// What it did; `None`: it was a dry run.
    pub summary: Option<PushSummary>,
}

impl Ended {
    fn pushed(summary: PushSummary) -> Self {
        Self {
            document: serde_json::to_value(&summary).unwrap_or_default(),
            status: pushing::exit_of(&summary),
            pushed: summary.pushed,
            summary: Some(summary),
        }
    }

    /// One integration's part of a command.
    #[must_use]
    pub fn into_part(self) -> Part {
        Part {
            document: self.document,
            status: self.status,
        }
    }
}

/// What stands beside the push itself.
struct Scene<'a> {
    context: &'a Context,
    integration: &'a Integration,
    options: &'a PushOptions,
    request: PushRequest,
    /// What stays where it is, and the mapping since the last push.
    stay: Option<String>,
    mapping: Option<String>,
    /// Whether somebody is asked.
    asks: bool,
}

/// Pushes what is wanted, or shows what a push would do, and shows how it went.
///
/// # Errors
/// What keeps a push from beginning, and a no.
pub async fn push(
    context: &Context,
    app: &App,
    mut store: Store,
    integration: &Integration,
    mut wanted: Wanted,
    options: &PushOptions,
) -> Result<Ended, CommandError> {
    if options.dry_run {
        wanted.command.push_str(" --dry-run");
    }
    let ui = &context.ui;
    let may_ask = ui.can_prompt() && !ui.json() && !ui.options().yes && !options.dry_run;
    let request = pushing::request(integration, wanted.clone(), options)?;
    let (guard, raised) = pushing::interruptible(context);
    if may_ask || (options.needs_plan() && !options.dry_run) {
        // What is filled in by itself is filled in before anybody counts; a dry run changes nothing here either.
        enriching::by_itself(context, app, &|| *raised.borrow()).await?;
    }
    let now = context.now(app, &store)?;
    let due = if may_ask {
        due(&mut store, integration, &request, now)?
    } else {
        0
    };
    let asks = may_ask && due > 1;
    if !asks && !options.dry_run && !options.needs_plan() {
        drop(guard);
        let summary = pushing::push(context, app, store, integration, wanted, options).await?;
        pushing::show(context, integration, &summary);
        return Ok(Ended::pushed(summary));
    }
    if asks && due > MANY {
        ui.status(format!(
            "{} people are compared with {} before the first is written, which takes a while; --yes writes as it compares.",
            count(due),
            title(integration)
        ));
    }
    let scene = Scene {
        context,
        integration,
        options,
        stay: stay(
            &store,
            integration,
            request.event.as_ref().map(|(id, _)| *id),
        )?,
        mapping: mapping(&store, integration)?,
        request,
        asks,
    };
    let prepared = app
        .prepare(
            store,
            integration.clone(),
            pushing::pace(options),
            progress::reporter(ui),
            Interrupt::new(raised.clone()),
        )
        .await
        .map_err(|error| push_failed(integration, error))?;
    let ended = match options.dry_run {
        true => scene.dry_run(&prepared).await,
        false => scene.push(&prepared).await,
    };
    if let Some(message) = prepared.end().await {
        ui.note(message);
    }
    if !options.dry_run && ended.is_ok() {
        pushing::tell_sources(context, app, &raised).await;
    }
    drop(guard);
    ended
}

/// How many leads a push would take up.
fn due(
    store: &mut Store,
    integration: &Integration,
    request: &PushRequest,
    now: Timestamp,
) -> Result<u64, CommandError> {
    let Some(account) = &integration.account else {
        return Ok(0);
    };
    let due = store.select_for_push(account.id, &request.selection, now)?;
    Ok(request.selection.limit.map_or(due, |limit| due.min(limit)))
}

fn stay(
    store: &Store,
    integration: &Integration,
    event: Option<EventId>,
) -> Result<Option<String>, CommandError> {
    let summary = store.board_summary(integration, event)?;
    let parts: Vec<String> = [(BoardState::Held, "held"), (BoardState::Ignored, "ignored")]
        .into_iter()
        .map(|(state, word)| (summary.of(state), word))
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{} {word}", count(number)))
        .collect();
    Ok((!parts.is_empty()).then(|| parts.join(", ")))
}

/// Whether the mapping is that of the last push.
fn mapping(store: &Store, integration: &Integration) -> Result<Option<String>, CommandError> {
    let Some(account) = &integration.account else {
        return Ok(None);
    };
    Ok(store.last_pushed(account.id)?.map(|(run, revision)| {
        if revision == integration.revision {
            format!("unchanged since run {run}")
        } else {
            format!("changed since run {run}: mobly-sync mapping history")
        }
    }))
}

impl Scene<'_> {
    async fn dry_run(&self, prepared: &Prepared) -> Result<Ended, CommandError> {
        let failed = |error| push_failed(self.integration, error);
        let planned = prepared.dry_run(&self.request).await.map_err(failed)?;
        let (context, ui) = (self.context, &self.context.ui);
        let summary = &planned.rehearsal.summary;
        let mut status = pushing::exit_of(summary);
        for note in &summary.notes {
            ui.note(note);
        }
        if let Some(message) = planned.rehearsal.stopped() {
            ui.warning(format!("the plan is not whole: {message}"));
        }
        if let Some(message) = planned.guard(self.options.max_overwrites, self.options.max_creates)
        {
            status = status.combine(ExitStatus::Stopped);
            ui.warning(format!("the push would not begin: {message}"));
        }
        let document = if ui.json() {
            let document = planned.document().await.map_err(failed)?;
            serde_json::to_value(document).unwrap_or_default()
        } else {
            self.show(&planned).await?;
            let command = self.request.command.trim_end_matches(" --dry-run");
            context.ui.next(&format!("mobly-sync {command}"));
            Value::Null
        };
        Ok(Ended {
            document,
            status,
            pushed: 0,
            summary: None,
        })
    }

    /// The plan's lines and its leads.
    async fn show(&self, planned: &Planned) -> Result<(), CommandError> {
        let ui = &self.context.ui;
        for line in screen::lines(ui.theme(), &self.view(planned)) {
            // A pipe wants the rows alone.
            match ui.out_is_terminal() {
                true => ui.data(line),
                false => ui.status(line),
            }
        }
        let limit = ui.out_is_terminal().then_some(SHOWN);
        let limit = self.options.limit.map_or(limit, |_| None);
        let leads = planned.leads(0, limit).await;
        let leads = leads.map_err(|error| push_failed(self.integration, error))?;
        if ui.out_is_terminal() && !leads.is_empty() {
            ui.data("");
        }
        screen::differences(ui, &leads);
        let totals = planned.rehearsal.totals;
        let all = totals.create + totals.update + totals.unchanged + totals.fail + totals.skip;
        let shown = u64::try_from(leads.len()).unwrap_or(u64::MAX);
        if all > shown {
            ui.status(format!(
                "{} of {} shown; piped or with --json all are",
                count(shown),
                counted(all, "lead")
            ));
        }
        Ok(())
    }

    async fn push(&self, prepared: &Prepared) -> Result<Ended, CommandError> {
        let failed = |error| push_failed(self.integration, error);
        let planned = prepared.plan(&self.request).await.map_err(failed)?;
        let played = &planned.rehearsal.summary;
        // A refused sign-in is the push's own to record.
        if !played.sign_in_refused {
            let (options, stopped) = (self.options, planned.rehearsal.stopped());
            let guard = planned.guard(options.max_overwrites, options.max_creates);
            let is_guard = stopped.is_none() && guard.is_some();
            if let Some(message) = stopped.or(guard) {
                let refused = prepared.refuse(&self.request, &planned, message).await;
                let summary = refused.map_err(failed)?;
                pushing::show(self.context, self.integration, &summary);
                if is_guard {
                    let command = &self.request.command;
                    self.context
                        .ui
                        .next(&format!("mobly-sync {command} --dry-run"));
                }
                return Ok(Ended::pushed(summary));
            }
            if self.asks {
                return self.ask(prepared, &planned).await;
            }
        }
        self.go(prepared, &planned, None).await
    }

    /// Pushes by the plan and shows how it went.
    async fn go(
        &self,
        prepared: &Prepared,
        planned: &Planned,
        few: Option<u64>,
    ) -> Result<Ended, CommandError> {
        let mut request = self.request.clone();
        if few.is_some() {
            request.selection.limit = few;
        }
        // The plan has seen to it, and what was tried out is not due any more.
        request.expect = None;
        let pushed = prepared.push(request, Some(&planned.rehearsal)).await;
        let mut summary = pushed.map_err(|error| push_failed(self.integration, error))?;
        if few.is_some() && summary.stopped == Some(StopReason::Limit) {
            // Nobody set a limit: the rest is asked for next.
            summary.stopped = None;
            summary.stop_message = None;
        }
        pushing::show(self.context, self.integration, &summary);
        Ok(Ended::pushed(summary))
    }

    async fn ask(&self, prepared: &Prepared, planned: &Planned) -> Result<Ended, CommandError> {
        let (ui, totals) = (&self.context.ui, planned.rehearsal.totals);
        for line in screen::lines(ui.theme(), &self.view(planned)) {
            ui.status(line);
        }
        ui.status("");
        let people = totals.create + totals.update + totals.unchanged + totals.fail;
        let environment = self.environment();
        let mut tried: Option<Ended> = None;
        loop {
            let question = match &tried {
                None => format!(
                    "Push {} people to {environment}?  [y]es  [N]o  [d]ifferences{}",
                    count(people),
                    if people > A_FEW {
                        "  [5] try five first"
                    } else {
                        ""
                    }
                ),
                Some(few) => format!(
                    "Push the other {} to {environment}?  [y]es  [N]o  [d]ifferences",
                    count(people.saturating_sub(few.pushed))
                ),
            };
            ui.status(question);
            let answer = ui.prompter().input("Answer", Some("n"))?;
            match answer.trim().to_lowercase().as_str() {
                "y" | "yes" => {
                    let mut ended = self.go(prepared, planned, None).await?;
                    if let Some(few) = &tried {
                        ended.status = ended.status.combine(few.status);
                        ended.pushed += few.pushed;
                    }
                    return Ok(ended);
                }
                "d" | "differences" => {
                    let skip = tried.as_ref().map_or(0, |few| few.pushed);
                    let skip = usize::try_from(skip).unwrap_or(0);
                    let leads = planned.leads(skip, Some(SHOWN)).await;
                    let leads = leads.map_err(|error| push_failed(self.integration, error))?;
                    screen::differences_beside(ui, &leads);
                    if leads.len() == SHOWN {
                        ui.status(format!(
                            "the first {SHOWN}; all of them: mobly-sync {} --dry-run",
                            self.request.command
                        ));
                    }
                }
                "5" | "five" if tried.is_none() && people > A_FEW => {
                    let few = self.go(prepared, planned, Some(A_FEW)).await?;
                    if few.status == ExitStatus::Interrupted
                        || few.status == ExitStatus::NotConnected
                    {
                        return Ok(few);
                    }
                    tried = Some(few);
                }
                "n" | "no" | "" => {
                    // What was tried stands, and the rest waits as it did.
                    return tried.map_or_else(
                        || Err(declined()),
                        |mut few| {
                            few.status = few.status.combine(ExitStatus::Stopped);
                            Ok(few)
                        },
                    );
                }
                _ => ui.status("y, n, d or 5"),
            }
        }
    }

    fn environment(&self) -> String {
        let account = self.integration.account.as_ref();
        account
            .map(|account| account.environment.name().to_uppercase())
            .unwrap_or_default()
    }

    fn view(&self, planned: &Planned) -> PlanView {
        let (integration, ui) = (self.integration, &self.context.ui);
        let symbols = ui.theme().symbols();
        let summary = &planned.rehearsal.summary;
        let event = summary.event.as_ref();
        let what = event.map_or_else(|| "All that is due".to_owned(), |event| clean(event));
        PlanView {
            title: format!(
                "{what} {} {} {} {} {} {}",
                symbols.arrow,
                title(integration),
                symbols.dot,
                clean(&account_title(integration)),
                symbols.dot,
                self.environment()
            ),
            totals: planned.rehearsal.totals,
            effects: summary
                .field_effects
                .iter()
                .map(|(name, effect)| (name.clone(), *effect))
                .collect(),
            categories: summary
                .by_category
                .iter()
                .map(|(code, number)| (code.clone(), *number))
                .collect(),
            stay: self.stay.clone(),
            holds_names: integration.settings.hold_identity,
            mapping: self.mapping.clone(),
            calls: (planned.rehearsal.unsent().calls, planned.calls()),
            days: planned
                .days
                .iter()
                .map(|day| (day.quota.to_owned(), day.units, day.limit))
                .collect(),
        }
    }
}
