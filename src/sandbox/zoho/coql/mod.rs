//! COQL, Zoho's query language, as far as the fact sheet knows it: one module, fields of records one lookup
//! away, `and`/`or` in nested brackets, `order by`, `limit` and `offset`. There are no aggregates.

mod condition;
mod parser;
mod run;
mod tokens;

pub(super) use run::serve;

/// Credits of a query: by its limit.
pub(super) fn cost(text: &str) -> u64 {
    let limit = parser::statement(text).map_or(1, |statement| statement.limit);
    match limit {
        0..=200 => 1,
        201..=1_000 => 2,
        _ => 3,
    }
}
