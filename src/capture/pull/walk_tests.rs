#![allow(clippy::unwrap_used)]

use std::collections::{BTreeSet, HashSet};

use proptest::prelude::*;

use super::*;

const PAGE: usize = 5;

/// What happens to a list between two pages.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// Something new, at the end where new things are in this list.
    Add,
    /// What stands at this place is removed.
    Remove(usize),
}

/// A list that changes while it is read.
struct List {
    items: Vec<u32>,
    next: u32,
    newest_first: bool,
}

impl List {
    fn new(size: usize, newest_first: bool) -> Self {
        let size = u32::try_from(size).unwrap();
        Self {
            items: (0..size).collect(),
            next: size,
            newest_first,
        }
    }

    fn apply(&mut self, change: Change) {
        match change {
            Change::Add if self.newest_first => self.items.insert(0, self.next),
            Change::Add => self.items.push(self.next),
            Change::Remove(place) => {
                if !self.items.is_empty() {
                    let place = place % self.items.len();
                    self.items.remove(place);
                }
            }
        }
        self.next += u32::from(matches!(change, Change::Add));
    }

    fn page(&self, number: u32) -> Vec<String> {
        let from = usize::try_from(number).unwrap() * PAGE;
        self.items
            .iter()
            .skip(from)
            .take(PAGE)
            .map(u32::to_string)
            .collect()
    }
}

struct Walked {
    seen: HashSet<String>,
    complete: bool,
    requests: usize,
    /// What was there from beginning to end.
    lasting: BTreeSet<u32>,
    at_end: BTreeSet<u32>,
}

/// Walks a list; before each page the next change happens, if there is one.
fn walked(list: &mut List, changes: &[Option<Change>]) -> Walked {
    let mut walk = Walk::default();
    let mut seen = HashSet::new();
    let mut lasting: BTreeSet<u32> = list.items.iter().copied().collect();
    let mut requests = 0;
    loop {
        let number = match walk.next() {
            Next::Done { complete } => {
                return Walked {
                    seen,
                    complete,
                    requests,
                    lasting,
                    at_end: list.items.iter().copied().collect(),
                };
            }
            Next::Page(number) => number,
        };
        if let Some(Some(change)) = changes.get(requests) {
            list.apply(*change);
            lasting.retain(|item| list.items.contains(item));
        }
        requests += 1;
        assert!(requests < 2_000, "it never ends");
        let ids = list.page(number);
        walk.read(
            &ids,
            ids.len() as u64,
            Some(list.items.len() as u64),
            &mut seen,
        );
        // What is kept between two pages is all there is.
        walk = serde_json::from_str(&serde_json::to_string(&walk).unwrap()).unwrap();
    }
}

fn has_all(seen: &HashSet<String>, items: &BTreeSet<u32>) -> bool {
    items.iter().all(|item| seen.contains(&item.to_string()))
}

#[test]
fn a_list_that_holds_still_takes_a_request_a_page() {
    for (size, requests) in [(0, 1), (1, 1), (5, 1), (6, 2), (23, 5), (25, 5)] {
        let walk = walked(&mut List::new(size, true), &[]);
        assert_eq!(walk.requests, requests, "{size}");
        assert!(walk.complete && walk.seen.len() == size, "{size}");
    }
}

#[test]
fn what_slipped_over_a_border_that_was_read_is_fetched() {
    let mut list = List::new(20, false);
    // After the first page one of its items is removed: the sixth item is on it now.
    let changes = [None, Some(Change::Remove(2))];
    let walk = walked(&mut list, &changes);
    assert!(walk.complete);
    assert!(has_all(&walk.seen, &walk.lasting));
}

#[test]
fn what_is_captured_meanwhile_is_fetched_whichever_end_it_comes_to() {
    for newest_first in [true, false] {
        let mut list = List::new(20, newest_first);
        let changes = [None, Some(Change::Add), None, Some(Change::Add)];
        let walk = walked(&mut list, &changes);
        assert!(walk.complete, "{newest_first}");
        assert!(has_all(&walk.seen, &walk.at_end), "{newest_first}");
        assert!(walk.requests <= 9, "{newest_first}: {}", walk.requests);
    }
}

#[test]
fn a_list_that_never_holds_still_ends_and_says_so() {
    // Removed from the front and added at the end at each step: nothing proves that nothing was missed, but it ends.
    let changes: Vec<_> = (0..1_900)
        .map(|step| {
            Some(if step % 3 == 0 {
                Change::Remove(0)
            } else {
                Change::Add
            })
        })
        .collect();
    let walk = walked(&mut List::new(60, false), &changes);
    assert!(!walk.complete || has_all(&walk.seen, &walk.at_end));
}

#[test]
fn a_smaller_page_than_asked_for_and_a_wrong_total_hide_nothing() {
    let read = |pages: &[usize], total: Option<u64>| {
        let mut walk = Walk::default();
        let mut seen = HashSet::new();
        while let Next::Page(number) = walk.next() {
            let size = pages.get(number as usize).copied().unwrap_or(0);
            let ids: Vec<String> = (0..size).map(|at| format!("{number}-{at}")).collect();
            walk.read(&ids, size as u64, total, &mut seen);
        }
        seen.len()
    };
    assert_eq!(read(&[20, 20, 7], Some(47)), 47);
    assert_eq!(read(&[50, 50, 7], None), 107);
    assert_eq!(read(&[50, 50, 7], Some(60)), 107, "the total lags behind");
    assert_eq!(
        read(&[50, 3], Some(900)),
        53,
        "the total counts more than there is"
    );
}

#[test]
fn another_total_after_a_pause_is_noticed() {
    let mut walk = Walk::default();
    assert!(!walk.has_moved(Some(3)), "nothing was read yet");
    let ids: Vec<String> = (0..5).map(|id: u32| id.to_string()).collect();
    walk.read(&ids, 5, Some(12), &mut HashSet::new());
    assert!(walk.has_moved(Some(13)) && !walk.has_moved(Some(12)));
}

proptest! {
    /// One removal at a time never loses what lasted, wherever it strikes and whatever the order.
    #[test]
    fn removals_lose_nothing(
        size in 1_usize..60,
        newest_first in any::<bool>(),
        changes in proptest::collection::vec(proptest::option::weighted(0.2, (0_usize..60).prop_map(Change::Remove)), 0..40),
    ) {
        let walk = walked(&mut List::new(size, newest_first), &changes);
        prop_assert!(has_all(&walk.seen, &walk.lasting));
    }

    /// Whatever was captured meanwhile is there too, or the walk does not call itself complete.
    #[test]
    fn captures_lose_nothing(
        size in 0_usize..60,
        newest_first in any::<bool>(),
        changes in proptest::collection::vec(proptest::option::weighted(0.4, Just(Change::Add)), 0..60),
    ) {
        let walk = walked(&mut List::new(size, newest_first), &changes);
        prop_assert!(has_all(&walk.seen, &walk.lasting));
        // What came after the last look at its place is the next pull's.
        prop_assert!(!walk.complete || walk.seen.len() + 1 >= walk.at_end.len());
    }
}
