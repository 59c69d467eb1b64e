//! HubSpot connected with a token from the environment and nothing mapped, by the commands people use.

use super::{CANARY, World};

/// The world; without the variable the vendor cannot be asked any more.
pub(crate) fn connected() -> World {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let url = world.base_url();
    world
        .run(&["connect", "hubspot", "--base-url", &url])
        .ends(0);
    world
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
