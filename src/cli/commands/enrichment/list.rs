//! `enrichment list`.

use clap::Args;

use super::show::{Shown, Switch, overview};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;
use crate::store::enrichment_wants::WantedFields;
use crate::ui::table::{Cell, Table, Tone};

/// List rules and providers in the order they are asked, what they cost today and what went wrong
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync enrichment list\n  mobly-sync enrichment list --json"
)]
pub struct EnrichmentListArgs {}

/// Runs the command.
///
/// # Errors
/// If the file cannot be read.
pub fn run(context: &Context, _: &EnrichmentListArgs) -> Result<ExitStatus, CommandError> {
    let (app, store) = context.open()?;
    let overview = overview(&store, context.now(&app, &store)?)?;
    let ui = &context.ui;
    if ui.json() {
        ui.document(&overview);
        return Ok(ExitStatus::Done);
    }
    let mut table = Table::new(&["", "WHO", "STATE", "TODAY", "WHAT"]);
    for rules in &overview.rules {
        let what = if rules.name == "tidy" {
            "write captured values in one way"
        } else {
            "fill what follows from what is known"
        };
        table.row([
            Cell::from("-"),
            rules.name.into(),
            state(&rules.switch),
            Cell::toned("free", Tone::Faint),
            what.into(),
        ]);
    }
    for one in &overview.providers {
        let position = one.position.to_string();
        let what = match &one.last_error {
            Some(error) => Cell::toned(error.clone(), Tone::Bad),
            None => one.title.clone().into(),
        };
        table.row([
            position.into(),
            one.name.clone().into(),
            state(&one.switch),
            today(one).into(),
            what,
        ]);
    }
    table.print(ui);
    let elsewhere = overview
        .rules
        .iter()
        .map(|rules| (rules.name, &rules.switch));
    let elsewhere = elsewhere.chain(
        overview
            .providers
            .iter()
            .map(|one| (one.name.as_str(), &one.switch)),
    );
    for (name, switch) in elsewhere {
        for at in &switch.events {
            let state = if at.enabled { "on" } else { "off" };
            ui.status(format!("{name} is {state} at {}.", at.event));
        }
    }
    for one in &overview.providers {
        ui.status(format!("{} is asked for {}.", one.name, asked_for(one)));
    }
    if overview.providers.is_empty() {
        ui.next("mobly-sync enrichment add people-data-labs --key-stdin");
    } else if let Some(refused) = overview.providers.iter().find(|one| {
        one.last_error
            .as_deref()
            .is_some_and(|error| error.contains("sign-in"))
    }) {
        ui.next(&format!(
            "mobly-sync enrichment edit {} --key-stdin",
            refused.name
        ));
    }
    Ok(ExitStatus::Done)
}

fn state(switch: &Switch) -> Cell {
    match (switch.enabled, switch.events.is_empty()) {
        (true, true) => Cell::toned("on", Tone::Good),
        (true, false) => Cell::toned("on*", Tone::Good),
        (false, true) => Cell::toned("off", Tone::Faint),
        (false, false) => Cell::toned("off*", Tone::Care),
    }
}

/// The fields it is asked for, and why those.
fn asked_for(one: &Shown) -> String {
    let fields = match one.asked_for.as_slice() {
        [] => "nothing".to_owned(),
        fields => fields.join(", "),
    };
    match one.wanted {
        WantedFields::Needed => format!("what connections use: {fields}"),
        WantedFields::Every => "everything it knows".to_owned(),
        WantedFields::Named(_) => fields,
    }
}

/// What was paid for, of what may be.
fn today(one: &Shown) -> String {
    match (one.budget, one.budget_per_run) {
        (Some(budget), _) => format!("{} of {budget} paid", one.paid_today),
        (None, Some(budget)) => format!("{} paid, {budget} a run", one.paid_today),
        (None, None) => format!("{} paid", one.paid_today),
    }
}
