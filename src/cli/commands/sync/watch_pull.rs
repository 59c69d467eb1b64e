//! The other half of `sync --watch`: pulls from every connected source, whatever the mode of those leads go to.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use super::watch::{growing, pause};
use crate::app::App;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::pulling::{self, Pulled, WantedPull};
use crate::clock::{SharedClock, later};
use crate::domain::ids::IntegrationId;
use crate::domain::integration::{Integration, IntegrationCategory};
use crate::domain::run::StopReason;
use crate::store::Store;
use crate::ui::format::duration;

/// From the end of a pull to the next. A pull reads everything, at the pace of the source: more often would leave nothing of
/// its limit for what is written back.
const EVERY: Duration = Duration::from_secs(5 * 60);

/// One source as it is watched.
#[derive(Default)]
struct Watched {
    /// Not before.
    until: Option<Timestamp>,
    /// How often in a row a pull failed.
    vain: u32,
}

/// Says where leads come from.
pub(super) fn greet(context: &Context, store: &Store) -> Result<(), CommandError> {
    for source in sources(store)? {
        context.ui.status(format_args!(
            "Watching: leads come from {} every {}.",
            pulling::title(&source),
            duration(EVERY)
        ));
    }
    Ok(())
}

/// Pulls until `raised`.
pub(super) async fn run(
    context: &Context,
    app: &App,
    clock: &SharedClock,
    raised: &watch::Receiver<bool>,
) -> Result<(), CommandError> {
    let mut store = app.store()?;
    let mut watched: BTreeMap<IntegrationId, Watched> = BTreeMap::new();
    while !*raised.borrow() {
        for source in sources(&store)? {
            let state = watched.entry(source.id).or_default();
            if *raised.borrow() || state.until.is_some_and(|until| clock.now() < until) {
                continue;
            }
            let wanted = WantedPull {
                command: "sync --watch".to_owned(),
                ..WantedPull::default()
            };
            let pulled =
                pulling::pull_once(context, app, &mut store, &source, &wanted, raised.clone())
                    .await;
            state.until = Some(match pulled {
                Ok(pulled) => {
                    told(context, &pulled);
                    next(&pulled, state, clock.now())
                }
                Err(error) => {
                    error.warn(&context.ui);
                    later(clock.now(), growing(&mut state.vain))
                }
            });
        }
        pause(clock, raised.clone()).await;
    }
    Ok(())
}

/// Connections come, go and pause while we watch.
fn sources(store: &Store) -> Result<Vec<Integration>, CommandError> {
    let mut all = store.integrations()?;
    all.retain(|one| one.connected && one.enabled && one.category == IntegrationCategory::Source);
    Ok(all)
}

/// When to pull again: at the usual time, or, after one that stopped, when it is worth it.
fn next(pulled: &Pulled, state: &mut Watched, now: Timestamp) -> Timestamp {
    match &pulled.stopped {
        None => {
            state.vain = 0;
            later(now, EVERY)
        }
        Some(stopped) => stopped
            .until
            .unwrap_or_else(|| later(now, growing(&mut state.vain))),
    }
}

/// A line a pull that brought something or ended early.
fn told(context: &Context, pulled: &Pulled) {
    let ui = &context.ui;
    if let Some(stopped) = &pulled.stopped {
        if stopped.reason == StopReason::Interrupted {
            return;
        }
        ui.warning(format!("pull stopped: {}", stopped.message));
    }
    if !ui.json() && pulled.report.created + pulled.report.updated > 0 {
        ui.data(pulled.line());
        ui.flush();
    }
}
