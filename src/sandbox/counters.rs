//! What the server saw, for `/_stats`; the server's own `/_…` paths are not counted.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::faults::FaultKind;
use super::wire::{Classification, Reply, RequestKind, segments};

#[derive(Default)]
pub(crate) struct Counters {
    requests: u64,
    by_kind: BTreeMap<RequestKind, u64>,
    by_path: BTreeMap<String, u64>,
    writes: u64,
    rows_written: u64,
    responses: BTreeMap<u16, u64>,
    limited: u64,
    faults: BTreeMap<&'static str, u64>,
}

impl Counters {
    pub(crate) fn arrived(&mut self, method: &Method, path: &str, class: Classification) {
        self.requests += 1;
        *self.by_kind.entry(class.kind).or_default() += 1;
        *self
            .by_path
            .entry(format!("{method} {}", path_pattern(path)))
            .or_default() += 1;
    }

    /// A request that reached the vendor and was not turned away by a limit.
    pub(crate) fn handled(&mut self, class: Classification, reply: &Reply) {
        self.limited += u64::from(reply.limited);
        self.writes += u64::from(class.writes && !reply.limited);
        self.rows_written += reply.rows_written as u64;
    }

    pub(crate) fn answered(&mut self, status: u16) {
        *self.responses.entry(status).or_default() += 1;
    }

    pub(crate) fn fault(&mut self, kind: FaultKind) {
        *self.faults.entry(kind.name()).or_default() += 1;
    }

    pub(crate) fn to_json(&self) -> Map<String, Value> {
        let by_kind = RequestKind::ALL.map(|kind| {
            (
                kind.name().to_owned(),
                json!(self.by_kind.get(&kind).unwrap_or(&0)),
            )
        });
        let responses = self
            .responses
            .iter()
            .map(|(status, n)| (status.to_string(), json!(n)));
        let body = json!({
            "requests": self.requests,
            "by_kind": Map::from_iter(by_kind),
            "by_path": self.by_path,
            "writes": self.writes,
            "rows_written": self.rows_written,
            "responses": responses.collect::<Map<_, _>>(),
            "limited": self.limited,
            "faults": self.faults,
        });
        match body {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }
}

/// Record ids and addresses become `{id}`, so that a million records do not make a million entries; so do
/// tokens in paths (`/access-tokens/…`), which must not be shown.
fn path_pattern(path: &str) -> String {
    let mut pattern = String::new();
    let mut token_follows = false;
    for segment in segments(path) {
        let stem = segment.strip_suffix(".json").unwrap_or(&segment);
        let is_number = stem.chars().all(|digit| digit.is_ascii_digit());
        let is_id = token_follows
            || is_number
            || segment.contains('@')
            || is_record_key(&segment)
            || is_uuid(&segment);
        token_follows = segment.ends_with("-tokens");
        pattern.push('/');
        pattern.push_str(if is_id { "{id}" } else { &segment });
    }
    pattern
}

/// Ids of 15 or 18 letters and digits, such as `003bm00000000AB`, with or without a page number behind.
fn is_record_key(segment: &str) -> bool {
    let key = segment.split('-').next().unwrap_or_default();
    matches!(key.len(), 15 | 18)
        && key.chars().all(|sign| sign.is_ascii_alphanumeric())
        && key.chars().any(|sign| sign.is_ascii_digit())
}

fn is_uuid(segment: &str) -> bool {
    segment.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && segment
            .chars()
            .all(|sign| sign == '-' || sign.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_left_out_of_paths() {
        assert_eq!(
            path_pattern("/crm/v3/objects/contacts/3401"),
            "/crm/v3/objects/contacts/{id}"
        );
        assert_eq!(path_pattern("/x/ana%40acme.com/y"), "/x/{id}/y");
        assert_eq!(
            path_pattern("/rest/v1/lead/318581.json"),
            "/rest/v1/lead/{id}"
        );
        assert_eq!(
            path_pattern("/api/v0/leads/0f8fad5b-d9cb-469f-a165-70867728950e"),
            "/api/v0/leads/{id}"
        );
        assert_eq!(
            path_pattern("/oauth/v1/access-tokens/CPsecret"),
            "/oauth/v1/access-tokens/{id}"
        );
    }
}
