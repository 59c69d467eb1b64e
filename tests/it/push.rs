//! Pushes through the library, against the sandbox over real HTTP: what lands, what fails, what a lost answer does.

use mobly_sync::domain::run::PushSummary;
use mobly_sync::engine::PushRequest;
use serde_json::json;

use crate::support::World;
use crate::support::show::Show;

/// Pushes, and checks what must hold after every push: the counters equal a recount, no lead is left in anybody's hands.
async fn push(show: &Show, change: impl FnOnce(&mut PushRequest)) -> PushSummary {
    let summary = show.push(change).await;
    let store = show.store();
    assert_eq!(store.check_counters().unwrap(), Vec::new());
    assert!(store.unfinished_claims().unwrap().is_empty());
    summary
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_leads_land_once_within_the_budget() {
    let show = Show::new(|_| {}).await;
    show.import(&World::people_csv(1_000, 300));
    let summary = push(&show, |_| {}).await;
    assert_eq!(
        (
            summary.cleared,
            summary.created,
            summary.failed,
            summary.waiting
        ),
        (1_000, 1_000, 0, 0)
    );
    assert!(
        summary.requests_by_kind.object <= 32,
        "{:?}",
        summary.requests_by_kind
    );
    assert!(
        summary.requests_by_kind.metadata <= 6,
        "{:?}",
        summary.requests_by_kind
    );
    let stats = show.sandbox.stats();
    assert_eq!(
        (&stats["contacts"], &stats["companies"]),
        (&json!(1_000), &json!(300)),
        "{stats}"
    );
    assert_eq!(stats["duplicate_emails"], 0);
    assert_eq!(stats["duplicate_company_domains"], 0);

    let again = push(&show, |request| {
        request.again = true;
        request.selection.cleared = true;
    })
    .await;
    assert_eq!((again.cleared, again.unchanged), (1_000, 1_000));
    assert_eq!(show.sandbox.stats()["writes"], stats["writes"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_answers_and_outages_double_nothing() {
    let show = Show::new(|options| {
        options.faults = [
            "drop-after=0.3@batch/create",
            "drop-before=0.1",
            "500=0.1",
            "partial=0.05",
            "reorder=0.3",
        ]
        .iter()
        .map(|fault| fault.parse().unwrap())
        .collect();
        options.seed = 7;
    })
    .await;
    show.import(&World::people_csv(600, 40));
    // Whatever one run leaves open the next takes up.
    for _ in 0..12 {
        let summary = show.push(|request| request.selection.failed = true).await;
        if summary.waiting == 0 && summary.failed == 0 {
            break;
        }
    }
    let stats = show.sandbox.stats();
    assert_eq!(stats["contacts"], 600, "{stats}");
    assert_eq!(stats["companies"], 40, "{stats}");
    let board = show
        .store()
        .board_summary(&show.integration(), None)
        .unwrap();
    assert_eq!(board.cleared, 600, "{board:?}");
}
