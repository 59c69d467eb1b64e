#![allow(clippy::unwrap_used)]

use serde_json::Value;

use super::edit::{self, CampaignEditArgs};
use super::list::{self, CampaignListArgs};
use super::marks::{self, to};
use super::place::{campaigns, fed};
use super::remove;
use super::terms::TermsArgs;
use super::tests::{Bench, document, expo, json, terms, told};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::set_up::Setup;
use crate::domain::lead::Role;
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind, RemoteOption};
use crate::engine::set_up::ObjectFields;
use crate::exit::ExitStatus;
use crate::ui::TestUi;
use crate::vendors::{MarkInfo, VendorInfo, lookup};

static MARKS: &[MarkInfo] = &[
    MarkInfo {
        word: "label",
        object: "contacts",
        field: Some("label_ids"),
        make: "among the labels of a person",
    },
    MarkInfo {
        word: "field",
        object: "contacts",
        field: None,
        make: "in the settings of the field",
    },
];

/// A vendor with marks and no campaigns.
fn marked(setup: &mut Setup) {
    setup.vendor = Box::leak(Box::new(VendorInfo {
        campaigns: None,
        marks: MARKS,
        ..*lookup("hubspot").unwrap()
    }));
}

fn field(name: &str, label: &str, kind: RemoteKind, options: &[(&str, &str)]) -> RemoteField {
    let options = options.iter().map(|(value, label)| RemoteOption {
        value: (*value).to_owned(),
        label: (*label).to_owned(),
    });
    let closed = matches!(kind, RemoteKind::One | RemoteKind::Many);
    RemoteField {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        max_length: None,
        options: closed.then(|| options.collect()),
        required_on_create: false,
        writable: true,
        unique: false,
        custom: true,
        opt_out: false,
        rules: Vec::new(),
    }
}

fn fields(setup: &Setup) -> Vec<ObjectFields> {
    let mut objects = setup.vendor.objects.iter();
    let labels = [("5", "Expo"), ("6", "Hot lead")];
    let shows = [("21", "Expo 2026"), ("22", "Dinner")];
    let read_only = RemoteField {
        writable: false,
        ..field("made", "Made", RemoteKind::Text, &[])
    };
    vec![ObjectFields {
        info: objects.find(|object| object.role == Role::Persona).unwrap(),
        schema: ObjectSchema {
            fields: vec![
                field("label_ids", "Labels", RemoteKind::Many, &labels),
                field("a1b2", "Shows", RemoteKind::One, &shows),
                field("c3d4", "Last show", RemoteKind::Text, &[]),
                field("e5f6", "Seats", RemoteKind::Number, &[]),
                read_only,
            ],
        },
    }]
}

fn connect(
    bench: &Bench,
    ui: &TestUi,
    text: &str,
    terms: &TermsArgs,
) -> Result<ExitStatus, CommandError> {
    let context = bench.context(ui);
    let mut setup = bench.setup(&context);
    marked(&mut setup);
    let (expo, fields) = (expo(&setup), fields(&setup));
    let to = to(&setup, text)?;
    marks::save(&context, &mut setup, &expo, &to, &fields, terms)
}

fn refused(bench: &Bench, text: &str) -> (ErrorCode, String) {
    let error = connect(bench, &TestUi::piped(), text, &TermsArgs::default()).unwrap_err();
    (error.code(), told(&error))
}

fn campaigns_of(bench: &Bench) -> Vec<Value> {
    bench.list()["campaigns"].as_array().unwrap().clone()
}

#[test]
fn a_label_is_kept_by_its_option_and_shown_by_its_name() {
    let bench = Bench::new();
    let ui = json();
    connect(&bench, &ui, "label: expo", &terms(None, &[], Some(2))).unwrap();
    let document = document(&ui);
    assert_eq!(
        (&document["changed"], &document["notes"]),
        (&true.into(), &Value::Array(vec![]))
    );
    let listed = campaigns_of(&bench).remove(0);
    assert_eq!(listed, document["campaign"]);
    assert_eq!(
        (&listed["kind"], &listed["id"], &listed["name"]),
        (&"label".into(), &"label:5".into(), &"Expo".into())
    );
    assert_eq!(listed["events"][0]["threshold"], 2);
    let ui = TestUi::piped();
    connect(&bench, &ui, "label:Expo", &terms(None, &[], Some(2))).unwrap();
    let said = ui.stderr();
    assert!(said.contains("Expo (label:5): from 2 scans on"), "{said}");
    assert!(said.contains("It stood so already."), "{said}");
    let ui = TestUi::piped();
    let csv = CampaignListArgs {
        csv: Some("-".into()),
    };
    list::run(&bench.context(&ui), &csv).unwrap();
    assert!(
        ui.stdout().ends_with("\nExpo,label:5,no,,2,0,Expo 2026,\n"),
        "{}",
        ui.stdout()
    );
}

#[test]
fn a_field_is_named_by_its_label_or_code_and_holds_the_events_name_unless_told() {
    let bench = Bench::new();
    let none = TermsArgs::default();
    for text in ["field:Shows=Dinner", "field:shows", "field:c3d4 = Any text"] {
        connect(&bench, &TestUi::piped(), text, &none).unwrap();
    }
    let all = campaigns_of(&bench);
    let ids: Vec<&str> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        ["field:c3d4=Any text", "field:a1b2=22", "field:a1b2=21"]
    );
    assert_eq!(all[2]["name"], "Shows = Expo 2026");
    // The second of one field that holds one value is told.
    let ui = TestUi::piped();
    connect(&bench, &ui, "field:Shows=Dinner", &none).unwrap();
    let hint = "campaign remove \"Expo 2026\" --to field:a1b2=21";
    assert!(ui.stderr().contains(hint), "{}", ui.stderr());
}

#[test]
fn what_cannot_hold_it_is_refused_with_what_would_do() {
    let bench = Bench::new();
    let (code, said) = refused(&bench, "label:Exbo");
    assert_eq!(code, ErrorCode::NotFound);
    for part in [
        "no label \"Exbo\"",
        "nearest: Expo, Hot lead",
        "among the labels of a person",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert!(
        refused(&bench, "field:Shows=Gala")
            .1
            .contains("no option \"Gala\" of \"Shows\"")
    );
    assert!(
        refused(&bench, "field:Show=Gala")
            .1
            .contains("did you mean a1b2")
    );
    assert_eq!(refused(&bench, "field:Seats=3").0, ErrorCode::Unsupported);
    assert_eq!(refused(&bench, "field:Made=3").0, ErrorCode::Unsupported);
    for text in ["Expo", "lable:Expo", "label: ", "field:Last show="] {
        assert_eq!(refused(&bench, text).0, ErrorCode::Usage, "{text}");
    }
    for given in [
        terms(Some("Sent"), &[], None),
        terms(None, &["A:B=Sent"], None),
    ] {
        let error = connect(&bench, &TestUi::piped(), "label:Expo", &given).unwrap_err();
        assert!(
            told(&error).contains("a label has no statuses"),
            "{}",
            told(&error)
        );
    }
    assert_eq!(campaigns_of(&bench), Vec::<Value>::new());
}

#[test]
fn each_vendor_names_its_own_form() {
    let bench = Bench::new();
    let ui = TestUi::piped();
    let context = bench.context(&ui);
    let mut setup = bench.setup(&context);
    let said = told(&to(&setup, "label:Expo").err().unwrap());
    assert!(said.contains("is named by its id, not with --to"), "{said}");
    assert!(
        said.contains("campaign connect EVENT --id ID --status STATUS"),
        "{said}"
    );
    marked(&mut setup);
    let said = told(&campaigns(&setup).err().unwrap());
    assert!(
        said.contains("a label or a field of the person stands for one"),
        "{said}"
    );
    assert!(
        said.contains("campaign connect EVENT --to label:NAME"),
        "{said}"
    );
    let said = told(&marks::no_statuses(&setup));
    assert!(said.contains("has no statuses"), "{said}");
    let said = told(&fed(&setup, &expo(&setup), None).unwrap_err());
    assert!(
        said.contains("campaign connect \"Expo 2026\" --to label:NAME"),
        "{said}"
    );
}

#[test]
fn it_is_edited_and_removed_by_the_name_it_was_connected_with() {
    let bench = Bench::new();
    let ui = TestUi::piped();
    let none = TermsArgs::default();
    for text in ["label:Expo", "field:Shows=Expo 2026"] {
        connect(&bench, &ui, text, &none).unwrap();
    }
    let context = bench.context(&ui);
    let mut setup = bench.setup(&context);
    marked(&mut setup);
    let expo = expo(&setup);
    let unnamed = told(&fed(&setup, &expo, None).unwrap_err());
    assert!(unnamed.contains("name one with --to"), "{unnamed}");
    for text in [
        "field:Shows=Expo 2026",
        "field:a1b2=21",
        "Shows = Expo 2026",
    ] {
        let found = fed(&setup, &expo, Some(text)).unwrap();
        assert_eq!(found.campaign.shown_id(), "field:a1b2=21", "{text}");
    }
    let label = fed(&setup, &expo, Some("label:expo")).unwrap();
    let args = CampaignEditArgs {
        event: None,
        id: None,
        to: None,
        terms: terms(None, &[], Some(3)),
    };
    edit::save(&context, &mut setup, &expo, &label, None, &args).unwrap();
    let threshold = |at: usize| campaigns_of(&bench)[at]["events"][0]["threshold"].clone();
    assert_eq!((threshold(0), threshold(1)), (3.into(), 0.into()));
    remove::remove(&context, &mut setup, "Expo 2026", Some("label:Expo")).unwrap();
    assert_eq!(campaigns_of(&bench).len(), 1);
}
