//! The plan of a push is what the push does, for every vendor: record by record, field by field, call by call.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use mobly_sync::clock::AcceleratedClock;
use mobly_sync::domain::history::Author;
use mobly_sync::domain::lead::Role;
use mobly_sync::domain::mapping::{Rule, RuleOptions, Source, WriteBehaviour};
use mobly_sync::domain::plan::{ASSOCIATION, PlannedAction, PlannedLead};
use mobly_sync::engine::Rehearsal;
use mobly_sync::vendors::{Change, Row, Values, Verdict};
use rusqlite::Connection;
use serde_json::Value;

use crate::support::show::Show;
use crate::support::tables::tables;
use crate::support::words::{WORDS, Words};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title,Phone\n";

/// The leads of a plan.
async fn leads(show: &Show, plan: &Rehearsal) -> Vec<PlannedLead> {
    let account = show.integration().account.unwrap().id;
    let stopped = plan.stopped();
    plan.place()
        .call(move |store| {
            let mut leads = Vec::new();
            let all = &PlannedAction::ALL;
            store.planned_leads(account, stopped.as_deref(), all, &mut |lead| {
                leads.push(lead);
                ControlFlow::Continue(())
            })?;
            Ok(leads)
        })
        .await
        .unwrap()
}

/// Somebody else's records at the vendor.
async fn put(words: &Words, show: &Show, people: &[(&str, &str, &str, &str)]) {
    let (vendor, _) = show.vendor();
    let plan = vendor.plan();
    let object = plan.create_person;
    for (number, (first, last, email, title)) in people.iter().enumerate() {
        let schema = vendor.describe(object, &[]).await.unwrap();
        let ours = BTreeMap::from([
            ("firstName", *first),
            ("lastName", *last),
            ("email", *email),
            ("jobTitle", *title),
        ]);
        let mapped = show.info.defaults.iter().filter(|row| row.object == object);
        let mapped = mapped.filter_map(|row| Some((row.remote, *ours.get(row.field)?)));
        let values: Values = words
            .minimum
            .iter()
            .copied()
            .chain(mapped)
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| {
                let field = schema
                    .field(name)
                    .unwrap_or_else(|| panic!("{}: {name}", words.vendor));
                (
                    name.to_owned(),
                    vendor.encode(field, &[value.to_owned()], false).unwrap(),
                )
            })
            .collect();
        let row = Row {
            trace: format!("r-{number}"),
            change: Change::Create { values },
            links: Vec::new(),
            despite_duplicates: false,
            is_no_news: false,
        };
        let answer = vendor.write(object, &[row]).await.unwrap();
        assert!(
            matches!(answer.rows[0].verdict, Verdict::Done { .. }),
            "{}: {answer:?}",
            words.vendor
        );
    }
}

/// What a push wrote, from the images it kept: object, record, kind → field → before and after.
type Written = BTreeMap<(String, String, String), BTreeMap<String, (Value, Value)>>;

fn written(show: &Show, run: i64) -> Written {
    let connection = Connection::open(show.database()).unwrap();
    let mut statement = connection
        .prepare("SELECT object, remote_id, kind, ifnull(before, '{}'), after FROM record_changes WHERE run_id = ?1 AND kind IN ('created', 'updated')")
        .unwrap();
    let rows = statement
        .query_map([run], |row| {
            Ok((
                (row.get(0)?, row.get(1)?, row.get(2)?),
                row.get::<_, String>(3)?,
                row.get::<_, String>(4)?,
            ))
        })
        .unwrap();
    rows.map(|row| {
        let (key, before, after) = row.unwrap();
        let before: Value = serde_json::from_str(&before).unwrap();
        let after: Value = serde_json::from_str(&after).unwrap();
        let fields = after
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), (before[name].clone(), value.clone())))
            .collect();
        (key, fields)
    })
    .collect()
}

/// A value as every spelling of it reads.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The lead's record of an object, once it is there.
fn record_of(show: &Show, lead: &str, object: &str) -> Option<String> {
    let connection = Connection::open(show.database()).unwrap();
    let store = show.store();
    let id = store.ids().decode(lead)?;
    connection
        .query_row(
            "SELECT remote_id FROM remote_links WHERE lead_id = ?1 AND object = ?2",
            rusqlite::params![id.0, object],
            |row| row.get(0),
        )
        .ok()
}

/// What became of each lead: created, updated, unchanged, or its category.
fn outcomes(show: &Show, run: i64) -> BTreeMap<String, String> {
    let connection = Connection::open(show.database()).unwrap();
    let store = show.store();
    let mut statement = connection
        .prepare("SELECT lead_id, coalesce(result, category) FROM attempts WHERE run_id = ?1 ORDER BY id")
        .unwrap();
    let rows = statement
        .query_map([run], |row| {
            Ok((
                mobly_sync::domain::ids::LeadId(row.get(0)?),
                row.get::<_, String>(1)?,
            ))
        })
        .unwrap();
    rows.map(|row| {
        let (lead, end) = row.unwrap();
        (store.ids().encode(lead), end)
    })
    .collect()
}

fn overwrite_titles(words: &Words, show: &Show) {
    let (vendor, _) = show.vendor();
    let rules: Vec<(Rule, Role)> = show
        .info
        .defaults
        .iter()
        .filter(|row| row.remote == words.title)
        .filter(|row| {
            vendor
                .plan()
                .person
                .iter()
                .any(|step| step.object == row.object)
        })
        .map(|row| {
            let rule = Rule {
                object: row.object.into(),
                remote: row.remote.into(),
                event: None,
                write: WriteBehaviour::Overwrite,
                source: Source::Field(row.field.to_owned()),
                options: RuleOptions::default(),
                described: None,
            };
            (rule, Role::Persona)
        })
        .collect();
    assert!(!rules.is_empty(), "{}: no rule for the title", words.vendor);
    let author = Author {
        command: "mapping set".into(),
        person: None,
    };
    let mut store = show.store();
    store
        .save_rules(
            show.integration().id,
            &rules,
            false,
            &author,
            show.clock.now(),
        )
        .unwrap();
}

/// A vendor whose plan does not grow old while a busy machine gets round to the push.
async fn unhurried(words: &Words) -> Show {
    let mut show = words.show(|_| {}).await;
    show.clock = std::sync::Arc::new(AcceleratedClock::new(1.0));
    show
}

/// People who are new, known by address or by id, as they should be, of another name, twice in the file, and refused.
async fn mixed(words: &Words) -> Show {
    let show = unhurried(words).await;
    overwrite_titles(words, &show);
    put(
        words,
        &show,
        &[
            ("Bea", "Known", "bea@beta.com", "Director"),
            ("Cal", "Blank", "cal@beta.com", ""),
            ("Bob", "Other", "info@gamma.com", "Clerk"),
            ("Zed", "Another", "eve@delta.com", "Baker"),
        ],
    )
    .await;
    show.import(&format!(
        "{HEAD}Dan,Before,dan@acme.com,Acme,https://acme.com,Buyer,+1 555 0100\nFay,Right,fay@acme.com,Acme,https://acme.com,Buyer,+1 555 0101\n"
    ));
    let first = show.push(|_| {}).await;
    assert_eq!(first.cleared, 2, "{}: {first:?}", words.vendor);
    show.import(&format!(
        "{HEAD}Dan,Before,dan@acme.com,Acme,https://acme.com,Head of Buying,+1 555 0100\n\
         Bea,Known,bea@beta.com,Beta,https://beta.com,Manager,+1 555 0102\n\
         Cal,Blank,cal@beta.com,Beta,https://beta.com,Engineer,\n\
         Ann,Li,info@gamma.com,Gamma,https://gamma.com,Engineer,\n\
         Eve,Strange,eve@delta.com,Delta,https://delta.com,Engineer,\n\
         Nia,New,nia@newco.com,Newco,https://newco.com,Engineer,+1 555 0103\n\
         Noa,New,noa@newco.com,Newco,https://newco.com,Engineer,+1 555 0104\n\
         Pia,New,pia@acme.com,Acme,https://acme.com,Engineer,\n"
    ));
    show
}

/// Whether two values are one, as far as the vendor's own form goes.
fn assert_same(words: &Words, what: &str, planned: &Value, written: &Value) {
    assert_eq!(text(planned), text(written), "{}: {what}", words.vendor);
}

/// A plan against what the push did, record by record.
fn assert_equal(words: &Words, show: &Show, plan: &[PlannedLead], run: i64) {
    let ends = outcomes(show, run);
    let planned: BTreeMap<String, String> = plan
        .iter()
        .map(|lead| {
            let end = match lead.action {
                PlannedAction::Create => "created".to_owned(),
                PlannedAction::Update => "updated".to_owned(),
                PlannedAction::Unchanged => "unchanged".to_owned(),
                _ => lead.category.unwrap().code().to_owned(),
            };
            (lead.id.clone(), end)
        })
        .collect();
    assert_eq!(planned, ends, "{}: {plan:#?}", words.vendor);
    let mut left = written(show, run);
    let mut checked = BTreeSet::new();
    for lead in plan {
        for record in &lead.records {
            let fields: Vec<_> = record
                .fields
                .iter()
                // What joins two records is no field of theirs.
                .filter(|field| field.write)
                .filter(|field| field.field != ASSOCIATION)
                .collect();
            if fields.is_empty() {
                continue;
            }
            let id = record
                .id
                .clone()
                .or_else(|| record_of(show, &lead.id, &record.object))
                .or_else(|| {
                    // A company of a lead that failed is nobody's yet: it is known by what it holds.
                    let holds = |images: &BTreeMap<String, (Value, Value)>| {
                        fields.iter().all(|field| {
                            images
                                .get(&field.remote)
                                .is_some_and(|(_, after)| text(after) == text(&field.new))
                        })
                    };
                    let mut made = left.iter().filter(|((object, _, kind), _)| {
                        *object == record.object && kind == "created"
                    });
                    made.find(|(_, images)| holds(images))
                        .map(|((_, id, _), _)| id.clone())
                })
                .unwrap_or_else(|| panic!("{}: {lead:#?} has no record", words.vendor));
            let kind = if record.id.is_none() {
                "created"
            } else {
                "updated"
            };
            let key = (record.object.clone(), id, kind.to_owned());
            let Some(images) = left.get_mut(&key) else {
                panic!("{}: {key:?} was planned and not written", words.vendor);
            };
            checked.insert(key.clone());
            for field in fields {
                let (before, after) = images.remove(&field.remote).unwrap_or_else(|| {
                    panic!(
                        "{}: {key:?} {} was planned only",
                        words.vendor, field.remote
                    )
                });
                let what = format!("{key:?} {}", field.remote);
                assert_same(words, &what, &field.old, &before);
                if field.new != "new" {
                    assert_same(words, &what, &field.new, &after);
                }
            }
        }
    }
    left.retain(|_, fields| !fields.is_empty());
    assert_eq!(
        left,
        Written::new(),
        "{}: written, not planned",
        words.vendor
    );
    assert!(
        !checked.is_empty(),
        "{}: nothing was compared",
        words.vendor
    );
}

fn copies(show: &Show) -> bool {
    show.info
        .objects
        .iter()
        .any(|object| object.mirror.is_some())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_is_what_the_push_does() {
    for words in WORDS {
        let show = mixed(words).await;
        let there = words.all_there(&show.sandbox);
        let before = tables(&show.database());
        let plan = show.rehearse(|_| {}).await;
        let planned = leads(&show, &plan).await;
        assert_eq!(
            before,
            tables(&show.database()),
            "{}: it changed our file",
            words.vendor
        );
        assert_eq!(
            there,
            words.all_there(&show.sandbox),
            "{}: it wrote there",
            words.vendor
        );
        let actions: BTreeSet<&str> = planned.iter().map(|lead| lead.action.name()).collect();
        assert!(
            actions.is_superset(&BTreeSet::from(["create", "update", "fail"])),
            "{}: {planned:#?}",
            words.vendor
        );
        let overwritten: u64 = plan
            .summary
            .field_effects
            .values()
            .map(|effect| effect.overwritten)
            .sum();
        assert!(overwritten > 0, "{}: {:?}", words.vendor, plan.summary);
        let unsent = plan.unsent();
        let reads = plan.summary.requests;
        let pushed = show.push_as_planned(&plan, |_| {}).await;
        assert_equal(words, &show, &planned, pushed.run.0);
        assert_eq!(
            plan.summary.field_effects, pushed.field_effects,
            "{}",
            words.vendor
        );
        assert_eq!(
            plan.summary.by_category, pushed.by_category,
            "{}",
            words.vendor
        );
        if copies(&show) {
            // Copies are read again, in pages, once something is written.
            assert!(
                pushed.requests >= 1 && pushed.requests <= unsent.calls + reads,
                "{}: {pushed:?} {unsent:?}",
                words.vendor
            );
        } else {
            assert_eq!(
                pushed.requests, unsent.calls,
                "{}: {pushed:?}",
                words.vendor
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_cost_is_what_a_push_without_a_plan_costs() {
    for words in WORDS {
        let show = mixed(words).await;
        let plan = show.rehearse(|_| {}).await;
        let calls = plan.summary.requests_by_kind.object
            + plan.summary.requests_by_kind.metadata
            + plan.unsent().calls;
        let pushed = show.push(|_| {}).await;
        let made = pushed.requests_by_kind.object + pushed.requests_by_kind.metadata;
        assert_eq!(
            calls, made,
            "{}: {:?} {pushed:?}",
            words.vendor, plan.summary
        );
    }
}

/// A thousand people of a hundred companies, every other one known already.
#[tokio::test(flavor = "multi_thread")]
async fn the_plan_of_a_thousand_is_what_the_push_does() {
    let words = &WORDS[0];
    let show = unhurried(words).await;
    overwrite_titles(words, &show);
    let people = |from: usize, step: usize, title: &str| {
        let mut csv = String::from(HEAD);
        for n in (from..1_000).step_by(step) {
            let firm = n % 100;
            csv.push_str(&format!(
                "Ann{n},Lee{n},ann{n}@firm{firm}.example,Firm {firm},https://firm{firm}.example,{title},+1 555 {n:06}\n"
            ));
        }
        csv
    };
    show.import(&people(0, 2, "Engineer"));
    let first = show.push(|_| {}).await;
    assert_eq!(first.cleared, 500, "{first:?}");
    show.import(&people(0, 1, "Director"));
    let plan = show.rehearse(|_| {}).await;
    let planned = leads(&show, &plan).await;
    assert_eq!((plan.totals.create, plan.totals.update), (500, 500));
    let pushed = show.push_as_planned(&plan, |_| {}).await;
    assert_equal(words, &show, &planned, pushed.run.0);
    assert_eq!(pushed.requests, plan.unsent().calls, "{pushed:?}");
}

/// What is older than five minutes is read again before anything is written by it.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_change_after_five_minutes_is_seen() {
    let words = &WORDS[0];
    let mut show = words.show(|_| {}).await;
    show.clock = std::sync::Arc::new(AcceleratedClock::new(1_000.0));
    put(words, &show, &[("Cal", "Blank", "cal@beta.com", "")]).await;
    show.import(&format!(
        "{HEAD}Cal,Blank,cal@beta.com,Beta,https://beta.com,Engineer,\n"
    ));
    let plan = show.rehearse(|_| {}).await;
    let planned = leads(&show, &plan).await;
    let id = planned[0].records[0].id.clone().unwrap();
    // Somebody fills the title in there.
    let (vendor, _) = show.vendor();
    let row = Row {
        trace: "theirs".into(),
        change: Change::Update {
            id: id.clone(),
            values: Values::from([(words.title.to_owned(), "Baker".into())]),
        },
        links: Vec::new(),
        despite_duplicates: false,
        is_no_news: false,
    };
    let object = vendor.plan().create_person;
    vendor.write(object, &[row]).await.unwrap();
    show.clock.sleep(std::time::Duration::from_secs(301)).await;
    let pushed = show.push_as_planned(&plan, |_| {}).await;
    assert_eq!(pushed.field_effects[words.title].kept, 1, "{pushed:?}");
    assert!(pushed.requests > plan.unsent().calls, "{pushed:?}");
}
