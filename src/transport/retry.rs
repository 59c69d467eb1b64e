//! Sending one request until there is an answer, or until trying again would be wrong.
//!
//! | what happened | read | repeatable write | create |
//! | --- | --- | --- | --- |
//! | never reached the vendor | again | again | again |
//! | rate limit, refused before any work | waits, again | waits, again | waits, again |
//! | no usable answer, 5xx, a web page | again | again | [`TransportError::OutcomeUnknown`] at once |
//! | token refused | renewed, once more | the same | the same |
//!
//! The pause grows exponentially with full jitter; tries and total time are bounded by [`RetryPolicy`].

use std::time::Duration;

use backon::BackoffBuilder as _;

use super::{ApiRequest, ApiResponse, Effect, Transport, TransportError, TransportEvent};
use crate::clock;

/// How often and how long to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Tries altogether, the first included.
    pub tries: u32,
    /// The longest first pause; with full jitter half of it on average. Doubles each time.
    pub first_pause: Duration,
    /// The longest later pause.
    pub longest_pause: Duration,
    /// A wait the vendor demands is not slept if it is longer: it becomes an error.
    pub longest_wait: Duration,
    /// No new try is begun later than this after the first failure.
    pub total: Duration,
}

impl Default for RetryPolicy {
    /// Six tries within a minute, pauses of 0.2, 0.4, 0.8 … s on average (HubSpot docs, error
    /// handling; the other vendors ask for no more).
    fn default() -> Self {
        Self {
            tries: 6,
            first_pause: Duration::from_millis(400),
            longest_pause: Duration::from_secs(10),
            longest_wait: Duration::from_secs(60),
            total: Duration::from_secs(60),
        }
    }
}

/// What happened to one request so far.
pub(super) struct Tries<'a> {
    transport: &'a Transport,
    request: &'a ApiRequest,
    pauses: backon::ExponentialBackoff,
    failed: u32,
    limited: u32,
    first_failure: Option<Duration>,
    /// When the present try was sent.
    sent: Duration,
    /// The last try that may have been done: what was lost, the status, how long it was out.
    doubt: Option<(String, Option<u16>, Duration)>,
}

impl<'a> Tries<'a> {
    pub(super) fn new(transport: &'a Transport, request: &'a ApiRequest) -> Self {
        let policy = transport.policy();
        Self {
            transport,
            request,
            pauses: backon::ExponentialBuilder::new()
                .with_min_delay(policy.first_pause)
                .with_max_delay(policy.longest_pause)
                .without_max_times()
                .build(),
            failed: 0,
            limited: 0,
            first_failure: None,
            sent: transport.pacer().clock().monotonic(),
            doubt: None,
        }
    }

    /// A try is about to be sent.
    pub(super) fn begin(&mut self) {
        self.sent = self.transport.pacer().clock().monotonic();
    }

    /// The request never reached the vendor.
    pub(super) async fn not_sent(&mut self, detail: String) -> Result<(), TransportError> {
        let again = self.pause(None, &detail).await;
        self.end_unless(again, TransportError::NotSent { detail })
    }

    /// No usable answer: it may have been done.
    pub(super) async fn lost(
        &mut self,
        detail: String,
        status: Option<u16>,
        after: Option<Duration>,
    ) -> Result<(), TransportError> {
        let now = self.transport.pacer().clock().monotonic();
        let took = now.saturating_sub(self.sent);
        if self.request.effect == Effect::Once {
            return Err(TransportError::OutcomeUnknown {
                detail,
                status,
                took,
            });
        }
        if self.request.effect == Effect::Repeatable {
            self.doubt = Some((detail.clone(), status, took));
        }
        let again = self.pause(after, &detail).await;
        self.end_unless(
            again,
            TransportError::Unavailable {
                detail,
                status,
                retry_after: after,
            },
        )
    }

    /// Refused before any work.
    pub(super) async fn refused(
        &mut self,
        after: Option<Duration>,
        response: &ApiResponse,
    ) -> Result<(), TransportError> {
        let status = response.status.as_u16();
        let detail = format!(
            "{} can't take the request now (HTTP {status})",
            self.transport.base().host()
        );
        let again = self.pause(after, &detail).await;
        self.end_unless(
            again,
            TransportError::Unavailable {
                detail,
                status: Some(status),
                retry_after: after,
            },
        )
    }

    /// A rate limit. The pacer holds everything back that costs the same quota; this request's own
    /// waiting happens there too.
    pub(super) async fn limited(
        &mut self,
        quota: &'static str,
        after: Duration,
        stop: bool,
        response: &ApiResponse,
    ) -> Result<(), TransportError> {
        self.limited += 1;
        let policy = self.transport.policy();
        let clock = self.transport.pacer().clock();
        // Refused again after the wait means that others use the limit too, so the wait grows. The
        // jitter keeps several processes from returning at the same moment.
        let wait = if stop {
            after
        } else {
            after
                .saturating_mul(self.limited)
                .mul_f64(1.0 + fastrand::f64() / 10.0)
        };
        self.transport.pacer().block(quota, wait);
        tracing::debug!(
            target: "mobly_sync::http",
            quota, ?wait, stop, status = response.status.as_u16(), "rate limit"
        );
        let failed_for = self.failing_for();
        let bounded = wait <= policy.longest_wait && failed_for + wait <= policy.total;
        let again = !stop && bounded && self.limited < policy.tries;
        if again && self.request.costs.iter().all(|(name, _)| *name != quota) {
            // The pacer does not hold this request back, so it waits here.
            clock.sleep(wait).await;
        }
        let until = clock::later(clock.now(), wait);
        self.end_unless(again, TransportError::Wait { quota, until })
    }

    /// Pauses before the next try; false if there is none.
    async fn pause(&mut self, at_least: Option<Duration>, reason: &str) -> bool {
        let policy = self.transport.policy();
        self.failed += 1;
        let failed_for = self.failing_for();
        // Full jitter: anything up to the pause, so that many requests that failed together do not
        // return together.
        let pause = self
            .pauses
            .next()
            .unwrap_or(policy.longest_pause)
            .mul_f64(fastrand::f64());
        let wait = at_least.map_or(pause, |least| least.saturating_add(pause));
        if self.failed >= policy.tries
            || at_least.is_some_and(|least| least > policy.longest_wait)
            || failed_for.saturating_add(wait) > policy.total
        {
            return false;
        }
        tracing::debug!(
            target: "mobly_sync::http",
            attempt = self.failed, ?wait, reason, "trying again"
        );
        self.transport.tell(&TransportEvent::Retrying {
            attempt: self.failed,
            wait,
            reason: reason.to_owned(),
        });
        self.transport.pacer().clock().sleep(wait).await;
        true
    }

    /// Time since the first failure of this request.
    fn failing_for(&mut self) -> Duration {
        let now = self.transport.pacer().clock().monotonic();
        now.saturating_sub(*self.first_failure.get_or_insert(now))
    }

    fn end_unless(&self, again: bool, error: TransportError) -> Result<(), TransportError> {
        if again {
            Ok(())
        } else {
            Err(self.give_up(error))
        }
    }

    /// The error to end with: whatever happened last, a write that may have been done in an earlier
    /// try stays in doubt.
    pub(super) fn give_up(&self, error: TransportError) -> TransportError {
        match &self.doubt {
            Some((detail, status, took)) => TransportError::OutcomeUnknown {
                detail: detail.clone(),
                status: *status,
                took: *took,
            },
            None => error,
        }
    }
}
