//! Giving a sign-in back: the vendor is told to forget it too, where it lets itself be told.

use std::time::Duration;

use super::{App, Pace};
use crate::clock::SharedClock;
use crate::domain::integration::Integration;
use crate::secrets::CredentialKind;
use crate::sign_in::Exchange;
use crate::store::Store;
use crate::vendors;

/// A disconnect never waits longer for a vendor that does not answer.
const PATIENCE: Duration = Duration::from_secs(10);

impl App {
    /// Revokes the refresh token of a browser sign-in at the vendor (RFC 7009) and removes it here, both while no other
    /// process renews it: one that comes next finds none. Whether the vendor took it: a static token, an app's own secret and
    /// a vendor that cannot be reached leave it to the user.
    pub async fn revoke(
        &self,
        store: &Store,
        integration: &Integration,
        clock: SharedClock,
    ) -> bool {
        let Some(info) = vendors::lookup(&integration.vendor) else {
            return false;
        };
        let (Some(oauth), Ok(Some(keeper))) = (info.sign_in.oauth, self.keeper(store, integration))
        else {
            return false;
        };
        let Ok(_alone) = keeper.lock().await else {
            return false;
        };
        let Ok(Some(credential)) = keeper.load().await else {
            return false;
        };
        if credential.kind != CredentialKind::Oauth {
            return false;
        }
        let settings = integration.settings.clone();
        let Ok(transport) = self.bare_transport(info, &settings, clock.clone(), Pace::default())
        else {
            return false;
        };
        let exchange = Exchange::new(&transport, oauth, settings, clock.clone());
        let revoked = tokio::select! {
            revoked = exchange.revoke(&credential) => revoked,
            () = clock.sleep(PATIENCE) => false,
        };
        // Where it cannot be removed, `forget_secret` meets the same and tells why.
        let _ = keeper.remove().await;
        revoked
    }
}
