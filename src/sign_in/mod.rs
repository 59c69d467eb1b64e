//! Signing in to vendors.

pub mod jwt;
