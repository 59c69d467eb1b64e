//! `connect` of a source of leads: a key, and nothing else.
//!
//! Nothing is pushed to a source, so what concerns pushing is refused. Its API names no account: a key of another
//! organization is noticed by its events, and kept only after a confirmation, since leads of two organizations in one file
//! are not easily taken apart.

use secrecy::ExposeSecret as _;

use super::source_report::show;
use super::{ConnectArgs, options, set, token};
use crate::app::{App, Keep, ProveError, SignedIn, SourceConnection};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::services::call_failed;
use crate::domain::integration::{Integration, SecretPlace, Settings};
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::sources::SourceInfo;
use crate::store::Store;
use crate::store::integrations::Connected;
use crate::ui::format::{count, wrap};
use crate::vendors::{CallErrorKind, Grant};

/// Runs the command.
pub(super) async fn run(
    context: &Context,
    args: &ConnectArgs,
    info: &'static SourceInfo,
) -> Result<ExitStatus, CommandError> {
    check(args, info)?;
    let (app, mut store) = context.open()?;
    let before = store.integration(info.name)?;
    if args.set {
        return change(context, args, info, &app, &mut store, before);
    }
    let mut settings = options::settings(context, args, info.title, before.as_ref())?;
    apply(args, &mut settings);
    let clock = app.clock_to_connect(&store.integrations()?, info.name, &settings);
    let elsewhere = settings.base_url.is_some();
    let signed_in = obtain(context, args, info, &app, &store, before.as_ref())?;
    let mut connection = app
        .prove_source(info, settings, signed_in.clone(), clock.clone())
        .await
        .map_err(|error| refused(info, &signed_in, elsewhere, error))?;
    let other_address = is_elsewhere(before.as_ref(), &connection);
    if other_address && args.label.is_none() {
        // The name was the other one's.
        connection.settings.label = None;
        connection.details.name = connection
            .proof
            .name
            .clone()
            .unwrap_or_else(|| connection.details.vendor_account.clone());
    }
    if !other_address && before.is_some() {
        check_organization(context, info, &app, &store, &connection).await?;
    }
    let keep = Keep {
        name: info.name,
        signed_in: &signed_in,
        place: args.store_choice(),
        mode: None,
    };
    let author = context.author(options::as_typed(args, info.name));
    let now = clock.now();
    let (connected, left) = app.keep_source(&mut store, &connection, &keep, &author, now)?;
    if let Some(error) = left {
        context
            .ui
            .warning(format!("the key kept before could not be removed: {error}"));
    }
    tell_changes(context, info, &connected, &signed_in, other_address);
    show(context, info, &connection, &connected);
    Ok(ExitStatus::Done)
}

/// An option that means nothing here would do nothing, and whoever typed it means something.
fn check(args: &ConnectArgs, info: &SourceInfo) -> Result<(), CommandError> {
    let title = info.title;
    let sign_in = [
        ("--oauth", args.oauth),
        ("--no-browser", args.no_browser),
        ("--redirect-port", args.redirect_port.is_some()),
        ("--client-id", args.client_id.is_some()),
        ("--client-secret-stdin", args.client_secret_stdin),
        ("--grant", args.grant.is_some()),
        ("--username", args.username.is_some()),
        ("--key-file", args.key_file.is_some()),
        ("--key-stdin", args.key_stdin),
    ];
    if let Some((option, _)) = sign_in.iter().find(|(_, given)| *given) {
        return Err(CommandError::usage(format!(
            "{option} means nothing to {title}: it takes {}",
            info.sign_in
                .way(Grant::Token)
                .map_or("a token", |way| way.name)
        ))
        .fix(format!("mobly-sync connect {} --token-stdin", info.name)));
    }
    let mut pushing = vec![
        ("mode", args.mode.is_some()),
        ("identity", args.identity.is_some()),
        ("external-id", args.external_id.is_some()),
        ("activities", args.activities.is_some()),
    ];
    pushing.extend(args.of_vendor.typed().map(|(name, _)| (name, true)));
    if let Some((option, _)) = pushing.iter().find(|(_, given)| *given) {
        return Err(CommandError::usage(format!(
            "--{option} means nothing to {title}: leads come from there, and nothing is pushed there"
        )));
    }
    if args.since.is_some() {
        return Err(CommandError::usage(format!(
            "--since says which of the leads here are pushed to an account, and {title} is none of these"
        ))
        .hint("what is pulled is bounded by lead pull --since"));
    }
    options::check_label(args)
}

fn apply(args: &ConnectArgs, settings: &mut Settings) {
    if let Some(push) = args.backlog_push() {
        settings.backlog_push = push;
    }
    if let Some(label) = &args.label {
        settings.label = Some(label.trim().to_owned());
    }
}

/// `--set`: other options, the same key.
fn change(
    context: &Context,
    args: &ConnectArgs,
    info: &SourceInfo,
    app: &App,
    store: &mut Store,
    before: Option<Integration>,
) -> Result<ExitStatus, CommandError> {
    let Some(integration) = before else {
        return Err(CommandError::new(
            ErrorCode::NotConnected,
            format!("{} was never connected here", info.title),
        )
        .fix(format!("mobly-sync connect {}", info.name)));
    };
    let now = context.now(app, store)?;
    let mut settings = integration.settings.clone();
    apply(args, &mut settings);
    let author = context.author(options::as_typed(args, info.name));
    let mut changed = store.save_settings(integration.id, &settings, &author, now)?;
    if let (Some(label), Some(account)) = (&settings.label, &integration.account) {
        changed |= store.name_account(account.id, label)?;
    }
    if let Some(choice) = args.store_choice().filter(|_| integration.connected) {
        changed |= app.move_secret(store, &integration, choice, now)?;
    }
    if context.ui.json() {
        context.ui.document(&set::Document {
            integration: integration.name,
            changed,
        });
    } else if changed {
        context.ui.status(format!("Changed {}.", info.title));
    } else {
        context
            .ui
            .status(format!("{} has these options already.", info.title));
    }
    Ok(ExitStatus::Done)
}

/// The key: piped in, of the environment, or asked for.
fn obtain(
    context: &Context,
    args: &ConnectArgs,
    info: &'static SourceInfo,
    app: &App,
    store: &Store,
    before: Option<&Integration>,
) -> Result<SignedIn, CommandError> {
    let ui = &context.ui;
    let variable = env_vars::token_name(info.name);
    if !args.token_stdin
        && let Some(secret) = env_vars::token(info.name)
    {
        let secret = token::checked(secret.expose_secret(), &variable, "key")?;
        return Ok(SignedIn::token(secret, SecretPlace::Environment));
    }
    if !args.token_stdin && (!ui.can_prompt() || ui.json()) {
        return Err(CommandError::usage(format!(
            "no API key for {} is given, and nobody can be asked for one",
            info.title
        ))
        .hint(format!(
            "pipe a key in, or set {variable}, or run this on a terminal"
        ))
        .fix(format!(
            "mobly-sync connect {} --token-stdin < key.txt",
            info.name
        )));
    }
    // Nobody should look a key up that then cannot be kept.
    app.can_keep(store, info.name, before, args.store_choice())?;
    if args.token_stdin {
        let bytes = token::standard_input(context, "key")?;
        let secret = token::secret(&bytes, "standard input", "key")?;
        return Ok(SignedIn::token(secret, SecretPlace::None));
    }
    ui.status(ui.theme().strong(&format!("Sign in to {}", info.title)));
    let guide = info.sign_in.way(Grant::Token).map_or("", |way| way.guide);
    for paragraph in guide.lines() {
        ui.status(wrap(paragraph, ui.width().min(96), 2));
    }
    let answer = ui.prompter().password(&format!("{} API key", info.title))?;
    let secret = token::checked(answer.expose_secret(), "the answer", "key")?;
    Ok(SignedIn::token(secret, SecretPlace::None))
}

/// Why a key was not accepted.
fn refused(
    info: &SourceInfo,
    signed_in: &SignedIn,
    elsewhere: bool,
    error: ProveError,
) -> CommandError {
    let error = match error {
        ProveError::Session(error) => return error.into(),
        ProveError::Call(error) => error,
    };
    let shown = call_failed(info.name, &error);
    match &error.kind {
        CallErrorKind::SignIn(failure) => {
            let from_environment = signed_in.place == SecretPlace::Environment;
            let variable = env_vars::token_name(info.name);
            let whose = if from_environment {
                format!(" that {variable} holds")
            } else {
                String::new()
            };
            let error = CommandError::new(
                ErrorCode::NeedsSignIn,
                format!("{}{whose}; nothing was changed", failure.message),
            )
            .hint("check that it was copied whole, and that it was not replaced by another");
            if from_environment {
                error.fix(format!("unset {variable}"))
            } else {
                error.fix(format!("mobly-sync connect {}", info.name))
            }
        }
        CallErrorKind::Unavailable { .. } | CallErrorKind::OutcomeUnknown { .. } if elsewhere => {
            shown.hint(format!(
                "to reach {} itself, add --base-url default",
                info.title
            ))
        }
        _ => shown,
    }
}

fn is_elsewhere(before: Option<&Integration>, connection: &SourceConnection) -> bool {
    let old = before.and_then(|old| old.account.as_ref());
    old.is_some_and(|old| {
        (&old.vendor_account, &old.origin)
            != (
                &connection.details.vendor_account,
                &connection.details.origin,
            )
    })
}

/// A key that lists none of the events pulled before is of another organization, as far as anybody can tell.
async fn check_organization(
    context: &Context,
    info: &SourceInfo,
    app: &App,
    store: &Store,
    connection: &SourceConnection,
) -> Result<(), CommandError> {
    let known = store.events_of_source(info.name)?;
    if known.is_empty() {
        return Ok(());
    }
    let lists = app
        .lists_any_of(&connection.session, &known)
        .await
        .map_err(|error| call_failed(info.name, &error))?;
    if lists != Some(false) {
        return Ok(());
    }
    let events = count(known.len() as u64);
    context.confirm(
        &format!(
            "This key lists none of the {events} events pulled from {} before: it is of another organization, or all of them were deleted there. Connect it all the same? Its leads will stand beside the others.",
            info.title
        ),
        &format!("mobly-sync connect {}", info.name),
    )
}

fn tell_changes(
    context: &Context,
    info: &SourceInfo,
    connected: &Connected,
    signed_in: &SignedIn,
    other_address: bool,
) {
    let ui = &context.ui;
    let variable = env_vars::token_name(info.name);
    if signed_in.place == SecretPlace::Environment {
        ui.note(format!(
            "the key {variable} holds is used and not stored: it must be set for every command"
        ));
    } else if env_vars::token(info.name).is_some() {
        ui.warning(format!(
            "{variable} is set: commands will use that key and not the one just stored; unset it"
        ));
    }
    if other_address {
        let place = match connected.account.origin.as_str() {
            "" => format!("{} itself", info.title),
            origin => origin.to_owned(),
        };
        ui.note(format!(
            "this is another address than before ({place}): what was pulled stays, and what waits to be told the other one waits there"
        ));
    }
}
