//! `lead import --watch`: what appears in a folder is imported once, when it is complete.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::support::World;

fn watch(world: &World, folder: &str, options: &[&str]) -> Child {
    world
        .command()
        .args(["lead", "import", "--watch", folder])
        .args(options)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn interrupt(child: &Child) {
    let id = child.id().to_string();
    let status = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
fn files_are_imported_once_as_they_appear() {
    let mut world = World::new();
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    let folder = world.folder().join("exports");
    std::fs::create_dir(&folder).unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    put("a.csv", "Email\nann@firm.example\n");
    put("unfinished.csv.part", "Email\nxi@firm.example\n");
    let path = folder.to_str().unwrap().to_owned();
    let mut child = watch(&world, &path, &["--event", "Expo", "--create-event"]);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || lines.next().unwrap().unwrap();
    let first = next();
    assert!(
        first.starts_with("a.csv: run ") && first.contains("created=1"),
        "{first}"
    );
    put("b.json", "[{\"email\": \"bo@firm.example\"}]");
    let second = next();
    assert!(
        second.starts_with("b.json: run ") && second.contains("created=1"),
        "{second}"
    );
    // The same bytes under another name, and a file that is cut off.
    put("c.csv", "Email\nann@firm.example\n");
    let third = next();
    assert!(
        third.starts_with("c.csv: known, imported by run "),
        "{third}"
    );
    put("d.json", "[{\"email\": \"di@firm.ex");
    let fourth = next();
    assert!(
        fourth.contains("not downloaded or copied completely"),
        "{fourth}"
    );
    put("d.json", "[{\"email\": \"di@firm.example\"}]");
    let fifth = next();
    assert!(fifth.starts_with("d.json: run "), "{fifth}");
    interrupt(&child);
    assert_eq!(lines.count(), 0, "a line a file, and no more");
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert!(said.contains("Imported 3 files meanwhile."), "{said}");
    let leads = world.json(&["lead", "list"]);
    assert_eq!(leads["leads"].as_array().unwrap().len(), 3);
}

#[test]
fn with_json_there_is_one_document_at_the_end() {
    let mut world = World::new();
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.run(&["event", "add", "Expo"]).ends(0);
    let folder = world.folder().join("exports");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.csv"), "Email\nann@firm.example\n").unwrap();
    let path = folder.to_str().unwrap().to_owned();
    let mut child = watch(&world, &path, &["--event", "Expo", "--json"]);
    // Ended, and not only begun: an import that is interrupted in its midst is told otherwise.
    let is_imported = || {
        let history = world.json(&["history"]);
        let mut runs = history["runs"].as_array().unwrap().iter();
        runs.any(|run| run["trigger"] == "import" && run["outcome"] == "done")
    };
    while !is_imported() {}
    interrupt(&child);
    let mut text = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["schema"], 1);
    assert_eq!(document["files"][0]["file"], "a.csv");
    assert_eq!(document["files"][0]["outcome"], "imported");
    assert_eq!(document["files"][0]["created"], 1);
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn a_watch_needs_a_folder_and_a_known_event() {
    let world = World::new();
    let file = world.file("a.csv", "Email\nann@firm.example\n");
    world.run(&["lead", "import", "--watch", &file]).ends(2);
    let folder = world.folder().to_str().unwrap().to_owned();
    let error = world
        .run(&[
            "lead", "import", "--watch", &folder, "--event", "Nowhere", "--json",
        ])
        .ends(1)
        .json();
    assert_eq!(error["error"]["code"], "not_found");
    world
        .run(&["lead", "import", "--watch", &folder, "--dry-run"])
        .ends(2);
}
