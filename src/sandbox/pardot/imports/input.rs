//! What a request brings to an import: its input and its file.

use serde_json::Value;

use super::super::body;
use super::super::errors::ApiError;
use super::super::unit::{Unit, Values};
use super::multipart;
use crate::sandbox::wire::Request;

/// The file of a further batch.
pub(super) fn file_of(unit: &Unit, request: &Request) -> Result<Option<Vec<u8>>, Box<ApiError>> {
    file(unit, parts_of(request)?)
}

fn parts_of(request: &Request) -> Result<Vec<multipart::Part>, Box<ApiError>> {
    let kind = request.headers.get("content-type");
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.to_lowercase().starts_with("multipart/form-data") {
        return Err(ApiError::known(151));
    }
    multipart::parse(request).ok_or_else(|| ApiError::known(158))
}

fn file(unit: &Unit, parts: Vec<multipart::Part>) -> Result<Option<Vec<u8>>, Box<ApiError>> {
    let mut files = parts.into_iter().filter(|part| part.name == "file");
    let Some(file) = files.next() else {
        return Ok(None);
    };
    if files.next().is_some() {
        return Err(ApiError::known(163));
    }
    if file.data.is_empty() || file.data.len() > unit.settings.largest_file {
        return Err(ApiError::known(204));
    }
    Ok(Some(file.data))
}

/// JSON alone, or a form with the JSON in `input` and the table in `file`.
pub(super) fn read(
    unit: &Unit,
    request: &Request,
) -> Result<(Values, Option<Vec<u8>>), Box<ApiError>> {
    let kind = request.headers.get("content-type");
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.to_lowercase().starts_with("application/json") {
        return Ok((body(request)?, None));
    }
    let parts = parts_of(request)?;
    let input = parts.iter().find(|part| part.name == "input");
    let input = input.ok_or_else(|| ApiError::about(153, "input"))?;
    let input: Value = serde_json::from_slice(&input.data).map_err(|_| ApiError::known(150))?;
    let input = input.as_object().cloned();
    let input = input.ok_or_else(|| ApiError::known(166))?;
    Ok((input, file(unit, parts)?))
}
