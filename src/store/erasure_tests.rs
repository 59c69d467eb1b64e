#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::activity::ActivityKind;
use crate::store::enrichments::{Answered, RuleChoice, StepOutcome};
use crate::store::fixtures::{account, author, crm, event, now, set};
use crate::store::test_support::{assert_counters, count};
use crate::store::{CaptureRow, Change, Channel};

/// No other text of the file.
const TRACE: &str = "zebedee";

fn capture(external: &'static str) -> CaptureRow<'static> {
    CaptureRow {
        channel: Channel::Mobly,
        external_id: Some(external),
        ..crate::store::test_support::row(
            None,
            &[
                ("email", "Zebedee.Quill@Zebedee.example"),
                ("firstName", "Zebedee"),
                ("lastName", "Quill"),
                ("notes", "zebedee likes tea"),
                ("companyName", "Zebedee Ltd"),
            ],
        )
    }
}

#[test]
fn nothing_of_the_person_is_left_in_the_file_but_the_counts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mobly.db");
    let mut store = Store::open(&path).unwrap();
    let account = account(&crm(&mut store));
    let expo = event(&store, "Expo");
    let row = CaptureRow {
        event: Some(expo),
        ..capture("zebedee-uuid")
    };
    let lead = store.add_lead(&row, now()).unwrap().lead;
    set(
        &store,
        account,
        lead,
        "state = 'failed', category = 'UNEXPECTED', message = 'zebedee.quill@zebedee.example is odd'",
    );
    let words = format!(
        "INSERT INTO runs (id, command, trigger, started_at, account_id) VALUES (90, 'reconcile --lead zebedee.quill@zebedee.example --retry', 'retry-lead', 0, {0});
         INSERT INTO causes VALUES ({0}, x'01', 'UNEXPECTED', 'person', 'contact', 'email', 'zebedee.quill@zebedee.example', 'zebedee.quill@zebedee.example is odd', NULL);
         INSERT INTO remote_links VALUES ({0}, {1}, 'contact', 'persona', '501', 1, 0);
         INSERT INTO record_changes VALUES (90, {0}, 'contact', '501', 'updated', '{{\"firstname\":\"Zebedee\"}}', '{{\"firstname\":\"zebedee\"}}', 0, NULL);
         INSERT INTO attempts (id, account_id, lead_id, run_id, trigger, started_at, status, message, lead_revision, integration_revision)
           VALUES (5, {0}, {1}, 90, 'auto', 0, 'failed', 'zebedee is odd', 1, 1);
         INSERT INTO attempt_phases VALUES (5, 0, 'person', 'create', 'contact', '501', 0, NULL, 'zebedee', 'zebedee', 'zebedee');
         INSERT INTO calls (id, run_id, account_id, phase, operation, object, repeatable, subjects, sent_at, answered_at)
           VALUES (7, 90, {0}, 'person', 'create', 'contact', 0, '[\"l:{1}\",\"l:9999\"]', 0, 1);
         INSERT INTO mirror_records VALUES ({0}, 'contact', '501', 0, 0, '{{\"email\":\"zebedee.quill@zebedee.example\"}}');
         INSERT INTO mirror_keys VALUES ({0}, 'contact', 'email', 'zebedee.quill@zebedee.example', '501');",
        account.0, lead.0
    );
    store.connection.execute_batch(&words).unwrap();
    let new = crate::store::activities::NewActivity {
        lead,
        kind: ActivityKind::Note,
        text: "zebedee called".into(),
        at: now(),
        author: None,
        source: Channel::Manual,
    };
    crate::store::activities::add_unless_known(&store.connection, &new, now()).unwrap();
    let done = store.erase_leads(&[lead], &author(), now()).unwrap();
    assert_eq!(
        (done.leads.as_slice(), done.clean),
        ([lead].as_slice(), true)
    );
    assert_counters(&store);
    for file in ["mobly.db", "mobly.db-wal"] {
        let bytes = std::fs::read(folder.path().join(file)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let at = text
            .find(TRACE)
            .map(|at| text.get(at.saturating_sub(60)..at + 40).map(str::to_owned));
        assert_eq!(at, None, "{file}");
    }
    // The counts stay: of the event, of the board, of the log.
    assert_eq!(count(&store, "SELECT count(*) FROM event_leads"), 1);
    assert_eq!(count(&store, "SELECT count(*) FROM attempts"), 1);
    assert_eq!(
        count(
            &store,
            "SELECT n FROM board_counts WHERE event_id = 0 AND state = 'held' AND detail = 'suppressed'"
        ),
        1
    );
    assert_eq!(
        count(
            &store,
            "SELECT count(*) FROM calls WHERE subjects = '[\"l:9999\"]'"
        ),
        1
    );
    // Neither the source nor a file brings the person back.
    let again = store.add_lead(&capture("zebedee-uuid"), now()).unwrap();
    assert_eq!((again.lead, again.change), (lead, Change::Unchanged));
    let mut by_file = capture("");
    by_file.external_id = None;
    by_file.channel = Channel::File;
    assert_eq!(
        store.add_lead(&by_file, now()).unwrap().change,
        Change::Unchanged
    );
    assert_eq!(count(&store, "SELECT count(*) FROM captures"), 0);
    assert_eq!(
        store.find_lead("zebedee.quill@zebedee.example").unwrap(),
        crate::store::Lookup::Unknown
    );
}

#[test]
fn a_reader_of_the_file_delays_only_the_overwriting() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("mobly.db")).unwrap();
    crm(&mut store);
    let lead = store
        .add_lead(&capture("zebedee-uuid"), now())
        .unwrap()
        .lead;
    let reader = store.reopen().unwrap();
    reader
        .connection
        .execute_batch("BEGIN; SELECT count(*) FROM leads;")
        .unwrap();
    store
        .connection
        .busy_timeout(std::time::Duration::from_millis(50))
        .unwrap();
    let done = store.erase_leads(&[lead], &author(), now()).unwrap();
    assert_eq!((done.leads.len(), done.clean), (1, false));
    reader.connection.execute_batch("COMMIT").unwrap();
    drop(reader);
    assert!(store.finish_erasure().unwrap());
}

#[test]
fn nothing_of_what_enrichment_knew_is_left() {
    let mut store = Store::in_memory().unwrap();
    let lead = store.add_lead(&capture("z-1"), now()).unwrap().lead;
    let answer = Answered {
        lead,
        fields: [("jobTitle".to_owned(), "Zebedee in chief".to_owned())].into(),
        outcome: StepOutcome::Found,
        note: Some("zebedee".into()),
        known: vec![1],
    };
    store
        .apply_answers("hunter", &[answer], &RuleChoice::None, now())
        .unwrap();
    let kept = [(vec![9], lead, "{\"found\":\"zebedee\"}".to_owned())];
    store.keep_enrichments("hunter", &kept, now()).unwrap();
    store.wait_for_enrichment(&[lead], now()).unwrap();
    store.erase_leads(&[lead], &author(), now()).unwrap();
    for table in [
        "field_origins",
        "enrichments",
        "enrichment_queue",
        "enrichment_cache",
    ] {
        assert_eq!(
            count(&store, &format!("SELECT count(*) FROM {table}")),
            0,
            "{table}"
        );
    }
    // An answer that comes after all is not kept.
    store.keep_enrichments("hunter", &kept, now()).unwrap();
    assert_eq!(count(&store, "SELECT count(*) FROM enrichment_cache"), 0);
}
