//! Which character lies between the fields.

use super::records::first_rows;

const CANDIDATES: &[u8] = b",;\t|";
/// Rows looked at.
const ROWS: usize = 20;

/// Tells the delimiter from the header and the first rows: the one under which most headers are known, then under which
/// the rows agree with the header, then the one with most columns. A comma where there is only one column.
#[must_use]
pub fn detect(text: &[u8], known: &dyn Fn(&str) -> bool) -> u8 {
    if let Some(named) = hint(text) {
        return named.0;
    }
    let mut best = (b',', (0, 0, 1));
    for delimiter in CANDIDATES {
        let rows = first_rows(text, *delimiter, ROWS);
        let Some(header) = rows.first().filter(|header| header.len() > 1) else {
            continue;
        };
        let recognised = header.iter().filter(|name| known(name)).count();
        let agreeing = rows.iter().filter(|row| row.len() == header.len()).count();
        let score = (recognised, agreeing, header.len());
        if score > best.1 {
            best = (*delimiter, score);
        }
    }
    best.0
}

/// A first line `sep=;`, which spreadsheets write and hide: the delimiter, and the length of the line.
#[must_use]
pub fn hint(text: &[u8]) -> Option<(u8, usize)> {
    text.get(..4)
        .filter(|head| head.eq_ignore_ascii_case(b"sep="))?;
    let delimiter = *text.get(4).filter(|byte| CANDIDATES.contains(byte))?;
    let end = text.iter().position(|byte| *byte == b'\n')?;
    text[5..end]
        .trim_ascii()
        .is_empty()
        .then_some((delimiter, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_told_by_header_and_rows() {
        let known = |name: &str| matches!(name, "email" | "name" | "title");
        for (text, delimiter) in [
            ("email,name\na@b.c,Ana\n", b','),
            ("email;name\na@b.c;\"Li, Ana\"\n", b';'),
            ("email\tname\ttitle\na@b.c\tLi, Ana\tCEO, CTO\n", b'\t'),
            ("email|name\na@b.c|Ana\n", b'|'),
            ("email\na@b.c\n", b','),
            ("\"Q: A, B, or C?\";email;name\nA;a@b.c;Ana\n", b';'),
            ("x;y\n1,5;2,5\n", b';'),
            ("sep=|\nx,y|z\n", b'|'),
        ] {
            assert_eq!(detect(text.as_bytes(), &known), delimiter, "{text}");
        }
    }
}
