//! One output stream: drops escape codes where colour is off, and survives a reader that goes away.

use std::io::{self, BufWriter, Write};

use anstream::adapter::strip_str;

/// Bytes collected before a pipe or file is written to.
const BUFFER: usize = 64 * 1024;

pub(super) struct Sink {
    writer: Box<dyn Write + Send>,
    colour: bool,
    failure: Option<io::Error>,
    closed: bool,
}

impl Sink {
    pub(super) fn stdout(colour: bool, terminal: bool) -> Self {
        if terminal {
            // Already written line by line.
            Self::new(Box::new(io::stdout()), colour)
        } else {
            Self::new(
                Box::new(BufWriter::with_capacity(BUFFER, io::stdout())),
                colour,
            )
        }
    }

    pub(super) fn stderr(colour: bool) -> Self {
        Self::new(Box::new(io::stderr()), colour)
    }

    pub(super) fn new(writer: Box<dyn Write + Send>, colour: bool) -> Self {
        Self {
            writer,
            colour,
            failure: None,
            closed: false,
        }
    }

    pub(super) fn write(&mut self, text: &str) {
        if self.closed {
            return;
        }
        let result = if self.colour {
            self.writer.write_all(text.as_bytes())
        } else {
            write!(self.writer, "{}", strip_str(text))
        };
        self.note(result);
    }

    pub(super) fn flush(&mut self) {
        if !self.closed {
            let result = self.writer.flush();
            self.note(result);
        }
    }

    pub(super) fn fail(&mut self, error: io::Error) {
        self.note(Err(error));
    }

    pub(super) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    fn note(&mut self, result: io::Result<()>) {
        if let Err(error) = result {
            self.closed = true;
            if error.kind() != io::ErrorKind::BrokenPipe {
                self.failure = Some(error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Refusing(io::ErrorKind);

    impl Write for Refusing {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_goes_away_is_no_failure_and_a_full_disk_is() {
        let mut sink = Sink::new(Box::new(Refusing(io::ErrorKind::BrokenPipe)), false);
        sink.write("a");
        sink.write("b");
        assert!(sink.take_failure().is_none());

        let mut sink = Sink::new(Box::new(Refusing(io::ErrorKind::StorageFull)), false);
        sink.write("a");
        assert!(sink.take_failure().is_some());
    }
}
