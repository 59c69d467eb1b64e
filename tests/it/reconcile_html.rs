//! The board as a page: for people without a terminal, and without what they must not see.

use serde_json::Value;

use crate::support::World;
use crate::support::expo::{EXPO, expo};

fn page(world: &World, options: &[&str]) -> String {
    let path = world.file("board.html", "the page of yesterday");
    let mut arguments = vec!["reconcile", "--html", &path];
    arguments.extend(options);
    let said = world.run(&arguments);
    assert_eq!(said.status, 0, "{}", said.err);
    std::fs::read_to_string(path).unwrap()
}

fn leads(page: &str) -> Vec<Value> {
    let (_, rest) = page.split_once("id=\"board\">").unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(data).unwrap()
}

fn pushed() -> World {
    let world = expo();
    world.run(&["reconcile", "--event", EXPO, "--retry", "--json"]);
    world
}

#[test]
fn the_page_has_the_boards_sums_and_every_lead() {
    let world = pushed();
    let board = world.json(&["reconcile", "--view", "lead"]);
    let page = page(&world, &[]);
    let shown = leads(&page);
    assert_eq!(shown.len(), board["leads"].as_array().unwrap().len());
    for lead in board["leads"].as_array().unwrap() {
        let row = shown.iter().find(|row| row[0] == lead["id"]).unwrap();
        assert_eq!((&row[1], &row[4]), (&lead["name"], &lead["state"]));
    }
    for group in board["failed"].as_array().unwrap() {
        assert!(page.contains(group["category"].as_str().unwrap()));
    }
    // What is selected bounds the leads, not the sums.
    let failed = leads(&self::page(&world, &["--state", "failed", "--with-logs"]));
    assert_eq!(board["summary"]["failed"], failed.len());
    assert!(failed.iter().all(|row| row[11][0]["phases"].is_array()));
}

#[test]
fn a_page_without_personal_data_holds_none() {
    let world = pushed();
    let board = world.json(&["reconcile", "--view", "lead"]);
    let page = page(&world, &["--no-pii"]);
    for lead in board["leads"].as_array().unwrap() {
        for key in ["name", "email"] {
            let text = lead[key].as_str().unwrap_or_default();
            assert!(text.is_empty() || !page.contains(text), "{text}");
        }
    }
    let both = world.run(&["reconcile", "--html", "x.html", "--no-pii", "--with-logs"]);
    assert_eq!(both.status, 2, "logs hold what was sent");
}

#[test]
fn a_page_that_cannot_be_written_is_said_to_be_so() {
    let world = pushed();
    let said = world.run(&["reconcile", "--html", "/no/such/folder/board.html"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("board.html"), "{}", said.err);
}
