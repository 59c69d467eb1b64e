//! `doctor`: what keeps this machine from pushing, each with its repair, and never a secret.

use mobly_sync::secrets::{
    CredentialKind, EncryptedFile, SecretKey, SecretStore as _, StoredCredential,
};
use serde_json::{Value, json};

use crate::support::{CANARY, Said, World, assert_document, seed};

/// One check of a document.
#[track_caller]
fn check<'a>(document: &'a Value, name: &str) -> &'a Value {
    let checks = document["checks"].as_array().unwrap();
    checks
        .iter()
        .find(|check| check["name"] == name)
        .unwrap_or_else(|| panic!("no check {name}: {document:#}"))
}

#[track_caller]
fn level(document: &Value, name: &str) -> String {
    check(document, name)["level"].as_str().unwrap().to_owned()
}

#[track_caller]
fn detail(document: &Value, name: &str) -> String {
    check(document, name)["detail"].as_str().unwrap().to_owned()
}

#[track_caller]
fn fix(document: &Value, name: &str) -> String {
    check(document, name)["fix"].as_str().unwrap().to_owned()
}

/// Runs it; the status tells what `ok` tells, and nothing secret is in what it says.
#[track_caller]
fn doctor(world: &World, arguments: &[&str]) -> Value {
    let all: Vec<&str> = ["doctor", "--json"]
        .into_iter()
        .chain(arguments.iter().copied())
        .collect();
    let said = no_secret(world.run(&all));
    let document = said.json();
    assert_document(&document);
    let status = i32::from(document["ok"] != json!(true));
    let document = said.ends(status).json();
    let bad = document["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["ok"] == json!(false));
    assert_eq!(bad.count() > 0, status == 1, "{document:#}");
    document
}

#[track_caller]
fn no_secret(said: Said) -> Said {
    for text in [&said.out, &said.err] {
        assert!(!text.contains("canary"), "{text}");
        assert!(!text.contains("passphrase for tests"), "{text}");
    }
    said
}

fn healthy() -> World {
    let world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    world
}

/// Puts a browser sign-in in place of the token; its refresh token is the one the sandbox takes.
fn sign_in_by_browser(world: &World, ends: &str) {
    let credential = StoredCredential {
        kind: CredentialKind::Oauth,
        refresh_token: Some(CANARY.into()),
        expires_at: Some(ends.parse().unwrap()),
        client_id: Some("app-7".into()),
        client_secret: Some("canary-secret".into()),
        scopes: Some(Vec::new()),
        ..StoredCredential::token("canary-access".into())
    };
    let file = EncryptedFile::beside(&world.database(), "a passphrase for tests".into());
    let key = SecretKey::new(seed::store(world).database_id(), "hubspot");
    file.set(&key, &credential.to_secret().unwrap()).unwrap();
}

#[test]
fn a_healthy_machine_is_told_in_the_documented_order() {
    let world = healthy();
    let document = doctor(&world, &[]);
    assert_eq!(document["ok"], true, "{document:#}");
    let names: Vec<&str> = document["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| check["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "version",
            "database",
            "schema",
            "counters",
            "copies",
            "secret store",
            "hubspot sign-in",
            "hubspot network",
            "hubspot account",
            "hubspot permissions",
            "hubspot clock",
            "hubspot mapping",
            "hubspot queue",
            "hubspot budget",
        ]
    );
    for check in document["checks"].as_array().unwrap() {
        assert_eq!(check["level"], "ok", "{check}");
    }
    assert!(detail(&document, "hubspot mapping").starts_with("3 rows, every field is there"));
    assert!(detail(&document, "secret store").contains("written, read, removed"));
    assert_eq!(doctor(&world, &["hubspot"])["ok"], true);
    assert_eq!(doctor(&world, &["-i", "hubspot"])["ok"], true);
    world.run(&["doctor", "nonsense"]).ends(2);
    world.run(&["doctor", "hubspot", "-i", "all"]).ends(2);
}

#[test]
fn it_makes_no_database_and_no_secrets_file() {
    let world = World::new();
    let document = doctor(&world, &[]);
    assert_eq!(document["ok"], true);
    assert!(detail(&document, "database").contains("no database yet"));
    assert_eq!(fix(&document, "connections"), "mobly-sync connect hubspot");
    let named = doctor(&world, &["hubspot"]);
    assert!(detail(&named, "hubspot connections").contains("never connected"));
    assert_eq!(std::fs::read_dir(world.folder()).unwrap().count(), 0);
}

#[test]
fn a_sign_in_that_is_refused_is_noted_and_taken_back_when_it_works_again() {
    let world = healthy();
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "hubspot sign-in"), "broken");
    assert_eq!(
        fix(&document, "hubspot sign-in"),
        "mobly-sync connect hubspot"
    );
    assert_eq!(level(&document, "hubspot network"), "ok");
    assert_eq!(level(&document, "hubspot account"), "skipped");
    let state = |world: &World| world.json(&["status"])["integrations"][0]["state"].clone();
    assert_eq!(state(&world), "needs-sign-in");
    world.admin("POST", "tokens/accept", &json!({"token": CANARY}));
    assert_eq!(doctor(&world, &[])["ok"], true);
    assert_eq!(state(&world), "connected");
}

#[test]
fn a_sign_in_that_has_run_out_is_renewed_as_a_push_would() {
    let world = healthy();
    sign_in_by_browser(&world, "2020-01-01T00:00:00Z");
    let document = doctor(&world, &[]);
    assert_eq!(document["ok"], true, "{document:#}");
    let told = detail(&document, "hubspot sign-in");
    assert!(told.starts_with("browser sign-in (app app-7)"), "{told}");
    assert!(told.contains("renewed just now, for 2"), "{told}");
    assert!(detail(&document, "hubspot permissions").contains("none missing"));
    // What was renewed was kept: nobody renews it again.
    let renewals = |world: &World| world.stats()["by_path"]["POST /oauth/2026-03/token"].clone();
    assert_eq!(renewals(&world), 1, "{:#}", world.stats());
    let again = doctor(&world, &[]);
    assert!(detail(&again, "hubspot sign-in").contains("renewed by itself"));
    assert_eq!(renewals(&world), 1);
}

#[test]
fn a_renewal_that_is_refused_wants_a_sign_in() {
    let world = healthy();
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    sign_in_by_browser(&world, "2020-01-01T00:00:00Z");
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "hubspot sign-in"), "broken");
    assert_eq!(
        fix(&document, "hubspot sign-in"),
        "mobly-sync connect hubspot"
    );
}

#[test]
fn a_missing_permission_is_told_with_what_it_breaks() {
    let world = healthy();
    let missing = |scope: &str| {
        world.admin("POST", "scopes", &json!({"missing": [scope]}));
        sign_in_by_browser(&world, "2020-01-01T00:00:00Z");
        doctor(&world, &[])
    };
    let owners = missing("crm.objects.owners.read");
    assert_eq!(owners["ok"], true);
    assert_eq!(level(&owners, "hubspot permissions"), "warning");
    let told = detail(&owners, "hubspot permissions");
    assert!(told.contains("1 missing"), "{told}");
    assert!(told.contains("owners cannot be set"), "{told}");
    let events = missing("crm.objects.marketing_events.write");
    assert_eq!(level(&events, "hubspot permissions"), "warning");
    let told = detail(&events, "hubspot permissions");
    assert!(told.contains("no lead can join"), "{told}");
    let write = missing("crm.objects.contacts.write");
    assert_eq!(level(&write, "hubspot permissions"), "broken");
    assert_eq!(
        fix(&write, "hubspot permissions"),
        "mobly-sync connect hubspot"
    );
}

#[test]
fn where_permissions_are_not_told_what_is_refused_tells() {
    let world = healthy();
    for scope in ["crm.schemas.contacts.read", "crm.objects.contacts.read"] {
        world.admin("POST", "scopes", &json!({"missing": [scope]}));
        let document = doctor(&world, &[]);
        let refused = level(&document, "hubspot permissions") == "broken";
        assert_eq!(
            refused,
            detail(&document, "hubspot permissions").contains("contact: ")
        );
        if refused {
            assert_eq!(level(&document, "hubspot mapping"), "warning");
            return;
        }
    }
    panic!("no scope keeps the fields of contacts from being read");
}

#[test]
fn a_damaged_file_is_told_for_what_it_is() {
    use std::io::{Seek as _, SeekFrom, Write as _};
    let world = healthy();
    seed::leads(&world, "Expo", 0..300);
    {
        let file = rusqlite::Connection::open(world.database()).unwrap();
        file.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .unwrap();
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .open(world.database())
        .unwrap();
    let pages = file.metadata().unwrap().len() / 4_096;
    for page in pages / 2..pages {
        file.seek(SeekFrom::Start(page * 4_096)).unwrap();
        file.write_all(&[0xff; 200]).unwrap();
    }
    drop(file);
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "database"), "broken");
    assert!(
        detail(&document, "database").contains("damaged"),
        "{document:#}"
    );
    let hint = check(&document, "database")["hint"].as_str().unwrap();
    assert!(hint.contains("not created twice"), "{hint}");
}

#[test]
fn a_passphrase_that_is_wrong_or_missing_is_told_once() {
    let mut world = healthy();
    world.set("MOBLY_SYNC_PASSPHRASE", "another canary");
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "secret store"), "broken");
    assert!(detail(&document, "secret store").contains("does not open"));
    assert!(fix(&document, "secret store").contains("MOBLY_SYNC_PASSPHRASE"));
    assert_eq!(level(&document, "hubspot sign-in"), "skipped");
    assert_eq!(level(&document, "hubspot network"), "ok");
    let without = {
        world.set("MOBLY_SYNC_PASSPHRASE", "");
        doctor(&world, &[])
    };
    assert!(detail(&without, "secret store").contains("needs a passphrase"));
    world.set("MOBLY_SYNC_PASSPHRASE", "a passphrase for tests");
    world.set("MOBLY_SYNC_CREDENTIAL_STORE", "plain");
    let odd = doctor(&world, &[]);
    assert_eq!(level(&odd, "secret store"), "warning");
    assert!(fix(&odd, "secret store").contains("MOBLY_SYNC_CREDENTIAL_STORE"));
    world.set("MOBLY_SYNC_CREDENTIAL_STORE", "file");
    world.set("MOBLY_SYNC_PASSPHRASE", "");
    // With a token from the environment nobody needs that place.
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let overridden = doctor(&world, &[]);
    assert_eq!(overridden["ok"], true, "{overridden:#}");
    assert!(detail(&overridden, "hubspot sign-in").contains("in place of the stored sign-in"));
}

#[test]
fn a_secrets_file_that_is_gone_is_not_made_anew() {
    let world = healthy();
    let file = EncryptedFile::path_beside(&world.database());
    std::fs::remove_file(&file).unwrap();
    let document = doctor(&world, &[]);
    assert!(detail(&document, "secret store").contains("is gone"));
    assert_eq!(fix(&document, "secret store"), "mobly-sync connect hubspot");
    assert!(!file.exists());
}

#[test]
fn without_a_network_everything_local_is_still_told() {
    let mut world = healthy();
    // The first one's address is nobody's any more.
    world.start_sandbox(mobly_sync::sandbox::SandboxOptions::new("hubspot"));
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "hubspot network"), "broken");
    assert!(detail(&document, "hubspot network").contains("connection refused"));
    assert!(fix(&document, "hubspot network").starts_with("mobly-sync sandbox hubspot --port "));
    assert_eq!(level(&document, "hubspot account"), "skipped");
    assert_eq!(level(&document, "database"), "ok");
    assert_eq!(level(&document, "hubspot queue"), "ok");
    assert!(detail(&document, "hubspot mapping").starts_with("3 rows"));
    let broken = document["checks"].as_array().unwrap().iter();
    assert_eq!(broken.filter(|check| check["level"] == "broken").count(), 1);
}

#[test]
fn a_sign_in_of_another_account_is_no_sign_in() {
    let mut world = healthy();
    seed::sign_in_to(&world, "999");
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "hubspot account"), "broken");
    assert!(detail(&document, "hubspot account").contains("999"));
    assert_eq!(
        fix(&document, "hubspot account"),
        "mobly-sync connect hubspot"
    );
    assert_eq!(level(&document, "hubspot permissions"), "skipped");
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let from_environment = doctor(&world, &[]);
    assert!(fix(&from_environment, "hubspot account").contains("MOBLY_SYNC_HUBSPOT_TOKEN"));
}

#[test]
fn a_mapped_field_that_is_gone_is_named() {
    let world = healthy();
    seed::map_field(&world, "jobTitle", "jobtitle");
    world.admin("DELETE", "properties/contacts/jobtitle", &json!({}));
    let document = doctor(&world, &[]);
    assert_eq!(document["ok"], true);
    assert_eq!(level(&document, "hubspot mapping"), "warning");
    assert!(detail(&document, "hubspot mapping").contains("contact.jobtitle"));
    let command = fix(&document, "hubspot mapping");
    assert_eq!(
        command,
        "mobly-sync mapping unset jobtitle --object contact"
    );
    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
    world.run(&arguments).ends(0);
    assert_eq!(level(&doctor(&world, &[]), "hubspot mapping"), "ok");
}

#[test]
fn a_connection_that_rests_is_told_and_no_failure() {
    let world = healthy();
    world.run(&["disable", "hubspot"]).ends(0);
    let document = doctor(&world, &[]);
    assert_eq!(document["ok"], true);
    assert_eq!(fix(&document, "hubspot state"), "mobly-sync enable hubspot");
    assert_eq!(level(&document, "hubspot sign-in"), "ok");
    world.run(&["disconnect", "hubspot"]).ends(0);
    let before = world.stats()["requests"].clone();
    let document = doctor(&world, &[]);
    assert_eq!(document["ok"], true);
    assert!(detail(&document, "hubspot state").starts_with("not connected"));
    assert_eq!(world.stats()["requests"], before, "nobody is asked");
}

#[test]
fn a_file_that_is_none_of_ours_is_told_and_left_alone() {
    let mut world = World::new();
    let text = "these are notes, not a database, and long enough to be read as a header of a hundred bytes, which SQLite wants to see";
    world.file("mobly.db", text);
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "database"), "broken");
    assert_eq!(level(&document, "connections"), "skipped");
    assert_eq!(std::fs::read_to_string(world.database()).unwrap(), text);

    drop(mobly_sync::store::Store::open(&world.folder().join("newer.db")).unwrap());
    let newer = rusqlite::Connection::open(world.folder().join("newer.db")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let path = world.folder().join("newer.db").display().to_string();
    world.set("MOBLY_SYNC_DB", &path);
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "schema"), "broken");
    assert!(
        check(&document, "schema")["hint"]
            .as_str()
            .unwrap()
            .contains("update")
    );
}

#[cfg(unix)]
#[test]
fn a_file_others_may_read_is_told_with_the_command_that_closes_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = healthy();
    std::fs::set_permissions(world.database(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let document = doctor(&world, &[]);
    assert_eq!(document["ok"], true);
    assert!(detail(&document, "database").contains("mode 0644"));
    assert!(fix(&document, "database").starts_with("chmod 600 "));
}

#[test]
fn a_copy_of_the_file_is_seen_and_can_be_made_a_file_of_its_own() {
    let mut world = healthy();
    let (original, copy) = (world.database(), world.folder().join("copy.db"));
    std::fs::copy(&original, &copy).unwrap();
    std::fs::copy(
        EncryptedFile::path_beside(&original),
        EncryptedFile::path_beside(&copy),
    )
    .unwrap();
    assert_eq!(level(&doctor(&world, &[]), "copies"), "ok");
    world.set("MOBLY_SYNC_DB", &copy.display().to_string());
    let document = doctor(&world, &[]);
    assert_eq!(document["ok"], true);
    assert_eq!(level(&document, "copies"), "warning");
    assert_eq!(fix(&document, "copies"), "mobly-sync db adopt");

    let adopted = world.json(&["db", "adopt"]);
    assert_eq!(adopted["needs_sign_in"], json!(["hubspot"]));
    assert!(adopted["copy_of"].as_str().unwrap().ends_with("mobly.db"));
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "copies"), "ok");
    assert_eq!(level(&document, "hubspot sign-in"), "broken");
    assert_eq!(world.json(&["history"])["runs"][0]["command"], "db adopt");
    world.connect();
    assert_eq!(doctor(&world, &[])["ok"], true);

    world.set("MOBLY_SYNC_DB", &original.display().to_string());
    assert_eq!(doctor(&world, &[])["ok"], true, "the original kept its own");
}

#[test]
fn numbers_of_the_board_that_went_wrong_are_seen_and_put_right() {
    let world = healthy();
    seed::leads(&world, "Expo", 0..3);
    world.json(&["sync"]);
    let file = rusqlite::Connection::open(world.database()).unwrap();
    file.execute("UPDATE board_counts SET n = n + 1", [])
        .unwrap();
    drop(file);
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "counters"), "warning");
    assert_eq!(fix(&document, "counters"), "mobly-sync db check");
    assert_ne!(world.json(&["db", "check"])["counters_corrected"], 0);
    assert_eq!(level(&doctor(&world, &[]), "counters"), "ok");
    let elsewhere = world.folder().join("none.db").display().to_string();
    world.run(&["db", "check", "--db", &elsewhere]).ends(1);
    assert!(!world.folder().join("none.db").exists());
}

#[test]
fn a_clock_that_is_wrong_is_told() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(wiremock::MockServer::start());
    let answers = |date: &str| {
        let answer = wiremock::ResponseTemplate::new(200)
            .insert_header("date", date)
            .set_body_json(json!({"portalId": 7}));
        runtime.block_on(server.reset());
        runtime.block_on(
            wiremock::Mock::given(wiremock::matchers::any())
                .respond_with(answer)
                .mount(&server),
        );
    };
    let mut world = World::new();
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let url = server.uri();
    answers("Sun, 06 Nov 1994 08:49:37 GMT");
    world
        .run(&["connect", "hubspot", "--base-url", &url])
        .ends(0);
    let document = doctor(&world, &[]);
    assert_eq!(level(&document, "hubspot clock"), "broken");
    assert!(detail(&document, "hubspot clock").contains("ahead of"));
    assert_eq!(document["ok"], false);
    // A clock set by hand for a rehearsal is nobody's to judge.
    world.set("MOBLY_SYNC_TEST_NOW", "2026-11-17T09:30:00Z");
    assert_eq!(level(&doctor(&world, &[]), "hubspot clock"), "ok");
}

#[test]
fn a_terminal_gets_aligned_lines_and_a_verdict() {
    let mut world = healthy();
    world.set("MOBLY_SYNC_FORCE_TTY", "80");
    world.set("NO_COLOR", "1");
    let said = no_secret(world.run(&["doctor"])).ends(0);
    assert!(
        said.out
            .starts_with("This machine\n  ✓ version       mobly-sync "),
        "{}",
        said.out
    );
    assert!(said.out.contains("\nHubSpot: "), "{}", said.out);
    assert!(
        said.out.ends_with("Everything is fit to push.\n"),
        "{}",
        said.out
    );
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    let said = no_secret(world.run(&["doctor"])).ends(1);
    assert!(
        said.out.contains("  ✗ sign-in       HubSpot refuses it"),
        "{}",
        said.out
    );
    assert!(
        said.out
            .contains("\n                  → mobly-sync connect hubspot\n"),
        "{}",
        said.out
    );
    assert!(
        said.out
            .ends_with("1 thing keeps this machine from pushing.\n"),
        "{}",
        said.out
    );
    let words = |line: &&str| line.split(' ').all(|word| word.chars().count() < 60);
    for line in said.out.lines().filter(words) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    world.set("LC_ALL", "C");
    let said = world.run(&["doctor"]).ends(1);
    assert!(
        said.out.is_ascii() && said.out.contains("  x sign-in"),
        "{}",
        said.out
    );
}

#[test]
fn a_pipe_gets_a_check_a_line() {
    let world = healthy();
    let said = no_secret(world.run(&["doctor"])).ends(0);
    for line in said.out.lines() {
        assert_eq!(line.split('\t').count(), 5, "{line}");
    }
    assert!(
        said.out.contains("\nhubspot\tsign-in\tok\t"),
        "{}",
        said.out
    );
}
