//! The options of `connect`: checked together, and as the connection keeps them.

use super::{BacklogValue, ConnectArgs, IdentityValue, ModeValue, apply};
use crate::app::is_loopback;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::hints::quote;
use crate::domain::integration::{Integration, Settings};
use crate::transport::BaseUrl;
use crate::vendors::VendorInfo;

/// Back to the vendor's own address.
const OWN_ADDRESS: &str = "default";
/// No longer a field of its own to match on.
const NO_FIELD: &str = "none";
/// A switch that can be taken back.
const SWITCH: &str = "activities";

/// What clap cannot tell.
pub(super) fn check(args: &ConnectArgs, info: &VendorInfo) -> Result<(), CommandError> {
    args.of_vendor.check(info)?;
    if args.activities == Some(true) && info.activities.is_none() {
        return Err(CommandError::usage(format!(
            "{} takes no activities",
            info.title
        )));
    }
    if args.since.is_some() && args.backlog == Some(BacklogValue::Hold) {
        return Err(CommandError::usage(
            "--since says from when on leads are pushed, and --backlog hold pushes none",
        ));
    }
    check_label(args)
}

/// A label is a word people find the account by.
pub(super) fn check_label(args: &ConnectArgs) -> Result<(), CommandError> {
    let label = args.label.as_deref();
    if label.is_some_and(|label| label.trim().is_empty()) {
        return Err(CommandError::usage("--label is empty"));
    }
    Ok(())
}

/// The options of the connection: those it had, changed by what is asked for.
pub(super) fn settings(
    context: &Context,
    args: &ConnectArgs,
    title: &str,
    before: Option<&Integration>,
) -> Result<Settings, CommandError> {
    let mut settings = before.map(|old| old.settings.clone()).unwrap_or_default();
    apply(args, &mut settings);
    match args.base_url.as_deref().map(str::trim) {
        Some(own) if own.eq_ignore_ascii_case(OWN_ADDRESS) => settings.base_url = None,
        Some(url) => {
            let base =
                BaseUrl::parse(url).map_err(|error| CommandError::usage(error.to_string()))?;
            settings.base_url = Some(base.address());
        }
        None => remembered(context, title, before, &mut settings),
    }
    Ok(settings)
}

/// An address is remembered. A rehearsal's ends with its disconnect: who connects anew then means the vendor.
fn remembered(
    context: &Context,
    title: &str,
    before: Option<&Integration>,
    settings: &mut Settings,
) {
    let Some(url) = settings.base_url.clone() else {
        return;
    };
    if is_loopback(&url) && before.is_some_and(|before| !before.connected) {
        settings.base_url = None;
    } else {
        context.ui.note(format!(
            "signing in at {url} as before; --base-url {OWN_ADDRESS} means {title} itself"
        ));
    }
}

/// The field to match on, where one is named.
pub(super) fn external_id(args: &ConnectArgs) -> Option<String> {
    let name = args.external_id.as_deref()?.trim();
    (!name.is_empty() && !name.eq_ignore_ascii_case(NO_FIELD)).then(|| name.to_owned())
}

/// The command for history. It is put together here: an argument may be anything, these are not.
pub(super) fn as_typed(args: &ConnectArgs, name: &str) -> String {
    let mut text = format!("connect {name}");
    let mut add = |option: &str, value: Option<&str>| {
        match value {
            // Switches take a value only behind a sign.
            Some(value) if option == SWITCH => text.push_str(&format!(" --{option}={value}")),
            Some(value) => text.push_str(&format!(" --{option} {}", quote(value))),
            None => {}
        }
    };
    add("base-url", args.base_url.as_deref());
    add("label", args.label.as_deref());
    add(
        "mode",
        args.mode.map(|mode| match mode {
            ModeValue::Automatic => "automatic",
            ModeValue::Manual => "manual",
        }),
    );
    add(
        "backlog",
        args.backlog.map(|backlog| match backlog {
            BacklogValue::Hold => "hold",
            BacklogValue::Push => "push",
        }),
    );
    add(
        "identity",
        args.identity.map(|identity| match identity {
            IdentityValue::Note => "note",
            IdentityValue::Hold => "hold",
        }),
    );
    add("external-id", args.external_id.as_deref());
    add(
        SWITCH,
        args.activities.map(|on| if on { "true" } else { "false" }),
    );
    for (name, value) in args.of_vendor.typed() {
        add(name, Some(value));
    }
    if args.set {
        text.push_str(" --set");
    }
    text
}
