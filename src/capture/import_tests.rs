#![allow(clippy::unwrap_used)]

use jiff::Timestamp;

use super::*;
use crate::domain::ids::{LeadId, RunId};
use crate::domain::lead::Lead;
use crate::store::events::{EventAdded, NewEvent};
use crate::store::test_support::{account, assert_counters, count, qualifier};
use crate::store::{LeadEdit, Store};

const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    account(&store, "crm");
    for name in ["Expo", "Summit"] {
        add_event(&mut store, name, None);
    }
    store
}

fn add_event(store: &mut Store, name: &str, tz: Option<&str>) {
    let event = NewEvent {
        name: name.into(),
        tz: tz.map(str::to_owned),
        ..NewEvent::default()
    };
    assert!(matches!(
        store.add_event(&event, NOW).unwrap(),
        EventAdded::Added(_)
    ));
}

fn options() -> ImportOptions {
    ImportOptions::new(RunId(1), "leads.csv")
}

fn at(event: &str) -> ImportOptions {
    ImportOptions {
        event: Some(event.into()),
        ..options()
    }
}

fn run(store: &mut Store, file: &[u8], options: &ImportOptions) -> ImportReport {
    let report = import(store, file, options, None, &mut |_| {}, NOW).unwrap();
    assert_eq!(
        report.read,
        report.created + report.updated + report.unchanged + report.rejected
    );
    assert_eq!(report.rejected, report.rejects.len() as u64);
    assert_counters(store);
    report
}

fn counts(report: &ImportReport) -> [u64; 4] {
    [
        report.created,
        report.updated,
        report.unchanged,
        report.rejected,
    ]
}

fn refused(store: &mut Store, file: &str, options: &ImportOptions) -> ImportError {
    import(store, file.as_bytes(), options, None, &mut |_| {}, NOW).unwrap_err()
}

fn leads(store: &Store) -> Vec<Lead> {
    let highest = count(store, "SELECT ifnull(max(id), 0) FROM leads");
    let ids: Vec<LeadId> = (1..=highest).map(LeadId).collect();
    store.load_leads(&ids).unwrap()
}

fn utf_16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xFF, 0xFE].into_iter().chain(units).collect()
}

#[test]
fn one_content_is_one_capture_in_every_encoding_and_order() {
    let mut store = store();
    let files: Vec<Vec<u8>> = vec![
        "First Name,Last Name,Email,City\nJürgen,Groß,j@acme.com,Köln\n".into(),
        utf_16("E-Mail;Ort;Vorname;Nachname\r\nj@acme.com;Köln;Jürgen;Groß\r\n"),
        b"City\tFull Name\tWork Email\nK\xF6ln\t\"Gro\xDF, J\xFCrgen\"\tj@acme.com".to_vec(),
        "\u{feff}sep=|\nName|Email|City|Shoe\nJürgen Groß|j@acme.com|Köln| \n".into(),
        "email,city,fname,lname,,\nj@acme.com,Köln,Jürgen,Groß,,\n".into(),
    ];
    for (index, file) in files.iter().enumerate() {
        let report = run(&mut store, file, &at("Expo"));
        let expected = if index == 0 {
            [1, 0, 0, 0]
        } else {
            [0, 0, 1, 0]
        };
        assert_eq!(counts(&report), expected, "file {index}: {report:?}");
    }
    assert_eq!(leads(&store)[0].display_name(), "Jürgen Groß");
}

#[test]
fn a_messy_file_loses_only_what_cannot_be_read() {
    let mut store = store();
    let big = "x".repeat(1 << 20);
    let file = format!(
        "First Name,Last Name,Email,Company,Notes,Event\n\
         Ana,Li,ana@acme.com,\"Acme, Inc.\",\"two\nlines\",Expo\n\
         \n\
         Bo,Ek,bo@acme.com\n\
         Cy,No,cy@acme.com,Acme,,Expo,,\n\
         Di,Xx,di@acme.com,Acme, Inc.,note,Expo\n\
         ,,,,,\n\
         Ed,Ng,ed\0@acme.com,Acme,,Expo\n\
         Fay,Oh,f@acme.com,Acme,{big},Expo\n\
         Gus,Po,g@acme.com,Acme,,Nowhere\n\
         Hal,Qi,broken@@x,Acme,\"never closed,Expo\n\
         Ida,Ro,broken@@x,Acme,,expo\n\
         Total: 9 leads\n\
         ana@acme.com,,,,,\n\
         ,,last@acme.com,,,Summit"
    );
    let mut rejected = Vec::new();
    let report = import(
        &mut store,
        file.as_bytes(),
        &options(),
        Some(&mut rejected),
        &mut |_| {},
        NOW,
    )
    .unwrap();
    assert_counters(&store);
    assert_eq!((report.read, counts(&report)), (13, [6, 0, 0, 7]));
    let reasons: Vec<(u64, &str)> = report
        .rejects
        .iter()
        .map(|reject| (reject.line, reject.reason.as_str()))
        .collect();
    assert_eq!(
        reasons,
        [
            (7, "the row has 7 fields, the header has 6"),
            (8, "no recognised value in the row"),
            (9, "the row holds a NUL byte"),
            (10, "a field is larger than 64 KiB"),
            (11, "event \"Nowhere\" is not known"),
            (12, "a quote is opened and never closed"),
            (14, "the row has only one field, the header has 6"),
        ]
    );
    assert_eq!(report.warnings.len(), 1);
    assert_eq!(
        (report.warnings[0].line, report.warnings[0].field),
        (13, "email")
    );
    let text = String::from_utf8(rejected).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("First Name,Last Name,Email,Company,Notes,Event,mobly_sync_line,mobly_sync_reason")
    );
    assert!(
        text.ends_with("Total: 9 leads,,,,,,14,\"the row has only one field, the header has 6\"\n"),
        "{text}"
    );
    // Corrected, the rejected rows come in, and nothing else of the file of rejects is taken for a field.
    let repaired = "First Name,Email,Event,mobly_sync_line,mobly_sync_reason\nGus,g@acme.com,Expo,11,event unknown\n";
    assert_eq!(
        counts(&run(&mut store, repaired.as_bytes(), &options())),
        [1, 0, 0, 0]
    );
    let gus = leads(&store).pop().unwrap();
    assert_eq!(
        gus.fields.keys().collect::<Vec<_>>(),
        ["email", "firstName"]
    );
}

#[test]
fn importing_twice_changes_nothing_and_a_growing_export_reverts_no_hand_edit() {
    let mut store = store();
    let first = "Email,Title,Scan Date\nana@acme.com,CEO,2026-11-17 09:00\nbo@acme.com,CFO,2026-11-17 09:05\n";
    assert_eq!(
        counts(&run(&mut store, first.as_bytes(), &at("Expo"))),
        [2, 0, 0, 0]
    );
    assert_eq!(
        counts(&run(&mut store, first.as_bytes(), &at("expo"))),
        [0, 0, 2, 0]
    );
    let ana = store.find_lead("ana@acme.com").unwrap().found().unwrap();
    let mut edit = LeadEdit::default();
    edit.fields.insert("jobTitle".into(), "Chair".into());
    store.edit_leads(&[ana], &edit, false, NOW).unwrap();

    let grown =
        format!("{first}ana@acme.com,CEO,2026-11-17 15:00\ncy@acme.com,,2026-11-17 15:01\n");
    assert_eq!(
        counts(&run(&mut store, grown.as_bytes(), &at("Expo"))),
        [1, 1, 2, 0]
    );
    let found = leads(&store).remove(0);
    assert_eq!((found.field("jobTitle"), found.scans), (Some("Chair"), 2));
    assert_eq!(found.captured_at.to_string(), "2026-11-17T15:00:00Z");
    assert_eq!(
        counts(&run(&mut store, grown.as_bytes(), &at("Expo"))),
        [0, 0, 4, 0]
    );
    assert_eq!(
        counts(&run(&mut store, first.as_bytes(), &at("Summit"))),
        [0, 2, 0, 0],
        "another event"
    );
}

#[test]
fn a_dry_run_counts_the_same_and_keeps_nothing() {
    let mut store = store();
    let file = b"email,event\na@x.com,New\nb@x.com,Expo\na@x.com,New\n";
    let dry = ImportOptions {
        dry_run: true,
        create_event: true,
        ..options()
    };
    let planned = run(&mut store, file, &dry);
    assert!(planned.dry_run);
    assert_eq!(
        count(
            &store,
            "SELECT (SELECT count(*) FROM leads) + (SELECT count(*) FROM imports)"
        ),
        0
    );
    assert_eq!(store.events().unwrap().len(), 2);
    let done = run(
        &mut store,
        file,
        &ImportOptions {
            dry_run: false,
            ..dry
        },
    );
    assert_eq!(counts(&planned), counts(&done));
    assert_eq!(counts(&done), [2, 0, 1, 0]);
    assert_eq!(store.events().unwrap().len(), 3);
    assert_eq!(
        count(
            &store,
            "SELECT count(*) FROM imports WHERE length(digest) = 32 AND finished_at IS NOT NULL AND counts ->> 'read' = 3"
        ),
        1
    );
}

#[test]
fn the_event_given_and_the_column_of_events_must_agree() {
    let mut store = store();
    let file = "email,event\na@x.com,expo\nb@x.com,\nc@x.com,Summit\n";
    let error = refused(&mut store, file, &at("Expo"));
    assert!(error.is_usage());
    assert_eq!(
        error.to_string(),
        "line 4 is of event \"Summit\", not \"Expo\""
    );
    assert!(leads(&store).is_empty(), "nothing was kept");
    let forced = ImportOptions {
        event_override: true,
        ..at("Expo")
    };
    assert_eq!(
        counts(&run(&mut store, file.as_bytes(), &forced)),
        [3, 0, 0, 0]
    );
    let expo = store.events().unwrap()[0].id;
    assert_eq!(store.leads_of_event(expo).unwrap(), 3);
    assert_eq!(
        counts(&run(&mut store, b"email,event\nd@x.com,1\n", &at("Expo"))),
        [1, 0, 0, 0],
        "an event by number"
    );

    assert!(matches!(
        refused(&mut store, file, &at("Nowhere")),
        ImportError::UnknownEvent(_)
    ));
    let create = ImportOptions {
        create_event: true,
        ..at("Gala")
    };
    assert_eq!(
        counts(&run(&mut store, b"email\ne@x.com\n", &create)),
        [1, 0, 0, 0]
    );
    assert_eq!(leads(&store).pop().unwrap().events[0].name, "Gala");
}

#[test]
fn a_file_is_refused_only_when_nothing_in_it_is_known() {
    let mut store = store();
    assert!(matches!(
        refused(&mut store, "foo,bar\n1,2\n", &options()),
        ImportError::NoColumns(_)
    ));
    assert!(matches!(
        refused(&mut store, " \n", &options()),
        ImportError::Decode(_)
    ));
    assert!(matches!(
        refused(&mut store, "PK\u{3}\u{4}x", &options()),
        ImportError::CutOff(_)
    ));
    let wrong = ImportOptions {
        columns: vec![("Mail".into(), "email".into())],
        ..options()
    };
    assert!(refused(&mut store, "email\na@x.com\n", &wrong).is_usage());
    let given = ImportOptions {
        columns: vec![("foo".into(), "email".into())],
        ..options()
    };
    assert_eq!(
        counts(&run(&mut store, b"foo,bar\na@x.com,2\n", &given)),
        [1, 0, 0, 0]
    );
    assert_eq!(leads(&store)[0].field("bar"), Some("2"));
    assert_eq!(
        counts(&run(&mut store, b"email\n", &options())),
        [0, 0, 0, 0],
        "a header alone"
    );
}

#[test]
fn an_export_comes_back_as_corrections() {
    let mut store = store();
    run(
        &mut store,
        b"email,phone,title\nana@acme.com,+49 89 123456,CEO\nbo@acme.com,,CFO\n",
        &at("Expo"),
    );
    let [ana, bo] = [0, 1].map(|index| store.ids().encode(leads(&store)[index].id));
    let file = format!(
        "mobly_sync_lead_id,mobly_sync_revision,mobly_sync_reason,email,phone,jobTitle,eventName,numberOfScans\n\
         {ana},1,x,ana@acme.com,'+49 89 123456,'=Chair,Elsewhere,9\n\
         {bo},7,x,bo@acme.com,,COO,,\n\
         00000000,1,x,a@x.com,,,,\n\
         nonsense?,1,x,a@x.com,,,,\n\
         ,,,new@acme.com,'-1,,Expo,\n"
    );
    let report = run(&mut store, file.as_bytes(), &options());
    assert_eq!(counts(&report), [1, 1, 0, 3], "{report:?}");
    assert!(
        report.rejects[0].reason.contains("changed since"),
        "{report:?}"
    );
    let found = leads(&store);
    assert_eq!(found[0].field("jobTitle"), Some("=Chair"));
    assert_eq!(
        (found[0].scans, found[0].events.len(), found[0].revision),
        (1, 1, 2)
    );
    assert_eq!(found[2].field("phone"), Some("-1"));
    assert!(
        found
            .iter()
            .all(|lead| !lead.fields.keys().any(|key| key.starts_with("mobly_sync")))
    );
    let again = run(&mut store, file.as_bytes(), &options());
    assert_eq!(counts(&again), [0, 0, 2, 3], "the same corrections twice");
}

#[test]
fn qualifiers_scans_and_times_are_read_from_their_columns() {
    let mut store = store();
    add_event(&mut store, "Gala", Some("America/New_York"));
    qualifier(&store, "Lead Type", false, &["Hot"]);
    qualifier(&store, "Products", true, &["A", "B"]);
    let file = "Email;lead type;Products;Scans;Scan Date;Scan Time\n\
                a@x.com;hot;A; 4;3/11/2026;09:30\n\
                b@x.com;warm;A;B;3/11/2026;09:30\n\
                c@x.com;;\"b; z\";many;soon;\n";
    let report = run(&mut store, file.as_bytes(), &at("Gala"));
    let doubts: Vec<(u64, &str)> = report
        .warnings
        .iter()
        .map(|warning| (warning.line, warning.field))
        .collect();
    assert_eq!(
        doubts,
        [
            (2, "capturedAt"),
            (3, "numberOfScans"),
            (4, "capturedAt"),
            (4, "numberOfScans")
        ]
    );
    assert_eq!(
        report.columns[1].field.as_deref(),
        Some("qualifier:Lead Type")
    );
    let found = leads(&store);
    assert_eq!(found[0].scans, 4);
    assert_eq!(
        found[0].captured_at.to_string(),
        "2026-11-03T14:30:00Z",
        "day first, in the event's zone"
    );
    assert!(
        found[0]
            .answers
            .iter()
            .all(|answer| answer.defined && answer.event.is_some())
    );
    let raw: Vec<(&str, bool)> = found[2]
        .answers
        .iter()
        .map(|answer| (answer.raw.as_str(), answer.defined))
        .collect();
    assert_eq!(raw, [("b", true), ("z", false)]);
    assert_eq!(found[2].captured_at, NOW);
}

#[test]
fn the_report_is_the_documented_json() {
    let mut store = store();
    let report = run(&mut store, b"email,x,\nbroken,1,\n\0,,\n", &options());
    assert_eq!(
        serde_json::to_value(&report).unwrap(),
        serde_json::json!({
            "run": 1, "dry_run": false, "read": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1,
            "rejects": [{"line": 3, "reason": "the row holds a NUL byte"}],
            "warnings": [{"line": 2, "field": "email", "reason": "\"broken\" is no usable e-mail address"}],
            "columns": [{"header": "email", "field": "email"}, {"header": "x", "field": "x"}]
        })
    );
}

#[test]
fn a_long_file_is_committed_in_portions_with_its_counters() {
    let mut store = store();
    let mut file = String::from("email,first name,company\n");
    for row in 0..12_345 {
        file.push_str(&format!("p{row}@acme.com,Ana,Acme\n"));
    }
    let mut seen = Vec::new();
    let report = import(
        &mut store,
        file.as_bytes(),
        &at("Expo"),
        None,
        &mut |progress| seen.push(progress),
        NOW,
    )
    .unwrap();
    assert_eq!(report.created, 12_345);
    assert_eq!(seen.len(), 13);
    assert_eq!((seen[12].read, seen[12].bytes), (12_345, file.len() as u64));
    assert_counters(&store);
    assert_eq!(
        counts(&run(&mut store, file.as_bytes(), &at("Expo"))),
        [0, 0, 12_345, 0]
    );
}
