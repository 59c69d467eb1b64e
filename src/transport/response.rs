//! A vendor's answer, read to its end.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use serde::de::DeserializeOwned;

/// A complete answer, of any status. `Debug` shows status and size only.
#[derive(Clone)]
pub struct ApiResponse {
    /// The HTTP status.
    pub status: StatusCode,
    /// All headers.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// The vendor's id of this request, where the vendor's rules found one.
    pub correlation: Option<String>,
}

/// The body is not what was expected. The message holds no part of the body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the answer (HTTP {status}, {bytes} bytes{kind}) is not the expected JSON: {reason}")]
pub struct NotJson {
    status: u16,
    bytes: usize,
    kind: &'static str,
    reason: String,
}

impl ApiResponse {
    /// An answer with neither headers nor correlation, for tests of a vendor's rules.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Vec<u8>) -> Self {
        Self {
            status,
            headers,
            body,
            correlation: None,
        }
    }

    /// True for any 2xx.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status.is_success()
    }

    /// A header as text; None if absent or not text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A header as a number; None if absent or no whole number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u64> {
        self.header(name)?.trim().parse().ok()
    }

    /// `Retry-After` in seconds. A date is not understood (no vendor of ours sends one).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds: f64 = self.header(RETRY_AFTER.as_str())?.trim().parse().ok()?;
        Duration::try_from_secs_f64(seconds).ok()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// [`NotJson`] if it is empty, broken, HTML or of another shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, NotJson> {
        serde_json::from_slice(&self.body).map_err(|error| NotJson {
            status: self.status.as_u16(),
            bytes: self.body.len(),
            kind: if self.looks_like_html() { ", HTML" } else { "" },
            // serde_json quotes offending values in data errors; the place is enough.
            reason: match error.classify() {
                serde_json::error::Category::Eof => "it ends too early".to_owned(),
                serde_json::error::Category::Data => {
                    format!("unexpected shape at column {}", error.column())
                }
                _ => format!("broken at column {}", error.column()),
            },
        })
    }

    /// The body as any JSON; None if it is not JSON.
    #[must_use]
    pub fn value(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// True if the body is a web page: a proxy, a captive portal, a maintenance page.
    #[must_use]
    pub fn looks_like_html(&self) -> bool {
        let declared = self
            .header(CONTENT_TYPE.as_str())
            .is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
        let start = self.body.trim_ascii_start();
        let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        // A JSON body that is merely declared as HTML is JSON.
        let tagged = start.first() == Some(&b'<');
        tagged || (declared && !matches!(start.first(), Some(b'{' | b'[')))
    }

    /// The body as text, invalid parts replaced.
    #[must_use]
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

impl std::fmt::Debug for ApiResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ApiResponse")
            .field("status", &self.status.as_u16())
            .field("bytes", &self.body.len())
            .field("correlation", &self.correlation)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn answer(kind: &'static str, body: &str) -> ApiResponse {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, kind.parse().unwrap());
        ApiResponse::new(StatusCode::OK, headers, body.as_bytes().to_vec())
    }

    #[test]
    fn web_pages_are_told_from_json() {
        assert!(answer("text/html", "<!doctype html><p>Sign in").looks_like_html());
        assert!(answer("application/json", "  <html>").looks_like_html());
        assert!(answer("text/html; charset=utf-8", "Bad gateway").looks_like_html());
        assert!(!answer("text/html", "{\"ok\":true}").looks_like_html());
        assert!(!answer("application/json", "").looks_like_html());
    }

    #[test]
    fn a_wrong_body_is_described_but_not_quoted() {
        let error = answer("application/json", "{\"email\":\"jane@example.com\"}")
            .json::<Vec<u8>>()
            .unwrap_err()
            .to_string();
        assert!(!error.contains("jane"), "{error}");
        let error = answer("application/json", "{\"a\":")
            .json::<serde_json::Value>()
            .unwrap_err();
        assert!(error.to_string().contains("ends too early"), "{error}");
    }
}
