//! Pipedrive connected to a sandbox in this process, by the commands people use.

use std::time::Duration;

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use super::{CANARY, World};

/// The options of a company without limits and delays that takes the canary token.
pub(crate) fn company() -> SandboxOptions {
    SandboxOptions {
        rate: RateMode::Off,
        search_lag: Duration::ZERO,
        tokens: vec![CANARY.to_owned()],
        ..SandboxOptions::new("pipedrive")
    }
}

/// The company with contact sync, connected in Manual with a token, with the default mapping.
#[track_caller]
pub(crate) fn connected(options: &[&str]) -> World {
    connected_to(company(), options)
}

/// The same to a company of another kind.
#[track_caller]
pub(crate) fn connected_to(company: SandboxOptions, options: &[&str]) -> World {
    let world = World::with_sandbox(company);
    world.admin("POST", "settings", &json!({"contact_sync": true}));
    connect(&world, options);
    world.run(&["mapping", "defaults"]).ends(0);
    world
}

/// Connects with the canary token, in Manual.
#[track_caller]
pub(crate) fn connect(world: &World, options: &[&str]) -> Value {
    let options = [&["--mode", "manual"], options].concat();
    super::connected::by_token(world, "pipedrive", &[], &options)
}

/// Puts a record into the company and tells its id.
#[allow(clippy::needless_pass_by_value)] // a literal at every call
#[track_caller]
pub(crate) fn seed(world: &World, kind: &str, record: Value) -> u64 {
    let answer = world.admin(
        "POST",
        &format!("records/{kind}"),
        &json!({"records": [record]}),
    );
    answer["ids"][0].as_u64().unwrap()
}

/// A person of these addresses, the first of them the primary one.
#[track_caller]
pub(crate) fn person(world: &World, name: &str, emails: &[&str], organization: Option<u64>) -> u64 {
    let emails: Vec<Value> = emails
        .iter()
        .enumerate()
        .map(|(n, email)| json!({"value": email, "primary": n == 0, "label": "work"}))
        .collect();
    let record = json!({"name": name, "emails": emails, "org_id": organization});
    seed(world, "persons", record)
}

/// One record as it stands in the company.
#[track_caller]
pub(crate) fn record(world: &World, kind: &str, id: u64) -> Value {
    world.admin("GET", &format!("records/{kind}/{id}"), &Value::Null)
}

/// All records that are not deleted.
#[track_caller]
pub(crate) fn records(world: &World, kind: &str) -> Vec<Value> {
    let all = world.admin("GET", &format!("records/{kind}"), &Value::Null);
    let all = all["records"].as_array().unwrap().iter();
    all.filter(|record| record["is_deleted"] == json!(false))
        .cloned()
        .collect()
}

/// The values of a list of addresses or numbers, in their order.
pub(crate) fn values(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|entry| entry["value"].as_str().unwrap()).collect()
}
