//! Signing in at a vendor without tokens to paste: a person approves in the browser.

use std::io::Read as _;
use std::process::{Child, Stdio};

use super::{Said, World};

/// Connects to the world's sandbox in Manual, by a client of the user's own.
#[track_caller]
pub(crate) fn sign_in(world: &mut World, vendor: &str, options: &[&str]) {
    let url = world.base_url();
    let options = [&["--mode", "manual"], options].concat();
    sign_in_at(world, vendor, &url, &options);
}

/// The same at any address.
#[track_caller]
pub(crate) fn sign_in_at(world: &mut World, vendor: &str, url: &str, options: &[&str]) {
    let prefix = format!("MOBLY_SYNC_{}_CLIENT", vendor.to_uppercase());
    world.set(&format!("{prefix}_ID"), "app-1");
    world.set(&format!("{prefix}_SECRET"), "canary-client-secret-51aa");
    let child = world
        .command()
        .args(["connect", vendor, "--oauth", "--no-browser", "--json"])
        .args(["--redirect-port", "0", "--base-url", url])
        .args(options)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    approve(child).ends(0);
}

/// Does what the person at the browser does for a `connect` that waits, and gives its end.
#[track_caller]
pub(crate) fn approve(mut child: Child) -> Said {
    let mut errors = child.stderr.take().unwrap();
    let (mut err, mut byte) = (Vec::new(), [0]);
    let address = loop {
        assert_ne!(
            errors.read(&mut byte).unwrap(),
            0,
            "no address: {}",
            String::from_utf8_lossy(&err)
        );
        err.push(byte[0]);
        let told = String::from_utf8_lossy(&err);
        let address = told.lines().find(|line| line.starts_with("http"));
        if let (true, Some(address)) = (told.ends_with('\n'), address) {
            break address.to_owned();
        }
    };
    visit(&address);
    errors.read_to_end(&mut err).unwrap();
    let output = child.wait_with_output().unwrap();
    Said {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&err).into_owned(),
    }
}

/// Opens an address as a browser would, redirects followed.
#[track_caller]
fn visit(address: &str) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let status = runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        client.get(address).send().await.unwrap().status()
    });
    assert!(status.is_success(), "{status}");
}
