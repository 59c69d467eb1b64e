//! A call that may never return, with a limit.

use std::sync::mpsc;
use std::time::Duration;

use super::SecretError;

/// Runs `call` on a thread of its own and waits at most `patience` for it.
///
/// The thread is detached on purpose: a frozen keychain service blocks it for ever, and a thread pool
/// (tokio's blocking one) would join it when the process ends, which then never ends.
pub(crate) fn bounded<T: Send + 'static>(
    what: &'static str,
    patience: Duration,
    call: impl FnOnce() -> T + Send + 'static,
) -> Result<T, SecretError> {
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new()
        .name("secrets".to_owned())
        .spawn(move || {
            // Nobody listens any more once the patience is over.
            let _ = sender.send(call());
        })
        .map_err(|error| SecretError::Internal(format!("no thread could be started: {error}")))?;
    receiver
        .recv_timeout(patience)
        .map_err(|error| match error {
            mpsc::RecvTimeoutError::Timeout => {
                SecretError::TimedOut(what, patience.as_secs_f64().ceil() as u64)
            }
            mpsc::RecvTimeoutError::Disconnected => {
                SecretError::Internal(format!("{what} broke off without an answer"))
            }
        })
}
