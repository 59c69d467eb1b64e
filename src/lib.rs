pub mod cli;
pub mod domain;
pub mod engine;
pub mod env_vars;
pub mod exit;
pub mod store;
pub mod ui;
