//! The guards of a push, at several vendors: what they stop, with which numbers, and that nothing is written before.

use std::time::Duration;

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::{CANARY, Said, World, marketo, pipedrive, salesforce, seed, zoho};

/// A vendor connected in Manual with the default mapping, and what counts its people.
struct Place {
    world: World,
    vendor: &'static str,
    people: &'static str,
    /// Object and field of a job title.
    title: (&'static str, &'static str),
}

fn hubspot() -> World {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    world
}

fn places() -> Vec<Place> {
    let place = |world, vendor, people, title| Place {
        world,
        vendor,
        people,
        title,
    };
    vec![
        place(hubspot(), "hubspot", "contacts", ("contact", "jobtitle")),
        place(
            pipedrive::connected(&[]),
            "pipedrive",
            "persons",
            ("person", "job_title"),
        ),
        place(
            salesforce::connected(&[]),
            "salesforce",
            "leads",
            ("lead", "Title"),
        ),
        place(
            zoho::connected(&[]),
            "zoho",
            "leads",
            ("lead", "Designation"),
        ),
        place(
            marketo::connected(&[]),
            "marketo",
            "leads",
            ("lead", "title"),
        ),
    ]
}

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

const THREE: [&str; 3] = ["Ann", "Bo", "Cy"];

fn people(names: [&str; 3], title: &str) -> String {
    let people = names.map(|name| {
        let host = name.to_lowercase();
        format!("{name},Li,{host}@{host}.example,{name} Ltd,https://{host}.example,{title}\n")
    });
    format!("{HEAD}{}", people.concat())
}

impl Place {
    fn sync(&self, options: &[&str], status: i32) -> Said {
        let arguments = [&["sync-event", "Expo", "--json"], options].concat();
        let said = self.world.run(&arguments);
        assert_eq!(said.status, status, "{}: {said:?}", self.vendor);
        said
    }

    /// A push that a guard keeps from beginning, with its numbers.
    fn is_kept(&self, options: [&str; 2], guard: (u64, u64)) {
        let before = self.world.stats();
        let said = self.sync(&options, 6);
        let document = said.json();
        let vendor = self.vendor;
        let numbers = json!({"option": options[0], "allowed": guard.0, "found": guard.1});
        assert_eq!(document["guard"], numbers, "{vendor}: {document:#}");
        assert_eq!(document["stopped"], "guard", "{vendor}");
        assert_eq!(
            (&document["pushed"], &document["waiting"]),
            (&json!(0), &json!(3)),
            "{vendor}"
        );
        assert!(said.err.contains(options[0]), "{vendor}: {}", said.err);
        let after = self.world.stats();
        for count in ["writes", self.people] {
            assert_eq!(before[count], after[count], "{vendor}: {count}");
        }
        // A dry run says the same, and ends the same.
        let dry = [options.as_slice(), &["--dry-run"]].concat();
        let plan = self.sync(&dry, 6).json();
        assert_eq!(plan["guard"], numbers, "{vendor}: {plan:#}");
    }
}

#[test]
fn guards_on_counts_stop_before_the_first_write_at_every_kind_of_vendor() {
    for place in places() {
        let (world, vendor) = (&place.world, place.vendor);
        let (object, field) = place.title;
        let mapped = [
            &["mapping", "set", "jobTitle", field, "--object", object],
            &["--write", "overwrite"][..],
        ];
        world.run(&mapped.concat()).ends(0);
        import(world, "Expo", &people(THREE, "Engineer"));
        place.is_kept(["--max-creates", "2"], (2, 3));
        place.is_kept(["--expect", "2"], (2, 3));
        let pushed = place
            .sync(&["--max-creates", "3", "--expect", "3"], 0)
            .json();
        assert_eq!(pushed["created"], json!(3), "{vendor}: {pushed:#}");
        assert_eq!(pushed.get("guard"), None, "{vendor}");

        bakers(world, vendor);
        import(world, "Expo", &people(["Di", "Ed", "Fay"], "Director"));
        place.is_kept(["--max-overwrites", "2"], (2, 3));
        let pushed = place.sync(&["--max-overwrites", "3"], 0).json();
        assert_eq!(pushed["updated"], json!(3), "{vendor}: {pushed:#}");
    }
}

/// Puts three bakers into the vendor's account.
fn bakers(world: &World, vendor: &str) {
    let records: Vec<Value> = ["Di", "Ed", "Fay"]
        .iter()
        .map(|name| {
            let email = format!("{0}@{0}.example", name.to_lowercase());
            match vendor {
                "hubspot" => json!({"properties": {"firstname": name, "lastname": "Li", "email": email, "jobtitle": "Baker"}}),
                "pipedrive" => {
                    let emails = json!([{"value": email, "primary": true, "label": "work"}]);
                    json!({"name": format!("{name} Li"), "emails": emails, "job_title": "Baker"})
                }
                "salesforce" => json!({"FirstName": name, "LastName": "Li", "Email": email, "Company": "Bakery", "Title": "Baker"}),
                "zoho" => json!({"First_Name": name, "Last_Name": "Li", "Email": email, "Company": "Bakery", "Designation": "Baker"}),
                _ => json!({"firstName": name, "lastName": "Li", "email": email, "title": "Baker"}),
            }
        })
        .collect();
    let (path, body) = match vendor {
        "hubspot" => ("objects/contacts", json!({ "inputs": records })),
        "pipedrive" => ("records/persons", json!({ "records": records })),
        "salesforce" => ("records/Lead", json!({ "records": records })),
        "zoho" => ("records/Leads", json!({ "records": records })),
        _ => ("records/leads", json!({ "records": records })),
    };
    world.admin("POST", path, &body);
}

#[test]
fn too_many_failures_stop_a_run_with_their_number() {
    for place in places() {
        let (world, vendor) = (&place.world, place.vendor);
        // Nothing to know two of them by.
        let csv = format!(
            "{}\n,,,Gamma,,CEO\n,,,Delta,,CEO\n",
            people(THREE, "CEO").trim_end()
        );
        import(world, "Expo", &csv);
        let stopped = place.sync(&["--max-failures", "20%"], 6).json();
        assert_eq!(
            stopped["guard"],
            json!({"option": "--max-failures", "allowed": 1, "found": 2}),
            "{vendor}: {stopped:#}"
        );
        assert_eq!(stopped["stopped"], "guard", "{vendor}");
        let due = ["pushed", "waiting", "skipped"].map(|key| stopped[key].as_u64().unwrap());
        assert_eq!(due.iter().sum::<u64>(), 5, "{vendor}: {stopped:#}");
        // As many as are allowed are no reason to stop.
        let retry = ["reconcile", "--retry", "--json"];
        assert_eq!(world.run(&retry).status, 3, "{vendor}");
        let rest = world.run(&["sync-event", "Expo", "--max-failures", "2", "--json"]);
        assert!(matches!(rest.status, 0 | 3), "{vendor}: {rest:?}");
        assert_eq!(rest.json().get("guard"), None, "{vendor}");
        assert_eq!(world.stats()[place.people], json!(3), "{vendor}");
    }
}

#[test]
fn a_run_ends_when_its_time_is_up_and_the_next_goes_on() {
    let slow = |vendor: &str| SandboxOptions {
        rate: RateMode::Off,
        tokens: vec![CANARY.to_owned()],
        search_lag: Duration::ZERO,
        latency: Duration::from_millis(40),
        ..SandboxOptions::new(vendor)
    };
    let mut crm = World::with_sandbox(slow("hubspot"));
    crm.connect_and_map(&["--mode", "manual"]);
    let mut sales = salesforce::connected_to(slow("salesforce"), &[]);
    for (world, people) in [(&mut crm, "contacts"), (&mut sales, "leads")] {
        world.set("MOBLY_SYNC_TEST_TIME", "100");
        import(world, "Expo", &World::people_csv(1_500, 150));
        let arguments = ["sync-event", "Expo", "--max-duration", "10s", "--json"];
        let stopped = world.run(&arguments).ends(6).json();
        assert_eq!(stopped["stopped"], "duration", "{people}: {stopped:#}");
        let [pushed, waiting] = ["pushed", "waiting"].map(|key| stopped[key].as_u64().unwrap());
        assert!(waiting > 0, "{people}: {stopped:#}");
        assert_eq!(pushed + waiting, 1_500, "{people}: {stopped:#}");
        let there = world.stats()[people].as_u64().unwrap();
        assert_eq!(stopped["created"].as_u64(), Some(there), "{people}");
        assert_eq!(
            world.json(&["reconcile"])["summary"]["pre_sync"],
            json!(waiting),
            "{people}: what was not come to is as it was"
        );
    }
}

#[test]
fn with_all_integrations_each_has_guards_of_its_own() {
    let marketing = World::with_sandbox(marketo::instance());
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.connect();
    seed::map(&world);
    marketo::sign_in_at(&world, &marketing.base_url(), &[]).ends(0);
    world.run(&["mapping", "defaults", "-i", "marketo"]).ends(0);
    import(&world, "Expo", &people(THREE, "CEO"));
    for options in [["--max-creates", "2"], ["--expect", "4"]] {
        for command in [&["sync"][..], &["sync-event", "Expo"]] {
            let arguments = [command, &options, &["-i", "all", "--json"]].concat();
            let said = world.run(&arguments).ends(6).json();
            let parts = said["integrations"].as_array().unwrap();
            assert_eq!(parts.len(), 2, "{said:#}");
            for part in parts {
                assert_eq!(part["guard"]["option"], options[0], "{said:#}");
                assert_eq!(part["guard"]["found"], json!(3), "{said:#}");
                assert_eq!(part["pushed"], json!(0), "{said:#}");
            }
        }
    }
    assert_eq!(world.stats()["writes"], json!(0));
    assert_eq!(marketing.stats()["leads"], json!(0));
    // One is stopped, the other goes on: it knows one of them already.
    marketo::seed(
        &marketing,
        "leads",
        json!({"firstName": "Ann", "lastName": "Li", "email": "ann@ann.example"}),
    );
    let arguments = ["sync", "--max-creates", "2", "-i", "all", "--json"];
    let said = world.run(&arguments).ends(6).json();
    let parts = &said["integrations"];
    assert_eq!(parts[0]["stopped"], "guard", "{said:#}");
    assert_eq!(
        (
            &parts[1]["stopped"],
            &parts[1]["cleared"],
            &parts[1]["created"]
        ),
        (&Value::Null, &json!(3), &json!(2)),
        "{said:#}"
    );
    assert_eq!(world.stats()["contacts"], json!(0));
    assert_eq!(marketing.stats()["leads"], json!(3));
}

#[cfg(unix)]
#[test]
fn a_guard_speaks_before_the_question() {
    let world = hubspot();
    import(&world, "Expo", &people(THREE, "CEO"));
    let person = world.talk(&["sync-event", "Expo", "--max-creates", "1"]);
    let told = person.ends(6);
    assert!(
        told.contains("3 people would be created, --max-creates allows 1"),
        "{told}"
    );
    assert!(!told.contains("[y]es"), "{told}");
    assert_eq!(world.stats()["contacts"], json!(0));
}
