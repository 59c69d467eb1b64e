use super::*;
use crate::ui::TestUi;
use crate::ui::format::width;

fn dreamforce() -> BoardView {
    BoardView {
        heading: Heading {
            vendor: "HubSpot".into(),
            account: "Acme Inc (portal 4412345, PRODUCTION)".into(),
            parts: vec![
                "Dreamforce 2026".into(),
                "Manual".into(),
                "as of Wed 18 Nov 18:10".into(),
            ],
        },
        summary: Sums {
            total: 1_842,
            enriching: 0,
            pre_sync: 26,
            held: 12,
            failed: 140,
            failed_landed: 84,
            cleared: 1_660,
            ignored: 4,
        },
        remarks: Remarks {
            cleared: "1,212 created · 431 updated · 17 already right".into(),
            ..Remarks::default()
        },
        pre_sync: vec![Reason {
            code: "FROZEN".into(),
            description: "frozen by Manual mode".into(),
            count: 26,
            command: Some("mobly-sync sync-event \"Dreamforce 2026\"".into()),
        }],
        held: vec![Reason {
            code: "HELD".into(),
            description: "held by hand".into(),
            count: 12,
            command: None,
        }],
        failed: vec![
            Group {
                category: "DATA_VALUE_VALIDATION".into(),
                description: "the vendor does not know the value".into(),
                count: 61,
                fixable: false,
                command: None,
                more: Vec::new(),
                causes: vec![Cause {
                    id: "1a".into(),
                    phase: "company".into(),
                    field: Some("industry".into()),
                    value: Some("Software".into()),
                    message: None,
                    count: 34,
                    landed: true,
                    guess: Some("COMPUTER_SOFTWARE".into()),
                }],
            },
            Group {
                category: "NO_TAG_MAPPING".into(),
                description: "an answer has no option at the vendor".into(),
                count: 79,
                fixable: true,
                command: Some("mobly-sync qualifier map Interest".into()),
                more: Vec::new(),
                causes: vec![Cause {
                    id: "2a".into(),
                    phase: "prepare".into(),
                    field: Some("Interest".into()),
                    value: Some("Platform\u{1b}[31m demo".into()),
                    count: 79,
                    ..Cause::default()
                }],
            },
        ],
        next: vec![Next {
            command: "mobly-sync reconcile --event \"Dreamforce 2026\" --state failed --retry"
                .into(),
            remark: "140".into(),
        }],
        ..BoardView::default()
    }
}

fn shown(columns: usize) -> String {
    let ui = TestUi::terminal(columns);
    print(&ui, &dreamforce());
    ui.stdout()
}

fn line_with(text: &str, part: &str) -> String {
    text.lines()
        .find(|line| line.contains(part))
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn the_sums_stand_beside_the_donut_and_close() {
    let text = shown(96);
    assert!(
        line_with(&text, "Cleared").contains("1,660  92.2 %  1,212 created"),
        "{text}"
    );
    assert!(
        line_with(&text, "Failed  ").contains("140   7.8 %  56 not in HubSpot · 84 in it"),
        "{text}"
    );
    assert!(line_with(&text, "pushed").contains("1,800"), "{text}");
    assert!(line_with(&text, "people").contains("1,842"), "{text}");
    assert!(line_with(&text, "92.2%").contains('█'), "{text}");
    assert!(!text.contains("Enriching"), "{text}");
}

#[test]
fn groups_and_causes_say_what_where_and_how_many() {
    let text = shown(96);
    assert!(
        line_with(&text, "DATA_VALUE").starts_with(" 1   DATA_VALUE_VALIDATION"),
        "{text}"
    );
    assert!(
        line_with(&text, "NO_TAG").starts_with(" 2 ◆ NO_TAG_MAPPING"),
        "{text}"
    );
    let cause = line_with(&text, "1a");
    assert!(cause.contains("company industry  \"Software\""), "{text}");
    assert!(
        cause.ends_with("34   in HubSpot   guess COMPUTER_SOFTWARE"),
        "{text}"
    );
    assert!(
        text.contains("→ mobly-sync qualifier map Interest"),
        "{text}"
    );
    assert!(
        line_with(&text, "PRE-SYNC").contains("26 frozen by Manual mode"),
        "{text}"
    );
    assert!(
        text.ends_with("Next:  mobly-sync reconcile --event \"Dreamforce 2026\" --state failed --retry   (140)\n"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn a_narrow_terminal_gets_the_donut_above_the_numbers() {
    let text = shown(72);
    assert!(!line_with(&text, "Cleared").contains('█'), "{text}");
    assert!(text.find("92.2%") < text.find("Cleared"), "{text}");
    // Commands are whole whatever the width: they are there to be copied.
    let told = |line: &&str| !line.contains("mobly-sync ");
    assert!(
        text.lines().filter(told).all(|line| width(line) <= 72),
        "{text}"
    );
    assert!(text.contains("--state failed --retry"), "{text}");
}

#[test]
fn a_pipe_gets_records_and_no_donut() {
    let ui = TestUi::piped();
    print(&ui, &dreamforce());
    let text = ui.stdout();
    assert!(!text.contains('█'));
    assert!(text.contains("summary\tcleared\t1660\n"), "{text}");
    assert!(text.contains("pre_sync\tFROZEN\t26\n"), "{text}");
    assert!(
        text.contains("failed\tNO_TAG_MAPPING\t79\tan answer"),
        "{text}"
    );
    assert!(
        text.contains("cause\t1a\tDATA_VALUE_VALIDATION\t34\tcompany\tindustry\tSoftware\t\n"),
        "{text}"
    );
}

#[test]
fn an_empty_board_says_so_with_noughts() {
    let ui = TestUi::terminal(96);
    print(&ui, &BoardView::default());
    assert!(line_with(&ui.stdout(), "people").contains('0'));
    assert!(!ui.stdout().contains("FAILED"));
}

#[test]
fn several_events_stand_below_each_other() {
    let ui = TestUi::terminal(96);
    let board = BoardView {
        events: vec![
            EventRow {
                name: Some("Dreamforce 2026".into()),
                cleared: 10,
                failed: 2,
                ..EventRow::default()
            },
            EventRow {
                name: None,
                pre_sync: 7,
                ..EventRow::default()
            },
        ],
        ..BoardView::default()
    };
    print(&ui, &board);
    let text = ui.stdout();
    assert!(
        line_with(&text, "Dreamforce").contains("██████████░░"),
        "{text}"
    );
    assert!(line_with(&text, "(no event)").contains('7'), "{text}");
}
