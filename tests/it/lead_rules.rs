//! Who may go, who waits and for what, who is one person, and who is forgotten.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;

const HEAD: &str = "First Name,Last Name,Email,Company,Phone\n";

fn manual() -> World {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    world
}

fn board(world: &World) -> Value {
    world.json(&["reconcile"])
}

fn id(world: &World, lead: &str) -> String {
    world.json(&["lead", "show", lead])["lead"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn who_lacks_a_demanded_field_waits_and_is_told_what() {
    let world = manual();
    import(
        &world,
        "Expo",
        &format!(
            "{HEAD}Ann,Lee,ann@acme.com,Acme,\nBob,Lee,bob@acme.com,Acme,+1 555 000001\nCid,Lee,cid@acme.com,,\n"
        ),
    );
    let slip = world
        .run(&["requirement", "add", "phon", "--json"])
        .ends(2)
        .json();
    assert!(
        slip["error"]["hint"].as_str().unwrap().contains("phone"),
        "{slip}"
    );
    let added = world.json(&[
        "requirement",
        "add",
        "phone",
        "companyName",
        "-i",
        "hubspot",
    ]);
    assert_eq!(
        (&added["changed"], &added["waiting"]),
        (&json!(true), &json!(2)),
        "{added}"
    );
    let group = board(&world)["pre_sync"][0].clone();
    assert_eq!(
        (&group["reason"], &group["count"]),
        (&json!("NEEDS_DATA"), &json!(2))
    );
    assert_eq!(
        group["needs"],
        json!([{"field": "phone", "count": 2}, {"field": "companyName", "count": 1}])
    );
    let hint = group["hint"].as_str().unwrap().replace("mobly-sync ", "");
    let listed = world.run(&hint.split(' ').collect::<Vec<_>>()).ends(0);
    assert!(listed.out.contains("ann@acme.com"), "{}", listed.out);
    let pushed = world.json(&["sync-event", "Expo"]);
    assert_eq!(
        (&pushed["pushed"], &pushed["cleared"], &pushed["waiting"]),
        (&json!(1), &json!(1), &json!(0)),
        "{pushed}"
    );
    let refused = world
        .run(&["reconcile", "--lead", "cid@acme.com", "--retry", "--json"])
        .ends(1)
        .json();
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(message.contains("phone, companyName"), "{message}");
    let mut text = world.command();
    let screen = text
        .arg("reconcile")
        .env("MOBLY_SYNC_FORCE_TTY", "80")
        .output()
        .unwrap();
    let screen = String::from_utf8_lossy(&screen.stdout).into_owned();
    assert!(
        screen.contains("2 need data: phone 2, companyName 1"),
        "{screen}"
    );
    world
        .run(&[
            "lead",
            "edit",
            "ann@acme.com",
            "--set",
            "phone=+1 555 000009",
        ])
        .ends(0);
    assert_eq!(world.json(&["sync-event", "Expo"])["cleared"], json!(1));
    let removed = world.json(&["requirement", "remove", "phone", "companyName"]);
    assert_eq!(
        (&removed["waiting"], &removed["requirements"]),
        (&json!(0), &json!([])),
        "{removed}"
    );
    assert_eq!(world.json(&["sync-event", "Expo"])["cleared"], json!(1));
    let history = world.run(&["history"]).ends(0).out;
    assert!(
        history.contains("requirement add phone companyName -i hubspot"),
        "{history}"
    );
}

#[test]
fn a_suppressed_address_never_leaves_until_it_is_released() {
    let world = manual();
    import(
        &world,
        "Expo",
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,\nBob,Lee,bob@rival.example,Rival,\n"),
    );
    let list = world.file(
        "gone.csv",
        "Email\nANN@acme.com\n# a remark\nnobody at all\n",
    );
    let added = world
        .run(&[
            "suppress",
            "add",
            "rival.example",
            "--from",
            &list,
            "--reason",
            "asked us to",
            "--json",
        ])
        .ends(3)
        .json();
    assert_eq!(
        (&added["changed"], &added["rejected"], &added["leads"]),
        (&json!(2), &json!(1), &json!(2)),
        "{added}"
    );
    assert_eq!(
        board(&world)["held"],
        json!([{"reason": "SUPPRESSED", "count": 2}])
    );
    import(
        &world,
        "Expo",
        &format!("{HEAD}Eve,Lee,eve@mail.rival.example,Rival,\n"),
    );
    assert_eq!(world.json(&["sync-event", "Expo"])["pushed"], json!(0));
    assert_eq!(world.stats()["contacts"], json!(0));
    let shown = world.run(&["suppress", "list"]).ends(0).out;
    assert!(
        shown.contains("asked us to") && !shown.contains("acme"),
        "{shown}"
    );
    let one = world.json(&["suppress", "list", "eve@mail.rival.example"]);
    assert_eq!(
        (&one["suppressed"], &one["domain"]),
        (&json!(true), &json!("rival.example"))
    );
    assert_eq!(
        world.json(&["suppress", "list", "cid@acme.com"])["suppressed"],
        json!(false)
    );
    let released = world.json(&["suppress", "remove", "rival.example"]);
    assert_eq!(released["leads"], json!(2), "{released}");
    assert_eq!(world.json(&["sync-event", "Expo"])["cleared"], json!(2));
    world.run(&["suppress", "add", "not an address"]).ends(2);
}

#[test]
fn a_moved_lead_follows_its_event_and_a_cleared_one_is_due_again() {
    let world = manual();
    import(
        &world,
        "Expo",
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,\nBob,Lee,bob@acme.com,Acme,\n"),
    );
    world.run(&["event", "add", "Dinner"]).ends(0);
    world.run(&["sync-event", "Expo"]).ends(0);
    let moved = world.json(&["lead", "move", "ann@acme.com", "--to", "Dinner"]);
    assert_eq!(moved["leads"].as_array().unwrap().len(), 1, "{moved}");
    let again = world.json(&["lead", "move", "ann@acme.com", "--to", "Dinner"]);
    assert_eq!(
        (&again["leads"], &again["unchanged"]),
        (&json!([]), &json!(1))
    );
    assert_eq!(
        world.json(&["lead", "show", "ann@acme.com"])["lead"]["events"][0]["name"],
        json!("Dinner")
    );
    let due = board(&world);
    assert_eq!(
        (&due["summary"]["pre_sync"], &due["summary"]["cleared"]),
        (&json!(1), &json!(1))
    );
    let all = world.json(&["lead", "move", "--from", "Expo", "--to", "Dinner"]);
    assert_eq!(all["leads"].as_array().unwrap().len(), 1, "{all}");
    // No campaign is fed and nothing else changed: both are found to be there, and nobody is asked for anything.
    world.run(&["sync-event", "Dinner"]).ends(0);
    let now = board(&world)["summary"].clone();
    assert_eq!((&now["pre_sync"], &now["cleared"]), (&json!(0), &json!(2)));
}

#[test]
fn two_leads_become_one_and_the_other_record_is_named() {
    let world = manual();
    import(
        &world,
        "Expo",
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,\nAnne,Lee,ann@old.example,Old,+1 555 000001\n"),
    );
    world.run(&["sync-event", "Expo"]).ends(0);
    let (keep, other) = (id(&world, "ann@acme.com"), id(&world, "ann@old.example"));
    let tried = world.json(&["lead", "merge", &keep, &other, "--dry-run"]);
    assert_eq!(
        (&tried["dry_run"], &tried["run"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(
        world.json(&["lead", "list"])["leads"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let merged = world.json(&[
        "lead",
        "merge",
        &keep,
        &other,
        "--take",
        &format!("companyName={other}"),
    ]);
    let fields: Vec<&str> = merged["fields"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|field| field["field"].as_str())
        .collect();
    assert!(
        fields.contains(&"phone") && fields.contains(&"companyName"),
        "{merged}"
    );
    assert_eq!(
        merged["records_left"].as_array().unwrap().len(),
        1,
        "{merged}"
    );
    for name in [other.as_str(), "ann@old.example"] {
        assert_eq!(id(&world, name), keep);
    }
    import(
        &world,
        "Expo",
        &format!(
            "{HEAD}Anne,Lee,ann@old.example,Old,+1 555 000001\nAnne,Lee,ann@old.example,Old,+1 555 000002\n"
        ),
    );
    assert_eq!(
        world.json(&["lead", "list"])["leads"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(world.json(&["sync-event", "Expo"])["updated"], json!(1));
    assert_eq!(
        world.stats()["contacts"],
        json!(2),
        "nothing is deleted at the vendor"
    );
    world.run(&["lead", "merge", &keep, &other]).ends(2);
    assert!(world.run(&["db", "check"]).ends(0).err.contains("agree"));
}

#[test]
fn an_erased_person_leaves_counts_only() {
    let world = manual();
    import(
        &world,
        "Expo",
        &format!(
            "{HEAD}Zebedee,Quill,zebedee@quill.example,Quill Ltd,\nBob,Lee,bob@acme.com,Acme,\n"
        ),
    );
    world.run(&["sync-event", "Expo"]).ends(0);
    world
        .run(&[
            "lead",
            "note",
            "zebedee@quill.example",
            "Zebedee called",
            "--no-sync",
        ])
        .ends(0);
    world
        .run(&["lead", "remove", "--erase", "zebedee@quill.example"])
        .ends(2);
    let erased = world.json(&[
        "lead",
        "remove",
        "--erase",
        "zebedee@quill.example",
        "--yes",
    ]);
    assert_eq!(
        (
            &erased["clean"],
            erased["records"].as_array().unwrap().len()
        ),
        (&json!(true), 1),
        "{erased}"
    );
    for ending in ["", "-wal"] {
        let path = format!("{}{ending}", world.database().display());
        let bytes = std::fs::read(path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(
            !text.contains("zebedee"),
            "{ending}: {:?}",
            text.find("zebedee")
                .map(|at| text.get(at.saturating_sub(80)..at + 40))
        );
    }
    assert_eq!(
        board(&world)["summary"]["total"],
        json!(2),
        "the counts stay"
    );
    import(
        &world,
        "Expo",
        &format!("{HEAD}Zebedee,Quill,zebedee@quill.example,Quill Ltd,+1 555 000001\n"),
    );
    assert_eq!(
        world.json(&["lead", "list"])["leads"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        world.json(&["sync-event", "Expo", "--again"])["pushed"],
        json!(1),
        "only Bob"
    );
    assert!(world.run(&["db", "check"]).ends(0).err.contains("agree"));
}
