//! `lead import` of files and names that are nearly right: slips in event names, repeated columns, files cut off, and what
//! was once said of a column.

use serde_json::{Value, json};

use crate::support::World;

fn import(world: &World, file: &str, more: &[&str], status: i32) -> Value {
    let mut arguments = vec!["lead", "import", file, "--json"];
    arguments.extend(more);
    world.run(&arguments).ends(status).json()
}

fn events(world: &World) -> usize {
    world.json(&["event", "list"])["events"]
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn an_event_one_slip_away_from_another_is_not_added_unasked() {
    let world = World::new();
    world.run(&["event", "add", "Dreamforce 2026"]).ends(0);
    let file = world.file("a.csv", "Email\nann@firm.example\n");
    let slip = ["--event", "Dreamfroce 2026", "--create-event"];
    let error = import(&world, &file, &slip, 2);
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.contains("\"Dreamforce 2026\""), "{message}");
    let fix = error["error"]["fix"].as_str().unwrap();
    assert!(fix.ends_with("--event \"Dreamforce 2026\""), "{fix}");
    assert!(
        error["error"]["hint"]
            .as_str()
            .unwrap()
            .contains("--allow-similar"),
        "{error}"
    );
    assert_eq!(world.json(&["lead", "list"])["leads"], json!([]));
    // Another year is another event.
    import(
        &world,
        &file,
        &["--event", "Dreamforce 2027", "--create-event"],
        0,
    );
    assert_eq!(events(&world), 2);
    import(
        &world,
        &file,
        &[&slip[..], &["--allow-similar"]].concat(),
        0,
    );
    assert_eq!(events(&world), 3);
}

#[test]
fn a_slip_in_a_column_of_events_costs_its_row() {
    let world = World::new();
    let file = world.file(
        "a.csv",
        "Email,Event\nann@firm.example,Web Summit\nbo@firm.example,Web Sumit\ncy@firm.example,Expo\n",
    );
    let document = import(&world, &file, &["--create-event"], 3);
    assert_eq!(
        document["rejects"],
        json!([{"line": 3, "reason": "event \"Web Sumit\" is not known, but \"Web Summit\" is; --allow-similar adds it all the same"}])
    );
    assert_eq!(events(&world), 2);
    import(&world, &file, &["--create-event", "--allow-similar"], 0);
    assert_eq!(events(&world), 3);
}

#[test]
fn repeated_headers_lose_nothing() {
    let world = World::new();
    let file = world.file(
        "a.csv",
        "Email,Company,Company,Question,Question\nann@firm.example,Firm,Parent,yes,no\n",
    );
    import(&world, &file, &["--event", "Expo", "--create-event"], 0);
    let fields = &world.json(&["lead", "show", "ann@firm.example"])["lead"]["fields"];
    assert_eq!(fields["companyName"], "Firm");
    assert_eq!(fields["Company"], "Parent", "{fields}");
    assert_eq!(
        (&fields["Question"], &fields["Question (2)"]),
        (&json!("yes"), &json!("no"))
    );
}

#[test]
fn a_table_cut_off_in_a_quoted_field_says_so() {
    let world = World::new();
    let file = world.file(
        "a.csv",
        "Email,Notes\nann@firm.example,fine\nbo@firm.example,\"half a no",
    );
    let document = import(&world, &file, &["--event", "Expo", "--create-event"], 3);
    assert_eq!(document["created"], 1);
    assert_eq!(document["rejects"][0]["line"], 3);
    let reason = document["rejects"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("the file may be cut off"), "{reason}");
    let whole = world.file(
        "b.csv",
        "Email,Notes\ncy@firm.example,\"broken\ndi@firm.example,fine\n",
    );
    let document = import(&world, &whole, &["--event", "Expo"], 3);
    let reason = document["rejects"][0]["reason"].as_str().unwrap();
    assert!(!reason.contains("cut off"), "{reason}");
}

#[test]
fn what_a_column_means_is_said_once() {
    let world = World::new();
    let first = world.file("a.csv", "Reach,Shoe\nann@firm.example,42\n");
    let event = ["--event", "Expo", "--create-event"];
    let said = ["--column", "Reach=email", "--column", "Shoe=-"];
    let dry = [&event[..], &said, &["--dry-run"]].concat();
    import(&world, &first, &dry, 0);
    // A dry run keeps nothing.
    import(&world, &first, &event, 1);
    import(&world, &first, &[&event[..], &said].concat(), 0);
    // Another order of the same columns is the same kind of file; another set is not.
    let second = world.file("b.csv", "SHOE,reach\n43,bo@firm.example\n");
    let document = import(&world, &second, &event, 0);
    assert_eq!(
        document["columns"],
        json!([
            {"header": "SHOE", "field": null, "remembered": true},
            {"header": "reach", "field": "email", "remembered": true}
        ])
    );
    let shown = world
        .run(&["lead", "import", &second, "--event", "Expo"])
        .ends(0);
    assert!(shown.err.contains("reach=email"), "{}", shown.err);
    let other = world.file("c.csv", "Reach,Hat\nann@firm.example,7\n");
    import(&world, &other, &event, 1);
    // What is said now goes before what was said, and is remembered in its place.
    import(
        &world,
        &second,
        &["--event", "Expo", "--column", "Shoe=Shoe size"],
        0,
    );
    let document = import(&world, &second, &["--event", "Expo"], 0);
    assert_eq!(document["columns"][0]["field"], "Shoe size");
    let fields = &world.json(&["lead", "show", "bo@firm.example"])["lead"]["fields"];
    assert_eq!(fields["Shoe size"], "43");
}
