//! Zoho CRM as data: what can be written, how it is found, what its limits and signs of trouble are.

use std::time::Duration;

use super::{
    ACCOUNT, CONTACT, LEAD, NOTE, activities, campaigns, limits, module, open, pages, sign_in,
};
use crate::domain::category::Category;
use crate::domain::integration::IntegrationCategory;
use crate::domain::lead::Role;
use crate::vendors::{Batching, DefaultRow, KeyKind, Lookup, ObjectInfo, Trouble, VendorInfo};

/// A request of 100 rows; how large one may be is not documented.
const fn batching(repeatable: bool, parent: Option<&'static str>) -> Batching {
    Batching {
        rows: 100,
        bytes: 2_000_000,
        repeatable,
        parent,
        bulk: None,
    }
}

/// COQL and Get Records see a record as soon as it is there; only the search index lags, and it is not used.
const fn lookup(by: KeyKind, keys: usize) -> Lookup {
    Lookup {
        by,
        keys,
        lag: Duration::ZERO,
    }
}

const PERSON_LOOKUPS: &[Lookup] = &[
    lookup(KeyKind::Id, 100),
    lookup(KeyKind::ExternalId, 200),
    lookup(KeyKind::Email, 200),
    lookup(KeyKind::Name, 100),
];

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
    row(LEAD, "firstName", "First_Name"),
    row(LEAD, "lastName", "Last_Name"),
    row(LEAD, "email", "Email"),
    row(LEAD, "phone", "Phone"),
    row(LEAD, "mobilePhone", "Mobile"),
    row(LEAD, "jobTitle", "Designation"),
    row(LEAD, "companyName", "Company"),
    row(LEAD, "companyWebsite", "Website"),
    row(LEAD, "address", "Street"),
    row(LEAD, "companyCity", "City"),
    row(LEAD, "companyState", "State"),
    row(LEAD, "companyZip", "Zip_Code"),
    row(LEAD, "companyCountry", "Country"),
    row(LEAD, "companyIndustry", "Industry"),
    row(LEAD, "description", "Description"),
    row(CONTACT, "firstName", "First_Name"),
    row(CONTACT, "lastName", "Last_Name"),
    row(CONTACT, "email", "Email"),
    row(CONTACT, "phone", "Phone"),
    row(CONTACT, "mobilePhone", "Mobile"),
    row(CONTACT, "jobTitle", "Title"),
    row(CONTACT, "address", "Mailing_Street"),
    row(CONTACT, "companyCity", "Mailing_City"),
    row(CONTACT, "companyState", "Mailing_State"),
    row(CONTACT, "companyZip", "Mailing_Zip"),
    row(CONTACT, "companyCountry", "Mailing_Country"),
    row(CONTACT, "description", "Description"),
    row(ACCOUNT, "companyName", "Account_Name"),
    row(ACCOUNT, "companyWebsite", "Website"),
    row(ACCOUNT, "companyIndustry", "Industry"),
    row(ACCOUNT, "companyStreetAddress", "Billing_Street"),
    row(ACCOUNT, "companyCity", "Billing_City"),
    row(ACCOUNT, "companyState", "Billing_State"),
    row(ACCOUNT, "companyZip", "Billing_Code"),
    row(ACCOUNT, "companyCountry", "Billing_Country"),
    row(ACCOUNT, "companySize", "Employees"),
];

const TROUBLES: &[Trouble] = &[
    trouble(Category::NoTagMapping, "found here, before any call"),
    trouble(
        Category::MissingRemoteField,
        "found here, before any call: Zoho itself ignores names it does not know; INVALID_QUERY names a column that went meanwhile",
    ),
    trouble(
        Category::DataFormatValidation,
        "INVALID_DATA with expected_data_type (email, integer, jsonarray …)",
    ),
    trouble(
        Category::DataTooLong,
        "INVALID_DATA with maximum_length; mostly found here, before any call",
    ),
    trouble(
        Category::DataValueValidation,
        "a value that is no option of its picklist, found here; INVALID_DATA with supported_values, MAPPING_MISMATCH, DEPENDENT_MISMATCH",
    ),
    trouble(
        Category::ValidationRule,
        "INVALID_DATA with a layout rule or validation rule of the organization",
    ),
    trouble(
        Category::AutomationError,
        "RECORD_LOCKED, RECORD_IN_BLUEPRINT, NOT_APPROVED: an approval or blueprint holds the record",
    ),
    trouble(
        Category::Authentication,
        "HTTP 401 INVALID_TOKEN after one renewal: taken back, or the account lives in another data centre (connect --data-center); invalid_code at the token call",
    ),
    trouble(
        Category::Connection,
        "NO_PERMISSION (the role lacks it), OAUTH_SCOPE_MISMATCH (sign in again), INVALID_MODULE (hidden or renamed); a campaign that is gone",
    ),
    trouble(
        Category::RequiredFieldMissing,
        "MANDATORY_NOT_FOUND: a field mandatory in the layout, or by a layout rule, that no row fills",
    ),
    trouble(
        Category::NotEnoughData,
        "a Lead and a Contact need a last name, an Account a name",
    ),
    trouble(
        Category::DuplicateRecord,
        "DUPLICATE_DATA: a unique field holds the value on another record",
    ),
    trouble(
        Category::AmbiguousMatch,
        "AMBIGUITY_DURING_PROCESSING: several records fit; a lead without e-mail whose creation was not answered, and several of its name",
    ),
    trouble(
        Category::IdentityConflict,
        "a Lead or Contact of this address under another first and last name",
    ),
    trouble(
        Category::RateLimited,
        "HTTP 429 TOO_MANY_REQUESTS: the organization's credits of 24 hours, or too many calls at once",
    ),
    trouble(Category::Unexpected, "anything else"),
];

/// Zoho CRM.
pub(crate) static INFO: VendorInfo = VendorInfo {
    name: "zoho",
    title: "Zoho CRM",
    category: IntegrationCategory::Crm,
    base_url: sign_in::base_url,
    account_word: "organization",
    sign_in: &sign_in::SIGN_IN,
    scopes: sign_in::SCOPES,
    options: sign_in::OPTIONS,
    objects: &[
        ObjectInfo {
            key: LEAD,
            role: Role::Persona,
            // An upsert by e-mail is, an insert of somebody without one is not.
            create: Some(batching(false, None)),
            update: Some(batching(true, None)),
            lookups: PERSON_LOOKUPS,
            always_read: &["First_Name", "Last_Name", "Email", "Company"],
            mirror: None,
        },
        ObjectInfo {
            key: CONTACT,
            role: Role::Persona,
            create: None,
            update: Some(batching(true, None)),
            lookups: PERSON_LOOKUPS,
            always_read: &["First_Name", "Last_Name", "Email", "Account_Name"],
            mirror: None,
        },
        ObjectInfo {
            key: ACCOUNT,
            role: Role::Company,
            create: Some(batching(false, None)),
            update: Some(batching(true, None)),
            lookups: &[
                lookup(KeyKind::Id, 100),
                // Twelve spellings each.
                lookup(KeyKind::Domain, 8),
                lookup(KeyKind::Name, 50),
            ],
            always_read: &["Account_Name", "Website"],
            mirror: None,
        },
    ],
    quotas: limits::QUOTAS,
    defaults: DEFAULTS,
    campaigns: Some(&campaigns::CAMPAIGNS),
    marks: &[],
    without_campaigns: "",
    activities: Some(&activities::ACTIVITIES),
    troubles: TROUBLES,
    rules: limits::rules,
    open,
    // A note has no page of its own.
    record_url: |settings, _, object, id| {
        (object != NOTE)
            .then(|| pages::record_url(settings, module(object), id))
            .flatten()
    },
};
