//! Words, quoted text and signs of an expression, each with its place.

use super::check::Order;
use super::error::ExpressionError;

/// A piece of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A bare word: a name, a value or a keyword.
    Word(String),
    /// Text in quotes: never a keyword.
    Quoted(String),
    Open,
    Close,
    Comma,
    Compare(Order),
    Differs,
    Contains,
    Lacks,
    End,
}

/// A piece with its place, in characters.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) at: usize,
    pub(super) length: usize,
}

/// Splits an expression; the last piece is [`Token::End`].
pub(super) fn split(text: &str) -> Result<Vec<Placed>, ExpressionError> {
    let characters: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(first) = characters.get(at) {
        if first.is_whitespace() {
            at += 1;
            continue;
        }
        let next = characters.get(at + 1);
        let (token, length) = match (first, next) {
            ('(', _) => (Token::Open, 1),
            (')', _) => (Token::Close, 1),
            (',', _) => (Token::Comma, 1),
            ('=', Some('=')) => (Token::Compare(Order::Equal), 2),
            ('=', _) => (Token::Compare(Order::Equal), 1),
            ('!', Some('=')) | ('<', Some('>')) => (Token::Differs, 2),
            ('!', Some('~')) => (Token::Lacks, 2),
            ('~', _) => (Token::Contains, 1),
            ('<', Some('=')) => (Token::Compare(Order::LessOrEqual), 2),
            ('>', Some('=')) => (Token::Compare(Order::GreaterOrEqual), 2),
            ('<', _) => (Token::Compare(Order::Less), 1),
            ('>', _) => (Token::Compare(Order::Greater), 1),
            ('\'' | '"', _) => quoted(&characters, at)?,
            _ => word(&characters, at),
        };
        pieces.push(Placed { token, at, length });
        at += length;
    }
    pieces.push(Placed {
        token: Token::End,
        at: characters.len(),
        length: 1,
    });
    Ok(pieces)
}

/// Text between quotes of one kind; a doubled quote stands for itself.
fn quoted(characters: &[char], start: usize) -> Result<(Token, usize), ExpressionError> {
    let quote = characters[start];
    let mut text = String::new();
    let mut at = start + 1;
    loop {
        match (characters.get(at), characters.get(at + 1)) {
            (Some(found), Some(next)) if *found == quote && *next == quote => {
                text.push(quote);
                at += 2;
            }
            (Some(found), _) if *found == quote => {
                return Ok((Token::Quoted(text), at + 1 - start));
            }
            (Some(other), _) => {
                text.push(*other);
                at += 1;
            }
            (None, _) => {
                return Err(ExpressionError::new(
                    "this quote is never closed",
                    start,
                    characters.len() - start,
                )
                .hint(format!(
                    "close it with {quote}; a {quote} within is doubled"
                )));
            }
        }
    }
}

/// A word ends at space or a sign. A quote within is part of it (O'Brien), but not after `qualifier:` or `field:`.
fn word(characters: &[char], start: usize) -> (Token, usize) {
    let mut text = String::new();
    for (index, character) in characters[start..].iter().enumerate() {
        let next = characters.get(start + index + 1);
        let ends = match character {
            '(' | ')' | ',' | '=' | '<' | '>' | '~' => true,
            // Yahoo! is a name.
            '!' => matches!(next, Some('=' | '~')),
            '\'' | '"' => text.ends_with([':', '.']),
            other => other.is_whitespace(),
        };
        if ends {
            break;
        }
        text.push(*character);
    }
    let length = text.chars().count();
    (Token::Word(text), length)
}
