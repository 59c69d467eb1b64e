//! An event whose push fails in several ways, made through the library, to be looked at and retried by the binary.

use mobly_sync::capture::{self, ImportOptions};
use mobly_sync::clock::SystemClock;
use mobly_sync::domain::history::Author;
use mobly_sync::domain::integration::{
    Environment, Integration, IntegrationCategory, Mode, SecretPlace, Settings,
};
use mobly_sync::domain::lead::Role;
use mobly_sync::domain::mapping::{Rule, RuleOptions, Source, WriteBehaviour, default_write};
use mobly_sync::store::integrations::{AccountDetails, NewIntegration};
use mobly_sync::store::qualifiers::NewQualifier;
use mobly_sync::store::{NewRun, Store};
use mobly_sync::vendors;
use serde_json::{Value, json};

use super::{CANARY, World};

/// The event.
pub(crate) const EXPO: &str = "Expo 2026";

const PEOPLE: &str = "\
First Name,Last Name,Email,Company,Website,Industry,Job Title,Interest
Ann,Lee,ann@acme.com,Acme,acme.com,COMPUTER_SOFTWARE,CTO,Pricing
Bo,Li,bo@acme.com,Acme,acme.com,COMPUTER_SOFTWARE,CEO,Pricing
Cy,Ray,cy@soft.com,Soft,soft.com,Software,CEO,Pricing
Di,Oak,di@soft.com,Soft,soft.com,Software,CEO,Pricing
Ed,Fin,ed@fin.com,Fin,fin.com,Fin. Services,CEO,Pricing
Fay,Tag,fay@tag.com,Tag,tag.com,BANKING,CEO,Platform demo
Gil,Long,gil@long.com,Long,long.com,BANKING,Chief Officer of Very Many Things,Pricing
Hal,Bad,hal@bad.invalid,Bad,,BANKING,CEO,Pricing
,,,Nobody Ltd,,BANKING,,
";

/// HubSpot connected (Manual), mapped, and nine leads frozen: two right, three with a company's industry HubSpot does not
/// know, one with an answer without option, one with too long a title, one bad address, one without name and address.
pub(crate) fn expo() -> World {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let rule =
        json!({"propertyName": "jobtitle", "ruleType": "MAX_LENGTH", "ruleArguments": ["20"]});
    world.admin("POST", "rules/contacts", &rule);
    let interest = json!({
        "name": "interest", "label": "Interest", "type": "enumeration", "fieldType": "select", "groupName": "contactinformation",
        "options": [{"label": "Pricing", "value": "pricing"}, {"label": "Platform", "value": "platform_demo"}],
    });
    world.admin("POST", "properties/contacts", &interest);
    let mut store = world.store();
    let integration = connect(&mut store, &world.base_url());
    qualify(&mut store, &integration);
    import(&mut store, PEOPLE);
    world
}

fn author() -> Author {
    Author {
        command: "test".into(),
        person: Some("ann".into()),
    }
}

fn now() -> jiff::Timestamp {
    use mobly_sync::clock::Clock as _;
    SystemClock::new().now()
}

fn connect(store: &mut Store, base_url: &str) -> Integration {
    let new = NewIntegration {
        name: "hubspot".into(),
        vendor: "hubspot".into(),
        category: IntegrationCategory::Crm,
        mode: Some(Mode::Manual),
        settings: Settings {
            base_url: Some(base_url.to_owned()),
            ..Settings::default()
        },
        secret_place: SecretPlace::Environment,
    };
    let account = AccountDetails {
        vendor_account: "20261122".into(),
        origin: base_url.to_owned(),
        environment: Environment::Rehearsal,
        name: "Acme".into(),
    };
    let connected = store
        .connect_integration(&new, &account, &author(), now())
        .unwrap();
    let rules: Vec<(Rule, Role)> = vendors::lookup("hubspot")
        .unwrap()
        .defaults
        .iter()
        .map(|row| {
            let source = Source::Field(row.field.to_owned());
            let rule = Rule {
                object: row.object.into(),
                remote: row.remote.into(),
                event: None,
                write: default_write(&source, None),
                source,
                options: RuleOptions::default(),
                described: None,
            };
            let role = if row.object == "company" {
                Role::Company
            } else {
                Role::Persona
            };
            (rule, role)
        })
        .collect();
    let id = connected.integration.id;
    store
        .save_rules(id, &rules, true, &author(), now())
        .unwrap();
    store.integration_by_id(id).unwrap().unwrap()
}

fn qualify(store: &mut Store, integration: &Integration) {
    let new = NewQualifier {
        name: "Interest".into(),
        values: vec!["Pricing".into(), "Platform demo".into()],
        ..NewQualifier::default()
    };
    let qualifier = store.add_qualifier(&new, &author(), now()).unwrap();
    store
        .map_qualifier(
            integration.id,
            qualifier.id,
            "contact",
            "interest",
            WriteBehaviour::Overwrite,
            &author(),
            now(),
        )
        .unwrap();
    let values = [("Pricing".to_owned(), Some("pricing".to_owned()))];
    store
        .map_values(integration.id, qualifier.id, &values, &author(), now())
        .unwrap();
}

fn import(store: &mut Store, csv: &str) {
    let new = NewRun {
        command: "lead import".into(),
        trigger: "import".into(),
        ..NewRun::default()
    };
    let run = store.begin_run(&new, now()).unwrap();
    let options = ImportOptions {
        event: Some(EXPO.into()),
        create_event: true,
        ..ImportOptions::new(run, "people.csv")
    };
    let report =
        capture::import(store, csv.as_bytes(), &options, None, &mut |_| {}, now()).unwrap();
    assert_eq!(report.created, 9, "{report:?}");
}

impl World {
    /// The file, opened beside the binary.
    pub(crate) fn store(&self) -> Store {
        Store::open(&self.database()).unwrap()
    }

    /// Translates the answer that had no option.
    pub(crate) fn map_platform_demo(&self) {
        let mut store = self.store();
        let crm = store.integration("hubspot").unwrap().unwrap();
        let qualifier = store.find_qualifier("Interest").unwrap().unwrap();
        let values = [("Platform demo".to_owned(), Some("platform_demo".to_owned()))];
        store
            .map_values(crm.id, qualifier.id, &values, &author(), now())
            .unwrap();
    }

    /// The failed group of a category on a board.
    pub(crate) fn group<'a>(board: &'a Value, category: &str) -> Option<&'a Value> {
        board["failed"]
            .as_array()
            .unwrap()
            .iter()
            .find(|group| group["category"] == category)
    }
}
