//! Records that are gone, companies known by halves, creates whose answer was lost: each found again, none made twice.

use serde_json::json;

use crate::support::show::Show;

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

fn counts(show: &Show) -> (u64, u64) {
    let stats = show.sandbox.stats();
    (
        stats["contacts"].as_u64().unwrap(),
        stats["companies"].as_u64().unwrap(),
    )
}

fn dump(show: &Show, kind: &str) -> Vec<serde_json::Value> {
    let (_, dump) = show
        .sandbox
        .admin("GET", &format!("objects/{kind}"), &json!(null));
    dump["results"]
        .as_array()
        .or(dump.as_array())
        .cloned()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_known_by_name_is_the_one_of_that_domain() {
    // The index knows nothing yet of what was just made: only our own memory can.
    let show =
        Show::new(|options| options.search_lag = std::time::Duration::from_secs(3_600)).await;
    show.import(&format!("{HEAD}Yo,Ng,yo@gmail.com,Globex,,CTO\n"));
    show.push(|_| {}).await;
    show.import(&format!("{HEAD}Zed,Ox,zed@globex.com,Globex Inc.,,CEO\n"));
    let summary = show.push(|_| {}).await;
    assert_eq!(summary.failed, 0, "{summary:?}");
    assert_eq!(counts(&show), (2, 1));
    assert_eq!(
        dump(&show, "companies")[0]["properties"]["domain"],
        "globex.com"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_alone_makes_a_company_and_an_address_alone_does_not() {
    let show = Show::new(|_| {}).await;
    show.import(&format!(
        "{HEAD}Yo,Ng,yo@gmail.com,,https://newco.com,CTO\nZed,Ox,zed@other.com,,,CEO\n"
    ));
    show.push(|_| {}).await;
    assert_eq!(counts(&show), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_deleted_at_the_vendor_is_made_anew_by_the_retry() {
    let show = Show::new(|_| {}).await;
    show.import(&format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n"));
    show.push(|_| {}).await;
    let id = dump(&show, "companies")[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let url = format!(
        "{}/crm/objects/2026-03/companies/{id}",
        show.sandbox.base_url()
    );
    let deleted = reqwest::Client::new()
        .delete(url)
        .bearer_auth("pat-test")
        .send()
        .await
        .unwrap();
    assert!(deleted.status().is_success());
    show.import(&format!("{HEAD}Bob,Roe,bob@acme.com,Acme,acme.com,CEO\n"));
    let first = show.push(|_| {}).await;
    assert_eq!((first.failed, first.failed_there), (1, 1), "{first:?}");
    let retry = show.push(|request| request.selection.failed = true).await;
    assert_eq!((retry.cleared, retry.failed), (1, 0), "{retry:?}");
    assert_eq!(counts(&show), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_lost_create_wrote_is_ours_and_can_be_corrected() {
    let show = Show::new(|options| {
        options.faults = vec!["drop-after=#1@contacts/batch/create".parse().unwrap()];
    })
    .await;
    show.import(&format!("{HEAD}Ann,Lee,ann@gmail.com,,,Engneer\n"));
    for _ in 0..3 {
        show.push(|_| {}).await;
    }
    show.import(&format!("{HEAD}Ann,Lee,ann@gmail.com,,,Engineer\n"));
    let summary = show.push(|_| {}).await;
    assert_eq!((summary.updated, summary.failed), (1, 0), "{summary:?}");
    assert_eq!(
        dump(&show, "contacts")[0]["properties"]["jobtitle"],
        "Engineer"
    );
    assert_eq!(counts(&show).0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_expectation_pushes_nothing_and_says_so() {
    let show = Show::new(|_| {}).await;
    let summary = show.push(|request| request.expect = Some(5)).await;
    assert_eq!(
        summary.stopped,
        Some(mobly_sync::domain::run::StopReason::Guard)
    );
    show.import(&format!("{HEAD}Ann,Lee,ann@acme.com,,,CTO\n"));
    let summary = show.push(|request| request.expect = Some(5)).await;
    assert_eq!((summary.pushed, summary.waiting), (0, 1));
    assert_eq!(counts(&show), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_person_whose_company_was_deleted_is_joined_by_the_retry() {
    let show = Show::new(|_| {}).await;
    show.import(&format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n"));
    show.push(|_| {}).await;
    let id = dump(&show, "companies")[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let url = format!(
        "{}/crm/objects/2026-03/companies/{id}",
        show.sandbox.base_url()
    );
    reqwest::Client::new()
        .delete(url)
        .bearer_auth("pat-test")
        .send()
        .await
        .unwrap();
    let bob = json!({"inputs": [{"properties": {"email": "bob@acme.com", "firstname": "Bob", "lastname": "Roe"}}]});
    show.sandbox.admin("POST", "objects/contacts", &bob);
    show.import(&format!("{HEAD}Bob,Roe,bob@acme.com,Acme,acme.com,CEO\n"));
    let first = show.push(|_| {}).await;
    assert_eq!(first.by_category["CONNECTION"], 1, "{first:?}");
    let retry = show.push(|request| request.selection.failed = true).await;
    assert_eq!((retry.cleared, retry.failed), (1, 0), "{retry:?}");
    assert_eq!(counts(&show), (2, 1));
}
