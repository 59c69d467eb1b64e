//! Salesforce as data: what can be written, how it is found, what its limits and signs of trouble are.

use std::time::Duration;

use super::{ACCOUNT, CONTACT, LEAD, activities, campaigns, host, limits, open, sign_in, sobject};
use crate::domain::category::Category;
use crate::domain::integration::IntegrationCategory;
use crate::domain::lead::Role;
use crate::vendors::{
    Batching, DefaultRow, KeyKind, Lookup, ObjectInfo, OptionKind, Trouble, VendorInfo,
    VendorOption,
};

/// A request of 200 rows stays far below the documented 50 MB; proxies in between take less.
pub(super) const BODY: usize = 4_000_000;

/// The accounts of a request are locked while it is written: two requests for one account would get in each other's way.
const fn batching(repeatable: bool, parent: Option<&'static str>) -> Batching {
    Batching {
        rows: 200,
        bytes: BODY,
        repeatable,
        parent,
        bulk: None,
    }
}

/// Five queries of 500 keys in one Composite; SOQL sees a record as soon as it is there.
const fn lookup(by: KeyKind, keys: usize) -> Lookup {
    Lookup {
        by,
        keys,
        lag: Duration::ZERO,
    }
}

const PERSON_LOOKUPS: &[Lookup] = &[
    lookup(KeyKind::Id, 2_500),
    lookup(KeyKind::ExternalId, 2_500),
    lookup(KeyKind::Email, 2_500),
    lookup(KeyKind::Name, 500),
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

const OPTIONS: &[VendorOption] = &[
    VendorOption {
        name: "strategy",
        help: "What to look for and to make: Leads beside Contacts, Leads only, or Contacts in Accounts",
        kind: OptionKind::Choice(&[
            (
                "leads-and-contacts",
                "look for a Contact, then for a Lead; make a Lead",
            ),
            ("leads-only", "look for a Lead; make a Lead"),
            (
                "accounts-and-contacts",
                "look for a Contact; make a Contact in its Account",
            ),
        ]),
        on_change: "leads that are cleared already are not sent again by themselves; new ones follow the new strategy",
    },
    VendorOption {
        name: "assign",
        help: "Lead assignment for new Leads: rules (the active rule), off, or the id of a rule; updates never assign",
        kind: OptionKind::Text("rules|off|ID"),
        on_change: "",
    },
    VendorOption {
        name: "duplicates",
        help: "When a duplicate rule of the org refuses a new record",
        kind: OptionKind::Choice(&[
            ("report", "fail the lead and name the records found"),
            (
                "use-match",
                "use the record found, where it is the only one and surely the same",
            ),
            ("allow", "save all the same, where the rule lets us"),
        ]),
        on_change: "",
    },
    VendorOption {
        name: "instance",
        help: "Your org's My Domain: acme, or acme.my.salesforce.com",
        kind: OptionKind::Text("HOST"),
        on_change: "",
    },
    VendorOption {
        name: "sandbox",
        help: "Sign in at test.salesforce.com",
        kind: OptionKind::Switch,
        on_change: "",
    },
];

const DEFAULTS: &[DefaultRow] = &[
    row(LEAD, "firstName", "FirstName"),
    row(LEAD, "lastName", "LastName"),
    row(LEAD, "email", "Email"),
    row(LEAD, "phone", "Phone"),
    row(LEAD, "mobilePhone", "MobilePhone"),
    row(LEAD, "jobTitle", "Title"),
    row(LEAD, "companyName", "Company"),
    row(LEAD, "companyWebsite", "Website"),
    row(LEAD, "address", "Street"),
    row(LEAD, "companyCity", "City"),
    row(LEAD, "companyState", "State"),
    row(LEAD, "companyZip", "PostalCode"),
    row(LEAD, "companyCountry", "Country"),
    row(LEAD, "companyIndustry", "Industry"),
    row(LEAD, "description", "Description"),
    row(CONTACT, "firstName", "FirstName"),
    row(CONTACT, "lastName", "LastName"),
    row(CONTACT, "email", "Email"),
    row(CONTACT, "phone", "Phone"),
    row(CONTACT, "mobilePhone", "MobilePhone"),
    row(CONTACT, "jobTitle", "Title"),
    row(CONTACT, "address", "MailingStreet"),
    row(CONTACT, "companyCity", "MailingCity"),
    row(CONTACT, "companyState", "MailingState"),
    row(CONTACT, "companyZip", "MailingPostalCode"),
    row(CONTACT, "companyCountry", "MailingCountry"),
    row(CONTACT, "description", "Description"),
    row(ACCOUNT, "companyName", "Name"),
    row(ACCOUNT, "companyWebsite", "Website"),
    row(ACCOUNT, "companyIndustry", "Industry"),
    row(ACCOUNT, "companyStreetAddress", "BillingStreet"),
    row(ACCOUNT, "companyCity", "BillingCity"),
    row(ACCOUNT, "companyState", "BillingState"),
    row(ACCOUNT, "companyZip", "BillingPostalCode"),
    row(ACCOUNT, "companyCountry", "BillingCountry"),
    row(ACCOUNT, "companySize", "NumberOfEmployees"),
];

const TROUBLES: &[Trouble] = &[
    trouble(Category::NoTagMapping, "found here, before any call"),
    trouble(
        Category::MissingRemoteField,
        "INVALID_FIELD \"No such column\" (deleted, renamed, or hidden by field-level security), INVALID_FIELD_FOR_INSERT_UPDATE (read-only for this user)",
    ),
    trouble(
        Category::DataFormatValidation,
        "INVALID_EMAIL_ADDRESS, JSON_PARSER_ERROR (text in a number field), NUMBER_OUTSIDE_VALID_RANGE",
    ),
    trouble(
        Category::DataTooLong,
        "STRING_TOO_LONG \"data value too large (max length=80)\"; mostly found here, before any call",
    ),
    trouble(
        Category::DataValueValidation,
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, also where the record type hides the value; FIELD_INTEGRITY_EXCEPTION: a state or country that is not on the org's list",
    ),
    trouble(
        Category::ValidationRule,
        "FIELD_CUSTOM_VALIDATION_EXCEPTION: a validation rule of the org, in its admin's words",
    ),
    trouble(
        Category::AutomationError,
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: an Apex trigger or flow failed",
    ),
    trouble(
        Category::Authentication,
        "HTTP 401 INVALID_SESSION_ID after one renewal; invalid_grant \"expired access/refresh token\" (revoked, password changed, or five newer sign-ins of this app), inactive_user",
    ),
    trouble(
        Category::Connection,
        "INSUFFICIENT_ACCESS…, API_DISABLED_FOR_ORG, INVALID_TYPE (the object is hidden from the user); a campaign that is gone; campaigns need the Marketing User permission",
    ),
    trouble(
        Category::RequiredFieldMissing,
        "REQUIRED_FIELD_MISSING: a field made required in the org that no row fills",
    ),
    trouble(
        Category::NotEnoughData,
        "a Lead needs a last name and a company, a Contact a last name, an Account a name",
    ),
    trouble(
        Category::DuplicateRecord,
        "DUPLICATES_DETECTED: a duplicate rule of the org (connect --duplicates decides); DUPLICATE_VALUE: a unique field holds the value on another record",
    ),
    trouble(
        Category::AmbiguousMatch,
        "HTTP 300: several records hold one external id; a lead without e-mail whose creation was not answered, and several of its name",
    ),
    trouble(
        Category::IdentityConflict,
        "a Contact or Lead of this address under another first and last name",
    ),
    trouble(
        Category::RateLimited,
        "HTTP 403 REQUEST_LIMIT_EXCEEDED: the org's calls of 24 hours, or too many at once",
    ),
    trouble(
        Category::Unexpected,
        "anything else: rows that stay locked (UNABLE_TO_LOCK_ROW), maintenance pages",
    ),
];

/// Salesforce.
pub(crate) static INFO: VendorInfo = VendorInfo {
    name: "salesforce",
    title: "Salesforce",
    category: IntegrationCategory::Crm,
    base_url: host::base_url,
    account_word: "org",
    sign_in: &sign_in::SIGN_IN,
    scopes: sign_in::SCOPES,
    options: OPTIONS,
    objects: &[
        ObjectInfo {
            key: LEAD,
            role: Role::Persona,
            create: Some(batching(false, None)),
            update: Some(batching(true, None)),
            lookups: PERSON_LOOKUPS,
            always_read: &["FirstName", "LastName", "Email", "Company"],
            mirror: None,
        },
        ObjectInfo {
            key: CONTACT,
            role: Role::Persona,
            create: Some(batching(false, Some("AccountId"))),
            update: Some(batching(true, Some("AccountId"))),
            lookups: PERSON_LOOKUPS,
            always_read: &["FirstName", "LastName", "Email", "AccountId"],
            mirror: None,
        },
        ObjectInfo {
            key: ACCOUNT,
            role: Role::Company,
            create: Some(batching(false, None)),
            update: Some(batching(true, None)),
            lookups: &[
                lookup(KeyKind::Id, 2_500),
                lookup(KeyKind::Domain, 500),
                lookup(KeyKind::Name, 2_500),
            ],
            always_read: &["Name", "Website"],
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
    record_url: |settings, _, object, id| host::record_url(settings, sobject(object), id),
};
