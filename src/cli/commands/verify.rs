//! `verify`: read back what Cleared leads should hold.

use clap::Args;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::parts::{self, Part};
use crate::cli::pushing;
use crate::cli::services::{Naming, account_title, call_failed};
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::ids::LeadId;
use crate::domain::integration::Integration;
use crate::domain::verification::{DifferenceKind, Verification};
use crate::engine::Interrupt;
use crate::engine::verify::{Verified, VerifyRequest};
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::ui::format::counted;
use crate::ui::verify::VerifyHeading;
use crate::ui::{progress, verify as screen};

/// Read cleared leads back, and tell what is not as it was written
#[derive(Debug, Args)]
#[command(
    after_help = "What somebody else changed since, or merged, is told and is no fault. Records that are gone, and values that were never\nwritten, end with status 3.\n\nExamples:\n  mobly-sync verify --event \"Expo 2026\"\n  mobly-sync verify --lead ann@example.com\n  mobly-sync verify --json"
)]
pub struct VerifyArgs {
    /// Only this lead, by id, prefix of four or more, or e-mail
    #[arg(long, value_name = "LEAD")]
    pub lead: Option<String>,

    /// At most so many leads
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub limit: Option<u64>,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    verification: &'a Verification,
    /// Leads whose record the vendor did not tell of.
    unread: u64,
    /// Why it ended early.
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If the vendor cannot be asked.
pub async fn run(context: &Context, args: &VerifyArgs) -> Result<ExitStatus, CommandError> {
    let (_, store) = context.open()?;
    let event = context
        .shown_event()
        .map(|name| context.event(&store, &name, Naming::Read))
        .transpose()?;
    let lead = args
        .lead
        .as_deref()
        .map(|text| context.lead(&store, text))
        .transpose()?;
    drop(store);
    let mut parts = Vec::new();
    for integration in parts::chosen(context, None)? {
        let part = one(context, args, &integration, event.as_ref(), lead).await;
        let interrupted = matches!(&part, Ok(part) if part.status == ExitStatus::Interrupted);
        parts.push(part);
        if interrupted {
            break;
        }
    }
    parts::finish(context, parts)
}

async fn one(
    context: &Context,
    args: &VerifyArgs,
    integration: &Integration,
    event: Option<&Event>,
    lead: Option<LeadId>,
) -> Result<Part, CommandError> {
    let (app, store) = context.open()?;
    let id = lead.map(|lead| store.ids().encode(lead));
    let request = VerifyRequest {
        command: command(args, event, id.as_deref()),
        person: env_vars::user(),
        event: event.map(|event| (event.id, event.name.clone())),
        lead,
        limit: args.limit,
    };
    let (guard, raised) = pushing::interruptible(context);
    let verified = app
        .verify(
            store,
            integration.clone(),
            request,
            progress::reporter(&context.ui),
            Interrupt::new(raised),
        )
        .await
        .map_err(|error| pushing::push_failed(integration, error))?;
    drop(guard);
    show(context, integration, event, &verified)
}

/// The command as history shows it.
fn command(args: &VerifyArgs, event: Option<&Event>, lead: Option<&str>) -> String {
    let mut command = "verify".to_owned();
    if let Some(event) = event {
        command.push_str(&format!(" --event {}", quote(&event.name)));
    }
    if let Some(lead) = lead {
        command.push_str(&format!(" --lead {lead}"));
    }
    if let Some(limit) = args.limit {
        command.push_str(&format!(" --limit {limit}"));
    }
    command
}

fn show(
    context: &Context,
    integration: &Integration,
    event: Option<&Event>,
    verified: &Verified,
) -> Result<Part, CommandError> {
    let found = &verified.verification;
    let mut status = match found.counts.faults() {
        0 => ExitStatus::Done,
        _ => ExitStatus::SomeFailed,
    };
    if verified.interrupted {
        status = status.combine(ExitStatus::Interrupted);
    }
    let stopped = verified
        .stopped
        .as_ref()
        .map(|error| call_failed(&integration.name, error));
    if let Some(error) = &stopped {
        if found.counts.checked == 0 {
            return Err(error.clone());
        }
        status = status.combine(error.exit_status());
    }
    if !context.ui.json() {
        let (app, store) = context.open()?;
        let heading = VerifyHeading {
            vendor: parts::title(integration),
            account: account_title(integration),
            next: next(context, integration, event, found),
            unread: verified.unread,
            now: context.now(&app, &store)?,
        };
        screen::print(&context.ui, &heading, found);
    }
    if let Some(error) = &stopped {
        error.warn(&context.ui);
    }
    if found.counts.checked == 0 && verified.unread == 0 && stopped.is_none() {
        context
            .ui
            .note("nobody here is cleared, so there was nothing to read back");
    }
    if verified.interrupted || stopped.is_some() {
        context.ui.note(format!(
            "it ended after {}; the board keeps the reading before",
            counted(found.counts.checked, "lead")
        ));
    }
    let document = Document {
        verification: found,
        unread: verified.unread,
        stopped: stopped.map(|error| error.message().to_owned()),
    };
    Ok(Part::new(&document, status))
}

/// What brings lost leads there again; and of others, where one looks.
fn next(
    context: &Context,
    integration: &Integration,
    event: Option<&Event>,
    found: &Verification,
) -> Vec<String> {
    let named = context.globals.integration.as_deref();
    let named = named.map_or_else(String::new, |_| format!(" -i {}", quote(&integration.name)));
    let lost: Vec<_> = found
        .leads
        .iter()
        .filter(|lead| lead.kind.is_fault())
        .collect();
    let event = event.map_or_else(String::new, |event| {
        format!(" --event {}", quote(&event.name))
    });
    match lost.as_slice() {
        [] => match found.leads.as_slice() {
            [only] => vec![format!("mobly-sync open {}{named}", only.id)],
            [first, ..] if first.kind == DifferenceKind::ChangedSince => {
                vec![format!("mobly-sync log {}{named}", first.id)]
            }
            _ => Vec::new(),
        },
        [only] => vec![format!(
            "mobly-sync reconcile --lead {} --retry --again{named}",
            only.id
        )],
        _ => vec![format!(
            "mobly-sync reconcile{event} --state cleared --retry --again{named}"
        )],
    }
}
