//! One request and one answer as the fake vendors see them: no HTTP library, no connection.

use axum::http::{HeaderMap, Method};
use serde_json::Value;

/// What a request is for, in words all vendors share; the key of the request counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RequestKind {
    Object,
    Search,
    Association,
    Metadata,
    Account,
    Token,
}

impl RequestKind {
    pub(crate) const ALL: [Self; 6] = [
        Self::Object,
        Self::Search,
        Self::Association,
        Self::Metadata,
        Self::Account,
        Self::Token,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Search => "search",
            Self::Association => "association",
            Self::Metadata => "metadata",
            Self::Account => "account",
            Self::Token => "token",
        }
    }
}

/// The kind of a request and whether it changes records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Classification {
    pub(crate) kind: RequestKind,
    pub(crate) writes: bool,
}

pub(crate) struct Request {
    pub(crate) method: Method,
    /// Still percent-encoded, without the query.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Tells requests under way apart.
    pub(crate) number: u64,
}

impl Request {
    /// The path's parts, percent-decoded; empty parts are dropped.
    pub(crate) fn segments(&self) -> Vec<String> {
        segments(&self.path)
    }

    /// The first value of a query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        url::form_urlencoded::parse(self.query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// A list parameter: comma-separated, repeated, or both.
    pub(crate) fn parameters(&self, name: &str) -> Vec<String> {
        url::form_urlencoded::parse(self.query.as_bytes())
            .filter(|(key, _)| key == name)
            .flat_map(|(_, value)| {
                value
                    .split(',')
                    .map(|part| part.trim().to_owned())
                    .collect::<Vec<_>>()
            })
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// The token of `Authorization: Bearer`, if there is one.
    pub(crate) fn bearer_token(&self) -> Option<&str> {
        let header = self.headers.get("authorization")?.to_str().ok()?;
        let (scheme, token) = header.split_once(' ')?;
        let token = token.trim();
        (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
    }
}

pub(crate) fn segments(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|part| !part.is_empty())
        .map(percent_decode)
        .collect()
}

/// In a path `+` is a plus sign, which form decoding would turn into a blank: addresses such as `a+b@c.de`.
fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut position = 0;
    while position < bytes.len() {
        let escaped = (bytes[position] == b'%')
            .then(|| text.get(position + 1..position + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escaped {
            Some(byte) => {
                decoded.push(byte);
                position += 3;
            }
            None => {
                decoded.push(bytes[position]);
                position += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Empty,
    Json(Value),
    Html(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
    /// Records or links this request created or changed.
    pub(crate) rows_written: usize,
    /// Refused for the sake of a rate limit.
    pub(crate) limited: bool,
    /// Its rows are an answer as a whole: leaving some out or mixing them up would be a lie no client can
    /// see through.
    pub(crate) whole: bool,
    /// Its rows are matched to those of the request by their place.
    pub(crate) ordered: bool,
}

impl Reply {
    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self {
            body: Body::Json(body),
            ..Self::empty(status)
        }
    }

    pub(crate) fn html(status: u16, page: impl Into<String>) -> Self {
        Self {
            body: Body::Html(page.into()),
            ..Self::empty(status)
        }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Body::Empty,
            rows_written: 0,
            limited: false,
            whole: false,
            ordered: false,
        }
    }

    pub(crate) fn body_is_list(&self) -> bool {
        matches!(self.body, Body::Json(Value::Array(_)))
    }

    pub(crate) fn wrote(mut self, rows: usize) -> Self {
        self.rows_written = rows;
        self
    }

    /// Keeps faults from disturbing its rows.
    pub(crate) fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// Says that clients match its rows by their place: mixing them up would be a lie no client can see.
    pub(crate) fn ordered(mut self) -> Self {
        self.ordered = true;
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_parts_are_decoded_without_touching_plus_signs() {
        assert_eq!(
            segments("/a//ana+fair%40acme.com/%zz"),
            ["a", "ana+fair@acme.com", "%zz"]
        );
    }
}
