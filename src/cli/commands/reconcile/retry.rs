//! `reconcile --retry`, `--adopt`, `--create`: what the selection pushes again.

use super::choice::Choice;
use super::{Done, ReconcileArgs};
use crate::app::App;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::commands::push_options::PushOptions;
use crate::cli::context::Context;
use crate::cli::planning;
use crate::cli::pushing::{self, Wanted};
use crate::cli::services::vendor_of;
use crate::domain::board::{BoardState, LeadLine};
use crate::domain::category::Category;
use crate::domain::hints::quote;
use crate::domain::ids::LeadId;
use crate::domain::integration::Integration;
use crate::domain::run::{PushSummary, RetryCounts, Trigger};
use crate::domain::sync_state::PreSyncReason;
use crate::engine::Settle;
use crate::exit::ExitStatus;
use crate::store::{PushSelection, Selection, Store, Waiting};
use crate::ui::format::counted;

/// Pushes and tells how it went.
///
/// # Errors
/// What keeps the push from beginning.
pub(super) async fn run(
    context: &Context,
    args: &ReconcileArgs,
    app: &App,
    store: Store,
    integration: &Integration,
    choice: &Choice,
) -> Result<Done, CommandError> {
    if let Some(lead) = choice.shown.lead {
        may_be_pushed(context, args, app, &store, integration, choice, lead)?;
    }
    let wanted = Wanted {
        selection: selection(choice),
        trigger: trigger(args, choice),
        command: command(args, choice),
        event: choice.named_event.clone(),
        settle: settle(args),
    };
    let options = PushOptions {
        again: args.again,
        dry_run: args.dry_run,
        limit: args.limit,
        ..PushOptions::usual()
    };
    let ended = planning::push(context, app, store, integration, wanted, &options).await?;
    let Some(summary) = ended.summary else {
        // A dry run is told, and the board is as it was.
        return Ok(Done {
            status: Some(ended.status),
            document: Some(("plan", ended.document)),
            told: true,
        });
    };
    let counts = summary.retry.unwrap_or_default();
    tell(context, args, choice, &summary, counts);
    Ok(Done {
        status: Some(status(choice, &summary)),
        document: Some(("retry", serde_json::to_value(counts).unwrap_or_default())),
        told: true,
    })
}

/// A lead that was named and not taken up is a refusal, not a success.
fn status(choice: &Choice, summary: &PushSummary) -> ExitStatus {
    let ended = pushing::exit_of(summary);
    if choice.shown.lead.is_some() && summary.skipped > 0 {
        ended.combine(ExitStatus::Failed)
    } else {
        ended
    }
}

/// Which leads, and which of their states (cli.md, `reconcile --retry`).
fn selection(choice: &Choice) -> PushSelection {
    let (shown, event) = (&choice.shown, choice.named_event.as_ref());
    let named = event.is_some() || shown.lead.is_some();
    let (waiting, failed, cleared) = match shown.state {
        Some(BoardState::PreSync) => (Waiting::Named, false, false),
        Some(BoardState::Cleared) => (Waiting::None, false, true),
        Some(_) => (Waiting::None, true, false),
        None if choice.names_failures() || !named => (Waiting::None, true, false),
        None => (Waiting::Named, true, false),
    };
    PushSelection {
        leads: choice.leads(event),
        waiting,
        failed,
        cleared,
        limit: shown.limit,
    }
}

fn trigger(args: &ReconcileArgs, choice: &Choice) -> Trigger {
    match args {
        ReconcileArgs { lead: Some(_), .. } => Trigger::RetryLead,
        _ if choice.names_failures() => Trigger::RetryCategory,
        _ => Trigger::RetryGlobal,
    }
}

fn settle(args: &ReconcileArgs) -> Option<Settle> {
    match &args.adopt {
        Some(id) => Some(Settle::Adopt(id.trim().to_owned())),
        None if args.create => Some(Settle::Create),
        None => None,
    }
}

/// The command as history shows it.
pub(super) fn command(args: &ReconcileArgs, choice: &Choice) -> String {
    let mut words = vec!["reconcile".to_owned()];
    let mut option = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            words.push(format!("{name} {}", quote(value)));
        }
    };
    let event = choice.named_event.as_ref();
    option("--event", event.map(|event| event.name.as_str()));
    option("--state", choice.shown.state.map(BoardState::name));
    option("--category", args.category.map(Category::code));
    option("--cause", args.cause.as_deref());
    option("--search", args.search.as_deref());
    option("--lead", args.lead.as_deref());
    option("--where", args.matching.as_deref());
    option(
        "--limit",
        args.limit.map(|limit| limit.to_string()).as_deref(),
    );
    option("--adopt", args.adopt.as_deref());
    option("--reason", args.reason.as_deref());
    let flags = [
        (args.retry, "--retry"),
        (args.again, "--again"),
        (args.create, "--create"),
        (args.ignore, "--ignore"),
        (args.unignore, "--unignore"),
    ];
    words.extend(
        flags
            .into_iter()
            .filter(|(given, _)| *given)
            .map(|(_, name)| name.to_owned()),
    );
    words.join(" ")
}

/// The row of one lead on the integration's board.
///
/// # Errors
/// `not_found` where the account has no such row.
pub(super) fn line_of(
    store: &Store,
    integration: &Integration,
    lead: LeadId,
) -> Result<LeadLine, CommandError> {
    let selection = Selection {
        lead: Some(lead),
        ..Selection::default()
    };
    let mut found = None;
    store.lead_lines(integration, &selection, Some(1), &mut |line| {
        found = Some(line);
        Ok(())
    })?;
    found.ok_or_else(|| {
        let id = store.ids().encode(lead);
        CommandError::not_found(format!(
            "lead {id} is not on the board of {}",
            integration.name
        ))
        .fix(format!("mobly-sync lead show {id}"))
    })
}

/// One lead that was named is pushed, or it is told why not.
fn may_be_pushed(
    context: &Context,
    args: &ReconcileArgs,
    app: &App,
    store: &Store,
    integration: &Integration,
    choice: &Choice,
    lead: LeadId,
) -> Result<(), CommandError> {
    let line = line_of(store, integration, lead)?;
    let (id, name) = (&line.id, &line.name);
    let sendable = matches!(line.state, BoardState::PreSync | BoardState::Failed);
    if let Some(account) = integration.account.as_ref().filter(|_| sendable)
        && !store.lacking(account.id, lead)?.is_empty()
    {
        return Err(lacks_data(store, integration, &line)?);
    }
    if let Some(event) = &choice.named_event
        && !line.events.contains(&event.name)
    {
        return Err(CommandError::not_found(format!(
            "lead {id} ({name}) is not of the event {:?}",
            event.name
        )));
    }
    let refused =
        |why: &str| CommandError::new(ErrorCode::Unsupported, format!("lead {id} ({name}) {why}"));
    match line.state {
        BoardState::Held => Err(refused("is held, and held leads are never pushed")
            .fix(format!("mobly-sync lead release {id}"))),
        BoardState::Ignored => Err(refused("is ignored, and ignored leads are never pushed")
            .fix(format!("mobly-sync reconcile --lead {id} --unignore"))),
        BoardState::Enriching => Err(refused("is still being filled in")),
        BoardState::PreSync if line.reason.as_deref() == Some(PreSyncReason::EventHeld.code()) => {
            let event = line.event.as_deref().and_then(|event| {
                store
                    .find_event(event)
                    .ok()
                    .and_then(crate::store::Lookup::found)
            });
            Err(event.map_or_else(
                || refused("waits, since its events are held"),
                |event| pushing::event_held(&event),
            ))
        }
        BoardState::PreSync if line.reason.as_deref() == Some(PreSyncReason::NeedsData.code()) => {
            Err(lacks_data(store, integration, &line)?)
        }
        BoardState::Cleared if settle(args).is_some() && !args.again => Err(refused(
            "is cleared: it is there already, so nothing is left to adopt or create",
        )
        .fix(format!("mobly-sync lead show {id}"))),
        BoardState::Cleared if !args.again => {
            context.ui.note(format_args!(
                "lead {id} ({name}) is cleared, so there is nothing to retry; --again compares it once more"
            ));
            Ok(())
        }
        _ => not_claimed(context, app, store, integration, &line),
    }
}

/// What a lead lacks, with the command that fills it in.
fn lacks_data(
    store: &Store,
    integration: &Integration,
    line: &LeadLine,
) -> Result<CommandError, CommandError> {
    let lacking = match &integration.account {
        Some(account) => store.lacking(account.id, line.lead)?,
        None => Vec::new(),
    };
    let field = lacking.first().and_then(|label| label.split('|').next());
    let set = quote(&format!("{}=VALUE", field.unwrap_or("FIELD")));
    Ok(CommandError::new(
        ErrorCode::Unsupported,
        format!(
            "lead {} ({}) lacks what {} must have: {}",
            line.id,
            line.name,
            integration.name,
            lacking.join(", ")
        ),
    )
    .hint("fill it in, or demand it no longer: mobly-sync requirement list")
    .fix(format!("mobly-sync lead edit {} --set {set}", line.id)))
}

fn not_claimed(
    context: &Context,
    app: &App,
    store: &Store,
    integration: &Integration,
    line: &LeadLine,
) -> Result<(), CommandError> {
    let Some(account) = &integration.account else {
        return Ok(());
    };
    let now = context.now(app, store)?;
    match store.lead_claimed_by(account.id, line.lead, now)? {
        Some(run) => Err(CommandError::new(
            ErrorCode::Claimed,
            format!(
                "lead {} ({}) is being pushed by run {run}",
                line.id, line.name
            ),
        )
        .hint("try again when that run has ended")
        .fix(format!("mobly-sync history show {run}"))),
        None => Ok(()),
    }
}

fn tell(
    context: &Context,
    args: &ReconcileArgs,
    choice: &Choice,
    summary: &PushSummary,
    counts: RetryCounts,
) {
    if counts.retried == 0 {
        if summary.skipped == 0 && choice.shown.lead.is_none() {
            context.ui.note("nothing was there to retry");
        }
        return;
    }
    let mut parts = vec![format!("{} cleared", counts.cleared)];
    for (number, words) in [
        (counts.moved, "in a category they were not in before"),
        (counts.unchanged, "as before"),
        (counts.waiting, "still waiting"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    }
    let word = if args.retry { "Retried" } else { "Settled" };
    context.ui.status(format_args!(
        "{word} {}: {}",
        counted(counts.retried, "lead"),
        parts.join(", ")
    ));
}

/// The vendor's name for people.
pub(super) fn title(integration: &Integration) -> String {
    vendor_of(integration).map_or_else(
        |_| integration.name.clone(),
        |vendor| vendor.title.to_owned(),
    )
}
