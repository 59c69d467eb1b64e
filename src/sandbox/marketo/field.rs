//! Fields of leads and companies, and what values they take.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::errors::Reason;

/// Where a lead field's value lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Person,
    /// A company field: a lead that belongs to a company shows the company's value.
    Company,
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) id: u64,
    /// The REST name.
    pub(super) name: String,
    pub(super) display_name: String,
    /// Marketo's `dataType`.
    pub(super) kind: String,
    pub(super) length: Option<usize>,
    pub(super) read_only: bool,
    pub(super) hidden: bool,
    pub(super) custom: bool,
    /// May be a `filterType` and a `lookupField`.
    pub(super) searchable: bool,
    pub(super) owner: Owner,
}

impl Field {
    pub(super) fn new(name: &str, display_name: &str, kind: &str) -> Self {
        Self {
            id: 0,
            name: name.to_owned(),
            display_name: display_name.to_owned(),
            kind: kind.to_owned(),
            length: default_length(kind),
            read_only: false,
            hidden: false,
            custom: false,
            searchable: false,
            owner: Owner::Person,
        }
    }

    /// The name in the SOAP API, which describe still shows: the first letter is a capital.
    fn soap_name(&self) -> String {
        let mut letters = self.name.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect()
    }

    /// The entry of `leads/describe.json`.
    pub(super) fn describe(&self) -> Value {
        let mut entry = json!({
            "id": self.id,
            "displayName": self.display_name,
            "dataType": self.kind,
            "rest": {"name": self.name, "readOnly": self.read_only},
            "soap": {"name": self.soap_name(), "readOnly": self.read_only},
        });
        self.add_length(&mut entry);
        entry
    }

    /// The entry of `describe2.json`, and of the describe calls of companies and program members; `crm`: a CRM
    /// is synced natively and manages what belongs to companies.
    pub(super) fn describe_by_name(&self, crm: bool) -> Value {
        let mut entry = json!({
            "name": self.name,
            "displayName": self.display_name,
            "dataType": self.kind,
            "updateable": !self.read_only,
            "crmManaged": crm && self.owner == Owner::Company,
        });
        self.add_length(&mut entry);
        entry
    }

    /// The entry of `schema/fields.json`.
    pub(super) fn describe_schema(&self) -> Value {
        let is_text = matches!(self.kind.as_str(), "string" | "email" | "phone" | "text");
        let mut entry = json!({
            "displayName": self.display_name,
            "name": self.name,
            "description": null,
            "dataType": self.kind,
            "isHidden": self.hidden,
            "isHtmlEncodingInEmail": is_text,
            "isSensitive": false,
            "isCustom": self.custom,
            "isApiCreated": false,
        });
        self.add_length(&mut entry);
        entry
    }

    fn add_length(&self, entry: &mut Value) {
        if let Some(length) = self.length {
            entry["length"] = json!(length);
        }
    }

    /// The value as it is stored, or why it is not. `cut`: what is too long is shortened.
    pub(super) fn take(&self, given: &Value, cut: bool) -> Result<Value, Reason> {
        if given.is_null() {
            return Ok(Value::Null);
        }
        let refused = || Reason::invalid_value(&self.name);
        let text = match given {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            _ => return Err(refused()),
        };
        if text.is_empty() {
            return Ok(Value::Null);
        }
        match self.kind.as_str() {
            "integer" | "score" => {
                let number: Option<i64> = text.parse().ok();
                let number = number.filter(|number| i32::try_from(*number).is_ok());
                number.map(|number| json!(number))
            }
            "float" | "currency" | "percent" => {
                text.parse::<f64>().ok().map(|number| json!(number))
            }
            "boolean" => return truth(&text).map(|flag| json!(flag)).ok_or_else(refused),
            "date" => {
                return text
                    .parse::<Date>()
                    .map(|date| json!(date.to_string()))
                    .map_err(|_| refused());
            }
            "datetime" => {
                let moment: Result<Timestamp, _> = text.parse();
                let moment = moment.map_err(|_| refused())?;
                return Ok(json!(seconds(moment.as_millisecond())));
            }
            "email" if !is_address(&text) => return Err(refused()),
            _ => return self.take_text(text, cut),
        }
        .ok_or_else(|| Reason::wrong_type(&text, &self.kind))
    }

    /// Strings count characters, text areas bytes ("up to 30,000 bytes").
    fn take_text(&self, text: String, cut: bool) -> Result<Value, Reason> {
        let limit = self.length.unwrap_or(usize::MAX);
        let size = |text: &str| {
            if self.kind == "text" {
                text.len()
            } else {
                text.chars().count()
            }
        };
        if size(&text) <= limit {
            return Ok(json!(text));
        }
        if !cut {
            return Err(Reason::invalid_value(&self.name));
        }
        let mut short = text;
        while size(&short) > limit {
            short.pop();
        }
        Ok(json!(short))
    }
}

fn default_length(kind: &str) -> Option<usize> {
    match kind {
        "string" | "email" | "phone" | "url" => Some(255),
        "text" => Some(30_000),
        _ => None,
    }
}

fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

/// "only ASCII characters are supported in the email address field".
pub(super) fn is_address(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    text.is_ascii()
        && !text.contains([' ', ',', ';'])
        && !name.is_empty()
        && !domain.contains('@')
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
}

/// `2026-11-22T10:00:00Z`, the form of dates of the lead database.
pub(super) fn seconds(milliseconds: i64) -> String {
    let text = crate::sandbox::time::iso(milliseconds);
    let whole = text.split('.').next().unwrap_or_default();
    format!("{whole}Z")
}
