//! Lists and exports: filters, forms for people and programs, corrections that come back.

use mobly_sync::domain::integration::Mode;
use serde_json::json;

use crate::seed::{assert_consistent, connected, qualifier};
use crate::support::World;

const SCANS: &str = "First Name,Last Name,Email,Phone,Interest,Notes\n\
    Ann,Lee,ann@firm.example,+1 555 0101234,Demo,=SUM(A1)\n\
    Bo,Stone,,555 010 1235,,\"two\nlines, é\"\n\
    Cy,Young,cy@gmail.com,,Other,\n";

fn world() -> World {
    let world = connected(Mode::Manual);
    qualifier(&world, "Interest", &["Demo"], false);
    let file = world.file("scans.csv", SCANS);
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
    world
}

fn names(world: &World, more: &[&str]) -> Vec<String> {
    let mut arguments = vec!["lead", "list"];
    arguments.extend(more);
    world.json(&arguments)["leads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lead| lead["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn leads_are_chosen_by_state_event_text_and_flaw() {
    let world = world();
    assert_eq!(names(&world, &[]).len(), 3);
    assert_eq!(names(&world, &["--state", "pre-sync"]).len(), 3);
    assert_eq!(names(&world, &["--state", "failed"]).len(), 0);
    assert_eq!(names(&world, &["--search", "ann lee"]), ["Ann Lee"]);
    assert_eq!(names(&world, &["--issue", "no-email"]), ["Bo Stone"]);
    assert_eq!(names(&world, &["--issue", "free-mail"]), ["Cy Young"]);
    assert_eq!(names(&world, &["--issue", "no-qualifier"]), ["Bo Stone"]);
    assert_eq!(names(&world, &["--limit", "2"]).len(), 2);
    world.run(&["event", "add", "Other"]).ends(0);
    assert_eq!(names(&world, &["--event", "Other"]).len(), 0);
    assert_eq!(names(&world, &["--event", "Exp"]).len(), 3);
    let any = world.json(&["lead", "list", "--issue", "any", "--search", "bo"]);
    assert_eq!(
        any["leads"][0]["issues"],
        json!(["no-email", "no-qualifier"])
    );
    assert_eq!(any["leads"][0]["reason"], "FROZEN");
    let alone = World::new();
    alone.run(&["lead", "list", "--state", "failed"]).ends(4);
    alone.run(&["lead", "list"]).ends(0);
}

#[test]
fn a_list_is_tabs_in_a_pipe_and_a_table_on_a_terminal() {
    let mut world = world();
    let piped = world.run(&["lead", "list"]).ends(0);
    let first: Vec<&str> = piped.out.lines().next().unwrap().split('\t').collect();
    assert_eq!(
        first[1..],
        ["Ann Lee", "ann@firm.example", "Expo", "pre-sync", "FROZEN"]
    );
    assert_eq!(piped.out.lines().count(), 3);
    world.set("MOBLY_SYNC_FORCE_TTY", "80");
    world.set("NO_COLOR", "1");
    let shown = world.run(&["lead", "list", "--limit", "1"]).ends(0);
    assert!(shown.out.starts_with("ID "), "{}", shown.out);
    assert!(shown.err.contains("more than these 1"), "{}", shown.err);
    assert!(shown.out.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn an_export_comes_back_as_corrections() {
    let world = world();
    let path = world.folder().join("out.csv");
    let path = path.to_str().unwrap();
    let exported = world.json(&["lead", "export", path]);
    assert_eq!(exported["leads"], 3);
    let text = std::fs::read_to_string(path).unwrap();
    assert!(
        text.starts_with("mobly_sync_lead_id,mobly_sync_revision,firstName,"),
        "{text}"
    );
    assert!(text.contains(",'+1 555 0101234,"), "{text}");
    assert!(text.contains(",'=SUM(A1),"), "{text}");
    let unchanged = world.json(&["lead", "import", path]);
    assert_eq!(
        (&unchanged["read"], &unchanged["unchanged"]),
        (&json!(3), &json!(3))
    );

    std::fs::write(path, text.replace(",Stone,", ",Stein,")).unwrap();
    let corrected = world.json(&["lead", "import", path]);
    assert_eq!(
        (&corrected["updated"], &corrected["unchanged"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(names(&world, &["--search", "stein"]), ["Bo Stein"]);
    let lead = world.json(&["lead", "list", "--search", "stein"]);
    assert_eq!(lead["leads"][0]["scans"], 1, "a correction is no scan");
    let notes = &world.json(&["lead", "show", "ann@firm.example"])["lead"]["fields"]["notes"];
    assert_eq!(notes, "=SUM(A1)");

    // Who was changed since is refused and listed.
    world
        .run(&["lead", "edit", "cy@gmail.com", "--set", "jobTitle=CTO"])
        .ends(0);
    std::fs::write(
        path,
        text.replace(",Young,", ",Jung,")
            .replace(",Stone,", ",Stein,"),
    )
    .unwrap();
    let refused = world
        .run(&["lead", "import", path, "--json"])
        .ends(3)
        .json();
    assert_eq!(
        (&refused["rejected"], &refused["unchanged"]),
        (&json!(1), &json!(2))
    );
    assert!(
        refused["rejects"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("changed since"),
        "{refused}"
    );
    assert_consistent(&world);
}

#[test]
fn exports_go_where_they_are_sent() {
    let world = world();
    let said = world.run(&["lead", "export", "--search", "bo"]).ends(0);
    assert!(said.out.contains("\"two\nlines, é\""), "{}", said.out);
    world.run(&["lead", "export", "--json"]).ends(2);
    let folder = world.folder().to_str().unwrap().to_owned();
    let error = world
        .run(&["lead", "export", &folder, "--json"])
        .ends(1)
        .json();
    assert_eq!(error["error"]["code"], "file");
}

#[test]
fn no_value_or_name_leaves_as_a_formula() {
    let world = World::new();
    let file = world.file(
        "a.csv",
        "Email,=HYPERLINK(1),Phone,Notes\nann@firm.example,@SUM(A1),+1 555 010 1234,-1+1\n",
    );
    world
        .run(&[
            "lead",
            "import",
            &file,
            "--event",
            "=Expo",
            "--create-event",
        ])
        .ends(0);
    let path = world.folder().join("out.csv");
    let path = path.to_str().unwrap();
    world.run(&["lead", "export", path]).ends(0);
    let text = std::fs::read_to_string(path).unwrap();
    let cells: Vec<&str> = text.lines().flat_map(|line| line.split(',')).collect();
    for cell in &cells {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell} in {text}");
    }
    for cell in [
        "'=HYPERLINK(1)",
        "'@SUM(A1)",
        "'+1 555 010 1234",
        "'-1+1",
        "'=Expo",
    ] {
        assert!(cells.contains(&cell), "{cell} in {text}");
    }
    // It comes back as it was: a correction that corrects nothing.
    let again = world.json(&["lead", "import", path]);
    assert_eq!(
        (&again["unchanged"], &again["rejected"]),
        (&json!(1), &json!(0))
    );
    let fields = &world.json(&["lead", "show", "ann@firm.example"])["lead"]["fields"];
    assert_eq!(fields["=HYPERLINK(1)"], "@SUM(A1)");
    assert!(fields.get("'=HYPERLINK(1)").is_none(), "{fields}");
}

#[test]
fn rejected_rows_leave_without_formulas_and_come_back_as_they_were() {
    let world = World::new();
    let file = world.file(
        "a.csv",
        "Email,Phone,Event\nann@firm.example,+1 555 010 1234,Expo\n",
    );
    let rejects = world.folder().join("rejects.csv");
    let rejects = rejects.to_str().unwrap();
    world
        .run(&["lead", "import", &file, "--rejects", rejects])
        .ends(3);
    let text = std::fs::read_to_string(rejects).unwrap();
    assert!(text.contains(",'+1 555 010 1234,Expo,2,"), "{text}");
    world
        .run(&["lead", "import", rejects, "--create-event"])
        .ends(0);
    let lead = &world.json(&["lead", "show", "ann@firm.example"])["lead"];
    assert_eq!(lead["fields"]["phone"], "+1 555 010 1234");
}
