//! Taking a run back, for every vendor: the records equal those before, what somebody touched since is left and listed, an undo
//! can be undone, and a lost answer costs nothing.

use mobly_sync::domain::ids::{LeadId, RunId};
use mobly_sync::engine::undo::Only;
use mobly_sync::vendors::{Change, Row};
use serde_json::{Value, json};

use crate::support::show::Show;
use crate::support::undoing::{
    ANN, BOB, HEAD, cleared, colleagues, counts, held, persons, set_title, states,
    stays_in_company, take_back,
};
use crate::support::words::WORDS;

#[tokio::test(flavor = "multi_thread")]
async fn a_push_taken_back_leaves_the_records_as_they_were() {
    for words in WORDS {
        let show = words.show(|_| {}).await;
        colleagues(words, &show, "ann@acme.com", "Lee", None).await;
        let before = (persons(&show, "ann@acme.com").await, counts(words, &show));
        show.import(&format!("{HEAD}{ANN}{BOB}"));
        let pushed = show.push(|_| {}).await;
        assert_eq!(
            (pushed.created, pushed.updated),
            (1, 1),
            "{words:?}: {pushed:?}"
        );
        assert_ne!(persons(&show, "ann@acme.com").await, before.0, "{words:?}");

        let undone = take_back(&show, pushed.run, |_| {}).await;
        if stays_in_company(words) || words.vendor == "pipedrive" {
            // Told before the question, and listed: the person stays in the company, and the company with it.
            let mut fields = undone
                .impossible
                .iter()
                .filter_map(|one| one.field.as_deref());
            assert!(
                fields.any(|field| ["externalCompanyId", "org_id"].contains(&field)),
                "{undone:?}"
            );
            let companies = ["company", "organization"];
            assert!(
                undone
                    .left
                    .iter()
                    .all(|left| companies.contains(&left.object.as_str())),
                "{undone:?}"
            );
            assert_eq!(persons(&show, "bob@beta.com").await, []);
            continue;
        }
        assert_eq!(undone.left, [], "{words:?}");
        assert_eq!(undone.impossible, [], "{words:?}");
        assert!(
            undone.restored > 0 && undone.removed >= 1,
            "{words:?}: {undone:?}"
        );
        assert_eq!(persons(&show, "bob@beta.com").await, [], "{words:?}");
        let after = (persons(&show, "ann@acme.com").await, counts(words, &show));
        assert_eq!(after, before, "{words:?}");

        // Both wait for somebody: nothing pushes them by itself.
        assert_eq!(states(&show), [held(), held()], "{words:?}");
        let next = show.push(|_| {}).await;
        assert_eq!((next.pushed, next.waiting), (0, 0), "{words:?}");
        // The same again finds nothing to do.
        let again = take_back(&show, pushed.run, |_| {}).await;
        assert_eq!(
            (again.run, again.left.len()),
            (None, 0),
            "{words:?}: {again:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_changed_since_is_left_and_listed() {
    for words in WORDS {
        let show = words.show(|_| {}).await;
        show.import(&format!("{HEAD}{ANN}{BOB}"));
        let pushed = show.push(|_| {}).await;
        assert_eq!(pushed.created, 2, "{words:?}: {pushed:?}");
        set_title(words, &show, "bob@beta.com", "Chair").await;
        let undone = take_back(&show, pushed.run, |_| {}).await;
        assert_eq!(persons(&show, "ann@acme.com").await, [], "{words:?}");
        let bob = persons(&show, "bob@beta.com").await;
        assert_eq!(bob[0].1[words.title], json!("Chair"), "{words:?}");
        let listed = undone
            .left
            .iter()
            .find(|left| left.id == bob[0].0)
            .unwrap_or_else(|| panic!("{words:?}: {undone:?}"));
        assert_eq!(listed.field.as_deref(), Some(words.title), "{words:?}");
        assert!(listed.why.contains("Chair"), "{words:?}: {listed:?}");
        assert_eq!(states(&show)[0], held(), "{words:?}");
        assert_eq!(states(&show)[1], cleared(), "{words:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_is_undone_and_undone_again() {
    for words in WORDS.iter().filter(|words| !stays_in_company(words)) {
        let show = words.show(|_| {}).await;
        colleagues(words, &show, "ann@acme.com", "Lee", None).await;
        show.import(&format!("{HEAD}{ANN}{BOB}"));
        let pushed = show.push(|_| {}).await;
        let after_push = (
            persons(&show, "ann@acme.com").await,
            persons(&show, "bob@beta.com").await,
            counts(words, &show),
        );
        let first = take_back(&show, pushed.run, |_| {}).await;
        let before = (persons(&show, "ann@acme.com").await, counts(words, &show));

        let again = take_back(&show, first.run.unwrap(), |_| {}).await;
        assert_eq!(again.left, [], "{words:?}");
        assert!(again.remade >= 1, "{words:?}: {again:?}");
        let bob = persons(&show, "bob@beta.com").await;
        assert_eq!(bob.len(), 1, "{words:?}");
        assert_eq!(
            persons(&show, "ann@acme.com").await,
            after_push.0,
            "{words:?}"
        );
        assert_eq!(counts(words, &show), after_push.2, "{words:?}");
        assert_eq!(states(&show), [cleared(), cleared()], "{words:?}");
        // Linked by what is known: an edit goes to the new record.
        let account = show.integration().account.unwrap().id;
        let links = show.store().remote_links(account, LeadId(2)).unwrap();
        assert!(
            links.iter().any(|link| link.remote_id == bob[0].0),
            "{words:?}"
        );
        let nothing = show.push(|_| {}).await;
        assert_eq!(nothing.pushed, 0, "{words:?}");

        // And back once more, by the number of the first run.
        let third = take_back(&show, again.run.unwrap(), |_| {}).await;
        assert_eq!(third.left, [], "{words:?}");
        let now = (persons(&show, "ann@acme.com").await, counts(words, &show));
        assert_eq!(now, before, "{words:?}");
        assert_eq!(states(&show), [held(), held()], "{words:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn single_fields_and_one_kind_of_change_are_taken_back_by_themselves() {
    for words in WORDS.iter().filter(|words| !stays_in_company(words)) {
        let show = words.show(|_| {}).await;
        colleagues(words, &show, "ann@acme.com", "Lee", None).await;
        let ann = persons(&show, "ann@acme.com").await;
        show.import(&format!("{HEAD}{ANN}{BOB}"));
        let pushed = show.push(|_| {}).await;
        let with_all = persons(&show, "ann@acme.com").await;

        let one = take_back(&show, pushed.run, |request| {
            request.fields = vec![words.title.to_owned()];
            request.leads = vec![LeadId(1)];
        })
        .await;
        assert_eq!((one.restored, one.removed), (1, 0), "{words:?}: {one:?}");
        let mut expected = with_all.clone();
        expected[0].1.remove(words.title);
        assert_eq!(persons(&show, "ann@acme.com").await, expected, "{words:?}");
        assert_eq!(states(&show)[1], cleared(), "{words:?}");

        let made = take_back(&show, pushed.run, |request| {
            request.only = Some(Only::Created);
        })
        .await;
        assert!(
            made.removed >= 1 && made.restored == 0,
            "{words:?}: {made:?}"
        );
        assert_eq!(persons(&show, "bob@beta.com").await, [], "{words:?}");
        assert_eq!(persons(&show, "ann@acme.com").await, expected, "{words:?}");

        let rest = take_back(&show, pushed.run, |request| {
            request.only = Some(Only::Updated);
        })
        .await;
        assert_eq!(rest.left, [], "{words:?}");
        assert_eq!(persons(&show, "ann@acme.com").await, ann, "{words:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_no_reason_to_do_anything_twice() {
    let words = WORDS
        .iter()
        .find(|words| words.vendor == "hubspot")
        .unwrap();
    for fault in [
        "drop-after=#2@batch/archive",
        "drop-after=#2@batch/update",
        "504=#2@batch/archive",
    ] {
        let show = words
            .show(|options| options.faults = vec![fault.parse().unwrap()])
            .await;
        colleagues(words, &show, "ann@acme.com", "Lee", Some("Old")).await;
        colleagues(words, &show, "cid@soft.com", "Oak", None).await;
        let before = (persons(&show, "ann@acme.com").await, counts(words, &show));
        show.import(&format!(
            "{HEAD}{ANN}{BOB}Cid,Oak,cid@soft.com,Soft,soft.com,CIO\n"
        ));
        let mut run = show.push(|_| {}).await;
        for _ in 0..3 {
            if run.waiting == 0 {
                break;
            }
            run = show.push(|_| {}).await;
        }
        let of = RunId(
            show.store()
                .runs(Some(1), &Default::default(), &|_| false)
                .unwrap()[0]
                .run
                .0,
        );
        let mut undone = take_back(&show, of, |_| {}).await;
        for _ in 0..4 {
            if undone.stopped.is_none() && undone.left.is_empty() {
                break;
            }
            undone = take_back(&show, of, |_| {}).await;
        }
        assert_eq!(undone.left, [], "{fault}");
        assert_eq!(persons(&show, "bob@beta.com").await, [], "{fault}");
        assert_eq!(persons(&show, "cid@soft.com").await.len(), 1, "{fault}");
        assert_eq!(
            (persons(&show, "ann@acme.com").await, counts(words, &show)),
            before,
            "{fault}"
        );
    }
}

/// Everything HubSpot keeps, but for what it computes and when it was last changed.
fn everything(show: &Show) -> Vec<Value> {
    let mut all = Vec::new();
    for object in ["contacts", "companies"] {
        let (_, dump) = show
            .sandbox
            .admin("GET", &format!("objects/{object}"), &Value::Null);
        let records = dump
            .as_array()
            .or(dump["results"].as_array())
            .unwrap()
            .clone();
        for mut record in records {
            record["updatedAt"].take();
            if let Some(properties) = record["properties"].as_object_mut() {
                properties.retain(|name, value| {
                    !name.contains("lastmodified") && value != "" && !value.is_null()
                });
            }
            all.push(record);
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_leads_pushed_wrongly_are_taken_back() {
    let words = WORDS
        .iter()
        .find(|words| words.vendor == "hubspot")
        .unwrap();
    let show = words.show(|_| {}).await;
    show.import(&crate::support::World::people_csv(250, 40));
    // What was there before: half of them, by another run that stays.
    assert_eq!(show.push(|_| {}).await.created, 250);
    for n in 0..20 {
        let before = everything(&show);
        let contact = &before[n * 5];
        let (vendor, _) = show.vendor();
        let row = Row {
            trace: "t".into(),
            change: Change::Update {
                id: contact["id"].as_str().unwrap().to_owned(),
                values: [("jobtitle".to_owned(), json!(""))].into(),
            },
            links: Vec::new(),
            despite_duplicates: false,
        };
        vendor.write("contact", &[row]).await.unwrap();
    }
    let before = everything(&show);
    show.import(&crate::support::World::people_csv(500, 40).replace("Company 1,", "Other 1,"));
    let pushed = show
        .push(|request| {
            request.selection.cleared = true;
            request.again = true;
        })
        .await;
    assert_eq!(pushed.created, 250, "{pushed:?}");
    assert_eq!(pushed.cleared, 500);
    let contacts = everything(&show);
    assert!(contacts.len() >= before.len() + 250);
    // Two are touched since.
    let touched: Vec<String> = contacts[250..252]
        .iter()
        .map(|record| record["id"].as_str().unwrap().to_owned())
        .collect();
    let (vendor, _) = show.vendor();
    let rows: Vec<Row> = touched
        .iter()
        .map(|id| Row {
            trace: id.clone(),
            change: Change::Update {
                id: id.clone(),
                values: [("firstname".to_owned(), json!("Touched"))].into(),
            },
            links: Vec::new(),
            despite_duplicates: false,
        })
        .collect();
    vendor.write("contact", &rows).await.unwrap();
    let undone = take_back(&show, pushed.run, |_| {}).await;
    assert_eq!(undone.removed, 248, "{:?}", undone.left);
    let mut left: Vec<&str> = undone.left.iter().map(|left| left.id.as_str()).collect();
    left.dedup();
    assert_eq!(left, touched);
    assert!(undone.requests < 40, "{} requests", undone.requests);
    let after: Vec<Value> = everything(&show)
        .into_iter()
        .filter(|record| !touched.iter().any(|id| record["id"] == json!(id)))
        .collect();
    assert_eq!(after.len(), before.len());
    for (was, is) in before.iter().zip(&after) {
        assert_eq!(was, is);
    }
}
