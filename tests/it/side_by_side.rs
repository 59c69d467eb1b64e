//! A CRM and a marketing tool in one file: every lead goes to both, and neither holds the other up.

use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::marketo::{EXPO, connected, instance, members, sign_in_at, tell};
use crate::support::{Said, World, pardot, seed};

/// HubSpot with Marketo beside it, both with the default mapping; and the world Marketo's sandbox is in.
fn both(options: &[&str]) -> (World, World) {
    let (world, marketing, said) = beside(options);
    said.ends(0);
    world.run(&["mapping", "defaults", "-i", "marketo"]).ends(0);
    (world, marketing)
}

/// The same with nothing mapped yet, and what connecting Marketo said.
fn beside(options: &[&str]) -> (World, World, Said) {
    let marketing = World::with_sandbox(instance());
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.connect();
    seed::map(&world);
    let said = sign_in_at(&world, &marketing.base_url(), options);
    (world, marketing, said)
}

/// One connection's part of `status`.
#[track_caller]
fn status(world: &World, vendor: &str) -> Value {
    let status = world.json(&["status"]);
    let all = status["integrations"].as_array().unwrap();
    let one = all.iter().find(|one| one["vendor"] == vendor);
    one.unwrap_or_else(|| panic!("{status}")).clone()
}

#[track_caller]
fn counts(world: &World, vendor: &str) -> [u64; 3] {
    let summary = status(world, vendor)["summary"].clone();
    ["pre_sync", "cleared", "failed"].map(|key| summary[key].as_u64().unwrap())
}

#[test]
fn one_lead_lands_in_both_and_each_has_its_own_record() {
    let (world, marketing) = both(&[]);
    import(&world, "Expo", &World::people_csv(30, 3));
    world
        .run(&[
            "campaign", "connect", "Expo", "--id", EXPO, "--status", "Invited", "-i", "marketo",
        ])
        .ends(0);
    // Without a word it is the CRM.
    let pushed = world.json(&["sync"]);
    assert_eq!(
        (&pushed["integration"], &pushed["created"]),
        (&json!("hubspot"), &json!(30)),
        "{pushed}"
    );
    assert_eq!(marketing.stats()["leads"], json!(0));
    assert_eq!(counts(&world, "marketo"), [30, 0, 0]);
    let pushed = world.json(&["sync", "-i", "marketo"]);
    assert_eq!(
        (&pushed["integration"], &pushed["created"]),
        (&json!("marketo"), &json!(30)),
        "{pushed}"
    );
    assert_eq!(
        (&world.stats()["contacts"], &marketing.stats()["leads"]),
        (&json!(30), &json!(30))
    );
    assert_eq!(members(&marketing, EXPO).len(), 30);
    for vendor in ["hubspot", "marketo"] {
        assert_eq!(counts(&world, vendor), [0, 30, 0], "{vendor}");
    }
    let record = |vendor: &str| {
        world.json(&["log", "ann1@firm1.example", "-i", vendor])["lead"]["record"].clone()
    };
    assert_ne!(record("hubspot"), record("marketo"));
}

#[test]
fn what_one_refuses_the_other_keeps() {
    let (world, marketing) = both(&[]);
    tell(
        &marketing,
        "refusals",
        json!({"when": {"email": "ann2@firm2.example"}, "code": 1003, "message": "Invalid value for field 'title'"}),
    );
    import(&world, "Expo", &World::people_csv(5, 5));
    let said = world.run(&["sync", "-i", "all", "--json"]).ends(3);
    assert!(
        said.out.contains("hubspot") && said.out.contains("marketo"),
        "{}",
        said.out
    );
    assert_eq!(counts(&world, "hubspot"), [0, 5, 0]);
    assert_eq!(counts(&world, "marketo"), [0, 4, 1]);
    // Each has a board of its own.
    let board = |vendor: &str| world.json(&["reconcile", "-i", vendor]);
    assert_eq!(board("hubspot")["failed"], json!([]));
    assert_eq!(
        board("marketo")["failed"][0]["category"],
        "DATA_VALUE_VALIDATION"
    );
    marketing.admin("DELETE", "refusals", &Value::Null);
    let writes = world.stats()["writes"].clone();
    world
        .run(&["reconcile", "--retry", "-i", "marketo"])
        .ends(0);
    assert_eq!(counts(&world, "marketo"), [0, 5, 0]);
    assert_eq!(world.stats()["writes"], writes, "the other is left alone");
}

#[test]
fn one_that_is_out_of_reach_or_disabled_holds_nobody_up() {
    let (world, marketing) = both(&[]);
    import(&world, "Expo", &World::people_csv(5, 5));
    tell(&marketing, "errors", json!({"status": 502, "times": 1_000}));
    let said = world.run(&["sync", "-i", "all", "--json"]);
    assert_ne!(said.status, 0);
    assert_eq!(counts(&world, "hubspot"), [0, 5, 0]);
    assert_eq!(counts(&world, "marketo"), [5, 0, 0]);
    marketing.admin("DELETE", "errors", &Value::Null);

    world.run(&["disable", "hubspot"]).ends(0);
    import(
        &world,
        "Fair",
        "First Name,Last Name,Email\nZoe,Lee,zoe@zoe.example\n",
    );
    world.run(&["sync", "-i", "marketo", "--json"]).ends(0);
    assert_eq!(counts(&world, "marketo"), [0, 6, 0]);
    assert_eq!(world.stats()["contacts"], json!(5));
    world.run(&["enable", "hubspot"]).ends(0);
    world.run(&["sync", "-i", "hubspot"]).ends(0);
    assert_eq!(counts(&world, "hubspot"), [0, 6, 0]);
    // A connection that goes takes its own queue along.
    world.run(&["disconnect", "marketo", "--yes"]).ends(0);
    assert_eq!(counts(&world, "hubspot"), [0, 6, 0]);
}

#[test]
fn connecting_the_second_says_who_makes_new_people() {
    let (world, _marketing, said) = beside(&["--no-input"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(
        said.err
            .contains("connect marketo --set --records update-only"),
        "{}",
        said.err
    );
    // Chosen once, it is no question any more.
    world
        .run(&["connect", "marketo", "--set", "--records", "update-only"])
        .ends(0);
    let again = world.connect();
    assert_eq!(again["account"]["id"], "20261122");
    for options in [&["--records", "create"][..], &["--records", "update-only"]] {
        let (_world, _marketing, said) = beside(options);
        assert_eq!(said.status, 0, "{}", said.err);
        assert!(!said.err.contains("update-only"), "{}", said.err);
    }
    // Alone there is nobody to sync with.
    let alone = World::with_sandbox(instance());
    let said = sign_in_at(&alone, &alone.base_url(), &[]);
    assert!(!said.err.contains("--records"), "{}", said.err);
}

/// The row of the address, which marketing tools know people by.
fn keeps_its_key(world: &World, object: &str) {
    for arguments in [
        vec!["mapping", "unset", "email"],
        vec!["mapping", "set", "email", "firstName", "--object", object],
    ] {
        let said = world.run(&arguments).ends(2);
        assert!(said.err.contains("knows people by"), "{}", said.err);
    }
    let exported = world.run(&["mapping", "export"]).ends(0).out;
    let rows = exported.split("\n[[row]]");
    let without: Vec<&str> = rows
        .clone()
        .filter(|row| !row.contains("remote = \"email\""))
        .collect();
    assert_eq!(without.len() + 1, rows.count(), "{exported}");
    let file = world.file("mapping.toml", without.join("\n[[row]]"));
    let said = world.run(&["mapping", "import", &file]).ends(2);
    assert!(said.err.contains("knows people by"), "{}", said.err);
    let file = world.file("mapping.toml", &exported);
    world.run(&["mapping", "import", &file]).ends(0);
    // Any other row may go.
    world.run(&["mapping", "unset", "jobTitle"]).ends(0);
    let rows = world.json(&["mapping", "list"]).to_string();
    assert!(rows.contains(r#""remote":"email""#), "{rows}");
}

#[test]
fn the_row_people_are_known_by_cannot_go() {
    keeps_its_key(&connected(&[]), "lead");
    keeps_its_key(&pardot::connected(), "prospect");
}
