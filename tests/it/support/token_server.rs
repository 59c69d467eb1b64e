//! A small authorization server for tests: it rotates refresh tokens, counts, and fails when told to. It shares no code with
//! the client.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};

type Fields = HashMap<String, String>;

#[derive(Default)]
pub(crate) struct Inner {
    /// How many requests came in, answered or not.
    pub(crate) begun: usize,
    /// What was asked, in order.
    pub(crate) asked: Vec<(Fields, Option<String>)>,
    /// Answers given before the ordinary one.
    pub(crate) first: Vec<(u16, Value)>,
    /// Access tokens handed out.
    pub(crate) generation: u64,
    /// The refresh token that is good now; where it rotates, using it makes the next one.
    pub(crate) refresh: u64,
    /// Whether a used refresh token dies.
    pub(crate) rotates: bool,
    /// Seconds an access token lives; none: not told.
    pub(crate) life: Option<u64>,
    /// How long an answer takes.
    pub(crate) latency: Duration,
    /// Hands out the token it has until this is raised.
    pub(crate) same_token: bool,
}

/// A running server.
pub(crate) struct TokenServer {
    pub(crate) address: SocketAddr,
    pub(crate) inner: Arc<Mutex<Inner>>,
}

impl TokenServer {
    pub(crate) async fn start(inner: Inner) -> Self {
        let inner = Arc::new(Mutex::new(inner));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/token", post(token))
            .with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, inner }
    }

    pub(crate) fn asked(&self) -> usize {
        self.inner.lock().unwrap().asked.len()
    }

    pub(crate) fn begun(&self) -> usize {
        self.inner.lock().unwrap().begun
    }

    pub(crate) fn field(&self, request: usize, name: &str) -> Option<String> {
        self.inner.lock().unwrap().asked[request]
            .0
            .get(name)
            .cloned()
    }
}

async fn token(
    State(inner): State<Arc<Mutex<Inner>>>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let latency = {
        let mut inner = inner.lock().unwrap();
        inner.begun += 1;
        inner.latency
    };
    if !latency.is_zero() {
        #[allow(clippy::disallowed_methods)] // the server's time is its own
        tokio::time::sleep(latency).await;
    }
    let mut inner = inner.lock().unwrap();
    let authorization = headers
        .get("authorization")
        .map(|value| value.to_str().unwrap().to_owned());
    inner.asked.push((fields.clone(), authorization));
    if !inner.first.is_empty() {
        let (status, body) = inner.first.remove(0);
        let status = StatusCode::from_u16(status).unwrap();
        return (status, axum::Json(body)).into_response();
    }
    if fields["grant_type"] == "refresh_token"
        && fields["refresh_token"] != format!("refresh-{}", inner.refresh)
    {
        let body =
            json!({"error": "invalid_grant", "error_description": "expired access/refresh token"});
        return (StatusCode::BAD_REQUEST, axum::Json(body)).into_response();
    }
    if !inner.same_token {
        inner.generation += 1;
    }
    let mut body = json!({
        "access_token": format!("access-{}", inner.generation),
        "token_type": "Bearer",
        "scope": "a b",
    });
    if inner.rotates {
        inner.refresh += 1;
        body["refresh_token"] = json!(format!("refresh-{}", inner.refresh));
    }
    if let Some(life) = inner.life {
        body["expires_in"] = json!(life);
    }
    axum::Json(body).into_response()
}
