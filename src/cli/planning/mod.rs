//! Pushing by a plan: dry runs, guards on counts, and the question before a push of more than one lead.
//!
//! Whoever is there to be asked sees first what would happen, matched to the last lead; nobody there (a script, `--json`,
//! `--yes`) means no question, and the push matches and writes at the same time unless a guard on counts stands before it.

mod dry_run;
mod question;
mod view;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use super::command_error::CommandError;
use super::commands::push_options::PushOptions;
use super::context::Context;
use super::enriching;
use super::parts::{Part, title};
use super::pushing::{self, Wanted, push_failed};
use crate::app::{App, CountGuards, Planned};
use crate::domain::board::BoardState;
use crate::domain::ids::EventId;
use crate::domain::integration::Integration;
use crate::domain::plan::{PlannedAction, PlannedLead};
use crate::domain::run::PushSummary;
use crate::engine::{Interrupt, PushRequest};
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::format::count;
use crate::ui::plan as screen;
use crate::ui::progress;

/// Leads with each of these ends that people are shown: what is written over before what is new, and each in full. Those
/// that would fail stand in groups.
const SHOWN: [(&[PlannedAction], usize); 3] = [
    (&[PlannedAction::Update], 3),
    (&[PlannedAction::Create], 2),
    (&[PlannedAction::Skip], 1),
];
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
    /// Whether commands must name the integration.
    must_be_named: bool,
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
        must_be_named: store.must_be_named(integration)?,
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
    let parts = [(BoardState::Held, "held"), (BoardState::Ignored, "ignored")]
        .map(|(state, word)| (summary.of(state), word));
    let all: u64 = parts.iter().map(|(number, _)| number).sum();
    if all == 0 {
        return Ok(None);
    }
    let told: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{} {word}", count(*number)))
        .collect();
    let stays = match all {
        1 => "stays",
        _ => "stay",
    };
    Ok(Some(format!("{} {stays}: {}", count(all), told.join(", "))))
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
    /// The guards on counts.
    fn guards(&self) -> CountGuards {
        CountGuards {
            overwrites: self.options.max_overwrites,
            creates: self.options.max_creates,
        }
    }

    /// Why leads would fail, for people; nothing where nobody would.
    async fn failures(&self, planned: &Planned) -> Result<Vec<String>, CommandError> {
        let failures = planned.failures().await;
        let failures = failures.map_err(|error| push_failed(self.integration, error))?;
        Ok(screen::failures(
            &self.context.ui,
            &title(self.integration),
            &failures,
        ))
    }

    /// A few leads of a plan in full, but for those that are done, and how many there are beside them that would be touched.
    async fn samples(
        &self,
        planned: &Planned,
        done: &BTreeSet<String>,
    ) -> Result<(Vec<PlannedLead>, u64), CommandError> {
        let mut shown = Vec::new();
        for (ends, number) in SHOWN {
            let leads = planned.leads(ends, 0, Some(number + done.len())).await;
            let leads = leads.map_err(|error| push_failed(self.integration, error))?;
            let open = leads.into_iter().filter(|lead| !done.contains(&lead.id));
            shown.extend(open.take(number));
        }
        let totals = planned.rehearsal.totals;
        let all = totals.create + totals.update + totals.skip;
        let told = u64::try_from(shown.len() + done.len()).unwrap_or(u64::MAX);
        Ok((shown, all.saturating_sub(told)))
    }
}
