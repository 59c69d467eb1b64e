//! From pieces to the parts of an expression: `or` binds weakest, then `and`, then `not`.

use super::check::Order;
use super::error::ExpressionError;
use super::lexer::{Placed, Token, split};
use super::meaning::{Value, among, compare, contains, empty};
use super::vocabulary::{Target, Vocabulary};
use super::{Node, Vocabulary as Known};

/// Parentheses within each other: SQLite bounds the depth of what it is asked.
const DEEPEST: usize = 50;
/// Comparisons and values of one expression, for the same reason.
const MOST_TESTS: usize = 500;
const MOST_VALUES: usize = 10_000;

/// Reads an expression.
pub(super) fn parse(text: &str, vocabulary: &Known) -> Result<Node, ExpressionError> {
    let mut parser = Parser {
        pieces: split(text)?,
        next: 0,
        vocabulary,
        depth: 0,
        tests: 0,
        values: 0,
    };
    if parser.peek().token == Token::End {
        return Err(ExpressionError::new("the expression is empty", 0, 1)
            .hint("for example: jobTitle ~ engineer and email is empty"));
    }
    let root = parser.any()?;
    let rest = parser.peek().clone();
    match rest.token {
        Token::End => Ok(root),
        Token::Close => Err(ExpressionError::new(
            "this parenthesis closes nothing",
            rest.at,
            rest.length,
        )),
        Token::Word(_) | Token::Quoted(_) => {
            Err(
                ExpressionError::new("expected \"and\", \"or\" or the end", rest.at, rest.length)
                    .hint("a value with spaces is quoted: jobTitle = 'Head of IT'"),
            )
        }
        _ => Err(
            ExpressionError::new("expected \"and\", \"or\" or the end", rest.at, rest.length)
                .hint("a value with signs is quoted: companyName = 'Acme (UK)'"),
        ),
    }
}

struct Parser<'a> {
    pieces: Vec<Placed>,
    next: usize,
    vocabulary: &'a Vocabulary,
    depth: usize,
    tests: usize,
    values: usize,
}

impl Parser<'_> {
    fn peek(&self) -> &Placed {
        // The last piece is the end, and nothing goes beyond it.
        &self.pieces[self.next.min(self.pieces.len() - 1)]
    }

    fn take(&mut self) -> Placed {
        let piece = self.peek().clone();
        self.next += 1;
        piece
    }

    fn is_word(&self, keyword: &str) -> bool {
        matches!(&self.peek().token, Token::Word(word) if word.eq_ignore_ascii_case(keyword))
    }

    /// Goes on if the next piece is a keyword.
    fn takes(&mut self, keyword: &str) -> bool {
        let is = self.is_word(keyword);
        if is {
            self.next += 1;
        }
        is
    }

    fn any(&mut self) -> Result<Node, ExpressionError> {
        let mut parts = vec![self.all()?];
        while self.takes("or") {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Node::Any))
    }

    fn all(&mut self) -> Result<Node, ExpressionError> {
        let mut parts = vec![self.part()?];
        while self.takes("and") {
            parts.push(self.part()?);
        }
        Ok(one_or(parts, Node::All))
    }

    fn part(&mut self) -> Result<Node, ExpressionError> {
        if self.is_word("not") || self.peek().token == Token::Open {
            let piece = self.take();
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(ExpressionError::new(
                    "too many parentheses within each other",
                    piece.at,
                    piece.length,
                ));
            }
            let node = if piece.token == Token::Open {
                let node = self.any()?;
                self.close(&piece)?;
                node
            } else {
                self.part()?.negated()
            };
            self.depth -= 1;
            return Ok(node);
        }
        self.test()
    }

    fn close(&mut self, open: &Placed) -> Result<(), ExpressionError> {
        let piece = self.take();
        match piece.token {
            Token::Close => Ok(()),
            Token::End => Err(ExpressionError::new(
                "this parenthesis is never closed",
                open.at,
                open.length,
            )),
            _ => Err(
                ExpressionError::new("expected \"and\", \"or\" or )", piece.at, piece.length)
                    .hint("a value with spaces is quoted: jobTitle = 'Head of IT'"),
            ),
        }
    }

    fn test(&mut self) -> Result<Node, ExpressionError> {
        let at = self.peek().clone();
        self.tests += 1;
        if self.tests > MOST_TESTS {
            return Err(ExpressionError::new(
                format!("more than {MOST_TESTS} comparisons in one expression"),
                at.at,
                at.length,
            )
            .hint(
                "compare one field with many values by in: email in (a@b.example, c@d.example)",
            ));
        }
        let (target, name) = self.target()?;
        let operator = self.take();
        let wrong = |piece: &Placed| {
            ExpressionError::new(
                "expected =, !=, ~, <, <=, >, >=, in, not in, \"is empty\" or \"is not empty\"",
                piece.at,
                piece.length,
            )
        };
        match &operator.token {
            Token::Compare(Order::Equal) => among(self.vocabulary, &target, &[self.value()?]),
            Token::Differs => Ok(among(self.vocabulary, &target, &[self.value()?])?.negated()),
            Token::Contains => contains(self.vocabulary, &target, &name, &self.value()?),
            Token::Lacks => {
                Ok(contains(self.vocabulary, &target, &name, &self.value()?)?.negated())
            }
            Token::Compare(order) => {
                compare(self.vocabulary, &target, &name, *order, &self.value()?)
            }
            Token::Word(word) if word.eq_ignore_ascii_case("is") => self.emptiness(&target),
            Token::Word(word) if word.eq_ignore_ascii_case("in") => {
                among(self.vocabulary, &target, &self.list()?)
            }
            Token::Word(word) if word.eq_ignore_ascii_case("not") => {
                if !self.takes("in") {
                    let piece = self.peek();
                    return Err(ExpressionError::new(
                        "expected \"in\" after \"not\"",
                        piece.at,
                        piece.length,
                    )
                    .hint("for one value: !="));
                }
                Ok(among(self.vocabulary, &target, &self.list()?)?.negated())
            }
            Token::Word(_) => {
                Err(wrong(&operator).hint("a name with spaces is quoted: \"Job Title\" = CEO"))
            }
            _ => Err(wrong(&operator)),
        }
    }

    fn emptiness(&mut self, target: &Target) -> Result<Node, ExpressionError> {
        let negated = self.takes("not");
        if !self.takes("empty") {
            let piece = self.peek();
            let expected = if negated {
                "expected \"empty\""
            } else {
                "expected \"empty\" or \"not empty\""
            };
            return Err(
                ExpressionError::new(expected, piece.at, piece.length).hint("for a value: = or !=")
            );
        }
        let node = empty(target);
        Ok(if negated { node.negated() } else { node })
    }

    /// A name, with its place.
    fn target(&mut self) -> Result<(Target, Value), ExpressionError> {
        let piece = self.take();
        let missing = |piece: &Placed| {
            ExpressionError::new("expected a field", piece.at, piece.length)
                .hint("fields are named by key or label: jobTitle, \"Job Title\"")
        };
        let (text, bare) = match &piece.token {
            Token::Word(word) if is_keyword(word) => return Err(missing(&piece)),
            Token::Word(word) => (word.clone(), true),
            Token::Quoted(text) => (text.clone(), false),
            _ => return Err(missing(&piece)),
        };
        let mut name = Value {
            text,
            at: piece.at,
            length: piece.length,
        };
        let Some((kind, rest)) = prefix(&name.text).filter(|_| bare) else {
            return match self.vocabulary.target(&name.text) {
                Some(target) => Ok((target, name)),
                None => Err(self.unknown(&name)),
            };
        };
        if rest.is_empty() {
            let piece = self.take();
            let Token::Quoted(text) = piece.token else {
                return Err(ExpressionError::new(
                    format!("expected the {kind}'s name"),
                    piece.at,
                    piece.length,
                )
                .hint(format!("for example: {kind}:\"Follow up\" = Yes")));
            };
            name.length = piece.at + piece.length - name.at;
            name.text = text;
        } else {
            name.text = rest;
        }
        if kind == "field" {
            return match self.vocabulary.field(&name.text) {
                Some(target) => Ok((target, name)),
                None => Err(self.unknown(&name)),
            };
        }
        match self.vocabulary.qualifier(&name.text) {
            Some(qualifier) => Ok((Target::Qualifier(qualifier), name)),
            None => Err(ExpressionError::new(
                format!("there is no qualifier {:?}", name.text),
                name.at,
                name.length,
            )
            .near(&self.vocabulary.near_names(&name.text))),
        }
    }

    fn unknown(&self, name: &Value) -> ExpressionError {
        let mut error = ExpressionError::new(
            format!("{:?} is no field of a lead here", name.text),
            name.at,
            name.length,
        );
        error.unknown_field = true;
        // A qualifier's own name needs its prefix.
        if self.vocabulary.qualifier(&name.text).is_some() {
            let shown = super::vocabulary::quoted(&name.text);
            return error.hint(format!(
                "a qualifier is named with its kind: qualifier:{shown}"
            ));
        }
        error.near(&self.vocabulary.near_names(&name.text))
    }

    fn value(&mut self) -> Result<Value, ExpressionError> {
        let piece = self.take();
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(ExpressionError::new(
                format!("more than {MOST_VALUES} values in one expression"),
                piece.at,
                piece.length,
            ));
        }
        let text = match piece.token {
            Token::Word(word) if is_keyword(&word) => {
                return Err(
                    ExpressionError::new("expected a value", piece.at, piece.length).hint(format!(
                        "the word itself is quoted: '{word}'; nothing at all: is empty"
                    )),
                );
            }
            Token::Word(word) => word,
            Token::Quoted(text) => text,
            _ => {
                return Err(
                    ExpressionError::new("expected a value", piece.at, piece.length)
                        .hint("to find leads without one: is empty"),
                );
            }
        };
        Ok(Value {
            text,
            at: piece.at,
            length: piece.length,
        })
    }

    fn list(&mut self) -> Result<Vec<Value>, ExpressionError> {
        let open = self.take();
        if open.token != Token::Open {
            return Err(ExpressionError::new(
                "expected ( and a list of values",
                open.at,
                open.length,
            )
            .hint("for example: in (CEO, 'Head of IT')"));
        }
        let mut values = vec![self.value()?];
        loop {
            let piece = self.take();
            match piece.token {
                Token::Comma => values.push(self.value()?),
                Token::Close => return Ok(values),
                Token::End => {
                    return Err(ExpressionError::new(
                        "this list is never closed",
                        open.at,
                        open.length,
                    ));
                }
                _ => {
                    return Err(
                        ExpressionError::new("expected , or )", piece.at, piece.length)
                            .hint("a value with spaces is quoted: in ('Head of IT', CEO)"),
                    );
                }
            }
        }
    }
}

fn one_or(mut parts: Vec<Node>, several: fn(Vec<Node>) -> Node) -> Node {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            several(parts)
        }
    }
}

fn is_keyword(word: &str) -> bool {
    ["and", "or", "not", "in", "is", "empty"]
        .iter()
        .any(|keyword| word.eq_ignore_ascii_case(keyword))
}

/// `qualifier:Interest` or `qualifier.Interest`: the kind, and the name if it stands there already.
fn prefix(word: &str) -> Option<(&'static str, String)> {
    ["qualifier", "field"].into_iter().find_map(|kind| {
        let start = word.get(..kind.len())?;
        let rest = word.get(kind.len()..)?;
        let name = rest.strip_prefix([':', '.'])?;
        start
            .eq_ignore_ascii_case(kind)
            .then(|| (kind, name.to_owned()))
    })
}
