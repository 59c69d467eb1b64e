//! Zoho CRM: leads, contacts and accounts, matched by COQL and written a hundred at a time.
#![doc = include_str!("README.md")]

mod activities;
mod api;
mod campaigns;
mod client;
mod encode;
mod errors;
mod fields;
mod find;
mod info;
mod limits;
mod pages;
mod plan;
mod records;
mod removal;
pub mod sign_in;
#[cfg(test)]
mod tests;
mod verdict;
mod write;

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;

pub(super) use info::INFO;

use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::integration::Environment;
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteOption};
use crate::vendors::{
    ActivityDraft, ActivityQuery, Authorship, CallError, CallErrorKind, Find, FindAnswer, LeaveRow,
    LinkAnswer, MatchPlan, Member, MemberAnswer, MemberRow, RemoteAccount, RemoteCampaign,
    RemoteId, RemoteRecord, RemoveAnswer, Row, Scopes, Trace, Undoing, Values, Vendor, VendorInfo,
    VendorSetup, WriteAnswer,
};
use api::text_of;
use client::{Zoho, metadata};

/// A person who is no customer yet.
const LEAD: &str = "lead";
/// A person of an account.
const CONTACT: &str = "contact";
/// A company.
const ACCOUNT: &str = "account";
/// What activities are kept as.
const NOTE: &str = "note";
/// An account's name; on a contact, the account itself.
const ACCOUNT_NAME: &str = "Account_Name";

/// Zoho's name of an object.
fn module(object: &str) -> &'static str {
    match object {
        LEAD => "Leads",
        ACCOUNT => "Accounts",
        NOTE => "Notes",
        _ => "Contacts",
    }
}

fn open(setup: VendorSetup) -> Box<dyn Vendor> {
    Box::new(Zoho::new(setup))
}

impl Zoho {
    /// Whether Contacts and Accounts are looked for.
    fn uses_contacts(&self) -> bool {
        let chosen = self.settings.vendor.get("use-contacts");
        chosen.is_some_and(|word| !word.trim().is_empty() && !word.eq_ignore_ascii_case("false"))
    }

    /// Active users, as Zoho lists them.
    async fn owners(&self) -> Result<Vec<RemoteOption>, CallError> {
        let request = metadata("users").query("type", "ActiveUsers");
        let (users, _) = self.list(&request, "users").await?;
        Ok(users
            .iter()
            .map(|user| RemoteOption {
                value: text_of(&user["id"]),
                label: text_of(&user["email"]),
            })
            .filter(|user| !user.value.is_empty())
            .collect())
    }
}

/// Told no, rather than nothing.
fn is_refusal(error: &CallError) -> bool {
    matches!(
        error.kind,
        CallErrorKind::NotAllowed(_) | CallErrorKind::Refused { .. }
    )
}

/// Whether a scope contains another: `ZohoCRM.modules.ALL` all of its parts, `ALL` every operation.
fn grants(granted: &str, needed: &str) -> bool {
    let group = |scope: &str| {
        scope
            .rsplit_once('.')
            .map(|(group, _)| group.to_lowercase())
    };
    granted.eq_ignore_ascii_case(needed)
        || granted.to_lowercase().ends_with(".all") && group(granted) == group(needed)
}

#[async_trait]
impl Vendor for Zoho {
    fn info(&self) -> &'static VendorInfo {
        &INFO
    }

    fn plan(&self) -> MatchPlan {
        plan::plan(self.uses_contacts(), self.settings.external_id.is_some())
    }

    async fn account(&self) -> Result<RemoteAccount, CallError> {
        let (value, _) = self.send(&metadata("org")).await?;
        let org = &value["org"][0];
        let id = ["id", "zgid"]
            .into_iter()
            .map(|name| text_of(&org[name]))
            .find(|id| !id.is_empty())
            .ok_or_else(|| {
                CallError::new(CallErrorKind::NotAllowed(Failure::new(
                    Category::Connection,
                    "Zoho does not tell which organization the sign-in belongs to",
                )))
            })?;
        // Sandboxes and developer accounts have hosts of their own (Zoho's SDKs, "Environment").
        let address = self.address();
        let host = address.split_once("://").map_or("", |(_, host)| host);
        let kind = text_of(&org["type"]).to_lowercase();
        let trial = ["sandbox", "developer"]
            .iter()
            .any(|name| kind == *name || host.starts_with(&format!("{name}.")));
        let page = text_of(&org["domain_name"]);
        Ok(RemoteAccount {
            id,
            name: text_of(&org["company_name"]),
            environment: if trial {
                Environment::Sandbox
            } else {
                Environment::Production
            },
            details: [(pages::ORGANIZATION.to_owned(), page)]
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        })
    }

    fn write_cost(&self, rows: usize) -> Vec<(&'static str, u64)> {
        vec![(limits::DAY, limits::write_credits(rows).into())]
    }

    fn is_vital(&self, permission: &str) -> bool {
        matches!(permission, "ZohoCRM.modules.ALL" | "ZohoCRM.coql.READ")
    }

    async fn permissions(&self, granted: Option<&[String]>) -> Result<Option<Scopes>, CallError> {
        let Some(granted) = granted else {
            return Ok(None);
        };
        let contained = INFO
            .scopes
            .iter()
            .map(|need| need.name)
            .filter(|need| granted.iter().any(|scope| grants(scope, need)));
        let mut held: Vec<String> = granted.to_vec();
        for need in contained {
            if !held.iter().any(|scope| scope == need) {
                held.push(need.to_owned());
            }
        }
        Ok(Some(Scopes::of(INFO.scopes, &held)))
    }

    async fn describe(
        &self,
        object: &'static str,
        wanted: &[String],
    ) -> Result<ObjectSchema, CallError> {
        // Read anew: what was kept serves queries, and an admin may have changed it since.
        self.forget(module(object));
        let described = self.described(module(object)).await?;
        let needs_owners = described.iter().any(|field| {
            fields::names_user(field)
                && wanted
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(&field.api_name))
        });
        let owners = if needs_owners {
            Some(self.owners().await?)
        } else {
            None
        };
        Ok(fields::schema(object, &described, owners.as_deref()))
    }

    async fn find(&self, find: &Find) -> Result<FindAnswer, CallError> {
        self.find_records(find).await
    }

    async fn write(&self, object: &'static str, rows: &[Row]) -> Result<WriteAnswer, CallError> {
        self.write_rows(object, rows).await
    }

    async fn linked(&self, persons: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        self.accounts_of(persons).await
    }

    async fn link(&self, pairs: &[(RemoteId, RemoteId)]) -> Result<LinkAnswer, CallError> {
        self.join_accounts(pairs).await
    }

    fn undoing(&self) -> &'static Undoing {
        &removal::UNDOING
    }

    async fn keeps(&self, object: &'static str) -> Result<bool, CallError> {
        self.keeps_records(object).await
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

    async fn persons_under(&self, companies: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        self.contacts_of(companies).await
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

    fn activity(&self, draft: &ActivityDraft) -> Result<Row, Failure> {
        Ok(activities::row(draft))
    }

    async fn find_activities(
        &self,
        asked: &[ActivityQuery],
        since: Timestamp,
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        self.notes_with(asked, since).await
    }

    fn authorship(&self, _object: &str) -> Authorship {
        Authorship {
            made: Trace::at_by("Created_Time", "Created_By"),
            changed: Trace::at_by("Modified_Time", "Modified_By"),
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
        self.described_before(module(object))
            .map(|fields| plan::keep_taken(&fields, before.is_some(), values))
            .unwrap_or_default()
    }

    fn lacks(&self, object: &'static str, values: &Values) -> Option<Failure> {
        plan::lacks(object, values)
    }
}
