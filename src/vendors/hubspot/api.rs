//! HubSpot's wire format: only what we send and read, of API version `2026-03`.
//!
//! Every field of an answer is optional: HubSpot's own machine description and its real answers differ. Numbers stand where
//! text is documented and the other way round, so ids are read as either ([`text_of`]).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The dated version every path carries: frozen, documented, and without the stricter checks of `2026-09`.
const VERSION: &str = "2026-03";

/// `/crm/objects/{version}/{object}/{call}` (HubSpot docs, "Using object APIs").
pub(super) fn objects(object: &str, call: &str) -> String {
    format!("/crm/objects/{VERSION}/{object}/{call}")
}

/// `/crm/associations/{version}/contacts/{to}/{call}` (HubSpot docs, "Associations v4").
pub(super) fn associations(to: &str, call: &str) -> String {
    format!("/crm/associations/{VERSION}/contacts/{to}/{call}")
}

/// `/crm/associations/{version}/companies/contacts/batch/read` (HubSpot docs, "Associations v4").
pub(super) fn contacts_of_companies() -> String {
    format!("/crm/associations/{VERSION}/companies/contacts/batch/read")
}

/// `/crm/properties/{version}/{object}` (HubSpot docs, "Properties").
pub(super) fn properties(object: &str) -> String {
    format!("/crm/properties/{VERSION}/{object}")
}

/// `/crm/property-validations/{version}/{type id}` (HubSpot docs, "Property validations").
pub(super) fn validations(type_id: &str) -> String {
    format!("/crm/property-validations/{VERSION}/{type_id}")
}

/// `/crm/owners/{version}` (HubSpot docs, "Owners").
pub(super) fn owners() -> String {
    format!("/crm/owners/{VERSION}")
}

/// `/account-info/{version}/details` (HubSpot docs, "Account information").
pub(super) fn account() -> String {
    format!("/account-info/{VERSION}/details")
}

/// `/account-info/{version}/api-usage/daily/private-apps` (HubSpot docs, "API usage guidelines").
pub(super) fn usage() -> String {
    format!("/account-info/{VERSION}/api-usage/daily/private-apps")
}

/// `/marketing/marketing-events/{version}/{object id}` (HubSpot docs, "Marketing events").
pub(super) fn marketing_event(id: &str) -> String {
    format!("/marketing/marketing-events/{VERSION}/{id}")
}

/// `/marketing/marketing-events/{version}/{object id}/attendance/{state}/create`: by object id, whichever app made the event.
pub(super) fn attendance(event: &str, state: &str) -> String {
    format!("/marketing/marketing-events/{VERSION}/{event}/attendance/{state}/create")
}

/// `/marketing/marketing-events/{version}/participations/{object id}/breakdown`.
pub(super) fn participations(event: &str) -> String {
    format!("/marketing/marketing-events/{VERSION}/participations/{event}/breakdown")
}

// ── requests ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A record by its id, or by the unique property the request names.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Reference {
    pub(super) id: String,
}

/// `POST …/batch/read`; `propertiesWithHistory` is required by the machine description.
#[derive(Debug, Serialize)]
pub(super) struct BatchRead<'a> {
    #[serde(rename = "idProperty", skip_serializing_if = "Option::is_none")]
    pub(super) id_property: Option<&'a str>,
    pub(super) properties: &'a [String],
    #[serde(rename = "propertiesWithHistory")]
    pub(super) properties_with_history: [String; 0],
    pub(super) inputs: Vec<Reference>,
}

/// One input of `POST …/batch/create`.
#[derive(Debug, Serialize)]
pub(super) struct CreateInput {
    #[serde(rename = "objectWriteTraceId")]
    pub(super) trace: String,
    pub(super) properties: Map<String, Value>,
    pub(super) associations: Vec<InlineAssociation>,
}

/// One input of `POST …/batch/update`.
#[derive(Debug, Serialize)]
pub(super) struct UpdateInput {
    pub(super) id: String,
    #[serde(rename = "objectWriteTraceId")]
    pub(super) trace: String,
    pub(super) properties: Map<String, Value>,
}

/// An association made with a new record.
#[derive(Debug, Serialize)]
pub(super) struct InlineAssociation {
    pub(super) to: Reference,
    pub(super) types: [AssociationType; 1],
}

/// The kind of an association.
#[derive(Debug, Serialize)]
pub(super) struct AssociationType {
    #[serde(rename = "associationCategory")]
    pub(super) category: &'static str,
    #[serde(rename = "associationTypeId")]
    pub(super) id: u32,
}

/// Contact → company, without a label (HubSpot docs, "Associations v4", default type ids).
pub(super) const CONTACT_TO_COMPANY: AssociationType = AssociationType {
    category: "HUBSPOT_DEFINED",
    id: 279,
};

/// Note → contact (HubSpot docs, "Associations v4", default type ids).
pub(super) const NOTE_TO_CONTACT: AssociationType = AssociationType {
    category: "HUBSPOT_DEFINED",
    id: 202,
};

/// Whose associations are asked for, and from where on.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Associated {
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<String>,
}

/// Several inputs of one kind.
#[derive(Debug, Serialize)]
pub(super) struct Inputs<T> {
    pub(super) inputs: Vec<T>,
}

/// A pair to be associated.
#[derive(Debug, Serialize)]
pub(super) struct Pair {
    pub(super) from: Reference,
    pub(super) to: Reference,
}

/// `POST …/search`. Groups are OR, filters inside a group AND.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Search {
    #[serde(rename = "filterGroups")]
    pub(super) groups: Vec<FilterGroup>,
    pub(super) properties: Vec<String>,
    pub(super) sorts: [&'static str; 1],
    pub(super) limit: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<String>,
}

/// Filters that must all hold.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FilterGroup {
    pub(super) filters: Vec<Filter>,
}

/// One filter.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Filter {
    #[serde(rename = "propertyName")]
    pub(super) property: &'static str,
    pub(super) operator: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) values: Vec<String>,
}

// ── answers ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The answer to a batch call: results and errors may stand side by side under any 2xx.
#[derive(Debug, Default, Deserialize)]
pub(super) struct BatchAnswer {
    #[serde(default)]
    pub(super) results: Vec<Value>,
    #[serde(default)]
    pub(super) errors: Vec<Value>,
}

/// A page of a search or a list.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PageAnswer {
    #[serde(default)]
    pub(super) results: Vec<Value>,
    #[serde(default)]
    pub(super) paging: Option<Paging>,
    /// Of all pages; few lists tell it.
    #[serde(default)]
    pub(super) total: Option<u64>,
}

impl PageAnswer {
    /// The cursor of the next page.
    pub(super) fn next(&self) -> Option<String> {
        self.paging
            .as_ref()?
            .next
            .as_ref()?
            .after
            .as_ref()
            .map(text_of)
            .filter(|after| !after.is_empty())
    }
}

/// Where the next page is.
#[derive(Debug, Deserialize)]
pub(super) struct Paging {
    #[serde(default)]
    pub(super) next: Option<NextPage>,
}

/// The cursor.
#[derive(Debug, Deserialize)]
pub(super) struct NextPage {
    #[serde(default)]
    pub(super) after: Option<Value>,
}

/// A property definition.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Property {
    pub(super) name: String,
    #[serde(default)]
    pub(super) label: Option<String>,
    #[serde(default, rename = "type")]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) field_type: Option<String>,
    #[serde(default)]
    pub(super) options: Option<Vec<PropertyOption>>,
    #[serde(default)]
    pub(super) has_unique_value: Option<bool>,
    #[serde(default)]
    pub(super) calculated: Option<bool>,
    #[serde(default)]
    pub(super) external_options: Option<bool>,
    #[serde(default)]
    pub(super) referenced_object_type: Option<String>,
    #[serde(default)]
    pub(super) archived: Option<bool>,
    #[serde(default)]
    pub(super) hubspot_defined: Option<bool>,
    #[serde(default)]
    pub(super) text_display_hint: Option<String>,
    #[serde(default)]
    pub(super) modification_metadata: Option<ModificationMetadata>,
}

/// What may be changed about a property.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ModificationMetadata {
    #[serde(default)]
    pub(super) read_only_value: Option<bool>,
}

/// One option of a property.
#[derive(Debug, Deserialize)]
pub(super) struct PropertyOption {
    #[serde(default)]
    pub(super) label: Option<String>,
    pub(super) value: Value,
}

/// The rules an admin put on a property.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PropertyRules {
    pub(super) property_name: String,
    #[serde(default)]
    pub(super) property_validation_rules: Vec<PropertyRule>,
}

/// One rule.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PropertyRule {
    pub(super) rule_type: String,
    #[serde(default)]
    pub(super) rule_arguments: Vec<Value>,
}

/// The account behind a token. It holds no name (HubSpot docs, "Account information").
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccountDetails {
    pub(super) portal_id: Value,
    #[serde(default)]
    pub(super) ui_domain: Option<String>,
    #[serde(default)]
    pub(super) account_type: Option<String>,
}

/// The day's calls of private apps.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Usage {
    #[serde(default)]
    pub(super) usage_limit: Option<u64>,
    #[serde(default)]
    pub(super) current_usage: Option<u64>,
    #[serde(default)]
    pub(super) resets_at: Option<jiff::Timestamp>,
}

/// An owner; `id` (not `userId`) goes into `hubspot_owner_id`.
#[derive(Debug, Deserialize)]
pub(super) struct Owner {
    pub(super) id: Value,
    #[serde(default)]
    pub(super) email: Option<String>,
    #[serde(default)]
    pub(super) archived: Option<bool>,
}

/// A point in time, to the millisecond.
pub(super) fn moment(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Text that may arrive as text or as a number.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
