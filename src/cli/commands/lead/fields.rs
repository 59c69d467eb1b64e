//! `--set`, `--clear` and `--qualifier`: what somebody says about a lead by hand.

use std::collections::BTreeMap;

use crate::capture::rows::{self, Cells};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::values::{self, Assignment};
use crate::domain::hints::quote;
use crate::domain::lead::{FIELDS, field_named};
use crate::domain::qualifier::value_key;
use crate::store::{QualifierColumn, Store};

/// Names that mean something else than a field.
const OTHER_MEANINGS: &[&str] = &["event", "externalId", "remoteId", "scans", "id"];
/// Columns of exports that are never stored.
const OUR_PREFIX: &str = "mobly_sync_";

/// The key of a field somebody names by key, label, or (a field of their own) any name.
///
/// # Errors
/// A usage error where it is none that can be set.
pub(super) fn key(context: &Context, name: &str) -> Result<String, CommandError> {
    let name = name.trim();
    if let Some(info) = field_named(name) {
        return if info.computed {
            Err(CommandError::usage(format!(
                "{} is known by itself and cannot be set",
                info.key
            )))
        } else {
            Ok(info.key.to_owned())
        };
    }
    let other = OTHER_MEANINGS
        .iter()
        .any(|word| word.eq_ignore_ascii_case(name));
    if other || name.to_lowercase().starts_with(OUR_PREFIX) || name.is_empty() {
        return Err(
            CommandError::usage(format!("{name:?} is no field of a lead"))
                .hint("an event is named with --event"),
        );
    }
    let near = values::nearest(name, FIELDS.iter().map(|field| field.key))
        .or_else(|| values::nearest(name, FIELDS.iter().map(|field| field.label)));
    if let Some(near) = near {
        context.ui.note(format_args!(
            "{name:?} is a field of your own; the usual one is {near}"
        ));
    }
    Ok(name.to_owned())
}

/// Assignments by field; of several for one field the last counts.
pub(super) fn fields(
    context: &Context,
    set: &[Assignment],
) -> Result<BTreeMap<String, String>, CommandError> {
    set.iter()
        .map(|one| Ok((key(context, &one.name)?, one.value.clone())))
        .collect()
}

/// The qualifiers and answers somebody names.
///
/// # Errors
/// `not_found` with the nearest name.
pub(super) fn answers<'a>(
    columns: &'a [QualifierColumn],
    given: &'a [Assignment],
) -> Result<Vec<(&'a QualifierColumn, &'a str)>, CommandError> {
    given
        .iter()
        .map(|one| {
            let wanted = value_key(&one.name);
            columns
                .iter()
                .find(|column| column.name_key == wanted)
                .map(|column| (column, one.value.as_str()))
                .ok_or_else(|| unknown_qualifier(columns, &one.name))
        })
        .collect()
}

fn unknown_qualifier(columns: &[QualifierColumn], name: &str) -> CommandError {
    let error = CommandError::not_found(format!("there is no qualifier {name:?}"));
    match values::nearest(name, columns.iter().map(|column| column.name.as_str())) {
        Some(near) => error.hint(format!("did you mean {near:?}?")),
        None => error,
    }
    .fix(if columns.is_empty() {
        format!("mobly-sync qualifier add {}", quote(name))
    } else {
        "mobly-sync qualifier list".to_owned()
    })
}

/// An answer that is no value of its qualifier is kept, and told.
///
/// # Errors
/// As every statement.
pub(super) fn tell_undefined(
    context: &Context,
    store: &Store,
    answers: &[(&QualifierColumn, &str)],
) -> Result<(), CommandError> {
    for (column, cell) in answers {
        let Some(qualifier) = store.qualifier(column.id)? else {
            continue;
        };
        let parts = if qualifier.multiple {
            crate::domain::qualifier::split_answers(cell)
        } else {
            vec![(*cell).to_owned()]
        };
        for part in parts.iter().filter(|part| !part.trim().is_empty()) {
            let known = qualifier
                .values
                .iter()
                .any(|value| value_key(&value.value) == value_key(part));
            if !known {
                context.ui.warning(format_args!(
                    "{part:?} is none of the answers of {}: it is kept, and has no mapping",
                    qualifier.name
                ));
            }
        }
    }
    Ok(())
}

/// Doubtful values are kept, and told.
pub(super) fn tell_doubts(context: &Context, fields: &BTreeMap<String, String>) {
    let cells = Cells {
        fields: fields
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| (key.as_str(), value.as_str().into()))
            .collect(),
        ..Cells::default()
    };
    rows::doubts(&cells, |field, reason| {
        context.ui.warning(format_args!("{field}: {reason}"));
    });
}
