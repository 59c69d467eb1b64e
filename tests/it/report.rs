//! `report`: sums that close in every state, exceptions with names, and nobody's data where none is wanted.

use serde_json::{Value, json};

use crate::support::expo::{EXPO, expo};
use crate::support::{World, assert_document};

const PERSONAL: &[&str] = &[
    "Ann",
    "Lee",
    "acme",
    "Acme",
    "@",
    "Oak",
    "soft.com",
    "Software",
    "Fin. Services",
    "people.csv",
    "Chief Officer",
    "Platform demo",
    "booth",
];

fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

fn sum(groups: &Value) -> u64 {
    let groups = groups.as_array().unwrap();
    groups.iter().map(|group| number(&group["count"])).sum()
}

/// Rows are people, and every one of them is Cleared or an exception with a name.
#[track_caller]
fn closes(report: &Value) -> &Value {
    let intake = &report["intake"];
    let rows = number(&intake["rows"]) + number(&intake["without_row"]);
    let gone = number(&intake["repeats"]) + number(&intake["moved_out"]);
    assert_eq!(rows - gone, number(&intake["people"]), "{intake}");
    let standing = &report["integrations"][0];
    let cleared = &standing["cleared"];
    let ways = ["created", "updated", "unchanged"];
    let by_way: u64 = ways.iter().map(|way| number(&cleared[way])).sum();
    assert_eq!(by_way, number(&cleared["total"]), "{cleared}");
    let groups = ["failed", "pre_sync", "held", "ignored"];
    let exceptional: u64 = groups.iter().map(|group| sum(&standing[group])).sum();
    let exceptional =
        exceptional + number(&standing["enriching"]) + number(&standing["not_taken_up"]);
    assert_eq!(
        number(&cleared["total"]) + exceptional,
        number(&standing["people"]),
        "{standing}"
    );
    let named = standing["exceptions"].as_array().unwrap().len() as u64;
    assert_eq!(
        named + number(&standing["not_taken_up"]),
        exceptional,
        "{standing}"
    );
    standing
}

fn report(world: &World) -> Value {
    let report = world.json(&["report", EXPO]);
    assert_document(&report);
    report
}

#[test]
fn the_sum_closes_in_every_state() {
    let world = expo();
    let before = report(&world);
    let standing = closes(&before);
    assert_eq!(sum(&standing["pre_sync"]), 9);
    assert_eq!(standing["exceptions"][0]["code"], "FROZEN");

    world.run(&["sync-event", EXPO]).ends(3);
    let pushed = report(&world);
    let standing = closes(&pushed);
    assert_eq!(
        (
            number(&standing["cleared"]["total"]),
            sum(&standing["failed"])
        ),
        (2, 7)
    );
    assert_eq!(standing["failed_landed"], 3);
    assert_eq!(standing["verified"], Value::Null);

    world
        .run(&[
            "reconcile",
            "--category",
            "DATA_TOO_LONG",
            "--ignore",
            "--reason",
            "booth test scans",
        ])
        .ends(0);
    let file = world.file(
        "more.csv",
        "First Name,Last Name,Email\nZoe,New,zoe@new.example\nAnn,Lee,ann@acme.com\nIda,Kept,ida@kept.example\n",
    );
    world
        .run(&["lead", "import", &file, "--event", EXPO, "--no-sync"])
        .ends(0);
    world.run(&["lead", "hold", "ida@kept.example"]).ends(0);
    world.run(&["verify", "--event", EXPO]).ends(0);
    let after = report(&world);
    let standing = closes(&after);
    assert_eq!(number(&after["intake"]["rows"]), 12, "{after}");
    assert_eq!(number(&after["intake"]["people"]), 11);
    assert_eq!(number(&after["intake"]["repeats"]), 1);
    assert_eq!((sum(&standing["ignored"]), sum(&standing["held"])), (1, 1));
    assert_eq!(
        standing["ignored"][0]["description"],
        "\"booth test scans\""
    );
    assert!(number(&standing["verified"]["checked"]) >= 1, "{standing}");

    let text = world.run(&["report", EXPO]).ends(0).out;
    assert!(text.starts_with("# Expo 2026\n"), "{text}");
    assert!(text.contains("12 rows and scans = "), "{text}");
    assert!(text.contains("+ 1 repeat."), "{text}");
    assert!(
        text.contains("more.csv") && text.contains("zoe@new.example"),
        "{text}"
    );
    assert!(!text.contains("does not close"));

    world
        .run(&["lead", "remove", "zoe@new.example", "--yes"])
        .ends(0);
    closes(&report(&world));
}

#[test]
fn without_personal_data_nobody_is_in_it() {
    let world = expo();
    world.run(&["sync-event", EXPO]).ends(3);
    let path = |name: &str| world.folder().join(name).to_string_lossy().into_owned();
    let (html, csv, md) = (path("r.html"), path("r.csv"), path("r.md"));
    let said = world
        .run(&[
            "report", EXPO, "--no-pii", "--json", "--html", &html, "--csv", &csv, "--md", &md,
        ])
        .ends(0);
    let mut texts = vec![said.out.clone()];
    texts.extend([&html, &csv, &md].map(|path| std::fs::read_to_string(path).unwrap()));
    let account = said.json()["integrations"][0]["account"].clone();
    let account = account.as_str().unwrap();
    for text in &texts {
        // What the connection is called is nobody's data.
        let text = text.replace(account, "");
        let text = text.split("</style>").last().unwrap();
        for personal in PERSONAL {
            assert!(!text.contains(personal), "{personal}: {text}");
        }
    }
    let id = said.json()["integrations"][0]["exceptions"][0]["id"].clone();
    assert!(texts.iter().all(|text| text.contains(id.as_str().unwrap())));

    // With it everybody is there.
    let named = world.run(&["report", EXPO]).ends(0).out;
    for person in ["hal@bad.invalid", "Cy Ray", "Nobody Ltd"] {
        assert!(named.contains(person), "{person}: {named}");
    }
}

#[test]
fn the_table_has_a_line_a_lead_and_no_formula() {
    let world = expo();
    let file = world.file(
        "evil.csv",
        "First Name,Last Name,Email\n\"=HYPERLINK(\"\"http://x\"\")\",Evil,eve@evil.example\n",
    );
    world
        .run(&["lead", "import", &file, "--event", EXPO, "--no-sync"])
        .ends(0);
    let path = world.folder().join("leads.csv");
    world
        .run(&["report", EXPO, "--csv", &path.to_string_lossy()])
        .ends(0);
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let head = reader.headers().unwrap().clone();
    assert_eq!(&head[0], "mobly_sync_lead_id");
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 10);
    let evil = rows
        .iter()
        .find(|row| &row[2] == "eve@evil.example")
        .unwrap();
    assert!(evil[1].starts_with("'="), "{evil:?}");
    assert!(
        rows.iter()
            .flatten()
            .all(|cell| !cell.starts_with(['=', '+', '-', '@']))
    );
}

#[test]
fn the_page_stands_alone() {
    let world = expo();
    world.run(&["sync-event", EXPO]).ends(3);
    let path = world.folder().join("report.html");
    let said = world
        .run(&["report", EXPO, "--html", &path.to_string_lossy()])
        .ends(0);
    assert!(said.out.is_empty(), "{}", said.out);
    let page = std::fs::read_to_string(&path).unwrap();
    for reference in ["<script", "src=", "@import", "url(", "<link"] {
        assert!(!page.contains(reference), "{reference}");
    }
    assert!(page.contains("aria-label=\"22.2 % cleared: 2 of 9\""));
    let nowhere = world.folder().join("no/such/folder.html");
    let refused = world
        .run(&[
            "report",
            EXPO,
            "--html",
            &nowhere.to_string_lossy(),
            "--json",
        ])
        .ends(1);
    assert_eq!(refused.json()["error"]["code"], "file");
    world.run(&["report", "Nowhere 1999"]).ends(1);
    world.run(&["report"]).ends(2);
}

#[test]
fn a_terminal_gets_a_screen() {
    let world = expo();
    let mut command = world.command();
    command
        .env("MOBLY_SYNC_FORCE_TTY", "80")
        .env("LANG", "C.UTF-8");
    let shown = command
        .args(["report", EXPO, "--color", "never"])
        .output()
        .unwrap();
    let screen = String::from_utf8(shown.stdout).unwrap();
    assert!(
        !screen.contains('#') && !screen.contains("| ---"),
        "{screen}"
    );
    assert!(
        screen.lines().all(|line| line.chars().count() <= 80),
        "{screen}"
    );
    assert!(
        screen.contains("9 rows and scans = 0 in HubSpot + 9 named exceptions."),
        "{screen}"
    );
    let document = report(&world);
    assert_eq!(document["event"]["name"], json!(EXPO));
}
