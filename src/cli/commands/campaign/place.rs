//! Where campaigns are: the connection, its account, the campaign somebody names.

use super::marks::is_named;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::domain::campaign::Campaign;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::ids::AccountId;
use crate::store::campaigns::FedCampaign;
use crate::ui::progress;
use crate::vendors::{CampaignInfo, MarkInfo, RemoteCampaign};

/// What the vendor calls campaigns.
///
/// # Errors
/// Where it has none, with what to do instead.
pub(super) fn campaigns(setup: &Setup) -> Result<&'static CampaignInfo, CommandError> {
    setup.vendor.campaigns.ok_or_else(|| {
        let marks = setup.vendor.marks.iter();
        let marks: Vec<String> = marks.map(|kind| format!("a {}", kind.word)).collect();
        if marks.is_empty() {
            return no_campaigns(setup);
        }
        let title = setup.vendor.title;
        let message = format!("{title} has no campaigns that go by an id");
        CommandError::new(ErrorCode::Unsupported, message)
            .hint(format!(
                "{} of the person stands for one: name it with --to",
                marks.join(" or ")
            ))
            .fix(setup.command(&connecting(setup, "EVENT")))
    })
}

fn no_campaigns(setup: &Setup) -> CommandError {
    let vendor = setup.vendor;
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
}

/// What stands for campaigns where the vendor has none.
///
/// # Errors
/// Where it has campaigns, or nothing of either kind, with what to do instead.
pub(super) fn marks(setup: &Setup) -> Result<&'static [MarkInfo], CommandError> {
    match (setup.vendor.marks, setup.vendor.campaigns) {
        ([], None) => Err(no_campaigns(setup)),
        ([], Some(info)) => {
            let title = setup.vendor.title;
            let message = format!(
                "a {} of {title} is named by its id, not with --to",
                info.word
            );
            Err(CommandError::new(ErrorCode::Unsupported, message)
                .hint(format!("where to find it: {}", info.id_guide))
                .fix(setup.command(&connecting(setup, "EVENT"))))
        }
        (kinds, _) => Ok(kinds),
    }
}

/// Whether events can feed anything there.
///
/// # Errors
/// Where the vendor has neither campaigns nor what stands for them.
pub(super) fn feeds(setup: &Setup) -> Result<(), CommandError> {
    match setup.vendor.campaigns.is_some() || !setup.vendor.marks.is_empty() {
        true => Ok(()),
        false => Err(no_campaigns(setup)),
    }
}

/// The words that let an event feed a campaign there.
pub(super) fn connecting(setup: &Setup, event: &str) -> String {
    match (setup.vendor.campaigns, setup.vendor.marks) {
        (None, [kind, ..]) => format!("campaign connect {event} --to {}:NAME", kind.word),
        _ => format!("campaign connect {event} --id ID --status STATUS"),
    }
}

/// The option a campaign is named by.
pub(super) fn option(campaign: &Campaign) -> &'static str {
    match campaign.is_mark() {
        true => "--to",
        false => "--id",
    }
}

/// The option with the campaign.
pub(super) fn naming(campaign: &Campaign) -> String {
    format!("{} {}", option(campaign), quote(&campaign.shown_id()))
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
            CommandError::not_found(format!("{:?} feeds no campaign", event.name))
                .fix(setup.command(&connecting(setup, &quote(&event.name)))),
        );
    }
    let listed = |campaigns: &[FedCampaign]| {
        let one =
            |fed: &FedCampaign| format!("{} ({})", fed.campaign.shown_id(), fed.campaign.name);
        campaigns.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let Some(named) = named.map(str::trim) else {
        if fed.len() > 1 {
            let which = listed(&fed);
            let option = option(&fed[0].campaign);
            return Err(CommandError::usage(format!(
                "{:?} feeds several campaigns: name one with {option}",
                event.name
            ))
            .hint(format!("one of: {which}")));
        }
        return Ok(fed.swap_remove(0));
    };
    let exact = |one: &FedCampaign| one.campaign.shown_id() == named;
    // Some vendors show a shorter form of an id than they keep.
    let near = |one: &FedCampaign| {
        named.len() >= 4 && one.campaign.remote_id.starts_with(named)
            || one.campaign.name.eq_ignore_ascii_case(named)
            || is_named(&one.campaign, named)
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
