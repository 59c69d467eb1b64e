#![allow(clippy::unwrap_used, clippy::expect_used)]
//! The transport against a server that plays a script: one action a request.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::{Method, StatusCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::clock::{self, Clock as _, ManualClock};
use crate::transport::{QuotaSpec, StaticToken, Window};

enum Action {
    /// A whole answer: status, headers, body.
    Answer(u16, &'static str, &'static str),
    /// The request is read, the connection closed.
    Close,
    /// Half an answer.
    Truncate,
    /// An empty answer after so long a silence; nobody really waits.
    Late(Duration),
}

struct Server {
    base: BaseUrl,
    received: Arc<AtomicUsize>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn playing(script: Vec<Action>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = BaseUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let received = Arc::new(AtomicUsize::new(0));
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (count, seen) = (Arc::clone(&received), Arc::clone(&heads));
        tokio::spawn(async move {
            let mut script = script.into_iter();
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = vec![0; 65_536];
                let mut length = 0;
                while !request[..length].windows(4).any(|end| end == b"\r\n\r\n") {
                    match stream.read(&mut request[length..]).await {
                        Ok(read) if read > 0 => length += read,
                        _ => break,
                    }
                }
                count.fetch_add(1, Ordering::SeqCst);
                seen.lock()
                    .unwrap()
                    .push(String::from_utf8_lossy(&request[..length]).into_owned());
                match script.next().expect("more requests than the script knows") {
                    Action::Close => {}
                    Action::Late(silence) => {
                        tokio::time::pause();
                        clock::SystemClock::new().sleep(silence).await;
                        tokio::time::resume();
                        let text = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
                        // Nobody may be there any more.
                        let _ = stream.write_all(text).await;
                    }
                    Action::Answer(status, headers, body) => {
                        let text = format!(
                            "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}",
                            body.len()
                        );
                        stream.write_all(text.as_bytes()).await.unwrap();
                    }
                    Action::Truncate => {
                        let text = "HTTP/1.1 200 X\r\ncontent-length: 500\r\n\r\n{\"id\":";
                        stream.write_all(text.as_bytes()).await.unwrap();
                    }
                }
                let _ = stream.shutdown().await;
            }
        });
        Self {
            base,
            received,
            heads,
        }
    }

    fn received(&self) -> usize {
        self.received.load(Ordering::SeqCst)
    }
}

/// Rules of a made-up vendor.
struct Rules;

impl AnswerRules for Rules {
    fn judge(&self, _: &ApiRequest, response: &ApiResponse) -> Judgement {
        match response.status.as_u16() {
            429 => Judgement::Wait {
                quota: "burst",
                after: response.retry_after().unwrap_or(Duration::from_secs(10)),
                stop: response.text().contains("daily"),
            },
            423 => Judgement::RetryAfter(Some(Duration::from_secs(2))),
            401 => Judgement::SignInRefused,
            408 | 500..=599 => Judgement::Transient {
                after: response.retry_after(),
            },
            _ => Judgement::Accept,
        }
    }

    fn correlation(&self, response: &ApiResponse) -> Option<String> {
        response.header("x-correlation").map(str::to_owned)
    }
}

fn transport(base: BaseUrl) -> (Transport, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::new("2026-03-02T12:00:00Z".parse().unwrap()));
    let quota = QuotaSpec {
        name: "burst",
        window: Window::Sliding {
            amount: 100,
            per: Duration::from_secs(10),
        },
        shared_with_others: false,
        in_flight: Some(4),
    };
    let pacer = Pacer::new(&[quota], clock.clone(), 50, true);
    let tokens = Arc::new(StaticToken::bearer(SecretString::from("canary-token")));
    let transport = Transport::new(base, Arc::new(Rules), tokens, pacer).unwrap();
    (transport, clock)
}

fn create() -> ApiRequest {
    ApiRequest::once(Method::POST, "/contacts")
        .quota("burst", 1)
        .json_bytes(b"{}".to_vec())
}

fn read() -> ApiRequest {
    ApiRequest::read(Method::GET, "/contacts")
        .query("email", "jane@example.com")
        .quota("burst", 1)
}

fn update() -> ApiRequest {
    ApiRequest::repeatable(Method::PATCH, "/contacts/7").quota("burst", 1)
}

const OK: Action = Action::Answer(200, "", "{\"id\":1}");

async fn refused_port() -> BaseUrl {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    BaseUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap()
}

#[tokio::test]
async fn a_refused_connection_is_surely_not_done_even_for_a_create() {
    let (transport, clock) = transport(refused_port().await);
    let error = transport.send(&create()).await.unwrap_err();
    assert!(matches!(error, TransportError::NotSent { .. }), "{error:?}");
    assert!(error.surely_not_done());
    assert!(error.to_string().contains("connection refused"), "{error}");
    assert!(clock.monotonic() > Duration::ZERO, "it was tried again");
    assert_eq!(transport.counts().total(), 0, "nothing reached the vendor");
    assert_eq!(transport.pacer().usage()[0].spent, 0);
}

#[tokio::test]
async fn a_create_without_a_usable_answer_is_sent_once_and_unknown() {
    for lost in [
        Action::Close,
        Action::Truncate,
        Action::Answer(502, "", "bad gateway"),
        Action::Answer(503, "retry-after: 1\r\n", ""),
        Action::Answer(200, "content-type: text/html\r\n", "<html>please sign in"),
    ] {
        let server = Server::playing(vec![lost, OK]).await;
        let (transport, _) = transport(server.base.clone());
        let error = transport.send(&create()).await.unwrap_err();
        assert!(
            matches!(error, TransportError::OutcomeUnknown { .. }),
            "{error:?}"
        );
        assert_eq!(server.received(), 1, "{error}");
        assert_eq!(transport.counts().object, 1);
    }
}

#[tokio::test]
async fn a_request_bears_as_long_a_silence_as_it_says() {
    let server = Server::playing(vec![
        Action::Late(Duration::from_secs(300)),
        Action::Late(Duration::from_secs(300)),
    ])
    .await;
    let (transport, _) = transport(server.base.clone());
    let patient = create().timeout(Duration::from_secs(600));
    assert_eq!(
        transport.send(&patient).await.unwrap().status,
        StatusCode::OK
    );
    let error = transport.send(&create()).await.unwrap_err();
    assert!(
        matches!(&error, TransportError::OutcomeUnknown { detail, .. } if detail.contains("in time (60 s)")),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_create_goes_out_again_when_it_was_surely_not_done() {
    let server = Server::playing(vec![
        Action::Answer(429, "", "{}"),
        Action::Answer(423, "", "{}"),
        Action::Answer(201, "x-correlation: c-1\r\n", "{\"id\":7}"),
    ])
    .await;
    let (transport, clock) = transport(server.base.clone());
    let response = transport.send(&create()).await.unwrap();
    assert_eq!(response.status, StatusCode::CREATED);
    assert_eq!(response.correlation.as_deref(), Some("c-1"));
    assert_eq!(transport.counts().object, 3, "repeats count");
    assert!(clock.monotonic() >= Duration::from_secs(12));
}

#[tokio::test]
async fn reads_and_updates_are_repeated_after_every_kind_of_loss() {
    for request in [read(), update()] {
        let server = Server::playing(vec![
            Action::Close,
            Action::Truncate,
            Action::Answer(500, "", ""),
            Action::Answer(200, "", "  <html>"),
            OK,
        ])
        .await;
        let (transport, _) = transport(server.base.clone());
        let response = transport.send(&request).await.unwrap();
        assert_eq!(response.value().unwrap()["id"], 1);
        assert_eq!(server.received(), 5);
    }
}

#[tokio::test]
async fn giving_up_tells_a_read_from_a_write_in_doubt() {
    let outage = || {
        (0..6)
            .map(|_| Action::Answer(503, "", ""))
            .collect::<Vec<_>>()
    };
    let server = Server::playing(outage()).await;
    let (sender, clock) = transport(server.base.clone());
    let error = sender.send(&read()).await.unwrap_err();
    assert!(
        matches!(
            error,
            TransportError::Unavailable {
                status: Some(503),
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(server.received(), 6);
    assert!(clock.monotonic() < Duration::from_secs(60));

    let server = Server::playing(outage()).await;
    let (sender, _) = transport(server.base.clone());
    let error = sender.send(&update()).await.unwrap_err();
    assert!(!error.surely_not_done(), "{error:?}");
}

#[tokio::test]
async fn retry_after_is_obeyed_and_a_long_one_is_not_slept() {
    let server = Server::playing(vec![Action::Answer(503, "retry-after: 30\r\n", ""), OK]).await;
    let (sender, clock) = transport(server.base.clone());
    sender.send(&read()).await.unwrap();
    assert!(clock.monotonic() >= Duration::from_secs(30));

    let server = Server::playing(vec![Action::Answer(503, "retry-after: 3600\r\n", "")]).await;
    let (sender, clock) = transport(server.base.clone());
    let error = sender.send(&read()).await.unwrap_err();
    assert!(
        matches!(
            error,
            TransportError::Unavailable { retry_after: Some(wait), .. } if wait.as_secs() == 3600
        ),
        "{error:?}"
    );
    assert_eq!(clock.monotonic(), Duration::ZERO);
}

#[tokio::test]
async fn a_used_up_day_is_an_error_for_this_and_all_following_requests() {
    let server = Server::playing(vec![Action::Answer(
        429,
        "retry-after: 7200\r\n",
        "daily limit",
    )])
    .await;
    let (transport, clock) = transport(server.base.clone());
    let error = transport.send(&create()).await.unwrap_err();
    let TransportError::Wait { quota, until } = error else {
        panic!("{error:?}");
    };
    assert_eq!(quota, "burst");
    assert_eq!(until, clock::later(clock.now(), Duration::from_secs(7200)));
    assert!(matches!(
        transport.send(&read()).await.unwrap_err(),
        TransportError::Wait { .. }
    ));
    assert_eq!(server.received(), 1);
}

#[tokio::test]
async fn endless_rate_limits_end_in_an_error_that_says_until_when() {
    let script = (0..10).map(|_| Action::Answer(429, "", "{}")).collect();
    let server = Server::playing(script).await;
    let (transport, _) = transport(server.base.clone());
    let error = transport.send(&create()).await.unwrap_err();
    assert!(matches!(error, TransportError::Wait { .. }), "{error:?}");
    assert!(
        server.received() <= 4,
        "10, 20 and 30 seconds fill the minute"
    );
}

/// Hands out `old` until it is refused.
struct Renewable;

#[async_trait::async_trait]
impl TokenSource for Renewable {
    async fn token(&self) -> Result<Option<SecretString>, TokenError> {
        Ok(Some(SecretString::from("old")))
    }

    async fn refreshed(&self, rejected: &SecretString) -> Result<Option<SecretString>, TokenError> {
        assert_eq!(rejected.expose_secret(), "old");
        Ok(Some(SecretString::from("new")))
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let refused = || Action::Answer(401, "", "{}");
    let server = Server::playing(vec![refused(), OK, refused(), refused()]).await;
    let (transport, _) = transport(server.base.clone());
    let transport = transport.with_tokens(Arc::new(Renewable));
    assert!(transport.send(&create()).await.unwrap().is_success());
    let second = transport.send(&create()).await.unwrap();
    assert_eq!(second.status, StatusCode::UNAUTHORIZED, "handed on");
    assert_eq!(server.received(), 4);
    let heads = server.heads.lock().unwrap();
    assert!(
        heads[0].contains("authorization: Bearer old"),
        "{}",
        heads[0]
    );
    assert!(
        heads[1].contains("authorization: Bearer new"),
        "{}",
        heads[1]
    );
}

#[tokio::test]
async fn a_token_request_carries_no_token_and_a_redirect_is_not_followed() {
    let server = Server::playing(vec![
        OK,
        Action::Answer(302, "location: https://example.com/\r\n", ""),
    ])
    .await;
    let (transport, _) = transport(server.base.clone());
    let request = ApiRequest::once(Method::POST, "/oauth/token")
        .kind(RequestKind::Token)
        .at_host("https://login.example.com")
        .form(vec![("code".into(), "a b".into())]);
    transport.send(&request).await.unwrap();
    assert_eq!(transport.counts().token, 1);
    assert_eq!(
        transport.send(&read()).await.unwrap().status,
        StatusCode::FOUND
    );
    let heads = server.heads.lock().unwrap();
    assert!(
        !heads[0].to_lowercase().contains("authorization"),
        "{}",
        heads[0]
    );
    assert!(heads[0].contains("user-agent: mobly-sync/"), "{}", heads[0]);
    assert!(heads[1].contains("GET /contacts?email=jane%40example.com"));
}

#[tokio::test]
async fn no_error_and_no_debug_output_holds_a_secret_or_personal_data() {
    let (transport, _) = transport(refused_port().await);
    let error = transport.send(&read()).await.unwrap_err();
    let all = format!("{error} {error:?} {transport:?} {:?}", read());
    for secret in ["canary-token", "jane"] {
        assert!(!all.contains(secret), "{all}");
    }
}

#[tokio::test]
async fn observers_hear_of_waits_and_answers() {
    let server = Server::playing(vec![Action::Answer(429, "", "{}"), Action::Close, OK]).await;
    let (transport, _) = transport(server.base.clone());
    let events: Arc<Mutex<Vec<TransportEvent>>> = Arc::default();
    let sink = Arc::clone(&events);
    let transport = transport.with_observer(Arc::new(move |event| {
        sink.lock().unwrap().push(event.clone());
    }));
    transport.send(&read()).await.unwrap();
    let events = events.lock().unwrap();
    assert!(events.iter().any(|event| matches!(
        event,
        TransportEvent::Waiting {
            quota: "burst",
            told: true,
            ..
        }
    )));
    assert!(
        events
            .iter()
            .any(|event| matches!(event, TransportEvent::Retrying { attempt: 1, .. }))
    );
    let answers = events
        .iter()
        .filter(|event| matches!(event, TransportEvent::Sent { .. }))
        .count();
    assert_eq!(answers, 3);
}
