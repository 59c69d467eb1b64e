#![allow(clippy::unwrap_used)]

use serde_json::Value;
use tempfile::TempDir;

use super::connect::{self, CampaignConnectArgs};
use super::edit::{self, CampaignEditArgs};
use super::list::{self, CampaignListArgs};
use super::place::fed;
use super::terms::TermsArgs;
use super::{remove, statuses};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::{Context, GlobalArgs};
use crate::cli::set_up::Setup;
use crate::cli::values::assignment;
use crate::domain::event::Event;
use crate::domain::ids::{AccountId, LeadId};
use crate::domain::run::Trigger;
use crate::exit::ExitStatus;
use crate::store::fixtures::{author, connect as connect_to, event, lead, now, seed, set};
use crate::store::qualifiers::NewQualifier;
use crate::store::{Commit, Membership, NewRun, RunFrame, Store};
use crate::ui::{TestUi, UiOptions};
use crate::vendors::{self, CampaignInfo, MemberStatus, RemoteCampaign, VendorInfo};

static CAMPAIGNS: CampaignInfo = CampaignInfo {
    word: "campaign",
    id_guide: "in the address of its page",
    reads: 200,
    rows: 200,
    one_status: false,
    one_object: false,
};

/// A file with a connected vendor that has campaigns, an event of two Cleared leads, and a qualifier.
pub(super) struct Bench {
    folder: TempDir,
    account: AccountId,
    leads: Vec<LeadId>,
}

impl Bench {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("mobly.db")).unwrap();
        let connected = connect_to(&mut store, "hubspot", "44").integration;
        let account = connected.account.unwrap().id;
        let expo = event(&store, "Expo 2026");
        let leads = vec![
            lead(&store, "Ann", "Lee", &[expo]),
            lead(&store, "Bo", "Stone", &[expo]),
        ];
        lead(&store, "Cy", "Young", &[]);
        seed(&mut store, account);
        for cleared in &leads {
            set(&store, account, *cleared, "state = 'cleared'");
        }
        let new = NewQualifier {
            name: "Interest".into(),
            values: vec!["Demo".into(), "Pricing".into()],
            ..NewQualifier::default()
        };
        store.add_qualifier(&new, &author(), now()).unwrap();
        Self {
            folder,
            account,
            leads,
        }
    }

    pub(super) fn context(&self, ui: &TestUi) -> Context {
        Context {
            ui: ui.ui(),
            globals: GlobalArgs {
                db: Some(self.folder.path().join("mobly.db")),
                json: ui.ui().json(),
                ..GlobalArgs::default()
            },
        }
    }

    pub(super) fn setup(&self, context: &Context) -> Setup {
        let mut setup = Setup::open(context).unwrap();
        let like = vendors::lookup("hubspot").unwrap();
        setup.vendor = Box::leak(Box::new(VendorInfo {
            campaigns: Some(&CAMPAIGNS),
            ..*like
        }));
        setup
    }

    fn connect(&self, ui: &TestUi, remote: &RemoteCampaign, terms: TermsArgs) -> Ended {
        let context = self.context(ui);
        let mut setup = self.setup(&context);
        let args = CampaignConnectArgs {
            event: None,
            id: Some(remote.id.clone()),
            to: None,
            terms,
        };
        let expo = expo(&setup);
        connect::save(&context, &mut setup, &expo, remote, &args)
    }

    fn edit(&self, ui: &TestUi, remote: Option<&RemoteCampaign>, terms: TermsArgs) -> Ended {
        let context = self.context(ui);
        let mut setup = self.setup(&context);
        let args = CampaignEditArgs {
            event: None,
            id: None,
            to: None,
            terms,
        };
        let expo = expo(&setup);
        let found = fed(&setup, &expo, None)?;
        edit::save(&context, &mut setup, &expo, &found, remote, &args)
    }

    pub(super) fn list(&self) -> Value {
        let ui = json();
        list::run(&self.context(&ui), &CampaignListArgs { csv: None }).unwrap();
        document(&ui)
    }
}

type Ended = Result<ExitStatus, CommandError>;

pub(super) fn json() -> TestUi {
    TestUi::with(UiOptions {
        json: true,
        ..UiOptions::default()
    })
}

pub(super) fn document(ui: &TestUi) -> Value {
    let document: Value = serde_json::from_str(&ui.stdout()).unwrap();
    assert_eq!(document["schema"], 1);
    document
}

pub(super) fn expo(setup: &Setup) -> Event {
    setup.events[0].clone()
}

fn remote(id: &str) -> RemoteCampaign {
    let labels = ["Sent", "Attended", "Responded"].into_iter().enumerate();
    RemoteCampaign {
        id: id.to_owned(),
        name: format!("Campaign {id}"),
        closed: None,
        statuses: labels
            .map(|(rank, label)| MemberStatus {
                label: label.to_owned(),
                usual: rank == 0,
                rank: u32::try_from(rank).unwrap(),
            })
            .collect(),
    }
}

pub(super) fn terms(status: Option<&str>, status_by: &[&str], threshold: Option<u32>) -> TermsArgs {
    TermsArgs {
        status: status.map(str::to_owned),
        status_by: status_by
            .iter()
            .map(|text| assignment(text).unwrap())
            .collect(),
        threshold,
    }
}

pub(super) fn told(error: &CommandError) -> String {
    let ui = TestUi::piped();
    error.report(&ui.ui());
    ui.stderr()
}

#[test]
fn connecting_keeps_the_terms_pushes_nothing_and_says_whom_it_concerns() {
    let bench = Bench::new();
    let ui = json();
    let given = terms(Some("attended"), &["Interest:demo=Responded"], None);
    bench.connect(&ui, &remote("7010A"), given).unwrap();
    let document = document(&ui);
    assert_eq!(document["changed"], true);
    assert_eq!(document["cleared"], 2);
    assert_eq!(
        document["again"],
        "mobly-sync sync-event \"Expo 2026\" --again"
    );
    assert_eq!(
        (&document["due"], &document["next"]),
        (&0.into(), &Value::Null)
    );
    let feed = &document["campaign"]["events"][0];
    assert_eq!(feed["status"], "Attended", "as the campaign spells it");
    assert_eq!(feed["qualifier"], "Interest");
    assert_eq!(feed["statuses"]["Demo"], "Responded");
    assert_eq!(feed["threshold"], 0);

    let ui = TestUi::piped();
    let given = terms(Some("Attended"), &["Interest:Demo=Responded"], None);
    bench.connect(&ui, &remote("7010A"), given).unwrap();
    assert!(
        ui.stderr().contains("It stood so already."),
        "{}",
        ui.stderr()
    );
    assert!(!ui.stderr().contains("--again"), "nothing changed");
}

#[test]
fn a_wrong_status_is_refused_with_the_campaigns_own_the_nearest_first() {
    let bench = Bench::new();
    let ui = TestUi::piped();
    for given in [
        terms(Some("Respond"), &[], None),
        terms(Some("Sent"), &["Interest:Demo=Respond"], None),
    ] {
        let error = bench.connect(&ui, &remote("7010A"), given).unwrap_err();
        assert_eq!(error.exit_status(), ExitStatus::Usage);
        let text = told(&error);
        assert!(text.contains("nearest first: Responded, "), "{text}");
        assert!(text.contains("campaign statuses --id 7010A"), "{text}");
    }
    assert_eq!(bench.list()["campaigns"], Value::Array(Vec::new()));
}

#[test]
fn a_closed_campaign_is_refused_with_the_reason() {
    let bench = Bench::new();
    let closed = RemoteCampaign {
        closed: Some("it is archived".into()),
        ..remote("7010A")
    };
    let given = terms(Some("Sent"), &[], None);
    let error = bench.connect(&TestUi::piped(), &closed, given).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Unsupported);
    let text = told(&error);
    assert!(
        text.contains("takes no new members: it is archived"),
        "{text}"
    );
}

#[test]
fn without_a_status_members_get_the_usual_one() {
    let bench = Bench::new();
    let ui = TestUi::piped();
    bench
        .connect(&ui, &remote("7010A"), TermsArgs::default())
        .unwrap();
    assert!(
        ui.stderr().contains("members get \"Sent\""),
        "{}",
        ui.stderr()
    );
    let mut unusual = remote("7010B");
    unusual.statuses[0].usual = false;
    let error = bench
        .connect(&ui, &unusual, TermsArgs::default())
        .unwrap_err();
    assert_eq!(error.exit_status(), ExitStatus::Usage);
    let bare = RemoteCampaign {
        statuses: Vec::new(),
        ..remote("7010C")
    };
    bench.connect(&ui, &bare, TermsArgs::default()).unwrap();
    let error = bench.connect(&ui, &bare, terms(Some("Sent"), &[], None));
    assert!(told(&error.unwrap_err()).contains("has no statuses"));
}

#[test]
fn answers_are_named_by_their_qualifier() {
    let bench = Bench::new();
    let ui = TestUi::piped();
    let connect = |by: &str| {
        let given = terms(Some("Sent"), &[by], None);
        bench.connect(&ui, &remote("7010A"), given).unwrap_err()
    };
    assert_eq!(connect("Demo=Responded").code(), ErrorCode::Usage);
    assert_eq!(
        connect("Intrest:Demo=Responded").code(),
        ErrorCode::NotFound
    );
    let text = told(&connect("Interest:Demos=Responded"));
    assert!(text.contains("did you mean \"Demo\"?"), "{text}");
}

#[test]
fn editing_changes_what_is_named_and_keeps_the_rest() {
    let bench = Bench::new();
    let ui = TestUi::piped();
    let both = ["Interest:Demo=Responded", "Interest:Pricing=Attended"];
    let given = terms(Some("Sent"), &both, Some(1));
    bench.connect(&ui, &remote("7010A"), given).unwrap();
    // Nothing of it needs the vendor.
    let given = terms(None, &["Interest:Demo="], Some(2));
    bench.edit(&ui, None, given).unwrap();
    let feed = bench.list()["campaigns"][0]["events"][0].clone();
    assert_eq!(feed["threshold"], 2);
    assert_eq!(feed["status"], "Sent");
    assert_eq!(
        feed["statuses"],
        serde_json::json!({ "Pricing": "Attended" })
    );
    bench
        .edit(&ui, None, terms(None, &["Interest:Pricing="], None))
        .unwrap();
    let feed = bench.list()["campaigns"][0]["events"][0].clone();
    assert_eq!(feed["qualifier"], Value::Null, "no answer decides any more");
    let error = bench
        .edit(&ui, Some(&remote("7010A")), terms(Some("Here"), &[], None))
        .unwrap_err();
    assert_eq!(error.exit_status(), ExitStatus::Usage);
}

#[test]
fn of_several_campaigns_one_is_named_by_its_id_or_its_beginning() {
    let bench = Bench::new();
    let ui = TestUi::piped();
    for id in ["7010A", "7010B", "9900"] {
        let given = terms(Some("Sent"), &[], None);
        bench.connect(&ui, &remote(id), given).unwrap();
    }
    let context = bench.context(&ui);
    let setup = bench.setup(&context);
    let expo = expo(&setup);
    let named = |name| fed(&setup, &expo, name);
    assert_eq!(named(None).unwrap_err().code(), ErrorCode::Usage);
    assert_eq!(
        named(Some("7010")).unwrap_err().code(),
        ErrorCode::Ambiguous
    );
    assert_eq!(named(Some("8")).unwrap_err().code(), ErrorCode::NotFound);
    assert_eq!(named(Some("7010B")).unwrap().campaign.remote_id, "7010B");
    let by_name = named(Some("campaign 9900")).unwrap();
    assert_eq!(by_name.campaign.remote_id, "9900");
}

#[test]
fn removing_leaves_the_members_where_they_are_and_says_so() {
    let bench = Bench::new();
    let ui = TestUi::piped();
    let given = terms(Some("Sent"), &[], None);
    bench.connect(&ui, &remote("7010A"), given).unwrap();
    let context = bench.context(&ui);
    let mut setup = bench.setup(&context);
    let campaign = setup.store.campaigns(bench.account).unwrap()[0].id;
    let run = setup.store.begin_run(&NewRun::default(), now()).unwrap();
    let frame = RunFrame {
        run,
        account: bench.account,
        trigger: Trigger::Auto,
        event: None,
        integration_revision: 1,
    };
    let membership = Membership {
        campaign,
        object: "lead".into(),
        person: "00Q".into(),
        status: Some("Sent".into()),
        remote_id: None,
    };
    let commit = Commit {
        memberships: vec![(bench.leads[0], membership)],
        ..Commit::default()
    };
    setup.store.commit(&frame, &commit, now()).unwrap();
    assert_eq!(bench.list()["campaigns"][0]["leads"], 1);
    remove::remove(&context, &mut setup, "Expo 2026", Some("7010A")).unwrap();
    assert!(
        ui.stderr()
            .contains("feeds Campaign 7010A (7010A) no longer"),
        "{}",
        ui.stderr()
    );
    assert!(
        ui.stderr().contains("the 1 member we made stays"),
        "{}",
        ui.stderr()
    );
    assert_eq!(bench.list()["campaigns"], Value::Array(Vec::new()));
    let error = remove::remove(&context, &mut setup, "Expo 2026", None).unwrap_err();
    assert_eq!(error.code(), ErrorCode::NotFound);
}

#[test]
fn lists_read_well_on_a_terminal_in_a_pipe_and_as_csv() {
    let bench = Bench::new();
    let quiet = TestUi::piped();
    let risky = RemoteCampaign {
        name: "=Expo".into(),
        ..remote("7010A")
    };
    let given = terms(Some("Sent"), &["Interest:Demo=Responded"], Some(2));
    bench.connect(&quiet, &risky, given).unwrap();
    let list = |ui: &TestUi, csv: Option<&str>| {
        let args = CampaignListArgs {
            csv: csv.map(str::to_owned),
        };
        list::run(&bench.context(ui), &args).unwrap();
        ui.stdout()
    };
    assert_eq!(
        list(&TestUi::piped(), None),
        "=Expo\t7010A\tno\tInterest\t2\t0\tExpo 2026\tSent\n"
    );
    assert_eq!(
        list(&TestUi::piped(), Some("-")),
        "Name,Id,Archived,Qualifier,Threshold,Leads,Events,Status\n'=Expo,7010A,no,Interest,2,0,Expo 2026,Sent\n"
    );
    let shown = list(&TestUi::terminal(80), None);
    assert!(shown.starts_with("NAME "), "{shown}");
    assert!(
        shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
    assert!(shown.contains("Expo 2026"), "{shown}");
}

#[test]
fn statuses_come_in_their_order_with_the_usual_one_marked() {
    let bench = Bench::new();
    let ui = json();
    let context = bench.context(&ui);
    let setup = bench.setup(&context);
    statuses::show(&context, &setup, &[remote("7010A")]);
    let document = document(&ui);
    let all = document["statuses"].as_array().unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(
        (&all[0]["status"], &all[0]["usual"]),
        (&"Sent".into(), &true.into())
    );
    assert_eq!(all[2]["campaign_id"], "7010A");
}
