use serde_json::{Value, json};

use super::{organization, seeded};

#[tokio::test]
async fn the_same_seed_makes_the_same_records() {
    let (one, other) = (seeded(50, 4).await, seeded(50, 4).await);
    let leads = one.walk("leads", "leads", 50).await;
    assert_eq!(leads, other.walk("leads", "leads", 50).await);
    other.admin("seed", json!({"leads": 50, "events": 4, "seed": 9}));
    assert_ne!(leads, other.walk("leads", "leads", 50).await);
    assert_eq!(other.stat("leads"), 50);
}

#[tokio::test]
async fn many_leads_of_every_kind_are_made_fast() {
    let organization = organization().await;
    let started = std::time::Instant::now();
    let counts = organization.admin("seed", json!({"leads": 10_000, "events": 40}));
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert_eq!(
        (&counts["leads"], &counts["events"]),
        (&json!(10_000), &json!(40))
    );
    for (name, least, most) in [
        ("not_enriched", 900, 1_100),
        ("without_email", 700, 900),
        ("shared_emails", 300, 400),
        ("with_remote_id", 400, 600),
        ("tagged", 9_000, 10_000),
        ("in_several_events", 1_000, 2_000),
        ("event_leads", 10_000, 14_000),
        ("activities", 9_000, 20_000),
        ("activations", 40, 80),
    ] {
        let count = counts[name].as_u64().unwrap();
        assert!((least..=most).contains(&count), "{name}: {count}");
    }
    let events = organization.walk("events", "events", 50).await;
    for event in events {
        let path = format!("events/{}/leads", event["id"]);
        let answer = organization.read(&path).await;
        assert!(answer.body["results"]["total"].as_u64().unwrap() >= 200);
    }
}

#[tokio::test]
async fn small_sets_have_every_kind_too_and_none_is_allowed() {
    let organization = organization().await;
    let counts = organization.admin("seed", json!({"leads": 30, "events": 2}));
    for (name, count) in counts.as_object().unwrap() {
        assert!(count.as_u64().unwrap() > 0, "{name}");
    }
    let counts = organization.admin("seed", json!({"leads": 7, "events": 0}));
    assert_eq!(
        (&counts["leads"], &counts["event_leads"]),
        (&json!(7), &json!(0))
    );
    let counts = organization.admin("seed", json!({"leads": 0, "events": 1}));
    assert_eq!(
        (&counts["leads"], &counts["events"]),
        (&json!(0), &json!(1))
    );
    let (status, _) = organization
        .sandbox
        .admin("POST", "seed", &json!({"leads": -1}));
    assert_eq!(status, 400);
}

#[tokio::test]
async fn leads_are_enriched_by_hand() {
    let organization = organization().await;
    let (ana, bo) = (
        organization.lead(json!({"firstName": "Ana", "jobTitle": "CTO"})),
        organization.lead(json!({"firstName": "Bo"})),
    );
    let set = json!({"email": "bo@acme.com", "company": {"city": "Lyon"}});
    organization.admin("enrich", json!({"leads": [bo], "set": set}));
    let found = organization.look(&format!("leads/{bo}"));
    assert_eq!(
        (
            &found["isEnriched"],
            &found["email"],
            &found["company"]["city"]
        ),
        (&json!(true), &json!("bo@acme.com"), &json!("Lyon"))
    );
    let answer = organization.admin("enrich", json!({}));
    assert_eq!(answer, json!({"enriched": 1}));
    let found = organization.look(&format!("leads/{ana}"));
    assert_eq!(
        (
            &found["isEnriched"],
            &found["jobTitle"],
            &found["company"]["industry"]
        ),
        (&json!(true), &json!("CTO"), &json!("Machinery"))
    );
    assert_eq!(found["email"], Value::Null);
}
