//! `event show EVENT`.

use clap::Args;
use serde::Serialize;

use super::entry::{EventEntry, dates};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::waiting;
use crate::domain::board::{BoardState, Summary};
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::format;

/// Show an event and how its leads stand
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync event show \"Expo 2026\"")]
pub struct EventShowArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,
}

#[derive(Serialize)]
struct Shown {
    event: EventEntry,
    integrations: Vec<Standing>,
}

#[derive(Serialize)]
struct Standing {
    integration: String,
    #[serde(skip)]
    title: String,
    summary: Summary,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &EventShowArgs) -> Result<ExitStatus, CommandError> {
    let name = context.required_event(args.name.as_deref())?;
    let (_, store) = context.open()?;
    let event = context.event(&store, &name, Naming::Read)?;
    let integrations = standings(&store, &event)?;
    let shown = Shown {
        event: EventEntry::of(&store, event.clone())?,
        integrations,
    };
    if context.ui.json() {
        context.ui.document(&shown);
        return Ok(ExitStatus::Done);
    }
    print(context, &shown);
    if shown.event.leads == 0 {
        let name = quote(&event.name);
        context
            .ui
            .next(&format!("mobly-sync lead import FILE --event {name}"));
    } else {
        waiting::show(context, &store, Some(&event))?;
        if shown.integrations.iter().any(|one| one.summary.failed > 0) {
            let name = quote(&event.name);
            context
                .ui
                .next(&format!("mobly-sync reconcile --event {name}"));
        }
    }
    Ok(ExitStatus::Done)
}

fn standings(store: &Store, event: &Event) -> Result<Vec<Standing>, CommandError> {
    waiting::destinations(store)?
        .iter()
        .map(|integration| {
            Ok(Standing {
                integration: integration.name.clone(),
                title: waiting::title(integration),
                summary: store.board_summary(integration, Some(event.id))?,
            })
        })
        .collect()
}

fn print(context: &Context, shown: &Shown) {
    let ui = &context.ui;
    let event = &shown.event;
    let title = format!("{} (id {})", format::clean(&event.name), event.id);
    ui.data(ui.theme().strong(&title));
    let line = |word: &str, value: &str| {
        if !value.is_empty() {
            ui.data(format_args!("  {word:<9} {}", format::clean(value)));
        }
    };
    line("days", &dates(event));
    line("city", event.city.as_deref().unwrap_or_default());
    line("time zone", event.tz.as_deref().unwrap_or_default());
    line("leads", &format::count(event.leads));
    if event.held {
        line("held", "its leads wait whatever the mode");
    }
    for one in &shown.integrations {
        let parts: Vec<String> = BoardState::ALL
            .iter()
            .filter(|state| one.summary.of(**state) > 0)
            .map(|state| format!("{} {}", format::count(one.summary.of(*state)), state.name()))
            .collect();
        line(&one.title, &parts.join(", "));
    }
}
