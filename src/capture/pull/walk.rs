//! Walking pages that shift while they are read.
//!
//! A listing is read page by page, by number. What is added or removed meanwhile moves everything behind it: an addition
//! makes items come again, which is harmless, since they are known by their ids; a removal pulls items back over the border
//! of a page that was read already, where nobody would look for them. The order of a listing is not known either: what is
//! new may be at the front, which was read first, or at the end.
//!
//! * When the total fell, or items came again without it rising, the walk goes back over the pages that may have moved.
//! * When anything moved, the front is read again at the end, until a page holds nothing new, and then the last page.
//! * Still fewer than there are: everything is walked again, twice at most. Then the walk ends, and says that it is not
//!   proven complete.
//! * A walk during which nothing moved has seen what there is, whatever the total says.
//!
//! The walk is pure: it is told of pages and tells which to read next. What it has seen is kept beside it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

/// Walks before a listing that never holds still is given up.
const WALKS: u32 = 3;
/// Pages of the front that are read again at most: what is captured while a walk of hours lasts.
const FRONT: u32 = 40;
/// How often one walk goes back.
const BACKS: u32 = 40;

/// What is to be read next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// This page.
    Page(u32),
    /// Nothing: the walk is over.
    Done {
        /// Whether everything there is was seen.
        complete: bool,
    },
}

/// Which part of the walk it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    /// From front to end.
    Through,
    /// The front once more.
    Front,
    /// The last pages once more.
    End,
    /// Over.
    Over {
        /// Whether everything was seen.
        complete: bool,
    },
}

/// A walk through one listing, as it is kept between two pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Walk {
    part: Part,
    /// The page to be read next.
    page: u32,
    /// The number of this walk, from 1.
    number: u32,
    /// The total as the last page told it.
    total: Option<u64>,
    /// The first page behind all that were read.
    reached: u32,
    /// Entries of the fullest page: what a page holds here.
    full: u64,
    /// Whether anything moved in this walk.
    moved: bool,
    /// How often it went back.
    backs: u32,
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            part: Part::Through,
            page: 0,
            number: 1,
            total: None,
            reached: 0,
            full: 0,
            moved: false,
            backs: 0,
        }
    }
}

impl Walk {
    /// What is to be read now.
    #[must_use]
    pub(super) fn next(&self) -> Next {
        match self.part {
            Part::Over { complete } => Next::Done { complete },
            Part::Through | Part::Front | Part::End => Next::Page(self.page),
        }
    }

    /// Whether it came to its end.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.part, Part::Over { .. })
    }

    /// The total as it was told last.
    #[must_use]
    pub(super) fn total(&self) -> Option<u64> {
        self.total
    }

    /// Whether another total than that of the last page means that the pages behind are not what they were, so that a walk
    /// that was interrupted had better begin again.
    #[must_use]
    pub(super) fn has_moved(&self, total: Option<u64>) -> bool {
        self.reached > 0 && self.total != total
    }

    /// Takes in what the page held that was to be read: its ids, the number of its entries (those that could not be understood
    /// too), the total it told. `seen` are the ids of all pages of this walk so far; it grows.
    pub(super) fn read(
        &mut self,
        ids: &[String],
        entries: u64,
        total: Option<u64>,
        seen: &mut HashSet<String>,
    ) {
        // Only a page nobody has read may be told apart from one that came again.
        let is_new_page = self.part == Part::Through && self.page >= self.reached;
        let mut known = 0_usize;
        for id in ids {
            if !seen.insert(id.clone()) {
                known += 1;
            }
        }
        let (rose, fell) = match (self.total, total) {
            (Some(before), Some(now)) => (now > before, before.saturating_sub(now)),
            _ => (false, 0),
        };
        let again = is_new_page && self.number == 1 && known > 0;
        self.moved |= rose || fell > 0 || again;
        self.total = total.or(self.total);
        self.full = self.full.max(entries);
        let read = self.page;
        self.reached = self.reached.max(read.saturating_add(1));
        match self.part {
            Part::Through => {
                // What came again without an addition is the trace of a removal and an addition at once.
                let by = if fell > 0 {
                    self.pages(fell)
                } else {
                    u32::from(again && !rose)
                };
                if by > 0 && read > 0 && self.backs < BACKS {
                    self.backs += 1;
                    self.page = read.saturating_sub(by);
                } else if self.is_last(read, entries) {
                    self.end_of_pages();
                } else {
                    self.page = read.saturating_add(1);
                }
            }
            Part::Front => {
                let nothing_new = known == ids.len();
                if nothing_new || read.saturating_add(1) >= FRONT || self.is_last(read, entries) {
                    self.end_of_front(seen);
                } else {
                    self.page = read.saturating_add(1);
                }
            }
            Part::End => {
                if self.is_last(read, entries) {
                    self.end_of_walk(seen);
                } else {
                    self.page = read.saturating_add(1);
                }
            }
            Part::Over { .. } => {}
        }
    }

    /// How many pages so many items are, at least one.
    fn pages(&self, items: u64) -> u32 {
        let pages = items.div_ceil(self.full.max(1));
        u32::try_from(pages).unwrap_or(u32::MAX).max(1)
    }

    fn is_last(&self, page: u32, entries: u64) -> bool {
        let room = u64::from(page).saturating_add(1) * self.full;
        // A full page beyond the total: then it is the total that is wrong.
        let beyond = |total: u64| entries == self.full && total < room;
        entries == 0
            || self
                .total
                .is_some_and(|total| room >= total && !beyond(total))
    }

    fn end_of_pages(&mut self) {
        if self.moved {
            self.part = Part::Front;
            self.page = 0;
        } else {
            // Nothing moved: there is nothing else to be read, even where the total counts otherwise than the list.
            self.part = Part::Over { complete: true };
        }
    }

    fn has_all(&self, seen: &HashSet<String>) -> bool {
        self.total.is_none_or(|total| seen.len() as u64 >= total)
    }

    fn end_of_front(&mut self, seen: &HashSet<String>) {
        if self.has_all(seen) {
            self.part = Part::Over { complete: true };
        } else {
            self.part = Part::End;
            self.page = self.reached.saturating_sub(1);
        }
    }

    fn end_of_walk(&mut self, seen: &HashSet<String>) {
        let complete = self.has_all(seen);
        if complete || self.number >= WALKS {
            self.part = Part::Over { complete };
            return;
        }
        *self = Self {
            number: self.number + 1,
            total: self.total,
            full: self.full,
            moved: true,
            ..Self::default()
        };
    }
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
