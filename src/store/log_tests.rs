#![allow(clippy::unwrap_used)]
use super::super::fixtures::*;
use super::*;
use crate::domain::category::Category;

#[test]
fn the_log_tells_attempts_with_their_steps_and_what_was_sent() {
    let mut store = Store::in_memory().unwrap();
    let account = account(&crm(&mut store));
    let expo = event(&store, "Expo");
    let lead = lead(&store, "Ana", "Li", &[expo]);
    for (id, status, category) in [(1, "failed", Some("DATA_TOO_LONG")), (2, "cleared", None)] {
        store
            .connection
            .execute(
                "INSERT INTO attempts (id, account_id, lead_id, run_id, event_id, trigger, started_at, finished_at, status, category, message, lead_revision, integration_revision)
                 VALUES (?1, ?2, ?3, 1, ?4, 'retry-lead', 1, 2, ?5, ?6, 'told', 1, 1)",
                params![id, account.0, lead.0, expo.0, status, category],
            )
            .unwrap();
    }
    store
        .connection
        .execute_batch(
            r#"INSERT INTO attempt_phases (attempt_id, seq, name, action, object, ok, request, response, note) VALUES
               (2, 2, 'person', 'create', 'contact', 1, '{"method":"POST","url":"https://x/y","body":{"a":1}}', '{"status":201,"body":null}', NULL),
               (2, 1, 'prepare', NULL, NULL, 1, NULL, NULL, 'dropped'),
               (1, 1, 'prepare', NULL, NULL, 0, NULL, NULL, NULL)"#,
        )
        .unwrap();
    let all = store.attempts(account, lead, true).unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].category, Some(Category::DataTooLong));
    let latest = store.attempts(account, lead, false).unwrap();
    assert_eq!(latest, all[..1], "the current issue is the latest attempt");
    let document = serde_json::to_value(&latest[0]).unwrap();
    assert_eq!(document["status"], "cleared");
    assert_eq!(document["event"], "Expo");
    assert_eq!(document["phases"][0]["name"], "prepare");
    assert_eq!(document["phases"][0]["request"], serde_json::Value::Null);
    assert_eq!(document["phases"][1]["request"]["method"], "POST");
    assert_eq!(document["phases"][1]["response"]["status"], 201);
}
