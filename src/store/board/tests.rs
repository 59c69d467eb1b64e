#![allow(clippy::unwrap_used)]
use super::super::fixtures::*;
use super::*;
use crate::domain::board::{BoardState, GroupBy};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::integration::Mode;
use crate::domain::lead::Role;
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind, RemoteOption};

pub(super) fn board(store: &Store, integration: &Integration, filter: &BoardFilter) -> Board {
    let board = store.board(integration, filter).unwrap();
    let sum = board.summary;
    assert_eq!(
        sum.total,
        sum.enriching + sum.pre_sync + sum.held + sum.failed + sum.cleared + sum.ignored,
        "the sum closes"
    );
    let of = |counts: Vec<u64>| counts.into_iter().sum::<u64>();
    assert_eq!(
        of(board.pre_sync.iter().map(|g| g.count).collect()),
        sum.pre_sync
    );
    assert_eq!(of(board.held.iter().map(|g| g.count).collect()), sum.held);
    assert_eq!(
        of(board.failed.iter().map(|g| g.count).collect()),
        sum.failed
    );
    if filter.by != GroupBy::Category {
        for group in &board.failed {
            assert_eq!(
                of(group.causes.iter().map(|c| c.count).collect()),
                group.count
            );
        }
    }
    store.assert_counters();
    board
}

pub(super) fn reasons(board: &Board) -> Vec<(&'static str, u64)> {
    board
        .pre_sync
        .iter()
        .map(|group| (group.reason.code(), group.count))
        .collect()
}

/// Two events and six leads: one of both events, one of none.
pub(super) struct Show {
    pub(super) store: Store,
    pub(super) crm: Integration,
    pub(super) expo: EventId,
    pub(super) summit: EventId,
    pub(super) leads: Vec<crate::domain::ids::LeadId>,
}

pub(super) fn show() -> Show {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let expo = event(&store, "Expo 2026");
    let summit = event(&store, "Summit");
    let leads = vec![
        lead(&store, "Ana", "Li", &[expo]),
        lead(&store, "Bo", "Stone", &[expo]),
        lead(&store, "Cy", "Young", &[expo]),
        lead(&store, "Di", "Oak", &[expo, summit]),
        lead(&store, "Ed", "Fox", &[summit]),
        lead(&store, "Flo", "Müller", &[]),
    ];
    seed(&mut store, account(&crm));
    Show {
        store,
        crm,
        expo,
        summit,
        leads,
    }
}

#[test]
fn an_event_counts_each_of_its_leads_and_a_line_without_event_the_rest() {
    let show = show();
    let board = board(&show.store, &show.crm, &BoardFilter::default());
    assert_eq!(board.summary.total, 6);
    let lines: Vec<_> = board
        .events
        .iter()
        .map(|line| (line.event.as_deref(), line.pre_sync))
        .collect();
    assert_eq!(
        lines,
        [(Some("Expo 2026"), 4), (Some("Summit"), 2), (None, 1)],
        "the lead of both events stands in both"
    );
}

#[test]
fn a_board_of_one_event_counts_only_its_leads_and_names_it_in_every_hint() {
    let mut show = show();
    show.store
        .set_mode(show.crm.id, Mode::Manual, &author(), now())
        .unwrap();
    let crm = fresh(&show.store, &show.crm);
    let filter = BoardFilter {
        event: Some(show.expo),
        ..BoardFilter::default()
    };
    let board = board(&show.store, &crm, &filter);
    assert_eq!(board.summary.total, 4);
    assert_eq!(reasons(&board), [("FROZEN", 4)]);
    assert_eq!(board.pre_sync[0].fix, Some(Fix::SyncMode));
    assert_eq!(
        board.pre_sync[0].hint.as_deref(),
        Some("mobly-sync sync-event \"Expo 2026\"")
    );
    assert_eq!(board.filter.event.as_deref(), Some("Expo 2026"));
    assert!(board.leads.is_empty(), "an event alone lists no leads");
}

#[test]
fn leads_wait_for_a_held_event_only_when_all_their_events_are_held() {
    let show = show();
    show.store
        .connection
        .execute("UPDATE events SET held_at = 1 WHERE id = ?1", [show.expo.0])
        .unwrap();
    let whole = board(&show.store, &show.crm, &BoardFilter::default());
    assert_eq!(reasons(&whole), [("EVENT_HELD", 3), ("QUEUED", 3)]);
    assert_eq!(
        whole.pre_sync[0].hint.as_deref(),
        Some("mobly-sync event release \"Expo 2026\"")
    );
    let summit = BoardFilter {
        event: Some(show.summit),
        ..BoardFilter::default()
    };
    assert_eq!(
        reasons(&board(&show.store, &show.crm, &summit)),
        [("QUEUED", 2)]
    );
}

#[test]
fn leads_being_filled_in_are_no_pre_sync_leads() {
    let show = show();
    show.store
        .connection
        .execute(
            "UPDATE leads SET readiness = 'enriching' WHERE id IN (?1, ?2)",
            [show.leads[0].0, show.leads[5].0],
        )
        .unwrap();
    // A lead that failed before it is filled in anew is Failed, not Enriching.
    let failure = Failure::new(Category::Unexpected, "boom");
    fail(
        &show.store,
        account(&show.crm),
        show.leads[0],
        Phase::Person,
        &failure,
        false,
    );
    let whole = board(&show.store, &show.crm, &BoardFilter::default());
    assert_eq!((whole.summary.enriching, whole.summary.pre_sync), (1, 4));
    let none = whole
        .events
        .iter()
        .find(|line| line.event.is_none())
        .unwrap();
    assert_eq!((none.enriching, none.pre_sync), (1, 0));
    let filter = BoardFilter {
        state: Some(BoardState::Enriching),
        ..BoardFilter::default()
    };
    let listed = board(&show.store, &show.crm, &filter).leads;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].state, BoardState::Enriching);
}

#[test]
fn stored_reasons_hold_whatever_the_connection_does() {
    let mut show = show();
    let account = account(&show.crm);
    set(
        &show.store,
        account,
        show.leads[0],
        "hold = 'before-connect'",
    );
    set(&show.store, account, show.leads[1], "hold = 'needs-data'");
    set(
        &show.store,
        account,
        show.leads[2],
        "state = 'held', hold = 'undone'",
    );
    let connected = board(&show.store, &show.crm, &BoardFilter::default());
    assert_eq!(
        reasons(&connected),
        [("BEFORE_CONNECT", 1), ("NEEDS_DATA", 1), ("QUEUED", 3)]
    );
    assert_eq!(connected.held[0].reason, "UNDONE");
    show.store
        .set_enabled(show.crm.id, false, &author(), now())
        .unwrap();
    let disabled = board(
        &show.store,
        &fresh(&show.store, &show.crm),
        &BoardFilter::default(),
    );
    assert_eq!(reasons(&disabled), [("BEFORE_CONNECT", 1), ("DISABLED", 4)]);
}

/// Two values of one field, one landed person among them, and an ignored lead.
pub(super) fn failures(show: &Show) {
    let account = account(&show.crm);
    for (lead, value, landed) in [
        (0, "Software", true),
        (1, "Software", true),
        (3, "Fin. Services", false),
    ] {
        let failure = unknown_industry(value);
        fail(
            &show.store,
            account,
            show.leads[lead],
            Phase::Company,
            &failure,
            landed,
        );
    }
    let failure = Failure::new(Category::NotEnoughData, "neither name nor e-mail");
    fail(
        &show.store,
        account,
        show.leads[4],
        Phase::Prepare,
        &failure,
        false,
    );
    fail(
        &show.store,
        account,
        show.leads[5],
        Phase::Prepare,
        &failure,
        false,
    );
    set(
        &show.store,
        account,
        show.leads[5],
        "ignored_at = 1, ignored_reason = 'test scan'",
    );
    set(&show.store, account, show.leads[2], "state = 'cleared'");
}

#[test]
fn failed_leads_stand_by_category_and_cause_and_the_ignored_apart() {
    let show = show();
    failures(&show);
    let board = board(&show.store, &show.crm, &BoardFilter::default());
    let sum = board.summary;
    assert_eq!(
        (sum.failed, sum.failed_landed, sum.ignored, sum.cleared),
        (4, 2, 1, 1)
    );
    assert!(
        (sum.cleared_percent - 20.0).abs() < 1e-9,
        "of cleared and failed"
    );
    let first = &board.failed[0];
    assert_eq!(
        (first.category, first.count, first.fix),
        (Category::DataValueValidation, 3, None)
    );
    let causes: Vec<_> = first
        .causes
        .iter()
        .map(|c| (c.id.as_str(), c.value.as_deref(), c.count, c.landed))
        .collect();
    assert_eq!(
        causes,
        [
            ("1a", Some("Software"), 2, true),
            ("1b", Some("Fin. Services"), 1, false)
        ]
    );
    assert_eq!(
        first.causes[0].key,
        super::super::selection::hex(&unknown_industry("Software").cause_key(Phase::Company)),
        "the key is the cause's own"
    );
    assert_eq!(board.failed[1].causes[0].id, "2a");
    assert_eq!(board.failed[1].count, 1);
}

#[test]
fn a_refused_option_gets_a_guess_and_the_command_that_maps_it() {
    let mut show = show();
    failures(&show);
    let id = show.crm.id;
    let mapped = rule("company", "companyIndustry", "industry");
    show.store
        .save_rule(id, &mapped, Role::Company, false, &author(), now())
        .unwrap();
    let option = |value: &str, label: &str| RemoteOption {
        value: value.into(),
        label: label.into(),
    };
    let schema = ObjectSchema {
        fields: vec![RemoteField {
            name: "industry".into(),
            label: "Industry".into(),
            kind: RemoteKind::One,
            max_length: None,
            options: Some(vec![
                option("COMPUTER_SOFTWARE", "Computer Software"),
                option("FINANCIAL_SERVICES", "Financial Services"),
            ]),
            required_on_create: false,
            writable: true,
            unique: false,
            custom: false,
            opt_out: false,
            rules: Vec::new(),
        }],
    };
    show.store
        .save_schema(account(&show.crm), "company", &schema, now())
        .unwrap();
    let board = board(&show.store, &show.crm, &BoardFilter::default());
    let causes = &board.failed[0].causes;
    assert_eq!(causes[0].guess.as_deref(), Some("COMPUTER_SOFTWARE"));
    assert_eq!(
        causes[1].fix.as_deref(),
        Some(
            "mobly-sync mapping set companyIndustry industry --object company --value \"Fin. Services=FINANCIAL_SERVICES\""
        )
    );
    // One line for the group repairs what all of its causes need.
    assert_eq!(
        board.failed[0].hint.as_deref(),
        Some(
            "mobly-sync mapping set companyIndustry industry --object company --value Software=COMPUTER_SOFTWARE --value \"Fin. Services=FINANCIAL_SERVICES\""
        )
    );
}

#[test]
fn other_groupings_add_up_and_keep_the_members() {
    let show = show();
    failures(&show);
    for (by, lines) in [
        (GroupBy::Field, 1),
        (GroupBy::Value, 2),
        (GroupBy::Phase, 1),
        (GroupBy::Category, 0),
    ] {
        let filter = BoardFilter {
            by,
            ..BoardFilter::default()
        };
        let board = board(&show.store, &show.crm, &filter);
        assert_eq!(board.failed[0].causes.len(), lines, "{by:?}");
    }
    let filter = BoardFilter {
        by: GroupBy::Field,
        ..BoardFilter::default()
    };
    let board = board(&show.store, &show.crm, &filter);
    let line = &board.failed[0].causes[0];
    assert_eq!((line.count, line.landed, line.landed_count), (3, false, 2));
    assert_eq!(
        (line.field.as_deref(), line.value.as_deref()),
        (Some("industry"), None)
    );
    assert_eq!(line.members.len(), 2);
}
