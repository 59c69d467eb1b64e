//! Campaign membership as part of a push: after the person, once, never backwards, and never over a colleague's word.

use mobly_sync::domain::board::BoardFilter;
use mobly_sync::domain::campaign::{Campaign, StatusOfAnswer};
use mobly_sync::domain::category::Category;
use mobly_sync::domain::history::Author;
use mobly_sync::domain::ids::EventId;
use mobly_sync::domain::run::{AttemptStatus, PushSummary};
use mobly_sync::store::campaigns::NewCampaignRule;
use mobly_sync::store::qualifiers::NewQualifier;
use mobly_sync::vendors::MemberEnd;

use crate::support::members::{Campaigns, Script, no_member};
use crate::support::twofold::{CONTACT, Stand, There, plans};

const ANN: &str = "Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n";
const BOB: &str = "Bob,Lee,bob@acme.com,Acme,acme.com,CTO\n";
const CID: &str = "Cid,Lee,cid@acme.com,Acme,acme.com,CTO\n";
const HEADER: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

fn stand() -> Stand {
    let stand = Stand::new(plans::leads_and_contacts());
    campaigns(&stand, |campaigns| {
        campaigns.put("701", &["Sent", "Attended", "Responded"]);
    });
    stand
}

fn campaigns<T>(stand: &Stand, look: impl FnOnce(&mut Campaigns) -> T) -> T {
    let mut there = stand.there();
    let There { campaigns, .. } = &mut *there;
    look(campaigns)
}

fn event(stand: &Stand, name: &str) -> EventId {
    stand.store().find_event(name).unwrap().found().unwrap().id
}

/// Lets an event feed a campaign.
fn feed(stand: &Stand, to: &str, id: &str, change: impl FnOnce(&mut NewCampaignRule)) {
    let mut rule = NewCampaignRule {
        kind: Campaign::OBJECT.to_owned(),
        remote_id: id.into(),
        name: format!("Campaign {id}"),
        closed: None,
        event: event(stand, to),
        status: Some("Sent".into()),
        qualifier: None,
        by_answer: Vec::new(),
        threshold: 0,
    };
    change(&mut rule);
    let integration = stand.integration();
    let account = integration.account.unwrap().id;
    let now = jiff::Timestamp::UNIX_EPOCH;
    stand
        .store()
        .save_campaign_rule(integration.id, account, &rule, &Author::default(), now)
        .unwrap();
}

async fn again(stand: &Stand) -> PushSummary {
    let change = |request: &mut mobly_sync::engine::PushRequest| {
        request.selection.cleared = true;
        request.again = true;
    };
    stand.push_with(change).await
}

fn status(stand: &Stand, person: &str) -> Option<String> {
    campaigns(stand, |there| {
        there.status("701", person).map(str::to_owned)
    })
}

fn calls(stand: &Stand) -> Vec<String> {
    campaigns(stand, |there| std::mem::take(&mut there.calls))
}

#[tokio::test]
async fn a_thousand_new_leads_join_in_five_requests_and_nothing_doubles() {
    let stand = stand();
    let people: String = (0..1_000)
        .map(|n| format!("Ann{n},Lee,ann{n}@firm{n}.example,Firm {n},,CTO\n"))
        .collect();
    stand.import(&people);
    feed(&stand, "Expo", "701", |_| {});
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.created), (1_000, 1_000));
    campaigns(&stand, |there| {
        assert_eq!(there.count("701"), 1_000);
        assert_eq!(there.called("join 701 200"), 5);
        assert_eq!(there.called("join"), 5);
        assert_eq!(there.called("members"), 0, "new people are no members");
        assert_eq!(there.called("campaign"), 1);
    });
    assert_eq!(
        stand.steps("ann7@firm7.example")[1],
        format!(
            "campaign create campaign m-{}",
            stand.links("ann7@firm7.example")[0]
                .split(' ')
                .next_back()
                .unwrap()
        )
    );
    calls(&stand);
    assert_eq!(stand.push().await.pushed, 0);
    assert_eq!(calls(&stand), Vec::<String>::new());
    assert_eq!(again(&stand).await.unchanged, 1_000);
    campaigns(&stand, |there| {
        assert_eq!(there.called("join") + there.called("change"), 0);
        assert_eq!(there.called("members"), 5);
    });
}

#[tokio::test]
async fn several_windows_never_send_to_one_campaign_at_the_same_time() {
    let stand = stand();
    let people: String = (0..2_400)
        .map(|n| format!("Ann{n},Lee,ann{n}@firm{n}.example,Firm {n},,CTO\n"))
        .collect();
    stand.import(&people);
    feed(&stand, "Expo", "701", |_| {});
    assert_eq!(stand.push().await.cleared, 2_400);
    campaigns(&stand, |there| {
        assert_eq!(there.met, Vec::<String>::new());
        assert_eq!(there.called("join"), 12);
        assert_eq!(there.called("campaign"), 1, "asked for once a run");
    });
}

#[tokio::test]
async fn the_member_is_whom_the_strategy_matched() {
    let stand = stand();
    let values = [("LastName", "Lee"), ("Email", "ann@acme.com")];
    stand.there().put(CONTACT, "c-ann", &values);
    stand.import(&format!("{ANN}{BOB}"));
    feed(&stand, "Expo", "701", |_| {});
    assert_eq!(stand.push().await.cleared, 2);
    campaigns(&stand, |there| {
        assert_eq!(there.objects["c-ann"], "contact");
        assert_eq!(there.objects["lead-2"], "lead");
    });
}

#[tokio::test]
async fn a_single_scan_is_skipped_below_the_threshold_and_joins_at_the_second() {
    let stand = stand();
    stand.import(ANN);
    feed(&stand, "Expo", "701", |rule| rule.threshold = 2);
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.failed), (1, 0));
    assert_eq!(
        stand.steps("ann@acme.com"),
        ["person create lead lead-1", "campaign skip campaign -"]
    );
    assert_eq!(
        stand.note("ann@acme.com"),
        "\"Campaign 701\" takes leads from 2 scans on, not 1"
    );
    assert_eq!(campaigns(&stand, |there| there.calls.len()), 0);
    // The number of scans is mapped to no field: what makes the lead due is the membership alone.
    stand.import_csv("Email,Number of Scans\nann@acme.com,2\n");
    let summary = stand.push().await;
    assert_eq!((summary.pushed, summary.updated), (1, 1));
    assert_eq!(status(&stand, "lead-1").as_deref(), Some("Sent"));
}

#[tokio::test]
async fn an_answer_decides_the_status_and_one_without_a_mapping_means_the_default() {
    let stand = stand();
    let new = NewQualifier {
        name: "Interest".into(),
        values: vec!["Demo".into(), "Pricing".into()],
        ..NewQualifier::default()
    };
    let now = jiff::Timestamp::UNIX_EPOCH;
    let interest = stand
        .store()
        .add_qualifier(&new, &Author::default(), now)
        .unwrap();
    let answers = |ann: &str, bob: &str| {
        stand.import_csv(&format!(
            "First Name,Last Name,Email,Company,Interest\n\
             Ann,Lee,ann@acme.com,Acme,{ann}\nBob,Lee,bob@acme.com,Acme,{bob}\nCid,Lee,cid@acme.com,Acme,\n"
        ));
    };
    answers("demo", "Pricing");
    feed(&stand, "Expo", "701", |rule| {
        rule.qualifier = Some(interest.id);
        rule.by_answer = vec![StatusOfAnswer {
            answer: "Demo".into(),
            status: "Responded".into(),
        }];
    });
    assert_eq!(stand.push().await.cleared, 3);
    assert_eq!(status(&stand, "lead-1").as_deref(), Some("Responded"));
    assert_eq!(status(&stand, "lead-2").as_deref(), Some("Sent"));
    assert_eq!(status(&stand, "lead-3").as_deref(), Some("Sent"));
    assert_eq!(campaigns(&stand, |there| there.called("join")), 1);
    // The qualifier goes to no field: the status alone makes Bob due.
    answers("demo", "Demo");
    let summary = stand.push().await;
    assert_eq!((summary.pushed, summary.updated), (1, 1));
    assert_eq!(status(&stand, "lead-2").as_deref(), Some("Responded"));
}

#[tokio::test]
async fn connecting_an_event_makes_nothing_due_but_again_brings_everybody_in() {
    let stand = stand();
    stand.import(&format!("{ANN}{BOB}"));
    stand.push().await;
    feed(&stand, "Expo", "701", |_| {});
    assert_eq!(stand.push().await.pushed, 0);
    let summary = again(&stand).await;
    assert_eq!((summary.cleared, summary.updated), (2, 2));
    assert_eq!(campaigns(&stand, |there| there.count("701")), 2);
}

#[tokio::test]
async fn all_events_of_a_lead_feed_whatever_event_is_named() {
    let stand = stand();
    campaigns(&stand, |there| there.put("702", &["Invited", "Came"]));
    stand.import(ANN);
    stand.import_to("Dinner", &format!("{HEADER}{ANN}"));
    feed(&stand, "Expo", "701", |_| {});
    feed(&stand, "Dinner", "701", |rule| {
        rule.status = Some("Attended".into());
    });
    feed(&stand, "Dinner", "702", |rule| {
        rule.status = Some("Came".into());
    });
    let expo = event(&stand, "Expo");
    let named = |request: &mut mobly_sync::engine::PushRequest| {
        request.event = Some((expo, "Expo".into()));
        request.selection.leads.event = Some(expo);
    };
    assert_eq!(stand.push_with(named).await.cleared, 1);
    assert_eq!(
        status(&stand, "lead-1").as_deref(),
        Some("Attended"),
        "the furthest along of what both events say"
    );
    campaigns(&stand, |there| {
        assert_eq!(there.status("702", "lead-1"), Some("Came"));
        assert_eq!((there.called("join"), there.count("701")), (2, 1));
    });
}

#[tokio::test]
async fn a_status_is_moved_forward_while_it_is_ours_and_never_back() {
    let stand = stand();
    stand.import(ANN);
    feed(&stand, "Expo", "701", |_| {});
    stand.push().await;
    feed(&stand, "Expo", "701", |rule| {
        rule.status = Some("Responded".into());
    });
    assert_eq!(again(&stand).await.updated, 1);
    assert_eq!(status(&stand, "lead-1").as_deref(), Some("Responded"));
    assert!(stand.note("ann@acme.com").contains("from \"Sent\" to"));
    feed(&stand, "Expo", "701", |_| {});
    assert_eq!(again(&stand).await.unchanged, 1);
    assert_eq!(status(&stand, "lead-1").as_deref(), Some("Responded"));
    let note = stand.note("ann@acme.com");
    assert!(note.contains("never moved back to \"Sent\""), "{note}");
}

#[tokio::test]
async fn what_a_colleague_set_stays() {
    let stand = stand();
    stand.import(&format!("{ANN}{BOB}"));
    feed(&stand, "Expo", "701", |_| {});
    // Ann is a member before we come, Bob's status is changed after.
    let values = [("LastName", "Lee"), ("Email", "ann@acme.com")];
    stand.there().put(CONTACT, "c-ann", &values);
    campaigns(&stand, |there| there.set("701", "c-ann", "Attended"));
    assert_eq!(stand.push().await.cleared, 2);
    campaigns(&stand, |there| there.set("701", "lead-2", "Attended"));
    feed(&stand, "Expo", "701", |rule| {
        rule.status = Some("Responded".into());
    });
    assert_eq!(again(&stand).await.unchanged, 2);
    for (person, email) in [("c-ann", "ann@acme.com"), ("lead-2", "bob@acme.com")] {
        assert_eq!(status(&stand, person).as_deref(), Some("Attended"));
        assert!(stand.note(email).contains("somebody else set"));
    }
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_before_anything_is_repeated() {
    for (script, requests) in [(Script::DoneAndLost, 1), (Script::Lost, 2)] {
        let stand = stand();
        stand.import(&format!("{ANN}{BOB}"));
        feed(&stand, "Expo", "701", |_| {});
        campaigns(&stand, |there| there.scripts.push_back(script));
        assert_eq!(stand.push().await.cleared, 2);
        campaigns(&stand, |there| {
            assert_eq!((there.count("701"), there.called("join")), (2, requests));
        });
        // It is ours, however its answer fared: its status may be moved.
        feed(&stand, "Expo", "701", |rule| {
            rule.status = Some("Attended".into());
        });
        again(&stand).await;
        assert_eq!(status(&stand, "lead-1").as_deref(), Some("Attended"));
    }
}

#[tokio::test]
async fn a_lost_answer_makes_nobody_elses_status_ours() {
    let stand = stand();
    stand.import(ANN);
    feed(&stand, "Expo", "701", |rule| {
        rule.status = Some("Responded".into());
    });
    campaigns(&stand, |there| {
        let lost = (0..6).map(|_| Script::Lost);
        there.scripts.extend(lost);
    });
    assert_eq!(stand.push().await.waiting, 1);
    campaigns(&stand, |there| there.set("701", "lead-1", "Attended"));
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(status(&stand, "lead-1").as_deref(), Some("Attended"));
    assert!(stand.note("ann@acme.com").contains("somebody else set"));
}

#[tokio::test]
async fn answers_that_keep_being_lost_end_the_run_and_the_next_one_goes_on() {
    let stand = stand();
    stand.import(ANN);
    feed(&stand, "Expo", "701", |_| {});
    campaigns(&stand, |there| {
        there.scripts.extend((0..5).map(|_| Script::Lost));
        there.scripts.push_back(Script::DoneAndLost);
    });
    let summary = stand.push().await;
    assert_eq!((summary.pushed, summary.waiting), (0, 1));
    assert!(summary.stopped.is_some());
    assert_eq!(
        stand.attempt("ann@acme.com").status,
        AttemptStatus::Interrupted
    );
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(campaigns(&stand, |there| there.called("join")), 6);
    assert_eq!(stand.there().of("lead").len(), 1);
    feed(&stand, "Expo", "701", |rule| {
        rule.status = Some("Attended".into());
    });
    again(&stand).await;
    assert_eq!(
        status(&stand, "lead-1").as_deref(),
        Some("Attended"),
        "found after a lost answer, it is ours"
    );
}

#[tokio::test]
async fn a_refused_member_fails_in_the_campaign_phase_with_the_person_landed() {
    let stand = stand();
    stand.import(&format!("{ANN}{BOB}"));
    feed(&stand, "Expo", "701", |_| {});
    let refused = MemberEnd::Refused(no_member());
    campaigns(&stand, |there| {
        there.scripts.push_back(Script::Row("lead-1", refused));
    });
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.failed), (1, 1));
    assert_eq!(summary.by_category[Category::ValidationRule.code()], 1);
    assert_eq!(summary.failed_landed, 1);
    let attempt = stand.attempt("ann@acme.com");
    assert!(attempt.phases.iter().any(|phase| !phase.ok));
    assert_eq!(attempt.message.unwrap(), no_member().message);
    stand.there().calls.clear();
    calls(&stand);
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(
        calls(&stand),
        ["campaign 701", "members 701 1", "join 701 1"]
    );
    assert_eq!(stand.there().called("create"), 0, "the person is there");
}

#[tokio::test]
async fn a_request_refused_as_a_whole_is_taken_apart() {
    for script in [Script::Blames("lead-2"), Script::RefusedWith("lead-2")] {
        let stand = stand();
        stand.import(&format!("{ANN}{BOB}{CID}"));
        feed(&stand, "Expo", "701", |_| {});
        campaigns(&stand, |there| there.scripts.push_back(script));
        let summary = stand.push().await;
        assert_eq!((summary.cleared, summary.failed), (2, 1));
        assert_eq!(
            stand.attempt("bob@acme.com").category,
            Some(Category::ValidationRule)
        );
        assert_eq!(campaigns(&stand, |there| there.count("701")), 2);
    }
}

#[tokio::test]
async fn locked_silent_overtaken_and_vanished_members() {
    let stand = stand();
    let ends = [
        Script::Row("lead-1", MemberEnd::Later),
        Script::Overtaken("lead-1", "Attended"),
    ];
    stand.import(ANN);
    feed(&stand, "Expo", "701", |_| {});
    campaigns(&stand, |there| there.scripts.extend(ends));
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(status(&stand, "lead-1").as_deref(), Some("Attended"));
    assert!(stand.note("ann@acme.com").contains("somebody else set"));

    stand.import(BOB);
    campaigns(&stand, |there| {
        there
            .scripts
            .push_back(Script::Row("lead-2", MemberEnd::Gone));
    });
    let summary = stand.push().await;
    assert_eq!((summary.pushed, summary.waiting), (0, 1));
    assert_eq!(stand.push().await.cleared, 1);

    stand.import(CID);
    campaigns(&stand, |there| {
        there
            .scripts
            .push_back(Script::Row("lead-3", MemberEnd::Silent));
    });
    assert_eq!(stand.push().await.failed, 1);
    let locked = (0..4).map(|_| Script::Row("lead-3", MemberEnd::Later));
    campaigns(&stand, |there| there.scripts.extend(locked));
    assert_eq!(stand.push().await.failed, 1);
    let message = stand.attempt("cid@acme.com").message.unwrap();
    assert!(message.contains("stayed locked"), "{message}");
}

#[tokio::test]
async fn a_campaign_that_closed_or_vanished_or_lost_a_status_says_so() {
    let stand = stand();
    stand.import(ANN);
    feed(&stand, "Expo", "701", |_| {});
    stand.push().await;
    campaigns(&stand, |there| there.close("701", "it is archived"));
    stand.import(BOB);
    stand.push().await;
    let attempt = stand.attempt("bob@acme.com");
    assert_eq!(attempt.category, Some(Category::DataValueValidation));
    let message = attempt.message.unwrap();
    assert!(message.contains("it is archived"), "{message}");
    assert_eq!(
        again(&stand).await.unchanged,
        1,
        "who is a member stays one"
    );
    let account = stand.integration().account.unwrap().id;
    let seen = stand.store().campaigns(account).unwrap().remove(0);
    assert_eq!(seen.closed.as_deref(), Some("it is archived"));

    campaigns(&stand, |there| there.put("701", &["Invited", "Came"]));
    stand.push().await;
    let attempt = stand.attempt("bob@acme.com");
    assert_eq!(attempt.category, Some(Category::DataValueValidation));
    let message = attempt.message.unwrap();
    assert!(message.contains("it has Invited, Came"), "{message}");

    let board = stand
        .store()
        .board(&stand.integration(), &BoardFilter::default())
        .unwrap();
    let cause = &board.failed[0].causes[0];
    assert_eq!(cause.phase.as_deref(), Some("campaign"));
    assert!(cause.landed, "the person is there");
    let fix = cause.fix.as_deref().unwrap();
    assert!(fix.starts_with("mobly-sync campaign list"), "{fix}");
    campaigns(&stand, |there| there.remove("701"));
    let summary = stand.push().await;
    assert_eq!(summary.by_category[Category::Connection.code()], 1);
    let message = stand.attempt("bob@acme.com").message.unwrap();
    assert!(message.contains("(701) is gone"), "{message}");
}

#[tokio::test]
async fn of_several_campaigns_the_one_that_decides_stands_first_and_the_others_are_kept() {
    let stand = stand();
    campaigns(&stand, |there| there.put("702", &["Invited"]));
    stand.import(ANN);
    feed(&stand, "Expo", "701", |_| {});
    feed(&stand, "Expo", "702", |rule| {
        rule.status = Some("Gone".into());
    });
    let summary = stand.push().await;
    assert_eq!((summary.failed, summary.failed_landed), (1, 1));
    let phases = stand.attempt("ann@acme.com").phases;
    let told: Vec<bool> = phases.iter().map(|phase| phase.ok).collect();
    assert_eq!(told, [true, false, true]);
    feed(&stand, "Expo", "702", |rule| {
        rule.status = Some("Invited".into());
    });
    calls(&stand);
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(
        calls(&stand),
        ["campaign 702", "members 702 1", "join 702 1"],
        "what we wrote to the first is not asked for again"
    );
}

#[tokio::test]
async fn two_leads_of_one_person_are_one_member() {
    let stand = stand();
    let values = [("LastName", "Lee"), ("Email", "ann@acme.com")];
    stand.there().put(CONTACT, "c-ann", &values);
    stand.import(ANN);
    stand.import("Ann,Lee,ann.lee@acme.com,Acme,acme.com,CTO\n");
    feed(&stand, "Expo", "701", |_| {});
    let account = stand.integration().account.unwrap().id;
    let second = stand.lead("ann.lee@acme.com");
    let link = mobly_sync::store::RemoteLink {
        object: CONTACT.into(),
        role: mobly_sync::domain::lead::Role::Persona,
        remote_id: "c-ann".into(),
        created_by_us: false,
    };
    let mut store = stand.store();
    let now = jiff::Timestamp::UNIX_EPOCH;
    let run = store
        .begin_run(&mobly_sync::store::NewRun::default(), now)
        .unwrap();
    let frame = mobly_sync::store::RunFrame {
        run,
        account,
        trigger: mobly_sync::domain::run::Trigger::Auto,
        event: None,
        integration_revision: 1,
    };
    let commit = mobly_sync::store::Commit {
        links: vec![(second, link)],
        ..mobly_sync::store::Commit::default()
    };
    store.commit(&frame, &commit, now).unwrap();
    drop(store);
    assert_eq!(stand.push().await.cleared, 2);
    campaigns(&stand, |there| {
        assert_eq!((there.count("701"), there.called("join 701 1")), (1, 1));
    });
    let fed = stand.store().fed_campaigns(account).unwrap();
    assert_eq!(fed[0].leads, 2);
}

#[tokio::test]
async fn memberships_are_read_back_with_the_people() {
    let stand = stand();
    let people: String = (0..1_500)
        .map(|n| format!("Ann{n},Lee,ann{n}@firm{n}.example,Firm {n},,CTO\n"))
        .collect();
    stand.import(&people);
    feed(&stand, "Expo", "701", |_| {});
    assert_eq!(stand.push().await.cleared, 1_500);
    calls(&stand);
    let found = stand.verify().await.verification;
    assert_eq!(
        (found.counts.checked, found.counts.same),
        (1_500, 1_500),
        "{:?}",
        found.leads.first()
    );
    campaigns(&stand, |there| {
        assert_eq!(there.called("campaign"), 1, "asked for once a run");
        assert_eq!(
            there.called("join") + there.called("change"),
            0,
            "nothing is written"
        );
    });

    let person = |email: &str| {
        let links = stand.links(email);
        links[0].split(' ').next_back().unwrap().to_owned()
    };
    let moved = person("ann3@firm3.example");
    campaigns(&stand, |there| there.set("701", &moved, "Responded"));
    let found = stand.verify().await.verification;
    assert_eq!((found.counts.same, found.counts.changed_since), (1_499, 1));
    assert_eq!(found.leads[0].record, moved);
    let status = &found.leads[0].fields[0];
    assert_eq!(
        (status.expected.as_str(), status.found.as_str()),
        (Some("Sent"), Some("Responded"))
    );
    assert_eq!(found.counts.faults(), 0, "what colleagues do is theirs");
}
