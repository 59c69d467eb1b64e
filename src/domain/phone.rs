//! Phone numbers in the form the whole world can dial (E.164), by the numbering plans of all countries.
//!
//! The only place that knows the library of the plans, which is slow at first use (about 15 ms): nothing here is called
//! before a number has to be read.

use rlibphonenumber::enums::Region;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};

/// A number that exists in its country's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// `+` and digits.
    pub e164: String,
    /// What is dialled after somebody answered.
    pub extension: Option<String>,
    /// The country it belongs to, as a code of two letters; none for numbers of no country.
    pub country: Option<String>,
    /// Whether it was written with its country, so that the country is its own word and not ours.
    pub international: bool,
}

impl Phone {
    /// The number with its extension, as CRMs keep it.
    #[must_use]
    pub fn written(&self) -> String {
        match &self.extension {
            Some(extension) => format!("{} ext. {extension}", self.e164),
            None => self.e164.clone(),
        }
    }
}

/// Reads a number; one without a country's code is taken as a number of `country` (a code of two letters). `None` unless it
/// is one number, and valid: a number that is nearly right stays as it was captured.
#[must_use]
pub fn parse(text: &str, country: Option<&str>) -> Option<Phone> {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // Two numbers in one cell would be read as the first one, and the second lost.
    if !(4..=22).contains(&digits) || text.contains(['/', ';', '|', '\n', '@']) {
        return None;
    }
    let normal = match text.strip_prefix("00") {
        // Where no country is known, 00 is how most of the world dials abroad.
        Some(rest) if country.is_none() => format!("+{rest}"),
        _ => text.replace("(0)", ""),
    };
    let region = country.and_then(|code| code.parse::<Region>().ok());
    let number = PHONE_NUMBER_UTIL.parse(&normal, region).ok()?;
    if !number.is_valid() {
        return None;
    }
    Some(Phone {
        e164: number.format_as(PhoneNumberFormat::E164).into_owned(),
        extension: extension(&number),
        country: country_of(&number),
        international: normal.starts_with(['+', '＋']) || text.starts_with("00"),
    })
}

fn extension(number: &PhoneNumber) -> Option<String> {
    number.extension.clone().filter(|text| !text.is_empty())
}

fn country_of(number: &PhoneNumber) -> Option<String> {
    let region = number.get_region_code()?.to_string();
    // 001: numbers of no country (freephone of the whole world, satellites).
    (region.len() == 2 && region.chars().all(|letter| letter.is_ascii_uppercase()))
        .then_some(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, country: Option<&str>) -> Option<String> {
        parse(text, country).map(|phone| phone.written())
    }

    #[test]
    fn numbers_are_read_as_their_country_writes_them() {
        for (text, country, expected) in [
            ("(202) 456-1111", "US", "+12024561111"),
            ("202.456.1111 x89", "US", "+12024561111 ext. 89"),
            ("202-456-1111 ext 5", "US", "+12024561111 ext. 5"),
            ("030 901820", "DE", "+4930901820"),
            ("+49 (0)30 901820", "US", "+4930901820"),
            ("0049 30 901820", "DE", "+4930901820"),
            ("020 7183 8750", "GB", "+442071838750"),
            ("01 42 68 53 00", "FR", "+33142685300"),
            ("+1 202 456 1111", "DE", "+12024561111"),
            ("tel: +1-202-456-1111", "DE", "+12024561111"),
        ] {
            assert_eq!(
                read(text, Some(country)).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(read("0049 30 901820", None).as_deref(), Some("+4930901820"));
    }

    #[test]
    fn what_is_no_single_valid_number_stays_as_it_is() {
        for (text, country) in [
            ("202 456 1111", None),
            ("12", Some("US")),
            ("555-0199", Some("US")),
            ("+1 000 000 0000", None),
            ("202 456 1111 / 202 456 1414", Some("US")),
            ("call me", Some("US")),
            ("", Some("US")),
            ("1.20246E+10", Some("US")),
            ("202 456 1111", Some("Narnia")),
        ] {
            assert_eq!(read(text, country), None, "{text}");
        }
    }

    #[test]
    fn the_country_of_a_number_is_told_where_it_has_one() {
        let country = |text: &str| parse(text, None).and_then(|phone| phone.country);
        assert_eq!(country("+49 30 901820").as_deref(), Some("DE"));
        assert_eq!(country("+1 613 995 9000").as_deref(), Some("CA"));
        assert_eq!(country("+800 1234 5678"), None);
    }
}
