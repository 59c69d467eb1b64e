//! The lines of a vCard: folding, parameters, escapes and encodings, which differ between the three versions.

use encoding_rs::Encoding;

/// One property of a card.
#[derive(Debug)]
pub(super) struct Property {
    /// Its name in capitals, without the group before it.
    pub(super) name: String,
    /// Its value, decoded, with its escapes.
    pub(super) value: String,
    /// Values of its types and every parameter that is no more than a word, in small letters.
    types: Vec<String>,
    preferred: bool,
}

impl Property {
    /// Reads an unfolded line; `None` where it is no property.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let colon = outside_quotes(line, ':')?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let mut words = split_outside_quotes(head, ';').into_iter();
        let name = words.next()?.trim();
        let name = name.rsplit_once('.').map_or(name, |(_, name)| name);
        if name.is_empty() {
            return None;
        }
        let mut types = Vec::new();
        let (mut quoted_printable, mut binary, mut charset) = (false, false, None);
        let mut preferred = false;
        for word in words {
            let (key, given) = word.split_once('=').unwrap_or(("TYPE", word));
            let given = given.trim().trim_matches('"');
            match key.trim().to_ascii_uppercase().as_str() {
                "ENCODING" => {
                    quoted_printable |= given.eq_ignore_ascii_case("quoted-printable");
                    binary |=
                        given.eq_ignore_ascii_case("b") || given.eq_ignore_ascii_case("base64");
                }
                "CHARSET" => charset = Encoding::for_label(given.as_bytes()),
                "PREF" => preferred = true,
                "TYPE" => {
                    for one in given.split(',') {
                        let one = one.trim().trim_matches('"').to_lowercase();
                        match one.as_str() {
                            "quoted-printable" => quoted_printable = true,
                            "base64" => binary = true,
                            "pref" => preferred = true,
                            _ => types.push(one),
                        }
                    }
                }
                _ => {}
            }
        }
        if binary {
            return None;
        }
        let value = if quoted_printable {
            let bytes = unquoted(value);
            match charset {
                Some(charset) => charset.decode(&bytes).0.into_owned(),
                None => super::decode::text(&bytes).into_owned(),
            }
        } else {
            value.to_owned()
        };
        Some(Self {
            name: name.to_ascii_uppercase(),
            value,
            types,
            preferred,
        })
    }

    /// Whether it has this type.
    pub(super) fn has(&self, kind: &str) -> bool {
        self.types.iter().any(|known| known == kind)
    }

    /// Whether the card prefers it.
    pub(super) fn preferred(&self) -> bool {
        self.preferred
    }

    /// The value without its escapes.
    pub(super) fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The parts of a value of several.
    pub(super) fn parts(&self, between: char) -> Vec<String> {
        let mut parts = Vec::new();
        let mut start = 0;
        let mut escaped = false;
        for (index, character) in self.value.char_indices() {
            if escaped {
                escaped = false;
            } else if character == '\\' {
                escaped = true;
            } else if character == between {
                parts.push(unescaped(&self.value[start..index]));
                start = index + between.len_utf8();
            }
        }
        parts.push(unescaped(&self.value[start..]));
        parts
    }
}

/// The lines of a text unfolded, each with the physical line it begins on, the first being 1.
pub(super) fn lines(text: &str) -> Vec<(u64, String)> {
    let mut lines: Vec<(u64, String)> = Vec::new();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    // A line of quoted-printable ends with `=` where it goes on (vCard 2.1).
    let mut soft = false;
    for (line, number) in text.split('\n').zip(1..) {
        match lines.last_mut() {
            Some((_, last)) if soft => {
                last.pop();
                last.push_str(line);
            }
            Some((_, last)) if line.starts_with([' ', '\t']) => last.push_str(&line[1..]),
            _ if line.trim().is_empty() => {}
            _ => lines.push((number, line.to_owned())),
        }
        soft = lines.last().is_some_and(|(_, last)| {
            last.ends_with('=') && is_quoted_printable(last) && !line.trim().is_empty()
        });
    }
    lines
}

fn is_quoted_printable(line: &str) -> bool {
    outside_quotes(line, ':').is_some_and(|colon| {
        line[..colon]
            .to_ascii_lowercase()
            .contains("quoted-printable")
    })
}

fn outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(index, character)| {
        quoted ^= character == '"';
        (character == wanted && !quoted).then_some(index)
    })
}

fn split_outside_quotes(mut text: &str, between: char) -> Vec<&str> {
    let mut parts = Vec::new();
    while let Some(index) = outside_quotes(text, between) {
        parts.push(&text[..index]);
        text = &text[index + between.len_utf8()..];
    }
    parts.push(text);
    parts
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('n' | 'N') => out.push('\n'),
            Some(other @ (',' | ';' | ':' | '\\')) => out.push(other),
            // Version 2.1 knows no other escape: a path keeps its backslashes.
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
            None => out.push('\\'),
        }
    }
    out
}

fn unquoted(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let pair = bytes
            .get(index + 1..index + 3)
            .filter(|_| bytes[index] == b'=')
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match pair {
            Some(byte) => {
                out.push(byte);
                index += 3;
            }
            None => {
                out.push(bytes[index]);
                index += 1;
            }
        }
    }
    out
}
