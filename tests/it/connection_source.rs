//! A source of leads as a connection: its key, its place on `status`, and what it is told.

use serde_json::{Value, json};
use wiremock::matchers::{header, method, path, path_regex};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::support::{World, seed};

const KEY: &str = "key-canary-51c0";

/// A source at another address: it lists one event, and takes what it is told.
struct Source {
    runtime: tokio::runtime::Runtime,
    server: MockServer,
}

impl Source {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let server = runtime.block_on(MockServer::start());
        let source = Self { runtime, server };
        source.lists(&["7"]);
        source
    }

    fn mount(&self, mock: Mock) {
        self.runtime.block_on(mock.mount(&self.server));
    }

    fn lists(&self, events: &[&str]) {
        self.runtime.block_on(self.server.reset());
        let events: Vec<Value> = events
            .iter()
            .map(|id| json!({"id": id.parse::<u64>().unwrap(), "name": format!("Expo {id}")}))
            .collect();
        let body = json!({"status": 200, "pagination": {"limit": 50, "offset": 0},
            "results": {"events": events, "total": events.len()}});
        self.mount(
            Mock::given(method("GET"))
                .and(path("/api/v0/events"))
                .and(header("x-api-key", KEY))
                .respond_with(ResponseTemplate::new(200).set_body_json(body)),
        );
        let refused = json!({"status": 403, "error": "Forbidden"});
        self.mount(
            Mock::given(method("GET"))
                .respond_with(ResponseTemplate::new(403).set_body_json(refused))
                .with_priority(9),
        );
    }

    /// Answers whatever it is told.
    fn answers(&self, status: u16) {
        let body = json!({"status": status, "error": "told so", "results": {}});
        self.mount(
            Mock::given(method("PATCH"))
                .and(path_regex("^/api/v0/leads/"))
                .respond_with(ResponseTemplate::new(status).set_body_json(body)),
        );
    }

    /// What it was told: path and body.
    fn told(&self) -> Vec<(String, Value)> {
        let requests = self.runtime.block_on(self.server.received_requests());
        let told = requests.unwrap().into_iter();
        told.filter(|request: &Request| request.method.as_str() == "PATCH")
            .map(|request| {
                let body = serde_json::from_slice(&request.body).unwrap();
                (request.url.path().to_owned(), body)
            })
            .collect()
    }

    #[track_caller]
    fn connect(&self, world: &World, options: &[&str]) -> Value {
        let url = self.server.uri();
        let mut arguments = vec![
            "connect",
            "mobly",
            "--token-stdin",
            "--base-url",
            &url,
            "--json",
        ];
        arguments.extend(options);
        world.run_with_input(&arguments, KEY).ends(0).json()
    }
}

/// Makes every lead of the file one of the source's.
fn of_the_source(world: &World) {
    let file = rusqlite::Connection::open(world.database()).unwrap();
    file.execute(
        "UPDATE leads SET source = 'mobly', external_id = 'uuid-' || id",
        [],
    )
    .unwrap();
}

fn source_of(status: &Value) -> &Value {
    let all = status["integrations"].as_array().unwrap();
    all.iter().find(|one| one["category"] == "source").unwrap()
}

#[test]
fn a_key_is_proved_kept_and_shown_and_given_back() {
    let (world, source) = (World::new(), Source::start());
    let document = source.connect(&world, &["--label", "Acme"]);
    assert_eq!(document["account"]["name"], "Acme");
    assert_eq!(document["environment"], "rehearsal");
    assert_eq!(document["store"], "file");
    assert_eq!(document["next"], "mobly-sync lead pull");
    let status = world.json(&["status"]);
    let shown = source_of(&status);
    assert_eq!(
        (&shown["state"], &shown["mode"], &shown["summary"]),
        (&json!("connected"), &Value::Null, &Value::Null)
    );
    assert_eq!(shown["write_backs"], json!({"waiting": 0, "ended": 0}));
    assert_eq!(status["needs"], json!([]));
    world.run(&["doctor", "mobly"]).ends(0);
    world.run(&["disable", "mobly"]).ends(0);
    assert_eq!(source_of(&world.json(&["status"]))["state"], "disabled");
    world.run(&["enable", "mobly"]).ends(0);
    world.run(&["disconnect", "mobly"]).ends(0);
    assert_eq!(source_of(&world.json(&["status"]))["state"], "disconnected");
    for entry in std::fs::read_dir(world.folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(10).any(|part| part == b"key-canary"));
        }
    }
}

#[test]
fn what_is_for_pushing_is_refused_and_changes_nothing() {
    let (world, source) = (World::new(), Source::start());
    for options in [
        ["--mode", "manual"],
        ["--identity", "hold"],
        ["--client-id", "x"],
        ["--strategy", "leads-only"],
    ] {
        let arguments = ["connect", "mobly", options[0], options[1], "--json"];
        let said = world.run(&arguments).ends(2);
        assert_eq!(said.json()["error"]["code"], "usage", "{options:?}");
    }
    source.connect(&world, &[]);
    for arguments in [
        &["mode", "mobly"][..],
        &["sync", "-i", "mobly"],
        &["mapping", "list", "-i", "mobly"],
        &["reconcile", "-i", "mobly"],
    ] {
        let said = world.run(arguments).ends(2);
        assert!(said.err.contains("where leads come from"), "{}", said.err);
    }
}

#[test]
fn a_refused_key_leaves_the_connection_there_was_and_is_a_need_once_it_is_in_use() {
    let (world, source) = (World::new(), Source::start());
    let url = source.server.uri();
    let again = ["connect", "mobly", "--token-stdin", "--base-url", &url];
    world.run_with_input(&again, "another-canary").ends(4);
    assert_eq!(world.json(&["status"])["integrations"], json!([]));
    source.connect(&world, &[]);
    let said = world.run_with_input(&again, "another-canary").ends(4);
    assert!(!said.err.contains("canary"), "{}", said.err);
    assert_eq!(source_of(&world.json(&["status"]))["state"], "connected");
    // The organization was given another key.
    source.runtime.block_on(source.server.reset());
    let refused = json!({"status": 403, "error": "Forbidden"});
    source.mount(
        Mock::given(method("GET")).respond_with(ResponseTemplate::new(403).set_body_json(refused)),
    );
    let status = world.json(&["status", "--check"]);
    assert_eq!(source_of(&status)["state"], "needs-sign-in");
    assert_eq!(status["needs"][0]["code"], "needs_sign_in");
    source.lists(&["7"]);
    source.connect(&world, &[]);
    assert_eq!(source_of(&world.json(&["status"]))["state"], "connected");
}

#[test]
fn a_key_of_the_environment_is_used_and_not_stored() {
    let (mut world, source) = (World::new(), Source::start());
    let url = source.server.uri();
    world.set("MOBLY_SYNC_MOBLY_TOKEN", KEY);
    let document = world.json(&["connect", "mobly", "--base-url", &url]);
    assert_eq!(document["store"], "environment");
    assert_eq!(world.json(&["status", "--check"])["needs"], json!([]));
    world.unset("MOBLY_SYNC_MOBLY_TOKEN");
    let needs = &world.json(&["status", "--check"])["needs"];
    assert_eq!(needs[0]["code"], "needs_sign_in", "{needs}");
}

#[test]
fn a_key_of_another_organization_is_noticed_by_its_events() {
    let (world, source) = (World::new(), Source::start());
    source.connect(&world, &[]);
    let event = seed::leads(&world, "Expo", 0..1);
    let file = rusqlite::Connection::open(world.database()).unwrap();
    file.execute(
        "UPDATE events SET source = 'mobly', external_id = '7' WHERE id = ?1",
        [event.0],
    )
    .unwrap();
    source.connect(&world, &[]);
    source.lists(&["8", "9"]);
    let url = source.server.uri();
    let again = ["connect", "mobly", "--token-stdin", "--base-url", &url];
    let said = world.run_with_input(&again, KEY).ends(2);
    assert!(said.err.contains("another organization"), "{}", said.err);
    let confirmed: Vec<&str> = again.into_iter().chain(["--yes"]).collect();
    world.run_with_input(&confirmed, KEY).ends(0);
}

#[test]
fn what_is_cleared_is_told_once_and_an_answer_that_is_no_never_fails_the_push() {
    let world = World::with_hubspot();
    world.connect();
    let source = Source::start();
    source.connect(&world, &[]);
    source.answers(500);
    seed::leads(&world, "Expo", 0..2);
    seed::map(&world);
    of_the_source(&world);
    let summary = world.json(&["sync"]);
    assert_eq!(
        (&summary["cleared"], &summary["failed"]),
        (&json!(2), &json!(0))
    );
    assert!(!source.told().is_empty());
    let waits =
        |world: &World| source_of(&world.json(&["status"]))["write_backs"]["waiting"].clone();
    assert_eq!(waits(&world), 2);
    // It is well again, and the pause is over.
    source.lists(&["7"]);
    source.answers(200);
    let file = rusqlite::Connection::open(world.database()).unwrap();
    file.execute("UPDATE write_backs SET not_before = NULL", [])
        .unwrap();
    world.json(&["sync"]);
    let told = source.told();
    assert_eq!(told.len(), 2, "{told:?}");
    for (path, body) in &told {
        assert!(path.starts_with("/api/v0/leads/uuid-"), "{path}");
        assert_eq!(body["remoteId"]["integrationType"], "HUB_SPOT");
        assert!(
            body["remoteId"]["id"]
                .as_str()
                .is_some_and(|id| !id.is_empty())
        );
    }
    assert_eq!(waits(&world), 0);
    world.json(&["sync"]);
    world.json(&["sync", "--again"]);
    assert_eq!(source.told().len(), 2, "never again");
    let log = world.json(&["log", "ann0@expo.example"]);
    assert_eq!(log["write_back"]["told"], true);
}

#[test]
fn a_paused_source_is_told_nothing() {
    let world = World::with_hubspot();
    world.connect();
    let source = Source::start();
    source.connect(&world, &[]);
    source.answers(200);
    seed::leads(&world, "Expo", 0..1);
    seed::map(&world);
    of_the_source(&world);
    world.run(&["disable", "mobly"]).ends(0);
    world.json(&["sync"]);
    assert!(source.told().is_empty());
    world.run(&["enable", "mobly"]).ends(0);
    world.json(&["sync"]);
    assert_eq!(source.told().len(), 1);
}
