//! The journey a newcomer sees first: it must end well, leave nothing behind, and show what it says.

use crate::support::{World, assert_document};

#[test]
fn the_demo_shows_failures_of_four_categories_and_ends_with_none() {
    let world = World::new();
    let said = world.run(&["demo"]).ends(0);
    let (first, second) = said.out.split_once("--state failed --retry").unwrap();
    for category in [
        "DATA_VALUE_VALIDATION",
        "NO_TAG_MAPPING",
        "DATA_TOO_LONG",
        "DATA_FORMAT_VALIDATION",
        "NOT_ENOUGH_DATA",
    ] {
        assert!(
            first.contains(&format!("failed\t{category}\t")),
            "{}",
            said.out
        );
    }
    assert!(first.contains("$ mobly-sync connect hubspot --base-url http://127.0.0.1:"));
    assert!(second.contains("summary\tfailed\t0\n"), "{}", said.out);
    assert!(second.contains("mobly-sync demo --keep"), "{}", said.out);
    assert!(
        !world.database().exists(),
        "the user's own file is not touched"
    );
    let folder = first.split("lead import ").nth(1).unwrap();
    let folder = folder.split("/expo-2026.csv").next().unwrap();
    assert!(
        !std::path::Path::new(folder).exists(),
        "{folder} is left behind"
    );
}

#[test]
fn the_demo_can_be_kept_and_told_in_short() {
    let world = World::new();
    let folder = world.folder().join("kept").to_string_lossy().into_owned();
    let said = world.run(&["demo", "--quiet", "--keep", &folder]).ends(0);
    assert_eq!(said.out.lines().count(), 1, "{}", said.out);
    let database = format!("{folder}/mobly.db");
    let board = world.json(&["reconcile", "--db", &database]);
    assert_eq!(board["summary"]["failed"], 0);
    let again = world
        .run(&["demo", "--keep", &folder, "--json"])
        .ends(1)
        .json();
    assert_eq!(again["error"]["code"], "file");
}

#[test]
fn the_demo_is_a_document_too() {
    let world = World::new();
    let document = world.json(&["demo"]);
    assert_document(&document);
    let steps = document["steps"].as_array().unwrap();
    let pushed = steps
        .iter()
        .find(|step| step["command"] == "mobly-sync sync-event \"Expo 2026\"")
        .unwrap();
    assert_eq!(pushed["exit"], 3);
    assert!(
        pushed["output"]["by_category"].as_object().unwrap().len() >= 4,
        "{pushed}"
    );
}
