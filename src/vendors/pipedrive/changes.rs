//! What changed, page by page, the oldest change first (OpenAPI description, `updated_since` and `sort_by`).

use jiff::Timestamp;

use super::api::{moment, text_of};
use super::client::{PAGE, Pipedrive};
use super::find::listing;
use super::records::{is_deleted, keys, record, time};
use crate::vendors::{CallError, ChangedRecord, ChangesPage, ChangesQuery};

impl Pipedrive {
    pub(super) async fn changes_of(&self, query: &ChangesQuery) -> Result<ChangesPage, CallError> {
        let mut request = listing(query.object, &query.fields)
            .query("sort_by", "update_time")
            .query("sort_direction", "asc")
            .query("limit", PAGE.to_string());
        if let Some(since) = query.since {
            // Cut down to the second, so the second itself is read again rather than left out.
            request = request.query("updated_since", moment(since));
        }
        if let Some(page) = &query.page {
            request = request.query("cursor", page);
        }
        let (values, next, _) = self.page(&request).await?;
        let mut answer = ChangesPage {
            next,
            ..ChangesPage::default()
        };
        for value in &values {
            if is_deleted(value) {
                answer.removed.push(text_of(&value["id"]));
                continue;
            }
            let Some(record) = record(query.object, value, Some(&query.fields)) else {
                continue;
            };
            let changed = time(&value["update_time"]).or(record.created);
            answer.records.push(ChangedRecord {
                keys: keys(&record),
                // Without a time it moves the sweep nowhere.
                changed: changed.or(query.since).unwrap_or(Timestamp::UNIX_EPOCH),
                record,
            });
        }
        Ok(answer)
    }
}

#[cfg(test)]
#[path = "changes_tests.rs"]
mod tests;
