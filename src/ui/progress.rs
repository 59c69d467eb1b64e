//! How long work looks while it runs: a bar on a terminal, JSON lines for programs, silence in a pipe.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::format::{count, duration};
use super::{ProgressChoice, Ui, lock};
use crate::engine::events::{Reporter, Silent, SyncEvent};

/// Fast work shows no bar at all.
const DELAY: Duration = Duration::from_millis(250);
/// How often a pipe is told with `--verbose`.
const PLAIN_INTERVAL: Duration = Duration::from_secs(5);

/// The reporter this terminal and these options ask for.
#[must_use]
pub fn reporter(ui: &Ui) -> Arc<dyn Reporter> {
    let options = ui.options();
    match options.progress {
        ProgressChoice::Json => Arc::new(JsonLines { ui: ui.clone() }),
        ProgressChoice::None => Arc::new(Silent),
        ProgressChoice::Auto if options.quiet => Arc::new(Silent),
        // Bars and detailed lines would tangle.
        ProgressChoice::Auto if options.verbose => Arc::new(PlainLines::new(ui)),
        ProgressChoice::Auto if ui.err_is_terminal() && !crate::env_vars::terminal_is_dumb() => {
            Arc::new(Bar::new(ui))
        }
        ProgressChoice::Auto => Arc::new(NotesOnly { ui: ui.clone() }),
    }
}

/// `--progress=json`: every event as an object on a line of standard error.
struct JsonLines {
    ui: Ui,
}

impl Reporter for JsonLines {
    fn report(&self, event: SyncEvent) {
        if let Ok(line) = serde_json::to_string(&event) {
            self.ui.error_line(line);
        }
    }
}

/// A pipe: no progress, but what somebody should know.
struct NotesOnly {
    ui: Ui,
}

impl Reporter for NotesOnly {
    fn report(&self, event: SyncEvent) {
        match event {
            SyncEvent::Note { message } => self.ui.note(message),
            SyncEvent::Waiting { seconds, reason } => self.ui.status(waiting(seconds, &reason)),
            SyncEvent::Started { .. }
            | SyncEvent::Progress { .. }
            | SyncEvent::Reading { .. }
            | SyncEvent::Finished => {}
        }
    }
}

/// `--verbose`: a line now and then.
struct PlainLines {
    ui: Ui,
    last: Mutex<Option<Instant>>,
}

impl PlainLines {
    fn new(ui: &Ui) -> Self {
        Self {
            ui: ui.clone(),
            last: Mutex::new(None),
        }
    }
}

impl Reporter for PlainLines {
    fn report(&self, event: SyncEvent) {
        match event {
            SyncEvent::Started { total, what } => {
                *lock(&self.last) = Some(Instant::now());
                self.ui.status(match total {
                    0 => format!("{what}."),
                    total => format!("{what} {}.", count(total)),
                });
            }
            SyncEvent::Progress {
                done,
                total,
                cleared,
                failed,
            } => {
                let mut last = lock(&self.last);
                let due = last.is_none_or(|last| last.elapsed() >= PLAIN_INTERVAL);
                if due || done == total {
                    *last = Some(Instant::now());
                    self.ui.status(format!(
                        "{} of {}: {} cleared, {} failed",
                        count(done),
                        count(total),
                        count(cleared),
                        count(failed)
                    ));
                }
            }
            SyncEvent::Waiting { seconds, reason } => self.ui.status(waiting(seconds, &reason)),
            SyncEvent::Reading { message, at } => {
                let mut last = lock(&self.last);
                if last.is_none_or(|last| last.elapsed() >= PLAIN_INTERVAL) {
                    *last = Some(Instant::now());
                    self.ui.status(match at {
                        Some((done, total)) => {
                            format!("{} of {}: {message}", count(done), count(total))
                        }
                        None => message,
                    });
                }
            }
            SyncEvent::Note { message } => self.ui.note(message),
            SyncEvent::Finished => {}
        }
    }
}

fn waiting(seconds: u64, reason: &str) -> String {
    format!(
        "{reason}: waiting {}",
        duration(Duration::from_secs(seconds))
    )
}

/// A bar on a terminal, gone when the work is over: the summary has the numbers.
struct Bar {
    ui: Ui,
    state: Mutex<Option<Running>>,
}

struct Running {
    bar: ProgressBar,
    started: Instant,
    shown: bool,
}

impl Bar {
    fn new(ui: &Ui) -> Self {
        Self {
            ui: ui.clone(),
            state: Mutex::new(None),
        }
    }

    fn start(&self, total: u64) {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        bar.set_style(style(&self.ui));
        *lock(&self.state) = Some(Running {
            bar,
            started: Instant::now(),
            shown: false,
        });
    }

    /// Applies `change` to the bar, which appears once the work has taken long enough.
    fn change(&self, change: impl FnOnce(&ProgressBar, Duration)) {
        let mut state = lock(&self.state);
        let Some(running) = state.as_mut() else {
            return;
        };
        let elapsed = running.started.elapsed();
        if !running.shown && elapsed >= DELAY {
            running.shown = true;
            running.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.ui.set_bar(Some(running.bar.clone()));
        }
        change(&running.bar, elapsed);
    }

    fn finish(&self) {
        self.ui.set_bar(None);
        if let Some(running) = lock(&self.state).take() {
            running.bar.finish_and_clear();
        }
    }
}

impl Reporter for Bar {
    fn report(&self, event: SyncEvent) {
        match event {
            SyncEvent::Started { total, what } => {
                self.start(total);
                self.change(|bar, _| bar.set_message(what));
            }
            SyncEvent::Progress {
                done,
                total,
                failed,
                ..
            } => self.change(|bar, elapsed| {
                bar.set_length(total);
                bar.set_position(done);
                bar.set_message(message(done, failed, elapsed));
            }),
            SyncEvent::Waiting { seconds, reason } => {
                self.change(|bar, _| bar.set_message(waiting(seconds, &reason)));
            }
            SyncEvent::Reading { message, at } => self.change(|bar, _| {
                if let Some((done, total)) = at {
                    bar.set_length(total);
                    bar.set_position(done);
                }
                bar.set_message(message);
            }),
            SyncEvent::Note { message } => self.ui.note(message),
            SyncEvent::Finished => self.finish(),
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.finish();
    }
}

fn message(done: u64, failed: u64, elapsed: Duration) -> String {
    let rate = u128::from(done) * 1000 / elapsed.as_millis().max(1);
    let failed = if failed > 0 {
        format!("   {} failed", count(failed))
    } else {
        String::new()
    };
    format!("{rate}/s   {}{failed}", duration(elapsed))
}

fn style(ui: &Ui) -> ProgressStyle {
    let symbols = ui.theme().symbols();
    let style = ProgressStyle::with_template("{wide_bar}  {human_pos} of {human_len}   {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars(&format!("{}{}", symbols.filled, symbols.open))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{TestUi, UiOptions};

    fn tell(ui: &Ui) {
        let reporter = reporter(ui);
        reporter.report(SyncEvent::Started {
            total: 2,
            what: "Pushing".into(),
        });
        reporter.report(SyncEvent::Progress {
            done: 2,
            total: 2,
            cleared: 1,
            failed: 1,
        });
        reporter.report(SyncEvent::Note {
            message: "one was adopted".into(),
        });
        reporter.report(SyncEvent::Finished);
    }

    #[test]
    fn a_pipe_is_told_only_what_matters() {
        let ui = TestUi::piped();
        tell(&ui);
        assert_eq!(ui.stderr(), "Note: one was adopted\n");
        assert_eq!(ui.stdout(), "");
    }

    #[test]
    fn programs_get_one_object_a_line() {
        let ui = TestUi::with(UiOptions {
            progress: ProgressChoice::Json,
            quiet: true,
            ..UiOptions::default()
        });
        tell(&ui);
        let lines: Vec<String> = ui.stderr().lines().map(str::to_owned).collect();
        assert_eq!(
            lines[0],
            r#"{"event":"started","total":2,"what":"Pushing"}"#
        );
        assert_eq!(
            lines[1],
            r#"{"event":"progress","done":2,"total":2,"cleared":1,"failed":1}"#
        );
        assert_eq!(lines[3], r#"{"event":"finished"}"#);
    }

    #[test]
    fn verbose_tells_the_end_of_the_work() {
        let ui = TestUi::with(UiOptions {
            verbose: true,
            ..UiOptions::default()
        });
        tell(&ui);
        assert!(ui.stderr().contains("2 of 2: 1 cleared, 1 failed"));
    }
}
