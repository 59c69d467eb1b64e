//! Enrichment by the rules alone: by hand, by itself before the push, and who filled what.

use mobly_sync::domain::integration::Mode;
use mobly_sync::store::enrichment::{RULES_FILL, RULES_TIDY};
use serde_json::{Value, json};

use crate::seed::{assert_consistent, connected, store};
use crate::support::{World, assert_document};

const RAW: &str = "First Name,Last Name,Email,Phone,Job Title,Country\n\
    ,ANA MCDONALD,ana@eu.firm.co.uk,(202) 456-1111,\"HEAD OF IT,\",USA\n\
    Bo,Stone,bo@gmail.com,,Buyer,\n";

fn imported(world: &World, options: &[&str]) {
    world.run(&["event", "add", "Expo"]).ends(0);
    let file = world.file("raw.csv", RAW);
    let mut arguments = vec!["lead", "import", &file, "--event", "Expo"];
    arguments.extend(options);
    world.run(&arguments).ends(0);
}

fn lead(world: &World, name: &str) -> Value {
    world.json(&["lead", "show", name])["lead"].clone()
}

#[test]
fn leads_are_enriched_by_hand_and_show_says_by_whom() {
    let world = World::new();
    imported(&world, &[]);
    assert_eq!(
        lead(&world, "ana@eu.firm.co.uk")["fields"]["lastName"],
        "ANA MCDONALD",
        "nothing happens unasked"
    );
    let dry = world.json(&["lead", "enrich", "--dry-run"]);
    assert_document(&dry);
    assert_eq!((&dry["leads"], &dry["changed"]), (&json!(2), &json!(1)));
    assert_eq!(lead(&world, "ana@eu.firm.co.uk")["revision"], 1);
    let done = world.json(&["lead", "enrich"]);
    assert_eq!(done["changes"], dry["changes"]);
    assert_eq!(done["rules"]["website"], 1);
    let ana = lead(&world, "ana@eu.firm.co.uk");
    assert_eq!(
        ana["fields"],
        json!({
            "firstName": "Ana", "lastName": "McDonald", "email": "ana@eu.firm.co.uk", "phone": "+12024561111",
            "jobTitle": "Head of IT", "companyCountry": "United States", "companyWebsite": "https://firm.co.uk",
        })
    );
    let origins = &ana["origins"];
    assert_eq!(origins["companyWebsite"]["origin"], "rules:website");
    assert_eq!(origins["jobTitle"]["before"], "HEAD OF IT,");
    assert_eq!(origins["email"]["origin"], "import");
    let shown = world.run(&["lead", "show", "ana@eu.firm.co.uk"]).ends(0);
    assert!(
        shown.out.contains("rules: website from e-mail"),
        "{}",
        shown.out
    );
    let again = world.json(&["lead", "enrich"]);
    assert_eq!(again["changed"], 0);
    let edited = ["lead", "edit", "ana@eu.firm.co.uk", "--set", "phone=+44 1"];
    world.run(&edited).ends(0);
    assert_eq!(
        lead(&world, "ana@eu.firm.co.uk")["origins"]["phone"]["origin"],
        "hand"
    );
}

#[test]
fn leads_and_steps_are_chosen() {
    let world = World::new();
    imported(&world, &[]);
    let one = world.json(&["lead", "enrich", "bo@gmail.com"]);
    assert_eq!((&one["leads"], &one["changed"]), (&json!(1), &json!(0)));
    let none = world.run(&["lead", "enrich", "--only", "nobody"]).ends(2);
    assert!(none.err.contains("there are: rules"), "{}", none.err);
    let both = ["lead", "enrich", "bo@gmail.com", "--event", "Expo"];
    world.run(&both).ends(2);
    let rules = world.json(&["lead", "enrich", "--only", "rules", "--event", "Expo"]);
    assert_eq!(rules["changed"], 1);
}

#[test]
fn switched_on_it_happens_before_the_push() {
    let world = connected(Mode::Automatic);
    for what in [RULES_FILL, RULES_TIDY] {
        store(&world).switch_enrichment(what, None, true).unwrap();
    }
    imported(&world, &["--no-sync"]);
    let ana = lead(&world, "ana@eu.firm.co.uk");
    assert_eq!(ana["fields"]["lastName"], "McDonald");
    assert_eq!(ana["readiness"], "ready");
    let file = world.file("more.csv", "Last Name,Email\nCID LEE,cid@other.com\n");
    let import = ["lead", "import", &file, "--event", "Expo"];
    world.run(&import).ends(0);
    let cid = lead(&world, "cid@other.com");
    assert_eq!(cid["fields"]["firstName"], "Cid");
    assert_eq!(cid["integrations"][0]["state"], "cleared");
    assert_consistent(&world);
}
