//! What many leads say of one company: every word counts, and a bad one fails nobody but those who say it.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;

const EVENT: &str = "Expo";

/// The one company there is.
#[track_caller]
fn company(world: &World) -> Value {
    let all = world.admin("GET", "objects/companies", &Value::Null)["results"].clone();
    assert_eq!(all.as_array().map(Vec::len), Some(1), "{all}");
    all[0]["properties"].clone()
}

fn links(world: &World) -> usize {
    let all = world.admin("GET", "associations", &Value::Null);
    all["results"].as_array().unwrap().len()
}

fn counts(document: &Value, names: [&str; 2]) -> (u64, u64) {
    let [first, second] = names.map(|name| document[name].as_u64().unwrap());
    (first, second)
}

fn three(words: [&str; 3], column: &str) -> String {
    let rows = ["Ann", "Bob", "Cyd"].iter().zip(words).map(|(name, word)| {
        let address = name.to_lowercase();
        format!("{name},Lee,{address}@firm.example,Firm,firm.example,{word}\n")
    });
    format!(
        "First Name,Last Name,Email,Company,Website,{column}\n{}",
        rows.collect::<String>()
    )
}

#[test]
fn a_word_the_vendor_does_not_know_fails_only_who_says_it() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual", "-y"]);
    import(
        &world,
        EVENT,
        &three(["", "Financial Services", "Rocketry"], "Industry"),
    );
    world
        .run(&[
            "mapping",
            "set",
            "companyIndustry",
            "industry",
            "--object",
            "company",
        ])
        .ends(0);
    world
        .run(&[
            "mapping",
            "set",
            "companyIndustry",
            "industry",
            "--object",
            "company",
            "--value",
            "Financial Services=FINANCIAL_SERVICES",
        ])
        .ends(0);
    let check = world.run(&["check", "--json"]).ends(3).json();
    assert_eq!(counts(&check, ["checked", "would_fail"]), (3, 1), "{check}");
    let plan = world
        .run(&["sync-event", EVENT, "--dry-run", "--json"])
        .ends(3)
        .json();
    assert_eq!(counts(&plan, ["create", "fail"]), (2, 1), "{plan}");

    let push = world.run(&["sync-event", EVENT, "--json"]).ends(3).json();
    assert_eq!(counts(&push, ["cleared", "failed"]), (2, 1), "{push}");
    let there = company(&world);
    assert_eq!(there["industry"], "FINANCIAL_SERVICES", "{there}");
    assert_eq!(links(&world), 3, "who failed has the company too");
    let log = world.json(&["log", "cyd@firm.example"]);
    let category = &log["attempts"][0]["category"];
    assert_eq!(*category, "DATA_VALUE_VALIDATION", "{log}");

    world
        .run(&[
            "mapping",
            "set",
            "companyIndustry",
            "industry",
            "--object",
            "company",
            "--value",
            "Rocketry=AVIATION_AEROSPACE",
        ])
        .ends(0);
    world
        .run(&["reconcile", "--event", EVENT, "--retry", "--json"])
        .ends(0);
    assert_eq!(links(&world), 3);
}

#[test]
fn a_word_only_the_vendor_can_judge_is_left_out_and_told_to_who_said_it() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual", "-y"]);
    world.admin(
        "POST",
        "rules/companies",
        &json!({ "propertyName": "city", "ruleType": "SPECIAL_CHARACTERS", "ruleArguments": [] }),
    );
    import(&world, EVENT, &three(["Bonn", "", "B@nn!"], "Company City"));
    let push = world.run(&["sync-event", EVENT, "--json"]).ends(3).json();
    assert_eq!(counts(&push, ["cleared", "failed"]), (2, 1), "{push}");
    assert_eq!(company(&world)["city"], "Bonn", "the word before");
    let log = world.json(&["log", "cyd@firm.example"]);
    assert_eq!(log["attempts"][0]["category"], "VALIDATION_RULE", "{log}");
    let stats = world.stats();
    assert_eq!(stats["companies"], 1, "{stats}");
}

/// More people of one firm than are taken at a time; the last ones know more of it than the first.
fn a_crowd(people: usize) -> String {
    let mut csv =
        String::from("First Name,Last Name,Email,Company,Website,Company City,Company Zip\n");
    for n in 0..people {
        let (city, zip) = match n {
            0 => ("Oslo", ""),
            n if n + 2 == people => ("Rome", ""),
            n if n + 1 == people => ("", "4711"),
            _ => ("", ""),
        };
        csv.push_str(&format!(
            "Ann{n},Lee{n},p{n}@firm.example,Firm,firm.example,{city},{zip}\n"
        ));
    }
    csv
}

#[test]
fn what_one_of_a_thousand_knows_reaches_the_company() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual", "-y"]);
    import(&world, EVENT, &a_crowd(1_003));
    let plan = world
        .run(&["sync-event", EVENT, "--dry-run", "--json"])
        .ends(0)
        .json();
    assert_eq!(counts(&plan, ["create", "fail"]), (1_003, 0), "{plan}");
    let push = world.run(&["sync-event", EVENT, "--json"]).ends(0).json();
    assert_eq!(push["cleared"], 1_003, "{push}");
    // Leads go in portions side by side: whichever portion is first, what only the other knows is written too.
    let there = company(&world);
    assert_eq!(there["zip"], "4711", "{there}");
    assert!(
        there["city"] == "Oslo" || there["city"] == "Rome",
        "{there}"
    );
    // Said once more, nothing changes.
    let again = world
        .run(&["sync-event", EVENT, "--again", "--json"])
        .ends(0)
        .json();
    assert_eq!(counts(&again, ["created", "updated"]), (0, 0), "{again}");
}

#[test]
fn a_word_of_the_last_of_a_thousand_that_is_refused_fails_nobody_else() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual", "-y"]);
    world.admin(
        "POST",
        "rules/companies",
        &json!({ "propertyName": "zip", "ruleType": "SPECIAL_CHARACTERS", "ruleArguments": [] }),
    );
    import(
        &world,
        EVENT,
        &a_crowd(1_003).replace(",4711\n", ",4711!\n"),
    );
    let check = world.run(&["check", "--json"]).ends(0).json();
    assert_eq!(
        counts(&check, ["checked", "would_fail"]),
        (1_003, 0),
        "{check}"
    );
    let push = world.run(&["sync-event", EVENT, "--json"]).ends(3).json();
    assert_eq!(counts(&push, ["cleared", "failed"]), (1_002, 1), "{push}");
    assert!(company(&world)["zip"].is_null());
    assert_eq!(links(&world), 1_003, "the company stands for everybody");
    let log = world.json(&["log", "p1002@firm.example"]);
    assert_eq!(log["attempts"][0]["category"], "VALIDATION_RULE", "{log}");
}

#[test]
fn a_good_word_is_found_behind_any_number_of_bad_ones() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual", "-y"]);
    world.admin(
        "POST",
        "rules/companies",
        &json!({ "propertyName": "city", "ruleType": "SPECIAL_CHARACTERS", "ruleArguments": [] }),
    );
    let mut csv = String::from("First Name,Last Name,Email,Company,Website,Company City\n");
    for (n, city) in ["Bonn", "B@nn", "B#nn", "B!nn", "B&nn", "B%nn"]
        .iter()
        .enumerate()
    {
        csv.push_str(&format!(
            "Ann{n},Lee,p{n}@firm.example,Firm,firm.example,{city}\n"
        ));
    }
    import(&world, EVENT, &csv);
    let push = world.run(&["sync-event", EVENT, "--json"]).ends(3).json();
    assert_eq!(counts(&push, ["cleared", "failed"]), (1, 5), "{push}");
    assert_eq!(company(&world)["city"], "Bonn");
}
