//! Bytes to text, whatever their encoding, without holding the file.
//!
//! UTF-16 is told by its mark or its zero bytes and rewritten as UTF-8 on the way. UTF-8 and Windows-1252 share the bytes
//! that separate fields, so they are passed on as they are, without a mark, and told apart row by row ([`text`]): a file
//! pasted together from two tools is read right as well, and no umlaut on the last line can prove the first guess wrong.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes looked at to tell what a file is.
const LOOK_AHEAD: usize = 64 * 1024;
/// Bytes of UTF-16 rewritten at a time.
const PORTION: usize = 16 * 1024;

/// Why a file cannot be read as text.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Something else than text.
    #[error("the file is not text: it looks like {0}")]
    NotText(&'static str),
    /// The system cannot read it.
    #[error("cannot read the file: {0}")]
    Io(#[from] std::io::Error),
}

/// A file as bytes in which ASCII is ASCII, without a byte-order mark.
pub struct TextSource<R> {
    source: R,
    /// What was looked at and is not handed out yet.
    ahead: Vec<u8>,
    position: usize,
    transcoder: Option<Decoder>,
    /// UTF-8 of what was UTF-16, and how much of it was handed out.
    rewritten: Vec<u8>,
    given: usize,
    finished: bool,
}

impl<R: Read> TextSource<R> {
    /// Looks at the beginning of a file and decides how to read it.
    ///
    /// # Errors
    /// [`DecodeError`]: empty, not text, or unreadable.
    pub fn open(mut source: R) -> Result<Self, DecodeError> {
        let mut ahead = Vec::with_capacity(LOOK_AHEAD);
        source
            .by_ref()
            .take(LOOK_AHEAD as u64)
            .read_to_end(&mut ahead)?;
        if let Some(kind) = foreign(&ahead) {
            return Err(DecodeError::NotText(kind));
        }
        let (mark, transcoder) = match ahead.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (3, None),
            [0xFF, 0xFE, ..] => (2, Some(UTF_16LE)),
            [0xFE, 0xFF, ..] => (2, Some(UTF_16BE)),
            other => (0, unmarked_utf_16(other)),
        };
        let transcoder = transcoder.map(encoding_rs::Encoding::new_decoder_without_bom_handling);
        if transcoder.is_none() && is_binary(&ahead) {
            return Err(DecodeError::NotText("a program's own file"));
        }
        if ahead[mark..]
            .iter()
            .all(|byte| byte.is_ascii_whitespace() || *byte == 0)
            && ahead.len() < LOOK_AHEAD
        {
            return Err(DecodeError::Empty);
        }
        Ok(Self {
            source,
            ahead,
            position: mark,
            transcoder,
            rewritten: Vec::new(),
            given: 0,
            finished: false,
        })
    }

    fn raw(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let rest = &self.ahead[self.position..];
        if rest.is_empty() {
            return self.source.read(buffer);
        }
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.position += length;
        if self.position == self.ahead.len() {
            self.ahead = Vec::new();
            self.position = 0;
        }
        Ok(length)
    }
}

impl<R: Read> Read for TextSource<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some(mut transcoder) = self.transcoder.take() else {
            return self.raw(buffer);
        };
        while self.given == self.rewritten.len() && !self.finished {
            let mut portion = [0_u8; PORTION];
            let length = self.raw(&mut portion)?;
            self.finished = length == 0;
            // Two bytes grow to three at most, and what a decoder still holds needs room besides.
            self.rewritten.resize(PORTION * 2, 0);
            let (_, _, written, _) =
                transcoder.decode_to_utf8(&portion[..length], &mut self.rewritten, self.finished);
            self.rewritten.truncate(written);
            self.given = 0;
        }
        self.transcoder = Some(transcoder);
        let length = (self.rewritten.len() - self.given).min(buffer.len());
        buffer[..length].copy_from_slice(&self.rewritten[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

/// The text of one row: UTF-8, else Windows-1252, in which every byte means something.
#[must_use]
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(
        |_| WINDOWS_1252.decode_without_bom_handling(bytes).0,
        Cow::Borrowed,
    )
}

/// UTF-16 without a mark shows by the zero bytes of its ASCII, which stand all on one side.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |side: usize| {
        sample
            .chunks_exact(2)
            .filter(|pair| pair[side] == 0)
            .count()
    };
    let (first, second) = (zeros(0), zeros(1));
    if second * 10 > pairs * 4 && first * 20 < pairs {
        Some(UTF_16LE)
    } else if first * 10 > pairs * 4 && second * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Files people take for a CSV, told by how they begin.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (
            b"PK\x03\x04",
            "an Excel workbook or another ZIP file (save it as CSV)",
        ),
        (
            b"\xD0\xCF\x11\xE0",
            "an old Excel or Office file (save it as CSV)",
        ),
        (b"%PDF", "a PDF"),
        (b"\x1F\x8B", "a gzip file (unpack it first)"),
        (b"7z\xBC\xAF", "a 7-Zip file (unpack it first)"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"SQLite format 3", "a database"),
        (b"{\\rtf", "a rich-text document (save it as CSV)"),
    ];
    let signature = SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature))
        .map(|(_, kind)| *kind);
    // Several web tools hand out an HTML table under the name of a spreadsheet.
    signature.or_else(|| {
        let start = bytes.trim_ascii_start();
        let begins = |word: &str| {
            start
                .get(..word.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
        };
        (begins("<!doctype") || begins("<html") || begins("<table") || begins("<?xml"))
            .then_some("a web page or XML (open it in a spreadsheet and save it as CSV)")
    })
}

/// Text has next to no control characters; a stray NUL spoils a row, not the file.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(8192)];
    let controls = sample
        .iter()
        .filter(|byte| matches!(**byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F))
        .count();
    controls * 10 > sample.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, DecodeError> {
        let mut out = Vec::new();
        TextSource::open(bytes)?.read_to_end(&mut out)?;
        Ok(text(&out).into_owned())
    }

    fn utf_16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let sample = "Name;Ort\nJürgen Groß;Köln\n";
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        let latin = WINDOWS_1252.encode(sample).0.into_owned();
        for bytes in [
            sample.as_bytes().to_vec(),
            marked(b"\xEF\xBB\xBF", sample.into()),
            marked(b"\xFF\xFE", utf_16(sample, true)),
            marked(b"\xFE\xFF", utf_16(sample, false)),
            utf_16(sample, true),
            utf_16(sample, false),
            latin,
        ] {
            assert_eq!(read(&bytes).unwrap(), sample);
        }
        assert_eq!(read(b"a\n\x80 \x93x\x94").unwrap(), "a\n€ “x”");
    }

    #[test]
    fn a_long_utf_16_file_is_read_to_its_end() {
        let sample = "Zoë 🦀,1\n".repeat(40_000);
        let bytes = [b"\xFF\xFE".as_slice(), &utf_16(&sample, true)].concat();
        assert!(read(&bytes).unwrap() == sample);
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, word) in [
            (b"PK\x03\x04\x14\0".as_slice(), "Excel"),
            (b"\xD0\xCF\x11\xE0\xA1", "old Excel"),
            (b"%PDF-1.7", "PDF"),
            (b"  <HTML><table>", "web page"),
            (b"\0\x01\x02\x03\x04\x05\x06\x07", "program"),
        ] {
            let error = read(bytes).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
        for empty in [b"".as_slice(), b" \r\n", b"\xEF\xBB\xBF", b"\xFF\xFE"] {
            assert!(matches!(read(empty), Err(DecodeError::Empty)));
        }
    }
}
