//! The parts of a `multipart/form-data` body, as far as forms with a text and a file need it (RFC 7578).

use crate::sandbox::wire::Request;

pub(super) struct Part {
    pub(super) name: String,
    pub(super) data: Vec<u8>,
}

/// `None`: not such a body, or one that does not hold together.
pub(super) fn parse(request: &Request) -> Option<Vec<Part>> {
    let kind = request.headers.get("content-type")?.to_str().ok()?;
    let (name, rest) = kind.split_once(';')?;
    if !name.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = rest.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let named = name.trim().eq_ignore_ascii_case("boundary");
        named.then(|| value.trim().trim_matches('"').to_owned())
    })?;
    // The first boundary has no line break before it.
    let body = [b"\r\n".as_slice(), &request.body].concat();
    let delimiter = format!("\r\n--{boundary}");
    let mut parts = Vec::new();
    let mut rest = after(&body, delimiter.as_bytes())?;
    while !rest.starts_with(b"--") {
        let end = find(rest, delimiter.as_bytes())?;
        parts.push(part(rest.get(..end)?)?);
        rest = rest.get(end + delimiter.len()..)?;
    }
    Some(parts)
}

fn part(bytes: &[u8]) -> Option<Part> {
    let bytes = after(bytes, b"\r\n")?;
    let end = find(bytes, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
    let disposition = head
        .lines()
        .find(|line| line.to_lowercase().starts_with("content-disposition:"))?;
    let name = disposition.split(';').find_map(|parameter| {
        let value = parameter.trim().strip_prefix("name=")?;
        Some(value.trim_matches('"').to_owned())
    })?;
    let data = bytes.get(end + 4..)?.to_vec();
    Some(Part { name, data })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn after<'a>(bytes: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    bytes.get(find(bytes, wanted)? + wanted.len()..)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, Method};

    use super::*;

    fn parts(kind: &'static str, body: &str) -> Option<Vec<(String, String)>> {
        let headers = HeaderMap::from_iter([(
            "content-type".parse().unwrap(),
            HeaderValue::from_static(kind),
        )]);
        let request = Request {
            method: Method::POST,
            path: String::new(),
            query: String::new(),
            headers,
            body: body.as_bytes().to_vec(),
            number: 0,
        };
        let text = |data: Vec<u8>| String::from_utf8(data).unwrap();
        let parts = parse(&request)?.into_iter();
        Some(parts.map(|part| (part.name, text(part.data))).collect())
    }

    #[test]
    fn parts_are_told_apart() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"input\"\r\n\r\n{\"a\":1}\r\n\
                    --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\
                    Content-Type: text/csv\r\n\r\na,b\r\n1,2\r\n\r\n--x--\r\n";
        let wanted = [("input", "{\"a\":1}"), ("file", "a,b\r\n1,2\r\n")];
        let wanted = wanted.map(|(name, data)| (name.to_owned(), data.to_owned()));
        let found = parts("multipart/form-data; boundary=\"x\"", body);
        assert_eq!(found, Some(wanted.to_vec()));
        assert_eq!(parts("multipart/form-data; boundary=y", body), None);
        assert_eq!(parts("text/csv", body), None);
    }
}
