//! Companies that stand in a field of the person ([`LinkKind::InPerson`]).
//!
//! The company's id goes with the person: into a new record always, into one that is there only while its field is blank.
//! A person under a company stays there (product.md 5.2), and then no company is looked for, let alone made.

use serde_json::Value;

use super::companies::{CompanyEnd, provide};
use super::decide::FieldPlan;
use super::matching::PersonFound;
use super::persons::{Lesson, Lessons};
use super::session::{Session, Settle};
use super::work::Work;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::lead::Role;
use crate::domain::plan::SENT_WITH_RECORD;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::domain::write::is_blank;
use crate::store::{Commit, RemoteLink, StoreError};
use crate::vendors::{LinkKind, RemoteRecord};

/// What becomes of the company's field of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Joins {
    /// It has none, or there is nothing to say of it.
    #[default]
    No,
    /// This company goes with the row.
    Sent(String),
    /// It holds this one already, and it stays.
    Keeps(String),
}

/// The field of this person object that holds the company.
pub(super) fn field_of(session: &Session, object: &str) -> Option<&'static str> {
    match session.plan.link {
        LinkKind::InPerson { object: of, field } if of == object => Some(field),
        _ => None,
    }
}

/// The company a record stands under.
fn held<'a>(session: &Session, record: &'a RemoteRecord) -> Option<&'a Value> {
    let field = field_of(session, record.object)?;
    record.values.get(field).filter(|value| !is_blank(value))
}

/// Finds or makes the companies of those who need one: who is new, or is there without any.
pub(super) async fn provide_companies(
    session: &Session,
    works: &mut [Work],
    found: &[(usize, PersonFound)],
    lessons: &Lessons,
) -> Result<(), StoreError> {
    let needs = |(index, found): &&(usize, PersonFound)| {
        let work = &works[*index];
        let object = match found {
            PersonFound::None if matches!(session.settle, Some(Settle::Adopt(_))) => return false,
            PersonFound::None if session.leaves_new_persons() => return false,
            PersonFound::None => session.plan.create_person,
            PersonFound::Record { record, .. } if held(session, record).is_none() => record.object,
            _ => return false,
        };
        field_of(session, object).is_some()
            && !work.closed
            && work.company_end.is_none()
            && work.mapping_failure(object).is_none()
            && !lessons
                .get(index)
                .is_some_and(|lesson| lesson.without_company)
    };
    let who: Vec<usize> = found
        .iter()
        .filter(needs)
        .map(|(index, _)| *index)
        .collect();
    provide(session, works, &who).await
}

/// The field and the company of a new person; `Ok(None)`: it has none.
pub(super) fn for_new(
    session: &Session,
    work: &mut Work,
    lesson: &Lesson,
) -> Result<Option<(&'static str, String)>, Failure> {
    work.joins = Joins::No;
    let object = session.plan.create_person;
    let Some(field) = field_of(session, object).filter(|_| !lesson.without_company) else {
        return Ok(None);
    };
    if let Some(company) = work.company_id().map(str::to_owned) {
        work.joins = Joins::Sent(company.clone());
        return Ok(Some((field, company)));
    }
    match work.company_end.as_deref() {
        None | Some(CompanyEnd::Absent) if !session.plan.person_stands_alone => {
            Err(no_company(session, object))
        }
        _ => Ok(None),
    }
}

pub(super) fn no_company(session: &Session, object: &str) -> Failure {
    let company = session.plan.create_company.unwrap_or("company");
    let mapped = session.rules.iter().any(|rule| rule.object == company);
    match mapped {
        true => Failure::new(
            Category::NotEnoughData,
            format!("a new {object} is made in its {company}, and the lead names no company"),
        )
        .on_field("companyName"),
        false => Failure::new(
            Category::RequiredFieldMissing,
            format!("a new {object} is made in its {company}, and nothing is mapped to {company}"),
        ),
    }
    .on_object(object)
}

/// Puts the company into the change of a person who has none; who has one keeps it.
pub(super) fn for_known(
    session: &Session,
    work: &mut Work,
    lesson: &Lesson,
    record: &RemoteRecord,
    plan: &mut FieldPlan,
) {
    work.joins = Joins::No;
    let Some(field) = field_of(session, record.object) else {
        return;
    };
    if let Some(theirs) = held(session, record) {
        let theirs = theirs
            .as_str()
            .map_or_else(|| theirs.to_string(), str::to_owned);
        work.joins = Joins::Keeps(theirs);
        return;
    }
    if let Some(company) = work.company_id().filter(|_| !lesson.without_company) {
        let company = company.to_owned();
        plan.tell(("company", field), None, &company.clone().into(), None);
        plan.values.insert(field.to_owned(), company.clone().into());
        plan.before.insert(field.to_owned(), Value::Null);
        work.joins = Joins::Sent(company);
        plan.yield_to_company(&*session.vendor, record.object);
    }
}

/// Tells in the log what became of the field, once the person is there.
pub(super) fn tell(session: &Session, work: &mut Work, commit: &mut Commit) {
    let object = session.plan.create_company.unwrap_or_default();
    match std::mem::take(&mut work.joins) {
        Joins::No => {}
        Joins::Sent(company) => {
            work.log_company();
            work.phases.push(PhaseEntry {
                action: Some(PhaseAction::Link),
                remote_id: Some(company.clone()),
                object: Some(object.to_owned()),
                ..PhaseEntry::local(Phase::Association, true, Some(SENT_WITH_RECORD.to_owned()))
            });
            commit
                .links
                .push((work.lead(), link(object, company, true)));
        }
        // What is known already is told once.
        Joins::Keeps(theirs)
            if work
                .known(object)
                .is_some_and(|link| link.remote_id == theirs) => {}
        Joins::Keeps(theirs) => {
            let (note, ours) = match work.company_id() {
                Some(company) if company == theirs => ("joined already", true),
                Some(_) => ("belongs to another company there, which stays", false),
                None => ("belongs to a company there already, which stays", false),
            };
            work.log_company();
            work.phases.push(PhaseEntry {
                action: Some(PhaseAction::Skip),
                remote_id: Some(theirs.clone()),
                object: Some(object.to_owned()),
                ..PhaseEntry::local(Phase::Association, true, Some(note.to_owned()))
            });
            if ours {
                commit
                    .links
                    .push((work.lead(), link(object, theirs, false)));
            }
        }
    }
}

fn link(object: &str, remote_id: String, created_by_us: bool) -> RemoteLink {
    RemoteLink {
        object: object.to_owned(),
        role: Role::Company,
        remote_id,
        created_by_us,
    }
}

/// Whether a refusal is about the company that went with the row.
pub(super) fn is_about_company(
    session: &Session,
    work: &Work,
    object: &str,
    failure: &Failure,
) -> bool {
    matches!(work.joins, Joins::Sent(_))
        && field_of(session, object).is_some_and(|field| failure.field.as_deref() == Some(field))
}

/// The company that went with the row is not there: it is looked for anew, once. True: the lead goes round again.
pub(super) fn look_anew(
    session: &Session,
    work: &mut Work,
    lesson: &mut Lesson,
    commit: &mut Commit,
) -> bool {
    let Joins::Sent(company) = std::mem::take(&mut work.joins) else {
        return false;
    };
    session.companies.forget(&company);
    commit.forgotten_companies.push(company);
    if lesson.sought_anew {
        return false;
    }
    lesson.sought_anew = true;
    work.company_end = None;
    work.phases.push(PhaseEntry::local(
        Phase::Association,
        true,
        Some("the company's record was gone at the vendor; it was looked for anew".to_owned()),
    ));
    true
}
