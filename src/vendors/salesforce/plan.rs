//! The strategies as plans, and what a record must and may hold.

use super::api::Describe;
use super::{ACCOUNT, CONTACT, LEAD, sobject};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::write::is_blank;
use crate::vendors::{CompanyKeys, Identity, KeyKind, LinkKind, MatchPlan, Step, Values};

/// What is looked for, and made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strategy {
    LeadsAndContacts,
    LeadsOnly,
    AccountsAndContacts,
}

impl Strategy {
    /// The objects it touches, and whether new ones are made.
    pub(super) fn objects(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::LeadsAndContacts => &[(LEAD, true), (CONTACT, false)],
            Self::LeadsOnly => &[(LEAD, true)],
            Self::AccountsAndContacts => &[(CONTACT, true), (ACCOUNT, true)],
        }
    }

    /// The one an option names; the first where none does.
    pub(super) fn named(word: &str) -> Self {
        match word {
            "leads-only" => Self::LeadsOnly,
            "accounts-and-contacts" => Self::AccountsAndContacts,
            _ => Self::LeadsAndContacts,
        }
    }

    /// The match order (product.md 9); with our own unique field, it comes before the address.
    pub(super) fn plan(self, external_id: bool) -> MatchPlan {
        let mut person = Vec::new();
        let looked_for: &[&str] = match self {
            Self::LeadsAndContacts => &[CONTACT, LEAD],
            Self::LeadsOnly => &[LEAD],
            Self::AccountsAndContacts => &[CONTACT],
        };
        for object in looked_for {
            person.push(Step {
                object,
                by: KeyKind::Id,
            });
            if external_id {
                person.push(Step {
                    object,
                    by: KeyKind::ExternalId,
                });
            }
            person.push(Step {
                object,
                by: KeyKind::Email,
            });
        }
        let accounts = self == Self::AccountsAndContacts;
        let company = [KeyKind::Id, KeyKind::Domain, KeyKind::Name];
        MatchPlan {
            person,
            create_person: if accounts { CONTACT } else { LEAD },
            company: company
                .into_iter()
                .filter(|_| accounts)
                .map(|by| Step {
                    object: ACCOUNT,
                    by,
                })
                .collect(),
            create_company: accounts.then_some(ACCOUNT),
            link: if accounts {
                LinkKind::InPerson {
                    object: CONTACT,
                    field: "AccountId",
                }
            } else {
                LinkKind::None
            },
            // A contact without an account is private to its owner: nobody else would ever see it.
            person_stands_alone: !accounts,
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
}

/// What a new record lacks for Salesforce to take it.
pub(super) fn lacks(object: &'static str, values: &Values) -> Option<Failure> {
    // Object reference: the least a new record must hold.
    let needed: &[(&str, &str)] = match object {
        LEAD => &[("LastName", "a last name"), ("Company", "a company")],
        CONTACT => &[("LastName", "a last name")],
        _ => &[("Name", "a name")],
    };
    let missing: Vec<&(&str, &str)> = needed
        .iter()
        .filter(|(name, _)| values.get(*name).is_none_or(is_blank))
        .collect();
    let (field, _) = missing.first()?;
    let words: Vec<&str> = missing.iter().map(|(_, words)| *words).collect();
    let message = format!("a new {} needs {}", sobject(object), words.join(" and "));
    Some(
        Failure::new(Category::NotEnoughData, message)
            .on_object(object)
            .on_field(*field)
            .with_code("MINIMUM_DATA"),
    )
}

/// Some fields are taken only with a new record, some only later: those that are not taken now are left out, with a note.
pub(super) fn keep_taken(described: &Describe, there: bool, values: &mut Values) -> Vec<String> {
    let mut notes = Vec::new();
    values.retain(|name, _| {
        let Some(field) = described.field(name) else {
            return true;
        };
        let (taken, when) = if there {
            (field.updateable || !field.createable, "a new record")
        } else {
            (
                field.createable || !field.updateable,
                "a record that is there",
            )
        };
        if !taken {
            notes.push(format!("{name} is left out: it is taken only with {when}"));
        }
        taken
    });
    notes
}
