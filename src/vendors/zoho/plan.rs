//! The match orders, and what a record must and may hold.

use super::api::{Field, field};
use super::{ACCOUNT, ACCOUNT_NAME, CONTACT, LEAD, module};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::write::is_blank;
use crate::vendors::{CompanyKeys, Identity, KeyKind, LinkKind, MatchPlan, Step, Values};

/// The match order (product.md 9). A new person is a Lead in either: Contacts are who is a customer already.
pub(super) fn plan(contacts: bool, external_id: bool) -> MatchPlan {
    let looked_for: &[&str] = if contacts { &[CONTACT, LEAD] } else { &[LEAD] };
    let person = looked_for
        .iter()
        .flat_map(|object| {
            [KeyKind::Id, KeyKind::ExternalId, KeyKind::Email]
                .into_iter()
                .filter(|by| *by != KeyKind::ExternalId || external_id)
                .map(|by| Step { object, by })
        })
        .collect();
    let company = [KeyKind::Id, KeyKind::Domain, KeyKind::Name];
    MatchPlan {
        person,
        create_person: LEAD,
        company: company
            .into_iter()
            .filter(|_| contacts)
            .map(|by| Step {
                object: ACCOUNT,
                by,
            })
            .collect(),
        create_company: contacts.then_some(ACCOUNT),
        link: if contacts {
            LinkKind::InPerson {
                object: CONTACT,
                field: ACCOUNT_NAME,
            }
        } else {
            LinkKind::None
        },
        person_stands_alone: true,
        identity: Identity {
            first_name: "First_Name",
            last_name: "Last_Name",
            email: "Email",
        },
        company_keys: CompanyKeys {
            name: ACCOUNT_NAME,
            domain: "Website",
        },
    }
}

/// What a new record lacks for Zoho to take it (Zoho docs, "Insert Records", system-defined mandatory fields). Whether a
/// lead needs a company too is the organization's choice: its layouts tell.
pub(super) fn lacks(object: &'static str, values: &Values) -> Option<Failure> {
    let (name, words) = match object {
        ACCOUNT => (ACCOUNT_NAME, "a name"),
        _ => ("Last_Name", "a last name"),
    };
    let held = values.get(name).is_some_and(|value| !is_blank(value));
    (!held).then(|| {
        let kind = module(object).trim_end_matches('s');
        Failure::new(
            Category::NotEnoughData,
            format!("a new {kind} needs {words}"),
        )
        .on_object(object)
        .on_field(name)
        .with_code("MINIMUM_DATA")
    })
}

/// Some fields are taken only with a new record, some only later: those that are not taken now are left out, with a note.
pub(super) fn keep_taken(fields: &[Field], there: bool, values: &mut Values) -> Vec<String> {
    let mut notes = Vec::new();
    values.retain(|name, _| {
        let Some(field) = field(fields, name) else {
            return true;
        };
        let (taken, otherwise, when) = if there {
            (field.updatable(), field.creatable(), "a new record")
        } else {
            (
                field.creatable(),
                field.updatable(),
                "a record that is there",
            )
        };
        // What is taken at no time is refused by Zoho in its own words.
        let dropped = !taken && otherwise;
        if dropped {
            notes.push(format!("{name} is left out: it is taken only with {when}"));
        }
        !dropped
    });
    notes
}
