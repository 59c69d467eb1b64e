//! Pure: what of a lead's values goes into a record, and what it replaces.
//!
//! Local checks come last, on values that would be sent: a bad value that would not be written must not fail the lead
//! (decisions.md 21).

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::mapping::{OnInvalid, Outgoing, WriteBehaviour};
use crate::domain::plan::{LEAD_WOULD_FAIL, PlannedField};
use crate::domain::remote::{ObjectSchema, RemoteField};
use crate::domain::rows::Rows;
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
    /// Fields that are left out since what they would hold is refused, and their row says so.
    pub(super) dropped: Vec<String>,
    /// Field by field what was decided and why, where somebody asks.
    pub(super) fields: Vec<PlannedField>,
    explains: bool,
}

impl FieldPlan {
    fn new(explains: bool) -> Self {
        Self {
            explains,
            ..Self::default()
        }
    }

    /// Tells of a value that goes into a field; `why_not`: it does not.
    pub(super) fn tell(
        &mut self,
        (field, remote): (&str, &str),
        old: Option<&Value>,
        new: &Value,
        why_not: Option<&str>,
    ) {
        if self.explains {
            self.fields.push(PlannedField {
                field: field.to_owned(),
                remote: remote.to_owned(),
                old: old.cloned().unwrap_or_default(),
                new: new.clone(),
                write: why_not.is_none(),
                why_not: why_not.map(str::to_owned),
            });
        }
    }

    /// Nothing of it goes: the record is refused as a whole.
    pub(super) fn nothing_goes(&mut self) {
        for field in self.fields.iter_mut().filter(|field| field.write) {
            field.write = false;
            field.why_not = Some(LEAD_WOULD_FAIL.to_owned());
        }
    }

    /// What was to be written and is left out after all.
    fn left_out(&mut self, why: &str) {
        for field in self.fields.iter_mut().filter(|field| field.write) {
            match self.values.get(&field.remote) {
                Some(sent) => field.new = sent.clone(),
                None => {
                    field.write = false;
                    field.why_not = Some(why.to_owned());
                }
            }
        }
        if !self.explains {
            return;
        }
        // What the vendor makes of other fields (a full name) is written all the same.
        let made: Vec<(String, Value)> = self
            .values
            .iter()
            .filter(|(name, _)| !self.fields.iter().any(|told| told.remote == **name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        for (name, value) in made {
            let old = self.before.get(&name).cloned();
            self.tell((&name, &name), old.as_ref(), &value, None);
        }
    }

    /// Lets the vendor leave out of a change what cannot be sent beside the rest.
    fn settle(&mut self, vendor: &dyn Vendor, record: &RemoteRecord) {
        let notes = vendor.settle(record.object, Some(record), &mut self.values);
        self.left_out(&notes.join("; "));
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
        let why = format!(
            "the {} joins a company, which holds it",
            object.to_lowercase()
        );
        self.left_out(&why);
        self.notes
            .push(format!("{} left out: {why}", left.join(", ")));
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
pub(super) fn target<'a>(
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
    rows: Rows<'_>,
    under: Option<(&'static str, &str)>,
    explains: bool,
) -> FieldPlan {
    let mut plan = FieldPlan::new(explains);
    if let Some((field, id)) = under {
        plan.values.insert(field.to_owned(), id.into());
        plan.tell(("company", field), None, &id.into(), None);
    }
    for value in mapped {
        match target(schema, object, value)
            .and_then(|field| Ok((field, encode(vendor, field, value)?)))
        {
            Ok((field, encoded)) if field.opt_out && !is_true(&encoded) => {
                plan.notes
                    .push(format!("{} only ever takes true", field.name));
                let place = (value.ours.as_str(), value.remote.as_str());
                plan.tell(place, None, &encoded, Some("only ever takes true"));
            }
            Ok((field, encoded)) => {
                // What is added is added to what another rule puts there.
                let other = plan.values.get(&field.name);
                let other = other.filter(|_| value.write == WriteBehaviour::Append);
                let sent = match other {
                    Some(other) => vendor.join(field, other, &encoded).unwrap_or(other.clone()),
                    None => encoded,
                };
                let place = (value.ours.as_str(), value.remote.as_str());
                plan.tell(place, None, &sent, None);
                plan.values.insert(field.name.clone(), sent);
            }
            Err(failure) if is_demanded(schema, value) => {
                // Left out, it would be missed: what is wrong with the value says more.
                let needed = Outgoing {
                    on_invalid: OnInvalid::Fail,
                    ..value.clone()
                };
                refuse(&mut plan, &needed, None, failure);
            }
            Err(failure) => refuse(&mut plan, value, None, failure),
        }
    }
    let notes = vendor.settle(object, None, &mut plan.values);
    plan.left_out(&notes.join("; "));
    plan.notes.extend(notes);
    if plan.failures.is_empty() {
        check_required(object, schema, mapped, rows, &mut plan);
        let lack = vendor.lacks(object, &plan.values);
        let is_told = |lack: &Failure| {
            let mut told = plan.failures.iter();
            lack.field.is_some() && told.any(|failure| failure.field == lack.field)
        };
        let lack = lack.filter(|lack| !is_told(lack));
        plan.failures.extend(lack);
    }
    plan
}

/// Whether a new record must have the field of a value.
fn is_demanded(schema: &ObjectSchema, value: &Outgoing) -> bool {
    let field = schema.field(&value.remote);
    field.is_some_and(|field| field.required_on_create)
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
    explains: bool,
) -> FieldPlan {
    let mut plan = FieldPlan::new(explains);
    for value in mapped {
        let place = (value.ours.as_str(), value.remote.as_str());
        let field = match target(schema, record.object, value) {
            Ok(field) => field,
            Err(failure) => {
                refuse(&mut plan, value, None, failure);
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
            plan.tell(place, theirs, &ours, Some("only ever takes true"));
            continue;
        }
        match (
            write::decide(value.write, standing, &ours, same, join),
            encoded,
        ) {
            (Decision::Send { .. }, Err(failure)) => refuse(&mut plan, value, theirs, failure),
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
                    plan.left_out(TOGETHER);
                    plan.tell(place, theirs, &ours, Some(TOGETHER));
                    continue;
                }
                plan.tell(place, theirs, &sent, None);
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
            (Decision::Keep(why), _) => {
                plan.tell(place, theirs, &ours, Some(why));
                plan.effects.push((
                    field.name.clone(),
                    FieldEffect {
                        kept: 1,
                        ..FieldEffect::default()
                    },
                ));
            }
            (Decision::Same, _) => {
                let is_same = theirs.is_some_and(|theirs| same(theirs, &ours));
                let why = if is_same {
                    "already so"
                } else {
                    "holds it already"
                };
                plan.tell(place, theirs, &ours, Some(why));
            }
        }
    }
    plan.settle(vendor, record);
    plan
}

pub(super) fn encode(
    vendor: &dyn Vendor,
    field: &RemoteField,
    value: &Outgoing,
) -> Result<Value, Failure> {
    let encoded = vendor.encode(field, &value.parts, value.truncate);
    match (&encoded, &value.fallback_owner) {
        (Err(_), Some(fallback)) => vendor.encode(field, std::slice::from_ref(fallback), false),
        _ => encoded,
    }
}

/// Why a field stays that two rules write.
const TOGETHER: &str = "what the rules of this field write together is there already";

pub(super) fn refuse(
    plan: &mut FieldPlan,
    value: &Outgoing,
    theirs: Option<&Value>,
    failure: Failure,
) {
    let place = (value.ours.as_str(), value.remote.as_str());
    let ours = Value::String(value.parts.join("; "));
    plan.tell(place, theirs, &ours, Some(&failure.message));
    if value.on_invalid == OnInvalid::Drop {
        plan.dropped.push(value.remote.clone());
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

/// A field a new record must have: unmapped it is the set-up's fault, mapped and empty the lead's (categories.md).
pub(super) fn check_required(
    object: &str,
    schema: &ObjectSchema,
    mapped: &[Outgoing],
    rows: Rows<'_>,
    plan: &mut FieldPlan,
) {
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
        let demand = format!(
            "a new {object} must have {:?} ({})",
            field.name, field.label
        );
        let failure = match rows.filler(object, &field.name) {
            Some(ours) => Failure::new(
                Category::NotEnoughData,
                format!("{demand}, and the lead has no {ours}"),
            ),
            None => Failure::new(Category::RequiredFieldMissing, demand),
        };
        plan.failures
            .push(failure.on_object(object).on_field(field.name.clone()));
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
