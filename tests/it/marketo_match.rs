//! Whom Marketo is told of: leads by id, then by address; companies on request; people who are another tool's to bring.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::marketo::{by_email, connected, lead, seed, tell};
use crate::support::salesforce::{attempt, phase, push, records};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title,remoteId\n";

/// E-mail, result, the lead's id (`None`: a new one).
type Case<'a> = (&'a str, &'a str, Option<&'a str>);

#[track_caller]
fn ended(world: &World, cases: &[Case<'_>]) {
    for (email, result, id) in cases {
        let attempt = attempt(world, email);
        assert_eq!(
            (&attempt["status"], &attempt["result"]),
            (&json!("cleared"), &json!(result)),
            "{email}: {attempt}"
        );
        let there = phase(&attempt, "person")["remote_id"].as_str().unwrap();
        assert!(id.is_none_or(|id| id == there), "{email}: {there}");
        assert_eq!(lead(world, there)["title"], "CTO", "{email}");
    }
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

fn person(world: &World, name: &str, email: &str) -> String {
    let facts = json!({"firstName": name, "lastName": "Lee", "email": email});
    seed(world, "leads", facts)
}

#[test]
fn the_id_comes_first_then_the_address_and_who_is_not_there_is_made() {
    let world = connected(&[]);
    let by_id = seed(
        &world,
        "leads",
        json!({"firstName": "Ida", "lastName": "Lee"}),
    );
    let upper = person(&world, "Una", "UNA@Acme.com");
    let oldest = person(&world, "Tom", "tom@acme.com");
    person(&world, "Tom", "tom@acme.com");
    let gone = person(&world, "Gus", "gone@acme.com");
    let back = person(&world, "Gus", "gus@acme.com");
    world.admin("DELETE", &format!("records/leads/{gone}"), &Value::Null);
    let csv = format!(
        "{HEAD}Ida,Lee,ida@acme.com,Acme,acme.com,CTO,{by_id}\n\
         Una,Lee,una@acme.com,Acme,acme.com,CTO,\n\
         Tom,Lee,tom@acme.com,Acme,acme.com,CTO,\n\
         Gus,Lee,gus@acme.com,Acme,acme.com,CTO,{gone}\n\
         New,Lee,new@acme.com,Acme,acme.com,CTO,\n"
    );
    let (status, summary) = push(&world, &csv);
    assert_eq!(
        (status, &summary["updated"], &summary["created"]),
        (0, &json!(4), &json!(1)),
        "{summary}"
    );
    ended(
        &world,
        &[
            ("ida@acme.com", "updated", Some(&by_id)),
            ("una@acme.com", "updated", Some(&upper)),
            ("tom@acme.com", "updated", Some(&oldest)),
            ("gus@acme.com", "updated", Some(&back)),
            ("new@acme.com", "created", None),
        ],
    );
    // The company is text on a lead.
    assert_eq!(by_email(&world, "new@acme.com")[0]["company"], "Acme");
    assert_eq!(world.stats()["companies"], json!(0));
    let tom = attempt(&world, "tom@acme.com").to_string();
    assert!(
        tom.contains("2 records") || tom.contains("several"),
        "{tom}"
    );
    writes_nothing_again(&world, 5);
}

#[test]
fn nobody_without_an_address_is_made_and_one_known_by_id_is_updated() {
    let world = connected(&[]);
    let there = seed(
        &world,
        "leads",
        json!({"firstName": "Ida", "lastName": "Lee"}),
    );
    let csv = format!("{HEAD}Ida,Lee,,Acme,acme.com,CTO,{there}\nBo,Li,,Acme,acme.com,CTO,\n");
    let (status, summary) = push(&world, &csv);
    assert_eq!(
        (status, &summary["updated"], &summary["by_category"]),
        (3, &json!(1), &json!({"NOT_ENOUGH_DATA": 1})),
        "{summary}"
    );
    assert_eq!(lead(&world, &there)["title"], "CTO");
    assert_eq!(world.stats()["leads"], json!(1));
}

/// Whether people were looked for, and no call is under way.
fn answered(world: &World) -> bool {
    let stats = world.stats();
    let answers = stats["responses"].as_object().unwrap().values();
    let answers: u64 = answers.filter_map(Value::as_u64).sum();
    stats["by_path"]["POST /rest/v1/leads.json"].is_u64() && stats["requests"] == answers
}

#[test]
fn somebody_made_in_between_is_not_made_twice() {
    let world = connected(&[]);
    import(
        &world,
        "Expo",
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO,\n"),
    );
    world.admin("POST", "latency", &json!({"milliseconds": 1500}));
    let push = world
        .command()
        .args(["sync-event", "Expo", "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // Looked for, not found, and answered; what follows is the write, which takes a while to come.
    while !answered(&world) {
        std::thread::yield_now();
    }
    let there = person(&world, "Ann", "ann@acme.com");
    let output = push.wait_with_output().unwrap();
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&summary["created"], &summary["updated"]),
        (&json!(0), &json!(1)),
        "{summary}"
    );
    assert_eq!(by_email(&world, "ann@acme.com").len(), 1);
    assert_eq!(lead(&world, &there)["title"], "CTO");
    let attempt = attempt(&world, "ann@acme.com");
    let note = phase(&attempt, "person")["note"].as_str().unwrap();
    assert!(note.contains("cannot be undone"), "{attempt}");
}

/// The company of a lead, by the id that is ours to choose.
fn company(world: &World, email: &str) -> Value {
    by_email(world, email)[0]["externalCompanyId"].clone()
}

#[test]
fn companies_are_found_by_our_id_made_and_linked_and_nobody_is_moved() {
    let world = connected(&["--companies"]);
    let acme =
        json!({"externalCompanyId": "dom:acme.com", "company": "Acme Inc.", "website": "acme.com"});
    seed(&world, "companies", acme);
    let soft = json!({"externalCompanyId": "S-1", "company": "Soft Ltd"});
    seed(&world, "companies", soft);
    let kept = json!({"firstName": "Kim", "lastName": "Lee", "email": "kim@acme.com", "externalCompanyId": "S-1"});
    let kept = seed(&world, "leads", kept);
    let alone = person(&world, "Al", "al@acme.com");
    let csv = format!(
        "{HEAD}Kim,Lee,kim@acme.com,Acme,acme.com,CTO,\n\
         Al,Lee,al@acme.com,Acme,acme.com,CTO,\n\
         New,Lee,new@acme.com,Acme,acme.com,CTO,\n\
         Sue,Lee,sue@gmail.com,Soft Ltd,,CTO,\n\
         Beth,Lee,beth@beta.com,Beta,beta.com,CTO,\n\
         Gil,Lee,gil@gmail.com,Gamma,,CTO,\n"
    );
    import(&world, "Expo", &csv);
    world
        .run(&[
            "mapping",
            "set",
            "companyWebsite",
            "website",
            "--object",
            "lead",
            "--write",
            "if-blank",
        ])
        .ends(0);
    let said = world.run(&["sync-event", "Expo"]).ends(0);
    // What stands at the company is not sent with who belongs to it, so it is not told as filled.
    let filled = |field: &str| {
        let mut rows = said.out.lines().map(|line| line.split_whitespace());
        rows.find_map(|mut row| (row.next() == Some(field)).then(|| row.next().map(str::to_owned)))
            .flatten()
    };
    assert_eq!(filled("title").as_deref(), Some("2"), "{}", said.out);
    assert_eq!(filled("website"), None, "{}", said.out);
    ended(
        &world,
        &[
            ("kim@acme.com", "updated", Some(&kept)),
            ("al@acme.com", "updated", Some(&alone)),
            ("new@acme.com", "created", None),
            ("beth@beta.com", "created", None),
        ],
    );
    for (email, id) in [
        ("kim@acme.com", "S-1"),
        ("al@acme.com", "dom:acme.com"),
        ("new@acme.com", "dom:acme.com"),
        ("sue@gmail.com", "S-1"),
        ("beth@beta.com", "dom:beta.com"),
        ("gil@gmail.com", "name:gamma"),
    ] {
        assert_eq!(company(&world, email), id, "{email}");
    }
    assert_eq!(records(&world, "companies").len(), 4);
    writes_nothing_again(&world, 6);
}

#[test]
fn a_company_that_is_gone_is_made_anew_for_its_people() {
    let world = connected(&["--companies"]);
    push(
        &world,
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO,\n"),
    );
    let made = records(&world, "companies")[0]["id"].to_string();
    world.admin("DELETE", &format!("records/companies/{made}"), &Value::Null);
    let (status, summary) = push(
        &world,
        &format!("{HEAD}Bob,Lee,bob@acme.com,Acme,acme.com,CTO,\n"),
    );
    assert_eq!((status, &summary["created"]), (0, &json!(1)), "{summary}");
    assert_eq!(company(&world, "bob@acme.com"), "dom:acme.com");
    assert_eq!(world.stats()["companies"], json!(1));
}

#[test]
fn where_a_crm_has_the_companies_they_are_left_out_with_a_note() {
    let world = connected(&["--companies"]);
    tell(&world, "native_crm", json!({"on": true}));
    let (status, summary) = push(
        &world,
        &format!(
            "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO,\nBo,Li,bo@beta.com,Beta,beta.com,CEO,\n"
        ),
    );
    assert_eq!((status, &summary["created"]), (0, &json!(2)), "{summary}");
    assert_eq!(world.stats()["companies"], json!(0));
    let attempt = attempt(&world, "ann@acme.com");
    let note = phase(&attempt, "company")["note"].as_str().unwrap();
    assert!(note.contains("left out") && note.contains("CRM"), "{note}");
    writes_nothing_again(&world, 2);
}

#[test]
fn whoever_the_crm_is_to_bring_waits_and_is_taken_once_it_has() {
    let world = connected(&["--records", "update-only"]);
    let there = person(&world, "Ann", "ann@acme.com");
    let csv = format!(
        "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO,\nBo,Li,bo@acme.com,Acme,acme.com,CTO,\n"
    );
    let (status, summary) = push(&world, &csv);
    assert_eq!(
        (status, &summary["updated"], &summary["failed"]),
        (0, &json!(1), &json!(0)),
        "{summary}"
    );
    assert_eq!(lead(&world, &there)["title"], "CTO");
    assert_eq!(world.stats()["leads"], json!(1));
    assert_eq!(summary["waiting"], json!(1), "{summary}");
    let board = world.json(&["reconcile"]);
    assert!(board.to_string().contains("WAITING_FOR_CRM"), "{board}");
    world.run(&["mode", "automatic", "--yes"]).ends(0);
    let waiting = |world: &World| {
        let status = world.json(&["status"]);
        status["integrations"][0]["summary"]["pre_sync"].clone()
    };
    assert_eq!(waiting(&world), json!(1));
    let again = world.run(&["sync", "--json"]).ends(0);
    let summary = again.json();
    assert_eq!(
        (&summary["cleared"], &summary["waiting"]),
        (&json!(0), &json!(1)),
        "{summary}"
    );
    assert!(again.err.contains("has brought it"), "{}", again.err);

    let brought = person(&world, "Bo", "bo@acme.com");
    assert_eq!(world.json(&["sync"])["updated"], json!(1));
    ended(&world, &[("bo@acme.com", "updated", Some(&brought))]);
    assert_eq!(waiting(&world), json!(0));
}

#[test]
fn new_leads_go_into_the_partition_that_is_named() {
    let world = connected(&["--partition", "Events"]);
    let (status, summary) = push(
        &world,
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO,\n"),
    );
    assert_eq!(
        (status, &summary["by_category"]),
        (3, &json!({"CONNECTION": 1})),
        "{summary}"
    );
    let events = tell(&world, "partitions", json!({"name": "Events"}))["id"].clone();
    let retry = world.json(&["reconcile", "--category", "CONNECTION", "--retry"]);
    assert_eq!(retry["retry"]["cleared"], json!(1), "{retry}");
    assert_eq!(
        by_email(&world, "ann@acme.com")[0]["leadPartitionId"],
        events
    );
}

#[test]
fn an_opt_out_is_only_ever_set() {
    let world = connected(&[]);
    tell(
        &world,
        "records/leads",
        json!({"records": [
            {"firstName": "Ann", "lastName": "Lee", "email": "ann@acme.com", "unsubscribed": true},
            {"firstName": "Bo", "lastName": "Lee", "email": "bo@acme.com", "unsubscribed": false}
        ]}),
    );
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,No Mail\nAnn,Lee,ann@acme.com,false\nBo,Lee,bo@acme.com,true\n",
    );
    let map = [
        "mapping",
        "set",
        "No Mail",
        "unsubscribed",
        "--write",
        "overwrite",
        "--object",
        "lead",
    ];
    let said = world.run(&map).ends(0);
    assert!(said.err.contains("only true is ever sent"), "{}", said.err);
    world.run(&["sync-event", "Expo"]).ends(0);
    for email in ["ann@acme.com", "bo@acme.com"] {
        assert_eq!(
            by_email(&world, email)[0]["unsubscribed"],
            json!(true),
            "{email}"
        );
    }
}
