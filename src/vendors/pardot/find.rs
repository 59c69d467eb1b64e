//! Finding prospects: by address with one request each, by id through ranges of ids, since no list of either is documented.
//!
//! The engine answers most questions from its copy ([`super::changes`]); it asks here for ids the copy lacks.

use std::collections::{BTreeSet, HashMap};

use futures_util::future::try_join_all;
use serde_json::Value;

use super::api::{CREATED_AT, IS_DELETED, Page, address, is_deleted, is_id, oldest_first, record};
use super::client::{Pardot, read, reading};
use super::removal::LAST_ACTIVITY;
use super::{EMAIL, errors};
use crate::domain::email;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Find, FindAnswer, Found, KeyKind, RemoteRecord,
};

/// Up to so many prospects are asked for one by one, as many at a time.
const FEW: usize = 5;
/// Rows of a page: as many as come unasked, and the most there are ("Version 5 overview").
const SMALL_PAGE: usize = 200;
const PAGE: usize = 1_000;

impl Pardot {
    /// Answers a question, all keys at a time.
    pub(super) async fn find_prospects(&self, find: &Find) -> Result<FindAnswer, CallError> {
        let names = self.columns(&find.fields).await?;
        let mut ranged = match find.by {
            KeyKind::Id if find.keys.len() > FEW => self.by_ranges(&find.keys, &names).await?,
            _ => HashMap::new(),
        };
        let alone: Vec<&String> = find
            .keys
            .iter()
            .filter(|key| !ranged.contains_key(*key))
            .collect();
        let mut call = CallTrace::default();
        for some in alone.chunks(FEW) {
            let asked = some.iter().map(|key| self.prospects(find, key, &names));
            for (key, (records, last)) in some.iter().zip(try_join_all(asked).await?) {
                call = last.unwrap_or(call);
                ranged.insert((*key).clone(), records);
            }
        }
        let mut found = Vec::with_capacity(find.keys.len());
        for key in &find.keys {
            let mut records = ranged.get(key).cloned().unwrap_or_default();
            records.retain(|record| match (find.created_after, record.created) {
                (Some(after), Some(created)) => created >= after,
                _ => true,
            });
            found.push(Found {
                key: key.clone(),
                records: oldest_first(records),
            });
        }
        Ok(FindAnswer { found, call })
    }

    /// Prospects by ranges of ids, each request from the lowest id that is still open: what one run made lies close together.
    /// Those that are not told are asked for one by one, so that nobody counts as gone whom a range left out.
    async fn by_ranges(
        &self,
        keys: &[String],
        names: &[String],
    ) -> Result<HashMap<String, Vec<RemoteRecord>>, CallError> {
        let mut open: BTreeSet<u64> = keys.iter().filter_map(|key| key.parse().ok()).collect();
        let mut found = HashMap::new();
        while let (Some(first), Some(last)) = (open.first().copied(), open.last().copied()) {
            let limit = (open.len() * 2).clamp(SMALL_PAGE, PAGE);
            let request = reading("objects/prospects")
                .query("idGreaterThanOrEqualTo", first.to_string())
                .query("idLessThanOrEqualTo", last.to_string())
                .query("orderBy", "id")
                .query("limit", limit.to_string());
            let (value, call) = self.ask(&request, names).await?;
            let page: Page = read(value, &call)?;
            let ids = page.values.iter().filter_map(|value| value["id"].as_u64());
            let reached = match page.values.len() < limit {
                true => last,
                false => ids.max().unwrap_or(last),
            };
            if reached < first {
                break;
            }
            for value in &page.values {
                let Some(id) = value["id"].as_u64().filter(|id| open.contains(id)) else {
                    continue;
                };
                found.insert(id.to_string(), living(value));
            }
            open = open.split_off(&(reached.saturating_add(1)));
        }
        Ok(found)
    }

    /// The fields to ask for. One that is gone would refuse the whole question; the write names it instead.
    pub(super) async fn columns(&self, wanted: &[String]) -> Result<Vec<String>, CallError> {
        let schema = self.described().await?;
        let mut names: Vec<String> = ["id", EMAIL, CREATED_AT].map(str::to_owned).into();
        for field in wanted.iter().filter_map(|name| schema.field(name)) {
            if !names.contains(&field.name) && field.name != IS_DELETED {
                names.push(field.name.clone());
            }
        }
        // No field for a mapping, but told of every prospect.
        let is_wanted = wanted.iter().any(|name| name == LAST_ACTIVITY);
        names.extend(is_wanted.then(|| LAST_ACTIVITY.to_owned()));
        Ok(names)
    }

    async fn prospects(
        &self,
        find: &Find,
        key: &str,
        names: &[String],
    ) -> Result<(Vec<RemoteRecord>, Option<CallTrace>), CallError> {
        match find.by {
            KeyKind::Id if is_id(key) => {
                let request = reading(&format!("objects/prospects/{key}"));
                match self.ask(&request, names).await {
                    Ok((value, call)) => Ok((living(&value), Some(call))),
                    Err(error) => match errors::told(&error) {
                        Some(problem) if problem.is_gone() => {
                            Ok((Vec::new(), error.call.map(|call| *call)))
                        }
                        _ => Err(error),
                    },
                }
            }
            KeyKind::Email => match email::key(key) {
                Some(wanted) => self.by_address(&wanted, names).await,
                None => Ok((Vec::new(), None)),
            },
            // Nothing else is a key here, and no id of another form is a prospect's.
            _ => Ok((Vec::new(), None)),
        }
    }

    async fn by_address(
        &self,
        wanted: &str,
        names: &[String],
    ) -> Result<(Vec<RemoteRecord>, Option<CallTrace>), CallError> {
        let mut request = reading("objects/prospects")
            .query(EMAIL, wanted)
            .query("limit", "1000");
        let mut records = Vec::new();
        loop {
            let (value, call) = self.ask(&request, names).await?;
            let page: Page = read(value, &call)?;
            records.extend(
                page.values
                    .iter()
                    .filter(|value| address(value).as_deref() == Some(wanted))
                    .flat_map(living),
            );
            match page.next_page_token.filter(|token| !token.is_empty()) {
                Some(token) => {
                    request = reading("objects/prospects").query("nextPageToken", token);
                }
                None => return Ok((records, Some(call))),
            }
        }
    }

    /// Asks with fields, and for the recycle bin as long as prospects tell of it.
    pub(super) async fn ask(
        &self,
        request: &ApiRequest,
        names: &[String],
    ) -> Result<(Value, CallTrace), CallError> {
        if self.tells_bin() {
            let all = format!("{},{IS_DELETED}", names.join(","));
            match self.send(&request.clone().query("fields", all)).await {
                Err(error) if is_about_bin(&error) => self.ask_no_bin(),
                answer => return answer,
            }
        }
        self.send(&request.clone().query("fields", names.join(",")))
            .await
    }
}

/// Whether a question was refused because prospects do not tell of the recycle bin.
pub(super) fn is_about_bin(error: &CallError) -> bool {
    matches!(error.kind, CallErrorKind::Refused { .. })
        && errors::told(error).is_some_and(|problem| problem.message.contains(IS_DELETED))
}

fn living(value: &Value) -> Vec<RemoteRecord> {
    let there = !is_deleted(value);
    record(value).filter(|_| there).into_iter().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;
    use wiremock::matchers::{method, path, query_param};
    use wiremock::{Mock, ResponseTemplate};

    use super::super::PROSPECT;
    use super::super::tests::{asked, calls, unit, vendor};
    use super::*;
    use crate::vendors::Vendor;

    fn find(by: KeyKind, keys: &[&str]) -> Find {
        Find {
            object: PROSPECT,
            by,
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            fields: ["firstName", "Visit__c", "Gone__c"]
                .map(str::to_owned)
                .into(),
            created_after: None,
        }
    }

    async fn ids(vendor: &Pardot, find: &Find) -> Vec<(String, Vec<String>)> {
        let answer = vendor.find(find).await.unwrap();
        answer
            .found
            .into_iter()
            .map(|found| {
                let ids = found.records.into_iter().map(|record| record.id);
                (found.key, ids.collect())
            })
            .collect()
    }

    #[tokio::test]
    async fn every_id_is_asked_for_and_what_is_not_there_is_absent() {
        let server = unit().await;
        for (id, status, body) in [
            (
                "7",
                200,
                json!({"id": 7, "email": "ada@b.co", "isDeleted": false}),
            ),
            ("8", 404, json!({"code": 109, "message": "not found"})),
            (
                "9",
                400,
                json!({"code": 3, "message": "Invalid prospect ID"}),
            ),
            (
                "10",
                200,
                json!({"id": 10, "email": "old@b.co", "isDeleted": true}),
            ),
        ] {
            Mock::given(method("GET"))
                .and(path(format!("/api/v5/objects/prospects/{id}")))
                .respond_with(ResponseTemplate::new(status).set_body_json(body))
                .mount(&server)
                .await;
        }
        let vendor = vendor(&server);
        let found = ids(&vendor, &find(KeyKind::Id, &["7", "8", "9", "10", "00Q1"])).await;
        let there: Vec<usize> = found.iter().map(|(_, ids)| ids.len()).collect();
        assert_eq!(there, [1, 0, 0, 0, 0]);
        let calls = calls(&server).await;
        assert_eq!(calls.len(), 4, "the last is no prospect's id");
        assert_eq!(
            asked(&calls[0], "fields").unwrap(),
            "id,email,createdAt,firstName,Visit__c,isDeleted"
        );
        assert_eq!(
            calls[0].headers["pardot-business-unit-id"],
            "0UvB00000004CAjKAM"
        );
        assert_eq!(calls[0].headers["x-return-api-usage"], "1");
    }

    #[tokio::test]
    async fn addresses_are_asked_in_lower_case_and_the_oldest_comes_first() {
        let server = unit().await;
        Mock::given(path("/api/v5/objects/prospects"))
            .and(query_param("email", "ada@b.co"))
            .respond_with(ResponseTemplate::new(200).set_body_json(
                json!({"nextPageToken": null, "values": [
                {"id": 11, "email": "Ada@b.co", "createdAt": "2026-09-02T08:00:00+00:00"},
                {"id": 12, "email": "ada@b.co", "createdAt": "2026-09-01T08:00:00+00:00"},
                {"id": 13, "email": "adam@b.co", "createdAt": "2026-08-01T08:00:00+00:00"}]}),
            ))
            .mount(&server)
            .await;
        let vendor = vendor(&server);
        let mut question = find(KeyKind::Email, &["Ada@B.co", "nobody"]);
        let found = ids(&vendor, &question).await;
        assert_eq!(found[0].1, ["12", "11"]);
        assert!(found[1].1.is_empty());
        question.created_after = Some("2026-09-01T12:00:00Z".parse().unwrap());
        assert_eq!(ids(&vendor, &question).await[0].1, ["11"]);
    }

    #[tokio::test]
    async fn without_a_recycle_bin_the_question_is_asked_without_it() {
        let server = unit().await;
        let message =
            "Invalid parameter: fields. It contains an invalid or unknown field: isDeleted.";
        Mock::given(path("/api/v5/objects/prospects/7"))
            .and(query_param("fields", "id,email,createdAt,isDeleted"))
            .respond_with(
                ResponseTemplate::new(400).set_body_json(json!({"code": 51, "message": message})),
            )
            .mount(&server)
            .await;
        Mock::given(path("/api/v5/objects/prospects/7"))
            .and(query_param("fields", "id,email,createdAt"))
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": 7})))
            .mount(&server)
            .await;
        let vendor = vendor(&server);
        let mut question = find(KeyKind::Id, &["7"]);
        question.fields.clear();
        for _ in 0..2 {
            assert_eq!(ids(&vendor, &question).await[0].1, ["7"]);
        }
        assert_eq!(calls(&server).await.len(), 3, "learnt once");
    }

    #[tokio::test]
    async fn a_question_that_is_refused_is_never_absent() {
        let server = unit().await;
        Mock::given(path("/api/v5/objects/prospects/7"))
            .respond_with(
                ResponseTemplate::new(403).set_body_json(json!({"code": 46, "message": "no"})),
            )
            .mount(&server)
            .await;
        let vendor = vendor(&server);
        let error = vendor.find(&find(KeyKind::Id, &["7"])).await.unwrap_err();
        assert!(matches!(error.kind, CallErrorKind::NotAllowed(_)));
    }

    #[tokio::test]
    async fn many_ids_are_asked_for_by_ranges_and_what_they_leave_out_by_itself() {
        let server = unit().await;
        let row = |id: u32| json!({"id": id, "email": format!("p{id}@b.co"), "isDeleted": false});
        let page = json!({"values": [row(7), row(8), row(9), row(11), row(12), row(13)], "nextPageToken": null});
        Mock::given(method("GET"))
            .and(path("/api/v5/objects/prospects"))
            .and(query_param("idGreaterThanOrEqualTo", "7"))
            .and(query_param("idLessThanOrEqualTo", "13"))
            .and(query_param("orderBy", "id"))
            .respond_with(ResponseTemplate::new(200).set_body_json(page))
            .mount(&server)
            .await;
        Mock::given(path("/api/v5/objects/prospects/10"))
            .respond_with(
                ResponseTemplate::new(404)
                    .set_body_json(json!({"code": 109, "message": "not found"})),
            )
            .mount(&server)
            .await;
        let keys = ["13", "7", "8", "10", "12", "9"];
        let mut find = find(KeyKind::Id, &keys);
        find.fields.push(LAST_ACTIVITY.to_owned());
        let told = ids(&vendor(&server), &find).await;
        let there = |key: &str| (key.to_owned(), vec![key.to_owned()]);
        let mut expected = keys.map(there);
        expected[3].1.clear();
        assert_eq!(told, expected);
        let asked = calls(&server).await;
        let prospects = asked
            .iter()
            .filter(|call| call.url.path().contains("/prospects"));
        let queries: Vec<&str> = prospects.filter_map(|call| call.url.query()).collect();
        assert_eq!(queries.len(), 2);
        assert!(queries[0].contains(LAST_ACTIVITY), "{queries:?}");
    }
}
