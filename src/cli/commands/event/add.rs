//! `event add NAME`.

use clap::Args;
use jiff::civil::Date;

use super::entry::{EventChanged, EventEntry, check_days, check_name, check_zone};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::values;
use crate::domain::hints::quote;
use crate::exit::ExitStatus;
use crate::store::events::{EventAdded, NewEvent};

/// Add an event; one of that name that is there already stays as it is
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync event add \"Expo 2026\" --from 2026-11-17 --to 2026-11-18 --tz America/Los_Angeles --city \"San Francisco\""
)]
pub struct EventAddArgs {
    /// The full name
    pub name: String,

    /// First day
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    pub from: Option<Date>,

    /// Last day
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    pub to: Option<Date>,

    /// Time zone, such as America/Los_Angeles
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,

    /// City
    #[arg(long, value_name = "CITY")]
    pub city: Option<String>,

    /// Keep its leads back, whatever the mode
    #[arg(long)]
    pub hold: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &EventAddArgs) -> Result<ExitStatus, CommandError> {
    let new = NewEvent {
        name: check_name(&args.name)?.to_owned(),
        from: args.from.map(|day| day.to_string()),
        to: args.to.map(|day| day.to_string()),
        tz: args.tz.as_deref().map(check_zone).transpose()?,
        city: args.city.clone(),
        hold: args.hold,
    };
    check_days(new.from.as_deref(), new.to.as_deref())?;
    let (app, mut store) = context.open()?;
    let now = context.now(&app, &store)?;
    let (event, changed) = match store.add_event(&new, now)? {
        EventAdded::Added(event) => (EventEntry::of(&store, event)?, true),
        EventAdded::Exists(event) => (EventEntry::of(&store, event)?, false),
    };
    let ui = &context.ui;
    if changed {
        ui.status(format_args!("Added {} (id {}).", event.name, event.id));
        let name = quote(&event.name);
        ui.next(&format!("mobly-sync lead import FILE --event {name}"));
    } else {
        ui.status(format_args!(
            "{} is there already (id {}); nothing changed.",
            event.name, event.id
        ));
        if differs(&new, &event) {
            ui.note("what was given differs from what it has");
            ui.next(&format!("mobly-sync event edit {}", quote(&event.name)));
        }
    }
    if ui.json() {
        ui.document(&EventChanged { event, changed });
    } else if !ui.out_is_terminal() {
        // For scripts: the id a later command can name.
        ui.data(event.id);
    }
    Ok(ExitStatus::Done)
}

fn differs(new: &NewEvent, event: &EventEntry) -> bool {
    let other = |given: &Option<String>, has: &Option<String>| given.is_some() && given != has;
    other(&new.from, &event.from)
        || other(&new.to, &event.to)
        || other(&new.tz, &event.tz)
        || other(&new.city, &event.city)
        || (new.hold && !event.held)
}
