//! The HTTP side: takes the first redirect that fits, and keeps every browser tab told.
//!
//! The redirect itself is answered at once with 303 to `/done`, and the request of `/done` is what is held until the end is
//! known. So the code leaves the address bar and its history before anything else happens, and a reload, or a browser that
//! fetched ahead, comes to `/done` again, which is harmless as often as it is asked.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, HOST, LOCATION};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use axum::serve::Listener;
use secrecy::{ExposeSecret, SecretString};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use super::redirect::{self, Answer, Stray, in_words, is_by_the_person, legible};
use crate::clock::SharedClock;
use crate::sign_in::page::{self, Page};

/// Where the redirect comes.
pub(super) const CALLBACK: &str = "/callback";
/// Where it is sent on to.
const DONE: &str = "/done";
/// Where a redirect that does not fit is sent on to.
const STRAY: &str = "/other";
/// How long a browser is held before it is sent back to the terminal. Browsers themselves wait longer (Firefox 90 s).
const HOLD: Duration = Duration::from_secs(30);
/// How long the end waits for the browser to ask for it. It asks at once after the redirect, or its tab was closed.
const ARRIVAL: Duration = Duration::from_secs(1);
/// How long answers under way may take when the server stops.
const STOP: Duration = Duration::from_millis(500);
/// The longest address looked at, in bytes; the code itself may be some thousand.
const LONGEST_ADDRESS: usize = 16 * 1024;
/// How much of a title is shown, in characters.
const LONGEST_TITLE: usize = 60;

/// What the redirect brought to the one who waits.
pub(super) enum Arrival {
    Code {
        code: SecretString,
        parameters: Vec<(String, String)>,
    },
    Denied {
        error: String,
        description: Option<String>,
    },
}

/// How the sign-in ended, as far as the browser is told.
#[derive(Clone)]
pub(super) enum Ending {
    Connected(String),
    Failed(String),
    Denied,
    Refused(String),
    Unknown,
}

pub(super) struct Reception {
    title: String,
    expected_state: SecretString,
    clock: SharedClock,
    /// Gone once the redirect came: the first one wins.
    waiting: Mutex<Option<oneshot::Sender<Arrival>>>,
    stray: Mutex<Option<Stray>>,
    ending: watch::Sender<Option<Ending>>,
    shown: watch::Sender<bool>,
}

impl Reception {
    pub(super) fn new(
        expected_state: &str,
        title: &str,
        clock: SharedClock,
    ) -> (Arc<Self>, oneshot::Receiver<Arrival>) {
        let (sender, arrival) = oneshot::channel();
        let reception = Self {
            title: legible(title, LONGEST_TITLE),
            expected_state: SecretString::from(expected_state),
            clock,
            waiting: Mutex::new(Some(sender)),
            stray: Mutex::new(None),
            ending: watch::Sender::new(None),
            shown: watch::Sender::new(false),
        };
        (Arc::new(reception), arrival)
    }

    /// Tells every tab how it ended; the first word counts.
    pub(super) fn end(&self, ending: Ending) {
        self.ending.send_if_modified(|known| {
            let first = known.is_none();
            known.get_or_insert(ending);
            first
        });
    }

    /// Waits until a browser was told, or is not going to ask.
    ///
    /// The page is written to the socket in the same poll of the connection's task that marks it shown, so that on one thread
    /// it is on its way when this comes back, and on several a moment later.
    pub(super) async fn shown(&self) {
        let mut shown = self.shown.subscribe();
        tokio::select! {
            biased;
            _ = shown.wait_for(|shown| *shown) => {}
            () = self.clock.sleep(ARRIVAL) => {}
        }
    }

    /// The last redirect that did not fit.
    pub(super) fn stray(&self) -> Option<Stray> {
        *self.stray.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands `arrival` to the one who waits, unless something was handed over before.
    fn arrive(&self, arrival: Arrival) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = waiting.take() {
            if let Arrival::Denied { error, description } = &arrival {
                self.end(if is_by_the_person(error) {
                    Ending::Denied
                } else {
                    Ending::Refused(in_words(error, description.as_deref()))
                });
            }
            // Nobody waits any more only when the time is up: the ending says so already.
            let _ = sender.send(arrival);
        }
    }

    fn has_arrived(&self) -> bool {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.is_none() || self.ending.borrow().is_some()
    }

    /// Takes a redirect; gives where to send the browser on to.
    fn take(&self, query: &str) -> &'static str {
        match redirect::read(query, self.expected_state.expose_secret()) {
            Answer::Code { code, parameters } => self.arrive(Arrival::Code { code, parameters }),
            Answer::Denied { error, description } => {
                self.arrive(Arrival::Denied { error, description });
            }
            Answer::Stray(stray) => {
                *self.stray.lock().unwrap_or_else(PoisonError::into_inner) = Some(stray);
                return STRAY;
            }
        }
        DONE
    }

    /// The page of the end, once it is known.
    async fn done(&self) -> Response {
        if !self.has_arrived() {
            return self.waiting_page();
        }
        let late = *self.shown.borrow();
        let mut ending = self.ending.subscribe();
        let known = async {
            let known = ending.wait_for(Option::is_some).await;
            known.ok().and_then(|ending| ending.clone())
        };
        let ending = tokio::select! {
            biased;
            ending = known => ending,
            () = self.clock.sleep(HOLD) => None,
        };
        self.shown.send_replace(true);
        let title = self.title.as_str();
        match &ending {
            Some(Ending::Connected(account)) if late => Page::Already { title, account },
            Some(Ending::Connected(account)) => Page::Connected { title, account },
            Some(Ending::Failed(reason)) => Page::Failed { title, reason },
            Some(Ending::Denied) => Page::Denied { title },
            Some(Ending::Refused(words)) => Page::Refused { title, words },
            Some(Ending::Unknown) | None => Page::Terminal,
        }
        .response(StatusCode::OK)
    }

    fn waiting_page(&self) -> Response {
        let title = self.title.as_str();
        Page::Waiting { title }.response(StatusCode::OK)
    }
}

async fn answer(State(reception): State<Arc<Reception>>, request: Request) -> Response {
    if !is_meant_for_this_machine(&request) {
        return Page::NotFound.response(StatusCode::MISDIRECTED_REQUEST);
    }
    let address = request.uri();
    let query = address.query().unwrap_or_default();
    let path = match address.path().trim_end_matches('/') {
        "" => "/",
        path => path,
    };
    if path.len() + query.len() > LONGEST_ADDRESS {
        return Page::NotUnderstood.response(StatusCode::URI_TOO_LONG);
    }
    let is_known = ["/", CALLBACK, DONE, STRAY].contains(&path);
    match *request.method() {
        _ if !is_known => Page::NotFound.response(StatusCode::NOT_FOUND),
        // Whoever only looks whether there is something (a link scanner) must neither use the code up nor be held.
        Method::HEAD => bare(StatusCode::OK),
        Method::GET => match path {
            CALLBACK => send_on(reception.take(query)),
            DONE => reception.done().await,
            STRAY => Page::Stray.response(StatusCode::BAD_REQUEST),
            _ => reception.waiting_page(),
        },
        _ => {
            let mut response = Page::NotUnderstood.response(StatusCode::METHOD_NOT_ALLOWED);
            let headers = response.headers_mut();
            headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            response
        }
    }
}

/// Keeps away a page elsewhere whose host name was pointed here after it was loaded (DNS rebinding). The port may be another:
/// people forward it.
fn is_meant_for_this_machine(request: &Request) -> bool {
    let Some(host) = request.headers().get(HOST) else {
        return true;
    };
    let host = host.to_str().unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

fn send_on(path: &'static str) -> Response {
    let mut response = bare(StatusCode::SEE_OTHER);
    let headers = response.headers_mut();
    headers.insert(LOCATION, HeaderValue::from_static(path));
    response
}

fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    *response.headers_mut() = page::headers();
    response
}

/// The running server. Dropping it stops listening and lets answers under way finish.
pub(super) struct Server {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    clock: SharedClock,
}

impl Server {
    pub(super) fn start(listener: BothStacks, reception: Arc<Reception>) -> Self {
        let clock = reception.clock.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let application = Router::new().fallback(answer).with_state(reception);
        let task = tokio::spawn(async move {
            let stopped = async {
                // An error means that the server was dropped, which is the same.
                let _ = stopped.await;
            };
            // Never fails (axum's documentation): accept errors are retried inside.
            let _ = axum::serve(listener, application)
                .with_graceful_shutdown(stopped)
                .await;
        });
        Self { stop, task, clock }
    }

    /// Stops, and comes back when the port is free.
    pub(super) async fn close(self) {
        let Self {
            stop,
            mut task,
            clock,
        } = self;
        drop(stop);
        tokio::select! {
            biased;
            _ = &mut task => {}
            () = clock.sleep(STOP) => {
                // Somebody keeps a connection busy: only the listener matters, and it goes with the task.
                task.abort();
                let _ = task.await;
            }
        }
    }
}

/// `localhost` is two addresses, and browsers try either first.
pub(super) struct BothStacks {
    pub(super) first: TcpListener,
    pub(super) second: Option<TcpListener>,
}

impl Listener for BothStacks {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        // The trait's own implementation for one listener rides out errors such as too many open files.
        let (stream, address) = match &mut self.second {
            None => Listener::accept(&mut self.first).await,
            Some(second) => tokio::select! {
                accepted = Listener::accept(&mut self.first) => accepted,
                accepted = Listener::accept(second) => accepted,
            },
        };
        // Small answers would otherwise wait for the browser's delayed acknowledgement.
        let _ = stream.set_nodelay(true);
        (stream, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.first.local_addr()
    }
}
