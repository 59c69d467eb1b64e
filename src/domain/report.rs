//! The proof for people without a terminal: where everybody of an event is, as sums that close and exceptions with names.

use serde::Serialize;

use super::event::Event;
use super::ids::RunId;
use super::verification::VerifyCounts;

/// An event's leads, from what was taken in to where each of them stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The event.
    pub event: Event,
    /// When the numbers were taken.
    pub as_of: String,
    /// What was taken in.
    pub intake: Intake,
    /// Where the people are, one connection each.
    pub integrations: Vec<Standing>,
}

/// From rows to people: `rows - moved_out - repeats + without_row = people`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Intake {
    /// Different rows of files, and scans of sources.
    pub rows: u64,
    /// Of them: of people who were moved out of the event since.
    pub moved_out: u64,
    /// Further rows of people who are there already.
    pub repeats: u64,
    /// People who came without a row of the event: added to it, or merged into it.
    pub without_row: u64,
    /// The people.
    pub people: u64,
    /// Where the rows came from.
    pub sources: Vec<IntakeSource>,
}

/// One file or source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IntakeSource {
    /// `file`, `manual`, or the source's name.
    pub channel: String,
    /// The file's name.
    pub name: Option<String>,
    /// When it was taken in; of a source, the last scan.
    pub at: Option<String>,
    /// Its rows.
    pub rows: u64,
}

/// Where the people stand at one connection:
/// `people = cleared + failed + pre_sync + enriching + held + ignored + not_taken_up`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Standing {
    /// The connection.
    pub integration: String,
    /// The vendor's name for people.
    pub vendor: String,
    /// The account with its environment.
    pub account: String,
    /// All of the event.
    pub people: u64,
    /// There.
    pub cleared: Cleared,
    /// Refused, by category.
    pub failed: Vec<Counted>,
    /// Of the failed: there all the same, a step missing.
    pub failed_landed: u64,
    /// Not there yet, by reason.
    pub pre_sync: Vec<Counted>,
    /// Not complete yet.
    pub enriching: u64,
    /// Kept back, by reason.
    pub held: Vec<Counted>,
    /// Taken out of Failed, by the reason somebody gave.
    pub ignored: Vec<Counted>,
    /// Erased since, or never taken up by this connection.
    pub not_taken_up: u64,
    /// What the event feeds.
    pub campaigns: Vec<CampaignCount>,
    /// The last reading back.
    pub verified: Option<Verified>,
    /// Everybody who is not Cleared.
    pub exceptions: Vec<Exception>,
}

impl Standing {
    /// People who are not Cleared.
    #[must_use]
    pub fn exceptional(&self) -> u64 {
        let all = [&self.failed, &self.pre_sync, &self.held, &self.ignored];
        let grouped: u64 = all.into_iter().map(|groups| sum(groups)).sum();
        grouped + self.enriching + self.not_taken_up
    }

    /// Whether everybody is in the sum.
    #[must_use]
    pub fn closes(&self) -> bool {
        self.cleared.total + self.exceptional() == self.people
    }
}

/// All of some groups.
#[must_use]
pub fn sum(groups: &[Counted]) -> u64 {
    groups.iter().map(|group| group.count).sum()
}

/// The Cleared ones, by how their record came to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Cleared {
    /// All.
    pub total: u64,
    /// We made the record.
    pub created: u64,
    /// It was there, and we changed it.
    pub updated: u64,
    /// It was there and right.
    pub unchanged: u64,
    /// Different records: two leads may be one person there.
    pub records: u64,
}

/// A group of leads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The code.
    pub code: String,
    /// In words.
    pub description: String,
    /// How many.
    pub count: u64,
}

/// A campaign the event feeds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CampaignCount {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The people of the event we made members of it, or gave their status; `None`: a value of the person's field stands
    /// for it.
    pub members: Option<u64>,
    /// By status.
    pub statuses: Vec<(String, u64)>,
}

/// A reading back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Its run.
    pub run: RunId,
    /// When.
    pub at: String,
    /// What it found.
    #[serde(flatten)]
    pub counts: VerifyCounts,
}

/// Somebody who is not Cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Exception {
    /// Our id.
    pub id: String,
    /// The name; absent without personal data.
    pub name: Option<String>,
    /// The address.
    pub email: Option<String>,
    /// The column of the board.
    pub state: String,
    /// The code of the category or reason.
    pub code: String,
    /// What happened, in words.
    pub message: Option<String>,
    /// Whether the person is there all the same.
    pub landed: bool,
    /// The record there.
    pub record: Option<String>,
    /// Where people see it.
    pub link: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_that_leaves_somebody_out_does_not_close() {
        let group = |count| {
            vec![Counted {
                count,
                ..Counted::default()
            }]
        };
        let mut standing = Standing {
            people: 10,
            cleared: Cleared {
                total: 4,
                ..Cleared::default()
            },
            failed: group(2),
            pre_sync: group(1),
            held: group(1),
            ignored: group(1),
            enriching: 1,
            ..Standing::default()
        };
        assert_eq!(standing.exceptional(), 6);
        assert!(standing.closes());
        standing.people = 11;
        assert!(!standing.closes());
    }
}
