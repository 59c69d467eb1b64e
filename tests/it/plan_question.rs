//! The question before a push: what stands before it, and what each answer does.

use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::{World, pipedrive};

/// HubSpot in Manual with so many people who are not there yet.
fn world(people: usize) -> World {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    import(&world, "Expo", &World::people_csv(people, people));
    world
}

const SYNC: [&str; 2] = ["sync-event", "Expo"];
/// Too long for one line of 80 columns.
const TWELVE: &str =
    "Push 12 people to REHEARSAL?\r\n[y]es  [N]o  [d]ifferences  [5] try five first: ";
const SEVEN: &str = "Push the other 7 to REHEARSAL?  [y]es  [N]o  [d]ifferences: ";

/// Cleared and waiting leads of the board.
fn board(world: &World) -> (Value, Value) {
    let summary = world.json(&["reconcile"])["summary"].clone();
    (summary["cleared"].clone(), summary["pre_sync"].clone())
}

#[test]
fn yes_pushes_everybody_and_what_it_will_do_stands_before_it() {
    let world = world(12);
    let mut person = world.talk(&SYNC);
    person
        .sees("Expo → HubSpot · app.hubspot.com 20261122 · REHEARSAL")
        .sees("  12 people      12 new\r\n")
        .sees("  companies      12 new\r\n")
        .sees("  cost           ")
        .sees(" of the day")
        .sees("can be undone\r\n")
        .sees(TWELVE);
    assert_eq!(
        world.stats()["contacts"],
        json!(0),
        "nothing before the yes"
    );
    person.answers("y");
    let told = person.ends(0);
    assert!(told.contains("Pushed Expo to HubSpot"), "{told}");
    assert!(!told.contains("Push the other"), "{told}");
    assert_eq!(world.stats()["contacts"], json!(12));
    assert_eq!(board(&world), (json!(12), json!(0)));
}

#[test]
fn a_terminal_with_room_has_the_question_in_one_line() {
    let mut world = world(12);
    world.set("MOBLY_SYNC_FORCE_TTY", "96");
    let mut person = world.talk(&SYNC);
    person
        .sees("Push 12 people to REHEARSAL?  [y]es  [N]o  [d]ifferences  [5] try five first: ")
        .answers("y");
    person.ends(0);
    assert_eq!(world.stats()["contacts"], json!(12));
}

#[test]
fn no_and_nothing_at_all_push_nobody() {
    let world = world(12);
    let before = (world.json(&["reconcile"]), world.json(&["history"]));
    for answer in ["n", "N", "no", ""] {
        let mut person = world.talk(&SYNC);
        person.sees(TWELVE).answers(answer);
        let told = person.ends(2);
        assert!(told.contains("nothing was changed"), "{answer:?}: {told}");
    }
    let stats = world.stats();
    assert_eq!(
        (&stats["contacts"], &stats["writes"]),
        (&json!(0), &json!(0))
    );
    let after = (world.json(&["reconcile"]), world.json(&["history"]));
    assert_eq!(before, after);
}

#[test]
fn five_are_tried_and_the_rest_is_asked_for_again() {
    let world = world(12);
    let mut person = world.talk(&SYNC);
    person.sees(TWELVE).answers("5");
    person.sees("cleared         5   5 created").sees(SEVEN);
    let stats = world.stats();
    assert_eq!(
        (&stats["contacts"], &stats["companies"]),
        (&json!(5), &json!(5))
    );
    assert_eq!(board(&world), (json!(5), json!(7)));
    person.answers("y");
    let told = person.ends(0);
    assert!(told.contains("cleared         7   7 created"), "{told}");
    assert_eq!(world.stats()["contacts"], json!(12));
    assert_eq!(board(&world), (json!(12), json!(0)));
    assert_eq!(world.stats()["duplicate_emails"], json!(0));
}

#[test]
fn what_was_tried_stands_when_the_rest_is_refused() {
    let world = world(12);
    let mut person = world.talk(&SYNC);
    person.sees(TWELVE).answers("five");
    person.sees(SEVEN).answers("");
    person.ends(6);
    assert_eq!(world.stats()["contacts"], json!(5));
    assert_eq!(board(&world), (json!(5), json!(7)));
}

#[test]
fn five_are_five_at_another_vendor_too() {
    let world = pipedrive::connected(&[]);
    import(&world, "Expo", &World::people_csv(8, 2));
    let mut person = world.talk(&SYNC);
    person
        .sees("Push 8 people to REHEARSAL?")
        .sees("[5] try five first: ")
        .answers("5");
    person.sees("Push the other 3 to REHEARSAL?");
    assert_eq!(world.stats()["persons"], json!(5));
    person.sees("[d]ifferences: ").answers("y");
    person.ends(0);
    let stats = world.stats();
    assert_eq!(
        (&stats["persons"], &stats["organizations"]),
        (&json!(8), &json!(2))
    );
}

#[test]
fn a_limit_holds_for_the_five_and_the_rest_together() {
    let world = world(12);
    let mut person = world.talk(&["sync-event", "Expo", "--limit", "8"]);
    person
        .sees("Push 8 people to REHEARSAL?")
        .sees("five first: ");
    person.answers("5");
    person
        .sees("Push the other 3 to REHEARSAL?")
        .sees("ferences: ");
    person.answers("y");
    person.ends(6);
    assert_eq!(world.stats()["contacts"], json!(8));
    assert_eq!(board(&world), (json!(8), json!(4)));
}

#[test]
fn five_or_fewer_are_not_tried_first() {
    let world = world(5);
    let mut person = world.talk(&SYNC);
    let question = "Push 5 people to REHEARSAL?  [y]es  [N]o  [d]ifferences: ";
    person.sees(question).answers("5");
    person.sees("y, n or d").sees(question).answers("y");
    person.ends(0);
    assert_eq!(world.stats()["contacts"], json!(5));
}

#[test]
fn differences_are_shown_and_the_question_comes_again() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    let mut people = World::people_csv(12, 12);
    people.push_str("Zoe,Bad,no address,Zed,https://zed.example,Baker,\n");
    import(&world, "Expo", &people);
    let mut person = world.talk(&SYNC);
    person
        .sees("13 people      13 new\r\n")
        .sees("  check          1 would fail: mobly-sync check -e Expo\r\n")
        .sees("DATA_FORMAT_VALIDATION 1\r\n")
        .sees("Push 13 people")
        .sees("five first: ")
        .answers("d");
    person
        .sees("WOULD FAIL  1 lead, 1 category, 1 cause")
        .sees("Zoe Bad: ")
        .sees("→ mobly-sync lead edit ")
        .sees("+ firstname               \"Ann0\"\r\n")
        .sees("10 leads more: mobly-sync sync-event Expo --dry-run --json")
        .sees("five first: ")
        .answers("n");
    person.ends(2);
    assert_eq!(world.stats()["contacts"], json!(0));
}
