//! A source of leads: whether it is reached, whether it takes the key, and what it is still to be told.

use std::time::Duration;

use super::asking::POLICY;
use crate::app::{App, Pace, SessionError, SourceSession};
use crate::clock::SharedClock;
use crate::domain::checkup::{Check, Section};
use crate::domain::integration::{Integration, SecretPlace};
use crate::env_vars;
use crate::sources;
use crate::store::Store;
use crate::vendors::CallErrorKind;

/// How long one step may take.
const PATIENCE: Duration = Duration::from_secs(10);
const SIGN_IN: &str = "sign-in";

/// Looks at one.
pub(super) async fn examine(
    app: &App,
    store: &mut Store,
    integration: &Integration,
    clock: SharedClock,
) -> Section {
    let title = sources::lookup(&integration.vendor)
        .map_or(integration.vendor.as_str(), |info| info.title)
        .to_owned();
    let mut checks = Vec::new();
    if !integration.connected {
        checks.push(
            Check::fine("state", "not connected; what was pulled is kept")
                .fix(connect(integration)),
        );
    } else {
        if !integration.enabled {
            checks.push(
                Check::fine("state", "disabled: nothing is pulled until it is enabled")
                    .fix(format!("mobly-sync enable {}", integration.name)),
            );
        }
        let pace = Pace {
            policy: Some(POLICY),
            ..Pace::default()
        };
        match app.open_source(store, integration, clock.clone(), pace, None) {
            Ok(session) => checks.extend(ask(store, integration, &title, &session, &clock).await),
            Err(error) => checks.push(unusable(integration, &error)),
        }
        checks.extend(write_backs(store, integration, &title));
    }
    Section {
        integration: Some(integration.name.clone()),
        title: heading(integration, title),
        checks,
    }
}

fn heading(integration: &Integration, title: String) -> String {
    match &integration.account {
        Some(account) => format!(
            "{title}: {} ({})",
            account.name,
            account.environment.name().to_uppercase()
        ),
        None => title,
    }
}

fn connect(integration: &Integration) -> String {
    format!("mobly-sync connect {}", integration.name)
}

async fn ask(
    store: &mut Store,
    integration: &Integration,
    title: &str,
    session: &SourceSession,
    clock: &SharedClock,
) -> Vec<Check> {
    let again = format!("mobly-sync doctor {}", integration.name);
    let transport = session.source.transport();
    let place = transport.base().address();
    let place = place.trim_start_matches("https://");
    let network = match transport.reach(PATIENCE).await {
        Ok(reached) => Check::fine(
            "network",
            format!("{place} answered in {} ms", reached.took.as_millis()),
        ),
        Err(why) => {
            return vec![
                Check::broken("network", why)
                    .hint("check this machine's network, name service, proxy and certificates, then look again")
                    .fix(again),
                Check::skipped(SIGN_IN, format!("{title} cannot be reached")),
            ];
        }
    };
    let facts = match session.place {
        SecretPlace::Keyring => "key in the keychain".to_owned(),
        SecretPlace::File => "key in the encrypted file".to_owned(),
        SecretPlace::Environment => format!(
            "key from {}, not stored",
            env_vars::token_name(&integration.vendor)
        ),
        SecretPlace::None => "key kept nowhere".to_owned(),
    };
    let own = session.is_own_of(integration);
    let sign_in = match tokio::time::timeout(PATIENCE, session.source.prove()).await {
        Ok(Ok(_)) => {
            if own {
                // A file that takes no notes has told so in lines of its own.
                let _ = store.set_needs_sign_in(integration, false, clock.now());
            }
            Check::fine(SIGN_IN, facts)
        }
        Ok(Err(error)) if matches!(error.kind, CallErrorKind::SignIn(_)) => {
            if own {
                let _ = store.set_needs_sign_in(integration, true, clock.now());
            }
            Check::broken(SIGN_IN, format!("{title} refuses it: {}", error.kind))
                .note(facts)
                .fix(connect(integration))
        }
        // A limit that is used up says nothing against the key.
        Ok(Err(error)) if matches!(error.kind, CallErrorKind::Wait { .. }) => {
            Check::warning(SIGN_IN, format!("{facts}; not proven: {}", error.kind))
        }
        Ok(Err(error)) => Check::broken(SIGN_IN, format!("not proven: {}", error.kind))
            .note(facts)
            .fix(again),
        Err(_) => Check::broken(
            SIGN_IN,
            format!(
                "not proven: no answer within {} seconds",
                PATIENCE.as_secs()
            ),
        )
        .note(facts)
        .fix(again),
    };
    vec![network, sign_in]
}

fn unusable(integration: &Integration, error: &SessionError) -> Check {
    match error {
        // It has a line of its own, with what repairs it.
        SessionError::Secret(_) => Check::skipped(SIGN_IN, "cannot be read: see the secret store"),
        SessionError::NoToken(_) => {
            let check = Check::broken(SIGN_IN, "there is no key").fix(connect(integration));
            if integration.secret_place == SecretPlace::Environment {
                check.hint(format!(
                    "it comes from the environment, and {} is not set",
                    env_vars::token_name(&integration.vendor)
                ))
            } else {
                check.hint("where it was kept it is no more")
            }
        }
        other => Check::broken(SIGN_IN, other.to_string()).fix(connect(integration)),
    }
}

fn write_backs(store: &Store, integration: &Integration, title: &str) -> Option<Check> {
    const NAME: &str = "write-backs";
    let account = integration.account.as_ref()?;
    let counts = store.write_back_counts(account.id).ok()?;
    let facts = match counts.waiting {
        0 => format!("{title} was told every record"),
        1 => "1 waits".to_owned(),
        some => format!("{some} wait"),
    };
    let check = match &counts.message {
        Some(why) if counts.waiting > 0 => Check::warning(NAME, facts)
            .note(format!("last: {why}"))
            .fix("mobly-sync sync"),
        _ if counts.waiting > 0 => Check::fine(NAME, facts).fix("mobly-sync sync"),
        _ => Check::fine(NAME, facts),
    };
    let check = match counts.forgotten {
        0 => check,
        1 => check.note("1 of them was undone, and is cleared there"),
        some => check.note(format!("{some} of them were undone, and are cleared there")),
    };
    Some(match counts.ended {
        0 => check,
        some => check.note(format!(
            "{some} given up: the lead is gone there, or it was refused"
        )),
    })
}
