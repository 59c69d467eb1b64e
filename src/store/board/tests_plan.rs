//! The board's statements on a large file: by what SQLite means to do, not by the clock.
#![allow(clippy::unwrap_used)]
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::super::check::recount;
use super::super::fixtures::*;
use super::causes::causes_sql;
use super::tally::{Scope, enriching_sql, event_held_sql, slots_sql};
use super::*;
use crate::domain::board::BoardState;
use crate::domain::category::Category;

const LEADS: i64 = 200_000;

/// 200,000 leads at two events; every tenth failed for one of a hundred causes, every seventh cleared.
fn crowd() -> (Store, Integration) {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let account = account(&crm);
    let (expo, summit) = (event(&store, "Expo"), event(&store, "Summit"));
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)";
    store
        .connection
        .execute(
            &format!(
                "INSERT INTO leads (id, email, email_key, last_name, captured_at, created_at, updated_at, readiness)
                 {numbers} SELECT i, 'p' || i || '@acme.com', 'p' || i || '@acme.com', 'Person ' || i, i, i, i, iif(i % 5000 = 0, 'enriching', 'ready') FROM n"
            ),
            [LEADS],
        )
        .unwrap();
    store
        .connection
        .execute(
            "INSERT INTO event_leads (event_id, lead_id, joined_at) SELECT iif(id % 2, ?1, ?2), id, id FROM leads",
            [expo.0, summit.0],
        )
        .unwrap();
    store
        .connection
        .execute(
            "INSERT INTO sync_records (account_id, lead_id, state, category, cause, attempted_at, changed_at)
             SELECT ?1, id, CASE WHEN id % 10 = 0 THEN 'failed' WHEN id % 7 = 0 THEN 'cleared' ELSE 'waiting' END,
               iif(id % 10 = 0, 'DATA_VALUE_VALIDATION', ''), iif(id % 10 = 0, CAST('cause' || (id % 100) AS BLOB), NULL),
               iif(id % 10 = 0 OR id % 7 = 0, id, NULL), 1 FROM leads",
            [account.0],
        )
        .unwrap();
    recount(&store.connection, account).unwrap();
    (store, crm)
}

/// The steps SQLite takes, one a line.
fn plan(store: &Store, sql: &str, parameters: &[Value]) -> String {
    let mut statement = store
        .connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .unwrap();
    let steps = statement
        .query_map(params_from_iter(parameters), |row| row.get::<_, String>(3))
        .unwrap();
    steps.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

/// A step that goes through all leads or all records of an account.
fn walks(plan: &str) -> Option<&str> {
    plan.lines().find(|step| {
        *step == "SEARCH r USING PRIMARY KEY (account_id=?)"
            || ["r", "l", "sync_records", "leads"].iter().any(|table| {
                *step == format!("SCAN {table}") || step.starts_with(&format!("SCAN {table} "))
            })
    })
}

#[test]
fn no_statement_of_the_board_walks_the_records() {
    let (store, crm) = crowd();
    let account = account(&crm);
    let since = Some("2026-01-01T00:00:00Z".parse().unwrap());
    for (event, since) in [
        (None, None),
        (Some(EventId(1)), None),
        (None, since),
        (Some(EventId(1)), since),
    ] {
        let scope = Scope {
            account,
            event,
            since,
        };
        let (causes, enriching, held) = (
            causes_sql(scope),
            enriching_sql(scope),
            event_held_sql(scope, ""),
        );
        let check = |(sql, parameters): &(String, Vec<Value>), index: &str| {
            let plan = plan(&store, sql, parameters);
            assert_eq!(walks(&plan), None, "{sql}\n{plan}");
            assert!(plan.contains(index), "{index} for {sql}\n{plan}");
        };
        check(&causes, "INDEX sync_failed (account_id=?");
        check(&enriching, "INDEX leads_unready (readiness=?");
        check(&held, "SEARCH e USING");
        for slots in slots_sql(scope) {
            let index = match (event, since) {
                (_, None) => "board_counts",
                (None, Some(_)) => "INDEX sync_since (account_id=?",
                (Some(_), Some(_)) => "SEARCH e USING PRIMARY KEY (event_id=?",
            };
            check(&slots, index);
        }
        if event.is_none() && since.is_none() {
            let plan = plan(&store, &causes.0, &causes.1);
            assert!(plan.contains("COVERING INDEX sync_failed"), "{plan}");
        }
    }
}

#[test]
fn lists_find_their_leads_by_an_index_and_in_its_order() {
    let (store, crm) = crowd();
    let account = account(&crm);
    let by = |selection: Selection| {
        let condition = selection.condition();
        let parameters: Vec<Value> = std::iter::once(Value::Integer(account.0))
            .chain(condition.parameters)
            .collect();
        let sql = format!(
            "SELECT r.lead_id FROM sync_records r{} JOIN leads l ON l.id = r.lead_id WHERE r.account_id = ?1{} ORDER BY {} LIMIT 10",
            condition.index, condition.sql, condition.order
        );
        let plan = plan(&store, &sql, &parameters);
        assert_eq!(walks(&plan), None, "{sql}\n{plan}");
        plan
    };
    let address = by(Selection {
        search: Some("p77@acme.com".into()),
        ..Selection::default()
    });
    assert!(address.contains("leads_email"), "{address}");
    let group = by(Selection {
        category: Some(Category::DataValueValidation),
        ..Selection::default()
    });
    assert!(
        group.contains("INDEX sync_queue (account_id=? AND state=? AND category=?)")
            && !group.contains("TEMP B-TREE"),
        "{group}"
    );
    for state in BoardState::ALL {
        for event in [None, Some(EventId(1))] {
            let plan = by(Selection {
                states: vec![state],
                event,
                ..Selection::default()
            });
            assert!(event.is_some() || !plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
    let cause = by(Selection {
        causes: vec!["00".into()],
        ..Selection::default()
    });
    assert!(
        cause.contains("INDEX sync_queue (account_id=? AND state=?"),
        "{cause}"
    );
}

#[test]
fn a_large_board_adds_up() {
    let (store, crm) = crowd();
    let board = store.board(&crm, &BoardFilter::default()).unwrap();
    let sum = board.summary;
    assert_eq!(sum.total, 200_000);
    assert_eq!(sum.failed, 20_000);
    assert_eq!(board.failed[0].causes.len(), 10);
    assert_eq!(
        sum.total,
        sum.enriching + sum.pre_sync + sum.held + sum.failed + sum.cleared + sum.ignored
    );
    store.assert_counters();
}
