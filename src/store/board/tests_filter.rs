#![allow(clippy::unwrap_used)]
use super::super::fixtures::*;
use super::tests::{board, failures, reasons, show};
use super::*;
use crate::domain::board::{BoardState, View};
use crate::domain::category::Category;

#[test]
fn the_ids_of_the_last_board_of_a_scope_are_remembered_until_the_next() {
    let mut show = show();
    failures(&show);
    let filter = BoardFilter::default();
    let shown = board(&show.store, &show.crm, &filter);
    show.store
        .remember_board(show.crm.id, &filter, &shown, now())
        .unwrap();
    let recall = |store: &Store, filter: &BoardFilter, id: &str| {
        store.recall_cause(show.crm.id, filter, id).unwrap()
    };
    let cause = recall(&show.store, &filter, "1B").unwrap();
    assert_eq!(cause.keys, [shown.failed[0].causes[1].key.clone()]);
    assert_eq!(
        recall(&show.store, &filter, "2").unwrap().category,
        Category::NotEnoughData
    );
    assert_eq!(recall(&show.store, &filter, "7c"), None);
    let expo = BoardFilter {
        event: Some(show.expo),
        ..BoardFilter::default()
    };
    assert_eq!(recall(&show.store, &expo, "1a"), None, "another scope");
    let by_cause = BoardFilter {
        causes: cause.keys,
        ..BoardFilter::default()
    };
    let leads = board(&show.store, &show.crm, &by_cause).leads;
    assert_eq!(leads.len(), 1);
    assert_eq!(leads[0].name, "Di Oak");
    assert_eq!(leads[0].event.as_deref(), Some("Summit"), "its latest");
    assert_eq!(leads[0].events, ["Expo 2026", "Summit"]);
}

#[test]
fn since_takes_attempts_by_their_time_and_the_rest_by_capture() {
    let show = show();
    failures(&show);
    let hour = |hours: i64| micros(now()) + hours * 3_600_000_000;
    let account = account(&show.crm);
    // Attempted before, captured after: its attempt counts.
    set(
        &show.store,
        account,
        show.leads[2],
        &format!("attempted_at = {}", hour(-2)),
    );
    set(
        &show.store,
        account,
        show.leads[4],
        "state = 'waiting', category = '', cause = NULL, attempted_at = NULL",
    );
    show.store
        .connection
        .execute(
            "UPDATE leads SET captured_at = ?2 WHERE id = ?1",
            [show.leads[4].0, hour(-3)],
        )
        .unwrap();
    let since = Some("2026-11-17T08:30:00Z".parse().unwrap());
    let whole = board(
        &show.store,
        &show.crm,
        &BoardFilter {
            since,
            ..BoardFilter::default()
        },
    );
    let sum = whole.summary;
    assert_eq!(
        (
            sum.total,
            sum.failed,
            sum.cleared,
            sum.pre_sync,
            sum.ignored
        ),
        (4, 3, 0, 0, 1)
    );
    assert_eq!(whole.events.len(), 3);
    let filter = BoardFilter {
        since,
        event: Some(show.expo),
        view: View::Lead,
        ..BoardFilter::default()
    };
    let expo = board(&show.store, &show.crm, &filter);
    assert_eq!((expo.summary.total, expo.leads.len()), (3, 3));
    assert_eq!(expo.events[0].failed, 3);
}

#[test]
fn a_selection_bounds_the_list_and_not_the_counts() {
    let show = show();
    failures(&show);
    let names = |filter: BoardFilter| {
        let board = board(&show.store, &show.crm, &filter);
        assert_eq!(board.summary.total, 6);
        board
            .leads
            .into_iter()
            .map(|line| line.name)
            .collect::<Vec<_>>()
    };
    let search = |text: &str| BoardFilter {
        search: Some(text.into()),
        ..BoardFilter::default()
    };
    assert_eq!(names(search("a li")), ["Ana Li"]);
    assert_eq!(names(search("STONE")), ["Bo Stone"]);
    assert_eq!(names(search("MÜLLER")), ["Flo Müller"]);
    assert_eq!(names(search("ana.li@ac")), ["Ana Li"]);
    assert_eq!(names(search("%")), Vec::<String>::new(), "no wildcard");
    let state = |state| BoardFilter {
        state: Some(state),
        ..BoardFilter::default()
    };
    assert_eq!(names(state(BoardState::Ignored)), ["Flo Müller"]);
    assert_eq!(names(state(BoardState::Failed)).len(), 4);
    assert_eq!(
        names(BoardFilter {
            limit: Some(2),
            ..state(BoardState::Failed)
        })
        .len(),
        2
    );
    assert_eq!(
        names(BoardFilter {
            category: Some(Category::NotEnoughData),
            ..state(BoardState::Failed)
        }),
        ["Ed Fox"]
    );
    let one = BoardFilter {
        lead: Some(show.leads[3]),
        ..BoardFilter::default()
    };
    assert_eq!(names(one), ["Di Oak"]);
    let both = Selection {
        states: vec![BoardState::PreSync, BoardState::Failed],
        ..Selection::default()
    };
    assert_eq!(show.store.count_leads(&show.crm, &both).unwrap(), 4);
}

#[test]
fn the_document_has_the_keys_scripts_know() {
    let show = show();
    failures(&show);
    let filter = BoardFilter {
        view: View::Lead,
        ..BoardFilter::default()
    };
    let document = serde_json::to_value(board(&show.store, &show.crm, &filter)).unwrap();
    let has = |value: &serde_json::Value, keys: &[&str]| {
        for key in keys {
            assert!(value.get(key).is_some(), "{key} in {value}");
        }
    };
    has(
        &document,
        &[
            "integration",
            "account",
            "view",
            "filter",
            "summary",
            "pre_sync",
            "held",
            "failed",
            "events",
            "leads",
        ],
    );
    has(
        &document["filter"],
        &[
            "event", "state", "category", "search", "view", "since", "lead", "limit", "by",
        ],
    );
    has(
        &document["summary"],
        &[
            "total",
            "enriching",
            "pre_sync",
            "held",
            "failed",
            "failed_landed",
            "cleared",
            "ignored",
            "cleared_percent",
        ],
    );
    has(
        &document["failed"][0],
        &["category", "description", "count", "fix", "hint", "causes"],
    );
    has(
        &document["failed"][0]["causes"][0],
        &[
            "id",
            "key",
            "phase",
            "field",
            "value",
            "vendor_message",
            "count",
            "landed",
            "guess",
            "fix",
        ],
    );
    has(
        &document["events"][0],
        &["event", "pre_sync", "held", "failed", "cleared", "ignored"],
    );
    has(
        &document["leads"][0],
        &[
            "id", "name", "email", "event", "events", "state", "category", "landed", "ignored",
            "record", "run", "message",
        ],
    );
    assert_eq!(document["filter"]["by"], "cause");
    assert_eq!(document["failed"][0]["causes"][0]["phase"], "company");
}

#[test]
fn commands_name_the_connection_where_they_would_mean_another() {
    let mut show = show();
    show.store
        .disconnect(show.crm.id, &author(), now())
        .unwrap();
    let old = fresh(&show.store, &show.crm);
    let alone = board(&show.store, &old, &BoardFilter::default());
    assert_eq!(reasons(&alone), [("DISCONNECTED", 6)]);
    assert_eq!(
        alone.pre_sync[0].hint.as_deref(),
        Some("mobly-sync connect crm")
    );
    failures(&show);
    connect(&mut show.store, "other", "1");
    let named = board(&show.store, &old, &BoardFilter::default());
    let fix = named.failed[1].causes[0].fix.clone().unwrap();
    assert!(fix.starts_with("mobly-sync lead edit"), "{fix}");
    let fix = named.failed[0].causes[0].fix.clone().unwrap();
    assert!(fix.ends_with("-i crm"), "{fix}");
}
