//! A property definition (fact sheet: HubSpot docs, properties API) and its JSON.

use std::sync::Arc;

use serde_json::{Map, Value, json};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct PropertyOption {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) hidden: bool,
    pub(super) display_order: i64,
    pub(super) description: String,
}

#[derive(Clone, Debug)]
pub(super) struct Property {
    pub(super) name: Arc<str>,
    pub(super) label: String,
    pub(super) value_type: String,
    pub(super) field_type: String,
    pub(super) group: String,
    pub(super) description: String,
    pub(super) options: Vec<PropertyOption>,
    pub(super) unique: bool,
    pub(super) calculated: bool,
    pub(super) hidden: bool,
    pub(super) external_options: bool,
    pub(super) referenced_object_type: Option<String>,
    pub(super) archived: bool,
    pub(super) hubspot_defined: bool,
    pub(super) read_only_value: bool,
    pub(super) read_only_options: bool,
    pub(super) read_only_definition: bool,
    pub(super) archivable: bool,
}

impl Property {
    /// A property every portal has; its definition belongs to HubSpot.
    pub(super) fn standard(name: &str, label: &str, value_type: &str, field_type: &str) -> Self {
        Self {
            hubspot_defined: true,
            read_only_definition: true,
            archivable: false,
            ..Self::custom(name, label, value_type, field_type)
        }
    }

    pub(super) fn custom(name: &str, label: &str, value_type: &str, field_type: &str) -> Self {
        Self {
            name: Arc::from(name),
            label: label.to_owned(),
            value_type: value_type.to_owned(),
            field_type: field_type.to_owned(),
            group: String::new(),
            description: String::new(),
            options: Vec::new(),
            unique: false,
            calculated: false,
            hidden: false,
            external_options: false,
            referenced_object_type: None,
            archived: false,
            hubspot_defined: false,
            read_only_value: false,
            read_only_options: false,
            read_only_definition: false,
            archivable: true,
        }
    }

    pub(super) fn with_options<'a>(
        mut self,
        options: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        self.options = (0..)
            .zip(options)
            .map(|(display_order, (label, value))| PropertyOption {
                label: label.to_owned(),
                value: value.to_owned(),
                hidden: false,
                display_order,
                description: String::new(),
            })
            .collect();
        self
    }

    pub(super) fn read_only(mut self) -> Self {
        self.read_only_value = true;
        self
    }

    pub(super) fn calculated(mut self) -> Self {
        self.calculated = true;
        self.read_only()
    }

    pub(super) fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    /// Holds an owner's id: an enumeration whose options are not listed here (`externalOptions`).
    pub(super) fn owner(name: &str, label: &str) -> Self {
        Self {
            external_options: true,
            referenced_object_type: Some("OWNER".to_owned()),
            read_only_options: true,
            ..Self::standard(name, label, "enumeration", "select")
        }
    }

    pub(super) fn is_enumeration(&self) -> bool {
        matches!(self.value_type.as_str(), "enumeration" | "bool")
    }

    /// Several values joined by `;`.
    pub(super) fn is_multiple(&self) -> bool {
        self.value_type == "enumeration" && self.field_type == "checkbox"
    }

    pub(super) fn to_json(&self) -> Value {
        let options: Vec<Value> = self.options.iter().map(PropertyOption::to_json).collect();
        let mut body = json!({
            "name": &*self.name,
            "label": self.label,
            "type": self.value_type,
            "fieldType": self.field_type,
            "groupName": self.group,
            "description": self.description,
            "options": options,
            "hasUniqueValue": self.unique,
            "hidden": self.hidden,
            "calculated": self.calculated,
            "externalOptions": self.external_options,
            "archived": self.archived,
            "displayOrder": -1,
            "formField": !self.read_only_value,
            "dataSensitivity": "non_sensitive",
            "modificationMetadata": {
                "archivable": self.archivable,
                "readOnlyDefinition": self.read_only_definition,
                "readOnlyOptions": self.read_only_options,
                "readOnlyValue": self.read_only_value,
            },
        });
        if let Some(referenced) = &self.referenced_object_type {
            body["referencedObjectType"] = json!(referenced);
        }
        // HubSpot leaves the member out for properties customers made.
        if self.hubspot_defined {
            body["hubspotDefined"] = json!(true);
        }
        body
    }

    /// Takes over what a create or a patch body says; `Err` names the member that is wrong.
    pub(super) fn apply(&mut self, body: &Map<String, Value>) -> Result<(), &'static str> {
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let flag = |name: &str| body.get(name).and_then(Value::as_bool);
        self.label = text("label").unwrap_or_else(|| std::mem::take(&mut self.label));
        self.group = text("groupName").unwrap_or_else(|| std::mem::take(&mut self.group));
        self.description =
            text("description").unwrap_or_else(|| std::mem::take(&mut self.description));
        self.unique = flag("hasUniqueValue").unwrap_or(self.unique);
        self.hidden = flag("hidden").unwrap_or(self.hidden);
        self.external_options = flag("externalOptions").unwrap_or(self.external_options);
        if let Some(options) = body.get("options") {
            let options = options.as_array().ok_or("options")?;
            self.options = (0..)
                .zip(options)
                .map(PropertyOption::parse)
                .collect::<Option<_>>()
                .ok_or("options")?;
        }
        Ok(())
    }
}

impl PropertyOption {
    fn parse((position, body): (i64, &Value)) -> Option<Self> {
        Some(Self {
            label: body["label"].as_str()?.to_owned(),
            value: body["value"].as_str()?.to_owned(),
            hidden: body["hidden"].as_bool().unwrap_or(false),
            display_order: body["displayOrder"].as_i64().unwrap_or(position),
            description: body["description"].as_str().unwrap_or_default().to_owned(),
        })
    }

    fn to_json(&self) -> Value {
        json!({
            "label": self.label,
            "value": self.value,
            "hidden": self.hidden,
            "displayOrder": self.display_order,
            "description": self.description,
        })
    }
}
