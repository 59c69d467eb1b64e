#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::*;
use crate::domain::ids::LeadId;
use crate::domain::lead::{Answer, EventName, Lead, Readiness};

fn vocabulary() -> Vocabulary {
    Vocabulary {
        custom_fields: vec![
            "Badge Color".into(),
            "Source".into(),
            "Budget".into(),
            "Renewal".into(),
        ],
        qualifiers: vec![
            (QualifierId(1), "Interest".into()),
            (QualifierId(2), "Follow up".into()),
        ],
        events: vec![
            (EventId(7), "Expo 2026".into()),
            (EventId(8), "Summit".into()),
        ],
        zone: TimeZone::UTC,
    }
}

fn ann() -> Lead {
    let fields = [
        ("firstName", "Ann"),
        ("lastName", "O'Brien"),
        ("email", "Ann@Firm.example"),
        ("jobTitle", "Head of Ärzte  IT"),
        ("companyName", "Acme (UK)"),
        ("companySize", "1,200"),
        ("Badge Color", "Red"),
        ("Source", "Booth"),
        ("Budget", "12.5"),
        ("Renewal", "2026-12-01"),
    ];
    Lead {
        id: LeadId(1),
        fields: BTreeMap::from(fields.map(|(key, value)| (key.to_owned(), value.to_owned()))),
        email_key: Some("ann@firm.example".into()),
        scans: 3,
        readiness: Readiness::Ready,
        revision: 1,
        captured_at: "2026-11-17T09:30:15Z".parse().unwrap(),
        events: vec![EventName {
            id: EventId(7),
            name: "Expo 2026".into(),
        }],
        answers: vec![Answer {
            qualifier: QualifierId(1),
            value_key: "demo".into(),
            raw: "Demo".into(),
            defined: true,
            event: None,
        }],
    }
}

fn holds(text: &str) -> bool {
    let expression =
        Expression::parse(text, &vocabulary()).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    expression.holds(&Candidate {
        lead: &ann(),
        source: "local",
        state: Some(BoardState::Failed),
        category: Some(Category::DataFormatValidation),
    })
}

fn error(text: &str) -> ExpressionError {
    Expression::parse(text, &vocabulary()).unwrap_err()
}

#[test]
fn what_holds_of_a_lead() {
    for text in [
        "firstName = ann",
        "FIRSTNAME == ' ANN '",
        "\"First Name\" = Ann",
        "lastName = O'Brien",
        "lastName = 'O''Brien'",
        "firstName != bob",
        "firstName <> bob",
        "phone != 5",
        "jobTitle ~ ärzte",
        "jobTitle ~ 'HEAD OF Ä'",
        "jobTitle !~ cook",
        "companyName = 'acme (uk)'",
        "phone is empty and email IS NOT EMPTY",
        "phone = ''",
        "phone in ('', 5)",
        "firstName in (bob, Ann)",
        "firstName not in (bob, 'cy')",
        "email = ANN@firm.EXAMPLE",
        "email ~ firm",
        "companyDomain = firm.example",
        "name = 'ann o''brien'",
        "'Badge Color' = red",
        "field:Source = booth",
        "source = local",
        "Budget > 12",
        "Budget <= 12.5",
        "companySize >= 1200",
        "Renewal < 2026-12-02 and Renewal >= 2026-12-01",
        "event = 'expo 2026'",
        "event = 7",
        "event ~ EXPO",
        "event != Summit and event is not empty",
        "state = failed",
        "state in (Pre-Sync, failed)",
        "state != cleared",
        "category = data-format-validation",
        "category ~ format",
        "scans = 3 and scans > 2 and numberOfScans <= 3 and scans in (1, 3)",
        "capturedAt = 2026-11-17",
        "capturedAt = '2026-11-17 09:30'",
        "capturedAt = 2026-11-17T09:30:15Z",
        "capturedAt > 2026-11-16 and capturedAt <= 2026-11-17 and not capturedAt > 2026-11-17",
        "qualifier:Interest = demo",
        "qualifier.Interest ~ EM",
        "qualifier:\"Follow up\" is empty",
        "qualifier:'follow UP' != Yes",
        // `and` binds before `or`, `not` before both.
        "firstName = ann or firstName = bob and phone is not empty",
        "not firstName = bob and not (phone is not empty or scans = 0)",
        "((firstName = ann))",
        "companyName!=Yahoo!",
    ] {
        assert!(holds(text), "{text}");
        assert!(!holds(&format!("not ({text})")), "not ({text})");
    }
}

#[test]
fn a_slip_is_pointed_at_and_named() {
    let text = "firstName = ann and jobTitel = CEO";
    let slip = error(text);
    assert!(slip.unknown_field);
    assert_eq!(
        slip.pointed(text),
        "firstName = ann and jobTitel = CEO\n                    ^^^^^^^^"
    );
    assert!(slip.hints[0].contains("jobTitle"), "{slip:?}");
    for (text, at, said) in [
        ("", 0, "empty"),
        ("firstName", 9, "expected ="),
        ("firstName = ", 12, "expected a value"),
        ("firstName = ann bob", 16, "expected \"and\""),
        ("job title = CEO", 0, "is no field"),
        ("firstName = ann and", 19, "expected a field"),
        ("(firstName = ann", 0, "never closed"),
        ("firstName = ann)", 15, "closes nothing"),
        ("firstName = 'ann", 12, "never closed"),
        ("firstName in ann", 13, "expected ("),
        ("firstName in (ann", 13, "never closed"),
        ("firstName in (ann bob)", 18, "expected , or )"),
        ("firstName is CEO", 13, "expected \"empty\""),
        ("firstName not like x", 14, "expected \"in\""),
        ("firstName = and", 12, "expected a value"),
        ("firstName ~ ''", 12, "every text"),
        ("firstName > bob", 12, "expected a number or a date"),
        ("scans = many", 8, "expected a number"),
        ("capturedAt > yesterday", 13, "expected a day"),
        ("capturedAt ~ 2026", 0, "is no text"),
        ("state = faild", 8, "is no state"),
        ("state > failed", 0, "has no order"),
        ("category = NO_TAG", 11, "is no category"),
        ("event = Expo", 8, "there is no event"),
        ("qualifier:Intrest = x", 0, "there is no qualifier"),
        ("qualifier: = x", 11, "expected the qualifier's name"),
    ] {
        let found = error(text);
        assert!(
            found.at == at && found.message.contains(said),
            "{text}: {found:?}"
        );
    }
    let near = |text: &str| error(text).hints.join(" ");
    assert!(near("event = 'Expo 206'").contains("\"Expo 2026\""));
    assert!(near("category = NO_TAG").contains("NO_TAG_MAPPING"));
    assert!(near("Interest = Demo").contains("qualifier:Interest"));
    assert!(near("\"Bage Color\" = red").contains("\"Badge Color\""));
}

#[test]
fn no_expression_is_too_much_for_what_reads_it() {
    let deep = format!("{}scans = 1{}", "(".repeat(60), ")".repeat(60));
    assert!(error(&deep).message.contains("too many parentheses"));
    let long = vec!["scans = 1"; 501].join(" or ");
    assert!(error(&long).message.contains("500 comparisons"));
    let wide = format!("x{}", " y".repeat(500));
    assert!(
        error(&wide)
            .pointed(&wide)
            .lines()
            .all(|line| line.chars().count() < 70)
    );
}

#[test]
fn a_place_is_needed_only_where_it_is_asked_for() {
    let needs = |text| {
        Expression::parse(text, &vocabulary())
            .unwrap()
            .needs_place()
    };
    assert!(needs("firstName = x or not category is empty"));
    assert!(!needs("firstName = x or event is empty"));
}
