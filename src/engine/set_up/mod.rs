//! Setting up a connection: which object a rule goes to, what fits a field, what the defaults leave out.
//!
//! Pure decisions over the vendor's own metadata; nothing here asks a vendor or changes the file. Whatever is refused here
//! would be refused for every lead later, so it is refused with the nearest thing that would do.

mod answers;
mod defaults;
mod fields;
mod file;
mod options;
mod repair;
mod rules;
mod suggest;
mod synonyms;
mod targets;
#[cfg(test)]
mod tests;

pub use answers::{Matched, lost_options, matching};
pub use defaults::{Defaults, LeftOut, defaults};
pub use fields::{OurField, UnknownField, field_type, our_field};
pub use file::{FileError, MappingFile, RowProblem, order};
pub use options::{Misfit, misfits, nearest_options, option_value, repair_line};
pub use repair::{Need, fills, held_for, kept_options, source_type, takers};
pub use rules::{RuleChange, RuleProblem, is_match_key, loses_its_key, warning};
pub use suggest::{Suggestion, suggest};
pub use targets::{Chosen, TargetProblem, choose, objects_named, set_on};

use crate::domain::remote::ObjectSchema;
use crate::vendors::ObjectInfo;

/// One of the vendor's objects with its fields.
#[derive(Clone)]
pub struct ObjectFields {
    /// The object.
    pub info: &'static ObjectInfo,
    /// Its fields.
    pub schema: ObjectSchema,
}

/// The candidate whose spelling is nearest, if one is near enough to be meant.
fn nearest<T>(
    wanted: &str,
    candidates: impl IntoIterator<Item = T>,
    spelling: impl Fn(&T) -> &str,
) -> Option<T> {
    let wanted = plain(wanted);
    candidates
        .into_iter()
        .map(|candidate| {
            let theirs = plain(spelling(&candidate));
            let likeness = strsim::jaro_winkler(&wanted, &theirs);
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness > 0.85)
        // Of equals the first: lists come with the likeliest first.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

/// Letters and digits alone, in lower case: `Job Title`, `job_title` and `jobTitle` are one.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
