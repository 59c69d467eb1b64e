//! One row of a file, whatever the file's format.

/// The largest field a row may have, in bytes.
pub const LARGEST_FIELD: usize = 64 * 1024;
/// Stands between fields in a record's text, so that no character can lie across two of them.
pub(super) const BETWEEN: u8 = 0x1F;

/// Why a row cannot be read, though its end was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A quoted field is never closed; the row ends with its line.
    Unclosed,
    /// The same in the last line of a file, which has no end either.
    UnclosedAtEnd,
    /// A field is larger than [`LARGEST_FIELD`].
    TooLong,
    /// There is a NUL in it.
    Nul,
    /// A line that should hold JSON does not.
    NotJson,
    /// A JSON element that is no object.
    NotAnObject,
    /// A card that is never ended.
    CutOff,
}

impl Trouble {
    /// For people.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Unclosed => "a quote is opened and never closed",
            Self::UnclosedAtEnd => {
                "a quote is opened and never closed, and the line has no end: the file may be cut off"
            }
            Self::TooLong => "a field is larger than 64 KiB",
            Self::Nul => "the row holds a NUL byte",
            Self::NotJson => {
                "the line is not valid JSON; where it is the last, the file may be cut off"
            }
            Self::NotAnObject => "the element is no object with names and values",
            Self::CutOff => "the card has no END:VCARD; the file may be cut off",
        }
    }
}

/// One row, reused from read to read.
#[derive(Debug, Default)]
pub struct Record {
    pub(super) text: String,
    pub(super) ends: Vec<usize>,
    /// The physical line it begins on; the first is 1.
    pub line: u64,
    /// Why it cannot be read.
    pub trouble: Option<Trouble>,
}

impl Record {
    /// How many fields it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A field, unquoted; empty beyond the last.
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        let Some(end) = self.ends.get(index) else {
            return "";
        };
        let start = match index {
            0 => 0,
            _ => self.ends[index - 1] + 1,
        };
        self.text.get(start..*end).unwrap_or_default()
    }

    /// Every field.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// Makes it a row of these fields.
    pub fn set<'v>(&mut self, line: u64, fields: impl IntoIterator<Item = &'v str>) {
        let mut bytes = self.reset();
        self.line = line;
        for field in fields {
            bytes.extend_from_slice(field.as_bytes());
            self.ends.push(bytes.len());
            bytes.push(BETWEEN);
        }
        self.finish(bytes);
    }

    /// Makes it a row that cannot be read, with what can be shown of it.
    pub fn set_trouble(&mut self, line: u64, text: &str, trouble: Trouble) {
        self.set(line, [text]);
        self.trouble = Some(trouble);
    }

    /// Keeps the allocations and nothing else.
    pub(super) fn reset(&mut self) -> Vec<u8> {
        self.ends.clear();
        self.trouble = None;
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        bytes.clear();
        bytes
    }

    pub(super) fn finish(&mut self, bytes: Vec<u8>) {
        let mut start = 0;
        for end in &self.ends {
            if end - start > LARGEST_FIELD {
                self.trouble = self.trouble.or(Some(Trouble::TooLong));
            }
            start = end + 1;
        }
        if bytes.contains(&0) {
            self.trouble = self.trouble.or(Some(Trouble::Nul));
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.text = text,
            Err(error) => {
                // Field by field, since characters change their length.
                let bytes = error.into_bytes();
                let mut text = String::with_capacity(bytes.len() + 16);
                let mut start = 0;
                let one_byte_each = bytes.as_slice();
                for end in &mut self.ends {
                    let (decoded, _) = encoding_rs::WINDOWS_1252
                        .decode_without_bom_handling(&one_byte_each[start..*end]);
                    start = *end + 1;
                    text.push_str(&decoded);
                    *end = text.len();
                    text.push(char::from(BETWEEN));
                }
                self.text = text;
            }
        }
    }
}
