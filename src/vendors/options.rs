//! The options of `connect` that only some vendors have, as data: the command line makes its flags of them.

/// One option of `connect`.
pub struct VendorOption {
    /// The flag without dashes, and the key among a connection's options: `data-center`.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// What it takes.
    pub kind: OptionKind,
    /// What changing it later means, told as a warning; empty: nothing worth telling.
    pub on_change: &'static str,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// Nothing: it is there or not. `--name=false` takes it back.
    Switch,
    /// One of these words; the first holds where none is named.
    Choice(&'static [(&'static str, &'static str)]),
    /// Any text, named so in the help.
    Text(&'static str),
    /// How many units of a limit that counts by the day the account has; the documentation's number where it is not given.
    Amount {
        /// Named so in the help.
        value: &'static str,
        /// The limit's name among [`super::VendorInfo::quotas`].
        quota: &'static str,
    },
}

/// Units of a limit as people write them: `60000`, `60,000`, `60 000`.
#[must_use]
pub fn amount(text: &str) -> Option<u32> {
    let digits: String = text
        .chars()
        .filter(|character| !matches!(character, ',' | '.' | '\'' | '_' | ' '))
        .collect();
    digits.parse().ok().filter(|amount| *amount > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_however_they_are_grouped() {
        assert_eq!(amount("60000"), Some(60_000));
        assert_eq!(amount("60,000"), Some(60_000));
        assert_eq!(
            (amount("0"), amount("many"), amount("-5")),
            (None, None, None)
        );
    }
}
