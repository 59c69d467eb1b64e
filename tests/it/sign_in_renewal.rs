//! Staying signed in: renewed early, once, stored before it is used.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use mobly_sync::clock::{ManualClock, SharedClock};
use mobly_sync::domain::integration::Settings;
use mobly_sync::secrets::{
    CredentialKind, MemorySecrets, SecretError, SecretKey, SecretStore, StoredCredential,
};
use mobly_sync::sign_in::{ClientApp, Exchange, ExchangeError, Keeper, RenewingToken};
use mobly_sync::transport::{
    AnswerRules, ApiRequest, ApiResponse, BaseUrl, Judgement, NoAuthorization, Pacer, TokenError,
    TokenScheme, TokenSource as _, Transport,
};
use mobly_sync::vendors::{ClientAuthentication, Endpoints, Oauth, Secret, usual_refusal};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use crate::support::token_server::{Inner, TokenServer};

struct Accept;

impl AnswerRules for Accept {
    fn judge(&self, _: &ApiRequest, _: &ApiResponse) -> Judgement {
        Judgement::Accept
    }
}

fn endpoints(_: &Settings) -> Result<Endpoints, String> {
    Ok(Endpoints {
        authorize: None,
        token: "https://login.example.com/token".into(),
        revoke: None,
        audience: None,
    })
}

const fn oauth(client: ClientAuthentication) -> Oauth {
    Oauth {
        endpoints,
        client,
        pkce: true,
        secret: Secret::Required,
        scopes: &[],
        scope_separator: " ",
        authorize: &[],
        redirect_host: "localhost",
        redirected: |_, _| Ok(()),
        granted: |_, _| Ok(()),
        life: None,
        refusal: usual_refusal,
    }
}

static FORM: Oauth = oauth(ClientAuthentication::Form);
static BASIC: Oauth = oauth(ClientAuthentication::Basic);

fn start() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// One machine: a clock, a place for secrets, a database beside which the lock stands.
struct Machine {
    clock: Arc<ManualClock>,
    secrets: Arc<dyn SecretStore>,
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        Self::with(Arc::new(MemorySecrets::default()))
    }

    fn with(secrets: Arc<dyn SecretStore>) -> Self {
        Self {
            clock: Arc::new(ManualClock::new(start())),
            secrets,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn keeper(&self) -> Keeper {
        let database: &Path = &self.folder.path().join("m.db");
        let key = SecretKey::new("1", "crm");
        Keeper::new(Arc::clone(&self.secrets), key, database)
    }

    fn exchange(&self, server: &TokenServer, oauth: &'static Oauth) -> Exchange {
        let clock: SharedClock = self.clock.clone();
        let base = BaseUrl::parse(&format!("http://{}", server.address)).unwrap();
        let pacer = Pacer::new(&[], clock.clone(), 95, false);
        let transport =
            Transport::new(base, Arc::new(Accept), Arc::new(NoAuthorization), pacer).unwrap();
        Exchange::new(&transport, oauth, Settings::default(), clock)
    }

    /// A process that starts with what is stored.
    async fn process(&self, server: &TokenServer) -> RenewingToken {
        let keeper = self.keeper();
        let stored = keeper.load().await.unwrap().unwrap();
        let clock: SharedClock = self.clock.clone();
        RenewingToken::new(
            stored,
            self.exchange(server, &FORM),
            Some(keeper),
            TokenScheme::Bearer,
            clock,
        )
    }

    /// Signed in half an hour ago, at the end of the access token.
    async fn signed_in(&self, life: i64) {
        let credential = StoredCredential {
            kind: CredentialKind::Oauth,
            refresh_token: Some("refresh-0".into()),
            expires_at: Some(start() + jiff::SignedDuration::from_secs(life)),
            client_id: Some("app".into()),
            client_secret: Some("shh".into()),
            ..StoredCredential::token("access-0".into())
        };
        self.keeper().save(credential).await.unwrap();
    }

    async fn stored(&self) -> StoredCredential {
        self.keeper().load().await.unwrap().unwrap()
    }
}

fn shown(token: Option<SecretString>) -> String {
    token.unwrap().expose_secret().to_owned()
}

fn rotating() -> Inner {
    Inner {
        rotates: true,
        life: Some(1_800),
        ..Inner::default()
    }
}

#[tokio::test]
async fn it_is_renewed_by_the_clock_before_it_ends_and_once_for_all() {
    let (machine, server) = (Machine::new(), TokenServer::start(rotating()).await);
    machine.signed_in(1_800).await;
    let token = Arc::new(machine.process(&server).await);
    assert_eq!(shown(token.token().await.unwrap()), "access-0");
    machine.clock.advance(Duration::from_secs(1_600));
    assert_eq!(shown(token.token().await.unwrap()), "access-0");
    machine.clock.advance(Duration::from_secs(100));
    let all = (0..50).map(|_| {
        let token = Arc::clone(&token);
        tokio::spawn(async move { shown(token.token().await.unwrap()) })
    });
    for one in futures_util::future::join_all(all).await {
        assert_eq!(one.unwrap(), "access-1");
    }
    assert_eq!(server.asked(), 1);
    assert_eq!(server.field(0, "client_id").unwrap(), "app");
    assert_eq!(server.field(0, "client_secret").unwrap(), "shh");
    assert_eq!(server.field(0, "refresh_token").unwrap(), "refresh-0");
}

#[tokio::test]
async fn a_rotated_refresh_token_is_stored_before_the_new_token_is_used() {
    let (machine, server) = (Machine::new(), TokenServer::start(rotating()).await);
    machine.signed_in(0).await;
    let token = machine.process(&server).await;
    assert_eq!(shown(token.token().await.unwrap()), "access-1");
    let stored = machine.stored().await;
    assert_eq!(stored.refresh_token.unwrap().expose_secret(), "refresh-1");
    assert_eq!(stored.access_token.expose_secret(), "access-1");
    assert_eq!(stored.client_secret.unwrap().expose_secret(), "shh");
    assert_eq!(stored.scopes.unwrap(), ["a", "b"]);
}

#[tokio::test]
async fn ten_processes_with_an_expired_token_make_one_request() {
    let inner = Inner {
        latency: Duration::from_millis(50),
        ..rotating()
    };
    let (machine, server) = (Machine::new(), TokenServer::start(inner).await);
    machine.signed_in(0).await;
    let mut processes = Vec::new();
    for _ in 0..10 {
        processes.push(machine.process(&server).await);
    }
    let tokens = processes.iter().map(RenewingToken::token);
    for token in futures_util::future::join_all(tokens).await {
        assert_eq!(shown(token.unwrap()), "access-1");
    }
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_whoever_was_refused() {
    let (machine, server) = (Machine::new(), TokenServer::start(rotating()).await);
    machine.signed_in(1_800).await;
    let (one, two) = (
        machine.process(&server).await,
        machine.process(&server).await,
    );
    let old = SecretString::from("access-0");
    let first = futures_util::future::join_all((0..20).map(|_| one.refreshed(&old))).await;
    assert!(
        first
            .into_iter()
            .all(|token| shown(token.unwrap()) == "access-1")
    );
    // The other process meets the refusal later, and finds the new one where it is kept.
    assert_eq!(shown(two.refreshed(&old).await.unwrap()), "access-1");
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn a_sign_in_that_is_over_is_asked_for_once() {
    let inner = Inner {
        refresh: 7,
        ..rotating()
    };
    let (machine, server) = (Machine::new(), TokenServer::start(inner).await);
    machine.signed_in(0).await;
    let token = machine.process(&server).await;
    for _ in 0..3 {
        let error = token.token().await.unwrap_err();
        let TokenError::SignIn(words) = error else {
            panic!("{error:?}");
        };
        assert!(words.contains("expired access/refresh token"), "{words}");
        assert!(!words.contains("refresh-0"), "{words}");
    }
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn a_busy_server_is_asked_again_and_an_outage_is_no_lost_sign_in() {
    let busy = || (429, json!({"error": "slow_down"}));
    let inner = Inner {
        first: vec![busy(), busy()],
        ..rotating()
    };
    let (machine, server) = (Machine::new(), TokenServer::start(inner).await);
    machine.signed_in(0).await;
    let token = machine.process(&server).await;
    assert_eq!(shown(token.token().await.unwrap()), "access-1");
    assert_eq!(server.asked(), 3);

    let inner = Inner {
        first: (0..40).map(|_| (503, json!({}))).collect(),
        ..rotating()
    };
    let (machine, server) = (Machine::new(), TokenServer::start(inner).await);
    machine.signed_in(0).await;
    let token = machine.process(&server).await;
    let error = token.token().await.unwrap_err();
    assert!(matches!(error, TokenError::Unavailable(_)), "{error:?}");
    assert_eq!(
        machine
            .stored()
            .await
            .refresh_token
            .unwrap()
            .expose_secret(),
        "refresh-0"
    );
}

#[tokio::test]
async fn a_server_that_hands_out_the_same_token_again_is_not_asked_at_every_request() {
    let inner = Inner {
        same_token: true,
        life: Some(60),
        ..Inner::default()
    };
    let (machine, server) = (Machine::new(), TokenServer::start(inner).await);
    machine.signed_in(0).await;
    let token = machine.process(&server).await;
    for _ in 0..50 {
        machine.clock.advance(Duration::from_secs(1));
        assert_eq!(shown(token.token().await.unwrap()), "access-0");
    }
    assert!(server.asked() <= 2, "{}", server.asked());
    // At its end a new one is made.
    server.inner.lock().unwrap().same_token = false;
    machine.clock.advance(Duration::from_secs(10));
    assert_eq!(shown(token.token().await.unwrap()), "access-1");
}

#[tokio::test]
async fn where_no_life_is_told_it_is_used_until_it_is_refused() {
    let inner = Inner {
        life: None,
        ..rotating()
    };
    let (machine, server) = (Machine::new(), TokenServer::start(inner).await);
    machine.signed_in(0).await;
    let token = machine.process(&server).await;
    assert_eq!(shown(token.token().await.unwrap()), "access-1");
    machine.clock.advance(Duration::from_hours(24));
    assert_eq!(shown(token.token().await.unwrap()), "access-1");
    assert_eq!(server.asked(), 1);
}

/// A place that cannot be written for a while.
#[derive(Debug, Default)]
struct Stubborn {
    inner: MemorySecrets,
    refuses: AtomicBool,
}

impl SecretStore for Stubborn {
    fn get(&self, key: &SecretKey) -> Result<Option<SecretString>, SecretError> {
        self.inner.get(key)
    }

    fn set(&self, key: &SecretKey, secret: &SecretString) -> Result<(), SecretError> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(SecretError::Internal("locked".into()));
        }
        self.inner.set(key, secret)
    }

    fn delete(&self, key: &SecretKey) -> Result<(), SecretError> {
        self.inner.delete(key)
    }

    fn describe(&self) -> String {
        "a stubborn place".into()
    }
}

#[tokio::test]
async fn a_place_that_cannot_be_written_costs_no_lead_and_is_tried_again() {
    let secrets = Arc::new(Stubborn::default());
    let machine = Machine::with(secrets.clone());
    let server = TokenServer::start(rotating()).await;
    machine.signed_in(0).await;
    secrets.refuses.store(true, Ordering::SeqCst);
    let token = machine.process(&server).await;
    assert_eq!(shown(token.token().await.unwrap()), "access-1");
    secrets.refuses.store(false, Ordering::SeqCst);
    assert_eq!(shown(token.token().await.unwrap()), "access-1");
    let stored = machine.stored().await;
    assert_eq!(stored.refresh_token.unwrap().expose_secret(), "refresh-1");
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn an_app_names_itself_as_the_vendor_wants_it() {
    let (machine, server) = (Machine::new(), TokenServer::start(rotating()).await);
    let app = ClientApp {
        id: "app".into(),
        secret: Some("shh".into()),
    };
    let verifier = SecretString::from("verifier");
    let code = SecretString::from("code");
    let uri = "http://localhost:47823/callback";
    let form = machine.exchange(&server, &FORM);
    let granted = form
        .redeem(&app, &code, uri, Some(&verifier))
        .await
        .unwrap();
    assert_eq!(granted.access_token.expose_secret(), "access-1");
    assert_eq!(
        granted.expires_at.unwrap(),
        start() + jiff::SignedDuration::from_secs(1_800)
    );
    let basic = machine.exchange(&server, &BASIC);
    basic.redeem(&app, &code, uri, None).await.unwrap();
    assert_eq!(server.field(0, "client_id").unwrap(), "app");
    assert_eq!(server.field(0, "client_secret").unwrap(), "shh");
    assert_eq!(server.field(0, "code_verifier").unwrap(), "verifier");
    assert_eq!(server.field(0, "redirect_uri").unwrap(), uri);
    assert_eq!(server.field(1, "client_secret"), None);
    let authorization = server.inner.lock().unwrap().asked[1].1.clone().unwrap();
    // base64 of "app:shh".
    assert_eq!(authorization, "Basic YXBwOnNoaA==");
}

#[tokio::test]
async fn an_app_that_acts_for_itself_asks_anew_and_a_public_one_sends_no_secret() {
    let (machine, server) = (Machine::new(), TokenServer::start(rotating()).await);
    let exchange = machine.exchange(&server, &FORM);
    let credential = StoredCredential {
        kind: CredentialKind::ClientCredentials,
        client_id: Some("app".into()),
        client_secret: Some("shh".into()),
        ..StoredCredential::token(SecretString::default())
    };
    exchange.renew(&credential).await.unwrap();
    assert_eq!(server.field(0, "grant_type").unwrap(), "client_credentials");
    let public = StoredCredential {
        kind: CredentialKind::Oauth,
        client_secret: None,
        refresh_token: Some("refresh-1".into()),
        ..credential
    };
    exchange.renew(&public).await.unwrap();
    assert_eq!(server.field(1, "client_secret"), None);
    let without = StoredCredential {
        refresh_token: None,
        ..public
    };
    let error = exchange.renew(&without).await.unwrap_err();
    assert!(matches!(error, ExchangeError::SignIn(_)), "{error:?}");
    assert_eq!(server.asked(), 2);
}
