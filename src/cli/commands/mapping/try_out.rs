//! `mapping try`: one disposable lead through the real mapping, read back field by field and removed again.

use clap::Args;

use super::try_screen;
use crate::app::{SchemaError, TrialOf, TrialReport};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::pushing;
use crate::cli::services::{Naming, account_title};
use crate::cli::set_up::Setup;
use crate::domain::hints::{HintScope, quote};
use crate::domain::lead::EventName;
use crate::engine;
use crate::engine::trial::Trialled;
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::ui::format::clean;
use crate::ui::progress;
use crate::vendors::{CallError, CallErrorKind};

/// Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again
#[derive(Debug, Args)]
#[command(
    after_help = "The lead is made up and never part of your leads. With --event the rows of that event count. It is a run: what could not\nbe removed is named by `history show RUN`, and `undo RUN` tries again.\n\nExamples:\n  mobly-sync mapping try\n  mobly-sync mapping try --event \"Expo 2026\" --json"
)]
pub struct MappingTryArgs {}

/// A problem of the application, or one of the command line.
enum TrialError {
    Schema(SchemaError),
    Command(CommandError),
}

impl From<SchemaError> for TrialError {
    fn from(error: SchemaError) -> Self {
        Self::Schema(error)
    }
}

/// Runs the command.
///
/// # Errors
/// If the connection cannot push, nothing of a person is mapped, or somebody said no.
pub async fn run(context: &Context, _args: &MappingTryArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    engine::gate(&setup.integration)
        .map_err(|refusal| pushing::push_failed(&setup.integration, refusal.into()))?;
    let event = context
        .globals
        .event
        .as_deref()
        .map(|name| context.event(&setup.store, name, Naming::Read))
        .transpose()?;
    let rules = setup.store.rules(setup.integration.id)?;
    let qualifiers = setup.store.qualifier_rules(setup.integration.id)?;
    let (integration, events) = (setup.integration.clone(), setup.events.clone());
    let name = event.as_ref().map(|event| event.name.clone());
    let of = TrialOf {
        rules: &rules,
        qualifiers: &qualifiers,
        events: &events,
        event: event.map(|event| EventName {
            id: event.id,
            name: event.name,
        }),
        scope: HintScope {
            vendor: &integration.vendor,
            integration: setup.named.then_some(integration.name.as_str()),
            event: name.as_deref(),
        },
        command: match &name {
            Some(name) => format!("mapping try --event {}", quote(name)),
            None => "mapping try".to_owned(),
        },
        person: env_vars::user(),
    };
    // Who leaves in the middle would leave the records there: what was made is removed first.
    let (guard, raised) = pushing::interruptible(context);
    let may = |stay: &[&'static str]| may_go_on(context, setup.vendor.title, &integration, stay);
    let tried = setup
        .app
        .try_mapping(
            &mut setup.store,
            &integration,
            &of,
            progress::reporter(&context.ui),
            (&may, &|| *raised.borrow()),
        )
        .await;
    drop(guard);
    let tried = tried.map_err(|error| match error {
        TrialError::Schema(error) => setup.unreadable(error),
        TrialError::Command(error) => error,
    })?;
    let Some(TrialReport { run, trialled }) = tried else {
        return Err(
            CommandError::new(ErrorCode::ConfirmationNeeded, "nothing was sent")
                .hint("check finds what would fail without sending anything")
                .fix(setup.command("check")),
        );
    };
    if context.ui.json() {
        try_screen::document(context, &integration, run, &trialled);
    } else {
        try_screen::show(context, &setup, run, &trialled);
    }
    Ok(status(&trialled))
}

/// The exit status: that of what ended it early, else whether everything is as it was sent.
fn status(trialled: &Trialled) -> ExitStatus {
    let fine = match trialled.is_fine() {
        true => ExitStatus::Done,
        false => ExitStatus::SomeFailed,
    };
    let stopped = match &trialled.stopped {
        None => ExitStatus::Done,
        Some(CallError {
            kind: CallErrorKind::SignIn(_) | CallErrorKind::SignedOut { .. },
            ..
        }) => ExitStatus::NotConnected,
        Some(_) => ExitStatus::Stopped,
    };
    let interrupted = match trialled.interrupted {
        true => ExitStatus::Interrupted,
        false => ExitStatus::Done,
    };
    fine.combine(stopped).combine(interrupted)
}

/// Names the account, says first what would stay there, and asks.
fn may_go_on(
    context: &Context,
    title: &str,
    integration: &crate::domain::integration::Integration,
    stay: &[&'static str],
) -> Result<bool, TrialError> {
    let environment = integration
        .account
        .as_ref()
        .map_or_else(String::new, |account| {
            account.environment.name().to_uppercase()
        });
    if !stay.is_empty() {
        context.ui.warning(format!(
            "{title} lets this sign-in remove no {}: the test {} stays there, to be removed by hand",
            stay.join(" and no "),
            stay.join(" and the test ")
        ));
    }
    let account = clean(&account_title(integration));
    if !context.ui.can_prompt() || context.ui.json() || context.ui.options().yes {
        context.ui.status(format!(
            "Sending one test lead to {title}, {account}, {environment}"
        ));
    }
    let question = format!("Send one test lead to {title}, {account}, {environment}?");
    context
        .may_go_on(&question, stay.is_empty())
        .map_err(TrialError::Command)
}
