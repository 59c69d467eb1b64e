//! `campaign remove EVENT`: an event's leads join a campaign no longer.

use clap::Args;

use super::place::{account, fed, feeds, option};
use super::told::{Change, tell};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::set_up::Setup;
use crate::exit::ExitStatus;
use crate::ui::format::counted;

/// Have the leads of an event join a campaign no longer; who is a member stays one
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync campaign remove \"Expo 2026\" --id 4711")]
pub struct CampaignRemoveArgs {
    /// The event
    pub event: Option<String>,

    /// The campaign, where the event feeds several
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,

    /// The same at a vendor without campaigns: label:NAME, or field:FIELD=VALUE
    #[arg(long, value_name = "KIND:NAME", conflicts_with = "id")]
    pub to: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If the event does not feed the campaign.
pub fn run(context: &Context, args: &CampaignRemoveArgs) -> Result<ExitStatus, CommandError> {
    let name = context.required_event(args.event.as_deref())?;
    let mut setup = Setup::open(context)?;
    feeds(&setup)?;
    let named = args.id.as_deref().or(args.to.as_deref());
    remove(context, &mut setup, &name, named)
}

/// Removes what an event feeds.
pub(super) fn remove(
    context: &Context,
    setup: &mut Setup,
    event: &str,
    id: Option<&str>,
) -> Result<ExitStatus, CommandError> {
    let event = context.event(&setup.store, event, Naming::Write)?;
    let found = fed(setup, &event, id)?;
    let campaign = &found.campaign;
    let id = campaign.shown_id();
    let author = setup.author(
        context,
        &["campaign", "remove", &event.name, option(campaign), &id],
    );
    let (integration, account, now) = (setup.integration.id, account(setup)?, setup.now);
    let run = setup.store.remove_campaign_rule(
        integration,
        account,
        campaign.id,
        event.id,
        &author,
        now,
    )?;
    if !context.ui.json() {
        context.ui.status(format_args!(
            "{} feeds {} ({}) no longer.",
            event.name, campaign.name, id
        ));
    }
    let members = match found.leads {
        0 => Vec::new(),
        several if campaign.is_mark() => vec![format!(
            "{} we gave it keep it in {}",
            counted(several, "lead"),
            setup.vendor.title
        )],
        1 => vec![format!(
            "the 1 member we made stays in {}",
            setup.vendor.title
        )],
        several => vec![format!(
            "the {} we made stay in {}",
            counted(several, "member"),
            setup.vendor.title
        )],
    };
    let change = Change {
        event: &event,
        id: &id,
        run,
        notes: members,
    };
    tell(context, setup, &change)?;
    Ok(ExitStatus::Done)
}
