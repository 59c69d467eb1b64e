#![allow(clippy::unwrap_used)]
use super::super::fixtures::*;
use super::*;

fn push(store: &mut Store) -> RunId {
    let crm = store.integration("crm").unwrap().unwrap();
    let run = NewRun {
        integration: Some(crm.id),
        account: Some(account(&crm)),
        command: "sync".into(),
        trigger: "auto".into(),
        event: None,
        person: Some("ann".into()),
    };
    store.begin_run(&run, now()).unwrap()
}

#[test]
fn a_run_without_an_end_is_running_or_crashed_by_its_claims() {
    let mut store = Store::in_memory().unwrap();
    crm(&mut store);
    let (dead, alive) = (push(&mut store), push(&mut store));
    let done = push(&mut store);
    let end = RunEnd {
        outcome: RunOutcome::Stopped,
        stop_reason: Some(StopReason::Budget),
        requests: 12,
        counts: json!({ "pushed": 3 }),
    };
    store.finish_run(done, &end, now()).unwrap();
    let filter = RunFilter {
        triggers: &["auto", "manual"],
        ..RunFilter::default()
    };
    let runs = store.runs(Some(10), &filter, &|run| run == alive).unwrap();
    let outcomes: Vec<_> = runs
        .iter()
        .map(|entry| (entry.run, entry.outcome))
        .collect();
    assert_eq!(
        outcomes,
        [
            (done, Some(RunOutcome::Stopped)),
            (alive, None),
            (dead, Some(RunOutcome::Crashed))
        ]
    );
    let document = serde_json::to_value(&runs[0]).unwrap();
    for key in [
        "run",
        "command",
        "by",
        "started",
        "finished",
        "integration",
        "account",
        "event",
        "counts",
        "undone_by",
    ] {
        assert!(document.get(key).is_some(), "{key}");
    }
    assert_eq!(document["stopped"], "budget");
    assert_eq!(document["account"], "4412345");
    assert_eq!(document["counts"]["pushed"], 3);
}

#[test]
fn history_tells_what_was_filled_overwritten_and_created_by_field() {
    let mut store = Store::in_memory().unwrap();
    let account = account(&crm(&mut store));
    let (run, undo) = (push(&mut store), push(&mut store));
    let change = |id: &str, kind: &str, before: Option<&str>, after: &str| {
        store
            .connection
            .execute(
                "INSERT INTO record_changes (run_id, account_id, object, remote_id, kind, before, after, at, undone_by) VALUES (?1, ?2, 'contact', ?3, ?4, ?5, ?6, 1, ?7)",
                params![run.0, account.0, id, kind, before, after, undo.0],
            )
            .unwrap();
    };
    change("1", "created", None, r#"{"phone":"1","email":"a@b.co"}"#);
    change(
        "2",
        "updated",
        Some(r#"{"phone":"","email":"x@b.co"}"#),
        r#"{"phone":"2","email":"b@b.co"}"#,
    );
    change("3", "updated", Some(r#"{"phone":"3"}"#), r#"{"phone":"3"}"#);
    change("3", "linked", None, r#"{"company":"9"}"#);
    let details = store.run(run, &|_| true).unwrap().unwrap();
    let written = |created, filled, overwritten| WrittenField {
        created,
        filled,
        overwritten,
    };
    assert_eq!(details.fields["contact.phone"], written(1, 1, 0));
    assert_eq!(details.fields["contact.email"], written(1, 0, 1));
    assert_eq!(
        (details.records["updated"], details.records["linked"]),
        (2, 1)
    );
    assert_eq!(details.entry.undone_by, Some(undo));
    assert_eq!(store.run(RunId(999), &|_| true).unwrap(), None);
}

#[test]
fn a_change_that_fails_leaves_no_run_and_no_change() {
    let mut store = Store::in_memory().unwrap();
    crm(&mut store);
    let before = store
        .runs(None, &RunFilter::default(), &|_| true)
        .unwrap()
        .len();
    let result: Result<((), _), _> = store.change_setup(None, &author(), now(), |transaction| {
        transaction.execute("DELETE FROM mappings", [])?;
        Err(StoreError::Missing { what: "it".into() })
    });
    assert!(result.is_err());
    assert_eq!(
        store
            .runs(None, &RunFilter::default(), &|_| true)
            .unwrap()
            .len(),
        before
    );
    assert!(store.integration("crm").unwrap().unwrap().mapped);
}
