//! From a sign-in somebody obtained to a connection that is kept: proved first, questions next, stored last.

use std::sync::Arc;

use super::sign_in::Obtained;
use super::{backlog, both, check_external_id, options, refused};
use crate::app::App;
use crate::app::{Keep, Proof};
use crate::cli::command_error::CommandError;
use crate::cli::commands::connect::ConnectArgs;
use crate::cli::context::Context;
use crate::clock::SharedClock;
use crate::domain::integration::Integration;
use crate::store::Store;
use crate::store::accounts::Backlog;
use crate::store::integrations::Connected;
use crate::vendors::VendorInfo;

/// What stays the same while a connection is made.
pub(super) struct Connecting<'a> {
    pub(super) context: &'a Context,
    pub(super) args: &'a ConnectArgs,
    pub(super) info: &'static VendorInfo,
    pub(super) app: &'a App,
    pub(super) before: Option<&'a Integration>,
    pub(super) clock: &'a SharedClock,
}

/// A connection that stands.
pub(super) struct Kept {
    pub(super) proof: Proof,
    pub(super) connected: Connected,
    pub(super) backlog: Backlog,
}

impl Connecting<'_> {
    /// Has the vendor accept the sign-in, asks what is to be asked, and keeps it. Whatever fails leaves everything as it was.
    pub(super) async fn keep(
        &self,
        store: &mut Store,
        obtained: &Obtained,
    ) -> Result<Kept, CommandError> {
        let (args, info) = (self.args, self.info);
        let signed_in = &obtained.signed_in;
        let settings = obtained.settings.clone();
        let elsewhere = settings.base_url.is_some();
        let mut proof = self
            .app
            .prove(info, settings, signed_in.clone(), Arc::clone(self.clock))
            .await
            .map_err(|error| refused(info, signed_in, elsewhere, error))?;
        if self.is_another_account(&proof) && args.label.is_none() {
            // The name was the other account's.
            proof.settings.label = None;
            proof.details.name.clone_from(&proof.account.name);
        }
        if let Some(field) = options::external_id(args) {
            let name = check_external_id(info, &proof.session, &field).await?;
            proof.settings.external_id = Some(name);
        }
        both::decide(
            self.context,
            info,
            &store.integrations()?,
            &mut proof.settings,
        )?;
        let now = self.clock.now();
        let backlog = backlog::decide(self.context, args, store, info, self.before, &proof, now)?;
        let keep = Keep {
            name: info.name,
            signed_in,
            place: args.store_choice(),
            mode: args.mode(),
        };
        let author = self.context.author(options::as_typed(args, info.name));
        let now = self.clock.now();
        let (connected, secret_left) = self.app.keep(store, &proof, &keep, &author, now)?;
        if let Some(error) = secret_left {
            self.context.ui.warning(format!(
                "the secret kept before could not be removed: {error}"
            ));
        }
        Ok(Kept {
            proof,
            connected,
            backlog,
        })
    }

    fn is_another_account(&self, proof: &Proof) -> bool {
        let old = self.before.and_then(|old| old.account.as_ref());
        old.is_some_and(|old| {
            (&old.vendor_account, &old.origin)
                != (&proof.details.vendor_account, &proof.details.origin)
        })
    }
}
