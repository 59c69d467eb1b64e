//! Activities as the last phase of a push: each once, looked up before it is repeated, and only where they are asked for.

use mobly_sync::domain::category::Category;
use mobly_sync::domain::failure::{Failure, Phase};
use mobly_sync::domain::run::{AttemptStatus, PushSummary};
use mobly_sync::vendors::Verdict;

use crate::support::tasks::TASK;
use crate::support::twofold::{CONTACT, Stand, plans};

const ANN: &str = "Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n";
const BOB: &str = "Bob,Lee,bob@acme.com,Acme,acme.com,CTO\n";

fn stand(people: &str) -> Stand {
    let stand = Stand::new(plans::leads_and_contacts());
    stand.send_activities(true);
    stand.import(people);
    stand
}

async fn again(stand: &Stand) -> PushSummary {
    let change = |request: &mut mobly_sync::engine::PushRequest| {
        request.selection.cleared = true;
        request.again = true;
    };
    stand.push_with(change).await
}

fn calls(stand: &Stand, beginning: &str) -> usize {
    stand.there().called(beginning)
}

/// The next so many writes of tasks are done and never answered, or neither.
fn lose(stand: &Stand, done: bool, times: usize) {
    let mut there = stand.there();
    let losses = if done {
        &mut there.lost
    } else {
        &mut there.dropped
    };
    losses.insert(TASK, times);
}

#[tokio::test]
async fn each_is_sent_once_after_its_person() {
    let stand = stand(&format!("{ANN}{BOB}"));
    let values = [("LastName", "Lee"), ("Email", "bob@acme.com")];
    stand.there().put(CONTACT, "c-bob", &values);
    stand.call("ann@acme.com", "Asked for a quote");
    stand.call("ann@acme.com", "Signed");
    stand.call("bob@acme.com", "Not there");
    assert_eq!(stand.push().await.cleared, 2);
    let there = [
        "c-bob: Call Not there",
        "lead-2: Call Asked for a quote",
        "lead-2: Call Signed",
    ];
    assert_eq!(stand.tasks(), there);
    assert_eq!(calls(&stand, "create task 3"), 1);
    let steps = stand.steps("ann@acme.com");
    assert_eq!(steps[0], "person create lead lead-2");
    assert_eq!(steps.len(), 3);
    assert!(
        steps[1].starts_with("activity create task task-"),
        "{steps:?}"
    );
    assert_eq!(stand.push().await.pushed, 0);
    assert_eq!(again(&stand).await.unchanged, 2);
    assert_eq!(stand.tasks(), there);
    assert_eq!(calls(&stand, "look"), 0, "nothing was in doubt");
}

#[tokio::test]
async fn a_thousand_go_in_five_requests() {
    let people: String = (0..1_000)
        .map(|n| format!("Ann{n},Lee,ann{n}@firm{n}.example,Firm {n},,CTO,Note {n}\n"))
        .collect();
    let stand = Stand::new(plans::leads_and_contacts());
    stand.send_activities(true);
    stand.import_csv(&format!(
        "First Name,Last Name,Email,Company,Website,Job Title,Notes\n{people}"
    ));
    assert_eq!(stand.push().await.cleared, 1_000);
    assert_eq!(stand.tasks().len(), 1_000);
    assert_eq!(calls(&stand, "create task"), 5);
    assert_eq!(stand.there().met, Vec::<String>::new());
}

#[tokio::test]
async fn a_new_one_alone_makes_a_cleared_lead_due() {
    let stand = stand(ANN);
    stand.push().await;
    stand.call("ann@acme.com", "Signed");
    let summary = stand.push().await;
    assert_eq!((summary.pushed, summary.updated), (1, 1));
    assert_eq!(stand.tasks(), ["lead-1: Call Signed"]);
    stand.call("ann@acme.com", "Signed");
    assert_eq!(stand.push().await.updated, 1);
    assert_eq!(stand.tasks().len(), 2, "said twice is two");
}

#[tokio::test]
async fn nothing_is_sent_where_nobody_asked_for_it() {
    let stand = stand(ANN);
    stand.send_activities(false);
    stand.call("ann@acme.com", "Asked for a quote");
    assert_eq!(stand.push().await.created, 1);
    stand.call("ann@acme.com", "Signed");
    assert_eq!(stand.push().await.pushed, 0, "nothing that is sent changed");
    assert_eq!(stand.tasks(), Vec::<String>::new());
    assert_eq!(stand.steps("ann@acme.com"), ["person create lead lead-1"]);
    // Asked for later: what is cleared stays as it is until it is compared, and then all of it goes.
    stand.send_activities(true);
    assert_eq!(stand.push().await.pushed, 0);
    assert_eq!(again(&stand).await.updated, 1);
    assert_eq!(stand.tasks().len(), 2);
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_by_its_marker_and_nothing_doubles() {
    for (done, requests) in [(true, 1), (false, 2)] {
        let stand = stand(&format!("{ANN}{BOB}"));
        stand.call("ann@acme.com", "Hello");
        stand.call("ann@acme.com", "Hello");
        stand.call("bob@acme.com", "Hello");
        lose(&stand, done, 1);
        assert_eq!(stand.push().await.cleared, 2);
        assert_eq!(stand.tasks().len(), 3);
        assert_eq!(calls(&stand, "create task"), requests);
        assert_eq!(calls(&stand, "look 3"), 1);
        again(&stand).await;
        assert_eq!(stand.tasks().len(), 3);
    }
}

#[tokio::test]
async fn answers_that_keep_being_lost_end_the_run_and_the_next_one_looks_first() {
    let stand = stand(ANN);
    stand.call("ann@acme.com", "Hello");
    lose(&stand, false, 4);
    let summary = stand.push().await;
    assert_eq!(
        (summary.cleared, summary.failed, summary.waiting),
        (0, 0, 1)
    );
    assert!(summary.stop_message.unwrap().contains("keep being lost"));
    let attempt = stand.attempt("ann@acme.com");
    assert_eq!(attempt.status, AttemptStatus::Interrupted);
    let looked = calls(&stand, "look 1");
    assert_eq!(looked, 3, "before each repetition");
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(calls(&stand, "look 1"), looked + 1);
    assert_eq!(stand.tasks(), ["lead-1: Call Hello"]);
}

#[tokio::test]
async fn a_dead_process_leaves_a_doubt_that_the_next_one_settles() {
    let stand = stand(ANN);
    stand.call("ann@acme.com", "Hello");
    lose(&stand, true, 1);
    // Dropped on the spot, as a killed process is: nothing of the answer is recorded.
    let pushing = stand.push();
    {
        tokio::pin!(pushing);
        while calls(&stand, "create task") == 0 {
            tokio::select! {
                biased;
                _ = &mut pushing => panic!("ended before it was killed"),
                () = tokio::task::yield_now() => {}
            }
        }
    }
    let task = stand.tasks();
    assert_eq!(task, ["lead-1: Call Hello"]);
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(stand.tasks(), ["lead-1: Call Hello"]);
    assert_eq!(
        (calls(&stand, "create task"), calls(&stand, "look 1")),
        (1, 1)
    );
}

#[tokio::test]
async fn a_refused_one_fails_its_lead_alone_and_the_person_has_landed() {
    let stand = stand(&format!("{ANN}{BOB}"));
    stand.call("ann@acme.com", "Good");
    stand.call("ann@acme.com", "Bad");
    stand.call("bob@acme.com", "Fine");
    let refusal = Failure::new(Category::ValidationRule, "not this word");
    let script = vec![Verdict::Refused(refusal)];
    stand.there().scripted.insert("Bad".into(), script);
    let summary = stand.push().await;
    assert_eq!(
        (summary.cleared, summary.failed, summary.failed_there),
        (1, 1, 1)
    );
    let attempt = stand.attempt("ann@acme.com");
    let decided = attempt
        .phases
        .iter()
        .find(|phase| phase.name == Phase::Activity);
    assert!(!decided.unwrap().ok, "what decided stands first");
    assert_eq!(attempt.category, Some(Category::ValidationRule));
    assert_eq!(stand.tasks().len(), 2);
    // The retry sends what is missing, and nothing else.
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(stand.tasks().len(), 3);
    assert_eq!(calls(&stand, "look"), 0);
}

#[tokio::test]
async fn a_request_refused_as_a_whole_is_halved_until_the_one_to_blame_is_alone() {
    let people: String = (0..8)
        .map(|n| format!("Ann{n},Lee,ann{n}@firm{n}.example,Firm {n},,CTO\n"))
        .collect();
    let stand = stand(&people);
    for n in 0..8 {
        let text = if n == 5 { "Bad" } else { "Good" };
        stand.call(&format!("ann{n}@firm{n}.example"), text);
    }
    stand.there().refuses = Some("Bad");
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.failed), (7, 1));
    assert_eq!(stand.tasks().len(), 7);
}

#[tokio::test]
async fn one_the_answer_does_not_mention_is_looked_up_by_the_retry() {
    let stand = stand(ANN);
    stand.call("ann@acme.com", "Hello");
    let silent = vec![Verdict::Silent];
    stand.there().scripted.insert("Hello".into(), silent);
    let summary = stand.push().await;
    assert_eq!((summary.failed, summary.failed_there), (1, 1));
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(calls(&stand, "look 1"), 1);
    assert_eq!(stand.tasks(), ["lead-1: Call Hello"]);
}

#[tokio::test]
async fn a_person_that_vanishes_is_nobodys_fault() {
    let stand = stand(ANN);
    stand.call("ann@acme.com", "Hello");
    let gone = vec![Verdict::LinkGone];
    stand.there().scripted.insert("Hello".into(), gone);
    let summary = stand.push().await;
    assert_eq!(
        (summary.cleared, summary.failed, summary.waiting),
        (0, 0, 1)
    );
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(stand.tasks(), ["lead-1: Call Hello"]);
}

#[tokio::test]
async fn a_text_too_long_is_cut_and_the_log_says_so() {
    let stand = stand(ANN);
    stand.call("ann@acme.com", &"long ".repeat(20));
    assert_eq!(stand.push().await.cleared, 1);
    assert!(stand.tasks()[0].ends_with("long…"));
    assert!(stand.note("ann@acme.com").contains("cut to 40 characters"));
}
