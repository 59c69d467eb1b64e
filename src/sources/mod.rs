//! Where leads come from beside files: services that are asked for what they captured.
//!
//! A source **describes** itself (sign-in, limits, as data) and **translates** (pages of its listings, one lead, one id
//! written back). What is made of it is decided in [`crate::capture`], once for all sources. Like [`crate::vendors`] it knows
//! neither store nor engine; the words of a sign-in and of a failed call are those of the vendors' contract.

mod info;
mod items;
pub mod mobly;
mod source;

pub use info::*;
pub use items::*;
pub use source::*;

/// Every source, in alphabetical order.
pub static ALL: &[&SourceInfo] = &[&mobly::INFO];

/// The source of that name, whatever its case.
#[must_use]
pub fn lookup(name: &str) -> Option<&'static SourceInfo> {
    ALL.iter()
        .copied()
        .find(|source| source.name.eq_ignore_ascii_case(name))
}
