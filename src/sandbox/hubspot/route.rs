//! From a path of any API version to one canonical form.

use axum::http::Method;

use crate::sandbox::wire::{Classification, RequestKind, segments};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// `v1` to `v4`.
    Numbered,
    /// `2025-09` and `2026-03`.
    Dated,
    /// `2026-09`: one success status for batches, enforced required properties.
    Dated202609,
}

/// A path without its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) version: Version,
    pub(super) segments: Vec<String>,
}

impl Route {
    /// `/crm/v3/objects/x` and `/crm/objects/2026-03/x` both become `crm objects x`. `None`: no known version.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let mut segments = segments(path);
        let (position, version) = segments
            .iter()
            .enumerate()
            .skip(1)
            .take(2)
            .find_map(|(position, segment)| Some((position, parse_version(segment)?)))?;
        segments.remove(position);
        Some(Self { version, segments })
    }

    pub(super) fn parts(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }
}

fn parse_version(segment: &str) -> Option<Version> {
    match segment {
        "v1" | "v2" | "v3" | "v4" => Some(Version::Numbered),
        "2025-09" | "2026-03" => Some(Version::Dated),
        "2026-09" | "2026-09-beta" => Some(Version::Dated202609),
        _ => None,
    }
}

pub(super) fn classify(method: &Method, path: &str) -> Classification {
    let changes = *method != Method::GET;
    let route = Route::parse(path);
    let parts = route.as_ref().map(Route::parts).unwrap_or_default();
    let (kind, writes) = match parts.as_slice() {
        ["oauth", ..] => (RequestKind::Token, false),
        ["account-info", ..] => (RequestKind::Account, false),
        ["crm", "objects", _, "search"] => (RequestKind::Search, false),
        ["crm", "objects", _, "batch", "read"] => (RequestKind::Object, false),
        ["crm", "objects", _, _, "associations", ..] => (RequestKind::Association, changes),
        ["crm", "objects", ..] => (RequestKind::Object, changes),
        ["crm", "associations", .., "labels"] => (RequestKind::Metadata, false),
        ["crm", "associations", .., "batch", "read"] => (RequestKind::Association, false),
        ["crm", "associations", ..] => (RequestKind::Association, changes),
        ["crm", "lists", .., "memberships", "add"]
        | ["marketing", "marketing-events", _, "attendance", ..] => {
            (RequestKind::Association, changes)
        }
        ["marketing", "marketing-events", "participations", ..] => {
            (RequestKind::Association, false)
        }
        _ if path.starts_with("/oauth/") => (RequestKind::Token, false),
        _ => (RequestKind::Metadata, false),
    };
    Classification { kind, writes }
}

/// The scope a call needs (sheet section 3), for the answer to an app that lacks it.
pub(super) fn required_scope(method: &Method, parts: &[&str]) -> Option<String> {
    let object = |name: &str, suffix: &str| {
        // Notes and tasks are filed under the contact scopes.
        let name = if super::ObjectType::parse(name) == Some(super::ObjectType::Company) {
            "companies"
        } else {
            "contacts"
        };
        Some(format!("crm.objects.{name}.{suffix}"))
    };
    let verb = if *method == Method::GET {
        "read"
    } else {
        "write"
    };
    match parts {
        ["crm", "objects", kind, "search"] | ["crm", "objects", kind, "batch", "read"] => {
            object(kind, "read")
        }
        ["crm", "objects", kind, ..] => object(kind, verb),
        ["crm", "associations", from, .., "read"] => object(from, "read"),
        ["crm", "associations", from, ..] => object(from, verb),
        ["crm", "properties", kind, ..] | ["crm", "property-validations", kind, ..] => {
            let name = super::ObjectType::parse(kind)?.plural();
            Some(match verb {
                "read" => format!("crm.objects.{name}.read"),
                _ => format!("crm.schemas.{name}.write"),
            })
        }
        ["crm", "owners", ..] => Some("crm.objects.owners.read".to_owned()),
        ["crm", "lists", ..] => Some(format!("crm.lists.{verb}")),
        ["marketing", "marketing-events", ..] => {
            Some(format!("crm.objects.marketing_events.{verb}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn both_path_families_mean_the_same() {
        for path in [
            "/crm/v3/objects/contacts/batch/read",
            "/crm/objects/2026-03/contacts/batch/read",
        ] {
            let route = Route::parse(path).unwrap();
            assert_eq!(
                route.parts(),
                ["crm", "objects", "contacts", "batch", "read"]
            );
        }
        let labels = Route::parse("/crm/associations/v4/contacts/companies/labels").unwrap();
        assert_eq!(
            labels.parts(),
            ["crm", "associations", "contacts", "companies", "labels"]
        );
        assert_eq!(Route::parse("/crm/objects/2019-01/contacts"), None);
        assert_eq!(
            Route::parse("/crm/objects/2026-09/contacts")
                .unwrap()
                .version,
            Version::Dated202609
        );
    }

    #[test]
    fn reads_by_post_are_not_writes() {
        let class = |path: &str| classify(&Method::POST, path);
        assert!(!class("/crm/objects/2026-03/contacts/batch/read").writes);
        assert_eq!(
            class("/crm/objects/2026-03/companies/search").kind,
            RequestKind::Search
        );
        let link = class("/crm/associations/2026-03/contacts/companies/batch/associate/default");
        assert_eq!(
            link,
            Classification {
                kind: RequestKind::Association,
                writes: true
            }
        );
    }
}
