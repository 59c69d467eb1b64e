//! Vendors connected with a token and nothing mapped, by the commands people use.

use serde_json::Value;

use super::{CANARY, World};

/// HubSpot with a token from the environment; without the variable the vendor cannot be asked any more.
pub(crate) fn connected() -> World {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let url = world.base_url();
    world
        .run(&["connect", "hubspot", "--base-url", &url])
        .ends(0);
    world
}

/// Connects any vendor with the canary token from standard input; `own` are its options by name.
#[track_caller]
pub(crate) fn by_token(
    world: &World,
    vendor: &str,
    own: &[(&str, &str)],
    options: &[&str],
) -> Value {
    let url = world.base_url();
    let mut arguments = vec![
        "connect",
        vendor,
        "--token-stdin",
        "--base-url",
        &url,
        "--json",
    ];
    let own: Vec<String> = own
        .iter()
        .map(|(name, value)| format!("--{name}={value}"))
        .collect();
    arguments.extend(own.iter().map(String::as_str));
    arguments.extend(options);
    world
        .run_with_input(&arguments, &format!("{CANARY}\n"))
        .ends(0)
        .json()
}

/// Takes the people of a CSV into the file, for an event, and pushes nobody.
#[track_caller]
pub(crate) fn import(world: &World, event: &str, csv: &str) {
    let file = world.file("people.csv", csv);
    let arguments = [
        "lead",
        "import",
        &file,
        "--event",
        event,
        "--create-event",
        "--no-sync",
    ];
    world.run(&arguments).ends(0);
}
