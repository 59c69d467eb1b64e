//! Counting requests in rolling windows of sandbox time.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// How strictly the sandbox limits requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateMode {
    /// The vendor's documented lowest plan.
    #[default]
    Vendor,
    /// No limits and no limit headers.
    Off,
    /// This many requests in ten seconds; the vendor's other limits stay.
    PerTenSeconds(u32),
}

/// A rate that is neither `vendor`, `off` nor a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a rate: use vendor, off, or a number of requests in ten seconds")]
pub struct RateParseError {
    text: String,
}

impl FromStr for RateMode {
    type Err = RateParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "vendor" | "default" => Ok(Self::Vendor),
            "off" => Ok(Self::Off),
            number => number
                .parse()
                .ok()
                .filter(|count| *count > 0)
                .map(Self::PerTenSeconds)
                .ok_or_else(|| RateParseError {
                    text: text.to_owned(),
                }),
        }
    }
}

impl fmt::Display for RateMode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vendor => formatter.write_str("vendor"),
            Self::Off => formatter.write_str("off"),
            Self::PerTenSeconds(count) => write!(formatter, "{count}"),
        }
    }
}

/// At most `limit` admissions in any stretch of `window`.
pub(crate) struct RollingWindow {
    limit: usize,
    window: Duration,
    admitted: VecDeque<Duration>,
}

impl RollingWindow {
    pub(crate) fn new(limit: usize, window: Duration) -> Self {
        Self {
            limit,
            window,
            admitted: VecDeque::new(),
        }
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Admits one request at `now`, or refuses it without counting it.
    pub(crate) fn admit(&mut self, now: Duration) -> bool {
        while self
            .admitted
            .front()
            .is_some_and(|then| now.saturating_sub(*then) >= self.window)
        {
            self.admitted.pop_front();
        }
        if self.admitted.len() >= self.limit {
            return false;
        }
        self.admitted.push_back(now);
        true
    }

    pub(crate) fn remaining(&self) -> usize {
        self.limit - self.admitted.len().min(self.limit)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn a_window_rolls() {
        let mut window = RollingWindow::new(2, Duration::from_secs(10));
        let second = Duration::from_secs;
        assert!(window.admit(second(0)) && window.admit(second(9)));
        assert!(!window.admit(second(9)));
        assert!(window.admit(second(10)));
        assert!(!window.admit(second(18)));
        assert_eq!(window.remaining(), 0);
    }

    #[test]
    fn rates_parse() {
        assert_eq!("off".parse(), Ok(RateMode::Off));
        assert_eq!("190".parse(), Ok(RateMode::PerTenSeconds(190)));
        assert!("0".parse::<RateMode>().is_err());
    }
}
