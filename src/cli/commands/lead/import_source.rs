//! Where `lead import` reads from, and what is said when it cannot.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::import::{LeadImportArgs, source_name};
use crate::capture::ImportError;
use crate::capture::decode::DecodeError;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::domain::hints::quote;

/// The file, or standard input, with its size where it has one.
pub(super) struct Source {
    reader: Box<dyn Read>,
    /// Bytes, where it is a file.
    pub(super) size: Option<u64>,
    /// Once raised, reading fails.
    pub(super) interrupted: Arc<AtomicBool>,
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.interrupted.load(Ordering::SeqCst) {
            return Err(io::Error::other("interrupted"));
        }
        self.reader.read(buffer)
    }
}

/// Opens what is to be imported, before anything else is touched.
pub(super) fn open(context: &Context, args: &LeadImportArgs) -> Result<Source, CommandError> {
    let interrupted = Arc::new(AtomicBool::new(false));
    if args.file == "-" {
        if io::stdin().is_terminal() {
            context
                .ui
                .status("Reading from the terminal; Ctrl-D ends the input.");
        }
        return Ok(Source {
            reader: Box::new(io::stdin()),
            size: None,
            interrupted,
        });
    }
    let failed = |error: &io::Error| {
        let error_text = if error.kind() == io::ErrorKind::NotFound {
            CommandError::new(ErrorCode::File, format!("there is no file {}", args.file))
        } else {
            CommandError::new(ErrorCode::File, format!("cannot read {}", args.file))
                .caused_by(error)
        };
        error_text.hint("name a file of leads, or - for standard input")
    };
    let file = File::open(&args.file).map_err(|error| failed(&error))?;
    let details = file.metadata().map_err(|error| failed(&error))?;
    if details.is_dir() {
        return Err(
            CommandError::new(ErrorCode::File, format!("{} is a folder", args.file))
                .hint("name a file in it, or take in whatever appears there with --watch"),
        );
    }
    Ok(Source {
        reader: Box::new(file),
        size: details.is_file().then_some(details.len()),
        interrupted,
    })
}

/// The file for rejected rows: made before anything is imported, so that none is lost.
pub(super) fn create_rejects(path: &Path, source: &str) -> Result<File, CommandError> {
    let same = |left: &Path, right: &Path| matches!((left.canonicalize(), right.canonicalize()), (Ok(left), Ok(right)) if left == right);
    if same(path, Path::new(source)) {
        return Err(CommandError::usage(
            "--rejects names the file to be imported, which would be overwritten",
        ));
    }
    File::create(path).map_err(|error| {
        CommandError::new(
            ErrorCode::File,
            format!("cannot write the rejected rows to {}", path.display()),
        )
        .caused_by(&error)
        .hint("name another file with --rejects; nothing was imported")
    })
}

/// Why nothing (more) was imported, with what helps.
pub(super) fn failed(error: ImportError, args: &LeadImportArgs) -> CommandError {
    let name = source_name(args);
    let message = format!("cannot import {name}: {error}");
    let again = |option: &str| format!("mobly-sync lead import {} {option}", quote(&args.file));
    match error {
        ImportError::Store(error) => error.into(),
        ImportError::Decode(DecodeError::Empty) => {
            CommandError::new(ErrorCode::File, format!("{name} is empty"))
                .hint("it needs a line of column names and a line for each lead")
        }
        ImportError::Decode(DecodeError::NotText(kind)) => {
            CommandError::new(ErrorCode::File, format!("{name} is not text: it looks like {kind}"))
                .hint("export the leads as CSV or as an Excel workbook and import that")
        }
        ImportError::Unreadable(_) => CommandError::new(ErrorCode::File, message)
            .hint("CSV, TSV, Excel (.xlsx), JSON, NDJSON and vCard files can be imported"),
        ImportError::CutOff(_) => CommandError::new(ErrorCode::File, message)
            .hint("download the file again; nothing was imported"),
        ImportError::SeveralSheets(sheets) => {
            let first = sheets.first().map_or("SHEET", String::as_str);
            CommandError::usage(message)
                .hint("one import reads one sheet: name it with --sheet")
                .fix(again(&format!("--sheet {}", quote(first))))
        }
        ImportError::NoSuchSheet { .. } => {
            CommandError::usage(message).hint("--sheet takes the name on the sheet's tab")
        }
        ImportError::SimilarEvent { name, near } => CommandError::usage(format!(
            "{message}; nothing was imported"
        ))
        .hint(format!(
            "another event indeed? --allow-similar adds it: mobly-sync lead import {} --event {} --create-event --allow-similar",
            quote(&args.file),
            quote(&name)
        ))
        .fix(again(&format!("--event {}", quote(&near)))),
        ImportError::Decode(DecodeError::Io(_)) | ImportError::Read(_) => {
            CommandError::new(ErrorCode::File, message)
        }
        ImportError::Rejects(_) => CommandError::new(ErrorCode::File, message)
            .hint("rows taken in so far stay; importing again finds them seen before"),
        ImportError::NoColumns(headers) => {
            let example = headers
                .iter()
                .find(|header| !header.is_empty())
                .map_or("HEADER", String::as_str);
            CommandError::new(ErrorCode::File, message)
                .hint("the first line names the columns, such as First Name, Email, Company; --column tells what another name means")
                .fix(again(&format!("--column {}", quote(&format!("{example}=email")))))
        }
        ImportError::NoSuchColumn { .. } => CommandError::usage(message)
            .hint("--column takes a header of the file and a field: --column \"Badge e-mail=email\""),
        ImportError::EventDisagrees { .. } => {
            CommandError::usage(format!("{message}; nothing was imported"))
                .hint("leave --event out to follow the file, or put every row into --event with --event-override")
        }
        ImportError::AmbiguousEvent { .. } => CommandError::new(ErrorCode::Ambiguous, message)
            .hint("name the event by its id")
            .fix("mobly-sync event list"),
        ImportError::UnknownEvent(name) => {
            CommandError::not_found(format!("there is no event {name:?}"))
                .fix(again(&format!("--event {} --create-event", quote(&name))))
        }
    }
}
