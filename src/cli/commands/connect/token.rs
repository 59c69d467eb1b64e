//! Secrets from outside: standard input, the environment, a file of the user's, or somebody at the terminal. Never an
//! argument.

use std::io::Read as _;
use std::path::Path;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;

/// No vendor's token and no key is longer; a file given by mistake may be.
const LONGEST: u64 = 64 * 1024;

/// All of standard input.
pub(in crate::cli::commands) fn standard_input(
    context: &Context,
    what: &str,
) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    if context.ui.can_prompt() {
        context.ui.status(format!(
            "Paste the {what} and end with Enter and Ctrl-D (it is shown; without the option it is asked for unseen):"
        ));
    }
    read(std::io::stdin().lock()).map_err(|error| {
        CommandError::new(ErrorCode::File, "standard input cannot be read").caused_by(&error)
    })
}

/// All of a file.
pub(in crate::cli::commands) fn file(path: &Path) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    std::fs::File::open(path).and_then(read).map_err(|error| {
        CommandError::new(
            ErrorCode::File,
            format!("{} cannot be read", path.display()),
        )
        .caused_by(&error)
    })
}

fn read(from: impl std::io::Read) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(Vec::new());
    from.take(LONGEST + 1).read_to_end(&mut text)?;
    Ok(text)
}

/// A token or secret from bytes.
pub(in crate::cli::commands) fn secret(
    bytes: &[u8],
    place: &str,
    what: &str,
) -> Result<SecretString, CommandError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| CommandError::usage(format!("{place} holds no {what}: it is no text")))?;
    checked(text, place, what)
}

/// A private key from bytes: as it is, since its line breaks belong to it.
pub(in crate::cli::commands) fn key(
    bytes: &[u8],
    place: &str,
) -> Result<SecretString, CommandError> {
    let text = std::str::from_utf8(bytes)
        .ok()
        .map(str::trim)
        // Tools write attributes before it.
        .filter(|text| text.contains("-----BEGIN") && (text.len() as u64) <= LONGEST);
    text.map(SecretString::from).ok_or_else(|| {
        CommandError::usage(format!("{place} holds no private key in PEM form"))
            .hint("it begins with -----BEGIN PRIVATE KEY-----")
    })
}

/// A token as it can be sent: without the blanks and marks that copying adds, and nothing in it that no token holds. The
/// message never repeats it.
pub(in crate::cli::commands) fn checked(
    text: &str,
    place: &str,
    what: &str,
) -> Result<SecretString, CommandError> {
    let token = text.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
    if token.is_empty() {
        return Err(CommandError::usage(format!(
            "{place} holds no {what}: it is empty"
        )));
    }
    if token.len() as u64 > LONGEST {
        return Err(CommandError::usage(format!(
            "{place} holds no {what}: it is too long"
        )));
    }
    if !token.chars().all(|sign| sign.is_ascii_graphic()) {
        return Err(CommandError::usage(format!(
            "{place} holds no {what}: there are blanks, line breaks or other signs in it"
        )));
    }
    Ok(SecretString::from(token))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_token_is_taken_without_what_copying_adds() {
        for text in ["pat-1", " pat-1\r\n", "\u{feff}pat-1\n\n"] {
            let token = checked(text, "it", "token").unwrap();
            assert_eq!(token.expose_secret(), "pat-1");
        }
        for text in ["", " \n", "pat 1", "pat-1\npat-2", "pät"] {
            let error = checked(text, "it", "token").unwrap_err();
            assert_eq!(error.code(), ErrorCode::Usage);
            assert!(!format!("{error:?}").contains("pat"), "{error:?}");
        }
    }

    #[test]
    fn a_key_keeps_its_lines() {
        let pem = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        let key = key(pem, "it").unwrap();
        assert_eq!(key.expose_secret().lines().count(), 3);
        assert!(super::key(b"canary", "it").is_err());
    }
}
