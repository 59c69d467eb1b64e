//! An export comes back: only what was changed changes, in either form, and what is not there is left alone.

use serde_json::{Value, json};

use crate::seed::{assert_consistent, qualifier};
use crate::support::World;
use crate::support::xlsx::{Cell, workbook};

const SCANS: &str = "First Name,Email,Phone,Job Title,Badge Color,Interest\n\
    Ann,ann@firm.example,+1 555 0101234,Head,Red,Demo\n\
    Bo,bo@firm.example,'tis,Cook,,\n\
    Cy,cy@firm.example,,,Blue,Price\n";

/// A world with three leads, and their export as rows of cells.
fn exported() -> (World, Vec<Vec<String>>) {
    let world = World::new();
    qualifier(&world, "Interest", &["Demo", "Price"], false);
    let file = world.file("scans.csv", SCANS);
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
    let out = world.run(&["lead", "export"]).ends(0).out;
    let rows = out
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect();
    (world, rows)
}

fn csv(world: &World, rows: &[Vec<String>]) -> String {
    let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    world.file("back.csv", lines.join("\n") + "\n")
}

fn xlsx(world: &World, rows: &[Vec<String>]) -> String {
    let cells = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| match cell.as_str() {
                    "" => Cell::None,
                    text => Cell::Text(text),
                })
                .collect()
        })
        .collect();
    world.file("back.xlsx", workbook(&[("Leads", cells)]))
}

fn set(rows: &mut [Vec<String>], row: usize, column: &str, value: &str) {
    let index = rows[0].iter().position(|name| name == column).unwrap();
    rows[row][index] = value.to_owned();
}

fn fields(world: &World, email: &str) -> Value {
    world.json(&["lead", "show", email])["lead"]["fields"].clone()
}

#[test]
fn only_what_was_changed_changes_from_a_table_or_a_workbook() {
    for form in [csv, xlsx] {
        let (world, mut rows) = exported();
        assert_eq!(fields(&world, "bo@firm.example")["phone"], "'tis");
        let before = fields(&world, "cy@firm.example");
        set(&mut rows, 1, "jobTitle", "CEO");
        set(&mut rows, 2, "Interest", "Price");
        // Columns people add are kept; ours never are, and neither are scans, times or events of a correction.
        rows[0].extend(["Follow-up by".into(), "mobly_sync_note".into()]);
        rows[1].extend(["Kim".into(), "x".into()]);
        rows[2].extend([String::new(), "y".into()]);
        rows[3].extend([String::new(), String::new()]);
        set(&mut rows, 3, "numberOfScans", "9");
        let report = world.json(&["lead", "import", &form(&world, &rows)]);
        assert_eq!(
            (&report["read"], &report["updated"], &report["unchanged"]),
            (&json!(3), &json!(2), &json!(1)),
            "{report}"
        );
        assert_eq!(
            fields(&world, "ann@firm.example"),
            json!({"Badge Color": "Red", "Follow-up by": "Kim", "email": "ann@firm.example", "firstName": "Ann",
                   "jobTitle": "CEO", "phone": "+1 555 0101234"})
        );
        let bo = &world.json(&["lead", "show", "bo@firm.example"])["lead"];
        assert_eq!(
            bo["fields"]["phone"], "'tis",
            "one sign is stripped, and only before a formula"
        );
        assert_eq!(bo["answers"][0]["answer"], "Price");
        assert_eq!(fields(&world, "cy@firm.example"), before);
        let leads = world.json(&["lead", "list"]);
        assert!(
            leads["leads"]
                .as_array()
                .unwrap()
                .iter()
                .all(|lead| lead["scans"] == 1)
        );
        // The same file again changes nothing, although the revisions have moved.
        let again = world.json(&["lead", "import", &form(&world, &rows)]);
        assert_eq!(
            (&again["unchanged"], &again["rejected"]),
            (&json!(3), &json!(0))
        );
        assert_consistent(&world);
    }
}

#[test]
fn an_emptied_cell_takes_its_value_away() {
    for form in [csv, xlsx] {
        let (world, mut rows) = exported();
        set(&mut rows, 1, "phone", "");
        set(&mut rows, 1, "Badge Color", "");
        set(&mut rows, 3, "Interest", "");
        let report = world.json(&["lead", "import", &form(&world, &rows)]);
        assert_eq!(
            (&report["updated"], &report["unchanged"]),
            (&json!(2), &json!(1))
        );
        let ann = fields(&world, "ann@firm.example");
        assert!(
            ann.get("phone").is_none() && ann.get("Badge Color").is_none(),
            "{ann}"
        );
        assert_eq!(ann["jobTitle"], "Head");
        let cy = &world.json(&["lead", "show", "cy@firm.example"])["lead"];
        assert_eq!(cy["answers"], json!([]));
    }
}

#[test]
fn a_cell_that_says_nothing_takes_nothing_away() {
    let (world, rows) = exported();
    let before = world.json(&["lead", "list"]);
    // Rows that are gone, columns that are gone, rows that end early.
    let id = |row: usize| rows[row][0].clone();
    for file in [
        format!(
            "mobly_sync_lead_id,mobly_sync_revision,firstName\n{},1,Ann\n",
            id(1)
        ),
        format!(
            "mobly_sync_lead_id,mobly_sync_revision,firstName,phone,jobTitle\n{},1,Ann\n",
            id(1)
        ),
        // Without a revision nobody can tell whether a cell was emptied.
        format!("mobly_sync_lead_id,firstName,phone\n{},Ann,\n", id(1)),
    ] {
        let report = world.json(&["lead", "import", &world.file("part.csv", file)]);
        assert_eq!(
            (&report["read"], &report["unchanged"]),
            (&json!(1), &json!(1)),
            "{report}"
        );
    }
    assert_eq!(world.json(&["lead", "list"]), before);
}

#[test]
fn a_lead_that_has_moved_since_is_refused_and_listed() {
    for form in [csv, xlsx] {
        let (world, mut rows) = exported();
        world
            .run(&["lead", "edit", "ann@firm.example", "--set", "notes=called"])
            .ends(0);
        set(&mut rows, 1, "phone", "");
        set(&mut rows, 2, "jobTitle", "Chef");
        let report = world
            .run(&["lead", "import", &form(&world, &rows), "--json"])
            .ends(3)
            .json();
        assert_eq!(
            (&report["updated"], &report["rejected"]),
            (&json!(1), &json!(1))
        );
        let reject = &report["rejects"][0];
        assert_eq!(reject["line"], 2);
        assert!(
            reject["reason"]
                .as_str()
                .unwrap()
                .contains("export it again"),
            "{reject}"
        );
        assert_eq!(
            fields(&world, "ann@firm.example")["phone"],
            "+1 555 0101234"
        );
        assert_eq!(fields(&world, "bo@firm.example")["jobTitle"], "Chef");
        // A lead removed meanwhile does not come back.
        world.run(&["lead", "remove", "cy@firm.example"]).ends(0);
        let gone = world
            .run(&["lead", "import", &form(&world, &rows), "--json"])
            .ends(3)
            .json();
        assert_eq!(
            (&gone["rejected"], &gone["created"]),
            (&json!(2), &json!(0))
        );
        assert_eq!(
            world.json(&["lead", "list"])["leads"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
    }
}
