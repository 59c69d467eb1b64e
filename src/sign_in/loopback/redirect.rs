//! What a redirect says (RFC 6749 4.1.2), read from its query or from what a person pasted.

use secrecy::SecretString;
use url::form_urlencoded;

/// How much of a sentence from elsewhere is shown, in characters.
const SENTENCE: usize = 300;
/// How much of a server's error word is shown, in characters.
const ERROR_WORD: usize = 60;
/// The longest code taken, in bytes; the longest known are JWTs of a few thousand.
const LONGEST_CODE: usize = 8 * 1024;

/// What a redirect brought.
pub(super) enum Answer {
    /// A code with the right state.
    Code {
        code: SecretString,
        parameters: Vec<(String, String)>,
    },
    /// A refusal.
    Denied {
        error: String,
        description: Option<String>,
    },
    /// Nothing this sign-in can use.
    Stray(Stray),
}

/// Why a redirect could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stray {
    /// Its state is that of another sign-in.
    OtherState,
    /// It has no state.
    NoState,
    /// It has neither a code nor an error.
    NoCode,
}

/// Reads a query (without its `?`).
///
/// A refusal without a state counts, because some servers leave the state out of it: all that a forged one can do is to end
/// the sign-in. Its description is dropped, so that nobody can put words into our mouth.
pub(super) fn read(query: &str, expected_state: &str) -> Answer {
    let mut state = None;
    let mut code = None;
    let mut error = None;
    let mut description = None;
    let mut parameters = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "state" => drop(state.get_or_insert(value)),
            "code" => drop(code.get_or_insert(value)),
            "error" => drop(error.get_or_insert(value)),
            "error_description" => drop(description.get_or_insert(value)),
            _ => parameters.push((name.into_owned(), value.into_owned())),
        }
    }
    let error = error.map(|error| legible(&error, ERROR_WORD));
    let refused = error.filter(|error| !error.is_empty());
    let known = match state.as_deref() {
        Some(state) if !state.is_empty() && state == expected_state => true,
        Some(state) if !state.is_empty() => return Answer::Stray(Stray::OtherState),
        _ => false,
    };
    match (refused, code.filter(|code| is_code(code))) {
        (Some(error), _) => Answer::Denied {
            error,
            description: description
                .filter(|_| known)
                .map(|words| hidden(&words, [expected_state]))
                .filter(|words| !words.is_empty()),
        },
        (None, _) if !known => Answer::Stray(Stray::NoState),
        (None, None) => Answer::Stray(Stray::NoCode),
        (None, Some(code)) => Answer::Code {
            code: SecretString::from(code.into_owned()),
            parameters,
        },
    }
}

/// Whether the person said no, rather than the server: `access_denied` (RFC 6749 4.1.2.1) and what vendors made of it.
pub(super) fn is_by_the_person(error: &str) -> bool {
    ["access_denied", "user_denied", "end_user_denied"].contains(&error.to_lowercase().as_str())
}

/// One line without control characters and without those that turn the direction of text, at most `limit` characters long.
pub(super) fn legible(text: &str, limit: usize) -> String {
    let shown: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| {
            !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        })
        .collect();
    let words: Vec<&str> = shown.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// [`legible`] text for a page or an error, with secrets taken out. Very short ones are no secrets, and would tear words apart.
pub(super) fn hidden<'a>(text: &str, secrets: impl IntoIterator<Item = &'a str>) -> String {
    let secrets = secrets.into_iter().filter(|secret| secret.len() >= 8);
    let text = secrets.fold(text.to_owned(), |text, secret| text.replace(secret, "…"));
    legible(&text, SENTENCE)
}

/// `invalid_scope: the words of the server`, or the word alone.
pub(super) fn in_words(error: &str, description: Option<&str>) -> String {
    match description {
        Some(description) => format!("{error}: {description}"),
        None => error.to_owned(),
    }
}

/// Why pasted text could not be taken. No message repeats the text: it may hold a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasteError {
    /// Nothing but blanks.
    #[error("nothing was pasted: paste the address the browser ended at, or the code in it")]
    Empty,
    /// An address without a code; often that of the sign-in page itself.
    #[error(
        "there is no code in what was pasted: sign in first, then paste the address the browser ends at, even if its page \
         does not load"
    )]
    NoCode,
    /// An address with a code, but without the state that tells whose it is.
    #[error(
        "the pasted address is not complete (`state` is missing): paste all of it, from http to its end"
    )]
    NoState,
    /// The address of another attempt.
    #[error(
        "the pasted address belongs to another sign-in: open the address shown last, sign in there, and paste where it ends"
    )]
    OtherState,
    /// Neither an address nor a code.
    #[error(
        "what was pasted is neither an address nor a code: paste the address the browser ended at"
    )]
    NotUnderstood,
    /// The address tells that access was refused.
    #[error("the sign-in was refused ({})", in_words(error, description.as_deref()))]
    Denied {
        /// The server's word, such as `access_denied`.
        error: String,
        /// The server's words, if any; one line of at most 300 characters.
        description: Option<String>,
    },
}

/// Takes the code, and all parameters but code and state, out of what a person pasted: the whole redirect address, only its
/// query, or the bare code. Quotes, backslashes of a shell, line breaks of a narrow terminal and percent-encoding may be
/// around or in it.
///
/// The state is checked wherever an address or a query was pasted. A bare code has none: it is taken as it is, since the person
/// chose it, and PKCE, where the vendor has it, still ties it to this sign-in (RFC 8252 8.1 and 8.9).
///
/// # Errors
/// When there is no code in the text, when its state is missing or another, or when it tells of a refusal.
pub fn parse_pasted(
    text: &str,
    expected_state: &str,
) -> Result<(SecretString, Vec<(String, String)>), PasteError> {
    let text = unwrapped(text);
    if text.is_empty() {
        return Err(PasteError::Empty);
    }
    let Some(query) = query_of(&text)? else {
        return bare(&text);
    };
    match read(&query, expected_state) {
        Answer::Code { code, parameters } => Ok((code, parameters)),
        Answer::Denied { error, description } => Err(PasteError::Denied { error, description }),
        Answer::Stray(Stray::OtherState) => Err(PasteError::OtherState),
        Answer::Stray(Stray::NoState) if query.contains("code=") => Err(PasteError::NoState),
        Answer::Stray(Stray::NoState | Stray::NoCode) => Err(PasteError::NoCode),
    }
}

/// Without the quotes of a shell, a chat or a mail around it, its backslashes and its line breaks.
fn unwrapped(text: &str) -> String {
    let around = |c: char| c.is_whitespace() || "'\"`<>“”‘’«»".contains(c);
    text.trim_matches(around)
        .lines()
        .map(|line| line.trim().trim_end_matches('\\'))
        .collect::<String>()
        .replace('\\', "")
}

/// The query in `text`; none where it is a bare code.
fn query_of(text: &str) -> Result<Option<String>, PasteError> {
    let without_fragment = || text.split('#').next().unwrap_or_default();
    let query = if text.contains("://") || text.contains('?') {
        let address = without_fragment();
        let (_, query) = address.split_once('?').ok_or(PasteError::NoCode)?;
        query.to_owned()
    } else if ["code", "error", "state"]
        .iter()
        .any(|name| starts_with(text, name))
        || ["&code=", "&error="].iter().any(|name| text.contains(name))
    {
        without_fragment().to_owned()
    } else if text.contains('&') {
        // Copied from behind `code=` on.
        format!("code={}", without_fragment())
    } else {
        return Ok(None);
    };
    // A blank can only come from a wrapped line: in a query it is `+` or `%20`.
    Ok(Some(query.split_whitespace().collect()))
}

fn starts_with(query: &str, name: &str) -> bool {
    query
        .strip_prefix(name)
        .is_some_and(|rest| rest.starts_with('='))
}

fn bare(text: &str) -> Result<(SecretString, Vec<(String, String)>), PasteError> {
    // As in a path, not as in a form: a `+` in a code is a `+`.
    let kept = text.replace('+', "%2B");
    let code = form_urlencoded::parse(format!("code={kept}").as_bytes())
        .next()
        .map(|(_, code)| code.into_owned())
        .unwrap_or_default();
    if !is_code(&code) {
        return Err(PasteError::NotUnderstood);
    }
    Ok((SecretString::from(code), Vec::new()))
}

/// `1*VSCHAR` without the blank, which no server uses (RFC 6749 appendix A.11).
fn is_code(code: &str) -> bool {
    !code.is_empty() && code.len() <= LONGEST_CODE && code.chars().all(|c| c.is_ascii_graphic())
}
