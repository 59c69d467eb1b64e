//! Permissions in a line, the same wherever they are shown.

use crate::vendors::Scopes;

/// How many are held and missing; `title`: the vendor's name for people.
#[must_use]
pub fn summary(scopes: Option<&Scopes>, title: &str) -> String {
    match scopes {
        None => format!("not readable: {title} does not tell"),
        Some(scopes) if scopes.missing.is_empty() => format!("{} held", scopes.held.len()),
        Some(scopes) => format!(
            "{} held, {} missing",
            scopes.held.len(),
            scopes.missing.len()
        ),
    }
}
