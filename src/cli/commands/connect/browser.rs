//! The sign-in in the browser: open it, wait on this machine for its answer, tell it the end.

use std::time::Duration;

use secrecy::SecretString;

use super::client::client_app;
use super::lines::Lines;
use super::sign_in::{Obtained, Setting, again, not_offered, refused};
use crate::app::{App, Pace, SignedIn, base_url};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::clock::SharedClock;
use crate::domain::integration::{SecretPlace, Settings};
use crate::secrets::{CredentialKind, StoredCredential};
use crate::sign_in::{
    Attempt, Browser, Exchange, Lingering, Loopback, LoopbackError, Outcome, PasteError,
    parse_pasted,
};
use crate::vendors::{Grant, SignInWay, VendorInfo};

/// The port registered with people's apps unless they say otherwise. Nothing well known lives there.
const PORT: u16 = 47_823;
/// How long a person may take in the browser.
const PATIENCE: Duration = Duration::from_mins(5);

/// How long a vendor may take to take back what could not be kept.
const GIVING_BACK: Duration = Duration::from_secs(5);

/// What came back.
struct Answer {
    code: SecretString,
    parameters: Vec<(String, String)>,
    /// Waits for the end of the story; `None`: the answer was pasted.
    browser: Option<Browser>,
}

pub(super) async fn sign_in(
    setting: &Setting<'_>,
    way: &'static SignInWay,
    mut settings: Settings,
) -> Result<Obtained, CommandError> {
    let info = setting.info;
    let oauth = info
        .sign_in
        .oauth
        .ok_or_else(|| not_offered(info, way.grant))?;
    let endpoints = (oauth.endpoints)(&settings).map_err(CommandError::usage)?;
    let port = setting.args.redirect_port.unwrap_or(PORT);
    let redirect = format!("http://{}:{port}/callback", oauth.redirect_host);
    let app = client_app(setting, way, &redirect)?;
    let loopback = match Loopback::bind(oauth.redirect_host, port).await {
        Ok(loopback) => Some(loopback),
        // The answer can be pasted where nobody can listen.
        Err(_) if setting.args.no_browser && setting.context.ui.can_prompt() => None,
        Err(error) => return Err(failed(setting, &error)),
    };
    let redirect = loopback.as_ref().map_or(redirect, Loopback::redirect_uri);
    let attempt = Attempt::begin(oauth, redirect)
        .map_err(|error| CommandError::internal(error.to_string()))?;
    let base = base_url(info, &settings)?;
    let address = attempt
        .address(oauth, &endpoints, &base, &app.id)
        .map_err(|error| CommandError::usage(error.to_string()))?;
    send_there(setting, address.as_str());
    let answer = wait(setting, loopback, &attempt).await?;
    let told = (oauth.redirected)(&answer.parameters, &mut settings);
    if let Err(words) = told {
        tell(answer.browser, Outcome::Failed(words.clone())).await;
        return Err(CommandError::new(ErrorCode::Vendor, words));
    }
    let clock = setting.clock.clone();
    let transport = setting
        .app
        .bare_transport(info, &settings, clock.clone(), Pace::default())?;
    let exchange = Exchange::new(&transport, oauth, settings, clock);
    let redeemed = exchange
        .redeem(
            &app,
            &answer.code,
            attempt.redirect_uri(),
            attempt.verifier(),
        )
        .await;
    let granted = match redeemed {
        Ok(granted) => granted,
        Err(error) => {
            tell(answer.browser, Outcome::Failed(error.to_string())).await;
            return Err(refused(setting, way.grant, error));
        }
    };
    let fresh = StoredCredential {
        kind: CredentialKind::Oauth,
        client_id: Some(app.id),
        client_secret: app.secret,
        ..StoredCredential::token(SecretString::default())
    };
    if granted.refresh_token.is_none() {
        setting.context.ui.warning(format!(
            "{} gave no refresh token: this sign-in ends with its first token; allow the app offline access",
            info.title
        ));
    }
    Ok(Obtained {
        signed_in: SignedIn {
            credential: granted.kept_in(&fresh),
            place: SecretPlace::None,
        },
        settings: granted.settings,
        browser: answer.browser,
    })
}

/// Shows the end of it in the browser, where one waits. While what is returned lives, a reload or a second tab is told too.
pub(super) async fn tell(browser: Option<Browser>, outcome: Outcome) -> Option<Lingering> {
    match browser {
        Some(browser) => Some(browser.finish(outcome).await),
        None => None,
    }
}

/// Revokes what was just granted and could not be kept: nobody should have to remember it. A vendor that does not listen
/// keeps it until it ends.
pub(super) async fn give_back(
    app: &App,
    info: &'static VendorInfo,
    obtained: &Obtained,
    clock: &SharedClock,
) {
    let credential = &obtained.signed_in.credential;
    if credential.kind != CredentialKind::Oauth {
        return;
    }
    let settings = obtained.settings.clone();
    let (Some(oauth), Ok(transport)) = (
        info.sign_in.oauth,
        app.bare_transport(info, &settings, clock.clone(), Pace::default()),
    ) else {
        return;
    };
    let exchange = Exchange::new(&transport, oauth, settings, clock.clone());
    tokio::select! {
        _ = exchange.revoke(credential) => {}
        () = clock.sleep(GIVING_BACK) => {}
    }
}

/// Opens the address, or prints it.
fn send_there(setting: &Setting<'_>, address: &str) {
    let ui = &setting.context.ui;
    if setting.args.no_browser {
        ui.status("Open this address in a browser and approve:");
        ui.status(address);
        return;
    }
    ui.status(format!("Opening {} in your browser:", setting.info.title));
    ui.status(address);
    // The opener's own words repeat the address and tell nothing else.
    if ::open::that_detached(address).is_err() {
        ui.note("no browser can be opened here: open the address above yourself");
    }
}

async fn wait(
    setting: &Setting<'_>,
    loopback: Option<Loopback>,
    attempt: &Attempt,
) -> Result<Answer, CommandError> {
    let ui = &setting.context.ui;
    let pasted = setting.args.no_browser && ui.can_prompt() && !ui.json();
    if loopback.is_some() {
        ui.status(format!(
            "Waiting for the answer at {} (five minutes; Ctrl-C ends it) …",
            attempt.redirect_uri()
        ));
    } else {
        ui.warning("another program has the port the browser comes back to: only pasting works");
    }
    if pasted {
        ui.status(
            "Or paste here the address the browser was sent to, or the code, and press Enter:",
        );
    }
    let clock = setting.clock.clone();
    let listening = async {
        match loopback {
            Some(loopback) => {
                let title = setting.info.title;
                let redirected = loopback
                    .wait(attempt.state(), title, PATIENCE, clock.clone())
                    .await?;
                Ok(Answer {
                    code: redirected.code,
                    parameters: redirected.parameters,
                    browser: Some(redirected.browser),
                })
            }
            None => {
                clock.sleep(PATIENCE).await;
                Err(LoopbackError::TimedOut {
                    patience: PATIENCE,
                    stray: None,
                })
            }
        }
    };
    tokio::select! {
        answer = listening => answer.map_err(|error| failed(setting, &error)),
        answer = typed(setting, attempt.state()), if pasted => answer,
    }
}

/// What somebody pastes. A line that is no answer is told, and another one taken; where nothing more can come, the browser
/// alone can answer.
async fn typed(setting: &Setting<'_>, state: &str) -> Result<Answer, CommandError> {
    let ui = &setting.context.ui;
    let mut lines = Lines::read();
    while let Some(line) = lines.next().await {
        match parse_pasted(&line, state) {
            Ok((code, parameters)) => {
                return Ok(Answer {
                    code,
                    parameters,
                    browser: None,
                });
            }
            Err(error @ PasteError::Denied { .. }) => {
                return Err(CommandError::new(
                    ErrorCode::NeedsSignIn,
                    format!("{error}; nothing was changed"),
                )
                .fix(again(setting, Grant::AuthorizationCode, &["--no-browser"])));
            }
            Err(error) => ui.warning(error),
        }
    }
    std::future::pending().await
}

/// A listener that got no answer, for people.
fn failed(setting: &Setting<'_>, error: &LoopbackError) -> CommandError {
    let grant = Grant::AuthorizationCode;
    let message = error.to_string();
    match error {
        LoopbackError::PortTaken { .. } | LoopbackError::Bind { .. } => CommandError::new(
            ErrorCode::Network,
            message,
        )
        .fix(again(setting, grant, &["--no-browser"])),
        LoopbackError::NotThisMachine { .. } => CommandError::internal(message),
        LoopbackError::Denied { .. } => CommandError::new(
            ErrorCode::NeedsSignIn,
            format!("{message}; nothing was changed"),
        )
        .fix(again(setting, grant, &[])),
        LoopbackError::TimedOut { .. } => CommandError::new(ErrorCode::NeedsSignIn, message)
            .hint("nothing was changed")
            .fix(again(setting, grant, &["--no-browser"])),
    }
}
