//! `reconcile --fix`: the repairs of the board as a dialogue.
//!
//! Every change is made by the very command line that is printed after it ([`line`]), so the dialogue can do nothing a
//! script could not, and what history tells of it can be pasted. A repair that fails is told and the dialogue goes on.

mod desk;
mod fields;
mod leads;
mod line;
mod others;
mod repairs;
mod topics;
mod values;

use std::collections::BTreeSet;

use self::desk::Desk;
use self::topics::{Frozen, Topic};
use super::choice::Choice;
use super::{Done, ReconcileArgs};
use crate::app::App;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::hints::{self, Command};
use crate::domain::integration::Integration;
use crate::store::Store;
use crate::ui::format::{clean, counted};

/// Commands told to whoever cannot be asked; the rest stands on the board.
const TOLD: usize = 8;

/// Leads the person through what is to be repaired.
///
/// # Errors
/// Where nobody can be asked (exit 2, with the commands that do the same), or the person left.
pub(super) async fn run(
    context: &Context,
    args: &ReconcileArgs,
    app: &App,
    store: &mut Store,
    integration: &Integration,
    choice: &Choice,
) -> Result<Done, CommandError> {
    let mut desk = Desk::open(context, app, integration, choice)?;
    let board = desk.board(store)?;
    // The list shown here is the last board: its ids hold from now on.
    store.remember_board(integration.id, &choice.shown, &board, desk.now())?;
    let push = Command::new("reconcile --state pre-sync --retry").of(desk.scope());
    let mut topics = topics::of_board(&board, &choice.shown, &push);
    let ui = &context.ui;
    if topics.is_empty() {
        ui.status("Nothing is to be repaired there.");
        return Ok(desk.done());
    }
    if !ui.can_prompt() || ui.json() {
        return Err(instead(&topics, &hints::retry(desk.scope())));
    }
    desk.heading();
    let named = args.fix.as_deref().is_some_and(|text| !text.is_empty());
    if !named && topics.len() > 1 {
        topics = choose(context, topics)?;
    }
    for topic in topics {
        match topic {
            Topic::Failed(group) => desk.repair(store, &group).await?,
            Topic::Frozen(frozen) => sync_mode(&mut desk, &frozen).await?,
        }
    }
    Ok(desk.done())
}

/// One of the list, or all of them in turn.
fn choose(context: &Context, mut topics: Vec<Topic>) -> Result<Vec<Topic>, CommandError> {
    let ui = &context.ui;
    let all = format!("All {} of them, one after the other", topics.len());
    let choices: Vec<String> = std::iter::once(all)
        .chain(topics.iter().map(|topic| topic.line(ui)))
        .collect();
    let chosen = ui
        .prompter()
        .select("What shall be repaired?", &choices, 0)?;
    Ok(match chosen {
        0 => topics,
        one => vec![topics.swap_remove(one - 1)],
    })
}

/// The drawer Sync Mode: what Manual holds back is pushed now, or the mode is changed. Both commands ask for themselves.
async fn sync_mode(desk: &mut Desk<'_>, frozen: &Frozen) -> Result<(), CommandError> {
    let ui = desk.ui().clone();
    let leads = counted(frozen.leads, "lead");
    let dot = ui.theme().symbols().dot;
    ui.status("");
    ui.status(format!(
        "{} {dot} {leads} {dot} held back by Manual mode: no error, they wait for you",
        ui.theme().strong("FROZEN")
    ));
    ui.status("");
    let automatic = |flag: &str| Command::new(&format!("mode automatic{flag}")).of(desk.scope());
    let ways = [
        (
            "Push them now and stay in Manual".to_owned(),
            Some(frozen.push.clone()),
        ),
        (
            "Switch to Automatic: push them, and from now on every lead".to_owned(),
            Some(automatic("")),
        ),
        (
            "Switch to Automatic for leads to come, leave these".to_owned(),
            Some(automatic(" --from-now")),
        ),
        ("Leave it".to_owned(), None),
    ];
    let choices: Vec<String> = ways.iter().map(|(text, _)| text.clone()).collect();
    let chosen = ui.prompter().select("What shall be done?", &choices, 0)?;
    if let Some(line) = &ways[chosen].1 {
        desk.carry_out(line).await?;
    }
    Ok(())
}

/// What a script runs instead of the dialogue.
fn instead(topics: &[Topic], retry: &str) -> CommandError {
    let mut lines: Vec<String> = Vec::new();
    let mut known = BTreeSet::new();
    for topic in topics {
        let fixes: Vec<String> = match topic {
            Topic::Failed(group) => group
                .causes
                .iter()
                .filter_map(|cause| cause.fix.clone())
                .collect(),
            Topic::Frozen(frozen) => vec![frozen.push.clone()],
        };
        lines.extend(fixes.into_iter().filter(|line| known.insert(line.clone())));
    }
    let error = CommandError::usage(
        "--fix asks what to do, and nobody can be asked here; nothing was changed",
    );
    if topics.iter().any(|topic| matches!(topic, Topic::Failed(_))) {
        lines.push(retry.to_owned());
    }
    let more = lines.len().saturating_sub(TOLD);
    let error = lines
        .iter()
        .take(TOLD)
        .fold(error, |error, line| error.hint(clean(line)));
    let error = match more {
        0 => error,
        more => error.hint(format!("and {more} more: mobly-sync reconcile --json")),
    };
    match lines.into_iter().next() {
        Some(first) => error.fix(first),
        None => error,
    }
}
