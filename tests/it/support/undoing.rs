//! What tests of the undo share: the run itself, and what is there before and after.

use std::collections::BTreeMap;
use std::sync::Arc;

use mobly_sync::domain::ids::{LeadId, RunId};
use mobly_sync::domain::run::RequestsByKind;
use mobly_sync::domain::write::is_blank;
use mobly_sync::engine::events::Silent;
use mobly_sync::engine::undo::{UndoRequest, UndoSummary, undo};
use mobly_sync::engine::{Interrupt, PushContext};
use mobly_sync::store::StoreHandle;
use mobly_sync::vendors::{Change, Find, KeyKind, Row, Values};
use serde_json::{Value, json};

use super::show::Show;
use super::words::Words;

pub(crate) const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";
pub(crate) const ANN: &str = "Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n";
pub(crate) const BOB: &str = "Bob,Ray,bob@beta.com,Beta,beta.com,CEO\n";

/// Takes a run back, to its end.
pub(crate) async fn take_back(
    show: &Show,
    run: RunId,
    change: impl FnOnce(&mut UndoRequest),
) -> UndoSummary {
    let mut request = UndoRequest {
        command: format!("undo {run}"),
        ..UndoRequest::default()
    };
    change(&mut request);
    let (vendor, transport) = show.vendor();
    let (_raise, raised) = tokio::sync::watch::channel(false);
    let context = PushContext {
        store: StoreHandle::spawn(show.store()).unwrap(),
        vendor,
        integration: show.integration(),
        own_sign_in: true,
        clock: Arc::clone(&show.clock),
        reporter: Arc::new(Silent),
        left_today: Arc::new(Vec::new),
        requests: Arc::new(move || {
            let counts = transport.counts();
            RequestsByKind {
                object: counts.object,
                metadata: counts.metadata,
                token: counts.token,
            }
        }),
        interrupt: Interrupt::new(raised),
    };
    let of = show.store().run_to_undo(run).unwrap().unwrap();
    let summary = undo(context, of, request).await.unwrap();
    assert_eq!(show.store().check_counters().unwrap(), Vec::new());
    summary
}

/// The persons of an address, in any object, with the fields we write.
pub(crate) async fn persons(show: &Show, email: &str) -> Vec<(String, Values)> {
    let (vendor, _) = show.vendor();
    let mut found = Vec::new();
    let mut objects: Vec<&'static str> = vendor
        .plan()
        .person
        .iter()
        .map(|step| step.object)
        .collect();
    objects.dedup();
    for object in objects {
        let fields: Vec<String> = vendor
            .info()
            .defaults
            .iter()
            .filter(|row| row.object == object)
            .map(|row| row.remote.to_owned())
            .collect();
        vendor.describe(object, &fields).await.unwrap();
        let find = Find {
            object,
            by: KeyKind::Email,
            keys: vec![email.to_owned()],
            fields: fields.clone(),
            created_after: None,
        };
        for record in vendor.find(&find).await.unwrap().found.remove(0).records {
            let values = record
                .values
                .into_iter()
                .filter(|(name, value)| fields.contains(name) && !is_blank(value))
                .collect();
            found.push((record.id, values));
        }
    }
    found
}

/// A colleague's own record: a person with a name and an address, and an old title.
pub(crate) async fn colleagues(
    words: &Words,
    show: &Show,
    email: &str,
    last: &str,
    title: Option<&str>,
) {
    let (vendor, _) = show.vendor();
    let object = vendor.plan().create_person;
    let schema = vendor.describe(object, &[]).await.unwrap();
    let identity = vendor.plan().identity;
    let mut texts: BTreeMap<&str, &str> =
        [(identity.last_name, last), (identity.email, email)].into();
    texts.extend(words.minimum.iter().copied());
    texts.extend(title.map(|title| (words.title, title)));
    let mut values: Values = texts
        .into_iter()
        .map(|(name, text)| {
            let encode = |field| vendor.encode(field, &[text.to_owned()], false).unwrap();
            let value = schema.field(name).map_or_else(|| json!(text), encode);
            (name.to_owned(), value)
        })
        .collect();
    vendor.settle(object, None, &mut values);
    // Where a person stands in a company, one is made without ours.
    let row = Row {
        trace: "t".into(),
        change: Change::Create { values },
        links: Vec::new(),
        despite_duplicates: false,
    };
    vendor.write(object, &[row]).await.unwrap();
}

/// A colleague gives a person another title.
pub(crate) async fn set_title(words: &Words, show: &Show, email: &str, title: &str) {
    let (vendor, _) = show.vendor();
    let object = vendor.plan().create_person;
    vendor.describe(object, &[]).await.unwrap();
    let id = persons(show, email).await[0].0.clone();
    let row = Row {
        trace: "t".into(),
        change: Change::Update {
            id,
            values: [(words.title.to_owned(), json!(title))].into(),
        },
        links: Vec::new(),
        despite_duplicates: false,
    };
    vendor.write(object, &[row]).await.unwrap();
}

/// How many persons and companies there are.
pub(crate) fn counts(words: &Words, show: &Show) -> (Value, Option<Value>) {
    let stats = show.sandbox.stats();
    (
        stats[words.persons].clone(),
        words.companies.map(|name| stats[name].clone()),
    )
}

/// The states of the leads, with why they are held.
pub(crate) fn states(show: &Show) -> Vec<(String, String)> {
    let store = show.store();
    let account = show.integration().account.unwrap().id;
    let mut states = Vec::new();
    for lead in 1..=50 {
        if let Some((state, hold)) = store.standing_of(account, LeadId(lead)).unwrap() {
            states.push((state, hold));
        }
    }
    states
}

/// Marketo never takes a lead out of a company.
pub(crate) fn stays_in_company(words: &Words) -> bool {
    words.vendor == "marketo" && words.companies.is_some()
}

/// Held by an undo.
pub(crate) fn held() -> (String, String) {
    ("held".to_owned(), "undone".to_owned())
}

/// There.
pub(crate) fn cleared() -> (String, String) {
    ("cleared".to_owned(), String::new())
}
