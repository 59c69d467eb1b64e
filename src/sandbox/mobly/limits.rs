//! The token bucket of each key: 20 requests at once, one more each second, unless Mobly gave the key others.

use std::collections::HashMap;
use std::time::Duration;

use crate::sandbox::RateMode;
use crate::sandbox::wire::Reply;

/// Published as the default of every key.
const MAXIMUM: f64 = 20.0;
const REFILL: f64 = 1.0;
/// Sums of fractions of a second must not refuse what came exactly in time.
const ROUNDING: f64 = 1e-6;
/// What a bucket that never refills tells to wait.
const FOREVER: f64 = 86_400.0;

/// How large a bucket is and how fast it refills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Allowance {
    pub(super) maximum: f64,
    /// Tokens a second.
    pub(super) refill: f64,
}

impl Allowance {
    /// `None`: not limited.
    fn of(mode: RateMode) -> Option<Self> {
        match mode {
            RateMode::Off => None,
            RateMode::Vendor => Some(Self {
                maximum: MAXIMUM,
                refill: REFILL,
            }),
            // Half at once and half over the ten seconds: never more than asked for in any ten seconds.
            RateMode::PerTenSeconds(count) => {
                let maximum = f64::from((count / 2).max(1));
                let refill = ((f64::from(count) - maximum) / 10.0).max(0.1);
                Some(Self { maximum, refill })
            }
        }
    }
}

struct Bucket {
    allowance: Option<Allowance>,
    tokens: f64,
    at: Duration,
}

/// What the headers say of a bucket; whole numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    maximum: f64,
    remaining: f64,
    seconds_to_full: f64,
    seconds_to_next: f64,
}

impl Bucket {
    fn new(allowance: Option<Allowance>, at: Duration) -> Self {
        Self {
            allowance,
            tokens: allowance.map_or(0.0, |allowance| allowance.maximum),
            at,
        }
    }

    /// Whether the request may come in, and what to tell; nothing is told where nothing is limited.
    fn admit(&mut self, now: Duration) -> (bool, Option<Standing>) {
        let Some(Allowance { maximum, refill }) = self.allowance else {
            return (true, None);
        };
        let passed = now.saturating_sub(self.at).as_secs_f64();
        self.at = self.at.max(now);
        self.tokens = (self.tokens + passed * refill).min(maximum);
        let admitted = self.tokens >= 1.0 - ROUNDING;
        if admitted {
            self.tokens = (self.tokens - 1.0).max(0.0);
        }
        let wait = |tokens: f64| match refill > 0.0 {
            true => (tokens.max(0.0) / refill - ROUNDING).ceil().max(0.0),
            false => FOREVER,
        };
        let standing = Standing {
            maximum,
            remaining: (self.tokens + ROUNDING).floor(),
            seconds_to_full: wait(maximum - self.tokens),
            seconds_to_next: wait(1.0 - self.tokens).max(1.0),
        };
        (admitted, Some(standing))
    }
}

impl Standing {
    /// `X-RateLimit-*`, on every success and on 429.
    pub(super) fn announce(self, reply: Reply, now_milliseconds: i64) -> Reply {
        let full = (now_milliseconds as f64 / 1_000.0 + self.seconds_to_full).ceil();
        reply
            .header("x-ratelimit-limit", format!("{:.0}", self.maximum))
            .header("x-ratelimit-remaining", format!("{:.0}", self.remaining))
            .header("x-ratelimit-reset", format!("{full:.0}"))
    }

    pub(super) fn retry_after(self) -> String {
        format!("{:.0}", self.seconds_to_next)
    }
}

pub(super) struct Limits {
    usual: Option<Allowance>,
    buckets: HashMap<String, Bucket>,
}

impl Limits {
    pub(super) fn new(mode: RateMode) -> Self {
        Self {
            usual: Allowance::of(mode),
            buckets: HashMap::new(),
        }
    }

    fn bucket(&mut self, key: &str, now: Duration) -> &mut Bucket {
        let usual = self.usual;
        self.buckets
            .entry(key.to_owned())
            .or_insert_with(|| Bucket::new(usual, now))
    }

    pub(super) fn admit(&mut self, key: &str, now: Duration) -> (bool, Option<Standing>) {
        self.bucket(key, now).admit(now)
    }

    /// Another allowance for one key, or for all of them; its bucket is full again.
    pub(super) fn allow(&mut self, key: Option<&str>, allowance: Option<Allowance>, now: Duration) {
        match key {
            Some(key) => *self.bucket(key, now) = Bucket::new(allowance, now),
            None => {
                self.usual = allowance;
                self.buckets.clear();
            }
        }
    }

    /// What is set for a key now, or for keys that have nothing of their own.
    pub(super) fn allowance(&self, key: Option<&str>) -> Option<Allowance> {
        match key.and_then(|key| self.buckets.get(key)) {
            Some(bucket) => bucket.allowance,
            None => self.usual,
        }
    }

    /// Leaves so many tokens in the bucket of a key.
    pub(super) fn leave(&mut self, key: &str, tokens: f64, now: Duration) {
        let bucket = self.bucket(key, now);
        (bucket.tokens, bucket.at) = (tokens.max(0.0), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted_in_ten_seconds(count: u32) -> usize {
        let mut limits = Limits::new(RateMode::PerTenSeconds(count));
        let instants = (0..10_000).step_by(10).map(Duration::from_millis);
        instants.filter(|now| limits.admit("key", *now).0).count()
    }

    #[test]
    fn so_many_in_ten_seconds_are_never_more() {
        for count in [1, 2, 7, 20, 100] {
            let admitted = admitted_in_ten_seconds(count);
            assert!(
                admitted <= count as usize && admitted + 1 >= count as usize,
                "{count}: {admitted}"
            );
        }
    }

    #[test]
    fn every_key_has_a_bucket_of_its_own() {
        let mut limits = Limits::new(RateMode::Vendor);
        for _ in 0..20 {
            assert!(limits.admit("one", Duration::ZERO).0);
        }
        assert!(!limits.admit("one", Duration::ZERO).0);
        assert!(limits.admit("another", Duration::ZERO).0);
        assert!(limits.admit("one", Duration::from_secs(1)).0);
        assert!(!limits.admit("one", Duration::from_millis(1_999)).0);
        assert!(limits.admit("one", Duration::from_secs(2)).0);
    }
}
