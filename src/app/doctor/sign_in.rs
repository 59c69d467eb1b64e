//! The sign-in: where it is kept, how long it lasts, whether the vendor takes it, and whose it is.

use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;

use super::asking::{Asked, Step, Trouble};
use super::connection::{Local, Opened, not_asked};
use super::words::{length, unset_variable};
use crate::app::SessionError;
use crate::domain::checkup::Check;
use crate::domain::integration::SecretPlace;
use crate::env_vars;
use crate::secrets::{CredentialKind, StoredCredential};
use crate::sign_in::USERNAME;
use crate::vendors::CallErrorKind;

const NAME: &str = "sign-in";
/// A token that ends sooner is renewed by the next request.
const ABOUT_TO_END: SignedDuration = SignedDuration::from_mins(2);

/// Whether using a sign-in may renew it.
pub(super) fn renews(credential: &StoredCredential) -> bool {
    match credential.kind {
        CredentialKind::Token => false,
        CredentialKind::Oauth => credential.refresh_token.is_some(),
        CredentialKind::ClientCredentials | CredentialKind::Jwt => true,
    }
}

/// Where the sign-in is, of what kind, how long it lasts, and whether the vendor takes it.
pub(super) fn check(local: &Local, asked: &Asked, now: Timestamp) -> Check {
    let opened = match &local.opened {
        Ok(opened) => opened,
        Err(error) => return unusable(local, error),
    };
    let after = asked.credential.as_ref().unwrap_or(&opened.credential);
    let mut parts = vec![format!("{} {}", kind(after), place(local, opened.place))];
    parts.extend(life(&opened.credential, after, now));
    let facts = parts.join("; ");
    let check = match &asked.account {
        Step::Answered(_) => lasting(local, after, facts, now),
        Step::Failed(Trouble::Call(error)) if matches!(error.kind, CallErrorKind::SignIn(_)) => {
            let words = error.kind.to_string();
            Check::broken(NAME, format!("{} refuses it: {words}", local.title()))
                .note(facts)
                .fix(local.connect())
        }
        // A limit that is used up says nothing against the sign-in.
        Step::Failed(Trouble::Call(error)) if matches!(error.kind, CallErrorKind::Wait { .. }) => {
            Check::warning(NAME, format!("{facts}; not proven: {}", error.kind))
        }
        Step::Failed(trouble) => Check::broken(NAME, format!("not proven: {trouble}"))
            .note(facts)
            .fix(format!("mobly-sync doctor {}", local.integration.name)),
        // It was refused before, and nobody could ask whether that still holds.
        Step::Untaken if local.integration.needs_sign_in => Check::broken(
            NAME,
            format!("{} refused it when it was last used", local.title()),
        )
        .note(facts)
        .fix(local.connect()),
        Step::Untaken => Check::skipped(NAME, format!("{facts}; not tried")),
    };
    explained(local, opened, check)
}

/// What is used in place of what is stored.
fn explained(local: &Local, opened: &Opened, check: Check) -> Check {
    let stored = matches!(
        local.integration.secret_place,
        SecretPlace::Keyring | SecretPlace::File
    );
    if opened.place == SecretPlace::Environment && stored {
        let variable = env_vars::token_name(&local.integration.vendor);
        check.note(format!("{variable} is used in place of the stored sign-in"))
    } else {
        check
    }
}

/// Accepted now; one that ends and cannot be renewed is worth a word.
fn lasting(local: &Local, credential: &StoredCredential, facts: String, now: Timestamp) -> Check {
    let ends = credential.expires_at.is_some_and(|end| end > now);
    if ends && !renews(credential) {
        return Check::warning(NAME, facts)
            .hint("it cannot be renewed: sign in again before it ends")
            .fix(local.connect());
    }
    Check::fine(NAME, facts)
}

fn unusable(local: &Local, error: &SessionError) -> Check {
    match error {
        // It has a line of its own, with what repairs it.
        SessionError::Secret(_) => Check::skipped(NAME, "cannot be read: see the secret store"),
        SessionError::NoToken(_) => {
            let variable = env_vars::token_name(&local.integration.vendor);
            let check = Check::broken(NAME, "there is none").fix(local.connect());
            match local.integration.secret_place {
                SecretPlace::Environment => check.hint(format!(
                    "it comes from the environment, and {variable} is not set"
                )),
                SecretPlace::Keyring | SecretPlace::File => {
                    check.hint("where it was kept it is no more")
                }
                SecretPlace::None => check,
            }
        }
        other => Check::broken(NAME, other.to_string()).fix(local.connect()),
    }
}

fn kind(credential: &StoredCredential) -> String {
    let app = || match &credential.client_id {
        Some(id) => format!(" (app {id})"),
        None => String::new(),
    };
    match credential.kind {
        CredentialKind::Token => "static token".to_owned(),
        CredentialKind::Oauth => format!("browser sign-in{}", app()),
        CredentialKind::ClientCredentials => format!("app sign-in{}", app()),
        CredentialKind::Jwt => match credential.extra.get(USERNAME) {
            Some(user) => format!("signed assertion for {user}"),
            None => "signed assertion".to_owned(),
        },
    }
}

fn place(local: &Local, place: SecretPlace) -> String {
    let vendor = &local.integration.vendor;
    match place {
        SecretPlace::Keyring => "in the keychain".to_owned(),
        SecretPlace::File => "in the encrypted file".to_owned(),
        SecretPlace::Environment => {
            let name = if env_vars::token(vendor).is_some() {
                env_vars::token_name(vendor)
            } else {
                env_vars::client_secret_name(vendor)
            };
            format!("from {name}, not stored")
        }
        SecretPlace::None => "kept nowhere".to_owned(),
    }
}

/// How long the access token lasts, and what happens then.
fn life(before: &StoredCredential, after: &StoredCredential, now: Timestamp) -> Option<String> {
    if after.kind == CredentialKind::Token {
        return None;
    }
    let renewed = before.access_token.expose_secret() != after.access_token.expose_secret();
    let then = if renews(after) {
        "renewed by itself"
    } else {
        "not renewable"
    };
    let Some(end) = after.expires_at else {
        return Some(then.to_owned());
    };
    let left = end.duration_since(now);
    if renewed {
        let left = length(left.unsigned_abs());
        Some(format!("renewed just now, for {left}"))
    } else if left > ABOUT_TO_END {
        Some(format!("good for {}, {then}", length(left.unsigned_abs())))
    } else {
        Some(format!("over, {then}"))
    }
}

/// Whose the sign-in is.
pub(super) fn account(local: &Local, asked: &Asked) -> Check {
    const NAME: &str = "account";
    let Step::Answered(found) = &asked.account else {
        return not_asked(NAME, local, asked);
    };
    let word = local.info.map_or("account", |info| info.account_word);
    if local.is_of(&found.id) {
        return Check::fine(NAME, format!("{word} {}, the one connected", found.id));
    }
    let known = local.integration.account.as_ref();
    let expected = known.map_or("another", |account| account.vendor_account.as_str());
    let detail = format!(
        "the sign-in is of {word} {}, the connection of {expected}",
        found.id
    );
    let vendor = &local.integration.vendor;
    if env_vars::token(vendor).is_some() {
        let variable = env_vars::token_name(vendor);
        return Check::broken(NAME, detail)
            .hint(format!(
                "{variable} holds a token of the other account: unset it, or connect that account"
            ))
            .fix(unset_variable(&variable));
    }
    Check::broken(NAME, detail).fix(local.connect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn now() -> Timestamp {
        "2026-11-22T09:00:00Z".parse().unwrap()
    }

    fn oauth(token: &str, seconds: i64) -> StoredCredential {
        StoredCredential {
            kind: CredentialKind::Oauth,
            refresh_token: Some("canary-refresh".into()),
            expires_at: Some(now() + SignedDuration::from_secs(seconds)),
            client_id: Some("app-7".into()),
            client_secret: Some("canary-secret".into()),
            ..StoredCredential::token(token.into())
        }
    }

    #[test]
    fn the_life_of_a_token_is_told_with_what_comes_then() {
        let told = |before: &StoredCredential, after: &StoredCredential| life(before, after, now());
        let old = oauth("canary-1", 1_740);
        assert_eq!(
            told(&old, &old).unwrap(),
            "good for 29 min, renewed by itself"
        );
        let new = oauth("canary-2", 1_800);
        assert_eq!(
            told(&oauth("canary-1", -60), &new).unwrap(),
            "renewed just now, for 30 min"
        );
        let bare = StoredCredential {
            refresh_token: None,
            ..oauth("canary-1", -60)
        };
        assert_eq!(told(&bare, &bare).unwrap(), "over, not renewable");
        let fixed = StoredCredential::token("canary".into());
        assert_eq!(told(&fixed, &fixed), None);
    }

    #[test]
    fn a_kind_names_the_app_and_never_a_secret() {
        assert_eq!(kind(&oauth("canary-1", 0)), "browser sign-in (app app-7)");
        let assertion = StoredCredential {
            kind: CredentialKind::Jwt,
            extra: [(USERNAME.to_owned(), "ann@acme.example".to_owned())].into(),
            ..oauth("canary-1", 0)
        };
        assert_eq!(kind(&assertion), "signed assertion for ann@acme.example");
    }
}
