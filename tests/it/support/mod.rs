//! A place of its own for each test: a database, a sandbox where one is wanted, and the real binary.
//!
//! The binary runs with an empty environment but for what a test sets, so that neither the machine's keychain nor its
//! variables nor its terminal matter.

pub(crate) mod browser;
pub(crate) mod connected;
#[cfg(unix)]
pub(crate) mod dialogue;
pub(crate) mod expo;
pub(crate) mod marketo;
pub(crate) mod members;
pub(crate) mod mobly;
pub(crate) mod pardot;
pub(crate) mod pipedrive;
pub(crate) mod salesforce;
pub(crate) mod seed;
pub(crate) mod show;
pub(crate) mod tables;
pub(crate) mod tasks;
pub(crate) mod token_server;
pub(crate) mod twofold;
pub(crate) mod undoing;
pub(crate) mod words;
pub(crate) mod xlsx;
pub(crate) mod zoho;

use std::path::{Path, PathBuf};
use std::process::Command;

use mobly_sync::sandbox::{RateMode, RunningSandbox, SandboxOptions};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A token no other text holds: where it turns up, a secret has leaked.
pub(crate) const CANARY: &str = "pat-canary-7f3e9b1c5d";

/// One test's world.
pub(crate) struct World {
    folder: TempDir,
    sandbox: Option<(tokio::runtime::Runtime, RunningSandbox)>,
    variables: Vec<(String, String)>,
}

/// What a command said and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    /// Exit status.
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Said {
    /// Standard output as its one JSON document.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| {
            panic!(
                "no JSON document ({error}):\n{}\n-- stderr\n{}",
                self.out, self.err
            )
        })
    }

    /// The same, after checking the exit status.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Self {
        assert_eq!(
            self.status, status,
            "stdout:\n{}\nstderr:\n{}",
            self.out, self.err
        );
        self
    }
}

impl World {
    /// A world without a vendor.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let variables = vec![
            ("MOBLY_SYNC_CREDENTIAL_STORE".to_owned(), "file".to_owned()),
            (
                "MOBLY_SYNC_PASSPHRASE".to_owned(),
                "a passphrase for tests".to_owned(),
            ),
            ("MOBLY_SYNC_PACE".to_owned(), "off".to_owned()),
            ("USER".to_owned(), "ann".to_owned()),
        ];
        Self {
            folder,
            sandbox: None,
            variables,
        }
    }

    /// A world with a HubSpot sandbox, unthrottled, whose search sees writes at once.
    pub(crate) fn with_hubspot() -> Self {
        Self::with_sandbox(SandboxOptions {
            rate: RateMode::Off,
            search_lag: std::time::Duration::ZERO,
            tokens: vec![CANARY.to_owned()],
            ..SandboxOptions::new("hubspot")
        })
    }

    /// A world with a sandbox of its own kind.
    pub(crate) fn with_sandbox(options: SandboxOptions) -> Self {
        let mut world = Self::new();
        world.start_sandbox(options);
        world
    }

    /// Starts another sandbox in place of the one there is: another account at another address.
    pub(crate) fn start_sandbox(&mut self, options: SandboxOptions) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let running = runtime
            .block_on(mobly_sync::sandbox::start(options))
            .expect("a sandbox");
        self.sandbox = Some((runtime, running));
    }

    /// Sets a variable for the binary.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// Takes a variable away again.
    pub(crate) fn unset(&mut self, name: &str) {
        self.variables.retain(|(known, _)| known != name);
    }

    /// The database file.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("mobly.db")
    }

    /// The folder of this test.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file and returns its path as text.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("a file");
        path.to_string_lossy().into_owned()
    }

    /// The binary, ready for arguments.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mobly-sync"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("MOBLY_SYNC_DB", self.database());
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }

    /// Runs the binary without input.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.run_with_input(arguments, "")
    }

    /// Runs the binary with something on standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Said {
        use std::io::Write as _;
        use std::process::Stdio;
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        // A command that does not read its input closes the pipe: no fault of the test.
        let _ = child
            .stdin
            .take()
            .expect("standard input")
            .write_all(input.as_bytes());
        let output = child.wait_with_output().expect("the binary ends");
        Said {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("text on standard output"),
            err: String::from_utf8(output.stderr).expect("text on standard error"),
        }
    }

    /// Runs a command that must succeed, with `--json`, and returns its document.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        self.run(&with_json).ends(0).json()
    }

    /// The address of the sandbox.
    pub(crate) fn base_url(&self) -> String {
        self.running().base_url()
    }

    /// What the sandbox counted.
    pub(crate) fn stats(&self) -> Value {
        self.running().stats()
    }

    /// Changes something in the sandbox.
    #[track_caller]
    pub(crate) fn admin(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.running().admin(method, path, body);
        assert!(status < 300, "{method} {path}: {status} {answer}");
        answer
    }

    /// Lets the sandbox count from nothing.
    pub(crate) fn admin_stats_reset(&self) {
        self.admin("POST", "stats/reset", &json!({}));
    }

    /// The sandbox.
    pub(crate) fn running(&self) -> &RunningSandbox {
        &self.sandbox.as_ref().expect("a world with a sandbox").1
    }

    /// Connects HubSpot to the sandbox with the canary token.
    #[track_caller]
    pub(crate) fn connect(&self) -> Value {
        self.connect_with(&[])
    }

    /// The same with further options.
    #[track_caller]
    pub(crate) fn connect_with(&self, options: &[&str]) -> Value {
        let url = self.base_url();
        let mut arguments = vec![
            "connect",
            "hubspot",
            "--token-stdin",
            "--base-url",
            &url,
            "--json",
        ];
        arguments.extend(options);
        self.run_with_input(&arguments, &format!("{CANARY}\n"))
            .ends(0)
            .json()
    }

    /// Connects and sets the default mapping.
    #[track_caller]
    pub(crate) fn connect_and_map(&self, options: &[&str]) {
        self.connect_with(options);
        self.run(&["mapping", "defaults"]).ends(0);
    }

    /// A CSV of so many people at so many companies; every address and domain is valid and distinct.
    pub(crate) fn people_csv(people: usize, companies: usize) -> String {
        let mut csv = String::from("First Name,Last Name,Email,Company,Website,Job Title,Phone\n");
        for n in 0..people {
            let company = n % companies;
            csv.push_str(&format!(
                "Ann{n},Lee{n},ann{n}@firm{company}.example,Firm {company},https://www.firm{company}.example,Engineer,+1 555 {n:06}\n"
            ));
        }
        csv
    }
}

/// The documents every test reads start so.
pub(crate) fn assert_document(document: &Value) {
    assert_eq!(document["schema"], json!(1), "{document}");
}
