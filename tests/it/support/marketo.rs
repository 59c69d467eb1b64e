//! An instance of Marketo in this process: an app signs in by itself, and nothing is limited.

use std::time::Duration;

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use super::{Said, World};

/// The instance; no answer tells its name.
pub(crate) const MUNCHKIN: &str = "123-ABC-456";
/// The secret of the app: where it turns up, it has leaked.
pub(crate) const SECRET: &str = "canary-client-secret-51aa";
/// The program there is at the start.
pub(crate) const EXPO: &str = "1001";
/// The one in the archive.
pub(crate) const ARCHIVED: &str = "1002";

/// An instance without limits and delays.
pub(crate) fn instance() -> SandboxOptions {
    SandboxOptions {
        rate: RateMode::Off,
        search_lag: Duration::ZERO,
        ..SandboxOptions::new("marketo")
    }
}

/// The instance, connected in Manual, with the default mapping.
#[track_caller]
pub(crate) fn connected(options: &[&str]) -> World {
    let mut world = World::with_sandbox(instance());
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    sign_in(&world, options);
    world.run(&["mapping", "defaults"]).ends(0);
    world
}

/// Connects to the world's sandbox in Manual.
#[track_caller]
pub(crate) fn sign_in(world: &World, options: &[&str]) -> Value {
    let url = world.base_url();
    let options = [&["--mode", "manual"], options].concat();
    sign_in_at(world, &url, &options).ends(0).json()
}

/// The same at any address, whatever comes of it.
pub(crate) fn sign_in_at(world: &World, url: &str, options: &[&str]) -> Said {
    let arguments = [
        &["connect", "marketo", "--grant", "client-credentials"],
        &["--client-id", "app-1", "--client-secret-stdin"][..],
        &["--munchkin-id", MUNCHKIN, "--base-url", url, "--json"],
        options,
    ]
    .concat();
    world.run_with_input(&arguments, &format!("{SECRET}\n"))
}

/// Changes something in the instance.
#[allow(clippy::needless_pass_by_value)] // a literal at every call
#[track_caller]
pub(crate) fn tell(world: &World, path: &str, body: Value) -> Value {
    world.admin("POST", path, &body)
}

/// Puts a record into the instance and tells its id.
#[allow(clippy::needless_pass_by_value)] // a literal at every call
#[track_caller]
pub(crate) fn seed(world: &World, kind: &str, record: Value) -> String {
    let answer = tell(
        world,
        &format!("records/{kind}"),
        json!({"records": [record]}),
    );
    answer["ids"][0].to_string()
}

/// A lead as it stands in the instance.
#[track_caller]
pub(crate) fn lead(world: &World, id: &str) -> Value {
    world.admin("GET", &format!("records/leads/{id}"), &Value::Null)
}

/// All leads of an address.
#[track_caller]
pub(crate) fn by_email(world: &World, email: &str) -> Vec<Value> {
    let all = super::salesforce::records(world, "leads");
    all.into_iter()
        .filter(|lead| lead["email"] == email)
        .collect()
}

/// Members of a program by their leads' ids.
#[track_caller]
pub(crate) fn members(world: &World, program: &str) -> Vec<(String, String)> {
    let all = world.admin("GET", &format!("members/{program}"), &Value::Null);
    let all = all["members"].as_array().unwrap();
    all.iter()
        .map(|member| {
            let status = member["statusName"].as_str().unwrap();
            (member["leadId"].to_string(), status.to_owned())
        })
        .collect()
}

/// The next calls whose path holds the text are refused so.
#[track_caller]
pub(crate) fn refuse(world: &World, path: &str, code: u16, message: &str, times: u32) {
    let error = json!({"code": code, "message": message, "times": times, "path": path});
    tell(world, "errors", error);
}

/// How often a call of this method and path was made.
#[track_caller]
pub(crate) fn endpoint(world: &World, name: &str) -> u64 {
    world.stats()["endpoints"][name].as_u64().unwrap_or(0)
}
