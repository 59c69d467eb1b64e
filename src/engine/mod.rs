//! The sync.

pub mod events;
