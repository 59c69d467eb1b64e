//! A dry run of the binary, at every vendor: what the vendor holds and what the file holds is what it was, but for the run
//! in the history.

use serde_json::Value;

use crate::support::connected::import;
use crate::support::tables::{changed, tables};
use crate::support::words::WORDS;
use crate::support::{World, expo, marketo, pardot, pipedrive, salesforce, zoho};

/// What else a dry run learns, and keeps: how much of the vendor's limits is spent.
const LEARNED: &[&str] = &["budgets"];

const PEOPLE: &str = "First Name,Last Name,Email,Company,Website,Job Title\n\
    Ann,Li,ann@acme.example,Acme,https://acme.example,Engineer\n\
    Bo,Ek,bo@beta.example,Beta,https://beta.example,Buyer\n\
    Cy,Ray,cy@beta.example,Beta,https://beta.example,Buyer\n";
const LATER: &str = "First Name,Last Name,Email,Company,Website,Job Title\n\
    Ann,Li,ann@acme.example,Acme,https://acme.example,Head of Engineering\n\
    Di,Oak,di@delta.example,Delta,https://delta.example,Baker\n\
    ,,,Gamma,https://gamma.example,CEO\n";

fn connected(vendor: &str) -> World {
    match vendor {
        "hubspot" => {
            let world = World::with_hubspot();
            world.connect_and_map(&["--mode", "manual"]);
            world
        }
        "pardot" => pardot::connected(),
        "salesforce" => salesforce::connected(&[]),
        "zoho" => zoho::connected(&[]),
        "marketo" => marketo::connected(&[]),
        "pipedrive" => pipedrive::connected(&[]),
        other => panic!("{other} is not connected here"),
    }
}

#[track_caller]
fn leaves_no_trace(world: &World, vendor: &str, arguments: &[&str]) -> Value {
    let words = WORDS.iter().find(|words| words.vendor == vendor).unwrap();
    let there = words.all_there(world.running());
    let before = tables(&world.database());
    let arguments = [arguments, &["--dry-run", "--json"]].concat();
    let said = world.run(&arguments);
    assert!(matches!(said.status, 0 | 3), "{vendor}: {said:?}");
    assert_eq!(
        there,
        words.all_there(world.running()),
        "{vendor}: it wrote there"
    );
    let after = tables(&world.database());
    let mut differ = changed(&before, &after);
    differ.retain(|table| !LEARNED.contains(&table.as_str()));
    assert_eq!(differ, ["runs"], "{vendor}: {arguments:?}");
    let runs = &after["runs"];
    assert_eq!(runs.len(), before["runs"].len() + 1, "{vendor}");
    assert!(
        runs.starts_with(&before["runs"]) && runs.last().unwrap().contains("dry-run"),
        "{vendor}: {runs:#?}"
    );
    said.json()
}

#[test]
fn a_dry_run_leaves_no_trace_at_any_vendor() {
    let mut vendors: Vec<&str> = WORDS.iter().map(|words| words.vendor).collect();
    vendors.sort_unstable();
    vendors.dedup();
    for vendor in vendors {
        let world = connected(vendor);
        import(&world, "Expo", PEOPLE);
        world.run(&["sync-event", "Expo"]).ends(0);
        import(&world, "Expo", LATER);
        let plan = leaves_no_trace(&world, vendor, &["sync-event", "Expo"]);
        let all = ["create", "update", "unchanged", "fail", "skip"];
        let number: u64 = all.iter().map(|key| plan[key].as_u64().unwrap()).sum();
        assert_eq!(number, 3, "{vendor}: {plan:#}");
        leaves_no_trace(&world, vendor, &["sync-event", "Expo", "--again"]);
        leaves_no_trace(&world, vendor, &["sync"]);
    }
}

#[test]
fn neither_does_one_of_a_retry_or_of_what_would_be_enriched() {
    let world = expo::expo();
    leaves_no_trace(&world, "hubspot", &["sync-event", expo::EXPO]);
    world.run(&["sync-event", expo::EXPO]).ends(3);
    let retry = ["reconcile", "--event", expo::EXPO, "--retry"];
    leaves_no_trace(&world, "hubspot", &retry);

    let world = connected("hubspot");
    world.run(&["mode", "automatic"]).ends(0);
    world.run(&["enrichment", "enable", "rules"]).ends(0);
    let people = "First Name,Last Name,Email,Country\nann,li,ann@acme.example,Deutschland\n";
    import(&world, "Expo", people);
    leaves_no_trace(&world, "hubspot", &["sync"]);
}
