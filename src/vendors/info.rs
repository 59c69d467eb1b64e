//! A vendor as data: everything the engine may know without asking it.

use std::time::Duration;

use super::{ActivityInfo, Bulk, CampaignInfo, MarkInfo, Mirror, SignIn, Vendor, VendorOption};
use crate::domain::category::Category;
use crate::domain::integration::{IntegrationCategory, Settings};
use crate::domain::lead::Role;
use crate::transport::{QuotaSpec, Transport};

/// Everything about a vendor that is known without asking it.
pub struct VendorInfo {
    /// The word on the command line.
    pub name: &'static str,
    /// The name people use.
    pub title: &'static str,
    /// The slot it fills.
    pub category: IntegrationCategory,
    /// Where its API lives for a connection's options unless the user says otherwise. The error is a sentence that names
    /// the option that is missing.
    pub base_url: fn(&Settings) -> Result<String, String>,
    /// The word for an account ("portal").
    pub account_word: &'static str,
    /// How to sign in.
    pub sign_in: &'static SignIn,
    /// The scopes it needs, by the vendor's names.
    pub scopes: &'static [ScopeNeed],
    /// The options of `connect` that only this vendor has.
    pub options: &'static [VendorOption],
    /// What can be written.
    pub objects: &'static [ObjectInfo],
    /// Its limits.
    pub quotas: &'static [QuotaSpec],
    /// The rows `mapping defaults` sets.
    pub defaults: &'static [DefaultRow],
    /// Its campaigns, if it has any.
    pub campaigns: Option<&'static CampaignInfo>,
    /// The fields of persons whose values stand for campaigns, where it has none.
    pub marks: &'static [MarkInfo],
    /// What takes the place of campaigns where it has none, as advice; empty: what is usual.
    pub without_campaigns: &'static str,
    /// What it keeps notes and other activities as, if it takes any.
    pub activities: Option<&'static ActivityInfo>,
    /// What a category looks like there, for `explain`.
    pub troubles: &'static [Trouble],
    /// How its answers are judged by the transport.
    pub rules: fn() -> std::sync::Arc<dyn crate::transport::AnswerRules>,
    /// Makes the translator of one connection.
    pub open: fn(VendorSetup) -> Box<dyn Vendor>,
    /// Where people see a record in the browser, from the connection's options, the account, the object and the record's id;
    /// known without a sign-in.
    pub record_url: fn(&Settings, &str, &str, &str) -> Option<String>,
}

/// What a vendor's translator is made of.
pub struct VendorSetup {
    /// The connection's options.
    pub settings: Settings,
    /// Paced, authorised, counted HTTP.
    pub transport: Transport,
}

/// A scope or permission the vendor must grant.
pub struct ScopeNeed {
    /// The vendor's name of it.
    pub name: &'static str,
    /// What does not work without it: "new leads cannot be created".
    pub breaks: &'static str,
}

/// What one category looks like at this vendor.
pub struct Trouble {
    /// The category.
    pub category: Category,
    /// The raw signs of it.
    pub signs: &'static str,
}

/// One row of the default mapping.
pub struct DefaultRow {
    /// The vendor's object.
    pub object: &'static str,
    /// Our field.
    pub field: &'static str,
    /// The vendor's field.
    pub remote: &'static str,
}

/// One kind of record at the vendor.
pub struct ObjectInfo {
    /// The vendor's word.
    pub key: &'static str,
    /// Person or company.
    pub role: Role,
    /// How new records are written; `None`: not here.
    pub create: Option<Batching>,
    /// How records are changed by id.
    pub update: Option<Batching>,
    /// How records are found.
    pub lookups: &'static [Lookup],
    /// Fields every answer should hold beside the mapped ones (names for the identity check, the match keys).
    pub always_read: &'static [&'static str],
    /// How a copy of it is kept in our own file; `None`: every question goes to the vendor.
    pub mirror: Option<Mirror>,
}

/// The limits of one kind of write request.
#[derive(Debug, Clone, Copy)]
pub struct Batching {
    /// Most rows in a request.
    pub rows: usize,
    /// Most bytes in a request body.
    pub bytes: usize,
    /// Whether sending it again after a lost answer is harmless.
    pub repeatable: bool,
    /// The field whose equal values are never in two requests at once, because the vendor locks the record it names.
    pub parent: Option<&'static str>,
    /// How many rows are handed in as a job; `None`: never.
    pub bulk: Option<Bulk>,
}

/// One way to find records.
#[derive(Debug, Clone, Copy)]
pub struct Lookup {
    /// By what.
    pub by: KeyKind,
    /// Most keys in a request.
    pub keys: usize,
    /// How long a new record may stay invisible to it.
    pub lag: Duration,
}

/// What records are found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyKind {
    /// The vendor's id.
    Id,
    /// A unique field that we fill (`--external-id`).
    ExternalId,
    /// The e-mail address in key form.
    Email,
    /// A company's domain in key form.
    Domain,
    /// A name: a company's as captured; a person's as `First|Last`.
    Name,
}

impl KeyKind {
    /// The word for it in files and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::ExternalId => "external-id",
            Self::Email => "email",
            Self::Domain => "domain",
            Self::Name => "name",
        }
    }
}

/// In which order records are looked for, and what is made where none is found (product.md 9).
#[derive(Debug, Clone)]
pub struct MatchPlan {
    /// The steps for a person.
    pub person: Vec<Step>,
    /// The object made for a new person.
    pub create_person: &'static str,
    /// The steps for a company.
    pub company: Vec<Step>,
    /// The object made for a new company, if any is.
    pub create_company: Option<&'static str>,
    /// How a person is joined to a company.
    pub link: LinkKind,
    /// Whether a person may be there without the company: a company's data failure then keeps nobody out.
    pub person_stands_alone: bool,
    /// The person fields an identity is read from: first name, last name, e-mail.
    pub identity: Identity,
    /// The company fields matching reads: name, domain.
    pub company_keys: CompanyKeys,
}

/// Where a person's identity stands in the vendor's record.
#[derive(Debug, Clone, Copy)]
pub struct Identity {
    /// The first name's field.
    pub first_name: &'static str,
    /// The last name's field.
    pub last_name: &'static str,
    /// The address's field.
    pub email: &'static str,
}

/// Where a company's match keys stand in the vendor's record.
#[derive(Debug, Clone, Copy)]
pub struct CompanyKeys {
    /// The name's field.
    pub name: &'static str,
    /// The domain's field.
    pub domain: &'static str,
}

/// One step of a match order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Where.
    pub object: &'static str,
    /// By what.
    pub by: KeyKind,
}

/// How a person is joined to a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Records of their own: inline with a new person ([`Row::links`]), else [`Vendor::link`].
    Association {
        /// Most pairs in one [`Vendor::link`].
        pairs: usize,
        /// Most persons in one [`Vendor::linked`].
        reads: usize,
    },
    /// A field of one person object, sent with it; filled only while it is blank. Persons of other objects have none.
    InPerson {
        /// The object.
        object: &'static str,
        /// Its field.
        field: &'static str,
    },
    /// Not at all.
    None,
}
