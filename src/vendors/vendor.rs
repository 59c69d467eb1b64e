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

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;

use super::{
    ActivityDraft, ActivityQuery, Authorship, CallError, ChangesPage, ChangesQuery, Find,
    FindAnswer, JobState, LeaveRow, LinkAnswer, MatchPlan, Member, MemberAnswer, MemberRow,
    RemoteCampaign, RemoteId, RemoteRecord, RemoveAnswer, Row, ScopeNeed, Undoing, Values,
    VendorInfo, WriteAnswer,
};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::integration::Environment;
use crate::domain::remote::{ObjectSchema, RemoteField};
use crate::transport::Window;

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteAccount {
    /// The vendor's id of the account.
    pub id: String,
    /// What the vendor's API tells as a name.
    pub name: String,
    /// Production or sandbox, by the vendor's word (a loopback address makes it a rehearsal).
    pub environment: Environment,
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

impl Scopes {
    /// What of the needs was granted.
    #[must_use]
    pub fn of(needs: &[ScopeNeed], granted: &[String]) -> Self {
        let missing = needs
            .iter()
            .filter(|need| !granted.iter().any(|name| name == need.name))
            .map(|need| (need.name.to_owned(), need.breaks.to_owned()))
            .collect();
        Self {
            held: granted.to_vec(),
            missing,
        }
    }
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

    /// Proves the credentials and names the account. One request, or two where the version of the API is agreed on first.
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

    /// What a push of so many leads may cost of limits that count by the day, at most, where a call costs so much that a
    /// person should know before: the limit's name and its units.
    fn estimate(&self, leads: u64) -> Vec<(&'static str, u64)> {
        let _ = leads;
        Vec::new()
    }

    /// What one request that writes so many rows costs of the limits that count by the day: the limit's name and its units.
    fn write_cost(&self, rows: usize) -> Vec<(&'static str, u64)> {
        let _ = rows;
        let days = self.info().quotas.iter();
        days.filter(|quota| matches!(quota.window, Window::Daily { .. }))
            .map(|quota| (quota.name, 1))
            .collect()
    }

    /// The scopes and object permissions held and missing; `granted`: what the token answer named. `None`: the vendor does not
    /// tell. A few requests at most.
    ///
    /// # Errors
    /// As every call.
    async fn permissions(&self, granted: Option<&[String]>) -> Result<Option<Scopes>, CallError> {
        Ok(granted.map(|granted| Scopes::of(self.info().scopes, granted)))
    }

    /// Whether persons can be neither found nor created without this permission (by the name [`Vendor::permissions`] gives
    /// it): then nothing can be pushed.
    fn is_vital(&self, permission: &str) -> bool {
        let _ = permission;
        false
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

    /// One page of what was made, changed or removed in an object with a [`super::Mirror`]; one request.
    ///
    /// # Errors
    /// As every call; never a partial page.
    async fn changes(&self, query: &ChangesQuery) -> Result<ChangesPage, CallError> {
        let _ = query;
        Err(CallError::unsupported("changes"))
    }

    /// The fields of an object's records that tell who made one and who last changed it.
    fn authorship(&self, object: &str) -> Authorship {
        let _ = object;
        Authorship::default()
    }

    /// What stands in the place of records that are not there any more, where the vendor tells (merged away), in the order
    /// asked.
    ///
    /// # Errors
    /// As every call.
    async fn successors(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        let _ = object;
        Ok(vec![None; ids.len()])
    }

    /// Writes rows of one kind ([`Change`]) in exactly one request. At most [`Batching::rows`]; where the object has a
    /// [`super::Batching::bulk`] and there are several rows, as one job.
    ///
    /// # Errors
    /// As every call; rows refused one by one are verdicts.
    async fn write(&self, object: &'static str, rows: &[Row]) -> Result<WriteAnswer, CallError>;

    /// How far a job is. `rows` are those handed in where they are known: a job of a process that died is asked with none,
    /// and only its end matters. One request, one more for the rows that were refused.
    ///
    /// # Errors
    /// As every call.
    async fn poll(
        &self,
        object: &'static str,
        job: &str,
        rows: &[Row],
    ) -> Result<JobState, CallError> {
        let _ = (object, job, rows);
        Err(CallError::unsupported("jobs"))
    }

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

    /// A campaign with the statuses its members may have; `None`: there is none of that id.
    ///
    /// # Errors
    /// As every call.
    async fn campaign(&self, id: &str) -> Result<Option<RemoteCampaign>, CallError> {
        let _ = id;
        Ok(None)
    }

    /// The membership of each person (object and id) in a campaign, in the order asked; at most [`super::CampaignInfo::reads`].
    ///
    /// # Errors
    /// As every call.
    async fn members(
        &self,
        campaign: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        let _ = campaign;
        Ok(vec![None; persons.len()])
    }

    /// Makes persons members, or changes their status, in exactly one request: rows are all new or all known. At most
    /// [`super::CampaignInfo::rows`].
    ///
    /// # Errors
    /// As every call; rows refused one by one are in the answer.
    async fn join_campaign(
        &self,
        campaign: &RemoteCampaign,
        rows: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        let _ = (campaign, rows);
        Err(CallError::unsupported("campaigns"))
    }

    /// The row that makes an activity of a person, to be written under [`super::ActivityInfo::object`]. Makes no call.
    ///
    /// # Errors
    /// The failure the vendor would answer with.
    fn activity(&self, draft: &ActivityDraft) -> Result<Row, Failure> {
        let _ = draft;
        Err(Failure::new(
            Category::Unexpected,
            "there are no activities at this vendor",
        ))
    }

    /// Of each activity that may be there, the record that holds its marker, in the order asked; at most
    /// [`super::ActivityInfo::reads`]. `since`: none of them is older. May take several requests.
    ///
    /// # Errors
    /// As every call; never a partial answer.
    async fn find_activities(
        &self,
        asked: &[ActivityQuery],
        since: Timestamp,
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        let _ = (asked, since);
        Err(CallError::unsupported("activities"))
    }

    /// What of our writing can be taken back.
    fn undoing(&self) -> &'static Undoing {
        &Undoing::NOTHING
    }

    /// Whether whoever is signed in may not remove records of an object, where the vendor tells that before; one request at
    /// most.
    ///
    /// # Errors
    /// As every call.
    async fn keeps(&self, object: &'static str) -> Result<bool, CallError> {
        let _ = object;
        Ok(false)
    }

    /// Removes records of an object, or activities, in exactly one request; repeating it is harmless. At most as many as
    /// [`Vendor::undoing`] tells.
    ///
    /// # Errors
    /// As every call; records refused one by one are in the answer.
    async fn remove(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        let _ = (object, ids);
        Err(CallError::unsupported("removals"))
    }

    /// Takes persons of one object out of a campaign in exactly one request; repeating it is harmless.
    ///
    /// # Errors
    /// As every call; rows refused one by one are in the answer.
    async fn leave_campaign(
        &self,
        campaign: &str,
        rows: &[LeaveRow],
    ) -> Result<RemoveAnswer, CallError> {
        let _ = (campaign, rows);
        Err(CallError::unsupported("ways out of a campaign"))
    }

    /// Takes persons and companies apart in exactly one request; repeating it is harmless.
    ///
    /// # Errors
    /// As every call.
    async fn unlink(&self, pairs: &[(RemoteId, RemoteId)]) -> Result<RemoveAnswer, CallError> {
        let _ = pairs;
        Err(CallError::unsupported("ways to take records apart"))
    }

    /// Persons who belong to each company, in the order asked; of many, some. Nobody is told where the vendor itself
    /// refuses to remove a company that somebody belongs to.
    ///
    /// # Errors
    /// As every call.
    async fn persons_under(&self, companies: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        Ok(vec![Vec::new(); companies.len()])
    }

    /// What a field is sent as to hold nothing.
    fn blank(&self, field: &RemoteField) -> Value {
        let _ = field;
        Value::Null
    }

    /// Whether persons who are not there are made. Where not, the vendor's own sync with another tool brings them, and they
    /// wait for it.
    fn makes_persons(&self) -> bool {
        true
    }

    /// The field and value a new company is known by, where its id is ours to choose; from its domain and its name.
    fn company_key(
        &self,
        domain: Option<&str>,
        name: Option<&str>,
    ) -> Option<(&'static str, String)> {
        let _ = (domain, name);
        None
    }

    /// Whether a refusal says that companies are not ours to write: then persons go without them, and nobody fails for it.
    fn leaves_companies(&self, failure: &Failure) -> bool {
        let _ = failure;
        false
    }

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

    /// The same where fields are put back to what they held: nothing of ours is to be kept beside it.
    fn settle_back(
        &self,
        object: &'static str,
        record: &RemoteRecord,
        values: &mut Values,
    ) -> Vec<String> {
        self.settle(object, Some(record), values)
    }

    /// Whether a field of a person is its company's once it belongs to one, so that it is not sent beside the company.
    fn company_holds(&self, object: &str, field: &str) -> bool {
        let _ = (object, field);
        false
    }

    /// What a new record lacks for the vendor to take it at all; `None`: nothing.
    fn lacks(&self, object: &'static str, values: &Values) -> Option<Failure>;
}
