//! The sandbox's own time: real time multiplied by a factor, plus whatever a test added by hand.
//!
//! Every window (rate limits, index lag, token life) is measured on this clock, so a rehearsal may run a
//! hundred times faster and a test may freeze time (factor 0) and move it forward itself.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

pub(crate) struct SandboxClock {
    started: Instant,
    started_at: Timestamp,
    factor: f64,
    advanced_milliseconds: AtomicU64,
}

impl SandboxClock {
    /// A factor of 1 is real time, 100 is a hundred times faster, 0 stands still until [`Self::advance`].
    pub(crate) fn new(factor: f64) -> Self {
        Self {
            started: Instant::now(),
            started_at: wall_clock(),
            factor,
            advanced_milliseconds: AtomicU64::new(0),
        }
    }

    /// Sandbox time since the start.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed().mul_f64(self.factor)
            + Duration::from_millis(self.advanced_milliseconds.load(Ordering::Relaxed))
    }

    /// Moves sandbox time forward at once.
    pub(crate) fn advance(&self, by: Duration) {
        let milliseconds = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.advanced_milliseconds
            .fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// The date the sandbox shows in its answers.
    pub(crate) fn timestamp(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.elapsed()).unwrap_or(SignedDuration::ZERO);
        self.started_at
            .checked_add(elapsed)
            .unwrap_or(Timestamp::MAX)
    }

    /// The same as [`Self::timestamp`] in epoch milliseconds.
    pub(crate) fn now_milliseconds(&self) -> i64 {
        self.timestamp().as_millisecond()
    }

    /// Waits for a stretch of sandbox time; with a frozen clock, for the same stretch of real time.
    #[allow(
        clippy::disallowed_methods,
        reason = "the server's answer times are its own business"
    )]
    pub(crate) async fn sleep(&self, duration: Duration) {
        if duration.is_zero() {
            return;
        }
        let real = if self.factor > 0.0 {
            duration.div_f64(self.factor)
        } else {
            duration
        };
        tokio::time::sleep(real).await;
    }
}

/// A moment as the header `Date` has it (RFC 9110).
pub(crate) fn http_date(milliseconds: i64) -> String {
    let timestamp = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// `2026-11-22T10:00:00.000Z`, the form of dates in vendors' answers.
pub(crate) fn iso(milliseconds: i64) -> String {
    let timestamp = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{timestamp:.3}")
}

#[allow(
    clippy::disallowed_methods,
    reason = "the one place where the sandbox reads the wall clock"
)]
fn wall_clock() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_by_hand() {
        let clock = SandboxClock::new(0.0);
        assert_eq!(clock.elapsed(), Duration::ZERO);
        clock.advance(Duration::from_secs(30));
        assert_eq!(clock.elapsed(), Duration::from_secs(30));
    }

    #[test]
    fn dates_carry_milliseconds() {
        assert_eq!(iso(1_763_805_600_000), "2025-11-22T10:00:00.000Z");
    }
}
