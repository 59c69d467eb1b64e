//! The places secrets are kept in: which, why, and whether they work.

use crate::app::App;
use crate::domain::checkup::{Check, Level};
use crate::domain::integration::{Integration, SecretPlace};
use crate::env_vars;
use crate::secrets::{
    self, EncryptedFile, PATIENCE, SecretError, SecretKey, SecretStore, StoreChoice,
};
use crate::store::Store;

use super::words::{set_variable, unset_variable};

const NAME: &str = "secret store";
/// The entry that is written, read and removed; no integration is called so.
const THROW_AWAY: &str = "doctor-check";

/// Looks at each place a connection needs, or at the one the next `connect` would take.
pub(super) fn examine(
    app: &App,
    store: Option<&Store>,
    integrations: &[Integration],
) -> Vec<Check> {
    let connected = || integrations.iter().filter(|one| one.connected);
    let needed: Vec<Check> = [StoreChoice::Keyring, StoreChoice::File]
        .into_iter()
        .filter_map(|choice| {
            let users: Vec<&str> = connected()
                .filter(|one| choice_of(one) == Some(choice) && !overridden(one))
                .map(|one| one.name.as_str())
                .collect();
            (!users.is_empty()).then(|| in_use(app, store, choice, &users))
        })
        .collect();
    if !needed.is_empty() {
        return needed;
    }
    if connected().any(|one| one.secret_place == SecretPlace::Environment || overridden(one)) {
        let detail = "not needed: the sign-in comes from the environment";
        return vec![Check::fine(NAME, detail)];
    }
    vec![next(app, store)]
}

fn choice_of(integration: &Integration) -> Option<StoreChoice> {
    match integration.secret_place {
        SecretPlace::Keyring => Some(StoreChoice::Keyring),
        SecretPlace::File => Some(StoreChoice::File),
        SecretPlace::Environment | SecretPlace::None => None,
    }
}

/// A token from the environment is used before what is stored.
fn overridden(integration: &Integration) -> bool {
    env_vars::token(&integration.vendor).is_some()
}

fn in_use(app: &App, store: Option<&Store>, choice: StoreChoice, users: &[&str]) -> Check {
    let file = EncryptedFile::path_beside(app.database());
    if choice == StoreChoice::File && !file.exists() {
        let who = users.join(", ");
        let gone = format!("{} is gone, with the sign-in of {who}", file.display());
        let fix = format!("mobly-sync connect {}", users.first().unwrap_or(&""));
        return Check::broken(NAME, gone)
            .hint("put the file back, or sign in again")
            .fix(fix);
    }
    let opened = app.secret_store(Some(choice)).map(|(_, place)| place);
    let check = match opened.and_then(|place| try_out(app, store, choice, place)) {
        Ok(what) => Check::fine(NAME, format!("{what} ({})", users.join(", "))),
        Err(error) => failed(Level::Broken, &error, users.first().copied()),
    };
    with_variables(check, choice)
}

/// Nothing is connected: what the next `connect` would do.
fn next(app: &App, store: Option<&Store>) -> Check {
    let opened = app.secret_store(None);
    let (choice, place) = match opened {
        Ok(found) => found,
        Err(error) => return failed(Level::Warning, &error, None),
    };
    let why = match (env_vars::credential_store(), choice) {
        (Some(_), _) => format!("chosen by {}", env_vars::CREDENTIAL_STORE),
        (None, StoreChoice::Keyring) => "the keychain works".to_owned(),
        (None, StoreChoice::File) => format!(
            "there is no keychain here, and {} is set",
            env_vars::PASSPHRASE
        ),
    };
    let check = match try_out(app, store, choice, place) {
        Ok(what) => Check::fine(NAME, format!("{what}; {why}")),
        Err(error) => failed(Level::Warning, &error, None),
    };
    with_variables(check, choice)
}

/// Variables that are set and do nothing here are a common cause of wonder.
fn with_variables(mut check: Check, choice: StoreChoice) -> Check {
    if choice == StoreChoice::Keyring && env_vars::passphrase().is_some() {
        check = check.note(format!(
            "{} is set and not used: secrets are in the keychain",
            env_vars::PASSPHRASE
        ));
    }
    let variable = env_vars::CREDENTIAL_STORE;
    match env_vars::credential_store().map(|text| text.parse::<StoreChoice>()) {
        Some(Ok(other)) if other != choice => check.note(format!(
            "{variable} is {other}: for the next connect; what is connected stays where it is"
        )),
        Some(Err(error)) if check.level == Level::Fine => Check {
            level: Level::Warning,
            ..check
        }
        .note(format!("{variable}: {error}; the next connect refuses it"))
        .fix(unset_variable(variable)),
        _ => check,
    }
}

/// Writes, reads and removes an entry of its own; gives the place's name. A file that is not there is not made.
fn try_out(
    app: &App,
    store: Option<&Store>,
    choice: StoreChoice,
    place: Box<dyn SecretStore>,
) -> Result<String, SecretError> {
    let name = place.describe();
    if choice == StoreChoice::File && !EncryptedFile::path_beside(app.database()).exists() {
        return Ok(format!("{name}, which the next connect makes"));
    }
    let database = store.map_or("none", Store::database_id);
    let key = SecretKey::new(database, THROW_AWAY);
    let found = secrets::bounded("the secret store", PATIENCE, move || {
        place.set(&key, &"written by doctor".into())?;
        let found = place.get(&key)?;
        place.delete(&key)?;
        Ok(found.is_some())
    })??;
    if found {
        Ok(format!("{name}: written, read, removed"))
    } else {
        Err(SecretError::Corrupt {
            place: name,
            reason: "it does not keep what it is given".to_owned(),
        })
    }
}

/// `user`: the connection that needs it.
fn failed(level: Level, error: &SecretError, user: Option<&str>) -> Check {
    let check = Check::new(NAME, level, error.to_string()).hint(error.fix());
    match error {
        SecretError::WrongPassphrase(_)
        | SecretError::NoPassphrase(_)
        | SecretError::Nowhere(_) => check.fix(set_variable(env_vars::PASSPHRASE)),
        SecretError::UnknownChoice(_) => check.fix(unset_variable(env_vars::CREDENTIAL_STORE)),
        SecretError::NoKeychain(_)
        | SecretError::KeychainLocked(_)
        | SecretError::TimedOut(..)
        | SecretError::TooLong(_) => match user {
            Some(user) => check.fix(format!("mobly-sync connect {user} --credential-store file")),
            None => check.fix(set_variable(env_vars::PASSPHRASE)),
        },
        SecretError::Corrupt { .. }
        | SecretError::ReadOnly
        | SecretError::Io { .. }
        | SecretError::Internal(_) => check,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_trouble_has_its_own_way_out() {
        let broken = |error: &SecretError| failed(Level::Broken, error, Some("crm"));
        let wrong = broken(&SecretError::WrongPassphrase("m.secrets".into()));
        assert!(wrong.fix.unwrap().contains("MOBLY_SYNC_PASSPHRASE"));
        assert!(wrong.hint.unwrap().contains("remove m.secrets"));
        let locked = broken(&SecretError::KeychainLocked("no".into()));
        assert_eq!(
            locked.fix.unwrap(),
            "mobly-sync connect crm --credential-store file"
        );
        assert!(locked.hint.unwrap().contains("unlock"));
        let absent = failed(Level::Warning, &SecretError::NoKeychain("no".into()), None);
        assert!(absent.fix.unwrap().contains("MOBLY_SYNC_PASSPHRASE"));
        let odd = broken(&SecretError::UnknownChoice("plain".into()));
        assert!(odd.fix.unwrap().contains("MOBLY_SYNC_CREDENTIAL_STORE"));
    }
}
