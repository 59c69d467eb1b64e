//! The format of the encrypted secrets file: argon2id makes a key of the passphrase, XChaCha20-Poly1305
//! seals the secrets with it.
//!
//! A small JSON document: what is needed to make the key again, a value that tells whether it is the
//! right one, and the sealed bytes. A checksum over all of it tells a damaged file from a wrong
//! passphrase; it protects against accidents, the seal against intent.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

const FORMAT: &str = "mobly-sync secrets";
const VERSION: u32 = 1;
/// OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// A file that demands more than this is no file of ours, and opening it must not exhaust the machine.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;
const SALT: usize = 16;
const NONCE: usize = 24;

/// Why a document could not be opened.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum OpenError {
    WrongPassphrase,
    Damaged(String),
}

#[derive(Serialize, Deserialize)]
struct Document {
    format: String,
    version: u32,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    /// The half of what argon2id returned that is not the key.
    check: String,
    nonce: String,
    sealed: String,
    checksum: String,
}

/// The key for one salt, and the half that tells whether it is the right one. Making it takes about
/// 20 ms on purpose, so it is kept.
#[derive(Clone)]
pub(super) struct DerivedKey {
    salt: [u8; SALT],
    costs: (u32, u32, u32),
    both: Zeroizing<[u8; 64]>,
}

impl DerivedKey {
    /// A key with a new salt.
    pub(super) fn fresh(passphrase: &str) -> Result<Self, String> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(|error| error.to_string())?;
        Self::derive(passphrase, salt, (MEMORY_KIB, PASSES, LANES))
    }

    fn derive(passphrase: &str, salt: [u8; SALT], costs: (u32, u32, u32)) -> Result<Self, String> {
        let mut both = Zeroizing::new([0; 64]);
        let params = Params::new(costs.0, costs.1, costs.2, Some(both.len()))
            .map_err(|error| error.to_string())?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &salt, both.as_mut_slice())
            .map_err(|error| error.to_string())?;
        Ok(Self { salt, costs, both })
    }

    fn cipher(&self) -> Result<XChaCha20Poly1305, String> {
        let key = Key::try_from(&self.both[..32]).map_err(|error| error.to_string())?;
        Ok(XChaCha20Poly1305::new(&key))
    }

    fn check(&self) -> &[u8] {
        &self.both[32..]
    }
}

/// Seals `secrets` with `key` under a nonce of its own.
pub(super) fn seal(key: &DerivedKey, secrets: &[u8]) -> Result<Vec<u8>, String> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|error| error.to_string())?;
    let mut document = Document {
        format: FORMAT.to_owned(),
        version: VERSION,
        memory_kib: key.costs.0,
        passes: key.costs.1,
        lanes: key.costs.2,
        salt: BASE64.encode(key.salt),
        check: BASE64.encode(key.check()),
        nonce: BASE64.encode(nonce),
        sealed: String::new(),
        checksum: String::new(),
    };
    let header = document.header();
    let payload = Payload {
        msg: secrets,
        aad: header.as_bytes(),
    };
    let sealed = key
        .cipher()?
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| "the secrets could not be sealed".to_owned())?;
    document.sealed = BASE64.encode(sealed);
    document.checksum = document.sum();
    serde_json::to_vec_pretty(&document).map_err(|error| error.to_string())
}

/// Opens a document. `known` is a key made earlier, used if it has the same salt.
pub(super) fn open(
    bytes: &[u8],
    passphrase: &str,
    known: Option<&DerivedKey>,
) -> Result<(DerivedKey, Zeroizing<Vec<u8>>), OpenError> {
    let document: Document =
        serde_json::from_slice(bytes).map_err(|_| damaged("it is no secrets file"))?;
    if document.format != FORMAT {
        return Err(damaged("it is no secrets file"));
    }
    if document.version != VERSION {
        return Err(damaged("it was written by a newer mobly-sync"));
    }
    if document.checksum != document.sum() {
        return Err(damaged("its checksum is wrong"));
    }
    if document.memory_kib > MOST_MEMORY_KIB || document.passes > MOST_PASSES || document.lanes > 4
    {
        return Err(damaged(
            "it asks for more memory or time than any file of ours",
        ));
    }
    let salt: [u8; SALT] = bytes_of(&document.salt, "salt")?;
    let nonce: [u8; NONCE] = bytes_of(&document.nonce, "nonce")?;
    let costs = (document.memory_kib, document.passes, document.lanes);
    let key = match known {
        Some(key) if key.salt == salt && key.costs == costs => key.clone(),
        _ => DerivedKey::derive(passphrase, salt, costs).map_err(OpenError::Damaged)?,
    };
    if BASE64.encode(key.check()) != document.check {
        return Err(OpenError::WrongPassphrase);
    }
    let sealed = BASE64
        .decode(&document.sealed)
        .map_err(|_| damaged("its contents are unreadable"))?;
    let header = document.header();
    let payload = Payload {
        msg: &sealed,
        aad: header.as_bytes(),
    };
    let secrets = key
        .cipher()
        .map_err(OpenError::Damaged)?
        .decrypt(&XNonce::from(nonce), payload)
        .map_err(|_| damaged("its contents were changed"))?;
    Ok((key, Zeroizing::new(secrets)))
}

impl Document {
    /// Everything the seal covers besides the secrets themselves.
    fn header(&self) -> String {
        format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
            self.format,
            self.version,
            self.memory_kib,
            self.passes,
            self.lanes,
            self.salt,
            self.check,
            self.nonce
        )
    }

    fn sum(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.header());
        hash.update(&self.sealed);
        BASE64.encode(hash.finalize())
    }
}

fn bytes_of<const N: usize>(text: &str, what: &str) -> Result<[u8; N], OpenError> {
    BASE64
        .decode(text)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| damaged(&format!("its {what} is unreadable")))
}

fn damaged(reason: &str) -> OpenError {
    OpenError::Damaged(reason.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Changes one field of a document, with a checksum that fits, as somebody with intent would.
    fn forged(document: &[u8], change: impl Fn(&mut Document)) -> Vec<u8> {
        let mut document: Document = serde_json::from_slice(document).unwrap();
        change(&mut document);
        document.checksum = document.sum();
        serde_json::to_vec(&document).unwrap()
    }

    fn reason(result: Result<(DerivedKey, Zeroizing<Vec<u8>>), OpenError>) -> OpenError {
        result.err().unwrap()
    }

    #[test]
    fn only_the_passphrase_opens_it() {
        let key = DerivedKey::fresh("right").unwrap();
        let document = seal(&key, b"canary").unwrap();
        assert!(!String::from_utf8_lossy(&document).contains("canary"));
        let (_, secrets) = open(&document, "right", None).unwrap();
        assert_eq!(secrets.as_slice(), b"canary");
        assert_eq!(
            reason(open(&document, "wrong", None)),
            OpenError::WrongPassphrase
        );
    }

    #[test]
    fn an_accident_and_a_forgery_are_both_noticed() {
        let key = DerivedKey::fresh("right").unwrap();
        let document = seal(&key, b"secret").unwrap();
        let mut accident = document.clone();
        let place = document.len() / 2;
        accident[place] ^= 1;
        for damaged in [
            accident,
            document[..document.len() - 20].to_vec(),
            Vec::new(),
        ] {
            assert!(matches!(
                reason(open(&damaged, "right", Some(&key))),
                OpenError::Damaged(_)
            ));
        }
        let forgery = forged(&document, |document| {
            document.sealed = BASE64.encode([7; 40]);
        });
        assert!(matches!(
            reason(open(&forgery, "right", Some(&key))),
            OpenError::Damaged(_)
        ));
        let greedy = forged(&document, |document| document.memory_kib = u32::MAX);
        assert!(matches!(
            reason(open(&greedy, "right", None)),
            OpenError::Damaged(_)
        ));
    }

    #[test]
    fn the_same_secrets_never_look_the_same_twice() {
        let key = DerivedKey::fresh("right").unwrap();
        assert_ne!(seal(&key, b"x").unwrap(), seal(&key, b"x").unwrap());
    }
}
