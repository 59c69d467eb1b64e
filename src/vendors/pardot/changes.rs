//! What changed, page by page, for the engine's copy.
//!
//! A token's pages end at 100,000 records, without a word that there are more ("Version 5 overview"). So the records are
//! counted in the name of the page, and the sweep goes on from the last change it saw.

use jiff::Timestamp;
use serde_json::Value;

use super::api::{Page, UPDATED_AT, address, is_deleted, moment, record, time};
use super::client::{Pardot, read, reading, shape};
use super::{errors, find};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, ChangedRecord, ChangesPage, ChangesQuery, KeyKind,
};

/// Records on a page, the most there may be.
pub(super) const PAGE: u32 = 1_000;
/// Records to which a token leads.
const REACH: u32 = 100_000;

/// A place in a sweep, as the page's name holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// Where the question begins.
    since: Option<Timestamp>,
    /// Records before this page.
    seen: u32,
    /// The vendor's name of the page; none: the first.
    token: Option<String>,
}

impl Place {
    /// `COUNT|SINCE|TOKEN`; the token last, since only the vendor knows what it holds.
    fn name(&self) -> String {
        let since = self.since.map(|time| time.to_string()).unwrap_or_default();
        let token = self.token.as_deref().unwrap_or_default();
        format!("{}|{since}|{token}", self.seen)
    }

    fn named(name: &str) -> Option<Self> {
        let mut parts = name.splitn(3, '|');
        let seen = parts.next()?.parse().ok()?;
        let since = match parts.next()? {
            "" => None,
            time => Some(time.parse().ok()?),
        };
        let token = Some(parts.next()?.to_owned()).filter(|token| !token.is_empty());
        Some(Self { since, seen, token })
    }
}

impl Pardot {
    /// One page of changes, the oldest first.
    pub(super) async fn changed_prospects(
        &self,
        query: &ChangesQuery,
    ) -> Result<ChangesPage, CallError> {
        let place = match &query.page {
            None => Place {
                since: query.since,
                seen: 0,
                token: None,
            },
            Some(name) => Place::named(name).ok_or_else(|| {
                let message = format!("no page of prospects is named {name:?}");
                CallError::new(CallErrorKind::NotAllowed(Failure::new(
                    Category::Unexpected,
                    message,
                )))
            })?,
        };
        let mut names = self.columns(&query.fields).await?;
        if !names.iter().any(|name| name == UPDATED_AT) {
            names.push(UPDATED_AT.to_owned());
        }
        // What was deleted before the first sweep was never in the copy.
        let with_bin = place.since.is_some();
        let (value, call) = match self.ask(&question(&place, with_bin), &names).await {
            Err(error) if with_bin && is_about_deleted(&error) => {
                self.ask_no_bin();
                self.ask(&question(&place, false), &names).await?
            }
            answer => answer?,
        };
        let page: Page = read(value, &call)?;
        taken_apart(&place, page, &call)
    }
}

/// The request of a page. A token is sent with the fields alone.
fn question(place: &Place, with_bin: bool) -> ApiRequest {
    let request = reading("objects/prospects");
    if let Some(token) = &place.token {
        return request.query("nextPageToken", token);
    }
    let request = request
        .query("orderBy", UPDATED_AT)
        .query("limit", PAGE.to_string());
    let request = match place.since {
        Some(since) => request.query("updatedAtAfterOrEqualTo", moment(since)),
        None => request,
    };
    if with_bin {
        request.query("deleted", "all")
    } else {
        request
    }
}

fn is_about_deleted(error: &CallError) -> bool {
    matches!(error.kind, CallErrorKind::Refused { .. })
        && !find::is_about_bin(error)
        && errors::told(error).is_some_and(|problem| problem.message.contains("deleted"))
}

fn taken_apart(place: &Place, page: Page, call: &CallTrace) -> Result<ChangesPage, CallError> {
    let mut answer = ChangesPage::default();
    let mut last: Option<Timestamp> = None;
    let count = u32::try_from(page.values.len()).unwrap_or(u32::MAX);
    for value in &page.values {
        let (record, changed) = record(value)
            .zip(time(&value[UPDATED_AT]))
            .ok_or_else(|| shape("a prospect without id or time of change", call.clone()))?;
        last = last.max(Some(changed));
        if is_deleted(value) {
            answer.removed.push(record.id);
            continue;
        }
        answer.records.push(ChangedRecord {
            keys: keys(value),
            record,
            changed,
        });
    }
    let seen = place.seen.saturating_add(count);
    answer.next = match page.next_page_token.filter(|token| !token.is_empty()) {
        _ if seen >= REACH => Some(beyond(place, last)?.name()),
        None => None,
        Some(token) => {
            let next = Place {
                since: place.since,
                seen,
                token: Some(token),
            };
            Some(next.name())
        }
    };
    Ok(answer)
}

fn keys(value: &Value) -> Vec<(KeyKind, String)> {
    address(value)
        .map(|address| (KeyKind::Email, address))
        .into_iter()
        .collect()
}

/// Where the sweep goes on once the token's pages have ended.
fn beyond(place: &Place, last: Option<Timestamp>) -> Result<Place, CallError> {
    let since = last.filter(|last| Some(*last) != place.since);
    let Some(since) = since else {
        return Err(CallError::new(CallErrorKind::NotAllowed(Failure::new(
            Category::Unexpected,
            "more than 100,000 prospects changed within one second: they cannot be told apart by their time of change",
        ))));
    };
    Ok(Place {
        since: Some(since),
        seen: 0,
        token: None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;
    use wiremock::matchers::{path, query_param, query_param_is_missing};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::super::PROSPECT;
    use super::super::tests::{asked, calls, unit, vendor};
    use super::*;
    use crate::vendors::Vendor;

    const SINCE: &str = "2026-11-22T11:00:00Z";

    fn query(since: Option<&str>, page: Option<&str>) -> ChangesQuery {
        ChangesQuery {
            object: PROSPECT,
            fields: vec!["firstName".to_owned()],
            since: since.map(|since| since.parse().unwrap()),
            page: page.map(str::to_owned),
        }
    }

    async fn answers(server: &MockServer, token: Option<&str>, body: Value) {
        let mock = Mock::given(path("/api/v5/objects/prospects"));
        let mock = match token {
            Some(token) => mock
                .and(query_param("nextPageToken", token))
                // Beside it only the fields may stand.
                .and(query_param_is_missing("orderBy"))
                .and(query_param_is_missing("deleted")),
            None => mock.and(query_param_is_missing("nextPageToken")),
        };
        mock.respond_with(ResponseTemplate::new(200).set_body_json(body))
            .mount(server)
            .await;
    }

    fn prospect(id: u32, email: &str, minute: u32) -> Value {
        json!({"id": id, "email": email, "firstName": "Ada", "createdAt": "2026-11-01T08:00:00+00:00",
            "updatedAt": format!("2026-11-22T11:{minute:02}:00+00:00")})
    }

    #[tokio::test]
    async fn changes_come_page_by_page_with_what_went_into_the_bin() {
        let server = unit().await;
        let mut deleted = prospect(8, "eve@b.co", 2);
        deleted["isDeleted"] = json!(true);
        let first =
            json!({"nextPageToken": "a|b", "values": [prospect(7, "Ada@B.co", 1), deleted]});
        answers(&server, None, first).await;
        let second = json!({"nextPageToken": null, "values": [prospect(9, "", 3)]});
        answers(&server, Some("a|b"), second).await;
        let vendor = vendor(&server);
        let page = vendor.changes(&query(Some(SINCE), None)).await.unwrap();
        assert_eq!(page.removed, ["8"]);
        let changed = &page.records[0];
        assert_eq!(changed.record.id, "7");
        assert_eq!(changed.keys, [(KeyKind::Email, "ada@b.co".to_owned())]);
        assert_eq!(changed.changed.to_string(), "2026-11-22T11:01:00Z");
        let next = page.next.unwrap();
        let page = vendor
            .changes(&query(Some(SINCE), Some(&next)))
            .await
            .unwrap();
        assert_eq!((page.records.len(), page.next), (1, None));
        assert!(
            page.records[0].keys.is_empty(),
            "nobody is found without an address"
        );
        let calls = calls(&server).await;
        for (name, value) in [
            ("orderBy", "updatedAt"),
            ("updatedAtAfterOrEqualTo", "2026-11-22T11:00:00+00:00"),
            ("deleted", "all"),
            ("limit", "1000"),
            ("fields", "id,email,createdAt,firstName,updatedAt,isDeleted"),
        ] {
            assert_eq!(asked(&calls[0], name).as_deref(), Some(value), "{name}");
        }
        assert!(asked(&calls[1], "fields").is_some());
    }

    #[tokio::test]
    async fn the_first_sweep_asks_for_everything_that_is_there() {
        let server = unit().await;
        answers(&server, None, json!({"values": []})).await;
        let vendor = vendor(&server);
        let page = vendor.changes(&query(None, None)).await.unwrap();
        assert!(page.records.is_empty() && page.next.is_none());
        let calls = calls(&server).await;
        assert_eq!(asked(&calls[0], "deleted"), None);
        assert_eq!(asked(&calls[0], "updatedAtAfterOrEqualTo"), None);
    }

    #[tokio::test]
    async fn without_a_bin_to_ask_for_the_living_are_told() {
        let server = unit().await;
        Mock::given(query_param("deleted", "all"))
            .respond_with(
                ResponseTemplate::new(400)
                    .set_body_json(json!({"code": 50, "message": "Invalid parameter: deleted."})),
            )
            .with_priority(1)
            .mount(&server)
            .await;
        answers(
            &server,
            None,
            json!({"values": [prospect(7, "ada@b.co", 1)]}),
        )
        .await;
        let vendor = vendor(&server);
        let page = vendor.changes(&query(Some(SINCE), None)).await.unwrap();
        assert_eq!(page.records.len(), 1);
    }

    #[tokio::test]
    async fn a_prospect_that_cannot_be_placed_in_time_is_no_page() {
        let server = unit().await;
        answers(&server, None, json!({"values": [{"id": 7}]})).await;
        let vendor = vendor(&server);
        let error = vendor.changes(&query(None, None)).await.unwrap_err();
        assert!(matches!(error.kind, CallErrorKind::OutcomeUnknown { .. }));
        assert!(vendor.changes(&query(None, Some("odd"))).await.is_err());
    }

    #[test]
    fn behind_the_tokens_reach_the_sweep_goes_on_from_the_last_change() {
        let place = |since: Option<&str>, seen, token: Option<&str>| Place {
            since: since.map(|since| since.parse().unwrap()),
            seen,
            token: token.map(str::to_owned),
        };
        let page = |minute| Page {
            values: vec![prospect(7, "ada@b.co", minute)],
            next_page_token: Some("more".into()),
        };
        let next = |place: &Place, page| taken_apart(place, page, &CallTrace::default());
        let within = next(&place(None, REACH - 2, Some("t")), page(5))
            .unwrap()
            .next;
        assert_eq!(
            Place::named(&within.unwrap()),
            Some(place(None, REACH - 1, Some("more")))
        );
        let behind = next(&place(Some(SINCE), REACH - 1, Some("t")), page(5))
            .unwrap()
            .next;
        let expected = place(Some("2026-11-22T11:05:00Z"), 0, None);
        assert_eq!(Place::named(&behind.unwrap()), Some(expected));
        // It would begin where it began.
        assert!(next(&place(Some(SINCE), REACH - 1, None), page(0)).is_err());
    }
}
