//! Pipedrive: persons and organizations, matched on a copy of our own and written one at a time.
#![doc = include_str!("README.md")]

mod api;
mod changes;
mod client;
mod encode;
mod errors;
mod fields;
mod find;
mod info;
mod limits;
mod names;
mod pages;
mod records;
mod removal;
pub mod sign_in;
#[cfg(test)]
mod tests;
mod write;

use async_trait::async_trait;
use serde_json::Value;

pub(super) use info::INFO;

use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::integration::Environment;
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind};
use crate::domain::write::is_blank;
use crate::vendors::{
    Authorship, Budget, CallError, CallErrorKind, ChangesPage, ChangesQuery, CompanyKeys, Find,
    FindAnswer, Identity, KeyKind, LinkAnswer, LinkKind, MatchPlan, RemoteAccount, RemoteId,
    RemoteRecord, RemoveAnswer, Row, Step, Trace, Undoing, Values, Vendor, VendorInfo, VendorSetup,
    WriteAnswer,
};
use api::{text_of, v1};
use client::{Pipedrive, metadata};

/// A person.
const PERSON: &str = "person";
/// A company.
const ORGANIZATION: &str = "organization";

/// The path word of an object's records.
fn collection(object: &str) -> &'static str {
    match object {
        ORGANIZATION => "organizations",
        _ => "persons",
    }
}

/// The path word of an object's fields.
fn fields_path(object: &str) -> &'static str {
    match object {
        ORGANIZATION => "organizationFields",
        _ => "personFields",
    }
}

fn open(setup: VendorSetup) -> Box<dyn Vendor> {
    Box::new(Pipedrive::new(setup))
}

/// The match order (product.md 9).
fn plan() -> MatchPlan {
    let step = |object, by| Step { object, by };
    MatchPlan {
        person: vec![step(PERSON, KeyKind::Id), step(PERSON, KeyKind::Email)],
        create_person: PERSON,
        company: vec![
            step(ORGANIZATION, KeyKind::Id),
            step(ORGANIZATION, KeyKind::Domain),
            step(ORGANIZATION, KeyKind::Name),
        ],
        create_company: Some(ORGANIZATION),
        link: LinkKind::InPerson {
            object: PERSON,
            field: write::ORG_ID,
        },
        person_stands_alone: true,
        identity: Identity {
            first_name: names::FIRST,
            last_name: names::LAST,
            email: records::PRIMARY_EMAIL,
        },
        company_keys: CompanyKeys {
            name: names::NAME,
            domain: "website",
        },
    }
}

#[async_trait]
impl Vendor for Pipedrive {
    fn info(&self) -> &'static VendorInfo {
        &INFO
    }

    fn plan(&self) -> MatchPlan {
        plan()
    }

    async fn account(&self) -> Result<RemoteAccount, CallError> {
        let (value, _) = self
            .send(&metadata(v1("users/me"), limits::cost::ME))
            .await?;
        let user = &value["data"];
        let id = text_of(&user["company_id"]);
        if id.is_empty() {
            return Err(CallError::new(CallErrorKind::NotAllowed(Failure::new(
                Category::Connection,
                "Pipedrive does not tell which company the sign-in belongs to",
            ))));
        }
        let domain = text_of(&user["company_domain"]);
        // Developer sandboxes have names of their own (Pipedrive docs, "Developer Sandbox Account").
        let environment = if domain.ends_with("-sandbox") || domain.contains("-sandbox-") {
            Environment::Sandbox
        } else {
            Environment::Production
        };
        Ok(RemoteAccount {
            id,
            name: text_of(&user["company_name"]),
            environment,
            details: [(pages::COMPANY_DOMAIN.to_owned(), domain)]
                .into_iter()
                .filter(|(_, domain)| !domain.is_empty())
                .collect(),
        })
    }

    /// Answers tell the tokens in their headers, some of them: what was told is handed on without a call.
    async fn budget(&self) -> Result<Option<Budget>, CallError> {
        let usage = self.transport.pacer().usage();
        let day = usage
            .into_iter()
            .find(|usage| usage.quota == limits::DAY && usage.announced);
        Ok(day.map(|day| Budget {
            used: day.used.into(),
            limit: day.limit.into(),
            resets_at: day.resets_at,
        }))
    }

    fn estimate(&self, leads: u64) -> Vec<(&'static str, u64)> {
        vec![(limits::DAY, limits::estimate(leads))]
    }

    fn write_cost(&self, _rows: usize) -> Vec<(&'static str, u64)> {
        vec![(limits::DAY, limits::cost::WRITE.into())]
    }

    fn is_vital(&self, permission: &str) -> bool {
        permission == "contacts:full"
    }

    async fn describe(
        &self,
        object: &'static str,
        wanted: &[String],
    ) -> Result<ObjectSchema, CallError> {
        let described = self.fields(object).await?;
        let needs_users = described.iter().any(|field| {
            let name = fields::name_of(field);
            (fields::names_user(field) || name == "owner_id")
                && wanted
                    .iter()
                    .any(|wanted| wanted.eq_ignore_ascii_case(name))
        });
        let users = match needs_users {
            true => Some(self.users().await?),
            false => None,
        };
        let schema = fields::schema(object, &described, users.as_deref());
        let choices = schema.fields.iter().filter(|field| {
            matches!(
                field.kind,
                RemoteKind::One | RemoteKind::Many | RemoteKind::User
            )
        });
        self.learn_choices(choices.map(|field| field.name.clone()));
        Ok(schema)
    }

    async fn find(&self, find: &Find) -> Result<FindAnswer, CallError> {
        self.find_records(find).await
    }

    async fn changes(&self, query: &ChangesQuery) -> Result<ChangesPage, CallError> {
        self.changes_of(query).await
    }

    async fn write(&self, object: &'static str, rows: &[Row]) -> Result<WriteAnswer, CallError> {
        self.write_rows(object, rows).await
    }

    async fn linked(&self, persons: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        self.organizations_of(persons).await
    }

    async fn link(&self, pairs: &[(RemoteId, RemoteId)]) -> Result<LinkAnswer, CallError> {
        self.join_organization(pairs).await
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

    async fn persons_under(&self, companies: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        self.persons_of(companies).await
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
            made: Trace::at("add_time"),
            changed: Trace::at("update_time"),
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
        if object == PERSON {
            names::compose(before, values);
        }
        if let Some(before) = before {
            encode::keep_theirs(before, values);
        }
        Vec::new()
    }

    /// Texts of Pipedrive's own are emptied, everything else is cleared.
    fn blank(&self, field: &RemoteField) -> Value {
        let is_text = matches!(
            field.kind,
            RemoteKind::Text | RemoteKind::Longtext | RemoteKind::Url
        );
        match is_text && !api::is_hash(&field.name) {
            true => Value::String(String::new()),
            false => Value::Null,
        }
    }

    fn settle_back(
        &self,
        object: &'static str,
        record: &RemoteRecord,
        values: &mut Values,
    ) -> Vec<String> {
        if object == PERSON {
            names::compose(Some(record), values);
        }
        Vec::new()
    }

    fn lacks(&self, object: &'static str, values: &Values) -> Option<Failure> {
        let held = |name: &str| values.get(name).is_some_and(|value| !is_blank(value));
        (!held(names::NAME)).then(|| {
            Failure::new(
                Category::NotEnoughData,
                format!("a new {object} needs a name"),
            )
            .on_object(object)
            .on_field(names::NAME)
            .with_code("MINIMUM_DATA")
        })
    }
}
