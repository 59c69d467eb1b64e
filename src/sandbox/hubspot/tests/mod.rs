//! HubSpot's rules as a client meets them over HTTP.

mod access;
mod associations;
mod batches;
mod events;
mod properties;
mod records;
mod search;

use serde_json::Value;

use crate::sandbox::test_client::{TestSandbox, options, traced};

/// The JSON array inside `Property values were not valid: […]`.
fn embedded(message: &Value) -> Value {
    let text = message.as_str().unwrap();
    serde_json::from_str(
        text.strip_prefix("Property values were not valid: ")
            .unwrap(),
    )
    .unwrap()
}
