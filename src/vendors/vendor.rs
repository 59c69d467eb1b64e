//! The contract between the engine and a vendor.
//!
//! A vendor **describes** (objects, limits, match order, as data) and **translates** (find, write one request, encode,
//! compare). The engine decides, journals, retries and undoes, once for all vendors. Therefore:
//!
//! * one [`Vendor::write`] is exactly one request (or one job) at the vendor, so that it can be written ahead, previewed and
//!   looked up when its answer is lost;
//! * a key that [`Vendor::find`] could not ask about is an error, never "absent";
//! * a row that an answer does not mention is [`Verdict::Silent`], never success.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;

use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::integration::{Environment, IntegrationCategory, Settings};
use crate::domain::lead::Role;
use crate::domain::remote::{ObjectSchema, RemoteField};
use crate::transport::{QuotaSpec, Transport};

/// A record's id at the vendor.
pub type RemoteId = String;
/// Values by the vendor's field name, in the vendor's form.
pub type Values = BTreeMap<String, Value>;

// ── what the engine may ask, declared as data ──────────────────────────────────────────────────────────────────────────

/// Everything about a vendor that is known without asking it.
pub struct VendorInfo {
    /// The word on the command line.
    pub name: &'static str,
    /// The name people use.
    pub title: &'static str,
    /// The slot it fills.
    pub category: IntegrationCategory,
    /// Where its API lives unless the user says otherwise.
    pub base_url: &'static str,
    /// The word for an account ("portal").
    pub account_word: &'static str,
    /// How to sign in, easiest first.
    pub sign_in: &'static [SignInWay],
    /// What can be written.
    pub objects: &'static [ObjectInfo],
    /// Its limits.
    pub quotas: &'static [QuotaSpec],
    /// The rows `mapping defaults` sets.
    pub defaults: &'static [DefaultRow],
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

/// One way to sign in.
pub struct SignInWay {
    /// The word for it.
    pub name: &'static str,
    /// What is needed and where in the vendor's settings to find it, with the scopes.
    pub guide: &'static str,
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
    /// A field of the person, sent with it.
    InPerson(&'static str),
    /// Not at all.
    None,
}

// ── finding ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A question for records.
#[derive(Debug, Clone)]
pub struct Find {
    /// Where.
    pub object: &'static str,
    /// By what.
    pub by: KeyKind,
    /// At most [`Lookup::keys`] keys, each once.
    pub keys: Vec<String>,
    /// The fields to read.
    pub fields: Vec<String>,
    /// Only records made at or after this time (looking for what a lost answer may have made).
    pub created_after: Option<Timestamp>,
}

/// The answer to one [`Find`]: every key asked for, in any order.
#[derive(Debug, Clone)]
pub struct FindAnswer {
    /// What was found by each key; no records: surely absent.
    pub found: Vec<Found>,
    /// The call that told.
    pub call: CallTrace,
}

/// What one key found, oldest record first.
#[derive(Debug, Clone)]
pub struct Found {
    /// The key as asked.
    pub key: String,
    /// The records.
    pub records: Vec<RemoteRecord>,
}

/// A record as the vendor holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoteRecord {
    /// The kind.
    pub object: &'static str,
    /// The id.
    pub id: RemoteId,
    /// The fields asked for.
    pub values: Values,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// The record to use in its stead (converted, merged).
    pub instead: Option<(&'static str, RemoteId)>,
}

// ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What shall happen to one record. All rows of one [`Vendor::write`] are of one kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A new record.
    Create {
        /// Its fields.
        values: Values,
    },
    /// Some fields of a record that is there.
    Update {
        /// The record.
        id: RemoteId,
        /// The fields that change.
        values: Values,
    },
}

impl Change {
    /// The fields sent.
    #[must_use]
    pub fn values(&self) -> &Values {
        match self {
            Self::Create { values } | Self::Update { values, .. } => values,
        }
    }

    /// Whether it makes a record.
    #[must_use]
    pub fn is_create(&self) -> bool {
        matches!(self, Self::Create { .. })
    }
}

/// One row of a write.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Names the row in the answer; unique within the request.
    pub trace: String,
    /// What shall happen.
    pub change: Change,
    /// Records a new one is joined to, where the vendor takes that inline.
    pub links: Vec<(&'static str, RemoteId)>,
}

/// The answer to one write: a verdict for every row sent, in any order.
#[derive(Debug, Clone)]
pub struct WriteAnswer {
    /// The verdicts.
    pub rows: Vec<RowAnswer>,
    /// The call.
    pub call: CallTrace,
}

/// One row's part of an answer.
#[derive(Debug, Clone)]
pub struct RowAnswer {
    /// The row.
    pub trace: String,
    /// What became of it.
    pub verdict: Verdict,
    /// The row as it was sent.
    pub sent: Value,
    /// What the answer said of it.
    pub received: Value,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Written; the id the vendor returned for this very row.
    Done {
        /// The record.
        id: RemoteId,
        /// The record as stored, where the answer holds it.
        stored: Option<Values>,
    },
    /// A record with this key is there already: match it.
    Exists {
        /// The record.
        id: RemoteId,
    },
    /// The record meant is gone: the stored id is stale.
    Gone,
    /// One of [`Row::links`] is gone.
    LinkGone,
    /// Refused.
    Refused(Failure),
    /// Locked just now: this row again, after a while.
    Later(Option<Duration>),
    /// The answer does not mention the row: never success.
    Silent,
}

/// The outcome of joining pairs.
#[derive(Debug, Clone)]
pub struct LinkAnswer {
    /// For each pair, in the order asked: done, or why not.
    pub pairs: Vec<Result<(), Failure>>,
    /// The call.
    pub call: CallTrace,
}

/// A call as the log may keep it: no headers, no secrets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CallTrace {
    /// The method.
    pub method: String,
    /// The full address.
    pub url: String,
    /// The status; 0 where none came.
    pub status: u16,
    /// The raw answer, shortened to what a person would read (64 KiB at most); empty where the rows have their own parts.
    pub body: Value,
    /// The vendor's own id of the call.
    pub correlation: Option<String>,
}

/// A whole call failed.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{kind}")]
pub struct CallError {
    /// How.
    pub kind: CallErrorKind,
    /// The call, where one was made.
    pub call: Option<Box<CallTrace>>,
}

impl CallError {
    /// A failed call of which nothing more is known.
    #[must_use]
    pub fn new(kind: CallErrorKind) -> Self {
        Self { kind, call: None }
    }
}

/// The ways a whole call fails.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CallErrorKind {
    /// The vendor refused the request. Guilty rows known: drop them and send the rest; none: halve.
    #[error("{}", failure.message)]
    Refused {
        /// Why.
        failure: Failure,
        /// What the answer names.
        guilty: Vec<Guilty>,
    },
    /// The sign-in was refused.
    #[error("{}", .0.message)]
    SignIn(Failure),
    /// Signed in, but not allowed to.
    #[error("{}", .0.message)]
    NotAllowed(Failure),
    /// A limit is used up; surely not done.
    #[error("{message}")]
    Wait {
        /// Which limit.
        quota: &'static str,
        /// When it is worth trying again.
        until: Timestamp,
        /// Whether it is the day's budget.
        daily: bool,
        /// A sentence.
        message: String,
    },
    /// Not reachable or not well; surely not done.
    #[error("{message}")]
    Unavailable {
        /// The vendor's own word for when.
        retry_after: Option<Duration>,
        /// A sentence.
        message: String,
    },
    /// Sent, and no usable answer came: look up before repeating.
    #[error("{message}")]
    OutcomeUnknown {
        /// A sentence.
        message: String,
    },
}

/// What a refusal of a whole request blames.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guilty {
    /// One row, by its trace.
    Trace(String),
    /// Every row that holds this value in this field (in any field: `None`), with the vendor's reason.
    Value {
        /// The field, where named.
        field: Option<String>,
        /// The value as sent.
        value: String,
        /// Why.
        failure: Failure,
    },
    /// Every row that sends this field.
    Field {
        /// The field.
        field: String,
        /// Why.
        failure: Failure,
    },
}

// ── the translator ─────────────────────────────────────────────────────────────────────────────────────────────────────

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteAccount {
    /// The vendor's id of the account.
    pub id: String,
    /// What the vendor's API tells as a name.
    pub name: String,
    /// Production or sandbox, by the vendor's word (a loopback address makes it a rehearsal).
    pub environment: Environment,
    /// Scopes or permissions held and missing; `None`: the vendor does not tell.
    pub scopes: Option<Scopes>,
    /// Further facts the connection keeps among its options (where people's pages live).
    pub details: BTreeMap<String, String>,
}

/// Permissions, by the vendor's names; the missing with what each will break.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes {
    /// Granted.
    pub held: Vec<String>,
    /// Not granted: name and consequence.
    pub missing: Vec<(String, String)>,
}

/// The day's calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Used so far.
    pub used: u64,
    /// Allowed a day.
    pub limit: u64,
    /// When counting starts anew.
    pub resets_at: Option<Timestamp>,
}

/// Translates between the engine and one vendor's API, for one connection.
#[async_trait]
pub trait Vendor: Send + Sync {
    /// The vendor's data.
    fn info(&self) -> &'static VendorInfo;

    /// The match order; depends on the connection's options.
    fn plan(&self) -> MatchPlan;

    /// Proves the credentials and names the account. One request.
    ///
    /// # Errors
    /// [`CallErrorKind::SignIn`] where the credentials are refused.
    async fn account(&self) -> Result<RemoteAccount, CallError>;

    /// The day's calls, where the vendor tells. One request.
    ///
    /// # Errors
    /// As every call.
    async fn budget(&self) -> Result<Option<Budget>, CallError> {
        Ok(None)
    }

    /// Reads an object's fields, rules included. Users are loaded as options only where one of `wanted` is a user field.
    ///
    /// # Errors
    /// As every call.
    async fn describe(
        &self,
        object: &'static str,
        wanted: &[String],
    ) -> Result<ObjectSchema, CallError>;

    /// Answers one question for records; may take several requests where the vendor cuts (search pages).
    ///
    /// # Errors
    /// As every call; never a partial answer.
    async fn find(&self, find: &Find) -> Result<FindAnswer, CallError>;

    /// Writes rows of one kind ([`Change`]) in exactly one request. At most [`Batching::rows`].
    ///
    /// # Errors
    /// As every call; rows refused one by one are verdicts.
    async fn write(&self, object: &'static str, rows: &[Row]) -> Result<WriteAnswer, CallError>;

    /// The companies each person is joined to, in the order asked.
    ///
    /// # Errors
    /// As every call.
    async fn linked(&self, persons: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError>;

    /// Joins persons to companies in one request. Joining what is joined is harmless.
    ///
    /// # Errors
    /// As every call; pairs refused one by one are in the answer.
    async fn link(&self, pairs: &[(RemoteId, RemoteId)]) -> Result<LinkAnswer, CallError>;

    /// Puts a value into the vendor's form, checking what its documentation and metadata tell (options, lengths, forms):
    /// such a refusal needs no call. `parts` are several for several answers.
    ///
    /// # Errors
    /// The failure the vendor would answer with.
    fn encode(
        &self,
        field: &RemoteField,
        parts: &[String],
        truncate: bool,
    ) -> Result<Value, Failure>;

    /// Whether two values are one in the vendor's normal form.
    fn same(&self, field: &RemoteField, left: &Value, right: &Value) -> bool;

    /// Adds ours to theirs; `None` where theirs contains it already.
    fn join(&self, field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value>;

    /// Last word on the fields of one record before they are sent: what the vendor would refuse to move backwards is left
    /// out, with a note each.
    fn settle(
        &self,
        object: &'static str,
        before: Option<&RemoteRecord>,
        values: &mut Values,
    ) -> Vec<String> {
        let _ = (object, before, values);
        Vec::new()
    }

    /// What a new record lacks for the vendor to take it at all; `None`: nothing.
    fn lacks(&self, object: &'static str, values: &Values) -> Option<Failure>;
}
