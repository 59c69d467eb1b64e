//! `db adopt`: a copied file becomes one of its own.

use std::path::PathBuf;

use jiff::Timestamp;

use super::App;
use crate::domain::history::Author;
use crate::domain::integration::SecretPlace;
use crate::secrets::{SecretKey, StoreChoice};
use crate::store::{Store, StoreError};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The file this one was a copy of, where it is known.
    pub copy_of: Option<PathBuf>,
    /// The connections that need a sign-in now.
    pub needs_sign_in: Vec<String>,
}

impl App {
    /// Gives the file an identity of its own. Sign-ins kept under the former one stay the other file's: in the keychain they
    /// are left alone; the encrypted file beside this database is this one's alone, so what it holds of them is removed.
    ///
    /// # Errors
    /// As every statement; nothing is changed then.
    pub fn adopt(
        &self,
        store: &mut Store,
        author: &Author,
        now: Timestamp,
    ) -> Result<Adoption, StoreError> {
        let copy_of = store.original()?;
        let kept_here: Vec<String> = store
            .integrations()?
            .into_iter()
            .filter(|one| one.secret_place == SecretPlace::File)
            .map(|one| one.name)
            .collect();
        let adopted = store.adopt(author, now)?;
        // Nobody asks for the former entries any more: one that cannot be removed now is of no use to anybody.
        if !kept_here.is_empty()
            && let Ok((_, secrets)) = self.secret_store(Some(StoreChoice::File))
        {
            for name in kept_here {
                let _ = secrets.delete(&SecretKey::new(&adopted.former_id, name));
            }
        }
        Ok(Adoption {
            copy_of,
            needs_sign_in: adopted.without_sign_in,
        })
    }
}
