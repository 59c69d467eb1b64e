//! Faults on demand: what proxies, overloaded servers and cut cables do to a client.
//!
//! A fault is written `KIND[=WHEN][@PATH]`, for instance `drop-after=#2@/batch/create`. `WHEN` is a
//! probability between 0 and 1 (default 0.05) or `#N`: every N-th writing request. `PATH` limits the fault to
//! requests whose path contains it. Draws depend only on the seed and on how many requests came before.

use std::fmt;
use std::str::FromStr;

use serde_json::{Value, json};

use super::wire::{Body, Classification, Reply, RequestKind};

const DEFAULT_PROBABILITY: f64 = 0.05;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The vendor's own error with this status; nothing is applied, except with 504: applied, then lost in
    /// the gateway.
    Status(u16),
    /// The connection closes before the request is applied.
    DropBefore,
    /// The request is applied, then the connection closes without an answer.
    DropAfter,
    /// The request is applied, but the answer comes after [`super::SandboxOptions::slow_for`].
    Slow,
    /// An HTML page from a proxy, in turn with 502 and 200; nothing is applied.
    Html,
    /// Applied; half of the answer's body, then the connection closes.
    Truncate,
    /// Applied; about half of the rows are missing from the answer, at least one.
    Partial,
    /// Applied; the rows of the answer come in another order.
    Reorder,
    /// Applied; the answer carries unknown fields and a row nobody asked for.
    Extra,
    /// Applied; the answer's JSON does not parse.
    BrokenJson,
}

impl FaultKind {
    /// Every kind by its name on the command line.
    pub const ALL: [(&'static str, Self); 15] = [
        ("401", Self::Status(401)),
        ("429", Self::Status(429)),
        ("500", Self::Status(500)),
        ("502", Self::Status(502)),
        ("503", Self::Status(503)),
        ("504", Self::Status(504)),
        ("drop-before", Self::DropBefore),
        ("drop-after", Self::DropAfter),
        ("slow", Self::Slow),
        ("html", Self::Html),
        ("truncate", Self::Truncate),
        ("partial", Self::Partial),
        ("reorder", Self::Reorder),
        ("extra", Self::Extra),
        ("broken-json", Self::BrokenJson),
    ];

    /// The name on the command line and in `/_stats`.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("status", |(name, _)| name)
    }

    /// Whether the request still takes effect.
    pub(crate) fn applies(self) -> bool {
        !matches!(
            self,
            Self::DropBefore | Self::Html | Self::Status(401 | 429 | 500 | 502 | 503)
        )
    }

    /// Whether the fault fits a request. A search answer without some of its rows would be a lie that no
    /// client can see through, so rows go missing only where the client knows what it asked for.
    fn fits(self, kind: RequestKind) -> bool {
        match self {
            Self::Partial | Self::Extra => {
                matches!(kind, RequestKind::Object | RequestKind::Association)
            }
            _ => true,
        }
    }
}

/// When a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FaultTrigger {
    /// With this probability (0 to 1) on any request.
    Probability(f64),
    /// On every N-th writing request.
    EveryNthWrite(u64),
}

/// One configured fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// When it strikes.
    pub trigger: FaultTrigger,
    /// Only requests whose path contains this text.
    pub path: Option<String>,
}

/// A fault that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultParseError {
    /// No such kind of fault.
    #[error("unknown fault {name:?}; known are {}", known_names())]
    UnknownKind {
        /// What was given.
        name: String,
    },
    /// Neither a probability between 0 and 1 nor `#N`.
    #[error("{text:?} says when a fault strikes neither as a probability from 0 to 1 nor as #N")]
    BadTrigger {
        /// What was given.
        text: String,
    },
}

fn known_names() -> String {
    FaultKind::ALL.map(|(name, _)| name).join(", ")
}

impl FromStr for Fault {
    type Err = FaultParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (rest, path) = match text.split_once('@') {
            Some((rest, path)) => (rest, Some(path.to_owned())),
            None => (text, None),
        };
        let (name, trigger) = match rest.split_once('=') {
            Some((name, trigger)) => (name, parse_trigger(trigger)?),
            None => (rest, FaultTrigger::Probability(DEFAULT_PROBABILITY)),
        };
        let kind = FaultKind::ALL
            .iter()
            .find(|(known, _)| *known == name.trim())
            .map(|(_, kind)| *kind)
            .ok_or_else(|| FaultParseError::UnknownKind {
                name: name.to_owned(),
            })?;
        Ok(Self {
            kind,
            trigger,
            path,
        })
    }
}

fn parse_trigger(text: &str) -> Result<FaultTrigger, FaultParseError> {
    let trigger = match text.strip_prefix('#') {
        Some(count) => count
            .parse()
            .ok()
            .filter(|count| *count > 0)
            .map(FaultTrigger::EveryNthWrite),
        None => text
            .parse()
            .ok()
            .filter(|probability| (0.0..=1.0).contains(probability))
            .map(FaultTrigger::Probability),
    };
    trigger.ok_or_else(|| FaultParseError::BadTrigger {
        text: text.to_owned(),
    })
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}=", self.kind.name())?;
        match self.trigger {
            FaultTrigger::Probability(probability) => write!(formatter, "{probability}")?,
            FaultTrigger::EveryNthWrite(count) => write!(formatter, "#{count}")?,
        }
        self.path
            .as_ref()
            .map_or(Ok(()), |path| write!(formatter, "@{path}"))
    }
}

/// The faults in force, with a random sequence and a counter each.
pub(crate) struct FaultInjector {
    seed: u64,
    armed: Vec<ArmedFault>,
    html_pages: u64,
}

struct ArmedFault {
    fault: Fault,
    random: fastrand::Rng,
    writes_seen: u64,
}

impl FaultInjector {
    pub(crate) fn new(faults: &[Fault], seed: u64) -> Self {
        let mut injector = Self {
            seed,
            armed: Vec::new(),
            html_pages: 0,
        };
        injector.replace(faults);
        injector
    }

    pub(crate) fn replace(&mut self, faults: &[Fault]) {
        self.armed = (1..)
            .zip(faults)
            .map(|(position, fault): (u64, _)| ArmedFault {
                fault: fault.clone(),
                random: fastrand::Rng::with_seed(self.seed.wrapping_add(position)),
                writes_seen: 0,
            })
            .collect();
    }

    /// The fault for this request; the first one in the list wins, but all of them draw.
    pub(crate) fn draw(&mut self, path: &str, class: Classification) -> Option<FaultKind> {
        let mut chosen = None;
        for armed in &mut self.armed {
            let here = armed
                .fault
                .path
                .as_ref()
                .is_none_or(|part| path.contains(part.as_str()));
            if !here || !armed.fault.kind.fits(class.kind) {
                continue;
            }
            let strikes = match armed.fault.trigger {
                FaultTrigger::Probability(probability) => armed.random.f64() < probability,
                FaultTrigger::EveryNthWrite(count) => {
                    armed.writes_seen += u64::from(class.writes);
                    class.writes && armed.writes_seen.is_multiple_of(count)
                }
            };
            if strikes {
                chosen = chosen.or(Some(armed.fault.kind));
            }
        }
        chosen
    }

    /// The page of a proxy that stands between client and vendor.
    pub(crate) fn html_page(&mut self) -> Reply {
        self.html_pages += 1;
        let status = if self.html_pages % 2 == 1 { 502 } else { 200 };
        Reply::html(
            status,
            "<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head>\
             <body><h1>Error 502</h1><p>The web server reported a bad gateway.</p></body></html>\n",
        )
    }
}

/// Changes the rows of an answer as the fault says; other answers stay as they are.
pub(crate) fn disturb_rows(kind: FaultKind, reply: &mut Reply) {
    let misplaces = reply.ordered && kind == FaultKind::Reorder;
    if reply.whole || misplaces || reply.status >= 300 && reply.body_is_list() {
        return;
    }
    let body = match &mut reply.body {
        Body::Json(Value::Object(body)) => body,
        // Rows without keys are matched by their place, so their order is part of the answer.
        Body::Json(Value::Array(rows)) => {
            match kind {
                FaultKind::Partial => drop(rows.drain(..rows.len().div_ceil(2))),
                FaultKind::Extra => rows.push(json!({"id": "999999999999", "surprise": true})),
                _ => {}
            }
            return;
        }
        _ => return,
    };
    let lists = body.iter_mut().filter(|(name, _)| *name != "errors");
    for rows in lists.filter_map(|(_, value)| value.as_array_mut()) {
        match kind {
            FaultKind::Partial => {
                let mut position = 0;
                rows.retain(|_| {
                    position += 1;
                    position % 2 == 0
                });
            }
            FaultKind::Reorder => rows.reverse(),
            FaultKind::Extra => {
                rows.insert(0, json!({"id": "999999999999", "surprise": true}));
                for row in rows.iter_mut().filter_map(Value::as_object_mut) {
                    row.insert("addedLastTuesday".to_owned(), json!({"nested": [1, null]}));
                }
            }
            _ => {}
        }
    }
    if kind == FaultKind::Extra {
        body.insert("addedLastTuesday".to_owned(), json!(["unknown"]));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    const WRITE: Classification = Classification {
        kind: RequestKind::Object,
        writes: true,
    };
    const READ: Classification = Classification {
        kind: RequestKind::Object,
        writes: false,
    };

    #[test]
    fn faults_are_read_and_written_alike() {
        for text in [
            "429=0.05",
            "drop-after=#3",
            "partial=1@/batch/create",
            "504=0.25",
        ] {
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
        assert_eq!("500".parse::<Fault>().unwrap().to_string(), "500=0.05");
        assert!(matches!(
            "418".parse::<Fault>(),
            Err(FaultParseError::UnknownKind { .. })
        ));
        for bad in ["500=2", "500=#0", "500=often"] {
            assert!(matches!(
                bad.parse::<Fault>(),
                Err(FaultParseError::BadTrigger { .. })
            ));
        }
    }

    #[test]
    fn every_nth_counts_only_writes_on_its_path() {
        let mut injector = FaultInjector::new(&["500=#2@/contacts".parse().unwrap()], 7);
        assert_eq!(injector.draw("/contacts", WRITE), None);
        assert_eq!(injector.draw("/companies", WRITE), None);
        assert_eq!(injector.draw("/contacts", READ), None);
        assert_eq!(
            injector.draw("/contacts", WRITE),
            Some(FaultKind::Status(500))
        );
        assert_eq!(injector.draw("/contacts", WRITE), None);
    }

    #[test]
    fn the_same_seed_draws_the_same_faults() {
        let draws = |seed| {
            let mut injector = FaultInjector::new(&["slow=0.5".parse().unwrap()], seed);
            (0..64)
                .map(|_| injector.draw("/x", READ).is_some())
                .collect::<Vec<_>>()
        };
        assert_eq!(draws(1), draws(1));
        assert_ne!(draws(1), draws(2));
    }
}
