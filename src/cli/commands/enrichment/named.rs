//! What a word means here: a provider, or the rules.

use crate::cli::command_error::CommandError;
use crate::cli::values::nearest;
use crate::store::Store;
use crate::store::enrichment::{PROVIDER, RULES_FILL, RULES_TIDY};
use crate::store::enrichment_providers::StoredProvider;

/// The rules that fill, and those that tidy.
pub(super) const WORDS: [(&str, &str); 2] = [("rules", RULES_FILL), ("tidy", RULES_TIDY)];

/// The provider of that name.
pub(super) fn provider(store: &Store, name: &str) -> Result<StoredProvider, CommandError> {
    let all = store.enrichment_providers()?;
    if let Some(found) = all.iter().find(|one| one.name.eq_ignore_ascii_case(name)) {
        return Ok(found.clone());
    }
    let error = CommandError::not_found(format!("there is no provider {name:?}"));
    Err(
        match nearest(name, all.iter().map(|one| one.name.as_str())) {
            Some(meant) => error
                .hint(format!("did you mean {meant}?"))
                .fix("mobly-sync enrichment list"),
            None if all.is_empty() => error
                .hint("none was added yet")
                .fix(format!("mobly-sync enrichment add {name}")),
            None => error.fix("mobly-sync enrichment list"),
        },
    )
}

/// What is switched by that word, and how people call it.
pub(super) fn switched(store: &Store, word: &str) -> Result<(String, String), CommandError> {
    let known = WORDS
        .iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name));
    if let Some((name, what)) = known {
        return Ok(((*what).to_owned(), (*name).to_owned()));
    }
    let found = provider(store, word)?;
    Ok((format!("{PROVIDER}{}", found.name), found.name))
}

/// A name a provider can have: it stands in commands, variables and the history.
pub(super) fn checked(name: &str) -> Result<String, CommandError> {
    let name = name.trim().to_lowercase();
    let fine = !name.is_empty()
        && name.len() <= 40
        && name.starts_with(|sign: char| sign.is_ascii_lowercase())
        && name
            .chars()
            .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-');
    if !fine {
        return Err(CommandError::usage(format!(
            "{name:?} is no name for a provider: letters, digits and hyphens, a letter first"
        )));
    }
    if WORDS.iter().any(|(word, _)| *word == name) {
        return Err(CommandError::usage(format!(
            "{name} means the built-in rules; give the provider another name"
        )));
    }
    Ok(name)
}
