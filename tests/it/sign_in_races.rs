//! What a session does while another process signs in anew, moves the sign-in or removes it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mobly_sync::clock::{ManualClock, SharedClock};
use mobly_sync::domain::integration::Settings;
use mobly_sync::secrets::{
    self, CredentialAccount, CredentialKind, MemorySecrets, SecretError, SecretKey, SecretStore,
    StoredCredential,
};
use mobly_sync::sign_in::{ClientApp, Exchange, ExchangeError, Home, Keeper, RenewingToken};
use mobly_sync::transport::{
    AnswerRules, ApiRequest, ApiResponse, BaseUrl, Judgement, NoAuthorization, Pacer, TokenError,
    TokenScheme, TokenSource as _, Transport,
};
use mobly_sync::vendors::{ClientAuthentication, Endpoints, Oauth, Refusal, Secret, usual_refusal};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use crate::support::token_server::{Inner, TokenServer};

struct Accept;

impl AnswerRules for Accept {
    fn judge(&self, _: &ApiRequest, _: &ApiResponse) -> Judgement {
        Judgement::Accept
    }
}

/// A vendor that is busy where most are done with a code, and tells in each answer where its API is.
static VENDOR: Oauth = Oauth {
    endpoints: |_| {
        Ok(Endpoints {
            authorize: None,
            token: "https://login.example.com/token".into(),
            revoke: None,
            audience: None,
        })
    },
    client: ClientAuthentication::Form,
    pkce: true,
    secret: Secret::Required,
    scopes: &[],
    scope_separator: " ",
    authorize: &[],
    redirect_host: "localhost",
    redirected: |_, _| Ok(()),
    granted: |answer, settings| {
        let told = answer["access_token"].as_str().unwrap().to_owned();
        settings.vendor.insert("told".into(), told);
        Ok(())
    },
    life: None,
    refusal,
};

fn refusal(status: u16, body: &Value) -> Refusal {
    if body["error_description"] == "expired authorization code" {
        return Refusal::Busy(None);
    }
    usual_refusal(status, body)
}

fn start() -> jiff::Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// A place that can refuse to be written.
#[derive(Debug, Default)]
struct Place {
    inner: MemorySecrets,
    refuses: AtomicBool,
}

impl SecretStore for Place {
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
        "a place".into()
    }
}

/// A connection: where its sign-in is now, if anywhere, and what it was told.
#[derive(Debug, Default)]
struct Connection {
    place: Mutex<Option<Arc<Place>>>,
    told: Mutex<Vec<Settings>>,
}

impl Home for Connection {
    fn place(&self) -> Result<Option<Arc<dyn SecretStore>>, SecretError> {
        let place = self.place.lock().unwrap().clone();
        Ok(place.map(|place| place as Arc<dyn SecretStore>))
    }

    fn told(&self, _: &Settings, after: &Settings) -> Result<(), SecretError> {
        self.told.lock().unwrap().push(after.clone());
        Ok(())
    }
}

struct Machine {
    clock: Arc<ManualClock>,
    first: Arc<Place>,
    connection: Arc<Connection>,
    folder: tempfile::TempDir,
    server: TokenServer,
}

impl Machine {
    /// Signed in to account 111, with an access token that has ended.
    async fn new(inner: Inner) -> Self {
        let first = Arc::new(Place::default());
        let machine = Self {
            clock: Arc::new(ManualClock::new(start())),
            connection: Arc::new(Connection {
                place: Mutex::new(Some(Arc::clone(&first))),
                ..Connection::default()
            }),
            first,
            folder: tempfile::tempdir().unwrap(),
            server: TokenServer::start(inner).await,
        };
        machine.put(&machine.first, &sign_in("111", 0));
        machine
    }

    fn key() -> SecretKey {
        SecretKey::new("1", "crm")
    }

    fn put(&self, place: &Place, credential: &StoredCredential) {
        secrets::save(place, &Self::key(), credential).unwrap();
    }

    fn kept(&self, place: &Place) -> Option<StoredCredential> {
        secrets::load(place, &Self::key()).unwrap()
    }

    fn keeper(&self) -> Keeper {
        let first: Arc<dyn SecretStore> = self.first.clone();
        let database = self.folder.path().join("m.db");
        Keeper::new(first, Self::key(), &database).at(self.connection.clone())
    }

    fn exchange(&self) -> Exchange {
        let clock: SharedClock = self.clock.clone();
        let base = BaseUrl::parse(&format!("http://{}", self.server.address)).unwrap();
        let pacer = Pacer::new(&[], clock.clone(), 95, false);
        let transport =
            Transport::new(base, Arc::new(Accept), Arc::new(NoAuthorization), pacer).unwrap();
        Exchange::new(&transport, &VENDOR, Settings::default(), clock)
    }

    fn session(&self, keeper: Option<Keeper>) -> RenewingToken {
        let opened = self.kept(&self.first).unwrap();
        let clock: SharedClock = self.clock.clone();
        RenewingToken::new(opened, self.exchange(), keeper, TokenScheme::Bearer, clock)
    }
}

fn account(id: &str) -> CredentialAccount {
    CredentialAccount {
        id: id.into(),
        origin: String::new(),
    }
}

fn sign_in(id: &str, refresh: u64) -> StoredCredential {
    StoredCredential {
        kind: CredentialKind::Oauth,
        refresh_token: Some(format!("refresh-{refresh}").into()),
        expires_at: Some(start()),
        client_id: Some("app".into()),
        account: Some(account(id)),
        ..StoredCredential::token(format!("of-{id}").into())
    }
}

fn rotating() -> Inner {
    Inner {
        rotates: true,
        life: Some(1_800),
        ..Inner::default()
    }
}

fn shown(token: Option<SecretString>) -> String {
    token.unwrap().expose_secret().to_owned()
}

fn refresh_of(credential: &StoredCredential) -> &str {
    credential.refresh_token.as_ref().unwrap().expose_secret()
}

#[tokio::test]
async fn the_sign_in_of_another_account_is_never_taken() {
    let machine = Machine::new(rotating()).await;
    let token = machine.session(Some(machine.keeper()));
    let fresh = StoredCredential {
        expires_at: None,
        ..sign_in("222", 7)
    };
    machine.put(&machine.first, &fresh);
    for _ in 0..2 {
        let error = token.token().await.unwrap_err();
        let TokenError::Gone(words) = error else {
            panic!("{error:?}");
        };
        assert!(words.contains("222"), "{words}");
    }
    assert_eq!(machine.server.asked(), 0);
    let kept = machine.kept(&machine.first).unwrap();
    assert_eq!(refresh_of(&kept), "refresh-7");
}

#[tokio::test]
async fn a_new_sign_in_to_the_same_account_and_one_kept_by_an_older_version_are_taken() {
    for known in [Some(account("111")), None] {
        let machine = Machine::new(rotating()).await;
        let token = machine.session(Some(machine.keeper()));
        let fresh = StoredCredential {
            expires_at: None,
            account: known,
            access_token: "fresh".into(),
            ..sign_in("111", 7)
        };
        machine.put(&machine.first, &fresh);
        assert_eq!(shown(token.token().await.unwrap()), "fresh");
        assert_eq!(machine.server.asked(), 0);
    }
}

#[tokio::test]
async fn a_sign_in_that_was_moved_is_renewed_where_it_is_now() {
    let machine = Machine::new(rotating()).await;
    let token = machine.session(Some(machine.keeper()));
    let second = Arc::new(Place::default());
    machine.put(&second, &sign_in("111", 0));
    machine.first.delete(&Machine::key()).unwrap();
    *machine.connection.place.lock().unwrap() = Some(Arc::clone(&second));
    assert_eq!(shown(token.token().await.unwrap()), "access-1");
    assert_eq!(refresh_of(&machine.kept(&second).unwrap()), "refresh-1");
    assert!(machine.kept(&machine.first).is_none());
}

#[tokio::test]
async fn after_a_disconnect_nothing_is_sent_and_nothing_is_put_back() {
    let machine = Machine::new(rotating()).await;
    let token = machine.session(Some(machine.keeper()));
    machine.first.delete(&Machine::key()).unwrap();
    *machine.connection.place.lock().unwrap() = None;
    let error = token.token().await.unwrap_err();
    assert!(matches!(error, TokenError::Gone(_)), "{error:?}");
    assert_eq!(machine.server.asked(), 0);
    assert!(machine.kept(&machine.first).is_none());
}

#[tokio::test]
async fn a_secret_removed_while_it_is_renewed_stays_removed() {
    let inner = Inner {
        latency: Duration::from_millis(100),
        ..rotating()
    };
    let machine = Machine::new(inner).await;
    let token = Arc::new(machine.session(Some(machine.keeper())));
    let asking = tokio::spawn({
        let token = Arc::clone(&token);
        async move { token.token().await }
    });
    // Whoever removes it waits for the renewal; a person with a tool of the system does not.
    while machine.server.begun() == 0 {
        tokio::task::yield_now().await;
    }
    machine.first.delete(&Machine::key()).unwrap();
    *machine.connection.place.lock().unwrap() = None;
    let error = asking.await.unwrap().unwrap_err();
    assert!(matches!(error, TokenError::Gone(_)), "{error:?}");
    assert!(machine.kept(&machine.first).is_none());
}

#[tokio::test]
async fn who_disconnects_waits_for_a_renewal_under_way() {
    let inner = Inner {
        latency: Duration::from_millis(100),
        ..rotating()
    };
    let machine = Machine::new(inner).await;
    let token = Arc::new(machine.session(Some(machine.keeper())));
    let asking = tokio::spawn({
        let token = Arc::clone(&token);
        async move { token.token().await }
    });
    while machine.server.begun() == 0 {
        tokio::task::yield_now().await;
    }
    let keeper = machine.keeper();
    let _alone = keeper.lock().await.unwrap();
    let kept = machine.kept(&machine.first).unwrap();
    assert_eq!(
        refresh_of(&kept),
        "refresh-1",
        "what is revoked is the newest"
    );
    assert_eq!(shown(asking.await.unwrap().unwrap()), "access-1");
}

#[tokio::test]
async fn a_renewal_that_could_not_be_kept_never_replaces_a_newer_sign_in() {
    let machine = Machine::new(rotating()).await;
    let token = machine.session(Some(machine.keeper()));
    machine.first.refuses.store(true, Ordering::SeqCst);
    assert_eq!(shown(token.token().await.unwrap()), "access-1");
    let words = token.settle().await.unwrap_err();
    assert!(words.contains("locked"), "{words}");
    machine.first.refuses.store(false, Ordering::SeqCst);
    machine.put(&machine.first, &sign_in("111", 9));
    token.settle().await.unwrap();
    let kept = machine.kept(&machine.first).unwrap();
    assert_eq!(refresh_of(&kept), "refresh-9");
}

#[tokio::test]
async fn a_renewal_that_could_not_be_kept_is_kept_at_the_end_of_the_session() {
    let machine = Machine::new(rotating()).await;
    let token = machine.session(Some(machine.keeper()));
    machine.first.refuses.store(true, Ordering::SeqCst);
    token.token().await.unwrap();
    // A second renewal in between changes nothing of what stands in the place.
    machine.clock.advance(Duration::from_secs(1_800));
    assert_eq!(shown(token.token().await.unwrap()), "access-2");
    machine.first.refuses.store(false, Ordering::SeqCst);
    token.settle().await.unwrap();
    let kept = machine.kept(&machine.first).unwrap();
    assert_eq!(refresh_of(&kept), "refresh-2");
    assert_eq!(kept.account, Some(account("111")));
}

#[tokio::test]
async fn a_renewal_nobody_waits_for_any_more_is_kept_all_the_same() {
    let inner = Inner {
        latency: Duration::from_millis(50),
        ..rotating()
    };
    let machine = Machine::new(inner).await;
    let token = machine.session(Some(machine.keeper()));
    {
        let asking = token.token();
        tokio::pin!(asking);
        while machine.server.begun() == 0 {
            tokio::select! {
                biased;
                _ = &mut asking => panic!("it is not answered yet"),
                () = tokio::task::yield_now() => {}
            }
        }
    }
    assert_eq!(shown(token.token().await.unwrap()), "access-1");
    assert_eq!(machine.server.asked(), 1);
    let kept = machine.kept(&machine.first).unwrap();
    assert_eq!(refresh_of(&kept), "refresh-1");
}

#[tokio::test]
async fn what_was_renewed_before_it_was_kept_is_what_is_kept() {
    let machine = Machine::new(rotating()).await;
    let token = machine.session(None);
    token.token().await.unwrap();
    assert_eq!(refresh_of(&token.current()), "refresh-1");
    machine.put(&machine.first, &token.current());
    token.keep_in(machine.keeper(), account("111"));
    machine.clock.advance(Duration::from_secs(1_800));
    assert_eq!(shown(token.token().await.unwrap()), "access-2");
    let kept = machine.kept(&machine.first).unwrap();
    assert_eq!(refresh_of(&kept), "refresh-2");
    assert_eq!(kept.account, Some(account("111")));
}

#[tokio::test]
async fn what_a_renewal_tells_of_the_account_reaches_the_connection() {
    let machine = Machine::new(rotating()).await;
    let token = machine.session(Some(machine.keeper()));
    token.token().await.unwrap();
    let told = machine.connection.told.lock().unwrap().clone();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].vendor["told"], "access-1");
}

#[tokio::test]
async fn a_code_is_sent_once_whatever_the_answer() {
    let redeem = async |status: u16, body: Value| {
        let machine = Machine::new(Inner {
            first: vec![(status, body)],
            ..rotating()
        })
        .await;
        let app = ClientApp {
            id: "app".into(),
            secret: None,
        };
        let code = SecretString::from("code");
        let uri = "http://localhost:47823/callback";
        let error = machine
            .exchange()
            .redeem(&app, &code, uri, None)
            .await
            .unwrap_err();
        assert_eq!(machine.server.asked(), 1);
        error
    };
    let busy = redeem(429, json!({"error": "slow_down"})).await;
    let ExchangeError::Unavailable(words) = busy else {
        panic!("{busy:?}");
    };
    assert!(words.contains("HTTP 429"), "{words}");
    let late = json!({"error": "invalid_grant", "error_description": "expired authorization code"});
    let late = redeem(400, late).await;
    let ExchangeError::SignIn(words) = late else {
        panic!("{late:?}");
    };
    assert!(words.contains("expired authorization code"), "{words}");
}
