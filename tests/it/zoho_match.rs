//! Zoho from the sign-in to the last record: whom each order touches, what a thousand leads cost, and what one refusal does
//! to its neighbours.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::salesforce::{attempt, phase, push, record, records, seed};
use crate::support::zoho::connected;

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title,remoteId\n";

fn object_calls(world: &World) -> u64 {
    world.stats()["by_kind"]["object"].as_u64().unwrap()
}

/// Pushes everybody again, which asks for no write.
#[track_caller]
fn writes_nothing_again(world: &World, people: u64) {
    let writes = world.stats()["writes"].clone();
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(
        (&again["unchanged"], &again["failed"]),
        (&json!(people), &json!(0)),
        "{again}"
    );
    assert_eq!(world.stats()["writes"], writes);
}

/// Pushes 1,000 new leads who join a campaign.
fn costs(options: &[&str], most: u64) {
    let world = connected(options);
    let campaign = seed(
        &world,
        "Campaigns",
        json!({"Campaign_Name": "Expo", "Status": "Active"}),
    );
    import(&world, "Expo", &World::people_csv(1_000, 300));
    world
        .run(&["campaign", "connect", "Expo", "--id", &campaign])
        .ends(0);
    world.admin_stats_reset();
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(0).json();
    assert_eq!(summary["created"], json!(1_000), "{summary}");
    let stats = world.stats();
    assert_eq!(
        (&stats["leads"], &stats["campaign_members"]),
        (&json!(1_000), &json!(1_000)),
        "{stats}"
    );
    assert_eq!(stats["duplicate_emails"], json!(0), "{stats}");
    // Nothing the organization automates is set off.
    assert_eq!(stats["triggers"]["none"], json!(1_000), "{stats}");
    // Beside them the campaign itself, once a run.
    assert_eq!(stats["by_path"]["GET /crm/v8/Campaigns/{id}"], json!(1));
    let calls = object_calls(&world);
    assert!(calls <= most, "{calls} of {most}: {}", stats["by_path"]);
    writes_nothing_again(&world, 1_000);
}

#[test]
fn a_thousand_leads_and_members() {
    costs(&[], 26);
}

#[test]
fn a_thousand_leads_beside_contacts_and_members() {
    costs(&["--use-contacts"], 46);
}

/// E-mail, result, module of the record, its id (`None`: a new one).
type Case<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);

#[track_caller]
fn ended(world: &World, cases: &[Case<'_>]) {
    for (email, result, module, id) in cases {
        let attempt = attempt(world, email);
        assert_eq!(
            (&attempt["status"], &attempt["result"]),
            (&json!("cleared"), &json!(result)),
            "{email}: {attempt}"
        );
        let there = phase(&attempt, "person")["remote_id"].as_str().unwrap();
        assert!(id.is_none_or(|id| id == there), "{email}: {there}");
        let title = if *module == "Leads" {
            "Designation"
        } else {
            "Title"
        };
        if *result != "unchanged" {
            assert_eq!(record(world, module, there)[title], "CTO", "{email}");
        }
    }
}

/// What stood there before.
struct Organization {
    acme: String,
    elsewhere: String,
    lead_by_id: String,
    contact_by_id: String,
    contact: String,
    lead: String,
    both: String,
    both_lead: String,
    converted_lead: String,
    converted: String,
}

fn organization(world: &World) -> Organization {
    let account = |name: &str, website: &str| {
        seed(
            world,
            "Accounts",
            json!({"Account_Name": name, "Website": website}),
        )
    };
    let acme = account("Acme Inc.", "https://www.acme.com/");
    let elsewhere = account("Elsewhere AG", "https://elsewhere.example");
    let lead = |name: &str, email: Value| {
        let facts =
            json!({"First_Name": name, "Last_Name": "Lee", "Email": email, "Company": "Acme"});
        seed(world, "Leads", facts)
    };
    let contact = |name: &str, email: Value, account: Value| {
        let facts = json!({"First_Name": name, "Last_Name": "Lee", "Email": email, "Account_Name": account});
        seed(world, "Contacts", facts)
    };
    let converted_lead = lead("Cleo", json!("cleo@acme.com"));
    let convert = json!({"lead": converted_lead, "account": elsewhere, "contact": null});
    let made = world.admin("POST", "convert", &convert);
    Organization {
        lead_by_id: lead("Leo", Value::Null),
        contact_by_id: contact("Ida", Value::Null, json!({"id": elsewhere})),
        contact: contact("Con", json!("Con@Acme.com"), Value::Null),
        lead: lead("Lea", json!("lea@acme.com")),
        both: contact("Bob", json!("bob@acme.com"), json!({"id": elsewhere})),
        both_lead: lead("Bob", json!("bob@acme.com")),
        converted: made["contact"].as_str().unwrap().to_owned(),
        converted_lead,
        acme,
        elsewhere,
    }
}

fn people(there: &Organization) -> String {
    format!(
        "{HEAD}Leo,Lee,leo@acme.com,Acme,acme.com,CTO,{}\n\
         Ida,Lee,ida@acme.com,Acme,acme.com,CTO,{}\n\
         Con,Lee,con@acme.com,Acme,acme.com,CTO,\n\
         Lea,Lee,lea@acme.com,Acme,acme.com,CTO,\n\
         Bob,Lee,bob@acme.com,Acme,acme.com,CTO,\n\
         Cleo,Lee,cleo@acme.com,Acme,acme.com,CTO,\n\
         New,Lee,new@soft.com,Soft Ltd,soft.com,CTO,\n",
        there.lead_by_id, there.contact_by_id
    )
}

#[test]
fn contacts_come_first_and_are_put_into_their_accounts() {
    let world = connected(&["--use-contacts"]);
    let there = organization(&world);
    let (status, summary) = push(&world, &people(&there));
    assert_eq!(status, 0, "{summary}");
    ended(
        &world,
        &[
            ("leo@acme.com", "updated", "Leads", Some(&there.lead_by_id)),
            (
                "ida@acme.com",
                "updated",
                "Contacts",
                Some(&there.contact_by_id),
            ),
            ("con@acme.com", "updated", "Contacts", Some(&there.contact)),
            ("lea@acme.com", "updated", "Leads", Some(&there.lead)),
            ("bob@acme.com", "updated", "Contacts", Some(&there.both)),
            (
                "cleo@acme.com",
                "updated",
                "Contacts",
                Some(&there.converted),
            ),
            ("new@soft.com", "created", "Leads", None),
        ],
    );
    let account = |contact: &str| record(&world, "Contacts", contact)["Account_Name"]["id"].clone();
    assert_eq!(account(&there.contact), json!(there.acme));
    for kept in [&there.contact_by_id, &there.both, &there.converted] {
        assert_eq!(
            account(kept),
            json!(there.elsewhere),
            "nobody is moved out of an account"
        );
    }
    let untouched = |id: &str| record(&world, "Leads", id)["Designation"].is_null();
    assert!(untouched(&there.converted_lead) && untouched(&there.both_lead));
    writes_nothing_again(&world, 7);
}

#[test]
fn leads_alone_leave_contacts_alone() {
    let world = connected(&[]);
    let there = organization(&world);
    let people = people(&there).replace(&there.contact_by_id, "");
    let (status, summary) = push(&world, &people);
    assert_eq!(status, 0, "{summary}");
    ended(
        &world,
        &[
            ("leo@acme.com", "updated", "Leads", Some(&there.lead_by_id)),
            ("ida@acme.com", "created", "Leads", None),
            ("con@acme.com", "created", "Leads", None),
            ("lea@acme.com", "updated", "Leads", Some(&there.lead)),
            ("bob@acme.com", "updated", "Leads", Some(&there.both_lead)),
            // A customer is no lead any more: nothing is written, and no second lead is made.
            (
                "cleo@acme.com",
                "unchanged",
                "Contacts",
                Some(&there.converted),
            ),
            ("new@soft.com", "created", "Leads", None),
        ],
    );
    for contact in records(&world, "Contacts") {
        assert!(contact["Title"].is_null(), "{contact}");
    }
    assert_eq!(world.stats()["accounts"], json!(2));
    // Queries do not show what was converted: only the refusal of a lead with its address tells of Cleo, so that is asked for
    // again, and nothing comes of it.
    let all = || ["Leads", "Contacts", "Accounts"].map(|module| records(&world, module));
    let before = all();
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(again["unchanged"], json!(7), "{again}");
    assert_eq!(all(), before);
}

#[test]
fn a_row_that_is_refused_keeps_nobody_else_out() {
    let world = connected(&[]);
    let refused = "ann1@firm1.example";
    world.admin(
        "POST",
        "refusals",
        &json!({"module": "Leads", "when": {"Email": refused}, "code": "RECORD_LOCKED", "message": "record is locked"}),
    );
    let (_, summary) = push(&world, &World::people_csv(20, 5));
    assert_eq!(
        (&summary["created"], &summary["failed"]),
        (&json!(19), &json!(1)),
        "{summary}"
    );
    let held = attempt(&world, refused);
    assert_eq!(held["category"], "AUTOMATION_ERROR", "{held}");
    assert_eq!(world.stats()["leads"], json!(19));
    // The lock is gone: only the one is sent again.
    world.admin("DELETE", "refusals", &Value::Null);
    let retried = world
        .run(&["reconcile", "--event", "Expo", "--retry", "--json"])
        .ends(0);
    assert_eq!(world.stats()["leads"], json!(20), "{}", retried.out);
}
