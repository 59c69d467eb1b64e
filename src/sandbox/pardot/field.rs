//! A prospect's fields: the standard ones of version 5, and those an account adds.

use serde_json::Value;

use super::unit::Values;

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    LongText,
    Email,
    Integer,
    Number,
    Boolean,
    Date,
    Moment,
    Campaign,
    ProspectAccount,
    User,
}

/// One field of a prospect, standard or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) kind: Kind,
    pub(super) writable: bool,
    /// Several values, in a list.
    pub(super) multiple: bool,
    /// New values are added to those that are there.
    pub(super) appends: bool,
}

const fn standard(kind: Kind, writable: bool) -> Field {
    Field {
        kind,
        writable,
        multiple: false,
        appends: false,
    }
}

const TEXTS: [&str; 25] = [
    "salutation",
    "firstName",
    "lastName",
    "company",
    "jobTitle",
    "department",
    "phone",
    "fax",
    "website",
    "addressOne",
    "addressTwo",
    "city",
    "state",
    "zip",
    "country",
    "territory",
    "industry",
    "employees",
    "annualRevenue",
    "yearsInBusiness",
    "source",
    "salesforceOwnerId",
    "campaignParameter",
    "mediumParameter",
    "sourceParameter",
];

const READ_ONLY_TEXTS: [&str; 7] = [
    "salesforceId",
    "salesforceLeadId",
    "salesforceContactId",
    "salesforceAccountId",
    "salesforceCampaignId",
    "salesforceUrl",
    "grade",
];

const MOMENTS: [&str; 5] = [
    "createdAt",
    "updatedAt",
    "lastActivityAt",
    "firstActivityAt",
    "salesforceLastSync",
];

/// The standard field of that name; names are case-sensitive.
pub(super) fn standard_field(name: &str) -> Option<Field> {
    let (kind, writable) = match name {
        "email" => (Kind::Email, true),
        "comments" | "notes" => (Kind::LongText, true),
        "score" => (Kind::Integer, true),
        "campaignId" => (Kind::Campaign, true),
        "prospectAccountId" => (Kind::ProspectAccount, true),
        "userId" => (Kind::User, true),
        "isDoNotCall" | "isDoNotEmail" | "isReviewed" => (Kind::Boolean, true),
        "id" | "createdById" | "updatedById" => (Kind::Integer, false),
        "optedOut" | "isDeleted" | "isEmailHardBounced" => (Kind::Boolean, false),
        _ if TEXTS.contains(&name) => (Kind::Text, true),
        _ if READ_ONLY_TEXTS.contains(&name) => (Kind::Text, false),
        _ if MOMENTS.contains(&name) => (Kind::Moment, false),
        _ => return None,
    };
    Some(standard(kind, writable))
}

/// What a field that the account added takes, by its row in `custom-fields`.
pub(super) fn custom_field(row: &Values) -> Field {
    let flag = |name: &str| row.get(name).and_then(Value::as_bool).unwrap_or(false);
    let named = row.get("type").and_then(Value::as_str).unwrap_or("Text");
    let kind = match named {
        "Number" => Kind::Number,
        "Date" => Kind::Date,
        "Textarea" => Kind::LongText,
        // One with a value list offers several boxes, whose labels are its values.
        "Checkbox" if !flag("isUseValues") => Kind::Boolean,
        _ => Kind::Text,
    };
    let appends = flag("isRecordMultipleResponses");
    Field {
        kind,
        writable: true,
        multiple: appends || named == "Multi-Select",
        appends,
    }
}
