//! Leads in: reading the exports of lead-capture tools.
//!
//! Reading is pure and streams: [`decode`] turns bytes into text whatever their encoding, [`records`] splits text into rows
//! with the physical line each begins on, [`headers`] recognises what the columns mean, [`rows`] understands one row. Only
//! [`import`] touches the store. Only what cannot be read is rejected (decisions.md 12); everything else is a person somebody
//! met, kept as captured, with a warning where a value is doubtful.

pub mod dates;
pub mod decode;
pub mod delimiter;
mod header_names;
pub mod headers;
pub mod import;
mod import_job;
#[cfg(test)]
mod import_tests;
pub mod records;
mod rejects;
pub mod report;
pub mod rows;

pub use import::{FileFormat, ImportError, ImportOptions, ImportProgress, import};
pub use report::ImportReport;
