//! What a push would do, lead by lead: the plan of a dry run.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::category::Category;

/// One field of one record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedField {
    /// Our field, qualifier, or what else the value comes from.
    pub field: String,
    /// The vendor's field.
    pub remote: String,
    /// What it holds now; null: nothing, or there is no record yet.
    pub old: Value,
    /// What it would hold, in the vendor's form.
    pub new: Value,
    /// Whether it would be written.
    pub write: bool,
    /// Why not; null where it would be.
    pub why_not: Option<String>,
}

impl PlannedField {
    /// A field that is left as it is.
    #[must_use]
    pub fn left(mut self, why: impl Into<String>) -> Self {
        self.write = false;
        self.why_not = Some(why.into());
        self
    }
}

/// One record that a lead's push would touch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedRecord {
    /// The vendor's object.
    pub object: String,
    /// Its id; `None`: it would be made.
    pub id: Option<String>,
    /// Field by field.
    pub fields: Vec<PlannedField>,
}

/// What would become of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlannedAction {
    /// A new person.
    Create,
    /// Something of a person who is there, or of the company.
    Update,
    /// Nothing: all is as it should be.
    Unchanged,
    /// It would be refused.
    Fail,
    /// Not taken up.
    Skip,
}

impl PlannedAction {
    /// Every end.
    pub const ALL: [Self; 5] = [
        Self::Create,
        Self::Update,
        Self::Unchanged,
        Self::Fail,
        Self::Skip,
    ];

    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Unchanged => "unchanged",
            Self::Fail => "fail",
            Self::Skip => "skip",
        }
    }
}

/// One lead of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedLead {
    /// Its public id.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// The address as captured.
    pub email: Option<String>,
    /// What would become of it.
    pub action: PlannedAction,
    /// How the person was found: `id`, `external-id`, `email`, `name`.
    pub matched_by: Option<String>,
    /// The records it would touch.
    pub records: Vec<PlannedRecord>,
    /// Of a failure.
    pub category: Option<Category>,
    /// Why it would fail or be skipped.
    pub message: Option<String>,
}

/// The leads of a plan that would fail with one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedFailures {
    /// The board's category.
    pub category: Category,
    /// How many leads.
    pub count: u64,
    /// Why, the most leads first.
    pub causes: Vec<PlannedCause>,
}

impl PlannedFailures {
    /// A category nobody would fail with yet.
    #[must_use]
    pub fn new(category: Category) -> Self {
        Self {
            category,
            count: 0,
            causes: Vec::new(),
        }
    }
}

/// Leads of a plan that would fail for one cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedCause {
    /// The step that would fail.
    pub phase: Option<String>,
    /// The vendor's object.
    pub object: Option<String>,
    /// The vendor's field; a qualifier's name where an answer has no option.
    pub field: Option<String>,
    /// The refused value.
    pub value: Option<String>,
    /// One of the refusals, in words.
    pub message: String,
    /// How many leads.
    pub count: u64,
    /// Whether all of its people would be there all the same.
    pub landed: bool,
    /// The option, or the field, that is probably meant.
    pub guess: Option<String>,
    /// The command that settles it.
    pub fix: String,
    /// One of the leads.
    pub example: Example,
}

/// A lead that stands for others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Its public id.
    pub lead: String,
    /// The person's name.
    pub name: String,
    /// The address as captured.
    pub email: Option<String>,
}

/// Why a field stays whose lead would be refused for another; the lead's own message tells more.
pub const LEAD_WOULD_FAIL: &str = "the lead would fail";

/// What a plan comes to, beside what a push would say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanTotals {
    /// People with no record yet.
    pub create: u64,
    /// People with something to change.
    pub update: u64,
    /// People who are right already.
    pub unchanged: u64,
    /// People who would be refused.
    pub fail: u64,
    /// Not taken up.
    pub skip: u64,
    /// Of those who would fail: people whose record is there, or was found.
    pub fail_known: u64,
    /// Of those who would fail: people who are there once it is done, a step missing.
    pub fail_landed: u64,
    /// Of these: those whose company alone is the trouble.
    pub fail_company: u64,
    /// New people who are given an owner.
    pub owned: u64,
    /// Companies that would be made.
    pub companies_created: u64,
    /// Companies found, and known to this account before.
    pub companies_known: u64,
    /// Of the companies found: those with a field to change.
    pub companies_changed: u64,
    /// People found by their address under another name.
    pub other_names: u64,
    /// People who join a campaign.
    pub members: u64,
    /// Members whose status changes.
    pub statuses: u64,
    /// Notes and other activities that would be made.
    pub activities: u64,
}

/// The first id that stands for a record a rehearsed push would have made. A number, since some vendors' ids must be one, and
/// one that no vendor gives.
const FIRST_INVENTED: u64 = 9_000_000_000_000_000;
/// As many as may be invented at once.
const INVENTED: u64 = 1_000_000_000;

/// The id of the record a rehearsed push makes as its so-manieth.
#[must_use]
pub fn invented_id(number: u64) -> String {
    (FIRST_INVENTED + number).to_string()
}

/// Whether an id is of a record that is not there.
#[must_use]
pub fn is_invented(id: &str) -> bool {
    id.len() == 16
        && id
            .parse::<u64>()
            .is_ok_and(|id| (FIRST_INVENTED..FIRST_INVENTED + INVENTED).contains(&id))
}

/// A value for people and programs: what would be made has no id yet.
#[must_use]
pub fn shown(value: Value) -> Value {
    let invented = match &value {
        Value::String(text) => is_invented(text),
        Value::Number(number) => is_invented(&number.to_string()),
        _ => false,
    };
    match invented {
        true => "new".into(),
        false => value,
    }
}

/// What a [`PlannedField`] is of that is no field: the person is joined to the company, whose object stands for the field.
pub const ASSOCIATION: &str = "association";

/// The log's note of a company that stood in the person's own row.
pub const SENT_WITH_RECORD: &str = "sent with the record";
