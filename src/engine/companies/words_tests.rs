#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::category::Category;
use crate::domain::mapping::{OnInvalid, WriteBehaviour};

fn word(remote: &str, text: &str) -> Outgoing {
    Outgoing {
        remote: remote.to_owned(),
        ours: remote.to_owned(),
        parts: vec![text.to_owned()],
        write: WriteBehaviour::IfBlank,
        truncate: false,
        on_invalid: OnInvalid::Fail,
        fallback_owner: None,
    }
}

fn demand(words: &[(&str, &str)]) -> Demand {
    Demand {
        key: "d:firm.example".to_owned(),
        name: Some("Firm".to_owned()),
        domain: Some("firm.example".to_owned()),
        domain_told: true,
        mapped: words
            .iter()
            .map(|(remote, text)| word(remote, text))
            .collect(),
        is_news: true,
        said: Said::default(),
        older: Vec::new(),
    }
}

/// What is said, as `field=text`.
fn words(demand: &Demand) -> Vec<String> {
    let words = demand.mapped.iter();
    words
        .map(|word| format!("{}={}", word.remote, word.parts.join("; ")))
        .collect()
}

fn merged(all: &[&[(&str, &str)]]) -> Demand {
    let mut demands = BTreeMap::new();
    for words in all {
        merge_demand(&mut demands, demand(words));
    }
    demands.into_values().next().unwrap()
}

fn refused(remote: &str) -> Failure {
    Failure::new(Category::DataValueValidation, "no").on_field(remote)
}

#[test]
fn the_newest_word_counts_and_a_refused_one_gives_way_to_the_one_before() {
    let mut all = merged(&[
        &[("city", "Rome"), ("size", "9")],
        &[("city", "Oslo")],
        &[("city", "Paris")],
    ]);
    assert_eq!(words(&all), ["city=Paris", "size=9"]);
    assert!(all.give_way(&[refused("city")], Phase::Prepare));
    assert_eq!(words(&all), ["city=Oslo", "size=9"]);
    assert!(all.give_way(&[refused("city")], Phase::Prepare));
    assert!(all.give_way(&[refused("city")], Phase::Prepare));
    assert_eq!(words(&all), ["size=9"], "nobody said another");
    assert!(!all.give_way(&[refused("name")], Phase::Prepare));
    let said = all.all_said();
    assert_eq!(said.flaws().len(), 3);
    let flaws = |text| said.flaws_of(&[word("city", text)]).count();
    assert_eq!((flaws("Oslo"), flaws("Bonn")), (1, 0));
}

#[test]
fn later_leads_say_only_what_nobody_has_said() {
    let mut first = demand(&[("city", "Paris"), ("size", "many")]);
    assert!(first.give_way(&[refused("size")], Phase::Prepare));
    let said = first.all_said();
    let rest = |words| demand(words).unsaid(&said);
    assert!(rest(&[("city", "Rome"), ("size", "many")]).is_none());
    let more = rest(&[("city", "Rome"), ("zip", "1")]).unwrap();
    assert_eq!(words(&more), ["zip=1"]);
    let better = rest(&[("size", "9")]).unwrap();
    assert_eq!(words(&better), ["size=9"], "another word for a refused one");
    let all = better.all_said();
    assert!(
        demand(&[("city", "Rome"), ("size", "8")])
            .unsaid(&all)
            .is_none()
    );
    assert_eq!(all.flaws().len(), 1, "what was refused is remembered");
}

#[test]
fn an_older_word_stands_in_where_the_newer_was_refused_before() {
    let mut first = demand(&[("size", "many")]);
    assert!(first.give_way(&[refused("size")], Phase::Prepare));
    let said = first.all_said();
    let rest = merged(&[&[("size", "9")], &[("size", "many")]]).unsaid(&said);
    assert_eq!(words(&rest.unwrap()), ["size=9"]);
}

#[test]
fn a_word_left_out_by_its_row_makes_room_for_an_older_one() {
    let mut all = merged(&[&[("size", "9")], &[("size", "many"), ("zip", "?")]]);
    let dropped = ["size".to_owned(), "zip".to_owned()];
    assert!(all.leave_out(&dropped));
    assert_eq!(words(&all), ["size=9", "zip=?"]);
    let said = all.all_said();
    let rest = |words| demand(words).unsaid(&said);
    assert!(rest(&[("size", "8"), ("zip", "?")]).is_none());
    assert_eq!(words(&rest(&[("zip", "10115")]).unwrap()), ["zip=10115"]);
}

#[test]
fn another_word_for_a_refused_one_is_another_try() {
    let mut first = demand(&[("size", "many")]);
    assert!(first.give_way(&[refused("size")], Phase::Prepare));
    let again = |words| demand(words).another_try(&first.said);
    assert!(again(&[("size", "many")]).is_none());
    assert!(again(&[("city", "Rome")]).is_none());
    assert!(again(&[("size", "9"), ("city", "Rome")]).is_some());
}
