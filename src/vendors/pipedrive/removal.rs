//! Taking back: `DELETE /api/v2/persons/{id}` and `…/organizations/{id}`, one record a request (OpenAPI description, "Delete a
//! person"); deleted records can be restored for 30 days.

use std::collections::HashMap;

use reqwest::Method;

use super::api::{is_id, text_of, v2};
use super::client::{PAGE, Pipedrive};
use super::limits::{charged, cost};
use super::{ORGANIZATION, PERSON, collection, errors};
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, RemoteId, Removable, RemoveAnswer, RemoveEnd, Undoing,
    Work,
};

/// How many persons an organization has.
const PEOPLE: &str = "people_count";
/// Stands for persons of an organization whom the user may not see.
const HIDDEN: &str = "persons who are not shown";

/// What `include_fields` brings of records (OpenAPI description, "Get all persons" and "Get all organizations"), as far as it
/// tells something here.
pub(super) const EXTRAS: &[&str] = &[
    "open_deals_count",
    "closed_deals_count",
    "activities_count",
    "notes_count",
    "files_count",
    "email_messages_count",
    PEOPLE,
];

/// What comes of deals, activities, notes, files and mails. Followers are left out: whoever makes a record may follow it.
const WORK: &[Work] = &[
    Work::Others("open_deals_count"),
    Work::Others("closed_deals_count"),
    Work::Others("activities_count"),
    Work::Others("notes_count"),
    Work::Others("files_count"),
    Work::Others("email_messages_count"),
];

const fn removable(object: &'static str) -> Removable {
    Removable {
        object,
        rows: 1,
        work: WORK,
    }
}

/// What Pipedrive takes back.
pub(super) static UNDOING: Undoing = Undoing {
    objects: &[removable(PERSON), removable(ORGANIZATION)],
    ..Undoing::NOTHING
};

impl Pipedrive {
    pub(super) async fn remove_records(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        let [id] = ids else {
            return Err(CallError::unsupported("requests of several records"));
        };
        if !is_id(id) {
            return Ok(RemoveAnswer::one(RemoveEnd::Gone, CallTrace::default()));
        }
        let path = v2(&format!("{}/{id}", collection(object)));
        let request = charged(ApiRequest::repeatable(Method::DELETE, path), cost::DELETE);
        match self.send(&request).await {
            Ok((_, call)) => Ok(RemoveAnswer::one(RemoveEnd::Done, call)),
            Err(CallError {
                kind: CallErrorKind::Refused { .. } | CallErrorKind::NotAllowed(_),
                call: Some(call),
            }) if !matches!(call.status, 402 | 403) => {
                let end = match call.status {
                    404 | 410 => RemoveEnd::Gone,
                    status => RemoveEnd::Refused(errors::failure_of(status, &call.body, |name| {
                        self.takes_options(name)
                    })),
                };
                Ok(RemoveAnswer::one(end, *call))
            }
            Err(error) => Err(error),
        }
    }

    /// The persons of organizations. How many there are is told for a hundred at a time; only where they are more than those
    /// in `going` are they listed.
    pub(super) async fn persons_of(
        &self,
        organizations: &[RemoteId],
        going: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let ids: Vec<RemoteId> = organizations.to_vec();
        let (counted, _) = self.read(ORGANIZATION, &ids, &[PEOPLE.to_owned()]).await?;
        let mut ours: HashMap<RemoteId, Vec<RemoteId>> = HashMap::new();
        for (person, of) in going.iter().zip(self.organizations_of(going).await?) {
            for organization in of {
                ours.entry(organization).or_default().push(person.clone());
            }
        }
        let mut persons = Vec::with_capacity(organizations.len());
        for id in organizations {
            let mut under = ours.remove(id).unwrap_or_default();
            let people = counted
                .get(id)
                .and_then(|record| record.values.get(PEOPLE)?.as_u64());
            let known = u64::try_from(under.len()).unwrap_or(u64::MAX);
            if is_id(id) && people.is_none_or(|people| people > known) {
                under.extend(self.stranger_in(id, going, people.is_some()).await?);
            }
            persons.push(under);
        }
        Ok(persons)
    }

    /// A person of an organization who is not in `going`. Where all that are shown are, but the organization counts more
    /// (`counts`), there are some that the user may not see.
    async fn stranger_in(
        &self,
        organization: &RemoteId,
        going: &[RemoteId],
        counts: bool,
    ) -> Result<Option<RemoteId>, CallError> {
        let mut cursor: Option<String> = None;
        loop {
            let mut request = ApiRequest::read(Method::GET, v2(collection(PERSON)))
                .query("org_id", organization.as_str())
                .query("limit", PAGE.to_string());
            if let Some(cursor) = &cursor {
                request = request.query("cursor", cursor);
            }
            let (found, next, _) = self.page(&charged(request, cost::LIST)).await?;
            let mut persons = found.iter().map(|person| text_of(&person["id"]));
            if let Some(stranger) = persons.find(|person| !going.contains(person)) {
                return Ok(Some(stranger));
            }
            if next.is_none() || next == cursor {
                return Ok(counts.then(|| HIDDEN.to_owned()));
            }
            cursor = next;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::{Value, json};
    use wiremock::matchers::{path, query_param, query_param_is_missing};
    use wiremock::{Mock, MockServer};

    use super::*;
    use crate::vendors::pipedrive::tests::{answers, asked, calls, page, vendor};
    use crate::vendors::{Find, KeyKind, Vendor as _};

    fn ids(ids: &[u32]) -> Vec<RemoteId> {
        ids.iter().map(ToString::to_string).collect()
    }

    fn organization(id: u32, people: u32) -> Value {
        json!({"id": id, "name": "Acme", "people_count": people})
    }

    fn person(id: u32, organization: u32) -> Value {
        json!({"id": id, "name": "Ann", "org_id": organization})
    }

    #[tokio::test]
    async fn organizations_with_nobody_but_ours_take_no_request_of_their_own() {
        let server = MockServer::start().await;
        let organizations = json!([organization(1, 1), organization(2, 0)]);
        answers(&server, "/api/v2/organizations", organizations).await;
        answers(&server, "/api/v2/persons", json!([person(71, 1)])).await;
        let under = vendor(&server)
            .persons_under(&ids(&[1, 2]), &ids(&[71]))
            .await
            .unwrap();
        assert_eq!(under, [ids(&[71]), ids(&[])]);
        let sent = calls(&server).await;
        assert_eq!(sent.len(), 2);
        assert_eq!(
            asked(&sent[0], "include_fields").as_deref(),
            Some("people_count")
        );
    }

    #[tokio::test]
    async fn somebody_elses_person_is_found_on_the_last_page() {
        let server = MockServer::start().await;
        answers(
            &server,
            "/api/v2/organizations",
            json!([organization(1, 3)]),
        )
        .await;
        let of_one = || Mock::given(path("/api/v2/persons")).and(query_param("org_id", "1"));
        of_one()
            .and(query_param_is_missing("cursor"))
            .respond_with(page(&json!([person(71, 1), person(72, 1)]), Some("next")))
            .mount(&server)
            .await;
        of_one()
            .and(query_param("cursor", "next"))
            .respond_with(page(&json!([person(99, 1)]), None))
            .mount(&server)
            .await;
        let ours = json!([person(71, 1), person(72, 1)]);
        answers(&server, "/api/v2/persons", ours).await;
        let under = vendor(&server)
            .persons_under(&ids(&[1]), &ids(&[71, 72]))
            .await
            .unwrap();
        assert_eq!(under, [ids(&[71, 72, 99])]);
    }

    #[tokio::test]
    async fn persons_who_are_counted_but_not_shown_are_somebodys() {
        let server = MockServer::start().await;
        answers(
            &server,
            "/api/v2/organizations",
            json!([organization(1, 2)]),
        )
        .await;
        answers(&server, "/api/v2/persons", json!([person(71, 1)])).await;
        let under = vendor(&server)
            .persons_under(&ids(&[1]), &ids(&[71]))
            .await
            .unwrap();
        assert_eq!(under, [vec!["71".to_owned(), HIDDEN.to_owned()]]);
    }

    #[tokio::test]
    async fn work_with_a_record_is_asked_for_in_the_same_request() {
        let server = MockServer::start().await;
        let record = json!({"id": 71, "name": "Ann", "open_deals_count": 1, "notes_count": 0});
        answers(&server, "/api/v2/persons", json!([record])).await;
        let removable = UNDOING.object(PERSON).unwrap();
        let mut fields: Vec<String> = removable.work_fields().map(str::to_owned).collect();
        fields.push("name".to_owned());
        let find = Find {
            object: PERSON,
            by: KeyKind::Id,
            keys: ids(&[71]),
            fields,
            created_after: None,
        };
        let found = vendor(&server).find(&find).await.unwrap().found.remove(0);
        assert!(removable.is_worked_on(&found.records[0], crate::vendors::OurWork::default()));
        let sent = calls(&server).await;
        assert_eq!(
            asked(&sent[0], "include_fields").as_deref(),
            Some(
                "open_deals_count,closed_deals_count,activities_count,notes_count,files_count,email_messages_count"
            )
        );
        assert_eq!(sent.len(), 1);
    }
}
