//! Which of the vendor's ways to sign in is taken, and what it needs.
//!
//! What is asked for outright comes first (`--token-stdin`, `--oauth`, `--grant`); then the vendor's first way that the given
//! credentials fit; on a terminal a short dialogue; else what a script would type.

use secrecy::SecretString;

use super::args::{ConnectArgs, GrantValue};
use super::browser;
use super::token;
use crate::app::{App, Pace, SignedIn};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::clock::SharedClock;
use crate::domain::integration::{Integration, SecretPlace, Settings};
use crate::env_vars;
use crate::secrets::{CredentialKind, StoredCredential};
use crate::sign_in::{Browser, ClientApp, Exchange, ExchangeError, USERNAME};
use crate::store::Store;
use crate::ui::format::wrap;
use crate::vendors::{Grant, Secret, SignInWay, VendorInfo};

/// A sign-in the vendor's authorization server granted, not yet proved.
pub(super) struct Obtained {
    /// What came of it.
    pub(super) signed_in: SignedIn,
    /// The options, with what the server told of the account.
    pub(super) settings: Settings,
    /// The browser that waits for the end, where there is one.
    pub(super) browser: Option<Browser>,
}

/// What the parts of a sign-in share.
pub(super) struct Setting<'a> {
    pub(super) context: &'a Context,
    pub(super) app: &'a App,
    pub(super) args: &'a ConnectArgs,
    pub(super) info: &'static VendorInfo,
    /// What was there before, where it can be read: an app need not be named twice.
    pub(super) stored: Option<StoredCredential>,
    pub(super) clock: SharedClock,
}

/// Signs in.
pub(super) async fn obtain(
    context: &Context,
    app: &App,
    store: &Store,
    args: &ConnectArgs,
    info: &'static VendorInfo,
    before: Option<&Integration>,
    settings: Settings,
    clock: SharedClock,
) -> Result<Obtained, CommandError> {
    let stored = before
        .filter(|before| before.connected)
        .and_then(|before| app.keeper(store, before).ok().flatten())
        .and_then(|keeper| keeper.load_now().ok().flatten());
    let setting = Setting {
        context,
        app,
        args,
        info,
        stored,
        clock,
    };
    let way = choose(&setting, &settings)?;
    match way.grant {
        Grant::Token => static_token(&setting, way, settings),
        Grant::AuthorizationCode => browser::sign_in(&setting, way, settings).await,
        Grant::ClientCredentials | Grant::JwtBearer => as_app(&setting, way, settings).await,
    }
}

fn choose(setting: &Setting<'_>, settings: &Settings) -> Result<&'static SignInWay, CommandError> {
    let (args, info) = (setting.args, setting.info);
    let asked = if args.token_stdin {
        Some(Grant::Token)
    } else if args.oauth {
        Some(Grant::AuthorizationCode)
    } else {
        args.grant.map(|grant| match grant {
            GrantValue::ClientCredentials => Grant::ClientCredentials,
            GrantValue::Jwt => Grant::JwtBearer,
        })
    };
    if let Some(grant) = asked {
        return info
            .sign_in
            .way(grant)
            .ok_or_else(|| not_offered(info, grant));
    }
    if let Some(way) = info
        .sign_in
        .ways
        .iter()
        .find(|way| fits(setting, way.grant))
    {
        return Ok(way);
    }
    let ui = &setting.context.ui;
    if ui.can_prompt() && !ui.json() {
        return dialogue(setting, settings);
    }
    // An app that signed in by itself before can do so again.
    let again = setting
        .stored
        .as_ref()
        .and_then(|stored| match stored.kind {
            CredentialKind::ClientCredentials => info.sign_in.way(Grant::ClientCredentials),
            CredentialKind::Jwt => info.sign_in.way(Grant::JwtBearer),
            CredentialKind::Token | CredentialKind::Oauth => None,
        });
    again.ok_or_else(|| nothing_given(info))
}

/// Whether what stands in options and environment is enough for a way.
fn fits(setting: &Setting<'_>, grant: Grant) -> bool {
    let (args, info) = (setting.args, setting.info);
    let has_id = args.client_id.is_some() || env_vars::client_id(info.name).is_some();
    let has_secret = args.client_secret_stdin || env_vars::client_secret(info.name).is_some();
    match grant {
        Grant::Token => env_vars::token(info.name).is_some(),
        Grant::AuthorizationCode => {
            (has_id || args.no_browser || args.redirect_port.is_some())
                && setting.context.ui.can_prompt()
        }
        Grant::ClientCredentials => has_id && has_secret,
        Grant::JwtBearer => args.key_file.is_some() || args.key_stdin,
    }
}

/// Asks how, the easiest way first; the way that was taken before is offered again.
fn dialogue(
    setting: &Setting<'_>,
    settings: &Settings,
) -> Result<&'static SignInWay, CommandError> {
    let (ui, info) = (&setting.context.ui, setting.info);
    let place = settings
        .base_url
        .as_ref()
        .map(|url| format!(" at {url}"))
        .unwrap_or_default();
    ui.status(
        ui.theme()
            .strong(&format!("Sign in to {}{place}", info.title)),
    );
    let ways = info.sign_in.ways;
    if let [only] = ways {
        return Ok(only);
    }
    let before = setting.stored.as_ref().and_then(|stored| {
        let kind = SignedIn {
            credential: stored.clone(),
            place: SecretPlace::None,
        };
        ways.iter().position(|way| way.grant == kind.grant())
    });
    let choices: Vec<String> = ways
        .iter()
        .enumerate()
        .map(|(index, way)| {
            let as_before = if Some(index) == before {
                " (as before)"
            } else {
                ""
            };
            format!("With {}{as_before}", way.name)
        })
        .collect();
    let chosen = ui
        .prompter()
        .select("How?", &choices, before.unwrap_or(0))?;
    Ok(&ways[chosen])
}

/// Says where in the vendor's settings to find what a way needs.
pub(super) fn guide(setting: &Setting<'_>, way: &SignInWay, redirect: &str) {
    let ui = &setting.context.ui;
    for paragraph in way.guide.replace("{redirect}", redirect).lines() {
        ui.status(wrap(paragraph, ui.width().min(96), 2));
    }
}

fn static_token(
    setting: &Setting<'_>,
    way: &'static SignInWay,
    settings: Settings,
) -> Result<Obtained, CommandError> {
    let (ui, info) = (&setting.context.ui, setting.info);
    let obtained = |secret, place| Obtained {
        signed_in: SignedIn::token(secret, place),
        settings: settings.clone(),
        browser: None,
    };
    if setting.args.token_stdin {
        let secret = token::secret(&token::standard_input()?, "standard input", "token")?;
        // Kept where the caller says; which store that is, is decided when it is kept.
        return Ok(obtained(secret, SecretPlace::None));
    }
    if let Some(secret) = env_vars::token(info.name) {
        use secrecy::ExposeSecret as _;
        let variable = env_vars::token_name(info.name);
        let secret = token::checked(secret.expose_secret(), &variable, "token")?;
        return Ok(obtained(secret, SecretPlace::Environment));
    }
    if !ui.can_prompt() {
        return Err(nothing_given(info));
    }
    use secrecy::ExposeSecret as _;
    guide(setting, way, "");
    let answer = ui.prompter().password(&format!("{} token", info.title))?;
    let secret = token::checked(answer.expose_secret(), "the answer", "token")?;
    Ok(obtained(secret, SecretPlace::None))
}

/// The user's own app: from options, environment, what was stored, or somebody at the terminal.
pub(super) fn client_app(
    setting: &Setting<'_>,
    way: &'static SignInWay,
    redirect: &str,
) -> Result<ClientApp, CommandError> {
    use secrecy::ExposeSecret as _;
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
        let text = token::standard_input()?;
        Some(token::secret(&text, "standard input", "client secret")?)
    } else if let Some(secret) = env_vars::client_secret(info.name) {
        let variable = env_vars::client_secret_name(info.name);
        Some(token::checked(
            secret.expose_secret(),
            &variable,
            "client secret",
        )?)
    } else if let Some(stored) = stored.filter(same) {
        stored.client_secret.clone()
    } else {
        secret_from_somebody(setting, way, asked, redirect)?
    };
    Ok(ClientApp { id, secret })
}

fn secret_from_somebody(
    setting: &Setting<'_>,
    way: &'static SignInWay,
    guided: bool,
    redirect: &str,
) -> Result<Option<SecretString>, CommandError> {
    use secrecy::ExposeSecret as _;
    let (ui, info) = (&setting.context.ui, setting.info);
    let required = way.grant == Grant::ClientCredentials
        || info
            .sign_in
            .oauth
            .is_some_and(|oauth| oauth.secret == Secret::Required);
    if !ui.can_prompt() || ui.json() {
        return if required {
            Err(no_app(info))
        } else {
            Ok(None)
        };
    }
    if !guided {
        guide(setting, way, redirect);
    }
    let question = if required {
        "Client secret"
    } else {
        "Client secret (empty where the app has none)"
    };
    let answer = ui.prompter().password(question)?;
    if answer.expose_secret().trim().is_empty() && !required {
        return Ok(None);
    }
    token::checked(answer.expose_secret(), "the answer", "client secret").map(Some)
}

/// An app that signs in by itself, by secret or by signed assertion.
async fn as_app(
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
        let from_environment = setting.args.client_id.is_none()
            && !setting.args.client_secret_stdin
            && env_vars::client_id(info.name).is_some()
            && env_vars::client_secret(info.name).is_some();
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
        .map_err(|error| refused(info, error))?;
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
        token::key(&token::standard_input()?, "standard input")?
    } else if let Some(path) = &args.key_file {
        token::key(&token::file(path)?, &path.display().to_string())?
    } else if let Some(key) = stored.and_then(|stored| stored.private_key.clone()) {
        key
    } else if can_ask {
        let path = ui
            .prompter()
            .input("File with the private key (PEM)", None)?;
        let path = std::path::PathBuf::from(path);
        token::key(&token::file(&path)?, &path.display().to_string())?
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

/// A token endpoint said no, for people.
pub(super) fn refused(info: &VendorInfo, error: ExchangeError) -> CommandError {
    let again = format!("mobly-sync connect {}", info.name);
    match error {
        ExchangeError::SignIn(words) => {
            CommandError::new(ErrorCode::NeedsSignIn, format!("{words}; nothing was changed"))
                .hint("check the app's client id and secret, and that the redirect address is registered with it")
                .fix(again)
        }
        ExchangeError::Unavailable(words) => {
            CommandError::new(ErrorCode::Network, format!("{words}; nothing was changed"))
                .hint("check the connection and try again")
        }
        ExchangeError::Option(words) => CommandError::usage(words),
    }
}

pub(super) fn not_offered(info: &VendorInfo, grant: Grant) -> CommandError {
    let ways: Vec<&str> = info.sign_in.ways.iter().map(|way| way.name).collect();
    CommandError::usage(format!(
        "{} has no sign-in of the kind {}",
        info.title,
        grant.name()
    ))
    .hint(format!("it takes {}", ways.join(", or ")))
    .fix(format!("mobly-sync connect {}", info.name))
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
}

/// What a script would type for each way.
fn nothing_given(info: &VendorInfo) -> CommandError {
    let mut hints = Vec::new();
    for way in info.sign_in.ways {
        hints.push(match way.grant {
            Grant::Token => format!(
                "pipe a token in (mobly-sync connect {} --token-stdin < token.txt) or set {}",
                info.name,
                env_vars::token_name(info.name)
            ),
            Grant::AuthorizationCode => {
                "sign in in the browser (--oauth --client-id ID)".to_owned()
            }
            Grant::ClientCredentials => format!(
                "sign in as an app (set {} and {})",
                env_vars::client_id_name(info.name),
                env_vars::client_secret_name(info.name)
            ),
            Grant::JwtBearer => {
                "sign in by a signed assertion (--grant jwt --client-id ID --username USER --key-file FILE)"
                    .to_owned()
            }
        });
    }
    let fix = match info.sign_in.way(Grant::Token) {
        Some(_) => format!("mobly-sync connect {} --token-stdin", info.name),
        None => format!("mobly-sync connect {} --oauth --client-id ID", info.name),
    };
    CommandError::usage(format!(
        "no sign-in for {} is given, and nobody can be asked for one",
        info.title
    ))
    .hint(format!(
        "{}, or run this on a terminal",
        hints.join(", or ")
    ))
    .fix(fix)
}
