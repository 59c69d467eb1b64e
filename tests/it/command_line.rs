//! What holds for the program as a process: its streams, its exit status, its manners in a pipe.

use std::process::Stdio;

use assert_cmd::Command;

fn program() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("mobly-sync"));
    command.env_clear().env("LANG", "C.UTF-8");
    command
}

#[test]
fn a_wrong_option_is_a_usage_error_on_standard_error() {
    let output = program().args(["explain", "--nonsense"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("--nonsense")
    );
}

#[test]
fn with_json_an_error_is_the_one_document_on_standard_output() {
    for arguments in [
        ["explain", "--nonsense", "--json"],
        ["--json", "explain", "NONSENSE"],
    ] {
        let output = program().args(arguments).output().unwrap();
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(document["error"]["code"].is_string(), "{document}");
        assert!(output.stdout.starts_with(b"{\"schema\":1,"));
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn an_empty_variable_names_no_database_and_a_set_one_is_no_argument() {
    let folder = tempfile::tempdir().unwrap();
    let named = folder.path().join("named.db");
    let home = |database: &std::path::Path| {
        let mut command = program();
        command
            .env("HOME", folder.path())
            .env("MOBLY_SYNC_DB", database);
        command
    };
    let output = home("".as_ref()).args(["event", "list"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(
        home(&named)
            .arg("status")
            .output()
            .unwrap()
            .status
            .success()
    );
    assert!(named.exists());
    // Without a command there is help, whatever the environment says.
    let output = home(&named).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("First steps:"), "{said}");
}

#[test]
fn piped_output_has_no_escape_codes() {
    for arguments in [
        &["explain"][..],
        &["explain", "CONNECTION"],
        &["--help"],
        &["nonsense"],
    ] {
        let output = program().args(arguments).output().unwrap();
        assert!(!output.stdout.contains(&0x1b), "{arguments:?}");
        assert!(!output.stderr.contains(&0x1b), "{arguments:?}");
    }
}

#[test]
fn colour_comes_where_it_is_asked_for() {
    let coloured = |command: &mut Command| {
        let output = command.args(["explain", "CONNECTION"]).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(coloured(program().args(["--color", "always"])));
    assert!(coloured(program().env("CLICOLOR_FORCE", "1")));
    assert!(coloured(program().env("MOBLY_SYNC_FORCE_TTY", "96")));
    assert!(!coloured(
        program().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")
    ));
    assert!(!coloured(
        program()
            .args(["--color", "never"])
            .env("MOBLY_SYNC_FORCE_TTY", "96")
    ));
}

#[test]
fn a_reader_that_goes_away_ends_the_output_without_a_word() {
    // The bash script is larger than any pipe's buffer.
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("mobly-sync"))
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_full_disk_is_told() {
    // Linux has a device that is always full.
    let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else {
        return;
    };
    let output = std::process::Command::new(assert_cmd::cargo::cargo_bin!("mobly-sync"))
        .arg("explain")
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("cannot write to standard output")
    );
}

#[test]
fn every_command_has_help_that_begins_with_a_verb_and_ends_without_a_full_stop() {
    fn walk(command: &clap::Command, path: &str) {
        for subcommand in command.get_subcommands() {
            let path = format!("{path} {}", subcommand.get_name());
            let about = subcommand
                .get_about()
                .unwrap_or_else(|| panic!("{path}"))
                .to_string();
            assert!(!about.ends_with('.'), "{path}: {about}");
            assert!(
                about.starts_with(|sign: char| sign.is_ascii_uppercase()),
                "{path}: {about}"
            );
            for argument in subcommand.get_arguments() {
                let help = argument
                    .get_help()
                    .unwrap_or_else(|| panic!("{path} {}", argument.get_id()));
                assert!(!help.to_string().ends_with('.'), "{path}: {help}");
            }
            walk(subcommand, &path);
        }
    }
    walk(&mobly_sync::cli::command(), "mobly-sync");
}
