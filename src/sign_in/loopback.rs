//! The loopback side of a sign-in in the browser (RFC 8252 7.3), the same for every vendor.
//!
//! [`Loopback::bind`] takes a port, so that its [`Loopback::redirect_uri`] can be put into the address the browser opens;
//! [`Loopback::wait`] gives the code the browser brings back; the browser is then held until
//! [`Browser::finish`] says whether the code was worth a token, so that no page claims a success that was none.
//!
//! Invariants: only this machine can connect (127.0.0.1, and ::1 for `localhost`); a code without the right state never comes
//! out; code and state stand in no log, page, error or `Debug`; nothing a browser or another program does here, such as
//! connecting and saying nothing, keeps the sign-in from ending or the process from leaving. Dropping any of these values
//! stops what it started: a caller may `select!` against Ctrl-C.

#[cfg(test)]
mod paste_tests;
mod reception;
mod redirect;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpListener;

use crate::clock::SharedClock;
use reception::{Arrival, BothStacks, CALLBACK, Ending, Reception, Server};
use redirect::{hidden, in_words, is_by_the_person};

pub use redirect::{PasteError, Stray, parse_pasted};

/// How many free ports are tried until one is free on both address families.
const ATTEMPTS: usize = 16;

/// Why no code came.
#[derive(Debug, thiserror::Error)]
pub enum LoopbackError {
    /// Only `localhost` and `127.0.0.1` lead back to this machine everywhere.
    #[error(
        "cannot wait for the browser at `{host}`: only localhost and 127.0.0.1 are this machine"
    )]
    NotThisMachine {
        /// The host asked for.
        host: String,
    },
    /// Another program listens there, possibly another sign-in.
    #[error(
        "port {port} is taken by another program: end it, choose another port with --redirect-port N (which the vendor's app \
         must know as its redirect address), or use --no-browser"
    )]
    PortTaken {
        /// The port asked for.
        port: u16,
    },
    /// The system does not let us listen.
    #[error(
        "cannot listen on port {port} ({source}): choose another port with --redirect-port N, or use --no-browser"
    )]
    Bind {
        /// The port asked for; 0 is any.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The person, or the authorization server, said no.
    #[error(
        "{} ({})",
        if is_by_the_person(error) { "access was not granted in the browser" } else { "the vendor refused the sign-in" },
        in_words(error, description.as_deref())
    )]
    Denied {
        /// The server's word (RFC 6749 4.1.2.1), such as `access_denied`; one line of at most 60 characters.
        error: String,
        /// The server's words, if any; one line of at most 300 characters.
        description: Option<String>,
    },
    /// Nobody came in time.
    #[error(
        "nobody finished the sign-in in the browser within {}{}; run the command again, with --no-browser where the browser \
         runs on another machine",
        in_minutes(*patience),
        stray.map_or("", remark)
    )]
    TimedOut {
        /// How long it was waited.
        patience: Duration,
        /// The last redirect that came and did not fit.
        stray: Option<Stray>,
    },
}

fn remark(stray: Stray) -> &'static str {
    match stray {
        Stray::OtherState => {
            " (one that belongs to another sign-in came and was ignored: open only the address shown last)"
        }
        Stray::NoState => " (a redirect without `state` came and was ignored)",
        Stray::NoCode => " (a redirect without a code came and was ignored)",
    }
}

fn in_minutes(duration: Duration) -> String {
    match duration.as_secs() {
        60 => "a minute".to_owned(),
        seconds if seconds > 0 && seconds.is_multiple_of(60) => format!("{} minutes", seconds / 60),
        1 => "a second".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}

/// A port that is ours, before anybody is answered: until [`Loopback::wait`] a browser that connects is kept in the queue.
#[derive(Debug)]
pub struct Loopback {
    host: String,
    port: u16,
    first: TcpListener,
    second: Option<TcpListener>,
}

impl Loopback {
    /// Takes `port` (0: any that is free) of this machine. `host` is what vendors take in a redirect address: `localhost`, for
    /// which both 127.0.0.1 and, where the machine has it, ::1 are taken, or `127.0.0.1`.
    ///
    /// # Errors
    /// [`LoopbackError::NotThisMachine`], [`LoopbackError::PortTaken`] (also when it is taken on ::1 alone: the browser might
    /// bring the code there), [`LoopbackError::Bind`].
    pub async fn bind(host: &str, port: u16) -> Result<Self, LoopbackError> {
        let on_both = match host {
            "localhost" => true,
            "127.0.0.1" => false,
            _ => {
                return Err(LoopbackError::NotThisMachine {
                    host: host.to_owned(),
                });
            }
        };
        let mut attempts = if port == 0 { ATTEMPTS } else { 1 };
        loop {
            attempts -= 1;
            match Self::bind_once(host, port, on_both).await {
                Err(LoopbackError::PortTaken { .. }) if attempts > 0 => {}
                result => return result,
            }
        }
    }

    async fn bind_once(host: &str, asked: u16, on_both: bool) -> Result<Self, LoopbackError> {
        let failed = |port| {
            move |source: io::Error| match source.kind() {
                io::ErrorKind::AddrInUse => LoopbackError::PortTaken { port },
                _ => LoopbackError::Bind { port, source },
            }
        };
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, asked))
            .await
            .map_err(failed(asked))?;
        let port = first.local_addr().map_err(failed(asked))?.port();
        let second = match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            _ if !on_both => None,
            Ok(second) => Some(second),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                return Err(failed(port)(error));
            }
            // A machine without IPv6.
            Err(_) => None,
        };
        Ok(Self {
            host: host.to_owned(),
            port,
            first,
            second,
        })
    }

    /// The port taken.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The redirect address: `http://HOST:PORT/callback`.
    #[must_use]
    pub fn redirect_uri(&self) -> String {
        format!("http://{}:{}{CALLBACK}", self.host, self.port)
    }

    /// Waits for the redirect with `expected_state`. `title` is the vendor as its pages are to name it. Redirects that do not
    /// fit get a page that says so, and it is waited on.
    ///
    /// # Errors
    /// [`LoopbackError::Denied`], once the browser has its page; [`LoopbackError::TimedOut`] after `patience`. The port is free
    /// again then.
    pub async fn wait(
        self,
        expected_state: &str,
        title: &str,
        patience: Duration,
        clock: SharedClock,
    ) -> Result<Redirected, LoopbackError> {
        let (reception, arrival) = Reception::new(expected_state, title, clock.clone());
        let listener = BothStacks {
            first: self.first,
            second: self.second,
        };
        let server = Server::start(listener, reception.clone());
        let arrived = tokio::select! {
            biased;
            arrived = arrival => arrived.ok(),
            () = clock.sleep(patience) => None,
        };
        match arrived {
            Some(Arrival::Code { code, parameters }) => Ok(Redirected {
                browser: Browser {
                    secrets: [code.clone(), SecretString::from(expected_state)],
                    reception,
                    server: Some(server),
                },
                code,
                parameters,
            }),
            Some(Arrival::Denied { error, description }) => {
                reception.shown().await;
                server.close().await;
                Err(LoopbackError::Denied { error, description })
            }
            None => {
                reception.end(Ending::Unknown);
                server.close().await;
                Err(LoopbackError::TimedOut {
                    patience,
                    stray: reception.stray(),
                })
            }
        }
    }
}

/// What the browser brought, with the right state.
pub struct Redirected {
    /// The authorization code.
    pub code: SecretString,
    /// All other parameters but the state, decoded, as they came.
    pub parameters: Vec<(String, String)>,
    /// The browser, which waits to be told.
    pub browser: Browser,
}

impl fmt::Debug for Redirected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.parameters.iter().map(|(name, _)| &**name).collect();
        formatter
            .debug_struct("Redirected")
            .field("parameters", &names)
            .finish_non_exhaustive()
    }
}

/// How a sign-in ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The code was worth a token; a few words for the account, or none: "Acme, portal 12345".
    Connected(String),
    /// It was not: a sentence that says why.
    Failed(String),
}

/// The browser after its redirect, held until it is told how the sign-in ended. After 30 seconds, or when this is dropped, it is
/// sent back to the terminal; the port may stay taken for a second after a drop.
pub struct Browser {
    reception: Arc<Reception>,
    /// Must not get onto a page, whoever put them into a sentence.
    secrets: [SecretString; 2],
    /// `None` once it was handed on.
    server: Option<Server>,
}

impl Browser {
    /// Tells the browser, and comes back when it has its page, or after a second if it does not come for it.
    pub async fn finish(mut self, outcome: Outcome) -> Lingering {
        let clean = |text: String| {
            let secrets = self.secrets.iter();
            hidden(&text, secrets.map(ExposeSecret::expose_secret))
        };
        self.reception.end(match outcome {
            Outcome::Connected(account) => Ending::Connected(clean(account)),
            Outcome::Failed(reason) => Ending::Failed(clean(reason)),
        });
        self.reception.shown().await;
        Lingering {
            server: self.server.take(),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.reception.end(Ending::Unknown);
        let Some(server) = self.server.take() else {
            return;
        };
        // Its redirect was answered, and it may be just about to ask how it ended.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let reception = self.reception.clone();
            runtime.spawn(async move {
                reception.shown().await;
                drop(server);
            });
        }
    }
}

/// The server after the end: it answers a reload or a further tab until this is dropped.
pub struct Lingering {
    server: Option<Server>,
}

impl Lingering {
    /// Stops, lets answers under way finish, and comes back when the port is free.
    pub async fn close(mut self) {
        if let Some(server) = self.server.take() {
            server.close().await;
        }
    }
}
