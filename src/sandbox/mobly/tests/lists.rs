use serde_json::{Value, json};

use super::{error, ids, organization, seeded};

#[tokio::test]
async fn offset_counts_pages_and_limits_are_clamped() {
    let organization = seeded(120, 2).await;
    let usual = organization.read("leads").await;
    assert_eq!(usual.body["status"], 200);
    assert_eq!(usual.body["pagination"], json!({"limit": 20, "offset": 0}));
    assert_eq!(usual.body["results"]["total"], 120);
    assert_eq!(usual.body["results"]["leads"].as_array().unwrap().len(), 20);
    let second = organization.read("leads?limit=500&offset=1").await;
    assert_eq!(second.body["pagination"], json!({"limit": 50, "offset": 1}));
    let all = organization.walk("leads", "leads", 50).await;
    assert_eq!(second.body["results"]["leads"][0], all[50]);
    assert_eq!((all.len(), ids(&all).len()), (120, 120));
    let beyond = organization.read("leads?offset=99999999999999").await;
    assert_eq!(beyond.body["results"]["leads"], json!([]));
    for query in [
        "limit=0",
        "limit=-1",
        "limit=many",
        "offset=-1",
        "offset=1.5",
        "limit=",
    ] {
        let answer = organization.read(&format!("leads?{query}")).await;
        let expected = json!({"status": 400, "error": "Bad request"});
        assert_eq!(error(&answer), (400, expected), "{query}");
    }
    assert_eq!(
        organization.stat("last_refusal"),
        "limit must be a whole number"
    );
}

#[tokio::test]
async fn the_order_can_be_turned_round() {
    let organization = seeded(30, 2).await;
    let newest = organization.walk("leads", "leads", 20).await;
    organization.admin("settings", json!({"order": "oldest"}));
    let mut oldest = organization.walk("leads", "leads", 20).await;
    assert!(oldest[0]["createdAt"].as_str() < oldest[29]["createdAt"].as_str());
    oldest.reverse();
    assert_eq!(newest, oldest);
    organization.admin("settings", json!({"page_size": 7}));
    let small = organization.read("leads?limit=50").await;
    assert_eq!(small.body["pagination"]["limit"], 7);
    assert_eq!(small.body["results"]["leads"].as_array().unwrap().len(), 7);
}

#[tokio::test]
async fn activities_are_found_by_lead_and_kind() {
    let organization = organization().await;
    let (ana, bo) = (organization.lead(json!({})), organization.lead(json!({})));
    let note = |lead: &str, kind: &str| json!({"associatedLead": lead, "eventType": kind});
    let made = organization.admin(
        "activities",
        json!({"activities": [note(&ana, "NOTE"), note(&ana, "EMAIL"), note(&bo, "NOTE")]}),
    );
    let made = made["ids"].as_array().unwrap();
    for (query, expected) in [
        (String::new(), vec![&made[2], &made[1], &made[0]]),
        (format!("leadId={ana}"), vec![&made[1], &made[0]]),
        (format!("leadId={ana}&eventType=NOTE"), vec![&made[0]]),
        ("eventType=NOTE".to_owned(), vec![&made[2], &made[0]]),
        ("leadId=nobody".to_owned(), vec![]),
    ] {
        let answer = organization
            .read(&format!("leadActivityEvents?{query}"))
            .await;
        let rows = answer.body["results"]["leadActivityEvents"]
            .as_array()
            .unwrap();
        let found: Vec<&Value> = rows.iter().map(|row| &row["id"]).collect();
        assert_eq!(found, expected, "{query}");
        assert_eq!(answer.body["results"]["total"], expected.len());
    }
    let wrong = organization
        .read("leadActivityEvents?eventType=SHOUT")
        .await;
    assert_eq!(wrong.status, 400);
    let lead = organization.read(&format!("leads/{ana}")).await;
    assert_eq!(
        lead.body["results"]["leadActivityEvents"],
        json!([made[0], made[1]])
    );
}

#[tokio::test]
async fn a_lead_that_comes_meanwhile_shows_another_one_twice() {
    let organization = seeded(100, 2).await;
    let shift = json!({"every": 2, "action": "add", "times": 1});
    organization.admin("shift", shift);
    let rows = organization.walk("leads", "leads", 50).await;
    assert_eq!((rows.len(), ids(&rows).len()), (101, 100));
    let added = organization.look("shift")["added"][0].clone();
    assert!(!ids(&rows).contains(added.as_str().unwrap()));
    let again = organization.walk("leads", "leads", 50).await;
    assert_eq!(again[0]["id"], added);
    assert_eq!(ids(&again).len(), 101);
}

#[tokio::test]
async fn a_lead_that_goes_meanwhile_hides_another_one() {
    for order in ["newest", "oldest"] {
        let organization = seeded(100, 1).await;
        organization.admin("settings", json!({"order": order}));
        let event = organization.read("events").await.body["results"]["events"][0]["id"].clone();
        for (path, name, key) in [
            ("leads".to_owned(), "leads", "id"),
            (format!("events/{event}/leads"), "eventLeads", "leadId"),
        ] {
            let before = organization.walk(&path, name, 50).await;
            organization.admin("shift", json!({"every": 2, "action": "delete", "times": 1}));
            let seen = organization.walk(&path, name, 50).await;
            let deleted = organization.look("shift")["deleted"][0].clone();
            assert_eq!((&before[1][key], seen.len()), (&deleted, before.len() - 1));
            assert!(!seen.contains(&before[50]), "{order} {path}");
            assert_eq!(
                organization.walk(&path, name, 50).await.len(),
                before.len() - 1
            );
        }
    }
}

#[tokio::test]
async fn industry_events_are_none() {
    let organization = organization().await;
    let answer = organization.read("industryEvents?q=expo").await;
    assert_eq!(
        answer.body["results"],
        json!({"industryEvents": [], "total": 0})
    );
    assert_eq!(organization.stat("unknown_parameters"), 0);
    let marked = organization.read("industryEvents/bookmarks").await;
    assert_eq!(
        marked.body,
        json!({"status": 200, "results": {"industryEvents": []}})
    );
}
