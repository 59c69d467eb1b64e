//! Lines from standard input while something else is waited for too.

use std::io::BufRead as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc;
use zeroize::Zeroizing;

/// Lines as they are typed. Dropping it leaves standard input to whoever asks next.
pub(super) struct Lines {
    lines: mpsc::UnboundedReceiver<Zeroizing<String>>,
    over: Arc<AtomicBool>,
}

impl Lines {
    /// Begins to read, on a thread of its own: a terminal cannot be read in any other way.
    pub(super) fn read() -> Self {
        let (sender, lines) = mpsc::unbounded_channel();
        let over = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&over);
        std::thread::spawn(move || {
            while wait_for_input(&ended) {
                let mut line = Zeroizing::new(String::new());
                match std::io::stdin().lock().read_line(&mut line) {
                    Ok(0) | Err(_) => return,
                    Ok(_) if sender.send(line).is_err() => return,
                    Ok(_) => {}
                }
            }
        });
        Self { lines, over }
    }

    /// The next line; none once standard input is closed.
    pub(super) async fn next(&mut self) -> Option<Zeroizing<String>> {
        self.lines.recv().await
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

/// Waits until there is something to read; false: nobody wants it any more. A read that has begun cannot be taken back, and
/// would swallow the answer to the next question.
#[cfg(unix)]
fn wait_for_input(over: &AtomicBool) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let patience = Timespec {
        tv_sec: 0,
        tv_nsec: 100_000_000,
    };
    let stdin = std::io::stdin();
    loop {
        if over.load(Ordering::SeqCst) {
            return false;
        }
        let mut input = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut input, Some(&patience)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) => return true,
            Err(_) => return false,
        }
    }
}

#[cfg(not(unix))]
fn wait_for_input(over: &AtomicBool) -> bool {
    !over.load(Ordering::SeqCst)
}
