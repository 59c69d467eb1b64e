//! The vendor as data.

use mobly_sync::domain::lead::Role;
use mobly_sync::vendors::{
    self, Batching, DefaultRow, KeyKind, Lookup, MarkInfo, ObjectInfo, VendorInfo,
};

use super::{ACCOUNT, CONTACT, LEAD};

/// The text fields of each object.
pub(super) const FIELDS: &[(&str, &[&str])] = &[
    (CONTACT, &["FirstName", "LastName", "Email", "Title"]),
    (
        LEAD,
        &["FirstName", "LastName", "Email", "Title", "Company"],
    ),
    (ACCOUNT, &["Name", "Website"]),
];

/// The lead's field of several options.
pub(crate) const LABELS: &str = "Labels";
/// The lead's field of one option.
pub(crate) const SHOWS: &str = "Shows";

static MARKS: &[MarkInfo] = &[
    MarkInfo {
        word: "label",
        object: LEAD,
        field: Some(LABELS),
        make: "among the labels of a lead",
    },
    MarkInfo {
        word: "field",
        object: LEAD,
        field: None,
        make: "in the settings of the field",
    },
];

pub(super) static DEFAULTS: &[DefaultRow] = &[
    row(CONTACT, "firstName", "FirstName"),
    row(CONTACT, "lastName", "LastName"),
    row(CONTACT, "email", "Email"),
    row(CONTACT, "jobTitle", "Title"),
    row(LEAD, "firstName", "FirstName"),
    row(LEAD, "lastName", "LastName"),
    row(LEAD, "email", "Email"),
    row(LEAD, "jobTitle", "Title"),
    row(LEAD, "companyName", "Company"),
    row(ACCOUNT, "companyName", "Name"),
    row(ACCOUNT, "companyWebsite", "Website"),
];

const fn row(object: &'static str, field: &'static str, remote: &'static str) -> DefaultRow {
    DefaultRow {
        object,
        field,
        remote,
    }
}

const fn by(by: KeyKind) -> Lookup {
    Lookup {
        by,
        keys: 100,
        lag: std::time::Duration::ZERO,
    }
}

static PERSON_LOOKUPS: &[Lookup] = &[by(KeyKind::Id), by(KeyKind::Email), by(KeyKind::Name)];
static COMPANY_LOOKUPS: &[Lookup] = &[by(KeyKind::Id), by(KeyKind::Domain), by(KeyKind::Name)];

fn object(key: &'static str, rows: usize, parent: Option<&'static str>) -> ObjectInfo {
    let batching = Batching {
        rows,
        bytes: 1_000_000,
        repeatable: false,
        parent,
        bulk: None,
    };
    let person = key != ACCOUNT;
    ObjectInfo {
        key,
        role: if person { Role::Persona } else { Role::Company },
        create: Some(batching),
        update: Some(batching),
        lookups: if person {
            PERSON_LOOKUPS
        } else {
            COMPANY_LOOKUPS
        },
        always_read: if person {
            &["FirstName", "LastName", "Email"]
        } else {
            &["Name", "Website"]
        },
        mirror: None,
    }
}

pub(super) fn info(rows: usize) -> &'static VendorInfo {
    let like = vendors::lookup("hubspot").unwrap();
    let objects = [
        object(LEAD, rows, None),
        object(CONTACT, rows, Some("AccountId")),
        object(ACCOUNT, rows, None),
    ];
    Box::leak(Box::new(VendorInfo {
        name: "twofold",
        title: "Twofold",
        objects: Box::leak(Box::new(objects)),
        defaults: DEFAULTS,
        campaigns: Some(&crate::support::members::CAMPAIGNS),
        marks: MARKS,
        activities: Some(&crate::support::tasks::ACTIVITIES),
        scopes: &[],
        options: &[],
        quotas: &[],
        troubles: &[],
        ..*like
    }))
}
