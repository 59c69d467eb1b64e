//! Whatever is put in: a clear word, the right status, no panic, and the good rows are not lost.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::json;

use crate::support::{Said, World};

#[track_caller]
fn sound(said: &Said, status: i32) {
    assert_eq!(said.status, status, "{}\n{}", said.out, said.err);
    for text in [&said.out, &said.err] {
        assert!(
            !text.contains("panicked") && !text.contains("RUST_BACKTRACE"),
            "{text}"
        );
        assert!(!text.contains("internal error"), "{text}");
    }
}

#[test]
fn files_that_are_none_are_named_for_what_they_are() {
    let world = World::new();
    let folder = world.folder().to_str().unwrap().to_owned();
    let cases: Vec<(String, &str)> = vec![
        ("/nonexistent/scans.csv".into(), "there is no file"),
        (folder, "is a folder"),
        (world.file("empty.csv", ""), "is empty"),
        (world.file("blank.csv", " \n\n"), "is empty"),
        (
            world.file("book.xlsx", b"PK\x03\x04\x14\0\x08\0"),
            "workbook",
        ),
        (world.file("old.xls", b"\xD0\xCF\x11\xE0\xA1\xB1"), "Excel"),
        (world.file("paper.pdf", b"%PDF-1.7\n"), "PDF"),
        (
            world.file("noise.csv", [0_u8, 1, 2, 3, 4, 5, 6, 7].repeat(64)),
            "not text",
        ),
        (world.file("page.csv", "<html><body>"), "web page"),
        (
            world.file("strange.csv", "a,b\n1,2\n"),
            "no column is recognised",
        ),
    ];
    for (file, word) in cases {
        let said = world.run(&["lead", "import", &file]);
        sound(&said, 1);
        assert!(said.err.contains(word), "{file}: {}", said.err);
        let json = world.run(&["lead", "import", &file, "--json"]);
        sound(&json, 1);
        assert_eq!(json.json()["error"]["code"], "file", "{file}");
    }
    // What was not imported leaves no run behind.
    let file = world.file("good.csv", "Email\nann@firm.example\n");
    let run = &world.json(&["lead", "import", &file])["run"];
    assert!(run.as_u64().unwrap() > 1);
    assert_eq!(
        world.json(&["lead", "list"])["leads"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn bad_rows_are_listed_and_the_good_ones_stay() {
    let world = World::new();
    let mut csv = b"First Name,Email,Notes\n".to_vec();
    csv.extend(b"Ann,ann@firm.example,fine\n");
    csv.extend(b"Bo,bo@firm.example,one,two,three\n");
    csv.extend(b"Cy,cy\0@firm.example,nul\n");
    csv.extend(b"Di,di@firm.example,");
    csv.extend(vec![b'x'; 1_000_000]);
    csv.extend(b"\nEd,not an address,kept\n,,\n\"never closed,ed@firm.example\n");
    csv.extend(b"F\xE9,fe@firm.example,Windows-1252\n");
    let file = world.file("bad.csv", &csv);
    let said = world.run(&["lead", "import", &file, "--json"]);
    sound(&said, 3);
    let document = said.json();
    let lines: Vec<u64> = document["rejects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reject| reject["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [3, 4, 5, 7, 8], "{document}");
    assert_eq!(document["created"], 3);
    assert_eq!(document["warnings"][0]["field"], "email");
    let fe = world.json(&["lead", "list", "--search", "fe@firm"]);
    assert_eq!(fe["leads"][0]["name"], "Fé");
}

#[test]
fn a_closed_standard_input_is_an_empty_one() {
    let world = World::new();
    let output = world
        .command()
        .args(["lead", "import", "-"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("standard input is empty"), "{error}");
}

#[test]
fn a_reader_that_goes_away_stops_nothing() {
    let world = World::new();
    let file = world.file("people.csv", World::people_csv(3_000, 10));
    world.run(&["lead", "import", &file, "-q"]).ends(0);
    for arguments in [
        &["lead", "list"][..],
        &["lead", "export"],
        &["lead", "list", "--json"],
    ] {
        let mut child = world
            .command()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "",
            "{arguments:?}"
        );
    }
}

#[test]
fn a_database_that_is_none_is_refused_and_untouched() {
    let world = World::new();
    let good = world.file("good.csv", "Email\nann@firm.example\n");
    let cases = [
        (
            world.file(
                "notes.db",
                "these are my notes, not a database, and they are long enough to be read as one\n"
                    .repeat(20),
            ),
            "database_foreign",
        ),
        (
            world.file(
                "cut.db",
                b"SQLite format 3\0 and then nothing of the kind".repeat(30),
            ),
            "database",
        ),
    ];
    for (file, code) in &cases {
        let before = std::fs::read(file).unwrap();
        for command in [
            &["lead", "import", &good][..],
            &["event", "list"],
            &["lead", "list"],
        ] {
            let mut arguments = vec!["--db", file.as_str(), "--json"];
            arguments.extend(command);
            let said = world.run(&arguments);
            sound(&said, 1);
            let error = said.json();
            let found = error["error"]["code"].as_str().unwrap();
            assert!(found.starts_with("database"), "{file}: {error}");
            if *code == "database_foreign" {
                assert_eq!(found, *code);
            }
            assert!(error["error"]["hint"].is_string(), "{error}");
        }
        assert_eq!(std::fs::read(file).unwrap(), before);
    }
    let other = rusqlite_file(&world);
    let said = world.run(&["--db", &other, "lead", "list", "--json"]);
    sound(&said, 1);
    assert_eq!(said.json()["error"]["code"], "database_foreign");
    let folder = world.folder().to_str().unwrap().to_owned();
    let said = world.run(&["--db", &folder, "lead", "list", "--json"]);
    sound(&said, 1);
    assert_eq!(said.json()["error"]["code"], "database");
    let said = world.run(&["--db", "/proc/nowhere/x.db", "event", "list"]);
    sound(&said, 1);
    assert!(said.err.contains("--db"), "{}", said.err);
}

/// Another program's SQLite file.
fn rusqlite_file(world: &World) -> String {
    let path = world.folder().join("other.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1);")
        .unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_damaged_database_is_told_and_not_made_worse() {
    let world = World::new();
    let file = world.file("people.csv", World::people_csv(300, 10));
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
    let mut bytes = std::fs::read(world.database()).unwrap();
    let length = bytes.len();
    // The pages behind the first: its header stays readable.
    for byte in &mut bytes[4096..length] {
        *byte = 0xAA;
    }
    std::fs::write(world.database(), &bytes).unwrap();
    for beside in ["mobly.db-wal", "mobly.db-shm"] {
        let _ = std::fs::remove_file(world.folder().join(beside));
    }
    let said = world.run(&["lead", "list", "--json"]);
    sound(&said, 1);
    assert_eq!(said.json()["error"]["code"], "database");
}

#[test]
fn large_input_through_a_pipe_is_read_to_its_end() {
    let world = World::new();
    let mut child = world
        .command()
        .args(["lead", "import", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"Email\n").unwrap();
    for n in 0..5_000 {
        writeln!(input, "p{n}@firm.example").unwrap();
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["created"], json!(5_000));
}
