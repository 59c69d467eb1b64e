//! Leads in: reading the exports of lead-capture tools.
//!
//! Reading is pure: [`formats`] tells what a file is; [`decode`] turns bytes into text whatever their encoding, [`records`]
//! splits text into rows with the physical line each begins on, streaming; `json`, `workbook` and `vcard` give the same rows
//! from other files, which they hold; [`headers`] recognises what the columns mean, [`rows`] understands one row. Only
//! [`import`] touches the store. Only what cannot be read is rejected (decisions.md 12); everything else is a person somebody
//! met, kept as captured, with a warning where a value is doubtful.
//!
//! [`pull`] is the other way in: pages of a source that is asked.

mod archive;
pub mod dates;
pub mod decode;
pub mod delimiter;
pub mod formats;
mod header_names;
pub mod headers;
pub mod import;
mod import_error;
mod import_job;
#[cfg(test)]
mod import_tests;
mod json;
pub mod pull;
mod record;
pub mod records;
mod rejects;
pub mod report;
pub mod rows;
mod similar;
mod source;
mod vcard;
mod vcard_text;
mod workbook;

pub use formats::FileFormat;
pub use import::{ImportOptions, ImportProgress, digest_of, import};
pub use import_error::ImportError;
pub use report::ImportReport;
