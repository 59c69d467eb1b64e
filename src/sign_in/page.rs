//! The pages a browser shows around the redirect of a sign-in.
//!
//! Each is one self-contained HTML text: no script, nothing loaded, light and dark. Every word that comes from outside is
//! escaped, and the policy in the headers would keep even an unescaped one from doing anything: it allows exactly the one
//! style sheet, by its hash.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");

const TICK: &str = r#"<path d="m15 24.5 6.5 6.5L33.5 18"/>"#;
const CROSS: &str = r#"<path d="m17 17 14 14M31 17 17 31"/>"#;
const BANG: &str =
    r#"<path d="M24 14.5v11"/><circle cx="24" cy="32.5" r="2" fill="currentColor" stroke="none"/>"#;
const PROMPT: &str = r#"<path d="m15 17 7 7-7 7M26 31h8"/>"#;

/// A page. `title` is the vendor as people write it; every text is plain, it is escaped here.
pub(super) enum Page<'a> {
    /// The token exchange worked.
    Connected { title: &'a str, account: &'a str },
    /// It worked before this request came.
    Already { title: &'a str, account: &'a str },
    /// The person said no.
    Denied { title: &'a str },
    /// The authorization server said no; `words` are its own.
    Refused { title: &'a str, words: &'a str },
    /// The exchange failed.
    Failed { title: &'a str, reason: &'a str },
    /// How it ends is known only in the terminal.
    Terminal,
    /// The redirect of another sign-in, or of none.
    Stray,
    /// Nothing has come yet.
    Waiting { title: &'a str },
    /// No such page.
    NotFound,
    /// A method nobody needs, or an address too long to be a redirect.
    NotUnderstood,
}

/// What stands on a page.
struct Content<'a> {
    tone: &'static str,
    mark: &'static str,
    heading: String,
    account: &'a str,
    message: String,
    quoted: Option<(String, &'a str)>,
}

impl Page<'_> {
    /// The answer with that status, and the headers that keep it from being stored, framed or added to.
    pub(super) fn response(&self, status: StatusCode) -> Response {
        let mut response = Response::new(Body::from(self.html()));
        *response.status_mut() = status;
        *response.headers_mut() = headers();
        response.headers_mut().insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        response
    }

    /// The whole page.
    pub(super) fn html(&self) -> String {
        let content = self.content();
        let account = match content.account.trim() {
            "" => String::new(),
            account => format!("<p class=\"account\">{}</p>\n", escape(account)),
        };
        let quote = content.quoted.map_or_else(String::new, |(who, words)| {
            let (who, words) = (escape(&who), escape(words));
            format!("<blockquote><small>{who}</small>{words}</blockquote>\n")
        });
        fill(
            TEMPLATE,
            &[
                ("style", STYLE),
                ("tone", content.tone),
                ("mark", content.mark),
                ("heading", &escape(&content.heading)),
                ("account", &account),
                ("message", &escape(&content.message)),
                ("quote", &quote),
            ],
        )
    }

    fn content(&self) -> Content<'_> {
        match *self {
            Self::Connected { title, account } => Content {
                account,
                ..plain(
                    "good",
                    TICK,
                    format!("{title} is connected"),
                    "You can close this tab and go back to the terminal.",
                )
            },
            Self::Already { title, account } => Content {
                account,
                ..plain(
                    "good",
                    TICK,
                    "Already signed in".to_owned(),
                    &format!("{title} is connected. You can close this tab."),
                )
            },
            Self::Denied { title } => plain(
                "bad",
                CROSS,
                "Access was not granted".to_owned(),
                &format!(
                    "{title} is not connected, and nothing was changed there. To try again, run the command in the \
                     terminal once more."
                ),
            ),
            Self::Refused { title, words } => Content {
                quoted: Some((format!("{title} says"), words)),
                ..plain(
                    "bad",
                    BANG,
                    format!("{title} refused the sign-in"),
                    "Nothing was connected. Go back to the terminal to see what to do next.",
                )
            },
            Self::Failed { title, reason } => Content {
                quoted: Some(("What happened".to_owned(), reason)),
                ..plain(
                    "bad",
                    BANG,
                    format!("{title} is not connected"),
                    "You signed in, but the last step failed. Go back to the terminal to see what to do next.",
                )
            },
            Self::Terminal => plain(
                "calm",
                PROMPT,
                "Go back to the terminal".to_owned(),
                "It shows how the sign-in ends. You can close this tab.",
            ),
            Self::Stray => plain(
                "bad",
                BANG,
                "This belongs to another sign-in".to_owned(),
                "What the browser brought does not fit the sign-in the terminal started, so it was ignored. Close this \
                 tab, and open the address the terminal shows now.",
            ),
            Self::Waiting { title } => plain(
                "calm",
                PROMPT,
                format!("Waiting for {title}"),
                "To sign in, open the address the terminal shows.",
            ),
            Self::NotFound => plain(
                "calm",
                PROMPT,
                "There is nothing here".to_owned(),
                "mobly-sync only waits here for a sign-in to end. Go back to the terminal.",
            ),
            Self::NotUnderstood => plain(
                "calm",
                BANG,
                "This was not understood".to_owned(),
                "mobly-sync only waits here for a sign-in to end. Go back to the terminal.",
            ),
        }
    }
}

fn plain<'a>(
    tone: &'static str,
    mark: &'static str,
    heading: String,
    message: &str,
) -> Content<'a> {
    Content {
        tone,
        mark,
        heading,
        account: "",
        message: message.to_owned(),
        quoted: None,
    }
}

/// The headers of every answer, pages or not.
pub(super) fn headers() -> HeaderMap {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
        format!(
            "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
    });
    let mut headers = HeaderMap::new();
    let fixed = [
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers
}

/// Puts the values in the places of their names, in one go: a value that looks like a name stays as it is.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut page = String::with_capacity(template.len() + STYLE.len() + 512);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else {
            break;
        };
        page.push_str(before);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            page.push_str(value);
        }
        rest = behind;
    }
    page.push_str(rest);
    page
}

/// For text and for attributes in quotes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn all<'a>(title: &'a str, text: &'a str) -> Vec<Page<'a>> {
        vec![
            Page::Connected {
                title,
                account: text,
            },
            Page::Already {
                title,
                account: text,
            },
            Page::Denied { title },
            Page::Refused { title, words: text },
            Page::Failed {
                title,
                reason: text,
            },
            Page::Terminal,
            Page::Stray,
            Page::Waiting { title },
            Page::NotFound,
            Page::NotUnderstood,
        ]
    }

    #[test]
    fn nothing_from_outside_becomes_markup_or_a_further_place() {
        let hostile = "<img src=x onerror='a()'>&\"{{style}}";
        for page in all(hostile, hostile) {
            let html = page.html();
            assert!(!html.contains("<img"), "{html}");
            assert_eq!(html.matches(STYLE).count(), 1, "{html}");
        }
        let html = Page::Failed {
            title: "Acme",
            reason: hostile,
        }
        .html();
        assert!(
            html.contains(
                "&lt;img src=x onerror=&#39;a()&#39;&gt;&amp;&quot;{{style}}</blockquote>"
            ),
            "{html}"
        );
    }

    #[test]
    fn every_page_is_complete_and_loads_nothing() {
        for page in all("Acme", "some words") {
            let html = page.html();
            assert!(!html.contains("{{"), "{html}");
            for word in ["<script", "src=", "href=", "url(", "@import", " style="] {
                assert!(!html.contains(word), "{word} in {html}");
            }
        }
    }

    #[test]
    fn the_policy_allows_the_style_that_is_on_the_page() {
        let html = Page::Terminal.html();
        let style = html
            .split_once("<style>")
            .and_then(|(_, rest)| rest.split_once("</style>"))
            .unwrap()
            .0;
        let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
        let policy = headers()[CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{policy}");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
    }
}
