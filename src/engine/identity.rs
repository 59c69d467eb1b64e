//! Who is found by e-mail and goes by another name there (decisions.md 2).

use serde_json::Value;

use super::session::Session;
use crate::domain::email;
use crate::domain::person::names_conflict;
use crate::vendors::RemoteRecord;

/// A record of the same address and another name.
pub(super) struct OtherName {
    /// The name there.
    pub(super) theirs: String,
    /// The lead's.
    pub(super) ours: String,
    /// Whether such a lead is kept back.
    pub(super) holds: bool,
}

impl OtherName {
    /// The line of the log.
    pub(super) fn note(&self) -> String {
        format!("matched {} by e-mail, ours is {}", self.theirs, self.ours)
    }
}

/// Whether a record found by a lead's address goes by another name. `name`: the lead's first and last name.
pub(super) fn other_name(
    session: &Session,
    name: (&str, &str),
    address: Option<&str>,
    record: &RemoteRecord,
) -> Option<OtherName> {
    let keys = session.plan.identity;
    let held = |field: &str| record.values.get(field).and_then(Value::as_str);
    let first = held(keys.first_name).unwrap_or_default();
    let last = held(keys.last_name).unwrap_or_default();
    names_conflict(name, (first, last)).then(|| OtherName {
        theirs: format!("{first} {last}"),
        ours: format!("{} {}", name.0, name.1),
        holds: address.is_some_and(email::is_role_address)
            || session.integration.settings.hold_identity,
    })
}
