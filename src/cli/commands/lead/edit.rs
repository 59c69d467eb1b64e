//! `lead edit`: correct a lead.

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::entry::{self, LeadEntry, line_of, next_of};
use super::selection::SelectionArgs;
use super::{edit_many, fields};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::pushing;
use crate::cli::values::{self, Assignment};
use crate::domain::board::BoardState;
use crate::domain::hints::quote;
use crate::domain::ids::LeadId;
use crate::domain::lead::Lead;
use crate::exit::ExitStatus;
use crate::store::{LeadEdit, Store};
use crate::ui::format;

/// Correct a lead, or all that are chosen; in automatic mode they are pushed at once, even if they had failed
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead edit 7XK2M9QD --set jobTitle=\"Head of IT\"\n  mobly-sync lead edit ann@example.com --clear phone --qualifier \"Interest=Demo\" --no-sync\n  mobly-sync lead edit --where \"companyName = 'acme inc'\" --set companyName=Acme --dry-run"
)]
pub struct LeadEditArgs {
    /// The lead, by id, prefix of four or more, or e-mail
    #[arg(required_unless_present_any = ["matching", "issue", "state", "search"], conflicts_with_all = ["matching", "issue", "state", "search"])]
    pub lead: Option<String>,

    /// Which leads, where none is named.
    #[command(flatten)]
    pub selection: SelectionArgs,

    /// A field and its value (can be repeated)
    #[arg(long, value_name = "FIELD=VALUE", value_parser = values::assignment)]
    pub set: Vec<Assignment>,

    /// Take a field's value away (can be repeated)
    #[arg(long, value_name = "FIELD", visible_alias = "unset")]
    pub clear: Vec<String>,

    /// A qualifier and the answer, in place of those it has; none takes them away (can be repeated)
    #[arg(long, value_name = "NAME=ANSWER", value_parser = values::assignment)]
    pub qualifier: Vec<Assignment>,

    /// Tell what would change and change nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Push nothing afterwards, even in automatic mode
    #[arg(long)]
    pub no_sync: bool,
}

#[derive(Serialize)]
struct Edited {
    lead: LeadEntry,
    changed: bool,
    dry_run: bool,
    changes: Vec<FieldChange>,
    sync: Value,
}

/// A value before and after; answers stand under their qualifier.
#[derive(Debug, Serialize)]
pub(super) struct FieldChange {
    field: String,
    old: Option<String>,
    new: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadEditArgs) -> Result<ExitStatus, CommandError> {
    let mut set = fields::fields(context, &args.set)?;
    for name in &args.clear {
        let key = fields::key(context, name)?;
        if set
            .insert(key.clone(), String::new())
            .is_some_and(|value| !value.is_empty())
        {
            return Err(CommandError::usage(format!(
                "{key} is both set and cleared"
            )));
        }
    }
    if set.is_empty() && args.qualifier.is_empty() {
        return Err(CommandError::usage("there is nothing to change").hint(
            "name what to change: --set FIELD=VALUE, --clear FIELD or --qualifier NAME=ANSWER",
        ));
    }
    let (app, mut store) = context.open()?;
    let columns = store.qualifier_columns()?;
    let answers = fields::answers(&columns, &args.qualifier)?;
    fields::tell_doubts(context, &set);
    fields::tell_undefined(context, &store, &answers)?;
    let edit = LeadEdit {
        fields: set,
        answers: answers
            .iter()
            .map(|(column, cell)| ((*column).clone(), (*cell).to_owned()))
            .collect(),
    };
    let Some(named) = &args.lead else {
        return edit_many::run(context, args, &app, store, &edit).await;
    };
    let lead = context.lead(&store, named)?;
    let before = entry::load(&store, lead)?;
    let now = context.now(&app, &store)?;
    let outcome = store.edit_leads(&[lead], &edit, args.dry_run, now)?;
    if outcome.missing > 0 {
        return Err(CommandError::not_found("the lead was removed meanwhile"));
    }
    let changed = !outcome.changed.is_empty();
    let changes = changes(&before, &edit);
    tell(context, &store, &before, &changes, changed, args.dry_run);
    let (sync, status) = if changed && !args.dry_run && !args.no_sync {
        let command = format!("lead edit {}", quote(&store.ids().encode(lead)));
        pushing::push_lead_by_itself(context, &app, lead, &command).await?
    } else {
        (Value::Null, ExitStatus::Done)
    };
    if !context.ui.json() {
        if changed && !args.dry_run && sync.is_null() {
            next(context, &store, lead)?;
        }
        return Ok(status);
    }
    let integration = context.integration(&store, None).ok();
    let lead = entry::load(&store, lead)?;
    context.ui.document(&Edited {
        lead: LeadEntry::of(&store, integration.as_ref(), lead, &[])?,
        changed,
        dry_run: args.dry_run,
        changes,
        sync,
    });
    Ok(status)
}

/// What the edit makes different. Answers are compared by the store; they are shown as they were given.
pub(super) fn changes(before: &Lead, edit: &LeadEdit) -> Vec<FieldChange> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let fields = edit.fields.iter().map(|(key, value)| FieldChange {
        field: key.clone(),
        old: before.field(key).map(str::to_owned),
        new: some(value.trim()),
    });
    let answers = edit.answers.iter().map(|(column, cell)| {
        let old: Vec<&str> = before
            .answers
            .iter()
            .filter(|answer| answer.qualifier == column.id)
            .map(|answer| answer.raw.as_str())
            .collect();
        FieldChange {
            field: format!("qualifier:{}", column.name),
            old: some(&old.join("; ")),
            new: some(cell.trim()),
        }
    });
    fields
        .chain(answers)
        .filter(|change| change.old != change.new)
        .collect()
}

fn tell(
    context: &Context,
    store: &Store,
    before: &Lead,
    changes: &[FieldChange],
    changed: bool,
    dry_run: bool,
) {
    let ui = &context.ui;
    let who = format!(
        "{} ({})",
        format::clean(&before.display_name()),
        store.ids().encode(before.id)
    );
    match (changed, dry_run) {
        (false, _) => ui.status(format_args!(
            "{who} has all of this already; nothing changed."
        )),
        (true, true) => ui.status(format_args!("Would change {who}:")),
        (true, false) => ui.status(format_args!("Changed {who}:")),
    }
    if !changed {
        return;
    }
    tell_changes(context, changes);
}

/// A line for each change, old and new.
pub(super) fn tell_changes(context: &Context, changes: &[FieldChange]) {
    let ui = &context.ui;
    let none = ui.theme().symbols().none;
    let arrow = ui.theme().symbols().arrow;
    for change in changes {
        let show = |value: &Option<String>| {
            value
                .as_deref()
                .map_or_else(|| none.to_owned(), format::clean)
        };
        ui.status(format_args!(
            "  {}: {} {arrow} {}",
            format::clean(&change.field),
            show(&change.old),
            show(&change.new)
        ));
    }
}

/// What becomes of an edited lead that was not pushed.
pub(super) fn next(context: &Context, store: &Store, lead: LeadId) -> Result<(), CommandError> {
    let Ok(integration) = context.integration(store, None) else {
        return Ok(());
    };
    let Some(line) = line_of(store, &integration, lead)? else {
        return Ok(());
    };
    let ui = &context.ui;
    if line.state == BoardState::Failed {
        ui.status("It stays in Failed until it is retried.");
        ui.next(&format!("mobly-sync reconcile --lead {} --retry", line.id));
        return Ok(());
    }
    if line.state == BoardState::PreSync {
        ui.status("It is not pushed yet.");
    }
    if let Some(command) = next_of(&line, &integration, false) {
        ui.next(&command);
    }
    Ok(())
}
