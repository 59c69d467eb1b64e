//! What came in and when, so that a test can prove that a limit was kept.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde_json::{Map, Value, json};

/// Older requests are forgotten, their counts are not.
const REMEMBERED: usize = 50_000;

#[derive(Default)]
pub(super) struct Journal {
    requests: VecDeque<Noted>,
    counts: BTreeMap<&'static str, BTreeMap<u16, u64>>,
    /// Query parameters and members of bodies the description does not know, by name.
    pub(super) unknown_parameters: BTreeMap<String, u64>,
    pub(super) unknown_members: BTreeMap<String, u64>,
    /// Why the last bad request was one.
    pub(super) last_refusal: String,
    pub(super) patches: u64,
}

struct Noted {
    at: Duration,
    kind: &'static str,
    method: String,
    status: u16,
}

impl Journal {
    pub(super) fn note(&mut self, at: Duration, kind: &'static str, method: &str, status: u16) {
        *self
            .counts
            .entry(kind)
            .or_default()
            .entry(status)
            .or_default() += 1;
        if self.requests.len() == REMEMBERED {
            self.requests.pop_front();
        }
        self.requests.push_back(Noted {
            at,
            kind,
            method: method.to_owned(),
            status,
        });
    }

    pub(super) fn answered(&self, status: u16) -> u64 {
        self.counts.values().filter_map(|by| by.get(&status)).sum()
    }

    pub(super) fn by_kind(&self) -> Value {
        let kinds = self.counts.iter().map(|(kind, by)| {
            let by = by.iter().map(|(status, n)| (status.to_string(), json!(n)));
            ((*kind).to_owned(), Value::Object(by.collect()))
        });
        Value::Object(kinds.collect::<Map<_, _>>())
    }

    pub(super) fn to_json(&self) -> Value {
        let requests = self.requests.iter().map(|noted| {
            let at = u64::try_from(noted.at.as_millis()).unwrap_or(u64::MAX);
            json!({"at_ms": at, "kind": noted.kind, "method": noted.method, "status": noted.status})
        });
        json!({"requests": requests.collect::<Vec<_>>(), "by_kind": self.by_kind()})
    }
}
