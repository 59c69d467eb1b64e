//! Leads chosen by an expression: listed, exported, corrected together, held, removed, retried.

use mobly_sync::domain::integration::Mode;
use serde_json::{Value, json};

use crate::seed::{assert_consistent, connected, qualifier, set_mode};
use crate::support::{World, assert_document};

const SCANS: &str = "First Name,Last Name,Email,Job Title,Company,Badge Color,Interest\n\
    Ann,Lee,ann@firm.example,Head of IT,Acme Inc,Red,Demo\n\
    Bo,Stone,,Engineer,ACME inc,Blue,\n\
    Cy,Young,cy@gmail.com,,Other,Red,Price\n\
    Di,Moss,di@firm.example,engineer,Acme,,Demo\n\
    Ed,Fox,ed@firm.example,Cook,acme inc,,Demo\n\
    Flo,Hill,flo@firm.example,Cook,acme inc,,Demo\n\
    Gus,Ray,gus@firm.example,Cook,acme inc,,Demo\n\
    Hal,May,hal@firm.example,Cook,acme inc,,Demo\n";

fn world(mode: Mode) -> World {
    let world = connected(Mode::Manual);
    qualifier(&world, "Interest", &["Demo", "Price"], false);
    let file = world.file("scans.csv", SCANS);
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
    set_mode(&world, mode);
    world
}

fn names(world: &World, more: &[&str]) -> Vec<String> {
    let mut arguments = vec!["lead", "list"];
    arguments.extend(more);
    world.json(&arguments)["leads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lead| lead["fields"]["firstName"].as_str().unwrap().to_owned())
        .collect()
}

fn state(world: &World, lead: &str) -> Value {
    world.json(&["lead", "show", lead])["lead"]["integrations"][0]["state"].clone()
}

#[test]
fn a_list_and_an_export_hold_what_the_expression_says() {
    let world = world(Mode::Manual);
    let found = |text: &str| names(&world, &["--where", text]);
    assert_eq!(found("jobTitle ~ ENGINEER"), ["Bo", "Di"]);
    assert_eq!(
        found("'Job Title' is empty or email is empty"),
        ["Bo", "Cy"]
    );
    assert_eq!(
        found("\"badge color\" = red and event = Expo"),
        ["Ann", "Cy"]
    );
    assert_eq!(found("qualifier:Interest in (price)"), ["Cy"]);
    assert_eq!(found("state = pre-sync and not companyName ~ acme"), ["Cy"]);
    assert_eq!(found("state = failed"), Vec::<String>::new());
    assert_eq!(
        names(
            &world,
            &["--where", "companyName ~ acme", "--issue", "no-email"]
        ),
        ["Bo"]
    );
    let out = world
        .run(&["lead", "export", "--where", "email = ANN@firm.example"])
        .ends(0)
        .out;
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(out.contains("ann@firm.example"), "{out}");
    // Without a connection leads have fields and events, and no state.
    let alone = World::new();
    let file = alone.file("a.csv", SCANS);
    alone.run(&["lead", "import", &file]).ends(0);
    assert_eq!(names(&alone, &["--where", "firstName = ann"]), ["Ann"]);
    alone
        .run(&["lead", "list", "--where", "state = failed"])
        .ends(4);
}

#[test]
fn a_list_says_which_issues_each_lead_has() {
    let world = world(Mode::Manual);
    let said = world.run(&["lead", "list", "--issue", "any"]).ends(0).out;
    let issues: Vec<(&str, &str)> = said
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 7, "{line}");
            (cells[1], cells[5])
        })
        .collect();
    assert_eq!(
        issues,
        [
            ("Bo Stone", "no-email, no-qualifier"),
            ("Cy Young", "free-mail")
        ]
    );
}

#[test]
fn a_slip_is_pointed_at_and_nothing_happens() {
    let world = world(Mode::Manual);
    let said = world
        .run(&["lead", "list", "--where", "jobTitel = CEO"])
        .ends(2);
    assert!(
        said.err
            .contains("(column 1)\n  jobTitel = CEO\n  ^^^^^^^^\n")
            && said.err.contains("jobTitle"),
        "{}",
        said.err
    );
    for wrong in [
        "event = Gala",
        "state = faild",
        "firstName = 'ann",
        "firstName",
    ] {
        for command in [
            &["lead", "edit", "--set", "notes=x", "--yes"][..],
            &["lead", "hold"],
            &["reconcile", "--retry"],
        ] {
            let error = world
                .run(&[command, &["--json", "--where", wrong]].concat())
                .ends(2)
                .json();
            assert_eq!(error["error"]["code"], "usage", "{command:?} {wrong}");
        }
    }
    // A name or a choice, and one of them.
    world.run(&["lead", "edit", "--set", "notes=x"]).ends(2);
    world.run(&["lead", "hold"]).ends(2);
    for verb in ["hold", "release", "remove"] {
        world
            .run(&["lead", verb, "ann@firm.example", "--where", "scans = 1"])
            .ends(2);
    }
    assert_eq!(names(&world, &["--where", "notes is empty"]).len(), 8);
}

#[test]
fn all_chosen_leads_are_corrected_after_a_look() {
    let world = world(Mode::Manual);
    let edit = [
        "lead",
        "edit",
        "--where",
        "companyName = 'acme inc'",
        "--event",
        "Expo",
        "--set",
        "companyName=Acme Inc",
        "--unset",
        "Badge Color",
        "--qualifier",
        "Interest=Price",
    ];
    let refused = world.run(&edit).ends(2);
    assert!(
        refused.err.contains("Would change 6 of 6 leads:")
            && refused.err.contains("companyName: ACME inc")
            && refused.err.contains("and 1 lead more."),
        "{}",
        refused.err
    );
    let with_json = world.run(&[&edit[..], &["--json"]].concat()).ends(2).json();
    assert_eq!(with_json["error"]["code"], "confirmation_needed");
    assert_eq!(
        with_json["error"]["fix"],
        "mobly-sync lead edit --where \"companyName = 'acme inc'\" --event Expo --set companyName=\"Acme Inc\" --clear \"Badge Color\" --qualifier Interest=Price --yes"
    );
    let dry = world.json(&[&edit[..], &["--dry-run"]].concat());
    assert_document(&dry);
    assert_eq!(
        (
            &dry["matched"],
            &dry["changed"],
            &dry["unchanged"],
            &dry["dry_run"]
        ),
        (&json!(6), &json!(6), &json!(0), &json!(true))
    );
    assert_eq!(dry["samples"].as_array().unwrap().len(), 5);
    assert_eq!(
        dry["samples"][1]["changes"],
        json!([
            {"field": "Badge Color", "old": "Blue", "new": null},
            {"field": "companyName", "old": "ACME inc", "new": "Acme Inc"},
            {"field": "qualifier:Interest", "old": null, "new": "Price"},
        ])
    );
    assert_eq!(
        names(&world, &["--where", "qualifier:Interest = Demo"]).len(),
        6
    );
    assert_eq!(world.json(&["lead", "list"])["leads"][1]["revision"], 1);

    let done = world.json(&[&edit[..], &["--yes"]].concat());
    assert_eq!((&done["changed"], &done["sync"]), (&json!(6), &Value::Null));
    assert_eq!(
        names(&world, &["--where", "qualifier:Interest = Price"]).len(),
        7
    );
    assert_eq!(
        names(&world, &["--where", "\"Badge Color\" is not empty"]),
        ["Cy"]
    );
    // What holds already is no question.
    let again = world.json(&edit);
    assert_eq!(
        (
            &again["matched"],
            &again["changed"],
            &again["unchanged"],
            &again["samples"]
        ),
        (&json!(6), &json!(0), &json!(6), &json!([]))
    );
    let none = world.json(&["lead", "edit", "--where", "scans > 9", "--set", "notes=x"]);
    assert_eq!(none["matched"], 0);
    assert_consistent(&world);
}

#[test]
fn the_environment_narrows_no_change() {
    let mut world = world(Mode::Manual);
    world.run(&["event", "add", "Other"]).ends(0);
    world.set("MOBLY_SYNC_EVENT", "Other");
    assert_eq!(names(&world, &["--where", "scans = 1"]).len(), 0);
    let edit = [
        "lead",
        "edit",
        "--where",
        "jobTitle = Cook",
        "--set",
        "jobTitle=Chef",
    ];
    assert_eq!(world.json(&[&edit[..], &["--yes"]].concat())["changed"], 4);
    world
        .run(&["lead", "hold", "--where", "scans = 1", "--event", "Exp"])
        .ends(2);
}

#[test]
fn corrected_leads_go_at_once_in_automatic_failed_ones_too() {
    let world = connected(Mode::Automatic);
    let file = world.file(
        "scans.csv",
        "First Name,Email\nAnn,ann@@x\nBo,bo@@x\nCy,cy@firm.example\n",
    );
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(3);
    let edited = world
        .run(&[
            "lead",
            "edit",
            "--where",
            "state = failed and firstName = Ann",
            "--set",
            "email=ann@firm.example",
            "--yes",
            "--json",
        ])
        .ends(0)
        .json();
    assert_eq!(
        (&edited["sync"]["pushed"], &edited["sync"]["cleared"]),
        (&json!(1), &json!(1)),
        "{edited}"
    );
    assert_eq!(
        names(&world, &["--where", "state = cleared"]),
        ["Ann", "Cy"]
    );
    assert_eq!(names(&world, &["--where", "category ~ format"]), ["Bo"]);
    // In Manual an edited Failed lead stays Failed; whoever corrects an ignored one cares again.
    set_mode(&world, Mode::Manual);
    world
        .run(&[
            "reconcile",
            "--where",
            "firstName = Bo",
            "--ignore",
            "--reason",
            "test",
        ])
        .ends(0);
    assert_eq!(names(&world, &["--where", "state = ignored"]), ["Bo"]);
    let edited = world.json(&[
        "lead",
        "edit",
        "--where",
        "state = ignored",
        "--set",
        "email=bo@firm.example",
        "--yes",
    ]);
    assert_eq!(
        (&edited["changed"], &edited["sync"]),
        (&json!(1), &Value::Null)
    );
    assert_eq!(names(&world, &["--where", "state = failed"]), ["Bo"]);
    assert_eq!(world.stats()["contacts"], 2);
    assert_consistent(&world);
}

#[test]
fn chosen_leads_are_held_released_retried_and_removed() {
    let world = world(Mode::Manual);
    let held = world.json(&["lead", "hold", "--where", "jobTitle = Cook"]);
    assert_eq!(held["leads"].as_array().unwrap().len(), 4);
    assert_eq!(names(&world, &["--state", "held"]).len(), 4);
    let released = world.json(&[
        "lead",
        "release",
        "--state",
        "held",
        "--where",
        "firstName != Ed",
    ]);
    assert_eq!(released["leads"].as_array().unwrap().len(), 3);
    assert_eq!(state(&world, "ed@firm.example"), "held");
    assert_eq!(
        world.json(&["lead", "hold", "--where", "scans > 9"])["leads"],
        json!([])
    );

    // The board lists and pushes what is chosen; its counts are those of the scope.
    let board = world.json(&["reconcile", "--where", "email is empty"]);
    assert_eq!(board["leads"].as_array().unwrap().len(), 1);
    assert_eq!(board["summary"]["total"], 8);
    assert_eq!(board["filter"]["where"], "email is empty");
    let pushed = world.json(&[
        "reconcile",
        "--event",
        "Expo",
        "--where",
        "firstName in (Ann, Di)",
        "--retry",
    ]);
    assert_eq!(pushed["retry"]["cleared"], 2, "{pushed}");
    assert_eq!(
        names(&world, &["--where", "state = cleared"]),
        ["Ann", "Di"]
    );

    let remove = ["lead", "remove", "--where", "companyName = other"];
    let refused = world
        .run(&[&remove[..], &["--json"]].concat())
        .ends(2)
        .json();
    assert_eq!(
        refused["error"]["fix"],
        "mobly-sync lead remove --where \"companyName = other\" --yes"
    );
    assert_eq!(names(&world, &[]).len(), 8);
    let removed = world.json(&[&remove[..], &["--yes"]].concat());
    assert_eq!(removed["removed"].as_array().unwrap().len(), 1);
    assert_eq!(world.json(&remove)["removed"], json!([]));
    assert_eq!(names(&world, &["--where", "firstName = Cy"]).len(), 0);
    assert_consistent(&world);
}
