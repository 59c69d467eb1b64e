//! Reading back and removing.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{FieldEnd, Going, Joined, LOCKED, Tried};
use crate::domain::write::is_blank;
use crate::engine::verify::id_of;
use crate::vendors::{Find, KeyKind, LinkKind, RemoteRecord, RemoveEnd};

impl Going<'_, '_> {
    /// Compares the record as the vendor shows it with what was sent.
    pub(super) async fn read_back(&mut self, tried: &mut Tried) {
        let fields: BTreeSet<String> = tried
            .fields
            .iter()
            .filter(|field| field.end == FieldEnd::Unread)
            .map(|field| field.remote.clone())
            .collect();
        let Some(record) = self.read(tried, fields.into_iter().collect()).await else {
            return;
        };
        let described = self.trial.schema(tried.object);
        for field in &mut tried.fields {
            if field.end != FieldEnd::Unread {
                continue;
            }
            let theirs = record
                .values
                .get(&field.remote)
                .cloned()
                .unwrap_or_default();
            let remote = described.and_then(|object| object.schema.field(&field.remote));
            let same = match remote {
                Some(remote) => self.trial.vendor.same(remote, &theirs, &field.sent),
                None => theirs == field.sent,
            };
            field.end = if same {
                FieldEnd::Same
            } else {
                FieldEnd::Differs
            };
            field.taken = Some(theirs);
        }
    }

    /// A record that was made, or a problem of it.
    async fn read(&mut self, tried: &mut Tried, fields: Vec<String>) -> Option<RemoteRecord> {
        let id = tried.id.clone()?;
        let find = Find {
            object: tried.object,
            by: KeyKind::Id,
            keys: vec![id],
            fields,
            created_after: None,
        };
        match self.trial.vendor.find(&find).await {
            Ok(answer) => {
                let mut records = answer.found.into_iter().flat_map(|found| found.records);
                let record = records.next();
                if record.is_none() {
                    let message = "it could not be read back: the vendor does not show it";
                    tried.problem(message, None);
                }
                record
            }
            Err(error) => {
                self.stop(&error);
                tried.problem(format!("it could not be read back: {error}"), None);
                None
            }
        }
    }

    /// Whether the person came into its company; `None`: this vendor joins nobody here.
    pub(super) async fn link(&mut self, records: &mut [Tried]) -> Option<Joined> {
        let plan = self.trial.vendor.plan();
        let of = plan.create_company?;
        if plan.link == LinkKind::None {
            return None;
        }
        let who = plan.create_person;
        let place = |object: &str| records.iter().position(|tried| tried.object == object);
        let (company, person) = (place(of)?, place(who)?);
        let ids = (records[person].id.clone(), records[company].id.clone());
        let (person_id, company_id) = match ids {
            (Some(person), Some(company)) => (person, company),
            (_, None) if records[company].left_out => {
                return told(true, format!("the {who} goes without: no {of} is made"));
            }
            (_, None) => return told(false, format!("not tried: there is no {of} to join")),
            (None, _) => return told(false, format!("not tried: there is no {who} to join")),
        };
        let (companies, field) = match plan.link {
            LinkKind::InPerson { object, .. } if object != who => {
                let message = format!("a new {who} is in no {of}: only a {object} is");
                return told(true, message);
            }
            LinkKind::InPerson { field, .. } => {
                let record = self
                    .read(&mut records[person], vec![field.to_owned()])
                    .await;
                let Some(record) = record else {
                    return told(false, format!("could not be read back from {field}"));
                };
                let held = record.values.get(field).filter(|value| !is_blank(value));
                let held = held.and_then(id_of).into_iter().collect();
                (held, format!(", by {field}"))
            }
            _ => {
                let asked = [person_id.clone()];
                match self.trial.vendor.linked(&asked).await {
                    Ok(linked) => (linked.into_iter().next().unwrap_or_default(), String::new()),
                    Err(error) => {
                        self.stop(&error);
                        return told(false, format!("could not be read back: {error}"));
                    }
                }
            }
        };
        let is_ours = |id: &String| {
            id_of(&Value::String(id.clone())) == id_of(&Value::String(company_id.clone()))
        };
        let others: Vec<&str> = companies
            .iter()
            .filter(|id| !is_ours(id))
            .map(String::as_str)
            .collect();
        if !others.is_empty() {
            // Some vendors look for a company of the address themselves, or make one.
            let title = self.trial.vendor.info().title;
            records[person].notes.push(format!(
                "{title} itself joined it to {of} {}, which stays",
                others.join(", ")
            ));
        }
        match companies.iter().any(is_ours) {
            true => told(true, format!("the {who} is in the {of}{field}")),
            false => told(
                false,
                format!("the {who} is not in the {of}, although it was sent{field}"),
            ),
        }
    }

    /// Takes a record away again; one that stays is told by its id.
    pub(super) async fn remove(&mut self, tried: &mut Tried) {
        let Some(id) = tried.id.clone() else { return };
        let object = tried.object;
        if self.trial.vendor.undoing().object(object).is_none() {
            tried.problem(
                format!("the {object} {id} stays: the vendor's API removes none; remove it there"),
                None,
            );
            return;
        }
        let ids = [id.clone()];
        let mut locks = LOCKED.iter();
        let end = loop {
            let end = match self.trial.vendor.remove(object, &ids).await {
                Ok(answer) => answer.ends.into_iter().next().map(|(end, _)| end),
                Err(error) => {
                    self.stop(&error);
                    tried.problem(
                        format!("the {object} {id} stays, remove it there: {error}"),
                        None,
                    );
                    return;
                }
            };
            match (end, locks.next()) {
                (Some(RemoveEnd::Later), Some(length)) => self.pause(*length).await,
                (end, _) => break end,
            }
        };
        match end {
            Some(RemoveEnd::Done | RemoveEnd::Gone) => {
                tried.removed = true;
                let kept = self.book.gone(object, &id);
                self.keep(kept);
            }
            Some(RemoveEnd::Refused(failure)) => tried.problem(
                format!(
                    "the {object} {id} stays, remove it there: {}",
                    failure.message
                ),
                None,
            ),
            Some(RemoveEnd::Later) => tried.problem(
                format!("the {object} {id} stays, remove it there: the vendor has it locked"),
                None,
            ),
            _ => tried.problem(
                format!("whether the {object} {id} is gone was not told: look there"),
                None,
            ),
        }
    }
}

fn told(ok: bool, message: String) -> Option<Joined> {
    Some(Joined { ok, message })
}
