//! From words to a statement.

use super::super::errors::ApiError;
use super::super::values::moment;
use super::filter::{Comparison, Condition, Literal, Path};
use super::tokens::{Token, split};

type Parsed<T> = Result<T, Box<ApiError>>;

#[derive(Debug)]
pub(super) struct OrderBy {
    pub(super) path: Path,
    pub(super) descending: bool,
    pub(super) nulls_last: bool,
}

#[derive(Debug)]
pub(super) struct Statement {
    /// Empty for `COUNT()`.
    pub(super) fields: Vec<Path>,
    pub(super) object: String,
    pub(super) condition: Option<Condition>,
    pub(super) order: Vec<OrderBy>,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
}

/// Reads a whole statement.
pub(super) fn statement(text: &str) -> Parsed<Statement> {
    let mut parser = Parser {
        tokens: split(text)?,
        position: 0,
    };
    parser.keyword("SELECT")?;
    let fields = parser.fields()?;
    parser.keyword("FROM")?;
    let object = parser.word()?.text;
    let mut statement = Statement {
        fields,
        object,
        condition: None,
        order: Vec::new(),
        limit: None,
        offset: 0,
    };
    if parser.takes("WHERE") {
        statement.condition = Some(parser.condition()?);
    }
    if parser.takes("ORDER") {
        parser.keyword("BY")?;
        statement.order = parser.order()?;
    }
    if parser.takes("LIMIT") {
        statement.limit = Some(parser.number()?);
    }
    if parser.takes("OFFSET") {
        statement.offset = parser.number()?;
    }
    parser.end()?;
    Ok(statement)
}

/// Reads what may stand after `WHERE`.
pub(super) fn condition(text: &str) -> Parsed<Condition> {
    let mut parser = Parser {
        tokens: split(text)?,
        position: 0,
    };
    let condition = parser.condition()?;
    parser.end()?;
    Ok(condition)
}

struct Parser {
    tokens: Vec<(Token, usize)>,
    position: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.position).map(|(token, _)| token)
    }

    fn unexpected<T>(&self) -> Parsed<T> {
        let shown = self.peek().map_or_else(|| "<EOF>".to_owned(), Token::shown);
        Err(ApiError::malformed_query(format!(
            "unexpected token: '{shown}'"
        )))
    }

    fn end(&self) -> Parsed<()> {
        if self.peek().is_some() {
            self.unexpected()
        } else {
            Ok(())
        }
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

    fn word(&mut self) -> Parsed<Path> {
        match self.tokens.get(self.position) {
            Some((Token::Word(word), position)) => {
                let path = Path::new(word, *position);
                self.position += 1;
                Ok(path)
            }
            _ => self.unexpected(),
        }
    }

    fn number(&mut self) -> Parsed<usize> {
        match self.peek() {
            Some(Token::Bare(text)) if text.parse::<usize>().is_ok() => {
                let number = text.parse().unwrap_or(0);
                self.position += 1;
                Ok(number)
            }
            _ => self.unexpected(),
        }
    }

    fn fields(&mut self) -> Parsed<Vec<Path>> {
        if self.is("COUNT")
            && matches!(
                self.tokens.get(self.position + 1),
                Some((Token::Sign("("), _))
            )
        {
            self.position += 2;
            self.sign(")")?;
            return Ok(Vec::new());
        }
        let mut fields = vec![self.word()?];
        while self.takes_sign(",") {
            fields.push(self.word()?);
        }
        Ok(fields)
    }

    fn order(&mut self) -> Parsed<Vec<OrderBy>> {
        let mut order = Vec::new();
        loop {
            let path = self.word()?;
            let descending = self.takes("DESC");
            if !descending {
                self.takes("ASC");
            }
            let mut nulls_last = false;
            if self.takes("NULLS") {
                nulls_last = self.takes("LAST");
                if !nulls_last {
                    self.keyword("FIRST")?;
                }
            }
            order.push(OrderBy {
                path,
                descending,
                nulls_last,
            });
            if !self.takes_sign(",") {
                return Ok(order);
            }
        }
    }

    /// `AND` and `OR` may not be mixed without parentheses.
    fn condition(&mut self) -> Parsed<Condition> {
        let first = self.single()?;
        for (keyword, is_and) in [("AND", true), ("OR", false)] {
            if !self.is(keyword) {
                continue;
            }
            let mut all = vec![first];
            while self.takes(keyword) {
                all.push(self.single()?);
            }
            if self.is("AND") || self.is("OR") {
                return self.unexpected();
            }
            return Ok(if is_and {
                Condition::And(all)
            } else {
                Condition::Or(all)
            });
        }
        Ok(first)
    }

    fn single(&mut self) -> Parsed<Condition> {
        if self.takes("NOT") {
            return Ok(Condition::Not(Box::new(self.single()?)));
        }
        if self.takes_sign("(") {
            let inner = self.condition()?;
            self.sign(")")?;
            return Ok(inner);
        }
        let path = self.word()?;
        let negated = self.takes("NOT");
        if self.takes("IN") {
            let values = self.list()?;
            return Ok(Condition::In {
                path,
                negated,
                values,
                keys: Default::default(),
            });
        }
        if negated {
            return self.unexpected();
        }
        let comparison = if self.takes("LIKE") {
            Comparison::Like
        } else {
            let Some(Token::Sign(sign)) = self.peek() else {
                return self.unexpected();
            };
            let comparison = match *sign {
                "=" => Comparison::Equal,
                "!=" | "<>" => Comparison::Unequal,
                "<" => Comparison::Less,
                "<=" => Comparison::LessOrEqual,
                ">" => Comparison::Greater,
                ">=" => Comparison::GreaterOrEqual,
                _ => return self.unexpected(),
            };
            self.position += 1;
            comparison
        };
        let value = self.literal()?;
        Ok(Condition::Compare {
            path,
            comparison,
            value,
        })
    }

    fn list(&mut self) -> Parsed<Vec<Literal>> {
        self.sign("(")?;
        let mut values = vec![self.literal()?];
        while self.takes_sign(",") {
            values.push(self.literal()?);
        }
        self.sign(")")?;
        Ok(values)
    }

    fn literal(&mut self) -> Parsed<Literal> {
        let literal = match self.peek() {
            Some(Token::Text { plain, pattern }) => Literal::Text {
                plain: plain.clone(),
                pattern: pattern.clone(),
            },
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("null") => Literal::Null,
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("true") => Literal::Bool(true),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("false") => Literal::Bool(false),
            Some(Token::Bare(text)) => match (text.parse::<f64>(), moment(text)) {
                (Ok(number), _) => Literal::Number(number),
                (_, Some(moment)) => Literal::Moment(moment),
                _ if text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok() => {
                    Literal::Date(text.clone())
                }
                _ => return self.unexpected(),
            },
            _ => return self.unexpected(),
        };
        self.position += 1;
        Ok(literal)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn refusal(text: &str) -> String {
        let error = statement(text).unwrap_err();
        assert_eq!((error.status, error.code), (400, "MALFORMED_QUERY"));
        error.message
    }

    #[test]
    fn statements_are_read() {
        let read = statement(
            "select Id, Account.Name from Contact where (Email IN ('a\\'b@x.com','c') or Phone = null) and not Name like 'O\\%%' \
             order by CreatedDate desc nulls last, Id limit 5 offset 2",
        )
        .unwrap();
        assert_eq!(read.fields.len(), 2);
        assert_eq!(
            (read.object.as_str(), read.limit, read.offset),
            ("Contact", Some(5), 2)
        );
        assert_eq!(read.order.len(), 2);
        assert!(matches!(read.condition, Some(Condition::And(parts)) if parts.len() == 2));
        assert!(
            statement("SELECT COUNT() FROM Lead")
                .unwrap()
                .fields
                .is_empty()
        );
    }

    #[test]
    fn what_breaks_a_statement_is_named() {
        assert_eq!(
            refusal("SELECT Id FROM Lead WHERE Name = 'O'Brien"),
            "unexpected token: 'Brien'"
        );
        assert_eq!(
            refusal("SELECT Id FROM Lead WHERE Name = 'back\\'"),
            "unexpected token: '<EOF>'"
        );
        assert_eq!(
            refusal("SELECT Id FROM Lead WHERE A = 1 AND B = 2 OR C = 3"),
            "unexpected token: 'OR'"
        );
        assert!(
            refusal("SELECT Id FROM Lead WHERE Name = 'a\\x'")
                .contains("Illegal character sequence '\\x'")
        );
        assert!(refusal("SELECT Id FROM Lead WHERE Name = 'a\nb'").contains("line breaks"));
        assert!(refusal("SELECT Id FROM Lead GROUP BY Id").contains("'GROUP'"));
        let long = format!("SELECT Id FROM Lead WHERE Name = '{}'", "x".repeat(4_001));
        assert!(refusal(&long).contains("4000"));
    }
}
