//! Salesforce Account Engagement, once Pardot: prospects, matched in a copy of our own and written one by one or as imports.
#![doc = include_str!("README.md")]

mod api;
mod changes;
mod client;
mod encode;
mod errors;
mod fields;
mod find;
mod import;
mod import_errors;
mod info;
mod limits;
mod removal;
pub mod sign_in;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde_json::Value;

pub(super) use info::INFO;

use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::integration::Environment;
use crate::domain::remote::{ObjectSchema, RemoteField};
use crate::domain::write::is_blank;
use crate::vendors::{
    Authorship, Budget, CallError, CallErrorKind, ChangesPage, ChangesQuery, CompanyKeys, Find,
    FindAnswer, Identity, JobState, KeyKind, LinkAnswer, LinkKind, MatchPlan, RemoteAccount,
    RemoteId, RemoveAnswer, Row, Step, Trace, Undoing, Values, Vendor, VendorInfo, VendorSetup,
    WriteAnswer,
};
use api::{CREATED_AT, UPDATED_AT, text_of};
use client::{Pardot, metadata};

/// A person; there is nothing else we write.
const PROSPECT: &str = "prospect";
/// The match key.
const EMAIL: &str = "email";

fn open(setup: VendorSetup) -> Box<dyn Vendor> {
    Box::new(Pardot::new(setup))
}

/// By id, else by e-mail (product.md 9). The company is a text of the prospect.
fn plan() -> MatchPlan {
    let person = [KeyKind::Id, KeyKind::Email];
    MatchPlan {
        person: person
            .into_iter()
            .map(|by| Step {
                object: PROSPECT,
                by,
            })
            .collect(),
        create_person: PROSPECT,
        company: Vec::new(),
        create_company: None,
        link: LinkKind::None,
        person_stands_alone: true,
        identity: Identity {
            first_name: "firstName",
            last_name: "lastName",
            email: EMAIL,
        },
        company_keys: CompanyKeys {
            name: "company",
            domain: "website",
        },
    }
}

/// What a new prospect lacks: it is known by its address alone (error 14).
fn lacks(object: &'static str, values: &Values) -> Option<Failure> {
    let held = values.get(EMAIL).is_some_and(|value| !is_blank(value));
    (!held).then(|| {
        Failure::new(
            Category::NotEnoughData,
            "a new prospect needs an e-mail address",
        )
        .on_object(object)
        .on_field(EMAIL)
        .with_code("MINIMUM_DATA")
    })
}

/// Not for this user, or not there; anything else is no answer to a question about names.
fn is_kept_back(error: &CallError) -> bool {
    match &error.kind {
        CallErrorKind::NotAllowed(failure) => failure.code.as_deref() == Some("46"),
        CallErrorKind::Refused { .. } => true,
        _ => false,
    }
}

#[async_trait]
impl Vendor for Pardot {
    fn info(&self) -> &'static VendorInfo {
        &INFO
    }

    fn plan(&self) -> MatchPlan {
        plan()
    }

    async fn account(&self) -> Result<RemoteAccount, CallError> {
        let unit = self.business_unit()?;
        let request = metadata("objects/account").query("fields", "id,company");
        let company = match self.send(&request).await {
            Ok((account, _)) => text_of(&account["company"]),
            // Only administrators may read it; everybody who may push can read a prospect.
            Err(error) if is_kept_back(&error) => {
                self.first_prospect().await?;
                String::new()
            }
            Err(error) => return Err(error),
        };
        let trial = self.is_sandbox();
        Ok(RemoteAccount {
            name: match company.trim() {
                "" => unit.clone(),
                named => named.to_owned(),
            },
            id: unit,
            environment: if trial {
                Environment::Sandbox
            } else {
                Environment::Production
            },
            details: BTreeMap::new(),
        })
    }

    async fn budget(&self) -> Result<Option<Budget>, CallError> {
        let response = self.first_prospect().await?;
        Ok(limits::usage(&response).map(|(used, limit)| Budget {
            used,
            limit,
            // At midnight where the account lives, which no answer tells.
            resets_at: None,
        }))
    }

    fn is_vital(&self, permission: &str) -> bool {
        permission == "pardot_api"
    }

    async fn describe(
        &self,
        _object: &'static str,
        _wanted: &[String],
    ) -> Result<ObjectSchema, CallError> {
        // Read anew: what was kept serves questions, and an admin may have changed it since.
        self.forget_fields();
        Ok(self.described().await?.as_ref().clone())
    }

    async fn find(&self, find: &Find) -> Result<FindAnswer, CallError> {
        self.find_prospects(find).await
    }

    async fn changes(&self, query: &ChangesQuery) -> Result<ChangesPage, CallError> {
        self.changed_prospects(query).await
    }

    async fn write(&self, object: &'static str, rows: &[Row]) -> Result<WriteAnswer, CallError> {
        self.write_rows(object, rows).await
    }

    async fn poll(
        &self,
        _object: &'static str,
        job: &str,
        rows: &[Row],
    ) -> Result<JobState, CallError> {
        self.poll_import(job, rows).await
    }

    async fn linked(&self, persons: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        Ok(vec![Vec::new(); persons.len()])
    }

    async fn link(&self, _pairs: &[(RemoteId, RemoteId)]) -> Result<LinkAnswer, CallError> {
        Err(CallError::unsupported("company records"))
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

    fn encode(
        &self,
        field: &RemoteField,
        parts: &[String],
        truncate: bool,
    ) -> Result<Value, Failure> {
        encode::encode(field, parts, truncate)
    }

    fn authorship(&self, _object: &str) -> Authorship {
        Authorship {
            made: Trace::at_by(CREATED_AT, "createdById"),
            changed: Trace::at_by(UPDATED_AT, "updatedById"),
        }
    }

    fn same(&self, field: &RemoteField, left: &Value, right: &Value) -> bool {
        encode::same(field, left, right)
    }

    fn join(&self, field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
        encode::join(field, theirs, ours)
    }

    fn lacks(&self, object: &'static str, values: &Values) -> Option<Failure> {
        lacks(object, values)
    }
}
