//! From the text of a statement to its words.

use super::super::errors::ApiError;

/// Unescaped `%` and `_` of a text, for `LIKE`; from Unicode's private area, so no client sends them.
pub(super) const ANY_TEXT: char = '\u{e000}';
pub(super) const ANY_SIGN: char = '\u{e001}';

/// "One string in WHERE".
const LONGEST_TEXT: usize = 4_000;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name, a dotted path or a keyword.
    Word(String),
    /// A quoted text as it is meant, and with marked wildcards.
    Text { plain: String, pattern: String },
    /// A number, date, or date with time, as written.
    Bare(String),
    /// `(`, `)`, `,` or an operator.
    Sign(&'static str),
}

impl Token {
    /// The token as an error shows it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Word(text) | Self::Bare(text) => text.clone(),
            Self::Text { plain, .. } => plain.clone(),
            Self::Sign(sign) => (*sign).to_owned(),
        }
    }
}

const SIGNS: [&str; 11] = ["!=", "<>", "<=", ">=", "(", ")", ",", "=", "<", ">", ":"];

/// The tokens with the byte offset each starts at.
pub(super) fn split(statement: &str) -> Result<Vec<(Token, usize)>, Box<ApiError>> {
    let mut tokens = Vec::new();
    let mut position = 0;
    while let Some(sign) = statement[position..].chars().next() {
        let rest = &statement[position..];
        if sign.is_whitespace() {
            position += sign.len_utf8();
            continue;
        }
        let (token, length) = if sign == '\'' {
            quoted(rest)?
        } else if sign.is_ascii_alphabetic() || sign == '_' {
            let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
            (Token::Word(rest[..length].to_owned()), length)
        } else if sign.is_ascii_digit() || ((sign == '-' || sign == '+') && rest.len() > 1) {
            let length = run(rest, |c| c.is_ascii_alphanumeric() || "-+:.".contains(c));
            (Token::Bare(rest[..length].to_owned()), length)
        } else if let Some(known) = SIGNS.into_iter().find(|known| rest.starts_with(known)) {
            (Token::Sign(known), known.len())
        } else {
            return Err(ApiError::malformed_query(format!(
                "unexpected token: '{sign}'"
            )));
        };
        tokens.push((token, position));
        position += length;
    }
    Ok(tokens)
}

fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|sign| !fits(sign)).unwrap_or(text.len())
}

fn quoted(text: &str) -> Result<(Token, usize), Box<ApiError>> {
    let (mut plain, mut pattern) = (String::new(), String::new());
    let mut signs = text.char_indices().skip(1);
    while let Some((position, sign)) = signs.next() {
        match sign {
            '\'' => {
                if plain.chars().count() > LONGEST_TEXT {
                    // The text is made up, the limit is documented.
                    return Err(ApiError::malformed_query(
                        "string literal is longer than 4000 characters",
                    ));
                }
                return Ok((Token::Text { plain, pattern }, position + 1));
            }
            '\\' => {
                let escaped = signs.next().map(|(_, sign)| sign);
                let meant = match escaped {
                    Some('n' | 'N') => '\n',
                    Some('r' | 'R') => '\r',
                    Some('t' | 'T') => '\t',
                    Some('b' | 'B') => '\u{8}',
                    Some('f' | 'F') => '\u{c}',
                    Some(sign @ ('"' | '\'' | '\\' | '%' | '_')) => sign,
                    other => {
                        let other = other.map(String::from).unwrap_or_default();
                        return Err(ApiError::malformed_query(format!(
                            "Invalid string literal '{plain}'. Illegal character sequence '\\{other}' in string literal."
                        )));
                    }
                };
                plain.push(meant);
                pattern.push(meant);
            }
            '\n' | '\r' => {
                return Err(ApiError::malformed_query(
                    "line breaks not allowed in string literals",
                ));
            }
            sign => {
                plain.push(sign);
                pattern.push(match sign {
                    '%' => ANY_TEXT,
                    '_' => ANY_SIGN,
                    other => other,
                });
            }
        }
    }
    Err(ApiError::malformed_query("unexpected token: '<EOF>'"))
}
