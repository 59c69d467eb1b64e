//! The only owner of time: reading the clock and sleeping.
//!
//! Everything that asks "what time is it" or waits takes an `Arc<dyn Clock>`, so that a rehearsal can
//! run a hundred times faster and a test needs no real waiting. Times are kept in the database as
//! INTEGER microseconds UTC: [`to_micros`] and [`from_micros`].
//!
//! Invariants: [`Clock::monotonic`] never goes back and is what intervals are measured with (pacing,
//! back-off); [`Clock::now`] is for people and for the database and may jump with the machine's clock.
//! Nothing here fails; a time outside what can be shown is clamped.

// The owner of what clippy.toml forbids everywhere else.
#![allow(clippy::disallowed_methods)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use crate::env_vars;

/// A source of time. All methods may be called from any thread.
#[async_trait]
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The current time, UTC.
    fn now(&self) -> Timestamp;

    /// Time passed since the clock was made. Never goes back.
    fn monotonic(&self) -> Duration;

    /// Waits for `duration` of this clock's time.
    async fn sleep(&self, duration: Duration);

    /// The current time in microseconds since 1970, UTC, as the database keeps it.
    fn now_micros(&self) -> i64 {
        to_micros(self.now())
    }
}

/// A clock to share.
pub type SharedClock = Arc<dyn Clock>;

/// Microseconds since 1970, UTC.
#[must_use]
pub fn to_micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}

/// The time of `micros` microseconds since 1970, UTC; clamped to what can be represented
/// (years -9999 to 9999).
#[must_use]
pub fn from_micros(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// `time` moved forward by `duration`, clamped to the last representable time.
#[must_use]
pub fn later(time: Timestamp, duration: Duration) -> Timestamp {
    SignedDuration::try_from(duration)
        .ok()
        .and_then(|duration| time.checked_add(duration).ok())
        .unwrap_or(Timestamp::MAX)
}

/// The clock this process should use.
///
/// `MOBLY_SYNC_TEST_NOW` and `MOBLY_SYNC_TEST_TIME` are for rehearsals: they are ignored unless
/// `every_base_url_is_loopback`, so that no real vendor is ever paced by a false clock.
#[must_use]
pub fn from_environment(every_base_url_is_loopback: bool) -> SharedClock {
    if !every_base_url_is_loopback {
        return Arc::new(SystemClock::new());
    }
    let running: SharedClock = match env_vars::test_time_factor() {
        Some(factor) => {
            let clock = AcceleratedClock::new(factor);
            Arc::new(match env_vars::test_time_since() {
                Some(began) => clock.begun(began),
                None => clock,
            })
        }
        None => Arc::new(SystemClock::new()),
    };
    match env_vars::test_now() {
        Some(start) => Arc::new(FixedClock::new(start, running)),
        None => running,
    }
}

/// The machine's clock. Under `tokio::time::pause` its monotonic part and its sleeping follow tokio's
/// time.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// A clock whose monotonic part starts at zero now.
    #[must_use]
    pub fn new() -> Self {
        Self {
            started: Instant::now(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn monotonic(&self) -> Duration {
        self.started.elapsed()
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// A clock that starts at the present and runs `factor` times as fast: an hour's wait at ×3600 takes
/// a second.
#[derive(Debug)]
pub struct AcceleratedClock {
    started_at: Timestamp,
    started: Instant,
    factor: f64,
}

impl AcceleratedClock {
    /// `factor` 1 is the machine's pace; anything that is not a positive number counts as 1.
    #[must_use]
    pub fn new(factor: f64) -> Self {
        Self {
            started_at: Timestamp::now(),
            started: Instant::now(),
            factor: if factor.is_finite() && factor > 0.0 {
                factor
            } else {
                1.0
            },
        }
    }
}

impl AcceleratedClock {
    /// The same as one that began earlier: processes that name the same beginning tell the same time.
    #[must_use]
    pub fn begun(mut self, began: Timestamp) -> Self {
        let passed = self.started_at.duration_since(began);
        let passed = Duration::try_from(passed).unwrap_or_default();
        self.started_at = later(began, scaled(passed, self.factor));
        self
    }
}

#[async_trait]
impl Clock for AcceleratedClock {
    fn now(&self) -> Timestamp {
        later(self.started_at, self.monotonic())
    }

    fn monotonic(&self) -> Duration {
        scaled(self.started.elapsed(), self.factor)
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(scaled(duration, 1.0 / self.factor)).await;
    }
}

fn scaled(duration: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * factor).unwrap_or(Duration::MAX)
}

/// A clock whose `now` stands still, apart from what was slept through it; everything else is the
/// inner clock's. Output made with it is the same in every run.
#[derive(Debug)]
pub struct FixedClock {
    start: Timestamp,
    slept_nanos: AtomicU64,
    inner: SharedClock,
}

impl FixedClock {
    /// Stands at `start`; measures and sleeps by `inner`.
    #[must_use]
    pub fn new(start: Timestamp, inner: SharedClock) -> Self {
        Self {
            start,
            slept_nanos: AtomicU64::new(0),
            inner,
        }
    }
}

#[async_trait]
impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        later(
            self.start,
            Duration::from_nanos(self.slept_nanos.load(Ordering::SeqCst)),
        )
    }

    fn monotonic(&self) -> Duration {
        self.inner.monotonic()
    }

    async fn sleep(&self, duration: Duration) {
        // Sleepers side by side wake at their own time: the furthest counts, not the sum.
        let wake = self
            .slept_nanos
            .load(Ordering::SeqCst)
            .saturating_add(nanos(duration));
        self.inner.sleep(duration).await;
        self.slept_nanos.fetch_max(wake, Ordering::SeqCst);
    }
}

/// A clock for tests that never really waits: sleeping moves it forward at once.
#[derive(Debug)]
pub struct ManualClock {
    start: Timestamp,
    passed_nanos: AtomicU64,
}

impl ManualClock {
    /// Stands at `start` until moved.
    #[must_use]
    pub fn new(start: Timestamp) -> Self {
        Self {
            start,
            passed_nanos: AtomicU64::new(0),
        }
    }

    /// Moves the clock forward.
    pub fn advance(&self, duration: Duration) {
        self.passed_nanos
            .fetch_add(nanos(duration), Ordering::SeqCst);
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        later(self.start, self.monotonic())
    }

    fn monotonic(&self) -> Duration {
        Duration::from_nanos(self.passed_nanos.load(Ordering::SeqCst))
    }

    async fn sleep(&self, duration: Duration) {
        let wake = self
            .passed_nanos
            .load(Ordering::SeqCst)
            .saturating_add(nanos(duration));
        tokio::task::yield_now().await;
        self.passed_nanos.fetch_max(wake, Ordering::SeqCst);
    }
}

/// Good for 584 years.
fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn noon() -> Timestamp {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn micros_survive_the_round_trip_and_the_extremes() {
        assert_eq!(from_micros(to_micros(noon())), noon());
        assert_eq!(from_micros(i64::MAX), Timestamp::MAX);
        assert_eq!(from_micros(i64::MIN), Timestamp::MIN);
        assert_eq!(later(noon(), Duration::MAX), Timestamp::MAX);
    }

    #[tokio::test(start_paused = true)]
    async fn an_accelerated_clock_sleeps_shorter_and_shows_the_full_time() {
        let clock = AcceleratedClock::new(100.0);
        let real = Instant::now();
        let before = clock.now();
        clock.sleep(Duration::from_secs(10)).await;
        assert_eq!(real.elapsed(), Duration::from_millis(100));
        assert_eq!(clock.monotonic(), Duration::from_secs(10));
        assert_eq!(clock.now().duration_since(before).as_secs(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn a_fixed_clock_moves_only_by_what_was_slept() {
        let clock = FixedClock::new(noon(), Arc::new(SystemClock::new()));
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(clock.now(), noon());
        tokio::join!(
            clock.sleep(Duration::from_secs(2)),
            clock.sleep(Duration::from_secs(3))
        );
        assert_eq!(clock.now(), later(noon(), Duration::from_secs(3)));
    }

    #[test]
    fn a_senseless_factor_counts_as_one() {
        for factor in [0.0, -3.0, f64::NAN, f64::INFINITY] {
            assert!((AcceleratedClock::new(factor).factor - 1.0).abs() < f64::EPSILON);
        }
    }
}
