//! Marketing events: whose they are, who took part, and how states are spelled.

use serde_json::{Value, json};

use crate::sandbox::test_client::TestSandbox;

const BASE: &str = "/marketing/marketing-events/2026-03";

async fn contact(sandbox: &TestSandbox, email: &str) -> u64 {
    let id = sandbox.create("contacts", json!({"email": email})).await;
    id.parse().unwrap()
}

fn seeded(sandbox: &TestSandbox) -> String {
    let event = sandbox.admin("marketing-events", json!({"eventName": "Expo"}));
    event["objectId"].as_str().unwrap().to_owned()
}

fn inputs(entries: &[(u64, i64)]) -> Value {
    let inputs: Vec<Value> = entries
        .iter()
        .map(|(vid, at)| json!({"vid": vid, "interactionDateTime": at, "properties": {}}))
        .collect();
    json!({ "inputs": inputs })
}

#[tokio::test]
async fn external_ids_are_known_to_the_app_that_made_the_event() {
    let sandbox = TestSandbox::start().await;
    let new = json!({"eventName": "CES", "eventOrganizer": "CTA", "externalAccountId": "1", "externalEventId": "ces", "customProperties": []});
    let made = sandbox.post(&format!("{BASE}/events"), new.clone()).await;
    let id = made.body["objectId"].as_str().unwrap().to_owned();
    let by_app = format!("{BASE}/events/ces?externalAccountId=1");
    assert_eq!(sandbox.get(&by_app).await.body["objectId"], json!(id));
    let other = format!("{BASE}/events/ces?externalAccountId=2");
    assert_eq!(sandbox.get(&other).await.status, 404);
    let cancel = format!("{BASE}/events/ces/cancel?externalAccountId=1");
    assert_eq!(sandbox.post(&cancel, json!({})).await.status, 200);
    let event = sandbox.get(&format!("{BASE}/{id}")).await.body;
    assert_eq!(
        (&event["eventCancelled"], &event["eventCompleted"]),
        (&json!(true), &json!(false))
    );

    let foreign = json!({"eventName": "Expo", "externalAccountId": "1", "externalEventId": "expo"});
    let foreign = sandbox.admin("marketing-events", foreign);
    let foreign = foreign["objectId"].as_str().unwrap();
    let by_id = sandbox.get(&format!("{BASE}/{foreign}")).await;
    assert_eq!(by_id.body["eventName"], "Expo");
    let by_app = format!("{BASE}/events/expo?externalAccountId=1");
    assert_eq!(sandbox.get(&by_app).await.status, 404);
    assert_eq!(sandbox.get(&format!("{BASE}/5")).await.status, 404);
}

#[tokio::test]
async fn the_same_contact_at_the_same_time_is_one_entry() {
    let sandbox = TestSandbox::start().await;
    let (ann, event) = (contact(&sandbox, "ann@acme.com").await, seeded(&sandbox));
    let attend = format!("{BASE}/{event}/attendance/attend/create");
    for at in [1_000, 1_000, 2_000] {
        let answer = sandbox.post(&attend, inputs(&[(ann, at)])).await;
        assert_eq!(answer.body["results"], json!([{"vid": ann}]));
    }
    let register = format!("{BASE}/{event}/attendance/register/create");
    sandbox.post(&register, inputs(&[(ann, 1_000)])).await;
    let stats = sandbox.sandbox.stats();
    assert_eq!(
        [
            &stats["attendances"],
            &stats["duplicate_attendances"],
            &stats["repeated_attendances"]
        ],
        [&json!(2), &json!(1), &json!(2)]
    );
}

#[tokio::test]
async fn an_unknown_contact_fails_alone_and_too_many_fail_together() {
    let sandbox = TestSandbox::start().await;
    let (ann, event) = (contact(&sandbox, "ann@acme.com").await, seeded(&sandbox));
    let attend = format!("{BASE}/{event}/attendance/attend/create");
    let answer = sandbox.post(&attend, inputs(&[(ann, 1), (5, 1)])).await;
    assert_eq!(answer.status, 207);
    assert_eq!(answer.body["results"], json!([{"vid": ann}]));
    assert_eq!(answer.body["errors"][0]["context"]["ids"], json!(["5"]));
    let many: Vec<(u64, i64)> = (0..101).map(|at| (ann, at)).collect();
    assert_eq!(sandbox.post(&attend, inputs(&many)).await.status, 400);
    assert_eq!(sandbox.post(&attend, json!({})).await.status, 400);
}

#[tokio::test]
async fn a_breakdown_is_filtered_and_cut_into_pages() {
    let sandbox = TestSandbox::start().await;
    let (ann, bob) = (
        contact(&sandbox, "ann@acme.com").await,
        contact(&sandbox, "bob@acme.com").await,
    );
    let (expo, dinner) = (seeded(&sandbox), seeded(&sandbox));
    for (event, vid, state, at) in [
        (&expo, ann, "REGISTERED", 1),
        (&expo, ann, "ATTENDED", 2),
        (&expo, bob, "CANCELLED", 3),
        (&dinner, bob, "ATTENDED", 4),
    ] {
        let path = format!("marketing-events/{event}/attendance");
        sandbox.admin(&path, json!({"vid": vid, "state": state, "at": at}));
    }
    let read = async |query: &str| {
        let path = format!("{BASE}/participations/{expo}/breakdown?{query}");
        sandbox.get(&path).await.body
    };
    let first = read("limit=2").await;
    assert_eq!(
        (&first["total"], &first["paging"]["next"]["after"]),
        (&json!(3), &json!("2"))
    );
    let entry = &first["results"][1];
    assert_eq!(
        entry["associations"]["contact"]["contactId"],
        ann.to_string()
    );
    assert_eq!(
        entry["properties"],
        json!({"occurredAt": 2, "attendanceState": "ATTENDED"})
    );
    let rest = read("limit=2&after=2").await;
    assert_eq!(
        (
            rest["results"].as_array().unwrap().len(),
            rest.get("paging")
        ),
        (1, None)
    );
    assert_eq!(read("contactIdentifier=ann@acme.com").await["total"], 2);
    let both = format!("contactIdentifier={ann}&state=ATTENDED");
    assert_eq!(read(&both).await["total"], 1);
    assert_eq!(read("limit=101").await["category"], "VALIDATION_ERROR");
    let of_bob = format!("{BASE}/participations/contacts/{bob}/breakdown");
    assert_eq!(sandbox.get(&of_bob).await.body["total"], 2);
    let nobody = format!("{BASE}/participations/contacts/5/breakdown");
    assert_eq!(sandbox.get(&nobody).await.status, 404);
}

#[tokio::test]
async fn a_test_chooses_how_states_are_spelled() {
    let sandbox = TestSandbox::start().await;
    let (ann, event) = (contact(&sandbox, "ann@acme.com").await, seeded(&sandbox));
    for (takes, word, label) in [
        ("attend", 200, 400),
        ("ATTENDED", 400, 200),
        ("both", 200, 200),
    ] {
        sandbox.admin("marketing-events/spelling", json!({ "takes": takes }));
        for (spelled, status) in [("cancel", word), ("CANCELLED", label)] {
            let path = format!("{BASE}/{event}/attendance/{spelled}/create");
            let answer = sandbox.post(&path, inputs(&[(ann, 1)])).await;
            assert_eq!(answer.status, status, "{takes}: {spelled}");
        }
    }
}
