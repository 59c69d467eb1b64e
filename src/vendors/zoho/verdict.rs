//! What an answer's row means for ours.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::activities::PARENT;
use super::api::{is_id, text_of};
use super::client::Zoho;
use super::errors::{self, Problem};
use super::write::Way;
use super::{ACCOUNT, ACCOUNT_NAME, CONTACT, NOTE, module};
use crate::domain::category::Category;
use crate::vendors::{Row, Verdict};

impl Zoho {
    /// What an answer says of the module's fields: what is known of them is out of date.
    pub(super) fn learn(&self, object: &'static str, category: Category) {
        if matches!(
            category,
            Category::MissingRemoteField
                | Category::DataValueValidation
                | Category::RequiredFieldMissing
        ) {
            self.forget(module(object));
        }
    }

    pub(super) fn verdict(
        &self,
        object: &'static str,
        way: Way,
        row: &Row,
        result: &Value,
    ) -> Verdict {
        if result["code"] == "SUCCESS" || result["status"] == "success" {
            let id = text_of(&result["details"]);
            let updated = way == Way::Upsert && result["action"] == "update";
            return match () {
                () if !is_id(&id) => Verdict::Silent,
                // An earlier try of this very request has made it: it is read before it counts as anything.
                () if updated && is_just_made(&result["details"]) => Verdict::Exists { id },
                // Somebody made it after we looked, and an upsert asks nobody before it writes over what it finds.
                () if updated => Verdict::Overwrote { id },
                () => Verdict::Done { id, stored: None },
            };
        }
        let problems = errors::problems(result);
        let Some(problem) = problems.first() else {
            return Verdict::Silent;
        };
        match self.handled(object, way, row, problem) {
            Some(verdict) => verdict,
            None => self.refused(object, row, &problems),
        }
    }

    /// Ends that are no refusal of the lead.
    fn handled(
        &self,
        object: &'static str,
        way: Way,
        row: &Row,
        problem: &Problem,
    ) -> Option<Verdict> {
        let update = way == Way::Update;
        let joins = object == CONTACT
            && (row.change.values().contains_key(ACCOUNT_NAME)
                || row.links.iter().any(|(object, _)| *object == ACCOUNT));
        let of_account = problem.field() == Some(ACCOUNT_NAME);
        match problem.code.as_str() {
            "ALREADY_MODIFIED" => Some(Verdict::Later(None)),
            // The person of a note: deleted or merged meanwhile.
            "INVALID_DATA" if object == NOTE && problem.field() == Some(PARENT) => {
                Some(Verdict::LinkGone)
            }
            _ if object == NOTE && problem.is_of_id() => Some(Verdict::LinkGone),
            // "id" alone may be the account's: both are looked for anew, and the person is gone only where that does not
            // find it.
            _ if update && joins && problem.is_of_some_id() => Some(Verdict::LinkGone),
            _ if update && problem.is_of_id() => Some(Verdict::Gone),
            "ID_ALREADY_CONVERTED" | "CONVERTED_RECORD" if update => Some(Verdict::Gone),
            // The lead leads to its contact.
            "ID_ALREADY_CONVERTED" | "CONVERTED_RECORD" => self.holder(problem, object),
            // An account sent by its id is refused only where there is none of that id.
            "INVALID_DATA" if joins && of_account => Some(Verdict::LinkGone),
            "DUPLICATE_DATA" if !update && self.is_key(object, problem) => {
                self.holder(problem, object)
            }
            _ => None,
        }
    }

    /// Whether a unique field is one we match by: then its holder is who is meant.
    fn is_key(&self, object: &'static str, problem: &Problem) -> bool {
        let Some(field) = problem.field() else {
            return false;
        };
        let ours = self
            .settings
            .external_id
            .as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case(field));
        // Another account may share the name, but not the domain: that one is a person's to choose.
        ours || object != ACCOUNT && field == "Email"
    }

    /// The record a refusal names, where it is one of the same module.
    fn holder(&self, problem: &Problem, object: &'static str) -> Option<Verdict> {
        let found = &problem.details["duplicate_record"];
        let elsewhere = found["module"]["api_name"]
            .as_str()
            .is_some_and(|name| name != module(object));
        let id = [found, &problem.details]
            .into_iter()
            .map(text_of)
            .find(|id| is_id(id))?;
        (!elsewhere).then_some(Verdict::Exists { id })
    }

    fn refused(&self, object: &'static str, row: &Row, problems: &[Problem]) -> Verdict {
        let Some(mut failure) = errors::failure_of_row(problems) else {
            return Verdict::Silent;
        };
        self.learn(object, failure.category);
        // The answer names the field, not the value.
        failure.value = failure
            .field
            .as_ref()
            .and_then(|name| row.change.values().get(name))
            .map(|value| match value {
                Value::Array(values) => values.iter().map(text_of).collect::<Vec<_>>().join("; "),
                other => text_of(other),
            })
            .filter(|value| !value.is_empty())
            .map(|value| value.chars().take(500).collect());
        Verdict::Refused(failure)
    }
}

/// Whether a record was made by whoever changed it last, within the time in which one request is tried again.
fn is_just_made(details: &Value) -> bool {
    const TRIES: SignedDuration = SignedDuration::from_mins(3);
    let user = |name: &str| text_of(&details[name]);
    let time = |name: &str| details[name].as_str()?.parse::<Timestamp>().ok();
    let by_us = is_id(&user("Created_By")) && user("Created_By") == user("Modified_By");
    let times = time("Created_Time").zip(time("Modified_Time"));
    by_us && times.is_some_and(|(made, changed)| changed.duration_since(made) <= TRIES)
}
