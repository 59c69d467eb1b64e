//! A company several leads stand for, by other names each.

use serde_json::Value;

use crate::support::World;
use crate::support::connected::import;

const PEOPLE: &str = "First Name,Last Name,Email,Company,Website,Job Title\n\
    Ann,Lee,ann@firm.example,Firm One,firm.example,CTO\n\
    Bob,Poe,bob@firm.example,Firm Two,firm.example,CEO\n";

/// The name of the one company there is.
#[track_caller]
fn name(world: &World) -> String {
    let all = world.admin("GET", "objects/companies", &Value::Null)["results"].clone();
    assert_eq!(all.as_array().map(Vec::len), Some(1), "{all}");
    all[0]["properties"]["name"].as_str().unwrap().to_owned()
}

#[test]
fn only_who_says_something_new_of_a_company_renames_it() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "automatic", "--activities"]);
    import(&world, "Expo", PEOPLE);
    world.run(&["sync"]).ends(0);
    let before = name(&world);
    for lead in ["ann@firm.example", "bob@firm.example"] {
        world.run(&["lead", "note", lead, "Signed"]).ends(0);
        assert_eq!(name(&world), before, "a note of {lead}");
        world
            .run(&["lead", "edit", lead, "--set", "jobTitle=Chair"])
            .ends(0);
        assert_eq!(name(&world), before, "another title of {lead}");
    }
    for (lead, new) in [
        ("ann@firm.example", "Firm"),
        ("bob@firm.example", "Firm AG"),
    ] {
        world
            .run(&["lead", "edit", lead, "--set", &format!("companyName={new}")])
            .ends(0);
        assert_eq!(name(&world), new, "{lead} says so");
    }
}
