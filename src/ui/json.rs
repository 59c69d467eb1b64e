//! The documents of `--json`: one a command, `"schema": 1` first, errors included.

use serde::Serialize;

/// The version every document carries. It rises when a key changes its meaning or goes, not when one is added.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Envelope<'a, T: Serialize + ?Sized> {
    schema: u32,
    #[serde(flatten)]
    body: &'a T,
}

/// What an error looks like to a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorDocument {
    /// The error.
    pub error: ErrorBody,
}

/// The parts of an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorBody {
    /// One of the fixed list.
    pub code: &'static str,
    /// What happened and why.
    pub message: String,
    /// What to do, in words.
    pub hint: Option<String>,
    /// What to do, as a command.
    pub fix: Option<String>,
}

/// The document as text, one line or, for people, several. The body must be a struct or a map.
///
/// # Errors
/// If the body cannot be written as a JSON object.
pub fn document<T: Serialize + ?Sized>(body: &T, pretty: bool) -> serde_json::Result<String> {
    let envelope = Envelope {
        schema: SCHEMA,
        body,
    };
    if pretty {
        serde_json::to_string_pretty(&envelope)
    } else {
        serde_json::to_string(&envelope)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_schema_comes_first_and_keys_keep_their_order() {
        #[derive(Serialize)]
        struct Body {
            zebra: u8,
            apple: Option<u8>,
        }
        let body = Body {
            zebra: 1,
            apple: None,
        };
        assert_eq!(
            document(&body, false).unwrap(),
            r#"{"schema":1,"zebra":1,"apple":null}"#
        );
    }

    #[test]
    fn an_error_tells_all_four_parts() {
        let error = ErrorDocument {
            error: ErrorBody {
                code: "not_found",
                message: "no such event".into(),
                hint: None,
                fix: None,
            },
        };
        assert_eq!(
            document(&error, false).unwrap(),
            r#"{"schema":1,"error":{"code":"not_found","message":"no such event","hint":null,"fix":null}}"#
        );
    }
}
