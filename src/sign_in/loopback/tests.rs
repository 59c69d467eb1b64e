#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use jiff::Timestamp;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::*;
use crate::clock::Clock;

const STATE: &str = "st4te-of-this-sign-in";
const CODE: &str = "c0de/with+signs==";
const PATIENCE: Duration = Duration::from_secs(300);

/// A clock that stands still until a test moves it; who sleeps wakes when its time has come, never before.
#[derive(Debug)]
struct HandClock(watch::Sender<Duration>);

impl HandClock {
    fn new() -> Arc<Self> {
        Arc::new(Self(watch::Sender::new(Duration::ZERO)))
    }

    fn advance(&self, seconds: u64) {
        self.0
            .send_modify(|passed| *passed += Duration::from_secs(seconds));
    }
}

#[async_trait::async_trait]
impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn monotonic(&self) -> Duration {
        *self.0.borrow()
    }

    async fn sleep(&self, duration: Duration) {
        let mut passed = self.0.subscribe();
        let wake = *passed.borrow() + duration;
        let _ = passed.wait_for(|passed| *passed >= wake).await;
    }
}

struct Stage {
    clock: Arc<HandClock>,
    address: String,
    waiting: JoinHandle<Result<Redirected, LoopbackError>>,
}

impl Stage {
    async fn start() -> Self {
        Self::at("127.0.0.1").await
    }

    async fn at(host: &str) -> Self {
        let clock = HandClock::new();
        let loopback = Loopback::bind(host, 0).await.unwrap();
        let address = loopback
            .redirect_uri()
            .strip_suffix("/callback")
            .unwrap()
            .to_owned();
        let shared: SharedClock = clock.clone();
        let waiting =
            tokio::spawn(async move { loopback.wait(STATE, "HubSpot", PATIENCE, shared).await });
        Self {
            clock,
            address,
            waiting,
        }
    }

    fn at_path(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    async fn get(&self, path: &str) -> Response {
        browser().get(self.at_path(path)).send().await.unwrap()
    }

    /// The first words of the answer to bytes no well-behaved client sends.
    async fn raw(&self, request: &str) -> String {
        let host = self.address.strip_prefix("http://").unwrap();
        let mut connection = TcpStream::connect(host).await.unwrap();
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut answer = [0; 12];
        connection.read_exact(&mut answer).await.unwrap();
        String::from_utf8(answer.to_vec()).unwrap()
    }

    /// A browser that follows the redirect and is held.
    fn open(&self, query: &str) -> JoinHandle<Response> {
        let address = self.at_path(&format!("/callback?{query}"));
        tokio::spawn(async move { browser().get(address).send().await.unwrap() })
    }

    async fn redirected(&mut self) -> Redirected {
        (&mut self.waiting).await.unwrap().unwrap()
    }

    async fn failed(&mut self) -> LoopbackError {
        (&mut self.waiting).await.unwrap().unwrap_err()
    }
}

fn client(policy: Policy) -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .no_proxy()
        .redirect(policy)
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

fn browser() -> Client {
    client(Policy::limited(3))
}

fn good_query() -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("code", CODE).append_pair("state", STATE);
    query.append_pair("location", "eu").finish()
}

async fn page(browser: JoinHandle<Response>) -> String {
    browser.await.unwrap().text().await.unwrap()
}

fn connected() -> Outcome {
    Outcome::Connected("Acme, portal 12345".to_owned())
}

#[tokio::test]
async fn the_browser_is_told_a_success_only_after_the_exchange() {
    let mut stage = Stage::start().await;
    let tab = stage.open(&good_query());
    let redirected = stage.redirected().await;
    assert_eq!(redirected.code.expose_secret(), CODE);
    assert_eq!(
        redirected.parameters,
        [("location".to_owned(), "eu".to_owned())]
    );
    assert!(!tab.is_finished());
    let lingering = redirected.browser.finish(connected()).await;
    let response = tab.await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.url().path(), "/done");
    assert_eq!(response.url().query(), None);
    let text = response.text().await.unwrap();
    assert!(
        text.contains("HubSpot is connected") && text.contains("Acme, portal 12345"),
        "{text}"
    );

    let again = stage.get("/done").await.text().await.unwrap();
    assert!(again.contains("Already signed in"), "{again}");
    let second = page(stage.open(&good_query())).await;
    assert!(second.contains("Already signed in"), "{second}");
    lingering.close().await;
    assert!(browser().get(stage.at_path("/")).send().await.is_err());
}

#[tokio::test]
async fn a_failed_exchange_is_no_success_and_shows_no_secret() {
    let mut stage = Stage::start().await;
    let tab = stage.open(&good_query());
    let redirected = stage.redirected().await;
    let reason = format!("the code {CODE} of <b>{STATE}</b> is too old");
    let _lingering = redirected.browser.finish(Outcome::Failed(reason)).await;
    let text = page(tab).await;
    assert!(text.contains("HubSpot is not connected"), "{text}");
    assert!(
        text.contains("the code … of &lt;b&gt;…&lt;/b&gt; is too old"),
        "{text}"
    );
    let again = page(stage.open(&good_query())).await;
    assert!(again.contains("HubSpot is not connected"), "{again}");
}

#[tokio::test]
async fn a_browser_that_fetched_ahead_and_the_tab_itself_see_the_same_end() {
    let mut stage = Stage::start().await;
    let ahead = stage.open(&good_query());
    let redirected = stage.redirected().await;
    let other_code = good_query().replace("c0de", "other");
    let tabs = [
        stage.open(&good_query()),
        stage.open(&other_code),
        stage.open("error=access_denied"),
    ];
    assert_eq!(redirected.code.expose_secret(), CODE);
    let _lingering = redirected.browser.finish(connected()).await;
    for tab in tabs.into_iter().chain([ahead]) {
        let text = page(tab).await;
        assert!(text.contains("Acme, portal 12345"), "{text}");
    }
}

#[tokio::test]
async fn a_browser_left_alone_is_sent_back_to_the_terminal() {
    let mut stage = Stage::start().await;
    let tab = stage.open(&good_query());
    let redirected = stage.redirected().await;
    drop(redirected);
    let text = page(tab).await;
    assert!(text.contains("Go back to the terminal"), "{text}");
    assert!(!text.contains("is connected"), "{text}");
}

#[tokio::test]
async fn an_exchange_that_takes_too_long_lets_the_browser_go() {
    let mut stage = Stage::start().await;
    let tab = stage.open(&good_query());
    let redirected = stage.redirected().await;
    // The clock moves until the held request has started to sleep by it.
    while !tab.is_finished() {
        stage.clock.advance(31);
        tokio::task::yield_now().await;
    }
    let text = page(tab).await;
    assert!(text.contains("Go back to the terminal"), "{text}");
    let _lingering = redirected.browser.finish(connected()).await;
    let reloaded = stage.get("/done").await.text().await.unwrap();
    assert!(reloaded.contains("Acme, portal 12345"), "{reloaded}");
}

#[tokio::test]
async fn a_refusal_of_the_person_ends_it_and_frees_the_port() {
    let mut stage = Stage::start().await;
    let words = format!("the+user+said+no%1b%5b31m+{STATE}");
    let tab = stage.open(&format!(
        "error=access_denied&error_description={words}&state={STATE}"
    ));
    let error = stage.failed().await;
    assert_eq!(
        error.to_string(),
        "access was not granted in the browser (access_denied: the user said no [31m …)"
    );
    let text = page(tab).await;
    assert!(text.contains("Access was not granted"), "{text}");
    let port = stage.address.rsplit_once(':').unwrap().1.parse().unwrap();
    assert!(Loopback::bind("127.0.0.1", port).await.is_ok());
}

#[tokio::test]
async fn a_refusal_of_the_server_is_told_in_its_own_words_made_harmless() {
    let mut stage = Stage::start().await;
    let long = "x".repeat(2000);
    let tab = stage.open(&format!(
        "error=invalid_scope&error_description=%3Cscript%3Ea()%3C/script%3E{long}&state={STATE}"
    ));
    let error = stage.failed().await;
    let LoopbackError::Denied { error, description } = error else {
        panic!("{error}");
    };
    assert_eq!(error, "invalid_scope");
    assert_eq!(description.unwrap().chars().count(), 301);
    let text = page(tab).await;
    assert!(text.contains("HubSpot refused the sign-in"), "{text}");
    assert!(
        text.contains("invalid_scope: &lt;script&gt;a()&lt;/script&gt;xxx"),
        "{text}"
    );
    assert!(!text.contains("<script"), "{text}");
}

#[tokio::test]
async fn a_refusal_without_a_state_ends_it_but_brings_no_words() {
    let mut stage = Stage::start().await;
    let tab = stage.open("error=access_denied&error_description=call+0800");
    let error = stage.failed().await;
    assert!(
        matches!(&error, LoopbackError::Denied { error, description: None } if error == "access_denied"),
        "{error}"
    );
    assert!(!page(tab).await.contains("0800"));
}

#[tokio::test]
async fn a_wrong_state_is_refused_and_the_right_one_still_counts() {
    let mut stage = Stage::start().await;
    for query in [
        "code=stolen-code&state=other",
        "code=stolen-code",
        "code=stolen-code&state=",
        "error=access_denied&state=other",
        "",
    ] {
        let response = stage.open(query).await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(response.url().query(), None);
        let text = response.text().await.unwrap();
        assert!(text.contains("belongs to another sign-in"), "{text}");
        assert!(!text.contains("stolen-code"), "{text}");
    }
    let tab = stage.open(&good_query());
    let redirected = stage.redirected().await;
    assert_eq!(redirected.code.expose_secret(), CODE);
    let _lingering = redirected.browser.finish(connected()).await;
    assert!(page(tab).await.contains("HubSpot is connected"));
}

#[tokio::test]
async fn the_time_runs_out_and_the_message_remembers_what_did_not_fit() {
    let mut stage = Stage::start().await;
    stage.get("/callback?code=stolen-code&state=other").await;
    stage.clock.advance(299);
    assert!(
        stage
            .get("/")
            .await
            .text()
            .await
            .unwrap()
            .contains("Waiting for HubSpot")
    );
    assert!(!stage.waiting.is_finished());
    stage.clock.advance(1);
    let error = stage.failed().await.to_string();
    assert!(
        error.contains("within 5 minutes (one that belongs to another sign-in"),
        "{error}"
    );
    assert!(!error.contains("stolen-code"), "{error}");
    assert!(error.contains("--no-browser"), "{error}");
}

#[tokio::test]
async fn a_connection_that_says_nothing_keeps_nobody_waiting() {
    let mut stage = Stage::start().await;
    let host = stage.address.strip_prefix("http://").unwrap().to_owned();
    let mut silent = TcpStream::connect(&host).await.unwrap();
    let mut halting = TcpStream::connect(&host).await.unwrap();
    halting.write_all(b"GET /callback?code=").await.unwrap();
    let tab = stage.open(&good_query());
    let redirected = stage.redirected().await;
    let lingering = redirected.browser.finish(connected()).await;
    assert!(page(tab).await.contains("HubSpot is connected"));
    let closing = tokio::spawn(lingering.close());
    while !closing.is_finished() {
        stage.clock.advance(1);
        tokio::task::yield_now().await;
    }
    assert_eq!(silent.read(&mut [0; 8]).await.unwrap_or_default(), 0);
    assert!(TcpStream::connect(&host).await.is_err());
}

#[tokio::test]
async fn other_requests_get_an_answer_and_change_nothing() {
    let mut stage = Stage::start().await;
    let callback = format!("/callback?{}", good_query());
    for (method, path, status) in [
        (Method::GET, "/", StatusCode::OK),
        (Method::GET, "/done", StatusCode::OK),
        (Method::GET, "/favicon.ico", StatusCode::NOT_FOUND),
        (Method::POST, "/favicon.ico", StatusCode::NOT_FOUND),
        (Method::HEAD, callback.as_str(), StatusCode::OK),
        (Method::HEAD, "/done", StatusCode::OK),
        (
            Method::POST,
            callback.as_str(),
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (
            Method::OPTIONS,
            callback.as_str(),
            StatusCode::METHOD_NOT_ALLOWED,
        ),
    ] {
        let request = browser().request(method.clone(), stage.at_path(path));
        let response = request.body("x".repeat(100_000)).send().await.unwrap();
        assert_eq!(response.status(), status, "{method} {path}");
    }
    for length in [20_000, 100_000] {
        let request = format!(
            "GET {callback}&x={} HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "y".repeat(length)
        );
        assert_eq!(stage.raw(&request).await, "HTTP/1.1 414", "{length}");
    }
    let rebound = browser().get(stage.at_path(&callback));
    let rebound = rebound
        .header("host", "evil.example:80")
        .send()
        .await
        .unwrap();
    assert_eq!(rebound.status(), StatusCode::MISDIRECTED_REQUEST);
    assert!(!stage.waiting.is_finished());

    let _tab = stage.open(&good_query());
    assert_eq!(stage.redirected().await.code.expose_secret(), CODE);
}

#[tokio::test]
async fn every_answer_forbids_storing_and_scripts() {
    let stage = Stage::start().await;
    let plain = client(Policy::none());
    for path in [
        "/",
        "/nothing",
        "/other",
        "/callback?code=a&state=b",
        "/callback?code=1234&state=st4te-of-this-sign-in",
    ] {
        let response = plain.get(stage.at_path(path)).send().await.unwrap();
        let headers = response.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
    }
}

#[tokio::test]
async fn localhost_is_heard_on_both_address_families() {
    let mut stage = Stage::at("localhost").await;
    let port = stage.address.rsplit_once(':').unwrap().1.to_owned();
    assert_eq!(stage.address, format!("http://localhost:{port}"));
    let mut addresses = vec!["127.0.0.1"];
    if std::net::TcpListener::bind("[::1]:0").is_ok() {
        addresses.push("[::1]");
    }
    for address in addresses {
        let url = format!("http://{address}:{port}/");
        assert_eq!(browser().get(url).send().await.unwrap().status(), 200);
    }
    let _tab = stage.open(&good_query());
    stage.redirected().await;
}

#[tokio::test]
async fn a_taken_port_is_told_with_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    for host in ["localhost", "127.0.0.1"] {
        let error = Loopback::bind(host, port).await.unwrap_err();
        assert!(matches!(error, LoopbackError::PortTaken { port: p } if p == port));
        let text = error.to_string();
        assert!(
            text.contains("--redirect-port") && text.contains("--no-browser"),
            "{text}"
        );
    }
    for host in ["0.0.0.0", "example.com", ""] {
        let error = Loopback::bind(host, 0).await.unwrap_err();
        assert!(matches!(error, LoopbackError::NotThisMachine { .. }));
    }
}

#[tokio::test]
async fn who_stops_waiting_frees_the_port() {
    let stage = Stage::start().await;
    assert_eq!(stage.get("/").await.status(), StatusCode::OK);
    stage.waiting.abort();
    let port = stage.address.rsplit_once(':').unwrap().1.parse().unwrap();
    while Loopback::bind("127.0.0.1", port).await.is_err() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let mut stage = Stage::start().await;
    let _tab = stage.open(&good_query());
    let shown = format!("{:?}", stage.redirected().await);
    assert!(shown.contains("location"), "{shown}");
    assert!(!shown.contains("c0de") && !shown.contains(STATE), "{shown}");
}
