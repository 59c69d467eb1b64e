//! Questions on their way: leave to ask, the request, what is settled afterwards, and whether to ask again.

use std::time::Duration;

use super::super::{ProviderError, Question};
use super::answers::Read;
use super::asking::{self, Asked};
use super::desk::Reservation;
use super::provider::{HttpProvider, Open, Trial, stored};
use super::rules::RATE;
use super::template::Known;
use crate::clock;
use crate::transport::{ApiRequest, TransportError};

/// How often a question is asked again whose answer was lost; each time counts against the budget.
const AGAIN: u32 = 2;
/// The pause before that.
const PAUSE: Duration = Duration::from_millis(500);

impl HttpProvider {
    pub(super) async fn ask_group(
        &self,
        questions: &[Question],
        mut group: Vec<Open>,
        trials: &mut [Option<Trial>],
    ) -> Result<(), ProviderError> {
        let mut tries = 0;
        loop {
            let wanted = group.len() as u64;
            let reservation = self
                .desk
                .reserve(wanted)
                .await
                .map_err(|error| stored(&error))?;
            let allowed = usize::try_from(reservation.granted).unwrap_or(usize::MAX);
            let beyond = group.split_off(allowed.min(group.len()));
            let spent = reservation.short.clone().map(ProviderError::Budget);
            if group.is_empty() {
                return Err(self.end(spent.unwrap_or_else(|| ProviderError::Budget(String::new()))));
            }
            match self.send(questions, &group, &reservation).await {
                Ok(answers) => {
                    self.take(questions, &group, answers, trials).await?;
                    return match spent {
                        Some(spent) if !beyond.is_empty() => Err(self.end(spent)),
                        _ => Ok(()),
                    };
                }
                Err((_, true)) if tries < AGAIN => {
                    tries += 1;
                    group.extend(beyond);
                    self.clock.sleep(PAUSE * tries).await;
                }
                Err((error, _)) => return Err(self.end(error)),
            }
        }
    }

    /// Sends one request. With an error: whether asking again makes sense.
    async fn send(
        &self,
        questions: &[Question],
        group: &[Open],
        reservation: &Reservation,
    ) -> Result<Vec<Read>, (ProviderError, bool)> {
        let Some(first) = group.first() else {
            return Ok(Vec::new());
        };
        let way = &self.config.ask[first.way];
        let known: Vec<&Known> = group.iter().map(|open| &open.known).collect();
        let count = group.len() as u64;
        let prepared = match known.as_slice() {
            [one] => asking::single(way, one),
            several => asking::batch(way, several),
        };
        let sent = match prepared {
            Some(asked) => self
                .transport
                .send(&self.request(&asked))
                .await
                .map_err(|error| self.failed(&error)),
            None => Err((
                ProviderError::Other("the question could not be put together".to_owned()),
                false,
                true,
            )),
        };
        let result = match sent {
            Ok(response) => {
                let read = self.read(way, &known, &response);
                let free = match &read {
                    Ok(read) => read.iter().filter(|read| self.is_free(read)).count() as u64,
                    Err((_, _, true)) => count,
                    Err(_) => 0,
                };
                self.settle(reservation, count, free).await;
                read.map_err(|(error, again, _)| (error, again))
            }
            Err((error, again, free)) => {
                self.settle(
                    reservation,
                    u64::from(!free) * count,
                    u64::from(free) * count,
                )
                .await;
                Err((error, again))
            }
        };
        debug_assert!(group.iter().all(|open| open.question < questions.len()));
        result
    }

    async fn settle(&self, reservation: &Reservation, asked: u64, free: u64) {
        if let Err(error) = self.desk.settle(reservation, asked, free).await {
            // What is not given back stays spent, which is the safe side.
            tracing::warn!(%error, "what a question cost could not be kept");
        }
    }

    fn request(&self, asked: &Asked) -> ApiRequest {
        let mut request = ApiRequest::once(asked.method(), asked.path.clone())
            .shown_as(asked.shown.clone())
            .quota(RATE, 1)
            .timeout(Duration::from_secs(self.config.timeout));
        for (name, value) in &asked.query {
            request = request.query(name, value);
        }
        for (name, value) in &self.config.headers {
            request = if value.contains("{secret}") {
                match &self.key {
                    Some(key) => {
                        request.secret_header(name.to_lowercase(), asking::with_key(value, key))
                    }
                    None => request,
                }
            } else {
                request.header(name.clone(), value)
            };
        }
        match &asked.body {
            Some(body) => request.json_bytes(body.to_string().into_bytes()),
            None => request,
        }
    }

    /// A request that brought no answer: whether to ask again, whether it was surely free.
    fn failed(&self, error: &TransportError) -> (ProviderError, bool, bool) {
        let why = error.to_string();
        let unavailable = |until| ProviderError::Unavailable {
            why: why.clone(),
            until,
        };
        match error {
            TransportError::NotSent { .. } => (unavailable(None), false, true),
            TransportError::Unavailable { retry_after, .. } => {
                let until = retry_after.map(|after| clock::later(self.clock.now(), after));
                (unavailable(until), false, true)
            }
            // Whether it was paid for nobody knows, so it stays counted. A silence is not waited for a second time.
            TransportError::OutcomeUnknown { status, .. } => {
                (unavailable(None), status.is_some(), false)
            }
            TransportError::Wait { until, .. } => (
                ProviderError::Limit {
                    until: Some(*until),
                },
                false,
                true,
            ),
            TransportError::SignIn { .. } | TransportError::SignedOut { .. } => {
                (ProviderError::SignIn(why), false, true)
            }
            TransportError::Invalid { .. } => (ProviderError::Other(why), false, true),
        }
    }
}
