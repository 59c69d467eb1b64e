//! A prospect's fields as the mapping sees them: the standard ones from the documentation, which no answer lists, and those
//! the customer made ("Prospect object", "Custom field object").

use super::EMAIL;
use super::api::{CREATED_AT, CustomField, IS_DELETED, UPDATED_AT, is_name};
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind, RemoteRule};

/// What is asked of the customer's fields.
pub(super) const DESCRIBED: &str =
    "id,name,fieldId,apiFieldId,type,isUseValues,isRecordMultipleResponses";
/// What is written is added to what is there, by the vendor itself.
pub(super) const ADDS: &str = "RECORDS_MULTIPLE_RESPONSES";
/// No decimals.
pub(super) const WHOLE_NUMBER: &str = "WHOLE_NUMBER";
/// The longest address (error 4).
pub(super) const EMAIL_LENGTH: usize = 255;

/// Name, label, kind. How long the others may be is documented nowhere.
const STANDARD: &[(&str, &str, RemoteKind)] = &[
    (EMAIL, "Email", RemoteKind::Email),
    ("salutation", "Salutation", RemoteKind::Text),
    ("firstName", "First Name", RemoteKind::Text),
    ("lastName", "Last Name", RemoteKind::Text),
    ("company", "Company", RemoteKind::Text),
    ("jobTitle", "Job Title", RemoteKind::Text),
    ("department", "Department", RemoteKind::Text),
    ("phone", "Phone", RemoteKind::Phone),
    ("fax", "Fax", RemoteKind::Phone),
    ("website", "Website", RemoteKind::Url),
    ("addressOne", "Address One", RemoteKind::Text),
    ("addressTwo", "Address Two", RemoteKind::Text),
    ("city", "City", RemoteKind::Text),
    ("state", "State", RemoteKind::Text),
    ("zip", "Zip", RemoteKind::Text),
    ("country", "Country", RemoteKind::Text),
    ("territory", "Territory", RemoteKind::Text),
    ("industry", "Industry", RemoteKind::Text),
    ("employees", "Employees", RemoteKind::Text),
    ("annualRevenue", "Annual Revenue", RemoteKind::Text),
    ("yearsInBusiness", "Years in Business", RemoteKind::Text),
    ("comments", "Comments", RemoteKind::Longtext),
    ("notes", "Notes", RemoteKind::Longtext),
    ("source", "Source", RemoteKind::Text),
    ("score", "Score", RemoteKind::Number),
    ("campaignId", "Campaign (id)", RemoteKind::Number),
    ("userId", "Assigned user (id)", RemoteKind::Number),
    (
        "salesforceOwnerId",
        "Assigned user (Salesforce id)",
        RemoteKind::Text,
    ),
    ("isDoNotCall", "Do Not Call", RemoteKind::Boolean),
    ("isDoNotEmail", "Do Not Email", RemoteKind::Boolean),
    // Beside a CRM connector it cannot be set (errors 37, 59); the company's name is a text of the prospect.
    (
        "prospectAccountId",
        "Prospect account (id)",
        RemoteKind::Reference,
    ),
    ("id", "Id", RemoteKind::Number),
    (CREATED_AT, "Created", RemoteKind::Datetime),
    (UPDATED_AT, "Updated", RemoteKind::Datetime),
    (IS_DELETED, "In the recycle bin", RemoteKind::Boolean),
];

/// Told by the vendor alone.
const READ_ONLY: &[&str] = &[
    "prospectAccountId",
    "id",
    CREATED_AT,
    UPDATED_AT,
    IS_DELETED,
];

/// All fields of a prospect.
pub(super) fn schema(custom: &[CustomField]) -> ObjectSchema {
    let standard = STANDARD
        .iter()
        .map(|(name, label, kind)| standard_field(name, label, *kind));
    ObjectSchema {
        fields: standard
            .chain(custom.iter().filter_map(custom_field))
            .collect(),
    }
}

fn standard_field(name: &str, label: &str, kind: RemoteKind) -> RemoteField {
    RemoteField {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        max_length: (name == EMAIL).then_some(EMAIL_LENGTH),
        options: None,
        // Of the lead's lack of an address `lacks` tells.
        required_on_create: false,
        writable: !READ_ONLY.contains(&name),
        // Accounts may allow several prospects of one address.
        unique: false,
        custom: false,
        opt_out: matches!(name, "isDoNotCall" | "isDoNotEmail"),
        rules: if kind == RemoteKind::Number {
            vec![rule(WHOLE_NUMBER)]
        } else {
            Vec::new()
        },
    }
}

/// A field without a name of its own cannot be written, nor asked for.
fn custom_field(field: &CustomField) -> Option<RemoteField> {
    let name = field.api_field_id.as_ref().filter(|name| is_name(name))?;
    Some(RemoteField {
        name: name.clone(),
        label: field.name.clone().unwrap_or_else(|| name.clone()),
        kind: kind_of(field),
        max_length: None,
        // No answer tells which values there are, and others are taken too: the mapping is what checks them.
        options: None,
        required_on_create: false,
        writable: true,
        unique: false,
        custom: true,
        opt_out: false,
        rules: if field.is_record_multiple_responses {
            vec![rule(ADDS)]
        } else {
            Vec::new()
        },
    })
}

/// By the types the custom field page names.
fn kind_of(field: &CustomField) -> RemoteKind {
    match field.kind.to_lowercase().as_str() {
        "textarea" => RemoteKind::Longtext,
        "number" => RemoteKind::Number,
        "date" => RemoteKind::Date,
        "radio button" | "dropdown" => RemoteKind::One,
        "checkbox" | "multi-select" => RemoteKind::Many,
        _ if field.is_use_values => RemoteKind::One,
        _ => RemoteKind::Text,
    }
}

fn rule(name: &str) -> RemoteRule {
    RemoteRule {
        rule: name.to_owned(),
        arguments: Vec::new(),
    }
}

/// Whether the vendor adds what is written to what is there.
pub(super) fn adds(field: &RemoteField) -> bool {
    field.rules.iter().any(|rule| rule.rule == ADDS)
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    /// An account with a field of every type.
    pub(in super::super) fn custom() -> serde_json::Value {
        let field = |name: &str, kind: &str, values: bool, many: bool| {
            json!({"id": 1, "name": name, "fieldId": name, "apiFieldId": format!("{name}__c"), "type": kind,
                "isUseValues": values, "isRecordMultipleResponses": many})
        };
        json!([
            field("Visit", "Text", false, false),
            field("Fairs", "Text", false, true),
            field("Remarks", "Textarea", false, false),
            field("Seats", "Number", false, false),
            field("Met", "Date", false, false),
            field("Size", "Dropdown", true, false),
            field("Topics", "Multi-Select", true, false),
            {"id": 9, "name": null, "fieldId": "Old", "type": null, "isUseValues": null},
            {"id": 10, "apiFieldId": "Bare__c", "type": "Hidden"},
        ])
    }

    pub(in super::super) fn known() -> ObjectSchema {
        schema(&serde_json::from_value::<Vec<CustomField>>(custom()).unwrap())
    }

    #[test]
    fn the_customers_fields_stand_beside_the_standard_ones() {
        let schema = known();
        for (name, kind) in [
            ("email", RemoteKind::Email),
            ("jobTitle", RemoteKind::Text),
            ("Visit__c", RemoteKind::Text),
            ("Remarks__c", RemoteKind::Longtext),
            ("Seats__c", RemoteKind::Number),
            ("Met__c", RemoteKind::Date),
            ("Size__c", RemoteKind::One),
            ("Topics__c", RemoteKind::Many),
        ] {
            let field = schema.field(name).unwrap();
            assert_eq!((field.kind, field.writable), (kind, true), "{name}");
        }
        assert_eq!(schema.field("Bare__c").unwrap().label, "Bare__c");
        assert!(schema.field("Old").is_none(), "no name in this version");
        assert!(adds(schema.field("Fairs__c").unwrap()));
        assert!(!adds(schema.field("Visit__c").unwrap()));
    }

    #[test]
    fn what_the_vendor_keeps_is_not_written_and_an_opt_out_is_known() {
        let schema = known();
        for name in ["id", "createdAt", "isDeleted", "prospectAccountId"] {
            assert!(!schema.field(name).unwrap().writable, "{name}");
        }
        for name in ["isDoNotEmail", "isDoNotCall"] {
            assert!(schema.field(name).unwrap().opt_out, "{name}");
        }
        assert_eq!(schema.field("email").unwrap().max_length, Some(255));
    }
}
