//! Text to rows: RFC 4180 with the leniency spreadsheets have, and the physical line every row begins on.
//!
//! An own reader, for what a general one cannot give: a quote that is never closed costs its own line and not the rest of
//! the file, memory stays bounded whatever the file holds, and lines count right across blank lines, quoted line breaks and
//! all three line endings.

use std::io::Read;

use super::decode;
use super::record::BETWEEN;
pub use super::record::{LARGEST_FIELD, Record, Trouble};

/// How far the end of a row is looked for; beyond it a quote counts as never closed.
const LARGEST_RECORD: usize = 4 * 1024 * 1024;
const PORTION: usize = 256 * 1024;
/// Reads rows from text whose ASCII is ASCII ([`decode::TextSource`]).
pub struct RecordReader<R> {
    source: R,
    delimiter: u8,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
    line: u64,
    /// Bytes handed out in rows so far.
    consumed: u64,
}

impl<R: Read> RecordReader<R> {
    /// Begins to read.
    ///
    /// # Errors
    /// The system's, on the first read.
    pub fn new(source: R) -> std::io::Result<Self> {
        let mut reader = Self {
            source,
            delimiter: b',',
            buffer: Vec::new(),
            start: 0,
            ended: false,
            line: 1,
            consumed: 0,
        };
        reader.fill()?;
        Ok(reader)
    }

    /// What lies ahead, to tell the delimiter by.
    #[must_use]
    pub fn ahead(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Chooses the character between fields.
    pub fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// Passes over the first line, of so many bytes.
    pub fn pass_over(&mut self, length: usize) {
        self.start += length.min(self.ahead().len());
        self.line += 1;
    }

    /// Bytes of text read so far.
    #[must_use]
    pub fn consumed(&self) -> u64 {
        self.consumed
    }

    /// Reads the next row that is not blank; false at the end.
    ///
    /// # Errors
    /// The system's.
    pub fn read(&mut self, record: &mut Record) -> std::io::Result<bool> {
        loop {
            let mut bytes = record.reset();
            record.line = self.line;
            let split = split(
                &self.buffer[self.start..],
                self.delimiter,
                self.ended,
                &mut bytes,
                &mut record.ends,
            );
            let (length, lines) = match split {
                Split::Done { length, lines } => (length, lines),
                Split::Nothing => return Ok(false),
                Split::Incomplete { .. } if self.ahead().len() < LARGEST_RECORD && !self.ended => {
                    record.text = String::from_utf8(bytes).unwrap_or_default();
                    self.fill()?;
                    continue;
                }
                Split::Incomplete { quoted: false } => {
                    // One line larger than any row: its rest is passed over.
                    bytes.clear();
                    bytes.push(BETWEEN);
                    record.ends.clear();
                    record.ends.push(0);
                    record.trouble = Some(Trouble::TooLong);
                    self.pass_over_line()?;
                    record.finish(bytes);
                    return Ok(true);
                }
                Split::Incomplete { quoted: true } | Split::Unclosed => {
                    bytes.clear();
                    record.ends.clear();
                    let (length, lines) = self.split_line(&mut bytes, &mut record.ends);
                    let at_end = self.ended
                        && length == self.ahead().len()
                        && !self.ahead().ends_with(b"\n");
                    record.trouble = Some(if at_end {
                        Trouble::UnclosedAtEnd
                    } else {
                        Trouble::Unclosed
                    });
                    (length, lines)
                }
            };
            self.start += length;
            self.consumed += length as u64;
            self.line += lines;
            let blank = record.trouble.is_none()
                && record.ends.len() == 1
                && bytes.trim_ascii() == [BETWEEN];
            record.finish(bytes);
            if !blank {
                return Ok(true);
            }
        }
    }

    /// Splits the physical line ahead with quotes taken as they stand.
    fn split_line(&self, bytes: &mut Vec<u8>, ends: &mut Vec<usize>) -> (usize, u64) {
        let ahead = self.ahead();
        let end = ahead
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'\r'))
            .unwrap_or(ahead.len());
        for field in ahead[..end].split(|byte| *byte == self.delimiter) {
            bytes.extend_from_slice(field);
            ends.push(bytes.len());
            bytes.push(BETWEEN);
        }
        (end + line_break(&ahead[end..]), 1)
    }

    fn pass_over_line(&mut self) -> std::io::Result<()> {
        loop {
            let ahead = self.ahead();
            let length = ahead.len();
            let end = ahead.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let passed = end.unwrap_or(length);
            self.start += passed;
            self.consumed += passed as u64;
            if end.is_some() {
                if self.ahead().len() < 2 {
                    self.fill()?;
                }
                let width = line_break(self.ahead());
                self.start += width;
                self.consumed += width as u64;
                self.line += 1;
                return Ok(());
            }
            if self.ended {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// Reads on, keeping what is ahead.
    fn fill(&mut self) -> std::io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let had = self.buffer.len();
        // A row that does not fit is looked at again from its start: growing by doubling keeps that cheap.
        let wanted = PORTION.max(had);
        self.source
            .by_ref()
            .take(wanted as u64)
            .read_to_end(&mut self.buffer)?;
        self.ended = self.buffer.len() - had < wanted;
        Ok(())
    }
}

/// The first rows of a text that are not blank, as far as their ends are in sight; used to tell the delimiter.
#[must_use]
pub fn first_rows(text: &[u8], delimiter: u8, rows: usize) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut start = 0;
    while found.len() < rows {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        let Split::Done { length, .. } =
            split(&text[start..], delimiter, false, &mut bytes, &mut ends)
        else {
            break;
        };
        start += length;
        let mut from = 0;
        let row: Vec<String> = ends
            .iter()
            .map(|end| {
                let field = decode::text(&bytes[from..*end]).into_owned();
                from = end + 1;
                field
            })
            .collect();
        if row.len() > 1 || row.iter().any(|field| !field.trim().is_empty()) {
            found.push(row);
        }
    }
    found
}

enum Split {
    /// A row of so many bytes and physical lines, its line break included.
    Done { length: usize, lines: u64 },
    /// Its end is not in sight.
    Incomplete { quoted: bool },
    /// A quote is opened that cannot be one.
    Unclosed,
    /// No row is left.
    Nothing,
}

/// Splits one row. Fields go to `bytes`, each followed by [`BETWEEN`], their ends to `ends`. `ended`: nothing follows `text`.
fn split(
    text: &[u8],
    delimiter: u8,
    ended: bool,
    bytes: &mut Vec<u8>,
    ends: &mut Vec<usize>,
) -> Split {
    if text.is_empty() {
        return if ended {
            Split::Nothing
        } else {
            Split::Incomplete { quoted: false }
        };
    }
    let mut position = 0;
    let mut lines = 0;
    loop {
        let spaces = text[position..]
            .iter()
            .take_while(|byte| **byte == b' ')
            .count();
        let mut broken_inside = false;
        if text.get(position + spaces) == Some(&b'"') {
            position += spaces + 1;
            loop {
                let Some(length) = text[position..].iter().position(|byte| *byte == b'"') else {
                    return if ended {
                        Split::Unclosed
                    } else {
                        Split::Incomplete { quoted: true }
                    };
                };
                let breaks = push_quoted(bytes, &text[position..position + length]);
                lines += breaks;
                broken_inside |= breaks > 0;
                position += length + 1;
                match text.get(position) {
                    Some(b'"') => {
                        bytes.push(b'"');
                        position += 1;
                    }
                    None if !ended => return Split::Incomplete { quoted: true },
                    _ => break,
                }
            }
        }
        let end = text[position..]
            .iter()
            .position(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'));
        let length = match end {
            Some(length) => length,
            None if ended => text.len() - position,
            None => return Split::Incomplete { quoted: false },
        };
        let rest = &text[position..position + length];
        // Text after a closing quote is taken as it stands, unless the quotes span lines: then the first was none.
        if broken_inside && !rest.trim_ascii().is_empty() {
            return Split::Unclosed;
        }
        bytes.extend_from_slice(rest);
        ends.push(bytes.len());
        bytes.push(BETWEEN);
        position += length;
        match text.get(position) {
            Some(byte) if *byte == delimiter => position += 1,
            Some(b'\r') if position + 1 == text.len() && !ended => {
                return Split::Incomplete { quoted: false };
            }
            _ => {
                return Split::Done {
                    length: position + line_break(&text[position..]),
                    lines: lines + 1,
                };
            }
        }
    }
}

/// Appends quoted text with its line breaks as `\n`; returns how many there were.
fn push_quoted(bytes: &mut Vec<u8>, text: &[u8]) -> u64 {
    if !text.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.extend_from_slice(text);
        return 0;
    }
    let mut breaks = 0;
    let mut rest = text;
    while let Some(length) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.extend_from_slice(&rest[..length]);
        bytes.push(b'\n');
        breaks += 1;
        rest = &rest[length + line_break(&rest[length..])..];
    }
    bytes.extend_from_slice(rest);
    breaks
}

/// The width of the line break a text begins with.
fn line_break(text: &[u8]) -> usize {
    match text {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    }
}

#[cfg(test)]
#[path = "records_tests.rs"]
mod tests;
