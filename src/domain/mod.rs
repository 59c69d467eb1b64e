//! Pure types and rules: no input or output, no network, no database, no clock.
//!
//! Everything else in the program speaks in these words.

pub mod activity;
pub mod board;
pub mod budget;
pub mod campaign;
pub mod category;
pub mod checkup;
pub mod command_line;
pub mod company;
pub mod email;
pub mod event;
pub mod expression;
pub mod failure;
pub mod formula;
pub mod guess;
pub mod hints;
pub mod history;
pub mod ids;
pub mod integration;
pub mod lead;
pub mod mapping;
pub mod person;
pub mod phone;
pub mod plan;
pub mod qualifier;
pub mod remote;
pub mod report;
pub mod rows;
pub mod rules;
pub mod run;
pub mod suppression;
pub mod sync_state;
pub mod verification;
pub mod write;
