//! Which record each strategy touches: the documented match order against one org, case by case.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::World;
use crate::support::salesforce::{attempt, connected, phase, push, record, records, seed};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title,remoteId\n";

/// What stood in the org before, by case.
struct Org {
    acme: String,
    beta: String,
    ids: BTreeMap<&'static str, String>,
}

fn seeded(world: &World) -> Org {
    let mut ids = BTreeMap::new();
    let account = json!({"Name": "Acme Inc.", "Website": "https://www.acme.com/"});
    let acme = seed(world, "Account", account);
    let beta = seed(world, "Account", json!({"Name": "Beta GmbH"}));
    let other = seed(world, "Account", json!({"Name": "Elsewhere AG"}));
    let contact = |name: &str, email: Value| json!({"FirstName": name, "LastName": "Lee", "Email": email, "AccountId": other});
    let lead = |name: &str, email: Value| json!({"FirstName": name, "LastName": "Lee", "Email": email, "Company": "Acme"});
    ids.insert(
        "contact-id",
        seed(world, "Contact", contact("Ida", Value::Null)),
    );
    ids.insert("lead-id", seed(world, "Lead", lead("Leo", Value::Null)));
    ids.insert(
        "contact",
        seed(world, "Contact", contact("Con", json!("Con@Acme.com"))),
    );
    ids.insert(
        "lead",
        seed(world, "Lead", lead("Lea", json!("lea@acme.com"))),
    );
    ids.insert(
        "both",
        seed(world, "Contact", contact("Bob", json!("bob@acme.com"))),
    );
    ids.insert(
        "both-lead",
        seed(world, "Lead", lead("Bob", json!("bob@acme.com"))),
    );
    let converted = seed(world, "Lead", lead("Cleo", json!("cleo@acme.com")));
    let made = world.admin(
        "POST",
        "convert",
        &json!({"lead": converted, "account": other, "contact": null}),
    );
    ids.insert("converted", made["contactId"].as_str().unwrap().to_owned());
    ids.insert("converted-lead", converted);
    let mut same = contact("Sam", json!("sam@acme.com"));
    same["Title"] = json!("CTO");
    ids.insert("same", seed(world, "Contact", same));
    Org { acme, beta, ids }
}

fn people(org: &Org) -> String {
    let hint = |case: &str| &org.ids[case];
    format!(
        "{HEAD}Ida,Lee,ida@acme.com,Acme,acme.com,CTO,{}\n\
         Leo,Lee,leo@acme.com,Acme,acme.com,CTO,{}\n\
         Con,Lee,con@acme.com,Acme,acme.com,CTO,\n\
         Lea,Lee,lea@acme.com,Acme,acme.com,CTO,\n\
         Bob,Lee,bob@acme.com,Acme,acme.com,CTO,\n\
         Cleo,Lee,cleo@acme.com,Acme,acme.com,CTO,\n\
         Sam,Lee,sam@acme.com,Acme,acme.com,CTO,\n\
         Dom,Lee,dom@acme.com,ACME Holding,acme.com,CTO,\n\
         Nam,Lee,nam@gmail.com,Beta GmbH,,CTO,\n\
         New,Lee,new@soft.com,Soft Ltd,soft.com,CTO,\n",
        hint("contact-id"),
        hint("lead-id")
    )
}

/// What became of a lead: created, updated or unchanged; the record by its case or `new`; and of a new contact its account.
#[derive(Debug, PartialEq)]
struct Ended {
    result: String,
    object: &'static str,
    record: String,
    account: Option<String>,
}

fn ended(world: &World, org: &Org, email: &str) -> Ended {
    let attempt = attempt(world, email);
    assert_eq!(attempt["status"], "cleared", "{email}: {attempt}");
    let id = phase(&attempt, "person")["remote_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let object = if id.starts_with("003") {
        "Contact"
    } else {
        "Lead"
    };
    let there = record(world, object, &id);
    let known = org.ids.iter().find(|(_, known)| **known == id);
    let account = there["AccountId"].as_str().map(|account| {
        let name = record(world, "Account", account)["Name"]
            .as_str()
            .unwrap()
            .to_owned();
        if account == org.acme {
            "acme".into()
        } else if account == org.beta {
            "beta".into()
        } else {
            name
        }
    });
    if attempt["result"] != "unchanged" {
        assert_eq!(there["Title"], "CTO", "{email}");
    }
    Ended {
        result: attempt["result"].as_str().unwrap().to_owned(),
        object,
        record: known.map_or("new".into(), |(case, _)| (*case).to_owned()),
        account,
    }
}

/// E-mail, result, object, record, account.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

const ELSEWHERE: Option<&str> = Some("Elsewhere AG");

fn holds(strategy: &str, cases: &[Case]) -> (World, Org) {
    let world = connected(&["--strategy", strategy]);
    let org = seeded(&world);
    let before = [
        records(&world, "Lead").len(),
        records(&world, "Contact").len(),
        records(&world, "Account").len(),
    ];
    let (status, summary) = push(&world, &people(&org));
    assert_eq!(status, 0, "{summary}");
    for (email, result, object, case, account) in cases {
        let expected = Ended {
            result: (*result).into(),
            object,
            record: (*case).into(),
            account: account.map(str::to_owned),
        };
        assert_eq!(ended(&world, &org, email), expected, "{strategy}: {email}");
    }
    let made = |object: &str| {
        cases
            .iter()
            .filter(|case| case.1 == "created" && case.2 == object)
            .count()
    };
    let after = [
        records(&world, "Lead").len(),
        records(&world, "Contact").len(),
        records(&world, "Account").len(),
    ];
    let accounts = usize::from(strategy == "accounts-and-contacts");
    assert_eq!(
        after,
        [
            before[0] + made("Lead"),
            before[1] + made("Contact"),
            before[2] + accounts
        ]
    );
    // A converted lead is never touched.
    assert_eq!(
        record(&world, "Lead", &org.ids["converted-lead"])["Title"],
        Value::Null
    );
    let writes = world.stats()["writes"].clone();
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(
        (&again["unchanged"], &again["failed"]),
        (&json!(10), &json!(0)),
        "{again}"
    );
    assert_eq!(world.stats()["writes"], writes);
    (world, org)
}

#[test]
fn leads_and_contacts_prefers_the_contact_and_makes_leads() {
    holds(
        "leads-and-contacts",
        &[
            (
                "ida@acme.com",
                "updated",
                "Contact",
                "contact-id",
                ELSEWHERE,
            ),
            ("leo@acme.com", "updated", "Lead", "lead-id", None),
            ("con@acme.com", "updated", "Contact", "contact", ELSEWHERE),
            ("lea@acme.com", "updated", "Lead", "lead", None),
            ("bob@acme.com", "updated", "Contact", "both", ELSEWHERE),
            (
                "cleo@acme.com",
                "updated",
                "Contact",
                "converted",
                ELSEWHERE,
            ),
            ("sam@acme.com", "unchanged", "Contact", "same", ELSEWHERE),
            ("dom@acme.com", "created", "Lead", "new", None),
            ("nam@gmail.com", "created", "Lead", "new", None),
            ("new@soft.com", "created", "Lead", "new", None),
        ],
    );
}

#[test]
fn leads_only_leaves_contacts_alone() {
    let (world, _) = holds(
        "leads-only",
        &[
            ("ida@acme.com", "created", "Lead", "new", None),
            ("leo@acme.com", "updated", "Lead", "lead-id", None),
            ("con@acme.com", "created", "Lead", "new", None),
            ("lea@acme.com", "updated", "Lead", "lead", None),
            ("bob@acme.com", "updated", "Lead", "both-lead", None),
            // A customer is no lead any more: nothing is written, and no second lead is made.
            (
                "cleo@acme.com",
                "unchanged",
                "Contact",
                "converted",
                ELSEWHERE,
            ),
            ("sam@acme.com", "created", "Lead", "new", None),
            ("dom@acme.com", "created", "Lead", "new", None),
            ("nam@gmail.com", "created", "Lead", "new", None),
            ("new@soft.com", "created", "Lead", "new", None),
        ],
    );
    let said = world.run(&["log", "cleo@acme.com", "--all"]).ends(0);
    assert!(
        said.out.contains("since the lead was converted"),
        "{}",
        said.out
    );
}

#[test]
fn accounts_and_contacts_finds_the_account_or_makes_it() {
    let (world, _) = holds(
        "accounts-and-contacts",
        &[
            (
                "ida@acme.com",
                "updated",
                "Contact",
                "contact-id",
                ELSEWHERE,
            ),
            ("leo@acme.com", "created", "Contact", "new", Some("acme")),
            ("con@acme.com", "updated", "Contact", "contact", ELSEWHERE),
            ("lea@acme.com", "created", "Contact", "new", Some("acme")),
            ("bob@acme.com", "updated", "Contact", "both", ELSEWHERE),
            (
                "cleo@acme.com",
                "updated",
                "Contact",
                "converted",
                ELSEWHERE,
            ),
            ("sam@acme.com", "unchanged", "Contact", "same", ELSEWHERE),
            ("dom@acme.com", "created", "Contact", "new", Some("acme")),
            ("nam@gmail.com", "created", "Contact", "new", Some("beta")),
            (
                "new@soft.com",
                "created",
                "Contact",
                "new",
                Some("Soft Ltd"),
            ),
        ],
    );
    let soft = records(&world, "Account")
        .into_iter()
        .find(|account| account["Name"] == "Soft Ltd")
        .unwrap();
    assert_eq!(soft["Website"], "soft.com");
}
