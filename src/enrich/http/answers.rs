//! What an answer says: whom it is about, what was found, what its status means.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::{Found, ProviderError};
use super::asking;
use super::config::{Batch, Pays, Way};
use super::provider::HttpProvider;
use super::reading::{Path, is_about, value_of};
use super::template::Known;
use crate::transport::ApiResponse;

/// One answer, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Read {
    Found(Found),
    Unknown,
    SomebodyElse,
    /// No answer to this question, which may be asked another time.
    Refused(String),
}

impl HttpProvider {
    pub(super) fn is_free(&self, read: &Read) -> bool {
        match read {
            Read::Found { .. } => false,
            Read::Unknown => self.config.pays == Pays::Found,
            Read::Refused(_) => true,
            Read::SomebodyElse => false,
        }
    }

    /// What an answer says; with an error: whether to ask again, whether it was surely free.
    pub(super) fn read(
        &self,
        way: &Way,
        known: &[&Known],
        response: &ApiResponse,
    ) -> Result<Vec<Read>, (ProviderError, bool, bool)> {
        let status = response.status.as_u16();
        if !response.is_success() {
            return self
                .by_status(status)
                .map(|read| known.iter().map(|_| read.clone()).collect());
        }
        if response.body.is_empty() || status == 202 {
            let why = "it has no answer yet".to_owned();
            return Ok(known.iter().map(|_| Read::Refused(why.clone())).collect());
        }
        let answer: Value = response
            .json()
            .map_err(|error| (lying(&error.to_string()), false, false))?;
        match (known, &way.batch) {
            ([one], _) => Ok(vec![self.read_one(&way.root, &answer, &answer, one)]),
            (several, Some(batch)) => {
                let parts = asking::parts(batch, &answer, several.len()).ok_or_else(|| {
                    let why = "its answer does not say which question it belongs to";
                    (lying(why), false, false)
                })?;
                parts
                    .into_iter()
                    .zip(several)
                    .map(|(part, known)| self.read_part(batch, part, known))
                    .collect()
            }
            _ => Err((lying("nobody asked for several"), false, false)),
        }
    }

    fn read_part(
        &self,
        batch: &Batch,
        part: Option<&Value>,
        known: &Known,
    ) -> Result<Read, (ProviderError, bool, bool)> {
        let Some(part) = part else {
            return Ok(Read::Refused(
                "it left this question out of its answer".to_owned(),
            ));
        };
        let status = batch
            .status
            .as_ref()
            .and_then(|path| path.first(part))
            .and_then(Value::as_u64);
        match status.and_then(|status| u16::try_from(status).ok()) {
            Some(status) if !(200..300).contains(&status) => match self.by_status(status) {
                // Others of this batch may have been answered, so it cannot be called free.
                Err((error, again, _)) => Err((error, again, false)),
                read => read,
            },
            _ => Ok(self.read_one(&batch.root, part, part, known)),
        }
    }

    fn by_status(&self, status: u16) -> Result<Read, (ProviderError, bool, bool)> {
        let of = &self.config.status;
        if of.unknown.contains(&status) {
            Ok(Read::Unknown)
        } else if of.bad_question.contains(&status) {
            Ok(Read::Refused(format!(
                "it cannot make anything of the question (HTTP {status})"
            )))
        } else if of.out_of_credits.contains(&status) {
            let why = format!("the credits of its plan are used up (HTTP {status})");
            Err((ProviderError::Budget(why), false, true))
        } else if of.sign_in.contains(&status) {
            Err((ProviderError::SignIn(format!("HTTP {status}")), false, true))
        } else if of.wait.contains(&status) {
            Err((ProviderError::Limit { until: None }, false, true))
        } else {
            let why = format!("it answered HTTP {status}");
            Err((
                ProviderError::Unavailable { why, until: None },
                status >= 500,
                false,
            ))
        }
    }

    fn read_one(&self, root: &Path, whole: &Value, answer: &Value, known: &Known) -> Read {
        let Some(person) = root.first(answer).filter(|person| !is_nothing(person)) else {
            return Read::Unknown;
        };
        if !is_about(&self.config.person, known, person) {
            return Read::SomebodyElse;
        }
        let fields: BTreeMap<String, String> = self
            .config
            .fields
            .iter()
            .filter_map(|(field, path)| Some((field.clone(), value_of(field, path, person)?)))
            .collect();
        if fields.is_empty() {
            return Read::Unknown;
        }
        Read::Found(Found {
            fields,
            confidence: self.confidence(whole, person),
        })
    }

    fn confidence(&self, whole: &Value, person: &Value) -> Option<u8> {
        let described = self.config.confidence.as_ref()?;
        let at = described
            .path
            .first(whole)
            .or_else(|| described.path.first(person))?;
        let share = (at.as_f64()? / described.of * 100.0)
            .clamp(0.0, 100.0)
            .round();
        // In range by the line above.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        share.is_finite().then_some(share as u8)
    }
}

fn lying(why: &str) -> ProviderError {
    ProviderError::Unavailable {
        why: why.to_owned(),
        until: None,
    }
}

/// `null`, `{}` and `[]` say nothing about anybody.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(members) => members.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}
