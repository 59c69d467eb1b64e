//! What a request is, told from its method and path: version, kind, price and the scopes it needs.
//!
//! Prices and scopes are those of the OpenAPI descriptions (`x-token-cost`, `security`).

use crate::sandbox::wire::{Classification, Request, RequestKind, segments};

/// A path below `/api/v1`, `/v1`, `/api/v2` or `/v2`.
pub(super) struct Route {
    pub(super) version: u8,
    pub(super) parts: Vec<String>,
}

impl Route {
    pub(super) fn parse(path: &str) -> Option<Self> {
        let mut parts = segments(path);
        if parts.first().is_some_and(|part| part == "api") {
            parts.remove(0);
        }
        let version = match parts.first()?.as_str() {
            "v1" => 1,
            "v2" => 2,
            _ => return None,
        };
        parts.remove(0);
        Some(Self { version, parts })
    }

    pub(super) fn words(&self) -> Vec<&str> {
        self.parts.iter().map(String::as_str).collect()
    }

    /// The searches share a limit of their own.
    pub(super) fn is_search(&self) -> bool {
        self.version == 2
            && match self.words().as_slice() {
                ["itemSearch", ..] => true,
                [_, last] => *last == "search",
                _ => false,
            }
    }

    fn is_fields(&self) -> bool {
        let first = self.parts.first();
        first.is_some_and(|first| first.ends_with("Fields"))
    }

    /// API tokens.
    pub(super) fn cost(&self, method: &str) -> u64 {
        let words = self.words();
        if self.version == 2 {
            return match (method, words.as_slice()) {
                _ if self.is_search() => 20,
                ("GET", ["pipelines" | "stages", ..]) => 5,
                ("GET", [_]) => 10,
                ("GET", _) => 1,
                ("POST", ["leads", _, "convert", "deal"]) => 40,
                ("DELETE", _) => 3,
                _ => 5,
            };
        }
        match (method, words.as_slice()) {
            (_, [_, _, "merge"]) => 40,
            (_, ["leadSources"]) | ("GET", ["users", "me"]) => 2,
            ("GET", ["filters", "helpers"]) => 20,
            ("GET", ["leadLabels"]) | ("DELETE", ["filters"]) => 10,
            ("GET", [_]) => 20,
            ("GET", _) => 2,
            ("DELETE", _) => 6,
            _ => 10,
        }
    }

    /// One of these scopes is needed; none where the list is empty.
    pub(super) fn scopes(&self, method: &str) -> &'static [&'static str] {
        let reads = method == "GET";
        match self.words().as_slice() {
            _ if self.is_fields() => self.field_scopes(method),
            ["itemSearch", ..] => &["search:read"],
            ["persons" | "organizations", "search"] => {
                &["contacts:read", "contacts:full", "search:read"]
            }
            ["deals", "search"] => &["deals:read", "deals:full", "search:read"],
            ["leads", "search"] => &["leads:read", "leads:full", "search:read"],
            ["persons" | "organizations", ..] if reads => &["contacts:read", "contacts:full"],
            ["persons" | "organizations", ..] => &["contacts:full"],
            ["deals", ..] if reads => &["deals:read", "deals:full"],
            ["deals", ..] => &["deals:full"],
            ["activities" | "activityTypes", ..] if reads => {
                &["activities:read", "activities:full", "admin"]
            }
            ["activities", ..] => &["activities:full"],
            ["leads" | "leadLabels" | "leadSources", ..] if reads => &["leads:read", "leads:full"],
            ["leads" | "leadLabels", ..] => &["leads:full"],
            ["notes", ..] if reads => {
                &["deals:read", "deals:full", "contacts:read", "contacts:full"]
            }
            ["notes", ..] => &["deals:full", "contacts:full"],
            ["filters", ..] if reads => &[
                "deals:read",
                "deals:full",
                "activities:read",
                "activities:full",
                "contacts:read",
                "contacts:full",
            ],
            ["filters", ..] => &["deals:full", "activities:full", "contacts:full"],
            ["users", "me"] => &["base"],
            ["users", ..] => &["users:read"],
            _ => &[],
        }
    }

    fn field_scopes(&self, method: &str) -> &'static [&'static str] {
        let words = self.words();
        let options = words.len() == 3;
        match (method, words.first().copied()) {
            ("GET", Some("dealFields")) => {
                &["deals:read", "deals:full", "admin", "deal-fields:full"]
            }
            ("GET", Some("leadFields")) => &["leads:read", "leads:full", "admin"],
            ("GET", _) => &[
                "contacts:read",
                "contacts:full",
                "admin",
                "contact-fields:full",
            ],
            (_, Some("dealFields")) if options => &["deals:full", "admin", "deal-fields:full"],
            (_, Some("dealFields")) => &["admin", "deal-fields:full"],
            _ if options => &["contacts:full", "admin", "contact-fields:full"],
            _ => &["admin", "contact-fields:full"],
        }
    }
}

pub(super) fn classify(request: &Request) -> Classification {
    let changes = request.method != "GET" && request.method != "HEAD";
    let Some(route) = Route::parse(&request.path) else {
        let oauth = request.path.starts_with("/oauth/");
        let kind = if oauth {
            RequestKind::Token
        } else {
            RequestKind::Metadata
        };
        return Classification {
            kind,
            writes: false,
        };
    };
    let (kind, writes) = match route.words().as_slice() {
        _ if route.is_search() => (RequestKind::Search, false),
        ["users", "me"] => (RequestKind::Account, false),
        [
            "persons" | "organizations" | "deals" | "activities" | "leads" | "notes",
            ..,
        ] => (RequestKind::Object, changes),
        _ => (RequestKind::Metadata, false),
    };
    Classification { kind, writes }
}
