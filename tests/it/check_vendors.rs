//! The check at every vendor: a set-up that is right checks clean, and what it tells of a mixed file is what the push does.

use std::collections::BTreeMap;
use std::sync::Arc;

use mobly_sync::domain::category::Category;
use mobly_sync::domain::history::Author;
use mobly_sync::domain::lead::Role;
use mobly_sync::domain::mapping::{Rule, RuleOptions, Source, WriteBehaviour};
use mobly_sync::engine::check::{CheckContext, CheckReport, LookUp, check};
use mobly_sync::store::StoreHandle;

use crate::support::show::Show;
use crate::support::words::WORDS;

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title,Shirt\n";

async fn checked(show: &Show) -> CheckReport {
    let writes = show.sandbox.stats()["writes"].clone();
    let (vendor, _) = show.vendor();
    let context = CheckContext {
        store: StoreHandle::spawn(show.store()).unwrap(),
        vendor,
        integration: show.integration(),
        clock: Arc::clone(&show.clock),
        look_up: LookUp::Few,
    };
    let report = check(context, None).await.unwrap();
    assert_eq!(show.sandbox.stats()["writes"], writes);
    report
}

/// The longest title the vendor takes, where its fields tell.
async fn longest_title(show: &Show, field: &str) -> Option<usize> {
    let (vendor, _) = show.vendor();
    let object = vendor.plan().create_person;
    let schema = vendor.describe(object, &[]).await.unwrap();
    schema.field(field)?.max_length
}

fn map_to_nothing(show: &Show) {
    let (vendor, _) = show.vendor();
    let rule = Rule {
        object: vendor.plan().create_person.to_owned(),
        remote: "mobly_never_was".into(),
        event: None,
        source: Source::Field("Shirt".into()),
        write: WriteBehaviour::IfBlank,
        options: RuleOptions::default(),
        described: None,
    };
    let integration = show.integration().id;
    let rows = [(rule, Role::Persona)];
    show.store()
        .save_rules(
            integration,
            &rows,
            true,
            &Author::default(),
            show.clock.now(),
        )
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clean_set_up_checks_clean_and_a_mixed_file_fails_as_told() {
    for words in WORDS {
        let show = words.show(|_| {}).await;
        let name = format!("{} {:?}", words.vendor, words.options);
        let mut csv = String::from(HEAD);
        for n in 0..5 {
            csv.push_str(&format!("Ann{n},Lee,ann{n}@firm{n}.com,Firm {n},,CTO,\n"));
        }
        show.import(&csv);
        let clean = checked(&show).await;
        assert_eq!(
            (clean.checked, clean.would_fail),
            (5, 0),
            "{name}: {clean:#?}"
        );
        assert!(
            clean.problems.is_empty() && clean.drift.is_empty(),
            "{name}"
        );

        map_to_nothing(&show);
        let mut csv = String::from(HEAD);
        csv.push_str("Bo,Li,bo@beta.com,Beta,,CEO,red\nCy,Li,cy@beta.com,Beta,,CEO,blue\n");
        // Nothing to know the person by.
        csv.push_str(",,,Gamma,,CEO,\n");
        if let Some(longest) = longest_title(&show, words.title).await {
            let title = "x".repeat(longest + 1);
            csv.push_str(&format!("Di,Li,di@delta.com,Delta,,{title},\n"));
        }
        show.import(&csv);
        let report = checked(&show).await;
        assert_eq!(
            report.checked,
            show.store()
                .leads_to_check(show.integration().account.unwrap().id, None)
                .unwrap()
                .len() as u64
        );
        let mut told: BTreeMap<String, u64> = BTreeMap::new();
        for problem in &report.problems {
            *told.entry(problem.category.code().to_owned()).or_default() += problem.count;
            assert!(
                problem.fix.starts_with("mobly-sync "),
                "{name}: {problem:?}"
            );
        }
        assert_eq!(told["MISSING_REMOTE_FIELD"], 2, "{name}: {told:?}");
        let summary = show.push(|_| {}).await;
        let met: BTreeMap<String, u64> = summary
            .by_category
            .iter()
            .map(|(category, count)| (category.clone(), *count))
            .collect();
        assert_eq!(told, met, "{name}: {report:#?}");
        assert_eq!(report.would_fail, summary.failed, "{name}");
        assert_eq!(
            summary.cleared,
            report.checked - report.would_fail,
            "{name}"
        );
        // What failed is checked again, what cleared is not.
        let again = checked(&show).await;
        assert_eq!(
            (again.checked, again.would_fail),
            (summary.failed, summary.failed),
            "{name}"
        );
        assert!(
            again
                .problems
                .iter()
                .any(|problem| problem.category == Category::MissingRemoteField)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_company_of_several_leads_is_judged_once_and_fails_all_of_them() {
    let show = Show::new(|_| {}).await;
    let head = "First Name,Last Name,Email,Company,Website,Industry\n";
    show.import(&format!(
        "{head}Ann,Lee,ann@acme.com,Acme,acme.com,Software\nBo,Lee,bo@acme.com,Acme,acme.com,Software\nCy,Ng,cy@nice.com,Nice,nice.com,COMPUTER_SOFTWARE\n"
    ));
    let report = checked(&show).await;
    assert_eq!((report.checked, report.would_fail), (3, 2));
    let problem = &report.problems[0];
    assert_eq!(
        (problem.category, problem.object.as_deref(), problem.count),
        (Category::DataValueValidation, Some("company"), 2)
    );
    assert_eq!(
        problem.fix,
        "mobly-sync mapping set companyIndustry industry --object company --value Software=COMPUTER_SOFTWARE"
    );
    let summary = show.push(|_| {}).await;
    assert_eq!(summary.by_category["DATA_VALUE_VALIDATION"], 2);
}
