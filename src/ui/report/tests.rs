#![allow(clippy::unwrap_used)]
use super::*;
use crate::domain::event::Event;
use crate::domain::ids::{EventId, RunId};
use crate::domain::report::{Cleared, Counted, Exception, Intake, Report, Standing, Verified};
use crate::domain::verification::VerifyCounts;
use crate::ui::TestUi;

fn group(code: &str, description: &str, count: u64) -> Counted {
    Counted {
        code: code.into(),
        description: description.into(),
        count,
    }
}

fn report() -> Report {
    let exception = Exception {
        id: "7Q2M".into(),
        name: Some("<b>Ann</b> | Lee".into()),
        email: Some("ann@acme.com".into()),
        state: "failed".into(),
        code: "NO_TAG_MAPPING".into(),
        message: Some("an answer\nwithout option".into()),
        landed: true,
        record: Some("101".into()),
        link: Some("https://crm.example/101".into()),
    };
    Report {
        event: Event {
            id: EventId(1),
            name: "Expo 2026".into(),
            from: Some("2026-11-17".into()),
            to: Some("2026-11-18".into()),
            tz: None,
            city: Some("San Francisco".into()),
            held: false,
        },
        as_of: "2026-11-18T18:10:00Z".into(),
        intake: Intake {
            rows: 9,
            moved_out: 1,
            repeats: 3,
            without_row: 1,
            people: 6,
            sources: Vec::new(),
        },
        integrations: vec![Standing {
            integration: "crm".into(),
            vendor: "CRM".into(),
            account: "Acme (portal 1, PRODUCTION)".into(),
            people: 6,
            cleared: Cleared {
                total: 4,
                created: 3,
                updated: 1,
                unchanged: 0,
                records: 3,
            },
            failed: vec![group("NO_TAG_MAPPING", "an answer has no option", 1)],
            failed_landed: 1,
            held: vec![group("HELD", "held by hand", 1)],
            verified: Some(Verified {
                run: RunId(9),
                at: "2026-11-18T18:07:00Z".into(),
                counts: VerifyCounts {
                    checked: 4,
                    same: 3,
                    changed_since: 1,
                    ..VerifyCounts::default()
                },
            }),
            exceptions: vec![exception],
            ..Standing::default()
        }],
    }
}

#[test]
fn the_first_sentence_is_a_sum_that_closes() {
    let text = markdown(&report());
    assert!(
        text.contains(
            "9 rows and scans + 1 person without one = 4 in CRM + 2 named exceptions + 3 repeats + 1 of somebody moved out since."
        ),
        "{text}"
    );
    assert!(text.contains("| **People** | **6** |  |"), "{text}");
    assert!(text.contains("3 created · 1 updated; 3 records"), "{text}");
    assert!(text.contains("(run 9): 4 found; 1 changed since by somebody else."));
    assert!(!text.contains("does not close"));
}

#[test]
fn what_people_wrote_is_no_markup() {
    let text = markdown(&report());
    assert!(text.contains(r"\<b\>Ann\</b\> \| Lee"), "{text}");
    assert!(
        text.contains("an answer without option"),
        "one line: {text}"
    );
    let html = page(&report());
    assert!(html.contains("&lt;b&gt;Ann&lt;/b&gt;"));
    assert!(!html.contains("<b>"));
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let html = page(&report());
    assert!(html.contains("default-src 'none'"));
    for reference in ["<script", "src=", "@import", "url(", "<link"] {
        assert!(!html.contains(reference), "the page holds {reference}");
    }
    assert_eq!(html.matches("https://").count(), 1, "the record's own page");
    for (open, close) in [
        ("<section", "</section>"),
        ("<table", "</table>"),
        ("<div", "</div>"),
    ] {
        assert_eq!(
            html.matches(open).count(),
            html.matches(close).count(),
            "{open}"
        );
    }
}

#[test]
fn a_report_without_personal_data_names_leads_by_their_ids() {
    let mut report = report();
    let exception = &mut report.integrations[0].exceptions[0];
    exception.name = None;
    exception.email = None;
    exception.message = None;
    for text in [markdown(&report), page(&report)] {
        assert!(text.contains("7Q2M"));
        assert!(
            !text.contains("E-mail") && !text.contains("acme.com"),
            "{text}"
        );
    }
}

#[test]
fn eighty_columns_hold_it() {
    let ui = TestUi::terminal(80);
    let lines = screen::lines(&ui.ui(), &report());
    for line in &lines {
        assert!(crate::ui::format::width(line) <= 80, "{line}");
    }
    assert!(lines.iter().any(|line| line.contains("Expo 2026")));
}

#[test]
fn a_sum_that_does_not_close_says_so() {
    let mut report = report();
    report.integrations[0].people = 7;
    assert!(markdown(&report).contains("does not close"));
}
