//! A CRM and a marketing tool in one file: each has its own queue, and neither holds the other up.

use serde_json::{Value, json};

use crate::support::browser::sign_in_at;
use crate::support::connected::import;
use crate::support::pardot::{UNIT, tell, unit};
use crate::support::{World, seed};

/// HubSpot with Pardot beside it, both with the default mapping; and the world Pardot's sandbox is in.
fn both() -> (World, World) {
    let marketing = World::with_sandbox(unit());
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.connect();
    seed::map(&world);
    let url = marketing.base_url();
    sign_in_at(&mut world, "pardot", &url, &["--business-unit", UNIT]);
    world.run(&["mapping", "defaults", "-i", "pardot"]).ends(0);
    (world, marketing)
}

/// The counts of one connection.
#[track_caller]
fn summary(world: &World, vendor: &str) -> Value {
    let status = world.json(&["status"]);
    let all = status["integrations"].as_array().unwrap();
    let one = all.iter().find(|one| one["vendor"] == vendor);
    one.unwrap_or_else(|| panic!("{status}"))["summary"].clone()
}

#[test]
fn each_has_its_own_queue() {
    let (world, marketing) = both();
    import(&world, "Expo", &World::people_csv(30, 3));
    for vendor in ["hubspot", "pardot"] {
        assert_eq!(summary(&world, vendor)["pre_sync"], json!(30), "{vendor}");
    }
    // Without a word it is the CRM.
    let pushed = world.json(&["sync"]);
    assert_eq!(
        (&pushed["integration"], &pushed["created"]),
        (&json!("hubspot"), &json!(30)),
        "{pushed}"
    );
    assert_eq!(marketing.stats()["prospects"], json!(0));
    assert_eq!(summary(&world, "pardot")["pre_sync"], json!(30));
    let pushed = world.json(&["sync", "-i", "pardot"]);
    assert_eq!(
        (&pushed["integration"], &pushed["created"]),
        (&json!("pardot"), &json!(30)),
        "{pushed}"
    );
    assert_eq!(
        (
            &marketing.stats()["prospects"],
            &marketing.stats()["imports"]
        ),
        (&json!(30), &json!(1))
    );
    for vendor in ["hubspot", "pardot"] {
        assert_eq!(summary(&world, vendor)["cleared"], json!(30), "{vendor}");
    }
    // The ids are each their own.
    let record = |vendor: &str| {
        world.json(&["log", "ann1@firm1.example", "-i", vendor])["lead"]["record"].clone()
    };
    assert_ne!(record("hubspot"), record("pardot"));
}

#[test]
fn all_of_them_at_once_and_a_refusal_of_one_is_not_the_others() {
    let (world, marketing) = both();
    tell(
        &marketing,
        "refusals",
        json!({"email": "ann2@firm2.example", "code": 57}),
    );
    import(&world, "Expo", &World::people_csv(5, 5));
    let said = world.run(&["sync", "-i", "all", "--json"]).ends(3);
    assert!(
        said.out.contains("hubspot") && said.out.contains("pardot"),
        "{}",
        said.out
    );
    assert_eq!(
        (&world.stats()["contacts"], &marketing.stats()["prospects"]),
        (&json!(5), &json!(4))
    );
    let hubspot = summary(&world, "hubspot");
    let pardot = summary(&world, "pardot");
    assert_eq!(
        (&hubspot["cleared"], &hubspot["failed"]),
        (&json!(5), &json!(0)),
        "{hubspot}"
    );
    assert_eq!(
        (&pardot["cleared"], &pardot["failed"]),
        (&json!(4), &json!(1)),
        "{pardot}"
    );
    // A lead that changed is due at both again.
    world
        .run(&[
            "lead",
            "edit",
            "ann1@firm1.example",
            "--set",
            "phone=+1 555 999",
            "--no-sync",
        ])
        .ends(0);
    for vendor in ["hubspot", "pardot"] {
        assert_eq!(summary(&world, vendor)["pre_sync"], json!(1), "{vendor}");
    }
    // A connection that goes takes its own queue along.
    world.run(&["disconnect", "pardot", "--yes"]).ends(0);
    assert_eq!(summary(&world, "hubspot")["cleared"], json!(4));
}
