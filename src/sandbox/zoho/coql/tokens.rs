//! From the text of a query to its words.

use super::super::errors::ApiError;
use super::parser::syntax_error;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name, a dotted path or a keyword.
    Word(String),
    /// A quoted text as it is meant.
    Text(String),
    /// A number as written.
    Number(String),
    /// `(`, `)`, `,` or an operator.
    Sign(&'static str),
}

impl Token {
    /// The token as an error shows it.
    pub(super) fn shown(&self) -> &str {
        match self {
            Self::Word(text) | Self::Number(text) | Self::Text(text) => text,
            Self::Sign(sign) => sign,
        }
    }
}

const SIGNS: [&str; 10] = ["!=", "<>", "<=", ">=", "(", ")", ",", "=", "<", ">"];

pub(super) fn split(query: &str) -> Result<Vec<Token>, Box<ApiError>> {
    let mut tokens = Vec::new();
    let mut rest = query.trim_start();
    while let Some(sign) = rest.chars().next() {
        let length = if sign == '\'' {
            let (text, length) = quoted(rest)?;
            tokens.push(Token::Text(text));
            length
        } else if sign.is_ascii_alphabetic() || sign == '_' || sign == '$' {
            let length = run(rest, |c| c.is_ascii_alphanumeric() || "_.$".contains(c));
            tokens.push(Token::Word(rest[..length].to_owned()));
            length
        } else if sign.is_ascii_digit() || sign == '-' {
            let length = 1 + run(&rest[1..], |c| c.is_ascii_digit() || c == '.');
            tokens.push(Token::Number(rest[..length].to_owned()));
            length
        } else if let Some(known) = SIGNS.into_iter().find(|known| rest.starts_with(known)) {
            tokens.push(Token::Sign(known));
            known.len()
        } else {
            return Err(syntax_error(&sign.to_string()));
        };
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|sign| !fits(sign)).unwrap_or(text.len())
}

/// `'it\'s'`: quotes and backslashes are escaped by a backslash.
fn quoted(text: &str) -> Result<(String, usize), Box<ApiError>> {
    let mut meant = String::new();
    let mut signs = text.char_indices().skip(1);
    while let Some((position, sign)) = signs.next() {
        match sign {
            '\'' => return Ok((meant, position + 1)),
            '\\' => meant.extend(signs.next().map(|(_, sign)| sign)),
            sign => meant.push(sign),
        }
    }
    Err(syntax_error("end of query"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn quotes_are_escaped_by_backslashes() {
        let tokens = split(r"a.b in ('O\'Neil', 'C:\\x', 'ü')").unwrap();
        let texts = tokens.iter().filter_map(|token| match token {
            Token::Text(text) => Some(text.as_str()),
            _ => None,
        });
        assert_eq!(texts.collect::<Vec<_>>(), ["O'Neil", r"C:\x", "ü"]);
        assert!(split("'O'Neil'").is_err());
    }
}
