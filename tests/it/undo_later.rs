//! What later runs of ours wrote or rely on is not theirs to lose: an undo leaves it and says so.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::undoing::{ANN, HEAD, set_title, take_back};
use crate::support::words::WORDS;

/// HubSpot with Ann, a colleague's record without a title.
fn with_ann() -> World {
    let world = World::with_hubspot();
    world.connect_and_map(&[]);
    world.run(&["mode", "manual", "--yes"]).ends(0);
    let ann =
        json!({"properties": {"email": "ann@acme.com", "firstname": "Ann", "lastname": "Lee"}});
    world.admin("POST", "objects/contacts", &json!({ "inputs": [ann] }));
    import(
        &world,
        "Show",
        &format!("{HEAD}Ann,Lee,ann@acme.com,,,CTO\n"),
    );
    world
}

/// Edits the lead, pushes it, and tells the run.
fn push(world: &World, title: Option<&str>) -> String {
    if let Some(title) = title {
        let edit = format!("jobTitle={title}");
        world
            .run(&["lead", "edit", "ann@acme.com", "--set", &edit, "--no-sync"])
            .ends(0);
    }
    world.json(&["sync-event", "Show"])["run"].to_string()
}

fn title(world: &World) -> Value {
    let contacts = world.admin("GET", "objects/contacts", &Value::Null)["results"].clone();
    let contacts = contacts.as_array().unwrap();
    assert_eq!(contacts.len(), 1);
    contacts[0]["properties"]["jobtitle"].clone()
}

#[test]
fn a_field_a_later_run_wrote_too_is_left_until_that_run_is_undone() {
    let world = with_ann();
    let first = push(&world, None);
    let second = push(&world, Some("CEO"));
    let third = push(&world, Some("CTO"));
    assert_eq!(title(&world), "CTO");
    // It holds what the first run wrote, but by the third one's doing.
    let planned = world
        .run(&["undo", &first, "--dry-run", "--json"])
        .ends(3)
        .json();
    let undone = world
        .run(&["undo", &first, "--yes", "--json"])
        .ends(3)
        .json();
    for said in [&planned, &undone] {
        let left = &said["left"][0];
        assert_eq!(left["field"], "jobtitle", "{said}");
        assert_eq!(left["by"], format!("run {third}"), "{said}");
        assert_eq!(said["restored"], 0, "{said}");
    }
    assert_eq!(title(&world), "CTO");
    // Back through the runs, the last one first.
    for (run, now) in [
        (&third, json!("CEO")),
        (&second, json!("CTO")),
        (&first, Value::Null),
    ] {
        let undone = world.json(&["undo", run, "--yes"]);
        assert_eq!(undone["left"], json!([]), "{undone}");
        let held = title(&world);
        assert!(
            held == now || now.is_null() && held == "",
            "{held} after run {run}"
        );
    }
}

#[test]
fn a_single_field_of_a_later_run_that_was_undone_is_nothing_later() {
    let world = with_ann();
    let first = push(&world, None);
    let second = push(&world, Some("CEO"));
    world
        .run(&["undo", &second, "--field", "jobtitle", "--yes"])
        .ends(0);
    assert_eq!(title(&world), "CTO");
    let undone = world.json(&["undo", &first, "--yes"]);
    assert_eq!(
        (&undone["restored"], &undone["left"]),
        (&json!(1), &json!([])),
        "{undone}"
    );
}

#[test]
fn a_company_that_later_leads_belong_to_stays_with_them() {
    let world = World::with_hubspot();
    world.connect_and_map(&[]);
    world.run(&["mode", "manual", "--yes"]).ends(0);
    let push = |csv: &str| {
        import(&world, "Show", &format!("{HEAD}{csv}"));
        world.json(&["sync-event", "Show"])["run"].to_string()
    };
    let first = push("Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n");
    push("Bob,Ray,bob@acme.com,Acme,acme.com,CEO\n");
    let undone = world
        .run(&["undo", &first, "--yes", "--json"])
        .ends(3)
        .json();
    assert_eq!(undone["removed"], 1, "{undone}");
    assert_eq!(undone["left"][0]["object"], "company", "{undone}");
    let stats = world.stats();
    assert_eq!(
        (
            &stats["contacts"],
            &stats["companies"],
            &stats["associations"]
        ),
        (&json!(1), &json!(1), &json!(1)),
        "{stats}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_whom_somebody_took_up_stays_in_the_company() {
    let words = WORDS.iter().find(|words| words.vendor == "hubspot");
    let words = words.unwrap();
    let show = words.show(|_| {}).await;
    show.import(&format!("{HEAD}{ANN}"));
    let run = show.push(|_| {}).await.run;
    set_title(words, &show, "ann@acme.com", "Chair").await;
    let undone = take_back(&show, run, |_| {}).await;
    assert_eq!((undone.removed, undone.links), (0, 0), "{undone:?}");
    let left: Vec<&str> = undone
        .left
        .iter()
        .map(|left| left.object.as_str())
        .collect();
    assert_eq!(left, ["company", "contact"]);
    let stats = show.sandbox.stats();
    assert_eq!(
        (&stats["companies"], &stats["associations"]),
        (&json!(1), &json!(1)),
        "{stats}"
    );
}

#[test]
fn a_run_whose_undo_was_undone_can_be_undone_again() {
    let world = World::with_hubspot();
    world.connect_and_map(&[]);
    world.run(&["mode", "manual", "--yes"]).ends(0);
    import(
        &world,
        "Show",
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n"),
    );
    let run = world.json(&["sync-event", "Show"])["run"].to_string();
    let undo = world.json(&["undo", &run, "--yes"])["run"].to_string();
    let redone = world.run(&["undo", &undo, "--yes"]).ends(0);
    assert!(redone.err.contains("where they were"), "{}", redone.err);
    assert_eq!(world.stats()["contacts"], 1);
    let again = world.json(&["undo", &run, "--yes"]);
    assert_eq!(
        (&again["removed"], &again["left"]),
        (&json!(2), &json!([])),
        "{again}"
    );
    assert_eq!(world.stats()["contacts"], 0);
    assert_eq!(world.stats()["companies"], 0);
}

#[test]
fn activities_are_taken_back_and_never_sent_by_an_undo() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--activities"]);
    world.run(&["mode", "manual", "--yes"]).ends(0);
    import(
        &world,
        "Show",
        "First Name,Last Name,Email,Company,Notes\nAnn,Lee,ann@acme.com,Acme,Wants a demo\n",
    );
    let run = world.json(&["sync-event", "Show"])["run"].to_string();
    assert_eq!(world.stats()["notes"], 1);
    let planned = world.json(&["undo", &run, "--dry-run"]);
    let undone = world.json(&["undo", &run, "--yes"]);
    assert_eq!(
        (&planned["activities"], &undone["activities"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(world.stats()["notes"], 0);
    let undo = undone["run"].to_string();
    let again = world
        .run(&["undo", &undo, "--yes", "--json"])
        .ends(3)
        .json();
    let why = again["left"][0]["why"].to_string();
    assert!(why.contains("--again"), "{again}");
    assert_eq!(world.stats()["notes"], 0);
    // What it says to do does it.
    world.run(&["sync-event", "Show", "--again"]).ends(0);
    assert_eq!(world.stats()["notes"], 1);
}
