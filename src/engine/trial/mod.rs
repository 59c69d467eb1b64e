//! One disposable lead through the real mapping: what the vendor makes of every field.
//!
//! Nothing of it touches the file: the lead is nobody's, its records are made, read back and removed again, whatever was
//! refused on the way. A record that could not be removed is told by its id.

mod lead;

use std::collections::BTreeSet;

use serde_json::Value;

use super::decide::plan_create;
use super::set_up::ObjectFields;
use crate::domain::failure::Failure;
use crate::domain::ids::EventId;
use crate::domain::lead::Lead;
use crate::domain::mapping::{Outgoing, QualifierRule, Rule, apply};
use crate::domain::rows::Rows;
use crate::domain::write::is_blank;
use crate::vendors::{
    CallError, Change, Find, KeyKind, RemoteId, RemoveEnd, Row, Values, Vendor, Verdict,
};

pub use lead::disposable;

/// Fields the vendor may refuse one by one before the record counts as refused.
const PATIENCE: usize = 12;

/// What a trial runs through.
pub struct Trial<'a> {
    /// The vendor.
    pub vendor: &'a dyn Vendor,
    /// The mapping.
    pub rules: &'a [Rule],
    /// Targets of qualifiers.
    pub qualifiers: &'a [QualifierRule],
    /// The vendor's fields.
    pub objects: &'a [ObjectFields],
    /// The event whose own rows count.
    pub event: Option<EventId>,
}

/// What became of one record.
#[derive(Debug, Clone)]
pub struct Tried {
    /// The vendor's object.
    pub object: &'static str,
    /// The record, where one was made.
    pub id: Option<RemoteId>,
    /// Field by field.
    pub fields: Vec<TriedField>,
    /// What kept the whole record out, or keeps it there now; empty: all is well.
    pub problems: Vec<String>,
    /// Whether it is gone again.
    pub removed: bool,
}

/// What became of one field.
#[derive(Debug, Clone)]
pub struct TriedField {
    /// Our field, qualifier, `constant` or `template`.
    pub ours: String,
    /// The vendor's field.
    pub remote: String,
    /// What the lead had.
    pub given: String,
    /// What was sent; null: nothing.
    pub sent: Value,
    /// What the vendor holds; `None`: it could not be read.
    pub taken: Option<Value>,
    /// Whether that is what was sent.
    pub same: bool,
    /// Why it was refused.
    pub refused: Option<String>,
}

impl Trial<'_> {
    /// The objects a lead makes records of here, the company first.
    #[must_use]
    pub fn records(&self) -> Vec<&'static str> {
        let plan = self.vendor.plan();
        let filled = |object: &&'static str| self.rules.iter().any(|rule| rule.object == **object);
        plan.create_company
            .into_iter()
            .chain([plan.create_person])
            .filter(filled)
            .collect()
    }

    /// Objects of [`Trial::records`] whose records the vendor's API does not remove, or the user may not.
    ///
    /// # Errors
    /// Where the vendor does not answer.
    pub async fn stay(&self) -> Result<Vec<&'static str>, CallError> {
        let mut stay = Vec::new();
        for object in self.records() {
            let documented = self.vendor.undoing().object(object).is_some();
            if !documented || !self.vendor.may_remove(object).await? {
                stay.push(object);
            }
        }
        Ok(stay)
    }

    /// Makes the records, reads them back and removes them, the person first.
    pub async fn run(&self, lead: &Lead) -> Vec<Tried> {
        let mut tried = Vec::new();
        for object in self.records() {
            tried.push(self.make(lead, object).await);
        }
        for record in &mut tried {
            self.read_back(record).await;
        }
        for record in tried.iter_mut().rev() {
            self.remove(record).await;
        }
        tried
    }

    fn schema(&self, object: &str) -> Option<&ObjectFields> {
        self.objects.iter().find(|known| known.info.key == object)
    }

    async fn make(&self, lead: &Lead, object: &'static str) -> Tried {
        let mut tried = Tried {
            object,
            id: None,
            fields: Vec::new(),
            problems: Vec::new(),
            removed: false,
        };
        let Some(described) = self.schema(object) else {
            tried
                .problems
                .push(format!("the fields of {object} are not known"));
            return tried;
        };
        let mapped = apply(
            lead,
            object,
            self.rules,
            self.qualifiers,
            &described.schema,
            self.event,
        );
        tried.problems.extend(
            mapped
                .failures
                .iter()
                .map(|failure| failure.message.clone()),
        );
        let mut going = Vec::new();
        for value in mapped.values {
            match self.encoded(object, described, &value) {
                Ok(()) => going.push(value),
                Err(failure) => tried.fields.push(refused(&value, &failure)),
            }
        }
        self.write(&mut tried, described, going).await;
        tried
    }

    fn rows(&self) -> Rows<'_> {
        Rows {
            rules: self.rules,
            qualifiers: self.qualifiers,
            event: self.event,
        }
    }

    /// Whether a value would be sent, by what the vendor's metadata tells.
    fn encoded(
        &self,
        object: &'static str,
        described: &ObjectFields,
        value: &Outgoing,
    ) -> Result<(), Failure> {
        let alone = std::slice::from_ref(value);
        let plan = plan_create(
            self.vendor,
            object,
            &described.schema,
            alone,
            self.rows(),
            None,
            false,
        );
        // What a record lacks is no fault of this value.
        let mut failures = plan.failures.into_iter();
        let own = failures.find(|failure| failure.field.as_deref() == Some(&value.remote));
        own.map_or(Ok(()), Err)
    }

    /// Sends the record; a field the vendor refuses is left out and the rest sent again.
    async fn write(&self, tried: &mut Tried, described: &ObjectFields, mut going: Vec<Outgoing>) {
        let object = tried.object;
        for _ in 0..PATIENCE {
            let plan = plan_create(
                self.vendor,
                object,
                &described.schema,
                &going,
                self.rows(),
                None,
                false,
            );
            if let Some(failure) = plan.failures.first() {
                tried.problems.push(failure.message.clone());
                return;
            }
            if plan.values.is_empty() {
                tried.problems.push("nothing is left to send".to_owned());
                return;
            }
            let row = Row {
                trace: "trial".to_owned(),
                change: Change::Create {
                    values: plan.values.clone(),
                },
                links: Vec::new(),
                despite_duplicates: false,
                is_no_news: true,
            };
            let verdict = match self.vendor.write(object, &[row]).await {
                Ok(answer) => answer.rows.into_iter().next().map(|row| row.verdict),
                Err(error) => {
                    tried.problems.push(error.to_string());
                    return;
                }
            };
            match verdict {
                Some(Verdict::Done { id, .. }) => {
                    tried.id = Some(id);
                    tried.fields.extend(sent(&going, described, &plan.values));
                    return;
                }
                Some(Verdict::Refused(failure)) => {
                    let blamed = failure.field.as_deref();
                    let at = going
                        .iter()
                        .position(|value| Some(value.remote.as_str()) == blamed);
                    match at {
                        Some(at) => tried.fields.push(refused(&going.remove(at), &failure)),
                        None => {
                            tried.problems.push(failure.message);
                            return;
                        }
                    }
                }
                Some(Verdict::Exists { id } | Verdict::Overwrote { id }) => {
                    tried.problems.push(format!(
                        "the vendor takes it for the record {id}, which is left alone"
                    ));
                    return;
                }
                _ => {
                    tried.problems.push(
                        "the vendor's answer does not tell whether the record was made".to_owned(),
                    );
                    return;
                }
            }
        }
        tried.problems.push(format!(
            "{PATIENCE} fields were refused, one after the other"
        ));
    }

    async fn read_back(&self, tried: &mut Tried) {
        let Some(id) = tried.id.clone() else { return };
        let names: BTreeSet<String> = tried
            .fields
            .iter()
            .filter(|field| field.refused.is_none())
            .map(|field| field.remote.clone())
            .collect();
        let find = Find {
            object: tried.object,
            by: KeyKind::Id,
            keys: vec![id],
            fields: names.into_iter().collect(),
            created_after: None,
        };
        let found = match self.vendor.find(&find).await {
            Ok(answer) => answer
                .found
                .into_iter()
                .flat_map(|found| found.records)
                .next(),
            Err(error) => {
                tried
                    .problems
                    .push(format!("it could not be read back: {error}"));
                return;
            }
        };
        let Some(record) = found else {
            tried
                .problems
                .push("it could not be read back: the vendor does not show it".to_owned());
            return;
        };
        let described = self.schema(tried.object);
        for field in tried
            .fields
            .iter_mut()
            .filter(|field| field.refused.is_none())
        {
            let theirs = record
                .values
                .get(&field.remote)
                .cloned()
                .unwrap_or_default();
            let remote = described.and_then(|object| object.schema.field(&field.remote));
            field.same = match remote {
                Some(remote) => self.vendor.same(remote, &theirs, &field.sent),
                None => theirs == field.sent,
            };
            field.taken = Some(theirs);
        }
    }

    async fn remove(&self, tried: &mut Tried) {
        let Some(id) = tried.id.clone() else { return };
        if self.vendor.undoing().object(tried.object).is_none() {
            tried.problems.push(format!(
                "the {} {id} stays: the vendor's API removes none; remove it there",
                tried.object
            ));
            return;
        }
        let ids = [id.clone()];
        let end = match self.vendor.remove(tried.object, &ids).await {
            Ok(answer) => answer.ends.into_iter().next().map(|(end, _)| end),
            Err(error) => {
                tried.problems.push(format!(
                    "the {} {id} stays, remove it there: {error}",
                    tried.object
                ));
                return;
            }
        };
        match end {
            Some(RemoveEnd::Done | RemoveEnd::Gone) => tried.removed = true,
            Some(RemoveEnd::Refused(failure)) => tried.problems.push(format!(
                "the {} {id} stays, remove it there: {}",
                tried.object, failure.message
            )),
            _ => tried.problems.push(format!(
                "whether the {} {id} is gone was not told: look there",
                tried.object
            )),
        }
    }
}

fn given(value: &Outgoing) -> String {
    value.parts.join("; ")
}

fn refused(value: &Outgoing, failure: &Failure) -> TriedField {
    TriedField {
        ours: value.ours.clone(),
        remote: value.remote.clone(),
        given: given(value),
        sent: Value::Null,
        taken: None,
        same: false,
        refused: Some(failure.message.clone()),
    }
}

fn sent(going: &[Outgoing], described: &ObjectFields, values: &Values) -> Vec<TriedField> {
    going
        .iter()
        .map(|value| {
            let name = described
                .schema
                .field(&value.remote)
                .map_or(value.remote.as_str(), |field| field.name.as_str());
            TriedField {
                ours: value.ours.clone(),
                remote: name.to_owned(),
                given: given(value),
                sent: values.get(name).cloned().unwrap_or_default(),
                taken: None,
                same: false,
                refused: None,
            }
        })
        .filter(|field| !is_blank(&field.sent))
        .collect()
}
