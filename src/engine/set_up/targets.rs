//! Which of the vendor's objects a rule goes to.

use super::{ObjectFields, nearest, plain};
use crate::domain::lead::Role;
use crate::domain::remote::{RemoteField, RemoteKind};
use crate::store::mappings::SetOn;
use crate::vendors::{ObjectInfo, VendorInfo};

/// Where a rule goes.
pub struct Chosen<'a> {
    /// The fields it fills, by object.
    pub targets: Vec<(&'a ObjectInfo, &'a RemoteField)>,
    /// Objects that were meant and have no such field.
    pub without: Vec<&'static str>,
    /// Whether it goes to an object of another role than the field's, which has no such field.
    pub elsewhere: bool,
}

/// Why a rule goes nowhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetProblem {
    /// No such field.
    #[error("{}", no_field(objects, remote))]
    Unknown {
        /// As named.
        remote: String,
        /// The objects looked at.
        objects: Vec<&'static str>,
        /// The field that was probably meant, with its object.
        near: Option<(&'static str, String)>,
    },
    /// The vendor fills it itself.
    #[error("{object}.{remote} is read-only: the vendor fills it itself")]
    ReadOnly {
        /// The object.
        object: &'static str,
        /// The field.
        remote: String,
    },
    /// It links to another record.
    #[error("{object}.{remote} links to another record and cannot be filled")]
    Reference {
        /// The object.
        object: &'static str,
        /// The field.
        remote: String,
    },
}

fn no_field(objects: &[&'static str], remote: &str) -> String {
    match objects {
        [one] => format!("{one} has no field {remote:?}"),
        several => format!("neither {} has a field {remote:?}", several.join(" nor ")),
    }
}

/// The objects a word names: one by the vendor's word, or all of a role. Empty: none.
#[must_use]
pub fn objects_named(vendor: &'static VendorInfo, name: &str) -> Vec<&'static ObjectInfo> {
    let by_key: Vec<_> = vendor
        .objects
        .iter()
        .filter(|object| object.key.eq_ignore_ascii_case(name))
        .collect();
    if !by_key.is_empty() {
        return by_key;
    }
    vendor
        .objects
        .iter()
        .filter(|object| object.role.name().eq_ignore_ascii_case(name))
        .collect()
}

/// What a rule for one object is set on: the object where that was named or is the only one of its role, else the role.
#[must_use]
pub fn set_on(vendor: &'static VendorInfo, named: Option<&str>, object: &ObjectInfo) -> SetOn {
    let this_one = named.is_some_and(|name| object.key.eq_ignore_ascii_case(name));
    let of_role = vendor
        .objects
        .iter()
        .filter(|other| other.role == object.role);
    if this_one || of_role.count() < 2 {
        SetOn::Object
    } else {
        SetOn::Role
    }
}

/// Chooses among described objects. With `named` they are those meant; else the objects of the source's role come first,
/// and others only where none of those has the field.
///
/// # Errors
/// Where no object has the field, or it cannot be written.
pub fn choose<'a>(
    fields: &'a [ObjectFields],
    named: bool,
    role: Role,
    remote: &str,
) -> Result<Chosen<'a>, TargetProblem> {
    let having =
        |wanted: &dyn Fn(&ObjectFields) -> bool| -> Vec<(&'a ObjectInfo, &'a RemoteField)> {
            fields
                .iter()
                .filter(|object| wanted(object))
                .filter_map(|object| Some((object.info, object.schema.meant(remote)?)))
                .collect()
        };
    let of_role = |object: &ObjectFields| named || object.info.role == role;
    let mut targets = having(&of_role);
    let elsewhere = targets.is_empty() && !named;
    if elsewhere {
        targets = having(&|object| !of_role(object));
    }
    if targets.is_empty() {
        return Err(TargetProblem::Unknown {
            remote: remote.to_owned(),
            objects: fields.iter().map(|object| object.info.key).collect(),
            near: near(fields, remote),
        });
    }
    for (object, field) in &targets {
        refuse_unwritable(object, field)?;
    }
    let without = fields
        .iter()
        .filter(|object| !elsewhere && of_role(object) && object.schema.meant(remote).is_none())
        .map(|object| object.info.key)
        .collect();
    Ok(Chosen {
        targets,
        without,
        elsewhere,
    })
}

/// Refuses a field that cannot be written.
pub(super) fn refuse_unwritable(
    object: &ObjectInfo,
    field: &RemoteField,
) -> Result<(), TargetProblem> {
    let (object, remote) = (object.key, field.name.clone());
    match field.kind {
        RemoteKind::Reference => Err(TargetProblem::Reference { object, remote }),
        _ if !field.writable => Err(TargetProblem::ReadOnly { object, remote }),
        _ => Ok(()),
    }
}

/// The writable field whose name or label is nearest.
fn near(fields: &[ObjectFields], remote: &str) -> Option<(&'static str, String)> {
    let all = || {
        fields.iter().flat_map(|object| {
            let writable = object.schema.fields.iter().filter(|field| field.writable);
            writable.map(|field| (object.info.key, field))
        })
    };
    let (object, field) = all()
        .find(|(_, field)| plain(&field.label) == plain(remote))
        .or_else(|| nearest(remote, all(), |(_, field)| field.name.as_str()))
        .or_else(|| nearest(remote, all(), |(_, field)| field.label.as_str()))?;
    // A code says nothing to anybody: its label is understood too, where only one field has it.
    let schemas = fields.iter().filter(|fields| fields.info.key == object);
    let told = schemas
        .filter(|_| field.is_code())
        .any(|fields| fields.schema.meant(&field.label).is_some());
    let name = if told { &field.label } else { &field.name };
    Some((object, name.clone()))
}
