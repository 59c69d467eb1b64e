//! Where campaigns are: the connection, its account, the campaign somebody names.

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::ids::AccountId;
use crate::store::campaigns::FedCampaign;
use crate::ui::progress;
use crate::vendors::{CampaignInfo, RemoteCampaign};

/// What the vendor calls campaigns.
///
/// # Errors
/// Where it has none, with what to do instead.
pub(super) fn campaigns(setup: &Setup) -> Result<&'static CampaignInfo, CommandError> {
    let vendor = setup.vendor;
    vendor.campaigns.ok_or_else(|| {
        let (message, instead) = match vendor.without_campaigns {
            "" => (
                format!(
                    "this version of mobly-sync knows no campaigns of {}",
                    vendor.title
                ),
                "fill a field with the event's name instead, and let a list or a rule there act on it",
            ),
            own => (format!("{} feeds no campaigns", vendor.title), own),
        };
        CommandError::new(ErrorCode::Unsupported, message)
            .hint(instead)
            .fix(setup.command("mapping set eventName FIELD"))
    })
}

/// The account campaigns are kept for.
///
/// # Errors
/// `not_connected` where none was ever signed in to.
pub(super) fn account(setup: &Setup) -> Result<AccountId, CommandError> {
    let account = setup.integration.account.as_ref();
    account
        .map(|account| account.id)
        .ok_or_else(|| not_connected(setup))
}

fn not_connected(setup: &Setup) -> CommandError {
    CommandError::new(
        ErrorCode::NotConnected,
        format!("{} is not connected", setup.integration.name),
    )
    .fix(format!("mobly-sync connect {}", setup.integration.vendor))
}

/// Asks the vendor for a campaign.
///
/// # Errors
/// `not_found` where there is none of that id; as every question to a vendor.
pub(super) async fn ask(
    context: &Context,
    setup: &Setup,
    id: &str,
) -> Result<RemoteCampaign, CommandError> {
    let info = campaigns(setup)?;
    if !setup.integration.connected {
        return Err(not_connected(setup));
    }
    let reporter = progress::reporter(&context.ui);
    let found = setup
        .app
        .campaign(&setup.store, &setup.integration, id.trim(), reporter)
        .await
        .map_err(|error| setup.unreadable(error))?;
    found.ok_or_else(|| unknown(setup, info, id))
}

/// The vendor has no campaign of that id.
pub(super) fn unknown(setup: &Setup, info: &CampaignInfo, id: &str) -> CommandError {
    CommandError::not_found(format!(
        "{} has no {} with the id {id:?}",
        setup.vendor.title, info.word
    ))
    .hint(format!("where to find it: {}", info.id_guide))
    .fix(setup.command("campaign statuses --id ID"))
}

/// The campaign an event feeds that somebody names by its id (or its beginning) or its name; the only one, where none is
/// named.
///
/// # Errors
/// `not_found` or `ambiguous`, with those there are.
pub(super) fn fed(
    setup: &Setup,
    event: &Event,
    named: Option<&str>,
) -> Result<FedCampaign, CommandError> {
    let mut fed = setup.store.fed_campaigns(account(setup)?)?;
    fed.retain(|one| one.rules.iter().any(|rule| rule.event == event.id));
    if fed.is_empty() {
        return Err(
            CommandError::not_found(format!("{:?} feeds no campaign", event.name)).fix(
                setup.command(&format!(
                    "campaign connect {} --id ID --status STATUS",
                    quote(&event.name)
                )),
            ),
        );
    }
    let listed = |campaigns: &[FedCampaign]| {
        let one = |fed: &FedCampaign| format!("{} ({})", fed.campaign.remote_id, fed.campaign.name);
        campaigns.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let Some(named) = named.map(str::trim) else {
        if fed.len() > 1 {
            let which = listed(&fed);
            return Err(CommandError::usage(format!(
                "{:?} feeds several campaigns: name one with --id",
                event.name
            ))
            .hint(format!("one of: {which}")));
        }
        return Ok(fed.swap_remove(0));
    };
    let exact = |one: &FedCampaign| one.campaign.remote_id == named;
    // Some vendors show a shorter form of an id than they keep.
    let near = |one: &FedCampaign| {
        named.len() >= 4 && one.campaign.remote_id.starts_with(named)
            || one.campaign.name.eq_ignore_ascii_case(named)
    };
    if let Some(at) = fed.iter().position(exact) {
        return Ok(fed.swap_remove(at));
    }
    let hits: Vec<usize> = (0..fed.len()).filter(|at| near(&fed[*at])).collect();
    match hits.as_slice() {
        [at] => Ok(fed.swap_remove(*at)),
        [] => Err(CommandError::not_found(format!(
            "{:?} does not feed a campaign {named:?}",
            event.name
        ))
        .hint(format!("it feeds {}", listed(&fed)))
        .fix(setup.command("campaign list"))),
        _ => Err(CommandError::new(
            ErrorCode::Ambiguous,
            format!("{named:?} fits several campaigns of {:?}", event.name),
        )
        .hint(format!("one of: {}", listed(&fed)))),
    }
}
