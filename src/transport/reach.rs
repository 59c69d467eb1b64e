//! Whether a vendor can be reached at all, without a sign-in.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap};

use super::Transport;
use super::error::describe;
use super::request::RequestKind;

/// A vendor answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// From sending to the answer's head, connection included.
    pub took: Duration,
    /// The vendor's clock minus ours; `None`: it tells no time. Whole seconds are all a `Date` holds.
    pub skew: Option<SignedDuration>,
}

impl Transport {
    /// Knocks at the vendor's address: one `HEAD` without a token, not paced and not repeated. Any answer will do, a refusal
    /// too; dropping it is harmless.
    ///
    /// # Errors
    /// A sentence for people: no such host, no connection, no TLS, no answer in time.
    pub async fn reach(&self, patience: Duration) -> Result<Reached, String> {
        let host = self.base().host();
        let address = self
            .base()
            .resolve(None, "/")
            .map_err(|error| error.to_string())?;
        let clock = self.pacer().clock();
        let started = clock.monotonic();
        let sent = self.client().head(address).timeout(patience).send();
        let answer = sent.await.map_err(|error| describe(&error, host))?;
        let took = clock.monotonic().saturating_sub(started);
        self.count(RequestKind::Metadata);
        Ok(Reached {
            took,
            skew: date(answer.headers()).map(|theirs| theirs.duration_since(clock.now())),
        })
    }
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(DATE)?.to_str().ok()?;
    // HTTP's own form ends in "GMT" (RFC 9110 5.6.7), which is a form of RFC 2822 too.
    DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &'static str) -> Option<Timestamp> {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, text.parse().unwrap());
        date(&headers)
    }

    #[test]
    fn a_date_is_read_as_http_writes_it() {
        let noon = "2026-11-22T12:00:00Z".parse().unwrap();
        assert_eq!(read("Sun, 22 Nov 2026 12:00:00 GMT"), Some(noon));
        assert_eq!(read("yesterday"), None);
        assert_eq!(date(&HeaderMap::new()), None);
    }
}
