#![allow(clippy::unwrap_used, clippy::expect_used)]

use secrecy::ExposeSecret;

use super::*;

const STATE: &str = "st4te-of-this-sign-in";

fn pasted(text: &str) -> Result<(String, Vec<(String, String)>), PasteError> {
    parse_pasted(text, STATE)
        .map(|(code, parameters)| (code.expose_secret().to_owned(), parameters))
}

#[test]
fn a_code_is_found_in_whatever_was_copied() {
    let address = format!("http://localhost:8765/callback?code=ab%2Fc%3D%3D&state={STATE}");
    let query = format!("state={STATE}&code=ab%2Fc%3D%3D");
    let (front, back) = address.split_at(40);
    for text in [
        address.clone(),
        format!("  {address}\r\n"),
        format!("'{address}'"),
        format!("\"{address}\""),
        format!("<{address}>"),
        format!("“{address}”"),
        format!("{front}\n   {back}"),
        format!("{front} {back}"),
        address
            .replace('?', "\\?")
            .replace('&', "\\&")
            .replace('=', "\\="),
        address.replace("http://", ""),
        address.replace("http://localhost:8765", "https://example.com"),
        format!("{address}#_=_"),
        format!("/callback?{query}"),
        format!("?{query}"),
        query,
        format!("ab%2Fc%3D%3D&state={STATE}"),
        "ab/c==".to_owned(),
        "ab%2Fc%3D%3D".to_owned(),
        "`ab/c==`\n".to_owned(),
    ] {
        assert_eq!(
            pasted(&text).map(|(code, _)| code).as_deref(),
            Ok("ab/c=="),
            "{text}"
        );
    }
    assert_eq!(pasted("4/0A+b").unwrap().0, "4/0A+b");
}

#[test]
fn what_else_the_address_holds_comes_along() {
    let text = format!(
        "http://localhost/callback?code=abc&location=us&accounts-server=https%3A%2F%2Faccounts.example%2F&state={STATE}"
    );
    let (_, parameters) = pasted(&text).unwrap();
    assert_eq!(
        parameters,
        [
            ("location".to_owned(), "us".to_owned()),
            (
                "accounts-server".to_owned(),
                "https://accounts.example/".to_owned()
            ),
        ]
    );
}

#[test]
fn what_cannot_be_taken_is_refused_with_its_reason() {
    let denied = |description: Option<&str>| PasteError::Denied {
        error: "access_denied".to_owned(),
        description: description.map(str::to_owned),
    };
    let sign_in_page =
        format!("https://app.example/oauth/authorize?client_id=1&redirect_uri=x&state={STATE}");
    let with_words = format!("?error=access_denied&error_description=no%0Away&state={STATE}");
    for (text, expected) in [
        ("", PasteError::Empty),
        (" '' \n", PasteError::Empty),
        (
            "http://localhost/callback?code=abc&state=other",
            PasteError::OtherState,
        ),
        ("http://localhost/callback?code=abc", PasteError::NoState),
        ("code=abc", PasteError::NoState),
        ("code=abc&state=", PasteError::NoState),
        ("abc&state=other", PasteError::OtherState),
        ("http://localhost:8765/callback", PasteError::NoCode),
        (
            "https://app.example/oauth/authorize?client_id=1",
            PasteError::NoCode,
        ),
        (&sign_in_page, PasteError::NoCode),
        (
            "http://localhost/callback?error=access_denied",
            denied(None),
        ),
        (&with_words, denied(Some("no way"))),
        ("I do not know", PasteError::NotUnderstood),
        ("códe", PasteError::NotUnderstood),
        (&"x".repeat(9000), PasteError::NotUnderstood),
    ] {
        let error = pasted(text).unwrap_err();
        assert_eq!(error, expected, "{text}");
        assert!(!error.to_string().contains("abc"), "{error}");
    }
}
