//! One request to a vendor, as data.
//!
//! `Debug` shows method, path and sizes, never a query value or a body.

use std::borrow::Cow;
use std::time::Duration;

use secrecy::SecretString;
use serde::Serialize;

/// What a request is counted as in a run's summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// Reads or writes records.
    Object,
    /// Reads the account, its fields, owners, versions.
    Metadata,
    /// Gets or renews a token. Sent without our token.
    Token,
}

/// What sending a request twice would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Changes nothing: may always be repeated.
    Read,
    /// Changes something, but twice is the same as once (an update by id).
    Repeatable,
    /// Twice is not the same as once (a create): never repeated unless surely not done.
    Once,
}

/// The body of a request.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Body {
    /// No body.
    #[default]
    None,
    /// `application/json`, already encoded.
    Json(Vec<u8>),
    /// `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
    /// `multipart/form-data`, already encoded.
    Multipart {
        /// What stands between the parts and nowhere in them.
        boundary: String,
        /// The encoded parts.
        bytes: Vec<u8>,
    },
}

/// One part of a `multipart/form-data` body.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// The field.
    pub name: &'a str,
    /// The file's name, where the part is a file.
    pub file: Option<&'a str>,
    /// Its media type.
    pub kind: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

impl std::fmt::Debug for Body {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => formatter.write_str("None"),
            Self::Json(bytes) => write!(formatter, "Json({} bytes)", bytes.len()),
            Self::Form(fields) => write!(formatter, "Form({} fields)", fields.len()),
            Self::Multipart { bytes, .. } => write!(formatter, "Multipart({} bytes)", bytes.len()),
        }
    }
}

/// One request. Made with [`read`](Self::read), [`repeatable`](Self::repeatable) or
/// [`once`](Self::once), then filled in.
#[derive(Clone)]
pub struct ApiRequest {
    /// The HTTP method.
    pub method: reqwest::Method,
    /// Absolute path on the vendor's base address, percent-encoded; or a full address an answer named
    /// (a next page), of which a user's base URL replaces the host.
    pub path: String,
    /// `https://host` of this endpoint where it is not the vendor's main one.
    pub host: Option<String>,
    /// Query parameters, not encoded.
    pub query: Vec<(String, String)>,
    /// Further headers. `Authorization` comes from the token source.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// Further headers that hold a secret, for services whose key is sent in a header of their own choosing.
    pub secret_headers: Vec<(String, SecretString)>,
    /// What stands for the path in a log, where the path itself holds data of people.
    pub shown_as: Option<String>,
    /// `Authorization` of a request that is sent without our token (an app that names itself).
    pub authorization: Option<SecretString>,
    /// The body.
    pub body: Body,
    /// What it is counted as.
    pub kind: RequestKind,
    /// What a repeat would do.
    pub effect: Effect,
    /// Which quotas it costs, and how many units of each. The first is the one it queues for.
    pub costs: Vec<(&'static str, u32)>,
    /// How long the vendor may be silent, if not the usual time; longer and shorter are allowed.
    pub timeout: Option<Duration>,
}

impl ApiRequest {
    /// A request that changes nothing, whatever its method (a batch read is a POST).
    #[must_use]
    pub fn read(method: reqwest::Method, path: impl Into<String>) -> Self {
        Self::new(method, path.into(), Effect::Read)
    }

    /// A write that may be repeated: twice is the same as once.
    #[must_use]
    pub fn repeatable(method: reqwest::Method, path: impl Into<String>) -> Self {
        Self::new(method, path.into(), Effect::Repeatable)
    }

    /// A write that must not be repeated: a create.
    #[must_use]
    pub fn once(method: reqwest::Method, path: impl Into<String>) -> Self {
        Self::new(method, path.into(), Effect::Once)
    }

    fn new(method: reqwest::Method, path: String, effect: Effect) -> Self {
        Self {
            method,
            path,
            host: None,
            query: Vec::new(),
            headers: Vec::new(),
            secret_headers: Vec::new(),
            shown_as: None,
            authorization: None,
            body: Body::None,
            kind: RequestKind::Object,
            effect,
            costs: Vec::new(),
            timeout: None,
        }
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Adds a header. Not for secrets: those come from the token source.
    #[must_use]
    pub fn header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a header that holds a secret; it is never shown.
    #[must_use]
    pub fn secret_header(mut self, name: impl Into<String>, value: SecretString) -> Self {
        self.secret_headers.push((name.into(), value));
        self
    }

    /// Shows this in a log instead of the path.
    #[must_use]
    pub fn shown_as(mut self, text: impl Into<String>) -> Self {
        self.shown_as = Some(text.into());
        self
    }

    /// Sends it as `Authorization` where no token is sent.
    #[must_use]
    pub fn authorization(mut self, value: SecretString) -> Self {
        self.authorization = Some(value);
        self
    }

    /// Sends `value` as JSON.
    ///
    /// # Errors
    /// If `value` can't be written as JSON (a map with keys that are no strings).
    pub fn json(mut self, value: &impl Serialize) -> Result<Self, serde_json::Error> {
        self.body = Body::Json(serde_json::to_vec(value)?);
        Ok(self)
    }

    /// Sends JSON that is already encoded.
    #[must_use]
    pub fn json_bytes(mut self, bytes: Vec<u8>) -> Self {
        self.body = Body::Json(bytes);
        self
    }

    /// Sends a form.
    #[must_use]
    pub fn form(mut self, fields: Vec<(String, String)>) -> Self {
        self.body = Body::Form(fields);
        self
    }

    /// Sends parts, a file among them (RFC 7578). Names are ours and hold neither quotes nor line ends.
    #[must_use]
    pub fn multipart(mut self, parts: &[Part<'_>]) -> Self {
        let boundary = boundary(parts);
        let mut bytes = Vec::new();
        for part in parts {
            let file = part
                .file
                .map_or_else(String::new, |name| format!("; filename=\"{name}\""));
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"{file}\r\nContent-Type: {}\r\n\r\n",
                part.name, part.kind
            );
            bytes.extend_from_slice(head.as_bytes());
            bytes.extend_from_slice(part.bytes);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        self.body = Body::Multipart { boundary, bytes };
        self
    }

    /// Counts it as `kind` instead of as an object request.
    #[must_use]
    pub fn kind(mut self, kind: RequestKind) -> Self {
        self.kind = kind;
        self
    }

    /// Charges `units` of `quota`. May be called for several quotas.
    #[must_use]
    pub fn quota(mut self, quota: &'static str, units: u32) -> Self {
        self.costs.push((quota, units));
        self
    }

    /// Sends it to another of the vendor's hosts, `https://host`.
    #[must_use]
    pub fn at_host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// Bears this long a silence of the vendor instead of the usual time.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Path and names of the query parameters, fit for a log: values are left out, as are path
    /// segments that hold an e-mail address.
    #[must_use]
    pub fn shown(&self) -> String {
        if let Some(text) = &self.shown_as {
            return text.clone();
        }
        let (path, inline_query) = match self.path.split_once('?') {
            Some((path, query)) => (path, query),
            None => (self.path.as_str(), ""),
        };
        let path: Vec<&str> = path
            .split('/')
            .map(|segment| {
                if segment.contains('@') || segment.to_ascii_lowercase().contains("%40") {
                    "…"
                } else {
                    segment
                }
            })
            .collect();
        let names: Vec<&str> = inline_query
            .split('&')
            .filter_map(|pair| pair.split('=').next())
            .filter(|name| !name.is_empty())
            .chain(self.query.iter().map(|(name, _)| name.as_str()))
            .collect();
        if names.is_empty() {
            path.join("/")
        } else {
            format!("{}?{}", path.join("/"), names.join("&"))
        }
    }
}

impl std::fmt::Debug for ApiRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ApiRequest")
            .field("method", &self.method)
            .field("path", &self.shown())
            .field("body", &self.body)
            .field("kind", &self.kind)
            .field("effect", &self.effect)
            .field("costs", &self.costs)
            .finish_non_exhaustive()
    }
}

/// A line that stands in none of the parts.
fn boundary(parts: &[Part<'_>]) -> String {
    loop {
        let random: String = std::iter::repeat_with(fastrand::alphanumeric)
            .take(32)
            .collect();
        let boundary = format!("mobly-sync-{random}");
        let line = boundary.as_bytes();
        let held = parts
            .iter()
            .any(|part| part.bytes.windows(line.len()).any(|text| text == line));
        if !held {
            return boundary;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn parts_stand_between_boundaries() {
        let parts = [
            Part {
                name: "input",
                file: None,
                kind: "application/json",
                bytes: b"{}",
            },
            Part {
                name: "file",
                file: Some("rows.csv"),
                kind: "text/csv",
                bytes: b"email\r\na@b.co\r\n",
            },
        ];
        let request = ApiRequest::once(reqwest::Method::POST, "/x").multipart(&parts);
        let Body::Multipart { boundary, bytes } = &request.body else {
            panic!("{request:?}");
        };
        let expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"input\"\r\nContent-Type: application/json\r\n\r\n{{}}\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.csv\"\r\n\
             Content-Type: text/csv\r\n\r\nemail\r\na@b.co\r\n\r\n--{boundary}--\r\n"
        );
        assert_eq!(String::from_utf8_lossy(bytes), expected);
        assert!(!format!("{request:?}").contains("a@b.co"));
    }

    #[test]
    fn nothing_personal_or_secret_is_shown() {
        let request = ApiRequest::read(
            reqwest::Method::GET,
            "/crm/contacts/jane%40example.com/notes?after=secret1",
        )
        .query("token", "secret2")
        .header("x-note", "secret3")
        .form(vec![("refresh_token".into(), "secret4".into())]);
        let shown = format!("{request:?}");
        assert!(!shown.contains("secret"), "{shown}");
        assert!(!shown.contains("jane"), "{shown}");
        assert!(
            shown.contains("/crm/contacts/…/notes?after&token"),
            "{shown}"
        );
    }
}
