//! `connect VENDOR`: sign in, or sign in again in place.
//!
//! Never pushes. The vendor accepts the token before anything is stored, and whatever fails leaves the connection there was.

mod args;
mod backlog;
mod both;
mod browser;
mod client;
mod keeping;
mod lines;
mod options;
mod report;
mod set;
mod sign_in;
mod source;
mod source_report;
pub(in crate::cli::commands) mod token;
mod vendor_options;

use crate::app::{CheckError, KeepError, Proof, ProveError, SignedIn, daily_quota, person_field};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::services::{call_failed, vendor_info};
use crate::cli::values;
use crate::domain::integration::{Integration, SecretPlace, Settings};
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::secrets::StoreChoice;
use crate::sign_in::Outcome;
use crate::sources;
use crate::store::integrations::Connected;
use crate::vendors::{CallErrorKind, Grant, VendorInfo, forget_told};

use keeping::{Connecting, Kept};

pub use args::{BacklogValue, ConnectArgs, IdentityValue, ModeValue};

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &ConnectArgs) -> Result<ExitStatus, CommandError> {
    if let Some(info) = sources::lookup(&args.vendor) {
        context.named_integration(Some(info.name))?;
        return source::run(context, args, info).await;
    }
    let info = vendor_info(&args.vendor)?;
    context.named_integration(Some(info.name))?;
    if args.set {
        return set::run(context, args, info).await;
    }
    options::check(args, info)?;
    let (app, mut store) = context.open()?;
    let before = store.integration(info.name)?;
    let mut settings = options::settings(context, args, info.title, before.as_ref())?;
    forget_told(&mut settings, info.options);
    store.check_category(info.name, info.category)?;
    let clock = app.clock_to_connect(&store.integrations()?, info.name, &settings);

    let connecting = Connecting {
        context,
        args,
        info,
        app: &app,
        before: before.as_ref(),
        clock: &clock,
    };
    let mut obtained = sign_in::obtain(&connecting, &store, settings).await?;
    let browser = obtained.browser.take();
    let kept = connecting.keep(&mut store, &obtained).await;
    let outcome = match &kept {
        Ok(kept) => Outcome::Connected(kept.proof.details.name.clone()),
        Err(error) => Outcome::Failed(error.message().to_owned()),
    };
    let _lingering = browser::tell(browser, outcome).await;
    if kept.is_err() {
        browser::give_back(&app, info, &obtained, &clock).await;
    }
    let Kept {
        proof,
        connected,
        backlog,
    } = kept?;
    let now = clock.now();
    let counts = store.seed_account(connected.account.id, backlog, now)?;
    if let Some(budget) = &proof.budget {
        let quota = daily_quota(info);
        let (used, limit) = (budget.used, Some(budget.limit));
        let account = connected.account.id;
        store.save_budget(account, quota, used, limit, budget.resets_at, now)?;
    }
    let place = obtained.signed_in.place;
    tell_changes(context, info, before.as_ref(), &connected, place);
    for warning in args.of_vendor.warnings(info, before.as_ref()) {
        context.ui.warning(warning);
    }
    if connected.other_account && connected.integration.mapped {
        check_names(context, &mut store, info, &proof, &connected, now).await?;
    }
    report::show(context, &store, info, &proof, &connected, counts, now)?;
    Ok(ExitStatus::Done)
}

/// What is different from what was there before, for people.
fn tell_changes(
    context: &Context,
    info: &VendorInfo,
    before: Option<&Integration>,
    connected: &Connected,
    place: SecretPlace,
) {
    let variable = env_vars::token_name(info.name);
    if place != SecretPlace::Environment && env_vars::token(info.name).is_some() {
        context.ui.warning(format!(
            "{variable} is set: commands will use that token and not the one just stored; unset it"
        ));
    }
    if place == SecretPlace::Environment {
        let variables = env_vars::sign_in_names(info.name).join(" and ");
        let kept = connected.integration.secret_place != SecretPlace::Environment;
        context.ui.note(if kept {
            format!("what {variables} holds is used while it is set; the sign-in kept before stays for when it is not")
        } else {
            format!("what {variables} holds is used and not stored: it must be set for every command")
        });
        let replaced = before.is_some_and(|before| StoreChoice::of(before.secret_place).is_some());
        if replaced && !kept {
            context
                .ui
                .note("the sign-in kept before was another account's and was removed");
        }
    }
    if connected.other_account {
        let old = before
            .and_then(|before| before.account.as_ref())
            .map(|account| account.vendor_account.clone())
            .unwrap_or_default();
        let state = if connected.new_account {
            "what was pushed there says nothing about this one, so every lead starts anew"
        } else {
            "it was connected before, so its own history counts again"
        };
        context.ui.note(format!(
            "this is another account than {} {old}: mapping and qualifiers stay; {state}",
            info.account_word
        ));
    }
}

/// Mapped names may mean nothing in another account.
async fn check_names(
    context: &Context,
    store: &mut crate::store::Store,
    info: &VendorInfo,
    proof: &Proof,
    connected: &Connected,
    now: jiff::Timestamp,
) -> Result<(), CommandError> {
    match proof.lacks(store, connected, now).await {
        Ok(lacks) if lacks.is_empty() => {
            context.ui.note("every mapped field is there too");
        }
        Ok(lacks) => {
            context.ui.warning(format!(
                "this account has no {}: leads that fill it will fail with MISSING_REMOTE_FIELD",
                lacks.join(", ")
            ));
            context
                .ui
                .hint("map another field (mapping set) or none (mapping unset)");
        }
        Err(CheckError::Store(error)) => return Err(error.into()),
        Err(CheckError::Call(error)) => context.ui.warning(format!(
            "the mapped fields could not be checked in {}: {error}",
            info.title
        )),
    }
    Ok(())
}

/// The field must be there, unique, and ours to fill: a wrong match would overwrite a stranger.
async fn check_external_id(
    info: &VendorInfo,
    session: &crate::app::Session,
    name: &str,
) -> Result<String, CommandError> {
    let found = person_field(session, name)
        .await
        .map_err(|error| call_failed(info.name, &error))?;
    let why = match &found {
        None => format!("{} has no field {name:?} for persons", info.title),
        Some(field) if !field.unique => {
            format!("two records may share a value of {:?}", field.name)
        }
        Some(field) if !field.writable => format!("{:?} cannot be written", field.name),
        Some(field) => return Ok(field.name.clone()),
    };
    Err(
        CommandError::usage(format!("{why}; nothing was changed")).hint(format!(
            "make a field with unique values in {}, or name another",
            info.title
        )),
    )
}

/// Why a sign-in was not accepted, for people; `elsewhere`: it was tried at another address than the vendor's own.
fn refused(
    info: &VendorInfo,
    signed_in: &SignedIn,
    elsewhere: bool,
    error: ProveError,
) -> CommandError {
    let error = match error {
        ProveError::Session(error) => return error.into(),
        ProveError::Call(error) => error,
    };
    let shown = call_failed(info.name, &error);
    let guide = || {
        let way = info.sign_in.way(signed_in.grant());
        way.map_or("", |way| way.guide).replace('\n', " ")
    };
    match &error.kind {
        CallErrorKind::SignIn(failure) => not_accepted(info, signed_in, &failure.message),
        CallErrorKind::NotAllowed(_) => shown.hint(guide()),
        CallErrorKind::Unavailable { .. } | CallErrorKind::OutcomeUnknown { .. } if elsewhere => {
            shown.hint(format!(
                "to reach {} itself, add --base-url default",
                info.title
            ))
        }
        _ => shown,
    }
}

/// The same command would take the same variable again: that has to go first.
fn not_accepted(info: &VendorInfo, signed_in: &SignedIn, words: &str) -> CommandError {
    let from_environment = signed_in.place == SecretPlace::Environment;
    let variables = env_vars::sign_in_names(info.name);
    let what = match (from_environment, signed_in.grant()) {
        (true, _) => format!("what {} holds", variables.join(" and ")),
        (false, Grant::Token) => "this token".to_owned(),
        (false, _) => "this sign-in".to_owned(),
    };
    let error = CommandError::new(
        ErrorCode::NeedsSignIn,
        format!(
            "{} does not accept {what}: {words}; nothing was changed",
            info.title
        ),
    )
    .hint("check that it was copied whole and was not revoked, and that it is of the account you mean");
    if from_environment {
        error
            .hint("set another value, or unset it to sign in here")
            .fix(format!("unset {}", variables.join(" ")))
    } else {
        error.fix(format!("mobly-sync connect {}", info.name))
    }
}

impl From<KeepError> for CommandError {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::Secret(error) => error.into(),
            KeepError::Store(error) => error.into(),
        }
    }
}

/// What `--set` and a sign-in share: the options that have a meaning without one.
fn apply(args: &ConnectArgs, settings: &mut Settings) {
    if let Some(identity) = args.identity {
        settings.hold_identity = identity == IdentityValue::Hold;
    }
    if let Some(activities) = args.activities {
        settings.activities = activities;
    }
    if let Some(label) = &args.label {
        settings.label = Some(label.trim().to_owned());
    }
    if args.external_id.is_some() && options::external_id(args).is_none() {
        settings.external_id = None;
    }
    args.of_vendor.apply(settings);
}

fn examples() -> String {
    let vendor = values::example_vendor();
    format!(
        "Examples:\n  mobly-sync connect {vendor}\n  mobly-sync connect {vendor} --token-stdin < token.txt\n  mobly-sync connect {vendor} --oauth --client-id ID\n  mobly-sync connect {vendor} --base-url http://127.0.0.1:8080\n  mobly-sync connect {vendor} --set --identity hold"
    )
}
