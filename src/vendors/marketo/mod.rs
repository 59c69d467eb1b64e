//! Marketo Engage: leads, found and written 300 at a time, their companies on request, and programs.
#![doc = include_str!("README.md")]

mod api;
mod campaigns;
mod client;
mod encode;
mod errors;
mod fields;
mod find;
mod info;
mod limits;
mod plan;
mod removal;
pub mod sign_in;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde_json::Value;

pub(super) use info::INFO;

use crate::domain::failure::Failure;
use crate::domain::integration::Environment;
use crate::domain::remote::{ObjectSchema, RemoteField};
use crate::vendors::{
    Authorship, Budget, CallError, CallErrorKind, Find, FindAnswer, LeaveRow, LinkAnswer,
    MatchPlan, Member, MemberAnswer, MemberRow, RemoteAccount, RemoteCampaign, RemoteId,
    RemoteRecord, RemoveAnswer, Row, Scopes, Trace, Undoing, Values, Vendor, VendorInfo,
    VendorSetup, WriteAnswer,
};
use api::{asset, path};
use client::{Marketo, metadata};

/// A person.
const LEAD: &str = "lead";
/// A company, as a record of its own.
const COMPANY: &str = "company";
/// A company's id that is ours to choose; on a lead, its company.
const COMPANY_ID: &str = "externalCompanyId";
/// A lead's key.
const EMAIL: &str = "email";
/// When a record was made.
const CREATED: &str = "createdAt";

fn open(setup: VendorSetup) -> Box<dyn Vendor> {
    Box::new(Marketo::new(setup))
}

impl Marketo {
    /// Whether companies are written.
    fn uses_companies(&self) -> bool {
        let chosen = self.settings.vendor.get("companies");
        chosen.is_some_and(|word| !word.trim().is_empty() && !word.eq_ignore_ascii_case("false"))
    }

    /// Whether the CRM's sync makes the leads.
    fn only_updates(&self) -> bool {
        let chosen = self.settings.vendor.get("records");
        chosen.is_some_and(|word| word.trim().eq_ignore_ascii_case("update-only"))
    }

    /// The partition new leads go into.
    fn partition(&self) -> Option<&str> {
        let named = self.settings.vendor.get("partition");
        named
            .map(|name| name.trim())
            .filter(|name| !name.is_empty())
    }

    /// Whether the role may ask this.
    async fn may(&self, path: String) -> Result<bool, CallError> {
        match self.send(&metadata(path)).await {
            Ok(_) => Ok(true),
            Err(error) if is_refused_right(&error) => Ok(false),
            Err(CallError {
                kind: CallErrorKind::NotAllowed(_) | CallErrorKind::Refused { .. },
                ..
            }) => Ok(true),
            Err(error) => Err(error),
        }
    }
}

/// Told that the role lacks a permission.
fn is_refused_right(error: &CallError) -> bool {
    matches!(&error.kind, CallErrorKind::NotAllowed(failure)
        if matches!(failure.code.as_deref(), Some("603" | "HTTP_403")))
}

#[async_trait]
impl Vendor for Marketo {
    fn info(&self) -> &'static VendorInfo {
        &INFO
    }

    fn plan(&self) -> MatchPlan {
        plan::plan(self.uses_companies())
    }

    async fn account(&self) -> Result<RemoteAccount, CallError> {
        // The call that asks for the least. Its own permission may be missing: the sign-in is proved all the same.
        match self.send(&metadata(path("stats/usage.json"))).await {
            Ok(_) => {}
            Err(error) if is_refused_right(&error) => {}
            Err(error) => return Err(error),
        }
        // No answer names the instance, and a sandbox looks like any other.
        let id = sign_in::munchkin_id(&self.settings).unwrap_or_else(|_| self.host());
        Ok(RemoteAccount {
            name: id.clone(),
            id,
            environment: Environment::Production,
            details: BTreeMap::new(),
        })
    }

    async fn budget(&self) -> Result<Option<Budget>, CallError> {
        let (value, _) = match self.send(&metadata(path("stats/usage.json"))).await {
            Ok(answer) => answer,
            Err(error) if is_refused_right(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let days = value["result"].as_array();
        let used = days
            .into_iter()
            .flatten()
            .filter_map(|day| day["total"].as_u64())
            .sum();
        Ok(Some(Budget {
            used,
            limit: u64::from(limits::CALLS),
            resets_at: limits::day_ends(self.now()),
        }))
    }

    fn is_vital(&self, permission: &str) -> bool {
        permission == sign_in::LEADS
    }

    async fn permissions(&self, _granted: Option<&[String]>) -> Result<Option<Scopes>, CallError> {
        let mut held = Vec::new();
        let asked = [
            (sign_in::LEADS, Some(path("leads/describe.json"))),
            (
                sign_in::ASSETS,
                Some(format!("{}?maxReturn=1", asset("channels.json"))),
            ),
            (
                sign_in::COMPANIES,
                self.uses_companies()
                    .then(|| path("companies/describe.json")),
            ),
        ];
        for (permission, path) in asked {
            // What nobody asked for is not missing.
            let may = match path {
                Some(path) => self.may(path).await?,
                None => true,
            };
            if may {
                held.push(permission.to_owned());
            }
        }
        Ok(Some(Scopes::of(INFO.scopes, &held)))
    }

    async fn describe(
        &self,
        object: &'static str,
        _wanted: &[String],
    ) -> Result<ObjectSchema, CallError> {
        // Read anew: what was kept serves questions, and an admin may have changed it since.
        self.forget(object);
        Ok(fields::schema(object, &self.described(object).await?))
    }

    async fn find(&self, find: &Find) -> Result<FindAnswer, CallError> {
        match find::unasked(find) {
            Some(error) => Err(error),
            None => self.find_records(find).await,
        }
    }

    async fn write(&self, object: &'static str, rows: &[Row]) -> Result<WriteAnswer, CallError> {
        self.write_rows(object, rows).await
    }

    async fn linked(&self, persons: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        self.companies_of(persons).await
    }

    async fn link(&self, _pairs: &[(RemoteId, RemoteId)]) -> Result<LinkAnswer, CallError> {
        Err(CallError::unsupported("links"))
    }

    fn undoing(&self) -> &'static Undoing {
        &removal::UNDOING
    }

    async fn remove(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        self.remove_records(object, ids).await
    }

    async fn leave_campaign(
        &self,
        campaign: &str,
        rows: &[LeaveRow],
    ) -> Result<RemoveAnswer, CallError> {
        self.remove_members(campaign, rows).await
    }

    fn encode(
        &self,
        field: &RemoteField,
        parts: &[String],
        truncate: bool,
    ) -> Result<Value, Failure> {
        encode::encode(field, parts, truncate)
    }

    async fn campaign(&self, id: &str) -> Result<Option<RemoteCampaign>, CallError> {
        self.read_campaign(id).await
    }

    async fn members(
        &self,
        campaign: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        self.read_members(campaign, persons).await
    }

    async fn join_campaign(
        &self,
        campaign: &RemoteCampaign,
        rows: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        self.write_members(campaign, rows).await
    }

    fn makes_persons(&self) -> bool {
        !self.only_updates()
    }

    fn company_key(
        &self,
        domain: Option<&str>,
        name: Option<&str>,
    ) -> Option<(&'static str, String)> {
        plan::company_id(domain, name).map(|id| (COMPANY_ID, id))
    }

    fn leaves_companies(&self, failure: &Failure) -> bool {
        failure.code.as_deref() == Some("1018")
    }

    fn authorship(&self, _object: &str) -> Authorship {
        Authorship {
            made: Trace::at("createdAt"),
            changed: Trace::at("updatedAt"),
        }
    }

    fn same(&self, field: &RemoteField, left: &Value, right: &Value) -> bool {
        encode::same(field, left, right)
    }

    fn join(&self, field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
        encode::join(field, theirs, ours)
    }

    fn settle(
        &self,
        object: &'static str,
        before: Option<&RemoteRecord>,
        values: &mut Values,
    ) -> Vec<String> {
        plan::keep_own(object, before, values)
    }

    fn settle_back(
        &self,
        object: &'static str,
        record: &RemoteRecord,
        values: &mut Values,
    ) -> Vec<String> {
        let mut notes = plan::keep_own(object, Some(record), values);
        notes.extend(plan::stay_in_company(object, values));
        notes
    }

    fn company_holds(&self, object: &str, field: &str) -> bool {
        object == LEAD && plan::is_of_company(field)
    }

    fn lacks(&self, object: &'static str, values: &Values) -> Option<Failure> {
        plan::lacks(object, values)
    }
}
