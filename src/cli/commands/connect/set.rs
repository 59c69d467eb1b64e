//! `connect --set`: other options, the same sign-in.

use serde::Serialize;

use super::{ConnectArgs, apply, check_external_id, options};
use crate::app::Pace;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::exit::ExitStatus;
use crate::vendors::VendorInfo;

#[derive(Serialize)]
pub(super) struct Document {
    pub(super) integration: String,
    pub(super) changed: bool,
}

/// Changes the options named.
pub(super) async fn run(
    context: &Context,
    args: &ConnectArgs,
    info: &'static VendorInfo,
) -> Result<ExitStatus, CommandError> {
    options::check(args, info)?;
    let (app, mut store) = context.open()?;
    let Some(integration) = store.integration(info.name)? else {
        return Err(CommandError::new(
            ErrorCode::NotConnected,
            format!("{} was never connected here", info.title),
        )
        .fix(format!("mobly-sync connect {}", info.name)));
    };
    let clock = context.clock(&app, &store)?;
    let mut settings = integration.settings.clone();
    apply(args, &mut settings);
    if let Some(field) = options::external_id(args) {
        let session =
            app.open_session(&store, &integration, clock.clone(), Pace::default(), None)?;
        settings.external_id = Some(check_external_id(info, &session, &field).await?);
    }
    let author = context.author(options::as_typed(args, info.name));
    let now = clock.now();
    let mut changed = store.save_settings(integration.id, &settings, &author, now)?;
    if let (Some(label), Some(account)) = (&settings.label, &integration.account) {
        changed |= store.name_account(account.id, label)?;
    }
    if let Some(mode) = args.mode() {
        changed |= store.set_mode(integration.id, mode, &author, now)?;
    }
    if let Some(choice) = args.store_choice().filter(|_| integration.connected) {
        changed |= app.move_secret(&mut store, &integration, choice, now)?;
    }
    for warning in args.of_vendor.warnings(info, Some(&integration)) {
        context.ui.warning(warning);
    }
    if context.ui.json() {
        context.ui.document(&Document {
            integration: integration.name,
            changed,
        });
    } else if changed {
        context.ui.status(format!(
            "Changed {}. Nothing was pushed; cleared leads stay as they are (sync --again compares them).",
            info.title
        ));
    } else {
        context
            .ui
            .status(format!("{} has these options already.", info.title));
    }
    Ok(ExitStatus::Done)
}
