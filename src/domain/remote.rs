//! What a vendor's object looks like: its fields as the vendor's own metadata tells them.

use serde::{Deserialize, Serialize};

use super::lead::FieldType;

/// The kinds of fields vendors have, reduced to what checking and mapping need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum RemoteKind {
    Text,
    Longtext,
    Email,
    Phone,
    Url,
    Number,
    Date,
    Datetime,
    Boolean,
    /// One of a closed list.
    One,
    /// Several of a closed list.
    Many,
    /// A user of the vendor's account; an e-mail address is resolved to it.
    User,
    /// A link to another record: not mappable.
    Reference,
}

impl RemoteKind {
    /// The word shown to people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Longtext => "long text",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Url => "url",
            Self::Number => "number",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Boolean => "boolean",
            Self::One => "one of a list",
            Self::Many => "several of a list",
            Self::User => "user",
            Self::Reference => "reference",
        }
    }
}

/// One option of a closed list (or one user of the account, with the address as label).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteOption {
    /// What is sent.
    pub value: String,
    /// What people see there.
    pub label: String,
}

/// A rule an admin put on a field, readable beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteRule {
    /// The vendor's name of the rule.
    pub rule: String,
    /// Its arguments.
    #[serde(default)]
    pub arguments: Vec<String>,
}

/// One field of a vendor's object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteField {
    /// The name in the API.
    pub name: String,
    /// The name people see there.
    pub label: String,
    /// The kind.
    pub kind: RemoteKind,
    /// The longest value in characters, the field's own or an admin rule's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// The closed list, where there is one and it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<RemoteOption>>,
    /// Whether a new record must have it.
    #[serde(default)]
    pub required_on_create: bool,
    /// Whether we may write it.
    #[serde(default)]
    pub writable: bool,
    /// Whether no two records may share a value.
    #[serde(default)]
    pub unique: bool,
    /// Whether the customer made it (not the vendor).
    #[serde(default)]
    pub custom: bool,
    /// Whether it records that somebody opted out: such a field only ever takes true.
    #[serde(default)]
    pub opt_out: bool,
    /// Rules an admin set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RemoteRule>,
}

impl RemoteField {
    /// Whether the name says nothing to people: a run of hexadecimal digits that the vendor drew for a field of the customer's
    /// own.
    #[must_use]
    pub fn is_code(&self) -> bool {
        self.name.len() >= 32 && self.name.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    /// The name people know it by.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self.is_code() && !self.label.is_empty() {
            true => &self.label,
            false => &self.name,
        }
    }
}

/// All fields of an object, as read at one time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectSchema {
    /// Fields in the vendor's order.
    pub fields: Vec<RemoteField>,
}

impl ObjectSchema {
    /// The field people mean: by its name; where names are codes also by its label, if only one bears it.
    #[must_use]
    pub fn meant(&self, name: &str) -> Option<&RemoteField> {
        self.field(name).or_else(|| {
            let mut called = self.fields.iter().filter(|field| {
                field.is_code() && field.label.trim().eq_ignore_ascii_case(name.trim())
            });
            called.next().filter(|_| called.next().is_none())
        })
    }

    /// The field of that name; vendors' API names are case-sensitive, people's typing is not.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&RemoteField> {
        self.fields
            .iter()
            .find(|field| field.name == name)
            .or_else(|| {
                self.fields
                    .iter()
                    .find(|field| field.name.eq_ignore_ascii_case(name))
            })
    }
}

/// How one of our kinds suits one of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suits {
    /// Always.
    Yes,
    /// Depends on the value: checked at the push.
    Checked,
    /// Takes it, but it is odd.
    Odd,
    /// Hardly ever.
    No,
    /// Cannot be written at all.
    Refused,
}

/// The matrix of product.md 5.5. A mapping is always allowed unless the field cannot be written; this says what to warn of.
#[must_use]
pub fn suits(ours: FieldType, theirs: RemoteKind) -> Suits {
    use FieldType as F;
    use RemoteKind as R;
    match (ours, theirs) {
        (_, R::Reference) => Suits::Refused,
        (_, R::Text | R::Longtext) => Suits::Yes,
        (F::Email, R::User) => Suits::Yes,
        (_, R::User) => Suits::Odd,
        (F::Text, R::Phone) => Suits::Yes,
        (_, R::One) | (F::Text, _) => Suits::Checked,
        (F::Email, R::Email) | (F::Phone, R::Phone) | (F::Url, R::Url) | (F::Number, R::Number) => {
            Suits::Yes
        }
        (F::Date | F::Datetime, R::Date | R::Datetime) | (F::Boolean, R::Boolean) => Suits::Yes,
        (F::Email, R::Phone | R::Url) | (F::Number, R::Phone) => Suits::Odd,
        (F::Phone | F::Boolean, R::Number) | (F::Number, R::Boolean) => Suits::Checked,
        _ => Suits::No,
    }
}

/// The warning a mapping row carries, if any.
#[must_use]
pub fn type_warning(ours: FieldType, field: &RemoteField) -> Option<String> {
    let kind = field.kind.name();
    match suits(ours, field.kind) {
        Suits::Yes => None,
        Suits::Checked => Some(match field.kind {
            RemoteKind::One | RemoteKind::Many => {
                format!("{} takes only its own options", field.name)
            }
            _ => format!(
                "{} is a {kind} field: each value is checked at the push",
                field.name
            ),
        }),
        Suits::Odd | Suits::No => Some(format!("{} into a {kind} field rarely fits", ours.badge())),
        Suits::Refused => Some(format!(
            "{} links to another record and cannot be filled",
            field.name
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_fits_text_and_is_checked_where_the_list_is_closed() {
        assert_eq!(suits(FieldType::Text, RemoteKind::Longtext), Suits::Yes);
        assert_eq!(suits(FieldType::Text, RemoteKind::One), Suits::Checked);
        assert_eq!(suits(FieldType::Email, RemoteKind::Number), Suits::No);
        assert_eq!(suits(FieldType::Email, RemoteKind::User), Suits::Yes);
        assert_eq!(
            suits(FieldType::Text, RemoteKind::Reference),
            Suits::Refused
        );
    }
}
