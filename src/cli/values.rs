//! Values of options: read once, checked at the command line, with a message that says what would fit.

use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::domain::integration::Mode;

/// `NAME=VALUE`; the name may hold blanks, the value anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Before the first `=`.
    pub name: String,
    /// After it.
    pub value: String,
}

/// Words of the commands we suggest that stand for what only a person knows.
const OPEN: &[&str] = &["VALUE", "OPTION", "ANSWER", "EMAIL"];

/// Reads a value as it is typed. A suggested command that was run as it stood must not write its own words into leads, let
/// alone send them.
///
/// # Errors
/// If it is such a word.
pub fn typed(text: &str) -> Result<String, String> {
    match OPEN.contains(&text.trim()) {
        true => Err(format!(
            "{} stands for what you put in its place",
            text.trim()
        )),
        false => Ok(text.to_owned()),
    }
}

/// Reads `NAME=VALUE`.
///
/// # Errors
/// If there is no `=` or no name, or the value is left open ([`typed`]).
pub fn assignment(text: &str) -> Result<Assignment, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok(Assignment {
            name: name.trim().to_owned(),
            value: typed(value.trim())?,
        }),
        _ => Err(format!("{text:?} is not of the form NAME=VALUE")),
    }
}

/// A point in time as people name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// `90m`, `2h`, `7d`: so long ago.
    Ago(Duration),
    /// `2026-11-17`: the start of that day here.
    Day(Date),
    /// `2026-11-17T09:00:00Z`.
    At(Timestamp),
}

impl Since {
    /// The moment meant, seen from `now` in `zone`.
    #[must_use]
    pub fn resolve(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        match self {
            Self::At(moment) => moment,
            Self::Ago(length) => SignedDuration::try_from(length)
                .ok()
                .and_then(|length| now.checked_sub(length).ok())
                .unwrap_or(Timestamp::MIN),
            Self::Day(day) => day
                .to_zoned(zone.clone())
                .map_or(now, |start| start.timestamp()),
        }
    }
}

/// Reads a day, a moment, or how long ago.
///
/// # Errors
/// If it is none of them.
pub fn since(text: &str) -> Result<Since, String> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(Since::At(moment));
    }
    if let Ok(day) = text.parse::<Date>() {
        return Ok(Since::Day(day));
    }
    length(text).map(Since::Ago).map_err(|_| {
        format!("{text:?} is neither a day (2026-11-17), a moment (2026-11-17T09:00:00Z) nor a length (2h, 7d)")
    })
}

/// Reads a day.
///
/// # Errors
/// If it is not of the form `2026-11-17`.
pub fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is not a day of the form 2026-11-17"))
}

/// Reads a length of time: `45s`, `10m`, `1h30m`, `2d`.
///
/// # Errors
/// If it has no unit, an unknown one, or is nothing.
pub fn length(text: &str) -> Result<Duration, String> {
    let wrong = || format!("{text:?} is not a length of time such as 45s, 10m, 1h30m or 2d");
    let mut seconds = 0_u64;
    let mut digits = String::new();
    for sign in text.trim().chars() {
        if sign.is_ascii_digit() {
            digits.push(sign);
            continue;
        }
        let unit = match sign {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 7 * 86_400,
            _ => return Err(wrong()),
        };
        let number: u64 = digits.parse().map_err(|_| wrong())?;
        seconds = number
            .checked_mul(unit)
            .and_then(|part| seconds.checked_add(part))
            .ok_or_else(wrong)?;
        digits.clear();
    }
    if seconds == 0 || !digits.is_empty() {
        return Err(wrong());
    }
    Ok(Duration::from_secs(seconds))
}

/// How many failures are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// So many leads.
    Count(u64),
    /// So many of a hundred.
    Percent(u8),
}

/// Reads `20` or `5%`.
///
/// # Errors
/// If it is neither.
pub fn bound(text: &str) -> Result<Bound, String> {
    let wrong = || format!("{text:?} is neither a number such as 20 nor a percentage such as 5%");
    match text.trim().strip_suffix('%') {
        Some(percent) => percent
            .trim()
            .parse()
            .ok()
            .filter(|percent| *percent <= 100)
            .map(Bound::Percent)
            .ok_or_else(wrong),
        None => text.trim().parse().map(Bound::Count).map_err(|_| wrong()),
    }
}

/// The words of `mode`, in either order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModeWords {
    /// The mode to set, if one is named.
    pub mode: Option<Mode>,
    /// The integration, if one is named.
    pub vendor: Option<String>,
}

/// Tells the mode from the vendor.
///
/// # Errors
/// If two words are of one kind.
pub fn mode_words<'a>(words: impl IntoIterator<Item = &'a String>) -> Result<ModeWords, String> {
    let mut found = ModeWords::default();
    for word in words {
        let mode = Mode::from_name(&word.to_ascii_lowercase());
        let modes = [Mode::Automatic.name(), Mode::Manual.name()];
        if let (None, Some(meant)) = (mode, nearest(word, modes)) {
            return Err(format!("{word:?} is no mode; did you mean {meant}?"));
        }
        let taken = match mode {
            Some(mode) => found.mode.replace(mode).is_some(),
            None => found.vendor.replace(word.clone()).is_some(),
        };
        if taken {
            return Err(match mode {
                Some(_) => "two modes are named".to_owned(),
                None => {
                    format!("{word:?} is no mode: automatic or manual, and at most one integration")
                }
            });
        }
    }
    Ok(found)
}

/// A vendor to show in examples and to name where nothing is connected: one that works when it is typed.
#[must_use]
pub fn example_vendor() -> &'static str {
    crate::vendors::ALL
        .first()
        .map_or("VENDOR", |vendor| vendor.name)
}

/// Every name `connect` takes: the vendors, then the sources of leads.
pub fn vendor_names() -> impl Iterator<Item = &'static str> {
    let vendors = crate::vendors::ALL.iter().map(|vendor| vendor.name);
    vendors.chain(crate::sources::ALL.iter().map(|source| source.name))
}

/// A name `connect` takes, for completions and help; what is none of them is refused later, with advice.
#[derive(Debug, Clone)]
pub struct VendorName;

impl clap::builder::TypedValueParser for VendorName {
    type Value = String;

    fn parse_ref(
        &self,
        _command: &clap::Command,
        _argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        Ok(value.to_string_lossy().into_owned())
    }

    fn possible_values(
        &self,
    ) -> Option<Box<dyn Iterator<Item = clap::builder::PossibleValue> + '_>> {
        Some(Box::new(
            vendor_names().map(clap::builder::PossibleValue::new),
        ))
    }
}

/// The known word nearest to a mistyped one, if any is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            (
                strsim::jaro_winkler(&word, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn assignments_split_at_the_first_sign() {
        assert_eq!(
            assignment("Follow up = a=b").unwrap(),
            Assignment {
                name: "Follow up".into(),
                value: "a=b".into()
            }
        );
        assert_eq!(assignment("city=").unwrap().value, "");
        assert!(assignment("=x").is_err() && assignment("x").is_err());
    }

    #[test]
    fn what_a_suggestion_leaves_open_is_no_value() {
        assert_eq!(
            assignment("Badge=VALUE").unwrap_err(),
            "VALUE stands for what you put in its place"
        );
        assert!(typed("OPTION").is_err() && typed(" ANSWER ").is_err());
        assert_eq!(typed("").unwrap(), "");
        assert_eq!(assignment("VALUE=value").unwrap().value, "value");
    }

    #[test]
    fn points_in_time_are_days_moments_or_lengths() {
        let now: Timestamp = "2026-11-18T12:00:00Z".parse().unwrap();
        let resolve = |text| {
            since(text)
                .unwrap()
                .resolve(now, &TimeZone::UTC)
                .to_string()
        };
        assert_eq!(resolve("2h"), "2026-11-18T10:00:00Z");
        assert_eq!(resolve("7d"), "2026-11-11T12:00:00Z");
        assert_eq!(resolve("2026-11-17"), "2026-11-17T00:00:00Z");
        assert_eq!(resolve("2026-11-17T09:00:00Z"), "2026-11-17T09:00:00Z");
        for wrong in ["", "2", "h", "yesterday", "2x", "0s"] {
            assert!(since(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn lengths_add_up() {
        assert_eq!(length("1h30m").unwrap(), Duration::from_secs(5_400));
        assert!(length("1h30").is_err());
    }

    #[test]
    fn bounds_are_numbers_or_percentages() {
        assert_eq!(bound("20").unwrap(), Bound::Count(20));
        assert_eq!(bound("5%").unwrap(), Bound::Percent(5));
        assert!(bound("101%").is_err() && bound("x").is_err());
    }

    #[test]
    fn mode_takes_its_words_in_either_order() {
        let words = |words: &[&str]| {
            mode_words(
                &words
                    .iter()
                    .map(|word| (*word).to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        let both = ModeWords {
            mode: Some(Mode::Manual),
            vendor: Some("crm".into()),
        };
        assert_eq!(words(&["manual", "crm"]).unwrap(), both);
        assert_eq!(words(&["crm", "Manual"]).unwrap(), both);
        assert_eq!(words(&[]).unwrap(), ModeWords::default());
        assert!(words(&["manual", "automatic"]).is_err());
        assert!(words(&["crm", "other"]).is_err());
    }

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        let known = ["NO_TAG_MAPPING", "CONNECTION"];
        assert_eq!(nearest("conection", known), Some("CONNECTION"));
        assert_eq!(nearest("zzz", known), None);
    }
}
