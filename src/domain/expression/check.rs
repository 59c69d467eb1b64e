//! Comparisons of single values: what the SQL functions of the store and the evaluation of one lead share.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// How two values stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    /// The sign, in expressions and in SQL.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

/// A finite number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(pub f64);

// Only finite numbers are made ([`number`]), so equality is an equivalence.
impl Eq for Number {}

impl Number {
    /// Whether `left` stands so to this number.
    #[must_use]
    pub fn holds(self, left: f64, order: Order) -> bool {
        let right = self.0;
        match order {
            // The same number written twice is the same float.
            #[allow(clippy::float_cmp)]
            Order::Equal => left == right,
            Order::Less => left < right,
            Order::LessOrEqual => left <= right,
            Order::Greater => left > right,
            Order::GreaterOrEqual => left >= right,
        }
    }
}

/// A stretch of time, microseconds since 1970: a day, a minute or one moment, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first microsecond.
    pub from: i64,
    /// The first one after it.
    pub to: i64,
}

impl Span {
    /// Reads a day (`2026-11-17`) or a moment (`2026-11-17 09:30`, or with seconds, or with an offset). What names no
    /// offset is of the zone.
    #[must_use]
    pub fn parse(text: &str, zone: &TimeZone) -> Option<Self> {
        let text = text.trim();
        let span = |from: Timestamp, to: Timestamp| Self {
            from: from.as_microsecond(),
            to: to.as_microsecond(),
        };
        if let Ok(at) = text.parse::<Timestamp>() {
            let from = at.as_microsecond();
            return Some(Self { from, to: from + 1 });
        }
        let start = |civil: DateTime| zone.to_timestamp(civil).ok();
        if let Ok(day) = text.parse::<Date>()
            && !text.contains(':')
        {
            let from = start(day.to_datetime(Time::midnight()))?;
            let to = start(day.tomorrow().ok()?.to_datetime(Time::midnight()))?;
            return Some(span(from, to));
        }
        let from = start(text.parse::<DateTime>().ok()?)?.as_microsecond();
        let length = match text.matches(':').count() {
            1 => 60_000_000,
            _ if text.contains('.') => 1,
            _ => 1_000_000,
        };
        Some(Self {
            from,
            to: from + length,
        })
    }

    /// Whether a moment stands so to this stretch; equal is within.
    #[must_use]
    pub fn holds(self, at: i64, order: Order) -> bool {
        match order {
            Order::Equal => at >= self.from && at < self.to,
            Order::Less => at < self.from,
            Order::LessOrEqual => at < self.to,
            Order::Greater => at >= self.to,
            Order::GreaterOrEqual => at >= self.from,
        }
    }
}

/// A comparison of a text. What it is compared with is folded ([`fold`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextCheck {
    /// It is one of these.
    Among(Vec<String>),
    /// It contains this.
    Contains(String),
    /// It is blank or not there.
    Empty,
    /// It is a number that stands so to this one.
    Number(Order, Number),
    /// It is a date or moment that stands so to this stretch; without an offset it is taken for UTC.
    Moment(Order, Span),
}

impl TextCheck {
    /// Whether it holds for a value.
    #[must_use]
    pub fn holds(&self, value: Option<&str>) -> bool {
        let text = value.unwrap_or_default();
        match self {
            Self::Among(wanted) => {
                let text = fold(text);
                wanted.contains(&text)
            }
            Self::Contains(part) => fold(text).contains(part.as_str()),
            Self::Empty => fold(text).is_empty(),
            Self::Number(order, right) => {
                number(text).is_some_and(|left| right.holds(left, *order))
            }
            Self::Moment(order, span) => moment(text).is_some_and(|at| span.holds(at, *order)),
        }
    }
}

/// The form two spellings of one text share: without surrounding space, in lower case.
#[must_use]
pub fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Reads a number as people write it (`1200`, `-3.5`, `1,200`).
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        return None;
    }
    let grouped = || {
        let whole = text.split('.').next().unwrap_or_default();
        let mut groups = whole.trim_start_matches(['+', '-']).split(',');
        groups
            .next()
            .is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.all(|group| group.len() == 3)
    };
    let plain = if text.contains(',') {
        grouped().then(|| text.replace(',', ""))?
    } else {
        text.to_owned()
    };
    plain.parse::<f64>().ok().filter(|found| found.is_finite())
}

/// Reads the moment a field holds, microseconds since 1970; a day is its beginning, and what names no offset is UTC.
#[must_use]
pub fn moment(text: &str) -> Option<i64> {
    Span::parse(text, &TimeZone::UTC).map(|span| span.from)
}
