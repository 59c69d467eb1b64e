//! Enrichment from a command: what happens by itself before a push, and how a run is told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::command_error::CommandError;
use super::context::Context;
use crate::app::{App, Follow};
use crate::domain::rules;
use crate::engine::events::{Reporter, Silent, SyncEvent};
use crate::enrich::{ProviderReport, Report};
use crate::ui::format::{self, counted};
use crate::ui::progress;

/// How far a run is, as this terminal wants to be told. Gone when it is dropped.
pub struct Bar {
    reporter: Arc<dyn Reporter>,
    /// Done in the rounds before, and in this one.
    done: Mutex<(u64, u64)>,
}

impl Bar {
    /// Begins; nothing is told where it is not `shown`.
    #[must_use]
    pub fn start(context: &Context, leads: usize, shown: bool) -> Self {
        let reporter: Arc<dyn Reporter> = if shown {
            progress::reporter(&context.ui)
        } else {
            Arc::new(Silent)
        };
        reporter.report(SyncEvent::Started {
            total: leads as u64,
            what: "Enriching".to_owned(),
        });
        Self {
            reporter,
            done: Mutex::default(),
        }
    }

    /// Says how many leads are through.
    pub fn stands(&self, done: u64, total: u64) {
        self.reporter.report(SyncEvent::Progress {
            done,
            total,
            cleared: 0,
            failed: 0,
        });
    }

    /// The same where work is done in rounds that each begin at nought.
    pub fn goes_on(&self, done: u64, total: u64) {
        let all = {
            let mut so_far = self.done.lock().unwrap_or_else(PoisonError::into_inner);
            if done < so_far.1 {
                so_far.0 += so_far.1;
            }
            so_far.1 = done;
            so_far.0 + done
        };
        self.stands(all, total);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.reporter.report(SyncEvent::Finished);
    }
}

/// Enriches the leads that wait for it, and says what came of it. Where nothing is switched on this is one look at the file.
///
/// # Errors
/// Only where the file fails; a provider's failure is told and costs no lead.
pub async fn by_itself(
    context: &Context,
    app: &App,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<(), CommandError> {
    let store = app.store()?;
    let clock = context.clock(app, &store)?;
    let (waiting, next) = store.waiting_for_enrichment()?;
    if waiting == 0 || next.is_some_and(|next| next > clock.now()) {
        return Ok(());
    }
    let bar = Bar::start(
        context,
        usize::try_from(waiting).unwrap_or(usize::MAX),
        true,
    );
    let follow = Follow {
        stop,
        progress: &|done, _| bar.goes_on(done, waiting),
    };
    let report = app.enrich_pending(store, clock, follow).await;
    drop(bar);
    let Some(report) = report? else {
        return Ok(());
    };
    let ui = &context.ui;
    if !report.changed.is_empty() {
        ui.status(format_args!(
            "Enriched {}.",
            counted(report.changed.len() as u64, "lead")
        ));
    }
    tell_providers(context, &report);
    if report.waiting > 0 {
        let until = report
            .until
            .map(|until| format!(" until {}", format::stamp(until)))
            .unwrap_or_default();
        ui.note(format_args!(
            "{} for a provider that is not available{until}; then they go as they are",
            several(report.waiting, "waits", "wait")
        ));
    }
    if report.gave_up > 0 {
        ui.warning(format_args!(
            "{} as captured: a provider was not available for too long; lead enrich asks it again",
            several(report.gave_up, "goes", "go")
        ));
    }
    Ok(())
}

fn several(leads: u64, one: &str, more: &str) -> String {
    let verb = if leads == 1 { one } else { more };
    format!("{} {verb}", counted(leads, "lead"))
}

/// Why providers stopped, and what of their answers was not believed.
pub fn tell_providers(context: &Context, report: &Report) {
    for (name, provider) in &report.providers {
        if let Some(why) = &provider.stopped {
            context.ui.warning(format_args!(
                "{name}: {}; {} not asked about",
                format::clean(why),
                several(provider.skipped, "was", "were")
            ));
            if provider.sign_in_refused {
                context
                    .ui
                    .next(&format!("mobly-sync enrichment edit {name} --key-stdin"));
            }
        }
        for (note, leads) in &provider.notes {
            context.ui.note(format_args!(
                "{name}: {} ({})",
                format::clean(note),
                counted(*leads, "lead")
            ));
        }
    }
}

/// A step as people read it: "rules: website from e-mail", "hunter".
#[must_use]
pub fn origin_words(origin: &str) -> String {
    match origin.split_once(':') {
        Some(("rules", name)) => {
            let title = rules::rule(name).map_or(name, |rule| rule.title);
            format!("rules: {title}")
        }
        Some((_, provider)) => provider.to_owned(),
        None => origin.to_owned(),
    }
}

/// What each rule and provider did, as JSON.
#[must_use]
pub fn providers_document(report: &Report) -> Vec<serde_json::Value> {
    let notes = |notes: &BTreeMap<String, u64>| -> Vec<serde_json::Value> {
        notes
            .iter()
            .map(|(note, leads)| serde_json::json!({"note": note, "leads": leads}))
            .collect()
    };
    let one = |(name, provider): &(String, ProviderReport)| {
        serde_json::json!({
            "name": name,
            "asked": provider.asked,
            "found": provider.found,
            "unknown": provider.unknown,
            "dropped": provider.dropped,
            "skipped": provider.skipped,
            "fields": provider.fields,
            "stopped": provider.stopped,
            "notes": notes(&provider.notes),
        })
    };
    report.providers.iter().map(one).collect()
}
