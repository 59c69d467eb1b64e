//! Match orders as product.md 9 tells them.

use mobly_sync::vendors::{CompanyKeys, Identity, KeyKind, LinkKind, MatchPlan, Step};

use super::{ACCOUNT, CONTACT, LEAD};

fn plan(person: &[&'static str], create_person: &'static str) -> MatchPlan {
    let steps = |object: &'static str, kinds: &[KeyKind]| {
        let kinds = kinds.iter();
        kinds.map(|by| Step { object, by: *by }).collect::<Vec<_>>()
    };
    MatchPlan {
        person: person
            .iter()
            .flat_map(|object| steps(object, &[KeyKind::Id, KeyKind::Email]))
            .collect(),
        create_person,
        company: Vec::new(),
        create_company: None,
        link: LinkKind::None,
        person_stands_alone: true,
        identity: Identity {
            first_name: "FirstName",
            last_name: "LastName",
            email: "Email",
        },
        company_keys: CompanyKeys {
            name: "Name",
            domain: "Website",
        },
    }
}

pub(crate) fn leads_and_contacts() -> MatchPlan {
    plan(&[CONTACT, LEAD], LEAD)
}

pub(crate) fn leads_only() -> MatchPlan {
    plan(&[LEAD], LEAD)
}

/// The same, and a contact may be there without an account.
pub(crate) fn accounts_on_request() -> MatchPlan {
    MatchPlan {
        person_stands_alone: true,
        ..accounts_and_contacts()
    }
}

pub(crate) fn accounts_and_contacts() -> MatchPlan {
    let kinds = [KeyKind::Id, KeyKind::Domain, KeyKind::Name];
    MatchPlan {
        company: kinds
            .map(|by| Step {
                object: ACCOUNT,
                by,
            })
            .to_vec(),
        create_company: Some(ACCOUNT),
        link: LinkKind::InPerson {
            object: CONTACT,
            field: "AccountId",
        },
        person_stands_alone: false,
        ..plan(&[CONTACT], CONTACT)
    }
}

/// Contacts under their accounts are kept up to date, and who is new is made a lead.
pub(crate) fn contacts_first() -> MatchPlan {
    MatchPlan {
        person: leads_and_contacts().person,
        create_person: LEAD,
        person_stands_alone: true,
        ..accounts_and_contacts()
    }
}
