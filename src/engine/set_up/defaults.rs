//! The rows nearly everybody wants, without those that would make leads fail.

use super::options::{Misfit, misfits, repair_line};
use super::targets::refuse_unwritable;
use super::{ObjectFields, field_type};
use crate::domain::lead::Role;
use crate::domain::mapping::{Rule, RuleOptions, Source, default_write};
use crate::domain::remote::{RemoteField, RemoteKind, Suits, suits};
use crate::vendors::{DefaultRow, ObjectInfo, VendorInfo};

/// Refused values named in a reason.
const NAMED: usize = 3;
/// Refused values repaired by a suggested line.
const REPAIRED: usize = 8;

/// What `mapping defaults` would do.
#[derive(Debug, Default)]
pub struct Defaults {
    /// Rows to set, each in place of its field's other rows on that object.
    pub set: Vec<(Rule, Role)>,
    /// Rows that stay away.
    pub left_out: Vec<LeftOut>,
}

/// A default row that is not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The vendor's object.
    pub object: &'static str,
    /// Our field.
    pub field: &'static str,
    /// The vendor's field.
    pub remote: &'static str,
    /// Why.
    pub reason: String,
    /// The words after the program's name that set it all the same; `None`: it cannot be.
    pub command: Option<String>,
}

/// Plans the defaults of the described objects. `values` tells which values leads hold in a field; it is asked for closed
/// lists alone. Rows that are there stay, unless `replace` puts those that differ back.
pub fn defaults<E>(
    vendor: &'static VendorInfo,
    objects: &[ObjectFields],
    existing: &[Rule],
    replace: bool,
    mut values: impl FnMut(&str) -> Result<Vec<(String, u64)>, E>,
) -> Result<Defaults, E> {
    let mut plan = Defaults::default();
    for object in objects {
        let rows = vendor
            .defaults
            .iter()
            .filter(|row| row.object == object.info.key);
        for row in rows {
            let field = object.schema.field(row.remote);
            let standing = standing(row, existing);
            if !standing.is_empty() && !replace {
                continue;
            }
            match judge(object.info, row, field, &mut values)? {
                Ok(rule) => {
                    if !standing.iter().any(|old| alike(old, &rule)) || standing.len() > 1 {
                        plan.set.push((rule, object.info.role));
                    }
                }
                // A row somebody made with translations of their own is better than none.
                Err(_) if !standing.is_empty() => {}
                Err(left_out) => plan.left_out.push(left_out),
            }
        }
    }
    Ok(plan)
}

/// The general rows in the place of a default one: of its field, or of its target.
fn standing<'a>(row: &DefaultRow, existing: &'a [Rule]) -> Vec<&'a Rule> {
    existing
        .iter()
        .filter(|rule| rule.object == row.object && rule.event.is_none())
        .filter(|rule| {
            rule.remote == row.remote || rule.source == Source::Field(row.field.to_owned())
        })
        .collect()
}

fn alike(old: &Rule, new: &Rule) -> bool {
    (&old.remote, &old.source, old.write, &old.options)
        == (&new.remote, &new.source, new.write, &new.options)
}

fn judge<E>(
    object: &ObjectInfo,
    row: &DefaultRow,
    field: Option<&RemoteField>,
    values: &mut impl FnMut(&str) -> Result<Vec<(String, u64)>, E>,
) -> Result<Result<Rule, LeftOut>, E> {
    let left_out = |reason: String, command: Option<String>| LeftOut {
        object: row.object,
        field: row.field,
        remote: row.remote,
        reason,
        command,
    };
    let Some(field) = field else {
        return Ok(Err(left_out(
            format!(
                "{} has no field {:?} in this account",
                object.key, row.remote
            ),
            None,
        )));
    };
    if let Err(problem) = refuse_unwritable(object, field) {
        return Ok(Err(left_out(problem.to_string(), None)));
    }
    if suits(field_type(row.field), field.kind) == Suits::No {
        let reason = format!("it is a {} field in this account", field.kind.name());
        let command = repair_line(row.field, row.object, row.remote, &[]);
        return Ok(Err(left_out(reason, Some(command))));
    }
    if matches!(field.kind, RemoteKind::One | RemoteKind::Many) {
        let known = values(row.field)?;
        if let Some(reason) = closed_list(field, &known) {
            let misfits = misfits(field, &known, &Default::default());
            let repaired = &misfits[..misfits.len().min(REPAIRED)];
            let command = repair_line(row.field, row.object, row.remote, repaired);
            return Ok(Err(left_out(reason, Some(command))));
        }
    }
    let source = Source::Field(row.field.to_owned());
    Ok(Ok(Rule {
        object: row.object.to_owned(),
        remote: field.name.clone(),
        event: None,
        write: default_write(&source, Some(field)),
        source,
        options: RuleOptions::default(),
        described: Some(field.clone()),
    }))
}

/// Why a closed list is left alone; `None`: every known value is an option.
fn closed_list(field: &RemoteField, known: &[(String, u64)]) -> Option<String> {
    let Some(options) = &field.options else {
        return Some("a closed list whose options cannot be read".to_owned());
    };
    let list = format!("a closed list of {} options", options.len());
    if known.is_empty() {
        return Some(format!("{list}, and no lead has a value yet to try"));
    }
    let misfits = misfits(field, known, &Default::default());
    if misfits.is_empty() {
        return None;
    }
    let named: Vec<String> = misfits.iter().take(NAMED).map(named).collect();
    let more = if misfits.len() > NAMED { ", …" } else { "" };
    Some(format!(
        "{list}; {} of {} values of the leads are none of them: {}{more}",
        misfits.len(),
        known.len(),
        named.join(", ")
    ))
}

fn named(misfit: &Misfit) -> String {
    format!("{:?} ({})", misfit.value, misfit.leads)
}
