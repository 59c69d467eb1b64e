//! Signing in at a vendor, the same way for every vendor.
//!
//! * [`loopback`] waits on this machine for what the browser brings back (RFC 8252), and reads what a person pastes instead.
//! * `page` is what the browser shows meanwhile.

pub mod loopback;
mod page;
