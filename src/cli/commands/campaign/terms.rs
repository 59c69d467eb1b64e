//! The terms on which leads of an event join a campaign, checked against what the campaign has.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::qualifier::named::{answer, qualifier};
use crate::cli::set_up::Setup;
use crate::cli::values::{self, Assignment};
use crate::domain::campaign::StatusOfAnswer;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::ids::QualifierId;
use crate::domain::qualifier::value_key;
use crate::vendors::RemoteCampaign;

/// Statuses named beside a refused one.
const SHOWN: usize = 12;

/// Options that say on which terms leads join.
#[derive(Debug, Clone, Default, Args)]
pub struct TermsArgs {
    /// The status members get; default: the one new members have at the vendor
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,

    /// The status members get who gave this answer, once an answer; without STATUS they get that of --status
    #[arg(long, value_name = "QUALIFIER:ANSWER=STATUS", value_parser = values::assignment)]
    pub status_by: Vec<Assignment>,

    /// How often a lead must have been scanned to join; 0: everybody
    #[arg(long, value_name = "N")]
    pub threshold: Option<u32>,
}

/// Terms that hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) status: Option<String>,
    pub(super) qualifier: Option<QualifierId>,
    pub(super) by_answer: Vec<StatusOfAnswer>,
    pub(super) threshold: u32,
}

impl TermsArgs {
    /// Whether a status is named, so that the vendor must be asked.
    pub(super) fn names_status(&self) -> bool {
        self.status.is_some() || self.status_by.iter().any(|one| !one.value.is_empty())
    }

    /// The terms these options make of earlier ones. Without `remote` no status is named.
    ///
    /// # Errors
    /// Usage where a status is none of the campaign's, or two qualifiers are named; `not_found` for a qualifier or answer.
    pub(super) fn apply(
        &self,
        setup: &Setup,
        word: &str,
        remote: Option<&RemoteCampaign>,
        before: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Terms, CommandError> {
        let mut terms = before.clone();
        if let (Some(text), Some(remote)) = (&self.status, remote) {
            terms.status = Some(status(setup, word, remote, text)?);
        }
        terms.threshold = self.threshold.unwrap_or(before.threshold);
        for given in &self.status_by {
            let Some((name, said)) = given.name.split_once(':') else {
                return Err(CommandError::usage(format!(
                    "--status-by {:?} names no qualifier: it is of the form \"Qualifier:Answer=Status\"",
                    given.name
                ))
                .fix("mobly-sync qualifier list"));
            };
            let found = qualifier(&setup.store, name.trim())?;
            if terms.qualifier.is_some_and(|known| known != found.id) {
                let named_before = before.qualifier == terms.qualifier;
                if !named_before {
                    return Err(CommandError::usage(
                        "--status-by names two qualifiers; the answers to one decide",
                    ));
                }
                notes.push(format!(
                    "the answers to {:?} decide from now on, no other's",
                    found.name
                ));
                terms.by_answer.clear();
            }
            let known = answer(&found, said.trim())?;
            terms.qualifier = Some(found.id);
            let same = |one: &StatusOfAnswer| value_key(&one.answer) == value_key(&known.value);
            terms.by_answer.retain(|one| !same(one));
            if let (false, Some(remote)) = (given.value.is_empty(), remote) {
                terms.by_answer.push(StatusOfAnswer {
                    answer: known.value.clone(),
                    status: status(setup, word, remote, &given.value)?,
                });
            }
        }
        terms.by_answer.sort_by_key(|one| value_key(&one.answer));
        if terms.by_answer.is_empty() {
            terms.qualifier = None;
        }
        Ok(terms)
    }
}

/// A campaign without a usual status, and none is named: which there are, with the command that names the first.
pub(super) fn no_status(
    setup: &Setup,
    word: &str,
    remote: &RemoteCampaign,
    event: &Event,
) -> CommandError {
    let labels: Vec<&str> = remote
        .statuses
        .iter()
        .map(|one| one.label.as_str())
        .collect();
    let first = labels.first().copied().unwrap_or("STATUS");
    CommandError::usage(format!(
        "the {word} {:?} has no usual status, so --status must say which its members get",
        remote.name
    ))
    .hint(format!("its statuses: {}", named(&labels)))
    .fix(setup.command(&format!(
        "campaign connect {} --id {} --status {}",
        quote(&event.name),
        quote(&remote.id),
        quote(first)
    )))
}

/// As many statuses as are shown, and how many more there are.
fn named(labels: &[&str]) -> String {
    let shown: Vec<String> = labels
        .iter()
        .take(SHOWN)
        .map(|label| quote(label))
        .collect();
    let more = match labels.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", shown.join(", "))
}

/// The campaign's own spelling of a status.
///
/// # Errors
/// Usage, with its statuses, the one that was probably meant first.
pub(super) fn status(
    setup: &Setup,
    word: &str,
    remote: &RemoteCampaign,
    text: &str,
) -> Result<String, CommandError> {
    let text = text.trim();
    let alike = |label: &str| label.to_lowercase() == text.to_lowercase();
    let labels = || remote.statuses.iter().map(|status| status.label.as_str());
    let found = labels()
        .find(|label| *label == text)
        .or_else(|| labels().find(|label| alike(label)));
    if let Some(found) = found {
        return Ok(found.to_owned());
    }
    if remote.statuses.is_empty() {
        return Err(CommandError::usage(format!(
            "the {word} {:?} has no statuses: leave --status out",
            remote.name
        )));
    }
    let mut near: Vec<(f64, &str)> = labels()
        .map(|label| {
            let likeness = strsim::jaro_winkler(&text.to_lowercase(), &label.to_lowercase());
            (likeness, label)
        })
        .collect();
    near.sort_by(|left, right| right.0.total_cmp(&left.0));
    let near: Vec<&str> = near.into_iter().map(|(_, label)| label).collect();
    Err(CommandError::usage(format!(
        "{text:?} is no status of the {word} {:?}",
        remote.name
    ))
    .hint(format!("its statuses, the nearest first: {}", named(&near)))
    .fix(setup.command(&format!("campaign statuses --id {}", quote(&remote.id)))))
}

/// The status new members have where nobody says another.
pub(super) fn usual(remote: &RemoteCampaign) -> Option<String> {
    let mut statuses = remote.statuses.iter();
    statuses
        .find(|status| status.usual)
        .map(|status| status.label.clone())
}
