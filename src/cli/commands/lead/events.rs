//! The event leads are put into.

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::values;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::store::{Lookup, Store};

/// The event of that name or id.
///
/// # Errors
/// As every command that writes; an unknown one with the command that adds it.
pub(super) fn known(context: &Context, store: &Store, name: &str) -> Result<Event, CommandError> {
    if store.find_event(name)? == Lookup::Unknown {
        let add = format!("mobly-sync event add {}", quote(name));
        return Err(unknown(store, name)?.fix(add));
    }
    context.event(store, name, Naming::Write)
}

/// No event has this name; perhaps another was meant.
///
/// # Errors
/// As every statement.
pub(super) fn unknown(store: &Store, name: &str) -> Result<CommandError, CommandError> {
    let events = store.events()?;
    let error = CommandError::not_found(format!("there is no event {name:?}"));
    let near = values::nearest(name, events.iter().map(|event| event.name.as_str()));
    Ok(match near {
        Some(near) => error.hint(format!("did you mean {near:?}?")),
        None => error,
    })
}
