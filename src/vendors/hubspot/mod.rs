//! HubSpot: contacts and companies, matched and written in batches of a hundred.
#![doc = include_str!("README.md")]

mod activities;
mod api;
mod campaigns;
mod errors;
mod fields;
mod find;
mod info;
mod limits;
mod removal;
mod sign_in;
mod write;

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;

pub(super) use info::INFO;

use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::integration::{Environment, Settings};
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteOption};
use crate::domain::write::is_blank;
use crate::transport::{ApiRequest, ApiResponse, RequestKind, Transport};
use crate::vendors::{
    ActivityDraft, ActivityQuery, Authorship, Budget, CallError, CallErrorKind, CallTrace,
    CompanyKeys, Find, FindAnswer, Identity, KeyKind, LinkAnswer, LinkKind, MatchPlan, Member,
    MemberAnswer, MemberRow, RemoteAccount, RemoteCampaign, RemoteId, RemoteRecord, RemoveAnswer,
    Row, Step, Trace, Undoing, Values, Vendor, VendorInfo, VendorSetup, WriteAnswer,
};
use api::{AccountDetails, Owner, PageAnswer, Property, PropertyRules, Usage, text_of};

/// The person object, in our words for HubSpot's.
const CONTACT: &str = "contact";
/// The company object.
const COMPANY: &str = "company";
/// What activities are kept as.
const NOTE: &str = "note";
/// Where the address of people's pages is kept among a connection's options.
const UI_DOMAIN: &str = "ui-domain";

/// Pages of owners before we give up: ten thousand users.
const OWNER_PAGES: usize = 100;

/// A connection to one HubSpot account.
struct HubSpot {
    settings: Settings,
    transport: Transport,
    /// How attendance states are spelled here.
    spelling: campaigns::Spelling,
}

fn open(setup: VendorSetup) -> Box<dyn Vendor> {
    Box::new(HubSpot {
        settings: setup.settings,
        transport: setup.transport,
        spelling: campaigns::Spelling::default(),
    })
}

/// The path word of an object.
fn path_word(object: &str) -> &'static str {
    match object {
        COMPANY => "companies",
        NOTE => "notes",
        _ => "contacts",
    }
}

/// HubSpot's type id of an object (HubSpot docs, "Object type ids").
fn type_id(object: &str) -> &'static str {
    match object {
        COMPANY => "0-2",
        NOTE => "0-46",
        _ => "0-1",
    }
}

#[async_trait]
impl Vendor for HubSpot {
    fn info(&self) -> &'static VendorInfo {
        &INFO
    }

    fn plan(&self) -> MatchPlan {
        let step = |object, by| Step { object, by };
        let mut person = vec![step(CONTACT, KeyKind::Id)];
        if self.settings.external_id.is_some() {
            person.push(step(CONTACT, KeyKind::ExternalId));
        }
        person.push(step(CONTACT, KeyKind::Email));
        MatchPlan {
            person,
            create_person: CONTACT,
            company: vec![
                step(COMPANY, KeyKind::Id),
                step(COMPANY, KeyKind::Domain),
                step(COMPANY, KeyKind::Name),
            ],
            create_company: Some(COMPANY),
            link: LinkKind::Association {
                pairs: 2_000,
                reads: 1_000,
            },
            person_stands_alone: true,
            identity: Identity {
                first_name: "firstname",
                last_name: "lastname",
                email: "email",
            },
            company_keys: CompanyKeys {
                name: "name",
                domain: "domain",
            },
        }
    }

    async fn account(&self) -> Result<RemoteAccount, CallError> {
        let details: AccountDetails = self.read(&metadata(api::account())).await?;
        let id = text_of(&details.portal_id);
        let ui_domain = details
            .ui_domain
            .unwrap_or_else(|| "app.hubspot.com".to_owned());
        let environment = match details.account_type.as_deref() {
            Some("SANDBOX" | "DEVELOPER_TEST" | "APP_DEVELOPER") => Environment::Sandbox,
            _ => Environment::Production,
        };
        Ok(RemoteAccount {
            name: format!("{ui_domain} {id}"),
            id,
            environment,
            details: [(UI_DOMAIN.to_owned(), ui_domain)].into(),
        })
    }

    async fn budget(&self) -> Result<Option<Budget>, CallError> {
        let page: PageAnswer = self.read(&metadata(api::usage())).await?;
        let usage = page
            .results
            .into_iter()
            .filter_map(|value| serde_json::from_value::<Usage>(value).ok());
        Ok(usage
            .filter_map(|usage| {
                Some(Budget {
                    used: usage.current_usage?,
                    limit: usage.usage_limit?,
                    resets_at: usage.resets_at,
                })
            })
            .max_by_key(|budget| budget.used))
    }

    fn is_vital(&self, permission: &str) -> bool {
        matches!(
            permission,
            "crm.objects.contacts.read" | "crm.objects.contacts.write"
        )
    }

    async fn describe(
        &self,
        object: &'static str,
        wanted: &[String],
    ) -> Result<ObjectSchema, CallError> {
        let definitions = metadata(api::properties(path_word(object)));
        let rules = metadata(api::validations(type_id(object)));
        let (properties, rules) = futures_util::future::join(
            self.read::<PageAnswer>(&definitions),
            self.read::<PageAnswer>(&rules),
        )
        .await;
        let properties: Vec<Property> = parsed(properties?);
        // Rules only sharpen the check before a call; an account whose token may not read them is checked by HubSpot.
        let rules: Vec<PropertyRules> = match rules {
            Ok(page) => parsed(page),
            Err(error)
                if matches!(
                    error.kind,
                    CallErrorKind::NotAllowed(_) | CallErrorKind::Refused { .. }
                ) =>
            {
                Vec::new()
            }
            Err(error) => return Err(error),
        };
        let names_user = |property: &Property| {
            property.referenced_object_type.as_deref() == Some("OWNER")
                && wanted.contains(&property.name)
        };
        let owners = if properties.iter().any(names_user) {
            Some(self.owners().await?)
        } else {
            None
        };
        let fields = properties
            .into_iter()
            .map(|property| fields::field(property, &rules, owners.as_deref()))
            .collect();
        Ok(ObjectSchema { fields })
    }

    async fn find(&self, find: &Find) -> Result<FindAnswer, CallError> {
        match find.by {
            KeyKind::Id | KeyKind::Email | KeyKind::ExternalId => self.read_batch(find).await,
            KeyKind::Domain | KeyKind::Name => self.search(find).await,
        }
    }

    async fn write(&self, object: &'static str, rows: &[Row]) -> Result<WriteAnswer, CallError> {
        self.write_batch(object, rows).await
    }

    async fn linked(&self, persons: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        self.read_associations(COMPANY, persons).await
    }

    async fn link(&self, pairs: &[(RemoteId, RemoteId)]) -> Result<LinkAnswer, CallError> {
        self.associate(pairs).await
    }

    async fn campaign(&self, id: &str) -> Result<Option<RemoteCampaign>, CallError> {
        self.read_event(id).await
    }

    async fn members(
        &self,
        campaign: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        self.read_attendance(campaign, persons).await
    }

    async fn join_campaign(
        &self,
        campaign: &RemoteCampaign,
        rows: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        self.write_attendance(campaign, rows).await
    }

    fn activity(&self, draft: &ActivityDraft) -> Result<Row, Failure> {
        Ok(activities::row(draft))
    }

    async fn find_activities(
        &self,
        asked: &[ActivityQuery],
        _since: Timestamp,
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        self.notes_with(asked).await
    }

    fn undoing(&self) -> &'static Undoing {
        &removal::UNDOING
    }

    async fn remove(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        self.archive(object, ids).await
    }

    async fn unlink(&self, pairs: &[(RemoteId, RemoteId)]) -> Result<RemoveAnswer, CallError> {
        self.dissociate(pairs).await
    }

    async fn persons_under(&self, companies: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        self.contacts_of(companies).await
    }

    fn blank(&self, _field: &RemoteField) -> Value {
        Value::String(String::new())
    }

    fn encode(
        &self,
        field: &RemoteField,
        parts: &[String],
        truncate: bool,
    ) -> Result<Value, Failure> {
        fields::encode(field, parts, truncate)
    }

    fn authorship(&self, object: &str) -> Authorship {
        // HubSpot's calculations move it too: it tells that something changed, not that somebody did.
        let changed = match object {
            CONTACT => "lastmodifieddate",
            _ => "hs_lastmodifieddate",
        };
        Authorship {
            made: Trace::at("createdate"),
            changed: Trace::at(changed),
        }
    }

    fn same(&self, field: &RemoteField, left: &Value, right: &Value) -> bool {
        fields::same(field, left, right)
    }

    fn join(&self, field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
        fields::join(field, theirs, ours)
    }

    fn settle(
        &self,
        _object: &'static str,
        before: Option<&RemoteRecord>,
        values: &mut Values,
    ) -> Vec<String> {
        let Some(stage) = values.get("lifecyclestage").map(text_of) else {
            return Vec::new();
        };
        let theirs = before
            .and_then(|record| record.values.get("lifecyclestage"))
            .map(text_of)
            .unwrap_or_default();
        let place = |stage: &str| LIFECYCLE.iter().position(|known| *known == stage);
        match (place(&theirs), place(&stage)) {
            (Some(theirs_at), Some(ours_at)) if ours_at < theirs_at => {
                values.remove("lifecyclestage");
                vec![format!(
                    "lifecyclestage stays at {theirs}: it only moves forward"
                )]
            }
            _ => Vec::new(),
        }
    }

    fn lacks(&self, object: &'static str, values: &Values) -> Option<Failure> {
        let held = |name: &str| values.get(name).is_some_and(|value| !is_blank(value));
        // HubSpot docs, "Contacts" and "Companies": the least a new record must hold.
        let (needed, words): (&[&str], &str) = match object {
            COMPANY => (
                &["name", "domain"],
                "a new company needs a name or a domain",
            ),
            _ => (
                &["email", "firstname", "lastname"],
                "a new contact needs an e-mail address, a first name or a last name",
            ),
        };
        (!needed.iter().any(|name| held(name))).then(|| {
            Failure::new(Category::NotEnoughData, words)
                .on_object(object)
                .with_code("MINIMUM_DATA")
        })
    }
}

/// A record's page, on the domain the account itself named when it was connected (an account in the EU has another).
fn record_url(settings: &Settings, account: &str, object: &str, id: &str) -> Option<String> {
    let domain = settings
        .vendor
        .get(UI_DOMAIN)
        .map_or("app.hubspot.com", String::as_str);
    Some(format!(
        "https://{domain}/contacts/{account}/record/{}/{id}",
        type_id(object)
    ))
}

/// Stages in their order; contacts only move forward (HubSpot docs, "Lifecycle stages").
const LIFECYCLE: &[&str] = &[
    "subscriber",
    "lead",
    "marketingqualifiedlead",
    "salesqualifiedlead",
    "opportunity",
    "customer",
    "evangelist",
];

fn metadata(path: String) -> ApiRequest {
    ApiRequest::read(reqwest::Method::GET, path)
        .kind(RequestKind::Metadata)
        .quota(limits::BURST, 1)
        .quota(limits::DAY, 1)
}

/// The entries of a page that can be read; one odd entry does not hide the others.
fn parsed<T: serde::de::DeserializeOwned>(page: PageAnswer) -> Vec<T> {
    page.results
        .into_iter()
        .filter_map(|value| serde_json::from_value(value).ok())
        .collect()
}

impl HubSpot {
    /// Sends a request that reads, and takes its body apart.
    async fn read<T: serde::de::DeserializeOwned>(
        &self,
        request: &ApiRequest,
    ) -> Result<T, CallError> {
        let (value, call) = self.send(request).await?;
        serde_json::from_value(value).map_err(|error| {
            let message = format!("HubSpot's answer has an unexpected shape: {error}");
            CallError {
                kind: CallErrorKind::Unavailable {
                    retry_after: None,
                    message,
                },
                call: Some(Box::new(call)),
            }
        })
    }

    /// Sends a request; any 2xx with JSON is an answer, anything else an error.
    async fn send(&self, request: &ApiRequest) -> Result<(Value, CallTrace), CallError> {
        let mut call = CallTrace {
            method: request.method.to_string(),
            url: format!(
                "{}{}",
                self.transport.base().address().trim_end_matches('/'),
                request.path
            ),
            ..CallTrace::default()
        };
        let response = match self.transport.send(request).await {
            Ok(response) => response,
            Err(error) => return Err(CallError::unanswered(&INFO, 429, error, call)),
        };
        call.status = response.status.as_u16();
        call.correlation.clone_from(&response.correlation);
        if response.is_success() {
            return match response.value() {
                Some(value) => Ok((value, call)),
                None if response.body.is_empty() => Ok((Value::Null, call)),
                None => Err(CallError::unusable(
                    "HubSpot answered with something that is no JSON",
                    call,
                )),
            };
        }
        let body = raw(&response);
        call.body = body.clone();
        Err(errors::call_error(call.status, &body, call))
    }

    async fn owners(&self) -> Result<Vec<RemoteOption>, CallError> {
        let mut owners = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..OWNER_PAGES {
            let mut request = metadata(api::owners()).query("limit", "100");
            if let Some(after) = &after {
                request = request.query("after", after);
            }
            let page: PageAnswer = self.read(&request).await?;
            after = page.next();
            let known = parsed::<Owner>(page)
                .into_iter()
                .filter(|owner| owner.archived != Some(true));
            owners.extend(known.map(|owner| RemoteOption {
                value: text_of(&owner.id),
                label: owner.email.unwrap_or_default(),
            }));
            if after.is_none() {
                break;
            }
        }
        Ok(owners)
    }
}

/// A body for the log: JSON as it is, anything else as shortened text.
fn raw(response: &ApiResponse) -> Value {
    const SHOWN: usize = 2_000;
    response
        .value()
        .unwrap_or_else(|| Value::String(response.text().chars().take(SHOWN).collect()))
}
