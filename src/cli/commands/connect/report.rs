//! What `connect` ends with: the account, what waits for it, and one command to go on with.

use jiff::Timestamp;
use serde::Serialize;

use crate::app::Proof;
use crate::app::doctor::permissions_summary;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::integration::{Integration, SecretPlace};
use crate::domain::sync_state::PreSyncReason;
use crate::env_vars;
use crate::store::Store;
use crate::store::accounts::BacklogCounts;
use crate::store::board::overview::Overview;
use crate::store::integrations::Connected;
use crate::ui::format::{clean, count, counted};
use crate::ui::pairs::Pairs;
use crate::vendors::VendorInfo;

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    account: AccountDocument<'a>,
    environment: &'static str,
    store: &'static str,
    scopes: ScopesDocument,
    backlog: BacklogDocument,
    failed_authentication: u64,
    next: String,
}

#[derive(Serialize)]
struct AccountDocument<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize, Default)]
struct ScopesDocument {
    held: Vec<String>,
    missing: Vec<MissingScope>,
    unreadable: bool,
}

#[derive(Serialize)]
struct MissingScope {
    name: String,
    breaks: String,
}

#[derive(Serialize)]
struct BacklogDocument {
    due: u64,
    held: u64,
}

/// Shows it.
pub(super) fn show(
    context: &Context,
    store: &Store,
    info: &VendorInfo,
    proof: &Proof,
    connected: &Connected,
    counts: BacklogCounts,
    now: Timestamp,
) -> Result<(), CommandError> {
    let integration = &connected.integration;
    let overview = store.overview(integration, now)?;
    let next = next_command(store, integration, &overview)?;
    if context.ui.json() {
        context.ui.document(&Document {
            integration: &integration.name,
            account: AccountDocument {
                id: &connected.account.vendor_account,
                name: &connected.account.name,
            },
            environment: connected.account.environment.name(),
            store: integration.secret_place.name(),
            scopes: scopes(proof),
            backlog: BacklogDocument {
                due: counts.due,
                held: counts.held,
            },
            failed_authentication: overview.failed_authentication,
            next,
        });
        return Ok(());
    }
    let ui = &context.ui;
    if ui.out_is_terminal() {
        ui.data(ui.theme().strong(&format!(
            "Connected {} {} {}",
            info.title,
            ui.theme().symbols().dot,
            clean(&connected.account.name)
        )));
        ui.data("");
    }
    lines(info, proof, connected, counts, &overview).print(ui);
    if ui.out_is_terminal() {
        ui.data("");
    }
    ui.next(&next);
    Ok(())
}

fn lines(
    info: &VendorInfo,
    proof: &Proof,
    connected: &Connected,
    counts: BacklogCounts,
    overview: &Overview,
) -> Pairs {
    let integration = &connected.integration;
    let account = &connected.account;
    let mut pairs = Pairs::default();
    pairs.add("account", &account.name);
    pairs.add(info.account_word, &account.vendor_account);
    pairs.add("environment", account.environment.name().to_uppercase());
    if !account.origin.is_empty() {
        pairs.add("at", &account.origin);
    }
    pairs.add("token", place(integration));
    let permissions = permissions_summary(proof.permissions.as_ref(), info.title);
    pairs.add("permissions", permissions);
    for (name, breaks) in proof.permissions.iter().flat_map(|scopes| &scopes.missing) {
        pairs.add("missing", format!("{name}: {breaks}"));
    }
    if let Some(budget) = &proof.budget {
        pairs.add(
            "calls today",
            format!("{} of {}", count(budget.used), count(budget.limit)),
        );
    }
    let pause = if integration.enabled {
        ""
    } else {
        ", but disabled"
    };
    pairs.add("mode", format!("{}{pause}", integration.mode.name()));
    pairs.add("due", counted(counts.due, "lead"));
    if counts.held > 0 {
        let held = format!("{}, here before this account", counted(counts.held, "lead"));
        pairs.add("held back", held);
    }
    if overview.failed_authentication > 0 {
        let failed = counted(overview.failed_authentication, "lead");
        pairs.add(
            "failed",
            format!("{failed} for the sign-in before this one"),
        );
    }
    pairs
}

pub(super) fn place(integration: &Integration) -> String {
    match integration.secret_place {
        SecretPlace::Keyring => "in the system keychain".to_owned(),
        SecretPlace::File => "in the encrypted file beside the database".to_owned(),
        SecretPlace::Environment => {
            let names = env_vars::sign_in_names(&integration.vendor);
            format!("from {}, not stored", names.join(" and "))
        }
        SecretPlace::None => "nowhere".to_owned(),
    }
}

fn scopes(proof: &Proof) -> ScopesDocument {
    match &proof.permissions {
        None => ScopesDocument {
            unreadable: true,
            ..ScopesDocument::default()
        },
        Some(scopes) => ScopesDocument {
            held: scopes.held.clone(),
            missing: scopes
                .missing
                .iter()
                .map(|(name, breaks)| MissingScope {
                    name: name.clone(),
                    breaks: breaks.clone(),
                })
                .collect(),
            unreadable: false,
        },
    }
}

/// The one command: what is in the way first, then what moves most.
fn next_command(
    store: &Store,
    integration: &Integration,
    overview: &Overview,
) -> Result<String, CommandError> {
    let scope = if overview.must_be_named {
        format!(" -i {}", integration.name)
    } else {
        String::new()
    };
    if !integration.mapped {
        return Ok(format!("mobly-sync mapping defaults{scope}"));
    }
    if overview.failed_authentication > 0 {
        return Ok(format!(
            "mobly-sync reconcile --category AUTHENTICATION --retry{scope}"
        ));
    }
    let order = [
        PreSyncReason::Disabled,
        PreSyncReason::Queued,
        PreSyncReason::Frozen,
        PreSyncReason::BeforeConnect,
        PreSyncReason::EventHeld,
    ];
    let hint = order.into_iter().find_map(|reason| {
        let group = overview
            .pre_sync
            .iter()
            .find(|group| group.reason == reason)?;
        group.hint.clone()
    });
    if let Some(hint) = hint {
        return Ok(hint);
    }
    if overview.summary.total > 0 {
        return Ok(format!("mobly-sync reconcile{scope}"));
    }
    // Leads go into the one event there is, or make theirs.
    let events = store.events()?;
    Ok(match events.as_slice() {
        [only] => format!(
            "mobly-sync lead import FILE --event {}",
            crate::domain::hints::quote(&only.name)
        ),
        _ => "mobly-sync lead import FILE --event EVENT --create-event".to_owned(),
    })
}
