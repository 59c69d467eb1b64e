//! The fields of an instance without any of its own: leads, companies, program members. Names, types and
//! lengths are those of Marketo's list of standard fields.

use super::field::{Field, Owner};

const PERSON: &[(&str, &str, &str)] = &[
    ("email", "Email Address", "email"),
    ("firstName", "First Name", "string"),
    ("middleName", "Middle Name", "string"),
    ("lastName", "Last Name", "string"),
    ("salutation", "Salutation", "string"),
    ("title", "Job Title", "string"),
    ("department", "Department", "string"),
    ("phone", "Phone Number", "phone"),
    ("mobilePhone", "Mobile Phone Number", "phone"),
    ("fax", "Fax Number", "phone"),
    ("address", "Address", "text"),
    ("city", "City", "string"),
    ("state", "State", "string"),
    ("country", "Country", "string"),
    ("postalCode", "Postal Code", "string"),
    ("dateOfBirth", "Date of Birth", "date"),
    ("leadSource", "Person Source", "string"),
    ("leadStatus", "Person Status", "string"),
    ("leadScore", "Person Score", "score"),
    ("rating", "Lead Rating", "string"),
    ("unsubscribed", "Unsubscribed", "boolean"),
    ("unsubscribedReason", "Unsubscribed Reason", "text"),
    ("doNotCall", "Do Not Call", "boolean"),
    ("doNotCallReason", "Do Not Call Reason", "text"),
    ("marketingSuspended", "Marketing Suspended", "boolean"),
    ("emailInvalid", "Email Invalid", "boolean"),
    ("externalCompanyId", "External Company Id", "string"),
    (
        "externalSalesPersonId",
        "External Sales Person Id",
        "string",
    ),
    ("personNotes", "Person Notes", "text"),
];

const COMPANY: &[(&str, &str, &str)] = &[
    ("company", "Company Name", "string"),
    ("site", "Site", "string"),
    ("website", "Website", "url"),
    ("mainPhone", "Main Phone", "phone"),
    ("annualRevenue", "Annual Revenue", "currency"),
    ("numberOfEmployees", "Num Employees", "integer"),
    ("industry", "Industry", "string"),
    ("sicCode", "SIC Code", "string"),
    ("billingStreet", "Billing Address", "text"),
    ("billingCity", "Billing City", "string"),
    ("billingState", "Billing State", "string"),
    ("billingCountry", "Billing Country", "string"),
    ("billingPostalCode", "Billing Postal Code", "string"),
];

const READ_ONLY: &[(&str, &str, &str)] = &[
    ("id", "Id", "integer"),
    ("createdAt", "Created At", "datetime"),
    ("updatedAt", "Updated At", "datetime"),
];

const LEAD_READ_ONLY: &[(&str, &str, &str)] = &[
    ("leadPartitionId", "Lead Partition Id", "integer"),
    ("acquisitionProgramId", "Acquisition Program Id", "integer"),
    ("isLead", "Is Lead", "boolean"),
    ("fullName", "Full Name", "formula"),
    ("sfdcLeadId", "SFDC Lead Id", "string"),
    ("sfdcContactId", "SFDC Contact Id", "string"),
    ("sfdcAccountId", "SFDC Account Id", "string"),
];

/// Standard fields that may be looked up and filtered by (Swagger, Get Leads by Filter Type).
const SEARCHABLE: &[&str] = &[
    "id",
    "email",
    "leadPartitionId",
    "sfdcLeadId",
    "sfdcContactId",
    "sfdcAccountId",
];

const MEMBER_READ_ONLY: &[(&str, &str)] = &[
    ("acquiredBy", "boolean"),
    ("createdAt", "datetime"),
    ("isExhausted", "boolean"),
    ("leadId", "integer"),
    ("membershipDate", "datetime"),
    ("program", "string"),
    ("programId", "integer"),
    ("reachedSuccess", "boolean"),
    ("reachedSuccessDate", "datetime"),
    ("statusName", "string"),
    ("updatedAt", "datetime"),
];

fn fields(rows: &[(&str, &str, &str)]) -> Vec<Field> {
    let fields = rows.iter();
    fields
        .map(|(name, display_name, kind)| Field::new(name, display_name, kind))
        .collect()
}

fn read_only(rows: &[(&str, &str, &str)]) -> Vec<Field> {
    let mut all = fields(rows);
    for field in &mut all {
        field.read_only = true;
    }
    all
}

fn numbered(mut all: Vec<Field>) -> Vec<Field> {
    for (id, field) in (1..).zip(&mut all) {
        field.id = id;
        if field.name == "externalCompanyId" {
            field.length = Some(100);
        }
    }
    all
}

fn company_owned() -> Vec<Field> {
    let mut all = fields(COMPANY);
    for field in &mut all {
        field.owner = Owner::Company;
    }
    all
}

pub(super) fn lead_fields() -> Vec<Field> {
    let mut all = company_owned();
    all.extend(fields(PERSON));
    all.extend(read_only(READ_ONLY));
    all.extend(read_only(LEAD_READ_ONLY));
    for field in &mut all {
        field.searchable = SEARCHABLE.contains(&field.name.as_str());
    }
    numbered(all)
}

pub(super) fn company_fields() -> Vec<Field> {
    let mut key = Field::new("externalCompanyId", "External Company Id", "string");
    // "externalCompanyId … not updateable", although it is given when a company is created.
    key.read_only = true;
    let mut all = read_only(READ_ONLY);
    all.push(key);
    all.extend(company_owned());
    for field in &mut all {
        field.owner = Owner::Company;
    }
    numbered(all)
}

pub(super) fn member_fields() -> Vec<Field> {
    let mut all: Vec<Field> = MEMBER_READ_ONLY
        .iter()
        .map(|(name, kind)| Field::new(name, name, kind))
        .collect();
    for field in &mut all {
        field.read_only = true;
    }
    let mut code = Field::new("registrationCode", "registrationCode", "string");
    code.length = Some(100);
    let mut url = Field::new("webinarUrl", "webinarUrl", "string");
    url.length = Some(2_000);
    all.extend([code, url]);
    numbered(all)
}
