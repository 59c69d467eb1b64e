//! `lead import` of files that are no CSV: workbooks, JSON, NDJSON and cards, from a file and from standard input.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::xlsx::{Cell, workbook, workbook_with, zip};

fn import(world: &World, file: &str, more: &[&str], status: i32) -> Value {
    let mut arguments = vec!["lead", "import", file, "--json"];
    arguments.extend(more);
    world.run(&arguments).ends(status).json()
}

fn counts(document: &Value) -> [u64; 5] {
    ["read", "created", "updated", "unchanged", "rejected"]
        .map(|key| document[key].as_u64().unwrap())
}

fn lead(world: &World, name: &str) -> Value {
    world.json(&["lead", "show", name])["lead"].clone()
}

const EXPO: [&str; 3] = ["--event", "Expo", "--create-event"];

#[test]
fn a_workbook_is_read_with_its_dates_and_stored_values() {
    let world = World::new();
    let text = Cell::Text;
    let book = workbook(&[
        (
            "Leads",
            vec![
                vec![text("Leads of the Expo")],
                vec![],
                ["First Name", "Email", "Phone", "Scan Date", "Score"]
                    .map(text)
                    .to_vec(),
                vec![
                    text("Ann"),
                    text("ann@firm.example"),
                    Cell::Number(15_550_101_234.0, 0),
                    // 2026-11-17 09:15:00
                    Cell::Number(46_343.385_416_666_664, 2),
                    Cell::Formula("1+1", 7.0),
                ],
                vec![
                    Cell::None,
                    text("bo@firm.example"),
                    Cell::None,
                    Cell::Number(46_343.0, 1),
                ],
                vec![],
                [
                    text("Cy"),
                    text("cy@firm.example"),
                    Cell::None,
                    Cell::None,
                    Cell::None,
                    text("beyond"),
                ]
                .to_vec(),
            ],
        ),
        ("Empty", vec![]),
    ]);
    let file = world.file("leads.xlsx", &book);
    let document = import(&world, &file, &EXPO, 3);
    assert_eq!(counts(&document), [3, 2, 0, 0, 1]);
    assert_eq!(document["rejects"][0]["line"], 7, "the sheet's row");
    assert_eq!(document["warnings"], json!([]));
    let ann = lead(&world, "ann@firm.example");
    assert_eq!(ann["fields"]["phone"], "15550101234");
    assert_eq!(
        ann["fields"]["leadScore"], "7",
        "the stored value, not the formula"
    );
    assert_eq!(ann["captured_at"], "2026-11-17T09:15:00Z");
    assert_eq!(
        lead(&world, "bo@firm.example")["captured_at"],
        "2026-11-17T00:00:00Z"
    );
    assert_eq!(counts(&import(&world, &file, &EXPO, 3)), [3, 0, 0, 2, 1]);
}

#[test]
fn of_several_sheets_one_is_named() {
    let world = World::new();
    let sheet = |mail: &'static str| vec![vec![Cell::Text("Email")], vec![Cell::Text(mail)]];
    let book = workbook(&[
        ("Day 1", sheet("ann@firm.example")),
        ("Day 2", sheet("bo@firm.example")),
    ]);
    let file = world.file("days.xlsx", book);
    let error = import(&world, &file, &[], 2);
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.contains("Day 1, Day 2"), "{message}");
    let fix = error["error"]["fix"].as_str().unwrap();
    assert!(fix.ends_with("--sheet \"Day 1\""), "{fix}");
    let error = import(&world, &file, &["--sheet", "Day 3"], 2);
    assert!(
        error["error"]["message"]
            .as_str()
            .unwrap()
            .contains("no sheet \"Day 3\"")
    );
    import(&world, &file, &["--sheet", "day 2"], 0);
    assert_eq!(
        world.json(&["lead", "list"])["leads"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    lead(&world, "bo@firm.example");
}

#[test]
fn what_is_no_readable_workbook_is_named_for_what_it_is() {
    let world = World::new();
    let sheet = vec![
        vec![Cell::Text("Email")],
        vec![Cell::Text("a@firm.example")],
    ];
    let whole = workbook(&[("Leads", sheet.clone())]);
    let mut protected = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    protected.extend([0; 64]);
    let old = protected.clone();
    protected.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let macros = workbook_with(&[("Leads", sheet)], &[("xl/vbaProject.bin", "x")]);
    let packed = zip(&[("leads.csv".to_owned(), "Email\na@b.c\n".to_owned())]);
    let empty = workbook(&[("Leads", vec![])]);
    for (bytes, words) in [
        (protected, "protected with a password"),
        (old, "old Excel"),
        (macros, "workbook with macros (.xlsm)"),
        (packed, "unpack it and import leads.csv"),
        (
            whole[..whole.len() - 30].to_vec(),
            "not downloaded or copied completely",
        ),
        (empty, "is empty"),
    ] {
        let file = world.file("leads.xlsx", bytes);
        let error = import(&world, &file, &EXPO, 1);
        assert_eq!(error["error"]["code"], "file");
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.contains(words), "{words}: {message}");
    }
    assert_eq!(world.json(&["event", "list"])["events"], json!([]));
}

#[test]
fn json_is_read_as_a_list_an_envelope_or_lines() {
    let world = World::new();
    let list = r#"{"page": 1, "leads": [
        {"first_name": "Ann", "email": "ann@firm.example", "company": {"name": "Firm"}, "interests": ["a", "b"]},
        "stray",
        {"properties": {"email": "bo@firm.example", "jobtitle": "CTO"}, "scans": 2}]}"#;
    let file = world.file("leads.json", list);
    let document = import(&world, &file, &EXPO, 3);
    assert_eq!(counts(&document), [3, 2, 0, 0, 1]);
    assert_eq!(document["rejects"][0]["line"], 2, "the element's number");
    let ann = lead(&world, "ann@firm.example");
    assert_eq!(ann["fields"]["companyName"], "Firm");
    assert_eq!(ann["fields"]["interests"], "a; b");
    let bo = lead(&world, "bo@firm.example");
    assert_eq!(
        (&bo["fields"]["jobTitle"], &bo["scans"]),
        (&json!("CTO"), &json!(2))
    );

    let lines =
        "{\"email\": \"cy@firm.example\"}\n\n{\"email\": \"di@firm.example\"}\n{\"email\": \"e";
    let said = world
        .run_with_input(&["lead", "import", "-", "--event", "Expo", "--json"], lines)
        .ends(3)
        .json();
    assert_eq!(counts(&said), [3, 2, 0, 0, 1]);
    assert_eq!(said["rejects"][0]["line"], 4, "the physical line");

    let cut = world.file("cut.json", &list[..list.len() - 40]);
    let error = import(&world, &cut, &["--event", "Other", "--create-event"], 1);
    let message = error["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("not downloaded or copied completely"),
        "{message}"
    );
    assert_eq!(
        world.json(&["event", "list"])["events"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    for empty in ["[]", "{\"leads\": []}"] {
        let file = world.file("empty.json", empty);
        let error = import(&world, &file, &EXPO, 1);
        assert!(
            error["error"]["message"]
                .as_str()
                .unwrap()
                .contains("is empty"),
            "{error}"
        );
    }
}

#[test]
fn cards_are_leads() {
    let world = World::new();
    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lee;Ann;;;\r\nFN:Ann Lee\r\nORG:Firm\\, Inc.\r\nTITLE:CTO\r\n\
        EMAIL;TYPE=WORK:ann@firm.example\r\nTEL;TYPE=CELL:+1 555 010 1234\r\nADR;TYPE=WORK:;;1 Main St;Rome;;00100;Italy\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nFN:Bo\r\n";
    let said = world
        .run_with_input(
            &[
                "lead",
                "import",
                "-",
                "--event",
                "Expo",
                "--create-event",
                "--json",
            ],
            cards,
        )
        .ends(3)
        .json();
    assert_eq!(counts(&said), [2, 1, 0, 0, 1]);
    assert_eq!(said["rejects"][0]["line"], 11);
    let fields = &lead(&world, "ann@firm.example")["fields"];
    for (key, value) in [
        ("firstName", "Ann"),
        ("lastName", "Lee"),
        ("companyName", "Firm, Inc."),
        ("jobTitle", "CTO"),
        ("mobilePhone", "+1 555 010 1234"),
        ("companyCity", "Rome"),
    ] {
        assert_eq!(fields[key], value, "{key}: {fields}");
    }
    let file = world.file("not.vcf", "no card\n");
    let error = import(&world, &file, &[], 1);
    assert!(
        error["error"]["message"]
            .as_str()
            .unwrap()
            .contains("holds no card"),
        "{error}"
    );
}

#[test]
fn a_format_may_be_named() {
    let world = World::new();
    let file = world.file("leads.txt", "{\"email\": \"ann@firm.example\"}\n");
    import(
        &world,
        &file,
        &["--format", "ndjson", "--event", "Expo", "--create-event"],
        0,
    );
    let error = import(&world, &file, &["--format", "xlsx"], 1);
    assert!(
        error["error"]["message"]
            .as_str()
            .unwrap()
            .contains("no Excel workbook"),
        "{error}"
    );
}
