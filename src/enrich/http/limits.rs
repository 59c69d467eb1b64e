//! How often a provider may be asked.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How often it may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limit {
    /// Requests in a time: `100/min`, `15/s`.
    pub rate: Option<Rate>,
    /// The header that tells how many are left.
    pub remaining: Option<String>,
    /// The header that tells when there are new ones: seconds, or a moment.
    pub reset: Option<String>,
}

/// So many requests in a second, a minute or an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rate {
    /// Requests.
    pub amount: u32,
    /// In which time.
    pub per: Duration,
}

impl std::str::FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no rate; write it like 100/min, 15/s or 1000/h");
        let (amount, unit) = text.split_once('/').ok_or_else(wrong)?;
        let amount = amount.trim().parse().ok().filter(|amount| *amount > 0);
        let seconds = match unit.trim() {
            "s" | "sec" | "second" => 1,
            "min" | "m" | "minute" => 60,
            "h" | "hour" => 3_600,
            _ => return Err(wrong()),
        };
        Ok(Self {
            amount: amount.ok_or_else(wrong)?,
            per: Duration::from_secs(seconds),
        })
    }
}

impl TryFrom<String> for Rate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Rate> for String {
    fn from(rate: Rate) -> Self {
        rate.to_string()
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = match self.per.as_secs() {
            1 => "s",
            60 => "min",
            _ => "h",
        };
        write!(formatter, "{}/{unit}", self.amount)
    }
}
