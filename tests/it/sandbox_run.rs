//! `sandbox VENDOR`: a server of its own, ready when it says so.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Stdio};

use serde_json::Value;

use crate::support::browser::approve;
use crate::support::{Said, World};

fn start(world: &World, options: &[&str]) -> (Child, String, BufReader<ChildStdout>) {
    let mut child = world
        .command()
        .args(["sandbox", "hubspot"])
        .args(options)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    (child, line.trim().to_owned(), out)
}

fn end(mut child: Child) -> Option<i32> {
    let id = child.id().to_string();
    std::process::Command::new("kill")
        .args(["-INT", &id])
        .status()
        .unwrap();
    child.wait().unwrap().code()
}

#[test]
fn the_first_line_is_the_address_and_connect_takes_it() {
    let world = World::new();
    let (child, url, _out) = start(&world, &["--rate", "off", "--portal-id", "777"]);
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let said = world.run_with_input(
        &[
            "connect",
            "hubspot",
            "--base-url",
            &url,
            "--token-stdin",
            "--json",
        ],
        "any-token",
    );
    assert_eq!(said.ends(0).json()["account"]["id"], "777");
    let port = url.rsplit(':').next().unwrap();
    let taken = world.run(&["sandbox", "hubspot", "--port", port]).ends(1);
    assert!(taken.err.contains("--port"), "{}", taken.err);
    assert_eq!(end(child), Some(0));
}

/// Types the line where no browser opens, and approves.
fn in_the_browser(world: &World, words: &[&str], secret: &str) -> Said {
    let mut child = world
        .command()
        .args(words)
        .args(["--no-browser", "--redirect-port", "0"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(secret.as_bytes()).unwrap();
    drop(input);
    approve(child)
}

#[test]
fn the_line_it_tells_to_type_connects() {
    let vendors = mobly_sync::vendors::ALL.iter().map(|vendor| vendor.name);
    let sources = mobly_sync::sources::ALL.iter().map(|source| source.name);
    for vendor in vendors.chain(sources) {
        let world = World::new();
        let mut child = world
            .command()
            .args(["sandbox", vendor])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let told = lines
            .map(Result::unwrap)
            .find_map(|line| line.split_once("echo ").map(|(_, line)| line.to_owned()))
            .unwrap();
        let (given, command) = told.split_once(" | mobly-sync ").unwrap();
        let words: Vec<&str> = command.split(' ').collect();
        let said = if words.contains(&"--oauth") {
            in_the_browser(&world, &words, given)
        } else {
            world.run_with_input(&words, given)
        };
        let said = said.ends(0);
        assert!(said.out.contains("REHEARSAL"), "{vendor}: {}", said.out);
        if mobly_sync::sources::lookup(vendor).is_some() {
            world.run(&["lead", "pull"]).ends(0);
        } else {
            world.run(&["mapping", "defaults"]).ends(0);
        }
        assert_eq!(end(child), Some(0));
    }
}

#[test]
fn with_json_it_says_where_it_is_once_ready() {
    let world = World::new();
    let options = [
        "--json",
        "--fault",
        "503=1@/account-info",
        "--seed",
        "7",
        "--latency",
        "1ms",
    ];
    let (child, line, _out) = start(&world, &options);
    let document: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(
        (&document["schema"], &document["vendor"]),
        (&1.into(), &"hubspot".into())
    );
    assert!(
        document["base_url"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
    assert_eq!(end(child), Some(0));
}

#[test]
fn options_that_make_no_sense_are_explained() {
    let world = World::new();
    for (options, why) in [
        (["--fault", "nonsense"], "drop-after"),
        (["--rate", "often"], "vendor, off"),
        (["--latency", "soon"], "20ms"),
    ] {
        let said = world
            .run(&[&["sandbox", "hubspot"][..], &options].concat())
            .ends(2);
        assert!(said.err.contains(why), "{}", said.err);
    }
    world.run(&["sandbox", "nonsense"]).ends(2);
}
