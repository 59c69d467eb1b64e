//! Ctrl-C and SIGTERM, for the whole program.
//!
//! One thread listens from the first [`listen`] (or prompt) on; a program that never gets that far dies the ordinary way.
//! * During a question: the terminal gets its cursor and echo back, and the program ends with 130.
//! * During work that asked to be told ([`on_interrupt`]): the first signal is passed on, so that what is in flight can
//!   end and be recorded; the second ends the program at once. That is safe: the file survives a kill at any point.
//! * Else the program ends with 130.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, Once};

use dialoguer::console::Term;

use super::lock;
use crate::exit::ExitStatus;

type Action = Box<dyn Fn(bool) + Send>;

static STARTED: Once = Once::new();
static STATE: Mutex<State> = Mutex::new(State {
    actions: Vec::new(),
    terminal: None,
});
static NEXT: AtomicU64 = AtomicU64::new(1);
static SEEN: AtomicBool = AtomicBool::new(false);

struct State {
    /// The latest last.
    actions: Vec<(u64, Action)>,
    terminal: Option<SavedTerminal>,
}

/// Starts to listen; does nothing the second time.
pub fn listen() {
    STARTED.call_once(|| {
        let (ready, started) = std::sync::mpsc::channel();
        // Without the thread signals keep their ordinary effect: worse manners, same safety.
        let thread = std::thread::Builder::new().name("signals".into());
        if thread.spawn(move || wait_for_signals(&ready)).is_ok() {
            let _ = started.recv();
        }
    });
}

/// Has the first signal call `action` instead of ending the program, until the guard is dropped. Work within work is told
/// together, the innermost first: only to that is `true` said, so that one of them speaks.
#[must_use]
pub fn on_interrupt(action: impl Fn(bool) + Send + 'static) -> InterruptGuard {
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    SEEN.store(false, Ordering::SeqCst);
    lock(&STATE).actions.push((id, Box::new(action)));
    listen();
    InterruptGuard { id }
}

/// While it lives, the first signal is passed on.
pub struct InterruptGuard {
    id: u64,
}

impl Drop for InterruptGuard {
    fn drop(&mut self) {
        lock(&STATE).actions.retain(|(id, _)| *id != self.id);
    }
}

/// While it lives a question is open, and a signal gives the terminal back as it was before.
pub(super) struct PromptGuard;

impl PromptGuard {
    pub(super) fn new() -> Self {
        listen();
        lock(&STATE).terminal = Some(SavedTerminal::take());
        Self
    }
}

impl Drop for PromptGuard {
    fn drop(&mut self) {
        let saved = lock(&STATE).terminal.take();
        if let Some(saved) = saved {
            saved.show_cursor();
        }
    }
}

fn wait_for_signals(ready: &std::sync::mpsc::Sender<()>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
    else {
        return;
    };
    runtime.block_on(async {
        let Ok(mut signals) = Signals::new() else {
            return;
        };
        let _ = ready.send(());
        loop {
            signals.next().await;
            handle();
        }
    });
}

fn handle() {
    let state = lock(&STATE);
    if let Some(saved) = &state.terminal {
        saved.restore();
    } else if !state.actions.is_empty() && !SEEN.swap(true, Ordering::SeqCst) {
        for (depth, (_, action)) in state.actions.iter().rev().enumerate() {
            action(depth == 0);
        }
        return;
    }
    end();
}

#[allow(clippy::exit)] // the one place that ends the program from another thread than main
fn end() -> ! {
    std::process::exit(i32::from(ExitStatus::Interrupted.code()))
}

/// The terminal's settings from before a question: a prompt for a secret turns the echo off, every prompt hides the cursor.
struct SavedTerminal {
    #[cfg(unix)]
    modes: Option<rustix::termios::Termios>,
}

impl SavedTerminal {
    fn take() -> Self {
        Self {
            #[cfg(unix)]
            modes: rustix::termios::tcgetattr(std::io::stdin()).ok(),
        }
    }

    fn restore(&self) {
        #[cfg(unix)]
        if let Some(modes) = &self.modes {
            use rustix::termios::{OptionalActions, tcsetattr};
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, modes);
        }
        self.show_cursor();
        let _ = Term::stderr().write_line("");
    }

    #[allow(clippy::unused_self)] // belongs to what was saved
    fn show_cursor(&self) {
        let _ = Term::stderr().show_cursor();
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals;

#[cfg(windows)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
