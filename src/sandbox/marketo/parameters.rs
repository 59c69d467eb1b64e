//! Query parameters and bodies, and the POST that stands for a long GET.

use axum::http::Method;
use serde_json::{Map, Value};

use super::errors::ApiError;
use crate::sandbox::wire::Request;

/// Most records of one call.
pub(super) const BATCH: usize = 300;

pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn of(request: &Request) -> Self {
        Self(parse(request.query.as_bytes()))
    }

    pub(super) fn of_query_and_form(request: &Request) -> Self {
        let mut all = parse(request.query.as_bytes());
        all.extend(parse(&request.body));
        Self(all)
    }

    /// Blank is the same as absent.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let mut found = self.0.iter().filter(|(key, _)| key == name);
        found
            .next()
            .map(|(_, value)| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    pub(super) fn required(&self, name: &str) -> Result<String, Box<ApiError>> {
        self.text(name).ok_or_else(|| ApiError::missing(name))
    }

    /// Comma-separated, repeated, or both.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(key, _)| key == name);
        values
            .flat_map(|(_, value)| value.split(','))
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// A number from 1 to `most`, or `default`.
    pub(super) fn size(
        &self,
        name: &str,
        default: usize,
        most: usize,
    ) -> Result<usize, Box<ApiError>> {
        let Some(text) = self.text(name) else {
            return Ok(default);
        };
        let wrong = || {
            let text = format!("Invalid value '{text}'. Required of type 'integer'");
            ApiError::new(1001, text)
        };
        let size: usize = text.parse().map_err(|_| wrong())?;
        if size == 0 || size > most {
            let text = format!("Invalid value for '{name}': it must be from 1 to {most}");
            return Err(ApiError::invalid_data(text));
        }
        Ok(size)
    }

    /// A number not below 0, or 0.
    pub(super) fn offset(&self) -> Result<usize, Box<ApiError>> {
        let text = self.text("offset").unwrap_or_else(|| "0".to_owned());
        text.parse().map_err(|_| {
            ApiError::new(
                1001,
                format!("Invalid value '{text}'. Required of type 'integer'"),
            )
        })
    }
}

fn parse(bytes: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(bytes).into_owned().collect()
}

/// `POST …?_method=GET` with the query as form is a GET with that query ("414 Request-URI Too Long").
pub(super) fn unfold(request: &Request) -> Option<Request> {
    if request.method != Method::POST {
        return None;
    }
    let is_form = content_type(request).starts_with("application/x-www-form-urlencoded");
    let mut all = parse(request.query.as_bytes());
    if is_form {
        all.extend(parse(&request.body));
    }
    let asks = |(key, value): &(String, String)| key == "_method" && value == "GET";
    if !all.iter().any(asks) {
        return None;
    }
    all.retain(|(key, _)| key != "_method");
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&all)
        .finish();
    Some(Request {
        method: Method::GET,
        path: request.path.clone(),
        query,
        headers: request.headers.clone(),
        body: Vec::new(),
        number: request.number,
    })
}

pub(super) fn content_type(request: &Request) -> String {
    let header = request.headers.get("content-type");
    let header = header.and_then(|header| header.to_str().ok());
    header.unwrap_or_default().to_lowercase()
}

/// The body as a JSON object.
pub(super) fn body(request: &Request) -> Result<Map<String, Value>, Box<ApiError>> {
    if !content_type(request).starts_with("application/json") {
        return Err(ApiError::content_type());
    }
    match serde_json::from_slice(&request.body) {
        Ok(Value::Object(body)) => Ok(body),
        _ => Err(ApiError::invalid_json()),
    }
}

/// The rows of `input`: objects, at least one, at most 300. The text of the last refusal is made up.
pub(super) fn input(body: &Map<String, Value>) -> Result<Vec<&Map<String, Value>>, Box<ApiError>> {
    let rows = body.get("input").and_then(Value::as_array);
    let rows = rows.ok_or_else(|| ApiError::missing("input"))?;
    if rows.is_empty() {
        return Err(ApiError::missing("input"));
    }
    if rows.len() > BATCH {
        let text = format!("Number of records {} exceeds the limit {BATCH}", rows.len());
        return Err(ApiError::invalid_data(text));
    }
    let objects = rows.iter().map(Value::as_object);
    let objects: Option<Vec<_>> = objects.collect();
    objects.ok_or_else(ApiError::invalid_json)
}
