//! The vendor contract, for every vendor there is: what `vendors/vendor.rs` promises holds against the vendor's sandbox,
//! over real HTTP, with answers lost, rows missing, extra and reordered.

use std::collections::{BTreeMap, HashSet};

use mobly_sync::domain::remote::ObjectSchema;
use mobly_sync::engine::PushRequest;
use mobly_sync::sandbox::SandboxOptions;
use mobly_sync::vendors::{
    ALL, CallTrace, Change, Find, KeyKind, Row, RowAnswer, Values, Vendor, VendorInfo, Verdict,
    WriteAnswer,
};
use serde_json::json;

use crate::support::show::Show;
use crate::support::words::{WORDS, Words};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

/// Every vendor in every match order it has.
async fn shows(change: impl Fn(&mut SandboxOptions)) -> Vec<Show> {
    let mut shows = Vec::new();
    for words in WORDS {
        shows.push(words.show(&change).await);
    }
    shows
}

/// The same with a fault where records are made.
async fn faulty(fault: &str) -> Vec<(&'static Words, Show)> {
    let mut shows = Vec::new();
    for words in WORDS {
        let show = words.show(|options| options.faults = vec![words.fault(fault)]);
        shows.push((words, show.await));
    }
    shows
}

/// How many persons and companies there are.
fn counts(words: &Words, show: &Show) -> (u64, Option<u64>) {
    let stats = show.sandbox.stats();
    let count = |name: &str| {
        stats[name]
            .as_u64()
            .unwrap_or_else(|| panic!("{name}: {stats}"))
    };
    (count(words.persons), words.companies.map(count))
}

/// The values of a new person, in the vendor's form, by the vendor's own default mapping.
fn person(vendor: &dyn Vendor, schema: &ObjectSchema, n: usize) -> Values {
    let ours = BTreeMap::from([
        ("firstName", format!("Ann{n}")),
        ("lastName", format!("Lee{n}")),
        ("email", format!("ann{n}@acme.com")),
        ("companyName", "Acme".to_owned()),
    ]);
    let object = vendor.plan().create_person;
    vendor
        .info()
        .defaults
        .iter()
        .filter(|row| row.object == object)
        .filter_map(|row| Some((row.remote, ours.get(row.field)?)))
        .map(|(remote, value)| {
            let field = schema.field(remote).unwrap();
            (
                remote.to_owned(),
                vendor
                    .encode(field, std::slice::from_ref(value), false)
                    .unwrap(),
            )
        })
        .collect()
}

async fn create(vendor: &dyn Vendor, people: usize) -> (Vec<Row>, WriteAnswer) {
    let object = vendor.plan().create_person;
    let schema = vendor.describe(object, &[]).await.unwrap();
    let rows: Vec<Row> = (0..people)
        .map(|n| Row {
            trace: format!("trace-{n}"),
            change: Change::Create {
                values: person(vendor, &schema, n),
            },
            links: Vec::new(),
            despite_duplicates: false,
            is_no_news: false,
        })
        .collect();
    // As many requests as the vendor's size of one demands.
    let info = vendor.info().objects.iter().find(|info| info.key == object);
    let size = info.unwrap().create.unwrap().rows;
    let mut answer = WriteAnswer {
        rows: Vec::new(),
        job: None,
        call: CallTrace::default(),
    };
    for rows in rows.chunks(size) {
        let part = vendor.write(object, rows).await.unwrap();
        answer.rows.extend(part.rows);
    }
    (rows, answer)
}

fn ids(answer: &WriteAnswer) -> BTreeMap<String, String> {
    answer
        .rows
        .iter()
        .filter_map(|row| match &row.verdict {
            Verdict::Done { id, .. } => Some((row.trace.clone(), id.clone())),
            _ => None,
        })
        .collect()
}

fn requests(show: &Show) -> u64 {
    show.sandbox.stats()["requests"].as_u64().unwrap()
}

async fn push(
    show: &Show,
    change: impl FnOnce(&mut PushRequest),
) -> mobly_sync::domain::run::PushSummary {
    let summary = show.push(change).await;
    assert_eq!(show.store().check_counters().unwrap(), Vec::new());
    summary
}

#[test]
fn every_vendor_describes_itself() {
    let mut names = HashSet::new();
    for VendorInfo {
        name,
        objects,
        quotas,
        defaults,
        sign_in,
        ..
    } in ALL
    {
        assert!(names.insert(name), "{name} twice");
        assert!(
            !objects.is_empty()
                && !quotas.is_empty()
                && !defaults.is_empty()
                && !sign_in.ways.is_empty(),
            "{name}"
        );
        for row in *defaults {
            assert!(
                objects.iter().any(|object| object.key == row.object),
                "{name}: {}",
                row.object
            );
            assert!(
                mobly_sync::domain::lead::field_info(row.field).is_some(),
                "{name}: {}",
                row.field
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_is_one_request_and_every_row_comes_back_under_its_trace() {
    for words in WORDS {
        let show = words.show(|_| {}).await;
        let (vendor, _) = show.vendor();
        let object = vendor.plan().create_person;
        vendor.describe(object, &[]).await.unwrap();
        let before = requests(&show);
        let (rows, answer) = create(&*vendor, 50).await;
        // One more describe than before, and one write.
        let described = requests(&show) - before;
        let size = words.rows(&*vendor);
        assert!(size == 1 || size >= 50);
        let writes = 50_usize.div_ceil(size);
        assert_eq!(show.sandbox.stats()["writes"], writes, "{described}");
        let ids = ids(&answer);
        assert_eq!(ids.len(), 50);
        let emails: Vec<String> = (0..50).map(|n| format!("ann{n}@acme.com")).collect();
        let identity = vendor.plan().identity;
        let find = Find {
            object,
            by: KeyKind::Email,
            keys: emails.clone(),
            fields: vec![identity.email.to_owned(), identity.last_name.to_owned()],
            created_after: None,
        };
        for found in vendor.find(&find).await.unwrap().found {
            let n = emails.iter().position(|email| *email == found.key).unwrap();
            assert_eq!(found.records[0].id, ids[&rows[n].trace], "{}", found.key);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reordered_and_extra_rows_change_nothing() {
    for fault in ["reorder=1", "extra=1"] {
        for (words, show) in faulty(fault).await {
            let (vendor, _) = show.vendor();
            let (rows, answer) = create(&*vendor, 20).await;
            assert_eq!(answer.rows.len(), rows.len());
            if words.rows_by_place && fault == "extra=1" {
                let silent = |row: &RowAnswer| row.verdict == Verdict::Silent;
                assert!(answer.rows.iter().all(silent), "whose row is too many?");
                continue;
            }
            let ids = ids(&answer);
            assert_eq!(ids.len(), 20, "{fault}: {words:?}");
            assert_eq!(ids.values().collect::<HashSet<_>>().len(), 20, "{fault}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_the_answer_leaves_out_is_silent() {
    for (words, show) in faulty("partial=1").await {
        let (vendor, _) = show.vendor();
        if words.rows(&*vendor) == 1 {
            // An answer to one row has none to leave out.
            continue;
        }
        let (_, answer) = create(&*vendor, 20).await;
        assert_eq!(answer.rows.len(), 20);
        let silent = answer
            .rows
            .iter()
            .filter(|row| row.verdict == Verdict::Silent)
            .count();
        assert!(silent > 0, "{words:?}");
        assert!(!words.rows_by_place || silent == 20, "{words:?}: {silent}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_are_absent_are_said_to_be() {
    for show in shows(|_| {}).await {
        let (vendor, _) = show.vendor();
        create(&*vendor, 3).await;
        let keys = vec!["ann1@acme.com".to_owned(), "nobody@acme.com".to_owned()];
        let find = Find {
            object: vendor.plan().create_person,
            by: KeyKind::Email,
            keys,
            fields: Vec::new(),
            created_after: None,
        };
        let found = vendor.find(&find).await.unwrap().found;
        let count = |key: &str| {
            found
                .iter()
                .find(|found| found.key == key)
                .map(|found| found.records.len())
        };
        assert_eq!(
            (count("ann1@acme.com"), count("nobody@acme.com")),
            (Some(1), Some(0))
        );
    }
}

/// Pushes until nobody is left behind, as people do.
async fn push_on(show: &Show) {
    for _ in 0..4 {
        let summary = push(show, |request| request.selection.failed = true).await;
        if summary.failed == 0 && summary.waiting == 0 {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_lost_before_or_after_the_write_makes_one_record() {
    // Every second create: the first of all goes well, the next is lost, and so on.
    for fault in ["drop-after=#2", "drop-before=#2", "truncate=#2", "html=#2"] {
        for (words, show) in faulty(fault).await {
            show.import(&format!("{HEAD}Cy,Oak,cy@soft.com,Soft,soft.com,CIO\n"));
            push_on(&show).await;
            show.import(&format!(
                "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\nBo,Li,{},Beta,beta.com,CEO\n",
                words.address(&*show.vendor().0)
            ));
            push_on(&show).await;
            let faults = show.sandbox.stats()["faults"].clone();
            assert!(
                faults.as_object().is_some_and(|faults| !faults.is_empty()),
                "nothing was lost"
            );
            let expected = (3, words.companies.map(|_| 3));
            assert_eq!(counts(words, &show), expected, "{fault}: {words:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stored_id_beats_the_address_and_a_stale_one_falls_through() {
    for words in WORDS {
        let show = words.show(|_| {}).await;
        show.import(&format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n"));
        push(&show, |_| {}).await;
        let (vendor, _) = show.vendor();
        // Somebody gives the record another address and makes a new one under the old: ours is still the first.
        let identity = vendor.plan().identity;
        let object = vendor.plan().create_person;
        let id = {
            let store = show.store();
            let account = show.integration().account.unwrap().id;
            let links = store
                .remote_links(account, mobly_sync::domain::ids::LeadId(1))
                .unwrap();
            let person = links.into_iter().find(|link| link.object == object);
            person.unwrap().remote_id
        };
        let renamed = Row {
            trace: "t".into(),
            change: Change::Update {
                id: id.clone(),
                values: [(identity.email.to_owned(), json!("moved@acme.com"))].into(),
            },
            links: Vec::new(),
            despite_duplicates: false,
            is_no_news: false,
        };
        vendor.write(object, &[renamed]).await.unwrap();
        let mut values: Values = [
            (identity.email.to_owned(), json!("ann@acme.com")),
            (identity.last_name.to_owned(), json!("Lee")),
        ]
        .into();
        values.extend(
            words
                .minimum
                .iter()
                .map(|(name, value)| ((*name).to_owned(), json!(value))),
        );
        let other = Row {
            trace: "t".into(),
            change: Change::Create { values },
            links: Vec::new(),
            despite_duplicates: false,
            is_no_news: false,
        };
        vendor.write(object, &[other]).await.unwrap();
        assert_eq!(counts(words, &show).0, 2, "{words:?}");
        show.import(&format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CEO\n"));
        let summary = push(&show, |_| {}).await;
        assert_eq!((summary.updated, summary.created), (1, 0), "{summary:?}");
        let by_id = Find {
            object,
            by: KeyKind::Id,
            keys: vec![id],
            fields: vec![words.title.into()],
            created_after: None,
        };
        let record = vendor
            .find(&by_id)
            .await
            .unwrap()
            .found
            .remove(0)
            .records
            .remove(0);
        assert_eq!(record.values[words.title], json!("CEO"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_vendors_limits_are_kept_without_a_single_refusal() {
    for mut show in shows(|options| options.rate = mobly_sync::sandbox::RateMode::Vendor).await {
        show.paced = true;
        show.import(&crate::support::World::people_csv(3_000, 30));
        let summary = push(&show, |_| {}).await;
        assert_eq!(summary.cleared, 3_000);
        assert_eq!(
            show.sandbox.stats()["limited"],
            0,
            "{}",
            show.sandbox.stats()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_met_all_the_same_is_waited_out() {
    for words in WORDS {
        let show = words.show(|options| options.rate = "20".parse().unwrap());
        let show = show.await;
        // Enough requests to meet it.
        let people = match words.rows(&*show.vendor().0) {
            1 => 200,
            _ => 2_000,
        };
        show.import(&crate::support::World::people_csv(people, 20));
        let summary = push(&show, |_| {}).await;
        assert_eq!(
            (summary.cleared, summary.waiting),
            (people as u64, 0),
            "{summary:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_always_lost_end_the_run_and_blame_nobody() {
    for fault in ["drop-before=1", "drop-after=1"] {
        for (words, show) in faulty(fault).await {
            show.import(&format!(
                "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\nBo,Li,bo@beta.com,Beta,,CEO\n"
            ));
            let summary = push(&show, |_| {}).await;
            assert_eq!(summary.failed, 0, "{fault}: {summary:?}");
            if summary.waiting > 0 {
                assert_eq!(
                    summary.stopped,
                    Some(mobly_sync::domain::run::StopReason::Outage)
                );
            }
            let (persons, companies) = counts(words, &show);
            assert!(
                persons <= 2 && companies <= words.companies.map(|_| 2),
                "{fault}: {words:?}"
            );
        }
    }
}
