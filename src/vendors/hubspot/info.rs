//! HubSpot as data: what can be written, how it is found, what its limits and signs of trouble are.

use std::time::Duration;

use super::{COMPANY, CONTACT, activities, campaigns, limits, open, record_url, sign_in};
use crate::domain::category::Category;
use crate::domain::integration::IntegrationCategory;
use crate::domain::lead::Role;
use crate::vendors::{Batching, DefaultRow, KeyKind, Lookup, ObjectInfo, Trouble, VendorInfo};

/// The search index lags behind writes: "a few moments" in the docs, 5 to 30 s in the field.
const SEARCH_LAG: Duration = Duration::from_secs(30);
/// HubSpot documents no limit on a body; this keeps a request well inside what proxies take.
pub(super) const BODY: usize = 4_000_000;

const CREATE: Batching = Batching {
    rows: 100,
    bytes: BODY,
    repeatable: false,
    parent: None,
    bulk: None,
};
const UPDATE: Batching = Batching {
    rows: 100,
    bytes: BODY,
    repeatable: true,
    parent: None,
    bulk: None,
};

const fn lookup(by: KeyKind, keys: usize, lag: Duration) -> Lookup {
    Lookup { by, keys, lag }
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

/// HubSpot.
pub(crate) static INFO: VendorInfo = VendorInfo {
    name: "hubspot",
    title: "HubSpot",
    category: IntegrationCategory::Crm,
    base_url: |_| Ok("https://api.hubapi.com".to_owned()),
    account_word: "portal",
    sign_in: &sign_in::SIGN_IN,
    scopes: sign_in::SCOPES,
    options: &[],
    objects: &[
        ObjectInfo {
            key: CONTACT,
            role: Role::Persona,
            create: Some(CREATE),
            update: Some(UPDATE),
            lookups: &[
                lookup(KeyKind::Id, 100, Duration::ZERO),
                lookup(KeyKind::ExternalId, 100, Duration::ZERO),
                lookup(KeyKind::Email, 100, Duration::ZERO),
                // Five filter groups a search (HubSpot docs, "CRM search").
                lookup(KeyKind::Name, 5, SEARCH_LAG),
            ],
            always_read: &["email", "firstname", "lastname", "lifecyclestage"],
            mirror: None,
        },
        ObjectInfo {
            key: COMPANY,
            role: Role::Company,
            create: Some(CREATE),
            update: Some(UPDATE),
            lookups: &[
                lookup(KeyKind::Id, 100, Duration::ZERO),
                lookup(KeyKind::Domain, 100, SEARCH_LAG),
                lookup(KeyKind::Name, 100, SEARCH_LAG),
            ],
            always_read: &["name", "domain"],
            mirror: None,
        },
    ],
    quotas: limits::QUOTAS,
    defaults: &[
        row(CONTACT, "firstName", "firstname"),
        row(CONTACT, "lastName", "lastname"),
        row(CONTACT, "email", "email"),
        row(CONTACT, "phone", "phone"),
        row(CONTACT, "mobilePhone", "mobilephone"),
        row(CONTACT, "jobTitle", "jobtitle"),
        row(CONTACT, "companyName", "company"),
        row(CONTACT, "companyWebsite", "website"),
        row(CONTACT, "address", "address"),
        row(CONTACT, "companyCity", "city"),
        row(CONTACT, "companyState", "state"),
        row(CONTACT, "companyZip", "zip"),
        row(CONTACT, "companyCountry", "country"),
        row(CONTACT, "linkedin", "hs_linkedin_url"),
        row(COMPANY, "companyName", "name"),
        row(COMPANY, "companyDomain", "domain"),
        row(COMPANY, "companyWebsite", "website"),
        row(COMPANY, "companyIndustry", "industry"),
        row(COMPANY, "companyStreetAddress", "address"),
        row(COMPANY, "companyCity", "city"),
        row(COMPANY, "companyState", "state"),
        row(COMPANY, "companyZip", "zip"),
        row(COMPANY, "companyCountry", "country"),
        row(COMPANY, "companyLinkedin", "linkedin_company_page"),
        row(COMPANY, "companySize", "numberofemployees"),
    ],
    campaigns: Some(&campaigns::CAMPAIGNS),
    marks: &[],
    without_campaigns: "",
    activities: Some(&activities::ACTIVITIES),
    troubles: &[
        trouble(Category::NoTagMapping, "found here, before any call"),
        trouble(
            Category::MissingRemoteField,
            "PROPERTY_DOESNT_EXIST (deleted or renamed), READ_ONLY_VALUE (calculated)",
        ),
        trouble(
            Category::DataFormatValidation,
            "INVALID_EMAIL, INVALID_INTEGER, INVALID_LONG, INVALID_DATE",
        ),
        trouble(
            Category::DataTooLong,
            "a text above 65,536 characters, or above a MAX_LENGTH rule of the property",
        ),
        trouble(
            Category::DataValueValidation,
            "INVALID_OPTION: \"… was not one of the allowed options\". Company industry is such a list (COMPUTER_SOFTWARE, not Software). A marketing event that was cancelled takes nobody",
        ),
        trouble(
            Category::ValidationRule,
            "a rule set on the property in Settings > Properties > Rules",
        ),
        trouble(
            Category::Authentication,
            "HTTP 401: the service key or private app was deleted or rotated, or its owner was removed from the account",
        ),
        trouble(
            Category::Connection,
            "HTTP 403 MISSING_SCOPES or USER_DOES_NOT_HAVE_PERMISSIONS (the log names the scope); a marketing event that was deleted",
        ),
        trouble(
            Category::RequiredFieldMissing,
            "MISSING_REQUIRED_PROPERTY, MISSING_CONDITIONAL_REQUIRED_PROPERTY",
        ),
        trouble(
            Category::NotEnoughData,
            "a contact needs an e-mail address, a first name or a last name",
        ),
        trouble(
            Category::DuplicateRecord,
            "a property that must be unique already holds the value on another record",
        ),
        trouble(
            Category::AmbiguousMatch,
            "a lead without e-mail whose creation was not answered, and several contacts of its name",
        ),
        trouble(
            Category::IdentityConflict,
            "a contact of this address under another first and last name",
        ),
        trouble(
            Category::RateLimited,
            "HTTP 429 with TEN_SECONDLY_ROLLING, SECONDLY (search) or DAILY",
        ),
        trouble(
            Category::Unexpected,
            "anything else; give HubSpot's support the correlation id from the log",
        ),
    ],
    rules: limits::rules,
    open,
    record_url,
};
