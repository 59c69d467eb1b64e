//! `lead enrich`: fill what leads lack, by the rules and by the providers.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::selection::{SelectionArgs, choose};
use crate::app::{App, Cost, Follow, MANY_QUESTIONS, costs};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::enriching::{Bar, origin_words, providers_document, tell_providers};
use crate::cli::pushing;
use crate::domain::ids::LeadId;
use crate::domain::lead::{Readiness, field_info};
use crate::domain::rules;
use crate::enrich::{Provider, Report, Request};
use crate::exit::ExitStatus;
use crate::store::enrichments::{FieldChange, RuleChoice};
use crate::store::{Store, StoreError};
use crate::ui::format::{self, count, counted};

/// The name of the rules among the providers.
const RULES: &str = "rules";
/// Changes a terminal is shown.
const SCREEN: usize = 20;

/// Fill what leads lack: by the built-in rules, then by each provider that is switched on
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead enrich --event \"Expo 2026\" --dry-run\n  mobly-sync lead enrich ann@example.com\n  mobly-sync lead enrich --only rules --state failed"
)]
pub struct LeadEnrichArgs {
    /// The leads, by id, prefix of four or more, or e-mail (default: all that the options choose)
    #[arg(value_name = "LEAD")]
    pub leads: Vec<String>,

    /// Which leads.
    #[command(flatten)]
    pub selection: SelectionArgs,

    /// Only this step: rules, or the name of a provider (can be repeated)
    #[arg(long, value_name = "rules|PROVIDER")]
    pub only: Vec<String>,

    /// Ask providers again what they were asked before
    #[arg(long)]
    pub again: bool,

    /// Tell what the rules would change and how many leads providers would be asked about; change nothing, ask nobody
    #[arg(long)]
    pub dry_run: bool,

    /// Push nothing afterwards, even in automatic mode
    #[arg(long)]
    pub no_sync: bool,
}

#[derive(Serialize)]
struct Document {
    leads: u64,
    changed: u64,
    dry_run: bool,
    interrupted: bool,
    rules: BTreeMap<String, u64>,
    providers: Vec<Value>,
    changes: Vec<ShownChange>,
    sync: Value,
}

#[derive(Serialize)]
struct ShownChange {
    lead: String,
    field: String,
    old: Option<String>,
    new: String,
    origin: String,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadEnrichArgs) -> Result<ExitStatus, CommandError> {
    let (app, store) = context.open()?;
    let providers = chosen_providers(&app, &store, &args.only)?;
    let leads = chosen_leads(context, &store, args)?;
    let settings = store.enrichment_settings()?;
    let with_rules = args.only.is_empty() || args.only.iter().any(|name| name == RULES);
    let request = Request {
        leads,
        rules: if with_rules {
            RuleChoice::Every(settings.clone())
        } else {
            RuleChoice::None
        },
        // A provider named outright is asked even where it is switched off.
        switches: args.only.is_empty().then_some(settings),
        again: args.again,
        dry_run: args.dry_run,
        keep_changes: true,
    };
    if !args.dry_run {
        agree(context, &app, &store, &providers, &request).await?;
    }
    let report = enrich(context, &app, &providers, &request, true).await?;
    if !context.ui.json() {
        tell(context, &store, &report, args.dry_run);
    }
    tell_providers(context, &report);
    let interrupted = if report.interrupted {
        ExitStatus::Interrupted
    } else {
        ExitStatus::Done
    };
    let pushes =
        !report.changed.is_empty() && !args.dry_run && !args.no_sync && !report.interrupted;
    let (sync, status) = if pushes {
        pushing::push_by_itself(context, &app, "lead enrich").await?
    } else {
        (Value::Null, ExitStatus::Done)
    };
    if context.ui.json() {
        let ids = store.ids();
        context.ui.document(&Document {
            leads: report.leads,
            changed: report.changed.len() as u64,
            dry_run: args.dry_run,
            interrupted: report.interrupted,
            providers: providers_document(&report),
            rules: report.rules,
            changes: report
                .changes
                .into_iter()
                .map(|change| ShownChange {
                    lead: ids.encode(change.lead),
                    field: change.field,
                    old: change.before,
                    new: change.after,
                    origin: change.origin,
                })
                .collect(),
            sync,
        });
    }
    Ok(status.combine(interrupted))
}

/// Asks somebody at the terminal before many questions are asked that cost something.
async fn agree(
    context: &Context,
    app: &App,
    store: &Store,
    providers: &[Box<dyn Provider>],
    request: &Request,
) -> Result<(), CommandError> {
    let nobody_to_ask = context.ui.options().yes || context.ui.json() || !context.ui.can_prompt();
    let most = (request.leads.len() as u64).saturating_mul(providers.len() as u64);
    if nobody_to_ask || most <= MANY_QUESTIONS {
        return Ok(());
    }
    let rehearsal = Request {
        dry_run: true,
        keep_changes: false,
        ..request.clone()
    };
    let rehearsed = enrich(context, app, providers, &rehearsal, false).await?;
    let costs = costs(store, &rehearsed, context.now(app, store)?)?;
    let questions: u64 = costs.iter().map(Cost::questions).sum();
    if questions <= MANY_QUESTIONS {
        return Ok(());
    }
    for cost in &costs {
        let budget = match cost.left {
            Some(left) => format!("its budget leaves {}", counted(left, "question")),
            None => "it has no budget".to_owned(),
        };
        context.ui.status(format!(
            "{} would be asked about {} at most; {budget}.",
            cost.provider,
            counted(cost.leads, "lead")
        ));
    }
    let question = format!(
        "Ask up to {}, which may cost a credit each?",
        counted(questions, "question")
    );
    if context.may_go_on(&question, false)? {
        return Ok(());
    }
    Err(
        CommandError::new(ErrorCode::ConfirmationNeeded, "nothing was asked or changed")
            .hint("the built-in rules cost nothing; enrichment edit NAME --budget N bounds what a provider may cost")
            .fix("mobly-sync lead enrich --only rules"),
    )
}

async fn enrich(
    context: &Context,
    app: &App,
    providers: &[Box<dyn Provider>],
    request: &Request,
    shown: bool,
) -> Result<Report, CommandError> {
    let store = app.store()?;
    let clock = context.clock(app, &store)?;
    let (guard, raised) = pushing::interruptible(context);
    let bar = Bar::start(context, request.leads.len(), shown);
    let report = app
        .enrich(
            store,
            providers,
            request,
            clock,
            Follow {
                stop: &|| *raised.borrow(),
                progress: &|done, all| bar.stands(done, all),
            },
        )
        .await;
    drop(bar);
    drop(guard);
    Ok(report?)
}

/// The providers that are meant: all, or those named.
fn chosen_providers(
    app: &App,
    store: &Store,
    only: &[String],
) -> Result<Vec<Box<dyn Provider>>, CommandError> {
    let providers = app.providers(store)?;
    let known = |name: &String| {
        name == RULES
            || providers
                .iter()
                .any(|provider| provider.name() == name.as_str())
    };
    if let Some(unknown) = only.iter().find(|name| !known(name)) {
        let names: Vec<&str> = std::iter::once(RULES)
            .chain(providers.iter().map(|provider| provider.name()))
            .collect();
        return Err(
            CommandError::usage(format!("there is no provider {unknown:?}"))
                .hint(format!("there are: {}", names.join(", "))),
        );
    }
    Ok(providers
        .into_iter()
        .filter(|provider| only.is_empty() || only.iter().any(|name| name == provider.name()))
        .collect())
}

/// Leads named, else those of the options. What Mobly is still filling in is left to Mobly unless it is named.
fn chosen_leads(
    context: &Context,
    store: &Store,
    args: &LeadEnrichArgs,
) -> Result<Vec<LeadId>, CommandError> {
    if !args.leads.is_empty() {
        let chooses = args.selection.state.is_some()
            || args.selection.search.is_some()
            || args.selection.issue.is_some()
            || context.globals.event.is_some();
        if chooses {
            return Err(
                CommandError::usage("leads are named, and options choose others")
                    .hint("name the leads, or choose them by options"),
            );
        }
        return super::named(context, store, &args.leads);
    }
    let chosen = choose(context, store, &args.selection)?;
    let waiting = store.enrichment_queue()?;
    let mut leads = Vec::new();
    store.each_lead::<StoreError>(&chosen.filter, &mut |listed| {
        let lead = listed.lead;
        if lead.readiness != Readiness::Enriching || waiting.contains(&lead.id) {
            leads.push(lead.id);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(leads)
}

fn tell(context: &Context, store: &Store, report: &Report, dry_run: bool) {
    let ui = &context.ui;
    if report.leads == 0 {
        ui.status("No lead fits.");
        return;
    }
    if ui.out_is_terminal() {
        screen(context, store, &report.changes);
    } else {
        for change in &report.changes {
            let cells = [
                store.ids().encode(change.lead),
                change.field.clone(),
                change.before.clone().unwrap_or_default(),
                change.after.clone(),
                change.origin.clone(),
            ];
            ui.data(cells.map(|cell| format::clean(&cell)).join("\t"));
        }
    }
    let verb = if dry_run { "Would change" } else { "Changed" };
    let unchanged = report.leads - (report.changed.len() as u64).min(report.leads);
    ui.status(match report.changed.len() {
        0 => format!("Nothing to add to {}.", counted(report.leads, "lead")),
        changed => format!(
            "{verb} {} ({} as {} before).",
            counted(changed as u64, "lead"),
            count(unchanged),
            if unchanged == 1 {
                "it was"
            } else {
                "they were"
            },
        ),
    });
    for (name, fields) in &report.rules {
        let title = rules::rule(name).map_or(name.as_str(), |rule| rule.title);
        ui.status(format_args!("  {title}: {}", counted(*fields, "field")));
    }
    for (name, provider) in &report.providers {
        if dry_run {
            ui.status(format_args!(
                "  {name}: would be asked about at most {}",
                counted(provider.asked, "lead")
            ));
        } else if provider.asked > 0 {
            ui.status(format_args!(
                "  {name}: asked about {}, knew {}, filled {}",
                counted(provider.asked, "lead"),
                count(provider.found),
                counted(provider.fields, "field")
            ));
        }
    }
}

fn screen(context: &Context, store: &Store, changes: &[FieldChange]) {
    let ui = &context.ui;
    let theme = ui.theme();
    let (none, arrow) = (theme.symbols().none, theme.symbols().arrow);
    let mut shown = None;
    for change in changes.iter().take(SCREEN) {
        if shown != Some(change.lead) {
            shown = Some(change.lead);
            ui.data(theme.strong(&title(store, change.lead)));
        }
        let label = field_info(&change.field).map_or(change.field.as_str(), |info| info.label);
        let old = change
            .before
            .as_deref()
            .map_or_else(|| none.to_owned(), format::clean);
        ui.data(format_args!(
            "  {}: {old} {arrow} {}  {}",
            format::clean(label),
            format::clean(&change.after),
            theme.faint(&origin_words(&change.origin))
        ));
    }
    if changes.len() > SCREEN {
        ui.note(format_args!(
            "and {} more; --json lists all",
            count((changes.len() - SCREEN) as u64)
        ));
    }
}

fn title(store: &Store, lead: LeadId) -> String {
    let id = store.ids().encode(lead);
    match store
        .load_leads(&[lead])
        .ok()
        .and_then(|mut leads| leads.pop())
    {
        Some(lead) => format!("{} ({id})", format::clean(&lead.display_name())),
        None => id,
    }
}
