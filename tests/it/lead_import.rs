//! `lead import` through the real binary: counts that close, twice the same, re-captures, what Automatic does afterwards.

use mobly_sync::domain::integration::Mode;
use serde_json::{Value, json};

use crate::seed::{assert_consistent, connected, qualifier};
use crate::support::{World, assert_document};

const SCANS: &str = "First Name,Last Name,Email,Company,Badge Color,Interest\n\
    Ann,Lee,ann@firm.example,Firm,red,Demo\n\
    Bo,Stone,bo@@x,Firm,blue,\n\
    broken\n\
    Cy,Young,cy@young.example,Young,,Other; Demo\n";

fn counts(document: &Value) -> [u64; 5] {
    ["read", "created", "updated", "unchanged", "rejected"]
        .map(|key| document[key].as_u64().unwrap())
}

fn import(world: &World, file: &str, more: &[&str], status: i32) -> Value {
    let mut arguments = vec!["lead", "import", file, "--json"];
    arguments.extend(more);
    let document = world.run(&arguments).ends(status).json();
    assert_document(&document);
    let [read, created, updated, unchanged, rejected] = counts(&document);
    assert_eq!(read, created + updated + unchanged + rejected, "{document}");
    document
}

#[test]
fn the_document_has_the_keys_of_the_contract() {
    let world = World::new();
    qualifier(&world, "Interest", &["Demo"], true);
    let file = world.file("scans.csv", SCANS);
    let document = import(&world, &file, &["--event", "Expo", "--create-event"], 3);
    let mut keys: Vec<&str> = document
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "columns",
            "created",
            "dry_run",
            "read",
            "rejected",
            "rejects",
            "run",
            "schema",
            "sync",
            "unchanged",
            "updated",
            "warnings"
        ]
    );
    assert_eq!(counts(&document), [4, 3, 0, 0, 1]);
    assert_eq!(document["dry_run"], false);
    assert_eq!(document["sync"], Value::Null);
    assert_eq!(document["rejects"][0]["line"], 4);
    assert_eq!(document["warnings"][0]["line"], 3);
    assert_eq!(document["warnings"][0]["field"], "email");
    assert_eq!(
        document["columns"][2],
        json!({"header": "Email", "field": "email"})
    );
    assert_eq!(
        document["columns"][5],
        json!({"header": "Interest", "field": "qualifier:Interest"})
    );
    assert!(document["run"].as_u64().unwrap() >= 1);
}

#[test]
fn the_same_file_twice_changes_nothing_and_says_so() {
    let world = World::new();
    let file = world.file("people.csv", World::people_csv(50, 7));
    let arguments = ["--event", "Expo", "--create-event"];
    assert_eq!(
        counts(&import(&world, &file, &arguments, 0)),
        [50, 50, 0, 0, 0]
    );
    let before = world.json(&["lead", "list"]);
    assert_eq!(
        counts(&import(&world, &file, &arguments, 0)),
        [50, 0, 0, 50, 0]
    );
    assert_eq!(world.json(&["lead", "list"]), before);
    let said = world
        .run(&["lead", "import", &file, "--event", "Expo"])
        .ends(0);
    assert!(said.out.contains("Nothing changed"), "{}", said.out);
    assert!(said.out.ends_with("warnings=0 exit=0\n"), "{}", said.out);
}

#[test]
fn a_recapture_changes_what_differs_and_counts_scans() {
    let world = World::new();
    let first = world.file(
        "a.csv",
        "Email,Job Title,Scanned At\nann@firm.example,Eng,2026-11-17 09:00\n",
    );
    let later = world.file(
        "b.csv",
        "Email,Job Title,Scanned At\nann@firm.example,Head,2026-11-17 15:00\n",
    );
    import(&world, &first, &["--event", "Expo", "--create-event"], 0);
    let second = import(&world, &later, &["--event", "Expo"], 0);
    assert_eq!(counts(&second), [1, 0, 1, 0, 0]);
    import(&world, &later, &["--event", "Summit", "--create-event"], 0);
    let lead = &world.json(&["lead", "show", "ann@firm.example"])["lead"];
    assert_eq!(lead["fields"]["jobTitle"], "Head");
    assert_eq!(lead["scans"], 3);
    let events: Vec<&Value> = lead["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["name"])
        .collect();
    assert_eq!(events, ["Expo", "Summit"]);
}

#[test]
fn a_hand_edit_survives_the_next_import_of_a_growing_export() {
    let world = World::new();
    let file = world.file("a.csv", "Email,Job Title\nann@firm.example,Eng\n");
    import(&world, &file, &["--event", "Expo", "--create-event"], 0);
    world
        .run(&[
            "lead",
            "edit",
            "ann@firm.example",
            "--set",
            "jobTitle=Head of IT",
        ])
        .ends(0);
    let grown = world.file(
        "a.csv",
        "Email,Job Title,City\nann@firm.example,Eng,Rome\nbo@firm.example,Eng,\n",
    );
    assert_eq!(
        counts(&import(&world, &grown, &["--event", "Expo"], 0)),
        [2, 1, 1, 0, 0]
    );
    let lead = &world.json(&["lead", "show", "ann@firm.example"])["lead"];
    assert_eq!(lead["fields"]["jobTitle"], "Head of IT");
}

#[test]
fn a_dry_run_tells_the_same_and_keeps_nothing() {
    let world = World::new();
    let file = world.file("scans.csv", SCANS);
    let arguments = ["--event", "Expo", "--create-event", "--dry-run"];
    let dry = import(&world, &file, &arguments, 3);
    assert_eq!(counts(&dry), [4, 3, 0, 0, 1]);
    assert_eq!(dry["dry_run"], true);
    assert_eq!(world.json(&["lead", "list"])["leads"], json!([]));
    assert_eq!(world.json(&["event", "list"])["events"], json!([]));
}

#[test]
fn an_unknown_event_is_refused_with_the_command_that_adds_it() {
    let world = World::new();
    world.run(&["event", "add", "Dreamforce 2026"]).ends(0);
    let file = world.file("a.csv", "Email\nann@firm.example\n");
    let error = world
        .run(&[
            "lead",
            "import",
            &file,
            "--event",
            "Dreamforce 2025",
            "--json",
        ])
        .ends(1)
        .json();
    assert_eq!(error["error"]["code"], "not_found");
    assert!(
        error["error"]["hint"]
            .as_str()
            .unwrap()
            .contains("did you mean \"Dreamforce 2026\"?"),
        "{error}"
    );
    let fix = error["error"]["fix"].as_str().unwrap();
    assert!(
        fix.ends_with("--event \"Dreamforce 2025\" --create-event"),
        "{fix}"
    );
    // The beginning of a name is not enough for a script.
    world
        .run(&["lead", "import", &file, "--event", "Dream"])
        .ends(2);
    assert_eq!(world.json(&["lead", "list"])["leads"], json!([]));
    let mut named = World::new();
    named.set("MOBLY_SYNC_EVENT", "Expo");
    named.run(&["event", "add", "Expo"]).ends(0);
    let file = named.file(
        "a.csv",
        "Email,Event\nann@firm.example,\nbo@firm.example,Gone\n",
    );
    assert_eq!(
        counts(&import(&named, &file, &[], 3)),
        [2, 1, 0, 0, 1],
        "the environment fills, the file's own column comes first"
    );
}

#[test]
fn a_column_of_events_places_each_row_and_a_disagreement_is_a_usage_error() {
    let world = World::new();
    world.run(&["event", "add", "Expo"]).ends(0);
    let file = world.file(
        "a.csv",
        "Email,Event\nann@firm.example,Expo\nbo@firm.example,Summit\n",
    );
    let document = import(&world, &file, &[], 3);
    assert_eq!(
        document["rejects"][0]["reason"],
        "event \"Summit\" is not known"
    );
    let error = world
        .run(&["lead", "import", &file, "--event", "Expo", "--json"])
        .ends(2)
        .json();
    assert_eq!(error["error"]["code"], "usage");
    let document = import(&world, &file, &["--event", "Expo", "--event-override"], 0);
    assert_eq!(counts(&document), [2, 1, 0, 1, 0]);
    assert_eq!(
        world
            .run(&["lead", "import", &file, "--event-override"])
            .status,
        2
    );
}

#[test]
fn rejected_rows_are_written_down_and_come_back_when_corrected() {
    let world = World::new();
    let file = world.file("scans.csv", SCANS);
    let rejects = world.folder().join("rejects.csv");
    let rejects = rejects.to_str().unwrap();
    let event = ["--event", "Expo", "--create-event"];
    import(
        &world,
        &file,
        &[&event[..], &["--rejects", rejects]].concat(),
        3,
    );
    let text = std::fs::read_to_string(rejects).unwrap();
    assert!(text.contains("mobly_sync_line,mobly_sync_reason"), "{text}");
    let corrected = text.replace("broken,,,,,,4", "Di,,di@firm.example,,,,4");
    let corrected = world.file("corrected.csv", corrected);
    let document = import(&world, &corrected, &event, 0);
    assert_eq!(counts(&document)[1], 1);
    let fields = &world.json(&["lead", "list", "--search", "di@firm"])["leads"][0]["fields"];
    assert!(fields.get("mobly_sync_line").is_none(), "{fields}");
    // The file itself is not overwritten, and nothing is imported where rejects cannot be written.
    world
        .run(&["lead", "import", &file, "--rejects", &file])
        .ends(2);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), SCANS);
    let said = world
        .run(&[
            "lead",
            "import",
            &file,
            "--rejects",
            "/nonexistent/x.csv",
            "--json",
        ])
        .ends(1)
        .json();
    assert_eq!(said["error"]["code"], "file");
}

#[test]
fn columns_nobody_recognises_are_named_by_hand() {
    let world = World::new();
    let file = world.file("a.csv", "Reach,Shoe\nann@firm.example,42\n");
    let error = world
        .run(&["lead", "import", &file, "--json"])
        .ends(1)
        .json();
    assert_eq!(error["error"]["code"], "file");
    let fix = error["error"]["fix"].as_str().unwrap();
    assert!(fix.contains("--column Reach=email"), "{fix}");
    let document = import(
        &world,
        &file,
        &["--column", "reach=email", "--column", "Shoe=-"],
        0,
    );
    assert_eq!(
        document["columns"][1],
        json!({"header": "Shoe", "field": null})
    );
    world
        .run(&["lead", "import", &file, "--column", "Nonsense=email"])
        .ends(2);
}

#[test]
fn standard_input_is_read_and_people_are_told_what_happened() {
    let world = World::new();
    let said = world
        .run_with_input(
            &["lead", "import", "-", "--event", "Expo", "--create-event"],
            SCANS,
        )
        .ends(3);
    for text in [
        "Imported standard input into Expo",
        "Email → email",
        "Kept as fields of your own",
        "Badge Color",
        "line 4 ",
        "\"bo@@x\" is no usable e-mail address",
        "created=3 updated=0 unchanged=0 rejected=1 warnings=1 exit=3",
    ] {
        assert!(said.out.contains(text), "{text}:\n{}", said.out);
    }
    assert!(
        said.err.contains("mobly-sync connect hubspot"),
        "{}",
        said.err
    );
    assert!(!said.out.contains('\u{1b}'));
}

#[test]
fn in_automatic_an_import_pushes_and_ends_as_the_push_does() {
    let world = connected(Mode::Automatic);
    let file = world.file("scans.csv", SCANS.replace("broken\n", ""));
    let document = import(&world, &file, &["--event", "Expo", "--create-event"], 3);
    assert_eq!(counts(&document), [3, 3, 0, 0, 0]);
    let sync = &document["sync"];
    assert_eq!(sync["schema"], Value::Null, "one document, one schema");
    assert_eq!(
        (&sync["pushed"], &sync["cleared"], &sync["failed"]),
        (&json!(3), &json!(2), &json!(1)),
        "{sync}"
    );
    assert_eq!(sync["by_category"]["DATA_FORMAT_VALIDATION"], 1);
    assert_eq!(world.stats()["contacts"], 2);
    let again = import(&world, &file, &["--event", "Expo"], 0);
    assert_eq!(again["sync"], Value::Null, "nothing is due");
    assert_eq!(world.stats()["contacts"], 2);
    assert_consistent(&world);
}

#[test]
fn no_sync_and_manual_leave_the_leads_waiting() {
    let world = connected(Mode::Automatic);
    let file = world.file("people.csv", World::people_csv(3, 1));
    let document = import(
        &world,
        &file,
        &["--event", "Expo", "--create-event", "--no-sync"],
        0,
    );
    assert_eq!(document["sync"], Value::Null);
    assert_eq!(world.stats()["contacts"], 0);

    let manual = connected(Mode::Manual);
    let file = manual.file("people.csv", World::people_csv(3, 1));
    let said = manual
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
    assert!(
        said.err.contains("Waiting for HubSpot: 3 leads, FROZEN"),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("mobly-sync sync-event Expo"),
        "{}",
        said.err
    );
    assert_eq!(manual.stats()["contacts"], 0);
    let shown = manual.json(&["event", "show", "Expo"]);
    assert_eq!(shown["integrations"][0]["summary"]["pre_sync"], 3);
}
