//! `requirement`: fields a lead must have before it may sync.

pub mod add;
pub mod list;
pub mod remove;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::{Naming, nothing_connected};
use crate::cli::values::nearest;
use crate::cli::waiting;
use crate::domain::hints::quote;
use crate::domain::integration::Integration;
use crate::domain::lead::{FIELDS, field_named};
use crate::exit::ExitStatus;
use crate::store::requirements::{Requirement, RequirementChange};
use crate::store::{Lookup, Store};
use crate::ui::format;

/// Demand fields a lead must have before it may sync
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync requirement add email \"phone|mobilePhone\"\n  mobly-sync requirement list"
)]
pub struct RequirementArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: RequirementCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum RequirementCommand {
    List(list::RequirementListArgs),
    Add(add::RequirementAddArgs),
    Remove(remove::RequirementRemoveArgs),
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &RequirementArgs) -> Result<ExitStatus, CommandError> {
    match &args.command {
        RequirementCommand::List(args) => list::run(context, args),
        RequirementCommand::Add(args) => add::run(context, args),
        RequirementCommand::Remove(args) => remove::run(context, args),
    }
}

/// A demand in JSON.
#[derive(Debug, Clone, Serialize)]
struct RequirementEntry {
    field: String,
    alternatives: Vec<String>,
    event: Option<String>,
    /// Leads that wait for it.
    waiting: u64,
}

#[derive(Serialize)]
struct Document {
    integration: String,
    requirements: Vec<RequirementEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<bool>,
    /// Leads that wait for data.
    waiting: u64,
}

/// The integration whose demands are meant; one never connected has no leads to keep back.
fn integration(context: &Context, store: &Store) -> Result<Integration, CommandError> {
    let found = context.integration(store, None)?;
    if found.account.is_none() {
        return Err(nothing_connected());
    }
    Ok(found)
}

/// Reads what is demanded: a field, or several of which one will do (`phone|mobilePhone`). Adding is strict: a field nobody
/// has would keep every lead back.
fn read(
    context: &Context,
    store: &Store,
    words: &[String],
    strict: bool,
) -> Result<Vec<Requirement>, CommandError> {
    // The environment narrows what is shown; a demand is of an event only where it is named.
    let event = match context.globals.event.as_deref() {
        Some(name) => Some(context.event(store, name, Naming::Write)?.id),
        None => None,
    };
    let custom = store.custom_fields()?;
    let mut requirements: Vec<Requirement> = Vec::new();
    for word in words {
        let mut fields = Vec::new();
        for name in word
            .split('|')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let field = field_key(name, &custom, strict)?;
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        if fields.is_empty() {
            return Err(CommandError::usage(format!("{word:?} names no field"))
                .fix("mobly-sync mapping fields"));
        }
        let requirement = Requirement { fields, event };
        if !requirements.contains(&requirement) {
            requirements.push(requirement);
        }
    }
    Ok(requirements)
}

fn field_key(name: &str, custom: &[String], strict: bool) -> Result<String, CommandError> {
    if let Some(info) =
        field_named(name).filter(|info| !info.computed || info.key == "companyDomain")
    {
        return Ok(info.key.to_owned());
    }
    let own = custom.iter().find(|own| own.eq_ignore_ascii_case(name));
    if let Some(own) = own {
        return Ok(own.clone());
    }
    // A field of everybody's own that no lead has may still be one of those that are to come; of a slip it cannot be told
    // apart, and would keep everybody back. One alternative that exists would do no harm, but is not asked for.
    if !strict {
        return Ok(name.to_owned());
    }
    let known = FIELDS.iter().flat_map(|field| [field.key, field.label]);
    let near = nearest(name, known.chain(custom.iter().map(String::as_str)));
    let error = CommandError::usage(format!(
        "{name:?} is no field of a lead; demanding it would keep every lead back"
    ));
    Err(match near {
        Some(near) => error.hint(format!("did you mean {near}?")),
        None => error
            .hint("name a field as `mobly-sync lead show LEAD` does, or one that leads here have"),
    })
}

fn entries(
    store: &Store,
    integration: &Integration,
) -> Result<Vec<RequirementEntry>, CommandError> {
    let board = store.board(integration, &crate::domain::board::BoardFilter::default())?;
    let needs: Vec<_> = board
        .pre_sync
        .iter()
        .flat_map(|group| &group.needs)
        .collect();
    let mut entries = Vec::new();
    for requirement in store.requirements(integration.id)? {
        let event = match requirement.event {
            Some(id) => match store.find_event(&id.to_string())? {
                Lookup::Exact(event) | Lookup::Prefix(event) => Some(event.name),
                _ => None,
            },
            None => None,
        };
        let field = requirement.label();
        let waiting = needs.iter().find(|need| need.field == field);
        entries.push(RequirementEntry {
            waiting: waiting.map_or(0, |need| need.count),
            alternatives: requirement.fields,
            field,
            event,
        });
    }
    Ok(entries)
}

/// Tells what a change of the demands did.
fn told(
    context: &Context,
    store: &Store,
    integration: &Integration,
    done: RequirementChange,
    said: &str,
) -> Result<ExitStatus, CommandError> {
    let ui = &context.ui;
    ui.status(said);
    if ui.json() {
        ui.document(&Document {
            integration: integration.name.clone(),
            requirements: entries(store, integration)?,
            changed: Some(done.changed > 0),
            waiting: done.waiting,
        });
        return Ok(ExitStatus::Done);
    }
    if done.changed > 0 {
        waiting::show(context, store, None)?;
    }
    Ok(ExitStatus::Done)
}

fn command(verb: &str, requirements: &[Requirement], integration: &Integration) -> String {
    let words: Vec<String> = requirements
        .iter()
        .map(|requirement| quote(&requirement.label()))
        .collect();
    format!(
        "requirement {verb} {} -i {}",
        words.join(" "),
        integration.name
    )
}

fn labels(requirements: &[Requirement]) -> String {
    let labels: Vec<String> = requirements.iter().map(Requirement::label).collect();
    format::clean(&labels.join(", "))
}
