//! `campaign statuses`: what a member can be.

use clap::Args;
use serde::Serialize;

use super::marks;
use super::place::{account, ask, fed, feeds};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::set_up::Setup;
use crate::exit::ExitStatus;
use crate::ui::table::{Cell, Table, Tone};
use crate::vendors::RemoteCampaign;

/// Show the statuses members of a campaign can have
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync campaign statuses --id 4711\n  mobly-sync campaign statuses \"Expo 2026\""
)]
pub struct CampaignStatusesArgs {
    /// The event whose campaigns are meant
    pub event: Option<String>,

    /// One campaign, by its id at the vendor
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    statuses: Vec<StatusEntry<'a>>,
}

#[derive(Serialize)]
struct StatusEntry<'a> {
    campaign: &'a str,
    campaign_id: &'a str,
    status: &'a str,
    usual: bool,
    rank: u32,
}

/// Runs the command.
///
/// # Errors
/// If the event or the campaign is not known.
pub async fn run(
    context: &Context,
    args: &CampaignStatusesArgs,
) -> Result<ExitStatus, CommandError> {
    let event = match &args.id {
        Some(_) => args.event.clone(),
        None => Some(context.required_event(args.event.as_deref())?),
    };
    let setup = Setup::open(context)?;
    feeds(&setup)?;
    if setup.vendor.campaigns.is_none() {
        return Err(marks::no_statuses(&setup));
    }
    let ids: Vec<String> = match (&event, &args.id) {
        (None, Some(id)) => vec![id.clone()],
        (Some(event), Some(id)) => {
            let event = context.event(&setup.store, event, Naming::Read)?;
            vec![fed(&setup, &event, Some(id))?.campaign.remote_id]
        }
        (event, None) => {
            let event = context.event(
                &setup.store,
                event.as_deref().unwrap_or_default(),
                Naming::Read,
            )?;
            let mut all = setup.store.fed_campaigns(account(&setup)?)?;
            all.retain(|one| one.rules.iter().any(|rule| rule.event == event.id));
            if all.is_empty() {
                // Says what to do about it.
                fed(&setup, &event, None)?;
            }
            all.into_iter().map(|one| one.campaign.remote_id).collect()
        }
    };
    let mut all = Vec::new();
    for id in ids {
        all.push(ask(context, &setup, &id).await?);
    }
    show(context, &setup, &all);
    Ok(ExitStatus::Done)
}

/// Shows the statuses of campaigns, in their order of progress.
pub(super) fn show(context: &Context, setup: &Setup, all: &[RemoteCampaign]) {
    let ui = &context.ui;
    for campaign in all {
        if let Some(reason) = &campaign.closed {
            ui.warning(format_args!(
                "{:?} takes no new members: {reason}",
                campaign.name
            ));
        }
        if campaign.statuses.is_empty() && !ui.json() {
            ui.status(format_args!("{:?} has no statuses.", campaign.name));
        }
    }
    let entries: Vec<StatusEntry<'_>> = all
        .iter()
        .flat_map(|campaign| {
            campaign.statuses.iter().map(|status| StatusEntry {
                campaign: &campaign.name,
                campaign_id: &campaign.id,
                status: &status.label,
                usual: status.usual,
                rank: status.rank,
            })
        })
        .collect();
    if ui.json() {
        ui.document(&Document {
            integration: &setup.integration.name,
            statuses: entries,
        });
        return;
    }
    let mut table = Table::new(&["STATUS", "", "CAMPAIGN", "ID"]);
    for entry in &entries {
        table.row([
            Cell::toned(entry.status, Tone::Strong),
            Cell::toned(if entry.usual { "usual" } else { "" }, Tone::Faint),
            entry.campaign.into(),
            entry.campaign_id.into(),
        ]);
    }
    table.print(ui);
}
