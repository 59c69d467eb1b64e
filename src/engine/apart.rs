//! A request that was refused as a whole, taken apart by what its answer blames.

use super::send::Sendable;
use crate::domain::failure::Failure;
use crate::vendors::Guilty;

/// A refused batch, taken apart.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) failed: Vec<(Sendable, Failure)>,
    pub(super) again: Vec<Vec<Sendable>>,
}

/// Takes a refused batch apart by what the answer names; only an answer that names nothing is halved (decisions.md 17).
pub(super) fn take_apart(rows: Vec<Sendable>, failure: &Failure, guilty: &[Guilty]) -> Split {
    let mut split = Split::default();
    if rows.len() <= 1 {
        let of = |row: &Sendable| blamed(row, guilty).unwrap_or_else(|| failure.clone());
        split.failed.extend(rows.into_iter().map(|row| {
            let failure = of(&row);
            (row, failure)
        }));
        return split;
    }
    let mut innocent = Vec::new();
    for row in rows {
        match blamed_or(&row, guilty, failure) {
            Some(failure) => split.failed.push((row, failure)),
            None => innocent.push(row),
        }
    }
    if split.failed.is_empty() {
        let second = innocent.split_off(innocent.len() / 2);
        split.again = vec![second, innocent];
    } else if !innocent.is_empty() {
        split.again = vec![innocent];
    }
    split
}

fn blamed(row: &Sendable, guilty: &[Guilty]) -> Option<Failure> {
    guilty.iter().find_map(|guilty| match guilty {
        Guilty::Trace(_) => None,
        Guilty::Field { field, failure } => row
            .row
            .change
            .values()
            .contains_key(field)
            .then(|| failure.clone()),
        Guilty::Value {
            field,
            value,
            failure,
        } => holds(row, field.as_deref(), value).then(|| failure.clone().with_value(value.clone())),
    })
}

fn blamed_or(row: &Sendable, guilty: &[Guilty], failure: &Failure) -> Option<Failure> {
    let named = guilty
        .iter()
        .any(|guilty| matches!(guilty, Guilty::Trace(trace) if *trace == row.row.trace));
    blamed(row, guilty).or_else(|| named.then(|| failure.clone()))
}

fn holds(row: &Sendable, field: Option<&str>, value: &str) -> bool {
    let equals = |held: &serde_json::Value| {
        held.as_str().map_or_else(
            || *held == value,
            |held| held.trim().eq_ignore_ascii_case(value.trim()),
        )
    };
    row.row
        .change
        .values()
        .iter()
        .any(|(name, held)| field.is_none_or(|field| field == name) && equals(held))
}
