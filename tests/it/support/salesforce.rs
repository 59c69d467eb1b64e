//! Salesforce connected to a sandbox in this process, by the commands people use.

use std::time::Duration;

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use super::{CANARY, World};

/// The options of an org without limits and delays that takes the canary token.
pub(crate) fn org() -> SandboxOptions {
    SandboxOptions {
        rate: RateMode::Off,
        search_lag: Duration::ZERO,
        tokens: vec![CANARY.to_owned()],
        ..SandboxOptions::new("salesforce")
    }
}

/// The org, connected in Manual with a token, with the default mapping.
#[track_caller]
pub(crate) fn connected(options: &[&str]) -> World {
    connected_to(org(), options)
}

/// The same to an org of another kind.
#[track_caller]
pub(crate) fn connected_to(org: SandboxOptions, options: &[&str]) -> World {
    let world = World::with_sandbox(org);
    connect(&world, options);
    world.run(&["mapping", "defaults"]).ends(0);
    world
}

/// Connects with the canary token, in Manual.
#[track_caller]
pub(crate) fn connect(world: &World, options: &[&str]) -> Value {
    let options = [&["--mode", "manual"], options].concat();
    super::connected::by_token(world, "salesforce", &[], &options)
}

/// Puts a record into the org and tells its id.
#[allow(clippy::needless_pass_by_value)] // a literal at every call
#[track_caller]
pub(crate) fn seed(world: &World, object: &str, record: Value) -> String {
    let answer = world.admin(
        "POST",
        &format!("records/{object}"),
        &json!({"records": [record]}),
    );
    answer["ids"][0].as_str().unwrap().to_owned()
}

/// One record as it stands in the org.
#[track_caller]
pub(crate) fn record(world: &World, object: &str, id: &str) -> Value {
    world.admin("GET", &format!("records/{object}/{id}"), &Value::Null)
}

/// All records of an object.
#[track_caller]
pub(crate) fn records(world: &World, object: &str) -> Vec<Value> {
    let all = world.admin("GET", &format!("records/{object}"), &Value::Null);
    all["records"].as_array().unwrap().clone()
}

/// Takes a CSV into the event Expo and pushes it; the summary, whatever the end.
#[track_caller]
pub(crate) fn push(world: &World, csv: &str) -> (i32, Value) {
    super::connected::import(world, "Expo", csv);
    let said = world.run(&["sync-event", "Expo", "--json"]);
    (said.status, said.json())
}

/// The attempt of a lead that counts.
#[track_caller]
pub(crate) fn attempt(world: &World, lead: &str) -> Value {
    let log = world.json(&["log", lead, "--all"]);
    let attempts = log["attempts"].as_array().unwrap();
    attempts
        .iter()
        .max_by_key(|attempt| attempt["id"].as_u64())
        .unwrap_or_else(|| panic!("{log}"))
        .clone()
}

/// The phase of an attempt.
#[track_caller]
pub(crate) fn phase<'a>(attempt: &'a Value, name: &str) -> &'a Value {
    attempt["phases"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|phase| phase["name"] == name)
        .unwrap_or_else(|| panic!("no {name}: {attempt}"))
}
