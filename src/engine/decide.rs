//! Pure: what of a lead's values goes into a record, and what it replaces.
//!
//! Local checks come last, on values that would be sent: a bad value that would not be written must not fail the lead
//! (decisions.md 21).

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::mapping::{OnInvalid, Outgoing, WriteBehaviour};
use crate::domain::remote::{ObjectSchema, RemoteField};
use crate::domain::run::FieldEffect;
use crate::domain::write::{self, Decision, Standing};
use crate::store::LastWritten;
use crate::vendors::{RemoteRecord, Values, Vendor};

/// What shall be sent for one record.
#[derive(Debug, Default)]
pub(super) struct FieldPlan {
    /// The fields to send.
    pub(super) values: Values,
    /// What those fields hold now; empty for a new record.
    pub(super) before: Map<String, Value>,
    /// What happens field by field, for the summary.
    pub(super) effects: Vec<(String, FieldEffect)>,
    /// Lines for the log.
    pub(super) notes: Vec<String>,
    /// What would be refused.
    pub(super) failures: Vec<Failure>,
}

impl FieldPlan {
    /// Lets the vendor leave out of a change what cannot be sent beside the rest.
    fn settle(&mut self, vendor: &dyn Vendor, record: &RemoteRecord) {
        let notes = vendor.settle(record.object, Some(record), &mut self.values);
        self.notes.extend(notes);
        self.forget_what_is_not_sent();
    }

    /// The same once the person of this change joins a company: what the company holds is not the person's to send.
    pub(super) fn yield_to_company(&mut self, vendor: &dyn Vendor, object: &str) {
        let is_theirs = |name: &String| vendor.company_holds(object, name);
        let left: Vec<String> = self
            .values
            .keys()
            .filter(|name| is_theirs(name))
            .cloned()
            .collect();
        if left.is_empty() {
            return;
        }
        self.values.retain(|name, _| !is_theirs(name));
        self.forget_what_is_not_sent();
        self.notes.push(format!(
            "{} left out: the {} joins a company, which holds it",
            left.join(", "),
            object.to_lowercase()
        ));
    }

    /// What is left out was not written, whatever was meant.
    fn forget_what_is_not_sent(&mut self) {
        let values = &self.values;
        self.before.retain(|name, _| values.contains_key(name));
        self.effects
            .retain(|(name, effect)| effect.kept > 0 || values.contains_key(name));
    }
}

/// The field a value is for, or why it cannot be written.
fn target<'a>(
    schema: &'a ObjectSchema,
    object: &str,
    value: &Outgoing,
) -> Result<&'a RemoteField, Failure> {
    let missing = |message: String| {
        Failure::new(Category::MissingRemoteField, message)
            .on_object(object)
            .on_field(value.remote.clone())
    };
    let field = schema.field(&value.remote).ok_or_else(|| {
        missing(format!(
            "{} has no field {:?} any more (mapped from {})",
            object, value.remote, value.ours
        ))
    })?;
    if !field.writable {
        return Err(missing(format!(
            "{:?} is read-only (mapped from {})",
            value.remote, value.ours
        )));
    }
    Ok(field)
}

/// What a new record holds; `under`: the field and the record that it stands under.
#[must_use]
pub(super) fn plan_create(
    vendor: &dyn Vendor,
    object: &'static str,
    schema: &ObjectSchema,
    mapped: &[Outgoing],
    under: Option<(&'static str, &str)>,
) -> FieldPlan {
    let mut plan = FieldPlan::default();
    if let Some((field, id)) = under {
        plan.values.insert(field.to_owned(), id.into());
    }
    for value in mapped {
        match target(schema, object, value)
            .and_then(|field| Ok((field, encode(vendor, field, value)?)))
        {
            Ok((field, encoded)) if field.opt_out && !is_true(&encoded) => {
                plan.notes
                    .push(format!("{} only ever takes true", field.name));
            }
            Ok((field, encoded)) => {
                // What is added is added to what another rule puts there.
                let other = plan.values.get(&field.name);
                let other = other.filter(|_| value.write == WriteBehaviour::Append);
                let sent = match other {
                    Some(other) => vendor.join(field, other, &encoded).unwrap_or(other.clone()),
                    None => encoded,
                };
                plan.values.insert(field.name.clone(), sent);
            }
            Err(failure) => refuse(&mut plan, value, failure),
        }
    }
    plan.notes
        .extend(vendor.settle(object, None, &mut plan.values));
    if plan.failures.is_empty() {
        check_required(object, schema, mapped, &mut plan);
        plan.failures.extend(vendor.lacks(object, &plan.values));
    }
    plan
}

/// Everything that would be refused of a new record, and not only what comes first.
#[must_use]
pub(super) fn refusals_of_new(
    vendor: &dyn Vendor,
    object: &'static str,
    schema: &ObjectSchema,
    mapped: &[Outgoing],
    under: Option<(&'static str, &str)>,
) -> Vec<Failure> {
    let mut plan = plan_create(vendor, object, schema, mapped, under);
    if !plan.failures.is_empty() {
        check_required(object, schema, mapped, &mut plan);
    }
    plan.failures
}

/// What may be refused of a change to a record that is there, whatever it holds: every value that could be sent is tried.
#[must_use]
pub(super) fn refusals_of_known(
    vendor: &dyn Vendor,
    object: &str,
    schema: &ObjectSchema,
    mapped: &[Outgoing],
    created_by_us: bool,
) -> Vec<Failure> {
    let mut plan = FieldPlan::default();
    for value in mapped {
        let tried = match target(schema, object, value) {
            Ok(_) if value.write == WriteBehaviour::CreateOnly && !created_by_us => continue,
            Ok(field) => encode(vendor, field, value),
            Err(failure) => Err(failure),
        };
        if let Err(failure) = tried {
            refuse(&mut plan, value, failure);
        }
    }
    plan.failures
}

/// What changes in a record that is there.
#[must_use]
pub(super) fn plan_update(
    vendor: &dyn Vendor,
    schema: &ObjectSchema,
    mapped: &[Outgoing],
    record: &RemoteRecord,
    last: Option<&LastWritten>,
    created_by_us: bool,
) -> FieldPlan {
    let mut plan = FieldPlan::default();
    for value in mapped {
        let field = match target(schema, record.object, value) {
            Ok(field) => field,
            Err(failure) => {
                refuse(&mut plan, value, failure);
                continue;
            }
        };
        let theirs = record.values.get(&field.name);
        // What is added is added to what another rule leaves there.
        let other = plan.values.get(&field.name).cloned();
        let is_second = other.is_some();
        let standing = Standing {
            theirs: match value.write {
                WriteBehaviour::Append => other.as_ref().or(theirs),
                _ => theirs,
            },
            last_written: last.and_then(|last| last.values.get(&field.name)),
            created_by_us: created_by_us || last.is_some_and(|last| last.created_by_us),
        };
        let same = |left: &Value, right: &Value| vendor.same(field, left, right);
        let join = |theirs: &Value, ours: &Value| vendor.join(field, theirs, ours);
        let encoded = encode(vendor, field, value);
        let ours = encoded
            .as_ref()
            .map_or_else(|_| Value::String(value.parts.join("; ")), Clone::clone);
        if field.opt_out && !is_true(&ours) {
            continue;
        }
        match (
            write::decide(value.write, standing, &ours, same, join),
            encoded,
        ) {
            (Decision::Send { .. }, Err(failure)) => refuse(&mut plan, value, failure),
            (
                Decision::Send {
                    value: sent,
                    overwrites,
                },
                Ok(_),
            ) => {
                if is_second && theirs.is_some_and(|theirs| same(theirs, &sent)) {
                    // Together they leave it as it is.
                    plan.values.remove(&field.name);
                    plan.effects.retain(|(name, _)| *name != field.name);
                    continue;
                }
                let before = theirs.cloned().unwrap_or(Value::Null);
                plan.before.insert(field.name.clone(), before);
                plan.values.insert(field.name.clone(), sent);
                if is_second {
                    continue;
                }
                let (filled, overwritten) = if overwrites { (0, 1) } else { (1, 0) };
                plan.effects.push((
                    field.name.clone(),
                    FieldEffect {
                        filled,
                        overwritten,
                        kept: 0,
                    },
                ));
            }
            (Decision::Keep(_), _) => {
                plan.effects.push((
                    field.name.clone(),
                    FieldEffect {
                        kept: 1,
                        ..FieldEffect::default()
                    },
                ));
            }
            (Decision::Same, _) => {}
        }
    }
    plan.settle(vendor, record);
    plan
}

fn encode(vendor: &dyn Vendor, field: &RemoteField, value: &Outgoing) -> Result<Value, Failure> {
    let encoded = vendor.encode(field, &value.parts, value.truncate);
    match (&encoded, &value.fallback_owner) {
        (Err(_), Some(fallback)) => vendor.encode(field, std::slice::from_ref(fallback), false),
        _ => encoded,
    }
}

fn refuse(plan: &mut FieldPlan, value: &Outgoing, failure: Failure) {
    if value.on_invalid == OnInvalid::Drop {
        plan.notes
            .push(format!("{} is left out: {}", value.remote, failure.message));
    } else {
        plan.failures.push(failure);
    }
}

fn is_true(value: &Value) -> bool {
    matches!(value, Value::Bool(true))
        || value
            .as_str()
            .is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

/// A field a new record must have: unmapped it is the set-up's fault, mapped and empty the lead's.
fn check_required(object: &str, schema: &ObjectSchema, mapped: &[Outgoing], plan: &mut FieldPlan) {
    let missing: Vec<&RemoteField> = schema
        .fields
        .iter()
        .filter(|field| {
            field.required_on_create && field.writable && !plan.values.contains_key(&field.name)
        })
        .collect();
    for field in missing {
        if mapped.iter().any(|value| value.remote == field.name) {
            continue;
        }
        plan.failures.push(
            Failure::new(
                Category::RequiredFieldMissing,
                format!(
                    "a new {object} must have {:?} ({})",
                    field.name, field.label
                ),
            )
            .on_object(object)
            .on_field(field.name.clone()),
        );
    }
}

/// What two sets of mapped values share when nothing that would be sent differs.
#[must_use]
pub(super) fn payload_hash(parts: &[(&str, &[Outgoing])]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for (object, values) in parts {
        hash.update(object.as_bytes());
        hash.update([1]);
        for value in *values {
            for text in std::iter::once(&value.remote).chain(&value.parts) {
                hash.update(text.as_bytes());
                hash.update([0]);
            }
            hash.update(value.write.name().as_bytes());
            hash.update([2]);
        }
    }
    hash.finalize()[..16].to_vec()
}
