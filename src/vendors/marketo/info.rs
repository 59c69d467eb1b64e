//! Marketo Engage as data: what can be written, how it is found, what its limits and signs of trouble are.

use std::time::Duration;

use super::{COMPANY, COMPANY_ID, EMAIL, LEAD, campaigns, limits, open, sign_in};
use crate::domain::category::Category;
use crate::domain::integration::IntegrationCategory;
use crate::domain::lead::Role;
use crate::vendors::{Batching, DefaultRow, KeyKind, Lookup, ObjectInfo, Trouble, VendorInfo};

/// A request of 300 rows and less than 1 MB; the frame around the rows is ours.
const fn batching(repeatable: bool, parent: Option<&'static str>) -> Batching {
    Batching {
        rows: 300,
        bytes: 950_000,
        repeatable,
        parent,
        bulk: None,
    }
}

/// Filters see a record as soon as it is there.
const fn lookup(by: KeyKind) -> Lookup {
    Lookup {
        by,
        keys: 300,
        lag: Duration::ZERO,
    }
}

const fn row(object: &'static str, field: &'static str, remote: &'static str) -> DefaultRow {
    DefaultRow {
        object,
        field,
        remote,
    }
}

const fn trouble(category: Category, signs: &'static str) -> Trouble {
    Trouble { category, signs }
}

const DEFAULTS: &[DefaultRow] = &[
    row(LEAD, "firstName", "firstName"),
    row(LEAD, "lastName", "lastName"),
    row(LEAD, "email", EMAIL),
    row(LEAD, "phone", "phone"),
    row(LEAD, "mobilePhone", "mobilePhone"),
    row(LEAD, "jobTitle", "title"),
    row(LEAD, "companyName", "company"),
    row(LEAD, "companyWebsite", "website"),
    row(LEAD, "address", "address"),
    row(LEAD, "companyCity", "city"),
    row(LEAD, "companyState", "state"),
    row(LEAD, "companyZip", "postalCode"),
    row(LEAD, "companyCountry", "country"),
    row(LEAD, "companyIndustry", "industry"),
    row(COMPANY, "companyName", "company"),
    row(COMPANY, "companyWebsite", "website"),
    row(COMPANY, "companyIndustry", "industry"),
    row(COMPANY, "companyStreetAddress", "billingStreet"),
    row(COMPANY, "companyCity", "billingCity"),
    row(COMPANY, "companyState", "billingState"),
    row(COMPANY, "companyZip", "billingPostalCode"),
    row(COMPANY, "companyCountry", "billingCountry"),
    row(COMPANY, "companySize", "numberOfEmployees"),
];

const TROUBLES: &[Trouble] = &[
    trouble(Category::NoTagMapping, "found here, before any call"),
    trouble(
        Category::MissingRemoteField,
        "1006 Field 'x' not found; mostly found here, before any call",
    ),
    trouble(
        Category::DataFormatValidation,
        "1001 Invalid value 'x'. Required of type 'y'; 1003 on a field of a certain type; an address beyond ASCII, found here",
    ),
    trouble(
        Category::DataTooLong,
        "found here, before any call: 255 characters for most texts, 30,000 bytes for a text area",
    ),
    trouble(
        Category::DataValueValidation,
        "1003 Invalid value for field 'x'; 1025 Program status not found; an archived program",
    ),
    trouble(
        Category::ValidationRule,
        "709: a business rule of the instance",
    ),
    trouble(
        Category::Authentication,
        "601 Access token invalid and 602 Access token expired, after one new token; invalid_client at the token call",
    ),
    trouble(
        Category::Connection,
        "603 Access denied: the API user's role lacks a permission, or the allow-list this address; 1008 to 1010: the partition; 1013: a program is gone",
    ),
    trouble(
        Category::RequiredFieldMissing,
        "1002 Missing value for the required parameter, 701 cannot be blank",
    ),
    trouble(
        Category::NotEnoughData,
        "a new lead needs an e-mail address",
    ),
    trouble(
        Category::DuplicateRecord,
        "1005 Lead already exists, which an upsert does not answer",
    ),
    trouble(
        Category::AmbiguousMatch,
        "1007: several leads have the address, and Marketo does not choose",
    ),
    trouble(
        Category::IdentityConflict,
        "a lead of this address under another first and last name",
    ),
    trouble(
        Category::RateLimited,
        "606 (100 calls in 20 seconds), 615 (10 calls at once), 607 (the day's calls, until midnight in Chicago); all integrations share them",
    ),
    trouble(Category::Unexpected, "anything else"),
];

/// Marketo Engage.
pub(crate) static INFO: VendorInfo = VendorInfo {
    name: "marketo",
    title: "Marketo",
    category: IntegrationCategory::Marketing,
    base_url: sign_in::base_url,
    account_word: "instance",
    sign_in: &sign_in::SIGN_IN,
    scopes: sign_in::SCOPES,
    options: sign_in::OPTIONS,
    objects: &[
        ObjectInfo {
            key: LEAD,
            role: Role::Persona,
            // Two requests with one address at the same time make two leads (Adobe docs, "Sync leads").
            create: Some(batching(false, Some(EMAIL))),
            update: Some(batching(true, None)),
            lookups: &[lookup(KeyKind::Id), lookup(KeyKind::Email)],
            always_read: &["firstName", "lastName", EMAIL, COMPANY_ID],
            mirror: None,
        },
        ObjectInfo {
            key: COMPANY,
            role: Role::Company,
            create: Some(batching(true, Some(COMPANY_ID))),
            update: Some(batching(true, None)),
            lookups: &[
                lookup(KeyKind::Id),
                lookup(KeyKind::Domain),
                lookup(KeyKind::Name),
            ],
            always_read: &["company", "website"],
            mirror: None,
        },
    ],
    quotas: limits::QUOTAS,
    defaults: DEFAULTS,
    campaigns: Some(&campaigns::CAMPAIGNS),
    without_campaigns: "",
    marks: &[],
    // There are no notes; custom activities would need a type of their own in each instance.
    activities: None,
    troubles: TROUBLES,
    rules: limits::rules,
    open,
    // People's pages are on hosts (app-ab12.marketo.com) that no answer tells.
    record_url: |_, _, _, _| None,
};
