//! One field of an object and its describe entry (fact sheet, section 3).

use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PicklistValue {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) active: bool,
    pub(super) default: bool,
}

impl PicklistValue {
    pub(super) fn new(value: &str) -> Self {
        Self {
            value: value.to_owned(),
            label: value.to_owned(),
            active: true,
            default: false,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    /// Salesforce's own word, such as `multipicklist`.
    pub(super) kind: String,
    pub(super) length: usize,
    pub(super) precision: usize,
    pub(super) scale: usize,
    pub(super) nillable: bool,
    pub(super) createable: bool,
    pub(super) updateable: bool,
    pub(super) defaulted_on_create: bool,
    pub(super) filterable: bool,
    pub(super) id_lookup: bool,
    pub(super) external_id: bool,
    pub(super) unique: bool,
    pub(super) restricted: bool,
    pub(super) calculated: bool,
    /// What a formula shows; formulas are constants here.
    pub(super) formula: Value,
    pub(super) default_value: Value,
    pub(super) options: Vec<PicklistValue>,
    pub(super) reference_to: Vec<String>,
    pub(super) relationship: Option<String>,
    /// Field level security hides it from this user.
    pub(super) hidden: bool,
}

impl Field {
    pub(super) fn new(name: &str, label: &str, kind: &str, length: usize) -> Self {
        let (precision, scale) = match kind {
            "int" => (length, 0),
            "double" | "currency" | "percent" => (18, 2),
            _ => (0, 0),
        };
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            kind: kind.to_owned(),
            length: if precision > 0 { 0 } else { length },
            precision,
            scale,
            nillable: kind != "boolean",
            createable: true,
            updateable: true,
            defaulted_on_create: kind == "boolean",
            filterable: true,
            id_lookup: false,
            external_id: false,
            unique: false,
            restricted: false,
            calculated: false,
            formula: Value::Null,
            default_value: Value::Null,
            options: Vec::new(),
            reference_to: Vec::new(),
            relationship: None,
            hidden: false,
        }
    }

    /// One line of `definitions/`; see the first line of each file there.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let mut parts = line.split('|');
        let (name, label, kind) = (parts.next()?, parts.next()?, parts.next()?);
        let length = parts.next()?.split('.').next()?.parse().ok()?;
        let mut field = Self::new(name, label, kind, length);
        for flag in parts.next().unwrap_or_default().split_whitespace() {
            match flag {
                "system" => {
                    (field.createable, field.updateable) = (false, false);
                    field.nillable = !matches!(kind, "id" | "boolean" | "datetime");
                }
                "createonly" => field.updateable = false,
                "required" => field.nillable = false,
                "default" => field.defaulted_on_create = true,
                "nofilter" => field.filterable = false,
                "lookup" => field.id_lookup = true,
                _ => return None,
            }
        }
        let rest = parts.next().unwrap_or_default();
        if kind == "reference" {
            let (targets, relationship) = rest.split_once('>')?;
            field.reference_to = targets.split(',').map(str::to_owned).collect();
            field.relationship = Some(relationship.to_owned());
        } else {
            field.options = rest
                .split(';')
                .filter(|value| !value.is_empty())
                .map(parse_option)
                .collect();
        }
        Some(field)
    }

    pub(super) fn is_custom(&self) -> bool {
        self.name.ends_with("__c")
    }

    pub(super) fn is_picklist(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "picklist" | "multipicklist" | "combobox"
        )
    }

    /// Required on create, as clients derive it from describe.
    pub(super) fn is_required(&self) -> bool {
        self.createable && !self.nillable && !self.defaulted_on_create && self.kind != "boolean"
    }

    /// What a new record has when the request does not say.
    pub(super) fn initial(&self) -> Value {
        if self.kind == "boolean" {
            return json!(self.default_value.as_bool().unwrap_or(false));
        }
        let default = self.options.iter().find(|option| option.default);
        default.map_or_else(|| self.default_value.clone(), |option| json!(option.value))
    }

    pub(super) fn describe(&self) -> Value {
        let options = self.options.iter().map(|option| {
            json!({"active": option.active, "defaultValue": option.default, "label": option.label,
                   "value": option.value, "validFor": null})
        });
        json!({
            "aggregatable": self.filterable,
            "autoNumber": false,
            "byteLength": self.length * 3,
            "calculated": self.calculated,
            "calculatedFormula": null,
            "compoundFieldName": null,
            "controllerName": null,
            "createable": self.createable,
            "custom": self.is_custom(),
            "defaultValue": self.default_value,
            "defaultedOnCreate": self.defaulted_on_create,
            "dependentPicklist": false,
            "deprecatedAndHidden": false,
            "digits": if self.kind == "int" { self.precision } else { 0 },
            "encrypted": false,
            "externalId": self.external_id,
            "filterable": self.filterable,
            "idLookup": self.id_lookup || self.external_id || self.kind == "id",
            "inlineHelpText": null,
            "label": self.label,
            "length": self.length,
            "name": self.name,
            "nameField": self.name == "Name",
            "nillable": self.nillable,
            "permissionable": self.nillable && self.createable,
            "picklistValues": options.collect::<Vec<_>>(),
            "precision": if self.kind == "int" { 0 } else { self.precision },
            "referenceTo": self.reference_to,
            "relationshipName": self.relationship,
            "restrictedPicklist": self.restricted,
            "scale": self.scale,
            "sortable": self.filterable,
            "type": self.kind,
            "unique": self.unique,
            "updateable": self.updateable,
        })
    }
}

fn parse_option(text: &str) -> PicklistValue {
    let mut option = PicklistValue::new(text.trim_start_matches('*'));
    option.default = text.starts_with('*');
    option
}
