//! Zoho connected to a sandbox in this process: it has no tokens to paste, so a person approves in the browser.

use std::time::Duration;

use mobly_sync::sandbox::{RateMode, SandboxOptions};

use super::World;

/// The organization, connected in Manual, with the default mapping.
#[track_caller]
pub(crate) fn connected(options: &[&str]) -> World {
    let mut world = World::with_sandbox(SandboxOptions {
        rate: RateMode::Off,
        search_lag: Duration::ZERO,
        ..SandboxOptions::new("zoho")
    });
    super::browser::sign_in(&mut world, "zoho", options);
    world.run(&["mapping", "defaults"]).ends(0);
    world
}
