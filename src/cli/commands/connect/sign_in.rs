//! Which of the vendor's ways to sign in is taken, and what it needs.
//!
//! What is asked for outright comes first (`--token-stdin`, `--oauth`, `--grant`); then the vendor's first way that the given
//! credentials fit; on a terminal a short dialogue; else what a script would type.

use super::args::{ConnectArgs, GrantValue};
use super::keeping::Connecting;
use super::{browser, client, token};
use crate::app::{App, SignedIn};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::clock::SharedClock;
use crate::domain::integration::{SecretPlace, Settings};
use crate::env_vars;
use crate::secrets::{CredentialKind, StoredCredential};
use crate::sign_in::{Browser, ExchangeError};
use crate::store::Store;
use crate::ui::format::wrap;
use crate::vendors::{Grant, OptionKind, SignInWay, VendorInfo};

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
    connecting: &Connecting<'_>,
    store: &Store,
    settings: Settings,
) -> Result<Obtained, CommandError> {
    let Connecting {
        context,
        args,
        info,
        app,
        before,
        clock,
    } = *connecting;
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
        clock: clock.clone(),
    };
    let way = choose(&setting, &settings)?;
    refuse_unused(&setting, way.grant)?;
    if !comes_from_environment(args, info, way.grant) {
        // Nobody should approve in the browser what then cannot be kept.
        app.can_keep(store, info.name, before, args.store_choice())?;
    }
    let settings = with_needs(&setting, way, settings)?;
    match way.grant {
        Grant::Token => static_token(&setting, way, &settings),
        Grant::AuthorizationCode => browser::sign_in(&setting, way, settings).await,
        Grant::ClientCredentials | Grant::JwtBearer => {
            client::sign_in(&setting, way, settings).await
        }
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

/// Whether a sign-in is used and never stored.
pub(super) fn comes_from_environment(args: &ConnectArgs, info: &VendorInfo, grant: Grant) -> bool {
    match grant {
        Grant::Token => !args.token_stdin && env_vars::token(info.name).is_some(),
        Grant::ClientCredentials => {
            args.client_id.is_none()
                && !args.client_secret_stdin
                && env_vars::client_id(info.name).is_some()
                && env_vars::client_secret(info.name).is_some()
        }
        Grant::AuthorizationCode | Grant::JwtBearer => false,
    }
}

/// An option of another way would do nothing, and whoever typed it means something.
fn refuse_unused(setting: &Setting<'_>, grant: Grant) -> Result<(), CommandError> {
    let args = setting.args;
    let with_app = grant != Grant::Token;
    let browser = grant == Grant::AuthorizationCode;
    let jwt = grant == Grant::JwtBearer;
    let given = [
        ("--client-id", args.client_id.is_some(), with_app),
        (
            "--client-secret-stdin",
            args.client_secret_stdin,
            with_app && !jwt,
        ),
        ("--no-browser", args.no_browser, browser),
        ("--redirect-port", args.redirect_port.is_some(), browser),
        ("--username", args.username.is_some(), jwt),
        ("--key-file", args.key_file.is_some(), jwt),
        ("--key-stdin", args.key_stdin, jwt),
    ];
    match given.iter().find(|(_, given, used)| *given && !used) {
        Some((option, ..)) => Err(CommandError::usage(format!(
            "{option} means nothing to a sign-in of the kind {}",
            grant.name()
        ))
        .hint("leave it out, or choose the way it belongs to: --oauth, --grant client-credentials, --grant jwt")),
        None => Ok(()),
    }
}

/// Asks for the options a way cannot do without; the user's own address stands for where an account lives.
fn with_needs(
    setting: &Setting<'_>,
    way: &SignInWay,
    mut settings: Settings,
) -> Result<Settings, CommandError> {
    let (ui, info) = (&setting.context.ui, setting.info);
    if settings.base_url.is_some() {
        return Ok(settings);
    }
    for name in way.needs {
        let Some(option) = info.options.iter().find(|option| option.name == *name) else {
            continue;
        };
        if settings.vendor.contains_key(*name) {
            continue;
        }
        if !ui.can_prompt() || ui.json() {
            let value = match option.kind {
                OptionKind::Text(value) | OptionKind::Amount { value, .. } => value,
                _ => "WHAT",
            };
            let missing = format!("--{name} {value}");
            return Err(
                CommandError::usage(format!("{missing} is missing: {}", option.help)).fix(again(
                    setting,
                    way.grant,
                    &[&missing],
                )),
            );
        }
        let answer = ui.prompter().input(option.help, None)?;
        settings.vendor.insert((*name).to_owned(), answer);
        // Told now, not after everything else was asked.
        (info.base_url)(&settings).map_err(CommandError::usage)?;
    }
    Ok(settings)
}

/// Whether what stands in options and environment is enough for a way.
fn fits(setting: &Setting<'_>, grant: Grant) -> bool {
    let (args, info) = (setting.args, setting.info);
    let has_id = args.client_id.is_some() || env_vars::client_id(info.name).is_some();
    let has_secret = args.client_secret_stdin || env_vars::client_secret(info.name).is_some();
    let typed_app = args.client_id.is_some()
        || args.client_secret_stdin
        || args.no_browser
        || args.redirect_port.is_some()
        || args.key_file.is_some()
        || args.key_stdin;
    match grant {
        // What was typed says more than what happens to be set.
        Grant::Token => env_vars::token(info.name).is_some() && !typed_app,
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
    settings: &Settings,
) -> Result<Obtained, CommandError> {
    let (ui, info) = (&setting.context.ui, setting.info);
    let obtained = |secret, place| Obtained {
        signed_in: SignedIn::token(secret, place),
        settings: settings.clone(),
        browser: None,
    };
    if setting.args.token_stdin {
        let secret = token::secret(
            &token::standard_input(setting.context, "token")?,
            "standard input",
            "token",
        )?;
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

/// A token endpoint said no, for people.
pub(super) fn refused(setting: &Setting<'_>, grant: Grant, error: ExchangeError) -> CommandError {
    match error {
        ExchangeError::SignIn(words) => CommandError::new(
            ErrorCode::NeedsSignIn,
            format!("{words}; nothing was changed"),
        )
        .hint(match grant {
            Grant::JwtBearer => {
                "check the client id, the user, that the key is the one whose certificate the app has, and --sandbox"
            }
            Grant::ClientCredentials => {
                "check the app's client id and secret (--client-secret-stdin takes a new one), and that it may sign in by itself"
            }
            Grant::Token | Grant::AuthorizationCode => {
                "check the app's client id and secret (--client-secret-stdin takes a new one), and that the redirect address is registered with it"
            }
        })
        .fix(again(setting, grant, &[])),
        ExchangeError::Unavailable(words) => {
            CommandError::new(ErrorCode::Network, format!("{words}; nothing was changed"))
                .hint("check the connection and try again")
                .fix(again(setting, grant, &[]))
        }
        ExchangeError::Option(words) => {
            CommandError::usage(words).fix(again(setting, grant, &[]))
        }
    }
}

/// The command that tries the same once more: what was typed, without secrets, and with further options.
pub(super) fn again(setting: &Setting<'_>, grant: Grant, further: &[&str]) -> String {
    use crate::domain::hints::quote;
    let args = setting.args;
    let mut command = format!("mobly-sync connect {}", setting.info.name);
    let mut add = |text: &str| {
        command.push(' ');
        command.push_str(text);
    };
    match grant {
        Grant::Token => add("--token-stdin"),
        Grant::AuthorizationCode => add("--oauth"),
        Grant::ClientCredentials => add("--grant client-credentials"),
        Grant::JwtBearer => add("--grant jwt"),
    }
    if let Some(id) = &args.client_id {
        add(&format!("--client-id {}", quote(id)));
    }
    if let Some(user) = &args.username {
        add(&format!("--username {}", quote(user)));
    }
    if let Some(file) = &args.key_file {
        add(&format!("--key-file {}", quote(&file.to_string_lossy())));
    }
    if let Some(port) = args.redirect_port {
        add(&format!("--redirect-port {port}"));
    }
    if let Some(url) = &args.base_url {
        add(&format!("--base-url {}", quote(url)));
    }
    for (name, value) in args.of_vendor.typed() {
        add(&format!("--{name}={}", quote(value)));
    }
    further.iter().for_each(|option| add(option));
    command
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
    // The first way that needs no browser.
    let unattended = info
        .sign_in
        .ways
        .iter()
        .find(|way| way.grant != Grant::AuthorizationCode);
    let fix = match unattended.map(|way| way.grant) {
        Some(Grant::Token) => "--token-stdin",
        Some(Grant::ClientCredentials) => {
            "--grant client-credentials --client-id ID --client-secret-stdin"
        }
        Some(Grant::JwtBearer) => "--grant jwt --client-id ID --username USER --key-file FILE",
        _ => "--oauth --client-id ID",
    };
    let fix = format!("mobly-sync connect {} {fix}", info.name);
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
