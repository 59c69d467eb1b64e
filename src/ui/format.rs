//! Numbers, times and text as people read them; nothing here writes anything.

use std::time::Duration;

use dialoguer::console;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A count with its thousands apart: `1,660`.
#[must_use]
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 lead`, `1,660 leads`. The plural takes an `s`.
#[must_use]
pub fn counted(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", count(number))
}

/// Cleared of cleared and failed in tenths of a percent; `None` where nothing was pushed. Never rounds up to all, nor
/// down to none: 1,000 means that nothing failed.
#[must_use]
pub fn cleared_permille(cleared: u64, failed: u64) -> Option<u32> {
    let pushed = u128::from(cleared) + u128::from(failed);
    if pushed == 0 {
        return None;
    }
    let rounded = (u128::from(cleared) * 2000 + pushed) / (pushed * 2);
    let bounded = match (cleared, failed) {
        (_, 0) => 1000,
        (0, _) => 0,
        _ => rounded.clamp(1, 999),
    };
    u32::try_from(bounded).ok()
}

/// Tenths of a percent as text without the sign: `92.2`, `100`, `0`.
#[must_use]
pub fn permille(tenths: u32) -> String {
    match tenths {
        0 | 1000 => (tenths / 10).to_string(),
        _ => format!("{}.{}", tenths / 10, tenths % 10),
    }
}

/// A length of time, to the unit that matters: `850 ms`, `38 s`, `4 min 20 s`, `3 h 5 min`, `2 d 4 h`.
#[must_use]
pub fn duration(length: Duration) -> String {
    let seconds = length.as_secs();
    let two = |large: u64, large_unit: &str, small: u64, small_unit: &str| match small {
        0 => format!("{large} {large_unit}"),
        _ => format!("{large} {large_unit} {small} {small_unit}"),
    };
    match seconds {
        0 => format!("{} ms", length.as_millis()),
        1..60 => format!("{seconds} s"),
        60..3600 => two(seconds / 60, "min", seconds % 60, "s"),
        3600..86_400 => two(seconds / 3600, "h", seconds % 3600 / 60, "min"),
        _ => two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h"),
    }
}

/// How long ago something was, roughly: `just now`, `8 min ago`, `3 h ago`, `2 d ago`.
#[must_use]
pub fn ago(then: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second().saturating_sub(then.as_second());
    match seconds {
        ..60 => "just now".to_owned(),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} d ago", seconds / 86_400),
    }
}

/// A moment as people say it: `Wed 18 Nov 18:02`, with the year where it is not this one.
#[must_use]
pub fn moment(when: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let local = when.to_zoned(zone.clone());
    let format = if local.year() == now.to_zoned(zone.clone()).year() {
        "%a %-d %b %H:%M"
    } else {
        "%a %-d %b %Y %H:%M"
    };
    local.strftime(format).to_string()
}

/// A moment for tables that are piped on: RFC 3339 in UTC, to the second.
#[must_use]
pub fn stamp(when: Timestamp) -> String {
    when.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// How many columns a text takes, escape codes not counted.
#[must_use]
pub fn width(text: &str) -> usize {
    console::measure_text_width(text)
}

/// The text filled with blanks up to a width.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text with blanks before it up to a width.
#[must_use]
pub fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text cut to a width, with a sign that something is missing.
#[must_use]
pub fn cut(text: &str, columns: usize, sign: &str) -> String {
    console::truncate_str(text, columns, sign).into_owned()
}

/// Text from a file or a vendor, made harmless for a terminal and for one line: control characters (escape codes among
/// them) become blanks.
#[must_use]
pub fn clean(text: &str) -> String {
    if text.chars().any(is_unsafe) {
        text.chars()
            .map(|sign| if is_unsafe(sign) { ' ' } else { sign })
            .collect()
    } else {
        text.to_owned()
    }
}

/// Controls, and the marks that turn the direction of writing: both can make a terminal show what is not there.
fn is_unsafe(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// A value in a command to copy: quoted where a shell would take it apart.
#[must_use]
pub fn shell(text: &str) -> String {
    let plain = |sign: char| sign.is_alphanumeric() || "-_.,:/@%+=".contains(sign);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        if matches!(sign, '"' | '\\' | '$' | '`') {
            quoted.push('\\');
        }
        quoted.push(sign);
    }
    quoted.push('"');
    quoted
}

/// The text broken into lines of at most `columns`, at blanks; every line starts with `indent` blanks.
#[must_use]
pub fn wrap(text: &str, columns: usize, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let room = columns.saturating_sub(indent).max(20);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
        .iter()
        .map(|line| format!("{margin}{line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn counts_are_set_apart_by_thousands() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_660), "1,660");
        assert_eq!(count(1_000_000), "1,000,000");
        assert_eq!(counted(1, "lead"), "1 lead");
        assert_eq!(counted(2, "lead"), "2 leads");
    }

    #[test]
    fn a_percentage_is_never_rounded_to_all_or_to_none() {
        assert_eq!(cleared_permille(1_660, 140), Some(922));
        assert_eq!(cleared_permille(1_000_000, 1), Some(999));
        assert_eq!(cleared_permille(1, 1_000_000), Some(1));
        assert_eq!(cleared_permille(5, 0), Some(1000));
        assert_eq!(cleared_permille(0, 5), Some(0));
        assert_eq!(cleared_permille(0, 0), None);
        assert_eq!(permille(922), "92.2");
        assert_eq!(permille(1000), "100");
        assert_eq!(permille(999), "99.9");
    }

    #[test]
    fn lengths_of_time_stop_at_the_unit_that_matters() {
        assert_eq!(duration(Duration::from_millis(850)), "850 ms");
        assert_eq!(duration(Duration::from_secs(38)), "38 s");
        assert_eq!(duration(Duration::from_secs(260)), "4 min 20 s");
        assert_eq!(duration(Duration::from_secs(3 * 3600)), "3 h");
        assert_eq!(duration(Duration::from_secs(52 * 3600)), "2 d 4 h");
    }

    #[test]
    fn moments_name_the_year_only_where_it_differs() {
        let now: Timestamp = "2026-11-18T18:10:00Z".parse().unwrap();
        let utc = TimeZone::UTC;
        assert_eq!(
            moment("2026-11-18T18:02:00Z".parse().unwrap(), now, &utc),
            "Wed 18 Nov 18:02"
        );
        assert_eq!(
            moment("2025-11-18T18:02:00Z".parse().unwrap(), now, &utc),
            "Tue 18 Nov 2025 18:02"
        );
        assert_eq!(
            ago("2026-11-18T18:02:00Z".parse().unwrap(), now),
            "8 min ago"
        );
    }

    #[test]
    fn what_a_vendor_sends_cannot_drive_the_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb\nc"), "a [2Jb c");
        assert_eq!(clean("\u{202e}abc"), " abc");
        assert_eq!(clean("Müller & Söhne"), "Müller & Söhne");
    }

    #[test]
    fn names_with_blanks_are_quoted_for_the_shell() {
        assert_eq!(shell("Dreamforce"), "Dreamforce");
        assert_eq!(shell("Dreamforce 2026"), "\"Dreamforce 2026\"");
        assert_eq!(shell("a\"$b"), "\"a\\\"\\$b\"");
        assert_eq!(shell(""), "\"\"");
    }

    #[test]
    fn long_text_is_broken_at_blanks() {
        assert_eq!(
            wrap("one two three four five six", 22, 2),
            "  one two three four\n  five six"
        );
    }
}
