//! Expressions as SQL: a million leads are looked through here and never in memory. What a person typed is bound, never part
//! of a statement's text.

use jiff::tz::TimeZone;
use rusqlite::types::Value;

use super::{Store, StoreError};
use crate::domain::board::BoardState;
use crate::domain::expression::{Expression, Node, Test, TextCheck, Vocabulary};
use crate::domain::ids::{AccountId, EventId};
use crate::domain::lead::field_info;
use crate::domain::qualifier::value_key;

/// The account whose states an expression means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// None: no lead has a state.
    Nowhere,
    /// This one.
    Account(AccountId),
    /// That of `sync_records r` around the condition.
    Joined,
}

/// A condition over `leads l`, with its unnumbered parameters in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) parameters: Vec<Value>,
}

/// The expression as a condition; it is 0 or 1, never NULL.
pub(super) fn condition(expression: &Expression, place: Place) -> Sql {
    let mut sql = Sql::default();
    sql.node(expression.root(), place);
    sql
}

/// What a comparison of text looks at.
enum Column<'a> {
    Plain(&'static str),
    /// A field kept in `l.fields`.
    Custom(&'a str),
}

impl Sql {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn bind(&mut self, value: impl Into<Value>) {
        self.push("?");
        self.parameters.push(value.into());
    }

    fn list(&mut self, values: impl IntoIterator<Item = Value>) {
        self.push("(");
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
        self.push(")");
    }

    fn node(&mut self, node: &Node, place: Place) {
        match node {
            Node::All(parts) => self.several(parts, " AND ", "1", place),
            Node::Any(parts) => self.several(parts, " OR ", "0", place),
            Node::Not(part) => {
                self.push("NOT ");
                self.node(part, place);
            }
            Node::Test(test) => self.test(test, place),
        }
    }

    fn several(&mut self, parts: &[Node], word: &str, none: &str, place: Place) {
        if parts.is_empty() {
            return self.push(none);
        }
        self.push("(");
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.push(word);
            }
            self.node(part, place);
        }
        self.push(")");
    }

    fn test(&mut self, test: &Test, place: Place) {
        match test {
            Test::Field(key, check) => self.check(&column(key), check),
            Test::Email(keys) => {
                // Said twice, so that it is never NULL and the index of addresses still fits.
                self.push("(l.email_key IS NOT NULL AND l.email_key IN ");
                self.list(keys.iter().cloned().map(Value::Text));
                self.push(")");
            }
            Test::Name(check) => self.check(
                &Column::Plain("(ifnull(l.first_name, '') || ' ' || ifnull(l.last_name, ''))"),
                check,
            ),
            Test::Answer(qualifier, check) => self.answer(qualifier.0, check),
            Test::Source(check) => self.check(&Column::Plain("l.source"), check),
            Test::Event(events) => self.events(events),
            Test::NoEvent => {
                self.push("NOT EXISTS (SELECT 1 FROM event_leads x WHERE x.lead_id = l.id)");
            }
            Test::State(states) => {
                let any: Vec<&str> = states.iter().map(|state| in_state(*state)).collect();
                self.place(place, "0", &format!(" AND ({})", any.join(" OR ")), []);
            }
            Test::NoState => {
                self.push("NOT ");
                self.place(place, "0", "", []);
            }
            Test::Category(categories) => {
                let marks = vec!["?"; categories.len()].join(", ");
                let codes = categories
                    .iter()
                    .map(|category| Value::Text(category.code().to_owned()));
                self.place(place, "0", &format!(" AND s.category IN ({marks})"), codes);
            }
            Test::NoCategory => {
                self.push("NOT ");
                self.place(place, "0", " AND s.category <> ''", []);
            }
            Test::Scans(order, number) => {
                self.push(&format!("l.scans {} ", order.sign()));
                self.bind(number.0);
            }
            Test::CapturedAt(order, span) => self.span("l.captured_at", *order, *span),
        }
    }

    fn events(&mut self, events: &[EventId]) {
        self.push("EXISTS (SELECT 1 FROM event_leads x WHERE x.lead_id = l.id AND x.event_id IN ");
        self.list(events.iter().map(|event| Value::Integer(event.0)));
        self.push(")");
    }

    /// The lead's row in the account, if it fits.
    fn place(
        &mut self,
        place: Place,
        nowhere: &str,
        more: &str,
        parameters: impl IntoIterator<Item = Value>,
    ) {
        let start =
            "EXISTS (SELECT 1 FROM sync_records s WHERE s.lead_id = l.id AND s.account_id = ";
        match place {
            Place::Nowhere => return self.push(nowhere),
            Place::Account(account) => {
                self.push(start);
                self.bind(account.0);
            }
            Place::Joined => {
                self.push(start);
                self.push("r.account_id");
            }
        }
        self.push(more);
        self.parameters.extend(parameters);
        self.push(")");
    }

    fn answer(&mut self, qualifier: i64, check: &TextCheck) {
        let none = *check == TextCheck::Empty;
        self.push(if none { "NOT EXISTS (" } else { "EXISTS (" });
        self.push("SELECT 1 FROM answers a WHERE a.lead_id = l.id AND a.qualifier_id = ");
        self.bind(qualifier);
        match check {
            TextCheck::Empty => {}
            TextCheck::Among(wanted) => {
                self.push(" AND a.value_key IN ");
                self.list(wanted.iter().map(|text| Value::Text(value_key(text))));
            }
            check => {
                self.push(" AND ");
                self.check(&Column::Plain("a.raw"), check);
            }
        }
        self.push(")");
    }

    fn check(&mut self, column: &Column<'_>, check: &TextCheck) {
        match check {
            TextCheck::Among(wanted) => {
                self.push("lead_fold(");
                self.column(column);
                self.push(") IN ");
                self.list(wanted.iter().cloned().map(Value::Text));
            }
            TextCheck::Contains(part) => {
                self.push("lead_contains(");
                self.column(column);
                self.push(", ");
                self.bind(part.clone());
                self.push(")");
            }
            TextCheck::Empty => {
                self.push("lead_fold(");
                self.column(column);
                self.push(") = ''");
            }
            TextCheck::Number(order, right) => {
                self.push("ifnull(lead_number(");
                self.column(column);
                self.push(&format!(") {} ", order.sign()));
                self.bind(right.0);
                self.push(", 0)");
            }
            TextCheck::Moment(order, span) => {
                let mut value = Self::default();
                value.push("lead_moment(");
                value.column(column);
                value.push(")");
                self.push("ifnull(");
                self.parameters.append(&mut value.parameters);
                self.span(&value.text, *order, *span);
                self.push(", 0)");
            }
        }
    }

    /// Compares a moment with a stretch of time as [`crate::domain::expression::Span::holds`] does.
    fn span(
        &mut self,
        value: &str,
        order: crate::domain::expression::Order,
        span: crate::domain::expression::Span,
    ) {
        use crate::domain::expression::Order;
        let (sign, bound) = match order {
            Order::Equal => {
                self.push(&format!("({value} >= "));
                self.bind(span.from);
                self.push(&format!(" AND {value} < "));
                self.bind(span.to);
                return self.push(")");
            }
            Order::Less => ("<", span.from),
            Order::LessOrEqual => ("<", span.to),
            Order::Greater => (">=", span.to),
            Order::GreaterOrEqual => (">=", span.from),
        };
        self.push(&format!("{value} {sign} "));
        self.bind(bound);
    }

    fn column(&mut self, column: &Column<'_>) {
        match column {
            Column::Plain(sql) => self.push(sql),
            Column::Custom(key) if plain_key(key) => {
                self.push("json_extract(l.fields, ");
                self.bind(format!("$.\"{key}\""));
                self.push(")");
            }
            // A path has no way to write such a name.
            Column::Custom(key) => {
                self.push("(SELECT f.value FROM json_each(l.fields) f WHERE f.key = ");
                self.bind((*key).to_owned());
                self.push(")");
            }
        }
    }
}

fn plain_key(key: &str) -> bool {
    !key.chars()
        .any(|character| character.is_control() || matches!(character, '"' | '\\'))
}

fn column(key: &str) -> Column<'_> {
    match key {
        "email" => Column::Plain("l.email"),
        "firstName" => Column::Plain("l.first_name"),
        "lastName" => Column::Plain("l.last_name"),
        "companyName" => Column::Plain("l.company_name"),
        "companyDomain" => Column::Plain("l.company_domain"),
        custom => Column::Custom(custom),
    }
}

/// A state as the row `s` of the queue tells it.
fn in_state(state: BoardState) -> &'static str {
    match state {
        BoardState::Enriching => "s.state = 'waiting' AND l.readiness = 'enriching'",
        BoardState::PreSync => "s.state = 'waiting' AND l.readiness <> 'enriching'",
        BoardState::Held => "s.state = 'held'",
        BoardState::Failed => "s.state = 'failed' AND s.ignored_at IS NULL",
        BoardState::Cleared => "s.state = 'cleared'",
        BoardState::Ignored => "s.state = 'failed' AND s.ignored_at IS NOT NULL",
    }
}

impl Store {
    /// What an expression can name in this file. Custom fields are those of the newest leads, or with `thorough` of all.
    ///
    /// # Errors
    /// As every statement.
    pub fn vocabulary(&self, zone: TimeZone, thorough: bool) -> Result<Vocabulary, StoreError> {
        let custom_fields = if thorough {
            self.every_custom_field()?
        } else {
            self.custom_fields()?
        };
        let qualifiers = self
            .qualifiers(true)?
            .into_iter()
            .map(|qualifier| (qualifier.id, qualifier.name))
            .collect();
        let events = self
            .connection
            .prepare_cached("SELECT id, name FROM events ORDER BY id DESC")?
            .query_map([], |row| Ok((EventId(row.get(0)?), row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(Vocabulary {
            custom_fields,
            qualifiers,
            events,
            zone,
        })
    }

    fn every_custom_field(&self) -> Result<Vec<String>, StoreError> {
        let names: Vec<String> = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT f.key FROM leads l, json_each(l.fields) f WHERE l.erased_at IS NULL
                 ORDER BY f.key COLLATE NOCASE",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(names
            .into_iter()
            .filter(|name| field_info(name).is_none())
            .collect())
    }
}
