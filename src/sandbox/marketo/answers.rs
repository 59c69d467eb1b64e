//! The envelope of answers that succeeded, and pages.

use serde_json::{Value, json};

use super::errors::ApiError;
use super::instance::Instance;
use super::parameters::{BATCH, Parameters};
use crate::sandbox::wire::Reply;

/// Rows of a read.
pub(super) fn found(instance: &Instance, rows: &[Value]) -> Reply {
    let body = json!({
        "requestId": instance.request_id,
        "success": true,
        "result": rows,
    });
    Reply::json(200, body).whole()
}

/// What a call had to say about each of its rows: in the order of the request, which is all a client can match
/// them by.
pub(super) fn written(instance: &Instance, rows: &[Value], written: usize) -> Reply {
    let body = json!({
        "requestId": instance.request_id,
        "result": rows,
        "success": true,
    });
    Reply::json(200, body).wrote(written).ordered()
}

/// The asset API has a shape of its own. Nothing found is a success with a warning and without `result`.
pub(super) fn assets(instance: &Instance, rows: &[Value]) -> Reply {
    let mut body = json!({
        "success": true,
        "errors": [],
        "requestId": instance.request_id,
        "warnings": [],
    });
    if rows.is_empty() {
        body["warnings"] = json!(["No assets found for the given search criteria."]);
    } else {
        body["result"] = json!(rows);
    }
    Reply::json(200, body).whole()
}

/// `batchSize` and `nextPageToken` of the lead database.
pub(super) struct Page {
    size: usize,
    offset: usize,
}

impl Page {
    pub(super) fn of(instance: &Instance, given: &Parameters) -> Result<Self, Box<ApiError>> {
        let size = given.size("batchSize", BATCH, BATCH)?;
        let most = instance.options.page_size.unwrap_or(BATCH).max(1);
        let offset = match given.text("nextPageToken") {
            Some(token) => read_token(&token).ok_or_else(|| {
                ApiError::invalid_data(format!("Invalid nextPageToken '{token}'"))
            })?,
            None => 0,
        };
        Ok(Self {
            size: size.min(most),
            offset,
        })
    }

    /// The rows of this page; `show` is called for those only.
    pub(super) fn answer<T>(
        &self,
        instance: &Instance,
        all: &[T],
        show: impl Fn(usize, &T) -> Value,
    ) -> Reply {
        let end = all.len().min(self.offset + self.size);
        let start = self.offset.min(end);
        let rows = (start..).zip(&all[start..end]);
        let rows: Vec<Value> = rows
            .map(|(place, item)| show(place - start, item))
            .collect();
        let mut body = json!({
            "requestId": instance.request_id,
            "result": rows,
            "success": true,
            "moreResult": end < all.len(),
        });
        if end < all.len() {
            body["nextPageToken"] = json!(token(end));
        }
        Reply::json(200, body).whole()
    }
}

/// Opaque, and in need of URL encoding, as the real ones are.
fn token(offset: usize) -> String {
    format!("PS5VL5WD4UOW{offset:08}+A====")
}

fn read_token(token: &str) -> Option<usize> {
    let digits = token.strip_prefix("PS5VL5WD4UOW")?;
    digits.strip_suffix("+A====")?.parse().ok()
}

/// `offset` and `maxReturn` of the asset API.
pub(super) fn slice_assets<'a>(
    given: &Parameters,
    all: &'a [Value],
) -> Result<&'a [Value], Box<ApiError>> {
    let most = given.size("maxReturn", 20, 200)?;
    let start = given.offset()?.min(all.len());
    Ok(&all[start..all.len().min(start + most)])
}
