//! The journey: connect, map, import, push, see what failed, mend it, push again.

use serde_json::json;

use super::stage::{Stage, TOKEN};
use crate::cli::command_error::CommandError;
use crate::domain::category::Category;
use crate::domain::hints::quote;
use crate::env_vars;
use crate::store::{Selection, Store};

/// What a capture app exported after two days: twice scanned people, empty badges, typing errors, words of its own.
const EXPORT: &str = include_str!("expo.csv");
const EXPORT_NAME: &str = "expo-2026.csv";
const EVENT: &str = "Expo 2026";
/// A rule an admin may have set: job titles have at most so many characters.
const TITLE_LIMIT: &str = "80";

/// Done; every lead it touched is fine.
const DONE: &[i32] = &[0];
/// Done; some leads failed, as they should.
const SOME_FAILED: &[i32] = &[3];

/// Plays it.
///
/// # Errors
/// If a command did not end as it should.
pub(super) async fn play(stage: &mut Stage) -> Result<(), CommandError> {
    furnish(stage)?;
    let file = stage.write(EXPORT_NAME, EXPORT)?;
    connect(stage).await?;
    bring_in(stage, &file).await?;
    stage.tell("Everybody leaves for the CRM. Some will not make it, and that is what this program is about.");
    stage.run(&["sync-event", EVENT], SOME_FAILED).await?;
    stage.tell("The board: who is there, who is not, why, and the command that settles it.");
    stage.run(&["reconcile", "--event", EVENT], DONE).await?;
    mend(stage).await?;
    stage.tell("Only what failed goes again.");
    let retry = [
        "reconcile",
        "--event",
        EVENT,
        "--state",
        "failed",
        "--retry",
    ];
    stage.run(&retry, DONE).await?;
    stage.run(&["reconcile", "--event", EVENT], DONE).await?;
    stage.tell("And every step is on record.");
    stage.run(&["history"], DONE).await
}

/// The CRM before the show: people and companies it knows already, and a rule of its admin.
fn furnish(stage: &Stage) -> Result<(), CommandError> {
    let contacts = json!({"inputs": [
        {"properties": {"email": "ann.lee@nordwind.example", "firstname": "Ann", "lastname": "Lee", "jobtitle": "COO"}},
        {"properties": {"email": "marco.rossi@torino.example", "firstname": "Marco", "lastname": "Rossi", "phone": "+39 011 1"}},
        {"properties": {"email": "vera.costa@porto.example", "firstname": "Vera", "lastname": "Costa"}},
        {"properties": {"email": "daan@polder.example", "firstname": "Daan", "lastname": "de Vries"}},
    ]});
    stage.admin("objects/contacts", &contacts)?;
    let companies = json!({"inputs": [
        {"properties": {"name": "Nordwind", "domain": "nordwind.example"}},
        {"properties": {"name": "Harbor Bank plc", "domain": "harborbank.example"}},
    ]});
    stage.admin("objects/companies", &companies)?;
    let rule = json!({"propertyName": "jobtitle", "ruleType": "MAX_LENGTH", "ruleArguments": [TITLE_LIMIT]});
    stage.admin("rules/contacts", &rule)
}

async fn connect(stage: &mut Stage) -> Result<(), CommandError> {
    let (vendor, url) = (stage.vendor, stage.base_url());
    stage.tell(&format!(
        "A trade show is over. The CRM is {}, played by the embedded sandbox at {url}; nothing leaves this machine. The token \
         comes from {}.",
        vendor.title,
        env_vars::token_name(vendor.name)
    ));
    let connect = [
        "connect",
        vendor.name,
        "--base-url",
        url.as_str(),
        "--label",
        "Demo Corp",
        "--mode",
        "manual",
    ];
    stage.run(&connect, DONE).await?;
    stage.tell(
        "Which of our fields fills which of theirs: the usual rows, and the company's industry.",
    );
    stage.run(&["mapping", "defaults"], DONE).await?;
    let industry = [
        "mapping",
        "set",
        "companyIndustry",
        "industry",
        "--object",
        "company",
    ];
    stage.run(&industry, DONE).await?;
    stage.tell("What the booth asked, and what the answers mean there.");
    let question = [
        "qualifier",
        "add",
        "Follow-up",
        "--value",
        "Call this week",
        "--value",
        "Send material",
        "--value",
        "Nothing now",
        "--value",
        "Wants a demo",
    ];
    stage.run(&question, DONE).await?;
    let answers = [
        "qualifier",
        "map",
        "Follow-up",
        "Call this week=OPEN",
        "Send material=IN_PROGRESS",
        "Nothing now=BAD_TIMING",
        "--to",
        "hs_lead_status",
    ];
    stage.run(&answers, DONE).await
}

async fn bring_in(stage: &mut Stage, file: &str) -> Result<(), CommandError> {
    stage.tell(
        "The export of the capture app. In Manual mode the people wait until somebody says so.",
    );
    let import = ["lead", "import", file, "--event", EVENT, "--create-event"];
    stage.run(&import, DONE).await
}

async fn mend(stage: &mut Stage) -> Result<(), CommandError> {
    stage
        .tell("One rule repairs all leads of a cause. Words of the booth become words of the CRM:");
    let industries = [
        "mapping",
        "set",
        "companyIndustry",
        "industry",
        "--object",
        "company",
        "--value",
        "Software=COMPUTER_SOFTWARE",
        "--value",
        "Fin. Services=FINANCIAL_SERVICES",
        "--value",
        "Maschinenbau=MACHINERY",
    ];
    stage.run(&industries, DONE).await?;
    stage
        .run(&["qualifier", "map", "Follow-up", "Wants a demo=NEW"], DONE)
        .await?;
    let titles = [
        "mapping",
        "set",
        "jobTitle",
        "jobtitle",
        "--object",
        "contact",
        "--truncate",
    ];
    stage.run(&titles, DONE).await?;
    stage.tell("A typing error is the lead's own: the log shows it, an edit mends it.");
    let mistyped = failed_in(stage, Category::DataFormatValidation)?;
    stage.run(&["log", &mistyped], DONE).await?;
    let address = "email=hannah.gross@klarwerk.example";
    stage
        .run(&["lead", "edit", &mistyped, "--set", address], DONE)
        .await?;
    stage.tell("And an empty badge stays one. It leaves Failed, never the sum.");
    let empty = failed_in(stage, Category::NotEnoughData)?;
    let ignore = [
        "reconcile",
        "--event",
        EVENT,
        "--lead",
        &empty,
        "--ignore",
        "--reason",
        "empty badge",
    ];
    stage.run(&ignore, DONE).await
}

/// The id of the lead that failed so.
fn failed_in(stage: &Stage, category: Category) -> Result<String, CommandError> {
    let store: Store = stage.store()?;
    let mut found = None;
    for integration in store.integrations()? {
        let selection = Selection {
            category: Some(category),
            ..Selection::default()
        };
        store.lead_lines(&integration, &selection, Some(1), &mut |line| {
            found = Some(line.id);
            Ok(())
        })?;
    }
    found.ok_or_else(|| {
        CommandError::internal(format!("no lead of the demo is {}", category.code()))
    })
}

/// What to type next.
pub(super) fn farewell(stage: &Stage, kept: bool) {
    let vendor = stage.vendor;
    if kept {
        let database = stage.database();
        stage.tell("To go on with what is here:");
        for line in [
            format!(
                "export {}={}",
                env_vars::DB,
                quote(&database.to_string_lossy())
            ),
            format!("export {}={TOKEN}", env_vars::token_name(vendor.name)),
            "mobly-sync reconcile".to_owned(),
            "mobly-sync log ann.lee@nordwind.example --all".to_owned(),
        ] {
            stage.ui.data(format_args!("  {line}"));
        }
        stage.tell("To push again, let the sandbox (which starts empty) listen at the same place in another terminal:");
        stage.ui.data(format_args!(
            "  mobly-sync sandbox {} --port {}",
            vendor.name,
            stage.port()
        ));
        stage.ui.data(format_args!(
            "  mobly-sync reconcile --event {} --retry --again",
            quote(EVENT)
        ));
        return;
    }
    stage.tell("Nothing of this is left. The same with a folder to play with, or with an account of yours:");
    stage.ui.data("  mobly-sync demo --keep mobly-demo");
    stage
        .ui
        .data(format_args!("  mobly-sync connect {}", vendor.name));
}
