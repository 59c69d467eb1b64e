//! The HTTP client, set up once for all vendors.
//!
//! * No redirects: a vendor's API has no reason for one, and following it could carry a token to
//!   another host.
//! * https only, unless the base URL is this machine; then no proxy is asked either.
//! * HTTP/1.1 with a pool for about 32 requests at a time: CRM limits are far below what HTTP/2 would
//!   gain.

use std::sync::Once;
use std::time::Duration;

use super::{BaseUrl, TransportError};

/// The most connections kept open for one host.
const POOL: usize = 32;
/// How long a connection may take, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// How long the vendor may be silent, unless a request says otherwise. Most vendors end a call themselves well within a
/// minute.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
/// How often a silent connection is asked whether it still stands: a request may take minutes, and a peer that vanished
/// should not.
const KEEPALIVE: Duration = Duration::from_secs(30);
/// Shorter than the 60 s after which load balancers commonly close an idle connection: a connection
/// closed under a create would cost a look-up.
const IDLE: Duration = Duration::from_secs(45);

/// Makes `ring` the provider of TLS for the process. Idempotent; [`build_client`] calls it.
pub fn install_tls_provider() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // An error says that a provider is installed already, which is just as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// The client for a vendor at `base`.
///
/// # Errors
/// [`TransportError::Invalid`] if TLS can't be set up, which on a bare container means that the
/// `ca-certificates` are missing.
pub fn build_client(base: &BaseUrl) -> Result<reqwest::Client, TransportError> {
    install_tls_provider();
    let local = base.is_loopback();
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("mobly-sync/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .tcp_keepalive(KEEPALIVE)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .gzip(true)
        .http1_only()
        .tcp_nodelay(true)
        .pool_max_idle_per_host(POOL)
        .pool_idle_timeout(IDLE)
        .https_only(!local);
    if local {
        builder = builder.no_proxy();
        if base.address().starts_with("http://") {
            // Nothing is encrypted here, so no certificates are needed: a rehearsal works in a
            // container without any, and starts faster.
            builder = builder.tls_certs_only([]);
        }
    }
    builder.build().map_err(|error| TransportError::Invalid {
        detail: format!(
            "encrypted connections can't be set up: {} (are the system's CA certificates installed?)",
            error.without_url()
        ),
    })
}
