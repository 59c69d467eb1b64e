//! What an examination of this machine and its connections found: words and judgements, no input or output.

use std::time::Duration;

use jiff::SignedDuration;

/// A clock this far off is worth a word.
const SKEW_WORTH_A_WORD: SignedDuration = SignedDuration::from_mins(2);
/// A clock this far off breaks tokens and signed assertions: vendors allow five minutes at most.
const SKEW_THAT_BREAKS: SignedDuration = SignedDuration::from_mins(5);

/// How well one thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// As it should be, or only for information.
    Fine,
    /// Pushes work; somebody should know all the same.
    Warning,
    /// Keeps this machine from pushing.
    Broken,
    /// Could not be looked at, because something before it is broken.
    Skipped,
}

impl Level {
    /// The word in JSON and in a pipe.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Warning => "warning",
            Self::Broken => "broken",
            Self::Skipped => "skipped",
        }
    }

    /// Whether a monitor may go on.
    #[must_use]
    pub fn is_ok(self) -> bool {
        matches!(self, Self::Fine | Self::Warning)
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name: `database`, `sign-in`.
    pub name: &'static str,
    /// How it is.
    pub level: Level,
    /// What was seen, in a line.
    pub detail: String,
    /// More lines of the same.
    pub notes: Vec<String>,
    /// What to do, where no single command does it.
    pub hint: Option<String>,
    /// The command that repairs it.
    pub fix: Option<String>,
}

impl Check {
    /// A check of a level.
    #[must_use]
    pub fn new(name: &'static str, level: Level, detail: impl Into<String>) -> Self {
        Self {
            name,
            level,
            detail: detail.into(),
            notes: Vec::new(),
            hint: None,
            fix: None,
        }
    }

    /// As it should be.
    #[must_use]
    pub fn fine(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, Level::Fine, detail)
    }

    /// Worth a word.
    #[must_use]
    pub fn warning(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, Level::Warning, detail)
    }

    /// Keeps this machine from pushing.
    #[must_use]
    pub fn broken(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, Level::Broken, detail)
    }

    /// Not looked at, because of something before it.
    #[must_use]
    pub fn skipped(name: &'static str, because: impl Into<String>) -> Self {
        Self::new(name, Level::Skipped, because)
    }

    /// The same with another line.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same with something to do, in words.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with the command that repairs it.
    #[must_use]
    pub fn fix(mut self, command: impl Into<String>) -> Self {
        self.fix = Some(command.into());
        self
    }
}

/// The checks of one thing: this machine, or one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What `-i` takes; `None`: this machine.
    pub integration: Option<String>,
    /// The heading.
    pub title: String,
    /// The checks, in their order.
    pub checks: Vec<Check>,
}

/// How many things keep this machine from pushing.
#[must_use]
pub fn broken(sections: &[Section]) -> usize {
    sections
        .iter()
        .flat_map(|section| &section.checks)
        .filter(|check| check.level == Level::Broken)
        .count()
}

/// How far this machine's clock is from the vendor's: `skew` is theirs minus ours. Half of the time the answer took is not
/// known to be either's.
#[must_use]
pub fn clock(skew: Option<SignedDuration>, took: Duration) -> Check {
    const NAME: &str = "clock";
    let Some(skew) = skew else {
        return Check::fine(NAME, "not known: the vendor tells no time");
    };
    let unsure = SignedDuration::try_from(took).unwrap_or(SignedDuration::MAX);
    let far = skew.abs().saturating_sub(unsure);
    let way = if skew.is_positive() {
        "behind"
    } else {
        "ahead of"
    };
    let amount = amount(skew.unsigned_abs());
    if far > SKEW_THAT_BREAKS {
        Check::broken(NAME, format!("{amount} {way} the vendor's"))
            .hint("set this machine's clock (switch on its time service): tokens and signatures depend on it")
    } else if far > SKEW_WORTH_A_WORD {
        Check::warning(NAME, format!("{amount} {way} the vendor's"))
            .hint("set this machine's clock: tokens and signatures depend on it")
    } else {
        Check::fine(NAME, "agrees with the vendor's")
    }
}

fn amount(length: Duration) -> String {
    match length.as_secs() {
        seconds @ 0..=119 => format!("{seconds} s"),
        seconds @ 120..=7_199 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3_600),
    }
}

/// Scopes and permissions: missing ones are broken where persons cannot be found or created without them.
#[must_use]
pub fn permissions(
    held: usize,
    missing: &[(String, String)],
    is_vital: impl Fn(&str) -> bool,
) -> Check {
    const NAME: &str = "permissions";
    if missing.is_empty() {
        return Check::fine(NAME, format!("{held} held, none missing"));
    }
    let level = if missing.iter().any(|(name, _)| is_vital(name)) {
        Level::Broken
    } else {
        Level::Warning
    };
    let detail = format!("{held} held, {} missing", missing.len());
    missing
        .iter()
        .fold(Check::new(NAME, level, detail), |check, (name, breaks)| {
            check.note(format!("{name}: {breaks}"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUICK: Duration = Duration::from_millis(200);

    #[test]
    fn a_clock_is_judged_by_what_tokens_bear() {
        let level = |seconds| clock(Some(SignedDuration::from_secs(seconds)), QUICK).level;
        for (seconds, expected) in [
            (0, Level::Fine),
            (119, Level::Fine),
            (-119, Level::Fine),
            (122, Level::Warning),
            (-299, Level::Warning),
            (302, Level::Broken),
            (-86_400, Level::Broken),
        ] {
            assert_eq!(level(seconds), expected, "{seconds}");
        }
        assert_eq!(clock(None, QUICK).level, Level::Fine);
    }

    #[test]
    fn a_clock_is_told_with_its_direction() {
        let behind = clock(Some(SignedDuration::from_mins(12)), QUICK);
        assert_eq!(behind.detail, "12 min behind the vendor's");
        let ahead = clock(Some(SignedDuration::from_hours(-3)), QUICK);
        assert_eq!(ahead.detail, "3 h ahead of the vendor's");
    }

    #[test]
    fn a_slow_answer_is_no_wrong_clock() {
        let slow = Duration::from_secs(8);
        let check = clock(Some(SignedDuration::from_secs(125)), slow);
        assert_eq!(check.level, Level::Fine);
    }

    #[test]
    fn only_what_persons_need_is_broken() {
        let missing = |name: &str| vec![(name.to_owned(), "x cannot be y".to_owned())];
        let vital = |name: &str| name == "persons";
        assert_eq!(permissions(3, &[], vital).level, Level::Fine);
        let owners = permissions(3, &missing("owners"), vital);
        assert_eq!(owners.level, Level::Warning);
        assert_eq!(owners.notes, ["owners: x cannot be y"]);
        let both = [missing("owners"), missing("persons")].concat();
        assert_eq!(permissions(3, &both, vital).level, Level::Broken);
    }

    #[test]
    fn what_was_skipped_is_not_counted_twice() {
        let section = Section {
            integration: None,
            title: String::new(),
            checks: vec![Check::broken("a", ""), Check::skipped("b", "a is broken")],
        };
        assert_eq!(broken(&[section]), 1);
        assert!(!Level::Skipped.is_ok() && Level::Warning.is_ok());
    }
}
