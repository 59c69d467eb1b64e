//! A person's name. Pipedrive tells its parts and takes it as a whole: v2 knows no body key but `name`.
//!
//! The parts are fields of ours: mapped and compared one by one, and put together before they are sent.

use serde_json::Value;

use super::api::text_of;
use crate::domain::company::fold;
use crate::domain::person::split_full_name;
use crate::vendors::{RemoteRecord, Values};

/// The whole.
pub(super) const NAME: &str = "name";
/// A part of it.
pub(super) const FIRST: &str = "first_name";
/// A part of it.
pub(super) const LAST: &str = "last_name";

/// Tells the parts of a record of which only the whole is told.
pub(super) fn complete(values: &mut Values) {
    let text = |values: &Values, name: &str| values.get(name).map(text_of).unwrap_or_default();
    if !text(values, FIRST).trim().is_empty() || !text(values, LAST).trim().is_empty() {
        return;
    }
    let (first, last) = split_full_name(&text(values, NAME));
    for (name, part) in [(FIRST, first), (LAST, last)] {
        if let Some(part) = part {
            values.insert(name.to_owned(), part.into());
        }
    }
}

/// Puts the whole beside its parts; nothing is left where the record has that name already. A name mapped by itself wins.
pub(super) fn compose(before: Option<&RemoteRecord>, values: &mut Values) {
    if !values.contains_key(FIRST) && !values.contains_key(LAST) {
        return;
    }
    if !values.contains_key(NAME) {
        let theirs = |name: &str| before.and_then(|record| record.values.get(name));
        // A name of one word is told as a first name, whichever part we sent it as: it is not added a second time.
        let misplaced = [(FIRST, LAST), (LAST, FIRST)]
            .into_iter()
            .find(|(part, other)| {
                !values.contains_key(*other)
                    && theirs(part).is_none_or(|part| text_of(part).trim().is_empty())
                    && theirs(NAME)
                        .is_some_and(|whole| holds_words(&text_of(whole), values.get(*part)))
            });
        if misplaced.is_some() {
            values.remove(FIRST);
            values.remove(LAST);
            return;
        }
        let part = |name: &str| {
            let part = values.get(name).or_else(|| theirs(name));
            part.map(text_of).unwrap_or_default().trim().to_owned()
        };
        let whole = joined(&part(FIRST), &part(LAST));
        if theirs(NAME).is_none_or(|name| text_of(name).trim() != whole) && !whole.is_empty() {
            values.insert(NAME.to_owned(), whole.into());
            return;
        }
    }
    values.remove(FIRST);
    values.remove(LAST);
}

/// Whether every word of a part is among those of a whole.
fn holds_words(whole: &str, part: Option<&Value>) -> bool {
    let whole = fold(whole);
    let part = fold(&part.map(text_of).unwrap_or_default());
    let mut words = part.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| whole.split_whitespace().any(|held| held == word))
}

/// What is sent for the parts of a row that nobody composed.
pub(super) fn joined(first: &str, last: &str) -> String {
    [first.trim(), last.trim()].join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::vendors::pipedrive::{PERSON, records::record};

    fn values(pairs: serde_json::Value) -> Values {
        serde_json::from_value(pairs).unwrap()
    }

    fn composed(before: Option<serde_json::Value>, sent: serde_json::Value) -> Values {
        let before = before.and_then(|value| record(PERSON, &value, None));
        let mut sent = values(sent);
        compose(before.as_ref(), &mut sent);
        sent
    }

    #[test]
    fn a_new_person_is_named_by_both_parts() {
        let sent = composed(None, json!({"first_name": "Ada", "last_name": "Lovelace"}));
        assert_eq!(sent["name"], "Ada Lovelace");
        assert_eq!(
            composed(None, json!({"last_name": "Lovelace"}))["name"],
            "Lovelace"
        );
        assert!(!composed(None, json!({"org_id": 1})).contains_key("name"));
    }

    #[test]
    fn one_part_is_changed_beside_the_other() {
        let before =
            json!({"id": 1, "name": "Ada Byron", "first_name": "Ada", "last_name": "Byron"});
        let sent = composed(Some(before.clone()), json!({"last_name": "Lovelace"}));
        assert_eq!(sent["name"], "Ada Lovelace");
        // However Pipedrive divides it, the whole is the same: nothing is sent, at no push.
        let same = composed(
            Some(before),
            json!({"first_name": "Ada Byron", "last_name": ""}),
        );
        assert!(same.is_empty(), "{same:?}");
    }

    #[test]
    fn a_name_of_one_word_is_not_doubled_where_it_is_told_as_the_other_part() {
        let before =
            json!({"id": 1, "name": "Lovelace", "first_name": "Lovelace", "last_name": null});
        let sent = |ours| composed(Some(before.clone()), ours);
        assert!(sent(json!({"last_name": "lovelace"})).is_empty());
        assert_eq!(
            sent(json!({"first_name": "Ada", "last_name": "Lovelace"}))["name"],
            "Ada Lovelace"
        );
        assert_eq!(sent(json!({"last_name": "King"}))["name"], "Lovelace King");
    }

    #[test]
    fn a_name_mapped_as_a_whole_wins() {
        let sent = composed(
            None,
            json!({"name": "Dr. Ada Lovelace", "first_name": "Ada"}),
        );
        assert_eq!(sent, values(json!({"name": "Dr. Ada Lovelace"})));
    }

    #[test]
    fn parts_that_are_not_told_are_read_from_the_whole() {
        let mut whole = values(json!({"name": "Ada King Lovelace", "first_name": null}));
        complete(&mut whole);
        assert_eq!(
            (&whole["first_name"], &whole["last_name"]),
            (&json!("Ada King"), &json!("Lovelace"))
        );
        let mut told = values(json!({"name": "Ada King Lovelace", "first_name": "Ada"}));
        complete(&mut told);
        assert!(!told.contains_key("last_name"));
    }
}
