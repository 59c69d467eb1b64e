//! What the demo plays on: a sandbox in this process, a folder, and the program itself, run as people run it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::DATABASE;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::domain::hints::quote;
use crate::env_vars;
use crate::sandbox::{self, RateMode, RunningSandbox, SandboxOptions};
use crate::store::Store;
use crate::ui::format::wrap;
use crate::ui::interrupt::{InterruptGuard, on_interrupt};
use crate::ui::{ColorChoice, Ui};
use crate::vendors::{self, VendorInfo};

/// The sandbox takes any token.
pub(super) const TOKEN: &str = "demo-token";
/// Widest a line of the story gets.
const STORY_WIDTH: usize = 96;

/// One command of the journey.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Step {
    /// As typed.
    pub(super) command: String,
    /// How it ended.
    pub(super) exit: i32,
    /// Its document, where documents were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) output: Option<Value>,
}

/// The stage.
pub(super) struct Stage {
    pub(super) ui: Ui,
    pub(super) vendor: &'static VendorInfo,
    folder: PathBuf,
    program: PathBuf,
    color: ColorChoice,
    sandbox: Option<RunningSandbox>,
    port: u16,
    steps: Vec<Step>,
    interrupted: Arc<AtomicBool>,
    _guard: InterruptGuard,
}

impl Stage {
    /// Starts the sandbox of the first vendor that has one.
    pub(super) async fn set(context: &Context, folder: &Path) -> Result<Self, CommandError> {
        let vendor = sandbox::VENDORS
            .iter()
            .find_map(|name| vendors::lookup(name))
            .ok_or_else(|| CommandError::internal("no vendor has a sandbox"))?;
        let options = SandboxOptions {
            rate: RateMode::Off,
            search_lag: Duration::ZERO,
            ..SandboxOptions::new(vendor.name)
        };
        let running = sandbox::start(options).await.map_err(|error| {
            CommandError::new(ErrorCode::Network, "the sandbox cannot be started").caused_by(&error)
        })?;
        let program = std::env::current_exe().map_err(|error| {
            CommandError::internal("cannot tell where the program is").caused_by(&error)
        })?;
        let interrupted = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&interrupted);
        // The command under way ends by itself; then the folder is put away.
        let guard = on_interrupt(move |_| seen.store(true, Ordering::SeqCst));
        Ok(Self {
            ui: context.ui.clone(),
            vendor,
            folder: folder.to_owned(),
            program,
            color: context.globals.color,
            port: running.address.port(),
            sandbox: Some(running),
            steps: Vec::new(),
            interrupted,
            _guard: guard,
        })
    }

    pub(super) async fn close(&mut self) {
        if let Some(sandbox) = self.sandbox.take() {
            sandbox.stop().await;
        }
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub(super) fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn database(&self) -> PathBuf {
        self.folder.join(DATABASE)
    }

    /// A file beside the database; its path as people type it.
    pub(super) fn write(&self, name: &str, content: &str) -> Result<String, CommandError> {
        let path = self.folder.join(name);
        std::fs::write(&path, content).map_err(|error| {
            CommandError::new(ErrorCode::File, format!("cannot write {}", path.display()))
                .caused_by(&error)
        })?;
        Ok(path.to_string_lossy().into_owned())
    }

    /// The database, opened beside the commands.
    pub(super) fn store(&self) -> Result<Store, CommandError> {
        Ok(Store::open(&self.database())?)
    }

    /// Changes something behind the vendor's API.
    pub(super) fn admin(&self, path: &str, body: &Value) -> Result<(), CommandError> {
        let Some(sandbox) = &self.sandbox else {
            return Ok(());
        };
        let (status, answer) = sandbox.admin("POST", path, body);
        if status < 300 {
            Ok(())
        } else {
            Err(CommandError::internal(format!(
                "the sandbox refuses {path}: {answer}"
            )))
        }
    }

    /// Whether somebody follows the story.
    fn tells(&self) -> bool {
        !self.ui.json() && !self.ui.options().quiet
    }

    /// A line of the story.
    pub(super) fn tell(&self, text: &str) {
        if self.tells() {
            let width = self.ui.width().min(STORY_WIDTH);
            self.ui.data("");
            self.ui.data(self.ui.theme().hint(&wrap(text, width, 0)));
        }
    }

    /// Runs a command of the program as it is shown; `ends` are the statuses it may end with here.
    ///
    /// # Errors
    /// If it ended otherwise.
    pub(super) async fn run(
        &mut self,
        arguments: &[&str],
        ends: &[i32],
    ) -> Result<(), CommandError> {
        let words: Vec<String> = arguments.iter().map(|word| quote(word)).collect();
        let typed = format!("mobly-sync {}", words.join(" "));
        if self.tells() {
            self.ui.data("");
            self.ui
                .data(format_args!("$ {}", self.ui.theme().strong(&typed)));
        }
        self.ui.flush();
        let mut command = self.command(arguments);
        let spawned = tokio::task::spawn_blocking(move || command.output()).await;
        let output = spawned
            .map_err(|error| CommandError::internal("a command was lost").caused_by(&error))?
            .map_err(|error| {
                CommandError::internal(format!("{typed} cannot be run")).caused_by(&error)
            })?;
        let exit = output.status.code().unwrap_or(-1);
        if self.interrupted.load(Ordering::SeqCst) {
            return Err(CommandError::new(ErrorCode::Interrupted, "interrupted"));
        }
        if !ends.contains(&exit) {
            return Err(self.unexpected(&typed, exit, &output.stdout, &output.stderr));
        }
        self.steps.push(Step {
            command: typed,
            exit,
            output: serde_json::from_slice(&output.stdout).ok(),
        });
        Ok(())
    }

    fn unexpected(&self, typed: &str, exit: i32, out: &[u8], err: &[u8]) -> CommandError {
        let error = CommandError::internal(format!(
            "step {} of the demo ended with {exit}: {typed}",
            self.steps.len() + 1
        ));
        let said = String::from_utf8_lossy(if err.is_empty() { out } else { err }).into_owned();
        match said.trim() {
            "" => error,
            said => error.hint(format!("it said: {said}")),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments);
        if self.ui.json() {
            command.arg("--json");
        }
        match self.color {
            ColorChoice::Auto => {}
            ColorChoice::Always => {
                command.arg("--color=always");
            }
            ColorChoice::Never => {
                command.arg("--color=never");
            }
        }
        command
            .env(env_vars::DB, self.database())
            .env(env_vars::token_name(self.vendor.name), TOKEN)
            .env(env_vars::PACE, "off")
            // What a person has set for their own work is none of the demo's.
            .env_remove(env_vars::EVENT)
            .env_remove(env_vars::CREDENTIAL_STORE)
            .env_remove(env_vars::TEST_TIME)
            .env_remove(env_vars::TEST_NOW)
            .stdin(Stdio::null());
        if self.tells() {
            command.stdout(Stdio::inherit()).stderr(Stdio::inherit());
        } else {
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
        }
        command
    }
}
