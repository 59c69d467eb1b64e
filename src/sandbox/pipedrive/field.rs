//! Fields of persons, organisations and deals (fact sheet, section 8).

use serde_json::{Value, json};

use super::record::Entity;

#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) id: u64,
    pub(super) label: String,
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    /// The number that filters name it by.
    pub(super) id: u64,
    pub(super) name: String,
    /// 40 hexadecimal digits for custom fields.
    pub(super) code: String,
    pub(super) kind: String,
    pub(super) choices: Option<Vec<Choice>>,
    pub(super) custom: bool,
    /// Exists only once contact sync is set up.
    pub(super) contact_sync: bool,
}

/// What custom fields can be.
pub(super) const KINDS: [&str; 16] = [
    "varchar",
    "text",
    "double",
    "phone",
    "date",
    "daterange",
    "time",
    "timerange",
    "set",
    "enum",
    "varchar_auto",
    "address",
    "monetary",
    "org",
    "people",
    "user",
];

/// The parts of an address besides `value`.
pub(super) const ADDRESS_PARTS: [&str; 9] = [
    "country",
    "admin_area_level_1",
    "admin_area_level_2",
    "locality",
    "sublocality",
    "route",
    "street_number",
    "subpremise",
    "postal_code",
];

/// Those that exist only where contact sync is set up.
pub(super) const CONTACT_SYNC: [(&str, &str, &str); 5] = [
    ("Postal address", "postal_address", "address"),
    ("Notes", "notes", "text"),
    ("Instant messenger", "im", "varchar"),
    ("Birthday", "birthday", "date"),
    ("Job title", "job_title", "varchar"),
];

const PERSON: &[(&str, &str, &str)] = &[
    ("ID", "id", "int"),
    ("Name", "name", "varchar"),
    ("First name", "first_name", "varchar"),
    ("Last name", "last_name", "varchar"),
    ("Phone", "phone", "phone"),
    ("Email", "email", "varchar"),
    ("Organization", "org_id", "org"),
    ("Owner", "owner_id", "user"),
    ("Labels", "label_ids", "set"),
    ("Person created", "add_time", "date"),
    ("Update time", "update_time", "date"),
    ("Visible to", "visible_to", "visible_to"),
    ("Profile picture", "picture_id", "picture"),
];

const ORGANIZATION: &[(&str, &str, &str)] = &[
    ("ID", "id", "int"),
    ("Name", "name", "varchar"),
    ("Address", "address", "address"),
    ("Owner", "owner_id", "user"),
    ("Labels", "label_ids", "set"),
    ("Website", "website", "varchar"),
    ("LinkedIn profile", "linkedin", "varchar"),
    ("Industry", "industry", "enum"),
    ("Annual revenue", "annual_revenue", "double"),
    ("Number of employees", "employee_count", "int"),
    ("Organization created", "add_time", "date"),
    ("Update time", "update_time", "date"),
    ("Visible to", "visible_to", "visible_to"),
];

const DEAL: &[(&str, &str, &str)] = &[
    ("ID", "id", "int"),
    ("Title", "title", "varchar"),
    ("Value", "value", "monetary"),
    ("Owner", "owner_id", "user"),
    ("Contact person", "person_id", "people"),
    ("Organization", "org_id", "org"),
    ("Stage", "stage_id", "stage"),
    ("Status", "status", "status"),
    ("Labels", "label_ids", "set"),
    ("Expected close date", "expected_close_date", "date"),
    ("Deal created", "add_time", "date"),
    ("Update time", "update_time", "date"),
    ("Visible to", "visible_to", "visible_to"),
];

/// The fields every account has. `id` gives numbers no other field or option has.
pub(super) fn standard(entity: Entity, mut id: impl FnMut() -> u64) -> Vec<Field> {
    let (own, labels): (_, &[&str]) = match entity {
        Entity::Person => (PERSON, &["Customer", "Hot lead", "Warm lead", "Cold lead"]),
        Entity::Organization => (
            ORGANIZATION,
            &["Customer", "Hot lead", "Warm lead", "Cold lead"],
        ),
        _ => (DEAL, &["Hot", "Warm", "Cold"]),
    };
    let mut fields = Vec::new();
    for (name, code, kind) in own {
        let labels: &[&str] = match *code {
            "label_ids" => labels,
            "industry" => &["Technology", "Finance", "Healthcare"],
            _ => &[],
        };
        let choices = labels.iter().map(|label| Choice {
            id: id(),
            label: (*label).to_owned(),
        });
        let choices: Vec<Choice> = choices.collect();
        fields.push(Field {
            id: id(),
            name: (*name).to_owned(),
            code: (*code).to_owned(),
            kind: (*kind).to_owned(),
            choices: matches!(*kind, "enum" | "set").then_some(choices),
            custom: false,
            contact_sync: false,
        });
    }
    if entity == Entity::Person {
        let synced = CONTACT_SYNC.iter().map(|(name, code, kind)| Field {
            id: id(),
            name: (*name).to_owned(),
            code: (*code).to_owned(),
            kind: (*kind).to_owned(),
            choices: None,
            custom: false,
            contact_sync: true,
        });
        fields.extend(synced);
    }
    fields
}

impl Field {
    pub(super) fn choice(&self, id: u64) -> Option<&Choice> {
        let mut choices = self.choices.iter().flatten();
        choices.find(|choice| choice.id == id)
    }

    /// Only these types are searched (OpenAPI, `persons/search`).
    pub(super) fn is_searchable(&self) -> bool {
        let kinds = [
            "address",
            "varchar",
            "text",
            "varchar_auto",
            "double",
            "monetary",
            "phone",
        ];
        self.custom && kinds.contains(&self.kind.as_str())
    }

    pub(super) fn choices_json(&self) -> Value {
        if self.kind == "visible_to" {
            // Options of built-in fields have texts for ids.
            let labels = [("1", "Item owner"), ("3", "All users")];
            return labels
                .iter()
                .map(|(id, label)| json!({"id": id, "label": label}))
                .collect();
        }
        match &self.choices {
            None => Value::Null,
            Some(choices) => choices
                .iter()
                .map(|choice| json!({"id": choice.id, "label": choice.label}))
                .collect(),
        }
    }

    fn subfields(&self) -> Value {
        let part = |code: &str, name: &str, kind: &str| {
            let name = format!("{name} of {}", self.name);
            json!({"field_code": code, "field_name": name, "field_type": kind})
        };
        match self.kind.as_str() {
            "address" => {
                let parts = ADDRESS_PARTS.iter().map(|code| part(code, code, "varchar"));
                std::iter::once(part("value", "Address value", "varchar"))
                    .chain(parts)
                    .chain([part("formatted_address", "Formatted address", "varchar")])
                    .collect()
            }
            "monetary" => json!([
                part("value", "Amount", "double"),
                part("currency", "Currency", "varchar")
            ]),
            _ => Value::Null,
        }
    }

    /// Version 2's form; `extras` are the parts that are shown only when asked for.
    pub(super) fn to_json(&self, extras: &[String]) -> Value {
        let mut shown = json!({
            "field_name": self.name,
            "field_code": self.code,
            "description": null,
            "field_type": self.kind,
            "options": self.choices_json(),
            "subfields": self.subfields(),
            "is_custom_field": self.custom,
            "is_optional_response_field": false,
        });
        for extra in extras {
            shown[extra] = match extra.as_str() {
                "ui_visibility" => json!({
                    "add_visible_flag": !self.custom,
                    "details_visible_flag": true,
                    "show_in_add_deal_dialog": {"show": false, "order": null},
                }),
                "important_fields" => json!({"enabled": false, "stage_ids": []}),
                _ => json!({"enabled": matches!(self.code.as_str(), "name" | "title")}),
            };
        }
        shown
    }

    /// Version 1's form, which only `leadFields` still has.
    pub(super) fn to_first_version(&self, position: usize) -> Value {
        json!({
            "id": self.id,
            "key": self.code,
            "name": self.name,
            "order_nr": position,
            "field_type": self.kind,
            "active_flag": true,
            "edit_flag": self.custom,
            "options": self.choices_json(),
            "mandatory_flag": self.code == "title",
        })
    }
}
