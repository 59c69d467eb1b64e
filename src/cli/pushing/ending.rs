//! How a finished push is judged and shown.

use crate::cli::context::Context;
use crate::cli::services::{account_title, vendor_of};
use crate::domain::hints::quote;
use crate::domain::integration::Integration;
use crate::domain::run::{PushSummary, StopReason};
use crate::exit::ExitStatus;
use crate::ui::format::count;
use crate::ui::summary::{self, PushHeading};

/// The exit status a finished push asks for.
#[must_use]
pub fn exit_of(summary: &PushSummary) -> ExitStatus {
    let failed = if summary.failed > 0 {
        ExitStatus::SomeFailed
    } else {
        ExitStatus::Done
    };
    let stopped = match summary.stopped {
        Some(StopReason::Interrupted) => ExitStatus::Interrupted,
        Some(_) => ExitStatus::Stopped,
        None => ExitStatus::Done,
    };
    let sign_in = if summary.sign_in_refused {
        ExitStatus::NotConnected
    } else {
        ExitStatus::Done
    };
    failed.combine(stopped).combine(sign_in)
}

/// Shows a finished push to people: the notes, the sums, what to type next. With `--json` the caller makes the document.
pub fn show(context: &Context, integration: &Integration, summary: &PushSummary) {
    for note in &summary.notes {
        context.ui.note(note);
    }
    if let Some(message) = summary
        .stop_message
        .as_ref()
        .filter(|_| summary.stopped.is_some() || summary.sign_in_refused)
    {
        let until = summary
            .until
            .as_ref()
            .filter(|_| !message.contains("until"))
            .map(|until| format!(" (until {until})"))
            .unwrap_or_default();
        let left = match summary.waiting {
            0 => String::new(),
            1 => "; 1 lead waits as it was".to_owned(),
            several => format!("; {} leads wait as they were", count(several)),
        };
        context
            .ui
            .warning(format!("stopped: {message}{until}{left}"));
    }
    if context.ui.json() {
        return;
    }
    let heading = PushHeading {
        vendor: vendor_of(integration).map_or_else(
            |_| integration.name.clone(),
            |vendor| vendor.title.to_owned(),
        ),
        account: account_title(integration),
        next: next_commands(integration, summary),
    };
    summary::print(&context.ui, &heading, summary, exit_of(summary));
}

fn next_commands(integration: &Integration, summary: &PushSummary) -> Vec<(String, String)> {
    let event = summary
        .event
        .as_ref()
        .map(|event| format!(" --event {}", quote(event)))
        .unwrap_or_default();
    let mut next = Vec::new();
    if summary.sign_in_refused {
        next.push((
            "Next".to_owned(),
            format!("mobly-sync connect {}", integration.vendor),
        ));
    }
    if summary.failed > 0 {
        let word = if next.is_empty() { "Next" } else { "Then" };
        next.push((word.to_owned(), format!("mobly-sync reconcile{event}")));
    }
    if summary.waiting > 0 && next.is_empty() {
        let again = match &summary.event {
            Some(event) => format!("mobly-sync sync-event {}", quote(event)),
            None => "mobly-sync sync".to_owned(),
        };
        next.push(("Next".to_owned(), again));
    }
    if let Some(event) = summary.event.as_ref().filter(|_| summary.cleared > 0) {
        let proof = format!("mobly-sync report {}", quote(event));
        next.insert(0, ("Proof".to_owned(), proof));
    }
    next
}
