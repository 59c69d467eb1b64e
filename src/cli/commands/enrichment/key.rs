//! A provider's key: from standard input, the environment, or somebody at the terminal.

use secrecy::{ExposeSecret as _, SecretString};

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::commands::connect::token;
use crate::cli::context::Context;
use crate::env_vars;

/// Where a key comes from.
pub(super) enum Given {
    /// To be kept.
    Key(SecretString),
    /// In the environment: used, not kept.
    Environment,
    /// It takes none.
    None,
}

/// The key of a provider that was just described.
pub(super) fn obtain(
    context: &Context,
    name: &str,
    takes_key: bool,
    from_input: bool,
) -> Result<Given, CommandError> {
    if from_input {
        if !takes_key {
            return Err(CommandError::usage(format!(
                "{name} is asked without a key: no header holds {{secret}}"
            ))
            .hint("for example --header \"Authorization: Bearer {secret}\""));
        }
        let bytes = token::standard_input(context, "key")?;
        return token::secret(&bytes, "standard input", "key").map(Given::Key);
    }
    if !takes_key {
        return Ok(Given::None);
    }
    if env_vars::enrichment_key(name).is_some() {
        return Ok(Given::Environment);
    }
    if context.ui.can_prompt() {
        let typed = context
            .ui
            .prompter()
            .password(&format!("Key of {name} (not shown)"))?;
        return token::checked(typed.expose_secret(), "the answer", "key").map(Given::Key);
    }
    Err(
        CommandError::new(ErrorCode::NeedsSignIn, format!("{name} needs a key")).hint(format!(
            "pipe it in with --key-stdin, or set {}",
            env_vars::enrichment_key_name(name)
        )),
    )
}
