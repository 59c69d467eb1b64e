//! Answers that get lost where nothing is unique and nothing may be repeated: nobody twice, nobody forgotten.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::pipedrive::{company, connected_to, person, record};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

/// People with and without an address, at organizations with and without a domain.
fn people() -> String {
    let mut csv = World::people_csv(40, 10);
    for n in 0..10 {
        csv.push_str(&format!("Cy{n},Oak{n},,Walk-in {n} Ltd,,Engineer,\n"));
    }
    csv
}

fn world() -> World {
    let options = mobly_sync::sandbox::SandboxOptions {
        search_lag: std::time::Duration::from_secs(8),
        time_factor: 100.0,
        ..company()
    };
    let mut world = connected_to(options, &[]);
    // The sandbox's search lags as the real one may; waits are a hundredth of what they are.
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world
}

#[track_caller]
fn push_on(world: &World) {
    for _ in 0..8 {
        let said = world.run(&["reconcile", "--event", "Expo", "--retry", "--json"]);
        if said.status == 0 {
            break;
        }
    }
}

fn nobody_twice(path: &str) {
    for fault in [
        "drop-after=#3",
        "drop-before=#3",
        "504=#3",
        "truncate=#3",
        "html=#3",
    ] {
        let world = world();
        world.admin(
            "POST",
            "faults",
            &json!({"faults": [format!("{fault}@{path}")]}),
        );
        import(&world, "Expo", &people());
        push_on(&world);
        let stats = world.stats();
        assert_ne!(stats["faults"], json!({}), "nothing was lost");
        assert_eq!(
            (&stats["persons"], &stats["organizations"]),
            (&json!(50), &json!(20)),
            "{fault}: {stats}"
        );
        for count in [
            "duplicate_emails",
            "duplicate_organization_names",
            "duplicate_domains",
            "persons_without_organization",
        ] {
            assert_eq!(stats[count], json!(0), "{fault}: {stats}");
        }
        let board = world.json(&["reconcile"]);
        assert_eq!(
            board["summary"]["cleared"],
            json!(50),
            "{fault}: {}",
            board["summary"]
        );
    }
}

#[test]
fn a_lost_answer_makes_no_person_twice() {
    nobody_twice("v2/persons");
}

#[test]
fn a_lost_answer_makes_no_organization_twice() {
    nobody_twice("v2/organizations");
}

#[test]
fn a_namesake_of_before_is_not_taken_for_the_one_that_was_lost() {
    let world = world();
    let namesake = person(&world, "Cy Oak", &["cy@elsewhere.example"], None);
    // The first answer is lost after the write, and only that one.
    world.admin(
        "POST",
        "faults",
        &json!({"faults": ["drop-after=1@v2/persons"]}),
    );
    import(&world, "Expo", &format!("{HEAD}Cy,Oak,,Soft,,CTO\n"));
    world.run(&["sync-event", "Expo", "--json"]);
    world.admin("POST", "faults", &json!({"faults": []}));
    push_on(&world);
    assert_eq!(world.stats()["persons"], json!(2));
    assert!(record(&world, "persons", namesake)["job_title"].is_null());
}

#[test]
fn an_update_whose_answer_is_lost_is_simply_sent_again() {
    let world = world();
    let ann = person(&world, "Ann Lee", &["ann@acme.com"], None);
    world.admin(
        "POST",
        "faults",
        &json!({"faults": ["drop-after=0.4", "500=0.2"]}),
    );
    import(
        &world,
        "Expo",
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n"),
    );
    push_on(&world);
    world.admin("POST", "faults", &json!({"faults": []}));
    push_on(&world);
    let there: Value = record(&world, "persons", ann);
    assert_eq!(there["job_title"], "CTO", "{there}");
    let stats = world.stats();
    assert_eq!(
        (&stats["persons"], &stats["organizations"]),
        (&json!(1), &json!(1))
    );
}

#[test]
fn an_organization_lost_under_its_name_is_not_made_again_under_its_domain() {
    let world = world();
    let lost = json!({"faults": ["drop-after=#2@v2/organizations", "500=1@organizations/search"]});
    world.admin("POST", "faults", &lost);
    import(
        &world,
        "Expo",
        &format!("{HEAD}Ann,Ash,ann@gmail.com,Acme Ltd,,Buyer\n"),
    );
    // The answer to its create is lost, and nobody tells whether it was made.
    world.run(&["sync-event", "Expo", "--json"]);
    let stats = world.stats();
    assert_eq!(stats["organizations"], json!(1), "{stats}");
    world.admin("POST", "faults", &json!({"faults": []}));
    import(
        &world,
        "Expo",
        &format!("{HEAD}Bo,Birch,bo@acme.example,Acme Ltd,acme.example,Buyer\n"),
    );
    push_on(&world);
    let stats = world.stats();
    assert_eq!(
        (&stats["persons"], &stats["organizations"]),
        (&json!(2), &json!(1)),
        "{stats}"
    );
}
