//! The match order, the names we give companies, and what a record must and may hold.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::api::text_of;
use super::{COMPANY, COMPANY_ID, EMAIL, LEAD};
use crate::domain::category::Category;
use crate::domain::company::{name_key, website_host};
use crate::domain::failure::Failure;
use crate::domain::write::is_blank;
use crate::vendors::{
    CompanyKeys, Identity, KeyKind, LinkKind, MatchPlan, RemoteRecord, Step, Values,
};

/// What the id of a company made by us begins with where a domain names it.
const BY_DOMAIN: &str = "dom:";
/// The same where only its name does.
const BY_NAME: &str = "name:";
/// Longest `externalCompanyId`, characters.
const LONGEST_ID: usize = 100;

/// Fields of a lead that belong to its company once it has one (Adobe docs, "Sync leads": updating them is not supported).
const COMPANY_FIELDS: &[&str] = &[
    "company",
    "website",
    "industry",
    "annualRevenue",
    "numberOfEmployees",
    "mainPhone",
    "site",
    "sicCode",
    "companyNotes",
    "billingStreet",
    "billingCity",
    "billingState",
    "billingPostalCode",
    "billingCountry",
];

/// The match order (product.md 9): the id, then the address.
pub(super) fn plan(companies: bool) -> MatchPlan {
    let steps = |object: &'static str, keys: &[KeyKind]| {
        keys.iter()
            .map(|by| Step { object, by: *by })
            .collect::<Vec<_>>()
    };
    MatchPlan {
        person: steps(LEAD, &[KeyKind::Id, KeyKind::Email]),
        create_person: LEAD,
        company: if companies {
            steps(COMPANY, &[KeyKind::Id, KeyKind::Domain, KeyKind::Name])
        } else {
            Vec::new()
        },
        create_company: companies.then_some(COMPANY),
        link: if companies {
            LinkKind::InPerson {
                object: LEAD,
                field: COMPANY_ID,
            }
        } else {
            LinkKind::None
        },
        person_stands_alone: true,
        identity: Identity {
            first_name: "firstName",
            last_name: "lastName",
            email: EMAIL,
        },
        company_keys: CompanyKeys {
            name: "company",
            domain: "website",
        },
    }
}

/// The id a company of that domain, else of that name, has if we made it.
pub(super) fn company_id(domain: Option<&str>, name: Option<&str>) -> Option<String> {
    let domain = domain.and_then(website_host);
    let id = match domain {
        Some(domain) => format!("{BY_DOMAIN}{domain}"),
        None => format!("{BY_NAME}{}", name.and_then(name_key)?),
    };
    if id.chars().count() <= LONGEST_ID {
        return Some(id);
    }
    // Two long names that begin alike stay apart.
    let digest: String = Sha256::digest(id.as_bytes())
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let kept: String = id.chars().take(LONGEST_ID - digest.len() - 1).collect();
    Some(format!("{kept}~{digest}"))
}

/// What a new record lacks for Marketo to take it: the address is a lead's key, the id a company's.
pub(super) fn lacks(object: &'static str, values: &Values) -> Option<Failure> {
    let held = |name: &str| values.get(name).is_some_and(|value| !is_blank(value));
    let failure = |message: &str, field: &str| {
        Failure::new(Category::NotEnoughData, message)
            .on_object(object)
            .on_field(field)
            .with_code("MINIMUM_DATA")
    };
    match object {
        COMPANY if held(COMPANY_ID) || held("company") || held("website") => None,
        COMPANY => Some(failure(
            "a new company needs a name or a website",
            "company",
        )),
        _ if held(EMAIL) => None,
        _ => Some(failure(
            "a new lead needs an e-mail address: Marketo knows people by it",
            EMAIL,
        )),
    }
}

/// Leaves out what a lead's company holds, with a note.
pub(super) fn keep_own(
    object: &'static str,
    before: Option<&RemoteRecord>,
    values: &mut Values,
) -> Vec<String> {
    let of = |values: &Values| {
        let id = values.get(COMPANY_ID);
        id.is_some_and(|id| !is_blank(id))
    };
    let in_company = of(values) || before.is_some_and(|record| of(&record.values));
    if object != LEAD || !in_company {
        return Vec::new();
    }
    let dropped = drop_company_fields(values);
    if dropped.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "{} left out: the lead belongs to a company, which holds it",
        dropped.join(", ")
    )]
}

/// Leaves out what would take a lead out of its company: it can be put into another one, never into none (Marketo docs,
/// "Companies").
pub(super) fn stay_in_company(object: &'static str, values: &mut Values) -> Option<String> {
    let is_leaving = object == LEAD && values.get(COMPANY_ID).is_some_and(is_blank);
    is_leaving.then(|| {
        values.remove(COMPANY_ID);
        "Marketo takes no lead out of its company".to_owned()
    })
}

/// Whether a field of a lead is its company's.
pub(super) fn is_of_company(name: &str) -> bool {
    COMPANY_FIELDS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// Takes a company's fields out of a lead; their names.
pub(super) fn drop_company_fields(values: &mut Values) -> Vec<String> {
    let dropped = values
        .keys()
        .filter(|name| is_of_company(name))
        .cloned()
        .collect();
    values.retain(|name, _| !is_of_company(name));
    dropped
}

/// The company a new record is, where the engine did not say.
pub(super) fn id_of(values: &Values) -> Option<String> {
    let text = |name: &str| {
        values
            .get(name)
            .map(text_of)
            .filter(|text| !text.is_empty())
    };
    text(COMPANY_ID).or_else(|| company_id(text("website").as_deref(), text("company").as_deref()))
}

/// Whether a lead goes into a company.
pub(super) fn joins(values: &Values) -> bool {
    !matches!(values.get(COMPANY_ID), None | Some(Value::Null))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn values(value: Value) -> Values {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_company_has_one_id_however_it_is_spelt() {
        let id = |domain, name| company_id(domain, name).unwrap();
        assert_eq!(id(Some("https://www.Acme.com/"), None), "dom:acme.com");
        assert_eq!(id(Some("acme.com"), Some("Acme")), "dom:acme.com");
        assert_eq!(id(None, Some("Acme, Inc.")), id(None, Some("ACME")));
        assert_eq!(id(None, Some("Acme, Inc.")), "name:acme");
        assert_eq!(company_id(None, Some(" ")), None);
        let long = |last: &str| {
            let name = format!("{} {last}", "very ".repeat(40));
            company_id(None, Some(&name)).unwrap()
        };
        assert_eq!(long("one").chars().count(), 100);
        assert_ne!(long("one"), long("other"));
    }

    #[test]
    fn a_lead_in_a_company_keeps_the_companys_fields_out() {
        let record = |company: Value| RemoteRecord {
            object: LEAD,
            id: "1".into(),
            values: values(json!({ "externalCompanyId": company })),
            created: None,
            instead: None,
        };
        let mapped =
            || values(json!({"firstName": "Ada", "company": "Acme", "website": "acme.com"}));
        let mut ours = mapped();
        let notes = keep_own(LEAD, Some(&record(json!("dom:acme.com"))), &mut ours);
        assert_eq!(ours, values(json!({"firstName": "Ada"})));
        assert!(
            notes[0].starts_with("company, website left out"),
            "{notes:?}"
        );
        let mut alone = mapped();
        assert!(keep_own(LEAD, Some(&record(Value::Null)), &mut alone).is_empty());
        assert!(keep_own(LEAD, None, &mut alone).is_empty());
        assert_eq!(alone, mapped());
        let mut new = mapped();
        new.insert(COMPANY_ID.into(), json!("dom:acme.com"));
        assert_eq!(keep_own(LEAD, None, &mut new).len(), 1);
        assert!(joins(&new) && !new.contains_key("company"));
        let mut company = mapped();
        assert!(keep_own(COMPANY, None, &mut company).is_empty());
    }

    #[test]
    fn a_lead_without_an_address_cannot_be_made() {
        let lacking = lacks(LEAD, &values(json!({"lastName": "Stone"}))).unwrap();
        assert_eq!(lacking.category, Category::NotEnoughData);
        assert_eq!(lacking.field.as_deref(), Some("email"));
        assert_eq!(lacks(LEAD, &values(json!({"email": "a@b.com"}))), None);
        assert!(lacks(COMPANY, &values(json!({"industry": "x"}))).is_some());
        assert_eq!(lacks(COMPANY, &values(json!({"company": "Acme"}))), None);
    }

    #[test]
    fn companies_are_looked_for_only_where_asked() {
        let without = plan(false);
        assert_eq!((without.company.len(), without.create_company), (0, None));
        assert_eq!(without.link, LinkKind::None);
        let with = plan(true);
        assert_eq!(with.create_company, Some(COMPANY));
        assert!(matches!(with.link, LinkKind::InPerson { field, .. } if field == COMPANY_ID));
    }
}
