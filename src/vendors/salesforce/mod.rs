//! Salesforce: leads, contacts and accounts, matched by SOQL and written in collections of two hundred.
#![doc = include_str!("README.md")]

mod activities;
mod api;
mod campaigns;
mod client;
mod encode;
mod errors;
mod fields;
mod find;
mod host;
mod info;
mod limits;
mod plan;
mod removal;
mod sign_in;
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
    ActivityDraft, ActivityQuery, Authorship, Budget, CallError, CallErrorKind, Find, FindAnswer,
    LeaveRow, LinkAnswer, MatchPlan, Member, MemberAnswer, MemberRow, RemoteAccount,
    RemoteCampaign, RemoteId, RemoteRecord, RemoveAnswer, Row, Scopes, Trace, Undoing, Values,
    Vendor, VendorInfo, VendorSetup, WriteAnswer,
};
use api::{Version, quoted, text_of};
use client::Salesforce;
use plan::Strategy;

/// A person who is no customer yet.
const LEAD: &str = "lead";
/// A person of an account.
const CONTACT: &str = "contact";
/// A company.
const ACCOUNT: &str = "account";
/// What activities are kept as.
const TASK: &str = "task";
/// Where the version agreed with the org is kept among a connection's options.
const API_VERSION: &str = "api-version";
/// Marks people who are their own account (Object reference, "Person Accounts").
const PERSON_ACCOUNT: &str = "IsPersonAccount";

/// Salesforce's name of an object.
fn sobject(object: &str) -> &'static str {
    match object {
        LEAD => "Lead",
        ACCOUNT => "Account",
        TASK => "Task",
        _ => "Contact",
    }
}

/// Our name of one of Salesforce's.
fn object_of(sobject: &str) -> Option<&'static str> {
    match sobject {
        "Lead" => Some(LEAD),
        "Contact" => Some(CONTACT),
        "Account" => Some(ACCOUNT),
        _ => None,
    }
}

fn open(setup: VendorSetup) -> Box<dyn Vendor> {
    Box::new(Salesforce::new(setup))
}

impl Salesforce {
    /// An option's value; empty where it was not given.
    fn option(&self, name: &str) -> &str {
        host::option(&self.settings, name).unwrap_or_default()
    }

    fn strategy(&self) -> Strategy {
        Strategy::named(self.option("strategy"))
    }

    /// Active users, the oldest first, and the queues that may own the object. Queues only help: whoever may not read them
    /// names users.
    async fn owners(&self, object: &'static str) -> Result<Vec<RemoteOption>, CallError> {
        let users = "SELECT Id, Email FROM User WHERE IsActive = true AND UserType = 'Standard' ORDER BY CreatedDate";
        let mut owners = options(&self.query(users).await?, "Id", |user| {
            text_of(&user["Email"])
        });
        let queues = format!(
            "SELECT QueueId, Queue.Name FROM QueueSobject WHERE SobjectType = {}",
            quoted(sobject(object))
        );
        match self.query(&queues).await {
            Ok(found) => {
                let name = |queue: &Value| text_of(&queue["Queue"]["Name"]);
                owners.extend(options(&found, "QueueId", name));
            }
            Err(error) if is_refusal(&error) => {}
            Err(error) => return Err(error),
        }
        Ok(owners)
    }
}

fn options(records: &[Value], id: &str, label: impl Fn(&Value) -> String) -> Vec<RemoteOption> {
    records
        .iter()
        .map(|record| RemoteOption {
            value: text_of(&record[id]),
            label: label(record),
        })
        .filter(|option| !option.value.is_empty())
        .collect()
}

/// Told no, rather than nothing.
fn is_refusal(error: &CallError) -> bool {
    matches!(
        error.kind,
        CallErrorKind::NotAllowed(_) | CallErrorKind::Refused { .. }
    )
}

#[async_trait]
impl Vendor for Salesforce {
    fn info(&self) -> &'static VendorInfo {
        &INFO
    }

    fn plan(&self) -> MatchPlan {
        self.strategy().plan(self.settings.external_id.is_some())
    }

    async fn account(&self) -> Result<RemoteAccount, CallError> {
        let versions: Vec<Version> = self.read(&Self::metadata(api::VERSIONS.to_owned())).await?;
        let version = agreed(&versions);
        self.agree_on(&version);
        let soql = "SELECT Id, Name, IsSandbox, OrganizationType, InstanceName FROM Organization";
        let records = self.query(soql).await?;
        let org = records.first().ok_or_else(|| {
            CallError::new(CallErrorKind::NotAllowed(Failure::new(
                Category::Connection,
                "the user may not read the org's own record (Organization), so it cannot be told which org this is",
            )))
        })?;
        let trial = org["OrganizationType"].as_str() == Some("Developer Edition");
        let environment = if org["IsSandbox"] == Value::Bool(true) || trial {
            Environment::Sandbox
        } else {
            Environment::Production
        };
        let details = [
            (API_VERSION, version),
            ("instance-name", text_of(&org["InstanceName"])),
        ];
        Ok(RemoteAccount {
            id: text_of(&org["Id"]),
            name: text_of(&org["Name"]),
            environment,
            details: details
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        })
    }

    async fn budget(&self) -> Result<Option<Budget>, CallError> {
        let limits: Value = match self.read(&Self::metadata(self.path("limits"))).await {
            Ok(limits) => limits,
            // Needs "View Setup and Configuration", which few have.
            Err(error) if is_refusal(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let daily = &limits["DailyApiRequests"];
        let numbers = daily["Max"].as_u64().zip(daily["Remaining"].as_u64());
        Ok(numbers.map(|(limit, remaining)| Budget {
            used: limit.saturating_sub(remaining),
            limit,
            resets_at: None,
        }))
    }

    fn is_vital(&self, permission: &str) -> bool {
        let persons = self.strategy().objects().iter().any(|(object, made)| {
            let name = sobject(object);
            *object != ACCOUNT
                && (permission == format!("{name}: read")
                    || (*made && permission == format!("{name}: create")))
        });
        permission == "api" || persons
    }

    async fn permissions(&self, granted: Option<&[String]>) -> Result<Option<Scopes>, CallError> {
        let mut scopes = Scopes::default();
        let mut note = |name: String, held: bool, breaks: String| {
            if held {
                scopes.held.push(name);
            } else {
                scopes.missing.push((name, breaks));
            }
        };
        if let Some(granted) = granted {
            for need in INFO.scopes {
                let held = granted
                    .iter()
                    .any(|scope| scope == need.name || scope == "full");
                note(need.name.to_owned(), held, need.breaks.to_owned());
            }
        }
        for (object, made) in self.strategy().objects() {
            let name = sobject(object);
            let (read, create, update) = match self.described(object).await {
                Ok(described) => (
                    described.queryable,
                    described.createable,
                    described.updateable,
                ),
                // An object the user may not see at all is refused as if there were none.
                Err(error) if is_refusal(&error) => (false, false, false),
                Err(error) => return Err(error),
            };
            note(
                format!("{name}: read"),
                read,
                format!("no {name} can be found"),
            );
            if *made {
                note(
                    format!("{name}: create"),
                    create,
                    format!("no {name} can be created"),
                );
            }
            note(
                format!("{name}: edit"),
                update,
                format!("no {name} can be updated"),
            );
        }
        if self.settings.activities {
            let (create, read) = match self.described(TASK).await {
                Ok(described) => (described.createable, described.queryable),
                Err(error) if is_refusal(&error) => (false, false),
                Err(error) => return Err(error),
            };
            let held = create && read;
            note(
                "Task: read, create".to_owned(),
                held,
                "no activity can be sent".to_owned(),
            );
        }
        Ok(Some(scopes))
    }

    async fn describe(
        &self,
        object: &'static str,
        wanted: &[String],
    ) -> Result<ObjectSchema, CallError> {
        let described = self.described(object).await?;
        let needs_owners = described.fields.iter().any(|field| {
            fields::names_user(field)
                && wanted
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(&field.name))
        });
        let owners = if needs_owners {
            Some(self.owners(object).await?)
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
        Ok(self.described(object).await?.deletable == Some(false))
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
        self.tasks_with(asked, since).await
    }

    fn authorship(&self, _object: &str) -> Authorship {
        Authorship {
            made: Trace::at_by("CreatedDate", "CreatedById"),
            changed: Trace::at_by("LastModifiedDate", "LastModifiedById"),
        }
    }

    async fn successors(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        self.masters_of(object, ids).await
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
        let is_person_account = before
            .and_then(|record| record.values.get(PERSON_ACCOUNT))
            .is_some_and(|value| *value == Value::Bool(true));
        if is_person_account && !values.is_empty() {
            values.clear();
            return vec![
                "matched a person account: its fields belong to the account, so nothing is written"
                    .to_owned(),
            ];
        }
        self.described_before(object)
            .map(|described| plan::keep_taken(&described, before.is_some(), values))
            .unwrap_or_default()
    }

    fn lacks(&self, object: &'static str, values: &Values) -> Option<Failure> {
        plan::lacks(object, values)
    }
}

/// The version both sides speak: the org's highest, but none newer than this translator knows.
fn agreed(versions: &[Version]) -> String {
    let number = |text: &str| text.parse::<f64>().unwrap_or_default();
    versions
        .iter()
        .map(|version| version.version.as_str())
        .filter(|version| number(version) <= number(api::NEWEST))
        .max_by(|left, right| number(left).total_cmp(&number(right)))
        .unwrap_or(api::NEWEST)
        .to_owned()
}
