//! Whether a sign-in could be kept, asked before anybody is troubled for one.

use super::App;
use crate::domain::integration::Integration;
use crate::env_vars;
use crate::secrets::{SecretError, SecretKey, StoreChoice};
use crate::store::Store;

impl App {
    /// Tries the place the next sign-in of this name would be kept in: it can be opened and read.
    ///
    /// # Errors
    /// Where there is none, or it does not work.
    pub fn can_keep(
        &self,
        store: &Store,
        name: &str,
        before: Option<&Integration>,
        asked: Option<StoreChoice>,
    ) -> Result<(), SecretError> {
        let remembered = before
            .filter(|_| env_vars::credential_store().is_none())
            .and_then(|before| StoreChoice::of(before.secret_place));
        let (_, place) = self.secret_store(asked.or(remembered))?;
        let key = SecretKey::new(store.database_id(), name);
        place.get(&key).map(|_| ())
    }
}
