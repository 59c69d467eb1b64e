//! Who is asked for, and the record that comes back.

use serde_json::{Map, Value, json};

use crate::sandbox::people::{Person, capitals};

/// How sure a match by address is, of 10.
const BY_EMAIL: u64 = 9;
/// How sure a match by name and company is.
const BY_NAME: u64 = 4;

/// One question, understood.
pub(super) struct Asked {
    person: Person,
    likelihood: u64,
    at_least: u64,
    required: Vec<String>,
    capitals: bool,
}

impl Asked {
    /// "A request must contain an e-mail (or profile, or phone), or a name and at least one of company, school, location."
    pub(super) fn read(parameters: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| match &parameters.get(name)? {
            Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            Value::Array(list) => list.first()?.as_str().map(str::to_owned),
            other => Some(other.to_string()),
        };
        let (first, last) = (text("first_name"), text("last_name"));
        let by_email = text("email").and_then(|email| Person::at(&email));
        let by_name = || {
            let company = text("company")?;
            let company = company
                .trim_start_matches("https://")
                .trim_start_matches("www.");
            let domain = match company.contains('.') {
                true => company.to_owned(),
                false => format!("{}.example", company.replace(' ', "-")),
            };
            Person::named(first.as_deref()?, last.as_deref()?, &domain)
        };
        let (person, likelihood) = match by_email {
            Some(person) => (person.called(first.as_deref(), last.as_deref()), BY_EMAIL),
            None => (by_name()?, BY_NAME),
        };
        Some(Self {
            person,
            likelihood,
            // "Default: 2."
            at_least: text("min_likelihood")
                .and_then(|text| text.parse().ok())
                .unwrap_or(2),
            required: text("required")
                .map(|text| {
                    text.split(" AND ")
                        .map(|name| name.trim().to_owned())
                        .collect()
                })
                .unwrap_or_default(),
            capitals: text("titlecase").is_some_and(|text| text == "true"),
        })
    }

    /// Tells people apart.
    pub(super) fn key(&self) -> String {
        self.person.email.clone()
    }

    /// The match with its likelihood; `None`: "No records were found matching your request".
    pub(super) fn answer(&self) -> Option<(u64, Value)> {
        if self.person.falls(11, 5) || self.likelihood < self.at_least {
            return None;
        }
        let data = self.record();
        let has = |name: &String| data.get(name).is_some_and(|value| !value.is_null());
        self.required
            .iter()
            .all(has)
            .then_some((self.likelihood, data))
    }

    /// The fields of an example record that a lead can use; what is not known is null, everything lower case unless
    /// `titlecase` is asked for.
    fn record(&self) -> Value {
        let somebody_else = self.person.email.starts_with("wrong");
        let person = &self.person;
        let shape = |text: &str| match self.capitals {
            true => capitals(&text.to_lowercase()),
            false => text.to_lowercase(),
        };
        let (city, state, country) = person.place();
        let (first, last, email) = if somebody_else {
            (
                "zebediah".to_owned(),
                "quill".to_owned(),
                "zebediah.quill@other.example".to_owned(),
            )
        } else {
            (
                person.first.clone(),
                person.last.clone(),
                person.email.clone(),
            )
        };
        let unless = |salt, one_in, value: Value| match person.falls(salt, one_in) {
            true => Value::Null,
            false => value,
        };
        json!({
            "id": format!("{:016x}_0000", person.number(9)),
            "full_name": shape(&format!("{first} {last}")),
            "first_name": shape(&first),
            "last_name": shape(&last),
            "work_email": email,
            "personal_emails": [],
            "mobile_phone": unless(21, 2, json!(person.phone())),
            "linkedin_url": format!("linkedin.com/in/{first}-{last}"),
            "twitter_url": null,
            "industry": shape(person.industry()),
            "job_title": unless(22, 6, json!(shape(person.title()))),
            "job_company_name": shape(&person.company()),
            "job_company_website": person.domain,
            "job_company_industry": shape(person.industry()),
            "job_company_size": "51-200",
            "job_company_employee_count": person.employees(),
            "job_company_linkedin_url": format!("linkedin.com/company/{}", person.domain.split('.').next().unwrap_or_default()),
            "job_company_location_locality": shape(city),
            "job_company_location_region": shape(state),
            "job_company_location_country": shape(country),
            "job_company_location_postal_code": null,
            "job_company_location_street_address": null,
            "emails": [{ "address": email, "type": "current_professional" }],
            "phone_numbers": [],
        })
    }
}
