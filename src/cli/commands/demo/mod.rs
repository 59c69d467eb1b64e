//! `demo`: the whole journey, without an account.
//!
//! The embedded sandbox plays the vendor; the commands are the program's own, run as processes of their own with a database
//! and a token of their own, so that what is shown is what happens. Nothing of the user's is read or changed, and unless
//! `--keep` is given nothing is left behind.

mod script;
mod stage;

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use self::stage::{Stage, Step};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// The database of the demo, in its folder.
pub(super) const DATABASE: &str = "mobly.db";

/// Show the whole journey on the embedded sandbox, no account needed
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync demo\n  mobly-sync demo --keep ~/mobly-demo")]
pub struct DemoArgs {
    /// Leave the database and the event's file there, to go on with
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub keep: Option<PathBuf>,
}

#[derive(Serialize)]
struct Document<'a> {
    folder: Option<&'a Path>,
    steps: &'a [Step],
}

/// Runs the command.
///
/// # Errors
/// If the sandbox cannot be started, or a command of the journey did not end as it should.
pub async fn run(context: &Context, args: &DemoArgs) -> Result<ExitStatus, CommandError> {
    let folder = Folder::make(args.keep.as_deref())?;
    let mut stage = Stage::set(context, folder.path()).await?;
    let played = script::play(&mut stage).await;
    stage.close().await;
    played?;
    if context.ui.json() {
        context.ui.document(&Document {
            folder: args.keep.as_deref(),
            steps: stage.steps(),
        });
    } else if context.ui.options().quiet {
        context.ui.data(format_args!(
            "demo: {} commands ended as they should",
            stage.steps().len()
        ));
    } else {
        script::farewell(&stage, args.keep.is_some());
    }
    Ok(ExitStatus::Done)
}

/// Where the demo lives; gone with it unless it is to be kept.
struct Folder {
    path: PathBuf,
    keep: bool,
}

impl Folder {
    fn make(keep: Option<&Path>) -> Result<Self, CommandError> {
        let (path, made) = match keep {
            Some(path) if path.join(DATABASE).exists() => {
                return Err(CommandError::new(
                    ErrorCode::File,
                    format!("{} holds a {DATABASE} already", path.display()),
                )
                .hint("name another folder: the demo never writes into a database that is there"));
            }
            Some(path) => (path.to_owned(), std::fs::create_dir_all(path)),
            None => {
                let name = format!(
                    "mobly-sync-demo-{}-{:08x}",
                    std::process::id(),
                    fastrand::u32(..)
                );
                let path = std::env::temp_dir().join(name);
                let made = std::fs::create_dir(&path);
                (path, made)
            }
        };
        made.map_err(|error| {
            CommandError::new(ErrorCode::File, format!("cannot make {}", path.display()))
                .caused_by(&error)
        })?;
        // Commands shown on the screen must work from any folder.
        let path = path.canonicalize().unwrap_or(path);
        Ok(Self {
            path,
            keep: keep.is_some(),
        })
    }

    fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.keep {
            // Only made-up people are in it; a folder that cannot be removed does no harm where it is.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}
