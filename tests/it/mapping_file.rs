//! `mapping export`, `import`, `history` and `revert`: the mapping under version control.

use serde_json::{Value, json};

use crate::mapping_set::rows;
use crate::support::connected::{connected, import};

#[test]
fn what_is_exported_comes_back_the_same() {
    let world = connected();
    import(&world, "Expo 2026", "First Name,Email\nAnn,ann@acme.com\n");
    world.run(&["mapping", "defaults"]).ends(0);
    for arguments in [
        &["--constant", "lead", "lifecyclestage"][..],
        &[
            "companyCountry",
            "country",
            "--object",
            "contact",
            "--value",
            "USA=United States",
            "--truncate",
            "--default",
            "n/a",
        ],
        &[
            "--template",
            "{firstName} = \"x\"",
            "message",
            "--event",
            "Expo 2026",
            "--on-invalid",
            "drop",
        ],
    ] {
        world
            .run(&[&["mapping", "set"], arguments].concat())
            .ends(0);
    }
    let exported = world.run(&["mapping", "export"]).ends(0).out;
    let file = world.file("mapping.toml", &exported);
    let same = world.json(&["mapping", "import", &file]);
    assert_eq!(
        (&same["changed"], &same["changes"]),
        (&json!(false), &json!([]))
    );

    world.run(&["mapping", "clear", "contact"]).ends(0);
    let shown = world
        .run(&["mapping", "import", &file, "--dry-run"])
        .ends(0);
    assert!(
        shown.err.contains("contact.lifecyclestage"),
        "{}",
        shown.err
    );
    assert!(rows(&world, "contact").is_empty());
    let taken = world.json(&["mapping", "import", &file]);
    assert_eq!(taken["changes"].as_array().unwrap().len(), 16);
    assert_eq!(world.run(&["mapping", "export"]).ends(0).out, exported);
    // The same rows, wherever they come from, give the same text.
    let other = connected();
    import(&other, "Expo 2026", "First Name,Email\nAnn,ann@acme.com\n");
    other.run(&["mapping", "import", &file]).ends(0);
    assert_eq!(other.run(&["mapping", "export"]).ends(0).out, exported);
}

#[test]
fn a_file_with_a_wrong_row_changes_nothing_and_names_the_row() {
    let world = connected();
    world.run(&["mapping", "defaults"]).ends(0);
    let before = rows(&world, "contact");
    let file = world.file(
        "mapping.toml",
        "vendor = \"hubspot\"\n[[row]]\nobject = \"contact\"\nremote = \"jobtitel\"\nfield = \"jobTitle\"\n\
         [[row]]\nobject = \"contact\"\nremote = \"createdate\"\nconstant = \"x\"\n\
         [[row]]\nobject = \"contact\"\nremote = \"fax\"\n",
    );
    let error = world
        .run(&["mapping", "import", &file, "--json"])
        .ends(1)
        .json()["error"]
        .clone();
    assert_eq!(error["code"], "file");
    let hint = error["hint"].as_str().unwrap();
    for part in [
        "row 1: contact has no field \"jobtitel\"; did you mean jobtitle?",
        "row 2",
        "read-only",
        "row 3",
        "exactly one",
    ] {
        assert!(hint.contains(part), "{hint}");
    }
    let unknown_key = world.file(
        "wrong.toml",
        "vendor = \"hubspot\"\n[[row]]\nobjekt = \"contact\"\n",
    );
    let said = world.run(&["mapping", "import", &unknown_key]).ends(1);
    assert!(
        said.err.contains("objekt") && said.err.contains("line 3"),
        "{}",
        said.err
    );
    let other = world.file("other.toml", "vendor = \"elsewhere\"\n");
    assert!(
        world
            .run(&["mapping", "import", &other])
            .ends(1)
            .err
            .contains("not for hubspot")
    );
    assert_eq!(rows(&world, "contact"), before);
}

#[test]
fn history_tells_who_changed_what_and_revert_takes_it_back() {
    let world = connected();
    world
        .run(&["mapping", "defaults", "--object", "contact"])
        .ends(0);
    world.run(&["mapping", "set", "jobTitle", "degree"]).ends(0);
    world.run(&["mapping", "unset", "phone"]).ends(0);
    let history = world.json(&["mapping", "history"])["history"].clone();
    let commands: Vec<&str> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["command"].as_str().unwrap())
        .collect();
    assert_eq!(
        commands,
        [
            "mapping unset phone",
            "mapping set jobTitle degree",
            "mapping defaults --object contact"
        ]
    );
    assert_eq!(history[0]["by"], "ann");
    assert_eq!(history[0]["changes"][0]["key"], "contact.phone");
    let run = history[1]["run"].to_string();
    let reverted = world.json(&["mapping", "revert", &run]);
    assert_eq!(reverted["left"], json!([]));
    assert!(rows(&world, "contact").contains(&"jobTitle → jobtitle (if-blank)".to_owned()));
    assert_eq!(rows(&world, "contact").len(), 13, "the later change stands");
    world.run(&["mapping", "revert"]).ends(0);
    assert!(rows(&world, "contact").contains(&"jobTitle → degree (if-blank)".to_owned()));
    let missing = world
        .run(&["mapping", "revert", "999", "--json"])
        .ends(1)
        .json();
    assert_eq!(missing["error"]["fix"], "mobly-sync mapping history");
    assert_ne!(missing["error"]["message"], Value::Null);
}
