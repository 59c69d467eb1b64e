//! A vendor in a play: it reads truly; what it is asked to write it has done at once, and sends nothing. In the push that
//! follows it writes truly too, and answers what was read for the plan from there while that is fresh.

mod reading;
mod writing;

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;

use super::stage::Stage;
use crate::domain::failure::Failure;
use crate::domain::remote::{ObjectSchema, RemoteField};
use crate::vendors::{
    ActivityDraft, ActivityQuery, Budget, CallError, ChangesPage, ChangesQuery, Find, FindAnswer,
    JobState, LinkAnswer, MatchPlan, Member, MemberAnswer, MemberRow, RemoteAccount,
    RemoteCampaign, RemoteId, RemoteRecord, Row, Scopes, Values, Vendor, VendorInfo, WriteAnswer,
};

/// The companies a person is joined to, as the stage remembers them.
const LINKS: &str = "link";

/// The vendor, in the rehearsal or in the push that follows.
pub(super) struct Played {
    inner: Arc<dyn Vendor>,
    stage: Arc<Stage>,
    acts: bool,
}

impl Played {
    pub(super) fn rehearsing(inner: Arc<dyn Vendor>, stage: Arc<Stage>) -> Self {
        Self {
            inner,
            stage,
            acts: false,
        }
    }

    pub(super) fn acting(inner: Arc<dyn Vendor>, stage: Arc<Stage>) -> Self {
        Self {
            inner,
            stage,
            acts: true,
        }
    }
}

#[async_trait]
impl Vendor for Played {
    fn info(&self) -> &'static VendorInfo {
        self.inner.info()
    }

    fn plan(&self) -> MatchPlan {
        self.inner.plan()
    }

    async fn account(&self) -> Result<RemoteAccount, CallError> {
        self.inner.account().await
    }

    async fn budget(&self) -> Result<Option<Budget>, CallError> {
        self.inner.budget().await
    }

    fn estimate(&self, leads: u64) -> Vec<(&'static str, u64)> {
        self.inner.estimate(leads)
    }

    fn write_cost(&self, rows: usize) -> Vec<(&'static str, u64)> {
        self.inner.write_cost(rows)
    }

    async fn permissions(&self, granted: Option<&[String]>) -> Result<Option<Scopes>, CallError> {
        self.inner.permissions(granted).await
    }

    fn is_vital(&self, permission: &str) -> bool {
        self.inner.is_vital(permission)
    }

    async fn describe(
        &self,
        object: &'static str,
        wanted: &[String],
    ) -> Result<ObjectSchema, CallError> {
        self.describe_once(object, wanted).await
    }

    async fn find(&self, find: &Find) -> Result<FindAnswer, CallError> {
        self.look_up(find).await
    }

    async fn changes(&self, query: &ChangesQuery) -> Result<ChangesPage, CallError> {
        self.read_changes(query).await
    }

    async fn write(&self, object: &'static str, rows: &[Row]) -> Result<WriteAnswer, CallError> {
        self.write_here(object, rows).await
    }

    async fn poll(
        &self,
        object: &'static str,
        job: &str,
        rows: &[Row],
    ) -> Result<JobState, CallError> {
        self.inner.poll(object, job, rows).await
    }

    async fn linked(&self, persons: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        self.companies_of(persons).await
    }

    async fn link(&self, pairs: &[(RemoteId, RemoteId)]) -> Result<LinkAnswer, CallError> {
        self.link_here(pairs).await
    }

    fn encode(
        &self,
        field: &RemoteField,
        parts: &[String],
        truncate: bool,
    ) -> Result<Value, Failure> {
        self.inner.encode(field, parts, truncate)
    }

    async fn campaign(&self, id: &str) -> Result<Option<RemoteCampaign>, CallError> {
        self.campaign_once(id).await
    }

    async fn members(
        &self,
        campaign: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        self.members_of(campaign, persons).await
    }

    async fn join_campaign(
        &self,
        campaign: &RemoteCampaign,
        rows: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        self.join_here(campaign, rows).await
    }

    fn activity(&self, draft: &ActivityDraft) -> Result<Row, Failure> {
        self.inner.activity(draft)
    }

    async fn find_activities(
        &self,
        asked: &[ActivityQuery],
        since: Timestamp,
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        self.look_up_activities(asked, since).await
    }

    fn makes_persons(&self) -> bool {
        self.inner.makes_persons()
    }

    fn company_key(
        &self,
        domain: Option<&str>,
        name: Option<&str>,
    ) -> Option<(&'static str, String)> {
        self.inner.company_key(domain, name)
    }

    fn leaves_companies(&self, failure: &Failure) -> bool {
        self.inner.leaves_companies(failure)
    }

    fn same(&self, field: &RemoteField, left: &Value, right: &Value) -> bool {
        self.inner.same(field, left, right)
    }

    fn join(&self, field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
        self.inner.join(field, theirs, ours)
    }

    fn settle(
        &self,
        object: &'static str,
        before: Option<&RemoteRecord>,
        values: &mut Values,
    ) -> Vec<String> {
        self.inner.settle(object, before, values)
    }

    fn company_holds(&self, object: &str, field: &str) -> bool {
        self.inner.company_holds(object, field)
    }

    fn lacks(&self, object: &'static str, values: &Values) -> Option<Failure> {
        self.inner.lacks(object, values)
    }
}
