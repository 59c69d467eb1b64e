//! `event edit EVENT`.

use clap::Args;
use jiff::civil::Date;

use super::entry::{EventChanged, EventEntry, check_days, check_name, check_zone};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::values;
use crate::exit::ExitStatus;
use crate::store::events::EventEdit;

/// Change an event
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync event edit Expo --rename \"Expo 2026\"\n  mobly-sync event edit \"Expo 2026\" --to 2026-11-19 --clear city"
)]
pub struct EventEditArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,

    /// Call it this
    #[arg(long, value_name = "NAME")]
    pub rename: Option<String>,

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

    /// Take this away (can be repeated)
    #[arg(long, value_name = "PART")]
    pub clear: Vec<EventPart>,
}

/// `--clear`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[allow(missing_docs)]
pub enum EventPart {
    From,
    To,
    Tz,
    City,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &EventEditArgs) -> Result<ExitStatus, CommandError> {
    let edit = edit_of(args)?;
    if edit == EventEdit::default() {
        return Err(CommandError::usage("there is nothing to change")
            .hint("name what to change: --rename, --from, --to, --tz, --city or --clear"));
    }
    let name = context.required_event(args.name.as_deref())?;
    let (_, mut store) = context.open()?;
    let before = context.event(&store, &name, Naming::Write)?;
    let part = |edit: &Option<Option<String>>, has: &Option<String>| {
        edit.clone().unwrap_or_else(|| has.clone())
    };
    check_days(
        part(&edit.from, &before.from).as_deref(),
        part(&edit.to, &before.to).as_deref(),
    )?;
    store.edit_event(before.id, &edit)?;
    let after = store
        .event(before.id)?
        .ok_or_else(|| CommandError::not_found(format!("there is no event {name:?} any more")))?;
    let changed = after != before;
    let ui = &context.ui;
    if changed {
        ui.status(format_args!("Changed {}.", after.name));
        if after.name != before.name && store.leads_of_event(after.id)? > 0 {
            ui.note("leads that were pushed before keep the old name in the CRM; sync-event --again brings the new one");
        }
    } else {
        ui.status(format_args!(
            "{} has all of this already; nothing changed.",
            after.name
        ));
    }
    if ui.json() {
        ui.document(&EventChanged {
            event: EventEntry::of(&store, after)?,
            changed,
        });
    }
    Ok(ExitStatus::Done)
}

fn edit_of(args: &EventEditArgs) -> Result<EventEdit, CommandError> {
    let given = |part: EventPart, value: Option<String>| match (value, args.clear.contains(&part)) {
        (Some(_), true) => Err(CommandError::usage(format!(
            "--clear {0} and --{0} exclude each other",
            clap::ValueEnum::to_possible_value(&part)
                .map(|value| value.get_name().to_owned())
                .unwrap_or_default()
        ))),
        (Some(value), false) => Ok(Some(Some(value))),
        (None, true) => Ok(Some(None)),
        (None, false) => Ok(None),
    };
    let rename = args.rename.as_deref().map(check_name).transpose()?;
    Ok(EventEdit {
        name: rename.map(str::to_owned),
        from: given(EventPart::From, args.from.map(|day| day.to_string()))?,
        to: given(EventPart::To, args.to.map(|day| day.to_string()))?,
        tz: given(
            EventPart::Tz,
            args.tz.as_deref().map(check_zone).transpose()?,
        )?,
        city: given(EventPart::City, args.city.clone())?,
    })
}
