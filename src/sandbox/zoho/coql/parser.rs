//! From words to a statement.

use serde_json::{Value, json};

use super::super::errors::ApiError;
use super::condition::{Comparison, Condition, Operator};
use super::tokens::{Token, split};

type Parsed<T> = Result<T, Box<ApiError>>;

/// "LIMIT 1–200" costs least; a query without a limit gets that much (from memory).
const DEFAULT_LIMIT: usize = 200;

#[derive(Debug)]
pub(super) struct Statement {
    pub(super) columns: Vec<String>,
    pub(super) module: String,
    pub(super) condition: Condition,
    /// Column, and whether it falls.
    pub(super) order: Vec<(String, bool)>,
    pub(super) limit: usize,
    pub(super) offset: usize,
}

/// Only the code is documented.
pub(super) fn syntax_error(near: &str) -> Box<ApiError> {
    let details = json!({"near": near});
    ApiError::new(
        400,
        "SYNTAX_ERROR",
        "error occurred while parsing the query",
        details,
    )
}

pub(super) fn statement(text: &str) -> Parsed<Statement> {
    let mut parser = Parser {
        tokens: split(text)?,
        position: 0,
    };
    parser.keyword("select")?;
    let mut columns = vec![parser.word()?];
    while parser.takes_sign(",") {
        columns.push(parser.word()?);
    }
    parser.keyword("from")?;
    let module = parser.word()?;
    parser.keyword("where")?;
    let condition = parser.condition()?;
    let mut statement = Statement {
        columns,
        module,
        condition,
        order: Vec::new(),
        limit: DEFAULT_LIMIT,
        offset: 0,
    };
    if parser.takes("order") {
        parser.keyword("by")?;
        statement.order = parser.order()?;
    }
    if parser.takes("limit") {
        statement.limit = parser.size()?;
        // `limit offset, count`.
        if parser.takes_sign(",") {
            statement.offset = statement.limit;
            statement.limit = parser.size()?;
        }
    }
    if parser.takes("offset") {
        statement.offset = parser.size()?;
    }
    if parser.peek().is_some() {
        return parser.unexpected();
    }
    Ok(statement)
}

struct Parser {
    tokens: Vec<Token>,
    position: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.position)
    }

    fn unexpected<T>(&self) -> Parsed<T> {
        Err(syntax_error(
            self.peek().map_or("end of query", Token::shown),
        ))
    }

    fn next(&mut self) -> Parsed<Token> {
        let Some(token) = self.peek().cloned() else {
            return self.unexpected();
        };
        self.position += 1;
        Ok(token)
    }

    fn is(&self, keyword: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword))
    }

    fn takes(&mut self, keyword: &str) -> bool {
        let found = self.is(keyword);
        self.position += usize::from(found);
        found
    }

    fn keyword(&mut self, keyword: &str) -> Parsed<()> {
        if self.takes(keyword) {
            Ok(())
        } else {
            self.unexpected()
        }
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(other)) if *other == sign);
        self.position += usize::from(found);
        found
    }

    fn sign(&mut self, sign: &str) -> Parsed<()> {
        if self.takes_sign(sign) {
            Ok(())
        } else {
            self.unexpected()
        }
    }

    fn word(&mut self) -> Parsed<String> {
        match self.peek() {
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.position += 1;
                Ok(word)
            }
            _ => self.unexpected(),
        }
    }

    fn size(&mut self) -> Parsed<usize> {
        match self.next()? {
            Token::Number(text) => text.parse().map_err(|_| syntax_error(&text)),
            other => Err(syntax_error(other.shown())),
        }
    }

    fn order(&mut self) -> Parsed<Vec<(String, bool)>> {
        let mut order = Vec::new();
        loop {
            let column = self.word()?;
            let falls = self.takes("desc");
            if !falls {
                self.takes("asc");
            }
            order.push((column, falls));
            if !self.takes_sign(",") {
                return Ok(order);
            }
        }
    }

    /// One criterion, or two joined; more need nested brackets: `((a or b) or c)`.
    fn condition(&mut self) -> Parsed<Condition> {
        let first = self.term()?;
        let joined = if self.takes("and") {
            Condition::And(Box::new(first), Box::new(self.term()?))
        } else if self.takes("or") {
            Condition::Or(Box::new(first), Box::new(self.term()?))
        } else {
            return Ok(first);
        };
        if self.is("and") || self.is("or") {
            return self.unexpected();
        }
        Ok(joined)
    }

    fn term(&mut self) -> Parsed<Condition> {
        if self.takes_sign("(") {
            let condition = self.condition()?;
            self.sign(")")?;
            return Ok(condition);
        }
        let column = self.word()?;
        let (operator, values) = self.comparison()?;
        let comparison = Comparison::new(column, operator, values);
        Ok(Condition::Is(comparison))
    }

    fn comparison(&mut self) -> Parsed<(Operator, Vec<Value>)> {
        if self.takes("is") {
            let operator = if self.takes("not") {
                Operator::IsNotNull
            } else {
                Operator::IsNull
            };
            self.keyword("null")?;
            return Ok((operator, Vec::new()));
        }
        if self.takes("between") {
            let low = self.value()?;
            self.keyword("and")?;
            return Ok((Operator::Between, vec![low, self.value()?]));
        }
        let negated = self.takes("not");
        if self.takes("in") {
            self.sign("(")?;
            let mut values = vec![self.value()?];
            while self.takes_sign(",") {
                values.push(self.value()?);
            }
            self.sign(")")?;
            let operator = if negated {
                Operator::NotIn
            } else {
                Operator::In
            };
            return Ok((operator, values));
        }
        if self.takes("like") {
            let operator = if negated {
                Operator::NotLike
            } else {
                Operator::Like
            };
            return Ok((operator, vec![self.value()?]));
        }
        let operator = match self.next()? {
            Token::Sign("=") if !negated => Operator::Equal,
            Token::Sign("!=" | "<>") if !negated => Operator::NotEqual,
            Token::Sign(">") if !negated => Operator::Greater,
            Token::Sign(">=") if !negated => Operator::GreaterOrEqual,
            Token::Sign("<") if !negated => Operator::Less,
            Token::Sign("<=") if !negated => Operator::LessOrEqual,
            other => return Err(syntax_error(other.shown())),
        };
        Ok((operator, vec![self.value()?]))
    }

    fn value(&mut self) -> Parsed<Value> {
        match self.next()? {
            Token::Text(text) => Ok(json!(text)),
            Token::Number(text) => serde_json::from_str(&text).map_err(|_| syntax_error(&text)),
            Token::Word(word) if word.eq_ignore_ascii_case("true") => Ok(json!(true)),
            Token::Word(word) if word.eq_ignore_ascii_case("false") => Ok(json!(false)),
            other => Err(syntax_error(other.shown())),
        }
    }
}
