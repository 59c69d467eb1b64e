//! The vendors: one folder each, and the contract they keep.

pub mod vendor;

pub use vendor::*;
