//! Qualifiers, answers and events as people name them.

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::values::nearest;
use crate::domain::hints::quote;
use crate::domain::ids::EventId;
use crate::domain::qualifier::{Qualifier, QualifierValue, value_key};
use crate::store::Store;

/// The qualifier of that name, archived or not.
///
/// # Errors
/// `not_found`, with the one that was probably meant.
pub(in crate::cli::commands) fn qualifier(
    store: &Store,
    name: &str,
) -> Result<Qualifier, CommandError> {
    if let Some(found) = store.find_qualifier(name)? {
        return Ok(found);
    }
    let known = store.qualifiers(true)?;
    let near = nearest(name, known.iter().map(|qualifier| qualifier.name.as_str()));
    let error = CommandError::not_found(format!("there is no qualifier {name:?}"));
    Err(match (near, known.is_empty()) {
        (Some(near), _) => error
            .hint(format!("did you mean {near:?}?"))
            .fix("mobly-sync qualifier list"),
        (None, false) => error.fix("mobly-sync qualifier list"),
        (None, true) => error.fix(format!(
            "mobly-sync qualifier add {} --value ANSWER",
            quote(name)
        )),
    })
}

/// The qualifier's own answer of that spelling.
///
/// # Errors
/// `not_found`, with the one that was probably meant.
pub(in crate::cli::commands) fn answer<'a>(
    qualifier: &'a Qualifier,
    text: &str,
) -> Result<&'a QualifierValue, CommandError> {
    let found = qualifier
        .values
        .iter()
        .find(|value| value_key(&value.value) == value_key(text));
    found.ok_or_else(|| no_answer(qualifier, text))
}

/// An answer that is none of the qualifier's.
pub(super) fn no_answer(qualifier: &Qualifier, text: &str) -> CommandError {
    let known: Vec<&str> = qualifier
        .values
        .iter()
        .map(|value| value.value.as_str())
        .collect();
    let error = CommandError::not_found(format!(
        "{text:?} is no answer to {:?}; its answers are {}",
        qualifier.name,
        known.join(", ")
    ))
    .fix(format!(
        "mobly-sync qualifier edit {} --value {}",
        quote(&qualifier.name),
        quote(text)
    ));
    match nearest(text, known.iter().copied()) {
        Some(near) => error.hint(format!("did you mean {near:?}?")),
        None => error,
    }
}

/// The events a qualifier is asked at; `None` where none is named.
///
/// # Errors
/// As [`Context::event`].
pub(super) fn events(
    context: &Context,
    store: &Store,
    names: &[String],
) -> Result<Option<Vec<EventId>>, CommandError> {
    if names.is_empty() {
        return Ok(None);
    }
    names
        .iter()
        .map(|name| Ok(context.event(store, name, Naming::Write)?.id))
        .collect::<Result<_, CommandError>>()
        .map(Some)
}
