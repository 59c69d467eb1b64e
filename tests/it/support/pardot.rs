//! A business unit of Pardot in this process: it has no tokens to paste, and time runs fast, since imports take a minute.

use std::time::Duration;

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use super::World;

/// The business unit the sandbox is.
pub(crate) const UNIT: &str = "0Uvbm0020261122EAA";

/// How many times as fast as life.
pub(crate) const FASTER: f64 = 100.0;

/// A unit without limits whose queries see what was written at once.
pub(crate) fn unit() -> SandboxOptions {
    SandboxOptions {
        rate: RateMode::Off,
        search_lag: Duration::ZERO,
        time_factor: FASTER,
        ..SandboxOptions::new("pardot")
    }
}

/// The unit, connected in Manual, with the default mapping.
#[track_caller]
pub(crate) fn connected() -> World {
    connected_to(unit())
}

/// The same to a unit of another kind.
#[track_caller]
pub(crate) fn connected_to(unit: SandboxOptions) -> World {
    let mut world = World::with_sandbox(unit);
    world.set("MOBLY_SYNC_TEST_TIME", &FASTER.to_string());
    sign_in(&mut world);
    world.run(&["mapping", "defaults"]).ends(0);
    world
}

/// Connects in Manual.
#[track_caller]
pub(crate) fn sign_in(world: &mut World) {
    super::browser::sign_in(world, "pardot", &["--business-unit", UNIT]);
}

/// Changes something in the unit.
#[allow(clippy::needless_pass_by_value)] // a literal at every call
#[track_caller]
pub(crate) fn tell(world: &World, path: &str, body: Value) -> Value {
    world.admin("POST", path, &body)
}

/// Puts a prospect into the unit and tells its id.
#[track_caller]
pub(crate) fn seed(world: &World, prospect: Value) -> String {
    let answer = tell(world, "prospects", json!({"prospects": [prospect]}));
    answer["ids"][0].to_string()
}

/// A prospect as it stands in the unit, whoever may see it.
#[track_caller]
pub(crate) fn prospect(world: &World, id: &str) -> Value {
    world.admin("GET", &format!("prospects/{id}"), &Value::Null)
}

/// The prospects of exactly this address.
#[track_caller]
pub(crate) fn by_email(world: &World, email: &str) -> Vec<Value> {
    let answer = world.admin("GET", &format!("prospects/by-email/{email}"), &Value::Null);
    answer["prospects"].as_array().unwrap().clone()
}

/// How often requests of this kind were made.
pub(crate) fn calls(world: &World, path: &str) -> u64 {
    world.stats()["by_path"][path].as_u64().unwrap_or(0)
}

/// Lets time pass in the unit.
#[track_caller]
pub(crate) fn pass(world: &World, time: Duration) {
    let milliseconds = u64::try_from(time.as_millis()).unwrap();
    tell(world, "clock", json!({"advance_ms": milliseconds}));
}
