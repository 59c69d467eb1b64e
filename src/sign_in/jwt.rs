//! Signed assertions: a JSON web token that proves who asks, with RS256 (RFC 7515, RFC 7523).
//!
//! The private key is read from PEM as openssl writes it, PKCS#8 or PKCS#1, used for one signature, and what was decoded of
//! it is wiped. Whatever else may stand in such a file is refused with what to do about it; no message holds a part of the
//! key. Nothing here reads the clock or a file.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use zeroize::Zeroizing;

/// Why no assertion could be made. The message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwtError {
    /// The key is protected by a passphrase.
    #[error(
        "the private key is protected by a passphrase; `openssl pkey -in KEY -out PLAIN` writes it without, readable only for you"
    )]
    Encrypted,
    /// The certificate or a public key instead of the private one.
    #[error(
        "this is the certificate or the public key, which belongs at the vendor; the private key that was made with it is needed here"
    )]
    Public,
    /// A key of ssh.
    #[error(
        "this is a key of OpenSSH; `openssl req -x509 -newkey rsa:2048 -nodes -days 365 -keyout server.key -out server.crt` makes a key with its certificate"
    )]
    OpenSsh,
    /// No PEM, or none with a private key.
    #[error(
        "there is no private key in it: a file is expected that begins with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----"
    )]
    NoKey,
    /// A key of another kind.
    #[error(
        "the private key is not an RSA key; `openssl req -x509 -newkey rsa:2048 -nodes -days 365 -keyout server.key -out server.crt` makes one with its certificate"
    )]
    NotRsa,
    /// Fewer than 2,048 bits.
    #[error("the RSA key has fewer than 2048 bits; make a new one with its certificate")]
    TooShort,
    /// The file is cut off or changed; the word is the reader's.
    #[error("the private key cannot be read, the file may be cut off ({0})")]
    Damaged(String),
    /// No signature, or a time outside what can be written.
    #[error("the assertion could not be signed")]
    Unsigned,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
}

/// A signed assertion that `issuer` (the client id) acts for `subject` (the user), good at `audience` (the authorization
/// server) until `now + life`. Keep the life short: three minutes is the most Salesforce takes for certain. Whole seconds.
///
/// # Errors
/// [`JwtError`], if the PEM holds no RSA key of at least 2,048 bits in the clear.
pub fn assertion(
    key_pem: &SecretString,
    issuer: &str,
    subject: &str,
    audience: &str,
    now: Timestamp,
    life: Duration,
) -> Result<SecretString, JwtError> {
    let key = key(key_pem.expose_secret())?;
    let exp = i64::try_from(life.as_secs())
        .ok()
        .and_then(|life| now.as_second().checked_add(life))
        .ok_or(JwtError::Unsigned)?;
    let claims = serde_json::to_vec(&Claims {
        iss: issuer,
        sub: subject,
        aud: audience,
        exp,
    })
    .map_err(|_| JwtError::Unsigned)?;
    let mut token = format!(
        "{}.{}",
        BASE64.encode(br#"{"alg":"RS256","typ":"JWT"}"#),
        BASE64.encode(claims)
    );
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        token.as_bytes(),
        &mut signature,
    )
    .map_err(|_| JwtError::Unsigned)?;
    token.push('.');
    BASE64.encode_string(signature, &mut token);
    Ok(SecretString::from(token))
}

/// The first private key of a PEM file; certificates may stand beside it.
fn key(pem: &str) -> Result<RsaKeyPair, JwtError> {
    // Both forms: PKCS#8 has a section of its own, PKCS#1 a header inside the usual one.
    if pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")
        || pem.contains("Proc-Type: 4,ENCRYPTED")
    {
        return Err(JwtError::Encrypted);
    }
    let der = PrivateKeyDer::from_pem_slice(pem.as_bytes())
        .map(Zeroizing::new)
        .map_err(|error| no_key(pem, &error))?;
    let read = match &*der {
        PrivateKeyDer::Pkcs8(key) => RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()),
        PrivateKeyDer::Pkcs1(key) => RsaKeyPair::from_der(key.secret_pkcs1_der()),
        _ => return Err(JwtError::NotRsa),
    };
    // ring tells its reasons as words alone.
    read.map_err(|rejected| match rejected.to_string().as_str() {
        "WrongAlgorithm" => JwtError::NotRsa,
        "TooSmall" => JwtError::TooShort,
        word => JwtError::Damaged(word.to_owned()),
    })
}

fn no_key(pem: &str, error: &rustls::pki_types::pem::Error) -> JwtError {
    use rustls::pki_types::pem::Error;
    if pem.contains("-----BEGIN OPENSSH PRIVATE KEY-----") {
        return JwtError::OpenSsh;
    }
    match error {
        Error::NoItemsFound
            if pem.contains("-----BEGIN CERTIFICATE-----") || pem.contains("PUBLIC KEY-----") =>
        {
            JwtError::Public
        }
        Error::NoItemsFound => JwtError::NoKey,
        // The reader's own words may quote the file.
        Error::MissingSectionEnd { .. } => JwtError::Damaged("no end line".to_owned()),
        Error::Base64Decode(_) => JwtError::Damaged("not base64".to_owned()),
        _ => JwtError::Damaged("not PEM".to_owned()),
    }
}

#[cfg(test)]
#[path = "jwt_tests.rs"]
mod tests;
