//! `open LEAD`: the lead's record at the vendor.

use clap::Args;
use serde::Serialize;

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::services::vendor_of;
use crate::domain::ids::LeadId;
use crate::domain::integration::{Environment, Integration};
use crate::domain::lead::Role;
use crate::exit::ExitStatus;
use crate::store::Store;

/// Show a lead's record at the vendor: its address, or the browser
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync open ann@example.com")]
pub struct OpenArgs {
    /// The lead, by id, prefix of four or more, or e-mail
    pub lead: String,
}

#[derive(Serialize)]
struct Document {
    integration: String,
    account: String,
    lead: String,
    object: String,
    record: String,
    url: String,
}

/// Runs the command.
///
/// # Errors
/// If the lead has no record there.
pub async fn run(context: &Context, args: &OpenArgs) -> Result<ExitStatus, CommandError> {
    let (_, store) = context.open()?;
    let integration = context.integration(&store, None)?;
    let lead = context.lead(&store, &args.lead)?;
    let document = find(&store, &integration, lead)?;
    let ui = &context.ui;
    if ui.json() {
        ui.document(&document);
        return Ok(ExitStatus::Done);
    }
    ui.data(&document.url);
    let rehearses = integration
        .account
        .as_ref()
        .is_some_and(|account| account.environment == Environment::Rehearsal);
    if rehearses {
        ui.note("this is a rehearsal: a browser finds nothing there");
    } else if ui.out_is_terminal() && !ui.options().no_input {
        ui.flush();
        if let Err(error) = ::open::that_detached(&document.url) {
            ui.note(format_args!("no browser can be opened here ({error})"));
        }
    }
    Ok(ExitStatus::Done)
}

fn find(store: &Store, integration: &Integration, lead: LeadId) -> Result<Document, CommandError> {
    let vendor = vendor_of(integration)?;
    let id = store.ids().encode(lead);
    let nothing = || {
        CommandError::not_found(format!("lead {id} has no record in {} yet", vendor.title))
            .hint("where it stands, and why: its log")
            .fix(format!("mobly-sync log {id}"))
    };
    let account = integration.account.as_ref().ok_or_else(nothing)?;
    let links = store.remote_links(account.id, lead)?;
    // A lead that was converted has a record of either kind: the person is where the last push found it.
    let link = links
        .iter()
        .rfind(|link| link.role == Role::Persona)
        .or(links.first())
        .ok_or_else(nothing)?;
    let url = (vendor.record_url)(
        &integration.settings,
        &account.vendor_account,
        &link.object,
        &link.remote_id,
    )
    .ok_or_else(|| {
        CommandError::new(
            ErrorCode::Unsupported,
            format!("{} has no page for a {}", vendor.title, link.object),
        )
    })?;
    Ok(Document {
        integration: integration.name.clone(),
        account: account.vendor_account.clone(),
        lead: id,
        object: link.object.clone(),
        record: link.remote_id.clone(),
        url,
    })
}
