//! Pipedrive as data: what can be written, how it is found, what its limits and signs of trouble are.

use std::time::Duration;

use super::{ORGANIZATION, PERSON, limits, open, pages, sign_in};
use crate::domain::category::Category;
use crate::domain::integration::IntegrationCategory;
use crate::domain::lead::Role;
use crate::vendors::{
    Batching, DefaultRow, KeyKind, Lookup, MarkInfo, Mirror, ObjectInfo, Trouble, VendorInfo,
};

/// One record a request; there is no bulk, no upsert and no key that would make a create repeatable.
const fn batching(repeatable: bool) -> Batching {
    Batching {
        rows: 1,
        bytes: 1_000_000,
        repeatable,
        parent: None,
        bulk: None,
    }
}

/// The search index lags behind writes; by how much is not documented.
const SEARCH_LAG: Duration = Duration::from_secs(30);

const fn lookup(by: KeyKind, keys: usize, lag: Duration) -> Lookup {
    Lookup { by, keys, lag }
}

/// The copy of an object: lists tell every change, and are the record store itself, no index.
const fn mirror(keys: &'static [KeyKind]) -> Mirror {
    Mirror {
        keys,
        page: super::client::PAGE,
        // Times have whole seconds, and servers' clocks differ.
        overlap: Duration::from_secs(5),
        life: Duration::from_secs(60),
        // Lists leave deleted records out without a word, and arrays are replaced as a whole.
        confirm: true,
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
    row(PERSON, "firstName", "first_name"),
    row(PERSON, "lastName", "last_name"),
    row(PERSON, "email", "emails"),
    // A mobile number stands in for a missing one; Pipedrive has one field for both.
    row(PERSON, "phone", "phones"),
    row(PERSON, "jobTitle", "job_title"),
    row(ORGANIZATION, "companyName", "name"),
    row(ORGANIZATION, "companyWebsite", "website"),
    row(ORGANIZATION, "companyIndustry", "industry"),
    row(ORGANIZATION, "companyStreetAddress", "address"),
    row(ORGANIZATION, "companyLinkedin", "linkedin"),
    row(ORGANIZATION, "companySize", "employee_count"),
];

const TROUBLES: &[Trouble] = &[
    trouble(Category::NoTagMapping, "found here, before any call"),
    trouble(
        Category::MissingRemoteField,
        "ERR_SCHEMA_VALIDATION_FAILED: \"Parameter '…' is not allowed for this request\" (deleted, or never there)",
    ),
    trouble(
        Category::DataFormatValidation,
        "ERR_SCHEMA_VALIDATION_FAILED about a type; addresses are checked here, since Pipedrive takes any",
    ),
    trouble(
        Category::DataTooLong,
        "a text above 255 characters, found here; a large text above 65,535",
    ),
    trouble(
        Category::DataValueValidation,
        "a value that is no option of its field, found here; ERR_SCHEMA_VALIDATION_FAILED about an option's id",
    ),
    trouble(
        Category::Authentication,
        "HTTP 401 unauthorized access: the API token was regenerated, or its user deactivated; Invalid grant: the app was uninstalled, or not used for 60 days",
    ),
    trouble(
        Category::Connection,
        "HTTP 403 with JSON: the user may not, the plan's limit is reached, or the app lacks a scope; HTTP 402: the account is closed",
    ),
    trouble(
        Category::NotEnoughData,
        "a person and an organization need a name: \"Name must be given.\"",
    ),
    trouble(
        Category::AmbiguousMatch,
        "a lead without e-mail whose creation was not answered, and several of its name",
    ),
    trouble(
        Category::IdentityConflict,
        "a person of this address under another first and last name",
    ),
    trouble(
        Category::RateLimited,
        "HTTP 429: the burst of two seconds, or the company's tokens of the day; HTTP 403 with a page: blocked for a while",
    ),
    trouble(Category::Unexpected, "anything else"),
];

/// There are no campaigns: who was where is a label, or a value of a field.
static MARKS: &[MarkInfo] = &[
    MarkInfo {
        word: "label",
        object: PERSON,
        field: Some("label_ids"),
        make: "in Pipedrive's settings, under Data fields, Person, the options of Labels",
    },
    MarkInfo {
        word: "field",
        object: PERSON,
        field: None,
        make: "in Pipedrive's settings, under Data fields, Person, the options of the field",
    },
];

/// Pipedrive.
pub(crate) static INFO: VendorInfo = VendorInfo {
    name: "pipedrive",
    title: "Pipedrive",
    category: IntegrationCategory::Crm,
    base_url: sign_in::base_url,
    account_word: "company",
    sign_in: &sign_in::SIGN_IN,
    scopes: sign_in::SCOPES,
    options: sign_in::OPTIONS,
    objects: &[
        ObjectInfo {
            key: PERSON,
            role: Role::Persona,
            create: Some(batching(false)),
            update: Some(batching(true)),
            lookups: &[
                lookup(KeyKind::Id, super::find::IDS, Duration::ZERO),
                // Answered from the copy, which no index delays.
                lookup(KeyKind::Email, 1, Duration::ZERO),
                lookup(KeyKind::Name, 1, SEARCH_LAG),
            ],
            always_read: &[
                "name",
                "first_name",
                "last_name",
                "email",
                "emails",
                "org_id",
            ],
            mirror: Some(mirror(&[KeyKind::Id, KeyKind::Email])),
        },
        ObjectInfo {
            key: ORGANIZATION,
            role: Role::Company,
            create: Some(batching(false)),
            update: Some(batching(true)),
            lookups: &[
                lookup(KeyKind::Id, super::find::IDS, Duration::ZERO),
                // One sweep answers for all of them.
                lookup(KeyKind::Domain, 1_000, Duration::ZERO),
                lookup(KeyKind::Name, 1, Duration::ZERO),
            ],
            always_read: &["name", "website"],
            mirror: Some(mirror(&[KeyKind::Id, KeyKind::Domain, KeyKind::Name])),
        },
    ],
    quotas: limits::QUOTAS,
    defaults: DEFAULTS,
    // Being at an event is a label or a field of the person.
    campaigns: None,
    marks: MARKS,
    without_campaigns: "",
    activities: None,
    troubles: TROUBLES,
    rules: limits::rules,
    open,
    record_url: pages::record_url,
};
