//! What Hunter answers about a person, a company, a name.

use serde_json::{Value, json};

use crate::sandbox::people::{Person, capitals};

/// Email enrichment, or with `whole` the combined one, which carries the company too; `None`: not known.
pub(super) fn of_address(person: &Person, whole: bool) -> Option<Value> {
    if person.falls(31, 4) {
        return None;
    }
    Some(match whole {
        true => json!({ "person": individual(person), "company": company(person) }),
        false => individual(person),
    })
}

/// Company enrichment; `None`: not known.
pub(super) fn of_company(person: &Person) -> Option<Value> {
    (!person.falls(32, 6)).then(|| company(person))
}

/// The e-mail finder: an address with a score, or none at all, which is a success without data.
pub(super) fn of_name(person: &Person) -> Value {
    let known = !person.falls(33, 4);
    json!({
        "first_name": capitals(&person.first),
        "last_name": capitals(&person.last),
        "email": known.then(|| person.email.clone()),
        "score": known.then(|| 70 + person.number(34) % 30),
        "domain": person.domain,
        "accept_all": false,
        "position": known.then(|| person.title()),
        "twitter": null,
        "linkedin_url": null,
        "phone_number": null,
        "company": person.company(),
        "sources": [],
        "verification": { "date": null, "status": known.then_some("valid") },
    })
}

fn individual(person: &Person) -> Value {
    let (city, state, country) = person.place();
    let (first, last) = (capitals(&person.first), capitals(&person.last));
    let title = (!person.falls(35, 5)).then(|| person.title());
    json!({
        "id": format!("{:08x}", person.number(36)),
        "name": { "fullName": format!("{first} {last}"), "givenName": first, "familyName": last },
        "email": person.email,
        "location": format!("{city}, {state}, {country}"),
        "geo": { "city": city, "state": state, "country": country },
        "employment": { "domain": person.domain, "name": person.company(), "title": title, "role": null, "seniority": null },
        "twitter": { "handle": null },
        "linkedin": { "handle": null },
        "phone": null,
        "fuzzy": false,
        "emailProvider": null,
    })
}

fn company(person: &Person) -> Value {
    let (city, state, country) = person.place();
    let phone = (!person.falls(37, 4)).then(|| person.phone());
    json!({
        "name": person.company(),
        "legalName": null,
        "domain": person.domain,
        "site": { "phoneNumbers": phone.iter().collect::<Vec<_>>(), "emailAddresses": [] },
        "category": { "sector": null, "industryGroup": null, "industry": person.industry() },
        "geo": { "streetNumber": null, "streetName": null, "city": city, "postalCode": "02108", "state": state, "country": country },
        "phone": phone,
        "linkedin": { "handle": null },
        "metrics": { "employees": "51-200" },
    })
}
