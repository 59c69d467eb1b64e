//! Where the token comes from: standard input, the environment, or somebody at the terminal. Never an argument.

use std::io::Read as _;

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::ConnectArgs;
use crate::app::Token;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::domain::integration::{SecretPlace, Settings};
use crate::env_vars;
use crate::ui::format::wrap;
use crate::vendors::VendorInfo;

/// No vendor's token is longer; a file given by mistake may be.
const LONGEST: u64 = 64 * 1024;

/// The token to sign in with.
pub(super) fn get(
    context: &Context,
    args: &ConnectArgs,
    info: &VendorInfo,
    settings: &Settings,
) -> Result<Token, CommandError> {
    // Kept where the caller says; which store that is, is decided when it is kept.
    let stored = |secret| {
        let place = SecretPlace::None;
        Token { secret, place }
    };
    if args.token_stdin {
        return from_standard_input().map(stored);
    }
    if let Some(secret) = env_vars::token(info.name) {
        let variable = env_vars::token_name(info.name);
        let secret = checked(secret.expose_secret(), &variable)?;
        let place = SecretPlace::Environment;
        return Ok(Token { secret, place });
    }
    if !context.ui.can_prompt() || context.ui.json() {
        return Err(no_token(info));
    }
    ask(context, info, settings).map(stored)
}

fn from_standard_input() -> Result<SecretString, CommandError> {
    let mut text = Zeroizing::new(Vec::new());
    std::io::stdin()
        .lock()
        .take(LONGEST + 1)
        .read_to_end(&mut text)
        .map_err(|error| {
            CommandError::new(ErrorCode::File, "standard input cannot be read").caused_by(&error)
        })?;
    let text = std::str::from_utf8(&text)
        .map_err(|_| CommandError::usage("standard input holds no token: it is no text"))?;
    checked(text, "standard input")
}

fn ask(
    context: &Context,
    info: &VendorInfo,
    settings: &Settings,
) -> Result<SecretString, CommandError> {
    let ui = &context.ui;
    let place = settings
        .base_url
        .as_ref()
        .map(|url| format!(" at {url}"))
        .unwrap_or_default();
    ui.status(
        ui.theme()
            .strong(&format!("Sign in to {}{place}", info.title)),
    );
    if let Some(way) = info.sign_in.way(crate::vendors::Grant::Token) {
        for paragraph in way.guide.lines() {
            ui.status(wrap(paragraph, ui.width().min(96), 2));
        }
    }
    let answer = ui.prompter().password(&format!("{} token", info.title))?;
    checked(answer.expose_secret(), "the answer")
}

/// A token as it can be sent: without the blanks and marks that copying adds, and nothing in it that no token holds. The
/// message never repeats it.
fn checked(text: &str, place: &str) -> Result<SecretString, CommandError> {
    let token = text.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
    if token.is_empty() {
        return Err(CommandError::usage(format!(
            "{place} holds no token: it is empty"
        )));
    }
    if token.len() as u64 > LONGEST {
        return Err(CommandError::usage(format!(
            "{place} holds no token: it is too long"
        )));
    }
    if !token.chars().all(|sign| sign.is_ascii_graphic()) {
        return Err(CommandError::usage(format!(
            "{place} holds no token: there are blanks, line breaks or other signs in it"
        )));
    }
    Ok(SecretString::from(token))
}

fn no_token(info: &VendorInfo) -> CommandError {
    CommandError::usage(format!(
        "no token for {} is given, and nobody can be asked for one",
        info.title
    ))
    .hint(format!(
        "pipe it in (mobly-sync connect {} --token-stdin < token.txt), set {}, or run this on a terminal",
        info.name,
        env_vars::token_name(info.name)
    ))
    .fix(format!("mobly-sync connect {} --token-stdin", info.name))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_is_taken_without_what_copying_adds() {
        for text in ["pat-1", " pat-1\r\n", "\u{feff}pat-1\n\n"] {
            assert_eq!(checked(text, "it").unwrap().expose_secret(), "pat-1");
        }
        for text in ["", " \n", "pat 1", "pat-1\npat-2", "pät"] {
            let error = checked(text, "it").unwrap_err();
            assert_eq!(error.code(), ErrorCode::Usage);
            assert!(!format!("{error:?}").contains("pat"), "{error:?}");
        }
    }
}
