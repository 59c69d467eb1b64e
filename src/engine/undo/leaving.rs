//! Persons who belong to a company no more: it may go once all of its do.

use std::collections::HashSet;

/// Who leaves whom.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    /// Persons who are gone, or whose one company is another.
    gone: HashSet<String>,
    /// Persons taken out of a company; they may belong to others.
    apart: HashSet<(String, String)>,
}

impl Leaving {
    pub(super) fn gone(&mut self, person: &str) {
        self.gone.insert(person.to_owned());
    }

    pub(super) fn apart(&mut self, person: &str, company: &str) {
        self.apart.insert((person.to_owned(), company.to_owned()));
    }

    pub(super) fn leaves(&self, person: &str, company: &str) -> bool {
        self.gone.contains(person)
            || self
                .apart
                .contains(&(person.to_owned(), company.to_owned()))
    }
}
