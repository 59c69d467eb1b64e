//! Events and leads by what people call them.

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::values;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::ids::LeadId;
use crate::store::{Candidate, Lookup, Store};

/// What a command does with what is named: the beginning of a name is enough for reading, and for writing where a person
/// sees the full name echoed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// Shows.
    Read,
    /// Changes or pushes.
    Write,
}

impl Context {
    /// The event of that name or number.
    ///
    /// # Errors
    /// `not_found` (1), `ambiguous` (2); for a change without a terminal only the full name or number will do (2).
    pub fn event(&self, store: &Store, name: &str, naming: Naming) -> Result<Event, CommandError> {
        match store.find_event(name)? {
            Lookup::Exact(event) => Ok(event),
            Lookup::Prefix(event) if naming == Naming::Read || self.ui.can_prompt() => {
                if naming == Naming::Write {
                    self.ui.note(format!("event: {}", event.name));
                }
                Ok(event)
            }
            Lookup::Prefix(event) => Err(CommandError::new(
                ErrorCode::Ambiguous,
                format!(
                    "{name:?} is only the beginning of {:?}; a script names an event in full or by its id ({})",
                    event.name, event.id
                ),
            )),
            Lookup::Unknown => {
                let near = store.events()?;
                let nearest = values::nearest(name, near.iter().map(|event| event.name.as_str()));
                let error = CommandError::not_found(format!("there is no event {name:?}"))
                    .fix("mobly-sync event list");
                Err(match nearest {
                    Some(nearest) => error.hint(format!("did you mean {nearest:?}?")),
                    None => error,
                })
            }
            Lookup::Ambiguous(candidates) => Err(ambiguous(name, "events", &candidates)),
        }
    }

    /// The event `--event` names, for a push or a retry: the environment never narrows those.
    ///
    /// # Errors
    /// As [`Context::event`].
    pub fn pushed_event(&self, store: &Store) -> Result<Option<Event>, CommandError> {
        self.globals
            .event
            .as_deref()
            .map(|name| self.event(store, name, Naming::Write))
            .transpose()
    }

    /// The lead of that id, prefix or address.
    ///
    /// # Errors
    /// `not_found` (1), `ambiguous` (2).
    pub fn lead(&self, store: &Store, text: &str) -> Result<LeadId, CommandError> {
        match store.find_lead(text)? {
            Lookup::Exact(lead) | Lookup::Prefix(lead) => Ok(lead),
            Lookup::Unknown => Err(CommandError::not_found(format!("there is no lead {text:?}"))
                .hint("a lead is named by its id, the first four characters of it or more, or its e-mail address")
                .fix(format!("mobly-sync lead list --search {}", quote(text)))),
            Lookup::Ambiguous(candidates) => Err(ambiguous(text, "leads", &candidates)),
        }
    }
}

fn ambiguous(name: &str, what: &str, candidates: &[Candidate]) -> CommandError {
    let listed = candidates
        .iter()
        .map(|candidate| format!("{} ({})", candidate.id, candidate.label));
    CommandError::new(
        ErrorCode::Ambiguous,
        format!("{name:?} fits several {what}"),
    )
    .hint(format!("one of: {}", listed.collect::<Vec<_>>().join(", ")))
}
