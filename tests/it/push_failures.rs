//! What fails, where it stands, and what a retry makes of it.

use mobly_sync::domain::category::Category;
use mobly_sync::domain::run::Trigger;
use mobly_sync::store::Selection;
use serde_json::json;

use crate::support::show::Show;

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Industry,Job Title\n";

fn failed_in(show: &Show, category: Category) -> u64 {
    let store = show.store();
    let selection = Selection {
        category: Some(category),
        ..Selection::default()
    };
    store.count_leads(&show.integration(), &selection).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_word_on_a_company_keeps_nobody_out_and_the_retry_says_it() {
    let show = Show::new(|_| {}).await;
    show.import(&format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,Software,CTO\nBo,Li,bo@nice.com,Nice,nice.com,COMPUTER_SOFTWARE,CEO\n"));
    let first = show.push(|_| {}).await;
    assert_eq!(
        (first.cleared, first.failed, first.failed_landed),
        (1, 1, 1)
    );
    assert_eq!(first.by_category["DATA_VALUE_VALIDATION"], 1);
    let stats = show.sandbox.stats();
    assert_eq!(
        (
            &stats["contacts"],
            &stats["companies"],
            &stats["associations"]
        ),
        (&json!(2), &json!(2), &json!(2)),
        "{stats}"
    );
    let board = show
        .store()
        .board_summary(&show.integration(), None)
        .unwrap();
    assert_eq!((board.failed, board.failed_landed), (1, 1));

    // The option is added at the vendor: metadata is read afresh, so the retry clears.
    show.sandbox.admin(
        "POST",
        "properties/companies/industry/options",
        &json!({"label": "Software", "value": "Software"}),
    );
    let retry = show
        .push(|request| {
            request.selection.waiting = mobly_sync::store::Waiting::None;
            request.selection.failed = true;
            request.trigger = Trigger::RetryGlobal;
        })
        .await;
    assert_eq!(
        (retry.cleared, retry.failed, retry.updated),
        (1, 0, 1),
        "{retry:?}"
    );
    let stats = show.sandbox.stats();
    assert_eq!(
        (
            &stats["contacts"],
            &stats["companies"],
            &stats["associations"]
        ),
        (&json!(2), &json!(2), &json!(2)),
        "{stats}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn three_bad_addresses_among_a_thousand_are_named_and_the_rest_lands() {
    let show = Show::new(|_| {}).await;
    let mut csv = String::from(HEAD);
    for n in 0..1_000 {
        let email = if [17, 430, 431].contains(&n) {
            format!("ann{n}@firm.invalid")
        } else {
            format!("ann{n}@firm.com")
        };
        csv.push_str(&format!("Ann,Lee{n},{email},,,,\n"));
    }
    show.import(&csv);
    let summary = show.push(|_| {}).await;
    assert_eq!((summary.cleared, summary.failed), (997, 3), "{summary:?}");
    assert_eq!(failed_in(&show, Category::DataFormatValidation), 3);
    assert!(
        summary.requests_by_kind.object <= 20 + 7,
        "{:?}",
        summary.requests_by_kind
    );
    assert_eq!(show.sandbox.stats()["contacts"], 997);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_fails_its_own_call_and_lets_the_rest_wait() {
    let show = Show::new(|_| {}).await;
    show.import(&crate::support::World::people_csv(1_500, 10));
    show.sandbox
        .admin("POST", "tokens/revoke", &json!({"token": "pat-test"}));
    let summary = show.push(|_| {}).await;
    assert!(summary.sign_in_refused);
    assert!(summary.failed > 0 && summary.failed <= 300, "{summary:?}");
    assert_eq!(summary.failed + summary.waiting, 1_500);
    assert_eq!(failed_in(&show, Category::Authentication), summary.failed);
    assert!(show.integration().needs_sign_in);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_known_under_another_name_is_noted_and_a_shared_address_held() {
    let show = Show::new(|_| {}).await;
    let seeded = json!({"inputs": [
        {"properties": {"email": "ana@acme.com", "firstname": "Ana", "lastname": "Li"}},
        {"properties": {"email": "info@acme.com", "firstname": "Cy", "lastname": "Ng"}}]});
    show.sandbox.admin("POST", "objects/contacts", &seeded);
    show.import(&format!(
        "{HEAD}Bo,Stone,ana@acme.com,,,,CTO\nDi,Roe,info@acme.com,,,,CEO\n"
    ));
    let summary = show.push(|_| {}).await;
    assert_eq!((summary.cleared, summary.failed), (1, 1), "{summary:?}");
    assert_eq!(failed_in(&show, Category::IdentityConflict), 1);
    assert_eq!(show.sandbox.stats()["contacts"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_colleague_typed_stays_and_what_we_wrote_is_corrected() {
    let show = Show::new(|_| {}).await;
    let seeded = json!({"inputs": [{"properties": {"email": "ana@acme.com", "firstname": "Ana", "lastname": "Li", "jobtitle": "Boss"}}]});
    show.sandbox.admin("POST", "objects/contacts", &seeded);
    show.import(&format!(
        "{HEAD}Ana,Li,ana@acme.com,,,,CTO\nBo,Ng,bo@acme.com,,,,Engneer\n"
    ));
    show.push(|_| {}).await;
    // Corrected here afterwards: the CRM holds our own value, so it may be replaced; the colleague's may not.
    show.import(&format!(
        "{HEAD}Ana,Li,ana@acme.com,,,,CEO\nBo,Ng,bo@acme.com,,,,Engineer\n"
    ));
    let second = show.push(|_| {}).await;
    assert_eq!((second.cleared, second.failed), (2, 0), "{second:?}");
    let (_, dump) = show.sandbox.admin("GET", "objects/contacts", &json!(null));
    let title = |email: &str| {
        let text = dump.to_string();
        let contacts: Vec<serde_json::Value> = dump["results"]
            .as_array()
            .or(dump.as_array())
            .cloned()
            .unwrap_or_else(|| panic!("{text}"));
        contacts
            .iter()
            .find(|c| c["properties"]["email"] == email)
            .map(|c| c["properties"]["jobtitle"].clone())
            .unwrap()
    };
    assert_eq!(title("ana@acme.com"), "Boss");
    assert_eq!(title("bo@acme.com"), "Engineer");
}
