//! The user's own app: its id, secret or key, and the sign-in of an app that acts for itself.

use secrecy::{ExposeSecret as _, SecretString};

use super::sign_in::{Obtained, Setting, comes_from_environment, guide, not_offered, refused};
use super::token;
use crate::app::{Pace, SignedIn};
use crate::cli::command_error::CommandError;
use crate::domain::integration::{SecretPlace, Settings};
use crate::env_vars;
use crate::secrets::{CredentialKind, StoredCredential};
use crate::sign_in::{ClientApp, Exchange, USERNAME};
use crate::vendors::{Grant, Secret, SignInWay, VendorInfo};

/// The user's own app: from options, environment, what was stored, or somebody at the terminal.
pub(super) fn client_app(
    setting: &Setting<'_>,
    way: &'static SignInWay,
    redirect: &str,
) -> Result<ClientApp, CommandError> {
    let (ui, info, args) = (&setting.context.ui, setting.info, setting.args);
    let stored = setting.stored.as_ref();
    let given = args
        .client_id
        .clone()
        .or_else(|| env_vars::client_id(info.name))
        .or_else(|| stored.and_then(|stored| stored.client_id.clone()));
    let can_ask = ui.can_prompt() && !ui.json();
    let asked = given.is_none() && can_ask;
    let id = match given {
        Some(id) => id,
        None if can_ask => {
            guide(setting, way, redirect);
            ui.prompter().input("Client id", None)?
        }
        None => return Err(no_app(info)),
    };
    let id = id.trim().to_owned();
    if id.is_empty() || !id.chars().all(|sign| sign.is_ascii_graphic()) {
        return Err(CommandError::usage("this is no client id"));
    }
    let same = |stored: &&StoredCredential| stored.client_id.as_deref() == Some(id.as_str());
    let secret = if args.client_secret_stdin {
        let text = token::standard_input(setting.context, "client secret")?;
        Some(token::secret(&text, "standard input", "client secret")?)
    } else if let Some(secret) = env_vars::client_secret(info.name) {
        let variable = env_vars::client_secret_name(info.name);
        Some(token::checked(
            secret.expose_secret(),
            &variable,
            "client secret",
        )?)
    } else {
        let stored = stored
            .filter(same)
            .and_then(|stored| stored.client_secret.clone());
        secret_from_somebody(setting, way, asked, redirect, stored)?
    };
    Ok(ClientApp { id, secret })
}

fn secret_from_somebody(
    setting: &Setting<'_>,
    way: &'static SignInWay,
    guided: bool,
    redirect: &str,
    stored: Option<SecretString>,
) -> Result<Option<SecretString>, CommandError> {
    let (ui, info) = (&setting.context.ui, setting.info);
    let required = way.grant == Grant::ClientCredentials
        || info
            .sign_in
            .oauth
            .is_some_and(|oauth| oauth.secret == Secret::Required);
    if !ui.can_prompt() || ui.json() {
        return match stored {
            None if required => Err(no_app(info)),
            stored => Ok(stored),
        };
    }
    if !guided && stored.is_none() {
        guide(setting, way, redirect);
    }
    let question = match (&stored, required) {
        // A secret made anew at the vendor must have a way in.
        (Some(_), _) => "Client secret (empty: the one used before)",
        (None, true) => "Client secret",
        (None, false) => "Client secret (empty where the app has none)",
    };
    let answer = ui.prompter().password(question)?;
    if answer.expose_secret().trim().is_empty() && (stored.is_some() || !required) {
        return Ok(stored);
    }
    token::checked(answer.expose_secret(), "the answer", "client secret").map(Some)
}

/// An app that signs in by itself, by secret or by signed assertion.
pub(super) async fn sign_in(
    setting: &Setting<'_>,
    way: &'static SignInWay,
    settings: Settings,
) -> Result<Obtained, CommandError> {
    let info = setting.info;
    let oauth = info
        .sign_in
        .oauth
        .ok_or_else(|| not_offered(info, way.grant))?;
    let stored = setting.stored.clone();
    let empty = StoredCredential::token(SecretString::default());
    let (credential, place) = if way.grant == Grant::JwtBearer {
        let credential = jwt_credential(setting, way, stored.as_ref(), empty)?;
        (credential, SecretPlace::None)
    } else {
        let app = client_app(setting, way, "")?;
        // Id and secret both from the environment: used and never stored, as a token from there is.
        let from_environment = comes_from_environment(setting.args, info, way.grant);
        let place = if from_environment {
            SecretPlace::Environment
        } else {
            SecretPlace::None
        };
        let credential = StoredCredential {
            kind: CredentialKind::ClientCredentials,
            client_id: Some(app.id),
            client_secret: app.secret,
            ..empty
        };
        (credential, place)
    };
    let clock = setting.clock.clone();
    let transport = setting
        .app
        .bare_transport(info, &settings, clock.clone(), Pace::default())?;
    let exchange = Exchange::new(&transport, oauth, settings, clock);
    let granted = exchange
        .renew(&credential)
        .await
        .map_err(|error| refused(setting, way.grant, error))?;
    let credential = granted.kept_in(&credential);
    Ok(Obtained {
        signed_in: SignedIn { credential, place },
        settings: granted.settings,
        browser: None,
    })
}

fn jwt_credential(
    setting: &Setting<'_>,
    way: &'static SignInWay,
    stored: Option<&StoredCredential>,
    empty: StoredCredential,
) -> Result<StoredCredential, CommandError> {
    let (ui, info, args) = (&setting.context.ui, setting.info, setting.args);
    let can_ask = ui.can_prompt() && !ui.json();
    let missing = |what: &str, option: &str| {
        CommandError::usage(format!("no {what} is given"))
            .hint(format!("{option} names it"))
            .fix(format!(
                "mobly-sync connect {} --grant jwt --client-id ID --username USER --key-file FILE",
                info.name
            ))
    };
    if can_ask && args.key_file.is_none() && !args.key_stdin {
        guide(setting, way, "");
    }
    let id = args
        .client_id
        .clone()
        .or_else(|| env_vars::client_id(info.name))
        .or_else(|| stored.and_then(|stored| stored.client_id.clone()));
    let id = match id {
        Some(id) => id,
        None if can_ask => ui.prompter().input("Client id", None)?,
        None => return Err(missing("client id", "--client-id")),
    };
    let user = args
        .username
        .clone()
        .or_else(|| stored.and_then(|stored| stored.extra.get(USERNAME).cloned()));
    let user = match user {
        Some(user) => user,
        None if can_ask => ui.prompter().input("User the app acts for", None)?,
        None => return Err(missing("user name", "--username")),
    };
    let key = if args.key_stdin {
        token::key(
            &token::standard_input(setting.context, "private key")?,
            "standard input",
        )?
    } else if let Some(path) = &args.key_file {
        token::key(&token::file(path)?, &path.display().to_string())?
    } else if let Some(key) = stored.and_then(|stored| stored.private_key.clone()) {
        key
    } else if can_ask {
        ask_for_key(setting)?
    } else {
        return Err(missing("private key", "--key-file or --key-stdin"));
    };
    Ok(StoredCredential {
        kind: CredentialKind::Jwt,
        client_id: Some(id.trim().to_owned()),
        private_key: Some(key),
        extra: [(USERNAME.to_owned(), user.trim().to_owned())].into(),
        ..empty
    })
}

/// A file is easily mistyped: asked until it holds a key.
fn ask_for_key(setting: &Setting<'_>) -> Result<SecretString, CommandError> {
    let ui = &setting.context.ui;
    loop {
        let typed = ui
            .prompter()
            .input("File with the private key (PEM)", None)?;
        let path = crate::paths::expand_home(&typed);
        let key =
            token::file(&path).and_then(|bytes| token::key(&bytes, &path.display().to_string()));
        match key {
            Ok(key) => return Ok(key),
            Err(error) => ui.warning(error.message()),
        }
    }
}

fn no_app(info: &VendorInfo) -> CommandError {
    CommandError::usage(format!(
        "no app for {} is given, and nobody can be asked for one",
        info.title
    ))
    .hint(format!(
        "name it with --client-id and --client-secret-stdin, or set {} and {}",
        env_vars::client_id_name(info.name),
        env_vars::client_secret_name(info.name)
    ))
    .fix(format!(
        "mobly-sync connect {} --client-id ID --client-secret-stdin",
        info.name
    ))
}
