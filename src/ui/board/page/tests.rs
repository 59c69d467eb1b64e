#![allow(clippy::unwrap_used)]
use super::*;
use crate::ui::board::{Cause, Group, Heading, Sums};

fn page(board: &BoardView, leads: &[PageLead]) -> String {
    let mut writer = PageWriter::begin(Vec::new(), board, false).unwrap();
    for lead in leads {
        writer.lead(lead).unwrap();
    }
    String::from_utf8(writer.end().unwrap()).unwrap()
}

fn board() -> BoardView {
    BoardView {
        heading: Heading {
            vendor: "CRM".to_owned(),
            account: "Acme <Inc> & Sons".to_owned(),
            parts: vec!["Expo {{leads}}".to_owned(), "Manual".to_owned()],
        },
        summary: Sums {
            total: 4,
            cleared: 3,
            failed: 1,
            ..Sums::default()
        },
        failed: vec![Group {
            category: "NO_TAG_MAPPING".to_owned(),
            count: 1,
            causes: vec![Cause {
                id: "1a".to_owned(),
                value: Some("</script><script>alert(1)".to_owned()),
                count: 1,
                ..Cause::default()
            }],
            ..Group::default()
        }],
        ..BoardView::default()
    }
}

fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("id=\"board\">").unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(data).unwrap()
}

#[test]
fn the_page_holds_its_leads_as_data_whatever_they_are_called() {
    let lead = PageLead {
        id: "7Q2M".to_owned(),
        name: "</script><b>Ann".to_owned(),
        events: vec!["Expo".to_owned()],
        state: "failed".to_owned(),
        ..PageLead::default()
    };
    let page = page(&board(), &[lead.clone(), lead]);
    let leads = data(&page);
    assert_eq!(leads.as_array().unwrap().len(), 2);
    assert_eq!(leads[1][1], "</script><b>Ann");
    assert!(!page.contains("{{"), "a mark was left in the page");
}

#[test]
fn what_people_wrote_is_never_markup() {
    let page = page(&board(), &[]);
    assert_eq!(data(&page), serde_json::json!([]));
    assert!(page.contains("Acme &lt;Inc&gt; &amp; Sons"));
    assert!(page.contains("&lt;/script&gt;&lt;script&gt;alert(1)"));
    assert_eq!(page.matches("<script").count(), 2);
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let page = page(&board(), &[]);
    assert!(page.contains("default-src 'none'"));
    for reference in ["src=", "@import", "url(", "<link", "http://", "https://"] {
        assert!(!page.contains(reference), "the page refers to {reference}");
    }
}

#[test]
fn the_sums_stand_in_the_page_itself() {
    let page = page(&board(), &[]);
    assert!(page.contains("75.0 %"), "{page}");
    assert!(page.contains("aria-label=\"75.0 % cleared: 3 of 4\""));
    let nothing = self::page(&BoardView::default(), &[]);
    assert!(nothing.contains("nothing was pushed yet"));
}

#[test]
fn only_a_live_page_reads_itself_anew() {
    let page = |live| {
        let writer = PageWriter::begin(Vec::new(), &board(), live).unwrap();
        String::from_utf8(writer.end().unwrap()).unwrap()
    };
    assert!(page(true).contains("http-equiv=\"refresh\""));
    assert!(!page(false).contains("http-equiv=\"refresh\""));
    assert!(!page(false).contains("<meta name=\"live\""));
}

#[test]
fn what_was_read_back_stands_beside_what_cleared() {
    let mut board = board();
    board.remarks.read_back = "read back Wed 18:07: 3 found, 0 differ".to_owned();
    assert!(page(&board, &[]).contains("read back Wed 18:07: 3 found, 0 differ"));
}
