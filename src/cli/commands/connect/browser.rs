//! The sign-in in the browser: open it, wait on this machine for its answer, tell it the end.

use std::time::Duration;

use secrecy::SecretString;

use super::sign_in::{Obtained, Setting, client_app, not_offered, refused};
use crate::app::{Pace, SignedIn, base_url};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::domain::integration::{SecretPlace, Settings};
use crate::secrets::{CredentialKind, StoredCredential};
use crate::sign_in::{
    Attempt, Browser, Exchange, Lingering, Loopback, LoopbackError, Outcome, parse_pasted,
};
use crate::vendors::SignInWay;

/// The port registered with people's apps unless they say otherwise. Nothing well known lives there.
const PORT: u16 = 47_823;
/// How long a person may take in the browser.
const PATIENCE: Duration = Duration::from_mins(5);

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
        Err(error) => return Err(failed(setting, error)),
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
            return Err(refused(info, error));
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
    ui.status(format!(
        "Waiting for the answer at {} (five minutes; Ctrl-C ends it) …",
        attempt.redirect_uri()
    ));
    let pasted = setting.args.no_browser && ui.can_prompt();
    if pasted {
        ui.status(
            "Or paste here the address the browser was sent to, or the code, and press Enter:",
        );
    }
    let listening = async {
        match loopback {
            Some(loopback) => {
                let clock = setting.clock.clone();
                loopback
                    .wait(attempt.state(), setting.info.title, PATIENCE, clock)
                    .await
            }
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        redirected = listening => {
            let redirected = redirected.map_err(|error| failed(setting, error))?;
            Ok(Answer {
                code: redirected.code,
                parameters: redirected.parameters,
                browser: Some(redirected.browser),
            })
        }
        answer = typed(attempt.state().to_owned()), if pasted => {
            let (code, parameters) = answer?;
            Ok(Answer { code, parameters, browser: None })
        }
    }
}

type Typed = (SecretString, Vec<(String, String)>);

/// What somebody pastes; a line that is no answer is told and another one taken. The thread is left behind where the
/// browser is faster: it holds nothing.
async fn typed(state: String) -> Result<Typed, CommandError> {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut line = zeroize::Zeroizing::new(String::new());
        let answer = match std::io::stdin().read_line(&mut line) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(parse_pasted(&line, &state)),
        };
        let _ = sender.send(answer);
    });
    match receiver.await {
        Ok(Some(Ok(typed))) => Ok(typed),
        Ok(Some(Err(error))) => Err(CommandError::new(
            ErrorCode::NeedsSignIn,
            format!("{error}; nothing was changed"),
        )),
        // Standard input is closed: the browser alone can answer.
        Ok(None) | Err(_) => std::future::pending().await,
    }
}

/// A listener that got no answer, for people.
fn failed(setting: &Setting<'_>, error: LoopbackError) -> CommandError {
    let info = setting.info;
    let again = format!("mobly-sync connect {} --oauth", info.name);
    match &error {
        LoopbackError::PortTaken { .. } | LoopbackError::Bind { .. } => {
            CommandError::new(ErrorCode::Network, error.to_string())
                .fix(format!("{again} --no-browser"))
        }
        LoopbackError::NotThisMachine { .. } => CommandError::internal(error.to_string()),
        LoopbackError::Denied { .. } => CommandError::new(
            ErrorCode::NeedsSignIn,
            format!("{error}; nothing was changed"),
        )
        .fix(again),
        LoopbackError::TimedOut { .. } => {
            CommandError::new(ErrorCode::NeedsSignIn, error.to_string())
                .hint("nothing was changed")
                .fix(format!("{again} --no-browser"))
        }
    }
}
