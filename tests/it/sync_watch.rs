//! `sync --watch`: stays, pushes what arrives, and ends with the sum of it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::support::{World, seed};

fn interrupt(child: &Child) {
    let id = child.id().to_string();
    let status = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status()
        .unwrap();
    assert!(status.success());
}

fn watch(world: &World, options: &[&str]) -> Child {
    let mut command = world.command();
    command
        .args(["sync", "--watch"])
        .args(options)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn leads_are_pushed_as_they_arrive() {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..2);
    let mut child = watch(&world, &[]);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    assert!(first.contains("cleared=2"), "{first}");
    seed::leads(&world, "Expo", 2..3);
    let second = lines.next().unwrap().unwrap();
    assert!(second.contains("cleared=1"), "{second}");
    interrupt(&child);
    let rest: Vec<String> = lines.map(Result::unwrap).collect();
    assert!(
        rest.last().unwrap().contains("pushed=3 cleared=3"),
        "the sum comes last: {rest:?}"
    );
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn with_json_there_is_one_document_at_the_end() {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..2);
    let mut child = watch(&world, &["--json", "--progress", "json"]);
    // Standard error tells when the first run is over.
    let errors = BufReader::new(child.stderr.take().unwrap()).lines();
    let finished = errors
        .map(Result::unwrap)
        .find(|line| line.contains("\"finished\""));
    assert!(finished.is_some());
    interrupt(&child);
    let mut out = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&document["cleared"], &document["stopped"]),
        (&json!(2), &json!("interrupted"))
    );
}

#[test]
fn in_manual_mode_it_holds_and_a_paused_one_is_not_watched() {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.connect_with(&["--mode", "manual"]);
    seed::map(&world);
    seed::leads(&world, "Expo", 0..1);
    let mut child = watch(&world, &[]);
    let mut errors = BufReader::new(child.stderr.take().unwrap()).lines();
    let greeting = errors.next().unwrap().unwrap();
    assert!(greeting.contains("Manual mode"), "{greeting}");
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let one = &world.json(&["status"])["integrations"][0];
    assert_eq!(one["summary"]["pre_sync"], 1);
    world.run(&["disable"]).ends(0);
    world.run(&["sync", "--watch", "-i", "hubspot"]).ends(5);
}

#[test]
fn the_board_is_kept_as_a_page_while_somebody_watches() {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..2);
    let path = world.folder().join("board.html");
    let page = || std::fs::read_to_string(&path).unwrap();
    let mut child = watch(&world, &["--html", &path.to_string_lossy(), "--no-pii"]);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().contains("cleared=2"));
    let live = page();
    assert!(
        live.contains("http-equiv=\"refresh\""),
        "written before anything moved"
    );
    seed::leads(&world, "Expo", 2..3);
    // The run that follows begins after the page of the one before was written.
    assert!(lines.next().unwrap().unwrap().contains("cleared=1"));
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let last = page();
    assert!(
        !last.contains("http-equiv=\"refresh\""),
        "nobody writes it any more"
    );
    assert!(last.contains("cleared: 3 of 3"), "{last}");
    assert!(!last.contains("ann0@") && !last.contains("Lee"));
    world.run(&["sync", "--html", "x.html"]).ends(2);
}
