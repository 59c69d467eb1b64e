//! The event an import puts its rows into.

use super::events;
use super::import::LeadImportArgs;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::env_vars;
use crate::store::{Lookup, Store};

/// The event the rows go into.
pub(super) enum Chosen {
    /// None but what the file says.
    Files,
    /// One that is there; `fills`: named by the environment, so that the file's own column comes first.
    Known { event: Event, fills: bool },
    /// One to be added.
    New(String),
}

impl Chosen {
    /// The event's name, whether it is there or not.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Files => None,
            Self::Known { event, .. } => Some(event.name.clone()),
            Self::New(name) => Some(name.clone()),
        }
    }

    /// The event as it is now.
    pub(super) fn named(&self, store: &Store) -> Result<Option<Event>, CommandError> {
        Ok(match self {
            Self::Files => None,
            Self::Known { event, .. } => Some(event.clone()),
            Self::New(name) => store.find_event(name)?.found(),
        })
    }
}

/// The event an import is for, by what was given.
pub(super) fn event_of(
    context: &Context,
    store: &Store,
    args: &LeadImportArgs,
) -> Result<Chosen, CommandError> {
    let Some(name) = &context.globals.event else {
        return match env_vars::event() {
            Some(name) => Ok(Chosen::Known {
                event: events::known(context, store, &name)?,
                fills: true,
            }),
            None => Ok(Chosen::Files),
        };
    };
    if name.trim().is_empty() {
        return Err(CommandError::usage("--event names no event"));
    }
    match store.find_event(name)? {
        Lookup::Exact(event) => Ok(Chosen::Known {
            event,
            fills: false,
        }),
        // Asked to add it, a script gets what it names and never another event that begins alike.
        Lookup::Unknown | Lookup::Prefix(_) | Lookup::Ambiguous(_) if args.create_event => {
            Ok(Chosen::New(name.clone()))
        }
        Lookup::Unknown => Err(events::unknown(store, name)?
            .hint("--create-event adds events that are not known yet")
            .fix(format!(
                "mobly-sync lead import {} --event {} --create-event",
                quote(&args.file),
                quote(name)
            ))),
        Lookup::Prefix(_) | Lookup::Ambiguous(_) => Ok(Chosen::Known {
            event: context.event(store, name, Naming::Write)?,
            fills: false,
        }),
    }
}
