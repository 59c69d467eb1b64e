//! Taking back: records go to the bin, where they can be restored for 90 days (HubSpot docs, "Using object APIs", archive),
//! and associations are removed ("Associations v4", batch archive). Marketing events take attendance and document no way to
//! take it back.

use std::collections::{BTreeSet, HashMap};

use reqwest::Method;
use serde_json::{Value, json};

use super::api::{self, Associated, BatchAnswer, Inputs, Reference, text_of};
use super::campaigns::names;
use super::find::{json as encoded, shape};
use super::{COMPANY, CONTACT, HubSpot, errors, limits, path_word};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, RemoteId, Removable, RemoveAnswer, RemoveEnd, Undoing, Work,
};

/// Most records in one batch.
const ROWS: usize = 100;
/// The association types that joining a contact to a company makes (HubSpot docs, "Association type ids").
const PRIMARY: u64 = 1;
const UNLABELLED: u64 = 279;
/// Stands for the persons of a company that a further page would tell.
const FURTHER: &str = "further contacts";

/// "Number of Associated Deals", "Number of Sales Activities", "Last Activity Date" and "Next Activity Date" (HubSpot
/// knowledge base, default contact and company properties). HubSpot keeps them itself.
const WORK: &[Work] = &[
    Work::Others("num_associated_deals"),
    Work::Others("notes_next_activity_date"),
    Work::Activities("num_notes"),
    Work::Activities("notes_last_updated"),
];

/// What HubSpot takes back.
pub(super) static UNDOING: Undoing = Undoing {
    objects: &[
        Removable {
            object: CONTACT,
            rows: ROWS,
            work: WORK,
        },
        Removable {
            object: COMPANY,
            rows: ROWS,
            work: WORK,
        },
    ],
    activities: Some(ROWS),
    members: Err("HubSpot documents no way to take attendance of a marketing event back"),
    statuses_go_back: false,
    links: Some(1_000),
};

impl HubSpot {
    /// `batch/archive`: what is not there is passed over.
    pub(super) async fn archive(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        let inputs = ids.iter().cloned().map(|id| Reference { id }).collect();
        let path = api::objects(path_word(object), "batch/archive");
        let request = encoded(
            self,
            ApiRequest::repeatable(Method::POST, path),
            &Inputs { inputs },
        )?;
        let named: Vec<[&str; 1]> = ids.iter().map(|id| [id.as_str()]).collect();
        self.go(request, &named).await
    }

    /// `batch/archive` of associations takes every label off a pair: one that carries more than ours stays joined.
    pub(super) async fn dissociate(
        &self,
        pairs: &[(RemoteId, RemoteId)],
    ) -> Result<RemoveAnswer, CallError> {
        let labelled = self.labelled(pairs).await?;
        let going: Vec<&(RemoteId, RemoteId)> = pairs
            .iter()
            .filter(|pair| !labelled.contains_key(pair))
            .collect();
        let mut answer = RemoveAnswer::all_done(0, Default::default());
        if !going.is_empty() {
            let inputs: Vec<Value> = going
                .iter()
                .map(|(from, to)| json!({"from": {"id": from}, "to": [{"id": to}]}))
                .collect();
            let path = api::associations(path_word(COMPANY), "batch/archive");
            let request = encoded(
                self,
                ApiRequest::repeatable(Method::POST, path),
                &Inputs { inputs },
            )?;
            let named: Vec<[&str; 2]> = going
                .iter()
                .map(|(from, to)| [from.as_str(), to.as_str()])
                .collect();
            answer = self.go(request, &named).await?;
        }
        let mut told = std::mem::take(&mut answer.ends).into_iter();
        answer.ends = pairs
            .iter()
            .map(|pair| match labelled.get(pair) {
                Some(label) => (RemoveEnd::Refused(carries(label)), Value::Null),
                None => told.next().unwrap_or((RemoveEnd::Silent, Value::Null)),
            })
            .collect();
        Ok(answer)
    }

    /// The pairs that are joined by more than what joining makes, each with a label of it.
    async fn labelled<'a>(
        &self,
        pairs: &'a [(RemoteId, RemoteId)],
    ) -> Result<HashMap<&'a (RemoteId, RemoteId), String>, CallError> {
        let contacts: BTreeSet<&RemoteId> = pairs.iter().map(|(contact, _)| contact).collect();
        let contacts: Vec<&RemoteId> = contacts.into_iter().collect();
        let mut labels: HashMap<(String, String), String> = HashMap::new();
        for contacts in contacts.chunks(ROWS) {
            let inputs = contacts
                .iter()
                .map(|id| Associated {
                    id: (*id).clone(),
                    after: None,
                })
                .collect();
            let path = api::associations(path_word(COMPANY), "batch/read");
            let request = encoded(
                self,
                ApiRequest::read(Method::POST, path),
                &Inputs { inputs },
            )?
            .quota(limits::BURST, 1)
            .quota(limits::DAY, 1);
            let (value, call) = self.send(&request).await?;
            let answer: BatchAnswer =
                serde_json::from_value(value).map_err(|error| shape(&error, call))?;
            for result in &answer.results {
                let contact = text_of(&result["from"]["id"]);
                for to in result["to"].as_array().into_iter().flatten() {
                    if let Some(label) = label_of(&to["associationTypes"]) {
                        labels.insert((contact.clone(), text_of(&to["toObjectId"])), label);
                    }
                }
            }
        }
        Ok(pairs
            .iter()
            .filter_map(|pair| Some((pair, labels.remove(pair)?)))
            .collect())
    }

    /// Sends a batch that answers nothing where all is well, and 207 with what is not (HubSpot docs, "Multi-status errors").
    /// Each thing is named by its ids.
    async fn go<const IDS: usize>(
        &self,
        request: ApiRequest,
        things: &[[&str; IDS]],
    ) -> Result<RemoveAnswer, CallError> {
        let request = request.quota(limits::BURST, 1).quota(limits::DAY, 1);
        match self.send(&request).await {
            Ok((value, call)) => {
                let answer = match value.is_null() {
                    true => BatchAnswer::default(),
                    false => serde_json::from_value(value)
                        .map_err(|error| shape(&error, call.clone()))?,
                };
                Ok(RemoveAnswer {
                    ends: ends(things, &answer, call.status),
                    call,
                })
            }
            Err(CallError {
                kind: CallErrorKind::Refused { failure, .. },
                call: Some(call),
            }) if things.len() == 1 => {
                let end = match errors::is_not_found(&call.body) {
                    true => RemoveEnd::Gone,
                    false => RemoveEnd::Refused(failure),
                };
                Ok(RemoveAnswer::one(end, *call))
            }
            Err(error) => Err(error),
        }
    }

    /// The contacts of companies: the first page of each.
    pub(super) async fn contacts_of(
        &self,
        companies: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let mut contacts: HashMap<String, Vec<RemoteId>> = HashMap::new();
        for companies in companies.chunks(ROWS) {
            let inputs = companies
                .iter()
                .map(|id| Associated {
                    id: id.clone(),
                    after: None,
                })
                .collect();
            let request = encoded(
                self,
                ApiRequest::read(Method::POST, api::contacts_of_companies()),
                &Inputs { inputs },
            )?
            .quota(limits::BURST, 1)
            .quota(limits::DAY, 1);
            let (value, call) = self.send(&request).await?;
            let answer: BatchAnswer =
                serde_json::from_value(value).map_err(|error| shape(&error, call))?;
            for result in &answer.results {
                let of = contacts.entry(text_of(&result["from"]["id"])).or_default();
                for to in result["to"].as_array().into_iter().flatten() {
                    let id = text_of(&to["toObjectId"]);
                    of.push(if id.is_empty() {
                        text_of(&to["id"])
                    } else {
                        id
                    });
                }
                if !text_of(&result["paging"]["next"]["after"]).is_empty() {
                    of.push(FURTHER.to_owned());
                }
            }
        }
        Ok(companies
            .iter()
            .map(|id| contacts.remove(id).unwrap_or_default())
            .collect())
    }
}

/// What became of each thing. An error that names none of them leaves all open that no other names.
fn ends<const IDS: usize>(
    things: &[[&str; IDS]],
    answer: &BatchAnswer,
    status: u16,
) -> Vec<(RemoveEnd, Value)> {
    let whole = |error: &Value, thing: &[&str; IDS]| thing.iter().all(|id| names(error, id));
    // Where only one of two ids is told, all things of it are meant.
    let part = |error: &Value, thing: &[&str; IDS]| thing.iter().any(|id| names(error, id));
    let is_whole = |error: &Value| things.iter().any(|thing| whole(error, thing));
    let all_named = answer
        .errors
        .iter()
        .all(|error| things.iter().any(|thing| part(error, thing)));
    things
        .iter()
        .map(|thing| {
            let error = answer.errors.iter().find(|error| match is_whole(error) {
                true => whole(error, thing),
                false => part(error, thing),
            });
            match error {
                None if all_named => (RemoveEnd::Done, Value::Null),
                None => (RemoveEnd::Silent, Value::Null),
                // A record that is not there is joined to nobody.
                Some(error) if errors::is_not_found(error) || errors::is_bad_association(error) => {
                    (RemoveEnd::Gone, error.clone())
                }
                Some(error) => {
                    let failure = errors::row_failure(status, error);
                    let end = match failure.category {
                        Category::RateLimited => RemoveEnd::Later,
                        _ => RemoveEnd::Refused(failure),
                    };
                    (end, error.clone())
                }
            }
        })
        .collect()
}

/// A label that is not made by joining a contact to a company: that is the unlabelled association, and the primary one
/// where it is the first.
fn label_of(types: &Value) -> Option<String> {
    let mut types = types.as_array().into_iter().flatten();
    let other = types.find(|kind| {
        kind["category"] != "HUBSPOT_DEFINED"
            || !matches!(kind["typeId"].as_u64(), Some(PRIMARY | UNLABELLED))
    })?;
    let label = text_of(&other["label"]);
    Some(match label.is_empty() {
        true => text_of(&other["typeId"]),
        false => label,
    })
}

fn carries(label: &str) -> Failure {
    let message = format!("somebody gave the association the label {label:?} since");
    Failure::new(Category::Unexpected, message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use wiremock::matchers::path;
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::super::campaigns::tests::vendor;
    use super::*;

    fn told(errors: &Value) -> Vec<RemoveEnd> {
        let answer: BatchAnswer = serde_json::from_value(json!({"errors": errors})).unwrap();
        let things = [["51", "91"], ["51", "92"], ["53", "91"]];
        let ends = ends(&things, &answer, 207).into_iter();
        ends.map(|(end, _)| end).collect()
    }

    #[test]
    fn what_a_mixed_answer_names_is_not_done() {
        let done = RemoveEnd::Done;
        assert_eq!(told(&json!([])), [done.clone(), done.clone(), done.clone()]);
        let refused = json!({"category": "VALIDATION_ERROR", "message": "no",
            "context": {"fromObjectId": ["51"], "toObjectId": ["92"]}});
        let ends = told(&json!([refused]));
        assert_eq!((&ends[0], &ends[2]), (&done, &done));
        assert!(matches!(ends[1], RemoveEnd::Refused(_)));
        let gone = json!({"category": "OBJECT_NOT_FOUND", "message": "no",
            "context": {"fromObjectId": ["51"]}});
        assert_eq!(
            told(&json!([gone])),
            [RemoveEnd::Gone, RemoveEnd::Gone, done]
        );
    }

    #[test]
    fn an_error_of_nobody_leaves_everything_open() {
        let error = json!({"category": "VALIDATION_ERROR", "message": "something went wrong"});
        assert_eq!(told(&json!([error])), [const { RemoveEnd::Silent }; 3]);
    }

    #[tokio::test]
    async fn a_pair_with_a_label_of_somebody_elses_is_not_taken_apart() {
        let server = MockServer::start().await;
        let kind = |category: &str, id: u64, label: &str| json!({"category": category, "typeId": id, "label": label});
        let to = |id: &str, types: Value| json!([{"toObjectId": id, "associationTypes": types}]);
        let plain = json!([kind("HUBSPOT_DEFINED", 279, "")]);
        let labelled = json!([
            kind("HUBSPOT_DEFINED", 279, ""),
            kind("USER_DEFINED", 5, "Buyer")
        ]);
        let read = json!({"results": [
            {"from": {"id": "51"}, "to": to("91", plain)},
            {"from": {"id": "52"}, "to": to("91", labelled)}]});
        Mock::given(path(
            "/crm/associations/2026-03/contacts/companies/batch/read",
        ))
        .respond_with(ResponseTemplate::new(200).set_body_json(read))
        .mount(&server)
        .await;
        Mock::given(path(
            "/crm/associations/2026-03/contacts/companies/batch/archive",
        ))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
        let pairs = [("52", "91"), ("51", "91")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let answer = vendor(&server).unlink(&pairs).await.unwrap();
        let ends: Vec<&RemoveEnd> = answer.ends.iter().map(|(end, _)| end).collect();
        assert!(
            matches!(ends[0], RemoveEnd::Refused(failure) if failure.message.contains("Buyer"))
        );
        assert_eq!(ends[1], &RemoveEnd::Done);
        let sent = server.received_requests().await.unwrap();
        let body: Value = sent[1].body_json().unwrap();
        assert_eq!(
            body["inputs"],
            json!([{"from": {"id": "51"}, "to": [{"id": "91"}]}])
        );
    }

    #[test]
    fn joining_makes_the_unlabelled_and_the_primary_association() {
        let kind = |category: &str, id: u64, label: Value| json!({"category": category, "typeId": id, "label": label});
        let ours = [
            kind("HUBSPOT_DEFINED", 1, json!("Primary")),
            kind("HUBSPOT_DEFINED", 279, Value::Null),
        ];
        assert_eq!(label_of(&json!(ours)), None);
        let theirs = kind("USER_DEFINED", 1, json!("Decision maker"));
        let all = json!([ours[0], theirs]);
        assert_eq!(label_of(&all).as_deref(), Some("Decision maker"));
    }
}
