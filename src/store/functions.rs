//! Functions SQL lacks: the comparisons of [`crate::domain::expression`], and what makes a lead worth a look.
//!
//! SQLite knows case in ASCII only; these answer as the rest of the program does. They are not used by the schema itself, so a
//! file stays readable by any other tool.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use crate::domain::expression::{fold, moment, number};
use crate::domain::{company, person};

/// Makes the functions known to a connection.
pub(super) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    // Of nothing: the empty text, so that every comparison is true or false.
    connection.create_scalar_function("lead_fold", 1, flags, |context| {
        Ok(text(context, 0).map(fold).unwrap_or_default())
    })?;
    connection.create_scalar_function("lead_contains", 2, flags, |context| {
        let part = text(context, 1).unwrap_or_default();
        Ok(fold(text(context, 0).unwrap_or_default()).contains(part))
    })?;
    connection.create_scalar_function("lead_number", 1, flags, |context| {
        Ok(text(context, 0).and_then(number))
    })?;
    connection.create_scalar_function("lead_moment", 1, flags, |context| {
        Ok(text(context, 0).and_then(moment))
    })?;
    connection.create_scalar_function("lead_free_mail", 1, flags, |context| {
        let host = text(context, 0).and_then(|key| key.rsplit_once('@'));
        Ok(host.is_some_and(|(_, host)| company::is_free_mail(host)))
    })?;
    connection.create_scalar_function("lead_person", 3, flags, |context| {
        Ok(person::person_key(
            text(context, 0),
            text(context, 1),
            text(context, 2),
        ))
    })
}

fn text<'a>(context: &'a Context<'_>, index: usize) -> Option<&'a str> {
    match context.get_raw(index) {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}
