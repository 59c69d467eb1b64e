//! `lead edit --where`: correct all leads an expression chooses, after a look at what would change.

use serde::Serialize;
use serde_json::Value;

use super::edit::{FieldChange, LeadEditArgs, changes, tell_changes};
use super::selection::choose_to_change;
use crate::app::App;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::pushing;
use crate::cli::waiting;
use crate::domain::hints::quote;
use crate::domain::ids::LeadId;
use crate::exit::ExitStatus;
use crate::store::{LeadEdit, Store};
use crate::ui::format;

/// Leads shown before the question.
const SAMPLES: usize = 5;

#[derive(Serialize)]
struct EditedMany {
    matched: u64,
    changed: u64,
    unchanged: u64,
    dry_run: bool,
    samples: Vec<Sample>,
    sync: Value,
}

/// One lead that changes.
#[derive(Serialize)]
struct Sample {
    id: String,
    name: String,
    changes: Vec<FieldChange>,
}

/// Shows what would change, asks, and changes all or nothing.
pub(super) async fn run(
    context: &Context,
    args: &LeadEditArgs,
    app: &App,
    mut store: Store,
    edit: &LeadEdit,
) -> Result<ExitStatus, CommandError> {
    let chosen = choose_to_change(context, &store, &args.selection)?;
    let now = context.now(app, &store)?;
    let matched = store.listed_leads(&chosen.filter)?;
    // Tried and taken back: what is shown is what the store itself would do.
    let tried = store.edit_leads(&matched, edit, true, now)?;
    let mut document = EditedMany {
        matched: matched.len() as u64,
        changed: tried.changed.len() as u64,
        unchanged: tried.unchanged,
        dry_run: args.dry_run,
        samples: samples(&store, &tried.changed, edit)?,
        sync: Value::Null,
    };
    tell(context, &document);
    if document.changed == 0 || args.dry_run {
        if context.ui.json() {
            context.ui.document(&document);
        }
        return Ok(ExitStatus::Done);
    }
    let leads = format::counted(document.changed, "lead");
    context.confirm(&format!("Change {leads}?"), &typed(context, args))?;
    let done = store.edit_leads_still_chosen(&chosen.filter, &tried.changed, edit, now)?;
    if done.missing > 0 {
        context.ui.note(format_args!(
            "{} changed or removed by somebody else meanwhile and left alone",
            match done.missing {
                1 => "1 lead was".to_owned(),
                several => format!("{} leads were", format::count(several)),
            }
        ));
    }
    document.changed = done.changed.len() as u64;
    document.unchanged += done.unchanged;
    context.ui.status(format_args!(
        "Changed {}.",
        format::counted(document.changed, "lead")
    ));
    let status = push(context, args, app, &store, &done.changed, &mut document).await?;
    if context.ui.json() {
        context.ui.document(&document);
    }
    Ok(status)
}

/// In Automatic what was edited goes at once, Failed leads too (decisions.md 29).
async fn push(
    context: &Context,
    args: &LeadEditArgs,
    app: &App,
    store: &Store,
    changed: &[LeadId],
    document: &mut EditedMany,
) -> Result<ExitStatus, CommandError> {
    if changed.is_empty() {
        return Ok(ExitStatus::Done);
    }
    let mut status = ExitStatus::Done;
    if !args.no_sync {
        let command = format!("lead edit{}", args.selection.typed());
        (document.sync, status) =
            pushing::push_leads_by_itself(context, app, changed, &command).await?;
    }
    if document.sync.is_null() {
        waiting::show(context, store, None)?;
    }
    Ok(status)
}

fn samples(
    store: &Store,
    changed: &[LeadId],
    edit: &LeadEdit,
) -> Result<Vec<Sample>, CommandError> {
    let first = &changed[..changed.len().min(SAMPLES)];
    let leads = store.load_leads(first)?;
    Ok(leads
        .iter()
        .map(|lead| Sample {
            id: store.ids().encode(lead.id),
            name: lead.display_name(),
            changes: changes(lead, edit),
        })
        .collect())
}

fn tell(context: &Context, document: &EditedMany) {
    let ui = &context.ui;
    if document.matched == 0 {
        return ui.status("No lead fits; nothing changed.");
    }
    if document.changed == 0 {
        return ui.status(format_args!(
            "{} {} all of this already; nothing changed.",
            format::counted(document.matched, "lead"),
            if document.matched == 1 { "has" } else { "have" }
        ));
    }
    let already = match document.unchanged {
        0 => String::new(),
        1 => "; 1 has it already".to_owned(),
        several => format!("; {} have it already", format::count(several)),
    };
    ui.status(format_args!(
        "Would change {} of {}{already}:",
        format::count(document.changed),
        format::counted(document.matched, "lead"),
    ));
    for sample in &document.samples {
        ui.status(format_args!(
            "{} ({})",
            format::clean(&sample.name),
            sample.id
        ));
        tell_changes(context, &sample.changes);
    }
    let more = document.changed - document.samples.len() as u64;
    if more > 0 {
        ui.status(format_args!("and {} more.", format::counted(more, "lead")));
    }
}

/// The command as it is typed, for somebody who is to say yes to it.
fn typed(context: &Context, args: &LeadEditArgs) -> String {
    let mut command = format!("mobly-sync lead edit{}", args.selection.typed());
    if let Some(event) = &context.globals.event {
        command.push_str(&format!(" --event {}", quote(event)));
    }
    for one in &args.set {
        command.push_str(&format!(
            " --set {}={}",
            quote(&one.name),
            quote(&one.value)
        ));
    }
    for name in &args.clear {
        command.push_str(&format!(" --clear {}", quote(name)));
    }
    for one in &args.qualifier {
        let pair = format!("{}={}", one.name, one.value);
        command.push_str(&format!(" --qualifier {}", quote(&pair)));
    }
    if args.no_sync {
        command.push_str(" --no-sync");
    }
    command
}
