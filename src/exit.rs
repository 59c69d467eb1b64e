//! How the program ends: the eight codes scripts rely on, and which one wins when several apply.

use std::process::ExitCode;

/// The exit status of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExitStatus {
    /// 0: done, and every lead this command touched is fine.
    Done,
    /// 1: failed; the error says what, why, and what to do next.
    Failed,
    /// 2: the command line is wrong, ambiguous, or a confirmation is missing.
    Usage,
    /// 3: done, but some leads failed or were rejected.
    SomeFailed,
    /// 4: not connected, a new sign-in is wanted, or the account is another one.
    NotConnected,
    /// 5: the integration is disabled.
    Disabled,
    /// 6: stopped before everything due was pushed; the rest waits.
    Stopped,
    /// 130: interrupted; what was pushed so far is recorded.
    Interrupted,
}

/// Every status with its meaning, for the documentation.
pub const MEANINGS: &[(ExitStatus, &str)] = &[
    (
        ExitStatus::Done,
        "done, and every lead this command pushed or imported is fine",
    ),
    (
        ExitStatus::Failed,
        "failed: the error says what, why, and what to do next",
    ),
    (
        ExitStatus::Usage,
        "usage: unknown or conflicting options, ambiguous name, or a missing confirmation",
    ),
    (
        ExitStatus::SomeFailed,
        "done, but leads this command pushed or imported failed or were rejected",
    ),
    (
        ExitStatus::NotConnected,
        "not connected, the vendor wants a new sign-in, or a token belongs to another account",
    ),
    (ExitStatus::Disabled, "the integration is disabled"),
    (
        ExitStatus::Stopped,
        "stopped before everything due was pushed (limit, outage, held event); the rest waits",
    ),
    (
        ExitStatus::Interrupted,
        "interrupted; everything pushed so far is recorded, the rest is still waiting",
    ),
];

impl ExitStatus {
    /// The number the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::SomeFailed => 3,
            Self::NotConnected => 4,
            Self::Disabled => 5,
            Self::Stopped => 6,
            Self::Interrupted => 130,
        }
    }

    /// The status of two parts together: the first that applies of 130, 2, 1, 4, 5, 6, 3, 0.
    #[must_use]
    pub fn combine(self, other: Self) -> Self {
        if self.weight() >= other.weight() {
            self
        } else {
            other
        }
    }

    fn weight(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::SomeFailed => 1,
            Self::Stopped => 2,
            Self::Disabled => 3,
            Self::NotConnected => 4,
            Self::Failed => 5,
            Self::Usage => 6,
            Self::Interrupted => 7,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_statuses_the_first_in_the_documented_order_wins() {
        let order = [130, 2, 1, 4, 5, 6, 3, 0];
        for (left, _) in MEANINGS {
            for (right, _) in MEANINGS {
                let first = order
                    .into_iter()
                    .find(|code| [left.code(), right.code()].contains(code));
                assert_eq!(Some(left.combine(*right).code()), first);
            }
        }
        assert_eq!(MEANINGS.len(), order.len());
    }
}
