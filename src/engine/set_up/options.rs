//! Whether values fit a field with a closed list, and what would.

use std::collections::BTreeMap;

use super::plain;
use crate::domain::guess::guess;
use crate::domain::hints::quote;
use crate::domain::mapping::translate;
use crate::domain::remote::{RemoteField, RemoteKind};

/// Options named beside a refused one.
const SHOWN: usize = 5;

/// A value of leads that a closed list does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The value.
    pub value: String,
    /// Leads that hold it.
    pub leads: u64,
    /// The option it probably means.
    pub guess: Option<String>,
}

/// The option a text means, as it is sent: its value or its label, in any case. A field without a closed list takes any
/// text, one whose list cannot be read too.
///
/// # Errors
/// The nearest options, where the text is none.
pub fn option_value(field: &RemoteField, text: &str) -> Result<String, Vec<String>> {
    let alike = |left: &str| left.trim().to_lowercase() == text.trim().to_lowercase();
    match (&field.options, field.kind) {
        (Some(options), RemoteKind::One | RemoteKind::Many | RemoteKind::User) => options
            .iter()
            .find(|option| option.value == text)
            .or_else(|| options.iter().find(|option| alike(&option.value)))
            .or_else(|| options.iter().find(|option| alike(&option.label)))
            .map(|option| option.value.clone())
            .ok_or_else(|| nearest_options(field, text)),
        (_, RemoteKind::Boolean) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "1" => Ok("true".to_owned()),
            "false" | "no" | "0" => Ok("false".to_owned()),
            _ => Err(vec!["true".to_owned(), "false".to_owned()]),
        },
        _ => Ok(text.to_owned()),
    }
}

/// The options nearest to a text, best first; users by the address people know them by.
#[must_use]
pub fn nearest_options(field: &RemoteField, text: &str) -> Vec<String> {
    let options = field.options.as_deref().unwrap_or_default();
    let users = field.kind == RemoteKind::User;
    let guessed = guess(text, options).filter(|_| !users).map(str::to_owned);
    let mut scored: Vec<(f64, &str)> = options
        .iter()
        .map(|option| {
            let likeness = |theirs: &str| strsim::jaro_winkler(&plain(text), &plain(theirs));
            let shown = match users && !option.label.is_empty() {
                true => &option.label,
                false => &option.value,
            };
            (
                likeness(&option.value).max(likeness(&option.label)),
                shown.as_str(),
            )
        })
        .collect();
    // A short list is told whole and in its own order: the one meant may sound quite different.
    if scored.len() > SHOWN {
        scored.sort_by(|left, right| right.0.total_cmp(&left.0));
    }
    let mut named: Vec<String> = guessed.into_iter().collect();
    for (_, value) in scored {
        if named.len() < SHOWN && !named.iter().any(|known| known == value) {
            named.push(value.to_owned());
        }
    }
    named
}

/// The values of leads that would be refused by a closed list, after translation, the most frequent first.
#[must_use]
pub fn misfits(
    field: &RemoteField,
    values: &[(String, u64)],
    translations: &BTreeMap<String, String>,
) -> Vec<Misfit> {
    let fits = |text: &str| {
        let sent = translate(translations, text.trim()).unwrap_or_else(|| text.to_owned());
        match field.kind {
            RemoteKind::Many => sent
                .split(';')
                .filter(|part| !part.trim().is_empty())
                .all(|part| option_value(field, part).is_ok()),
            _ => option_value(field, &sent).is_ok(),
        }
    };
    values
        .iter()
        .filter(|(value, _)| !fits(value))
        .map(|(value, leads)| Misfit {
            value: value.clone(),
            leads: *leads,
            guess: field
                .options
                .as_deref()
                .and_then(|options| guess(value, options))
                .map(str::to_owned),
        })
        .collect()
}

/// The `mapping set` that sends a field to a closed list, with the translations that suggest themselves. Values without
/// one are dropped rather than keep their leads out.
#[must_use]
pub fn repair_line(key: &str, object: &str, remote: &str, misfits: &[Misfit]) -> String {
    let mut line = format!(
        "mapping set {} {} --object {}",
        quote(key),
        quote(remote),
        quote(object)
    );
    for misfit in misfits {
        if let Some(guess) = &misfit.guess {
            line.push_str(" --value ");
            line.push_str(&quote(&format!("{}={guess}", misfit.value)));
        }
    }
    if misfits.iter().any(|misfit| misfit.guess.is_none()) {
        line.push_str(" --on-invalid drop");
    }
    line
}
