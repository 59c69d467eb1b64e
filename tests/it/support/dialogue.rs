//! A person at a terminal of 80 columns: the real binary on a pseudo-terminal, read and answered.

use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Eof, Expect as _};

use super::World;

/// Long enough for a busy machine; nothing waits that long where all is well.
const PATIENCE: Duration = Duration::from_secs(60);

/// The key that goes one choice down.
const DOWN: &str = "\x1b[B";

/// A dialogue under way.
pub(crate) struct Dialogue {
    session: OsSession,
    told: String,
}

impl World {
    /// Runs the binary as a person would.
    pub(crate) fn talk(&self, arguments: &[&str]) -> Dialogue {
        let mut command = self.command();
        command
            .args(arguments)
            .env("TERM", "xterm-256color")
            .env("NO_COLOR", "1")
            .env("LANG", "C.UTF-8");
        let mut session = expectrl::Session::spawn(command).expect("a terminal");
        session
            .get_process_mut()
            .set_window_size(80, 50)
            .expect("a window");
        session.set_expect_timeout(Some(PATIENCE));
        Dialogue {
            session,
            told: String::new(),
        }
    }
}

impl Dialogue {
    /// Waits until this is on the screen.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        match self.session.expect(text) {
            Ok(found) => {
                self.told.push_str(&String::from_utf8_lossy(found.before()));
                self.told.push_str(text);
            }
            Err(error) => panic!(
                "{text:?} was not shown ({error}); before it:\n{}",
                self.told
            ),
        }
        self
    }

    /// Goes so many choices down and takes that one.
    pub(crate) fn takes(&mut self, down: usize) -> &mut Self {
        self.types(&DOWN.repeat(down)).types("\r")
    }

    /// Types a line.
    pub(crate) fn answers(&mut self, text: &str) -> &mut Self {
        self.types(text).types("\r")
    }

    /// Presses the key of a question for yes or no, which waits for no return.
    pub(crate) fn says(&mut self, key: &str) -> &mut Self {
        self.types(key)
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.session.send(text).expect("a key");
        self
    }

    /// Waits for the end; all that was told, and the exit status.
    #[track_caller]
    pub(crate) fn ends(mut self, status: i32) -> String {
        let rest = self.session.expect(Eof).expect("an end");
        self.told
            .push_str(&String::from_utf8_lossy(rest.as_bytes()));
        let ended = self.session.get_process().wait().expect("a status");
        assert!(
            matches!(ended, WaitStatus::Exited(_, code) if code == status),
            "{ended:?}:\n{}",
            self.told
        );
        self.told
    }
}
