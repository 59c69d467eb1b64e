//! The kind a request is counted under, from its method and path.

use crate::sandbox::wire::{Classification, Request, RequestKind, segments};

pub(super) fn classify(request: &Request) -> Classification {
    let segments = segments(&request.path);
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    let changes = !matches!(request.method.as_str(), "GET" | "HEAD");
    let (kind, writes) = match parts.as_slice() {
        ["services" | "id", ..] => (RequestKind::Token, false),
        ["api", _, "objects", "prospects" | "list-memberships"] if !changes => {
            (RequestKind::Search, false)
        }
        ["api", _, "objects", "prospects" | "external-activities", ..] => {
            (RequestKind::Object, changes)
        }
        ["api", _, "objects", "list-memberships", ..] => (RequestKind::Association, changes),
        ["api", _, "objects", "account"] => (RequestKind::Account, false),
        ["api", _, "imports", ..] => (RequestKind::Object, changes),
        ["api", _, "objects", ..] => (RequestKind::Metadata, changes),
        _ => (RequestKind::Metadata, false),
    };
    Classification { kind, writes }
}
