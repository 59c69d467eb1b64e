//! A terminal for tests: what is written is kept, what is asked is answered from a script.

use std::io::{self, Write};
use std::ops::Deref;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use super::prompt::{Answer, Scripted};
use super::sink::Sink;
use super::theme::Theme;
use super::{Shared, Ui, UiOptions, lock};

/// A [`Ui`] over buffers; it can be used wherever a `&Ui` is wanted.
#[derive(Clone)]
pub struct TestUi {
    ui: Ui,
    out: Buffer,
    err: Buffer,
}

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        lock(&self.0).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TestUi {
    /// Everything piped, no options.
    #[must_use]
    pub fn piped() -> Self {
        Self::with(UiOptions::default())
    }

    /// Everything piped, with options.
    #[must_use]
    pub fn with(options: UiOptions) -> Self {
        Self::build(options, None, Vec::new())
    }

    /// A terminal of this width without colour.
    #[must_use]
    pub fn terminal(columns: usize) -> Self {
        Self::build(UiOptions::default(), Some(columns), Vec::new())
    }

    /// A terminal at which somebody gives these answers, in this order.
    #[must_use]
    pub fn answering(options: UiOptions, answers: Vec<Answer>) -> Self {
        Self::build(options, Some(96), answers)
    }

    fn build(options: UiOptions, columns: Option<usize>, answers: Vec<Answer>) -> Self {
        let (out, err) = (Buffer::default(), Buffer::default());
        let ui = Ui {
            shared: Arc::new(Shared {
                options,
                theme: Theme { unicode: true },
                width: columns.unwrap_or(super::DEFAULT_WIDTH),
                out_terminal: columns.is_some(),
                err_terminal: columns.is_some(),
                in_terminal: columns.is_some(),
                out: Mutex::new(Sink::new(Box::new(out.clone()), false)),
                err: Mutex::new(Sink::new(Box::new(err.clone()), false)),
                bar: Mutex::new(None),
                documented: AtomicBool::new(false),
                prompter: Box::new(Scripted::new(answers)),
            }),
            agreed: false,
            led: false,
        };
        Self { ui, out, err }
    }

    /// What was written to standard output so far.
    #[must_use]
    pub fn stdout(&self) -> String {
        text(&self.out)
    }

    /// What was written to standard error so far.
    #[must_use]
    pub fn stderr(&self) -> String {
        text(&self.err)
    }

    /// The terminal itself, for what wants to own one.
    #[must_use]
    pub fn ui(&self) -> Ui {
        self.ui.clone()
    }
}

impl Deref for TestUi {
    type Target = Ui;

    fn deref(&self) -> &Ui {
        &self.ui
    }
}

fn text(buffer: &Buffer) -> String {
    String::from_utf8_lossy(&lock(&buffer.0)).into_owned()
}
