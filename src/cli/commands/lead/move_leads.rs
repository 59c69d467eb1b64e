//! `lead move LEAD… --to EVENT`.

use clap::Args;
use serde::Serialize;

use super::{entry, named};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::waiting;
use crate::domain::event::Event;
use crate::domain::ids::{EventId, LeadId};
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::store::lead_list::LeadFilter;
use crate::ui::format;

/// Move leads to another event; a cleared lead is due again, for the membership
#[derive(Debug, Args)]
#[command(
    name = "move",
    after_help = "Examples:\n  mobly-sync lead move 7XK2M9QD ann@example.com --to \"Expo 2026\"\n  mobly-sync lead move --from \"Expo 2025\" --to \"Expo 2026\""
)]
pub struct LeadMoveArgs {
    /// The leads, by id, prefix of four or more, or e-mail
    #[arg(value_name = "LEAD", required_unless_present = "from")]
    pub leads: Vec<String>,

    /// The event they leave; without LEAD all of its leads move
    #[arg(long, value_name = "EVENT")]
    pub from: Option<String>,

    /// The event they join
    #[arg(long, value_name = "EVENT")]
    pub to: String,
}

#[derive(Serialize)]
struct Moved {
    from: Option<String>,
    to: String,
    /// Those that stand otherwise than before.
    leads: Vec<String>,
    unchanged: u64,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadMoveArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let to = context.event(&store, &args.to, Naming::Write)?;
    let from = match &args.from {
        Some(name) => Some(context.event(&store, name, Naming::Write)?),
        None => None,
    };
    let leads = chosen(context, &store, args, from.as_ref())?;
    let now = context.now(&app, &store)?;
    let mut moved = Vec::new();
    for (left, leads) in by_event_left(&store, &leads, from.as_ref(), &to)? {
        moved.extend(store.move_leads(&leads, left, to.id, now)?);
    }
    let unchanged = (leads.len() - moved.len()) as u64;
    let ui = &context.ui;
    ui.status(format_args!(
        "Moved {} to {}.",
        format::counted(moved.len() as u64, "lead"),
        format::clean(&to.name)
    ));
    if unchanged > 0 {
        ui.status(format_args!(
            "{} there already.",
            format::counted(unchanged, "lead")
        ));
    }
    if ui.json() {
        ui.document(&Moved {
            from: from.map(|event| event.name),
            to: to.name,
            leads: moved.iter().map(|lead| store.ids().encode(*lead)).collect(),
            unchanged,
        });
    } else if !moved.is_empty() {
        waiting::show(context, &store, Some(&to))?;
    }
    Ok(ExitStatus::Done)
}

fn chosen(
    context: &Context,
    store: &Store,
    args: &LeadMoveArgs,
    from: Option<&Event>,
) -> Result<Vec<LeadId>, CommandError> {
    match from {
        Some(from) if args.leads.is_empty() => {
            let mut leads = Vec::new();
            let filter = LeadFilter {
                event: Some(from.id),
                ..LeadFilter::default()
            };
            store.each_lead::<CommandError>(&filter, &mut |listed| {
                leads.push(listed.lead.id);
                Ok(std::ops::ControlFlow::Continue(()))
            })?;
            Ok(leads)
        }
        _ => named(context, store, &args.leads),
    }
}

/// Leads that leave the same event, or none.
type Leaving = (Option<EventId>, Vec<LeadId>);

/// Which event each lead leaves: the one named, else its only one.
fn by_event_left(
    store: &Store,
    leads: &[LeadId],
    from: Option<&Event>,
    to: &Event,
) -> Result<Vec<Leaving>, CommandError> {
    let mut groups: Vec<Leaving> = Vec::new();
    for id in leads {
        let lead = entry::load(store, *id)?;
        let others: Vec<_> = lead
            .events
            .iter()
            .filter(|event| event.id != to.id)
            .collect();
        let shown = || format!("lead {} ({})", store.ids().encode(*id), lead.display_name());
        let left = match (from, others.as_slice()) {
            (Some(from), _) => {
                let is_there = lead.events.iter().any(|event| event.id == from.id);
                if !is_there && !lead.events.iter().any(|event| event.id == to.id) {
                    return Err(CommandError::not_found(format!(
                        "{} is not of the event {:?}; nothing was moved",
                        shown(),
                        from.name
                    ))
                    .fix(format!("mobly-sync lead show {}", store.ids().encode(*id))));
                }
                is_there.then_some(from.id)
            }
            // At its new event already: the others are not what was meant.
            (None, _) if lead.events.iter().any(|event| event.id == to.id) => None,
            (None, []) => None,
            (None, [only]) => Some(only.id),
            (None, several) => {
                let names: Vec<&str> = several.iter().map(|event| event.name.as_str()).collect();
                return Err(CommandError::usage(format!(
                    "{} is of several events ({}); nothing was moved",
                    shown(),
                    names.join(", ")
                ))
                .hint("say which one it leaves: --from EVENT"));
            }
        };
        match groups.iter_mut().find(|(event, _)| *event == left) {
            Some((_, leads)) => leads.push(*id),
            None => groups.push((left, vec![*id])),
        }
    }
    Ok(groups)
}
