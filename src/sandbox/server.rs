//! The HTTP side every vendor shares: counting, latency, faults, control paths.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::{Body as HttpBody, Bytes, to_bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, StatusCode, request::Parts};
use axum::response::Response;
use futures_util::stream;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::connection::{CuttableListener, Scissors};
use super::counters::Counters;
use super::faults::{Fault, FaultInjector, FaultKind, disturb_rows};
use super::time::SandboxClock;
use super::vendor::{self, FakeVendor};
use super::wire::{Body, Classification, Reply, Request, segments};
use super::{SandboxError, SandboxOptions};

/// Far above any vendor's own limit; only protects the process.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

pub(super) struct Server {
    clock: Arc<SandboxClock>,
    vendor: Box<dyn FakeVendor>,
    slow_for: Duration,
    control: Mutex<Control>,
    requests: AtomicU64,
    running: watch::Receiver<bool>,
}

struct Control {
    counters: Counters,
    faults: FaultInjector,
    latency: Duration,
}

/// Tells the vendor that a request has left, also when its client hung up while it waited.
struct Stay<'a> {
    vendor: &'a dyn FakeVendor,
    number: u64,
}

impl Drop for Stay<'_> {
    fn drop(&mut self) {
        self.vendor.left(self.number);
    }
}

pub(super) async fn serve(
    listener: TcpListener,
    server: Arc<Server>,
    mut running: watch::Receiver<bool>,
) {
    let application = Router::new()
        .fallback(answer)
        .with_state(server)
        .into_make_service_with_connect_info::<Scissors>();
    let stopped = async move {
        // An error means that the handle was dropped: nobody wants this server any more.
        let _ = running.wait_for(|running| !running).await;
    };
    // The future never fails (axum's documentation): accept errors are retried inside.
    let _ = axum::serve(CuttableListener(listener), application)
        .with_graceful_shutdown(stopped)
        .await;
}

async fn answer(
    State(server): State<Arc<Server>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: axum::extract::Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        scissors.cut();
        return Response::new(HttpBody::empty());
    };
    let number = server.requests.fetch_add(1, Ordering::Relaxed);
    let request = to_request(parts, body, number);
    if request.path.starts_with("/_") {
        return into_response(&server.control_path(&request));
    }
    server.answer(&request, &scissors).await
}

fn to_request(parts: Parts, body: Bytes, number: u64) -> Request {
    Request {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body: body.into(),
        number,
    }
}

impl Server {
    pub(super) fn new(
        options: &SandboxOptions,
        running: watch::Receiver<bool>,
    ) -> Result<Self, SandboxError> {
        let clock = Arc::new(SandboxClock::new(options.time_factor));
        let control = Control {
            counters: Counters::default(),
            faults: FaultInjector::new(&options.faults, options.seed),
            latency: options.latency,
        };
        Ok(Self {
            vendor: vendor::build(options, &clock)?,
            clock,
            slow_for: options.slow_for,
            control: Mutex::new(control),
            requests: AtomicU64::new(0),
            running,
        })
    }

    pub(super) fn clock(&self) -> &SandboxClock {
        &self.clock
    }

    fn control(&self) -> MutexGuard<'_, Control> {
        self.control.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(&self, request: &Request, scissors: &Scissors) -> Response {
        let class = self.vendor.classify(request);
        let (fault, latency) = {
            let mut control = self.control();
            control
                .counters
                .arrived(&request.method, &request.path, class);
            let fault = control.faults.draw(&request.path, class);
            if let Some(kind) = fault {
                control.counters.fault(kind);
            }
            (fault, control.latency)
        };
        let _stay = Stay {
            vendor: self.vendor.as_ref(),
            number: request.number,
        };
        if !latency.is_zero() {
            self.vendor.arrived(request);
            self.wait(latency).await;
        }
        match fault {
            None => self.finish(&self.handle(request, class)),
            Some(kind) if kind.applies() => {
                let reply = self.handle(request, class);
                self.spoil(kind, reply, scissors).await
            }
            Some(FaultKind::Html) => {
                let page = self.control().faults.html_page();
                self.finish(&page)
            }
            Some(FaultKind::Status(status)) => self.finish(&self.vendor.error(status)),
            Some(_) => cut(scissors),
        }
    }

    fn handle(&self, request: &Request, class: Classification) -> Reply {
        let reply = self.vendor.handle(request);
        self.control().counters.handled(class, &reply);
        reply
    }

    /// The faults that strike after the request took effect.
    async fn spoil(&self, kind: FaultKind, mut reply: Reply, scissors: &Scissors) -> Response {
        match kind {
            FaultKind::DropAfter => cut(scissors),
            FaultKind::Truncate => {
                self.control().counters.answered(reply.status);
                truncated(&reply)
            }
            FaultKind::BrokenJson => {
                let text = body_text(&reply);
                self.finish_text(&reply, text.replacen('{', "{{\"oops\": undefined,", 1))
            }
            FaultKind::Slow => {
                self.wait(self.slow_for).await;
                self.finish(&reply)
            }
            FaultKind::Status(status) => self.finish(&self.vendor.error(status)),
            _ => {
                disturb_rows(kind, &mut reply);
                self.finish(&reply)
            }
        }
    }

    fn finish(&self, reply: &Reply) -> Response {
        self.control().counters.answered(reply.status);
        into_response(reply)
    }

    fn finish_text(&self, reply: &Reply, text: String) -> Response {
        self.control().counters.answered(reply.status);
        response_with(reply, HttpBody::from(text))
    }

    /// Waits in sandbox time, but not beyond the end of the server.
    async fn wait(&self, duration: Duration) {
        if duration.is_zero() {
            return;
        }
        let mut running = self.running.clone();
        tokio::select! {
            () = self.clock.sleep(duration) => {}
            _ = running.wait_for(|running| !running) => {}
        }
    }

    pub(super) fn connect_options(&self) -> Vec<(&'static str, String)> {
        self.vendor.connect_options()
    }

    pub(super) fn can_seed(&self) -> bool {
        self.vendor.can_seed()
    }

    pub(super) fn stats(&self) -> Value {
        let mut stats = self.control().counters.to_json();
        self.vendor.add_stats(&mut stats);
        Value::Object(stats)
    }

    fn control_path(&self, request: &Request) -> Reply {
        let parts = request.segments();
        let body = match request.body.as_slice() {
            [] => Value::Null,
            bytes => match serde_json::from_slice(bytes) {
                Ok(body) => body,
                Err(error) => return refusal(400, &error.to_string()),
            },
        };
        match parts.split_first() {
            Some((first, [])) if first == "_stats" => Reply::json(200, self.stats()),
            Some((first, rest)) if first == "_admin" => self.admin(&request.method, rest, &body),
            _ => refusal(404, "there is /_stats and /_admin"),
        }
    }

    pub(super) fn admin_value(&self, method: &Method, path: &str, body: &Value) -> (u16, Value) {
        let reply = self.admin(method, &segments(path), body);
        let body = match reply.body {
            Body::Json(body) => body,
            Body::Empty => Value::Null,
            Body::Html(text) => Value::String(text),
        };
        (reply.status, body)
    }

    fn admin(&self, method: &Method, parts: &[String], body: &Value) -> Reply {
        let names: Vec<&str> = parts.iter().map(String::as_str).collect();
        if *method != Method::POST {
            return self.vendor.admin(method, parts, body);
        }
        match names.as_slice() {
            ["faults"] => self.set_faults(body),
            ["clock"] => {
                self.clock.advance(Duration::from_millis(
                    body["advance_ms"].as_u64().unwrap_or(0),
                ));
                Reply::empty(204)
            }
            ["latency"] => {
                let milliseconds = body["milliseconds"].as_u64().unwrap_or(0);
                self.control().latency = Duration::from_millis(milliseconds);
                Reply::empty(204)
            }
            ["stats", "reset"] => {
                self.control().counters = Counters::default();
                Reply::empty(204)
            }
            ["reset"] => {
                self.vendor.reset();
                self.control().counters = Counters::default();
                Reply::empty(204)
            }
            _ => self.vendor.admin(method, parts, body),
        }
    }

    fn set_faults(&self, body: &Value) -> Reply {
        let texts = body["faults"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        match texts.map(str::parse).collect::<Result<Vec<Fault>, _>>() {
            Ok(faults) => {
                self.control().faults.replace(&faults);
                Reply::empty(204)
            }
            Err(error) => refusal(400, &error.to_string()),
        }
    }
}

/// An answer of the control paths to a request they do not understand.
pub(super) fn refusal(status: u16, message: &str) -> Reply {
    Reply::json(status, json!({"error": message}))
}

fn cut(scissors: &Scissors) -> Response {
    scissors.cut();
    Response::new(HttpBody::empty())
}

fn body_text(reply: &Reply) -> String {
    match &reply.body {
        Body::Empty => String::new(),
        Body::Json(body) => body.to_string(),
        Body::Html(text) => text.clone(),
    }
}

fn into_response(reply: &Reply) -> Response {
    let body = HttpBody::from(body_text(reply));
    response_with(reply, body)
}

fn response_with(reply: &Reply, body: HttpBody) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = match reply.body {
        Body::Empty => None,
        Body::Json(_) => Some("application/json;charset=utf-8"),
        Body::Html(_) => Some("text/html; charset=UTF-8"),
    };
    let headers = response.headers_mut();
    if let Some(content_type) = content_type {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    for (name, value) in &reply.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(*name, value);
        }
    }
    response
}

/// Announces the whole body, sends half of it and breaks off.
fn truncated(reply: &Reply) -> Response {
    let text = body_text(reply);
    let half = Bytes::copy_from_slice(&text.as_bytes()[..text.len() / 2]);
    let mut steps = 0;
    let chunks = stream::poll_fn(move |context| {
        steps += 1;
        match steps {
            1 => Poll::Ready(Some(Ok::<_, BrokenOff>(half.clone()))),
            // Waiting once makes the server flush the half before it sees the error.
            2 => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            _ => Poll::Ready(Some(Err(BrokenOff))),
        }
    });
    let mut response = response_with(reply, HttpBody::from_stream(chunks));
    response
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(text.len()));
    response
}

#[derive(Debug, thiserror::Error)]
#[error("broken off on purpose")]
struct BrokenOff;
