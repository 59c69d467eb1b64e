//! `campaign edit EVENT`: other terms for leads who join.

use clap::Args;

use super::marks;
use super::place::{account, ask, fed, feeds, naming, option};
use super::terms::{Terms, TermsArgs};
use super::told::{Change, tell};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::set_up::Setup;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::exit::ExitStatus;
use crate::store::campaigns::{FedCampaign, NewCampaignRule};
use crate::vendors::RemoteCampaign;

/// Change the terms on which leads of an event join a campaign
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync campaign edit \"Expo 2026\" --threshold 2\n  mobly-sync campaign edit \"Expo 2026\" --id 4711 --status-by \"Interest:Demo=Responded\""
)]
pub struct CampaignEditArgs {
    /// The event
    pub event: Option<String>,

    /// The campaign, where the event feeds several
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,

    /// The same at a vendor without campaigns: label:NAME, or field:FIELD=VALUE
    #[arg(long, value_name = "KIND:NAME", conflicts_with = "id")]
    pub to: Option<String>,

    /// On which terms.
    #[command(flatten)]
    pub terms: TermsArgs,
}

impl CampaignEditArgs {
    fn named(&self) -> Option<&str> {
        self.id.as_deref().or(self.to.as_deref())
    }
}

/// Runs the command.
///
/// # Errors
/// If the event does not feed the campaign, or a status or answer is not known; nothing is changed then.
pub async fn run(context: &Context, args: &CampaignEditArgs) -> Result<ExitStatus, CommandError> {
    let name = context.required_event(args.event.as_deref())?;
    let mut setup = Setup::open(context)?;
    feeds(&setup)?;
    let event = context.event(&setup.store, &name, Naming::Write)?;
    let campaign = fed(&setup, &event, args.named())?;
    let terms = &args.terms;
    if !terms.names_status() && terms.status_by.is_empty() && terms.threshold.is_none() {
        let example = match campaign.campaign.is_mark() {
            true => "--threshold 2",
            false => "--status STATUS",
        };
        return Err(
            CommandError::usage("nothing to change is named").fix(setup.command(&format!(
                "campaign edit {} {} {example}",
                quote(&event.name),
                naming(&campaign.campaign)
            ))),
        );
    }
    if campaign.campaign.is_mark() {
        marks::without_status(terms, &campaign.campaign.kind)?;
    }
    let remote = match terms.names_status() {
        true => Some(ask(context, &setup, &campaign.campaign.remote_id).await?),
        false => None,
    };
    save(
        context,
        &mut setup,
        &event,
        &campaign,
        remote.as_ref(),
        args,
    )
}

/// Checks the new terms and keeps them.
pub(super) fn save(
    context: &Context,
    setup: &mut Setup,
    event: &Event,
    fed: &FedCampaign,
    remote: Option<&RemoteCampaign>,
    args: &CampaignEditArgs,
) -> Result<ExitStatus, CommandError> {
    let mut rules = fed.rules.iter();
    let before = rules
        .find(|rule| rule.event == event.id)
        .map(|rule| Terms {
            status: rule.status.clone(),
            qualifier: rule.qualifier,
            by_answer: rule.by_answer.clone(),
            threshold: rule.threshold,
        })
        .unwrap_or_default();
    let word = match setup.vendor.campaigns {
        Some(info) if !fed.campaign.is_mark() => info.word,
        _ => &fed.campaign.kind,
    };
    let mut notes = Vec::new();
    let terms = args.terms.apply(setup, word, remote, &before, &mut notes)?;
    let campaign = &fed.campaign;
    let closed = match remote {
        Some(remote) => remote.closed.clone(),
        None => campaign.closed.clone(),
    };
    if let Some(reason) = &closed {
        notes.push(format!("it takes no new members: {reason}"));
    }
    let new = NewCampaignRule {
        kind: campaign.kind.clone(),
        remote_id: campaign.remote_id.clone(),
        name: remote.map_or_else(|| campaign.name.clone(), |remote| remote.name.clone()),
        closed,
        event: event.id,
        status: terms.status,
        qualifier: terms.qualifier,
        by_answer: terms.by_answer,
        threshold: terms.threshold,
    };
    let id = campaign.shown_id();
    let author = setup.author(
        context,
        &["campaign", "edit", &event.name, option(campaign), &id],
    );
    let (integration, account, now) = (setup.integration.id, account(setup)?, setup.now);
    let run = setup
        .store
        .save_campaign_rule(integration, account, &new, &author, now)?;
    let change = Change {
        event,
        id: &id,
        run,
        notes,
    };
    tell(context, setup, &change)?;
    Ok(ExitStatus::Done)
}
