//! From a path to a version and the parts behind it, and to the kind a request is counted under.

use serde_json::Value;

use super::errors::ApiError;
use crate::sandbox::wire::{Classification, Request, RequestKind, segments};

/// `/services/data/v66.0/…`.
pub(super) struct Target<'a> {
    /// As the client wrote it, such as `v66.0`.
    pub(super) version: &'a str,
    pub(super) parts: Vec<&'a str>,
}

impl<'a> Target<'a> {
    /// `served` are the first and last version of the org.
    pub(super) fn parse(segments: &'a [String], served: (u32, u32)) -> Result<Self, Box<ApiError>> {
        let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
        let ["services", "data", version, rest @ ..] = parts.as_slice() else {
            return Err(ApiError::not_found());
        };
        let number = version
            .strip_prefix('v')
            .and_then(|version| version.strip_suffix(".0"));
        match number.and_then(|number| number.parse::<u32>().ok()) {
            Some(number) if (served.0..=served.1).contains(&number) => Ok(Self {
                version,
                parts: rest.to_vec(),
            }),
            // Retired in Summer '25.
            Some(21..31) => Err(ApiError::new(
                410,
                "UNSUPPORTED_API_VERSION",
                "API version is no longer supported",
            )),
            _ => Err(ApiError::not_found()),
        }
    }
}

/// Queries about the org itself are metadata, like describes; they are told by the object they read.
const METADATA_OBJECTS: [&str; 6] = [
    "organization",
    "user",
    "group",
    "queuesobject",
    "recordtype",
    "campaignmemberstatus",
];

pub(super) fn classify(request: &Request) -> Classification {
    let segments = segments(&request.path);
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    let changes = !matches!(request.method.as_str(), "GET" | "HEAD");
    let (kind, writes) = match parts.as_slice() {
        ["services", "oauth2", ..] | ["id", ..] => (RequestKind::Token, false),
        ["services", "data"] | ["services", "data", _] => (RequestKind::Metadata, false),
        ["services", "data", _, rest @ ..] => match rest {
            ["limits", ..] | ["sobjects"] | ["sobjects", _, "describe", ..] => {
                (RequestKind::Metadata, false)
            }
            ["query" | "queryAll"] if asks_about_org(request) => (RequestKind::Metadata, false),
            ["composite"] => (RequestKind::Object, composite_writes(request)),
            // Reading many by id.
            ["composite", "sobjects", _] => (RequestKind::Object, false),
            _ => (RequestKind::Object, changes),
        },
        _ => (RequestKind::Metadata, false),
    };
    Classification { kind, writes }
}

fn asks_about_org(request: &Request) -> bool {
    let query = request.parameter("q").unwrap_or_default().to_lowercase();
    let mut words = query.split_whitespace().skip_while(|word| *word != "from");
    words
        .nth(1)
        .is_some_and(|object| METADATA_OBJECTS.contains(&object))
}

fn composite_writes(request: &Request) -> bool {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let mut parts = body["compositeRequest"].as_array().into_iter().flatten();
    parts.any(|part| part["method"] != "GET")
}
