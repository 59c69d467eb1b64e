//! What `connect` says of a source it connected.

use serde::Serialize;

use crate::app::SourceConnection;
use crate::cli::context::Context;
use crate::sources::SourceInfo;
use crate::store::integrations::Connected;
use crate::ui::format::{clean, count};
use crate::ui::pairs::Pairs;

/// What comes next.
const PULL: &str = "mobly-sync lead pull";

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    account: AccountDocument<'a>,
    environment: &'static str,
    store: &'static str,
    scopes: ScopesDocument,
    backlog: BacklogDocument,
    failed_authentication: u64,
    events: Option<u64>,
    next: &'a str,
}

#[derive(Serialize)]
struct AccountDocument<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct ScopesDocument {
    held: [&'static str; 0],
    missing: [&'static str; 0],
    unreadable: bool,
}

#[derive(Serialize)]
struct BacklogDocument {
    due: u64,
    held: u64,
}

/// Tells what is connected, and what comes next.
pub(super) fn show(
    context: &Context,
    info: &SourceInfo,
    connection: &SourceConnection,
    connected: &Connected,
) {
    let (ui, integration, account) = (&context.ui, &connected.integration, &connected.account);
    if ui.json() {
        ui.document(&Document {
            integration: &integration.name,
            account: AccountDocument {
                id: &account.vendor_account,
                name: &account.name,
            },
            environment: account.environment.name(),
            store: integration.secret_place.name(),
            scopes: ScopesDocument {
                held: [],
                missing: [],
                unreadable: true,
            },
            backlog: BacklogDocument { due: 0, held: 0 },
            failed_authentication: 0,
            events: connection.proof.events,
            next: PULL,
        });
        return;
    }
    if ui.out_is_terminal() {
        ui.data(ui.theme().strong(&format!(
            "Connected {} {} {}",
            info.title,
            ui.theme().symbols().dot,
            clean(&account.name)
        )));
        ui.data("");
    }
    let mut pairs = Pairs::default();
    pairs.add("account", &account.name);
    pairs.add("environment", account.environment.name().to_uppercase());
    if !account.origin.is_empty() {
        pairs.add("at", &account.origin);
    }
    pairs.add("key", super::report::place(integration));
    if let Some(events) = connection.proof.events {
        pairs.add("events there", count(events));
    }
    pairs.add(
        "history",
        if integration.settings.backlog_push {
            "pushed like everything after it"
        } else {
            "pulled, and held until its event is named"
        },
    );
    if !integration.enabled {
        pairs.add("state", "disabled");
    }
    pairs.print(ui);
    if ui.out_is_terminal() {
        ui.data("");
    }
    if integration.enabled {
        ui.next(PULL);
    } else {
        ui.next(&format!("mobly-sync enable {}", integration.name));
    }
}
