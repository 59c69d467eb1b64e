//! Records that are not what they were: deleted, merged, converted after a push, or people who are their own account.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::salesforce::{attempt, connected, phase, push, record, records, seed};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

fn ann(title: &str) -> String {
    format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,{title}\n")
}

/// Where Ann's last push ended.
fn person(world: &World) -> String {
    let attempt = attempt(world, "ann@acme.com");
    phase(&attempt, "person")["remote_id"]
        .as_str()
        .unwrap_or_else(|| panic!("{attempt}"))
        .to_owned()
}

#[test]
fn a_lead_deleted_there_is_made_anew_and_the_new_id_is_kept() {
    let world = connected(&["--strategy", "leads-only"]);
    push(&world, &ann("CTO"));
    let first = person(&world);
    world.admin("DELETE", &format!("records/Lead/{first}"), &Value::Null);
    let (status, summary) = push(&world, &ann("CEO"));
    assert_eq!((status, &summary["created"]), (0, &json!(1)), "{summary}");
    let second = person(&world);
    assert_ne!(first, second);
    let (_, summary) = push(&world, &ann("COO"));
    assert_eq!(summary["updated"], json!(1), "{summary}");
    assert_eq!(person(&world), second);
    assert_eq!(record(&world, "Lead", &second)["Title"], "COO");
}

#[test]
fn a_lead_merged_away_is_found_again_by_its_address() {
    let world = connected(&["--strategy", "leads-only"]);
    push(&world, &ann("CTO"));
    let loser = person(&world);
    let winner = seed(
        &world,
        "Lead",
        json!({"FirstName": "Ann", "LastName": "Lee", "Company": "Acme", "Email": "ann@acme.com"}),
    );
    world.admin(
        "POST",
        "merge",
        &json!({"winner": winner, "losers": [loser]}),
    );
    let (_, summary) = push(&world, &ann("CEO"));
    assert_eq!(summary["updated"], json!(1), "{summary}");
    assert_eq!(person(&world), winner);
}

#[test]
fn a_lead_we_made_and_sales_converted_becomes_its_contact() {
    for (strategy, result) in [
        ("leads-and-contacts", "updated"),
        ("leads-only", "unchanged"),
    ] {
        let world = connected(&["--strategy", strategy]);
        push(&world, &ann("CTO"));
        let lead = person(&world);
        let made = world.admin(
            "POST",
            "convert",
            &json!({"lead": lead, "account": null, "contact": null}),
        );
        let contact = made["contactId"].as_str().unwrap();
        let account = record(&world, "Contact", contact)["AccountId"].clone();
        // Wiped by sales: blank, so that an update shows.
        world.admin(
            "POST",
            &format!("records/Contact/{contact}"),
            &json!({"Title": null}),
        );
        let (status, summary) = push(&world, &ann("CEO"));
        assert_eq!(
            (status, &summary[result]),
            (0, &json!(1)),
            "{strategy}: {summary}"
        );
        assert_eq!(person(&world), contact);
        let there = record(&world, "Contact", contact);
        assert_eq!(there["AccountId"], account);
        assert_eq!(
            there["Title"],
            if result == "updated" {
                json!("CEO")
            } else {
                Value::Null
            }
        );
        assert_eq!(
            record(&world, "Lead", &lead)["Title"],
            "CTO",
            "the converted lead stays"
        );
        assert_eq!(records(&world, "Lead").len(), 1);
    }
}

#[test]
fn an_account_deleted_there_is_looked_for_anew() {
    let world = connected(&["--strategy", "accounts-and-contacts"]);
    push(&world, &ann("CTO"));
    let account = record(&world, "Contact", &person(&world))["AccountId"]
        .as_str()
        .unwrap()
        .to_owned();
    world.admin(
        "DELETE",
        &format!("records/Account/{account}"),
        &Value::Null,
    );
    let bo = format!("{HEAD}Bo,Li,bo@acme.com,Acme,acme.com,CEO\n");
    let (status, summary) = push(&world, &bo);
    assert_eq!((status, &summary["created"]), (0, &json!(1)), "{summary}");
    let attempt = attempt(&world, "bo@acme.com");
    let bo = record(
        &world,
        "Contact",
        phase(&attempt, "person")["remote_id"].as_str().unwrap(),
    );
    assert_ne!(bo["AccountId"], json!(account));
    assert_eq!(world.stats()["accounts"], json!(1));
}

#[test]
fn two_people_of_one_new_company_make_one_account() {
    let world = connected(&["--strategy", "accounts-and-contacts"]);
    let csv = format!(
        "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\nBo,Li,bo@acme.com,ACME Inc,https://www.acme.com,CEO\nCy,Oak,cy@gmail.com,Nowhere,,CFO\nDi,Elm,di@gmail.com,nowhere,,COO\n"
    );
    let (status, summary) = push(&world, &csv);
    assert_eq!((status, &summary["created"]), (0, &json!(4)), "{summary}");
    let stats = world.stats();
    assert_eq!(
        (&stats["accounts"], &stats["contacts_without_account"]),
        (&json!(2), &json!(0)),
        "{stats}"
    );
}

#[test]
fn a_person_who_is_an_account_is_named_and_left_as_it_is() {
    let world = connected(&["--strategy", "leads-and-contacts"]);
    world.admin("POST", "person_accounts", &json!({"enabled": true}));
    let account = seed(
        &world,
        "Account",
        json!({"Name": "Ann Lee", "IsPersonAccount": true}),
    );
    let contact = seed(
        &world,
        "Contact",
        json!({"FirstName": "Ann", "LastName": "Lee", "Email": "ann@acme.com", "AccountId": account, "IsPersonAccount": true}),
    );
    let (status, summary) = push(
        &world,
        &format!("{}Bo,Li,bo@acme.com,Acme,acme.com,CEO\n", ann("CTO")),
    );
    assert_eq!(
        (status, &summary["unchanged"], &summary["created"]),
        (0, &json!(1), &json!(1)),
        "{summary}"
    );
    assert_eq!(person(&world), contact);
    let said = world.run(&["log", "ann@acme.com", "--all"]).ends(0);
    assert!(said.out.contains("person account"), "{}", said.out);
}

#[test]
fn several_of_one_address_are_told_and_the_oldest_is_taken() {
    let world = connected(&["--strategy", "leads-only"]);
    let lead = |created: &str| json!({"FirstName": "Ann", "LastName": "Lee", "Company": "Acme", "Email": "ann@acme.com", "CreatedDate": created});
    seed(&world, "Lead", lead("2025-01-01T00:00:00.000+0000"));
    let oldest = seed(&world, "Lead", lead("2024-01-01T00:00:00.000+0000"));
    push(&world, &ann("CTO"));
    assert_eq!(person(&world), oldest);
    let said = world.run(&["log", "ann@acme.com", "--all"]).ends(0);
    assert!(
        said.out.contains("2 records share the address"),
        "{}",
        said.out
    );
}

#[test]
fn a_lead_without_what_a_record_needs_fails_before_any_call() {
    for (strategy, row, missing, field) in [
        (
            "leads-only",
            "Ann,Lee,ann@gmail.com,,,CTO",
            "a company",
            "companyName",
        ),
        (
            "leads-and-contacts",
            "Ann,,ann@gmail.com,Acme,,CTO",
            "a last name",
            "lastName",
        ),
        (
            "accounts-and-contacts",
            "Ann,Lee,ann@gmail.com,,,CTO",
            "names no company",
            "companyName",
        ),
    ] {
        let world = connected(&["--strategy", strategy]);
        let (status, summary) = push(&world, &format!("{HEAD}{row}\n"));
        assert_eq!(status, 3, "{summary}");
        let expected = json!({"NOT_ENOUGH_DATA": 1});
        assert_eq!(summary["by_category"], expected, "{strategy}");
        assert_eq!(world.stats()["writes"], json!(0));
        let board = world.json(&["reconcile", "--state", "failed"]);
        let message = board["leads"][0]["message"].as_str().unwrap();
        assert!(message.contains(missing), "{strategy}: {message}");
        // The board's own line, filled in, settles it.
        let fix = board["failed"][0]["causes"][0]["fix"].as_str().unwrap();
        let line = fix.replace("=VALUE", "=Smith");
        assert!(line.contains(&format!("{field}=Smith")), "{fix}");
        let words: Vec<&str> = line.split(' ').skip(1).collect();
        world.run(&words).ends(0);
        let retry = world.json(&["reconcile", "--state", "failed", "--retry"]);
        assert_eq!(retry["retry"]["cleared"], json!(1), "{strategy}: {retry}");
    }
}
