//! Making a record: field by field as far as the vendor takes them.

use serde_json::Value;

use super::answer::Step;
use super::fixes::By;
use super::{FieldEnd, Going, LOCKED, PATIENCE, Tried, TriedField};
use crate::domain::failure::Failure;
use crate::domain::mapping::{Outgoing, apply};
use crate::domain::plan::PlannedField;
use crate::engine::decide::{FieldPlan, plan_create};
use crate::engine::set_up::ObjectFields;
use crate::vendors::{Change, LinkKind, RemoteId, Row, Values, Verdict};

/// A record on its way: what is still to be sent with it.
pub(super) struct Draft<'a> {
    pub(super) described: &'a ObjectFields,
    /// The values that were not refused yet.
    pub(super) values: Vec<Outgoing>,
    /// The field and the record it stands under: a company's own key, or the company of a person.
    pub(super) under: Option<(&'static str, RemoteId)>,
    /// The company a new person is joined to, where the vendor takes that inline.
    pub(super) links: Vec<(&'static str, RemoteId)>,
    /// Whether `under` is the company of a person.
    pub(super) joins: bool,
}

impl Going<'_, '_> {
    /// Makes one record; `company`: what became of the company before it.
    pub(super) async fn make(&mut self, object: &'static str, company: Option<&Tried>) -> Tried {
        let mut tried = Tried::of(object);
        let Some(described) = self.trial.schema(object) else {
            tried.problem(format!("the fields of {object} are not known"), None);
            return tried;
        };
        let mapped = apply(
            self.lead,
            object,
            self.trial.rules,
            self.trial.qualifiers,
            &described.schema,
            self.trial.event,
        );
        for failure in &mapped.failures {
            let fix = self.fix(object, failure, By::Us);
            tried.problem(failure.message.clone(), fix);
        }
        tried.notes.extend(mapped.notes);
        let mut draft = Draft {
            described,
            values: Vec::new(),
            under: self.own_key(object),
            links: Vec::new(),
            joins: false,
        };
        self.join(object, company, &mut draft);
        for value in mapped.values {
            match self.refused_here(object, described, &value) {
                None => draft.values.push(value),
                Some(failure) => {
                    let refused = self.refused(object, &value, (&failure, By::Us));
                    tried.fields.push(refused);
                }
            }
        }
        self.write(&mut tried, &mut draft).await;
        tried
    }

    /// The key of a company whose id is ours to choose.
    fn own_key(&self, object: &str) -> Option<(&'static str, RemoteId)> {
        let vendor = self.trial.vendor;
        if vendor.plan().create_company != Some(object) {
            return None;
        }
        let domain = self.lead.company_domain().map(|(domain, _)| domain);
        vendor.company_key(domain.as_deref(), self.lead.field("companyName"))
    }

    /// Puts the person into the company that was made, as a push would.
    fn join(&self, object: &'static str, company: Option<&Tried>, draft: &mut Draft<'_>) {
        let plan = self.trial.vendor.plan();
        let made = company.and_then(|company| Some((company.object, company.id.clone()?)));
        let Some((of, id)) = made.filter(|_| object == plan.create_person) else {
            return;
        };
        if let Some(field) = self.trial.link_field(object) {
            draft.under = Some((field, id));
            draft.joins = true;
        } else if matches!(plan.link, LinkKind::Association { .. }) {
            draft.links.push((of, id));
        }
    }

    /// Why a value would not be sent, by what the vendor's metadata tells.
    fn refused_here(
        &self,
        object: &'static str,
        described: &ObjectFields,
        value: &Outgoing,
    ) -> Option<Failure> {
        let alone = std::slice::from_ref(value);
        let vendor = self.trial.vendor;
        let rows = self.trial.rows_here();
        let plan = plan_create(vendor, object, &described.schema, alone, rows, None, false);
        // What a record lacks is no fault of this value.
        let mut failures = plan.failures.into_iter();
        failures.find(|failure| names(failure, &value.remote))
    }

    /// Sends the record; a field the vendor refuses is left out and the rest sent again.
    async fn write(&mut self, tried: &mut Tried, draft: &mut Draft<'_>) {
        let (mut refusals, mut locks) = (0, LOCKED.iter());
        while refusals < PATIENCE {
            let plan = plan_create(
                self.trial.vendor,
                tried.object,
                &draft.described.schema,
                &draft.values,
                self.trial.rows_here(),
                draft
                    .under
                    .as_ref()
                    .map(|(field, id)| (*field, id.as_str())),
                true,
            );
            if let Some(failure) = plan.failures.first() {
                let fix = self.fix(tried.object, failure, By::Us);
                tried.problem(failure.message.clone(), fix);
                return;
            }
            if plan.values.is_empty() {
                tried.problem("nothing is left to send", None);
                return;
            }
            let row = Row {
                trace: "trial".to_owned(),
                change: Change::Create {
                    values: plan.values.clone(),
                },
                links: draft.links.clone(),
                despite_duplicates: false,
                is_no_news: true,
            };
            let answer = self.trial.vendor.write(tried.object, &[row]).await;
            let verdict = match answer {
                Ok(answer) => answer.rows.into_iter().next().map(|row| row.verdict),
                Err(error) => match self.of_error(tried, &plan, error).await {
                    Some(verdict) => Some(verdict),
                    None => return,
                },
            };
            if matches!(verdict, Some(Verdict::Later(_)))
                && let Some(length) = locks.next()
            {
                self.pause(*length).await;
                continue;
            }
            refusals += 1;
            match self.take(tried, draft, &plan, verdict).await {
                Step::Over => return,
                Step::Again => {}
            }
        }
        tried.problem(
            format!("{PATIENCE} fields were refused, one after the other"),
            None,
        );
    }

    /// It is there: in the file before anything else.
    pub(super) fn made(
        &mut self,
        tried: &mut Tried,
        draft: &Draft<'_>,
        plan: &FieldPlan,
        id: RemoteId,
    ) {
        let kept = self.book.made(tried.object, &id, &plan.values);
        self.keep(kept);
        tried.id = Some(id);
        let link = draft.under.as_ref().map(|(field, _)| *field);
        let told = plan.fields.iter().filter(|told| {
            // The company is told as the link it is; a key of its own is no field of the mapping.
            link != Some(told.remote.as_str())
        });
        tried
            .fields
            .extend(told.map(|told| sent(told, draft, &plan.values)));
    }

    pub(super) fn refused(
        &self,
        object: &str,
        value: &Outgoing,
        (failure, by): (&Failure, By),
    ) -> TriedField {
        TriedField {
            ours: value.ours.clone(),
            remote: value.remote.clone(),
            given: value.parts.join("; "),
            sent: Value::Null,
            taken: None,
            end: FieldEnd::Refused {
                why: failure.message.clone(),
                fix: self.fix(object, failure, by),
            },
        }
    }

    pub(super) fn is_company(&self, object: &str) -> bool {
        self.trial.vendor.plan().create_company == Some(object)
    }
}

/// Whether a failure is about this field.
pub(super) fn names(failure: &Failure, field: &str) -> bool {
    let named = failure.field.as_deref();
    named.is_some_and(|named| named.eq_ignore_ascii_case(field))
}

/// A field of a record that was made.
fn sent(told: &PlannedField, draft: &Draft<'_>, values: &Values) -> TriedField {
    let schema = &draft.described.schema;
    let name = schema
        .field(&told.remote)
        .map_or(told.remote.as_str(), |field| field.name.as_str());
    let given = draft
        .values
        .iter()
        .find(|value| value.remote == told.remote && value.ours == told.field);
    let sent = values.get(name).cloned();
    let end = match (&sent, &told.why_not) {
        (Some(_), None) => FieldEnd::Unread,
        (_, why) => FieldEnd::LeftOut(
            why.clone()
                .filter(|why| !why.is_empty())
                .unwrap_or_else(|| "left out with what else is sent".to_owned()),
        ),
    };
    TriedField {
        ours: told.field.clone(),
        remote: name.to_owned(),
        given: given.map_or_else(String::new, |value| value.parts.join("; ")),
        sent: sent.filter(|_| end == FieldEnd::Unread).unwrap_or_default(),
        taken: None,
        end,
    }
}
