#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use rusqlite::params_from_iter;

use super::expression::{Place, condition};
use super::lead_list::{Issue, LeadFilter};
use super::test_support::{account, qualifier, row, settle};
use super::*;
use crate::domain::board::BoardState;
use crate::domain::category::Category;
use crate::domain::expression::{Candidate, Expression};
use crate::domain::ids::{AccountId, EventId, LeadId};
use crate::domain::lead::Readiness;

const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
const VALUES: &[&str] = &[
    "Ann",
    "ann ",
    "ÄRZTE",
    "12",
    "1,200",
    "-3",
    "2026-11-17",
    "O'Brien \"x\"",
    "%",
    "_",
];
const FIELDS: &[&str] = &[
    "firstName",
    "companyName",
    "jobTitle",
    "Badge Color",
    "Odd \"x\\",
];

fn events(store: &mut Store) -> Vec<EventId> {
    ["Expo 2026", "Summit"]
        .into_iter()
        .map(|name| {
            let new = super::events::NewEvent {
                name: name.into(),
                ..Default::default()
            };
            match store.add_event(&new, NOW).unwrap() {
                super::events::EventAdded::Added(event) => event.id,
                other => panic!("{other:?}"),
            }
        })
        .collect()
}

/// What the file says of a lead beside its row.
fn place(
    store: &Store,
    account: AccountId,
    lead: LeadId,
    readiness: Readiness,
) -> (BoardState, Option<Category>) {
    let (state, ignored) = super::test_support::state(store, account, lead);
    let state = match (state.as_str(), ignored) {
        ("waiting", _) if readiness == Readiness::Enriching => BoardState::Enriching,
        ("waiting", _) => BoardState::PreSync,
        ("held", _) => BoardState::Held,
        ("failed", false) => BoardState::Failed,
        ("failed", true) => BoardState::Ignored,
        _ => BoardState::Cleared,
    };
    let failed = matches!(state, BoardState::Failed | BoardState::Ignored);
    (state, failed.then_some(Category::Unexpected))
}

/// One comparison, from three numbers.
fn comparison((kind, which, value): (u8, usize, usize)) -> String {
    let text = VALUES[value % VALUES.len()].replace('\'', "''");
    let field = format!("\"{}\"", FIELDS[which % FIELDS.len()].replace('"', "\"\""));
    let sign = ["<", "<=", ">", ">=", "="][which % 5];
    match kind % 14 {
        0 => format!("{field} = '{text}'"),
        1 => format!("{field} != '{text}'"),
        2 => format!("{field} ~ '{text}'"),
        3 => format!("{field} is empty"),
        4 => format!("{field} not in ('{text}', '', zzz)"),
        5 => format!("{field} {sign} 12"),
        6 => format!("{field} {sign} 2026-11-17"),
        7 => format!("event {} Summit", ["=", "!="][which % 2]),
        8 => format!(
            "state in ({})",
            ["failed, ignored", "pre-sync", "held", "cleared"][value % 4]
        ),
        9 => format!("category is {}empty", ["", "not "][which % 2]),
        10 => format!("scans {sign} {}", value % 4),
        11 => format!(
            "qualifier:Interest {} '{text}'",
            ["=", "!=", "~"][which % 3]
        ),
        12 => format!("email {} 'P{value}@firm.example'", ["=", "!="][which % 2]),
        _ => format!("capturedAt {sign} 2026-11-1{}", 6 + value % 3),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever is asked of whatever leads: SQL and the evaluation of one lead agree.
    #[test]
    fn sql_and_evaluation_agree(
        leads in proptest::collection::vec((0_usize..40, 0_usize..40, 0_usize..6, 0_u8..6), 4..12),
        asked in proptest::collection::vec((0_u8..14, 0_usize..10, 0_usize..10), 1..5),
        shape in 0_u8..8,
    ) {
        let mut store = Store::in_memory().unwrap();
        let account = account(&store, "crm");
        let events = events(&mut store);
        qualifier(&store, "Interest", true, &["Ann", "12"]);
        let columns = store.qualifier_columns().unwrap();
        for (number, (first, second, more, state)) in leads.iter().enumerate() {
            let email = format!("p{number}@firm.example");
            let last = format!("L{number}");
            let mut fields = vec![("lastName", last.as_str())];
            if more % 2 == 0 {
                fields.push(("email", email.as_str()));
            }
            for (pick, offset) in [(first, 0), (second, 1)] {
                let key = FIELDS[(pick + offset) % FIELDS.len()];
                if !fields.iter().any(|(known, _)| *known == key) {
                    fields.push((key, VALUES[pick % VALUES.len()].trim()));
                }
            }
            let mut given = row(events.get(more % 3).copied(), &fields);
            given.scans = u32::try_from(more % 4).ok();
            if more % 3 != 0 {
                given.answers = vec![(&columns[0], VALUES[first % VALUES.len()].trim())];
            }
            let at = format!("2026-11-1{}T0{}:00:00Z", 5 + more % 4, more);
            given.met = Some(Met { at: at.parse().unwrap(), said: &at });
            let lead = store.add_lead(&given, NOW).unwrap().lead;
            match state {
                0 => settle(&mut store, account, lead, "failed", false),
                1 => settle(&mut store, account, lead, "failed", true),
                2 => settle(&mut store, account, lead, "cleared", false),
                3 => settle(&mut store, account, lead, "held", false),
                _ => {}
            }
        }
        let parts: Vec<String> = asked.into_iter().map(comparison).collect();
        let joined = parts.join(if shape % 2 == 0 { " and " } else { " or " });
        let text = match shape / 2 {
            0 => joined,
            1 => format!("not ({joined})"),
            2 => format!("{} or not ({joined}) and {}", parts[0], parts[parts.len() - 1]),
            _ => format!("not {joined}"),
        };
        let mut vocabulary = store.vocabulary(TimeZone::UTC, true).unwrap();
        vocabulary.custom_fields.extend(FIELDS.iter().map(|name| (*name).to_owned()));
        let expression = Expression::parse(&text, &vocabulary)
            .unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let all = store.listed_leads(&LeadFilter::default()).unwrap();
        let expected: Vec<LeadId> = store
            .load_leads(&all)
            .unwrap()
            .iter()
            .filter(|lead| {
                let (state, category) = place(&store, account, lead.id, lead.readiness);
                expression.holds(&Candidate { lead, source: "local", state: Some(state), category })
            })
            .map(|lead| lead.id)
            .collect();
        let filter = LeadFilter {
            matching: Some(expression.clone()),
            place: Some(account),
            ..LeadFilter::default()
        };
        prop_assert_eq!(store.listed_leads(&filter).unwrap(), expected.clone(), "{}", text);
        // The same where the queue is what is looked through.
        let selection = Selection { matching: Some(expression), ..Selection::default() };
        let within = selection.condition();
        let mut on_board: Vec<LeadId> = store
            .connection
            .prepare(&format!(
                "SELECT r.lead_id FROM sync_records r{} JOIN leads l ON l.id = r.lead_id WHERE r.account_id = {account}{}",
                within.index, within.sql
            ))
            .unwrap()
            .query_map(params_from_iter(within.parameters), |row| row.get(0).map(LeadId))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        on_board.sort();
        prop_assert_eq!(on_board, expected, "{}", text);
    }
}

#[test]
fn an_address_is_found_by_its_index_and_nothing_typed_is_part_of_a_statement() {
    let mut store = Store::in_memory().unwrap();
    store
        .add_lead(
            &row(None, &[("email", "ann@firm.example"), ("It's", "x")]),
            NOW,
        )
        .unwrap();
    let vocabulary = store.vocabulary(TimeZone::UTC, false).unwrap();
    let sql = |text: &str| {
        let expression = Expression::parse(text, &vocabulary).unwrap();
        condition(&expression, Place::Nowhere)
    };
    let by_address = sql("email in (Ann@firm.example, bo@firm.example) and jobTitle is empty");
    let plan: Vec<String> = store
        .connection
        .prepare(&format!(
            "EXPLAIN QUERY PLAN SELECT l.id FROM leads l WHERE l.id > 0 AND l.erased_at IS NULL AND {} ORDER BY l.id LIMIT 1000",
            by_address.text
        ))
        .unwrap()
        .query_map(params_from_iter(by_address.parameters), |row| row.get(3))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(
        plan.iter().any(|line| line.contains("leads_email")),
        "{plan:?}"
    );
    let odd = sql("\"It's\" = \"'); DROP TABLE leads; --\" or firstName ~ '%_'");
    assert!(
        !odd.text.contains("DROP") && !odd.text.contains("It's"),
        "{}",
        odd.text
    );
    assert_eq!(odd.parameters.len(), 3);
}

#[test]
fn twins_are_those_with_one_address_or_one_name_where_an_address_is_missing() {
    let mut store = Store::in_memory().unwrap();
    let add = |store: &mut Store, fields: &[(&str, &str)]| {
        store.add_lead(&row(None, fields), NOW).unwrap().lead
    };
    let acme = |email| {
        [
            ("firstName", "Ann"),
            ("lastName", "Lee"),
            ("companyName", "Acme Inc"),
            ("email", email),
        ]
    };
    let bare = add(&mut store, &acme("a@acme.example")[..3]);
    let full = add(
        &mut store,
        &[("firstName", "X"), ("email", "a@acme.example")],
    );
    let twice = LeadFilter {
        issues: vec![Issue::Twice],
        ..LeadFilter::default()
    };
    assert_eq!(store.listed_leads(&twice).unwrap(), []);
    let edit = LeadEdit {
        fields: [
            ("firstName", "ann"),
            ("lastName", "LEE"),
            ("companyName", "ACME, Inc."),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into(),
        ..LeadEdit::default()
    };
    store.edit_leads(&[full], &edit, false, NOW).unwrap();
    assert_eq!(store.listed_leads(&twice).unwrap(), [bare, full]);
    // Two with an address each are two persons of one name.
    let edit = LeadEdit {
        fields: [("email".to_owned(), "other@acme.example".to_owned())].into(),
        ..LeadEdit::default()
    };
    store.edit_leads(&[bare], &edit, false, NOW).unwrap();
    assert_eq!(store.listed_leads(&twice).unwrap(), []);
}

#[test]
fn a_required_qualifier_is_missed_only_where_it_is_asked() {
    let mut store = Store::in_memory().unwrap();
    let events = events(&mut store);
    let required = qualifier(&store, "Budget", false, &["High"]);
    let free = qualifier(&store, "Interest", false, &["Demo"]);
    store
        .connection
        .execute_batch(&format!(
            "UPDATE qualifiers SET required = 1, all_events = 0 WHERE id = {required};
             INSERT INTO qualifier_events VALUES ({required}, {});
             UPDATE qualifiers SET all_events = 0 WHERE id = {free};
             INSERT INTO qualifier_events SELECT {free}, id FROM events;",
            events[0]
        ))
        .unwrap();
    let columns = store.qualifier_columns().unwrap();
    let mut add = |event, email, answered: &[usize]| {
        let mut given = row(event, &[]);
        given.fields = vec![("email", std::borrow::Cow::Borrowed(email))];
        given.answers = answered
            .iter()
            .map(|index| (&columns[*index], "Demo"))
            .collect();
        store.add_lead(&given, NOW).unwrap().lead
    };
    let lacks = add(Some(events[0]), "a@x.example", &[1]);
    add(Some(events[0]), "b@x.example", &[0]);
    add(Some(events[1]), "c@x.example", &[1]);
    let none = add(Some(events[1]), "d@x.example", &[]);
    add(None, "e@x.example", &[]);
    let filter = LeadFilter {
        issues: vec![Issue::NoQualifier],
        ..LeadFilter::default()
    };
    assert_eq!(store.listed_leads(&filter).unwrap(), [lacks, none]);
}
