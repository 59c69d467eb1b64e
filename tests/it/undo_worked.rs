//! What an undo leaves because others have worked with it, or because it may not go: an activity, a deal or a label changes no
//! field of the record it hangs on, and what the user may not delete is told before anything is promised.

use mobly_sync::domain::activity::ActivityKind;
use mobly_sync::domain::ids::RunId;
use mobly_sync::vendors::ActivityDraft;
use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::show::Show;
use crate::support::undoing::{ANN, BOB, HEAD, persons, take_back};
use crate::support::words::WORDS;
use crate::support::{World, marketo, pipedrive, salesforce, zoho};

const PEOPLE: &str = "First Name,Last Name,Email,Company,Website\n\
    Ann,Lee,ann@acme.com,Acme,acme.com\nBob,Ray,bob@beta.com,Beta,beta.com\n";

/// Pushes the people, and tells the run.
#[track_caller]
fn pushed(world: &World, people: &str) -> String {
    import(world, "Expo", people);
    world.json(&["sync-event", "Expo"])["run"].to_string()
}

/// Undoes a run of which something stays, the same as its dry run says.
#[track_caller]
fn undone(world: &World, run: &str) -> Value {
    let planned = world
        .run(&["undo", run, "--dry-run", "--json"])
        .ends(3)
        .json();
    let undone = world.run(&["undo", run, "--yes", "--json"]).ends(3).json();
    for key in ["removed", "left", "impossible"] {
        assert_eq!(undone[key], planned[key], "{key}: {undone}\n{planned}");
    }
    undone
}

#[track_caller]
fn left<'a>(undone: &'a Value, object: &str) -> Vec<&'a str> {
    let left = undone["left"].as_array().unwrap().iter();
    left.filter(|one| one["object"] == object)
        .map(|one| one["why"].as_str().unwrap())
        .collect()
}

const WORKED: &str = "others have worked with it since it was made";

/// A colleague's note or task at a person.
async fn note(show: &Show, object: &'static str, person: &str) {
    let (vendor, _) = show.vendor();
    let info = vendor.info().activities.unwrap();
    let draft = ActivityDraft {
        object,
        person: person.to_owned(),
        kind: ActivityKind::Note,
        text: "Called back".into(),
        at: show.clock.now(),
        day: "2026-11-20".parse().unwrap(),
        marker: "a colleague's".into(),
    };
    let row = vendor.activity(&draft).unwrap();
    vendor.write(info.object, &[row]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_of_somebody_elses_keeps_its_person() {
    for words in WORDS {
        let show = words.show(|_| {}).await;
        let (vendor, _) = show.vendor();
        if vendor.info().activities.is_none() {
            continue;
        }
        show.import(&format!("{HEAD}{ANN}{BOB}"));
        let run = show.push(|_| {}).await.run;
        let two_minutes = json!({"advance_ms": 120_000});
        show.sandbox.admin("POST", "clock", &two_minutes);
        let (ann, _) = persons(&show, "ann@acme.com").await.remove(0);
        note(&show, vendor.plan().create_person, &ann).await;
        let undone = take_back(&show, RunId(run.0), |_| {}).await;
        let mut why = undone.left.iter().filter(|left| left.id == ann);
        assert_eq!(
            why.next().map(|left| left.why.as_str()),
            Some(WORKED),
            "{words:?}: {undone:?}"
        );
        assert_eq!(persons(&show, "ann@acme.com").await.len(), 1, "{words:?}");
        assert_eq!(persons(&show, "bob@beta.com").await, [], "{words:?}");
    }
}

#[test]
fn an_open_deal_keeps_a_person_and_an_organization() {
    let world = pipedrive::connected(&[]);
    let run = pushed(&world, PEOPLE);
    let persons = pipedrive::records(&world, "persons");
    let ann = persons
        .iter()
        .find(|person| person["name"] == "Ann Lee")
        .unwrap();
    let organizations = pipedrive::records(&world, "organizations");
    let beta = organizations
        .iter()
        .find(|known| known["name"] == "Beta")
        .unwrap();
    pipedrive::seed(
        &world,
        "deals",
        json!({"title": "Big", "person_id": ann["id"]}),
    );
    pipedrive::seed(
        &world,
        "deals",
        json!({"title": "Small", "org_id": beta["id"]}),
    );
    let undone = undone(&world, &run);
    assert_eq!(left(&undone, "person"), [WORKED], "{undone}");
    assert_eq!(left(&undone, "organization").len(), 2, "{undone}");
    assert_eq!(undone["removed"], 1, "{undone}");
}

#[test]
fn somebody_elses_person_keeps_an_organization_however_many_there_are() {
    let world = pipedrive::connected(&[]);
    let run = pushed(&world, PEOPLE);
    let organizations = pipedrive::records(&world, "organizations");
    let acme = organizations
        .iter()
        .find(|known| known["name"] == "Acme")
        .unwrap();
    let acme = acme["id"].as_u64().unwrap();
    pipedrive::person(&world, "Cid Oak", &["cid@acme.com"], Some(acme));
    world.admin_stats_reset();
    let undone = undone(&world, &run);
    assert_eq!(
        left(&undone, "organization"),
        ["other persons belong to it"]
    );
    assert_eq!(undone["removed"], 3, "two persons and one organization");
}

#[test]
fn an_opportunity_keeps_an_account_and_an_open_task_its_contact() {
    let world = salesforce::connected(&["--strategy=accounts-and-contacts"]);
    let run = pushed(&world, PEOPLE);
    let contacts = salesforce::records(&world, "Contact");
    let bob = contacts
        .iter()
        .find(|known| known["Email"] == "bob@beta.com")
        .unwrap();
    let accounts = salesforce::records(&world, "Account");
    let acme = accounts
        .iter()
        .find(|known| known["Name"] == "Acme")
        .unwrap();
    salesforce::seed(
        &world,
        "Task",
        json!({"WhoId": bob["Id"], "Status": "Not Started"}),
    );
    salesforce::seed(
        &world,
        "Opportunity",
        json!({"Name": "Big", "AccountId": acme["Id"]}),
    );
    let undone = undone(&world, &run);
    assert_eq!(left(&undone, "contact"), [WORKED], "{undone}");
    let mut accounts = left(&undone, "account");
    accounts.sort_unstable();
    assert_eq!(accounts, ["other persons belong to it", WORKED], "{undone}");
}

#[test]
fn what_the_org_does_not_show_is_no_reason_to_stop() {
    let world = salesforce::connected(&["--strategy=accounts-and-contacts"]);
    for object in ["Opportunity", "Contract"] {
        world.admin("POST", "objects/hide", &json!({ "object": object }));
    }
    let run = pushed(&world, PEOPLE);
    let acme = salesforce::records(&world, "Account");
    let acme = acme.iter().find(|known| known["Name"] == "Acme").unwrap();
    salesforce::seed(
        &world,
        "Case",
        json!({"Subject": "Broken", "AccountId": acme["Id"]}),
    );
    let undone = undone(&world, &run);
    assert_eq!(left(&undone, "account"), [WORKED], "{undone}");
    assert_eq!(undone["removed"], 3, "{undone}");
}

#[test]
fn a_deal_keeps_its_account_at_zoho() {
    let world = zoho::connected(&["--use-contacts"]);
    let ann = json!({"First_Name": "Ann", "Last_Name": "Lee", "Email": "ann@acme.com"});
    salesforce::seed(&world, "Contacts", ann);
    let run = pushed(&world, PEOPLE);
    let accounts = salesforce::records(&world, "Accounts");
    let acme = accounts
        .iter()
        .find(|known| known["Account_Name"] == "Acme")
        .unwrap();
    let deal = json!({"Deal_Name": "Big", "Account_Name": {"id": acme["id"]}});
    salesforce::seed(&world, "Deals", deal);
    let undone = undone(&world, &run);
    assert_eq!(left(&undone, "account"), [WORKED], "{undone}");
    assert_eq!(undone["removed"], 1, "{undone}");
}

#[test]
fn what_the_user_may_not_delete_is_told_before_it_is_promised() {
    let world = salesforce::connected(&["--strategy=leads-only"]);
    let run = pushed(&world, PEOPLE);
    let access = json!({"object": "Lead", "deletable": false});
    world.admin("POST", "objects/access", &access);
    let undone = world.json(&["undo", &run, "--dry-run"]);
    assert_eq!(undone["removed"], 0, "{undone}");
    let impossible = undone["impossible"].as_array().unwrap();
    assert_eq!(impossible.len(), 2, "{undone}");
    assert!(
        impossible[0]["why"]
            .as_str()
            .unwrap()
            .contains("may not delete")
    );
    // A trial says first that its record will stay.
    let tried = world.run(&["mapping", "try"]);
    assert!(
        tried.err.contains("the test lead stays there"),
        "{}",
        tried.err
    );
}

#[test]
fn a_trial_is_given_to_nobody() {
    let world = salesforce::connected(&["--strategy=leads-only"]);
    world.admin("POST", "assignment_rule", &json!({"active": true}));
    let tried = world.json(&["mapping", "try"]);
    assert_eq!(tried["ok"], true, "{tried}");
    let assigned = &world.stats()["auto_assign"];
    assert_eq!(
        (&assigned["rule"], &assigned["absent"]),
        (&json!(0), &json!(0)),
        "{assigned}"
    );
    pushed(&world, PEOPLE);
    assert_ne!(world.stats()["auto_assign"]["rule"], json!(0), "a lead is");
}

#[test]
fn a_company_somebody_else_is_in_stays_at_marketo_as_its_dry_run_says() {
    let world = marketo::connected(&["--companies"]);
    let field = json!({"name": "externalCompanyId", "object": "leads", "searchable": true});
    marketo::tell(&world, "fields", field);
    let run = pushed(&world, PEOPLE);
    let companies = salesforce::records(&world, "companies");
    let acme = companies
        .iter()
        .find(|known| known["company"] == "Acme")
        .unwrap();
    let cid = json!({"email": "cid@acme.com", "externalCompanyId": acme["externalCompanyId"]});
    marketo::seed(&world, "leads", cid);
    let undone = undone(&world, &run);
    assert_eq!(
        left(&undone, "company"),
        ["other persons belong to it"],
        "{undone}"
    );
    assert_eq!(undone["removed"], 3, "{undone}");
}
