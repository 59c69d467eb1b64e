//! Which field of a lead somebody means.

use super::{nearest, plain};
use crate::domain::lead::{FIELDS, FieldType, Role, field_info};

/// A field of a lead that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OurField {
    /// The key as leads hold it.
    pub key: String,
    /// The kind of its values.
    pub kind: FieldType,
    /// The part of a lead it belongs to.
    pub role: Role,
    /// Whether it is standard, or a lead has it.
    pub known: bool,
}

/// No lead has such a field, and it looks like a slip for another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no field {name:?}")]
pub struct UnknownField {
    /// As named.
    pub name: String,
    /// The field that was probably meant.
    pub near: String,
}

/// The kind of a field's values; custom fields hold text.
#[must_use]
pub fn field_type(key: &str) -> FieldType {
    field_info(key).map_or(FieldType::Text, |field| field.kind)
}

/// Finds a field by its key or label in any spelling; `custom` are those leads have beside the standard ones. A name that
/// resembles none is taken for a custom field of leads to come.
///
/// # Errors
/// Where the name is near a known field: most likely a slip.
pub fn our_field(name: &str, custom: &[String]) -> Result<OurField, UnknownField> {
    let name = name.trim();
    let standard = || {
        field_info(name).or_else(|| {
            FIELDS
                .iter()
                .find(|field| plain(field.key) == plain(name) || plain(field.label) == plain(name))
        })
    };
    let own = |exact: bool| {
        custom.iter().find(|known| match exact {
            true => known.as_str() == name,
            false => plain(known) == plain(name),
        })
    };
    if let Some(key) = own(true) {
        return Ok(custom_field(key, true));
    }
    if let Some(field) = standard() {
        return Ok(OurField {
            key: field.key.to_owned(),
            kind: field.kind,
            role: field.role,
            known: true,
        });
    }
    if let Some(key) = own(false) {
        return Ok(custom_field(key, true));
    }
    let known = FIELDS
        .iter()
        .map(|field| field.key)
        .chain(custom.iter().map(String::as_str));
    match nearest(name, known, |known| known) {
        Some(near) => Err(UnknownField {
            name: name.to_owned(),
            near: near.to_owned(),
        }),
        None => Ok(custom_field(name, false)),
    }
}

fn custom_field(key: &str, known: bool) -> OurField {
    OurField {
        key: key.to_owned(),
        kind: FieldType::Text,
        role: Role::Persona,
        known,
    }
}
