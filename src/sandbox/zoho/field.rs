//! One field of a module and its metadata entry (fact sheet, section 7).

use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub(super) struct PickValue {
    pub(super) id: String,
    pub(super) display: String,
    pub(super) actual: String,
    pub(super) used: bool,
}

impl PickValue {
    pub(super) fn new(actual: &str) -> Self {
        Self {
            id: String::new(),
            display: actual.to_owned(),
            actual: actual.to_owned(),
            used: true,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: String,
    /// Zoho's own word, such as `multiselectpicklist`.
    pub(super) data_type: String,
    pub(super) length: usize,
    pub(super) mandatory: bool,
    pub(super) custom: bool,
    pub(super) read_only: bool,
    pub(super) api_create: bool,
    pub(super) api_update: bool,
    pub(super) unique: bool,
    /// Shown by `type=all` only.
    pub(super) unused: bool,
    /// The user's profile may not see it.
    pub(super) hidden: bool,
    pub(super) options: Vec<PickValue>,
    pub(super) lookup: Option<String>,
}

impl Field {
    pub(super) fn new(name: &str, label: &str, data_type: &str, length: usize) -> Self {
        Self {
            id: String::new(),
            name: name.to_owned(),
            label: label.to_owned(),
            data_type: data_type.to_owned(),
            length,
            mandatory: false,
            custom: false,
            read_only: false,
            api_create: true,
            api_update: true,
            unique: false,
            unused: false,
            hidden: false,
            options: Vec::new(),
            lookup: None,
        }
    }

    /// One line of `definitions/`; see the first line of each file there.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let mut parts = line.split('|');
        let (name, label, kind) = (parts.next()?, parts.next()?, parts.next()?);
        let mut field = Self::new(name, label, kind, parts.next()?.parse().ok()?);
        for flag in parts.next().unwrap_or_default().split_whitespace() {
            match flag {
                "mandatory" => field.mandatory = true,
                "readonly" => field.make_read_only(),
                _ => return None,
            }
        }
        let rest = parts.next().unwrap_or_default();
        if kind == "lookup" {
            field.lookup = Some(rest.to_owned());
        } else {
            let values = rest.split(';').filter(|value| !value.is_empty());
            field.options = values.map(PickValue::new).collect();
        }
        Some(field)
    }

    pub(super) fn make_read_only(&mut self) {
        self.read_only = true;
        (self.api_create, self.api_update) = (false, false);
    }

    /// `picklist` fields are texts that are not cut, so their length says nothing.
    pub(super) fn is_text(&self) -> bool {
        matches!(
            self.data_type.as_str(),
            "text" | "textarea" | "email" | "phone" | "website"
        )
    }

    pub(super) fn json_type(&self) -> &'static str {
        match self.data_type.as_str() {
            "integer" => "integer",
            "double" | "currency" | "percent" => "double",
            "boolean" => "boolean",
            "multiselectpicklist" => "jsonarray",
            "lookup" | "ownerlookup" => "jsonobject",
            _ => "string",
        }
    }

    /// The `actual_value`s a write may use.
    pub(super) fn allowed(&self) -> Vec<String> {
        let used = self.options.iter().filter(|option| option.used);
        used.map(|option| option.actual.clone()).collect()
    }

    pub(super) fn allows(&self, actual: &str) -> bool {
        self.options
            .iter()
            .any(|option| option.used && option.actual == actual)
    }

    fn pick_list_values(&self) -> Vec<Value> {
        let options = (1..).zip(&self.options);
        options
            .map(|(number, option): (usize, _)| {
                json!({
                    "id": option.id,
                    "display_value": option.display,
                    "actual_value": option.actual,
                    "reference_value": option.actual,
                    "sequence_number": number,
                    "type": if option.used { "used" } else { "unused" },
                })
            })
            .collect()
    }

    pub(super) fn describe(&self) -> Value {
        let unique = if self.unique {
            json!({"casesensitive": false})
        } else {
            json!({})
        };
        let lookup = self.lookup.as_ref().map_or_else(
            || json!({}),
            |module| json!({"module": {"api_name": module}, "display_label": self.label}),
        );
        json!({
            "id": self.id,
            "api_name": self.name,
            "field_label": self.label,
            "display_label": self.label,
            "data_type": self.data_type,
            "json_type": self.json_type(),
            "length": self.length,
            "decimal_place": null,
            "system_mandatory": self.mandatory,
            "custom_field": self.custom,
            "read_only": self.read_only,
            "field_read_only": self.read_only,
            "visible": true,
            "type": if self.unused { "unused" } else { "used" },
            "unique": unique,
            "operation_type": {
                "web_create": self.api_create,
                "api_create": self.api_create,
                "web_update": self.api_update,
                "api_update": self.api_update,
            },
            "pick_list_values": self.pick_list_values(),
            "lookup": lookup,
        })
    }
}
