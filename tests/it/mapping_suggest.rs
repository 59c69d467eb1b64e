//! Suggestions for unmapped fields: scored, translated, never onto what cannot take them.

use serde_json::{Value, json};

use crate::support::World;

const PEOPLE: &str = "\
First Name,Last Name,Email,Company,Industry,Country,Job Title,Badge Color
Ann,Lee,ann@acme.example,Acme,Software,USA,CTO,red
Bo,Li,bo@acme.example,Acme,COMPUTER_SOFTWARE,UK,CEO,blue
";

fn world() -> World {
    let world = World::with_hubspot();
    world.connect_with(&["--mode", "manual"]);
    let list = |name: &str, label: &str, options: Value| json!({"name": name, "label": label, "type": "enumeration", "fieldType": "select", "options": options});
    let countries = json!([
        {"label": "United States", "value": "US"}, {"label": "United Kingdom", "value": "GB"},
    ]);
    world.admin("DELETE", "properties/companies/country", &json!({}));
    world.admin(
        "POST",
        "properties/companies",
        &list("country", "Country", countries),
    );
    let badge =
        json!({"name": "x_badge", "label": "Badge color", "type": "string", "fieldType": "text"});
    world.admin("POST", "properties/contacts", &badge);
    let file = world.file("people.csv", PEOPLE);
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
    world
}

fn of<'a>(document: &'a Value, field: &str) -> &'a Value {
    document["suggestions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["field"] == field)
        .unwrap_or_else(|| panic!("nothing for {field}: {document}"))
}

#[test]
fn fields_and_columns_of_ones_own_are_suggested_with_their_translations() {
    let world = world();
    let found = world.json(&["mapping", "suggest"]);
    assert_eq!(found["schema"], 1);
    assert_eq!(of(&found, "jobTitle")["remote"], "jobtitle");
    assert_eq!(of(&found, "Badge Color")["remote"], "x_badge");
    let country = of(&found, "companyCountry");
    assert_eq!(country["object"], "company");
    assert_eq!(country["values"], json!({"UK": "GB", "USA": "US"}));
    assert!(country["score"].as_u64().unwrap() > 60, "{country}");
    assert!(!country["why"].as_str().unwrap().is_empty());
    assert_eq!(
        of(&found, "companyIndustry")["values"],
        json!({"Software": "COMPUTER_SOFTWARE"})
    );
    // Looking changes nothing.
    assert_eq!(world.json(&["mapping", "suggest"]), found);
}

#[test]
fn what_is_accepted_is_one_change_and_is_not_suggested_again() {
    let world = world();
    let made = world.json(&[
        "mapping",
        "suggest",
        "--accept",
        "companyCountry",
        "badge color",
    ]);
    assert_eq!(made["changed"], true);
    assert_eq!(made["changes"].as_array().unwrap().len(), 2, "{made}");
    let all = world.json(&["mapping", "suggest", "--all"]);
    assert_eq!(all["changed"], true);
    let left = world.json(&["mapping", "suggest"]);
    assert_eq!(left["suggestions"], json!([]), "{left}");
    let rows = world.json(&["mapping", "list"]).to_string();
    assert!(rows.contains("\"USA\":\"US\""), "{rows}");
    // The rows are good: all that is due clears.
    world.run(&["sync-event", "Expo"]).ends(0);
    let error = world
        .run(&["mapping", "suggest", "--accept", "companyCountry"])
        .ends(1);
    assert!(error.err.contains("nothing is suggested"), "{}", error.err);
}
