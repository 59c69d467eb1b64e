//! Account Engagement as data: what can be written, how it is found, what its limits and signs of trouble are.

use std::time::Duration;

use super::{PROSPECT, changes, import, limits, open, sign_in};
use crate::domain::category::Category;
use crate::domain::integration::{IntegrationCategory, Settings};
use crate::domain::lead::Role;
use crate::vendors::{
    Batching, Bulk, DefaultRow, KeyKind, Lookup, Mirror, ObjectInfo, Trouble, VendorInfo,
};

/// One prospect a request, or an import of many. Both are repeatable: a new prospect is upserted by its address, in the file
/// too, so that a second time finds what the first one made. The one exception is a record made despite another of its
/// address, which is never sent again by the request itself.
const BATCHING: Batching = Batching {
    rows: 1,
    bytes: 1_000_000,
    repeatable: true,
    parent: None,
    bulk: Some(Bulk {
        // Up to 20 go one by one, with ids and reasons at once (decisions.md 7).
        from: 21,
        rows: 10_000,
        bytes: import::LARGEST,
        patience: Duration::from_secs(120),
    }),
};

/// Answers may be up to a minute old ("Version 5 overview"). As many addresses at a time as requests may be under way; ids are
/// asked for by ranges.
const fn lookup(by: KeyKind) -> Lookup {
    Lookup {
        by,
        keys: match by {
            KeyKind::Id => 500,
            _ => 5,
        },
        lag: Duration::from_secs(60),
    }
}

const fn row(field: &'static str, remote: &'static str) -> DefaultRow {
    DefaultRow {
        object: PROSPECT,
        field,
        remote,
    }
}

const fn trouble(category: Category, signs: &'static str) -> Trouble {
    Trouble { category, signs }
}

const DEFAULTS: &[DefaultRow] = &[
    row("firstName", "firstName"),
    row("lastName", "lastName"),
    row("email", "email"),
    row("phone", "phone"),
    row("jobTitle", "jobTitle"),
    row("companyName", "company"),
    row("companyWebsite", "website"),
    row("address", "addressOne"),
    row("companyCity", "city"),
    row("companyState", "state"),
    row("companyZip", "zip"),
    row("companyCountry", "country"),
    row("companyIndustry", "industry"),
];

const TROUBLES: &[Trouble] = &[
    trouble(Category::NoTagMapping, "found here, before any call"),
    trouble(
        Category::MissingRemoteField,
        "51 and 154 name a field that is gone; 180, 226, 227 the header of an import",
    ),
    trouble(
        Category::DataFormatValidation,
        "4 and 65 (an e-mail address), 50, 56, 57 (yes or no, number, date); mostly found here, before any call",
    ),
    trouble(
        Category::DataTooLong,
        "an e-mail address of more than 255 characters, found here; other lengths are documented nowhere",
    ),
    trouble(
        Category::DataValueValidation,
        "52; which values a field has is not told, and others are taken too: value rules keep them in order",
    ),
    trouble(
        Category::Authentication,
        "184 after one renewal: taken back, or the app lacks the scope pardot_api; 49, 1, 15; invalid_grant at the token call",
    ),
    trouble(
        Category::Connection,
        "46 (the user lacks a permission), 201 (wrong --business-unit, or --sandbox on the wrong side), 181; 38, 55, 10: a campaign, \
         list or user that is gone",
    ),
    trouble(
        Category::RequiredFieldMissing,
        "13, 36, 153: a field the account demands and no row fills",
    ),
    trouble(
        Category::NotEnoughData,
        "no e-mail address (14): prospects are known by it alone",
    ),
    trouble(
        Category::DuplicateRecord,
        "9: a prospect of this address is there, and the account takes no second one",
    ),
    trouble(
        Category::AmbiguousMatch,
        "an import whose answer was lost and that several prospects fit",
    ),
    trouble(
        Category::IdentityConflict,
        "a prospect of this address under another first and last name",
    ),
    trouble(
        Category::RateLimited,
        "122 (the day's calls), 66 (more than five at a time), 202 (the minute's)",
    ),
    trouble(
        Category::Unexpected,
        "anything else: 85, 116, 120, 121, 183, 214 that stay, maintenance pages",
    ),
];

/// Where people see a prospect.
fn record_url(settings: &Settings, id: &str) -> Option<String> {
    let base = match &settings.base_url {
        Some(own) => own.trim_end_matches('/').to_owned(),
        None => sign_in::base_url(settings).ok()?,
    };
    Some(format!("{base}/prospect/read/id/{id}"))
}

/// Salesforce Account Engagement.
pub(crate) static INFO: VendorInfo = VendorInfo {
    name: "pardot",
    title: "Pardot",
    category: IntegrationCategory::Marketing,
    base_url: sign_in::base_url,
    account_word: "business unit",
    sign_in: &sign_in::SIGN_IN,
    scopes: sign_in::SCOPES,
    options: sign_in::OPTIONS,
    objects: &[ObjectInfo {
        key: PROSPECT,
        role: Role::Persona,
        create: Some(BATCHING),
        update: Some(BATCHING),
        lookups: &[lookup(KeyKind::Id), lookup(KeyKind::Email)],
        always_read: &["firstName", "lastName", "email", "company"],
        mirror: Some(Mirror {
            keys: &[KeyKind::Id, KeyKind::Email],
            page: changes::PAGE,
            overlap: Duration::from_secs(90),
            life: Duration::from_secs(60),
            // Changes tell what was deleted, and one record a call is all that reading by id gives.
            confirm: false,
        }),
    }],
    quotas: limits::QUOTAS,
    defaults: DEFAULTS,
    campaigns: None,
    marks: &[],
    without_campaigns: "fill a field of the prospect with the event's name, and let an automation rule there put prospects into a \
                        campaign or onto a list by it; a field of its own for each event keeps every fair apart",
    activities: None,
    troubles: TROUBLES,
    rules: limits::rules,
    open,
    record_url: |settings, _, _, id| record_url(settings, id),
};

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::fields;
    use super::*;

    #[test]
    fn defaults_name_fields_that_are_there() {
        let schema = fields::schema(&[]);
        for row in DEFAULTS {
            assert!(schema.field(row.remote).unwrap().writable, "{}", row.remote);
        }
        for name in INFO.objects[0].always_read {
            assert!(schema.field(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_prospect_is_shown_where_it_lives() {
        let mut settings = Settings::default();
        let shown = |settings: &Settings| record_url(settings, "7").unwrap();
        assert_eq!(shown(&settings), "https://pi.pardot.com/prospect/read/id/7");
        settings.vendor.insert("sandbox".into(), "true".into());
        assert_eq!(
            shown(&settings),
            "https://pi.demo.pardot.com/prospect/read/id/7"
        );
        settings.base_url = Some("http://127.0.0.1:8080/".into());
        assert_eq!(shown(&settings), "http://127.0.0.1:8080/prospect/read/id/7");
    }

    #[test]
    fn the_copy_reads_again_what_may_have_been_hidden() {
        let object = &INFO.objects[0];
        let mirror = object.mirror.unwrap();
        assert!(
            object
                .lookups
                .iter()
                .all(|lookup| lookup.lag < mirror.overlap)
        );
    }
}
