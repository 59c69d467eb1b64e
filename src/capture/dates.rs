//! When a person was met, in the many ways exports write it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

/// A moment read from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The moment; a date alone is its midnight.
    pub at: Timestamp,
    /// Day and month could be either way round.
    pub ambiguous: bool,
}

/// How to read what a text leaves open.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Whether `3/4/2026` is the third of April.
    pub day_first: bool,
    /// The zone of times that name none.
    pub zone: TimeZone,
}

/// Reads a date, with or without a time: ISO 8601, `3/4/2026 9:15 PM`, `17.11.2026`, `Nov 17, 2026`, seconds since 1970,
/// a spreadsheet's day number. `None` for anything else.
#[must_use]
pub fn parse(text: &str, reading: &Reading) -> Option<Moment> {
    let text = text.trim();
    let sure = |at| Moment {
        at,
        ambiguous: false,
    };
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(sure(at));
    }
    if text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.matches('.').count() < 2
    {
        return number(text, reading).map(sure);
    }
    let parts = Parts::of(text, reading.day_first)?;
    let civil = DateTime::from_parts(parts.date?, parts.time.unwrap_or(Time::midnight()));
    let zone = parts
        .offset
        .map_or_else(|| reading.zone.clone(), TimeZone::fixed);
    Some(Moment {
        at: zone.to_timestamp(civil).ok()?,
        ambiguous: parts.ambiguous,
    })
}

/// A bare number: seconds or milliseconds since 1970, or days since the end of 1899 as spreadsheets count.
fn number(text: &str, reading: &Reading) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    match (whole.len(), fraction.len()) {
        (10, 0) => Timestamp::from_second(whole.parse().ok()?).ok(),
        (13, 0) => Timestamp::from_millisecond(whole.parse().ok()?).ok(),
        (5, _) => {
            let days: i64 = whole.parse().ok()?;
            let part: f64 = format!("0.{fraction}0").parse().ok()?;
            let start = Date::constant(1899, 12, 30).to_datetime(Time::midnight());
            // A day's fraction has no more than microseconds in it.
            #[allow(clippy::cast_possible_truncation)]
            let seconds = (part * 86_400.0).round() as i64;
            let civil = start
                .checked_add(
                    jiff::Span::new()
                        .try_days(days)
                        .ok()?
                        .try_seconds(seconds)
                        .ok()?,
                )
                .ok()?;
            reading.zone.to_timestamp(civil).ok()
        }
        (8, 0) => {
            let date: Date = whole.parse().ok()?;
            reading
                .zone
                .to_timestamp(date.to_datetime(Time::midnight()))
                .ok()
        }
        _ => None,
    }
}

#[derive(Debug, Default)]
struct Parts {
    date: Option<Date>,
    time: Option<Time>,
    offset: Option<Offset>,
    ambiguous: bool,
    /// Numbers and a month that stand alone, as in `17 Nov 2026`.
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
}

impl Parts {
    fn of(text: &str, day_first: bool) -> Option<Self> {
        let mut parts = Self::default();
        let lower = text.to_lowercase();
        // `2026-11-17T09:00` is two words; no other word has a digit before its t and one after.
        let bytes = lower.as_bytes();
        let spaced: String = lower
            .char_indices()
            .map(|(index, character)| {
                let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
                let iso = character == 't' && index > 0 && digit(index - 1) && digit(index + 1);
                if iso || character == ',' || character.is_whitespace() {
                    ' '
                } else {
                    character
                }
            })
            .collect();
        for word in spaced.split(' ').filter(|word| !word.is_empty()) {
            parts.word(word, day_first)?;
        }
        if parts.date.is_none() {
            parts.date = Date::new(parts.year?, parts.month?, parts.day?).ok();
        }
        Some(parts)
    }

    fn word(&mut self, word: &str, day_first: bool) -> Option<()> {
        if word.contains(':') && !word.starts_with(['+', '-']) {
            self.clock(word)?;
        } else if let Some(afternoon) = half(word) {
            self.time = Some(twelve_hours(self.time?, afternoon)?);
        } else if let Some(offset) = offset(word) {
            self.offset = Some(offset);
        } else if let Some(month) = month(word) {
            self.month = Some(month);
        } else if let Ok(number) = word
            .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.')
            .parse::<i16>()
        {
            match i8::try_from(number) {
                Ok(day @ 1..=31) if self.day.is_none() => self.day = Some(day),
                _ => self.year = Some(full_year(number)),
            }
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            self.numeric_date(word, day_first)?;
        } else if !is_weekday(word) && word != "at" && word != "um" && word != "uhr" {
            return None;
        }
        Some(())
    }

    /// `9:15`, `09:15:30.5`, `9:15pm`, `09:15:30+01:00`, `09:15z`.
    fn clock(&mut self, word: &str) -> Option<()> {
        let end = word
            .find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'))
            .unwrap_or(word.len());
        let (clock, rest) = word.split_at(end);
        let mut numbers = clock.split(':');
        let hour: i8 = numbers.next()?.parse().ok()?;
        let minute: i8 = numbers.next()?.parse().ok()?;
        let seconds = numbers.next().unwrap_or("0");
        let second: i8 = seconds.split('.').next()?.parse().ok()?;
        self.time = Some(Time::new(hour, minute, second, 0).ok()?);
        if let Some(afternoon) = half(rest) {
            self.time = Some(twelve_hours(self.time?, afternoon)?);
        } else if !rest.is_empty() {
            self.offset = Some(offset(rest)?);
        }
        Some(())
    }

    /// Three parts between `/`, `.` or `-`, one of which may be a month's name.
    fn numeric_date(&mut self, word: &str, day_first: bool) -> Option<()> {
        let parts: Vec<&str> = word
            .split(['/', '.', '-'])
            .filter(|part| !part.is_empty())
            .collect();
        let [first, second, third] = parts.as_slice() else {
            return None;
        };
        if let Some(named) = month(second) {
            self.date = Date::new(full_year(third.parse().ok()?), named, first.parse().ok()?).ok();
            return self.date.map(|_| ());
        }
        if first.len() == 4 {
            self.date = Date::new(
                first.parse().ok()?,
                second.parse().ok()?,
                third.parse().ok()?,
            )
            .ok();
            return self.date.map(|_| ());
        }
        let (one, two): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
        // Dots are written where the day comes first.
        let dotted = word.contains('.');
        let (day, month) = match () {
            () if one > 12 || (two <= 12 && (dotted || day_first)) => (one, two),
            () => (two, one),
        };
        self.ambiguous = one <= 12 && two <= 12 && one != two && !dotted;
        self.date = Date::new(full_year(third.parse().ok()?), month, day).ok();
        self.date.map(|_| ())
    }
}

fn full_year(year: i16) -> i16 {
    if (0..100).contains(&year) {
        2000 + year
    } else {
        year
    }
}

/// Whether the word says "before noon" (false) or "after noon" (true).
fn half(word: &str) -> Option<bool> {
    match word {
        "am" | "a.m." | "a" => Some(false),
        "pm" | "p.m." | "p" => Some(true),
        _ => None,
    }
}

fn twelve_hours(time: Time, afternoon: bool) -> Option<Time> {
    let hour = match (time.hour(), afternoon) {
        (12, false) => 0,
        (hour @ 1..=11, true) => hour + 12,
        (hour, _) => hour,
    };
    Time::new(hour, time.minute(), time.second(), 0).ok()
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: &[&[&str]] = &[
        &["jan"],
        &["feb"],
        &["mar", "mär"],
        &["apr"],
        &["may", "mai"],
        &["jun"],
        &["jul"],
        &["aug"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez"],
    ];
    let word = word.trim_end_matches('.');
    let known = word.chars().count() >= 3 && word.chars().all(char::is_alphabetic);
    let index = MONTHS
        .iter()
        .position(|names| known && names.iter().any(|name| word.starts_with(name)))?;
    i8::try_from(index + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .any(|day| word.starts_with(day))
}

/// `z`, `utc`, `+0100`, `+01:00`, and the abbreviations exports write.
fn offset(word: &str) -> Option<Offset> {
    let hours = |hours: i8| Offset::from_hours(hours).ok();
    match word.trim_matches(['(', ')']) {
        "z" | "utc" | "gmt" => hours(0),
        "bst" | "cet" => hours(1),
        "cest" => hours(2),
        "edt" => hours(-4),
        "est" | "cdt" => hours(-5),
        "cst" | "mdt" => hours(-6),
        "mst" | "pdt" => hours(-7),
        "pst" => hours(-8),
        signed => {
            let sign = match signed.as_bytes().first()? {
                b'+' => 1,
                b'-' => -1,
                _ => return None,
            };
            let digits: String = signed.chars().filter(char::is_ascii_digit).collect();
            let (hour, minute) = match digits.len() {
                2 => (digits.parse::<i32>().ok()?, 0),
                4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
                _ => return None,
            };
            Offset::from_seconds(sign * (hour * 3600 + minute * 60)).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &str, day_first: bool) -> Option<(String, bool)> {
        let reading = Reading {
            day_first,
            zone: TimeZone::UTC,
        };
        parse(text, &reading).map(|moment| (moment.at.to_string(), moment.ambiguous))
    }

    #[test]
    fn the_ways_exports_write_a_time() {
        for text in [
            "2026-11-17T09:15:00Z",
            "2026-11-17 09:15",
            "2026-11-17T10:15:00+01:00",
            "2026-11-17T09:15",
            "2026/11/17 9:15",
            "11/17/2026 9:15 AM",
            "11/17/26 9:15am",
            "17/11/2026 09:15:00",
            "17.11.2026 09:15",
            "17.11.2026, 09:15 Uhr",
            "Nov 17, 2026 9:15 AM",
            "Tuesday, November 17th, 2026 at 09:15",
            "17-Nov-2026 09:15",
            "17 Nov 2026 10:15:00 CET",
            "Tue, 17 Nov 2026 09:15:00 GMT",
            "Tue Nov 17 2026 04:15:00 -0500",
            "1794906900",
            "1794906900000",
            "46343.385416667",
        ] {
            assert_eq!(
                read(text, false),
                Some(("2026-11-17T09:15:00Z".into(), false)),
                "{text}"
            );
        }
        for text in ["2026-11-17", "20261117", "17.11.26", "46343"] {
            assert_eq!(
                read(text, false).unwrap().0,
                "2026-11-17T00:00:00Z",
                "{text}"
            );
        }
        assert_eq!(
            read("11/17/2026 12:05 AM", false).unwrap().0,
            "2026-11-17T00:05:00Z"
        );
        assert_eq!(
            read("11/17/2026 12:05 PM", false).unwrap().0,
            "2026-11-17T12:05:00Z"
        );
    }

    #[test]
    fn day_and_month_are_told_apart_where_possible() {
        assert_eq!(
            read("3/4/2026", false),
            Some(("2026-03-04T00:00:00Z".into(), true))
        );
        assert_eq!(
            read("3/4/2026", true),
            Some(("2026-04-03T00:00:00Z".into(), true))
        );
        assert_eq!(
            read("3.4.2026", false),
            Some(("2026-04-03T00:00:00Z".into(), false))
        );
        assert_eq!(
            read("4/4/2026", false),
            Some(("2026-04-04T00:00:00Z".into(), false))
        );
        assert_eq!(read("11/17/2026", true).unwrap().0, "2026-11-17T00:00:00Z");
    }

    #[test]
    fn anything_else_is_no_date() {
        for text in [
            "",
            "soon",
            "n/a",
            "32/13/2026",
            "2026-02-30",
            "9:15",
            "17 Nov",
            "12345678901",
            "1.2",
            "Expo 2026",
        ] {
            assert_eq!(read(text, false), None, "{text}");
        }
    }

    #[test]
    fn a_time_without_a_zone_is_that_of_the_place() {
        let reading = Reading {
            day_first: false,
            zone: TimeZone::get("America/New_York").unwrap(),
        };
        assert_eq!(
            parse("2026-11-17 09:15", &reading).unwrap().at.to_string(),
            "2026-11-17T14:15:00Z"
        );
    }
}
