//! What a comparison means for the property it compares.

use std::str::FromStr;

use super::check::{Number, Order, Span, TextCheck, fold, number};
use super::error::ExpressionError;
use super::vocabulary::{Target, Vocabulary, near};
use super::{Node, Test};
use crate::domain::board::BoardState;
use crate::domain::category::{CATEGORIES, Category};
use crate::domain::email;
use crate::domain::ids::EventId;
use jiff::tz::TimeZone;

/// A word or quoted text with its place.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) at: usize,
    pub(super) length: usize,
}

impl Value {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn wrong(&self, message: impl Into<String>) -> ExpressionError {
        ExpressionError::new(message, self.at, self.length)
    }
}

/// `=` and `in`. A blank value stands for nothing at all.
pub(super) fn among(
    vocabulary: &Vocabulary,
    target: &Target,
    values: &[Value],
) -> Result<Node, ExpressionError> {
    let given: Vec<&Value> = values.iter().filter(|value| !value.is_blank()).collect();
    let mut parts = named(vocabulary, target, &given)?;
    if given.len() < values.len() {
        parts.push(empty(target));
    }
    Ok(match parts.len() {
        1 => parts.swap_remove(0),
        _ => Node::Any(parts),
    })
}

fn named(
    vocabulary: &Vocabulary,
    target: &Target,
    values: &[&Value],
) -> Result<Vec<Node>, ExpressionError> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let texts = |values: &[&Value]| values.iter().map(|value| fold(&value.text)).collect();
    let test = match target {
        Target::Field(key) if key == "email" => return Ok(addresses(values)),
        Target::Event => Test::Event(events(vocabulary, values)?),
        Target::State => Test::State(each(values, state)?),
        Target::Category => Test::Category(each(values, category)?),
        Target::Scans => {
            let numbers = each(values, count)?.into_iter();
            return Ok(numbers
                .map(|number| Node::Test(Test::Scans(Order::Equal, number)))
                .collect());
        }
        Target::CapturedAt => {
            let spans = each(values, |value| span(value, &vocabulary.zone))?;
            return Ok(spans
                .into_iter()
                .map(|span| Node::Test(Test::CapturedAt(Order::Equal, span)))
                .collect());
        }
        _ => return Ok(text(target, TextCheck::Among(texts(values)))),
    };
    Ok(vec![Node::Test(test)])
}

/// Addresses are compared as people are matched, so that the index finds them; text that is none, as text.
fn addresses(values: &[&Value]) -> Vec<Node> {
    let mut keys = Vec::new();
    let mut others = Vec::new();
    for value in values {
        match email::key(&value.text) {
            Some(key) => keys.push(key),
            None => others.push(fold(&value.text)),
        }
    }
    let mut parts = Vec::new();
    if !keys.is_empty() {
        parts.push(Node::Test(Test::Email(keys)));
    }
    if !others.is_empty() {
        let check = TextCheck::Among(others);
        parts.push(Node::Test(Test::Field("email".to_owned(), check)));
    }
    parts
}

/// `~`.
pub(super) fn contains(
    vocabulary: &Vocabulary,
    target: &Target,
    name: &Value,
    value: &Value,
) -> Result<Node, ExpressionError> {
    if value.is_blank() {
        return Err(value
            .wrong("every text contains nothing")
            .hint("to find leads without a value: is empty"));
    }
    let test = match target {
        Target::Event => Test::Event(vocabulary.events_containing(&value.text)),
        Target::Category => {
            let part = fold(&value.text).replace('-', "_");
            let matching = CATEGORIES.iter().map(|text| text.category);
            Test::Category(
                matching
                    .filter(|category| category.code().to_lowercase().contains(&part))
                    .collect(),
            )
        }
        Target::State | Target::Scans | Target::CapturedAt => {
            return Err(ExpressionError::new(
                format!("{} is no text to look into", name.text),
                name.at,
                name.length,
            )
            .hint(match target {
                Target::State => "compare it with = or in",
                _ => "compare it with =, <, <=, > or >=",
            }));
        }
        _ => return Ok(only(text(target, TextCheck::Contains(fold(&value.text))))),
    };
    Ok(Node::Test(test))
}

/// `<`, `<=`, `>`, `>=`.
pub(super) fn compare(
    vocabulary: &Vocabulary,
    target: &Target,
    name: &Value,
    order: Order,
    value: &Value,
) -> Result<Node, ExpressionError> {
    let test = match target {
        Target::Scans => Test::Scans(order, count(value)?),
        Target::CapturedAt => Test::CapturedAt(order, span(value, &vocabulary.zone)?),
        Target::Event | Target::State | Target::Category | Target::Source | Target::Name => {
            return Err(ExpressionError::new(
                format!("{} has no order", name.text),
                name.at,
                name.length,
            )
            .hint("compare it with =, != or in"));
        }
        Target::Field(_) | Target::Qualifier(_) => {
            let check = match (
                number(&value.text),
                Span::parse(&value.text, &TimeZone::UTC),
            ) {
                (Some(number), _) => TextCheck::Number(order, Number(number)),
                (None, Some(span)) => TextCheck::Moment(order, span),
                (None, None) => {
                    return Err(value
                        .wrong(format!(
                            "expected a number or a date after {}",
                            order.sign()
                        ))
                        .hint("for example: companySize > 200, or \"Renewal\" < 2026-12-31"));
                }
            };
            return Ok(only(text(target, check)));
        }
    };
    Ok(Node::Test(test))
}

/// `is empty`.
pub(super) fn empty(target: &Target) -> Node {
    let test = match target {
        Target::Event => Test::NoEvent,
        Target::State => Test::NoState,
        Target::Category => Test::NoCategory,
        // Every lead has these.
        Target::Scans | Target::CapturedAt => return Node::Any(Vec::new()),
        _ => return only(text(target, TextCheck::Empty)),
    };
    Node::Test(test)
}

fn text(target: &Target, check: TextCheck) -> Vec<Node> {
    let test = match target {
        Target::Field(key) => Test::Field(key.clone(), check),
        Target::Qualifier(qualifier) => Test::Answer(*qualifier, check),
        Target::Name => Test::Name(check),
        Target::Source => Test::Source(check),
        Target::Event | Target::State | Target::Category | Target::Scans | Target::CapturedAt => {
            return Vec::new();
        }
    };
    vec![Node::Test(test)]
}

fn only(mut parts: Vec<Node>) -> Node {
    match parts.len() {
        1 => parts.swap_remove(0),
        _ => Node::Any(parts),
    }
}

fn each<T>(
    values: &[&Value],
    read: impl Fn(&Value) -> Result<T, ExpressionError>,
) -> Result<Vec<T>, ExpressionError> {
    values.iter().map(|value| read(value)).collect()
}

fn events(vocabulary: &Vocabulary, values: &[&Value]) -> Result<Vec<EventId>, ExpressionError> {
    let mut events = Vec::new();
    for value in values {
        let named = vocabulary.events_named(&value.text);
        if named.is_empty() {
            return Err(value
                .wrong(format!("there is no event {:?}", value.text))
                .near(&vocabulary.near_events(&value.text)));
        }
        events.extend(named);
    }
    Ok(events)
}

fn state(value: &Value) -> Result<BoardState, ExpressionError> {
    let wanted = fold(&value.text).replace(['_', ' '], "-");
    BoardState::ALL
        .into_iter()
        .find(|state| state.name() == wanted)
        .ok_or_else(|| {
            value.wrong(format!("{:?} is no state", value.text)).hint(
                "states are enriching, pre-sync, held, failed, cleared and ignored; the company's: companyState",
            )
        })
}

fn category(value: &Value) -> Result<Category, ExpressionError> {
    Category::from_str(&value.text).map_err(|_| {
        let known = CATEGORIES.iter().map(|text| text.category.code());
        value
            .wrong(format!("{:?} is no category", value.text))
            .near(&near(&value.text, known.map(|code| (code, code))))
            .hint("mobly-sync explain lists them")
    })
}

fn count(value: &Value) -> Result<Number, ExpressionError> {
    number(&value.text)
        .map(Number)
        .ok_or_else(|| value.wrong("expected a number"))
}

fn span(value: &Value, zone: &TimeZone) -> Result<Span, ExpressionError> {
    Span::parse(&value.text, zone).ok_or_else(|| {
        value
            .wrong("expected a day or a moment")
            .hint("for example: 2026-11-17, or '2026-11-17 09:30'")
    })
}
