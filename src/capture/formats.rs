//! Which format a file has: told by its content, and by its name where the content leaves it open.

use std::io::Read;

use super::decode::TextSource;

/// The formats of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Separated by comma, semicolon, tab or pipe; the file itself tells which.
    Csv,
    /// Separated by tabs.
    Tsv,
    /// One JSON array of objects, or an object that holds one.
    Json,
    /// A JSON object on each line.
    Ndjson,
    /// An Excel workbook.
    Xlsx,
    /// Address-book cards, vCard 2.1 to 4.0.
    Vcard,
}

/// Bytes a ZIP file, and so a workbook, begins with.
const ZIP: &[u8] = b"PK\x03\x04";
/// Bytes an old Office file begins with, and a workbook with a password.
pub(super) const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

/// Tells the format by the file's beginning and its name. What is nothing else is taken for CSV, whose reader names what is
/// no text at all.
#[must_use]
pub fn recognise(head: &[u8], name: &str) -> FileFormat {
    if head.starts_with(ZIP) || head.starts_with(COMPOUND) {
        return FileFormat::Xlsx;
    }
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    let text = beginning(head);
    if starts_card(&text) {
        return FileFormat::Vcard;
    }
    if starts_json(&text) {
        return if matches!(ending.as_str(), "ndjson" | "jsonl") || two_lines_of_json(&text) {
            FileFormat::Ndjson
        } else {
            FileFormat::Json
        };
    }
    match ending.as_str() {
        "json" => FileFormat::Json,
        "ndjson" | "jsonl" => FileFormat::Ndjson,
        "vcf" | "vcard" => FileFormat::Vcard,
        _ => FileFormat::Csv,
    }
}

/// The first text of a file; nothing where it is none.
fn beginning(head: &[u8]) -> String {
    let mut bytes = Vec::new();
    if let Ok(mut source) = TextSource::open(head) {
        // A slice cannot fail to be read.
        let _ = source.read_to_end(&mut bytes);
    }
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    let blank = text.len() - text.trim_start().len();
    text.drain(..blank);
    text
}

fn starts_card(text: &str) -> bool {
    text.get(..11)
        .is_some_and(|start| start.eq_ignore_ascii_case("begin:vcard"))
}

/// A column may be named `[ID]` or `{name}`; JSON goes on with a name in quotes or another bracket.
fn starts_json(text: &str) -> bool {
    let next = |rest: &str| rest.trim_start().chars().next();
    if let Some(rest) = text.strip_prefix('{') {
        return matches!(next(rest), Some('"' | '}'));
    }
    text.strip_prefix('[')
        .is_some_and(|rest| matches!(next(rest), Some('{' | ']')))
}

/// Whether the first line is a whole object and another follows.
fn two_lines_of_json(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else {
        return false;
    };
    rest.trim_start().starts_with('{')
        && serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(first).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        for (head, name, format) in [
            ("PK\u{3}\u{4}", "leads.csv", FileFormat::Xlsx),
            ("\u{feff} [ {\"a\":1}]", "leads.csv", FileFormat::Json),
            ("{\"leads\": [", "standard input", FileFormat::Json),
            ("{\"a\":1}\n{\"a\":2}\n", "x", FileFormat::Ndjson),
            ("{\"a\":1}\n", "x.jsonl", FileFormat::Ndjson),
            ("{\"a\":1}\n", "x.json", FileFormat::Json),
            ("\r\nbegin:vcard\r\n", "x.txt", FileFormat::Vcard),
            ("[ID],Name\n", "x.csv", FileFormat::Csv),
            ("Email\n", "leads.xlsx", FileFormat::Csv),
            ("oops", "x.json", FileFormat::Json),
        ] {
            assert_eq!(recognise(head.as_bytes(), name), format, "{head:?} {name}");
        }
        let wide: Vec<u8> = "BEGIN:VCARD\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(recognise(&wide, "-"), FileFormat::Vcard);
    }
}
