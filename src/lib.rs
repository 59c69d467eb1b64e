pub mod capture;
pub mod domain;
pub mod store;
