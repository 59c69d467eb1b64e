//! Signatures are checked with the public key that openssl wrote, not with one taken from the signing key.
#![allow(clippy::unwrap_used)]

use base64::engine::general_purpose::STANDARD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::{Value, json};

use super::*;

const PKCS8: &str = include_str!("../../tests/fixtures/keys/rsa.pkcs8.pem");
const PKCS1: &str = include_str!("../../tests/fixtures/keys/rsa.pkcs1.pem");
const PUBLIC: &str = include_str!("../../tests/fixtures/keys/rsa.public.pem");
const ENCRYPTED_PKCS8: &str = include_str!("../../tests/fixtures/keys/rsa.encrypted.pkcs8.pem");
const ENCRYPTED_PKCS1: &str = include_str!("../../tests/fixtures/keys/rsa.encrypted.pkcs1.pem");
const SHORT: &str = include_str!("../../tests/fixtures/keys/rsa1024.pkcs8.pem");
const EC_PKCS8: &str = include_str!("../../tests/fixtures/keys/ec.pkcs8.pem");
const EC_SEC1: &str = include_str!("../../tests/fixtures/keys/ec.sec1.pem");
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

fn sign(pem: &str) -> Result<SecretString, JwtError> {
    assertion(
        &SecretString::from(pem),
        "client-id",
        "ada@example.com",
        "https://login.example",
        Timestamp::from_second(1_790_000_000).unwrap(),
        Duration::from_secs(180),
    )
}

fn refused(pem: &str) -> JwtError {
    sign(pem).map(|_| ()).unwrap_err()
}

fn public_key() -> UnparsedPublicKey<Vec<u8>> {
    let text: String = PUBLIC
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, STANDARD.decode(text).unwrap())
}

fn part(text: &str) -> Value {
    serde_json::from_slice(&BASE64.decode(text).unwrap()).unwrap()
}

#[test]
fn an_assertion_says_who_asks_for_whom_and_for_how_long() {
    for pem in [
        PKCS8.to_owned(),
        PKCS1.to_owned(),
        format!("{CERTIFICATE}{PKCS8}"),
    ] {
        let token = sign(&pem).unwrap();
        let token = token.expose_secret();
        let parts: Vec<&str> = token.split('.').collect();
        let [header, claims, signature] = parts[..] else {
            panic!("{token}");
        };
        assert_eq!(part(header), json!({"alg": "RS256", "typ": "JWT"}));
        assert_eq!(
            part(claims),
            json!({
                "iss": "client-id",
                "sub": "ada@example.com",
                "aud": "https://login.example",
                "exp": 1_790_000_180,
            })
        );
        assert!(!token.contains(['=', '+', '/']));
        let signature = BASE64.decode(signature).unwrap();
        public_key()
            .verify(format!("{header}.{claims}").as_bytes(), &signature)
            .unwrap();
        assert!(
            public_key()
                .verify(format!("{header}.{claims}x").as_bytes(), &signature)
                .is_err()
        );
    }
}

#[test]
fn names_are_written_as_json() {
    let token = assertion(
        &SecretString::from(PKCS8),
        "client \"id\"",
        "zoë\\@example.com",
        "https://login.example",
        Timestamp::UNIX_EPOCH,
        Duration::from_millis(1_999),
    )
    .unwrap();
    let claims = part(token.expose_secret().split('.').nth(1).unwrap());
    assert_eq!(claims["iss"], "client \"id\"");
    assert_eq!(claims["sub"], "zoë\\@example.com");
    assert_eq!(claims["exp"], 1);
}

#[test]
fn a_key_with_a_passphrase_is_refused_with_the_command_that_helps() {
    for pem in [ENCRYPTED_PKCS8, ENCRYPTED_PKCS1] {
        assert_eq!(refused(pem), JwtError::Encrypted);
    }
    assert!(JwtError::Encrypted.to_string().contains("openssl pkey"));
}

#[test]
fn only_an_rsa_key_of_a_fair_length_signs() {
    for pem in [EC_PKCS8, EC_SEC1] {
        assert_eq!(refused(pem), JwtError::NotRsa);
    }
    assert_eq!(refused(SHORT), JwtError::TooShort);
}

#[test]
fn what_is_no_private_key_is_told_apart() {
    let open_ssh =
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----\n";
    for (pem, expected) in [
        ("", JwtError::NoKey),
        ("hunter2", JwtError::NoKey),
        ("{\"private_key\": \"x\"}", JwtError::NoKey),
        (CERTIFICATE, JwtError::Public),
        (PUBLIC, JwtError::Public),
        (open_ssh, JwtError::OpenSsh),
    ] {
        assert_eq!(refused(pem), expected, "{pem}");
    }
}

#[test]
fn a_damaged_key_is_refused_and_not_quoted() {
    let half = &PKCS8[..PKCS8.len() / 2];
    let no_base64 = PKCS8.replacen("MII", "!!!", 1);
    let changed = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----\n";
    for pem in [half, &no_base64, changed] {
        let error = refused(pem);
        assert!(matches!(error, JwtError::Damaged(_)), "{error}");
        let told = format!("{error} {error:?}");
        assert!(
            !pem.lines()
                .filter(|line| !line.starts_with("-----"))
                .any(|line| told.contains(line)),
            "{told}"
        );
    }
}

#[test]
fn a_life_beyond_all_time_is_refused() {
    let made = assertion(
        &SecretString::from(PKCS8),
        "i",
        "s",
        "a",
        Timestamp::MAX,
        Duration::from_secs(u64::MAX),
    );
    assert_eq!(made.map(|_| ()).unwrap_err(), JwtError::Unsigned);
}
