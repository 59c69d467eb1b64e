//! SOQL, as far as a client of leads, people and campaigns needs it (fact sheet, section 4).
//!
//! `SELECT fields | COUNT() FROM object [WHERE …] [ORDER BY …] [LIMIT n] [OFFSET n]`, with dotted parents, the
//! comparison operators, `IN`, `NOT IN`, `LIKE`, `AND`, `OR`, `NOT` and parentheses. Grouping, subqueries and
//! date words such as `TODAY` are refused as `MALFORMED_QUERY`.

mod bind;
mod filter;
mod parser;
mod run;
mod tokens;

pub(super) use filter::{Condition, holds};
pub(super) use run::{Cursors, condition, next_page, query};
