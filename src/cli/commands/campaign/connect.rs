//! `campaign connect EVENT`: leads of an event join a campaign.

use clap::Args;

use super::marks;
use super::place::{account, ask, campaigns};
use super::terms::{Terms, TermsArgs, no_status, usual};
use super::told::{Change, tell};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::set_up::Setup;
use crate::domain::campaign::Campaign;
use crate::domain::event::Event;
use crate::exit::ExitStatus;
use crate::store::campaigns::NewCampaignRule;
use crate::vendors::RemoteCampaign;

/// Have the leads of an event join a campaign
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync campaign connect \"Expo 2026\" --id 4711 --status Attended\n  mobly-sync campaign connect \"Expo 2026\" --id 4711 --status Sent --status-by \"Interest:Demo=Responded\" --threshold 2\n  mobly-sync campaign connect \"Expo 2026\" --to label:\"Expo 2026\"\n  mobly-sync campaign connect \"Expo 2026\" --to \"field:Shows=Expo 2026\""
)]
pub struct CampaignConnectArgs {
    /// The event
    pub event: Option<String>,

    /// The campaign's id at the vendor
    #[arg(long, value_name = "ID", required_unless_present = "to")]
    pub id: Option<String>,

    /// What stands for a campaign at a vendor without campaigns: label:NAME, or field:FIELD=VALUE (VALUE: the event's name)
    #[arg(long, value_name = "KIND:NAME", conflicts_with = "id")]
    pub to: Option<String>,

    /// On which terms.
    #[command(flatten)]
    pub terms: TermsArgs,
}

/// Runs the command.
///
/// # Errors
/// If the event, the campaign, a status or an answer is not known, or the campaign takes no members; nothing is changed
/// then.
pub async fn run(
    context: &Context,
    args: &CampaignConnectArgs,
) -> Result<ExitStatus, CommandError> {
    let name = context.required_event(args.event.as_deref())?;
    let mut setup = Setup::open(context)?;
    if let Some(text) = &args.to {
        marks::to(&setup, text)?;
        let event = context.event(&setup.store, &name, Naming::Write)?;
        return marks::connect(context, &mut setup, &event, text, &args.terms).await;
    }
    campaigns(&setup)?;
    let event = context.event(&setup.store, &name, Naming::Write)?;
    let id = args.id.as_deref().unwrap_or_default();
    let remote = ask(context, &setup, id).await?;
    save(context, &mut setup, &event, &remote, args)
}

/// Checks the terms against the campaign and keeps them.
pub(super) fn save(
    context: &Context,
    setup: &mut Setup,
    event: &Event,
    remote: &RemoteCampaign,
    args: &CampaignConnectArgs,
) -> Result<ExitStatus, CommandError> {
    let info = campaigns(setup)?;
    if let Some(reason) = &remote.closed {
        return Err(CommandError::new(
            ErrorCode::Unsupported,
            format!(
                "the {} {:?} takes no new members: {reason}",
                info.word, remote.name
            ),
        )
        .hint(format!(
            "open it in {}, or name another with --id",
            setup.vendor.title
        )));
    }
    let mut notes = Vec::new();
    let mut terms = args.terms.apply(
        setup,
        info.word,
        Some(remote),
        &Terms::default(),
        &mut notes,
    )?;
    if terms.status.is_none() && !remote.statuses.is_empty() {
        let Some(label) = usual(remote) else {
            return Err(no_status(setup, info.word, remote, event));
        };
        notes.push(format!(
            "members get {label:?}, the usual status of this {}; --status names another",
            info.word
        ));
        terms.status = Some(label);
    }
    let new = NewCampaignRule {
        kind: Campaign::OBJECT.to_owned(),
        remote_id: remote.id.clone(),
        name: remote.name.clone(),
        closed: None,
        event: event.id,
        status: terms.status,
        qualifier: terms.qualifier,
        by_answer: terms.by_answer,
        threshold: terms.threshold,
    };
    let author = setup.author(
        context,
        &["campaign", "connect", &event.name, "--id", &remote.id],
    );
    let (integration, account, now) = (setup.integration.id, account(setup)?, setup.now);
    let run = setup
        .store
        .save_campaign_rule(integration, account, &new, &author, now)?;
    let change = Change {
        event,
        id: &remote.id,
        run,
        notes,
    };
    tell(context, setup, &change)?;
    Ok(ExitStatus::Done)
}
