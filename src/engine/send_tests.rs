use serde_json::json;

use super::*;
use crate::domain::category::Category;
use crate::engine::apart::take_apart;
use crate::vendors::{Change, Guilty};

fn row(index: usize, email: &str) -> Sendable {
    Sendable {
        index,
        row: Row {
            trace: format!("t{index}"),
            change: Change::Create {
                values: [("email".to_owned(), json!(email))].into(),
            },
            links: Vec::new(),
            despite_duplicates: false,
            is_no_news: false,
        },
        subject: Subject::company("n:test"),
        parent: None,
    }
}

fn rows(n: usize) -> Vec<Sendable> {
    (0..n)
        .map(|index| row(index, &format!("p{index}@acme.com")))
        .collect()
}

fn failure() -> Failure {
    Failure::new(Category::DataFormatValidation, "no")
}

#[test]
fn rows_are_cut_by_count_and_by_size() {
    let batching = Batching {
        rows: 100,
        bytes: 1_000_000,
        repeatable: false,
        parent: None,
        bulk: None,
    };
    assert_eq!(
        cut(rows(250), &batching)
            .iter()
            .map(Vec::len)
            .collect::<Vec<_>>(),
        [100, 100, 50]
    );
    let small = Batching {
        rows: 100,
        bytes: 900,
        repeatable: false,
        parent: None,
        bulk: None,
    };
    assert!(cut(rows(10), &small).iter().all(|batch| batch.len() <= 3));
}

#[test]
fn the_row_whose_value_is_named_is_lost_and_the_rest_goes_again() {
    let guilty = [Guilty::Value {
        field: Some("email".into()),
        value: "P7@acme.com".into(),
        failure: failure(),
    }];
    let split = take_apart(rows(100), &failure(), &guilty);
    assert_eq!(split.failed.len(), 1);
    assert_eq!(split.failed[0].0.index, 7);
    assert_eq!(split.again.iter().map(Vec::len).collect::<Vec<_>>(), [99]);
}

#[test]
fn a_field_wrong_for_all_fails_the_batch_at_once() {
    let guilty = [Guilty::Field {
        field: "email".into(),
        failure: failure(),
    }];
    let split = take_apart(rows(100), &failure(), &guilty);
    assert_eq!(split.failed.len(), 100);
    assert!(split.again.is_empty());
}

#[test]
fn only_an_answer_that_names_nothing_is_halved() {
    let split = take_apart(rows(100), &failure(), &[]);
    assert!(split.failed.is_empty());
    assert_eq!(
        split.again.iter().map(Vec::len).collect::<Vec<_>>(),
        [50, 50]
    );
    assert_eq!(take_apart(rows(1), &failure(), &[]).failed.len(), 1);
}

/// decisions.md 17: at most 2·k·(⌈log2(n/k)⌉+1) calls where the vendor names nothing.
#[test]
fn halving_stays_within_its_bound() {
    for bad in [vec![3], vec![0, 50, 99], vec![10, 11, 12]] {
        let (mut calls, mut todo, mut failed) = (0_usize, vec![rows(100)], 0_usize);
        while let Some(batch) = todo.pop() {
            calls += 1;
            if batch.iter().any(|row| bad.contains(&row.index)) {
                let split = take_apart(batch, &failure(), &[]);
                failed += split.failed.len();
                todo.extend(split.again);
            }
        }
        let k = bad.len();
        let log = (1..).find(|power| k << power >= 100).unwrap_or(7);
        assert_eq!(failed, k);
        assert!(
            calls - 1 <= 2 * k * (log + 1),
            "{calls} calls for {k} bad rows"
        );
    }
}
